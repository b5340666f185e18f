"""Everything an operator can do to a plot; pure functions from plot to plot."""
