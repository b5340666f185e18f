"""The log of acts: ``edit_log``, which only grows and whose rows are chained by hashes."""

import hashlib
import json
import math
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from channelplot.store.act import ActRecord
from channelplot.store.geometry import read_point
from channelplot.store.rows import Row, Value
from channelplot.store.tables import EDIT_LOG, GEOMETRY, TRACKS
from channelplot.store.times import read_time, time_text

Rows = Mapping[str, Mapping[str, Row]]
"""Rows by table and uid."""

_COLUMNS: Final = ", ".join(column.name for column in EDIT_LOG.columns)


@dataclass(frozen=True, slots=True)
class SavedMark:
    """An act is on disk: its number in the log and its time, to the millisecond."""

    seq: int
    at_utc: datetime


def append_act(conn: sqlite3.Connection, act: ActRecord, before: Rows, after: Rows) -> SavedMark:
    """Add an act to the log, inside the transaction that changes its rows."""
    previous = conn.execute(
        f"SELECT seq, hash FROM {EDIT_LOG.name} ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    # Handed out once and never again, even if somebody cut the log's end off.
    (used,) = conn.execute(
        "SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (EDIT_LOG.name,)
    ).fetchone()
    seq = max(used or 0, previous[0] if previous else 0) + 1
    at = time_text(act.at_utc)
    entry: list[Value] = [
        previous[1] if previous else "",
        seq,
        at,
        _storable(act.operator),
        _storable(act.label),
        _storable(act.entity),
        _storable(act.entity_uid),
        _rows_text(before),
        _rows_text(after),
    ]
    conn.execute(
        f"INSERT INTO {EDIT_LOG.name} (previous_hash, seq, at_utc, operator, label, entity,"
        " entity_uid, before, after, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*entry, act_hash(entry)),
    )
    return SavedMark(seq, read_time(at))


def last_mark(conn: sqlite3.Connection) -> SavedMark | None:
    """Return the last act of the log, None where there is none."""
    row = conn.execute(
        f"SELECT seq, at_utc FROM {EDIT_LOG.name} ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return None if row is None else SavedMark(int(row[0]), read_time(row[1]))


def act_hash(entry: list[Value]) -> str:
    """Return the hash of a row: of previous_hash, seq, at_utc and so on, up to after."""
    # Bytes where a text should be are damage: their hash is that of no row.
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


def broken_links(conn: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Yield the number of each row of the log that does not follow from the one before it.

    With a reason: hash, previous_hash, seq (a number is missing) or end (rows after it
    are missing).
    """
    previous_hash, previous_seq = "", 0
    for row in conn.execute(f"SELECT {_COLUMNS} FROM {EDIT_LOG.name} ORDER BY seq"):
        seq, at, operator, label, entity, entity_uid, before, after, link, own = row
        if seq != previous_seq + 1:
            yield seq, "seq"
        if link != previous_hash:
            yield seq, "previous_hash"
        if own != act_hash([link, seq, at, operator, label, entity, entity_uid, before, after]):
            yield seq, "hash"
        previous_hash, previous_seq = own, seq
    (used,) = conn.execute(
        "SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (EDIT_LOG.name,)
    ).fetchone()
    if (used or 0) != previous_seq:
        yield previous_seq, "end"


def names_in_log(conn: sqlite3.Connection) -> Iterator[str]:
    """Yield every name that acts on tracks gave or took away."""
    acts = conn.execute(f"SELECT before, after FROM {EDIT_LOG.name} WHERE entity = 'track'")
    for texts in acts:
        for text in texts:
            for row in json.loads(text).get(TRACKS.name, {}).values():
                yield str(row["name"])


def _rows_text(rows: Rows) -> str:
    plain = {
        table: {
            uid: {
                column: _logged(column, value)
                for column, value in row.items()
                if (table, column) != (TRACKS.name, GEOMETRY)
            }
            for uid, row in by_uid.items()
        }
        for table, by_uid in rows.items()
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _logged(column: str, value: Value) -> str | int | float | None:
    if isinstance(value, bytes):
        return geometry_text(value) if column == GEOMETRY else value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    return value


def geometry_text(blob: bytes) -> str:
    """Return a point as well-known text with all its digits, anything unreadable in hex."""
    try:
        position = read_point(blob)
    except ValueError:
        return blob.hex()
    if position is None:
        return "POINT EMPTY"
    return f"POINT ({position.lon_deg!r} {position.lat_deg!r})"


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
