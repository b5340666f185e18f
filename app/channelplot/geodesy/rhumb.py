"""Rhumb lines on the WGS 84 ellipsoid: lines of one true course.

For boundaries that are drawn so and for operators who ask; everything else is a geodesic. A rhumb
line is straight in Mercator, which gives its course. Its length is the difference of the two
latitudes along the meridian, divided by the cosine of the course (G. G. Bennett, "Practical rhumb
line calculations on the spheroid", Journal of Navigation 49, 1996); the meridian is a geodesic and
its length is PROJ's.
"""

import math
from typing import Final

from channelplot.geodesy.angles import wrapped_deg
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import (
    SEMI_MAJOR_AXIS_M,
    ground_metres_per_chart_metre,
    position_to_chart_m,
)

_ALONG_PARALLEL_DEG: Final = 1e-4
"""With less than that between two latitudes (11 m) the scale between them is that of their middle,
to 1e-11; the quotient of their two differences would lose digits."""
_ROUND_THE_EARTH_M: Final = 2.0 * math.pi * SEMI_MAJOR_AXIS_M


def rhumb_course_and_distance(a: Position, b: Position) -> tuple[float | None, float]:
    """Return the true course of the rhumb line from a to b and its length in metres.

    0 <= course < 360, None if a and b coincide. It goes the shorter way round the Earth, eastward
    if both are as long. Right to a micrometre. Raises ValueError if one is a pole.
    """
    east_m, north_m = _chart_difference_m(a, b)
    if east_m == 0.0 and north_m == 0.0:
        return None, 0.0
    chart_m = math.hypot(east_m, north_m)
    course_deg = wrapped_deg(math.degrees(math.atan2(east_m, north_m)))
    return course_deg, chart_m * _ground_metres_per_chart_metre(a.lat_deg, b.lat_deg)


def rhumb_destination(start: Position, course_deg: float, distance_m: float) -> Position:
    """Return where a rhumb line of a length ends.

    course_deg: true; distance_m: negative goes back. Raises ValueError if the start is a pole or
    the line would end at or beyond one.
    """
    _require_no_pole(start)
    course_rad = math.radians(course_deg)
    northward_m = distance_m * math.cos(course_rad)
    end_of_meridian = destination(start, 0.0, northward_m)
    lat_deg = end_of_meridian.lat_deg
    across_deg = (end_of_meridian.lon_deg - start.lon_deg) % 360.0
    if abs(lat_deg) == 90.0 or 90.0 < across_deg < 270.0:
        msg = f"a rhumb line of course {course_deg} and {distance_m} m ends at a pole"
        raise ValueError(msg)
    scale = _ground_metres_per_chart_metre(start.lat_deg, lat_deg)
    eastward_rad = distance_m * math.sin(course_rad) / scale / SEMI_MAJOR_AXIS_M
    lon_deg = (start.lon_deg + math.degrees(eastward_rad) + 180.0) % 360.0 - 180.0
    return Position(lon_deg, lat_deg)


def _chart_difference_m(a: Position, b: Position) -> tuple[float, float]:
    """Return how far b is east and north of a on the chart, the shorter way round."""
    _require_no_pole(a)
    _require_no_pole(b)
    a_x_m, a_y_m = position_to_chart_m(a)
    b_x_m, b_y_m = position_to_chart_m(b)
    east_m = b_x_m - a_x_m
    if abs(east_m) > _ROUND_THE_EARTH_M / 2.0:
        east_m -= math.copysign(_ROUND_THE_EARTH_M, east_m)
    elif east_m == -_ROUND_THE_EARTH_M / 2.0:
        east_m = -east_m
    return east_m, b_y_m - a_y_m


def _ground_metres_per_chart_metre(a_lat_deg: float, b_lat_deg: float) -> float:
    """Return the length of a rhumb line between two latitudes per length on the chart."""
    if abs(b_lat_deg - a_lat_deg) < _ALONG_PARALLEL_DEG:
        return ground_metres_per_chart_metre((a_lat_deg + b_lat_deg) / 2.0)
    a, b = Position(0.0, a_lat_deg), Position(0.0, b_lat_deg)
    return distance_m(a, b) / abs(position_to_chart_m(b)[1] - position_to_chart_m(a)[1])


def _require_no_pole(position: Position) -> None:
    if abs(position.lat_deg) == 90.0:
        msg = f"a rhumb line ends before the pole, not at {position}"
        raise ValueError(msg)
