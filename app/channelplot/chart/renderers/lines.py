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
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from channelplot.chart.cancel import Cancel
from channelplot.chart.viewport import Viewport

PIECE_POINTS: Final = 300
"""About a millisecond of antialiased line."""


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


def rings_px(
    geometry: npt.NDArray[np.object_], viewport: Viewport
) -> Iterator[npt.NDArray[np.float64]]:
    """Yield every line or ring of the geometries, (n,) in chart metres, as (n, 2) pixels."""
    parts = shapely.get_parts(geometry)
    polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = np.concatenate((parts[~polygons], shapely.get_rings(parts[polygons])))
    if not len(lines):
        return
    coordinates_m, number = shapely.get_coordinates(lines, return_index=True)
    points_px = viewport.pixels_of_m(coordinates_m)
    yield from np.split(points_px, np.flatnonzero(np.diff(number)) + 1)


def path_of(rings: Iterator[npt.NDArray[np.float64]]) -> QPainterPath:
    """Return the rings as one path; a ring inside a ring is a hole."""
    path = QPainterPath()
    for ring_px in rings:
        path.addPolygon(polygon_of(ring_px))
    return path
