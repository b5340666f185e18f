"""Ways to start: the window and the commands without one."""
