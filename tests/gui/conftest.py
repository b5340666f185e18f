"""Somebody at the desk, and a plot to begin with."""

from helpers.at_the_desk import _empty_plot, night, operator, other_desk
from helpers.ready_readers import _ready_to_read, ready_readers

__all__ = ["_empty_plot", "_ready_to_read", "night", "operator", "other_desk", "ready_readers"]
