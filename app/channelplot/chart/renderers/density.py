"""Tracks where they crowd: a colour for how many passages run through each pixel, and its legend.

The ramp goes by the logarithm, from one passage to about as many as there are anywhere at this
scale: so it stays as it is while the chart is panned, and changes without a jump with the scale.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QLinearGradient, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.crowding import Crowding
from channelplot.chart.density import counts_in
from channelplot.chart.density_colours import COLOURED_ROWS, Ramp, density_image, with_even_edges
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.language import translate
from channelplot.chart.layers import Layer
from channelplot.chart.palette import Palette
from channelplot.chart.placed import placed
from channelplot.chart.renderers import credits as credit_line
from channelplot.chart.renderers import frame
from channelplot.chart.renderers.panel import draw_panel
from channelplot.chart.renderers.pens import colour
from channelplot.chart.scene import Scene
from channelplot.chart.shown import crowding_of

SHORTEST_RAMP: Final = 10.0
"""A ramp goes to so many passages at least."""
ABOVE_MEAN: Final = 1.5
"""How far the ramp goes on beyond the mean of the densest square of the chart: its last colour."""
LEGEND_WIDTH_PX: Final = 150.0
LEGEND_BAR_PX: Final = 8.0
_PADDING_PX: Final = 9.0
_GAP_PX: Final = 5.0
_MARGIN_PX: Final = 10.0
_STEP: Final = 1.05
_VECTOR_RATIO: Final = 150.0 / 96.0
"""Pixels that are counted in for one of the view's, at most, where all else is lines: a page of a
PDF or SVG holds them as a picture, and a finer one is four times as large for hairlines."""
SHOWS: Final = 0.02
"""Counts are drawn, and a legend with them, once the colours are stronger than this."""


def ramp_of(palette: Palette, crowds: Crowding) -> Ramp:
    """Return the ramp of a view: the same wherever it is panned to."""
    most = max(SHORTEST_RAMP, ABOVE_MEAN * crowds.most)
    # In small steps: a report more does not change every colour.
    return Ramp(palette.density, _STEP ** round(math.log(most, _STEP)))


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw how many passages there are, as strongly as the view is crowded."""
    crowds = crowding_of(scene, cancel)
    share = crowds.counted_share(scene.density_mode)
    if share <= SHOWS or not scene.shows(Layer.TRACKS):
        return
    painter.setOpacity(share)
    if not isinstance(painter.device(), QImage):
        # In one piece: Qt's SVG knows no part of a picture.
        coarser = replace(scene, device_pixel_ratio=min(scene.device_pixel_ratio, _VECTOR_RATIO))
        ramp = ramp_of(scene.palette, crowds)
        image = with_even_edges(image_of(coarser, ramp, cancel), ramp)
        ratio = image.devicePixelRatio()
        painter.drawImage(QRectF(0.0, 0.0, image.width() / ratio, image.height() / ratio), image)
        return
    image = image_of(scene, ramp_of(scene.palette, crowds), cancel)
    height, band_px = image.height(), COLOURED_ROWS / scene.device_pixel_ratio
    for number in range(math.ceil(height / COLOURED_ROWS)):
        if cancel.is_cancelled:
            return
        source = QRectF(
            0.0,
            number * COLOURED_ROWS,
            image.width(),
            min(COLOURED_ROWS, height - number * COLOURED_ROWS),
        )
        painter.drawImage(QPointF(0.0, number * band_px), image, source)


def image_of(scene: Scene, ramp: Ramp, cancel: Cancel) -> QImage:
    """Return the passages through each pixel of a scene as colours; unfinished if cancelled."""
    if scene.density_images is not None:
        image = scene.density_images.image(
            placed(scene.plot).blocks, scene.viewport, scene.device_pixel_ratio, ramp, cancel
        )
    else:
        blocks = (block.lines for block in placed(scene.plot).blocks)
        ratio = scene.device_pixel_ratio
        counts = counts_in(blocks, scene.viewport, cancel, device_pixel_ratio=ratio)
        image = density_image(counts, ramp, cancel)
    image.setDevicePixelRatio(scene.device_pixel_ratio)
    return image


def draw_legend(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw what the colours stand for in the lower right corner, while any show."""
    box = legend_px(scene)
    if box is None or scene.crowding is None or cancel.is_cancelled:
        return
    painter.setOpacity(min(1.0, 2.0 * scene.crowding.counted_share(scene.density_mode)))
    draw_legend_at(painter, scene, box)


def legend_px(scene: Scene) -> QRectF | None:
    """Return where the legend is, in pixels; None where nothing is counted, or has no room."""
    crowds = scene.crowding
    if crowds is None or not scene.shows(Layer.TRACKS) or not crowds.passages:
        return None
    left, _, right, _ = frame.inside_px(scene.viewport, scene.text_factor)
    if crowds.counted_share(scene.density_mode) <= SHOWS or right - left < 3.0 * LEGEND_WIDTH_PX:
        return None
    metrics = QFontMetricsF(chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False))
    width_px = max(LEGEND_WIDTH_PX, metrics.horizontalAdvance(_title())) + 2.0 * _PADDING_PX
    height_px = legend_height_px(scene)
    top_px = credit_line.panel_px(scene).top() - _GAP_PX - height_px
    return QRectF(right - _MARGIN_PX - width_px, top_px, width_px, height_px)


def legend_height_px(scene: Scene) -> float:
    """Return how high the legend's panel is, in pixels."""
    metrics = QFontMetricsF(chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False))
    return 2.0 * _PADDING_PX + 2.0 * metrics.capHeight() + 2.0 * _GAP_PX + LEGEND_BAR_PX


def draw_legend_at(painter: QPainter, scene: Scene, box: QRectF) -> None:
    """Draw the legend in a box: its title, the colours, and counts below them."""
    ramp = ramp_of(scene.palette, crowding_of(scene))
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False)
    metrics = QFontMetricsF(font)
    draw_panel(painter, box, scene.palette)
    bar = QRectF(
        box.left() + _PADDING_PX,
        round(box.top() + _PADDING_PX + metrics.capHeight() + _GAP_PX),
        box.width() - 2.0 * _PADDING_PX,
        LEGEND_BAR_PX,
    )
    fill_ramp(painter, bar, ramp.colours)
    painter.setFont(font)
    painter.setPen(colour(scene.palette.text))
    painter.drawText(QPointF(bar.left(), bar.top() - _GAP_PX), _title())
    baseline_px = bar.bottom() + _GAP_PX + metrics.capHeight()
    free_px = bar.left() - 1.0
    for tick in ramp.ticks():
        text = f"{tick:,}".replace(",", " ")
        text_px = metrics.horizontalAdvance(text)
        at_px = bar.left() + ramp.share(tick) * bar.width()
        start_px = min(max(at_px - text_px / 2.0, bar.left()), bar.right() - text_px)
        if start_px >= free_px:
            painter.fillRect(QRectF(at_px, bar.bottom(), 1.0, 2.0), colour(scene.palette.text))
            painter.drawText(QPointF(start_px, baseline_px), text)
            free_px = start_px + text_px + _GAP_PX
    painter.setBrush(Qt.BrushStyle.NoBrush)


def fill_ramp(painter: QPainter, bar: QRectF, colours: Sequence[str]) -> None:
    """Fill a bar with the colours of a ramp, from few at its left to many."""
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for number, name in enumerate(colours):
        gradient.setColorAt(number / (len(colours) - 1), colour(name))
    painter.fillRect(bar, gradient)


def _title() -> str:
    return translate("chart", "Passages through a pixel")
