"""What is read of a file for a reference layer, and how the child that reads it says so.

An answer is a length and JSON of so many bytes. For shapes follow how long each one's WKB is, the
columns piece by piece as JSON, and the WKB.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.errors import ReferenceFileFault
from channelplot.model.reference_layer import ReferenceSchema

Cell = str | float | None
_LENGTH: Final = struct.Struct("<Q")
_CHUNK: Final = 2_000
"""Cells, or shapes, that are read at a time."""


class GeometryKind(StrEnum):
    """What the shapes of a table are."""

    POINTS = "points"
    LINES = "lines"
    AREAS = "areas"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceBounds:
    """How much is read: bytes of a file, shapes, vertices, columns, characters of all words."""

    most_bytes: int = 256 * 1024 * 1024
    most_features: int = 200_000
    most_points: int = 3_000_000
    most_columns: int = 60
    most_characters: int = 32_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFound:
    """A table of a file: what can be said of it before it is added.

    name: "" where the file has one table without a name of its own. features: how many shapes.
    crs: the name of the reference its positions are in, "" where the file does not say. schema:
    what it is known to be. columns: that could be labels. credit: who is to be named, in the
    file's words.
    """

    name: str
    geometry: GeometryKind
    features: int
    crs: str
    schema: ReferenceSchema
    columns: tuple[str, ...]
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReferenceTable:
    """The shapes of a table, and what the file says of each.

    geometries_deg: (n,) geometries, lon, lat on WGS 84, without heights; None where a row has
    none. columns: by name, each of length n. credit: as in TableFound. left_out: how many shapes
    lie where there is no place on Earth.
    """

    geometries_deg: npt.NDArray[np.object_]
    columns: Mapping[str, tuple[Cell, ...]]
    credit: str = ""
    left_out: int = 0


def packed_tables(tables: Sequence[TableFound]) -> bytes:
    """Return tables as the child sends them."""
    return packed_head({"tables": [asdict(table) for table in tables]})


def packed_shapes(table: ReferenceTable) -> bytes:
    """Return shapes as the child sends them."""
    blobs = [
        b"" if shape is None else shapely.to_wkb(shape, output_dimension=2, byte_order=1)
        for shape in table.geometries_deg
    ]
    lengths = np.array([len(blob) for blob in blobs], dtype="<i8")
    pieces = [
        json.dumps(cells[at : at + _CHUNK], allow_nan=False).encode("ascii")
        for cells in table.columns.values()
        for at in range(0, len(blobs), _CHUNK)
    ]
    head = {
        "count": len(blobs),
        "columns": list(table.columns),
        "pieces": [len(piece) for piece in pieces],
        "credit": table.credit,
        "left_out": table.left_out,
    }
    return b"".join((packed_head(head), lengths.tobytes(), *pieces, *blobs))


def packed_refusal(fault: ReferenceFileFault, detail: str, line: int = 0) -> bytes:
    """Return a refusal as the child sends it."""
    return packed_head({"fault": fault.value, "detail": detail[:500], "line": line})


def taken_apart(said: bytes) -> tuple[Mapping[str, object], memoryview]:
    """Return the JSON of an answer and what follows it. Raises ValueError, TypeError."""
    if len(said) < _LENGTH.size:
        raise ValueError("no answer")
    (length,) = _LENGTH.unpack_from(said)
    head = json.loads(said[_LENGTH.size : _LENGTH.size + length])
    if not isinstance(head, dict):
        raise TypeError("no answer")
    # Not copied: tens of megabytes.
    return head, memoryview(said)[_LENGTH.size + length :]


def tables_from(head: Mapping[str, object]) -> tuple[TableFound, ...]:
    """Return the tables of an answer. Raises ValueError, KeyError, TypeError."""
    told = head["tables"]
    if not isinstance(told, list):
        raise TypeError("no tables")
    return tuple(
        TableFound(
            name=str(each["name"]),
            geometry=GeometryKind(each["geometry"]),
            features=int(each["features"]),
            crs=str(each["crs"]),
            schema=ReferenceSchema(each["schema"]),
            columns=tuple(str(name) for name in each["columns"]),
            credit=str(each["credit"]),
        )
        for each in told
    )


def shapes_from(head: Mapping[str, object], rest: bytes | memoryview) -> ReferenceTable:
    """Return the shapes of an answer.

    A little at a time: what turns text or WKB into objects lets no other thread run meanwhile.
    Raises ValueError, KeyError, TypeError, ShapelyError for one that contradicts itself.
    """
    count, names, pieces = _whole(head["count"]), head["columns"], head["pieces"]
    if not isinstance(names, list) or not isinstance(pieces, list):
        raise TypeError("no shapes")
    lengths = np.frombuffer(rest[: 8 * count], dtype="<i8")
    at = 8 * count
    cells: list[Cell] = []
    for length in map(_whole, pieces):
        cells += map(_cell, json.loads(bytes(rest[at : at + length])))
        at += length
    if len(lengths) != count or len(cells) != count * len(names):
        raise ValueError("columns of another length")
    return ReferenceTable(
        geometries_deg=_geometries(lengths, rest[at:]),
        columns=MappingProxyType(
            {
                str(name): tuple(cells[number * count : (number + 1) * count])
                for number, name in enumerate(names)
            }
        ),
        credit=str(head["credit"]),
        left_out=_whole(head["left_out"]),
    )


def _geometries(lengths: npt.NDArray[np.int64], wkb: bytes | memoryview) -> npt.NDArray[np.object_]:
    """Return geometries, None where a length is 0."""
    ends = np.cumsum(lengths)
    if (lengths < 0).any() or (int(ends[-1]) if len(ends) else 0) != len(wkb):
        raise ValueError("fewer or more shapes than told")
    geometries = np.full(len(lengths), None, dtype=np.object_)
    there = np.flatnonzero(lengths)
    for start in range(0, len(there), _CHUNK):
        rows = there[start : start + _CHUNK]
        blobs = [bytes(wkb[ends[row] - lengths[row] : ends[row]]) for row in rows]
        geometries[rows] = shapely.from_wkb(np.array(blobs, dtype=np.object_))
    return geometries


def _whole(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise TypeError(f"no number of things: {value!r}")
    return value


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return float(value)
    raise TypeError(f"neither words nor a number: {value!r}")


def packed_head(head: Mapping[str, object]) -> bytes:
    """Return an answer, or how it begins: JSON after its length."""
    text = json.dumps(head, allow_nan=False).encode("ascii")
    return _LENGTH.pack(len(text)) + text
