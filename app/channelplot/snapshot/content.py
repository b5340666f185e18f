"""What a sheet says: its texts, its legend and its list of boats, as values; no drawing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.analysis.counts import ASHORE_KINDS, Counts, counts_of
from channelplot.analysis.ledger import closing_of, ledger_of, plot_ledger
from channelplot.chart.language import (
    SheetLanguage,
    in_each,
    in_each_language,
    is_in_both,
    speaking,
    translate,
)
from channelplot.chart.placed import placed
from channelplot.chart.wording import people_and_children_text, people_text, status_text
from channelplot.geodesy.text import date_time_group, fr_text, uk_text, zulu_text
from channelplot.model.codes import Craft, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import Track

MOST_BOATS: Final = 200
"""Rows that the list of boats has at most, on all of a sheet's pages."""
BoundsM = tuple[float, float, float, float]
"""(min_x_m, min_y_m, max_x_m, max_y_m) in chart metres."""


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever asks for a sheet tells of it.

    cut_off_utc: the time up to which the plot is known to be complete, and to which ages count;
    None takes the time of the last report, and the sheet says so. state_text: which state of the
    plot it shows. notes: what else has to stand on it. is_blank: it is to be plotted on by hand,
    and tells nothing of a plot. is_replayed: the plot is not as it was known then, but shows what
    had been reported by then.
    """

    title: str
    cut_off_utc: datetime | None = None
    author: str = ""
    marking: str = ""
    state_text: str = ""
    notes: tuple[str, ...] = ()
    is_blank: bool = False
    is_replayed: bool = False


@dataclass(frozen=True, slots=True)
class BoatRow:
    """A line of the list of boats; last_text: when it was last reported, in UTC.

    age_text: how long before the sheet's time that was.
    people_text: the most reported and the latest count; unaccounted_text: who of them nobody has
    accounted for, once people were counted or the boat is closed. second: the same in the second
    language, where there is one.
    """

    track: Track
    people_text: str
    people_long_text: str
    unaccounted_text: str
    status_text: str
    last_text: str
    age_text: str = ""
    second: "BoatRow | None" = None


@dataclass(frozen=True, slots=True)
class BoatList:
    """The boats of a sheet: a row for each, up to a number, and how many more there are.

    more_open: how many of those are open.
    """

    rows: tuple[BoatRow, ...]
    more: int = 0
    more_open: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """The texts at the head of a sheet; time_note: what the time is the time of.

    summary and time_note have a line for each language.
    """

    title: str
    summary: str
    time: str
    time_note: str


def heading_of(
    plot: Plot, title: str, cut_off_utc: datetime | None, *, is_replayed: bool = False
) -> Heading:
    """Return the head of a sheet.

    cut_off_utc: the time up to which the caller knows the plot to be complete; None
    takes the time of the last report, and says so. is_replayed: as ``Told`` has it.
    """
    summary = in_lines(lambda: _summary(plot))
    last_utc = plot.last_observed_at_utc()
    moment_utc = cut_off_utc if cut_off_utc is not None else last_utc
    if moment_utc is None:
        return Heading(title, summary, translate("Snapshot", "No reports plotted"), "")
    time = translate("Snapshot", "Data to {time}").format(
        time=" · ".join((date_time_group(moment_utc), uk_text(moment_utc), fr_text(moment_utc)))
    )
    note = in_lines(lambda: _time_note(cut_off_utc, last_utc, is_replayed=is_replayed))
    return Heading(title, summary, time, note)


def blank_heading(title: str) -> Heading:
    """Return the head of a sheet to plot on by hand: room for its date and its number."""
    words = in_lines(
        lambda: translate("Snapshot", "For plotting by hand · times in UTC (Z), courses true")
    )
    by_hand = (
        translate("Snapshot", "Date {room}"),
        translate("Snapshot", "Watch {room}"),
        translate("Snapshot", "Sheet {number}"),
    )
    time = "  ".join(by_hand).format(room="_" * 12, number="_" * 4)
    return Heading(title, words, time, "")


def in_lines(word: Callable[[], str]) -> str:
    """Return what is worded in the language that is spoken; in both, in two lines."""
    return "\n".join(in_each_language(word))


def _time_note(
    cut_off_utc: datetime | None, last_utc: datetime | None, *, is_replayed: bool
) -> str:
    """Return what the time at the head of a sheet is the time of."""
    if cut_off_utc is None:
        return translate("Snapshot", "Time of the last report in the plot")
    if last_utc is None:
        return translate("Snapshot", "No reports plotted by then")
    words = (
        translate("Snapshot", "What was reported by then, as plotted since · last report {time}")
        if is_replayed
        else translate("Snapshot", "All that was plotted by then · last report {time}")
    )
    return words.format(time=short_time(last_utc, cut_off_utc))


def boat_rows(plot: Plot, reference_utc: datetime | None) -> tuple[BoatRow, ...]:
    """Return a row for every listed boat, in the order of ``listed_tracks``.

    reference_utc: times of another day than this one are written with their day, and ages
    count to it.
    """
    return tuple(boat_row(track, reference_utc) for track in listed_tracks(plot))


def boat_list(plot: Plot, reference_utc: datetime | None) -> BoatList:
    """Return the list of boats, at most MOST_BOATS of them in rows; the others are counted."""
    tracks = listed_tracks(plot)
    rest = tracks[MOST_BOATS:]
    return BoatList(
        tuple(boat_row(track, reference_utc) for track in tracks[:MOST_BOATS]),
        len(rest),
        sum(not track.is_closed for track in rest),
    )


def listed_tracks(plot: Plot) -> list[Track]:
    """Return the boats: open ones first, small boats before other craft, newest first.

    What was merged into another is no boat of its own; what was prevented or happened ashore is
    none.
    """
    return sorted(filter(_is_listed, plot.tracks.values()), key=_list_order)


def boat_row(track: Track, reference_utc: datetime | None) -> BoatRow:
    """Return a boat's row in the language that is spoken; in both, in English with a second."""
    if not is_in_both():
        return _row(track, reference_utc)
    with speaking(SheetLanguage.FRENCH):
        french = _row(track, reference_utc)
    with speaking(SheetLanguage.ENGLISH):
        return replace(_row(track, reference_utc), second=french)


def _row(track: Track, reference_utc: datetime | None) -> BoatRow:
    return BoatRow(
        track=track,
        people_text=_people_text(track, is_long=False),
        people_long_text=_people_text(track, is_long=True),
        unaccounted_text=_unaccounted_text(track),
        status_text=_status_text(track),
        last_text=_last_text(track, reference_utc),
        age_text=_age_text(track, reference_utc),
    )


def outside_count(plot: Plot, bounds_m: BoundsM) -> int:
    """Return how many reports have a position that lies outside the bounds."""
    where = placed(plot)
    others = len(where.others_m) - int(np.count_nonzero(_inside(where.others_m, bounds_m)))
    return where.fix_count - where.fixes_in(bounds_m) + others


@in_each
def outside_text(count: int) -> str:
    """Return the words for reports that the sheet does not show, nothing for none."""
    if count == 0:
        return ""
    if count == 1:
        return translate("Snapshot", "1 plotted report lies outside this sheet")
    return translate("Snapshot", "{count} plotted reports lie outside this sheet").format(
        count=count
    )


def more_text(boats: BoatList, shown: int, is_continued: bool = False) -> str:
    """Return the words for boats that a list of so many rows leaves out.

    is_continued: those that have a row follow on more pages; the others stand nowhere.
    """
    left_out = boats.rows[shown:]
    still_open = sum(not row.track.is_closed for row in left_out)
    if not is_continued:
        words = translate("Snapshot", "and {count} more, {open} of them open")
        return words.format(count=len(left_out) + boats.more, open=still_open + boats.more_open)
    if not boats.more:
        words = translate("Snapshot", "and {count} more follow, {open} of them open")
        return words.format(count=len(left_out), open=still_open)
    words = translate(
        "Snapshot", "and {count} more follow; {unlisted}, {open} of them open, not listed"
    )
    return words.format(count=len(left_out), unlisted=boats.more, open=boats.more_open)


def age_text(age: timedelta) -> str:
    """Return how long ago something was: ``27 min``, ``2 h 27``, ``3 d 4 h``; a dash before it."""
    minutes = int(age.total_seconds() // 60.0)
    if minutes < 0:
        return "–"
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return translate("Snapshot", "{minutes} min").format(minutes=minutes)
    days, rest = divmod(hours, 24)
    if not days:
        return translate("Snapshot", "{hours} h {minutes:02d}").format(hours=hours, minutes=minutes)
    return translate("Snapshot", "{days} d {hours} h").format(days=days, hours=rest)


def short_time(moment_utc: datetime, reference_utc: datetime | None) -> str:
    """Return ``0412Z``, with the day before it, ``150412Z``, if the reference is another day."""
    if reference_utc is None or moment_utc.date() == reference_utc.date():
        return zulu_text(moment_utc)
    return date_time_group(moment_utc).split(" ", maxsplit=1)[0]


@in_each
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
    if counts.prevented:
        prevented = (
            translate("Snapshot", "1 prevented")
            if counts.prevented == 1
            else translate("Snapshot", "{number} prevented").format(number=counts.prevented)
        )
        people = f" ({_persons_text(counts.prevented_people)})" if counts.prevented_people else ""
        parts.append(prevented + people)
    if counts.events == 1:
        parts.append(translate("Snapshot", "1 event"))
    elif counts.events:
        parts.append(translate("Snapshot", "{number} events").format(number=counts.events))
    return translate("Snapshot", "Ashore: {what}").format(what=", ".join(parts)) if parts else ""


def _persons_text(number: int) -> str:
    if number == 1:
        return translate("Snapshot", "1 person")
    return translate("Snapshot", "{number} people").format(number=number)


@in_each
def _group_text(people: int, children: int | None) -> str:
    """Return ``8 unaccounted, 3 children``; nothing for nobody."""
    if not (people or children):
        return ""
    words = (
        translate("Snapshot", "1 unaccounted")
        if people == 1
        else translate("Snapshot", "{people} unaccounted").format(people=people)
    )
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
    is_ashore = bool(track.kinds) and track.kinds <= ASHORE_KINDS
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


@in_each
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
    last_utc = track.last_observed_at_utc
    return short_time(last_utc, reference_utc) if last_utc else ""


def _age_text(track: Track, reference_utc: datetime | None) -> str:
    last_utc = track.last_observed_at_utc
    if last_utc is None or reference_utc is None:
        return ""
    return age_text(reference_utc - last_utc)


def _list_order(track: Track) -> tuple[bool, bool, float, str]:
    last_utc = track.last_observed_at_utc
    newest_first = -last_utc.timestamp() if last_utc else 0.0
    return (track.is_closed, track.craft is not Craft.SMALL_BOAT, newest_first, track.name)


def _inside(points_m: npt.NDArray[np.float64], bounds_m: BoundsM) -> npt.NDArray[np.bool_]:
    x_m, y_m = points_m[:, 0], points_m[:, 1]
    inside: npt.NDArray[np.bool_] = (
        (x_m >= bounds_m[0]) & (x_m <= bounds_m[2]) & (y_m >= bounds_m[1]) & (y_m <= bounds_m[3])
    )
    return inside
