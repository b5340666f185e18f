"""How many crossings, prevented attempts and events ashore a plot tells of.

What was prevented or happened ashore is never a crossing, whatever else is known of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from channelplot.analysis.ledger import is_boat, least_total, ledger_of
from channelplot.model.codes import ReportKind, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track

ASHORE_KINDS = frozenset({ReportKind.PREVENTED, ReportKind.EVENT})
"""Reports of these kinds tell of no boat at sea."""
_NO_CROSSINGS = frozenset({TrackStatus.PREVENTED, TrackStatus.NOT_SMALL_BOAT, TrackStatus.SAME_AS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Sums over a plot.

    crossings: boats that were at sea, open_boats and closed_boats of them. prevented: attempts
    that were prevented ashore, with the people told of or counted there. events: ashore.
    """

    crossings: int = 0
    open_boats: int = 0
    closed_boats: int = 0
    prevented: int = 0
    prevented_people: int = 0
    events: int = 0


def counts_of(plot: Plot) -> Counts:
    """Return the counts of a plot.

    A crossing is a boat that was not merged into another, is not called prevented or no small
    boat, and has a report of something else than what was prevented or happened ashore. A boat
    that is called prevented or has such reports is one prevented attempt, however many reports
    tell of it; a report of one that no boat claims is one by itself.
    """
    return sum_of_counts(
        (*map(counts_of_track, plot.tracks.values()), counts_of_reports(plot.unattributed))
    )


def counts_of_track(track: Track) -> Counts:
    """Return what one track adds to the counts of its plot."""
    ashore = counts_of_reports(track.reports if track.kinds & ASHORE_KINDS else ())
    if not is_boat(track):
        return ashore
    crossings = int(is_crossing(track))
    is_prevented = _is_prevented(track)
    return Counts(
        crossings=crossings,
        open_boats=0 if track.is_closed else crossings,
        closed_boats=crossings if track.is_closed else 0,
        prevented=int(is_prevented),
        prevented_people=_people_prevented(track) if is_prevented else 0,
        events=ashore.events,
    )


def counts_of_reports(reports: Iterable[Report]) -> Counts:
    """Return what reports that no boat claims add to the counts: each is one by itself."""
    ashore = [report for report in reports if report.kind in ASHORE_KINDS]
    prevented = [_total(report) for report in ashore if report.kind is ReportKind.PREVENTED]
    return Counts(
        prevented=len(prevented),
        prevented_people=sum(prevented),
        events=len(ashore) - len(prevented),
    )


def sum_of_counts(parts: Iterable[Counts]) -> Counts:
    """Return the sums of counts."""
    parts = tuple(parts)
    return Counts(
        crossings=sum(part.crossings for part in parts),
        open_boats=sum(part.open_boats for part in parts),
        closed_boats=sum(part.closed_boats for part in parts),
        prevented=sum(part.prevented for part in parts),
        prevented_people=sum(part.prevented_people for part in parts),
        events=sum(part.events for part in parts),
    )


def is_crossing(track: Track) -> bool:
    """Return whether a track is a crossing: a boat that was at sea, by anything told of it."""
    if not is_boat(track):
        return False
    if track.status in _NO_CROSSINGS:
        return False
    return not track.kinds <= ASHORE_KINDS


def _is_prevented(track: Track) -> bool:
    if track.status is TrackStatus.NOT_SMALL_BOAT:
        return False
    return track.status is TrackStatus.PREVENTED or (ReportKind.PREVENTED in track.kinds)


def _people_prevented(track: Track) -> int:
    """Return the most people a prevented report tells of, else those counted or told of."""
    is_told = ReportKind.PREVENTED in track.kinds
    reports = track.reports if is_told else ()
    told = [_total(r) for r in reports if r.kind is ReportKind.PREVENTED]
    if told:
        return max(told)
    ledger = ledger_of(track)
    return ledger.counted_total or ledger.reported_total or 0


def _total(report: Report) -> int:
    return (least_total(report.people) or 0) if report.people is not None else 0
