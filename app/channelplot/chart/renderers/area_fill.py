"""Areas filled in calls that are short, however many vertices they have."""

from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.reference import Geometries
from channelplot.chart.renderers.lines import path_of, rings_px
from channelplot.chart.renderers.pens import colour
from channelplot.chart.scene import Scene

BAND_VERTICES: Final = 2_000
"""An area is filled in bands of about so many: two or three milliseconds each."""


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
    viewport, ratio = scene.viewport, scene.device_pixel_ratio
    min_x_m, _, max_x_m, max_y_m = viewport.widened(100.0, 0.0).bounds_m()
    brush = colour(ink, opacity)
    for area in areas_m:
        count = max(1, round(int(shapely.get_num_coordinates(area)) / BAND_VERTICES))
        edges_px = np.round(np.linspace(0.0, viewport.height_px, count + 1) * ratio) / ratio
        for top_px, bottom_px in pairwise(edges_px):
            if cancel.is_cancelled:
                return
            band = area
            if count > 1:
                top_m, bottom_m = (
                    max_y_m - edge * viewport.m_per_px for edge in (top_px, bottom_px)
                )
                band = shapely.clip_by_rect(area, min_x_m, bottom_m, max_x_m, top_m)
            parts = np.array([band], dtype=np.object_)
            painter.fillPath(path_of(rings_px(shapely.get_parts(parts), viewport)), brush)
