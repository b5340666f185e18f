"""Since when a craft lies stopped, and whether anything says that it makes way again.

A boat that was told of as stopped goes on lying so: it drifts, and the fixes of its drift make a
course and speed good that are not its own. Neither is it under way because the next report gives
no speed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from channelplot.analysis.legs import SAME_TIME_S
from channelplot.geodesy.measure import leg_distances_m
from channelplot.geodesy.units import mps_from_kn
from channelplot.model.codes import ReportKind, TrackStatus
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track

DRIFTS_AT_MOST_KN: Final = 3.0
"""Over the ground: a spring stream of the Strait of Dover with some leeway, as the error circle of
a stopped boat grows (settings.py). What goes faster makes way, or is towed."""
MAKES_WAY: Final = frozenset(
    {
        TrackStatus.REPORTED,
        TrackStatus.CONFIRMED,
        TrackStatus.UNDER_WAY,
        TrackStatus.ESCORTED,
    }
)
"""Given to a boat that lay stopped, they say that it does so no longer. The others do not: a boat
in distress, one that contact was lost with or one searched for in vain may well drift."""
_BECOMES_ADRIFT: Final = frozenset(
    {TrackStatus.REPORTED, TrackStatus.CONFIRMED, TrackStatus.UNDER_WAY}
)
_EVER: Final = datetime.max.replace(tzinfo=UTC)


def stopped_from_utc(track: Track, at_utc: datetime) -> datetime | None:
    """Return since when a craft lies stopped, by what was known at a time; None if it does not.

    A boat does from a fix with a speed of nought on, or from when it was called adrift on, until
    a later report gives a speed, a later leg is faster than a drift can be, or it is given a status
    of a boat that makes way. An asset keeps its station by its last fix alone; called adrift it is
    so until it has another status. A status that nobody knows the time of holds whatever came.
    """
    if not track.status_changes and track.status is TrackStatus.ADRIFT:
        return track.created_at_utc
    if not track.has_people:
        last = _last_before(track.fixes, at_utc)
        is_still = last is not None and last.speed_kn == 0.0
        told = [last.observed_at_utc] if last is not None and is_still else []
        return min((*told, *_called_adrift_utc(track, at_utc)[:1]), default=None)
    times = (*_told_stopped_utc(track, at_utc), *_called_adrift_utc(track, at_utc))
    return min((utc for utc in times if not _went_on(track, utc, at_utc)), default=None)


def becomes_adrift(track: Track, told: Report) -> bool:
    """Return whether a report that is plotted gives its boat the status adrift.

    It does if it says that a boat which is reported, confirmed or under way is stopped, unless
    something later that is known already says that the boat makes way. told: in no track yet.
    """
    is_stopped = told.kind is ReportKind.POSITION and told.speed_kn == 0.0
    if not is_stopped or not track.has_people or track.status not in _BECOMES_ADRIFT:
        return False
    adrift = StatusChange(told.uid, TrackStatus.ADRIFT, told.observed_at_utc)
    changes = (*track.status_changes, adrift)
    after = replace(track.with_report(told), status=adrift.status, status_changes=changes)
    return stopped_from_utc(after, _EVER) is not None


def _told_stopped_utc(track: Track, at_utc: datetime) -> Iterator[datetime]:
    """Yield when a boat was last told of as stopped, unless a speed or a status came after it."""
    for report in _backwards(track.speed_reports, at_utc):
        if report.speed_kn != 0.0:
            return
        if report.position is not None:
            way_utc = max(_way_statuses_utc(track, at_utc), default=None)
            if way_utc is None or way_utc < report.observed_at_utc:
                yield report.observed_at_utc
            return


def _called_adrift_utc(track: Track, at_utc: datetime) -> list[datetime]:
    """Return when a craft was called adrift since it last had a status that ended that."""
    found: list[datetime] = []
    for change in sorted(track.status_changes, key=lambda change: change.at_utc):
        if change.at_utc > at_utc:
            break
        if change.status is TrackStatus.ADRIFT:
            found.append(change.at_utc)
        elif change.status in MAKES_WAY or not track.has_people:
            found.clear()
    return found


def _way_statuses_utc(track: Track, at_utc: datetime) -> Iterator[datetime]:
    return (
        change.at_utc
        for change in track.status_changes
        if change.at_utc <= at_utc and change.status in MAKES_WAY
    )


def _went_on(track: Track, from_utc: datetime, at_utc: datetime) -> bool:
    """Return whether a report gave a speed, or a leg was too fast for a drift, after a time."""
    for report in _backwards(track.speed_reports, at_utc):
        if report.observed_at_utc <= from_utc:
            break
        if report.speed_kn != 0.0:
            return True
    first = bisect_left(track.fixes, from_utc, key=_observed_at_utc)
    end = bisect_right(track.fixes, at_utc, key=_observed_at_utc)
    if end - first < 2:
        return False
    legs = zip(
        pairwise(track.fixes[first:end]), leg_distances_m(track.line_deg[first:end]), strict=True
    )
    return any(_is_no_drift(before, after, float(run_m)) for (before, after), run_m in legs)


def _is_no_drift(before: Report, after: Report, run_m: float) -> bool:
    """Return whether a leg is faster than a drift by more than its two positions leave open."""
    duration_s = (after.observed_at_utc - before.observed_at_utc).total_seconds() or SAME_TIME_S
    open_m = (before.error_m or 0.0) + (after.error_m or 0.0)
    return run_m - open_m > mps_from_kn(DRIFTS_AT_MOST_KN) * duration_s


def _backwards(reports: Sequence[Report], at_utc: datetime) -> Iterator[Report]:
    """Yield the reports that were observed until a time, the last first."""
    if reports and reports[-1].observed_at_utc <= at_utc:
        return reversed(reports)  # as usual: asked for now
    count = bisect_right(reports, at_utc, key=_observed_at_utc)
    return (reports[index] for index in range(count - 1, -1, -1))


def _last_before(reports: Sequence[Report], at_utc: datetime) -> Report | None:
    return next(_backwards(reports, at_utc), None)


def _observed_at_utc(report: Report) -> datetime:
    return report.observed_at_utc
