"""Which of a file's reports, tracks and places a plot has already, and under what."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.exchange.incoming.conflict import Conflict
from channelplot.exchange.incoming.differing import (
    figures_apart,
    figures_of,
    may_be_retold,
    place_conflict,
    report_conflict,
    retold_conflict,
    track_conflict,
)
from channelplot.exchange.incoming.identity import are_figures_other, words_at
from channelplot.exchange.incoming.incoming import Incoming, IncomingTrack, TrackIdentity
from channelplot.exchange.incoming.uid_index import UidIndex
from channelplot.model.packed import PackedReports, uids_of
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.report_columns import ReportColumns, Rows
from channelplot.model.track import Track
from channelplot.reading.names import survivor

NEW: Final = 0
KNOWN: Final = 1
GONE: Final = 2
"""Withdrawn from the plot, and it stays so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """How a file's things stand to a plot's.

    state: (rows of the incoming columns,) NEW, KNOWN or GONE. own: the uid in the plot of each of
    the file's tracks, those that stay withdrawn left out; None to None. homes: the same, but where
    it was merged into another that one, which has its reports. new_tracks: those that the plot
    does not have, by uid; gone_tracks: how many stay withdrawn. differing: what the plot has and
    the file tells otherwise.
    """

    state: npt.NDArray[np.int8]
    own: Mapping[str | None, str | None]
    homes: Mapping[str | None, str | None]
    new_tracks: Mapping[str, IncomingTrack]
    gone_tracks: int
    differing: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class _Met:
    """Rows of the file's columns that a track of the plot has, and where in it."""

    reports: PackedReports | tuple[Report, ...]
    track_uid: str | None
    rows: Rows
    places: Rows


def matched(incoming: Incoming, plot: Plot, withdrawn_uids: frozenset[str]) -> Matched:
    """Return how what a file holds stands to a plot.

    withdrawn_uids: of what was withdrawn from it (see ``withdrawn.py``).
    """
    columns = columns_of(incoming)
    count = 0 if columns is None else len(columns.rows.uids)
    state = np.full(count, NEW, dtype=np.int8)
    met: list[_Met] = []
    if columns is not None:
        index = UidIndex(columns.rows.uids)
        state[_rows_among(index, withdrawn_uids)] = GONE
        met = list(_met(plot, index))
        for each in met:
            state[each.rows] = KNOWN
    own, new_tracks = _own_tracks(incoming, plot, withdrawn_uids, met)
    tracks = {**plot.tracks, **{uid: each.track for uid, each in new_tracks.items()}}
    homes = {uid: home_among(tracks, each) for uid, each in own.items()}
    gone = [uid for uid in incoming.tracks if uid not in homes]
    for uid in gone:
        if uid in incoming.reports:
            rows = state[_span(incoming.reports[uid])]
            rows[rows == NEW] = GONE
    differing = [
        *_differing_tracks(incoming, plot),
        *_differing_reports(incoming, plot, met, homes, new_tracks),
        *_retold_reports(incoming, plot, met),
        *_differing_places(incoming, plot),
    ]
    return Matched(
        state=state,
        own=own,
        homes=homes,
        new_tracks={uid: _with_sound_merging(each, tracks) for uid, each in new_tracks.items()},
        gone_tracks=len(gone),
        differing=tuple(differing),
    )


def home_among(tracks: Mapping[str, Track], uid: str | None) -> str | None:
    """Return the track that has the reports of one: itself, or what it was merged into."""
    return None if uid is None else survivor(tracks[uid], tracks).uid


def columns_of(incoming: Incoming) -> ReportColumns | None:
    """Return the columns that all reports of a file are in, None if it has none."""
    return next((reports.columns for reports in incoming.reports.values()), None)


def _span(reports: PackedReports) -> slice:
    return slice(reports.start, reports.stop)


def _rows_among(index: UidIndex, uids: Iterable[str]) -> Rows:
    encoded = [uid.encode("utf-8", "replace") for uid in uids]
    rows = index.rows_of(np.array(encoded, dtype=np.bytes_).reshape(-1))
    return rows[rows >= 0]


def _met(plot: Plot, index: UidIndex) -> Iterable[_Met]:
    """Yield what each track of the plot, and what is of none, has in common with the file."""
    looked_up: dict[int, Rows] = {}
    homes = [(uid, track.reports) for uid, track in plot.tracks.items()]
    for track_uid, reports in [*homes, (None, plot.unattributed)]:
        if isinstance(reports, PackedReports):
            columns = reports.columns
            if id(columns) not in looked_up:
                looked_up[id(columns)] = index.rows_of(columns.rows.uids)
            rows = looked_up[id(columns)][_span(reports)]
        elif reports:
            uids = [uid.encode("utf-8", "replace") for uid in uids_of(reports)]
            rows = index.rows_of(np.array(uids, dtype=np.bytes_))
        else:
            continue
        places = np.flatnonzero(rows >= 0)
        if len(places):
            kept = reports if isinstance(reports, PackedReports) else tuple(reports)
            yield _Met(kept, track_uid, rows[places], places)


# Tracks


def _own_tracks(
    incoming: Incoming, plot: Plot, withdrawn_uids: frozenset[str], met: list[_Met]
) -> tuple[dict[str | None, str | None], dict[str, IncomingTrack]]:
    """Return the track of the plot that each of the file's stands for, and those that are new."""
    spans = sorted(incoming.reports.items(), key=lambda each: each[1].start)
    starts = np.array([reports.start for _, reports in spans])
    held: dict[str | None, Counter[str]] = {}
    for each in met:
        if each.track_uid is not None:
            places = np.searchsorted(starts, each.rows, side="right") - 1
            for place, count in zip(*np.unique(places, return_counts=True), strict=True):
                held.setdefault(spans[place][0], Counter())[each.track_uid] += int(count)
    homes: dict[str | None, str | None] = {None: None}
    new: dict[str, IncomingTrack] = {}
    for uid, track in incoming.tracks.items():
        home = uid
        if track.identity is TrackIdentity.REPORTS and uid in held:
            home = held[uid].most_common(1)[0][0]
        if home in plot.tracks:
            homes[uid] = home
        elif home not in withdrawn_uids:
            homes[uid] = home
            new[home] = track
    return homes, new


def _with_sound_merging(track: IncomingTrack, tracks: Mapping[str, Track]) -> IncomingTrack:
    """Return a track that names the one it was merged into only where that one is there."""
    own = track.track
    if own.same_as_uid is None or survivor(own, tracks) is not own:
        return track
    return replace(track, track=replace(own, same_as_uid=None))


def _differing_tracks(incoming: Incoming, plot: Plot) -> Iterable[Conflict]:
    for uid, track in incoming.tracks.items():
        ours = plot.tracks.get(uid)
        if ours is not None and track.found.record is not None:
            conflict = track_conflict(ours, track.track)
            if conflict is not None:
                yield conflict


def _differing_places(incoming: Incoming, plot: Plot) -> Iterable[Conflict]:
    for each in incoming.places:
        place = each.place
        ours = plot.beaches.get(place.uid) or plot.marks.get(place.uid)
        if ours is not None and each.is_given:
            conflict = place_conflict(ours, place)
            if conflict is not None:
                yield conflict


# Reports


def _differing_reports(
    incoming: Incoming,
    plot: Plot,
    met: list[_Met],
    homes: Mapping[str | None, str | None],
    new_tracks: Mapping[str, IncomingTrack],
) -> Iterable[Conflict]:
    columns = columns_of(incoming)
    if columns is None or not incoming.is_given.any():
        return
    for each in met:
        is_given = incoming.is_given[each.rows]
        rows, places = each.rows[is_given], each.places[is_given]
        if isinstance(each.reports, PackedReports):
            is_other = _is_other(columns, rows, each.reports, places)
            home_of = [homes.get(columns.track_uid_of(row)) for row in rows.tolist()]
            is_other |= np.array([home != each.track_uid for home in home_of], dtype=np.bool_)
            rows, places = rows[is_other], places[is_other]
        for row, place in zip(rows.tolist(), places.tolist(), strict=True):
            home = homes.get(columns.track_uid_of(row))
            track = None if home is None else plot.tracks.get(home)
            if track is None and home is not None and home in new_tracks:
                track = new_tracks[home].track
            name = "" if track is None else track.name
            ours = each.reports[place]
            theirs = columns.report(row, home)
            conflict = report_conflict(plot, ours, theirs, name, incoming.read_at_utc)
            if conflict is not None:
                yield conflict


def _is_other(
    one: ReportColumns, rows: Rows, reports: PackedReports, places: Rows
) -> npt.NDArray[np.bool_]:
    """Return for each pair of rows whether they say anything different of a report."""
    two, others = reports.columns, places + reports.start
    figures = ("times_ms", "places_deg", "numbers")
    is_other = are_figures_other(one.rows, rows, two.rows, others, figures)
    said = one.rows.said[rows], two.rows.said[others]
    is_other |= _are_said_so(*said, lambda a, b: one.sayings[a] != two.sayings[b])
    for place in np.flatnonzero(~is_other).tolist():
        is_other[place] = words_at(one.rows, rows[place]) != words_at(two.rows, others[place])
    return is_other


def _are_said_so(
    one: npt.NDArray[np.int32], two: npt.NDArray[np.int32], is_so: Callable[[int, int], bool]
) -> npt.NDArray[np.bool_]:
    """Return of each pair of numbers of sayings whether it is so; each different pair is asked."""
    pairs, places = np.unique(one.astype(np.int64) << 32 | two, return_inverse=True)
    told = [is_so(pair >> 32, pair & 0xFFFFFFFF) for pair in pairs.tolist()]
    is_told: npt.NDArray[np.bool_] = np.array(told, dtype=np.bool_)[places.reshape(-1)]
    return is_told


def _retold_reports(incoming: Incoming, plot: Plot, met: list[_Met]) -> Iterable[Conflict]:
    """Yield how reports that are known by craft, time and place differ: of other programs' files.

    Only of those that may differ a report is made: nearly all are there as they are.
    """
    columns = columns_of(incoming)
    if columns is None or incoming.is_given.all():
        return
    for each in met:
        is_retold = ~incoming.is_given[each.rows]
        rows, places = each.rows[is_retold], each.places[is_retold]
        may_be = _may_be_retold(columns, rows, each.reports, places)
        rows, places = rows[may_be], places[may_be]
        for row, place in zip(rows.tolist(), places.tolist(), strict=True):
            theirs = columns.report(row, each.track_uid)
            conflict = retold_conflict(plot, each.reports[place], theirs)
            if conflict is not None:
                yield conflict


def _may_be_retold(
    one: ReportColumns, rows: Rows, reports: PackedReports | tuple[Report, ...], places: Rows
) -> npt.NDArray[np.bool_]:
    """Return for each row of the file whether it may tell more, or otherwise, than a report."""
    numbers = one.rows.said[rows]
    if isinstance(reports, PackedReports):
        two, others = reports.columns, places + reports.start
        figures = two.rows.numbers[others]
        said = numbers, two.rows.said[others]
        may_be = _are_said_so(*said, lambda a, b: may_be_retold(two.sayings[b], one.sayings[a]))
    else:
        ours = [reports[place] for place in places.tolist()]
        figures = figures_of(ours)
        pairs = zip(ours, numbers.tolist(), strict=True)
        told = [may_be_retold(report, one.sayings[number]) for report, number in pairs]
        may_be = np.array(told, dtype=np.bool_)
    return may_be | figures_apart(figures, one.rows.numbers[rows]).any(axis=1)
