"""Named marks, for bearing and distance; approximate, so only where the scale is close."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import Layer
from channelplot.chart.renderers.pens import colour
from channelplot.chart.renderers.symbols import draw_mark
from channelplot.chart.scene import Scene
from channelplot.chart.shown import EDGE_PX
from channelplot.model.beach import Mark

SHOWN_BELOW_M_PER_PX: Final = 75.0
"""Chart metres; about 1:180,000 in the Strait."""


def shown_marks(scene: Scene) -> list[tuple[Mark, float, float]]:
    """Return the marks in view with x_px, y_px; none where the scale is too small.

    The desk's own come before those of the register, which a mark of the same code
    or uid replaces.
    """
    if scene.viewport.m_per_px > SHOWN_BELOW_M_PER_PX or not scene.shows(Layer.MARKS):
        return []
    own = tuple(scene.plot.marks.values())
    taken = {mark.uid for mark in own} | {mark.code for mark in own}
    register = scene.basemap.marks if scene.basemap is not None else ()
    marks = own + tuple(m for m in register if m.uid not in taken and m.code not in taken)
    if not marks:
        return []
    positions = np.array([(mark.position.lon_deg, mark.position.lat_deg) for mark in marks])
    viewport = scene.viewport
    return [
        (mark, float(x_px), float(y_px))
        for mark, (x_px, y_px) in zip(marks, viewport.pixels_of(positions), strict=True)
        if -EDGE_PX <= x_px <= viewport.width_px + EDGE_PX
        and -EDGE_PX <= y_px <= viewport.height_px + EDGE_PX
    ]


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the marks' symbols; their codes are labels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark, x_px, y_px in shown_marks(scene):
        if cancel.is_cancelled:
            return
        draw_mark(
            painter,
            QPointF(x_px, y_px),
            mark.kind,
            colour(scene.palette.mark),
            colour(scene.palette.halo),
        )
