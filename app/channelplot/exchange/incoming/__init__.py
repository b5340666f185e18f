"""Other people's files into the plot: what stands in them, what of it is new, and one act of it."""
