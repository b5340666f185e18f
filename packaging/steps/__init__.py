"""What `tasks.py` does, one file per thing. Standard library only."""
