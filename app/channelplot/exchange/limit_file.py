"""Lines and outlines from another program's file, to be loaded as limits.

A foreign file is not trusted: its first bytes must be those of a named format before GDAL sees it,
GDAL must then have opened it with that format's driver, and what is read is bounded. Positions
come out on WGS 84 whatever reference they are in; a file that does not say which is refused, since
a guess can be wrong by 135 m.

``pyogrio`` is imported when a file is read: GDAL takes most of a second. Call off the GUI thread.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseMultipartGeometry

from channelplot.errors import InvalidPosition, LimitFileError, LimitFileFault
from channelplot.geodesy.position import Position

if TYPE_CHECKING:
    from pyproj import CRS

MOST_BYTES: Final = 256 * 1024 * 1024
MOST_SHAPES: Final = 2_000
MOST_POINTS: Final = 100_000
"""Of one line or outline: the French 12 NM limit has some hundreds, a coast some tens of
thousands."""
_STEP_M: Final = 1_000.0
"""Straight lines of a grid are not rhumb lines: they are given a point every so often."""
_FEWEST_OF_LINE: Final = 2
_FEWEST_OF_AREA: Final = 4
_HEAD_BYTES: Final = 4_096
_KINDS: Final[Mapping[str, tuple[tuple[bytes, ...], frozenset[str]]]] = {
    ".gpkg": ((b"SQLite format 3\x00",), frozenset({"GPKG"})),
    ".shp": ((b"\x00\x00\x27\x0a",), frozenset({"ESRI Shapefile"})),
    ".geojson": ((b"{",), frozenset({"GeoJSON"})),
    ".json": ((b"{",), frozenset({"GeoJSON"})),
    ".fgb": ((b"fgb\x03",), frozenset({"FlatGeobuf"})),
    ".kml": ((b"<kml",), frozenset({"KML", "LIBKML"})),
    ".gpx": ((b"<gpx",), frozenset({"GPX"})),
}
"""What a file of each suffix must hold, at its beginning or as its first tag, and its drivers."""
_XML: Final = frozenset({".kml", ".gpx"})
SUFFIXES: Final = tuple(_KINDS)
_NAME_COLUMNS: Final = ("name", "nom", "title", "label", "libelle", "inspireid", "kind", "id")
_SOURCE_COLUMNS: Final = ("source", "legal_ref", "licence", "license", "copyright", "desc")


class ShapeProblem(StrEnum):
    """Why a shape can't be loaded as a limit."""

    HOLES = "holes"
    CROSSES_ITSELF = "crosses_itself"
    TOO_MANY_POINTS = "too_many_points"
    TOO_FEW_POINTS = "too_few_points"
    NO_PLACE = "no_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitShape:
    """A line or outline that was found in a file.

    name: what the file calls it, with a number where it is one of several parts; empty where it
    has no name. points: on WGS 84, none the same as the next; those of an area end where they
    begin, and so does a line that is read as one. source: what the file says of it. problem: why
    it can't be loaded, None where it can.
    """

    name: str
    points: tuple[Position, ...]
    is_area: bool
    layer: str
    source: str
    problem: ShapeProblem | None = None


def read_limit_file(path: Path) -> tuple[LimitShape, ...]:
    """Return the lines and areas of a file, in its order; points are left out.

    Parts of one feature stand apart, but lines that meet end to end are joined. A line that ends
    where it begins is an area's outline. Raises LimitFileError.
    """
    kind = _checked_kind(path)
    from pyogrio import list_layers, read_info

    shapes: list[LimitShape] = []
    try:
        for layer, geometry_type in list_layers(path):
            if geometry_type is None or "Point" in str(geometry_type):
                continue
            info = read_info(path, layer=str(layer), force_feature_count=True)
            if info["driver"] not in _KINDS[kind][1]:
                raise LimitFileError(LimitFileFault.KIND, path, str(info["driver"]))
            if info["features"] + len(shapes) > MOST_SHAPES:
                raise LimitFileError(LimitFileFault.TOO_LARGE, path, str(info["features"]))
            shapes += _shapes_of(path, str(layer), [str(name) for name in info["fields"]])
    except (RuntimeError, ValueError, OSError, shapely.errors.ShapelyError) as error:
        raise LimitFileError(LimitFileFault.UNREADABLE, path, str(error)) from error
    if not shapes:
        raise LimitFileError(LimitFileFault.EMPTY, path)
    if len(shapes) > MOST_SHAPES:
        raise LimitFileError(LimitFileFault.TOO_LARGE, path, str(len(shapes)))
    return tuple(shapes)


def _checked_kind(path: Path) -> str:
    """Return the suffix of a file that begins as a file of that suffix does."""
    kind = path.suffix.lower()
    if kind not in _KINDS:
        raise LimitFileError(LimitFileFault.KIND, path)
    try:
        if not path.is_file():
            raise LimitFileError(LimitFileFault.NOT_FOUND, path)
        if path.stat().st_size > MOST_BYTES:
            raise LimitFileError(LimitFileFault.TOO_LARGE, path)
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError as error:
        raise LimitFileError(LimitFileFault.UNREADABLE, path, str(error)) from error
    beginnings = _KINDS[kind][0]
    if not (_first_tag(head) if kind in _XML else head).startswith(beginnings):
        raise LimitFileError(LimitFileFault.KIND, path)
    return kind


def _first_tag(head: bytes) -> bytes:
    """Return the beginning of an XML file's root element up to the end of its name."""
    rest = head
    while rest.startswith((b"<?", b"<!--")):
        end = b"-->" if rest.startswith(b"<!--") else b"?>"
        _, _, rest = rest.partition(end)
        rest = rest.lstrip()
    return rest.replace(b">", b" ").split(maxsplit=1)[0] if rest else b""


def _shapes_of(path: Path, layer: str, fields_there: list[str]) -> Iterator[LimitShape]:
    """Yield the shapes of one layer; of its fields only names and sources are read."""
    from pyogrio.raw import read

    wanted = [name for name in fields_there if name.lower() in {*_NAME_COLUMNS, *_SOURCE_COLUMNS}]
    meta, _, geometry, columns = read(path, layer=layer, columns=wanted, force_2d=True)
    if geometry is None:
        return
    features = shapely.from_wkb(geometry, on_invalid="ignore")
    if not len(features):
        return
    if not meta["crs"]:
        raise LimitFileError(LimitFileFault.NO_CRS, path)
    fields = {
        str(name).lower(): column for name, column in zip(meta["fields"], columns, strict=True)
    }
    onto_wgs84 = _Onto(str(meta["crs"]))
    for row, feature in enumerate(features):
        if feature is None or feature.is_empty:
            continue
        name = _first_text(fields, _NAME_COLUMNS, row)
        source = "; ".join(_texts(fields, _SOURCE_COLUMNS, row))
        parts = _parts(feature)
        for number, part in enumerate(parts, start=1):
            yield _shape(
                part,
                onto_wgs84,
                name=f"{name} {number}".strip() if len(parts) > 1 else name,
                layer=layer,
                source=source,
            )


class _Onto:
    """Brings coordinates of a reference onto WGS 84."""

    def __init__(self, crs_text: str) -> None:
        from pyproj import CRS, Transformer

        crs = CRS.from_user_input(crs_text)
        self._transformer = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
        self.step = _STEP_M / _metres_per_unit(crs) if crs.is_projected else None

    def lon_lat_deg(self, x_y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return longitudes and latitudes: (n, 2), infinite where there is none."""
        return np.column_stack(self._transformer.transform(x_y[:, 0], x_y[:, 1]))


def _metres_per_unit(crs: "CRS") -> float:
    return float(crs.axis_info[0].unit_conversion_factor) or 1.0


def _parts(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    """Return the lines and polygons of a geometry; lines that meet end to end as one."""
    if isinstance(geometry, shapely.MultiLineString):
        geometry = shapely.line_merge(geometry)
    if isinstance(geometry, BaseMultipartGeometry):
        return [part for each in geometry.geoms for part in _parts(each)]
    is_shape = isinstance(geometry, shapely.LineString | shapely.Polygon)
    return [geometry] if is_shape and not shapely.is_empty(geometry) else []


def _shape(
    part: shapely.Geometry, onto: _Onto, *, name: str, layer: str, source: str
) -> LimitShape:
    is_polygon = isinstance(part, shapely.Polygon)
    line = part.exterior if isinstance(part, shapely.Polygon) else part
    points: tuple[Position, ...] = ()
    problem = None
    if shapely.get_num_coordinates(line) > MOST_POINTS:
        problem = ShapeProblem.TOO_MANY_POINTS
    else:
        points = _positions(line, onto)
        if not points:
            problem = ShapeProblem.NO_PLACE
    is_area = is_polygon or (len(points) >= _FEWEST_OF_AREA and points[0] == points[-1])
    return LimitShape(
        name=name,
        points=points,
        is_area=is_area,
        layer=layer,
        source=source,
        problem=problem or _problem(part, points, is_area=is_area),
    )


def _positions(line: shapely.Geometry, onto: _Onto) -> tuple[Position, ...]:
    """Return a line's positions on WGS 84, none the same as the next; none if one is no place."""
    if onto.step is not None:
        line = shapely.segmentize(line, onto.step)
    try:
        every = [Position(float(x), float(y)) for x, y in onto.lon_lat_deg(_x_y(line))]
    except InvalidPosition:
        return ()
    return tuple(position for position, _ in groupby(every))


def _x_y(line: shapely.Geometry) -> npt.NDArray[np.float64]:
    return shapely.get_coordinates(line)


def _problem(
    part: shapely.Geometry, points: Sequence[Position], *, is_area: bool
) -> ShapeProblem | None:
    """Return why a shape whose points are places is no limit all the same."""
    if len(points) > MOST_POINTS:
        return ShapeProblem.TOO_MANY_POINTS
    if len(points) < (_FEWEST_OF_AREA if is_area else _FEWEST_OF_LINE):
        return ShapeProblem.TOO_FEW_POINTS
    if isinstance(part, shapely.Polygon) and shapely.get_num_interior_rings(part):
        return ShapeProblem.HOLES
    if is_area and not shapely.is_valid(shapely.Polygon([(p.lon_deg, p.lat_deg) for p in points])):
        return ShapeProblem.CROSSES_ITSELF
    return None


def _first_text(
    fields: Mapping[str, npt.NDArray[np.object_]], names: Sequence[str], row: int
) -> str:
    return next(iter(_texts(fields, names, row)), "")


def _texts(
    fields: Mapping[str, npt.NDArray[np.object_]], names: Sequence[str], row: int
) -> Iterator[str]:
    """Yield what a row says in the columns of these names, without what is empty."""
    for name in names:
        value = fields[name][row] if name in fields else None
        if isinstance(value, str) and value.strip():
            yield " ".join(value.split())
