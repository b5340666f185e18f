"""Search patterns from a datum: expanding square, sector, parallel track; and how far to search.

As in the IAMSAR Manual, volume II, chapter 5. Courses are true, legs geodesics; a pattern is where
to go over the ground, for a searcher and a datum that do not drift meanwhile.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.analysis.drift import DRIFT_ERROR_SHARE
from channelplot.geodesy.measure import (
    bearing_and_distance,
    destination,
    destination_and_course,
)
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import m_from_nm
from channelplot.model.codes import PatternKind, Turn

INITIAL_ERROR_M: Final = m_from_nm(1.0)
"""Probable error of the position a search starts from, where nothing better is known."""
SEARCHER_ERROR_M: Final = m_from_nm(0.1)
"""Probable error of the searcher's own position: satellite navigation, 0.1 NM (IAMSAR Manual)."""
SAFETY_FACTOR: Final = 1.1
"""Of a first search; later ones of the same area take 1.6, 2.0, 2.3 and 2.5 (IAMSAR Manual)."""
SQUARE_LEGS: Final = 8
_SECTOR_TURN_DEG: Final = 120.0
_WHOLE: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRadius:
    """How far around a datum to search, and what that follows from.

    E = sqrt(x ** 2 + (share * d) ** 2 + y ** 2) and R = factor * E: total probable error and radius
    (IAMSAR Manual, volume II, datum worksheet). drift_m: d, how far the datum drifted.
    initial_error_m: x. searcher_error_m: y. Raises ValueError for one below 0.
    """

    drift_m: float
    initial_error_m: float = INITIAL_ERROR_M
    searcher_error_m: float = SEARCHER_ERROR_M
    drift_error_share: float = DRIFT_ERROR_SHARE
    safety_factor: float = SAFETY_FACTOR

    def __post_init__(self) -> None:
        """Refuse what is no error."""
        inputs = (
            self.drift_m,
            self.initial_error_m,
            self.searcher_error_m,
            self.drift_error_share,
            self.safety_factor,
        )
        if not all(math.isfinite(one) and one >= 0.0 for one in inputs):
            msg = f"errors of 0 or more expected: {inputs}"
            raise ValueError(msg)

    @property
    def error_m(self) -> float:
        """Return the total probable error E in metres."""
        drift_error_m = self.drift_error_share * self.drift_m
        return math.hypot(self.initial_error_m, drift_error_m, self.searcher_error_m)

    @property
    def radius_m(self) -> float:
        """Return the search radius R in metres."""
        return self.safety_factor * self.error_m


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLeg:
    """One leg of a pattern: number from 1, course_deg true at its start, distance_m geodesic.

    run_m: from the pattern's start to the leg's end.
    """

    number: int
    start: Position
    end: Position
    course_deg: float
    distance_m: float
    run_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPattern:
    """A search pattern: the datum it is about, and its legs in order, each from where one ended."""

    kind: PatternKind
    datum: Position
    legs: tuple[SearchLeg, ...]

    @property
    def waypoints(self) -> tuple[Position, ...]:
        """Return the start and the end of every leg."""
        return (self.legs[0].start, *(leg.end for leg in self.legs))

    @property
    def waypoints_deg(self) -> npt.NDArray[np.float64]:
        """Return the waypoints: (legs + 1, 2) float64, lon, lat in degrees."""
        return np.array([(p.lon_deg, p.lat_deg) for p in self.waypoints], dtype=np.float64)

    @property
    def length_m(self) -> float:
        """Return the length of all legs in metres."""
        return self.legs[-1].run_m


def expanding_square(
    datum: Position,
    first_leg_deg: float,
    spacing_m: float,
    legs: int = SQUARE_LEGS,
    turn: Turn = Turn.STARBOARD,
) -> SearchPattern:
    """Return an expanding square from the datum: legs of S, S, 2S, 2S, 3S ..., right angles.

    first_leg_deg: true, usually into the wind. Each leg begins on its own true course where the one
    before ended. Raises ValueError unless spacing and legs are above 0.
    """
    _require_above_0(spacing_m, legs)
    points = [datum]
    for number in range(legs):
        course_deg = first_leg_deg + turn.sign * 90.0 * number
        points.append(destination(points[-1], course_deg, spacing_m * (number // 2 + 1)))
    return _pattern(PatternKind.EXPANDING_SQUARE, datum, points)


def square_legs_for(radius_m: float, spacing_m: float) -> int:
    """Return how many legs of an expanding square it takes to cover a radius around its datum.

    A leg covers a strip of half a spacing to either side, and as much past its ends. Raises
    ValueError unless spacing and radius are above 0.
    """
    _require_above_0(spacing_m, radius_m)
    # Legs 4 k - 2 to 4 k + 1 go around the datum k spacings out; the first side is whole only with
    # the beginning of the next round, which passes it a spacing further out.
    rounds = max(1, math.ceil(radius_m / spacing_m - 0.5 - _WHOLE))
    return 4 * rounds + 2


def sector(
    datum: Position, first_leg_deg: float, radius_m: float, turn: Turn = Turn.STARBOARD
) -> SearchPattern:
    """Return a sector search: three sectors through the datum, nine legs of the radius.

    All turns are of 120 degrees to one side; the third and the sixth leg lead back to the datum and
    go straight on, the ninth ends there. A second search turns the first leg by 30 degrees.
    Raises ValueError unless the radius is above 0.
    """
    _require_above_0(radius_m)
    points = [datum]
    for number in range(3):
        out_deg = first_leg_deg + turn.sign * 2.0 * _SECTOR_TURN_DEG * number
        across_deg = out_deg + turn.sign * _SECTOR_TURN_DEG / 2.0
        points += [
            destination(datum, out_deg, radius_m),
            destination(datum, across_deg, radius_m),
            datum,
        ]
    return _pattern(PatternKind.SECTOR, datum, points)


def parallel_track(
    datum: Position,
    first_leg_deg: float,
    spacing_m: float,
    length_m: float,
    width_m: float,
    turn: Turn = Turn.STARBOARD,
) -> SearchPattern:
    """Return a parallel track search of a rectangle around the datum.

    length_m: of the rectangle along first_leg_deg, true at the datum; width_m: across. Legs lie a
    spacing apart and begin and end half a spacing inside the rectangle; there are as many as its
    width needs, the datum in their middle. The first is on the side away from the turn. All are
    perpendicular to one geodesic through the datum. Raises ValueError unless the spacing is above
    0, and less than the length, and the width is above 0.
    """
    _require_above_0(spacing_m, width_m, length_m - spacing_m)
    tracks = math.ceil(width_m / spacing_m - _WHOLE)
    half_m = (length_m - spacing_m) / 2.0
    points = []
    for number in range(tracks):
        off_m = (number - (tracks - 1) / 2.0) * spacing_m
        across_deg = first_leg_deg + turn.sign * 90.0
        middle, there_deg = destination_and_course(datum, across_deg, off_m)
        ahead_deg = there_deg - turn.sign * 90.0
        ends = [destination(middle, ahead_deg, -half_m), destination(middle, ahead_deg, half_m)]
        points += ends if number % 2 == 0 else ends[::-1]
    return _pattern(PatternKind.PARALLEL_TRACK, datum, points)


def _pattern(kind: PatternKind, datum: Position, points: Sequence[Position]) -> SearchPattern:
    legs: list[SearchLeg] = []
    for start, end in pairwise(points):
        course_deg, length_m = bearing_and_distance(start, end)
        assert course_deg is not None, "legs have a length"
        legs.append(
            SearchLeg(
                number=len(legs) + 1,
                start=start,
                end=end,
                course_deg=course_deg,
                distance_m=length_m,
                run_m=length_m + (legs[-1].run_m if legs else 0.0),
            )
        )
    return SearchPattern(kind=kind, datum=datum, legs=tuple(legs))


def _require_above_0(*values: float) -> None:
    if not all(math.isfinite(value) and value > 0.0 for value in values):
        msg = f"lengths and numbers above 0 expected: {values}"
        raise ValueError(msg)
