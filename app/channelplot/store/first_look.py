"""The first look at a file: whether it is a plot that may be opened, before it is.

Nothing on disk changes, and nothing that the file brings along is run. The one exception
is a plot whose last writer was killed within a transaction: SQLite finishes that by
rolling it back before anything can be read; a file that is no plot is left as it is, which a copy
shows, or, where a full disk has no room for one, its first page.
"""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.connection import connect_to_read, patiently
from channelplot.store.faults import extended_code, faults_of
from channelplot.store.recovery import (
    CannotCopy,
    application_id_on_first_page,
    has_unfinished_act,
    roll_back,
    rolled_back_copy,
)
from channelplot.store.schema import APPLICATION_ID, USER_VERSION
from channelplot.store.soundness import broken_constraint, damage_of, is_large, page_damage_of
from channelplot.store.tables import APP_META, APPLICATION, REQUIRED, SCHEMA_VERSION
from channelplot.store.triggers import quoted, unexpected_objects
from channelplot.store.versions import has_column, has_table

_GEOPACKAGE_IDS: Final = frozenset({APPLICATION_ID, 0x47503130, 0x47503131})
"""GPKG, and what versions 1.0 and 1.1 had: GP10, GP11."""
_STANDARD_TABLES: Final = frozenset(
    {"gpkg_spatial_ref_sys", "gpkg_contents", "gpkg_geometry_columns"}
)


def real_path(path: Path) -> Path:
    """Return the absolute path behind all links: one file has one lock, whatever its names.

    Unlike ``Path.resolve`` this leaves links in a circle to be told of when they are used.
    """
    return Path(os.path.realpath(path))


def require_file(path: Path) -> None:
    """Raise PlotFileError unless an ordinary file that is not empty is there."""
    with faults_of(path):
        if not path.parent.is_dir():
            raise PlotFileError(PlotFileFault.FOLDER_MISSING, path)
        try:
            status = path.stat()
        except FileNotFoundError:
            raise PlotFileError(PlotFileFault.NOT_FOUND, path) from None
    if not stat.S_ISREG(status.st_mode):
        raise PlotFileError(PlotFileFault.NOT_A_FILE, path)
    if status.st_size == 0:
        raise PlotFileError(PlotFileFault.NOT_GEOPACKAGE, path, "empty")


def first_look(path: Path) -> tuple[str, ...]:
    """Return the triggers and views of a plot file that no one here would have made.

    So stands, too, a version of GeoPackage that is not ours to write to, and a constraint that a
    row breaks (which row, loading tells, if it is one that is loaded). With any of these the
    file may be read, but not written to. Raises PlotFileError for a file that is no plot, is
    damaged or is of a newer version, and for one that would keep us looking for ever (TOO_SLOW).
    The spatial indexes of a large file are left to whoever writes to it. path: absolute.
    """
    require_file(path)
    with faults_of(path):
        try:
            is_unfinished = has_unfinished_act(path)
        except sqlite3.OperationalError as error:
            if extended_code(error) & 0xFF == sqlite3.SQLITE_CANTOPEN:
                raise PlotFileError(PlotFileFault.INPUT_OUTPUT, path, str(error)) from error
            raise
        if not is_unfinished:
            return _look(path, path)
        try:
            with rolled_back_copy(path) as copy:
                found = _look(copy, path)
        except CannotCopy:
            # A full disk must not keep a night's plot shut; rolling back takes no room.
            if application_id_on_first_page(path) not in _GEOPACKAGE_IDS:
                raise PlotFileError(PlotFileFault.NOT_GEOPACKAGE, path, "application_id") from None
            roll_back(path)
            return _look(path, path)
        roll_back(path)
        return found


def require_plot(conn: sqlite3.Connection, path: Path) -> int:
    """Return the version of the file's tables.

    Raises PlotFileError unless it is a GeoPackage of ours that we know to read.
    """
    (application_id,) = conn.execute("PRAGMA application_id").fetchone()
    if application_id not in _GEOPACKAGE_IDS:
        raise PlotFileError(PlotFileFault.NOT_GEOPACKAGE, path, "application_id")
    tables = _tables(conn)
    if not tables >= _STANDARD_TABLES:
        raise PlotFileError(PlotFileFault.NOT_GEOPACKAGE, path, "tables")
    if APP_META.name not in tables or not {"key", "value"} <= _columns(conn, APP_META.name):
        raise PlotFileError(PlotFileFault.OTHER_PROGRAM, path)
    entries = dict(conn.execute(f"SELECT key, value FROM {APP_META.name}").fetchall())
    if not str(entries.get("application", "")).startswith(APPLICATION):
        raise PlotFileError(PlotFileFault.OTHER_PROGRAM, path)
    version = str(entries.get("schema_version", ""))
    if not (version.isascii() and version.isdigit() and int(version) > 0):
        raise PlotFileError(PlotFileFault.DAMAGED, path, f"schema_version {version!r}")
    if int(version) > SCHEMA_VERSION:
        raise PlotFileError(PlotFileFault.TOO_NEW, path, version)
    return int(version)


def require_ours(conn: sqlite3.Connection, path: Path) -> None:
    """Raise PlotFileError unless an open plot may still be written to as it is built.

    DAMAGED: what a plot needs is gone from it. FOREIGN: another program put triggers or views
    into it, or made it a GeoPackage of another kind.
    """
    try:
        version = require_plot(conn, path)
    except PlotFileError as error:
        raise PlotFileError(PlotFileFault.DAMAGED, path, error.detail or error.fault) from error
    missing = missing_parts(conn, version)
    if version != SCHEMA_VERSION or missing:
        detail = f"version {version}, missing: {', '.join(missing)}"
        raise PlotFileError(PlotFileFault.DAMAGED, path, detail)
    strange = unexpected_objects(conn) + _unexpected_numbers(conn)
    if strange:
        raise PlotFileError(PlotFileFault.FOREIGN, path, ", ".join(strange))


def missing_parts(conn: sqlite3.Connection, version: int) -> tuple[str, ...]:
    """Return the tables, and the columns as ``table.column``, that a plot needs and lacks.

    version: of its tables; what a later one brought it does not need.
    """
    tables = _tables(conn)
    missing = []
    for table in REQUIRED:
        if not has_table(version, table):
            continue
        if table.name not in tables:
            missing.append(table.name)
            continue
        there = _columns(conn, table.name)
        missing += [
            f"{table.name}.{column.name}"
            for column in table.columns
            if column.name not in there and has_column(version, table, column.name)
        ]
    return tuple(missing)


def _look(looked_at: Path, path: Path) -> tuple[str, ...]:
    """Look at a file, or at a copy of it; errors name path."""
    with closing(connect_to_read(looked_at)) as conn, patiently(conn):
        version = require_plot(conn, path)
        damage = page_damage_of(conn) if is_large(conn) else damage_of(conn)
        if damage is not None:
            raise PlotFileError(PlotFileFault.DAMAGED, path, damage)
        missing = missing_parts(conn, version)
        if missing:
            raise PlotFileError(PlotFileFault.DAMAGED, path, f"missing: {', '.join(missing)}")
        broken = broken_constraint(conn)
        values = () if broken is None else (broken,)
        return unexpected_objects(conn) + _unexpected_numbers(conn) + values


def _unexpected_numbers(conn: sqlite3.Connection) -> tuple[str, ...]:
    """Return what says that the file is no GeoPackage of a kind that we know to write to."""
    (application_id,) = conn.execute("PRAGMA application_id").fetchone()
    (user_version,) = conn.execute("PRAGMA user_version").fetchone()
    if application_id == APPLICATION_ID and user_version <= USER_VERSION:
        return ()
    return (f"GeoPackage {application_id:x} {user_version}",)


def _tables(conn: sqlite3.Connection) -> set[str]:
    """Return the names of the ordinary tables; a virtual one is not what it says."""
    rows = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
    return {str(name) for (name,) in rows}


def _columns(conn: sqlite3.Connection, table: str) -> set[str]:
    return {str(row[1]) for row in conn.execute(f"PRAGMA table_info({quoted(table)})")}
