"""Layers and tables of other programs that have a name which a later version uses itself."""

import sqlite3
from typing import Final

from channelplot.store.triggers import quoted, rtree_name

_NAMES_OF_TABLES: Final = (
    ("gpkg_geometry_columns", "table_name"),
    ("gpkg_extensions", "table_name"),
    ("gpkg_data_columns", "table_name"),
    ("gpkg_metadata_reference", "table_name"),
    ("layer_styles", "f_table_name"),
)
"""Where a table of a GeoPackage is named, apart from ``gpkg_contents``."""
_DERIVED: Final = (
    ("gpkg_extensions", " AND extension_name = 'gpkg_rtree_index'"),
    ("gpkg_ogr_contents", ""),
)
"""Rows about a table that are no longer so without its triggers, with a condition."""


def set_aside(conn: sqlite3.Connection, name: str, version: int) -> None:
    """Give a table that is in the way another name: ``limits_v2`` of a file of version 2.

    It keeps its rows and whatever a GeoPackage says of it; a spatial index and a count of rows,
    which follow from the rows, go. A layer that only calls itself so (``identifier``) is called
    otherwise. Nothing is done where nothing is in the way. Within a transaction.
    """
    conn.execute(
        "UPDATE gpkg_contents SET identifier = identifier || ? WHERE identifier = ?",
        (f"_v{version}", name),
    )
    tables = {
        str(table).lower(): str(table)
        for (table,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if name not in tables:
        return
    old, new = tables[name], _free_name(f"{name}_v{version}", set(tables))
    conn.execute("PRAGMA defer_foreign_keys = ON")
    _drop_triggers_and_index(conn, old)
    for table, condition in _DERIVED:
        if table in tables:
            conn.execute(f"DELETE FROM {table} WHERE lower(table_name) = ?{condition}", (name,))
    conn.execute(f"ALTER TABLE {quoted(old)} RENAME TO {quoted(new)}")
    conn.execute("UPDATE gpkg_contents SET table_name = ? WHERE lower(table_name) = ?", (new, name))
    for table, column in _NAMES_OF_TABLES:
        if table in tables:
            conn.execute(f"UPDATE {table} SET {column} = ? WHERE lower({column}) = ?", (new, name))


def _drop_triggers_and_index(conn: sqlite3.Connection, table: str) -> None:
    """Drop what names a table in a way that renaming it would leave behind."""
    triggers = conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    )
    for (trigger,) in triggers.fetchall():
        conn.execute(f"DROP TRIGGER {quoted(trigger)}")
    columns = conn.execute(
        "SELECT column_name FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?)", (table,)
    )
    for (column,) in columns.fetchall():
        conn.execute(f"DROP TABLE IF EXISTS {quoted(rtree_name(table, str(column)))}")


def _free_name(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
