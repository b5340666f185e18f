"""How close two craft come: both are first moved to one time, then followed along their passages.

The closest point of approach (CPA) and the time to it (TCPA), by geodesics: where two reports of
different times are not moved to one time first, both come out wrong.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.analysis.passage import HORIZON, Passage, movers_at
from channelplot.geodesy.closest import closest_in_space, closest_on_ground, relative_motion
from channelplot.geodesy.measure import bearing_and_distance
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import mps_from_kn

STEADY_MPS: Final = mps_from_kn(0.1)
"""Two craft with a relative speed below that keep their distance: it changes by less than 0.1 NM in
an hour, and a time to the closest would be one of the errors of their speeds."""
_NOW_S: Final = 0.5
"""A closest approach within half a second of the common time is now."""


class Approaching(StrEnum):
    """When two craft are closest, seen from the common time.

    AHEAD: within the horizon, or at this very time. STEADY: they keep their distance. PAST: they
    were closest within the horizon before, and part. PARTING: they part, and did so all that time.
    CLOSING: at the end of the horizon they still come closer.
    """

    AHEAD = "ahead"
    STEADY = "steady"
    PAST = "past"
    PARTING = "parting"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Two craft at one time.

    bearing_deg: true, from the first to the second, back_bearing_deg from the second to the
    first; None where the two coincide. distance_m: geodesic.
    """

    at_utc: datetime
    first: Position
    second: Position
    distance_m: float
    bearing_deg: float | None
    back_bearing_deg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosestApproach:
    """Two craft at the time they were both moved to, and at their closest.

    closest: AHEAD the CPA that is coming; PAST the one that was, reckoned back along the way each
    craft makes now; STEADY and PARTING as now; CLOSING at the end of the horizon.
    relative_speed_mps: at the common time.
    """

    now: Apart
    closest: Apart
    approaching: Approaching
    relative_speed_mps: float

    @property
    def least_m(self) -> float:
        """Return the least distance from the common time on, in metres."""
        if self.tcpa_s < 0.0:
            return self.now.distance_m
        return min(self.now.distance_m, self.closest.distance_m)

    @property
    def tcpa_s(self) -> float:
        """Return the seconds from the common time to the closest, negative if that is past."""
        return (self.closest.at_utc - self.now.at_utc).total_seconds()


def closest_approach(
    first: Passage, second: Passage, at_utc: datetime, horizon: timedelta = HORIZON
) -> ClosestApproach:
    """Return how close two craft come, from a time on.

    at_utc: the common time, both are moved to it along their own passages. horizon: how far ahead,
    and back, it is looked for. Right to a millisecond and a millimetre for the passages given.
    """
    now = apart_at(first, second, at_utc)
    speed_mps = _relative_speed_mps(first, second, at_utc)
    is_steady = speed_mps < STEADY_MPS and not any(
        one.changes(at_utc, at_utc + horizon) for one in (first, second)
    )
    if is_steady:
        return ClosestApproach(
            now=now,
            closest=now,
            approaching=Approaching.STEADY,
            relative_speed_mps=speed_mps,
        )
    approaching, closest_s = Approaching.AHEAD, _ahead_s(first, second, at_utc, horizon)
    if closest_s >= horizon.total_seconds():
        approaching = Approaching.CLOSING
    elif closest_s <= _NOW_S:
        approaching, closest_s = _parting(first, second, at_utc, horizon)
    closest_utc = at_utc + timedelta(seconds=closest_s)
    return ClosestApproach(
        now=now,
        closest=apart_at(first, second, closest_utc),
        approaching=approaching,
        relative_speed_mps=speed_mps,
    )


def apart_at(first: Passage, second: Passage, at_utc: datetime) -> Apart:
    """Return where two craft are at a time, and how each bears from the other."""
    a, b = first.position_at(at_utc), second.position_at(at_utc)
    bearing_deg, distance_m = bearing_and_distance(a, b)
    return Apart(
        at_utc=at_utc,
        first=a,
        second=b,
        distance_m=distance_m,
        bearing_deg=bearing_deg,
        back_bearing_deg=bearing_and_distance(b, a)[0],
    )


def closest_approaches(
    firsts: Sequence[Passage],
    seconds: Sequence[Passage],
    pairs: npt.NDArray[np.intp],
    at_utc: datetime,
    horizon: timedelta = HORIZON,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the times to the closest approach of many pairs, from now on, and the distances.

    pairs: (k, 2), a row of firsts and one of seconds. Result: seconds from at_utc, (k,), 0 for a
    pair that parts or keeps its distance, the horizon for one that still closes then; metres,
    (k,). Right to a metre while no craft goes further than 100 NM: for the figures to tell,
    ``closest_approach``. Each span of time in which nobody changes the way is gone through.
    """
    best_s = np.zeros(len(pairs))
    best_m = np.full(len(pairs), np.inf)
    for start_utc, end_utc in _spans((*firsts, *seconds), at_utc, horizon):
        length_s = (end_utc - start_utc).total_seconds()
        found_s, found_m = closest_in_space(
            movers_at(firsts, start_utc), movers_at(seconds, start_utc), pairs, (0.0, length_s)
        )
        is_closer = found_m < best_m
        before_s = (start_utc - at_utc).total_seconds()
        best_s = np.where(is_closer, before_s + found_s, best_s)
        best_m = np.where(is_closer, found_m, best_m)
    return best_s, best_m


def _spans(
    passages: Sequence[Passage], at_utc: datetime, horizon: timedelta
) -> list[tuple[datetime, datetime]]:
    until_utc = at_utc + horizon
    changes = {change for one in passages for change in one.changes(at_utc, until_utc)}
    return list(itertools.pairwise([at_utc, *sorted(changes), until_utc]))


def _ahead_s(first: Passage, second: Passage, at_utc: datetime, horizon: timedelta) -> float:
    """Return after how long two craft are closest from a time on: of each span's the least."""
    best_s, best_m = 0.0, math.inf
    for start_utc, end_utc in _spans((first, second), at_utc, horizon):
        firsts, seconds = movers_at((first,), start_utc), movers_at((second,), start_utc)
        length_s = (end_utc - start_utc).total_seconds()
        found_s = closest_on_ground(firsts, seconds, np.zeros(1), (0.0, length_s))
        found_m, _, _ = relative_motion(firsts.after(found_s), seconds.after(found_s))
        if found_m[0] < best_m:
            best_s = (start_utc - at_utc).total_seconds() + float(found_s[0])
            best_m = float(found_m[0])
    return best_s


def _parting(
    first: Passage, second: Passage, at_utc: datetime, horizon: timedelta
) -> tuple[Approaching, float]:
    """Return since when two craft part that are closest at the common time or before."""
    back_s = -horizon.total_seconds()
    firsts, seconds = movers_at((first,), at_utc), movers_at((second,), at_utc)
    found_s = float(closest_on_ground(firsts, seconds, np.zeros(1), (back_s, 0.0))[0])
    if found_s > -_NOW_S:
        return Approaching.AHEAD, 0.0
    if found_s <= back_s:
        return Approaching.PARTING, 0.0
    return Approaching.PAST, found_s


def _relative_speed_mps(first: Passage, second: Passage, at_utc: datetime) -> float:
    _, along_mps, across_mps = relative_motion(
        movers_at((first,), at_utc), movers_at((second,), at_utc)
    )
    return math.hypot(float(along_mps[0]), float(across_mps[0]))
