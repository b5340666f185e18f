"""Files of others for reference layers: which tables they have, and the shapes of one of them.

Everything is read in a child process that has next to no rights (``vector_worker.py``); text by
readers of ours, the rest by GDAL. Nothing is guessed: a table that does not say what reference its
positions are in is refused until somebody says.
"""

import json
import struct
import threading
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final

import shapely

from channelplot.basemap.mbtiles import MbTiles
from channelplot.errors import LimitFileError, ReferenceFileError, ReferenceFileFault
from channelplot.exchange.child import ChildEnd, ChildFailed, run_child
from channelplot.exchange.ordinary_file import ordinary_file as exchange_file
from channelplot.exchange.reference_table import (
    ReferenceBounds,
    ReferenceTable,
    TableFound,
    shapes_from,
    tables_from,
    taken_apart,
)
from channelplot.exchange.vector_file import ENVIRONMENT, WORKER

VECTOR_SUFFIXES: Final = (
    ".gpkg",
    ".shp",
    ".geojson",
    ".json",
    ".fgb",
    ".kml",
    ".kmz",
    ".gpx",
)
RASTER_SUFFIX: Final = ".mbtiles"
USUAL_BOUNDS: Final = ReferenceBounds()
_MOST_ANSWERED: Final = 320 * 1024 * 1024
_ENDS: Final[Mapping[ChildEnd, ReferenceFileFault]] = {
    ChildEnd.DIED: ReferenceFileFault.UNREADABLE,
    ChildEnd.TOO_SLOW: ReferenceFileFault.TOO_SLOW,
    ChildEnd.TOO_MUCH: ReferenceFileFault.TOO_LARGE,
    ChildEnd.STOPPED: ReferenceFileFault.TOO_SLOW,
}


def list_tables(
    path: Path, bounds: ReferenceBounds = USUAL_BOUNDS, stop: threading.Event | None = None
) -> tuple[TableFound, ...]:
    """Return the tables of a file that have shapes, in its order; at least one.

    Takes up to a minute: call off the GUI thread. stop: ends it early, with TOO_SLOW. Raises
    ReferenceFileError.
    """
    head, _ = asked_of_child(path, {"ask": "tables", "table": "", "crs": ""}, bounds, stop)
    try:
        return tables_from(head)
    except (ValueError, KeyError, TypeError) as error:
        raise ReferenceFileError(ReferenceFileFault.UNREADABLE, path, str(error)) from error


def read_reference(
    path: Path,
    table: str = "",
    crs: str = "",
    bounds: ReferenceBounds = USUAL_BOUNDS,
    stop: threading.Event | None = None,
) -> ReferenceTable:
    """Return the shapes of a table, on WGS 84.

    table: "" for the only one. crs: ``EPSG:n``, what its positions are in where the file does not
    say; else it is not looked at. Takes up to a minute: call off the GUI thread. stop: ends it
    early, with TOO_SLOW. Raises ReferenceFileError: NO_CRS where somebody has to say.
    """
    head, wkb = asked_of_child(path, {"ask": "shapes", "table": table, "crs": crs}, bounds, stop)
    try:
        return shapes_from(head, wkb)
    except (ValueError, KeyError, TypeError, shapely.errors.ShapelyError) as error:
        raise ReferenceFileError(ReferenceFileFault.UNREADABLE, path, str(error)) from error


def read_tiles(path: Path, plot_path: Path) -> MbTiles:
    """Return a file of tiles.

    plot_path: the file of the open plot. It is never opened, whatever it is called: closing it
    would drop its locks. Raises ReferenceFileError, NOT_FOUND or KIND, and RasterFileError.
    """
    try:
        if not path.exists():
            raise ReferenceFileError(ReferenceFileFault.NOT_FOUND, path)
        if plot_path.exists() and path.samefile(plot_path):
            raise ReferenceFileError(ReferenceFileFault.KIND, path)
    except OSError as error:
        raise ReferenceFileError(ReferenceFileFault.UNREADABLE, path, str(error)) from error
    return MbTiles(path)


def asked_of_child(
    path: Path, request: Mapping[str, object], bounds: ReferenceBounds, stop: threading.Event | None
) -> tuple[Mapping[str, object], memoryview]:
    """Return the child's answer to what it is asked of a file. Raises ReferenceFileError."""
    real = ordinary_file(path, bounds.most_bytes)
    if real.suffix.lower() not in VECTOR_SUFFIXES:
        raise ReferenceFileError(ReferenceFileFault.KIND, path)
    told = {**request, "path": str(real), "bounds": asdict(bounds)}
    try:
        said = run_child(
            WORKER, json.dumps(told), environment=ENVIRONMENT, most_bytes=_MOST_ANSWERED, stop=stop
        )
        head, rest = taken_apart(said)
        if "fault" in head:
            fault = ReferenceFileFault(str(head["fault"]))
            line = int(str(head["line"]))
            raise ReferenceFileError(fault, path, str(head["detail"]), line)
    except ChildFailed as error:
        raise ReferenceFileError(_ENDS[error.end], path, str(error)) from error
    except (ValueError, KeyError, TypeError, struct.error) as error:
        raise ReferenceFileError(ReferenceFileFault.UNREADABLE, path, str(error)) from error
    return head, rest


def ordinary_file(path: Path, most_bytes: int) -> Path:
    """Return where a file really is; it is not opened. Raises ReferenceFileError."""
    try:
        return exchange_file(path, most_bytes)
    except LimitFileError as error:
        raise ReferenceFileError(ReferenceFileFault(error.fault), path, error.detail) from error
