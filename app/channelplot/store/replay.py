"""What stands in a plot file otherwise than the log left it: changed outside Channel Plot.

Every act logs the whole of each row it changed, so the last act that tells of a row says what
must stand there now. The log is taken apart row by row, and of most rows only a hash is kept: a
plot of 100,000 reports is compared without holding up what else the program does.
"""

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.store.log import logged_value, rows_after
from channelplot.store.tables import (
    APP_META,
    EDIT_LOG,
    GEOMETRY,
    LAYER_STYLES,
    TABLES,
    TRACKS,
    Column,
    Table,
)
from channelplot.store.values import Row, Value
from channelplot.store.versions import has_column

_ROWS_AT_ONCE: Final = 5000
LOGGED_TABLES = tuple(table for table in TABLES if table not in (EDIT_LOG, APP_META, LAYER_STYLES))
"""The tables whose rows the log tells."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not as the log left it; what: the columns, or that one of both lacks it."""

    table: str
    uid: str
    what: str


@dataclass(frozen=True, slots=True)
class RowDifference:
    """The same with both rows: as the log left it, None if it tells of none, and as it stands.

    logged: a geometry is well-known text, and columns that a later version brought may be
    missing. stored: None if it is not there. columns: those that differ, where both are there.
    """

    table: Table
    uid: str
    logged: Row | None
    stored: Row | None
    columns: tuple[str, ...]


def log_differences(conn: sqlite3.Connection) -> Iterator[Difference]:
    """Yield every row that the log does not account for: see ``row_differences``."""
    for row in row_differences(conn):
        if row.logged is None:
            what = "not in the log"
        elif row.stored is None:
            what = "not in the table"
        else:
            what = ", ".join(row.columns)
        yield Difference(row.table.name, row.uid, what)


def row_differences(
    conn: sqlite3.Connection, poll: Callable[[], None] = lambda: None
) -> Iterator[RowDifference]:
    """Yield every row that the log does not account for, with what it was and is.

    The lines of tracks are left out: they follow from the reports. A row that an earlier
    version logged must have the columns that came later as an upgrade leaves them, or as a
    later act tells. conn: to a file of the present version, whose texts come as ``str``. poll:
    called for every row, may raise to end it. Raises ValueError or TypeError for a log that says
    something else than rows.
    """
    names = {table.name: _told_names(table) for table in LOGGED_TABLES}
    told = {table.name: _ToldRows() for table in LOGGED_TABLES}
    for table_name, uid, row in rows_after(conn):
        poll()
        if table_name in told:
            told[table_name].add(uid, hash(tuple(map(row.get, names[table_name]))))
    doubtful: dict[str, dict[str, Row | None]] = {}
    missing: dict[str, set[int]] = {}
    for table in LOGGED_TABLES:
        # What it was told of is let go of table by table.
        latest = told.pop(table.name).latest()
        doubtful[table.name] = dict(_doubtful(conn, table, latest, poll))
        missing[table.name] = latest.not_found()
    last = _last_told(conn, doubtful, missing, poll)
    for table in LOGGED_TABLES:
        for uid, stored in doubtful[table.name].items():
            logged = last.get((table.name, uid))
            if logged is None or stored is None:
                yield RowDifference(table, uid, logged, stored, ())
                continue
            columns = tuple(
                column.name
                for column in told_columns(table)
                if not _is_same(table, column, stored[column.name], logged)
            )
            if columns:
                yield RowDifference(table, uid, logged, stored, columns)


def _last_told(
    conn: sqlite3.Connection,
    doubtful: dict[str, dict[str, Row | None]],
    missing: Mapping[str, Set[int]],
    poll: Callable[[], None],
) -> dict[tuple[str, str], Row]:
    """Return the doubtful rows as they were logged last; those that are missing become doubtful.

    missing: the hashes of their uids. A missing row is None in doubtful, behind the others.
    """
    last: dict[tuple[str, str], Row] = {}
    if not any(doubtful.values()) and not any(missing.values()):
        return last
    gone: dict[str, set[str]] = {name: set() for name in doubtful}
    for table_name, uid, row in rows_after(conn):
        poll()
        if uid in doubtful.get(table_name, ()):
            last[table_name, uid] = row
        elif hash(uid) in missing.get(table_name, ()):
            gone[table_name].add(uid)
            last[table_name, uid] = row
    for table_name, uids in gone.items():
        doubtful[table_name].update(dict.fromkeys(sorted(uids)))
    return last


class _ToldRows:
    """Hashes of the rows of one table that the log tells of, in the order in which it does."""

    def __init__(self) -> None:
        self._uids, self._rows = array("q"), array("q")

    def add(self, uid: str, row_hash: int) -> None:
        self._uids.append(hash(uid))
        self._rows.append(row_hash)

    def latest(self) -> "_LatestRows":
        """Return what each row was told to be last."""
        uids, rows = np.array(self._uids, np.int64), np.array(self._rows, np.int64)
        order = np.argsort(uids, kind="stable")
        uids, rows = uids[order], rows[order]
        is_last = np.append(uids[1:] != uids[:-1], np.ones(min(1, len(uids)), dtype=np.bool_))
        return _LatestRows(uids[is_last], rows[is_last])


class _LatestRows:
    """The hash of each row of one table as it was told last, by the hash of its uid."""

    def __init__(self, uids: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> None:
        """Take over the hashes, those of the uids in order."""
        self._uids, self._rows = uids, rows
        self._is_found = np.zeros(len(uids), dtype=np.bool_)

    def differ(self, uids: Sequence[str], row_hashes: Sequence[int]) -> list[int]:
        """Return the places of those among some rows that are otherwise, or were never told of."""
        wanted = np.array([hash(uid) for uid in uids], dtype=np.int64)
        places = np.searchsorted(self._uids, wanted)
        is_told = places < len(self._uids)
        is_told[is_told] = self._uids[places[is_told]] == wanted[is_told]
        self._is_found[places[is_told]] = True
        is_same = is_told.copy()
        hashes = np.array(row_hashes, dtype=np.int64)
        is_same[is_told] = self._rows[places[is_told]] == hashes[is_told]
        return np.flatnonzero(~is_same).tolist()

    def not_found(self) -> set[int]:
        """Return the hashes of the uids of those that were not among any rows."""
        return set(self._uids[~self._is_found].tolist())


def _doubtful(
    conn: sqlite3.Connection, table: Table, latest: _LatestRows, poll: Callable[[], None]
) -> Iterator[tuple[str, Row]]:
    """Yield the rows that are not value by value as they were logged last, by uid."""
    names = _told_names(table)
    place = names.index("uid")
    reading = conn.execute(f"SELECT {', '.join(names)} FROM {table.name}")
    while rows := reading.fetchmany(_ROWS_AT_ONCE):
        hashes = []
        for values in rows:
            poll()
            hashes.append(hash(tuple(map(logged_value, names, values))))
        uids = [str(values[place]) for values in rows]
        for row in latest.differ(uids, hashes):
            yield uids[row], dict(zip(names, rows[row], strict=True))


def _told_names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in told_columns(table))


def told_columns(table: Table) -> tuple[Column, ...]:
    """Return the columns of a table that the log tells of."""
    return tuple(
        column for column in table.columns[1:] if (table, column.name) != (TRACKS, GEOMETRY)
    )


def value_by_default(column: Column) -> Value:
    """Return what an upgrade leaves in a column that a later version brought."""
    return "" if "DEFAULT ''" in column.sql else None


def _is_same(table: Table, column: Column, value: Value, logged: Mapping[str, Value]) -> bool:
    """Return whether a value is the one in a logged row, in the form the log has it."""
    value = logged_value(column.name, value)
    if column.name in logged:
        expected = logged[column.name]
    elif has_column(1, table, column.name):
        return False
    else:
        expected = value_by_default(column)
    if value == expected:
        return True
    # GDAL leaves out the milliseconds where they are zero, in rows it did not change too.
    is_time = column.sql.startswith("DATETIME")
    return is_time and _with_milliseconds(value) == _with_milliseconds(expected)


def _with_milliseconds(value: Value) -> Value:
    if isinstance(value, str) and len(value) == len("2026-09-15T05:00:00Z"):
        return f"{value[:-1]}.000Z"
    return value
