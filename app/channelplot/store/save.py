"""A change to rows, with its row in the log: what one transaction holds.

Only the rows that a change names are touched, and of those only the columns that differ,
so that what another program has written into the others stays. Nothing is ever deleted:
what leaves the plot is marked withdrawn, and what comes back is no longer.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Final

from channelplot.model.change import Change
from channelplot.store.act import ActRecord
from channelplot.store.bulk import MANY, index_filled_afterwards
from channelplot.store.flat import RowChange
from channelplot.store.geometry import Envelope, envelope
from channelplot.store.log import LoggedAct, append_act
from channelplot.store.rows import row_changes
from channelplot.store.tables import EDIT_LOG, GEOMETRY, REPORTS, TRACKS, WITHDRAWN, Table
from channelplot.store.times import time_text
from channelplot.store.values import Row, Value

_Logged = dict[str, dict[str, Row]]

ROWS_OF_AN_ACT: Final = 20_000
"""About so many, some ten megabytes as text, are told by one row of the log at most."""
_LOT: Final = 500
"""Rows that are looked up and written at a time."""
_LAST_CHANGE: Final = "UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?"
_LAST_CHANGE_AND_BOX: Final = (
    "UPDATE gpkg_contents SET last_change = ?,"
    " min_x = min(coalesce(min_x, ?), ?), max_x = max(coalesce(max_x, ?), ?),"
    " min_y = min(coalesce(min_y, ?), ?), max_y = max(coalesce(max_y, ?), ?)"
    " WHERE table_name = ?"
)
"""The box only grows: to shrink it would mean to look at every row."""


def write_act(conn: sqlite3.Connection, change: Change, act: ActRecord) -> tuple[LoggedAct, ...]:
    """Write the rows of a change and its row in the log, and return that.

    Of very many reports there are several rows in the log, one behind another, alike but for the
    rows they tell of: a million in one text would be more than a row can hold. The caller begins
    and commits. Its cost follows the change, not the size of the plot.
    """
    at = time_text(act.at_utc)
    boxes: dict[str, Envelope | None] = {EDIT_LOG.name: None}
    is_bulk = change.report_count >= MANY
    with index_filled_afterwards(conn, REPORTS) if is_bulk else nullcontext():
        logged = _write_rows(conn, change, act, boxes)
    update_contents(conn, boxes, at)
    return logged


def _write_rows(
    conn: sqlite3.Connection, change: Change, act: ActRecord, boxes: dict[str, Envelope | None]
) -> tuple[LoggedAct, ...]:
    """Write the rows and what the log tells of them; make the boxes of tables hold them."""
    logged: list[LoggedAct] = []
    before: _Logged = {}
    after: _Logged = {}
    count = 0
    for rows in _lots(row_changes(change)):
        if count >= ROWS_OF_AN_ACT:
            logged.append(append_act(conn, act, before, after))
            before, after, count = {}, {}, 0
        for row, stored, values in _written(conn, rows, time_text(act.at_utc)):
            blob = values.get(GEOMETRY)
            box = envelope(blob) if isinstance(blob, bytes) else None
            boxes[row.table.name] = joined_box(boxes.get(row.table.name), box)
            if row.table is TRACKS and stored is not None and set(values) == {GEOMETRY}:
                continue  # A derived line; the log has the report that moved it.
            count += 1
            if stored is not None:
                before.setdefault(row.table.name, {})[row.uid] = stored
            after.setdefault(row.table.name, {})[row.uid] = {**(stored or {}), **values}
    logged.append(append_act(conn, act, before, after))
    return tuple(logged)


def _lots(rows: Iterator[RowChange]) -> Iterator[list[RowChange]]:
    """Yield rows some at a time; what hangs on a report comes with it."""
    lot: list[RowChange] = []
    for row in rows:
        if len(lot) >= _LOT and row.table is REPORTS:
            yield lot
            lot = []
        lot.append(row)
    yield lot


def _written(
    conn: sqlite3.Connection, rows: Sequence[RowChange], at: str
) -> Sequence[tuple[RowChange, Row | None, Row]]:
    """Write rows, those that are new first; return each with what stood there and what was written.

    One that the file has so already is left out.
    """
    stored = _stored_rows(conn, rows)
    written = [
        (row, stood, values)
        for row in rows
        for stood in (stored.get((row.table.name, row.uid)),)
        if (values := _values_to_write(row, stood, at))
    ]
    new: dict[tuple[str, tuple[str, ...]], list[tuple[Value, ...]]] = {}
    for row, stood, values in written:
        if stood is None:
            new.setdefault((row.table.name, tuple(values)), []).append(tuple(values.values()))
    for (table, names), lot in new.items():
        places = ", ".join("?" * len(names))
        conn.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", lot)
    for row, stood, values in written:
        if stood is not None:
            update_row(conn, row.table, row.uid, values)
    return written


def _stored_rows(conn: sqlite3.Connection, rows: Iterable[RowChange]) -> dict[tuple[str, str], Row]:
    """Return rows as they stand in the file, by table and uid; those that do not are left out."""
    # By name: to hash a table is to hash all that it declares.
    tables: dict[str, Table] = {}
    uids: dict[str, list[str]] = {}
    for row in rows:
        tables[row.table.name] = row.table
        uids.setdefault(row.table.name, []).append(row.uid)
    found: dict[tuple[str, str], Row] = {}
    for table, all_of_table in uids.items():
        names = tables[table].column_names
        at = names.index("uid")
        for start in range(0, len(all_of_table), _LOT):
            some = all_of_table[start : start + _LOT]
            query = (
                f"SELECT {', '.join(names)} FROM {table}"
                f" WHERE uid IN ({', '.join('?' * len(some))})"
            )
            for values in conn.execute(query, some):
                found[table, values[at]] = dict(zip(names, values, strict=True))
    return found


def stored_row(conn: sqlite3.Connection, table: Table, uid: str) -> Row | None:
    """Return a row as it stands in the file, None if it does not."""
    names = table.column_names
    values = conn.execute(
        f"SELECT {', '.join(names)} FROM {table.name} WHERE uid = ?", (uid,)
    ).fetchone()
    return None if values is None else dict(zip(names, values, strict=True))


def _values_to_write(row: RowChange, stored: Row | None, at: str) -> dict[str, Value]:
    """Return the columns to write; none when the file has it so already."""
    if row.after is None:
        gone = stored is None or stored[WITHDRAWN] is not None
        return {} if gone else {WITHDRAWN: at}
    if stored is None:
        return dict(row.after)
    wanted = dict(row.after)
    if row.before is not None:
        wanted = {name: value for name, value in wanted.items() if value != row.before[name]}
        wanted[WITHDRAWN] = None
    return {name: value for name, value in wanted.items() if value != stored[name]}


def insert_row(conn: sqlite3.Connection, table: Table, values: Row) -> None:
    """Add a row; columns that it does not give are as the table has them by default."""
    places = ", ".join("?" * len(values))
    conn.execute(
        f"INSERT INTO {table.name} ({', '.join(values)}) VALUES ({places})",
        tuple(values.values()),
    )


def update_row(conn: sqlite3.Connection, table: Table, uid: str, values: Row) -> None:
    """Give columns of a row other values."""
    assignments = ", ".join(f"{name} = ?" for name in values)
    conn.execute(f"UPDATE {table.name} SET {assignments} WHERE uid = ?", (*values.values(), uid))


def update_contents(
    conn: sqlite3.Connection, boxes: Mapping[str, Envelope | None], at: str
) -> None:
    """Say of tables when they were changed last, and let their boxes hold these boxes."""
    for table, box in boxes.items():
        if box is None:
            conn.execute(_LAST_CHANGE, (at, table))
        else:
            min_x, max_x, min_y, max_y = box
            conn.execute(
                _LAST_CHANGE_AND_BOX,
                (at, min_x, min_x, max_x, max_x, min_y, min_y, max_y, max_y, table),
            )


def joined_box(one: Envelope | None, other: Envelope | None) -> Envelope | None:
    """Return the box that holds both; None holds nothing."""
    if one is None or other is None:
        return one if other is None else other
    return (
        min(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        max(one[3], other[3]),
    )
