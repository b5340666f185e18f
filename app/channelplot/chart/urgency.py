"""How urgently something wants attention: the shape and colour it is shown in; no Qt."""

from enum import StrEnum

from channelplot.chart.palette import Palette


class Urgency(StrEnum):
    """Of an alert: nobody saw to it for too long; it stands; a named person has seen it.

    Each has a shape of its own, as alarms, warnings and what was acknowledged have on a bridge
    (IEC 62923-1): a full triangle, a full disc, a ring; with an exclamation mark in each.
    """

    URGENT = "urgent"
    STANDING = "standing"
    SEEN = "seen"


def urgency_colour(urgency: Urgency, palette: Palette) -> str:
    """Return the colour of the shape, ``#rrggbb``."""
    return {
        Urgency.URGENT: palette.urgent,
        Urgency.STANDING: palette.overdue,
        Urgency.SEEN: palette.seen,
    }[urgency]
