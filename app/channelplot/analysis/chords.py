"""A passage between two times as short straight pieces on the chart, to find what it crosses."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.analysis.passage import Passage
from channelplot.geodesy.measure import destinations_deg
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import position_to_chart_m, to_chart_m
from channelplot.geodesy.rhumb_line import RhumbLine
from channelplot.geodesy.units import METRES_PER_NM

_CHORD_M: Final = METRES_PER_NM
"""A geodesic of a mile bends by 8 cm against the straight line on the chart, at 51 degrees."""
_FOUND_S: Final = 1e-3
_ASIDE_M: Final = 0.5
"""So far before and after a crossing the sides are compared: to touch a line is not to cross it,
and at a corner the chord may meet another leg than the geodesic, which bends by less."""


@dataclass(frozen=True, slots=True)
class Chords:
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
    def of(cls, passage: Passage, start_utc: datetime, end_utc: datetime) -> "Chords":
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

    def meetings(self, line: RhumbLine) -> Iterator[tuple[int, int]]:
        """Yield which chord meets the line, and which of its legs, in the order of the path."""
        for chord, leg in zip(*line.met_by(self.points_m), strict=True):
            yield int(chord), int(leg)

    def on_leg_s(self, chord: int, line: RhumbLine, leg: int) -> float:
        """Return how many seconds after the start the craft is on a leg, drawn on without end.

        By halving between the ends of the chord, which lie on either side of it, or one on it.
        """

        def is_left(place_m: tuple[float, float]) -> bool:
            return line.off_leg_m(leg, *place_m) > 0.0

        was_left = is_left(self._chart_m(float(self.at_s[chord])))
        return self.halved_s(chord, lambda place_m: is_left(place_m) == was_left)

    def halved_s(self, chord: int, is_still_so: Callable[[tuple[float, float]], bool]) -> float:
        """Return how many seconds after the start something first is so no more, within a chord.

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

    def around(self, at_s: float, chord: int) -> tuple[Position, Position]:
        """Return where the craft is just before and just after a time at which it meets a line."""
        middle_s = float(self.at_s[chord] + self.at_s[chord + 1]) / 2.0
        way = self.passage.way_at(self.start_utc + timedelta(seconds=middle_s))
        aside_s = _ASIDE_M / way.speed_mps
        return self.position_at(at_s - aside_s), self.position_at(at_s + aside_s)

    def _chart_m(self, at_s: float) -> tuple[float, float]:
        return position_to_chart_m(self.position_at(at_s))
