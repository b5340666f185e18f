"""The scale bar, in nautical miles, and in cables where a mile is too long."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.language import translate
from channelplot.chart.renderers import frame
from channelplot.chart.renderers.panel import draw_panel
from channelplot.chart.renderers.pens import colour
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.projection import ground_metres_per_chart_metre
from channelplot.geodesy.units import METRES_PER_NM

CABLES_PER_NM: Final = 10
"""A cable is a tenth of a nautical mile."""
LONGEST_PX: Final = 210.0
_LENGTHS: Final = (
    (200.0, 4), (100.0, 5), (50.0, 5), (20.0, 4), (10.0, 5), (5.0, 5), (2.0, 4), (1.0, 5),
    (0.5, 5), (0.2, 4), (0.1, 5), (0.05, 5), (0.02, 4), (0.01, 5), (0.001, 5),
)  # fmt: skip
"""Nautical miles that read well, and into how many equal parts each is divided."""
BAR_PX: Final = 5.0
_PADDING_PX: Final = 9.0
_GAP_PX: Final = 5.0
MARGIN_PX: Final = 10.0


@dataclass(frozen=True, slots=True)
class Bar:
    """How long the bar is, on the ground and in the picture, and in how many parts."""

    length_nm: float
    length_px: float
    parts: int


def bar_of(viewport: Viewport, longest_px: float = LONGEST_PX) -> Bar:
    """Return the longest bar that fits, true at the latitude of the picture's middle."""
    nm_per_px = (
        viewport.m_per_px * ground_metres_per_chart_metre(viewport.centre.lat_deg) / METRES_PER_NM
    )
    length_nm, parts = next(
        ((nm, parts) for nm, parts in _LENGTHS if nm / nm_per_px <= longest_px), _LENGTHS[-1]
    )
    return Bar(length_nm, length_nm / nm_per_px, parts)


def bar_text(length_nm: float) -> str:
    """Return the length as it stands beside the bar: ``5 NM``, ``2 cables``."""
    if length_nm >= 1.0:
        return translate("chart", "{number} NM").format(number=f"{length_nm:g}")
    cables = f"{length_nm * CABLES_PER_NM:g}"
    if cables == "1":
        return translate("chart", "1 cable")
    return translate("chart", "{number} cables").format(number=cables)


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the bar on its panel in the lower left corner."""
    if cancel.is_cancelled:
        return
    panel = panel_px(scene)
    draw_at(painter, scene, _bar(scene), panel.left(), panel.bottom())


def panel_px(scene: Scene) -> QRectF:
    """Return where the bar's panel is, in pixels."""
    left, _, _, bottom = frame.inside_px(scene.viewport, scene.text_factor)
    return _panel_at(scene, _bar(scene), left + MARGIN_PX, bottom - MARGIN_PX)


def height_px(scene: Scene) -> float:
    """Return how high the bar's panel is, in pixels."""
    metrics = QFontMetricsF(chart_font(scene.size_pt(CHART_SIZE_PT)))
    return 2.0 * _PADDING_PX + metrics.capHeight() + _GAP_PX + BAR_PX


def draw_at(painter: QPainter, scene: Scene, bar: Bar, left_px: float, bottom_px: float) -> None:
    """Draw a bar on its panel, with the panel's lower left corner at a pixel."""
    palette = scene.palette
    font = chart_font(scene.size_pt(CHART_SIZE_PT))
    metrics = QFontMetricsF(font)
    start, end = "0", bar_text(bar.length_nm)
    before_px, after_px = _beyond_px(metrics, start, end)
    panel = _panel_at(scene, bar, left_px, bottom_px)
    draw_panel(painter, panel, palette)
    x_px = panel.left() + _PADDING_PX + before_px
    painter.setFont(font)
    painter.setPen(colour(palette.text))
    baseline_px = round(panel.top() + _PADDING_PX + metrics.capHeight())
    painter.drawText(QPointF(panel.left() + _PADDING_PX, baseline_px), start)
    end_px = x_px + bar.length_px + after_px - metrics.horizontalAdvance(end)
    painter.drawText(QPointF(end_px, baseline_px), end)
    top_px = baseline_px + _GAP_PX
    part_px = bar.length_px / bar.parts
    painter.fillRect(QRectF(x_px, top_px, bar.length_px, BAR_PX), colour(palette.frame_dark))
    for part in range(1, bar.parts, 2):
        light = QRectF(x_px + part * part_px, top_px + 1.0, part_px, BAR_PX - 2.0)
        painter.fillRect(light, colour(palette.frame_light))


def _bar(scene: Scene) -> Bar:
    left, _, right, _ = frame.inside_px(scene.viewport, scene.text_factor)
    return bar_of(scene.viewport, min(LONGEST_PX, (right - left) / 3.0))


def _panel_at(scene: Scene, bar: Bar, left_px: float, bottom_px: float) -> QRectF:
    metrics = QFontMetricsF(chart_font(scene.size_pt(CHART_SIZE_PT)))
    width_px = bar.length_px + sum(_beyond_px(metrics, "0", bar_text(bar.length_nm)))
    high_px = height_px(scene)
    return QRectF(left_px, bottom_px - high_px, 2.0 * _PADDING_PX + width_px, high_px)


def _beyond_px(metrics: QFontMetricsF, start: str, end: str) -> tuple[float, float]:
    """Return how far the figures reach beyond the bar, on whose ends they are centred."""
    unit_px = metrics.horizontalAdvance(end) - metrics.horizontalAdvance(end.split()[0]) / 2.0
    return metrics.horizontalAdvance(start) / 2.0, unit_px
