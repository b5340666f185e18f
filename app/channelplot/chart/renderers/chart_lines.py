"""Bearing lines, range rings and measured lines: chartwork of the moment, on the screen alone.

Drawn with every frame, not in the pictures: they follow the hand.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.chart_lines import BearingLine, ChartLine, MeasuredLine, Rings
from channelplot.chart.clip import clipped_runs
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.geodesics import circle_px, geodesic_deg, positions_deg
from channelplot.chart.label_placer import place_labels
from channelplot.chart.layers import Layer
from channelplot.chart.renderers import frame
from channelplot.chart.renderers.along import spots_along
from channelplot.chart.renderers.dashed import draw_line
from channelplot.chart.renderers.halo_text import Halo
from channelplot.chart.renderers.label import Label, LineLabel, PointLabel
from channelplot.chart.renderers.pens import colour, pen
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene
from channelplot.geodesy.measure import destination

LINE_PX: Final = 1.5
MEASURE_DASH_PX: Final = (6.0, 4.0)
POINT_PX: Final = 2.5
"""Half the size of the dot at an origin, a centre and a measured point."""
_ENDS_PX: Final = 6.0
_REACH_PX: Final = 40.0
"""Lines, dots and the height of a label lie within."""
_WIDEST_LETTER_PX: Final = 12.0


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw lines and rings, then their labels, none of which lies on another."""
    if not scene.lines or not scene.shows(Layer.LINES):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(scene.layering.opacity(Layer.LINES))
    for line in scene.lines:
        dash_px = MEASURE_DASH_PX if isinstance(line, MeasuredLine) else ()
        for points_px in outlines_px(line, scene):
            draw_line(
                painter,
                scene,
                points_px,
                scene.palette.chartwork,
                LINE_PX,
                cancel,
                dash_px=dash_px,
            )
        _draw_points(painter, scene, line)
    labels = [label for line in scene.lines for label in _labels(line, scene)]
    inside = frame.inside_px(scene.viewport, scene.text_factor)
    candidates = [label.candidate for label in labels]
    found = place_labels(candidates, np.empty((0, 4)), inside=inside)
    for number, place in sorted(found.items()):
        labels[number].draw(painter, place, Halo(scene.palette.halo))


def lines_rect(lines: tuple[ChartLine, ...], scene: Scene) -> QRectF:
    """Return a rectangle that holds lines with their labels, in the viewport's pixels."""
    whole = QRectF()
    for line in lines:
        texts = line.labels if isinstance(line, MeasuredLine) else (line.label,)
        beside_px = _REACH_PX + _WIDEST_LETTER_PX * scene.text_factor * max(
            map(len, texts), default=0
        )
        outlines = [points_px for points_px in outlines_px(line, scene) if len(points_px)]
        if outlines:
            low, high = np.vstack(outlines).min(axis=0), np.vstack(outlines).max(axis=0)
            rect = QRectF(QPointF(*low), QPointF(*high))
            whole = whole.united(rect.adjusted(-beside_px, -_REACH_PX, beside_px, _REACH_PX))
    return whole


def outlines_px(line: ChartLine, scene: Scene) -> list[npt.NDArray[np.float64]]:
    """Return what is drawn of a line or of rings, each (n, 2) pixels, true on the ground.

    A geodesic bends on the chart, a rhumb line does not, and a ring is no circle there.
    """
    viewport = scene.viewport
    match line:
        case BearingLine():
            end = destination(line.origin, line.bearing_deg, line.distance_m)
            return [viewport.pixels_of(geodesic_deg((line.origin, end)))]
        case Rings():
            return [circle_px(line.centre, radius_m, viewport) for radius_m in line.radii_m]
        case MeasuredLine():
            points_deg = (positions_deg if line.is_rhumb else geodesic_deg)(line.points)
            return [viewport.pixels_of(points_deg)]


def _draw_points(painter: QPainter, scene: Scene, line: ChartLine) -> None:
    if isinstance(line, MeasuredLine):
        places = line.points
    else:
        places = (line.origin if isinstance(line, BearingLine) else line.centre,)
    painter.setPen(pen(scene.palette.halo, 1.2))
    painter.setBrush(colour(scene.palette.chartwork))
    for place in places:
        painter.drawEllipse(QPointF(*scene.viewport.pixel_of(place)), POINT_PX, POINT_PX)


def _labels(line: ChartLine, scene: Scene) -> Iterator[Label]:
    match line:
        case BearingLine():
            yield from _bearing_label(line, scene)
        case Rings():
            yield from _rings_label(line, scene)
        case MeasuredLine():
            yield from _measured_labels(line, scene)


def _bearing_label(line: BearingLine, scene: Scene) -> Iterator[Label]:
    """Yield the label along what shows of the line, or beside its end where that is too short."""
    text = _text(line.label, scene)
    (points_px,) = outlines_px(line, scene)
    rect = frame.inside_px(scene.viewport, scene.text_factor)
    half_px = QFontMetricsF(text.font).horizontalAdvance(line.label) / 2.0 + _ENDS_PX
    runs = [run.points[[0, -1]] for run in clipped_runs(points_px, rect)]
    spots = [spot for run in runs for spot in spots_along(run, rect, half_px)]
    if spots:
        places = [(spot.x_px, spot.y_px, spot.angle_deg) for spot in spots]
        yield LineLabel(text, places * 2, (0.0,), [False] * len(spots) + [True] * len(spots))
    elif runs:
        x_px, y_px = (float(value) for value in runs[-1][-1])
        yield PointLabel(x_px, y_px, (text,), (0.0,), reach_px=POINT_PX)


def _rings_label(line: Rings, scene: Scene) -> Iterator[Label]:
    """Yield the label at the outermost ring, where it is highest in the picture."""
    left, top, right, bottom = frame.inside_px(scene.viewport, scene.text_factor)
    outlines = [points_px for points_px in outlines_px(line, scene) if len(points_px)]
    for points_px in sorted(outlines, key=lambda each: -float(np.ptp(each[:, 1]))):
        shows = ((points_px >= (left, top)) & (points_px <= (right, bottom))).all(axis=1)
        if shows.any():
            top_row = int(np.argmin(np.where(shows, points_px[:, 1], np.inf)))
            x_px, y_px = (float(value) for value in points_px[top_row])
            spots = [(x_px, y_px, 0.0)] * 2
            yield LineLabel(_text(line.label, scene), spots, (1.0,), [False, True])
            return


def _measured_labels(line: MeasuredLine, scene: Scene) -> Iterator[Label]:
    """Yield the label of each point, the last first: it is the one that is being read."""
    for number, (place, label) in enumerate(zip(line.points, line.labels, strict=True)):
        if label:
            yield PointLabel(
                *scene.viewport.pixel_of(place),
                (_text(label, scene),),
                (2.0, -float(number)),
                reach_px=POINT_PX + 2.0,
            )


def _text(label: str, scene: Scene) -> TextLine:
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_bold=True)
    return TextLine(label, font, scene.palette.chartwork_text)
