"""Making the tables of a new plot file: a GeoPackage 1.4, ready for QGIS."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from channelplot.store.connection import transaction
from channelplot.store.styles import layer_styles
from channelplot.store.tables import (
    APP_META,
    APPLICATION,
    GEOMETRY,
    SCHEMA_VERSION,
    TABLES,
    Table,
)
from channelplot.store.times import time_text
from channelplot.store.triggers import quoted, rtree_name, table_triggers
from channelplot.version import __version__

APPLICATION_ID: Final = 0x47504B47
"""GPKG in ASCII (GeoPackage 1.4, requirement 2)."""
USER_VERSION: Final = 10400
"""GeoPackage 1.4.0; the schema's own version is in ``app_meta``."""
SRS_ID: Final = 4326

_WGS_84: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_SYSTEMS: Final = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic"),
    (
        "WGS 84 geodetic",
        SRS_ID,
        "EPSG",
        4326,
        _WGS_84,
        "longitude and latitude in decimal degrees on the WGS 84 ellipsoid",
    ),
)
_NOW: Final = "DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))"

# GeoPackage 1.4.0, annex C, and annex F.2.
_CORE_TABLES: Final = (
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL,"
    " srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,"
    " organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)",
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,"
    f" identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL {_NOW},"
    " min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,"
    " CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))",
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,"
    " m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT uk_gc_table_name UNIQUE (table_name),"
    " CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),"
    " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))",
    "CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT,"
    " extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,"
    " CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))",
)
# Annex F.9.
_DESCRIBING_TABLES: Final = (
    "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT,"
    " CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT gdc_tn UNIQUE (table_name, name))",
    "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL,"
    " constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,"
    " max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,"
    " CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))",
)
_RTREE_DEFINITION: Final = "http://www.geopackage.org/spec140/#extension_rtree"
_SCHEMA_DEFINITION: Final = "http://www.geopackage.org/spec140/#extension_schema"


def create_schema(conn: sqlite3.Connection, at_utc: datetime, *, is_example: bool) -> None:
    """Make the tables, triggers and descriptions of an empty plot, in one transaction.

    conn: on an empty database, with the geometry functions registered, no transaction
    open. at_utc: the time of creation that the file will tell.
    """
    say_geopackage(conn)
    at = time_text(at_utc)
    with transaction(conn):
        create_core(conn)
        for statement in _DESCRIBING_TABLES:
            conn.execute(statement)
        for table in TABLES:
            create_table(conn, table, at)
        for name in ("gpkg_data_columns", "gpkg_data_column_constraints"):
            conn.execute(
                "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', ?, 'read-write')",
                (name, _SCHEMA_DEFINITION),
            )
        describe_columns(conn)
        _write_meta(conn, at, is_example=is_example)
        write_styles(conn, TABLES, at)


def say_geopackage(conn: sqlite3.Connection) -> None:
    """Have an empty database say that it is a GeoPackage; outside of any transaction."""
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {USER_VERSION}")


def create_core(conn: sqlite3.Connection) -> None:
    """Make the tables that every GeoPackage has, in the transaction that is open."""
    for statement in _CORE_TABLES:
        conn.execute(statement)
    conn.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)


def create_table(conn: sqlite3.Connection, table: Table, at: str) -> None:
    """Make an empty table with its triggers, and tell other programs of it.

    at: the time of its making, as the file keeps times.
    """
    create_bare_table(conn, table, at)
    for statement in table_triggers(table).values():
        conn.execute(statement)


def create_bare_table(conn: sqlite3.Connection, table: Table, at: str) -> None:
    """Make an empty table without triggers, for whoever fills it first; tell others of it.

    at: the time of its making, as the file keeps times.
    """
    for statement in _table_statements(table):
        conn.execute(statement)
    _register(conn, table, at)


def _table_statements(table: Table) -> Iterator[str]:
    columns = ", ".join(f"{column.name} {column.sql}" for column in table.columns)
    yield f"CREATE TABLE {table.name} ({columns})"
    for column in table.indexed:
        yield f"CREATE INDEX {table.name}_{column} ON {table.name} ({column})"
    if table.name == "edit_log":
        yield "CREATE INDEX edit_log_entity ON edit_log (entity, entity_uid)"
    if table.geometry_type is not None:
        index = quoted(rtree_name(table.name))
        yield f"CREATE VIRTUAL TABLE {index} USING rtree(id, minx, maxx, miny, maxy)"


def _register(conn: sqlite3.Connection, table: Table, at: str) -> None:
    has_geometry = table.geometry_type is not None
    conn.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change,"
        " srs_id) VALUES (?, ?, ?, ?, ?, ?)",
        (
            table.name,
            "features" if has_geometry else "attributes",
            table.name,
            table.description,
            at,
            SRS_ID if has_geometry else None,
        ),
    )
    if has_geometry:
        conn.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)",
            (table.name, GEOMETRY, table.geometry_type, SRS_ID),
        )
        conn.execute(
            "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', ?, 'write-only')",
            (table.name, GEOMETRY, _RTREE_DEFINITION),
        )


def describe_columns(conn: sqlite3.Connection) -> None:
    """Describe every column of every table and its code list, in place of what was said before."""
    lists = {}
    for table in TABLES:
        for column in table.columns:
            constraint = None
            if column.codes is not None:
                constraint = column.codes.__name__.lower()
                lists[constraint] = column.codes
            conn.execute(
                "DELETE FROM gpkg_data_columns WHERE table_name = ? AND ? IN (column_name, name)",
                (table.name, column.name),
            )
            conn.execute(
                "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, ?)",
                (
                    table.name,
                    column.name,
                    column.name,
                    column.title,
                    column.description,
                    constraint,
                ),
            )
    conn.executemany(
        "DELETE FROM gpkg_data_column_constraints WHERE constraint_name = ?",
        [(name,) for name in lists],
    )
    conn.executemany(
        "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value,"
        " description) VALUES (?, 'enum', ?, ?)",
        [
            (name, code.value, code.value.replace("_", " "))
            for name, codes in lists.items()
            for code in codes
        ],
    )


def _write_meta(conn: sqlite3.Connection, at: str, *, is_example: bool) -> None:
    entries = {
        "schema_version": str(SCHEMA_VERSION),
        "created_at_utc": at,
        "application": f"{APPLICATION} {__version__}",
    }
    if is_example:
        entries["is_example"] = "1"
    conn.executemany(
        f"INSERT INTO {APP_META.name} (key, value) VALUES (?, ?)", list(entries.items())
    )


def write_styles(conn: sqlite3.Connection, tables: Iterable[Table], at: str) -> None:
    """Tell QGIS how to draw those tables that are layers. at: the time, as the file keeps times."""
    names = {table.name for table in tables}
    conn.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,"
        " update_time) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, ?, ?)",
        [
            (style.table, GEOMETRY, style.name, style.qml, style.description, APPLICATION, at)
            for style in layer_styles()
            if style.table in names
        ],
    )
