"""Rows of a file that GDAL reads, and how the child that reads them says so.

An answer is a length and JSON of so many bytes. For rows follow what each one's shape is (a byte),
where it is (two float64), and the cells, some thousand rows at a time, as JSON.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import IntEnum
from itertools import islice, repeat
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.exchange.reference_table import packed_head

ASK_LAYERS: Final = "layers"
ASK_ROWS: Final = "rows"
_CHUNK: Final = 2_000


class RowShape(IntEnum):
    """What the shape of a row is."""

    NONE = 0
    POINT = 1
    OTHER = 2
    BROKEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerFound:
    """A layer of a file.

    name: "" where the file has one layer without a name of its own. rows: how many. has_shapes:
    its rows may have shapes.
    """

    name: str
    rows: int
    has_shapes: bool
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: where it is and what it says.

    lon_lat_deg: on WGS 84, of a point; not finite where the file's numbers are no place. cells:
    one for each column, None for nothing.
    """

    shape: RowShape
    lon_lat_deg: tuple[float, float]
    cells: Sequence[str | None]


def packed_layers(layers: Sequence[LayerFound], unread: Sequence[str]) -> bytes:
    """Return layers as the child sends them. unread: names of those that it can't read."""
    return packed_head({"layers": [asdict(layer) for layer in layers], "unread": list(unread)})


def packed_rows(
    shapes: npt.NDArray[np.uint8],
    lon_lat_deg: npt.NDArray[np.float64],
    columns: Sequence[Sequence[str | None]],
) -> bytes:
    """Return rows as the child sends them. columns: each of the length of the others."""
    count = len(shapes)
    rows: Iterator[Sequence[str | None]] = zip(*columns, strict=True) if columns else repeat(())
    pieces = [
        json.dumps(list(islice(rows, min(_CHUNK, count - first))), allow_nan=False).encode("ascii")
        for first in range(0, count, _CHUNK)
    ]
    head = {"count": count, "pieces": [len(piece) for piece in pieces]}
    places = np.ascontiguousarray(lon_lat_deg, dtype="<f8").tobytes()
    return b"".join((packed_head(head), shapes.astype(np.uint8).tobytes(), places, *pieces))


def layers_from(head: Mapping[str, object]) -> tuple[tuple[LayerFound, ...], tuple[str, ...]]:
    """Return the layers of an answer, and the names of those that can't be read.

    Raises ValueError, KeyError, TypeError.
    """
    told, unread = head["layers"], head["unread"]
    if not isinstance(told, list) or not isinstance(unread, list):
        raise TypeError("no layers")
    layers = tuple(
        LayerFound(
            name=str(each["name"]),
            rows=int(each["rows"]),
            has_shapes=bool(each["has_shapes"]),
            columns=tuple(str(name) for name in each["columns"]),
        )
        for each in told
    )
    return layers, tuple(map(str, unread))


def rows_from(head: Mapping[str, object], rest: memoryview, columns: int) -> Iterator[Row]:
    """Yield the rows of an answer, each with so many cells.

    Raises ValueError, KeyError, TypeError where the answer contradicts itself.
    """
    count, pieces = head["count"], head["pieces"]
    if not isinstance(count, int) or count < 0 or not isinstance(pieces, list):
        raise TypeError("no rows")
    shapes = np.frombuffer(rest[:count], dtype=np.uint8)
    places = np.frombuffer(rest[count : 17 * count], dtype="<f8").reshape(-1, 2)
    if len(shapes) != count or len(places) != count:
        raise ValueError("fewer rows than told")
    at, row = 17 * count, 0
    for length in pieces:
        several = json.loads(bytes(rest[at : at + length]))
        at += length
        for cells in several:
            if len(cells) != columns or row >= count:
                raise ValueError("rows of another length")
            lon_deg, lat_deg = places[row].tolist()
            yield Row(shape=RowShape(shapes[row]), lon_lat_deg=(lon_deg, lat_deg), cells=cells)
            row += 1
    if row != count:
        raise ValueError("fewer rows than told")
