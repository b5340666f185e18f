"""The open plot and its history; save first, then accept."""
