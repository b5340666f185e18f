"""Limits from files that readers of ours read: GPX, KML, KMZ and tables of positions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Final

import shapely

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange.csv_read import read_table
from channelplot.exchange.found_lines import FoundFile, FoundLine
from channelplot.exchange.gpx_read import read_gpx
from channelplot.exchange.kml_read import read_kml
from channelplot.exchange.kmz import read_kmz
from channelplot.exchange.limit_shapes import (
    LimitBounds,
    LimitShape,
    ShapeProblem,
    shapes_of,
)

_READERS: Final[Mapping[str, Callable[[BinaryIO, Path], FoundFile]]] = {
    ".gpx": read_gpx,
    ".kml": read_kml,
    ".kmz": read_kmz,
    ".csv": read_table,
    ".tsv": read_table,
    ".txt": read_table,
}
SUFFIXES: Final = tuple(_READERS)
_NAMES: Final = frozenset({"name", "nom", "title", "label", "libelle"})
_SOURCES: Final = frozenset(
    {"source", "legal_ref", "licence", "license", "copyright", "desc", "src", "cmt"}
)
_OUTLINE: Final = 4
"""Points that an outline has at least, its first one twice."""


def read_text_file(path: Path, bounds: LimitBounds) -> Sequence[LimitShape]:
    """Return the lines and areas of a file in its order; points that follow nothing are left out.

    Raises LimitFileError, with the line where there is one.
    """
    reader = _READERS[path.suffix.lower()]
    try:
        with path.open("rb") as file:
            found = reader(file, path)
    except OSError as error:
        raise LimitFileError(LimitFileFault.UNREADABLE, path, str(error)) from error
    if not found.lines and found.has_links:
        raise LimitFileError(LimitFileFault.LINKS, path)
    if len(found.lines) > bounds.most_shapes:
        raise LimitFileError(LimitFileFault.TOO_LARGE, path, str(len(found.lines)))
    return [
        replace(shape, is_datum_given=found.is_datum_given)
        for _, lines in groupby(found.lines, key=lambda line: line.feature)
        for shape in _shapes(list(lines), bounds)
    ]


def _shapes(lines: list[FoundLine], bounds: LimitBounds) -> Iterator[LimitShape]:
    """Yield the shapes of what the file holds as one thing; parts are numbered."""
    open_lines = [_line(line) for line in lines if not line.is_area]
    geometries: list[tuple[shapely.Geometry, bool]] = [
        (_outline(line), line.has_holes) for line in lines if line.is_area
    ]
    if open_lines:
        several = shapely.MultiLineString(open_lines)
        geometries.append((open_lines[0] if len(open_lines) == 1 else several, False))
    facts = [(key, said) for key, said in lines[0].facts if said]
    name = lines[0].name or next((said for key, said in facts if key in _NAMES), "")
    shapes = [
        replace(shape, problem=shape.problem or ShapeProblem.HOLES) if has_holes else shape
        for geometry, has_holes in geometries
        for shape in shapes_of(
            geometry,
            None,
            name="",
            layer=lines[0].layer,
            source="; ".join(said for key, said in facts if key in _SOURCES),
            most_points=bounds.most_points,
        )
    ]
    for number, shape in enumerate(shapes, start=1):
        yield replace(shape, name=f"{name} {number}".strip() if len(shapes) > 1 else name)


def _line(line: FoundLine) -> shapely.LineString:
    """Return the line; one of a single point has it twice, which is told as too few."""
    x_y = _x_y(line)
    return shapely.LineString(x_y if len(x_y) > 1 else x_y * 2)


def _outline(line: FoundLine) -> shapely.Polygon:
    """Return the outline; one of too few points stays so, but can be built."""
    x_y = _x_y(line)
    return shapely.Polygon([*x_y, *[x_y[0]] * (_OUTLINE - len(x_y))])


def _x_y(line: FoundLine) -> list[tuple[float, float]]:
    return [(point.position.lon_deg, point.position.lat_deg) for point in line.points]
