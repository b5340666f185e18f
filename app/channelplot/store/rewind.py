"""The plot before a logged act, or after it again: from the rows that the log tells.

Nothing is guessed: where the plot is not just what the act left (another program changed
something in between), or the log says what can't be read, there is no way.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from channelplot.model.packed import uids_of
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track
from channelplot.store.entities import (
    PEOPLE_READ,
    REPORT_READ,
    STATUS_READ,
    TRACK_READ,
    people_from,
    report_from,
    status_from,
    track_from,
)
from channelplot.store.flat import require_same
from channelplot.store.flat_kinds import FLAT_KINDS
from channelplot.store.log import LoggedAct, LoggedRows, geometry_from_text
from channelplot.store.replay import LOGGED_TABLES
from channelplot.store.rewind_many import ManyReports
from channelplot.store.rows import people_row, report_row
from channelplot.store.tables import (
    GEOMETRY,
    PEOPLE_COUNTS,
    REPORTS,
    STATUS_CHANGES,
    TRACKS,
    WITHDRAWN,
    Table,
)
from channelplot.store.values import Row, Value

_Pair = tuple[Row | None, Row | None]
"""A row as it stands here and there; None: it is not there, or withdrawn."""

_KNOWN: Final = {table.name for table in LOGGED_TABLES}
_TRACK: Final = TRACK_READ.split(", ")
_STATUS: Final = STATUS_READ.split(", ")
_REPORT: Final = REPORT_READ.split(", ")
_PEOPLE: Final = PEOPLE_READ.split(", ")


class CannotRewind(Exception):
    """The plot is not as the act left it, the act can't be read, or it changed nothing."""


class ChangedNothing(CannotRewind):
    """The act changed nothing of the plot: only what a file has and the plot has not."""


def rewound(plot: Plot, act: LoggedAct) -> Plot:
    """Return the plot before an act. plot: the one after it. Raises CannotRewind."""
    rewinder = Rewinder(plot)
    rewinder.back(act)
    return rewinder.plot


class Rewinder:
    """Goes from act to act through a log, back or forth; ``plot`` is where it is.

    A step costs what the act changed, not what the plot holds. After CannotRewind it is where
    it was.
    """

    def __init__(self, plot: Plot) -> None:
        """Start at a plot."""
        self.plot = plot
        self._tracks = dict(plot.tracks)
        self._start = plot
        self._loose = frozenset(uids_of(plot.unattributed))
        self._moved: dict[str, Report | None] = {}

    def back(self, *parts: LoggedAct) -> None:
        """Go to the plot before an act, from the one after it. Raises CannotRewind.

        parts: all rows of the log that tell of it, in their order.
        """
        for _ in self.going(parts, is_back=True):
            pass

    def forth(self, *parts: LoggedAct) -> None:
        """Go to the plot after an act, from the one before it. Raises CannotRewind.

        parts: all rows of the log that tell of it, in their order.
        """
        for _ in self.going(parts, is_back=False):
            pass

    def going(self, parts: Sequence[LoggedAct], *, is_back: bool) -> Iterator[None]:
        """Go back or forth, a bit at a time: between them others have their turn."""
        try:
            if len(parts) == 1 and not parts[0].is_long:
                before, after = parts[0].rows()
                plot = self._reached(after, before) if is_back else self._reached(before, after)
            else:
                plot = yield from self._reached_over(parts, is_back=is_back)
        except (ValueError, KeyError, TypeError) as error:
            msg = f"act {parts[-1].seq}: {error}"
            raise CannotRewind(msg) from error
        if plot is self.plot:
            msg = f"act {parts[-1].seq} changed nothing"
            raise ChangedNothing(msg)
        self.plot = plot

    def _reached(self, here: LoggedRows, there: LoggedRows) -> Plot:
        """Return the plot with the rows there; the same plot if they are those it has.

        here: the rows as the present plot must have them.
        """
        others, tracks = self._others_reached(here, there)
        reports = list(
            self._moved_reports(
                _pairs(here, there, REPORTS), _pairs(here, there, PEOPLE_COUNTS), self._present
            )
        )
        if not tracks and not reports:
            return others
        plot = self._filed(others, tracks, self._exchanged_reports(tracks, reports))
        for present, other in reports:
            if present is not None:
                self._moved[present.uid] = None
            if other is not None:
                self._moved[other.uid] = other
        return plot

    def _reached_over(
        self, parts: Sequence[LoggedAct], *, is_back: bool
    ) -> Generator[None, None, Plot]:
        """Do the same for an act that changed very many reports.

        They are looked at some thousands at a time, and kept packed.
        """
        here: LoggedRows = {}
        there: LoggedRows = {}
        many, loose = ManyReports(), frozenset(uids_of(self.plot.unattributed))
        for part in parts:
            lot: tuple[LoggedRows, LoggedRows] = ({}, {})
            for is_after, table, uid, row in part.each_row():
                is_of_lot = table in (REPORTS.name, PEOPLE_COUNTS.name)
                sides = lot if is_of_lot else (here, there)
                sides[is_after is not is_back].setdefault(table, {})[uid] = row
            yield
            rows, counts = _pairs(*lot, REPORTS), _pairs(*lot, PEOPLE_COUNTS)
            known = self.plot.reports_of({*rows, *_counted(counts)})
            if any((report.track_uid is None) != (uid in loose) for uid, report in known.items()):
                msg = "a report is not where it belongs"
                raise ValueError(msg)
            many.note(self._moved_reports(rows, counts, known.get))
            yield
        others, tracks = self._others_reached(here, there)
        if not tracks and many.is_empty:
            return others
        plot = self._filed(others, tracks, many.after(lambda uid: self._reports_here(uid, tracks)))
        self._start, self._moved = plot, {}
        self._loose = frozenset(uids_of(plot.unattributed))
        return plot

    def _others_reached(
        self, here: LoggedRows, there: LoggedRows
    ) -> tuple[Plot, dict[str, Track | None]]:
        """Return the plot with all there but tracks and reports, and the tracks that differ."""
        if not here.keys() | there.keys() <= _KNOWN:
            msg = "rows of an unknown table"
            raise ValueError(msg)
        plot = self.plot
        for kind in FLAT_KINDS:
            names = kind.columns
            moved = {
                uid: (_maybe_values(row, names), _maybe_values(other, names))
                for uid, (row, other) in _pairs(here, there, kind.table).items()
            }
            plot = kind.moved(plot, moved)
        changes = _pairs(here, there, STATUS_CHANGES)
        return plot, dict(self._moved_tracks(_pairs(here, there, TRACKS), changes))

    def _moved_tracks(
        self, rows: Mapping[str, _Pair], change_rows: Mapping[str, _Pair]
    ) -> Iterator[tuple[str, Track | None]]:
        """Yield each track that differs as it is there, with the reports it has here."""
        by_track: dict[Value, dict[str, _Pair]] = {}
        for uid, pair in change_rows.items():
            row = pair[0] or pair[1]
            if row is not None:
                by_track.setdefault(row["track_uid"], {})[uid] = pair
        for uid in [*rows, *(str(uid) for uid in by_track if uid not in rows)]:
            present = self._tracks.get(uid)
            changes = by_track.get(uid, {})
            if uid in rows:
                found = [_track(present, rows[uid][side], changes, side) for side in (0, 1)]
            elif present is not None:
                found = [
                    replace(present, status_changes=_changes(present, changes, side))
                    for side in (0, 1)
                ]
            else:
                raise ValueError(f"no track {uid}")
            require_same(present, found[0])
            if found[1] != present:
                yield uid, found[1]

    @staticmethod
    def _moved_reports(
        rows: Mapping[str, _Pair],
        count_rows: Mapping[str, _Pair],
        present_of: Callable[[str], Report | None],
    ) -> Iterator[tuple[Report | None, Report | None]]:
        """Yield each report that differs as it is here and there."""
        counts = _counted(count_rows)
        for uid in [*rows, *(uid for uid in counts if uid not in rows)]:
            present = present_of(uid)
            if uid in rows:
                pair = rows[uid]
            elif present is not None:
                pair = report_row(present), report_row(present)
            else:
                raise ValueError(f"no report {uid}")
            count = None if present is None else people_row(present)
            count_pair = counts.get(uid, (count, count))
            found = [_report(pair[side], count_pair[side]) for side in (0, 1)]
            require_same(present, found[0])
            if found[1] != present:
                yield present, found[1]

    def _present(self, uid: str) -> Report | None:
        """Return a report as it is here, None if it is not."""
        if uid in self._moved:
            return self._moved[uid]
        report = self._start.report(uid)
        if report is not None and (report.track_uid is None) != (uid in self._loose):
            raise ValueError(f"report {uid} is not where it belongs")
        return report

    def _exchanged_reports(
        self,
        tracks: Mapping[str, Track | None],
        reports: Sequence[tuple[Report | None, Report | None]],
    ) -> dict[str | None, Sequence[Report]]:
        """Return all reports of each track, or of none (None), that has others there."""
        leaving: dict[str | None, list[Report]] = {}
        entering: dict[str | None, list[Report]] = {}
        for present, other in reports:
            if present is not None:
                leaving.setdefault(present.track_uid, []).append(present)
            if other is not None:
                entering.setdefault(other.track_uid, []).append(other)
        found: dict[str | None, Sequence[Report]] = {}
        for uid in leaving | entering:
            own = self._reports_here(uid, tracks)
            gone, come = leaving.get(uid, ()), entering.get(uid, ())
            is_going = uid is not None and uid in tracks and tracks[uid] is None
            # All that go with their track are taken out one by one from none that stays.
            is_all = is_going and not come and len(gone) == len(own)
            found[uid] = () if is_all else _exchanged(own, gone, come)
        return found

    def _reports_here(
        self, uid: str | None, tracks: Mapping[str, Track | None]
    ) -> Sequence[Report]:
        """Return the reports that a track, or none, has here; tracks: those that differ there.

        Raises KeyError for a track that is neither here nor there.
        """
        if uid is None:
            return self.plot.unattributed
        track = tracks.get(uid)
        return self._tracks[uid].reports if track is None else track.reports

    def _filed(
        self,
        plot: Plot,
        tracks: dict[str, Track | None],
        reports: Mapping[str | None, Sequence[Report]],
    ) -> Plot:
        """Return the plot with other tracks, and other reports of tracks and of none (None)."""
        for uid, own in reports.items():
            if uid is not None:
                track = tracks[uid] if uid in tracks else self._tracks[uid]
                tracks[uid] = None if track is None else replace(track, reports=own)
        for uid, track in tracks.items():
            if track is None and reports.get(uid, self._tracks[uid].reports):
                raise ValueError(f"reports of track {uid}, which is not there")
        for uid, track in tracks.items():
            if track is None:
                del self._tracks[uid]
            else:
                self._tracks[uid] = track
        moved = MappingProxyType(self._tracks.copy()) if tracks else plot.tracks
        blocks = plot.track_blocks.after(moved, tracks)
        unattributed = reports.get(None, plot.unattributed)
        return replace(plot, tracks=moved, track_blocks=blocks, unattributed=unattributed)


def _pairs(here: LoggedRows, there: LoggedRows, table: Table) -> dict[str, _Pair]:
    rows, others = here.get(table.name, {}), there.get(table.name, {})
    return {uid: (_standing(rows, uid), _standing(others, uid)) for uid in rows | others}


def _counted(count_rows: Mapping[str, _Pair]) -> dict[str, _Pair]:
    """Return the rows of counts of people by the report they are of."""
    counts: dict[str, _Pair] = {}
    for pair in count_rows.values():
        row = pair[0] or pair[1]
        if row is not None:
            counts[str(row["report_uid"])] = pair
    return counts


def _standing(rows: Mapping[str, Row], uid: str) -> Row | None:
    row = rows.get(uid)
    return None if row is None or row.get(WITHDRAWN) is not None else row


def _values(row: Row, columns: Sequence[str]) -> list[Value]:
    """Return the values of a row as a file has them; null for a column from a later version."""
    values = list(map(row.get, columns))
    if GEOMETRY in columns:
        place = columns.index(GEOMETRY)
        text = values[place]
        values[place] = geometry_from_text(text) if isinstance(text, str) else text
    return values


def _maybe_values(row: Row | None, columns: Sequence[str]) -> list[Value] | None:
    return None if row is None else _values(row, columns)


def _track(
    present: Track | None, row: Row | None, changes: Mapping[str, _Pair], side: int
) -> Track | None:
    if row is None:
        return None
    reports: Sequence[Report] = () if present is None else present.reports
    return track_from(_values(row, _TRACK), _changes(present, changes, side), reports)


def _changes(
    present: Track | None, rows: Mapping[str, _Pair], side: int
) -> tuple[StatusChange, ...]:
    """Return a track's changes of status: those that the log does not name stay."""
    changes = () if present is None else present.status_changes
    found = [(step, change) for step, change in enumerate(changes) if change.uid not in rows]
    for pair in rows.values():
        row = pair[side]
        if row is not None:
            step = row["step"]
            if not isinstance(step, int):
                raise TypeError(f"no step: {step!r}")
            found.append((step, status_from(_values(row, _STATUS))))
    found.sort(key=lambda place: place[0])
    return tuple(change for _, change in found)


def _report(row: Row | None, count: Row | None) -> Report | None:
    if row is None:
        return None
    track_uid = row["track_uid"] or None
    if track_uid is not None and not isinstance(track_uid, str):
        raise TypeError(f"no identifier: {track_uid!r}")
    people = people_from(
        () if count is None else _values(count, _PEOPLE),
        row["people_total"],
        row["people_children"],
    )
    return report_from(_values(row, _REPORT), track_uid, people)


def _exchanged(
    reports: Sequence[Report], leaving: Sequence[Report], entering: Sequence[Report]
) -> Sequence[Report]:
    """Return reports in order of time without some of them and with others."""
    if not leaving and not entering:
        return reports
    kept = list(reports)
    for report in leaving:
        place = bisect_left(kept, report.time_order(), key=Report.time_order)
        if place == len(kept) or kept[place] != report:
            raise ValueError(f"report {report.uid} is not where it belongs")
        del kept[place]
    for report in entering:
        insort(kept, report, key=Report.time_order)
    return tuple(kept)
