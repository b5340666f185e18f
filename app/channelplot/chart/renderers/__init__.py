"""One file per thing drawn on the chart."""
