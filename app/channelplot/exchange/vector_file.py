"""Files that GDAL reads, read in a child process: what this process does for it.

GDAL opens by content, not by name, has a hundred drivers, and is a second SQLite. So it is not in
this process: the child has one driver, no network, and bounds of memory, time and size.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from channelplot.errors import InvalidPosition, LimitFileError, LimitFileFault
from channelplot.exchange.child import ChildEnd, ChildFailed, run_child
from channelplot.exchange.limit_shapes import LimitBounds, LimitShape, ShapeProblem
from channelplot.geodesy.position import Position

WORKER: Final = "channelplot.exchange.vector_worker"
_LENGTH: Final = struct.Struct("<Q")
ENVIRONMENT: Final = {
    "PROJ_NETWORK": "OFF",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{noext}",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OGR_ENABLE_PARTIAL_REPROJECTION": "NO",
}


def read_vector_file(path: Path, bounds: LimitBounds) -> tuple[LimitShape, ...]:
    """Return the lines and areas of a file that GDAL reads, none where it has none.

    path: real, of an ordinary file. It is read and never written to; nothing is made beside it.
    Raises LimitFileError.
    """
    request = json.dumps(
        {
            "path": str(path),
            "most_bytes": bounds.most_bytes,
            "most_shapes": bounds.most_shapes,
            "most_points": bounds.most_points,
        }
    )
    try:
        said = run_child(
            WORKER, request, environment=ENVIRONMENT, most_bytes=2 * bounds.most_bytes + 2**20
        )
        answer, numbers = _taken_apart(said)
        if "fault" in answer:
            fault = LimitFileFault(str(answer["fault"]))
            raise LimitFileError(fault, path, str(answer["detail"]))
        return tuple(_shapes(answer, numbers))
    except ChildFailed as error:
        is_large = error.end is ChildEnd.TOO_MUCH
        fault = LimitFileFault.TOO_LARGE if is_large else LimitFileFault.UNREADABLE
        raise LimitFileError(fault, path, str(error)) from error
    except (ValueError, KeyError, TypeError, struct.error, InvalidPosition) as error:
        raise LimitFileError(LimitFileFault.UNREADABLE, path, str(error)) from error


def packed(shapes: Sequence[LimitShape]) -> bytes:
    """Return shapes as the worker sends them: a length, JSON of so many bytes, and float64."""
    head = [
        {
            "name": shape.name,
            "layer": shape.layer,
            "source": shape.source,
            "is_area": shape.is_area,
            "problem": shape.problem,
            "count": len(shape.points),
        }
        for shape in shapes
    ]
    positions = [(p.lon_deg, p.lat_deg) for shape in shapes for p in shape.points]
    numbers = np.array(positions, dtype="<f8").reshape(-1, 2)
    return _packed({"shapes": head}) + numbers.tobytes()


def packed_fault(fault: LimitFileFault, detail: str) -> bytes:
    """Return a refusal as the worker sends it."""
    return _packed({"fault": fault.value, "detail": detail[:500]})


def _packed(head: Mapping[str, object]) -> bytes:
    text = json.dumps(head).encode("ascii")
    return _LENGTH.pack(len(text)) + text


def _taken_apart(said: bytes) -> tuple[Mapping[str, object], list[list[float]]]:
    (length,) = _LENGTH.unpack_from(said)
    head = json.loads(said[_LENGTH.size : _LENGTH.size + length])
    if not isinstance(head, dict):
        raise TypeError("no answer")
    numbers = np.frombuffer(said[_LENGTH.size + length :], dtype="<f8")
    lon_lat_deg: list[list[float]] = numbers.reshape(-1, 2).tolist()
    return head, lon_lat_deg


def _shapes(
    head: Mapping[str, object], lon_lat_deg: Sequence[Sequence[float]]
) -> Sequence[LimitShape]:
    told = head["shapes"]
    if not isinstance(told, list):
        raise TypeError("no shapes")
    shapes, at = [], 0
    for each in told:
        count = int(each["count"])
        if count < 0 or at + count > len(lon_lat_deg):
            raise ValueError("fewer positions than told")
        shapes.append(
            LimitShape(
                name=str(each["name"]),
                points=tuple(Position(lon, lat) for lon, lat in lon_lat_deg[at : at + count]),
                is_area=bool(each["is_area"]),
                layer=str(each["layer"]),
                source=str(each["source"]),
                problem=None if each["problem"] is None else ShapeProblem(each["problem"]),
            )
        )
        at += count
    return shapes
