"""What the child does that reads a file for a reference layer; see ``vector_worker.py``.

Shapes with all that the file says of them, brought onto WGS 84. Everything is bounded, and shapes
that lie where there is no place are left out and counted.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import shapely

from channelplot.errors import LimitFileError, LimitFileFault, ReferenceFileError
from channelplot.errors import ReferenceFileFault as Fault
from channelplot.exchange.found_lines import FoundFile
from channelplot.exchange.gpx_read import read_gpx
from channelplot.exchange.kml_read import read_kml
from channelplot.exchange.kmz import read_kmz
from channelplot.exchange.known_schemas import schema_of
from channelplot.exchange.reference_shapes import (
    counted,
    crs_name,
    crs_text,
    found_shapes,
    kind,
    kinds_of,
    on_earth,
)
from channelplot.exchange.reference_table import (
    Cell,
    ReferenceBounds,
    ReferenceTable,
    TableFound,
    packed_shapes,
    packed_tables,
)

TEXT_READERS: Final[Mapping[str, Callable[[BinaryIO, Path], FoundFile]]] = {
    ".gpx": read_gpx,
    ".kml": read_kml,
    ".kmz": read_kmz,
}
"""Our own: GDAL's change positions."""
WGS_84: Final = "WGS 84"
_SHAPES: Final = "geometry"
"""What ``geopandas`` calls the shapes of a table; a column of this name would be in their way."""
_LOOKED_AT: Final = 400
"""Rows of a table that are looked at to know it by."""
_LONGEST_WORDS: Final = 500
"""Characters of one cell."""
_LONGEST_CREDIT: Final = 240
_MOST_CREDITS: Final = 3
_CREDIT_COLUMNS: Final = (
    "licence",
    "license",
    "copyright",
    "attribution",
    "credit",
    "credits",
    "source",
    "src",
    "publisher",
    "provider",
)
_EPSG: Final = re.compile(r"EPSG:[1-9][0-9]{3,5}")
Columns = dict[str, Sequence[Cell]]


def answer(
    request: Mapping[str, object], copy: Path, path: Path, driver: str | None, layer_of_copy: str
) -> bytes:
    """Return what is asked for: the tables of a file, or the shapes of one of them.

    driver: of GDAL; None for text, which is read by readers of ours. layer_of_copy: what GDAL
    calls the table of a file whose tables have no names. Raises ReferenceFileError about path.
    """
    bounds = ReferenceBounds(**_figures(request["bounds"]))
    table, crs = str(request["table"]), str(request["crs"])
    if crs and _EPSG.fullmatch(crs) is None:
        raise ReferenceFileError(Fault.BAD_CRS, path, crs)
    source = _Text(path) if driver is None else _Gdal(copy, path, driver, layer_of_copy, bounds)
    if request["ask"] == "tables":
        return packed_tables(source.tables())
    return packed_shapes(source.shapes(table, crs, bounds))


def _figures(told: object) -> dict[str, int]:
    if not isinstance(told, dict):
        raise TypeError("no bounds")
    return {str(name): int(figure) for name, figure in told.items()}


class _Gdal:
    """A copy of a file, read with GDAL."""

    def __init__(
        self, copy: Path, path: Path, driver: str, layer_of_copy: str, bounds: ReferenceBounds
    ) -> None:
        self._copy = copy
        self._path = path
        self._driver = driver
        self._layer_of_copy = layer_of_copy
        self._bounds = bounds

    def tables(self) -> list[TableFound]:
        """Return the tables that have shapes."""
        tables = [self._found(layer) for layer in self._layers()]
        if not any(table.features for table in tables):
            raise ReferenceFileError(Fault.EMPTY, self._path)
        return tables

    def shapes(self, table: str, crs: str, bounds: ReferenceBounds) -> ReferenceTable:
        """Return the shapes of a table on WGS 84."""
        from pyogrio import read_info

        from channelplot.exchange.reference_frame import onto_wgs84, read_frame

        layer = self._layer_named(table)
        info = read_info(self._copy, layer=layer, force_feature_count=True)
        if info["features"] > bounds.most_features:
            raise ReferenceFileError(Fault.TOO_LARGE, self._path, str(info["features"]))
        frame = read_frame(self._copy, layer, self._wanted(info), self._path)
        frame[_SHAPES] = counted(frame.geometry.to_numpy(), bounds, self._path)
        onto = onto_wgs84(frame.geometry, crs, bounds, self._path)
        words = frame.drop(columns=_SHAPES)
        cells = words.astype(object).where(words.notna(), None)
        columns = _columns(
            ((name, column.tolist()) for name, column in cells.items()), bounds, self._path
        )
        return on_earth(onto.to_numpy(), columns, _credit(columns, info), self._path)

    def _layers(self) -> list[str]:
        from pyogrio import list_layers

        found = [str(name) for name, shape in list_layers(self._copy) if shape is not None]
        if not found:
            raise ReferenceFileError(Fault.EMPTY, self._path)
        return found

    def _layer_named(self, table: str) -> str:
        layers = self._layers()
        if table in layers:
            return table
        if not table and len(layers) == 1:
            return layers[0]
        raise ReferenceFileError(Fault.NO_TABLE, self._path, table)

    def _wanted(self, info: Mapping[str, Iterable[object]]) -> list[str]:
        """Return the columns that are read."""
        named = [str(name) for name in info["fields"] if str(name) != _SHAPES]
        return named[: self._bounds.most_columns]

    def _found(self, layer: str) -> TableFound:
        from pyogrio import read_info
        from pyogrio.raw import read

        info = read_info(self._copy, layer=layer, force_feature_count=True)
        if info["driver"] != self._driver:
            raise ReferenceFileError(Fault.KIND, self._path, str(info["driver"]))
        meta, _, geometry, cells = read(
            self._copy,
            layer=layer,
            columns=self._wanted(info),
            force_2d=True,
            max_features=_LOOKED_AT,
            datetime_as_string=True,
        )
        lists = (values.tolist() for values in cells)
        columns = _columns(zip(meta["fields"], lists, strict=True), self._bounds, self._path)
        shapes = shapely.from_wkb(geometry, on_invalid="ignore")
        kinds = kinds_of(shapes, str(info["geometry_type"] or ""))
        return TableFound(
            name="" if layer == self._layer_of_copy else layer,
            geometry=kind(kinds),
            features=int(info["features"]),
            crs=crs_name(crs_text(meta["crs"])),
            schema=schema_of(columns, kinds),
            columns=tuple(columns),
            credit=_credit(columns, info),
        )


class _Text:
    """A file of positions on WGS 84, read by a reader of ours."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with path.open("rb") as file:
                found = TEXT_READERS[path.suffix.lower()](file, path)
        except OSError as error:
            raise ReferenceFileError(Fault.UNREADABLE, path, str(error)) from error
        if not found.lines and not found.points:
            raise ReferenceFileError(Fault.LINKS if found.has_links else Fault.EMPTY, path)
        shapes, rows = found_shapes(found)
        self._shapes = np.array([*shapes, None], dtype=np.object_)[:-1]
        names = dict.fromkeys(name for row in rows for name in row)
        self._columns: Columns = {
            name: tuple(_cell(row.get(name)) for row in rows) for name in names
        }

    def tables(self) -> list[TableFound]:
        """Return the one table that such a file has."""
        kinds = kinds_of(self._shapes, "")
        table = TableFound(
            name="",
            geometry=kind(kinds),
            features=len(self._shapes),
            crs=WGS_84,
            schema=schema_of(self._columns, kinds),
            columns=tuple(self._columns),
            credit=_credit(self._columns, {}),
        )
        return [table]

    def shapes(self, table: str, _: str, bounds: ReferenceBounds) -> ReferenceTable:
        """Return its shapes."""
        if table:
            raise ReferenceFileError(Fault.NO_TABLE, self._path, table)
        if len(self._shapes) > bounds.most_features:
            raise ReferenceFileError(Fault.TOO_LARGE, self._path, str(len(self._shapes)))
        shapes = counted(self._shapes, bounds, self._path)
        return on_earth(shapes, self._columns, _credit(self._columns, {}), self._path)


def reference_error(error: LimitFileError) -> ReferenceFileError:
    """Return what a reader of lines found wrong, said of a reference layer."""
    fault = _SAME.get(error.fault, Fault.BAD_LINE if error.line else Fault.UNREADABLE)
    return ReferenceFileError(fault, error.path, error.detail, error.line)


_SAME: Final = {
    LimitFileFault.NOT_FOUND: Fault.NOT_FOUND,
    LimitFileFault.KIND: Fault.KIND,
    LimitFileFault.UNREADABLE: Fault.UNREADABLE,
    LimitFileFault.NO_CRS: Fault.NO_CRS,
    LimitFileFault.EMPTY: Fault.EMPTY,
    LimitFileFault.TOO_LARGE: Fault.TOO_LARGE,
    LimitFileFault.ENTITIES: Fault.HARMFUL,
    LimitFileFault.TOO_DEEP: Fault.HARMFUL,
    LimitFileFault.ARCHIVE: Fault.HARMFUL,
    LimitFileFault.SWAPPED: Fault.SWAPPED,
    LimitFileFault.LINKS: Fault.LINKS,
}


# What a file says of its shapes


def _columns(
    there: Iterable[tuple[object, Iterable[object]]], bounds: ReferenceBounds, path: Path
) -> Columns:
    """Return columns of words and numbers, others written as words; long words are cut."""
    columns: Columns = {}
    characters = 0
    for name, values in there:
        column = tuple(map(_cell, values))
        characters += sum(len(cell) for cell in column if isinstance(cell, str))
        if characters > bounds.most_characters:
            raise ReferenceFileError(Fault.TOO_LARGE, path, str(name))
        columns[str(name)] = column
    return columns


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, bytes):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        number = float(value)
        return number if math.isfinite(number) else None
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    return " ".join(str(value)[:_LONGEST_WORDS].split())


def _credit(columns: Mapping[str, Sequence[Cell]], info: Mapping[str, object]) -> str:
    """Return who is to be named: what stands in the file's metadata, or its columns, for that."""
    for metadata in (info.get("layer_metadata"), info.get("dataset_metadata")):
        if isinstance(metadata, dict):
            told = [str(v) for k, v in metadata.items() if str(k).lower() in _CREDIT_COLUMNS]
            if told:
                return _one_line(told)
    there = {name.lower(): cells for name, cells in columns.items()}
    for name in _CREDIT_COLUMNS:
        words = [c for c in dict.fromkeys(there.get(name, ())) if isinstance(c, str) and c]
        if words:
            return _one_line(words[:_MOST_CREDITS])
    return ""


def _one_line(words: Iterable[str]) -> str:
    line = "; ".join(" ".join(each.split()) for each in words)
    return line if len(line) <= _LONGEST_CREDIT else f"{line[: _LONGEST_CREDIT - 1]}…"
