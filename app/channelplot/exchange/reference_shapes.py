"""Shapes of a file for a reference layer: counted, on Earth, and from what readers of text found.

Runs in the child that reads the file (``reference_child.py``). Shapes that lie where there is no
place are left out and counted.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.basemap.basemap import CHART_AREA
from channelplot.errors import ReferenceFileError
from channelplot.errors import ReferenceFileFault as Fault
from channelplot.exchange.found_lines import FoundFile, FoundLine, FoundPoint
from channelplot.exchange.reference_table import (
    Cell,
    GeometryKind,
    ReferenceBounds,
    ReferenceTable,
)

_FARTHEST: Final = (180.0 + 1e-6, 90.0 + 1e-6)
_FEWEST_OF_RING: Final = 4


def crs_text(crs: object) -> str:
    """Return a reference as the file gives it, "" where it gives none or says that it has none."""
    text = str(crs or "")
    return "" if re.search(r'"Undefined|"unnamed', text[:80], re.IGNORECASE) else text


def crs_name(text: str) -> str:
    """Return what a reference is called."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if not text:
        return ""
    try:
        return str(CRS.from_user_input(text).name)
    except CRSError:
        return text[:60]


def counted(
    shapes: npt.NDArray[np.object_], bounds: ReferenceBounds, path: Path
) -> npt.NDArray[np.object_]:
    """Return shapes, None for empty ones. Raises ReferenceFileError for none or too many."""
    shapes = np.array(shapes, dtype=np.object_)
    shapes[shapely.is_empty(shapes)] = None
    if int(shapely.get_num_coordinates(shapes).sum()) > bounds.most_points:
        raise ReferenceFileError(Fault.TOO_LARGE, path, str(bounds.most_points))
    if shapely.is_missing(shapes).all():
        raise ReferenceFileError(Fault.EMPTY, path)
    return shapes


def on_earth(
    shapes_deg: npt.NDArray[np.object_],
    columns: Mapping[str, Sequence[Cell]],
    credit: str,
    path: Path,
) -> ReferenceTable:
    """Return shapes on WGS 84 as a table; those that lie where there is no place are left out."""
    shapes = np.array(shapes_deg, dtype=np.object_)
    lon_lat_deg = shapely.bounds(shapes)
    farthest_lon_deg, farthest_lat_deg = _FARTHEST
    is_place = np.asarray(
        np.isfinite(lon_lat_deg).all(axis=1)
        & (np.abs(lon_lat_deg[:, (0, 2)]) <= farthest_lon_deg).all(axis=1)
        & (np.abs(lon_lat_deg[:, (1, 3)]) <= farthest_lat_deg).all(axis=1)
    )
    # The bounds of a shape are those of its other vertices where one is no number.
    vertices_deg, rows = shapely.get_coordinates(shapes, return_index=True)
    is_place[rows[~np.isfinite(vertices_deg).all(axis=1)]] = False
    left_out = int((~shapely.is_missing(shapes) & ~is_place).sum())
    if not is_place.any():
        raise ReferenceFileError(Fault.NO_PLACE, path)
    shapes[~is_place] = None
    _require_not_swapped(lon_lat_deg[is_place], path)
    return ReferenceTable(
        geometries_deg=shapes,
        columns={name: tuple(cells) for name, cells in columns.items()},
        credit=credit,
        left_out=left_out,
    )


def _require_not_swapped(lon_lat_deg: npt.NDArray[np.float64], path: Path) -> None:
    """Raise where everything is off the chart and would be on it the other way round."""
    west, south, east, north = lon_lat_deg.T
    area = CHART_AREA
    is_on = (west < area.east_deg) & (east > area.west_deg)
    is_on &= (south < area.north_deg) & (north > area.south_deg)
    would_be = (south >= area.west_deg) & (north <= area.east_deg)
    would_be &= (west >= area.south_deg) & (east <= area.north_deg)
    if not is_on.any() and would_be.all():
        raise ReferenceFileError(Fault.SWAPPED, path)


def kinds_of(shapes: npt.NDArray[np.object_], told: str) -> set[GeometryKind]:
    """Return what shapes are, by the first ones, or what the file says where it has none."""
    dimensions = set(shapely.get_dimensions(shapes[~shapely.is_missing(shapes)]).tolist())
    by_dimension = {0: GeometryKind.POINTS, 1: GeometryKind.LINES, 2: GeometryKind.AREAS}
    kinds = {by_dimension[number] for number in dimensions if number in by_dimension}
    if not kinds:
        words = {"Point": 0, "Line": 1, "Curve": 1, "Polygon": 2, "Surface": 2}
        kinds = {by_dimension[number] for word, number in words.items() if word in told}
    return kinds


def kind(kinds: set[GeometryKind]) -> GeometryKind:
    """Return the one kind that shapes are of, MIXED for several."""
    return next(iter(kinds)) if len(kinds) == 1 else GeometryKind.MIXED


def found_shapes(
    found: FoundFile,
) -> tuple[list[shapely.Geometry], list[dict[str, str]]]:
    """Return the shapes of a file of text, one for what it holds as one thing, and their words."""
    shapes: list[shapely.Geometry] = []
    rows: list[dict[str, str]] = []
    for _, together in groupby(found.lines, key=lambda line: line.feature):
        lines = list(together)
        parts = [part for part in map(_shape, lines) if part is not None]
        if not parts:
            continue
        first = lines[0]
        shapes.append(parts[0] if len(parts) == 1 else _several(parts))
        told = {"name": first.name, "folder": first.layer, **dict(first.facts)}
        rows.append({name: said for name, said in told.items() if said})
    for point in found.points:
        shapes.append(shapely.Point(point.position.lon_deg, point.position.lat_deg))
        told = {"name": point.name, "time": point.time_text}
        rows.append({name: said for name, said in told.items() if said})
    return shapes, rows


def _shape(line: FoundLine) -> shapely.Geometry | None:
    """Return the line or area, None for one of too few points to be one."""
    x_y = _x_y(line.points)
    if line.is_area:
        holes = [hole for hole in map(_x_y, line.holes) if len(hole) >= _FEWEST_OF_RING]
        return shapely.Polygon(x_y, holes) if len(x_y) >= _FEWEST_OF_RING else None
    return shapely.LineString(x_y) if len(x_y) > 1 else None


def _several(parts: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """Return parts of one thing as one geometry."""
    lines = [part for part in parts if isinstance(part, shapely.LineString)]
    areas = [part for part in parts if isinstance(part, shapely.Polygon)]
    if len(lines) == len(parts):
        return shapely.MultiLineString(lines)
    if len(areas) == len(parts):
        return shapely.MultiPolygon(areas)
    return shapely.GeometryCollection(list(parts))


def _x_y(points: Sequence[FoundPoint]) -> list[tuple[float, float]]:
    return [(point.position.lon_deg, point.position.lat_deg) for point in points]
