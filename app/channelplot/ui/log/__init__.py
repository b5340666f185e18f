"""What the acts of the watch log changed, in words, and what they are filtered by."""
