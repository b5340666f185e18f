"""Who can meet a moving or drifting boat, where and when: one straight geodesic at full speed."""

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channelplot.analysis.passage import HORIZON, Passage, Way
from channelplot.geodesy.measure import bearing_and_distance
from channelplot.geodesy.position import Position

_MET_M: Final = 0.001
_STEPS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A craft that could be sent. uid: its track's; passage: where it is and goes until it is sent.

    speed_mps: what it can make over the ground when sent, not what it makes now.
    """

    uid: str
    passage: Passage
    speed_mps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Where and when an asset meets a boat.

    course_deg: true, to steer at the start, None if it is there already; distance_m: geodesic;
    duration_s: from when it is sent. position: the place to ask whose waters it is in.
    """

    position: Position
    at_utc: datetime
    course_deg: float | None
    distance_m: float
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Intercept:
    """What an asset can do for a boat.

    start: where it is when sent, None if it is sent before the fix that it is reckoned from: where
    it was by then its passage does not say. meeting: None if it can't, or has no start.
    """

    asset: Asset
    start: Position | None
    meeting: Meeting | None

    @property
    def is_before_fix(self) -> bool:
        """Return whether it is sent before the fix that it is reckoned from."""
        return self.start is None


def intercepts(
    assets: Iterable[Asset], boat: Passage, sent_utc: datetime, horizon: timedelta = HORIZON
) -> tuple[Intercept, ...]:
    """Return for every asset with a speed where it meets a boat, the soonest first.

    sent_utc: when they leave, each from where it is then. Those that can't meet it within the
    horizon, and those that are sent before their fix, come last; assets without a speed are left
    out.
    """
    found = [
        _intercept(asset, boat, sent_utc, horizon) for asset in assets if asset.speed_mps > 0.0
    ]
    return tuple(sorted(found, key=_soonest))


def meeting_with(
    boat: Passage,
    start: Position,
    speed_mps: float,
    sent_utc: datetime,
    horizon: timedelta = HORIZON,
) -> Meeting | None:
    """Return where a craft sent from a place first meets a boat, None if not within the horizon.

    The distance still to go, less what was gone, bends only upwards with time: Newton's steps from
    the start come up to the first meeting and never pass it. Right to a millimetre. A boat at least
    as fast may never be met. Each way of the boat is followed in turn.
    """
    end_utc = sent_utc + horizon
    times = [sent_utc, *boat.changes(sent_utc, end_utc), end_utc]
    for begin_utc, finish_utc in itertools.pairwise(times):
        way = boat.way_at(begin_utc)
        earlier_s = (begin_utc - sent_utc).total_seconds()
        later_s = (finish_utc - sent_utc).total_seconds()
        met_s = _met_s(way, start, speed_mps, sent_utc, earlier_s, later_s)
        if met_s is not None:
            at_utc = sent_utc + timedelta(seconds=met_s)
            position = way.position_at(at_utc)
            course_deg, distance_m = bearing_and_distance(start, position)
            return Meeting(
                position=position,
                at_utc=at_utc,
                course_deg=course_deg,
                distance_m=distance_m,
                duration_s=met_s,
            )
    return None


def _intercept(asset: Asset, boat: Passage, sent_utc: datetime, horizon: timedelta) -> Intercept:
    if sent_utc < asset.passage.ways[0].at_utc:
        return Intercept(asset=asset, start=None, meeting=None)
    start = asset.passage.position_at(sent_utc)
    meeting = meeting_with(boat, start, asset.speed_mps, sent_utc, horizon)
    return Intercept(asset=asset, start=start, meeting=meeting)


def _met_s(
    way: Way,
    start: Position,
    speed_mps: float,
    sent_utc: datetime,
    earlier_s: float,
    later_s: float,
) -> float | None:
    """Return the seconds after being sent when a craft meets one on a way, None if not in time."""
    at_s, gained_mps, steps = earlier_s, math.inf, 0
    while gained_mps > 0.0 and at_s <= later_s and steps < _STEPS:
        there = way.onward(sent_utc + timedelta(seconds=at_s))
        back_deg, distance_m = bearing_and_distance(there.position, start)
        short_m = distance_m - speed_mps * at_s
        if short_m <= _MET_M:
            return at_s
        receding_mps = 0.0
        if there.course_deg is not None and back_deg is not None:
            off_rad = math.radians(there.course_deg - back_deg)
            receding_mps = -there.speed_mps * math.cos(off_rad)
        gained_mps = speed_mps - receding_mps
        at_s, steps = at_s + short_m / gained_mps if gained_mps > 0.0 else at_s, steps + 1
    return None


def _soonest(one: Intercept) -> tuple[bool, float, str]:
    duration_s = math.inf if one.meeting is None else one.meeting.duration_s
    return one.is_before_fix, duration_s, one.asset.uid
