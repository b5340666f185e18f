"""The chart's layers: what can be hidden, in the order in which it is drawn; no Qt."""

from enum import StrEnum


class Layer(StrEnum):
    """One thing drawn on the chart, from the bottom up."""

    COAST = "coast"
    GRATICULE = "graticule"
    BOUNDARY = "boundary"
    MARKS = "marks"
    BEACHES = "beaches"
    TRACKS = "tracks"
    PLACES = "places"
    LABELS = "labels"
