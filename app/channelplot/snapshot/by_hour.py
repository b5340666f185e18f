"""A plot hour by hour: what had been reported by then, in the light of what is known now.

What counts is when a report was received: a late one is on no page before that, however early it
was observed. Which report is of which boat, what it is called and where it left from is as the
plot has it now. How the desk saw it then is another question, which the log answers
(``store/as_known.py``, ``--at``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track

_HOUR = timedelta(hours=1)


def hours_of(plot: Plot, end_utc: datetime | None) -> tuple[datetime, ...]:
    """Return the full hours in which something new had come by, and the end as the last.

    end_utc: what came later has no hour; None takes the last that came. Empty for nothing.
    """
    moments = list(_moments(plot))
    if not moments:
        return ()
    last_utc = end_utc or max(moments)
    hours = {min(_next_full_hour(moment), last_utc) for moment in moments if moment <= last_utc}
    return tuple(sorted(hours | {last_utc}))


def told_by(plot: Plot, moment_utc: datetime) -> Plot:
    """Return the plot with the reports that had been received by a time.

    With them the statuses given and the searches planned by then. Beaches, marks, limits and
    reference layers stay: they are what is charted.
    """
    tracks = (_told_track(track, moment_utc) for track in plot.tracks.values())
    return replace(
        plot,
        tracks={track.uid: track for track in tracks if track is not None},
        unattributed=_told_reports(plot.unattributed, moment_utc),
        searches={
            uid: search
            for uid, search in plot.searches.items()
            if search.created_at_utc <= moment_utc
        },
    )


def _told_track(track: Track, moment_utc: datetime) -> Track | None:
    """Return what had been told of a track, None where that was nothing."""
    reports = _told_reports(track.reports, moment_utc)
    if not reports:
        return None
    changes = tuple(change for change in track.status_changes if change.at_utc <= moment_utc)
    status = track.status
    if track.status_changes:
        status = changes[-1].status if changes else TrackStatus.REPORTED
    return replace(track, reports=reports, status_changes=changes, status=status)


def _told_reports(reports: Iterable[Report], moment_utc: datetime) -> tuple[Report, ...]:
    return tuple(report for report in reports if _came_utc(report) <= moment_utc)


def _came_utc(report: Report) -> datetime:
    """Return when a report was there: received, and not before it was observed."""
    return max(report.observed_at_utc, report.received_at_utc)


def _moments(plot: Plot) -> Iterator[datetime]:
    """Yield when anything came that is on one page and not on the one before."""
    yield from map(_came_utc, plot.reports())
    for track in plot.tracks.values():
        if track.reports:
            yield from (change.at_utc for change in track.status_changes)
    yield from (search.created_at_utc for search in plot.searches.values())


def _next_full_hour(moment_utc: datetime) -> datetime:
    """Return the end of the hour a time is in; a full hour ends itself."""
    full = moment_utc.replace(minute=0, second=0, microsecond=0)
    return full if full == moment_utc else full + _HOUR
