"""A plot as FlatGeobuf: one layer of points and lines, WGS 84, without a spatial index.

Each thing is a feature with its fields (``exchange/fields.py``), and ``record`` first: report,
track, beach or mark; a report has the name of its track too. A track is the line through its
positions, to look at. Written by ourselves, from the specification (flatgeobuf.org, version 3):
the bytes of a feature differ only in its place and properties.
"""

import struct
from collections.abc import Iterator
from typing import Final

from channelplot.exchange.fields import BEACH_FIELDS, MARK_FIELDS, REPORT_FIELDS, TRACK_FIELDS
from channelplot.exchange.outgoing.flat_buffer import OFFSET, FlatBuffer
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Lot, Selection, line_deg
from channelplot.exchange.outgoing.texts import REALS, TIMES, WHOLES, Texts, Written
from channelplot.geodesy.position import Position

COLUMNS: Final = tuple(
    name
    for name in dict.fromkeys(
        ("record", *REPORT_FIELDS, "track_name", *TRACK_FIELDS, *BEACH_FIELDS, *MARK_FIELDS)
    )
    if name not in ("lon_deg", "lat_deg")
)
_MAGIC: Final = b"fgb\x03fgb\x01"
_POINT: Final = 1
_LINE: Final = 2
_LONG: Final = 7
_DOUBLE: Final = 10
_TEXT: Final = 11
_TIME: Final = 13
_EPSG: Final = 4326
_NUMBERS: Final = {name: number for number, name in enumerate(COLUMNS)}

# A feature in bytes, from its size on: the size; where its table is; how that is built; the table:
# where its geometry is, and where its properties are.
_FEATURE: Final = struct.Struct("<IIHHHHiII")
# Its geometry: how its table is built, with positions and a type alone; the table: where the
# positions are, the type; then how many numbers they are.
_GEOMETRY: Final = struct.Struct("<HH7H2xiIB3xI")


def flatgeobuf_pieces(selection: Selection) -> Iterator[bytes]:
    """Yield the file, thing by thing."""
    written = Written(selection, Format.FLATGEOBUF)
    yield _MAGIC
    yield _header(selection.counts().things)
    for beach in selection.beaches():
        yield _feature("beach", written.beach(beach), _POINT, _numbers(beach.position))
    for mark in selection.marks():
        yield _feature("mark", written.mark(mark), _POINT, _numbers(mark.position))
    for track, lot in selection.lots():
        texts = written.track(track)
        line = line_deg(track, lot)
        numbers = b"" if line is None else line.astype("<f8").tobytes()
        yield _feature("track", texts, _LINE, numbers)
        yield from _reports(lot, written, {"track_name": texts["name"]})
    yield from _reports(selection.unattributed(), written, {})


def _reports(lot: Lot, written: Written, of_track: Texts) -> Iterator[bytes]:
    for report in lot:
        texts = {**written.report(report), **of_track}
        yield _feature("report", texts, _POINT, _numbers(report.position))


def _numbers(position: Position | None) -> bytes:
    return b"" if position is None else struct.pack("<dd", position.lon_deg, position.lat_deg)


def _header(count: int) -> bytes:
    """Return the header of a file with so many features of no one kind of geometry."""
    buffer = FlatBuffer()
    name, geometry_type, columns, features_count, index_node_size, crs = 0, 2, 7, 8, 9, 10
    at = buffer.root(
        {
            name: OFFSET,
            geometry_type: ("B", 0),
            columns: OFFSET,
            features_count: ("Q", count),
            index_node_size: ("H", 0),
            crs: OFFSET,
        }
    )
    buffer.text(at[name], "plot")
    for told_at, column in zip(buffer.offsets(at[columns], len(COLUMNS)), COLUMNS, strict=True):
        buffer.text(buffer.table(told_at, {0: OFFSET, 1: ("B", _type(column))})[0], column)
    organisation = buffer.table(at[crs], {0: OFFSET, 1: ("i", _EPSG)})[0]
    buffer.text(organisation, "EPSG")
    return buffer.finished()


def _type(column: str) -> int:
    if column in REALS:
        return _DOUBLE
    if column in WHOLES:
        return _LONG
    return _TIME if column in TIMES else _TEXT


def _feature(record: str, texts: Texts, geometry_type: int, numbers: bytes) -> bytes:
    """Return a feature. numbers: of its positions; none, and it has no geometry."""
    properties = b"".join(
        [
            _property("record", record),
            *(_property(name, text) for name, text in texts.items() if name in _NUMBERS),
        ]
    )
    geometry = b""
    if numbers:
        geometry = (
            _GEOMETRY.pack(18, 9, 0, 4, 0, 0, 0, 0, 8, 20, 8, geometry_type, len(numbers) // 8)
            + numbers
        )
    length = _FEATURE.size + len(geometry) + 4 + len(properties)
    end = bytes(-length % 8)
    head = _FEATURE.pack(
        length + len(end) - 4,
        12,
        8,
        12,
        4 if geometry else 0,
        8,
        8,
        28 if geometry else 0,
        4 + len(geometry),
    )
    return b"".join([head, geometry, struct.pack("<I", len(properties)), properties, end])


def _property(name: str, text: str) -> bytes:
    number = _NUMBERS[name]
    if name in REALS:
        return struct.pack("<Hd", number, float(text))
    if name in WHOLES:
        return struct.pack("<Hq", number, int(text))
    data = text.encode()
    return struct.pack("<HI", number, len(data)) + data
