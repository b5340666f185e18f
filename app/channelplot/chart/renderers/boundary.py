"""The boundary of 1988 in the Strait, in dashes and dots."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.clip import clipped_runs
from channelplot.chart.layers import Layer
from channelplot.chart.renderers.lines import stroke
from channelplot.chart.renderers.pens import pen
from channelplot.chart.scene import Scene

WIDTH_PX: Final = 1.5
DASH_PX: Final = (9.0, 3.0, 1.5, 3.0)
_EDGE_PX: Final = 20.0


def line_px(scene: Scene) -> npt.NDArray[np.float64]:
    """Return the boundary's points, (n, 2) pixels; rhumb lines are straight on the chart."""
    if scene.basemap is None:
        return np.empty((0, 2))
    points = scene.basemap.boundary.points
    return scene.viewport.pixels_of(np.array([(p.lon_deg, p.lat_deg) for p in points]))


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the line; its name is a label."""
    if not scene.shows(Layer.BOUNDARY) or cancel.is_cancelled:
        return
    viewport = scene.viewport
    rect = (-_EDGE_PX, -_EDGE_PX, viewport.width_px + _EDGE_PX, viewport.height_px + _EDGE_PX)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = pen(scene.palette.boundary, WIDTH_PX, DASH_PX)
    for run in clipped_runs(line_px(scene), rect):
        line.setDashOffset(run.start_length / WIDTH_PX)
        painter.setPen(line)
        stroke(painter, run.points, cancel)
