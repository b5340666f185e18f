"""Lines and outlines from another program's file, to be loaded as limits.

A foreign file is not trusted. Formats that need GDAL are read in a child process that has next to
no rights (``vector_file.py``); text formats by readers of ours. What is read is bounded, and
positions come out on WGS 84 whatever reference they are in; a file that does not say which is
refused, since a guess can be wrong by 135 m.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange.found_lines import is_swapped
from channelplot.exchange.limit_shapes import LimitBounds, LimitShape, ShapeProblem
from channelplot.exchange.ordinary_file import ordinary_file
from channelplot.exchange.text_file import SUFFIXES as TEXT_SUFFIXES
from channelplot.exchange.text_file import read_text_file
from channelplot.exchange.vector_file import read_vector_file

MOST_BYTES: Final = 256 * 1024 * 1024
MOST_SHAPES: Final = 2_000
MOST_POINTS: Final = 100_000
"""Of one line or outline: the French 12 NM limit has some hundreds, a coast some tens of
thousands."""

Reader = Callable[[Path, LimitBounds], Sequence[LimitShape]]
_READERS: Final[Mapping[str, Reader]] = {
    ".gpkg": read_vector_file,
    ".shp": read_vector_file,
    ".geojson": read_vector_file,
    ".json": read_vector_file,
    ".fgb": read_vector_file,
    **dict.fromkeys(TEXT_SUFFIXES, read_text_file),
}
"""Who reads a file of each suffix: a line for each. A reader is given the real path of an ordinary
file that is not too large and that nobody has opened yet; it raises LimitFileError."""
SUFFIXES: Final = tuple(_READERS)


def read_limit_file(path: Path) -> tuple[LimitShape, ...]:
    """Return the lines and areas of a file, in its order; points are left out.

    Raises LimitFileError. Takes up to a minute: call off the GUI thread.
    """
    bounds = LimitBounds(most_bytes=MOST_BYTES, most_shapes=MOST_SHAPES, most_points=MOST_POINTS)
    real = ordinary_file(path, bounds.most_bytes)
    reader = _READERS.get(real.suffix.lower())
    if reader is None:
        raise LimitFileError(LimitFileFault.KIND, path)
    try:
        shapes = reader(real, bounds)
    except LimitFileError as error:
        # Whatever link led there, the operator knows the file by the name that was given.
        raise LimitFileError(error.fault, path, error.detail, error.line) from error
    if not shapes:
        raise LimitFileError(LimitFileFault.EMPTY, path)
    if len(shapes) > bounds.most_shapes:
        raise LimitFileError(LimitFileFault.TOO_LARGE, path, str(len(shapes)))
    return tuple(map(_as_looked_at, shapes))


def _as_looked_at(shape: LimitShape) -> LimitShape:
    """Return a shape, with a problem where its positions look swapped: GeoJSON by hand often is."""
    if shape.problem is None and any(map(is_swapped, shape.points)):
        return replace(shape, problem=ShapeProblem.SWAPPED)
    return shape
