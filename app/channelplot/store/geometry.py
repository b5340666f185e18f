"""GeoPackage geometry: positions and lines to binary and back.

A geometry is a header (the letters GP, version, flags, SRS, envelope) followed by
well-known binary (GeoPackage 1.4, clause 2.1.3). Longitude stands before latitude. Ours
is little-endian, without envelope for a point and with one for a line, as GDAL writes it;
both byte orders and all envelopes are read.
"""

import math
import sqlite3
import struct
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.geodesy.position import Position

Envelope = tuple[float, float, float, float]
"""min x, max x, min y, max y, in degrees."""

_POINT: Final = struct.Struct("<2sBBiBIdd")
POINT_START: Final = struct.pack("<2sBBiBI", b"GP", 0, 0b001, 4326, 1, 1)
"""What the geometry of a point begins with; longitude and latitude follow, little-endian."""
_AFTER_START: Final = len(POINT_START)
_LINE: Final = struct.Struct("<2sBBiddddBII")
_TWO_NUMBERS: Final = struct.Struct("<dd")

_POINT_CODE: Final = 1
_LINE_CODE: Final = 2
_ENVELOPE_BYTES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_EMPTY_FLAG: Final = 0b1_0000

EMPTY_POINT: Final = _POINT.pack(b"GP", 0, 0b001 | _EMPTY_FLAG, 4326, 1, 1, math.nan, math.nan)
"""The geometry of a point that is nowhere."""


def point_blob(position: Position) -> bytes:
    """Return the geometry of a position."""
    return POINT_START + _TWO_NUMBERS.pack(position.lon_deg, position.lat_deg)


def line_blob(line_deg: npt.NDArray[np.float64]) -> bytes | None:
    """Return the geometry of a line, None for fewer than two positions.

    line_deg: (n, 2) float64, lon, lat in degrees.
    """
    if len(line_deg) < 2:
        return None
    min_x, min_y = line_deg.min(axis=0)
    max_x, max_y = line_deg.max(axis=0)
    return (
        _LINE.pack(b"GP", 0, 0b011, 4326, min_x, max_x, min_y, max_y, 1, _LINE_CODE, len(line_deg))
        + line_deg.astype("<f8").tobytes()
    )


def track_blob(line_deg: npt.NDArray[np.float64]) -> bytes | None:
    """Return the geometry of a track, None until two of its positions differ.

    A line that stays where it begins is none that others take for valid. line_deg: (n, 2)
    float64, lon, lat in degrees.
    """
    has_two = bool((line_deg != line_deg[:1]).any())
    return line_blob(line_deg) if has_two else None


def read_point(blob: bytes) -> Position | None:
    """Return the position of a point, None for an empty one.

    Raises ValueError (InvalidPosition for numbers that are no place on Earth) for
    anything that is not a point in two dimensions.
    """
    if len(blob) == _POINT.size and blob.startswith(POINT_START):
        lon_deg, lat_deg = _TWO_NUMBERS.unpack_from(blob, _AFTER_START)
        if math.isnan(lon_deg) and math.isnan(lat_deg):
            return None
        return Position(lon_deg, lat_deg)
    coordinates = _coordinates(blob, _POINT_CODE)
    return Position(*coordinates[0].tolist()) if len(coordinates) else None


def read_line(blob: bytes) -> npt.NDArray[np.float64]:
    """Return the positions of a line: (n, 2) float64, lon, lat in degrees.

    Raises ValueError for anything that is not a line in two dimensions.
    """
    return _coordinates(blob, _LINE_CODE)


def envelope(blob: bytes) -> Envelope | None:
    """Return the box around a geometry, None for an empty one.

    Taken from the header where it has one. Raises ValueError for a damaged blob, and for
    one without envelope that is neither a point nor a line.
    """
    if len(blob) == _POINT.size and blob.startswith(POINT_START):
        # Five times for each act: the triggers call every function by itself.
        x, y = _TWO_NUMBERS.unpack_from(blob, _AFTER_START)
        return None if math.isnan(x) and math.isnan(y) else (x, x, y, y)
    byte_order, flags, start = _header(blob)
    if flags & _EMPTY_FLAG:
        return None
    if start > 8:
        min_x, max_x, min_y, max_y = struct.unpack_from(byte_order + "dddd", blob, 8)
        return (min_x, max_x, min_y, max_y)
    code = _code(blob, start)
    coordinates = _coordinates(blob, code)
    if not len(coordinates):
        return None
    (min_x, min_y), (max_x, max_y) = coordinates.min(axis=0), coordinates.max(axis=0)
    return (float(min_x), float(max_x), float(min_y), float(max_y))


def register_functions(conn: sqlite3.Connection) -> None:
    """Give a connection the functions that the triggers of a spatial index call.

    SQLite lacks them; without them every insert into an indexed layer fails.
    """

    def is_empty(blob: bytes | None) -> int | None:
        return None if blob is None else int(envelope(blob) is None)

    def side(index: int) -> Callable[[bytes | None], float | None]:
        def value(blob: bytes | None) -> float | None:
            box = None if blob is None else envelope(blob)
            return None if box is None else box[index]

        return value

    conn.create_function("ST_IsEmpty", 1, is_empty, deterministic=True)
    for index, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        conn.create_function(name, 1, side(index), deterministic=True)


def _header(blob: bytes) -> tuple[str, int, int]:
    """Return the byte order of the header, its flags, and where the WKB starts."""
    if len(blob) < 8 or blob[:2] != b"GP" or blob[2] != 0:
        raise ValueError("no GeoPackage geometry")
    flags = blob[3]
    size = _ENVELOPE_BYTES.get(flags >> 1 & 0b111)
    if size is None or len(blob) < 8 + size + 5:
        raise ValueError("damaged geometry header")
    return "<" if flags & 1 else ">", flags, 8 + size


def _code(blob: bytes, start: int) -> int:
    order = "<" if blob[start] == 1 else ">"
    return int(struct.unpack_from(order + "I", blob, start + 1)[0])


def _coordinates(blob: bytes, expected: int) -> npt.NDArray[np.float64]:
    """Return (n, 2) float64 of a point or a line; n is 0 for an empty one."""
    _, flags, start = _header(blob)
    order = "<" if blob[start] == 1 else ">"
    if blob[start] > 1 or _code(blob, start) != expected or expected not in (1, 2):
        raise ValueError("not the expected kind of geometry")
    at = start + 5
    if expected == _LINE_CODE:
        if len(blob) < at + 4:
            raise ValueError("geometry cut short")
        (count,) = struct.unpack_from(order + "I", blob, at)
        at += 4
    else:
        count = 1
    if len(blob) != at + 16 * count:
        raise ValueError("geometry of a wrong length")
    numbers = np.frombuffer(blob, dtype=order + "f8", offset=at, count=2 * count)
    coordinates = numbers.reshape(-1, 2).astype(np.float64)
    if flags & _EMPTY_FLAG or (expected == _POINT_CODE and bool(np.isnan(coordinates).all())):
        return np.empty((0, 2), dtype=np.float64)
    return coordinates
