"""The plot to files that others can read, and what each of them can't hold."""
