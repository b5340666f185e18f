"""The map on paper: the chart's own renderers with title, scale and credit."""
