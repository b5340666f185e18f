"""Somebody at the desk, and a plot to begin with."""

from helpers.at_the_desk import _empty_plot, night, operator, other_desk

__all__ = ["_empty_plot", "night", "operator", "other_desk"]
