"""What the window says: codes and values put into words."""
