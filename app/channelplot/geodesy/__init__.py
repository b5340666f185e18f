"""Places on Earth and numbers about them; knows no boats."""
