"""What a tool wants shown for now, above everything of the chart."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.geodesics import circle_px, geodesic_deg
from channelplot.chart.overlay import (
    Box,
    DragLine,
    Ghost,
    GhostCircle,
    GhostKind,
    GhostPath,
    GhostTracks,
    Overlay,
    Shape,
)
from channelplot.chart.renderers.dashed import draw_arrow, draw_line, draw_many
from channelplot.chart.renderers.halo_text import Halo, draw_halo_text
from channelplot.chart.renderers.pens import colour, pen
from channelplot.chart.renderers.symbols import REPORT_PX, draw_beach, draw_fix, draw_mark
from channelplot.chart.scene import Scene
from channelplot.model.codes import Craft

_NO_CANCEL: Final = Cancel()
LINE_PX: Final = 1.6
DASH_PX: Final = (6.0, 4.0)
_HALO_PX: Final = 4.5
_LABEL_GAP_PX: Final = 6.0
_BOX_OPACITY: Final = 0.12
_RING_PX: Final = 3.0
"""Half the size of a fix among very many: smaller than those of the plot."""
_RING_LINE_PX: Final = 1.2
_MARGIN_PX: Final = 40.0
"""Symbols, halos and the height of a label lie within."""
_WIDEST_LETTER_PX: Final = 16.0


def draw_overlay(painter: QPainter, overlay: Overlay, scene: Scene) -> None:
    """Draw the shapes in order, in device-independent pixels of the scene's viewport."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in overlay.shapes:
        match shape:
            case Ghost():
                _draw_ghost(painter, shape, scene)
            case DragLine():
                _draw_drag_line(painter, shape, scene)
            case Box():
                _draw_box(painter, shape, scene)
            case GhostPath():
                _draw_path(painter, shape, scene)
            case GhostCircle():
                _draw_circle(painter, shape, scene)
            case GhostTracks():
                _draw_tracks(painter, shape, scene)


def overlay_rect(overlay: Overlay, scene: Scene) -> QRectF:
    """Return a rectangle that holds all shapes with their labels, in the viewport's pixels."""
    whole = QRectF()
    letter_px = _WIDEST_LETTER_PX * scene.size_pt(CHART_SIZE_PT) / CHART_SIZE_PT
    for shape in overlay.shapes:
        points = _points_of(shape, scene)
        if not points:
            continue
        xs, ys = zip(*points, strict=True)
        rect = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
        label = "" if isinstance(shape, Box) else shape.label
        beside_px = _MARGIN_PX + letter_px * len(label)
        whole = whole.united(rect.adjusted(-_MARGIN_PX, -_MARGIN_PX, beside_px, _MARGIN_PX))
    return whole


def _points_of(shape: Shape, scene: Scene) -> list[tuple[float, float]]:
    if isinstance(shape, Ghost):
        return [scene.viewport.pixel_of(shape.position)]
    if isinstance(shape, DragLine):
        return [scene.viewport.pixel_of(end) for end in (shape.start, shape.end)]
    if isinstance(shape, GhostPath | GhostCircle | GhostTracks):
        line_px = _line_px(shape, scene)
        corners = (line_px.min(axis=0), line_px.max(axis=0)) if len(line_px) else ()
        return [(float(x_px), float(y_px)) for x_px, y_px in corners]
    return [(shape.x0_px, shape.y0_px), (shape.x1_px, shape.y1_px)]


def _draw_ghost(painter: QPainter, ghost: Ghost, scene: Scene) -> None:
    palette = scene.palette
    at = QPointF(*scene.viewport.pixel_of(ghost.position))
    ink, ground = colour(palette.ghost), colour(palette.halo)
    if ghost.kind is GhostKind.BEACH:
        draw_beach(painter, at, ink, ground, is_filled=False, is_pending=True)
    elif ghost.kind is GhostKind.MARK:
        draw_mark(painter, at, ghost.mark_kind, ink, ground, is_pending=True)
    else:
        draw_fix(painter, at, Craft.SMALL_BOAT, ink, ground, is_pending=True)
    _draw_label(painter, at, ghost.label, scene)


def _draw_drag_line(painter: QPainter, line: DragLine, scene: Scene) -> None:
    palette = scene.palette
    start = QPointF(*scene.viewport.pixel_of(line.start))
    end = QPointF(*scene.viewport.pixel_of(line.end))
    for stroke in (pen(palette.halo, _HALO_PX, opacity=0.8), pen(palette.ghost, LINE_PX, DASH_PX)):
        painter.setPen(stroke)
        painter.drawLine(start, end)
    _draw_label(painter, end, line.label, scene)


def _draw_box(painter: QPainter, box: Box, scene: Scene) -> None:
    rect = QRectF(QPointF(box.x0_px, box.y0_px), QPointF(box.x1_px, box.y1_px)).normalized()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(scene.palette.ghost, _BOX_OPACITY))
    painter.drawRect(rect)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(scene.palette.ghost, 1.2, DASH_PX))
    painter.drawRect(rect)


def _draw_path(painter: QPainter, path: GhostPath, scene: Scene) -> None:
    """Draw a line as an outline is, with an arrow on its first leg and a label at its end."""
    _draw_outline(painter, _line_px(path, scene), scene)
    if len(path.points) > 2:
        start, end = (np.array(scene.viewport.pixel_of(place)) for place in path.points[:2])
        draw_arrow(painter, start, end, scene.palette.ghost)
    if path.points:
        _draw_label(painter, QPointF(*scene.viewport.pixel_of(path.points[-1])), path.label, scene)


def _draw_circle(painter: QPainter, circle: GhostCircle, scene: Scene) -> None:
    """Draw a circle on the ground, with a label at its northernmost point."""
    outline_px = _line_px(circle, scene)
    _draw_outline(painter, outline_px, scene)
    if len(outline_px):
        _draw_label(painter, QPointF(*outline_px[0]), circle.label, scene)


def _draw_tracks(painter: QPainter, tracks: GhostTracks, scene: Scene) -> None:
    """Draw dashed lines, and a hollow ring for each fix, with a label beside the last one."""
    fixes_px = _line_px(tracks, scene)
    if not len(fixes_px):
        return
    ink, halo = scene.palette.ghost, scene.palette.halo
    numbers = tracks.numbers
    draw_many(painter, scene, fixes_px, numbers, halo, LINE_PX + 2.0, _NO_CANCEL, opacity=0.6)
    draw_many(painter, scene, fixes_px, numbers, ink, LINE_PX, _NO_CANCEL, dash_px=DASH_PX)
    half_px = np.array((scene.viewport.width_px, scene.viewport.height_px)) / 2.0
    is_shown = (np.abs(fixes_px - half_px) < half_px + _RING_PX).all(axis=1)
    painter.setPen(pen(ink, _RING_LINE_PX))
    painter.setBrush(colour(halo))
    for each_px in fixes_px[is_shown].tolist():
        painter.drawEllipse(QPointF(*each_px), _RING_PX, _RING_PX)
    _draw_label(painter, QPointF(*fixes_px[-1]), tracks.label, scene)


def _draw_outline(painter: QPainter, points_px: npt.NDArray[np.float64], scene: Scene) -> None:
    draw_line(painter, scene, points_px, scene.palette.ghost, LINE_PX, _NO_CANCEL, dash_px=DASH_PX)


def _line_px(shape: GhostPath | GhostCircle | GhostTracks, scene: Scene) -> npt.NDArray[np.float64]:
    """Return the line that is drawn, true on the ground, (n, 2) pixels; of tracks the fixes."""
    if isinstance(shape, GhostTracks):
        return scene.viewport.pixels_of(shape.fixes_deg)
    if isinstance(shape, GhostCircle):
        return circle_px(shape.centre, shape.radius_m, scene.viewport)
    return scene.viewport.pixels_of(geodesic_deg(shape.points))


def _draw_label(painter: QPainter, at: QPointF, label: str, scene: Scene) -> None:
    if label:
        draw_halo_text(
            painter,
            at.x() + REPORT_PX + _LABEL_GAP_PX,
            at.y() - REPORT_PX,
            label,
            chart_font(scene.size_pt(CHART_SIZE_PT), is_bold=True),
            scene.palette.ghost_text,
            Halo(scene.palette.halo),
        )
