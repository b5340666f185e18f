"""Ways of working on the chart with mouse and keys; one file each; no Qt."""
