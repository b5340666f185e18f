"""Everything that can be wrong with a plot file, found without changing it.

The file is copied first, through SQLite, and the copy is looked at: a writer at work is
kept waiting for a moment only. The copy of a file of an earlier version is brought up to date
before its rows are.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.rules import problems_of
from channelplot.model.track import Track
from channelplot.store.connection import connect_to_read, decoded, transaction
from channelplot.store.faults import faults_of
from channelplot.store.first_look import missing_parts, real_path, require_file, require_plot
from channelplot.store.geometry import envelope, read_line, read_point, track_blob
from channelplot.store.load import load_plot
from channelplot.store.log import broken_links
from channelplot.store.recovery import has_unfinished_act, rolled_back_copy
from channelplot.store.replay import LOGGED_TABLES, log_differences
from channelplot.store.schema import APPLICATION_ID, USER_VERSION
from channelplot.store.tables import (
    EDIT_LOG,
    GEOMETRY,
    SCHEMA_VERSION,
    TABLES,
    Column,
    Table,
)
from channelplot.store.times import read_time
from channelplot.store.triggers import missing_triggers, rtree_name, unexpected_objects
from channelplot.store.upgrade import upgrade_copy
from channelplot.store.values import Value

_TOLERANCE_DEG: Final = 1e-9
"""A tenth of a millimetre: another program may have computed the same again."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a code, where (table and uid, empty for none), and details.

    code: integrity, foreign_key, rtree, application_id, user_version, missing, trigger,
    strange, geometry, time, code, text, number, people, track, line, log, log_differs (changed by
    another program; the plot itself can be read) or unreadable; or a code of ``model/rules.py``,
    with the kind of the thing as its table.
    """

    code: str
    table: str
    uid: str
    detail: str


def check(path: Path) -> tuple[Finding, ...]:
    """Return everything that is wrong with a plot file; nothing for a sound one.

    Raises PlotFileError where there is no plot to check: no file, no GeoPackage, another
    program's, or one of a newer version.
    """
    path = real_path(path)
    require_file(path)
    found: list[Finding] = []
    try:
        with faults_of(path), _copy_of(path) as conn:
            found.extend(_findings(conn, path))
    except PlotFileError as error:
        if error.fault is not PlotFileFault.DAMAGED:
            raise
        found.append(Finding("unreadable", "", "", error.detail))
    return tuple(found)


def _findings(conn: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    version = require_plot(conn, path)
    integrity = [
        Finding("integrity", "", "", str(row[0]))
        for row in conn.execute("PRAGMA integrity_check")
        if row[0] != "ok"
    ]
    yield from integrity
    missing = missing_parts(conn, version)
    for name in missing:
        yield Finding("missing", name.partition(".")[0], "", name)
    # What fails a CHECK is found again below, with the row's name.
    if missing or any("constraint failed" not in finding.detail for finding in integrity):
        return
    strange = unexpected_objects(conn)
    if version != SCHEMA_VERSION:
        upgrade_copy(conn, path, version)
    conn.execute("PRAGMA query_only = ON")
    yield from _container(conn, strange)
    # Bytes that are no UTF-8 come out as lone surrogates, which no text can hold.
    conn.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    for table in LOGGED_TABLES:
        yield from _values(conn, table)
    yield from _replay(conn)
    conn.text_factory = decoded
    yield from _agreement(conn)
    for seq, reason in broken_links(conn):
        yield Finding("log", EDIT_LOG.name, str(seq), reason)
    plot = load_plot(conn, path).plot
    for track in plot.tracks.values():
        yield from _line(conn, track)
    for problem in problems_of(plot):
        yield Finding(problem.code.value, problem.entity, problem.uid, "")


def _container(conn: sqlite3.Connection, strange: tuple[str, ...]) -> Iterator[Finding]:
    """Look at what makes the file a GeoPackage that others can use, and ours to write to.

    strange: the names of its triggers and views that are not ours.
    """
    for code, expected in (("application_id", APPLICATION_ID), ("user_version", USER_VERSION)):
        (value,) = conn.execute(f"PRAGMA {code}").fetchone()
        if value != expected:
            yield Finding(code, "", "", str(value))
    for table, fid, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield Finding("foreign_key", str(table), "", f"row {fid} refers to no row of {parent}")
    for name in missing_triggers(conn):
        yield Finding("trigger", "", "", name)
    for name in strange:
        yield Finding("strange", "", "", name)
    for layer in TABLES:
        if layer.geometry_type is not None:
            yield from _index(conn, layer)


def _index(conn: sqlite3.Connection, layer: Table) -> Iterator[Finding]:
    """Look at a spatial index, and whether it holds just what its layer does."""
    index = rtree_name(layer.name)
    verdict = conn.execute("SELECT rtreecheck(?)", (index,)).fetchone()[0]
    if verdict != "ok":
        yield Finding("rtree", layer.name, "", str(verdict))
        return
    boxes = {row[0]: row[1:] for row in conn.execute(f"SELECT * FROM {index}")}
    query = f"SELECT {layer.key}, uid, {GEOMETRY} FROM {layer.name} WHERE {GEOMETRY} NOT NULL"
    for fid, uid, blob in conn.execute(query):
        try:
            box = envelope(blob)
        except ValueError:
            box = None  # Told of with the other values.
        indexed = boxes.pop(fid, None)
        if box is None:
            continue
        if indexed is None:
            yield Finding("rtree", layer.name, str(uid), "not in the index")
        elif not (
            indexed[0] - _TOLERANCE_DEG <= box[0] <= box[1] <= indexed[1] + _TOLERANCE_DEG
            and indexed[2] - _TOLERANCE_DEG <= box[2] <= box[3] <= indexed[3] + _TOLERANCE_DEG
        ):
            yield Finding("rtree", layer.name, str(uid), "elsewhere in the index")
    for fid in boxes:
        yield Finding("rtree", layer.name, "", f"row {fid} of the index has no geometry")


def _values(conn: sqlite3.Connection, table: Table) -> Iterator[Finding]:
    """Look at every value of a table: whether it is what its column is for."""
    columns = table.columns[1:]
    names = ", ".join(column.name for column in columns)
    for uid, *values in conn.execute(f"SELECT uid, {names} FROM {table.name}"):
        for column, value in zip(columns, values, strict=True):
            code = None if value is None else _fault_of(column, value)
            if code is not None:
                detail = ascii(value)
                yield Finding(code, table.name, str(uid), f"{column.name}: {detail:.80}")


def _fault_of(column: Column, value: Value) -> str | None:
    kind = column.sql.split()[0]
    if kind in ("POINT", "LINESTRING"):
        return None if _is_geometry(kind, value) else "geometry"
    if kind in ("DOUBLE", "INTEGER", "BOOLEAN"):
        return None if isinstance(value, int | float) else "number"
    if not isinstance(value, str) or not _is_storable(value):
        return "text"
    if kind == "DATETIME":
        return None if _is_time(value) else "time"
    if column.codes is not None and value not in set(column.codes):
        return "code"
    return None


def _is_geometry(kind: str, value: Value) -> bool:
    if not isinstance(value, bytes):
        return False
    try:
        if kind == "POINT":
            read_point(value)
            return True
        line_deg = read_line(value)
    except ValueError:
        return False
    # False for what is not a number, too.
    return bool((np.abs(line_deg) <= (180.0, 90.0)).all())


def _is_time(text: str) -> bool:
    try:
        read_time(text)
    except ValueError:
        return False
    return True


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _agreement(conn: sqlite3.Connection) -> Iterator[Finding]:
    """Look at what stands in two tables."""
    for uid, report_uid in conn.execute(
        "SELECT c.uid, r.uid FROM people_counts AS c JOIN reports AS r ON r.uid = c.report_uid"
        " WHERE c.withdrawn_at_utc IS NULL AND r.withdrawn_at_utc IS NULL"
        " AND (c.total IS NOT r.people_total OR c.children IS NOT r.people_children)"
    ):
        yield Finding("people", "people_counts", str(uid), f"differs from report {report_uid}")
    for uid, track_uid in conn.execute(
        "SELECT r.uid, t.uid FROM reports AS r JOIN tracks AS t ON t.uid = r.track_uid"
        " WHERE r.withdrawn_at_utc IS NULL AND t.withdrawn_at_utc IS NOT NULL"
    ):
        yield Finding("track", "reports", str(uid), f"track {track_uid} is withdrawn")


def _replay(conn: sqlite3.Connection) -> Iterator[Finding]:
    """Look for rows that are not as the log left them."""
    try:
        for row in log_differences(conn):
            yield Finding("log_differs", row.table, row.uid, row.what)
    except (ValueError, TypeError) as error:
        detail = ascii(str(error))
        yield Finding("log", EDIT_LOG.name, "", f"{detail:.80}")


def _line(conn: sqlite3.Connection, track: Track) -> Iterator[Finding]:
    """Compare the line of a track with its reports."""
    (blob,) = conn.execute("SELECT geom FROM tracks WHERE uid = ?", (track.uid,)).fetchone()
    if blob is None and track_blob(track.line_deg) is None:
        return
    # One that stays where it begins was a line once.
    expected = track.line_deg if len(track.line_deg) > 1 else np.empty((0, 2))
    try:
        line_deg = np.empty((0, 2)) if blob is None else read_line(blob)
    except ValueError:
        return  # Told of with the other values.
    if line_deg.shape != expected.shape or not np.allclose(
        line_deg, expected, rtol=0.0, atol=_TOLERANCE_DEG
    ):
        yield Finding("line", "tracks", track.uid, "is not the line of its reports")


@contextmanager
def _copy_of(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to a copy of the file, kept apart from it in a temporary database."""
    with ExitStack() as stack:
        if has_unfinished_act(path):
            path = stack.enter_context(rolled_back_copy(path))
        copy = stack.enter_context(closing(sqlite3.connect("", isolation_level=None)))
        with closing(connect_to_read(path)) as source, transaction(source, is_writing=False):
            # A lock first: the backup call itself would wait for ever to get one.
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(copy)
        copy.text_factory = decoded
        copy.execute("PRAGMA trusted_schema = OFF")
        yield copy
