"""The parts of the plot line: where one types, what is read back, what is asked and kept."""
