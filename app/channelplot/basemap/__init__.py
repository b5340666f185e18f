"""The coastline and other read-only layers of the chart."""
