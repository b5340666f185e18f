"""What other programs changed in a plot file: found, logged, and nothing of it lost.

A GIS writes to the tables and knows nothing of ``edit_log``. What stands there otherwise than
the log left it becomes one act of the log, with every row before and after as always. What can't
be read is put right, so that one value never keeps a plot from being opened.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.connection import decoded
from channelplot.store.faults import extended_code
from channelplot.store.geometry import Envelope, envelope, track_blob
from channelplot.store.load import LoadedPlot, named_rows
from channelplot.store.log import (
    LoggedAct,
    act_in_log,
    append_act,
    geometry_from_text,
    logged_value,
)
from channelplot.store.readable import is_geometry_readable, is_readable, no_geometry
from channelplot.store.replay import RowDifference, row_differences, told_columns, value_by_default
from channelplot.store.save import insert_row, joined_box, stored_row, update_contents, update_row
from channelplot.store.tables import (
    EDIT_LOG,
    GEOMETRY,
    PEOPLE_COUNTS,
    REPORTS,
    STATUS_CHANGES,
    TRACKS,
    WITHDRAWN,
    Table,
)
from channelplot.store.times import time_text
from channelplot.store.values import Row, Value

OUTSIDE: Final = "outside"
"""The operator of what other programs did: nobody here knows who it was."""
OUTSIDE_EDIT: Final = "outside_edit"
"""The label of that act."""
AS_FOUND: Final = "as_found"
"""Beside the columns of a row as it was: what stood in those that could not be read, as JSON."""

_STEPS: Final = 10_000
"""Of SQLite's machine, between two looks at whether somebody waits: about a millisecond."""
_WITHOUT_TRACK: Final = (
    "SELECT uid FROM reports AS r WHERE withdrawn_at_utc IS NULL"
    " AND track_uid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tracks AS t"
    " WHERE t.uid = r.track_uid AND t.withdrawn_at_utc IS NULL)"
)

_STATUS_WITHOUT_TRACK: Final = (
    "SELECT c.uid, t.uid, t.withdrawn_at_utc FROM status_changes AS c"
    " JOIN tracks AS t ON t.uid = c.track_uid"
    " WHERE c.withdrawn_at_utc IS NULL AND t.withdrawn_at_utc IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at an open plot file found.

    loaded: what it holds now, None where that is what was known. logged: the act that another
    program's changes became, None if there were none to log. is_free: the plot is open to read
    because somebody else had it, who has it no longer. gave_way: an act waited to be saved, and
    nothing was found out. trouble: why a plot that is open to read can't be read now.
    """

    loaded: LoadedPlot | None = None
    logged: LoggedAct | None = None
    is_free: bool = False
    gave_way: bool = False
    trouble: PlotFileError | None = None


class GaveWay(Exception):
    """A look ended because somebody waits for the connection."""


def require_log_of(conn: sqlite3.Connection, path: Path, last: LoggedAct | None) -> None:
    """Raise PlotFileError (MOVED) unless the log still has an act that was the last in it.

    Another plot written over this one, name and file kept, is not this one any more.
    """
    with named_rows(path, EDIT_LOG.name):
        if last is not None and act_in_log(conn, last.seq) != last:
            raise PlotFileError(PlotFileFault.MOVED, path, "another log")


def log_outside(
    conn: sqlite3.Connection, at_utc: datetime, poll: Callable[[], None] = lambda: None
) -> LoggedAct | None:
    """Put what other programs changed into the log and return the act, None if nothing was.

    Rows that they deleted are put back as withdrawn, and a report whose track is gone belongs to
    none, in the file as in the plot. A row that loading can't read is put back as the log has it;
    one that the log tells nothing of is withdrawn, without its geometry if that is why. The act
    keeps what stood there. The lines of tracks are left: ``write_lines``. The caller
    begins and commits. poll: called for every row that is looked at, may raise to end it. Raises
    ValueError or TypeError for a log that can't be read, and sqlite3.IntegrityError for rows that
    can't be put back.
    """
    edit = _OutsideEdit(conn, time_text(at_utc))
    for row in _differences(conn, poll):
        edit.take(row)
    edit.free_reports()
    edit.withdraw_status_changes()
    return edit.logged(ActRecord(OUTSIDE_EDIT, "plot", "", OUTSIDE, at_utc))


def _differences(conn: sqlite3.Connection, poll: Callable[[], None]) -> list[RowDifference]:
    conn.text_factory = str  # As in loading: much faster, and stops at damaged text.
    try:
        return list(row_differences(conn, poll))
    except sqlite3.OperationalError as error:
        if extended_code(error) != 0:
            raise
    finally:
        conn.text_factory = decoded
    return list(row_differences(conn, poll))


class _OutsideEdit:
    """The rows of one act that another program's changes become."""

    def __init__(self, conn: sqlite3.Connection, at: str) -> None:
        self._conn = conn
        self._at = at
        self._before: dict[str, dict[str, Row]] = {}
        self._after: dict[str, dict[str, Row]] = {}

    def take(self, row: RowDifference) -> None:
        """Note a row that another program changed or added; put back one that it deleted."""
        table, uid, stored, logged = row.table, row.uid, row.stored, row.logged
        if stored is None:
            assert logged is not None, "a row that differs is there or in the log"
            self._put_back(table, uid, logged)
        elif is_readable(table, stored):
            self._note(table, uid, logged, stored)
        elif logged is None:
            self._withdraw_unread(table, uid, stored)
        else:
            self._put_right(table, uid, logged, stored)

    def _put_back(self, table: Table, uid: str, logged: Row) -> None:
        values = _stored_values(table, logged)
        was_standing = values.get(WITHDRAWN) is None
        if was_standing:
            values[WITHDRAWN] = self._at
        insert_row(self._conn, table, values)
        if was_standing:
            self._note(table, uid, logged, values)

    def _put_right(self, table: Table, uid: str, logged: Row, stored: Row) -> None:
        """Write a row as it was over what can't be read; what the log can't help with stays."""
        values = _stored_values(table, logged)
        for column in told_columns(table):
            values.setdefault(column.name, value_by_default(column))
        if not is_readable(table, values):
            self._note(table, uid, logged, stored)
            return
        self._overwrite(table, stored, values)
        found = {
            name: logged_value(name, stored[name])
            for name, value in values.items()
            if stored[name] != value
        }
        before = {**values, AS_FOUND: json.dumps(found, ensure_ascii=False)}
        self._note(table, uid, before, values)

    def _withdraw_unread(self, table: Table, uid: str, stored: Row) -> None:
        """Let a row that was added and can't be read stay in the file, and out of the plot."""
        values: dict[str, Value] = {WITHDRAWN: self._at}
        if GEOMETRY in stored and not is_geometry_readable(table, stored[GEOMETRY]):
            values[GEOMETRY] = no_geometry(table)
        self._overwrite(table, stored, values)
        self._note(table, uid, {**stored, WITHDRAWN: self._at}, {**stored, **values})

    def _overwrite(self, table: Table, stored: Row, values: Row) -> None:
        """Write values over a row, which may have no text as its uid."""
        if GEOMETRY in values:
            # First none, for the triggers look at the geometry before, which may be damaged.
            self._update(table, stored, {GEOMETRY: no_geometry(table)})
        self._update(table, stored, values)

    def _update(self, table: Table, stored: Row, values: Row) -> None:
        assignments = ", ".join(f"{name} = ?" for name in values)
        done = self._conn.execute(
            f"UPDATE {table.name} SET {assignments} WHERE uid IS ?",
            (*values.values(), stored["uid"]),
        )
        if done.rowcount != 1:
            raise ValueError(f"{table.name} {stored['uid']!r}: not to be found by its identifier")

    def free_reports(self) -> None:
        """Let reports that stand without their track belong to none.

        That is how they are loaded; so going back through the log finds them as they were.
        """
        for (uid,) in self._conn.execute(_WITHOUT_TRACK).fetchall():
            self._change(REPORTS, uid, {"track_uid": None})
            for (count_uid,) in self._conn.execute(
                "SELECT uid FROM people_counts WHERE report_uid = ?", (uid,)
            ).fetchall():
                self._change(PEOPLE_COUNTS, count_uid, {"track_uid": None})

    def withdraw_status_changes(self) -> None:
        """Let changes of status go with the track that is gone, to come back with it."""
        tracks = self._after.get(TRACKS.name, {})
        for uid, track_uid, at in self._conn.execute(_STATUS_WITHOUT_TRACK).fetchall():
            if track_uid in tracks:
                self._change(STATUS_CHANGES, uid, {WITHDRAWN: at})

    def logged(self, act: ActRecord) -> LoggedAct | None:
        """Put the rows into the log."""
        if not self._after:
            return None
        boxes: dict[str, Envelope | None] = {EDIT_LOG.name: None}
        for name, rows in self._after.items():
            boxes[name] = None
            for row in rows.values():
                boxes[name] = joined_box(boxes[name], _box(row.get(GEOMETRY)))
        update_contents(self._conn, boxes, self._at)
        return append_act(self._conn, act, self._before, self._after)

    def _change(self, table: Table, uid: str, values: Row) -> None:
        """Change a row, which another program may have changed too."""
        stored = stored_row(self._conn, table, uid)
        assert stored is not None, "it has just been read"
        update_row(self._conn, table, uid, values)
        is_new = uid in self._after.get(table.name, {})
        before = self._before.get(table.name, {}).get(uid) if is_new else stored
        self._note(table, uid, before, {**stored, **values})

    def _note(self, table: Table, uid: str, before: Row | None, after: Row) -> None:
        if before is not None:
            self._before.setdefault(table.name, {})[uid] = before
        self._after.setdefault(table.name, {})[uid] = after


def write_lines(conn: sqlite3.Connection, plot: Plot, at_utc: datetime) -> None:
    """Write the lines of tracks that are not those of their reports; the caller commits.

    They are derived, and no act of the log. plot: what the file holds.
    """
    box: Envelope | None = None
    for uid, blob in conn.execute(f"SELECT uid, {GEOMETRY} FROM {TRACKS.name}").fetchall():
        track = plot.tracks.get(uid)
        line = None if track is None else track_blob(track.line_deg)
        if track is not None and line != blob:
            update_row(conn, TRACKS, uid, {GEOMETRY: line})
            box = joined_box(box, _box(line))
    if box is not None:
        update_contents(conn, {TRACKS.name: box}, time_text(at_utc))


@contextmanager
def giving_way(conn: sqlite3.Connection, give_way: Callable[[], bool]) -> Iterator[None]:
    """Raise GaveWay from within, and soon, where somebody waits: a look at a long log takes time.

    give_way: returns whether somebody does; called from the thread that uses the connection.
    """
    conn.set_progress_handler(give_way, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if extended_code(error) != sqlite3.SQLITE_INTERRUPT:
            raise
        raise GaveWay from error
    finally:
        conn.set_progress_handler(None, 0)


@contextmanager
def replayable(path: Path) -> Iterator[None]:
    """Raise what the log can't be replayed for as PlotFileError (DAMAGED)."""
    try:
        yield
    except (ValueError, TypeError, sqlite3.IntegrityError) as error:
        raise PlotFileError(PlotFileFault.DAMAGED, path, str(error)) from error


def _stored_values(table: Table, logged: Row) -> dict[str, Value]:
    """Return the columns of a row as the file had them. logged: as the log tells it."""
    values = {name: logged[name] for name in table.column_names if name in logged}
    geometry = values.get(GEOMETRY)
    if isinstance(geometry, str):
        values[GEOMETRY] = geometry_of(table, geometry)
    return values


def geometry_of(table: Table, text: str) -> bytes | None:
    """Return a geometry that the log tells; none where it could not be read: the log has it."""
    try:
        blob = geometry_from_text(text)
    except ValueError:
        blob = None
    return no_geometry(table) if blob is None else blob


def _box(blob: Value) -> Envelope | None:
    try:
        return envelope(blob) if isinstance(blob, bytes) else None
    except ValueError:
        return None
