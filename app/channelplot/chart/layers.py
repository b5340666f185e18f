"""The chart's layers: what can be hidden, in the order in which it is drawn; no Qt."""

from enum import StrEnum
from typing import Final


class Layer(StrEnum):
    """One thing drawn on the chart, from the bottom up."""

    COAST = "coast"
    GRATICULE = "graticule"
    BOUNDARY = "boundary"
    MARKS = "marks"
    BEACHES = "beaches"
    ERROR_CIRCLES = "error_circles"
    SEARCHES = "searches"
    RECKONING = "reckoning"
    TRACKS = "tracks"
    LINES = "lines"
    PLACES = "places"
    LABELS = "labels"


ON_REQUEST: Final = frozenset({Layer.ERROR_CIRCLES})
"""Layers that are hidden until somebody asks for them; each has an action of its own."""
