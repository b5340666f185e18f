"""Named marks, for bearing and distance: the register's, approximate, and the plot's own."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import Layer
from channelplot.chart.pick import REGISTER_MARKS_BELOW_M_PER_PX
from channelplot.chart.placed import placed
from channelplot.chart.renderers.pens import colour
from channelplot.chart.renderers.symbols import draw_mark
from channelplot.chart.renderers.tracks import draw_glow
from channelplot.chart.scene import Scene
from channelplot.chart.shown import EDGE_PX
from channelplot.model.beach import Mark, tidy_code


def shown_marks(scene: Scene) -> list[tuple[Mark, float, float]]:
    """Return the marks in view with x_px, y_px: those of the register, then the plot's own.

    A mark of the plot stands in the place of the register's of the same code or uid.
    """
    if not scene.shows(Layer.MARKS):
        return []
    where = placed(scene.plot)
    marks: tuple[Mark, ...] = ()
    points_px = np.empty((0, 2))
    if scene.basemap is not None and scene.viewport.m_per_px <= REGISTER_MARKS_BELOW_M_PER_PX:
        taken = {mark.uid for mark in where.marks} | {tidy_code(mark.code) for mark in where.marks}
        marks = tuple(
            mark for mark in scene.basemap.marks if mark.uid not in taken and mark.code not in taken
        )
        positions = [(mark.position.lon_deg, mark.position.lat_deg) for mark in marks]
        points_px = scene.viewport.pixels_of(np.array(positions).reshape(-1, 2))
    points_px = np.concatenate((points_px, scene.viewport.pixels_of_m(where.marks_m)))
    high_px = np.array((scene.viewport.width_px, scene.viewport.height_px)) + EDGE_PX
    inside = np.asarray(((points_px >= -EDGE_PX) & (points_px <= high_px)).all(axis=1))
    return [
        (mark, float(x_px), float(y_px))
        for mark, (x_px, y_px), is_inside in zip(
            (*marks, *where.marks), points_px, inside, strict=True
        )
        if is_inside
    ]


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the marks' symbols; their codes are labels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    palette = scene.palette
    for mark, x_px, y_px in shown_marks(scene):
        if cancel.is_cancelled:
            return
        at = QPointF(x_px, y_px)
        if mark.uid in scene.selected_uids:
            draw_glow(painter, at, palette)
        draw_mark(
            painter,
            at,
            mark.kind,
            colour(palette.mark),
            colour(palette.halo),
            is_pending=mark.uid in scene.pending_uids,
        )
