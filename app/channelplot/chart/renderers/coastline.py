"""Sea, land and the coast between them, as far as the chart goes."""

from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import Layer
from channelplot.chart.renderers.dashed import draw_many
from channelplot.chart.renderers.lines import path_of, points_of
from channelplot.chart.renderers.pens import colour
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import CHART_AREA_M

COAST_PX: Final = 1.1
SMALL_SCALE_COAST_PX: Final = 0.7
SMALL_SCALE_M_PER_PX: Final = 300.0
"""Chart metres. Beyond this islets and inlets are no larger than the line is wide."""
FILL_VERTICES: Final = 2_000
"""Land is filled in bands of about so many: two or three milliseconds each."""


def draw_sea(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Fill the whole picture: with sea, and where nothing is charted so that it shows."""
    viewport, palette = scene.viewport, scene.palette
    picture = QRectF(0.0, 0.0, viewport.width_px, viewport.height_px)
    if scene.levels is None or not scene.shows(Layer.COAST):
        painter.fillRect(picture, colour(palette.sea))
        return
    painter.fillRect(picture, colour(palette.uncharted))
    (left_px, bottom_px), (right_px, top_px) = viewport.pixels_of_m(
        np.array(CHART_AREA_M).reshape(2, 2)
    )
    charted = QRectF(left_px, top_px, right_px - left_px, bottom_px - top_px)
    painter.fillRect(charted & picture, colour(palette.sea))


def draw_land(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Fill the land, if the scene has it."""
    if scene.levels is None or not scene.shows(Layer.COAST):
        return
    viewport = scene.viewport
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    land = scene.levels.at(viewport.m_per_px).land_in(viewport.bounds_m())
    _fill(painter, scene, land, cancel)


def draw_coast(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the line between land and sea, if the scene has it."""
    if scene.levels is None or not scene.shows(Layer.COAST) or cancel.is_cancelled:
        return
    viewport = scene.viewport
    width_px = coast_px(viewport.m_per_px)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    coast = scene.levels.at(viewport.m_per_px).coast_in(viewport.bounds_m())
    points_px, numbers = points_of(coast, viewport)
    draw_many(painter, scene, points_px, numbers, scene.palette.coast, width_px, cancel)


def coast_px(m_per_px: float) -> float:
    """Return how wide the coast is drawn at a scale in chart metres per pixel."""
    return SMALL_SCALE_COAST_PX if m_per_px > SMALL_SCALE_M_PER_PX else COAST_PX


def _fill(painter: QPainter, scene: Scene, land: npt.NDArray[np.object_], cancel: Cancel) -> None:
    """Fill the land in bands across the picture, so that no call is long.

    The bands meet on the edges of device pixels, where antialiasing leaves no seam.
    """
    viewport, ratio = scene.viewport, scene.device_pixel_ratio
    count = max(1, round(int(shapely.get_num_coordinates(land).sum()) / FILL_VERTICES))
    edges_px = np.round(np.linspace(0.0, viewport.height_px, count + 1) * ratio) / ratio
    min_x_m, _, max_x_m, max_y_m = viewport.widened(1.0, 0.0).bounds_m()
    ground = colour(scene.palette.land)
    for top_px, bottom_px in pairwise(edges_px):
        if cancel.is_cancelled:
            return
        band = land
        if count > 1:
            top_m, bottom_m = (max_y_m - edge * viewport.m_per_px for edge in (top_px, bottom_px))
            band = shapely.clip_by_rect(land, min_x_m, bottom_m, max_x_m, top_m)
            band = band[~shapely.is_empty(band)]
        painter.fillPath(path_of(*points_of(band, viewport)), ground)
