"""The chart's frame: divided along the edge, with the graticule's labels outside it.

The labels have a band of their own, where nothing of the chart can come into their way.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.renderers import graticule
from channelplot.chart.renderers.pens import colour, saved
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport

LABEL_BAND_PX: Final = 18.0
"""At the left and the bottom, for the labels."""
BAR_PX: Final = 6.0
"""The divided bar, on all four sides."""
_LINE_PX: Final = 1.0
_SMALLEST_PX: Final = 80.0
"""A chart smaller than this has no room for a frame."""


def inside_px(viewport: Viewport, text_factor: float = 1.0) -> tuple[float, float, float, float]:
    """Return (left, top, right, bottom) of what the frame leaves of the picture."""
    band_px = round(LABEL_BAND_PX * text_factor)
    if min(viewport.width_px, viewport.height_px) < _SMALLEST_PX:
        return 0.0, 0.0, viewport.width_px, viewport.height_px
    return (
        band_px + BAR_PX,
        BAR_PX,
        viewport.width_px - BAR_PX,
        viewport.height_px - band_px - BAR_PX,
    )


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the frame around the whole picture; a very small picture gets none."""
    viewport, palette = scene.viewport, scene.palette
    if min(viewport.width_px, viewport.height_px) < _SMALLEST_PX or cancel.is_cancelled:
        return
    left, top, right, bottom = inside_px(viewport, scene.text_factor)
    step = graticule.step_minutes(viewport, scene.notation)
    division = graticule.divisions_of(scene.notation)[step]
    lon_minutes = graticule.meridian_minutes(viewport, division, extra=1)
    lat_minutes = graticule.parallel_minutes(viewport, division, extra=1)
    x_px = np.clip(graticule.meridian_px(viewport, lon_minutes), left, right)
    y_px = np.clip(graticule.parallel_px(viewport, lat_minutes), top, bottom)

    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    light, dark = colour(palette.frame_light), colour(palette.frame_dark)
    for band in (
        QRectF(0.0, 0.0, viewport.width_px, top),
        QRectF(0.0, bottom, viewport.width_px, viewport.height_px - bottom),
        QRectF(0.0, top, left, bottom - top),
        QRectF(right, top, viewport.width_px - right, bottom - top),
    ):
        painter.fillRect(band, light)
    for start, end in _dark_cells(lon_minutes, x_px, division):
        painter.fillRect(QRectF(start, top - BAR_PX, end - start, BAR_PX), dark)
        painter.fillRect(QRectF(start, bottom, end - start, BAR_PX), dark)
    for start, end in _dark_cells(lat_minutes, y_px, division):
        painter.fillRect(QRectF(left - BAR_PX, end, BAR_PX, start - end), dark)
        painter.fillRect(QRectF(right, end, BAR_PX, start - end), dark)
    _draw_outlines(painter, scene)
    _draw_labels(painter, scene, step)


def _draw_outlines(painter: QPainter, scene: Scene) -> None:
    """Draw the thin lines on both sides of the bar; they cross, and close the corners."""
    left, top, right, bottom = inside_px(scene.viewport, scene.text_factor)
    dark = colour(scene.palette.frame_dark)
    width, height = right - left + 2.0 * BAR_PX, bottom - top + 2.0 * BAR_PX
    for x_px in (left - BAR_PX, left - _LINE_PX, right, right + BAR_PX - _LINE_PX):
        painter.fillRect(QRectF(x_px, top - BAR_PX, _LINE_PX, height), dark)
    for y_px in (top - BAR_PX, top - _LINE_PX, bottom, bottom + BAR_PX - _LINE_PX):
        painter.fillRect(QRectF(left - BAR_PX, y_px, width, _LINE_PX), dark)


def _dark_cells(
    minutes: npt.NDArray[np.float64], at_px: npt.NDArray[np.float64], division: float
) -> list[tuple[float, float]]:
    """Return where every other division starts and ends; the same ones however it is panned."""
    numbers = np.round(minutes / division).astype(np.int64)
    rounded = np.round(at_px)
    return [
        (float(rounded[index]), float(rounded[index + 1]))
        for index in range(len(numbers) - 1)
        if numbers[index] % 2 == 0 and rounded[index] != rounded[index + 1]
    ]


def _draw_labels(painter: QPainter, scene: Scene, step: float) -> None:
    viewport = scene.viewport
    left, top, right, bottom = inside_px(viewport, scene.text_factor)
    font = chart_font(scene.size_pt(CHART_SIZE_PT))
    metrics = QFontMetricsF(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(colour(scene.palette.graticule_text))
    baseline_px = (left - BAR_PX + metrics.capHeight()) / 2.0
    lon_minutes = graticule.meridian_minutes(viewport, step)
    for minutes, x_px in zip(
        lon_minutes, graticule.meridian_px(viewport, lon_minutes), strict=True
    ):
        text = graticule.longitude_label(float(minutes), step, scene.notation)
        start_px = x_px - metrics.horizontalAdvance(text) / 2.0
        if start_px >= left and start_px + metrics.horizontalAdvance(text) <= right:
            painter.drawText(QPointF(round(start_px), bottom + BAR_PX + baseline_px), text)
    lat_minutes = graticule.parallel_minutes(viewport, step)
    for minutes, y_px in zip(
        lat_minutes, graticule.parallel_px(viewport, lat_minutes), strict=True
    ):
        text = graticule.latitude_label(float(minutes), step, scene.notation)
        half_px = metrics.horizontalAdvance(text) / 2.0
        if y_px - half_px >= top and y_px + half_px <= bottom:
            with saved(painter):
                painter.translate(baseline_px, round(y_px + half_px))
                painter.rotate(-90.0)
                painter.drawText(QPointF(0.0, 0.0), text)
