"""Whose data the chart shows, and what it is not for."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from channelplot.basemap import catalogue
from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.renderers import frame
from channelplot.chart.renderers.panel import draw_panel
from channelplot.chart.renderers.pens import colour
from channelplot.chart.scene import Scene

MARGIN_PX: Final = 10.0
_PADDING_PX: Final = 6.0
_SEPARATOR: Final = " · "
WIDEST_SHARE: Final = 0.5
"""Of the chart's width; the rest belongs to the scale bar and to the sea."""


def credits_text() -> str:
    """Return the line that every chart carries."""
    return _SEPARATOR.join((*catalogue.credit_lines(), _warning_text()))


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the line on its panel in the lower right corner; in two where it is too long."""
    if cancel.is_cancelled:
        return
    left, _, right, bottom = frame.inside_px(scene.viewport, scene.text_factor)
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False)
    metrics = QFontMetricsF(font)
    lines = [credits_text()]
    if metrics.horizontalAdvance(lines[0]) > (right - left) * WIDEST_SHARE:
        lines = [_SEPARATOR.join(catalogue.credit_lines()), _warning_text()]
    width_px = max(metrics.horizontalAdvance(line) for line in lines)
    height_px = metrics.capHeight() + (len(lines) - 1) * metrics.lineSpacing()
    panel = QRectF(
        right - MARGIN_PX - 2.0 * _PADDING_PX - width_px,
        bottom - MARGIN_PX - 2.0 * _PADDING_PX - height_px,
        2.0 * _PADDING_PX + width_px,
        2.0 * _PADDING_PX + height_px,
    )
    draw_panel(painter, panel, scene.palette)
    painter.setFont(font)
    painter.setPen(colour(scene.palette.text))
    for number, line in enumerate(reversed(lines)):
        y_px = panel.bottom() - _PADDING_PX - number * metrics.lineSpacing()
        painter.drawText(QPointF(panel.left() + _PADDING_PX, round(y_px)), line)


def _warning_text() -> str:
    return QCoreApplication.translate("chart", "marks and beaches approximate, not for navigation")
