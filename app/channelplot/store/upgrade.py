"""Plot files of earlier versions: brought up to date in place, or in a copy that is only read.

Every version so far only added columns and tables, so one way serves all: what the file lacks
is added, and nothing that stands in it is changed; what another program gave a name that is ours
by now keeps what it holds under another. A file that is worked with is copied first.
A file that is only read is not touched: a copy of it in a temporary database is brought up to
date instead.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.connection import decoded, transaction
from channelplot.store.copies import write_copy
from channelplot.store.faults import faults_of
from channelplot.store.first_look import require_plot
from channelplot.store.schema import create_table, describe_columns, write_styles
from channelplot.store.set_aside import set_aside
from channelplot.store.tables import APP_META, LAYER_STYLES, SCHEMA_VERSION, TABLES, Table
from channelplot.store.triggers import quoted, unexpected_objects
from channelplot.store.versions import has_column, has_table

_DESCRIPTIONS: Final = frozenset({"gpkg_data_columns", "gpkg_data_column_constraints"})


def upgrade_file(conn: sqlite3.Connection, path: Path) -> None:
    """Bring a plot file up to date, in one transaction, after a checked copy of it as it was.

    The copy stands beside the file (``night.v1.gpkg``) and takes no name that is taken; without
    it nothing is done. conn: the writer's. Raises PlotFileError; the file is as it was then.
    """
    with faults_of(path):
        version = require_plot(conn, path)
    if version == SCHEMA_VERSION:
        return
    kept = _free_name(path, version)
    write_copy(conn, path, kept, (), replace=False)
    try:
        with faults_of(path), _leniently(conn, path), transaction(conn):
            _upgrade(conn, version)
    except PlotFileError:
        kept.unlink(missing_ok=True)
        raise


@contextmanager
def up_to_date(conn: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection on which a plot has the tables of the present version, to read only.

    The same one, or for an older file one to an upgraded copy. The caller holds one read
    transaction around it. Raises PlotFileError for what is no plot of ours.
    """
    version = require_plot(conn, path)
    if version == SCHEMA_VERSION:
        yield conn
        return
    with closing(sqlite3.connect("", isolation_level=None)) as copy:
        conn.backup(copy)
        copy.text_factory = decoded
        copy.execute("PRAGMA trusted_schema = OFF")
        upgrade_copy(copy, path, version)
        copy.execute("PRAGMA query_only = ON")
        yield copy


def upgrade_copy(conn: sqlite3.Connection, path: Path, version: int) -> None:
    """Bring a copy of a file up to date, and rid it of what nobody here would have put into it.

    path: of the file, which errors name; version: the one it has. Raises PlotFileError.
    """
    strange = set(unexpected_objects(conn))
    objects = conn.execute("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')")
    with _leniently(conn, path), transaction(conn):
        for kind, name in objects.fetchall():
            if name in strange:
                conn.execute(f"DROP {kind} IF EXISTS {quoted(name)}")
        _upgrade(conn, version)


@contextmanager
def _leniently(conn: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Let a row that fails a CHECK be told by its name when it is loaded, not stop an upgrade."""
    conn.execute("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise PlotFileError(PlotFileFault.DAMAGED, path, str(error)) from error
    finally:
        conn.execute("PRAGMA ignore_check_constraints = OFF")


def _upgrade(conn: sqlite3.Connection, version: int) -> None:
    (at,) = conn.execute("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')").fetchone()
    for table in TABLES:
        if has_table(version, table):
            _add_columns(conn, table, version)
        else:
            set_aside(conn, table.name, version)
            create_table(conn, table, at)
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
    if tables >= _DESCRIPTIONS:
        describe_columns(conn)
    if LAYER_STYLES.name in tables:
        write_styles(conn, (table for table in TABLES if not has_table(version, table)), at)
    conn.execute(
        f"UPDATE {APP_META.name} SET value = ? WHERE key = 'schema_version'", (str(SCHEMA_VERSION),)
    )


def _add_columns(conn: sqlite3.Connection, table: Table, version: int) -> None:
    there = {row[1] for row in conn.execute(f"PRAGMA table_info({quoted(table.name)})")}
    for column in table.columns:
        if has_column(version, table, column.name):
            continue
        if column.name in there:
            # Another program's: it keeps its values, under another name.
            other = f"{column.name}_v{version}"
            conn.execute(f"ALTER TABLE {table.name} RENAME COLUMN {column.name} TO {other}")
        conn.execute(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {column.sql}")


def _free_name(path: Path, version: int) -> Path:
    """Return the name of the copy: the first that nothing has."""
    number, name = 1, f"{path.stem}.v{version}"
    while os.path.lexists(path.with_name(f"{name}{path.suffix}")):
        number += 1
        name = f"{path.stem}.v{version}-{number}"
    return path.with_name(f"{name}{path.suffix}")
