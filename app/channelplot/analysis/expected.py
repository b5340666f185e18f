"""Where a craft is expected to be at a time, by what was known of it until then.

Dead reckoning by course and speed made good; no stream and no wind is reckoned with.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from channelplot.analysis.legs import leg_between
from channelplot.analysis.stopped import stopped_from_utc
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import mps_from_kn
from channelplot.model.report import Report
from channelplot.model.track import Track

FIXES_RECKONED_FROM: Final = 3
RECKONED_WITHIN: Final = timedelta(minutes=60)
"""Course and speed are made good over so many fixes, none longer than this before the last: the
desk's rule, long enough to even out an error of a mile, short enough to follow a turn."""


class Motion(StrEnum):
    """What is known of how a craft moves."""

    MADE_GOOD = "made_good"
    REPORTED = "reported"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Where a craft is expected to be.

    fix: the last fix, from which it was reckoned. fixes: those that its motion was told by, the
    last among them. course_deg: true, None if it is not known or the craft keeps its place;
    speed_mps: over the ground; moved_m: how far it went from the fix, along way_course_deg, true.
    stopped_utc: when it stopped, None if it did not.
    """

    fix: Report
    motion: Motion
    fixes: tuple[Report, ...]
    course_deg: float | None = None
    speed_mps: float = 0.0
    moved_m: float = 0.0
    way_course_deg: float | None = None
    stopped_utc: datetime | None = None

    @property
    def position(self) -> Position:
        """Return where it is expected to be."""
        assert self.fix.position is not None, "a fix has a position"
        if self.way_course_deg is None or self.moved_m <= 0.0:
            return self.fix.position
        return destination(self.fix.position, self.way_course_deg, self.moved_m)

    @property
    def from_utc(self) -> datetime:
        """Return the time of the fix it was reckoned from."""
        return self.fix.observed_at_utc

    @property
    def is_moving(self) -> bool:
        """Return whether the craft is known to be under way."""
        return self.motion in (Motion.MADE_GOOD, Motion.REPORTED) and self.speed_mps > 0.0


def fixes_until(track: Track, at_utc: datetime) -> int:
    """Return how many fixes of a track were observed at a time or before."""
    last = track.last_fix
    if last is not None and last.observed_at_utc <= at_utc:
        return len(track.fixes)  # as usual: asked for now
    return bisect_right(track.fixes, at_utc, key=_observed_at_utc)


def expected_position(
    track: Track,
    at_utc: datetime,
    *,
    fixes_reckoned_from: int = FIXES_RECKONED_FROM,
    reckoned_within: timedelta = RECKONED_WITHIN,
) -> Expected | None:
    """Return where a craft is expected to be at a time, None if it has no fix until then.

    By the course and speed made good over the last three fixes until then, without those more
    than 60 minutes before the last of them; if that leaves one, by the course and speed that were
    reported last within the 60 minutes; else the last fix itself. A craft that lies stopped
    (``stopped_from_utc``) stays at its last fix, or goes on from there only until it lay stopped:
    where it drifts is another question. Later fixes do not count. fixes_reckoned_from,
    reckoned_within: other bounds that an operator chose; at least one fix counts.
    """
    count = fixes_until(track, at_utc)
    if not count:
        return None
    last = track.fixes[count - 1]
    stopped_utc = stopped_from_utc(track, at_utc)
    if stopped_utc is not None:
        stopped_utc = max(stopped_utc, last.observed_at_utc)
    until_utc = at_utc if stopped_utc is None else stopped_utc
    under_way_s = (until_utc - last.observed_at_utc).total_seconds()
    recent = [
        fix
        for fix in track.fixes[max(0, count - max(1, fixes_reckoned_from)) : count]
        if last.observed_at_utc - fix.observed_at_utc <= reckoned_within
    ]
    motion, course_deg, speed_mps = _motion(recent)
    moved_m = speed_mps * under_way_s
    way_course_deg = course_deg
    if stopped_utc is not None:
        motion, course_deg, speed_mps = Motion.STOPPED, None, 0.0
    return Expected(
        fix=last,
        motion=motion,
        fixes=tuple(recent),
        course_deg=course_deg,
        speed_mps=speed_mps,
        moved_m=moved_m,
        way_course_deg=way_course_deg,
        stopped_utc=stopped_utc,
    )


def position_between(before: Report, after: Report, at_utc: datetime) -> Position:
    """Return where a craft was between two of its fixes if it kept course and speed.

    Raises ValueError if one has no position or no time passed between them.
    """
    leg = leg_between(before, after)
    if before.position is None or leg.duration_s <= 0.0:
        msg = "a time between two fixes, one after the other"
        raise ValueError(msg)
    if leg.course_deg is None:
        return before.position
    passed_s = (at_utc - before.observed_at_utc).total_seconds()
    return destination(before.position, leg.course_deg, leg.distance_m * passed_s / leg.duration_s)


def _observed_at_utc(report: Report) -> datetime:
    return report.observed_at_utc


def _motion(recent: list[Report]) -> tuple[Motion, float | None, float]:
    """Return what is known of the motion at the last of some fixes, course, metres per second."""
    leg = leg_between(recent[0], recent[-1])
    if leg.speed_mps is not None:
        return Motion.MADE_GOOD, leg.course_deg, leg.speed_mps
    for fix in reversed(recent):
        if fix.course_deg is not None and fix.speed_kn:
            return Motion.REPORTED, fix.course_deg, mps_from_kn(fix.speed_kn)
    return Motion.UNKNOWN, None, 0.0
