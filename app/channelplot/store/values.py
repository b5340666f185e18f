"""The values of a row of the plot file: written, and read back.

What a file cannot hold is written as the nearest thing it can: a lone surrogate as a question
mark, an infinite or undefined number as null. Times are cut to the millisecond.

Reading is strict: a value that is not what its column is for raises ValueError or TypeError. A
text that is null, as QGIS may leave it, is an empty text; a number that is null where there must
be one is not a number (NaN), which ``model/rules.py`` tells of.
"""

import functools
import math
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from channelplot.geodesy.position import Position
from channelplot.store.geometry import line_blob, read_line, read_point
from channelplot.store.times import read_time

Value = str | int | float | bytes | None
Row = Mapping[str, Value]
"""One row: the value of each column, by name."""


def text_value(text: str) -> str:
    """Return a text as a file can hold it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def real_value(number: float | None) -> float | None:
    """Return a number, null for one that is infinite or undefined."""
    return float(number) if number is not None and math.isfinite(number) else None


def line_value(points: Sequence[Position]) -> bytes | None:
    """Return the geometry of the line through points, null for fewer than two."""
    pairs = [(point.lon_deg, point.lat_deg) for point in points]
    return line_blob(np.array(pairs, dtype=np.float64).reshape(-1, 2))


@functools.lru_cache(maxsize=4096)
def time_of(value: Value) -> datetime:
    """Return a time; the three of a report are often the same."""
    return read_time(value)


def text_of(value: Value) -> str:
    """Return a text, empty for null."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value


def uid_of(value: Value) -> str:
    """Return an identifier."""
    if not isinstance(value, str):
        raise TypeError(f"no identifier: {value!r}")
    return value


def maybe_uid_of(value: Value) -> str | None:
    """Return an identifier, None for null."""
    # QGIS may leave an empty text where it means none.
    return None if value is None or value == "" else uid_of(value)


def real_of(value: Value) -> float | None:
    """Return a number, None for null."""
    if value is None or isinstance(value, float):
        return value
    raise TypeError(f"no number: {value!r}")


def required_real_of(value: Value) -> float:
    """Return a number, NaN for null."""
    number = real_of(value)
    return math.nan if number is None else number


def whole_of(value: Value) -> int | None:
    """Return a whole number, None for null."""
    if value is None or isinstance(value, int):
        return value
    raise TypeError(f"no whole number: {value!r}")


def required_whole_of(value: Value) -> int:
    """Return a whole number."""
    if isinstance(value, int):
        return value
    raise TypeError(f"no whole number: {value!r}")


def flag_of(value: Value) -> bool:
    """Return whether a flag is set."""
    return bool(whole_of(value))


def position_of(value: Value) -> Position | None:
    """Return the position of a point, None for an empty one."""
    return read_point(_blob_of(value))


def required_position_of(value: Value) -> Position:
    """Return the position of a point that is not empty."""
    position = position_of(value)
    if position is None:
        raise ValueError("empty geometry")
    return position


def points_of(value: Value) -> tuple[Position, ...]:
    """Return the positions of a line, none for null."""
    if value is None:
        return ()
    return tuple(Position(*pair) for pair in read_line(_blob_of(value)).tolist())


def _blob_of(value: Value) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError(f"no geometry: {value!r}")
    return value
