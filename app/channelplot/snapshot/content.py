"""What a sheet says: its texts, its legend and its list of boats, as values; no drawing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication

from channelplot.analysis.counts import ASHORE_KINDS, Counts, counts_of
from channelplot.analysis.ledger import closing_of, ledger_of, plot_ledger
from channelplot.chart.placed import placed
from channelplot.chart.wording import people_and_children_text, people_text, status_text
from channelplot.geodesy.text import date_time_group, fr_text, uk_text, zulu_text
from channelplot.model.codes import Craft, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import Track

translate = QCoreApplication.translate
BoundsM = tuple[float, float, float, float]
"""(min_x_m, min_y_m, max_x_m, max_y_m) in chart metres."""


@dataclass(frozen=True, slots=True)
class BoatRow:
    """A line of the list of boats; last_text: when it was last reported, in UTC.

    people_text: the most reported and the latest count; unaccounted_text: who of them nobody has
    accounted for, once people were counted or the boat is closed.
    """

    track: Track
    people_text: str
    people_long_text: str
    unaccounted_text: str
    status_text: str
    last_text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The texts at the head of a sheet; time_note: what the time is the time of."""

    title: str
    summary: str
    time: str
    time_note: str


def heading_of(plot: Plot, title: str, cut_off_utc: datetime | None) -> Heading:
    """Return the head of a sheet.

    cut_off_utc: the time up to which the caller knows the plot to be complete; None
    takes the time of the last report, and says so.
    """
    last_utc = plot.last_observed_at_utc()
    moment_utc = cut_off_utc if cut_off_utc is not None else last_utc
    if moment_utc is None:
        return Heading(title, _summary(plot), translate("Snapshot", "No reports plotted"), "")
    time = translate("Snapshot", "Data to {time}").format(
        time=" · ".join((date_time_group(moment_utc), uk_text(moment_utc), fr_text(moment_utc)))
    )
    if cut_off_utc is None:
        note = translate("Snapshot", "Time of the last report in the plot")
    elif last_utc is None:
        note = translate("Snapshot", "No reports plotted by then")
    else:
        note = translate("Snapshot", "All that was plotted by then · last report {time}").format(
            time=short_time(last_utc, moment_utc)
        )
    return Heading(title, _summary(plot), time, note)


def boat_rows(plot: Plot, reference_utc: datetime | None) -> tuple[BoatRow, ...]:
    """Return the list of boats: open ones first, small boats before other craft, newest first.

    What was merged into another is no boat of its own; what was prevented or happened ashore is
    none. reference_utc: times of another day than this one are written with their day.
    """
    return tuple(
        BoatRow(
            track=track,
            people_text=_people_text(track, is_long=False),
            people_long_text=_people_text(track, is_long=True),
            unaccounted_text=_unaccounted_text(track),
            status_text=_status_text(track),
            last_text=_last_text(track, reference_utc),
        )
        for track in sorted(filter(_is_listed, plot.tracks.values()), key=_list_order)
    )


def outside_count(plot: Plot, bounds_m: BoundsM) -> int:
    """Return how many reports have a position that lies outside the bounds."""
    where = placed(plot)
    others = len(where.others_m) - int(np.count_nonzero(_inside(where.others_m, bounds_m)))
    return where.fix_count - where.fixes_in(bounds_m) + others


def outside_text(count: int) -> str:
    """Return the words for reports that the sheet does not show, nothing for none."""
    if count == 0:
        return ""
    if count == 1:
        return translate("Snapshot", "1 plotted report lies outside this sheet")
    return translate("Snapshot", "{count} plotted reports lie outside this sheet").format(
        count=count
    )


def more_text(rows: Iterable[BoatRow]) -> str:
    """Return the words for boats the list has no room for."""
    left_out = list(rows)
    still_open = sum(not row.track.is_closed for row in left_out)
    return translate("Snapshot", "and {count} more, {open} of them open").format(
        count=len(left_out), open=still_open
    )


def short_time(moment_utc: datetime, reference_utc: datetime | None) -> str:
    """Return ``0412Z``, with the day before it, ``150412Z``, if the reference is another day."""
    if reference_utc is None or moment_utc.date() == reference_utc.date():
        return zulu_text(moment_utc)
    return date_time_group(moment_utc).split(" ", maxsplit=1)[0]


def _summary(plot: Plot) -> str:
    """Return the sums of the plot: boats, who is unaccounted for, and what was ashore apart."""
    counts = counts_of(plot)
    parts = [translate("Snapshot", "EXAMPLE, all fictional")] if plot.is_example else []
    parts.append(
        translate("Snapshot", "Boats: {open} open, {closed} closed").format(
            open=counts.open_boats, closed=counts.closed_boats
        )
    )
    sums = plot_ledger(plot)
    parts.append(_group_text(sums.unaccounted, sums.unaccounted_children))
    parts.append(_ashore_text(counts))
    return " · ".join(filter(None, parts))


def _ashore_text(counts: Counts) -> str:
    """Return what was prevented or happened ashore: ``Ashore: 2 prevented (31 people)``."""
    parts = []
    if counts.prevented_people:
        parts.append(
            translate("Snapshot", "{number} prevented ({people} people)").format(
                number=counts.prevented, people=counts.prevented_people
            )
        )
    elif counts.prevented:
        parts.append(translate("Snapshot", "{number} prevented").format(number=counts.prevented))
    if counts.events == 1:
        parts.append(translate("Snapshot", "1 event"))
    elif counts.events:
        parts.append(translate("Snapshot", "{number} events").format(number=counts.events))
    return translate("Snapshot", "Ashore: {what}").format(what=", ".join(parts)) if parts else ""


def _group_text(people: int, children: int | None) -> str:
    """Return ``8 unaccounted, 3 children``; nothing for nobody."""
    if not (people or children):
        return ""
    words = translate("Snapshot", "{people} unaccounted").format(people=people)
    if children == 1:
        return translate("Snapshot", "{people}, 1 child").format(people=words)
    if children:
        return translate("Snapshot", "{people}, {number} children").format(
            people=words, number=children
        )
    return words


def _is_listed(track: Track) -> bool:
    if track.same_as_uid is not None or track.status is TrackStatus.SAME_AS:
        return False
    if not track.has_people:
        return True
    is_ashore = bool(track.reports) and all(r.kind in ASHORE_KINDS for r in track.reports)
    return track.status is not TrackStatus.PREVENTED and not is_ashore


def _people_text(track: Track, *, is_long: bool) -> str:
    """Return the most reported and the latest count: ``55 / 47``, in words ``55, 47 counted``."""
    worded = people_and_children_text if is_long else people_text
    if not track.has_people:
        return worded(track.people)
    ledger = ledger_of(track)
    reported, counted = (
        (people_text(report.people) if report else "") or ("" if total is None else str(total))
        for report, total in (
            (ledger.reported, ledger.reported_total),
            (ledger.counted, ledger.counted_total),
        )
    )
    if reported and counted:
        words = translate("Snapshot", "{reported} reported, {counted} counted")
        return (words if is_long else "{reported} / {counted}").format(
            reported=reported, counted=counted
        )
    if counted:
        return worded(ledger.counted.people if ledger.counted else None)
    return (worded(ledger.reported.people) if ledger.reported else "") or reported


def _unaccounted_text(track: Track) -> str:
    ledger = ledger_of(track)
    if not track.has_people or (ledger.counted is None and not track.is_closed):
        return ""
    return _group_text(ledger.unaccounted, ledger.unaccounted_children)


def _status_text(track: Track) -> str:
    """Return a track's status, and who answers for it if it was closed by explanation."""
    text = status_text(track.status)
    closing = closing_of(track)
    by = closing.explained_by if closing is not None else ""
    if not by and (explanation := ledger_of(track).explanation) is not None:
        by = explanation.explained_by
    if not by:
        return text
    return translate("Snapshot", "{status}, explained by {name}").format(status=text, name=by)


def _last_text(track: Track, reference_utc: datetime | None) -> str:
    last = track.last_report
    return short_time(last.observed_at_utc, reference_utc) if last else ""


def _list_order(track: Track) -> tuple[bool, bool, float, str]:
    last = track.last_report
    newest_first = -last.observed_at_utc.timestamp() if last else 0.0
    return (track.is_closed, track.craft is not Craft.SMALL_BOAT, newest_first, track.name)


def _inside(points_m: npt.NDArray[np.float64], bounds_m: BoundsM) -> npt.NDArray[np.bool_]:
    x_m, y_m = points_m[:, 0], points_m[:, 1]
    inside: npt.NDArray[np.bool_] = (
        (x_m >= bounds_m[0]) & (x_m <= bounds_m[2]) & (y_m >= bounds_m[1]) & (y_m <= bounds_m[3])
    )
    return inside
