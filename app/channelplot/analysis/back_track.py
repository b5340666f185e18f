"""From which beach a boat may have left, and when: its course made good drawn back to the coast.

A ranking with reasons, for an operator who decides; nothing is attributed by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from channelplot.analysis.expected import FIXES_RECKONED_FROM, RECKONED_WITHIN
from channelplot.analysis.legs import Leg, leg_between
from channelplot.geodesy.angles import turn_deg
from channelplot.geodesy.measure import bearing_and_distance, distance_m
from channelplot.geodesy.units import METRES_PER_NM, mps_from_kn
from channelplot.model.beach import Beach
from channelplot.model.codes import ReportKind
from channelplot.model.report import Report
from channelplot.model.track import Track

LEAST_SPEED_MPS: Final = mps_from_kn(0.5)
"""A boat that makes less good is drifting: its course says nothing of where it left."""
NEAR_COURSE_DEG: Final = 15.0
WIDE_COURSE_DEG: Final = 45.0
"""Assumptions of this program: a boat that kept its course lies within the one, for two miles on a
three-mile leg; one that had to go round something within the other."""
CLEAR_LEAD_DEG: Final = 10.0
"""A beach is told from the next best by at least that much, an assumption of this program."""
LONGEST: Final = timedelta(hours=6)
"""After half a tide the stream has turned, and the course made good was another."""
RUN_ERROR_SHARE: Final = 0.15
"""Of the time under way, as of the distance: dead-reckoning error of small craft (IAMSAR Manual,
volume II)."""
LAUNCH_WITHIN_M: Final = METRES_PER_NM
LAUNCH_WITHIN: Final = timedelta(minutes=30)
"""A launch that was reported so near a beach and the time reckoned bears the beach out."""


class Confidence(StrEnum):
    """How sure a launch place is, the surest first.

    CONFIRMED: a launch was reported there about then. LIKELY: it lies near the course made good,
    clearly ahead of every other. POSSIBLE: it lies near it, but so does another; or it lies wide of
    it. UNLIKELY: it lies far off it, or too long ago.
    """

    CONFIRMED = "confirmed"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchCandidate:
    """A beach a boat may have left.

    bearing_deg: true, from the beach to the first fix, None if that is on it; distance_m: geodesic.
    left_utc: when it left at the speed made good; left_within_s: how much earlier or later that
    may have been. off_course_deg: between that bearing and the course made good, 0 to 180.
    launch: the report of a launch that bears it out, None without.
    """

    beach: Beach
    bearing_deg: float | None
    distance_m: float
    left_utc: datetime
    left_within_s: float
    off_course_deg: float
    confidence: Confidence
    launch: Report | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTrack:
    """How a boat came to its first fix: made_good, over its first fixes; candidates, best first."""

    fix: Report
    made_good: Leg
    candidates: tuple[LaunchCandidate, ...]


def first_made_good(track: Track, fixes: int = FIXES_RECKONED_FROM) -> Leg | None:
    """Return course and speed made good over a track's first fixes, None if they tell none.

    The mirror of the rule for dead reckoning: the first three, without those more than 60 minutes
    after the first.
    """
    early = [
        fix
        for fix in track.fixes[:fixes]
        if fix.observed_at_utc - track.fixes[0].observed_at_utc <= RECKONED_WITHIN
    ]
    return leg_between(early[0], early[-1]) if len(early) > 1 else None


def back_track(track: Track, beaches: Iterable[Beach]) -> BackTrack | None:
    """Return the beaches a boat may have left, best first, None if its fixes tell no motion.

    By the course and speed made good over its first fixes, each beach straight to the first fix.
    Best is the smallest difference from the course made good; then the nearest. Launches that the
    track's reports tell of bear a beach out, but move it nowhere in the order. None, too, below
    half a knot.
    """
    leg = first_made_good(track)
    if leg is None or leg.course_deg is None:
        return None
    speed_mps = leg.speed_mps
    if speed_mps is None or speed_mps < LEAST_SPEED_MPS:
        return None
    fix = track.fixes[0]
    launches = [report for report in track.reports if report.kind is ReportKind.LAUNCH]
    drawn = [_drawn_back(beach, fix, leg.course_deg, speed_mps, launches) for beach in beaches]
    drawn.sort(key=_nearest_course)
    return BackTrack(
        fix=fix,
        made_good=leg,
        candidates=tuple(_candidate(one, drawn) for one in drawn),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _DrawnBack:
    beach: Beach
    bearing_deg: float | None
    distance_m: float
    duration_s: float
    left_utc: datetime
    off_course_deg: float
    launch: Report | None

    @property
    def is_too_long_ago(self) -> bool:
        return self.duration_s > LONGEST.total_seconds()


def _drawn_back(
    beach: Beach, fix: Report, course_deg: float, speed_mps: float, launches: list[Report]
) -> _DrawnBack:
    assert fix.position is not None, "a fix has a position"
    bearing_deg, length_m = bearing_and_distance(beach.position, fix.position)
    duration_s = length_m / speed_mps
    left_utc = fix.observed_at_utc - timedelta(seconds=duration_s)
    return _DrawnBack(
        beach=beach,
        bearing_deg=bearing_deg,
        distance_m=length_m,
        duration_s=duration_s,
        left_utc=left_utc,
        off_course_deg=0.0 if bearing_deg is None else abs(turn_deg(course_deg, bearing_deg)),
        launch=next((one for one in launches if _bears_out(one, beach, left_utc)), None),
    )


def _bears_out(launch: Report, beach: Beach, left_utc: datetime) -> bool:
    return (
        launch.position is not None
        and abs(launch.observed_at_utc - left_utc) <= LAUNCH_WITHIN
        and distance_m(launch.position, beach.position) <= LAUNCH_WITHIN_M
    )


def _candidate(one: _DrawnBack, drawn: list[_DrawnBack]) -> LaunchCandidate:
    return LaunchCandidate(
        beach=one.beach,
        bearing_deg=one.bearing_deg,
        distance_m=one.distance_m,
        left_utc=one.left_utc,
        left_within_s=RUN_ERROR_SHARE * one.duration_s,
        off_course_deg=one.off_course_deg,
        confidence=_confidence(one, drawn),
        launch=one.launch,
    )


def _confidence(one: _DrawnBack, drawn: list[_DrawnBack]) -> Confidence:
    if one.launch is not None:
        return Confidence.CONFIRMED
    if one.off_course_deg > WIDE_COURSE_DEG or one.is_too_long_ago:
        return Confidence.UNLIKELY
    rivals = [
        other
        for other in drawn
        if other is not one
        and not other.is_too_long_ago
        and other.off_course_deg < one.off_course_deg + CLEAR_LEAD_DEG
    ]
    is_likely = one.off_course_deg <= NEAR_COURSE_DEG and not rivals
    return Confidence.LIKELY if is_likely else Confidence.POSSIBLE


def _nearest_course(one: _DrawnBack) -> tuple[float, float, str]:
    return (one.off_course_deg, one.distance_m, one.beach.name)
