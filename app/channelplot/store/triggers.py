"""The triggers a plot file has, and those that other programs may add to it.

A trigger in a file from elsewhere could change rows behind our back, so every one is
compared with what is generated here; a file with any other trigger, or with a view, is
opened without writing to it.
"""

import functools
import re
import sqlite3
from collections.abc import Iterator
from typing import Final

from channelplot.store.tables import EDIT_LOG, FID, GEOMETRY, TABLES, UID, Table

_RANDOM_UUID: Final = (
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4'"
    " || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1)"
    " || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
)
"""Version 4, as ``model/ids.py`` makes them."""
_NEVER_WRITTEN: Final = frozenset({"gpkg_tile_matrix", "gpkg_metadata", "gpkg_metadata_reference"})
"""Tables of the standard that carry triggers of their own; a plot is never written there."""


def quoted(name: str) -> str:
    """Return the name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def rtree_name(table: str, column: str = GEOMETRY) -> str:
    """Return the name of the spatial index of a layer."""
    return f"rtree_{table}_{column}"


def rtree_triggers(table: str, column: str = GEOMETRY, key: str = FID) -> dict[str, str]:
    """Return the triggers that keep a spatial index, by name.

    GeoPackage 1.4.0, annex F.3 (extension_rtree). There update6 names the layer where the
    index is meant; here, as in GDAL, it is the index.
    """
    t, c, i, index = quoted(table), quoted(column), quoted(key), rtree_name(table, column)
    box = f"ST_MinX(NEW.{c}), ST_MaxX(NEW.{c}), ST_MinY(NEW.{c}), ST_MaxY(NEW.{c})"
    new_there = f"(NEW.{c} NOTNULL AND NOT ST_IsEmpty(NEW.{c}))"
    new_empty = f"(NEW.{c} ISNULL OR ST_IsEmpty(NEW.{c}))"
    old_there = f"(OLD.{c} NOTNULL AND NOT ST_IsEmpty(OLD.{c}))"
    old_empty = f"(OLD.{c} ISNULL OR ST_IsEmpty(OLD.{c}))"
    replace = f"INSERT OR REPLACE INTO {quoted(index)} VALUES (NEW.{i}, {box});"
    insert = f"INSERT INTO {quoted(index)} VALUES (NEW.{i}, {box});"
    update = (
        f"UPDATE {quoted(index)} SET minx = ST_MinX(NEW.{c}), maxx = ST_MaxX(NEW.{c}),"
        f" miny = ST_MinY(NEW.{c}), maxy = ST_MaxY(NEW.{c}) WHERE id = NEW.{i};"
    )
    delete = f"DELETE FROM {quoted(index)} WHERE id = OLD.{i};"
    delete_both = f"DELETE FROM {quoted(index)} WHERE id IN (OLD.{i}, NEW.{i});"
    same, moved = f"OLD.{i} = NEW.{i}", f"OLD.{i} != NEW.{i}"
    on_geometry, on_any = f"AFTER UPDATE OF {c} ON {t}", f"AFTER UPDATE ON {t}"
    parts = {
        "insert": (
            f"AFTER INSERT ON {t} WHEN (new.{c} NOT NULL AND NOT ST_IsEmpty(NEW.{c}))",
            replace,
        ),
        "update2": (f"{on_geometry} WHEN {same} AND {new_empty}", delete),
        "update4": (f"{on_any} WHEN {moved} AND {new_empty}", delete_both),
        "update5": (f"{on_any} WHEN {moved} AND {new_there}", f"{delete} {replace}"),
        "update6": (f"{on_geometry} WHEN {same} AND {new_there} AND {old_there}", update),
        "update7": (f"{on_geometry} WHEN {same} AND {new_there} AND {old_empty}", insert),
        "delete": (f"AFTER DELETE ON {t} WHEN old.{c} NOT NULL", delete),
    }
    return {
        f"{index}_{suffix}": _trigger(f"{index}_{suffix}", when, actions)
        for suffix, (when, actions) in parts.items()
    }


def log_triggers() -> dict[str, str]:
    """Return the triggers that let ``edit_log`` grow and do nothing else, by name."""
    log = EDIT_LOG.name
    refuse = f"SELECT RAISE(ABORT, '{log} only grows');"
    return {
        f"{log}_no_{event.lower()}": _trigger(
            f"{log}_no_{event.lower()}", f"BEFORE {event} ON {log}{condition}", refuse
        )
        for event, condition in (
            ("UPDATE", ""),
            ("DELETE", ""),
            # REPLACE would take a row away without firing the one above.
            ("INSERT", f" WHEN EXISTS (SELECT 1 FROM {log} WHERE seq = NEW.seq)"),
        )
    }


def uid_trigger(table: str) -> dict[str, str]:
    """Return the trigger that gives a row a UUID which came without one, by name.

    Other programs know nothing of uids when they add a row.
    """
    name = f"{table}_new_uid"
    condition = f"WHEN NEW.{UID} IS NULL OR NEW.{UID} = ''"
    fill = f"UPDATE {table} SET {UID} = {_RANDOM_UUID} WHERE {FID} = NEW.{FID};"
    return {name: _trigger(name, f"AFTER INSERT ON {table} {condition}", fill)}


def table_triggers(table: Table) -> dict[str, str]:
    """Return the triggers that a table is made with, by name."""
    triggers = log_triggers() if table is EDIT_LOG else {}
    if UID in table.column_names:
        triggers |= uid_trigger(table.name)
    if table.geometry_type is not None:
        triggers |= rtree_triggers(table.name)
    return triggers


def plot_triggers() -> dict[str, str]:
    """Return every trigger that a plot file is made with, by name."""
    return {name: sql for table in TABLES for name, sql in table_triggers(table).items()}


def missing_triggers(conn: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of a plot file's own triggers that are not there as generated."""
    there = {str(name): _normal(str(sql)) for name, _, sql in _triggers(conn)}
    return tuple(name for name, sql in plot_triggers().items() if there.get(name) != _normal(sql))


def unexpected_objects(conn: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the views, and of the triggers that nobody here would have made.

    Allowed beside our own: the triggers with which GDAL counts rows, those of spatial
    indexes on any layer, of today and of GeoPackage 1.0 to 1.3, and those of the standard
    on tables that a plot is never written to.
    """
    allowed = {_normal(sql) for sql in plot_triggers().values()}
    keys = _layer_keys(conn)
    for table, column, key in keys:
        allowed |= {_normal(sql) for sql in rtree_triggers(table, column, key).values()}
        allowed |= {_normal(sql) for sql in _old_rtree_triggers(table, column, key)}
    for (table,) in conn.execute("SELECT table_name FROM gpkg_contents"):
        allowed |= {_normal(sql) for sql in _count_triggers(str(table))}
    strange = [
        str(name)
        for name, table, sql in _triggers(conn)
        if str(table) not in _NEVER_WRITTEN and _normal(str(sql)) not in allowed
    ]
    strange += [
        str(name) for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
    ]
    return tuple(strange)


def _triggers(conn: sqlite3.Connection) -> list[tuple[object, object, object]]:
    return conn.execute(
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()


def _layer_keys(conn: sqlite3.Connection) -> list[tuple[str, str, str]]:
    layers = conn.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall()
    found = []
    for table, column in layers:
        for _, name, _, _, _, place in conn.execute(f"PRAGMA table_info({quoted(str(table))})"):
            if place == 1:
                found.append((str(table), str(column), str(name)))
    return found


def _old_rtree_triggers(table: str, column: str, key: str) -> Iterator[str]:
    """Yield what GeoPackage 1.0 to 1.3 had where 1.4 has update5, update6 and update7."""
    t, c, i, index = quoted(table), quoted(column), quoted(key), rtree_name(table, column)
    there = f"(NEW.{c} NOTNULL AND NOT ST_IsEmpty(NEW.{c}))"
    replace = (
        f"INSERT OR REPLACE INTO {quoted(index)} VALUES (NEW.{i}, ST_MinX(NEW.{c}),"
        f" ST_MaxX(NEW.{c}), ST_MinY(NEW.{c}), ST_MaxY(NEW.{c}));"
    )
    delete = f"DELETE FROM {quoted(index)} WHERE id = OLD.{i};"
    same = f"AFTER UPDATE OF {c} ON {t} WHEN OLD.{i} = NEW.{i} AND {there}"
    yield _trigger(f"{index}_update1", same, replace)
    for event in (f"UPDATE ON {t}", f"UPDATE OF {c} ON {t}"):
        moved = f"AFTER {event} WHEN OLD.{i} != NEW.{i} AND {there}"
        yield _trigger(f"{index}_update3", moved, f"{delete} {replace}")


def _count_triggers(table: str) -> Iterator[str]:
    name = "'" + table.replace("'", "''") + "'"
    for event, sign in (("insert", "+"), ("delete", "-")):
        yield _trigger(
            f"trigger_{event}_feature_count_{table}",
            f"AFTER {event.upper()} ON {quoted(table)}",
            f"UPDATE gpkg_ogr_contents SET feature_count = feature_count {sign} 1"
            f" WHERE lower(table_name) = lower({name});",
        )


def _trigger(name: str, when: str, actions: str) -> str:
    return f"CREATE TRIGGER {quoted(name)} {when} BEGIN {actions} END"


@functools.lru_cache(maxsize=1024)
def _normal(sql: str) -> str:
    """Return the text without spaces and quotes around names, in lower case."""
    return re.sub(r'[\s"]', "", sql).lower()
