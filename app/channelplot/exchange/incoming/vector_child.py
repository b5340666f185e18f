"""What the child does that reads a file's rows for an import; see ``vector_worker.py``.

Every cell as a text, as it stands; a position on WGS 84 for every row whose shape is a point. Rows
are read so many at a time, by one child after the other, so that none needs much room.
"""

import json
import math
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.errors import ReferenceFileError
from channelplot.errors import ReferenceFileFault as Fault
from channelplot.exchange.incoming.vector_exact import read_unchanged, stored_texts, unread_layers
from channelplot.exchange.incoming.vector_rows import (
    ASK_LAYERS,
    LayerFound,
    RowShape,
    packed_layers,
    packed_rows,
)
from channelplot.exchange.limit_shapes import OntoWgs84
from channelplot.exchange.reference_shapes import crs_text

MOST_COLUMNS: Final = 200
MOST_CHARACTERS: Final = 150_000_000
"""Of the texts of the rows that are read at a time."""
_MOST_VERTICES: Final = 20_000_000
_EXACT_BELOW: Final = 2.0**53
_ON_WGS_84: Final = frozenset({"EPSG:4326", "OGC:CRS84"})
_POINT: Final = 0
_SEVERAL_POINTS: Final = 4


def answer_rows(
    request: Mapping[str, Any], copy: Path, path: Path, driver: str, layer_of_copy: str
) -> bytes:
    """Return the layers of a copy, or some rows of one of them.

    layer_of_copy: what GDAL calls the layer of a file whose layers have no names. Raises
    ReferenceFileError about path; and what ``pyogrio`` and PROJ raise.
    """
    try:
        return _answer(request, copy, path, driver, layer_of_copy)
    except sqlite3.Error as error:
        raise ReferenceFileError(Fault.UNREADABLE, path, str(error)) from error


def _answer(
    request: Mapping[str, Any], copy: Path, path: Path, driver: str, layer_of_copy: str
) -> bytes:
    if request["ask"] == ASK_LAYERS:
        layers = _layers(copy, path, driver, layer_of_copy)
        unread = unread_layers(copy, [each.name for each in layers]) if _is_sqlite(copy) else []
        return packed_layers(layers, unread)
    layer = str(request["table"]) or layer_of_copy
    return _rows(copy, path, layer, int(request["skip"]), int(request["most"]))


def _is_sqlite(copy: Path) -> bool:
    return copy.suffix == ".gpkg"


def _layers(copy: Path, path: Path, driver: str, layer_of_copy: str) -> list[LayerFound]:
    from pyogrio import list_layers, read_info

    found = []
    for name, shape in list_layers(copy):
        info = read_info(copy, layer=str(name), force_feature_count=True)
        if info["driver"] != driver:
            raise ReferenceFileError(Fault.KIND, path, str(info["driver"]))
        if len(info["fields"]) > MOST_COLUMNS:
            raise ReferenceFileError(Fault.TOO_LARGE, path, f"{len(info['fields'])} columns")
        found.append(
            LayerFound(
                name="" if str(name) == layer_of_copy else str(name),
                rows=int(info["features"]),
                has_shapes=shape is not None,
                columns=tuple(str(field) for field in info["fields"]),
            )
        )
    return found


def _rows(copy: Path, path: Path, layer: str, skip: int, most: int) -> bytes:
    from pyogrio import read_info
    from pyogrio.raw import read

    is_stored = _is_sqlite(copy)

    def some(first: int, count: int) -> Any:
        return read(
            copy,
            layer=layer,
            columns=[] if is_stored else None,
            force_2d=True,
            skip_features=first,
            max_features=count,
            return_fids=True,
            datetime_as_string=True,
        )

    meta, fids, geometry, cells = read_unchanged(some, skip, most, copy, path)
    if is_stored:
        info = read_info(copy, layer=layer)
        names, types = list(map(str, info["fields"])), list(map(str, info["ogr_types"]))
        texts = stored_texts(copy, layer, names, types, fids.tolist())
    else:
        texts = [
            _texts(column, is_whole=str(told).startswith("OFTInteger"))
            for column, told in zip(cells, meta["ogr_types"], strict=True)
        ]
    count = sum(len(text) for column in texts for text in column if text is not None)
    if count > MOST_CHARACTERS:
        raise ReferenceFileError(Fault.TOO_LARGE, path, f"{count} characters")
    if geometry is None:
        geometry = np.full(len(fids), None, dtype=np.object_)
    shapes = shapely.from_wkb(geometry, on_invalid="ignore")
    kinds, lon_lat_deg = _places(shapes, crs_text(meta["crs"]), path)
    is_there = np.array([blob is not None for blob in geometry], dtype=np.bool_)
    kinds[shapely.is_missing(shapes) & is_there] = RowShape.BROKEN
    return packed_rows(kinds, lon_lat_deg, texts)


def _places(
    shapes: npt.NDArray[np.object_], crs: str, path: Path
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64]]:
    """Return what each shape is, and where the points are: (n, 2), lon, lat, else not a number."""
    shapes = np.array(shapes, dtype=np.object_)
    if int(shapely.get_num_coordinates(shapes).sum()) > _MOST_VERTICES:
        raise ReferenceFileError(Fault.TOO_LARGE, path, f"{_MOST_VERTICES} vertices")
    types = shapely.get_type_id(shapes)
    is_alone = (types == _SEVERAL_POINTS) & (shapely.get_num_geometries(shapes) == 1)
    shapes[is_alone] = shapely.get_geometry(shapes[is_alone], 0)
    types[is_alone] = _POINT
    is_none = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    kinds = np.where(types == _POINT, RowShape.POINT, RowShape.OTHER).astype(np.uint8)
    kinds[is_none] = RowShape.NONE
    is_point = kinds == RowShape.POINT
    x_y = shapely.get_coordinates(shapes[is_point])
    lon_lat_deg = np.full((len(shapes), 2), np.nan)
    if len(x_y):
        if not crs:
            raise ReferenceFileError(Fault.NO_CRS, path)
        is_there_already = crs in _ON_WGS_84
        lon_lat_deg[is_point] = x_y if is_there_already else OntoWgs84(crs).lon_lat_deg(x_y)
    return kinds, lon_lat_deg


def _texts(column: npt.NDArray[Any], *, is_whole: bool) -> list[str | None]:
    """Return the cells of a column as texts; None where there is nothing.

    is_whole: they are whole numbers; such a column comes as floats where a row has none.
    """
    return [_text(value, is_whole=is_whole) for value in column.tolist()]


def _text(value: object, *, is_whole: bool) -> str | None:
    if value is None or isinstance(value, bytes):
        return None
    if isinstance(value, float):
        if math.isnan(value):
            return None
        is_exact = is_whole and abs(value) < _EXACT_BELOW
        return str(int(value)) if is_exact else repr(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
