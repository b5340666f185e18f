"""The divided frame of a sheet's map and its graticule, on whole pixels of the sheet.

The chart's own frame is made for whole pixels of a screen; on a sheet, where a
device-independent pixel is some 1.4 of a pixel, its lines would be of unequal thickness.
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from channelplot.chart.outlines import draw_text_at
from channelplot.chart.palette import Palette
from channelplot.chart.renderers.graticule import (
    DIVISIONS,
    MINUTES_PER_DEG,
    latitude_label,
    longitude_label,
    meridian_minutes,
    meridian_px,
    parallel_minutes,
    parallel_px,
)
from channelplot.chart.renderers.pens import colour, saved
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.projection import SEMI_MAJOR_AXIS_M, ground_metres_per_chart_metre
from channelplot.geodesy.units import METRES_PER_NM
from channelplot.snapshot.layout import Layout
from channelplot.snapshot.lettering import Style, sheet_font
from channelplot.snapshot.measures import bar_px
from channelplot.snapshot.paper import LEAST_PX_PER_MM, Sheet

STEPS: Final = {**DIVISIONS, 600.0: 120.0, 1200.0: 300.0, 1800.0: 300.0, 3600.0: 600.0}
"""The chart's steps and, for sheets of more than the chart, coarser ones; in minutes."""
LEAST_SPACING_MM: Final = 18.5
"""Between two lines, so that their labels have room."""
_LINE_MM: Final = 0.18


@dataclass(frozen=True, slots=True)
class Steps:
    """How far apart the lines of the graticule stand, in minutes."""

    meridians: float
    parallels: float


def steps_of(viewport: Viewport, enlarged: float = 1.0) -> Steps:
    """Return the closest steps at which the labels of the graticule have room.

    enlarged: how much larger than on A4 those are. A minute of latitude is longer than one of
    longitude, so parallels may stand closer.
    """
    lon_minute_m = SEMI_MAJOR_AXIS_M * math.radians(1.0 / MINUTES_PER_DEG)
    lat_minute_m = METRES_PER_NM / ground_metres_per_chart_metre(viewport.centre.lat_deg)
    least_mm = LEAST_SPACING_MM * enlarged
    meridians = _step(lon_minute_m, viewport, least_mm)
    return Steps(meridians, _step(lat_minute_m, viewport, least_mm))


def _step(minute_m: float, viewport: Viewport, least_mm: float) -> float:
    minute_mm = minute_m / viewport.m_per_px / LEAST_PX_PER_MM
    return next((s for s in STEPS if s * minute_mm >= least_mm), max(STEPS))


def line_width_px(sheet: Sheet) -> int:
    """Return the thickness of the frame's and the graticule's lines in whole pixels."""
    return max(1, round(sheet.px(_LINE_MM)))


def draw_graticule(painter: QPainter, layout: Layout, viewport: Viewport, palette: Palette) -> None:
    """Draw meridians and parallels across the map, in pixels of the sheet."""
    box = layout.map
    x_px, y_px = _on_sheet(layout, viewport, steps_of(viewport, layout.sheet.enlarged))
    width_px, ink = line_width_px(layout.sheet), colour(palette.graticule)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for at_px in x_px:
        painter.fillRect(QRectF(at_px - width_px // 2, box.y_px, width_px, box.height_px), ink)
    for at_px in y_px:
        painter.fillRect(QRectF(box.x_px, at_px - width_px // 2, box.width_px, width_px), ink)


def draw_border(painter: QPainter, layout: Layout, viewport: Viewport, palette: Palette) -> None:
    """Draw the divided bar around the map, its outlines, and the labels at left and bottom."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    _draw_bar(painter, layout, viewport, palette)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_labels(painter, layout, viewport, palette)


def _on_sheet(
    layout: Layout, viewport: Viewport, steps: Steps, extra: int = 0
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return where meridians, west to east, and parallels, south to north, cross, rounded."""
    box = layout.map
    ratio = box.width_px / viewport.width_px
    lon_minutes = meridian_minutes(viewport, steps.meridians, extra)
    lat_minutes = parallel_minutes(viewport, steps.parallels, extra)
    return (
        np.round(box.x_px + meridian_px(viewport, lon_minutes) * ratio),
        np.round(box.y_px + parallel_px(viewport, lat_minutes) * ratio),
    )


def _draw_bar(painter: QPainter, layout: Layout, viewport: Viewport, palette: Palette) -> None:
    box, thick_px, line_px = layout.map, bar_px(layout.sheet), line_width_px(layout.sheet)
    light, dark = colour(palette.frame_light), colour(palette.frame_dark)
    outer = box.inset(-thick_px, -thick_px, -thick_px, -thick_px)
    bands = (
        QRectF(outer.x_px, outer.y_px, outer.width_px, thick_px),
        QRectF(outer.x_px, box.bottom_px, outer.width_px, thick_px),
        QRectF(outer.x_px, outer.y_px, thick_px, outer.height_px),
        QRectF(box.right_px, outer.y_px, thick_px, outer.height_px),
    )
    for band in bands:
        painter.fillRect(band, light)
    steps = steps_of(viewport, layout.sheet.enlarged)
    cells = Steps(STEPS[steps.meridians], STEPS[steps.parallels])
    x_px, y_px = _on_sheet(layout, viewport, cells, extra=1)
    lon_cells = meridian_minutes(viewport, cells.meridians, extra=1) / cells.meridians
    lat_cells = parallel_minutes(viewport, cells.parallels, extra=1) / cells.parallels
    for start, end in _dark_cells(lon_cells, x_px, box.x_px, box.right_px):
        painter.fillRect(QRectF(start, outer.y_px, end - start, thick_px), dark)
        painter.fillRect(QRectF(start, box.bottom_px, end - start, thick_px), dark)
    for start, end in _dark_cells(lat_cells, y_px, box.y_px, box.bottom_px):
        painter.fillRect(QRectF(outer.x_px, start, thick_px, end - start), dark)
        painter.fillRect(QRectF(box.right_px, start, thick_px, end - start), dark)
    for edge in (outer, box.inset(-line_px, -line_px, -line_px, -line_px)):
        across = (edge.x_px, edge.right_px - line_px)
        down = (edge.y_px, edge.bottom_px - line_px)
        for x in across:
            painter.fillRect(QRectF(x, edge.y_px, line_px, edge.height_px), dark)
        for y in down:
            painter.fillRect(QRectF(edge.x_px, y, edge.width_px, line_px), dark)


def _dark_cells(
    numbers: npt.NDArray[np.float64], at_px: npt.NDArray[np.float64], low_px: float, high_px: float
) -> list[tuple[float, float]]:
    """Return where every other division starts and ends, cut to the map's edge."""
    even = np.round(numbers).astype(np.int64) % 2 == 0
    clipped = np.clip(at_px, low_px, high_px)
    pairs = zip(pairwise(clipped.tolist()), even[:-1], strict=True)
    cells = [(min(pair), max(pair)) for pair, is_dark in pairs if is_dark]
    return [(start, end) for start, end in cells if end > start]


def _draw_labels(painter: QPainter, layout: Layout, viewport: Viewport, palette: Palette) -> None:
    box, frame, sheet = layout.map, layout.frame, layout.sheet
    font = sheet_font(Style.NOTE, sheet.px(1.0))
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(colour(palette.graticule_text))
    steps = steps_of(viewport, layout.sheet.enlarged)
    x_px, y_px = _on_sheet(layout, viewport, steps)
    middle_px = metrics.capHeight() / 2.0
    below_px = (box.bottom_px + bar_px(sheet) + frame.bottom_px) / 2.0 + middle_px
    for minutes, at_px in zip(meridian_minutes(viewport, steps.meridians), x_px, strict=True):
        text = longitude_label(float(minutes), steps.meridians)
        start_px = at_px - metrics.horizontalAdvance(text) / 2.0
        if start_px >= frame.x_px and start_px + metrics.horizontalAdvance(text) <= frame.right_px:
            draw_text_at(painter, QPointF(start_px, below_px), text)
    left_px = (frame.x_px + box.x_px - bar_px(sheet)) / 2.0 + middle_px
    for minutes, at_px in zip(parallel_minutes(viewport, steps.parallels), y_px, strict=True):
        text = latitude_label(float(minutes), steps.parallels)
        half_px = metrics.horizontalAdvance(text) / 2.0
        if at_px - half_px >= frame.y_px and at_px + half_px <= box.bottom_px + bar_px(sheet):
            with saved(painter):
                painter.translate(left_px, at_px + half_px)
                painter.rotate(-90.0)
                draw_text_at(painter, QPointF(0.0, 0.0), text)
