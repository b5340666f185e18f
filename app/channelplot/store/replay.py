"""What stands in a plot file otherwise than the log left it: changed outside Channel Plot.

Every act logs the whole of each row it changed, so the last act that tells of a row says what
must stand there now.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from channelplot.store.log import LoggedRows, logged_value, rows_after
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
from channelplot.store.values import Value
from channelplot.store.versions import has_column

LOGGED_TABLES = tuple(table for table in TABLES if table not in (EDIT_LOG, APP_META, LAYER_STYLES))
"""The tables whose rows the log tells."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not as the log left it; what: the columns, or that one of both lacks it."""

    table: str
    uid: str
    what: str


def log_differences(conn: sqlite3.Connection) -> Iterator[Difference]:
    """Yield every row that the log does not account for.

    The lines of tracks are left out: they follow from the reports. A row that an earlier
    version logged must have the columns that came later as an upgrade leaves them, or as a
    later act tells. conn: to a file of the present version, whose texts come as ``str``.
    Raises ValueError or TypeError for a log that says something else than rows.
    """
    last: LoggedRows = {}
    for rows in rows_after(conn):
        for name, by_uid in rows.items():
            last.setdefault(name, {}).update(by_uid)
    for table in LOGGED_TABLES:
        yield from _differences(conn, table, last.get(table.name, {}))


def _differences(
    conn: sqlite3.Connection, table: Table, logged: Mapping[str, Mapping[str, Value]]
) -> Iterator[Difference]:
    columns = [column for column in table.columns[1:] if (table, column.name) != (TRACKS, GEOMETRY)]
    names = ", ".join(column.name for column in columns)
    found: set[str] = set()
    for uid, *values in conn.execute(f"SELECT uid, {names} FROM {table.name}"):
        expected = logged.get(uid)
        if expected is None:
            yield Difference(table.name, str(uid), "not in the log")
            continue
        found.add(uid)
        changed = [
            column.name
            for column, value in zip(columns, values, strict=True)
            if not _is_same(table, column, value, expected)
        ]
        if changed:
            yield Difference(table.name, str(uid), ", ".join(changed))
    for uid in sorted(logged.keys() - found):
        yield Difference(table.name, uid, "not in the table")


def _is_same(table: Table, column: Column, value: Value, logged: Mapping[str, Value]) -> bool:
    """Return whether a value is the one in a logged row, in the form the log has it."""
    value = logged_value(column.name, value)
    if column.name in logged:
        expected = logged[column.name]
    elif has_column(1, table, column.name):
        return False
    else:
        expected = "" if "DEFAULT ''" in column.sql else None
    if value == expected:
        return True
    # GDAL leaves out the milliseconds where they are zero, in rows it did not change too.
    is_time = column.sql.startswith("DATETIME")
    return is_time and _with_milliseconds(value) == _with_milliseconds(expected)


def _with_milliseconds(value: Value) -> Value:
    if isinstance(value, str) and len(value) == len("2026-09-15T05:00:00Z"):
        return f"{value[:-1]}.000Z"
    return value
