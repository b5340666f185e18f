"""What is plotted: frozen values without behaviour that reads files or clocks."""
