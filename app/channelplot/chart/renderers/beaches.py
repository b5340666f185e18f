"""Launch beaches: triangles on the shore."""

from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import Layer
from channelplot.chart.renderers.pens import colour
from channelplot.chart.renderers.symbols import draw_beach
from channelplot.chart.renderers.tracks import draw_glow
from channelplot.chart.scene import Scene
from channelplot.chart.shown import shown_beaches

FULL_SIZE_BELOW_M_PER_PX: Final = 130.0
SMALL_SIZE: Final = 0.72
"""Of the register's beaches at smaller scales, where they stand close."""


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the plot's beaches filled, and those of the register alone hollow and fainter."""
    if not scene.shows(Layer.BEACHES):
        return
    palette = scene.palette
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    small = 1.0 if scene.viewport.m_per_px <= FULL_SIZE_BELOW_M_PER_PX else SMALL_SIZE
    for shown in shown_beaches(scene):
        if cancel.is_cancelled:
            return
        at = QPointF(shown.x_px, shown.y_px)
        if shown.beach.uid in scene.selected_uids:
            draw_glow(painter, at, palette)
        draw_beach(
            painter,
            at,
            colour(palette.beach if shown.is_of_plot else palette.register_beach),
            colour(palette.halo),
            is_filled=shown.is_of_plot,
            size=small if not shown.is_of_plot else 1.0,
            is_pending=shown.beach.uid in scene.pending_uids,
        )
