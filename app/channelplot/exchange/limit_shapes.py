"""Lines and outlines that may be loaded as limits, whatever file they come from.

A geometry of any kind becomes shapes: its parts one by one, on WGS 84, each with what keeps it from
being a limit, if anything does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseMultipartGeometry

from channelplot.errors import InvalidPosition
from channelplot.geodesy.position import Position

if TYPE_CHECKING:
    from pyproj import CRS

_STEP_M: Final = 1_000.0
"""Straight lines of a grid are not rhumb lines: they are given a point every so often."""
_FEWEST_OF_LINE: Final = 2
_FEWEST_OF_AREA: Final = 4


class ShapeProblem(StrEnum):
    """Why a shape can't be loaded as a limit."""

    HOLES = "holes"
    CROSSES_ITSELF = "crosses_itself"
    TOO_MANY_POINTS = "too_many_points"
    TOO_FEW_POINTS = "too_few_points"
    NO_PLACE = "no_place"
    SWAPPED = "swapped"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitShape:
    """A line or outline that was found in a file.

    name: what the file calls it, with a number where it is one of several parts; empty where it
    has no name. points: on WGS 84, none the same as the next; those of an area end where they
    begin, and so does a line that is read as one. source: what the file says of it. problem: why
    it can't be loaded, None where it can. is_datum_given: the file says what datum its positions
    are on; a table that does not is read as WGS 84, and the operator is told.
    """

    name: str
    points: tuple[Position, ...]
    is_area: bool
    layer: str
    source: str
    problem: ShapeProblem | None = None
    is_datum_given: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitBounds:
    """How much of a file is read: bytes of the file, shapes in it, points of one shape."""

    most_bytes: int
    most_shapes: int
    most_points: int


class OntoWgs84:
    """Brings coordinates of a reference onto WGS 84. Raises pyproj's CRSError for none."""

    def __init__(self, crs_text: str) -> None:
        """Take a reference as PROJ reads it, as ``EPSG:2154`` or WKT."""
        from pyproj import CRS, Transformer

        crs = CRS.from_user_input(crs_text)
        self._transformer = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
        self.step = _STEP_M / metres_per_unit(crs) if crs.is_projected else None

    def lon_lat_deg(self, x_y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return longitudes and latitudes: (n, 2), infinite where there is none."""
        return np.column_stack(self._transformer.transform(x_y[:, 0], x_y[:, 1]))


def shapes_of(
    geometry: shapely.Geometry,
    onto_wgs84: OntoWgs84 | None,
    *,
    name: str,
    layer: str,
    source: str,
    most_points: int,
) -> Iterator[LimitShape]:
    """Yield the lines and outlines of a geometry; points are left out.

    Parts stand apart, but lines that meet end to end are joined. A line that ends where it begins
    is an area's outline. onto_wgs84: None where longitude and latitude are on WGS 84 already.
    """
    parts = _parts(geometry)
    for number, part in enumerate(parts, start=1):
        is_polygon = isinstance(part, shapely.Polygon)
        line = part.exterior if isinstance(part, shapely.Polygon) else part
        points, problem = _positions(line, onto_wgs84, most_points)
        is_area = is_polygon or (len(points) >= _FEWEST_OF_AREA and points[0] == points[-1])
        yield LimitShape(
            name=f"{name} {number}".strip() if len(parts) > 1 else name,
            points=points,
            is_area=is_area,
            layer=layer,
            source=source,
            problem=problem or _problem(part, points, is_area=is_area),
        )


def _parts(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    """Return the lines and polygons of a geometry; lines that meet end to end as one."""
    if isinstance(geometry, shapely.MultiLineString):
        geometry = shapely.line_merge(geometry)
    if isinstance(geometry, BaseMultipartGeometry):
        return [part for each in geometry.geoms for part in _parts(each)]
    is_shape = isinstance(geometry, shapely.LineString | shapely.Polygon)
    return [geometry] if is_shape and not shapely.is_empty(geometry) else []


def _positions(
    line: shapely.Geometry, onto_wgs84: OntoWgs84 | None, most_points: int
) -> tuple[tuple[Position, ...], ShapeProblem | None]:
    """Return a line's positions on WGS 84, none the same as the next; or none, and why."""
    if shapely.get_num_coordinates(line) > most_points:
        return (), ShapeProblem.TOO_MANY_POINTS
    if onto_wgs84 is not None and onto_wgs84.step is not None:
        length = shapely.length(line)
        if not np.isfinite(length):
            return (), ShapeProblem.NO_PLACE
        if length > onto_wgs84.step * most_points:
            return (), ShapeProblem.TOO_MANY_POINTS
        line = shapely.segmentize(line, onto_wgs84.step)
    x_y = shapely.get_coordinates(line)
    lon_lat_deg = x_y if onto_wgs84 is None else onto_wgs84.lon_lat_deg(x_y)
    try:
        every = [Position(lon_deg, lat_deg) for lon_deg, lat_deg in lon_lat_deg.tolist()]
    except InvalidPosition:
        return (), ShapeProblem.NO_PLACE
    points = tuple(position for position, _ in groupby(every))
    return points, ShapeProblem.TOO_MANY_POINTS if len(points) > most_points else None


def _problem(
    part: shapely.Geometry, points: Sequence[Position], *, is_area: bool
) -> ShapeProblem | None:
    """Return why a shape whose points are places is no limit all the same."""
    if len(points) < (_FEWEST_OF_AREA if is_area else _FEWEST_OF_LINE):
        return ShapeProblem.TOO_FEW_POINTS
    if isinstance(part, shapely.Polygon) and shapely.get_num_interior_rings(part):
        return ShapeProblem.HOLES
    if is_area and not shapely.is_valid(shapely.Polygon([(p.lon_deg, p.lat_deg) for p in points])):
        return ShapeProblem.CROSSES_ITSELF
    return None


def metres_per_unit(crs: "CRS") -> float:
    """Return how long the unit of a projected reference's coordinates is."""
    return float(crs.axis_info[0].unit_conversion_factor) or 1.0
