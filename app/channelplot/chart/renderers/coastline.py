"""Sea, land and the coast between them."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import Layer
from channelplot.chart.renderers.lines import path_of, rings_px, stroke
from channelplot.chart.renderers.pens import colour, pen
from channelplot.chart.scene import Scene

COAST_PX: Final = 1.1
_EDGE_PX: Final = 4.0
"""Land and coast are cut a little outside the picture, so that no cut shows."""


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the sea everywhere, then land and coast, if the scene has them."""
    viewport, palette = scene.viewport, scene.palette
    painter.fillRect(QRectF(0.0, 0.0, viewport.width_px, viewport.height_px), colour(palette.sea))
    if scene.levels is None or not scene.shows(Layer.COAST) or cancel.is_cancelled:
        return
    level = scene.levels.at(viewport.m_per_px)
    bounds_m = viewport.widened(_EDGE_PX, _EDGE_PX).bounds_m()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # One path for all: edges that two polygons share add up exactly, and no seam shows.
    land = np.atleast_1d(level.land_in(bounds_m))
    painter.fillPath(path_of(rings_px(land, viewport)), colour(palette.land))
    coast = np.atleast_1d(level.coast_in(bounds_m))
    painter.setPen(pen(palette.coast, COAST_PX))
    for line_px in rings_px(coast, viewport):
        stroke(painter, line_px, cancel)
