"""A change to rows, with its row in the log: what one transaction holds.

Only the rows that a change names are touched, and of those only the columns that differ,
so that what another program has written into the others stays. Nothing is ever deleted:
what leaves the plot is marked withdrawn, and what comes back is no longer.
"""

import sqlite3
from collections.abc import Mapping
from typing import Final

from channelplot.model.change import Change
from channelplot.store.act import ActRecord
from channelplot.store.flat import RowChange
from channelplot.store.geometry import Envelope, envelope
from channelplot.store.log import LoggedAct, append_act
from channelplot.store.rows import row_changes
from channelplot.store.tables import EDIT_LOG, GEOMETRY, TRACKS, WITHDRAWN, Table
from channelplot.store.times import time_text
from channelplot.store.values import Row, Value

_Logged = dict[str, dict[str, Row]]

_LAST_CHANGE: Final = "UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?"
_LAST_CHANGE_AND_BOX: Final = (
    "UPDATE gpkg_contents SET last_change = ?,"
    " min_x = min(coalesce(min_x, ?), ?), max_x = max(coalesce(max_x, ?), ?),"
    " min_y = min(coalesce(min_y, ?), ?), max_y = max(coalesce(max_y, ?), ?)"
    " WHERE table_name = ?"
)
"""The box only grows: to shrink it would mean to look at every row."""


def write_act(conn: sqlite3.Connection, change: Change, act: ActRecord) -> LoggedAct:
    """Write the rows of a change and its row in the log, and return that.

    The caller begins and commits. Its cost follows the change, not the size of the plot.
    """
    at = time_text(act.at_utc)
    before: _Logged = {}
    after: _Logged = {}
    boxes: dict[str, Envelope | None] = {EDIT_LOG.name: None}
    for row in row_changes(change):
        stored = stored_row(conn, row.table, row.uid)
        values = _values_to_write(row, stored, at)
        if not values:
            continue
        if stored is None:
            insert_row(conn, row.table, values)
        else:
            update_row(conn, row.table, row.uid, values)
        blob = values.get(GEOMETRY)
        box = envelope(blob) if isinstance(blob, bytes) else None
        boxes[row.table.name] = joined_box(boxes.get(row.table.name), box)
        if row.table is TRACKS and stored is not None and set(values) == {GEOMETRY}:
            continue  # A derived line; the log has the report that moved it.
        if stored is not None:
            before.setdefault(row.table.name, {})[row.uid] = stored
        after.setdefault(row.table.name, {})[row.uid] = {**(stored or {}), **values}
    update_contents(conn, boxes, at)
    return append_act(conn, act, before, after)


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
