"""A plot as a plain GeoPackage: layers of reports, tracks, beaches and marks, for any GIS.

The columns are the fields (``exchange/fields.py``), and ``record``: report, track, beach or mark.
It is no plot file and has no log. Python's ``sqlite3`` writes it, so GDAL is not needed in this
process, which may have a plot open.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from channelplot.exchange.fields import BEACH_FIELDS, MARK_FIELDS, REPORT_FIELDS, TRACK_FIELDS
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Lot, Selection, line_deg
from channelplot.exchange.outgoing.texts import REALS, TIMES, WHOLES, Texts, Written
from channelplot.exchange.outgoing.watch import Watch
from channelplot.geodesy.position import Position
from channelplot.store.columns import FID, GEOMETRY, Column, Table
from channelplot.store.geometry import line_blob, point_blob, register_functions
from channelplot.store.schema import create_bare_table, create_core, say_geopackage
from channelplot.store.times import time_text
from channelplot.store.triggers import quoted, rtree_name, rtree_triggers

_Row: TypeAlias = tuple[bytes | None, Texts]
_KEY: Final = Column(FID, "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", "", "")


def write_geopackage(selection: Selection, path: Path, at_utc: datetime, watch: Watch) -> None:
    """Write a GeoPackage where an empty file is. at_utc: the time it tells of its making.

    Raises sqlite3.Error, and ExportStopped.
    """
    written = Written(selection, Format.GEOPACKAGE)
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        # Whatever goes wrong, the file is thrown away: it needs no journal.
        conn.execute("PRAGMA journal_mode = OFF")
        conn.execute("PRAGMA synchronous = OFF")
        register_functions(conn)
        say_geopackage(conn)
        conn.execute("BEGIN")
        create_core(conn)
        at = time_text(at_utc)
        for table, rows in (
            (
                _table("report", "POINT", (*REPORT_FIELDS, "track_name")),
                _reports(selection, written),
            ),
            (_table("track", "LINESTRING", TRACK_FIELDS), _tracks(selection, written)),
            (
                _table("beach", "POINT", BEACH_FIELDS, "beaches"),
                ((point_blob(b.position), written.beach(b)) for b in selection.beaches()),
            ),
            (
                _table("mark", "POINT", MARK_FIELDS),
                ((point_blob(m.position), written.mark(m)) for m in selection.marks()),
            ),
        ):
            create_bare_table(conn, table, at)
            _fill(conn, table, watch.over(rows))
        conn.execute("COMMIT")
    watch.look()
    with closing(sqlite3.connect(path)) as conn:
        (verdict,) = conn.execute("PRAGMA quick_check").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(str(verdict))


def _reports(selection: Selection, written: Written) -> Iterator[_Row]:
    for track, lot in selection.lots():
        yield from _of_lot(lot, written, {"track_name": written.track(track)["name"]})
    yield from _of_lot(selection.unattributed(), written, {})


def _of_lot(lot: Lot, written: Written, of_track: Texts) -> Iterator[_Row]:
    for report in lot:
        yield _point(report.position), {**written.report(report), **of_track}


def _point(position: Position | None) -> bytes | None:
    return None if position is None else point_blob(position)


def _tracks(selection: Selection, written: Written) -> Iterator[_Row]:
    for track, lot in selection.lots():
        line = line_deg(track, lot)
        yield None if line is None else line_blob(line), written.track(track)


def _table(record: str, geometry_type: str, fields: Iterable[str], name: str = "") -> Table:
    columns = [
        Column(field, _sql(field), "", "")
        for field in fields
        if field not in ("lon_deg", "lat_deg")
    ]
    return Table(
        name or f"{record}s",
        "",
        (
            _KEY,
            Column(GEOMETRY, geometry_type, "", ""),
            Column("record", f"TEXT NOT NULL DEFAULT '{record}'", "", ""),
            *columns,
        ),
        geometry_type=geometry_type,
    )


def _sql(field: str) -> str:
    if field in REALS:
        return "DOUBLE"
    if field in WHOLES:
        return "INTEGER"
    return "DATETIME" if field in TIMES else "TEXT"


def _fill(conn: sqlite3.Connection, table: Table, rows: Iterable[_Row]) -> None:
    """Write rows, then the spatial index of them all at once, and what keeps it from then on."""
    fields = [name for name in table.column_names if name not in (GEOMETRY, "record")]
    columns = ", ".join((GEOMETRY, *fields))
    places = ", ".join("?" * (1 + len(fields)))
    conn.executemany(
        f"INSERT INTO {table.name} ({columns}) VALUES ({places})",
        ((blob, *(_value(field, texts.get(field)) for field in fields)) for blob, texts in rows),
    )
    conn.execute(
        f"INSERT INTO {quoted(rtree_name(table.name))} SELECT {FID}, ST_MinX({GEOMETRY}),"
        f" ST_MaxX({GEOMETRY}), ST_MinY({GEOMETRY}), ST_MaxY({GEOMETRY}) FROM {table.name}"
        f" WHERE {GEOMETRY} NOTNULL"
    )
    for statement in rtree_triggers(table.name).values():
        conn.execute(statement)


def _value(field: str, text: str | None) -> str | float | int | None:
    if text is None:
        return None
    if field in REALS:
        return float(text)
    return int(text) if field in WHOLES else text
