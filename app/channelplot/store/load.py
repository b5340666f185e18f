"""A plot file to a Plot.

What was withdrawn is left out. A report that stands while its track does not (a program
that knows nothing of tracks brought it back) is loaded as one that no track claims: a
report is never lost for want of a track.
"""

import gc
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.packing import Sayings, packed
from channelplot.model.piece_stack import PieceStack
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.report_columns import Piece, Rows, Said, Uids, hashes_of
from channelplot.model.track import StatusChange, Track
from channelplot.store.connection import connect_to_read, decoded
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
from channelplot.store.faults import extended_code, faults_of
from channelplot.store.flat import Values
from channelplot.store.flat_kinds import FLAT_KINDS
from channelplot.store.log import LoggedAct, SavedMark, names_in_log, read_acts, text_in_log
from channelplot.store.report_columns import Filed, read_lots
from channelplot.store.soundness import is_large

_STANDS = "withdrawn_at_utc IS NULL"
_LIKELY_BITS: Final = 20
"""Of the hash of an identifier; of some thousand reports few others share them."""


@dataclass(frozen=True, slots=True)
class LoadedPlot:
    """What a plot file holds.

    names_ever: every name a track has or had, those withdrawn or renamed included, so
    that no name is given twice. acts: all that stands in the log, the oldest first.
    """

    plot: Plot
    names_ever: frozenset[str] = frozenset()
    acts: tuple[LoggedAct, ...] = ()

    @property
    def mark(self) -> SavedMark | None:
        """Return the number and the time of the last act in the log, None when it is empty."""
        return SavedMark(self.acts[-1].seq, self.acts[-1].at_utc) if self.acts else None


def load_plot(
    conn: sqlite3.Connection, path: Path, beside: Sequence[sqlite3.Connection] = ()
) -> LoadedPlot:
    """Return what the file holds; the caller holds one read transaction around it.

    beside: other connections that read the same state, on which reports are read at once.
    Raises PlotFileError (DAMAGED) naming table and row for a row that cannot be read.
    """
    return _loaded(conn, path, beside, keeps_reports=True)


def require_readable(conn: sqlite3.Connection, path: Path) -> None:
    """Raise PlotFileError as ``load_plot`` does; the reports are read and not kept."""
    _loaded(conn, path, keeps_reports=False)


def _loaded(
    conn: sqlite3.Connection,
    path: Path,
    beside: Sequence[sqlite3.Connection] = (),
    *,
    keeps_reports: bool,
) -> LoadedPlot:
    with without_collecting():
        try:
            # SQLite's own decoding, a third of the time of ours; it stops at damaged text.
            conn.text_factory = str
            return _Reader(conn, path, beside, keeps_reports=keeps_reports).loaded()
        except sqlite3.OperationalError as error:
            if extended_code(error) != 0:
                raise
        finally:
            conn.text_factory = decoded
        return _Reader(conn, path, beside, keeps_reports=keeps_reports).loaded()


class _Reader:
    """Reads one file's tables, each with one query.

    keeps_reports: False where it is only asked whether all can be read.
    """

    def __init__(
        self,
        conn: sqlite3.Connection,
        path: Path,
        beside: Sequence[sqlite3.Connection],
        *,
        keeps_reports: bool,
    ) -> None:
        self._conn = conn
        self._beside = beside
        self._path = path
        self._keeps_reports = keeps_reports

    def loaded(self) -> LoadedPlot:
        plot = self._plot()
        acts = self._acts()
        return LoadedPlot(plot, self._names_ever(acts), acts)

    def _plot(self) -> Plot:
        query = f"SELECT uid FROM tracks WHERE {_STANDS} ORDER BY fid"
        by_track = self._reports([uid for (uid,) in self._conn.execute(query)])
        unattributed = by_track.pop(None, ())
        plot = Plot(
            tracks=self._tracks(by_track),
            unattributed=unattributed,
            is_example=self._is_example(),
        )
        for kind in FLAT_KINDS:
            query = (
                f"SELECT {', '.join(kind.columns)} FROM {kind.table.name} WHERE {_STANDS}"
                " ORDER BY fid"
            )
            with named_rows(self._path, kind.table.name) as row:
                plot = kind.loaded(plot, row.each(self._conn.execute(query)))
        return plot

    def _acts(self) -> tuple[LoggedAct, ...]:
        acts = []
        with named_rows(self._path, "edit_log") as row:
            row.uid = "first"
            later = partial(read_later, self._path) if is_large(self._conn) else None
            for act in read_acts(self._conn, later=later):
                row.uid = f"after {act.seq}"
                acts.append(act)
        return tuple(acts)

    def _names_ever(self, acts: tuple[LoggedAct, ...]) -> frozenset[str]:
        names = {str(name) for (name,) in self._conn.execute("SELECT name FROM tracks")}
        with named_rows(self._path, "edit_log") as row:
            row.uid = "names"
            names.update(names_in_log(acts))
        return frozenset(names)

    def _reports(self, standing: Sequence[str]) -> dict[str | None, Sequence[Report]]:
        """Return the reports of each track that stands, those of no such track under None."""
        counts = self._counts()
        filing = {uid: place for place, uid in enumerate(standing)}
        sayings, stack, filed = Sayings(), PieceStack(), list[Filed]()
        loose: dict[str | None, list[Report]] = {}
        with named_rows(self._path, "reports") as row:
            people = _PeopleCounts(counts, sayings, row)

            def read_rows(after: int, last: int) -> list[tuple[Report, int]]:
                return list(self._rows(after, last, filing, counts, row))

            for lot in read_lots(self._conn, self._beside, filing, sayings, read_rows):
                if isinstance(lot, list):
                    for report, _ in lot if self._keeps_reports else ():
                        loose.setdefault(report.track_uid, []).append(report)
                    continue
                piece, places = lot
                people.give_to(piece)
                if self._keeps_reports:
                    stack.add(piece)
                    filed.append(places)
        by_track: dict[str | None, Sequence[Report]] = {
            **packed([stack.taken()], filed, standing, sayings)
        }
        for track_uid, reports in loose.items():
            reports += by_track.get(track_uid, ())
            by_track[track_uid] = tuple(sorted(reports, key=Report.time_order))
        return by_track

    def _counts(self) -> dict[object, Values]:
        return {
            row[0]: row[1:]
            for row in self._conn.execute(
                f"SELECT report_uid, {PEOPLE_READ} FROM people_counts"
                f" WHERE report_uid IS NOT NULL AND {_STANDS}"
            )
        }

    def _rows(
        self,
        after: int,
        last: int,
        filing: Mapping[str, int],
        counts: Mapping[object, Values],
        row: "RowAtHand",
    ) -> Iterator[tuple[Report, int]]:
        """Yield reports row by row, with the place of their track."""
        query = (
            f"SELECT uid, track_uid, people_total, people_children, {REPORT_READ} FROM reports"
            f" WHERE {_STANDS} AND fid > ? AND fid <= ? ORDER BY fid"
        )
        for uid, track_uid, total, children, *values in self._conn.execute(query, (after, last)):
            row.uid = uid
            people = people_from(counts.get(uid, ()), total, children)
            place = filing.get(track_uid, -1)
            yield report_from(values, track_uid if place >= 0 else None, people), place

    def _tracks(self, by_track: Mapping[str | None, Sequence[Report]]) -> Mapping[str, Track]:
        changes: dict[str, list[StatusChange]] = {}
        query = (
            f"SELECT track_uid, {STATUS_READ} FROM status_changes WHERE {_STANDS}"
            " ORDER BY step, fid"
        )
        with named_rows(self._path, "status_changes") as row:
            for track_uid, *values in self._conn.execute(query):
                row.uid = values[0]
                changes.setdefault(track_uid, []).append(status_from(values))
        tracks = {}
        query = f"SELECT {TRACK_READ} FROM tracks WHERE {_STANDS} ORDER BY fid"
        with named_rows(self._path, "tracks") as row:
            for values in self._conn.execute(query):
                row.uid = uid = values[0]
                tracks[uid] = track_from(values, tuple(changes.get(uid, ())), by_track.get(uid, ()))
        return MappingProxyType(tracks)

    def _is_example(self) -> bool:
        row = self._conn.execute("SELECT value FROM app_meta WHERE key = 'is_example'").fetchone()
        return row is not None and str(row[0]) == "1"


class TextNotReadNow(ValueError):
    """A text of the log can't be read at the moment: the file is not there, locked or failing."""


def read_later(path: Path, seq: int, column: str) -> str:
    """Return a text of the log of a plot file, on a connection of its own: any thread may ask.

    Raises TextNotReadNow where the file can't be read, ValueError where it has no such act.
    """
    try:
        with faults_of(path), closing(connect_to_read(path)) as conn:
            return text_in_log(conn, seq, column)
    except PlotFileError as error:
        msg = f"act {seq} can't be read: {error}"
        raise TextNotReadNow(msg) from error
    except TypeError as error:
        msg = f"act {seq} can't be read: {error}"
        raise ValueError(msg) from error


@dataclass(slots=True)
class RowAtHand:
    """The row that is being read, for what is to be told of it."""

    uid: object = ""

    def each(self, rows: Iterable[Values]) -> Iterator[Values]:
        """Yield rows that begin with their uid, each as the one at hand."""
        for values in rows:
            self.uid = values[0]
            yield values


@contextmanager
def named_rows(path: Path, table: str) -> Iterator[RowAtHand]:
    """Raise what a row cannot be read for as PlotFileError that names the row at hand."""
    row = RowAtHand()
    try:
        yield row
    except (ValueError, KeyError, TypeError) as error:
        detail = f"{table} {row.uid}: {error}"
        raise PlotFileError(PlotFileFault.DAMAGED, path, detail) from error


class _PeopleCounts:
    """The counts of people that have rows of their own, given to the reports they are of."""

    def __init__(self, counts: Mapping[object, Values], sayings: Sayings, row: RowAtHand) -> None:
        self._counts = {
            uid.encode("utf-8", "replace"): values
            for uid, values in counts.items()
            if isinstance(uid, str)
        }
        self._sayings = sayings
        self._row = row
        self._numbers: dict[tuple[int, Values], int] = {}
        self._is_likely: dict[int, npt.NDArray[np.bool_]] = {}

    def give_to(self, piece: Piece) -> None:
        """Give reports the count of people that has a row of its own."""
        if not self._counts:
            return
        known = self._sayings.all()
        for place in self._likely(piece.uids).tolist():
            uid = bytes(piece.uids[place])
            values = self._counts.get(uid)
            if values is None:
                continue
            self._row.uid = uid.decode()
            number = int(piece.said[place])
            counted = self._numbers.get((number, values))
            if counted is None:
                counted = self._sayings.number(_with_people(known[number], values))
                self._numbers[number, values] = counted
            piece.said[place] = counted

    def _likely(self, uids: Uids) -> Rows:
        """Return the places of all that are counted, and of a few more."""
        width = uids.dtype.itemsize
        if width not in self._is_likely:
            # Of a width of their own: a shorter identifier has another hash there.
            counted = [uid for uid in self._counts if len(uid) <= width]
            likely = np.zeros(1 << _LIKELY_BITS, dtype=np.bool_)
            likely[_likely_bits(np.array(counted, dtype=f"S{width}"))] = True
            self._is_likely[width] = likely
        return np.flatnonzero(self._is_likely[width][_likely_bits(uids)])


def _likely_bits(uids: Uids) -> npt.NDArray[np.uint64]:
    return hashes_of(uids) >> np.uint64(64 - _LIKELY_BITS)


def _with_people(said: Said, values: Values) -> Said:
    total = None if said.people is None else said.people.total
    children = None if said.people is None else said.people.children
    return said._replace(people=people_from(values, total, children))


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep Python's collector from walking, again and again, what is only just being built."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
