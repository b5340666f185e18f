"""Channel Plot: a chart plotter for a watch desk on the English Channel."""
