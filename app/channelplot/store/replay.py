"""What stands in a plot file otherwise than the log left it: changed outside Channel Plot.

Every act logs the whole of each row it changed, so the last act that tells of a row says what
must stand there now. The log is taken apart row by row, and of most rows only a hash is kept: a
plot of 100,000 reports is compared without holding up what else the program does.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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


def row_differences(conn: sqlite3.Connection) -> Iterator[RowDifference]:
    """Yield every row that the log does not account for, with what it was and is.

    The lines of tracks are left out: they follow from the reports. A row that an earlier
    version logged must have the columns that came later as an upgrade leaves them, or as a
    later act tells. conn: to a file of the present version, whose texts come as ``str``.
    Raises ValueError or TypeError for a log that says something else than rows.
    """
    names = {table.name: _told_names(table) for table in LOGGED_TABLES}
    hashes: dict[str, dict[str, int]] = {table.name: {} for table in LOGGED_TABLES}
    for table_name, uid, row in rows_after(conn):
        if table_name in hashes:
            hashes[table_name][uid] = hash(tuple(map(row.get, names[table_name])))
    doubtful = {
        table.name: dict(_doubtful(conn, table, hashes[table.name])) for table in LOGGED_TABLES
    }
    last: dict[tuple[str, str], Row] = {}
    if any(doubtful.values()):
        for table_name, uid, row in rows_after(conn):
            if uid in doubtful.get(table_name, ()):
                last[table_name, uid] = row
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


def _doubtful(
    conn: sqlite3.Connection, table: Table, hashes: Mapping[str, int]
) -> Iterator[tuple[str, Row | None]]:
    """Yield the rows that are not value by value as they were logged last, by uid.

    None: the log tells of it, and it is not there.
    """
    names = _told_names(table)
    found: set[str] = set()
    place = names.index("uid")
    for values in conn.execute(f"SELECT {', '.join(names)} FROM {table.name}"):
        uid = str(values[place])
        found.add(uid)
        if hashes.get(uid) != hash(tuple(map(logged_value, names, values))):
            yield uid, dict(zip(names, values, strict=True))
    for uid in sorted(hashes.keys() - found):
        yield uid, None


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
