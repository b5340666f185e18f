"""Lines of chartwork: with a halo, an arrow, and dashes that stay while the chart is panned."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.clip import Run, clipped_runs
from channelplot.chart.legs import Legs, dashed, legs_of
from channelplot.chart.renderers.lines import draw_legs, polygon_of, stroke
from channelplot.chart.renderers.pens import colour, legs_pen, pen, saved
from channelplot.chart.scene import Scene

HALO_PX: Final = 1.0
"""How far a halo reaches beyond the line on either side."""
_HALO_OPACITY: Final = 0.6
_EDGE_PX: Final = 20.0
ARROW_PX: Final = 11.0
_ARROW_RAD: Final = math.radians(24.0)
JOINED: Final = 0.35
"""Of a line's width: by so much a leg is longer where it meets the next one. A line of legs is then
as dark as one with round joints, with short legs and long."""
_ARROW_AT: Final = 0.6
"""Of the leg, so that it is clear of the marks at both ends."""


def shown_runs(points_px: npt.NDArray[np.float64], scene: Scene) -> list[Run]:
    """Return the stretches of a line, (n, 2) pixels, that show in the picture or just beside it."""
    viewport = scene.viewport
    rect = (-_EDGE_PX, -_EDGE_PX, viewport.width_px + _EDGE_PX, viewport.height_px + _EDGE_PX)
    return list(clipped_runs(points_px, rect))


def draw_line(
    painter: QPainter,
    scene: Scene,
    points_px: npt.NDArray[np.float64],
    ink: str,
    width_px: float,
    cancel: Cancel,
    *,
    dash_px: Sequence[float] = (),
    opacity: float = 1.0,
    has_halo: bool = True,
) -> None:
    """Draw a line through points, (n, 2) pixels, above its halo unless that hides too much.

    ink: ``#rrggbb``. dash_px: stroke, gap, stroke, gap ... in pixels, counted from its start.
    """
    runs = shown_runs(points_px, scene)
    if has_halo:
        painter.setPen(pen(scene.palette.halo, width_px + 2.0 * HALO_PX, opacity=_HALO_OPACITY))
        for run in runs:
            stroke(painter, run.points, cancel)
    line = pen(ink, width_px, dash_px, opacity)
    for run in runs:
        if dash_px:
            line.setDashOffset(run.start_length / width_px)
        painter.setPen(line)
        stroke(painter, run.points, cancel)


def draw_many(
    painter: QPainter,
    scene: Scene,
    points_px: npt.NDArray[np.float64],
    numbers: npt.NDArray[np.int64],
    ink: str,
    width_px: float,
    cancel: Cancel,
    *,
    dash_px: Sequence[float] = (),
    opacity: float = 1.0,
) -> None:
    """Draw lines in one ink and without halos, as fast as a painter can.

    points_px: (n, 2) of all lines, one after the other; numbers: (n,) the line of each point.
    """
    viewport = scene.viewport
    rect = (-_EDGE_PX, -_EDGE_PX, viewport.width_px + _EDGE_PX, viewport.height_px + _EDGE_PX)
    legs = legs_of(points_px, numbers, rect, is_measured=bool(dash_px))
    painter.setPen(legs_pen(ink, width_px, opacity))
    draw_legs(painter, strokes_of(legs, scene, width_px, dash_px, opacity), cancel)


def strokes_of(
    legs: Legs, scene: Scene, width_px: float, dash_px: Sequence[float], opacity: float
) -> Legs:
    """Return what is drawn of legs: dashes, if any, and nothing missing where two legs meet.

    Where a line shines through its legs don't overlap: that would be seen. Nor where it is one
    device pixel wide or less: Qt joins such legs itself.
    """
    is_hairline = width_px * scene.device_pixel_ratio <= 1.0
    joined_px = JOINED * width_px if opacity == 1.0 and not is_hairline else 0.0
    if dash_px:
        return dashed(legs, dash_px, joined_px)
    return legs.lengthened(joined_px) if joined_px else legs


def draw_arrow(
    painter: QPainter, start: npt.NDArray[np.float64], end: npt.NDArray[np.float64], ink: str
) -> None:
    """Draw a full arrowhead on a leg between two pixels; none on one that has no room for it."""
    leg = end - start
    length_px = math.hypot(*leg)
    if length_px < 3.0 * ARROW_PX:
        return
    tip = start + _ARROW_AT * leg
    barbs = []
    for turn in (-_ARROW_RAD, _ARROW_RAD):
        cos, sin = math.cos(turn) / length_px, math.sin(turn) / length_px
        back = np.array((cos * leg[0] - sin * leg[1], sin * leg[0] + cos * leg[1]))
        barbs.append(tip - ARROW_PX * back)
    with saved(painter):
        painter.setPen(pen(ink, 1.0))
        painter.setBrush(colour(ink))
        painter.drawPolygon(polygon_of(np.array((tip, *barbs))))
