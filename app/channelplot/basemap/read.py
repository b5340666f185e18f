"""A shipped layer to arrays of geometry: the GeoPackage without GDAL, and CSV tables.

The program's start waits for this, and importing GDAL would cost most of a second; a
GeoPackage is an SQLite file whose geometries are WKB behind a short header.
"""

import csv
import io
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.errors import BasemapError
from channelplot.resources import read_text, resource_path

Geometries = npt.NDArray[np.object_]
"""(n,) shapely geometries."""

_FIXED_HEADER_BYTES: Final = 8
"""GeoPackage 1.3, 2.1.3: magic "GP", version, flags, srs_id."""
_ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64)
"""By the envelope code in the flags (GeoPackage 1.3, table 7)."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The rows of one layer: geometries in lon, lat degrees, and the columns asked for.

    rows: one tuple for each geometry, in the order of the columns.
    """

    geometries: Geometries
    rows: tuple[tuple[str | int, ...], ...]


def read_features(file: str, table: str, columns: tuple[str, ...]) -> Features:
    """Return all rows of a feature table of a shipped GeoPackage, in stored order.

    file: named from resources/. Opened as immutable: no lock is taken and no side file
    is made, so it may stand in a read-only folder. Raises BasemapError when the file or
    the table is missing or damaged.
    """
    path = resource_path(file)
    names = ", ".join(f'"{name}"' for name in ("geom", *columns))
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            rows = db.execute(f'SELECT {names} FROM "{table}" ORDER BY fid').fetchall()
        geometries = shapely.from_wkb([_wkb(row[0]) for row in rows])
    except (sqlite3.Error, shapely.errors.ShapelyError, ValueError, TypeError, IndexError) as error:
        raise BasemapError(file, f"{table}: {error}") from error
    geometries = np.asarray(geometries, dtype=np.object_)
    geometries.setflags(write=False)
    return Features(geometries, tuple(row[1:] for row in rows))


def read_table(file: str, columns: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Return the rows of a shipped CSV file with a header line, each by column name.

    Raises BasemapError when the file or one of the columns is missing, or a row has too many or
    too few cells.
    """
    reader = csv.DictReader(io.StringIO(read_text(file)), restkey="", strict=True)
    try:
        rows = tuple(reader)
    except csv.Error as error:
        raise BasemapError(file, str(error)) from error
    missing = set(columns) - set(reader.fieldnames or ())
    if missing:
        raise BasemapError(file, f"no column {', '.join(sorted(missing))}")
    for number, row in enumerate(rows, start=1):
        # DictReader's way to say that a row has more or fewer cells than the header.
        if "" in row or None in row.values():
            raise BasemapError(file, f"row {number} has not as many cells as the header")
    return rows


def _wkb(blob: bytes) -> bytes:
    """Return the WKB behind the header of a GeoPackage geometry. Raises ValueError."""
    if blob[:2] != b"GP":
        msg = "not a GeoPackage geometry"
        raise ValueError(msg)
    envelope_code = blob[3] >> 1 & 0b111
    if envelope_code >= len(_ENVELOPE_BYTES):
        msg = f"unknown envelope code {envelope_code}"
        raise ValueError(msg)
    return blob[_FIXED_HEADER_BYTES + _ENVELOPE_BYTES[envelope_code] :]
