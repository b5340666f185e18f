"""What the shape of a GeoJSON feature is to an import: a place, a line of timed places, or neither.

Times of a line stand in its properties, one for each position, as converters of GPX write them:
``coordTimes``, ``times`` or ``coordinateProperties: {"times": ...}``; of a line of several parts
there is a list for each part.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from channelplot.exchange.found_lines import piece
from channelplot.exchange.incoming.features import OtherShape, Place, Shape, TimedLine

TIMES: Final = ("coordTimes", "times")
_OF_POSITIONS: Final = "coordinateProperties"
BESIDE_POSITIONS: Final = frozenset({*TIMES, _OF_POSITIONS})
"""Properties that hold something for each position of a line, and nothing of the whole."""
_FEWEST: Final = 2
Coordinates = Sequence[Any]


def times_of(properties: Mapping[str, Any]) -> Sequence[Any] | None:
    """Return the times of a line's positions, as they stand; None for none."""
    beside = properties.get(_OF_POSITIONS)
    for told in (properties, beside if isinstance(beside, dict) else {}):
        for name in TIMES:
            if isinstance(told.get(name), list):
                times: Sequence[Any] = told[name]
                return times
    return None


def shape_of(geometry: Mapping[str, Any], times: Sequence[Any] | None) -> Shape:
    """Return what a geometry is; what its numbers are is not looked at. times: as ``times_of``."""
    kind, coordinates = str(geometry.get("type", "")), geometry.get("coordinates")
    if not isinstance(coordinates, list):
        return OtherShape(piece(kind))
    if kind == "Point":
        return _place(coordinates)
    if kind == "MultiPoint" and times is None and len(coordinates) == 1:
        return _place(coordinates[0])
    if times is not None and kind in ("LineString", "MultiPoint"):
        return TimedLine(piece(kind), [_place(each) for each in coordinates], times)
    if times is not None and kind == "MultiLineString":
        is_matched = _lengths(coordinates) == _lengths(times)
        places = [_place(each) for each in _joined(coordinates)]
        return TimedLine(piece(kind), places, _joined(times) if is_matched else ())
    return OtherShape(piece(kind))


def _place(coordinates: object) -> Place:
    if not isinstance(coordinates, list) or len(coordinates) < _FEWEST:
        return Place(None, None)
    return Place(coordinates[0], coordinates[1])


def _joined(parts: Sequence[Any]) -> list[Any]:
    """Return what stands in the parts of a line, one after the other."""
    return [each for part in parts if isinstance(part, list) for each in part]


def _lengths(parts: Sequence[Any]) -> list[int]:
    return [len(part) if isinstance(part, list) else -1 for part in parts]
