"""Answers computed from a plot; pure functions."""
