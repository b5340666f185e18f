"""What keeps the window running: threads, garbage, errors, clocks, screens."""
