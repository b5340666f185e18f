"""What a line or a field says: positions, times, people and the rest, read strictly; no Qt."""
