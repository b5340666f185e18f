"""Areas filled in calls that are short, however many vertices they have."""

from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.reference import Geometries
from channelplot.chart.renderers.lines import path_of, polygon_of
from channelplot.chart.renderers.pens import colour, saved
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport

BAND_VERTICES: Final = 2_000
"""An area is filled in bands of about so many: two or three milliseconds each."""
SMALL_AT_A_TIME: Final = 50
"""Smaller areas that are filled before it is asked whether to stop."""


def fill_areas(
    painter: QPainter,
    scene: Scene,
    areas_m: Geometries,
    ink: str,
    cancel: Cancel,
    opacity: float = 1.0,
) -> None:
    """Fill each of the areas (n,), in chart metres and cut to about the view, in one colour.

    Where areas overlap, or an area's parts, an opacity below 1 adds up. The bands of a large one
    meet on the edges of device pixels, where antialiasing leaves no seam.
    """
    is_large = shapely.get_num_coordinates(areas_m) >= 2 * BAND_VERTICES
    small_m = areas_m[~is_large]
    with saved(painter):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ink, opacity))
        # Small areas are brought to pixels together; a large one is drawn band by band.
        for first in range(0, len(small_m), SMALL_AT_A_TIME):
            if cancel.is_cancelled:
                return
            _fill(painter, scene.viewport, small_m[first : first + SMALL_AT_A_TIME])
        for area_m in areas_m[is_large]:
            _fill_in_bands(painter, scene, area_m, cancel)


def _fill(painter: QPainter, viewport: Viewport, areas_m: Geometries) -> None:
    parts, owners = shapely.get_parts(areas_m, return_index=True)
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, part_of = shapely.get_rings(parts[is_area], return_index=True)
    coordinates_m, numbers = shapely.get_coordinates(rings, return_index=True)
    points_px = viewport.pixels_of_m(coordinates_m)
    owner = owners[is_area][part_of[numbers]]
    begins = np.flatnonzero(np.diff(owner, prepend=-1))
    for begin, end in pairwise((*begins.tolist(), len(owner))):
        own_px, own = points_px[begin:end], numbers[begin:end]
        if own[0] == own[-1]:
            painter.drawPolygon(polygon_of(own_px))
        else:
            painter.drawPath(path_of(own_px, own))


def _fill_in_bands(painter: QPainter, scene: Scene, area: shapely.Geometry, cancel: Cancel) -> None:
    viewport, ratio = scene.viewport, scene.device_pixel_ratio
    min_x_m, _, max_x_m, max_y_m = viewport.widened(100.0, 0.0).bounds_m()
    count = round(int(shapely.get_num_coordinates(area)) / BAND_VERTICES)
    edges_px = np.round(np.linspace(0.0, viewport.height_px, count + 1) * ratio) / ratio
    for top_px, bottom_px in pairwise(edges_px):
        if cancel.is_cancelled:
            return
        top_m, bottom_m = (max_y_m - edge * viewport.m_per_px for edge in (top_px, bottom_px))
        band = shapely.clip_by_rect(area, min_x_m, bottom_m, max_x_m, top_m)
        _fill(painter, viewport, np.array([band], dtype=np.object_))
