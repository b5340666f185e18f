"""The log of acts: ``edit_log``, which only grows and whose rows are chained by hashes."""

import hashlib
import json
import math
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import numpy as np

from channelplot.geodesy.position import Position
from channelplot.store.act import ActRecord
from channelplot.store.connection import decoded, size_bytes
from channelplot.store.geometry import line_blob, point_blob, read_line, read_point
from channelplot.store.log_text import (
    LONG_TEXT,
    KeptText,
    Unread,
    blob_pieces,
    each_row,
    read_rows,
)
from channelplot.store.log_text import LoggedRow as LoggedRow
from channelplot.store.log_text import LoggedRows as LoggedRows
from channelplot.store.tables import EDIT_LOG, GEOMETRY, TRACKS
from channelplot.store.times import read_time, time_text
from channelplot.store.values import Row, Value

Rows = Mapping[str, Mapping[str, Row]]
"""Rows by table and uid."""

_COLUMNS: Final = ", ".join(column.name for column in EDIT_LOG.columns)
LEFT_IN_FILE: Final = 20_000
"""Characters; of a large plot a longer text is not read until it is asked for."""
_BYTES_OF_A_LONG_ACT: Final = 200_000
"""Of a plot with so few acts for its size SQLite's handle on each text is asked how long it is,
in bytes: to count its characters it would read it whole."""
_UNKNOWN: Final = -1
_ENCODED_AT_ONCE: Final = 200_000
"""Characters of a text."""
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def _read_up_to(longest: int) -> tuple[str, str]:
    """Return what reads the rows of an act; of a text that is longer its length."""
    before, after = (
        f"CASE WHEN typeof({name}) = 'text' AND length({name}) > {longest} THEN length({name})"
        f" ELSE {name} END AS {name}"
        for name in ("before", "after")
    )
    return before, after


_LEFT_UNREAD: Final = tuple(
    f"CASE WHEN typeof({name}) = 'text' THEN {_UNKNOWN} ELSE {name} END AS {name}"
    for name in ("before", "after")
)
_BEFORE_READ, _AFTER_READ = _read_up_to(LONG_TEXT)
_HEAD: Final = "seq, at_utc, operator, label, entity, entity_uid, name, reason"
_ACT: Final = f"{_HEAD}, {_BEFORE_READ}, {_AFTER_READ}"
_POINT: Final = re.compile(r"POINT \((\S+) (\S+)\)")
_LINE: Final = re.compile(r"LINESTRING \((.*)\)")
_EMPTY: Final = frozenset({"POINT EMPTY", "LINESTRING EMPTY"})

_BEFORE: Final = KeptText()
_AFTER: Final = KeptText()


@dataclass(frozen=True, slots=True)
class SavedMark:
    """An act is on disk: its number in the log and its time, to the millisecond."""

    seq: int
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How many rows stood before an act, and after it: those that are withdrawn do not."""

    before: int
    after: int


@dataclass(frozen=True)
class LoggedAct:
    """One act of the log: a row of ``edit_log`` without its hashes.

    name and reason are empty where the row has none. before and after are JSON as it stands in
    the file: ``rows`` reads it. They are kept small, and long ones take a while to get.
    """

    seq: int
    at_utc: datetime
    operator: str
    label: str
    entity: str
    entity_uid: str
    name: str
    reason: str
    before: KeptText = _BEFORE
    after: KeptText = _AFTER

    @property
    def is_in_file(self) -> bool:
        """Return whether its rows have stayed in the file: they are read when they are asked for.

        Asking for them raises ValueError where the file can't be read any more.
        """
        return _BEFORE.is_in_file(self) or _AFTER.is_in_file(self)

    @property
    def is_long(self) -> bool:
        """Return whether it changed so many rows that reading them all takes a while."""
        return _BEFORE.is_long(self) or _AFTER.is_long(self)

    @property
    def length(self) -> int:
        """Return how many characters of its rows are at hand."""
        return _BEFORE.length(self) + _AFTER.length(self)

    def rows(self) -> tuple[LoggedRows, LoggedRows]:
        """Return the changed rows as they stood before, those that are new left out, and after.

        Raises ValueError for what is no JSON of that shape.
        """
        return read_rows(self.before), read_rows(self.after)

    def brief_rows(self) -> tuple[LoggedRows, LoggedRows, frozenset[str]]:
        """Return the same without tables of which it changed very much, and the names of these.

        Quick for an act that is long. Raises ValueError as ``rows`` does.
        """
        before, left_out_before = _BEFORE.brief_rows(self)
        after, left_out_after = _AFTER.brief_rows(self)
        return before, after, left_out_before | left_out_after

    def standing(self, table: str) -> Standing:
        """Return how many of the rows it changed of a table stood before it, and after it.

        Quick for an act that is long. Raises ValueError as ``rows`` does.
        """
        return Standing(_BEFORE.standing(self, table), _AFTER.standing(self, table))

    def each_row(self) -> Iterator[tuple[bool, str, str, LoggedRow]]:
        """Yield of each changed row whether it is as it stood after, its table, uid and itself.

        Row by row: nobody has to wait for all of a long act. Raises ValueError as ``rows`` does.
        """
        yield from ((False, *row) for row in _BEFORE.each_row(self))
        yield from ((True, *row) for row in _AFTER.each_row(self))

    def row_after(self, table: str, uid: str) -> LoggedRow | None:
        """Return a row as it stood after it, None if it did not change that.

        Raises ValueError as ``rows`` does.
        """
        return _AFTER.row(self, table, uid)


def append_act(conn: sqlite3.Connection, act: ActRecord, before: Rows, after: Rows) -> LoggedAct:
    """Add an act to the log, inside the transaction that changes its rows; return it."""
    previous = conn.execute(
        f"SELECT seq, hash FROM {EDIT_LOG.name} ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    # Handed out once and never again, even if somebody cut the log's end off.
    (used,) = conn.execute(
        "SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (EDIT_LOG.name,)
    ).fetchone()
    seq = max(used or 0, previous[0] if previous else 0) + 1
    logged = logged_act(seq, act, before, after)
    insert_act(conn, logged, previous[1] if previous else "")
    return logged


def insert_act(conn: sqlite3.Connection, logged: LoggedAct, previous_hash: str) -> str:
    """Write a row of the log under its number, behind the row with a hash; return its own."""
    entry: list[Value] = [
        previous_hash,
        logged.seq,
        time_text(logged.at_utc),
        logged.operator,
        logged.label,
        logged.entity,
        logged.entity_uid,
        logged.before,
        logged.after,
        logged.name,
        logged.reason,
    ]
    own_hash = act_hash(entry)
    conn.execute(
        f"INSERT INTO {EDIT_LOG.name} (previous_hash, seq, at_utc, operator, label, entity,"
        " entity_uid, before, after, name, reason, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*entry, own_hash),
    )
    return own_hash


def logged_act(seq: int, act: ActRecord, before: Rows, after: Rows) -> LoggedAct:
    """Return an act as the log keeps it under a number."""
    return LoggedAct(
        seq,
        read_time(time_text(act.at_utc)),
        _storable(act.operator),
        _storable(act.label),
        _storable(act.entity),
        _storable(act.entity_uid),
        _storable(act.name),
        _storable(act.reason),
        _rows_text(before),
        _rows_text(after),
    )


def read_acts(
    conn: sqlite3.Connection,
    last: int | None = None,
    *,
    later: Callable[[int, str], str] | None = None,
) -> Iterator[LoggedAct]:
    """Yield the acts of the log, or the last so many of them, the oldest first.

    later: returns, at any time, the text that an act of a number has in a column; with it long
    texts are left in the file. Raises ValueError or TypeError for a row that cannot be read.
    """
    if last is not None:
        latest = f"SELECT {_ACT} FROM {EDIT_LOG.name} ORDER BY seq DESC LIMIT ?"
        return _acts(conn, f"SELECT {_ACT} FROM ({latest}) ORDER BY seq", last)
    if later is None:
        return _acts(conn, f"SELECT {_ACT} FROM {EDIT_LOG.name} ORDER BY seq")
    (count,) = conn.execute(f"SELECT count(*) FROM {EDIT_LOG.name}").fetchone()
    is_of_long_acts = count * _BYTES_OF_A_LONG_ACT < size_bytes(conn)
    before, after = _LEFT_UNREAD if is_of_long_acts else _read_up_to(LEFT_IN_FILE)
    query = f"SELECT {_HEAD}, {before}, {after} FROM {EDIT_LOG.name} ORDER BY seq"
    return _acts(conn, query, later=later)


def text_in_log(conn: sqlite3.Connection, seq: int, column: str) -> str:
    """Return what the act of a number has in a column. Raises ValueError if there is none."""
    row = conn.execute(f"SELECT {column} FROM {EDIT_LOG.name} WHERE seq = ?", (seq,)).fetchone()
    if row is None:
        msg = f"no act {seq}"
        raise ValueError(msg)
    return _text(row[0])


def act_in_log(conn: sqlite3.Connection, seq: int) -> LoggedAct | None:
    """Return the act of a number, None if there is none.

    Raises ValueError or TypeError for a row that cannot be read.
    """
    return next(_acts(conn, f"SELECT {_ACT} FROM {EDIT_LOG.name} WHERE seq = ?", seq), None)


def rows_after(conn: sqlite3.Connection) -> Iterator[tuple[str, str, LoggedRow]]:
    """Yield table, uid and row of each row that each act changed as it left it, the oldest first.

    Raises ValueError or TypeError for an act that says something else than rows.
    """
    query = f"SELECT seq, {_AFTER_READ} FROM {EDIT_LOG.name} WHERE seq > ? ORDER BY seq"
    reading = conn.execute(query, (-sys.maxsize,))
    while (row := reading.fetchone()) is not None:
        seq, after = row
        if isinstance(after, int):
            # Else SQLite keeps the whole text for as long as its rows are read.
            reading = conn.execute(query, (seq,))
        yield from each_row(partial(_pieces, conn, seq, "after", after))


def acts_at(conn: sqlite3.Connection, times: Set[str]) -> Iterator[LoggedAct]:
    """Yield the acts of some moments, the oldest first. times: as the file keeps them."""
    moments = conn.execute(f"SELECT seq, at_utc FROM {EDIT_LOG.name} ORDER BY seq").fetchall()
    for seq, at in moments:
        if at in times:
            yield from _acts(conn, f"SELECT {_ACT} FROM {EDIT_LOG.name} WHERE seq = ?", seq)


def _acts(
    conn: sqlite3.Connection,
    query: str,
    *values: int,
    later: Callable[[int, str], str] | None = None,
) -> Iterator[LoggedAct]:
    for seq, at, operator, label, entity, entity_uid, name, reason, before, after in conn.execute(
        query, values
    ):
        yield LoggedAct(
            seq,
            read_time(at),
            # The same few words in every row: kept once.
            sys.intern(operator),
            sys.intern(label),
            sys.intern(entity),
            _text(entity_uid),
            _text(name or ""),
            _text(reason or ""),
            _whole(conn, seq, "before", before, later),
            _whole(conn, seq, "after", after, later),
        )


def _whole(
    conn: sqlite3.Connection,
    seq: int,
    column: str,
    text: object,
    later: Callable[[int, str], str] | None,
) -> str | Unread:
    """Return the rows of an act. text: as they were read, the length of long ones or unknown."""
    if isinstance(text, int):
        if later is not None and _is_left(conn, seq, column, text):
            return Unread(partial(later, seq, column))
        return decoded(b"".join(_pieces(conn, seq, column, text)))
    return _text(text)


def _is_left(conn: sqlite3.Connection, seq: int, column: str, length: int) -> bool:
    """Return whether a text is so long that it is left in the file."""
    if length != _UNKNOWN:
        return True
    with conn.blobopen(EDIT_LOG.name, column, seq, readonly=True) as blob:
        return len(blob) > LEFT_IN_FILE


def _pieces(conn: sqlite3.Connection, seq: int, column: str, text: object) -> Iterator[bytes]:
    """Yield the rows of an act in pieces. text: as they were read, the length of long ones."""
    if isinstance(text, int):
        with conn.blobopen(EDIT_LOG.name, column, seq, readonly=True) as blob:
            yield from blob_pieces(blob)
    else:
        yield _text(text).encode()


def act_hash(entry: list[Value]) -> str:
    """Return the hash of a row: of previous_hash, seq, at_utc and so on, up to reason.

    Of a row from before schema version 2, which has no name: up to after.
    """
    # Bytes where a text should be are damage: their hash is that of no row.
    digest = hashlib.sha256(b"[")
    for place, value in enumerate(entry):
        digest.update(b"," if place else b"")
        if not isinstance(value, str):
            digest.update(json.dumps(value, default=repr).encode())
            continue
        digest.update(b'"')
        for start in range(0, len(value), _ENCODED_AT_ONCE):
            # Ten megabytes in one go would hold the window meanwhile.
            piece = json.dumps(value[start : start + _ENCODED_AT_ONCE], ensure_ascii=False)
            digest.update(piece[1:-1].encode())
        digest.update(b'"')
    digest.update(b"]")
    return digest.hexdigest()


def broken_links(conn: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Yield the number of each row of the log that does not follow from the one before it.

    With a reason: hash, previous_hash, seq (a number is missing) or end (rows after it
    are missing).
    """
    previous_hash, previous_seq = "", 0
    for row in conn.execute(f"SELECT {_COLUMNS} FROM {EDIT_LOG.name} ORDER BY seq"):
        *entry, link, own, name, reason = row
        seq = int(entry[0])
        if seq != previous_seq + 1:
            yield seq, "seq"
        if link != previous_hash:
            yield seq, "previous_hash"
        if name is not None or reason is not None:
            entry += (name, reason)
        if own != act_hash([link, *entry]):
            yield seq, "hash"
        previous_hash, previous_seq = own, seq
    (used,) = conn.execute(
        "SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (EDIT_LOG.name,)
    ).fetchone()
    if (used or 0) != previous_seq:
        yield previous_seq, "end"


def names_in_log(acts: Iterable[LoggedAct]) -> Iterator[str]:
    """Yield every name that an act took from a track, and those of the tracks it changed.

    Raises ValueError or KeyError for a log that says something else than rows.
    """
    start = f'{{"{TRACKS.name}":'
    for act in acts:
        if act.entity == "track" or act.before.startswith(start):
            # Of rows that have stayed in the file only those as they stood before: the names
            # they have after it stand in the table, or before a later act.
            for rows in (read_rows(act.before),) if act.is_in_file else act.rows():
                for row in rows.get(TRACKS.name, {}).values():
                    yield str(row["name"])


def _rows_text(rows: Rows) -> str:
    tables = (
        f"{_json(table)}:{{{','.join(_told_rows(table, by_uid))}}}"
        for table, by_uid in rows.items()
    )
    return f"{{{','.join(tables)}}}"


def _told_rows(table: str, by_uid: Mapping[str, Row]) -> Iterator[str]:
    """Yield each row: all of them in one go would hold the window meanwhile."""
    for uid, row in by_uid.items():
        plain = {
            column: logged_value(column, value)
            for column, value in row.items()
            if (table, column) != (TRACKS.name, GEOMETRY)
        }
        yield f"{_json(uid)}:{_json(plain)}"


def logged_value(column: str, value: Value) -> str | int | float | None:
    """Return a value as the log tells it: a geometry as well-known text, other bytes in hex."""
    if isinstance(value, bytes):
        return geometry_text(value) if column == GEOMETRY else value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    return value


def geometry_text(blob: bytes) -> str:
    """Return a point or a line as well-known text with all its digits.

    Anything unreadable, or elsewhere than on Earth, comes in hex.
    """
    try:
        return _point_text(blob)
    except ValueError:
        pass
    try:
        return _line_text(blob)
    except ValueError:
        return blob.hex()


def _point_text(blob: bytes) -> str:
    position = read_point(blob)
    if position is None:
        return "POINT EMPTY"
    return f"POINT ({position.lon_deg!r} {position.lat_deg!r})"


def _line_text(blob: bytes) -> str:
    line_deg = read_line(blob)
    if len(line_deg) < 2:
        return "LINESTRING EMPTY"
    # False for what is not a number, too.
    if not (np.abs(line_deg) <= (180.0, 90.0)).all():
        raise ValueError("no line on Earth")
    return f"LINESTRING ({', '.join(f'{lon!r} {lat!r}' for lon, lat in line_deg.tolist())})"


def geometry_from_text(text: str) -> bytes | None:
    """Return the geometry that ``geometry_text`` gave as text, None for an empty one.

    Raises ValueError for anything else.
    """
    if text in _EMPTY:
        return None
    point = _POINT.fullmatch(text)
    if point is not None:
        return point_blob(Position(float(point[1]), float(point[2])))
    line = _LINE.fullmatch(text)
    if line is None:
        msg = f"no geometry: {text:.80}"
        raise ValueError(msg)
    pairs = [pair.split(" ") for pair in line[1].split(", ")]
    return line_blob(np.array(pairs, dtype=np.float64).reshape(len(pairs), 2))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
