"""Course and speed between the reported positions of a track."""

import itertools
from dataclasses import dataclass
from typing import Final

from channelplot.analysis.error_model import ErrorModel, plausible_speed_mps
from channelplot.analysis.likeness import types_of
from channelplot.geodesy.measure import bearing_and_distance, leg_distances_m
from channelplot.model.report import Report
from channelplot.model.track import Track

SAME_TIME_S: Final = 60.0
"""Times are told to the minute: two positions of one time may be so far apart in time."""


@dataclass(frozen=True, slots=True)
class Leg:
    """The geodesic between two consecutive reported positions.

    course_deg: true, None where the two coincide; speed_mps: None where no time passed.
    """

    from_uid: str
    to_uid: str
    course_deg: float | None
    distance_m: float
    duration_s: float

    @property
    def speed_mps(self) -> float | None:
        """Return the mean speed over the ground in metres per second."""
        return self.distance_m / self.duration_s if self.duration_s > 0 else None


@dataclass(frozen=True, slots=True)
class Run:
    """A track from its first to its last reported position.

    distance_m: along the legs. speed_mps: distance over time, None where no time passed.
    """

    distance_m: float
    duration_s: float

    @property
    def speed_mps(self) -> float | None:
        """Return the mean speed along the track in metres per second."""
        return self.distance_m / self.duration_s if self.duration_s > 0 else None


def leg_between(earlier: Report, later: Report) -> Leg:
    """Return the leg between two reports with positions.

    Raises ValueError if one has none.
    """
    start, end = earlier.position, later.position
    if start is None or end is None:
        msg = "a leg runs between two positions"
        raise ValueError(msg)
    course_deg, distance_m = bearing_and_distance(start, end)
    return Leg(
        from_uid=earlier.uid,
        to_uid=later.uid,
        course_deg=course_deg,
        distance_m=distance_m,
        duration_s=(later.observed_at_utc - earlier.observed_at_utc).total_seconds(),
    )


def leg_to(track: Track, report_uid: str) -> Leg | None:
    """Return the leg that ends at a report, None for the first one or one off the line."""
    index = track.fix_index.get(report_uid, 0)
    return leg_between(track.fixes[index - 1], track.fixes[index]) if index else None


def legs_of(track: Track) -> tuple[Leg, ...]:
    """Return the legs of a track, one for each reported position after the first."""
    fixes = track.fixes
    return tuple(leg_between(a, b) for a, b in itertools.pairwise(fixes))


def run_of(track: Track) -> Run | None:
    """Return the run of a track, None for fewer than two reported positions."""
    fixes = track.fixes
    if len(fixes) < 2:
        return None
    duration = fixes[-1].observed_at_utc - fixes[0].observed_at_utc
    return Run(float(leg_distances_m(track.line_deg).sum()), duration.total_seconds())


def made_good(track: Track) -> Leg | None:
    """Return the leg from the first to the last reported position, None for fewer than two.

    Its course and speed are those made good: whatever way the craft went in between.
    """
    fixes = track.fixes
    return leg_between(fixes[0], fixes[-1]) if len(fixes) > 1 else None


def plausible_speed_of(track: Track, model: ErrorModel) -> float:
    """Return what such a craft can make over the ground, in metres per second.

    By the craft, and by what the boat looks like: its record, else its reports.
    """
    return plausible_speed_mps(track.craft, types_of(track), model)


def is_faster(leg: Leg, speed_mps: float) -> bool:
    """Return whether a leg needs more than a speed: where no time passed, more than in a minute."""
    return leg.distance_m > speed_mps * (leg.duration_s if leg.duration_s > 0.0 else SAME_TIME_S)


def is_impossible(leg: Leg, track: Track, model: ErrorModel) -> bool:
    """Return whether a leg is faster than a craft like the track's can go.

    The plain distance over the plain time counts, as they are shown: how much of it may be the
    positions' error is a question of the same-boat test. One of the positions may be another's.
    """
    return is_faster(leg, plausible_speed_of(track, model))
