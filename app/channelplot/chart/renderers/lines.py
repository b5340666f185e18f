"""Arrays of points to the painter, in pieces short enough to be cancelled.

A drawing call holds the interpreter lock, and with it the window: so none is long.
"""

import ctypes
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
import shiboken6
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from channelplot.chart.cancel import Cancel
from channelplot.chart.legs import Legs
from channelplot.chart.viewport import Viewport

PIECE_POINTS: Final = 300
"""About a millisecond of antialiased line."""
PIECE_LEGS: Final = 1_000
"""About a millisecond of antialiased legs, which have no joints to be worked out."""


def polygon_of(points_px: npt.NDArray[np.float64]) -> QPolygonF:
    """Return the points (n, 2) as Qt has them, copied in one go."""
    polygon = QPolygonF()
    if not len(points_px):
        return polygon
    polygon.resize(len(points_px))
    # An array of pairs of doubles; setting its points one by one would take 100 times longer.
    address = shiboken6.getCppPointer(polygon.data())[0]
    numbers = (ctypes.c_double * points_px.size).from_address(address)
    np.frombuffer(memoryview(numbers), dtype=np.float64).reshape(-1, 2)[:] = points_px
    return polygon


def stroke(painter: QPainter, points_px: npt.NDArray[np.float64], cancel: Cancel) -> None:
    """Draw a line through the points (n, 2) with the painter's pen, unless cancelled."""
    for first in range(0, len(points_px) - 1, PIECE_POINTS - 1):
        if cancel.is_cancelled:
            return
        painter.drawPolyline(polygon_of(points_px[first : first + PIECE_POINTS]))


def draw_legs(painter: QPainter, legs: Legs, cancel: Cancel) -> None:
    """Draw straight legs in pixels with the painter's pen, unless cancelled.

    The pen: ``legs_pen``; for unbroken lines with flat caps Qt has a short way.
    """
    ends_px = np.hstack((legs.starts, legs.ends)).reshape(-1, 2)
    for first in range(0, len(legs), PIECE_LEGS):
        if cancel.is_cancelled:
            return
        polygon = polygon_of(ends_px[2 * first : 2 * (first + PIECE_LEGS)])
        painter.drawLines(polygon.data(), polygon.size() // 2)


def rings_px(
    geometry: npt.NDArray[np.object_], viewport: Viewport
) -> Iterator[npt.NDArray[np.float64]]:
    """Yield every line or ring of the geometries, (n,) in chart metres, as (n, 2) pixels."""
    points_px, numbers = points_of(geometry, viewport)
    if len(points_px):
        yield from np.split(points_px, np.flatnonzero(np.diff(numbers)) + 1)


def points_of(
    geometry: npt.NDArray[np.object_], viewport: Viewport
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Return the points of all lines and rings, (n, 2) pixels, and the number of each one's line.

    geometry: (n,) in chart metres; of areas the rings.
    """
    parts = shapely.get_parts(geometry)
    polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = np.concatenate((parts[~polygons], shapely.get_rings(parts[polygons])))
    coordinates_m, numbers = shapely.get_coordinates(lines, return_index=True)
    return viewport.pixels_of_m(coordinates_m), numbers


def path_of(points_px: npt.NDArray[np.float64], numbers: npt.NDArray[np.int64]) -> QPainterPath:
    """Return rings as one path; a ring inside a ring is a hole.

    points_px: (n, 2) of all rings, one after the other; numbers: (n,) the ring of each point.
    """
    path = QPainterPath()
    if not len(points_px):
        return path
    elements = np.zeros(len(points_px), dtype=_ELEMENT)
    elements["kind"][1:] = numbers[1:] == numbers[:-1]
    elements["x"], elements["y"] = points_px[:, 0], points_px[:, 1]
    # As Qt writes a path to a stream: reading that is much faster than a call for each ring.
    count, last_start = len(points_px), int(np.flatnonzero(elements["kind"] == 0)[-1])
    ends = np.array((last_start, _ODD_EVEN), dtype=">i4").tobytes()
    written = count.to_bytes(4, "big") + elements.tobytes() + ends
    QDataStream(QByteArray(written)) >> path
    return path


_ELEMENT: Final = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
"""A point of a path in a stream; kind: 0 begins a ring, 1 is joined to the point before."""
_ODD_EVEN: Final = 0
