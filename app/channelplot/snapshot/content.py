"""What a sheet says: its texts, its legend and its list of boats, as values; no drawing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication

from channelplot.chart.placed import placed
from channelplot.chart.wording import people_and_children_text, people_text, status_text
from channelplot.geodesy.text import date_time_group, fr_text, uk_text, zulu_text
from channelplot.model.codes import Craft
from channelplot.model.plot import Plot
from channelplot.model.track import Track

translate = QCoreApplication.translate
BoundsM = tuple[float, float, float, float]
"""(min_x_m, min_y_m, max_x_m, max_y_m) in chart metres."""


@dataclass(frozen=True, slots=True)
class BoatRow:
    """A line of the list of boats; last_text: when it was last reported, in UTC."""

    track: Track
    people_text: str
    people_long_text: str
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

    reference_utc: times of another day than this one are written with their day.
    """
    return tuple(
        BoatRow(
            track=track,
            people_text=people_text(track.people),
            people_long_text=people_and_children_text(track.people),
            status_text=status_text(track.status),
            last_text=_last_text(track, reference_utc),
        )
        for track in sorted(plot.tracks.values(), key=_list_order)
    )


def outside_count(plot: Plot, bounds_m: BoundsM) -> int:
    """Return how many reports have a position that lies outside the bounds."""
    where = placed(plot)
    points_m = np.concatenate((where.fixes_m, where.others_m))
    return len(points_m) - int(np.count_nonzero(_inside(points_m, bounds_m)))


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
    boats = [track for track in plot.tracks.values() if track.craft is Craft.SMALL_BOAT]
    closed = sum(track.is_closed for track in boats)
    count = translate("Snapshot", "Small boats: {open} open, {closed} closed").format(
        open=len(boats) - closed, closed=closed
    )
    if plot.is_example:
        return " · ".join((translate("Snapshot", "EXAMPLE, all fictional"), count))
    return count


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
