"""Where a craft goes from a place on: the ways it makes over the ground, one after the other.

What is asked of a craft's future (where it will be, what it comes close to, when it crosses a
limit, who can meet it) is asked of its passage, however that was reckoned.
"""

import itertools
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

import numpy as np

from channelplot.geodesy.closest import Movers
from channelplot.geodesy.measure import destination, destination_and_course
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import mps_from_kn
from channelplot.model.utc import require_utc

HORIZON: Final = timedelta(hours=6)
"""So far ahead answers are looked for: half a tide, after which the stream has turned and a course
made good says nothing any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A craft at a place and time, going on along a geodesic at constant speed over the ground.

    course_deg: true, there; None only for one that keeps its place. Raises ValueError for a speed
    below 0, or above 0 without a course, and for a time that does not say its zone.
    """

    position: Position
    at_utc: datetime
    course_deg: float | None
    speed_mps: float

    def __post_init__(self) -> None:
        """Refuse what is no motion."""
        require_utc(self.at_utc)
        if not (math.isfinite(self.speed_mps) and self.speed_mps >= 0.0):
            msg = f"a speed of 0 or more expected: {self.speed_mps} m/s"
            raise ValueError(msg)
        if self.course_deg is None and self.speed_mps > 0.0:
            msg = "a speed without a course"
            raise ValueError(msg)

    @property
    def is_moving(self) -> bool:
        """Return whether the craft goes anywhere."""
        return self.speed_mps > 0.0

    def run_m(self, at_utc: datetime) -> float:
        """Return how far it has gone at a time, in metres; before its own time negative."""
        return self.speed_mps * (at_utc - self.at_utc).total_seconds()

    def position_at(self, at_utc: datetime) -> Position:
        """Return where it is at a time; before its own time, where it came from."""
        run_m = self.run_m(at_utc)
        if self.course_deg is None or run_m == 0.0:
            return self.position
        return destination(self.position, self.course_deg, run_m)

    def onward(self, at_utc: datetime) -> Self:
        """Return the same way from another time on."""
        position, course_deg, run_m = self.position, self.course_deg, self.run_m(at_utc)
        if course_deg is not None and run_m != 0.0:
            position, course_deg = destination_and_course(position, course_deg, run_m)
        return type(self)(
            position=position, at_utc=at_utc, course_deg=course_deg, speed_mps=self.speed_mps
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """The ways of a craft, at least one, each from where and when the one before leaves off.

    The last goes on without end; before the first one's time the craft came along it. Raises
    ValueError for none, and for ways that are not in the order of time.
    """

    ways: tuple[Way, ...]

    def __post_init__(self) -> None:
        """Refuse what is no passage."""
        times = [way.at_utc for way in self.ways]
        if not times or any(b <= a for a, b in itertools.pairwise(times)):
            msg = "one way or more expected, in the order of time"
            raise ValueError(msg)

    def way_at(self, at_utc: datetime) -> Way:
        """Return the way the craft makes at a time."""
        return self.ways[max(0, bisect_right(self.ways, at_utc, key=_at_utc) - 1)]

    def position_at(self, at_utc: datetime) -> Position:
        """Return where the craft is at a time."""
        return self.way_at(at_utc).position_at(at_utc)

    def onward(self, at_utc: datetime) -> Way:
        """Return where the craft is at a time, and how it goes on from there."""
        return self.way_at(at_utc).onward(at_utc)

    def run_m(self, from_utc: datetime, until_utc: datetime) -> float:
        """Return how far the craft goes between two times, along its ways, in metres."""
        times = [from_utc, *self.changes(from_utc, until_utc), until_utc]
        return sum(
            self.way_at(start).speed_mps * (end - start).total_seconds()
            for start, end in itertools.pairwise(times)
        )

    def changes(self, from_utc: datetime, until_utc: datetime) -> tuple[datetime, ...]:
        """Return when the craft changes its way, after a time and before another."""
        return tuple(w.at_utc for w in self.ways[1:] if from_utc < w.at_utc < until_utc)


def steady_passage(
    position: Position, at_utc: datetime, course_deg: float | None, speed_kn: float
) -> Passage:
    """Return the passage of a craft that keeps course and speed, as told by AIS or an operator.

    course_deg: true, over the ground; None for one that keeps its place.
    """
    way = Way(
        position=position, at_utc=at_utc, course_deg=course_deg, speed_mps=mps_from_kn(speed_kn)
    )
    return Passage((way,))


def movers_at(passages: Sequence[Passage], at_utc: datetime) -> Movers:
    """Return many craft moved to one time, each from the time its own position was of."""
    ways = [passage.way_at(at_utc) for passage in passages]
    places_deg = np.array([(w.position.lon_deg, w.position.lat_deg) for w in ways], dtype=float)
    movers = Movers(
        places_deg=places_deg.reshape(-1, 2),
        courses_deg=np.array([w.course_deg or 0.0 for w in ways]),
        speeds_mps=np.array([w.speed_mps for w in ways]),
    )
    return movers.after(np.array([(at_utc - w.at_utc).total_seconds() for w in ways]))


def _at_utc(way: Way) -> datetime:
    return way.at_utc
