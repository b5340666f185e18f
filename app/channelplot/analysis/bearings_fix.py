"""A fix from bearings: where the lines of sight from two or more known positions cross.

Bearings are true and from the mark to the boat, geodesics from there on. Taken the other way, of a
mark from the boat, they differ from these by the convergence of the meridians, 0.2 degrees at 10 NM
east or west, and by half a circle.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.geodesy.angles import turn_deg, wrapped_deg
from channelplot.geodesy.measure import (
    bearing_and_distance,
    destination,
    destination_and_course,
    distance_m,
)
from channelplot.geodesy.position import Position

WEAK_CUT_DEG: Final = 30.0
"""Lines that cut at less make a weak fix: an error of one bearing moves it more than twice as far
as in a right-angled cut (1 / sin 30)."""
LEAST_CUT_DEG: Final = 1.0
"""Lines that cut at less make no fix: what one degree is off, the usual error, has no bound."""
BEARING_ERROR_DEG: Final = 0.5
"""Bearings are told in whole degrees: that much is left open."""
_SAME_PLACE_M: Final = 1.0
_FOUND_M: Final = 1e-4
_STEPS: Final = 50
_TURNS: Final = 20
_TURNED_M: Final = 0.01


class FixFault(StrEnum):
    """Why bearings make no fix.

    SAME_PLACE: two are from one place. PARALLEL: too few of the lines cut each other. APART: two
    lines part from each other; they would cut behind a mark.
    """

    SAME_PLACE = "same_place"
    PARALLEL = "parallel"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Bearing:
    """A true bearing from a known position to the boat."""

    mark: Position
    bearing_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BearingsFix:
    """Where lines of sight cross.

    position: the crossing of two; of more, where the bearings are off by the least, in squares of
    degrees. corners: of each two lines that cut each other; of three that is the cocked hat.
    hat_m: the greatest distance between two corners, 0 for two lines. least_cut_deg: the smallest
    angle at which two of the lines cut, 0 to 90. error_m: root of the mean square of how far the
    fix may be off for bearings of the error given, or of the error that three and more show by
    missing each other, if that is greater; never less than half the hat. misses_deg: how much each
    bearing to the position differs from the one told, clockwise positive.
    """

    position: Position
    corners: tuple[Position, ...]
    hat_m: float
    least_cut_deg: float
    error_m: float
    misses_deg: tuple[float, ...]

    @property
    def disagreement_deg(self) -> float:
        """Return by how many degrees the bearing that is off most differs from the one told."""
        return max(abs(miss_deg) for miss_deg in self.misses_deg)

    @property
    def is_weak(self) -> bool:
        """Return whether two of the lines cut at less than 30 degrees, to be warned of."""
        return self.least_cut_deg < WEAK_CUT_DEG


def fix_from_bearings(
    bearings: Sequence[Bearing], bearing_error_deg: float = BEARING_ERROR_DEG
) -> BearingsFix | FixFault:
    """Return the fix from two bearings or more, or why there is none.

    Right to a millimetre for the bearings given. For independent errors of the bearings alike the
    position is the most probable one (R. G. Stansfield, "Statistical theory of D.F. fixing",
    Journal IEE 94, 1947). Raises ValueError for fewer than two.
    """
    if len(bearings) < 2:
        msg = "two bearings or more expected"
        raise ValueError(msg)
    pairs = list(itertools.combinations(bearings, 2))
    if any(distance_m(a.mark, b.mark) < _SAME_PLACE_M for a, b in pairs):
        return FixFault.SAME_PLACE
    corners = []
    for pair in pairs:
        corner = _corner(pair)
        if isinstance(corner, Position):
            corners.append(corner)
        elif corner is FixFault.APART:
            return corner
    if len(corners) < len(bearings) - 1:
        return FixFault.PARALLEL
    position = _most_probable(bearings, _middle(corners))
    sights = [_sight(one, position) for one in bearings]
    if any(abs(sight.miss_deg) > 90.0 for sight in sights):
        return FixFault.APART
    hat_m = max((distance_m(a, b) for a, b in itertools.combinations(corners, 2)), default=0.0)
    error_deg = _shown_error_deg(sights, bearing_error_deg)
    return BearingsFix(
        position=position,
        corners=tuple(corners),
        hat_m=hat_m,
        least_cut_deg=min(
            _cut_deg(a.course_deg, b.course_deg) for a, b in itertools.combinations(sights, 2)
        ),
        error_m=max(_error_m(sights, math.radians(error_deg)), hat_m / 2.0),
        misses_deg=tuple(sight.miss_deg for sight in sights),
    )


def fix_from_bearings_of_marks(
    bearings: Sequence[Bearing], bearing_error_deg: float = BEARING_ERROR_DEG
) -> BearingsFix | FixFault:
    """Return the fix from true bearings of two marks or more, taken from the boat.

    bearings: what each mark bears from the boat. They are turned round by what the two ends of a
    geodesic differ at the fix, which is found again until it stays: to a centimetre. Otherwise as
    ``fix_from_bearings``.
    """
    found = fix_from_bearings([_turned_round(one, None) for one in bearings], bearing_error_deg)
    # Half a circle alone may turn lines apart that cut beside a mark: then it is begun there.
    starts = [found.position] if isinstance(found, BearingsFix) else [b.mark for b in bearings]
    for start in starts:
        fix = _found_again(bearings, start, bearing_error_deg)
        if fix is not None:
            return fix
    return found


def _found_again(
    bearings: Sequence[Bearing], place: Position, bearing_error_deg: float
) -> BearingsFix | None:
    """Return the fix that bearings of marks make, beginning near a place; None if they do not."""
    for _ in range(_TURNS):
        turned = [_turned_round(one, place) for one in bearings]
        found = fix_from_bearings(turned, bearing_error_deg)
        if not isinstance(found, BearingsFix):
            return None
        if distance_m(place, found.position) < _TURNED_M:
            return found
        place = found.position
    return None


def _turned_round(bearing: Bearing, boat: Position | None) -> Bearing:
    """Return the bearing from a mark that one of it from a boat near a place stands for.

    boat: None for one that is near the mark, by half a circle.
    """
    there_deg, back_deg = None, None
    if boat is not None:
        there_deg, _ = bearing_and_distance(boat, bearing.mark)
        back_deg, _ = bearing_and_distance(bearing.mark, boat)
    if there_deg is None or back_deg is None:
        return Bearing(bearing.mark, wrapped_deg(bearing.bearing_deg + 180.0))
    return Bearing(bearing.mark, wrapped_deg(back_deg + turn_deg(there_deg, bearing.bearing_deg)))


@dataclass(frozen=True, slots=True)
class _Sight:
    """A line as seen from a place near it.

    Its own course there, how far its mark is, and how much the place, seen from the mark, bears to
    the right of it.
    """

    course_deg: float
    distance_m: float
    miss_deg: float

    @property
    def right_m(self) -> float:
        """Return how many metres right of the line the place lies, ahead of the mark or behind."""
        return self.distance_m * math.sin(math.radians(self.miss_deg))

    @property
    def counted_m(self) -> float:
        """Return the distance from the mark, a metre at least."""
        return max(self.distance_m, _SAME_PLACE_M)

    @property
    def to_the_right(self) -> tuple[float, float]:
        """Return the direction across the line, east and north, of length 1."""
        course_rad = math.radians(self.course_deg)
        return math.cos(course_rad), -math.sin(course_rad)


def _sight(bearing: Bearing, place: Position) -> _Sight:
    from_mark_deg, length_m = bearing_and_distance(bearing.mark, place)
    if from_mark_deg is None or length_m < _SAME_PLACE_M:
        return _Sight(bearing.bearing_deg, length_m, 0.0)
    _, course_deg = destination_and_course(bearing.mark, from_mark_deg, length_m)
    miss_deg = turn_deg(bearing.bearing_deg, from_mark_deg)
    return _Sight(course_deg - miss_deg, length_m, miss_deg)


def _corner(pair: tuple[Bearing, Bearing]) -> Position | FixFault:
    """Return where two lines cut each other ahead of both marks."""
    guess = _crossing_on_sphere(pair)
    if guess is None:
        return FixFault.PARALLEL
    corner = _most_probable(pair, guess)
    first, second = (_sight(one, corner) for one in pair)
    if _cut_deg(first.course_deg, second.course_deg) < LEAST_CUT_DEG:
        return FixFault.PARALLEL
    if max(abs(first.miss_deg), abs(second.miss_deg)) > 90.0:
        return FixFault.APART
    return corner


def _crossing_on_sphere(pair: tuple[Bearing, Bearing]) -> Position | None:
    """Return where the great circles of two bearings cross nearer to the marks, None if nowhere."""
    first, second = (_direction(one.mark) for one in pair)
    crossing = np.cross(_great_circle(pair[0]), _great_circle(pair[1]))
    length = float(np.linalg.norm(crossing))
    if length < math.sin(math.radians(LEAST_CUT_DEG)) * 1e-3:
        return None
    crossing /= math.copysign(length, float(crossing @ (first + second)))
    x, y, z = (float(part) for part in crossing)
    return Position(math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y))))


def _direction(position: Position) -> npt.NDArray[np.float64]:
    """Return the direction of a place from the centre of a sphere: (3,)."""
    lon_rad, lat_rad = math.radians(position.lon_deg), math.radians(position.lat_deg)
    cos_lat = math.cos(lat_rad)
    return np.array([cos_lat * math.cos(lon_rad), cos_lat * math.sin(lon_rad), math.sin(lat_rad)])


def _great_circle(bearing: Bearing) -> npt.NDArray[np.float64]:
    """Return the direction at right angles to the great circle of a bearing: (3,)."""
    lon_rad = math.radians(bearing.mark.lon_deg)
    east = np.array([-math.sin(lon_rad), math.cos(lon_rad), 0.0])
    up = _direction(bearing.mark)
    north = np.cross(up, east)
    ahead_rad = math.radians(bearing.bearing_deg)
    ahead = math.cos(ahead_rad) * north + math.sin(ahead_rad) * east
    normal: npt.NDArray[np.float64] = np.cross(up, ahead)
    return normal


def _most_probable(bearings: Sequence[Bearing], guess: Position) -> Position:
    """Return where lines cross, or of more than two lie nearest, beginning at a guess.

    Nearest by angle: each line counts by how far the place is from its mark. Each step is what
    straight lines through there would give, and so leads to somewhere between the lines.
    """
    place, step_m, steps = guess, math.inf, 0
    while step_m >= _FOUND_M and steps < _STEPS:
        sights = [_sight(one, place) for one in bearings]
        counts = np.array([1.0 / sight.counted_m for sight in sights])
        across = np.array([sight.to_the_right for sight in sights]) * counts[:, np.newaxis]
        misses = np.array([sight.right_m for sight in sights]) * counts
        east_m, north_m = np.linalg.lstsq(across, -misses, rcond=None)[0]
        towards_deg = wrapped_deg(math.degrees(math.atan2(east_m, north_m)))
        step_m, steps = math.hypot(east_m, north_m), steps + 1
        place = destination(place, towards_deg, step_m)
    return place


def _middle(corners: list[Position]) -> Position:
    return Position(
        math.fsum(corner.lon_deg for corner in corners) / len(corners),
        math.fsum(corner.lat_deg for corner in corners) / len(corners),
    )


def _cut_deg(first_deg: float, second_deg: float) -> float:
    between_deg = abs(turn_deg(first_deg, second_deg))
    return min(between_deg, 180.0 - between_deg)


def _error_m(sights: list[_Sight], error_rad: float) -> float:
    """Return the root of the trace of the fix's covariance, for bearings of one error each."""
    across = np.array([sight.to_the_right for sight in sights])
    lengths_m = np.array([sight.counted_m for sight in sights])
    weighed = across / (lengths_m * error_rad)[:, np.newaxis]
    return math.sqrt(float(np.trace(np.linalg.inv(weighed.T @ weighed))))


def _shown_error_deg(sights: list[_Sight], usual_deg: float) -> float:
    """Return the error of the bearings: the usual one, or the greater one that they show.

    Of more bearings than a fix needs, the root of the mean square of what each is off, over those
    beyond two, tells it (residual variance of an adjustment).
    """
    beyond = len(sights) - 2
    if beyond < 1:
        return usual_deg
    squares = math.fsum(sight.miss_deg**2 for sight in sights)
    return max(usual_deg, math.sqrt(squares / beyond))
