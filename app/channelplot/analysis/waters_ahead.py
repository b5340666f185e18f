"""When a craft will cross a limit, and when the limit has no more to say of it.

These are predictions along a passage, under way or adrift, never facts.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.analysis.passage import HORIZON, Passage
from channelplot.analysis.waters import Limit, Waters, waters_at
from channelplot.geodesy.measure import destinations_deg
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import position_to_chart_m, to_chart_m
from channelplot.geodesy.units import METRES_PER_NM

_CHORD_M: Final = METRES_PER_NM
"""A geodesic of a mile bends by 8 cm against the straight line on the chart, at 51 degrees."""
_FOUND_S: Final = 1e-3
_ASIDE_M: Final = 0.5
"""So far before and after a crossing the sides are compared: to touch a line is not to cross it,
and at a corner the chord may meet another leg than the geodesic, which bends by less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A limit is crossed on a passage: where, when, from whose side to whose.

    course_deg: true, over the ground there. run_m: how far the craft goes until then, from the
    time asked at. It is legal or indicative as the limit is; ends of a line cross nothing.
    """

    limit: Limit
    at_utc: datetime
    position: Position
    from_side: str
    to_side: str
    course_deg: float | None
    run_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPassed:
    """A craft passes the perpendicular at an end of a limit, where legal answers begin or end.

    is_leaving: from then on its answers are indicative.
    """

    limit: Limit
    at_utc: datetime
    position: Position
    is_leaving: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WatersAhead:
    """Whose waters a craft is in at a time, and what changes within the horizon.

    crossing: the next, None for none until until_utc. end_passed: likewise.
    """

    waters: Waters
    until_utc: datetime
    crossing: Crossing | None
    end_passed: EndPassed | None


def waters_ahead(
    passage: Passage,
    limit: Limit,
    at_utc: datetime,
    horizon: timedelta = HORIZON,
    coast_m: float | None = None,
) -> WatersAhead:
    """Return whose waters a craft is in at a time by a limit, and when that changes next.

    Asked once for the passage under way and once for one that drifts from that time on. coast_m:
    the distance to the nearest coast at that time, None where it is not asked about.
    """
    return WatersAhead(
        waters=waters_at(passage.position_at(at_utc), limit, coast_m),
        until_utc=at_utc + horizon,
        crossing=next_crossing(passage, limit, at_utc, horizon),
        end_passed=next_end_passed(passage, limit, at_utc, horizon),
    )


def next_crossing(
    passage: Passage, limit: Limit, at_utc: datetime, horizon: timedelta = HORIZON
) -> Crossing | None:
    """Return where and when a craft next crosses a limit, None if it does not within the horizon.

    The passage is cut into chords of a mile, each is tried against every leg of the line on the
    chart, and what is met is sought out along the geodesic to a millisecond.
    """
    path = _Path.of(passage, at_utc, at_utc + horizon)
    for chord, leg in path.meetings(limit):
        found_s = path.on_leg_s(chord, limit, leg)
        sides = path.sides_around(found_s, chord, limit)
        if sides is None:
            continue
        found_utc = at_utc + timedelta(seconds=found_s)
        way = passage.onward(found_utc)
        return Crossing(
            limit=limit,
            at_utc=found_utc,
            position=way.position,
            from_side=sides[0],
            to_side=sides[1],
            course_deg=way.course_deg,
            run_m=passage.run_m(at_utc, found_utc),
        )
    return None


def next_end_passed(
    passage: Passage, limit: Limit, at_utc: datetime, horizon: timedelta = HORIZON
) -> EndPassed | None:
    """Return when a craft next passes the perpendicular at an end of a limit, None if it does not.

    Right to a millisecond.
    """
    path = _Path.of(passage, at_utc, at_utc + horizon)
    is_abeam = limit.line.are_abeam_m(path.points_m)
    changes = np.flatnonzero(is_abeam[1:] != is_abeam[:-1])
    if not len(changes):
        return None
    chord = int(changes[0])
    was_abeam = bool(is_abeam[chord])

    def is_still_so(place_m: tuple[float, float]) -> bool:
        return bool(limit.line.are_abeam_m(np.array([place_m]))[0]) == was_abeam

    after_s = path.halved_s(chord, is_still_so)
    return EndPassed(
        limit=limit,
        at_utc=at_utc + timedelta(seconds=after_s),
        position=path.position_at(after_s),
        is_leaving=was_abeam,
    )


@dataclass(frozen=True, slots=True)
class _Path:
    """A passage between two times as chords on the chart.

    at_s: (n,) seconds from start_utc, rising; points_deg: (n, 2) lon, lat; points_m: (n, 2) in
    chart metres.
    """

    passage: Passage
    start_utc: datetime
    at_s: npt.NDArray[np.float64]
    points_deg: npt.NDArray[np.float64]
    points_m: npt.NDArray[np.float64]

    @classmethod
    def of(cls, passage: Passage, start_utc: datetime, end_utc: datetime) -> "_Path":
        """Cut a passage into chords of a mile or less, one at least on each way."""
        times = [start_utc, *passage.changes(start_utc, end_utc), end_utc]
        at_s, points_deg = [], []
        for begin_utc, finish_utc in itertools.pairwise(times):
            way = passage.onward(begin_utc)
            duration_s = (finish_utc - begin_utc).total_seconds()
            chords = int(np.ceil(way.speed_mps * duration_s / _CHORD_M)) + 1
            seconds = np.linspace(0.0, duration_s, chords + 1)
            starts_deg = np.tile([way.position.lon_deg, way.position.lat_deg], (len(seconds), 1))
            courses_deg = np.full(len(seconds), way.course_deg or 0.0)
            found_deg, _ = destinations_deg(starts_deg, courses_deg, way.speed_mps * seconds)
            at_s.append((begin_utc - start_utc).total_seconds() + seconds)
            points_deg.append(found_deg)
        joined_deg = np.concatenate(points_deg)
        return cls(passage, start_utc, np.concatenate(at_s), joined_deg, to_chart_m(joined_deg))

    def position_at(self, seconds: float) -> Position:
        """Return where the craft is some seconds after the start."""
        return self.passage.position_at(self.start_utc + timedelta(seconds=seconds))

    def meetings(self, limit: Limit) -> Iterator[tuple[int, int]]:
        """Yield which chord meets the line, and which of its legs, in the order of the path."""
        for chord, leg in zip(*limit.line.met_by(self.points_m), strict=True):
            yield int(chord), int(leg)

    def on_leg_s(self, chord: int, limit: Limit, leg: int) -> float:
        """Return when the craft is on a leg, drawn on without end, between the ends of a chord.

        By halving: the ends lie on either side of it, or one does on it.
        """

        def is_left(place_m: tuple[float, float]) -> bool:
            return limit.line.off_leg_m(leg, *place_m) > 0.0

        was_left = is_left(self._chart_m(float(self.at_s[chord])))
        return self.halved_s(chord, lambda place_m: is_left(place_m) == was_left)

    def halved_s(self, chord: int, is_still_so: Callable[[tuple[float, float]], bool]) -> float:
        """Return when, between the ends of a chord, something first is so no more.

        is_still_so: asked of places in chart metres; so at the chord's start and not at its end.
        """
        before, after = float(self.at_s[chord]), float(self.at_s[chord + 1])
        while after - before > _FOUND_S:
            middle = (before + after) / 2.0
            if is_still_so(self._chart_m(middle)):
                before = middle
            else:
                after = middle
        return after

    def sides_around(self, at_s: float, chord: int, limit: Limit) -> tuple[str, str] | None:
        """Return whose side a craft is on just before a time and just after, None if one."""
        middle_s = float(self.at_s[chord] + self.at_s[chord + 1]) / 2.0
        way = self.passage.way_at(self.start_utc + timedelta(seconds=middle_s))
        aside_s = _ASIDE_M / way.speed_mps
        places = [self.position_at(at_s - aside_s), self.position_at(at_s + aside_s)]
        places_deg = np.array([(place.lon_deg, place.lat_deg) for place in places])
        before, after = (limit.side(int(sign)) for sign in limit.line.sides(places_deg))
        return None if before is None or after is None or before == after else (before, after)

    def _chart_m(self, at_s: float) -> tuple[float, float]:
        return position_to_chart_m(self.position_at(at_s))
