"""EXAMPLE across the chart of a fictional plot, so that no one takes it for the truth."""

import math
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import chart_font
from channelplot.chart.language import translate
from channelplot.chart.renderers.pens import colour, saved
from channelplot.chart.scene import Scene

SIZE_PT: Final = 60.0
OPACITY: Final = 0.5
ANGLE_DEG: Final = -30.0
ACROSS_PX: Final = 640.0
DOWN_PX: Final = 300.0
"""How far apart the words stand, along and across the text."""


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the word, repeated; only for an example."""
    if not scene.plot.is_example:
        return
    viewport = scene.viewport
    word = QPainterPath()
    word.addText(
        QPointF(0.0, 0.0), chart_font(SIZE_PT, is_bold=True),
        translate("chart", "EXAMPLE"),
    )  # fmt: skip
    with saved(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The pattern is fixed to the chart, not to the picture: it moves along when panned.
        turned = math.radians(ANGLE_DEG)
        east_px, south_px = (
            viewport.centre_x_m / viewport.m_per_px - viewport.width_px / 2.0,
            -viewport.centre_y_m / viewport.m_per_px - viewport.height_px / 2.0,
        )
        along_px = (east_px * math.cos(turned) + south_px * math.sin(turned)) % ACROSS_PX
        aside_px = (-east_px * math.sin(turned) + south_px * math.cos(turned)) % (2 * DOWN_PX)
        reach_px = math.hypot(viewport.width_px, viewport.height_px)
        painter.rotate(ANGLE_DEG)
        for row in range(-math.ceil(reach_px / DOWN_PX) - 2, math.ceil(reach_px / DOWN_PX) + 3):
            shift_px = ACROSS_PX / 2.0 if row % 2 else 0.0
            for column in range(-2, math.ceil(reach_px / ACROSS_PX) + 3):
                if cancel.is_cancelled:
                    break
                x_px = column * ACROSS_PX + shift_px - along_px
                y_px = row * DOWN_PX - aside_px
                painter.fillPath(
                    word.translated(x_px, y_px), colour(scene.palette.example_text, OPACITY)
                )
