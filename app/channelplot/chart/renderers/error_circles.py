"""Error circles: thin dashes in the track's colour, those of the selected boat with the radius."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.clip import clipped_runs
from channelplot.chart.error_circles import ErrorCircle, outline_px
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.layers import Layer
from channelplot.chart.renderers.label import PointLabel
from channelplot.chart.renderers.lines import stroke
from channelplot.chart.renderers.pens import pen
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene
from channelplot.chart.track_style import track_style
from channelplot.geodesy.text import distance_text

LINE_PX: Final = 1.2
SELECTED_LINE_PX: Final = 1.8
DASH_PX: Final = (5.0, 3.5)
HALO_PX: Final = 1.0
"""How far the halo reaches beyond the line on either side."""
RADIUS_RANK: Final = 1.5
"""After what is selected and before other reports; plot_labels.py has the ranks around it."""
_EDGE_PX: Final = 10.0


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the circles of open boats, those of the selected boat on top."""
    if not scene.error_circles or not scene.shows(Layer.ERROR_CIRCLES):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for circle in sorted(scene.error_circles, key=lambda each: each.is_of_selected):
        if cancel.is_cancelled:
            return
        _draw_circle(painter, scene, circle, cancel)


def radius_labels(scene: Scene) -> Iterator[PointLabel]:
    """Yield the radius of each circle of the selected boat, to stand at its northern edge."""
    if not scene.shows(Layer.ERROR_CIRCLES):
        return
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False)
    labelled = [circle for circle in scene.error_circles if circle.is_of_selected]
    for newest_first, circle in enumerate(reversed(labelled)):
        track = scene.plot.tracks.get(circle.track_uid)
        outline = outline_px(circle, scene.viewport)
        if track is None or not len(outline):
            continue
        x_px, y_px = (float(value) for value in outline[np.argmin(outline[:, 1])])
        ink = track_style(track, scene.palette).text_colour
        yield PointLabel(
            x_px,
            y_px,
            (TextLine(distance_text(circle.radius_m), font, ink),),
            (RADIUS_RANK, newest_first, circle.report_uid),
            reach_px=0.0,
        )


def _draw_circle(painter: QPainter, scene: Scene, circle: ErrorCircle, cancel: Cancel) -> None:
    track = scene.plot.tracks.get(circle.track_uid)
    if track is None:
        return
    viewport, palette = scene.viewport, scene.palette
    rect = (-_EDGE_PX, -_EDGE_PX, viewport.width_px + _EDGE_PX, viewport.height_px + _EDGE_PX)
    runs = list(clipped_runs(outline_px(circle, viewport), rect))
    width_px = SELECTED_LINE_PX if circle.is_of_selected else LINE_PX
    painter.setPen(pen(palette.halo, width_px + 2.0 * HALO_PX, opacity=0.6))
    for run in runs:
        stroke(painter, run.points, cancel)
    line = pen(track_style(track, palette).colour, width_px, DASH_PX)
    for run in runs:
        line.setDashOffset(run.start_length / width_px)
        painter.setPen(line)
        stroke(painter, run.points, cancel)
