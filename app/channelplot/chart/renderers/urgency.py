"""The shapes of urgency: beside an overdue boat on the chart, and in the window."""

import math
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import Layer
from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour, saved
from channelplot.chart.renderers.symbols import REPORT_PX
from channelplot.chart.scene import Scene
from channelplot.chart.urgency import Urgency, urgency_colour

SIZE_PX: Final = 7.0
"""Half the size of a shape on the chart."""
ABOVE_PX: Final = REPORT_PX + SIZE_PX + 4.0
"""How far above a report the middle of its shape is."""
_TRIANGLE: Final = 1.18
"""A triangle as large as a disc looks smaller."""
_HALO: Final = 0.22
_LINE: Final = 0.2
"""Widths of the halo and of lines, in parts of the size."""


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw a shape above the last position of every overdue boat, the urgent ones on top."""
    if not scene.overdue or not scene.shows(Layer.REPORTS):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    marks = sorted(overdue_marks(scene), key=lambda mark: mark[2] is Urgency.URGENT)
    for x_px, y_px, urgency in marks:
        if cancel.is_cancelled:
            return
        draw_urgency(painter, QPointF(x_px, y_px), urgency, scene.palette, SIZE_PX)


def overdue_marks(scene: Scene) -> Iterator[tuple[float, float, Urgency]]:
    """Yield the middle of each shape in view, in pixels, and which it is."""
    if not scene.shows(Layer.REPORTS):
        return
    viewport = scene.viewport
    for uid, urgency in scene.overdue.items():
        track = scene.plot.tracks.get(uid)
        report = track.last_placed if track is not None else None
        if report is None or report.position is None:
            continue
        x_px, y_px = viewport.pixel_of(report.position)
        y_px -= ABOVE_PX
        if (
            -SIZE_PX <= x_px <= viewport.width_px + SIZE_PX
            and -SIZE_PX <= y_px <= viewport.height_px + SIZE_PX
        ):
            yield x_px, y_px, urgency


def draw_urgency(
    painter: QPainter, at: QPointF, urgency: Urgency, palette: Palette, size_px: float
) -> None:
    """Draw a shape about a place; size_px: half its size."""
    ink, ground = colour(urgency_colour(urgency, palette)), colour(palette.halo)
    is_full = urgency is not Urgency.SEEN
    outline = _triangle(size_px * _TRIANGLE) if urgency is Urgency.URGENT else _disc(size_px)
    with saved(painter):
        painter.translate(at)
        halo = QPen(ground, 2.0 * _HALO * size_px)
        halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(outline, halo)
        painter.fillPath(outline, ink if is_full else ground)
        line = QPen(ink, _LINE * size_px)
        line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)
        line = QPen(ground if is_full else ink, 1.3 * _LINE * size_px)
        line.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(line)
        down_px = 0.18 * size_px if urgency is Urgency.URGENT else 0.0
        painter.drawLine(
            QPointF(0.0, down_px - 0.5 * size_px), QPointF(0.0, down_px + 0.08 * size_px)
        )
        painter.drawPoint(QPointF(0.0, down_px + 0.48 * size_px))


def _disc(radius_px: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0.0, 0.0), radius_px, radius_px)
    return path


def _triangle(radius_px: float) -> QPainterPath:
    """Return a triangle about the origin, a corner up."""
    path = QPainterPath()
    path.moveTo(0.0, -radius_px)
    for corner in (1, 2):
        angle = 2.0 * math.pi * corner / 3.0
        path.lineTo(radius_px * math.sin(angle), -radius_px * math.cos(angle))
    path.closeSubpath()
    return path
