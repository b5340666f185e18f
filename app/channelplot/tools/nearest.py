"""The named mark nearest to a position, as positions are read back."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from channelplot.geodesy.measure import bearing_deg, distance_m
from channelplot.geodesy.position import Position
from channelplot.reading.gazetteer import Named


@dataclass(frozen=True, slots=True)
class NearestMark:
    """A mark, and the position from it: bearing true, None where they coincide."""

    name: str
    code: str
    bearing_deg: float | None
    distance_m: float


def nearest_mark(marks: Sequence[Named], position: Position) -> NearestMark | None:
    """Return the nearest of some marks, None if there are none."""
    if not marks:
        return None
    across = math.cos(math.radians(position.lat_deg))

    def apart(mark: Named) -> float:
        return math.hypot(
            mark.position.lat_deg - position.lat_deg,
            (mark.position.lon_deg - position.lon_deg) * across,
        )

    mark = min(marks, key=apart)
    course_deg = None if mark.position == position else bearing_deg(mark.position, position)
    return NearestMark(mark.name, mark.code, course_deg, distance_m(mark.position, position))
