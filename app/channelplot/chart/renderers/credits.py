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


def credits_text() -> str:
    """Return the line that every chart and every snapshot carries."""
    return " · ".join(
        (
            *catalogue.credit_lines(),
            QCoreApplication.translate(
                "chart", "marks and beaches approximate, not for navigation"
            ),
        )
    )


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the line on its panel in the lower right corner."""
    if cancel.is_cancelled:
        return
    _, _, right, bottom = frame.inside_px(scene.viewport, scene.text_factor)
    text = credits_text()
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False)
    metrics = QFontMetricsF(font)
    panel = QRectF(
        right - MARGIN_PX - 2.0 * _PADDING_PX - metrics.horizontalAdvance(text),
        bottom - MARGIN_PX - 2.0 * _PADDING_PX - metrics.capHeight(),
        2.0 * _PADDING_PX + metrics.horizontalAdvance(text),
        2.0 * _PADDING_PX + metrics.capHeight(),
    )
    draw_panel(painter, panel, scene.palette)
    painter.setFont(font)
    painter.setPen(colour(scene.palette.text))
    painter.drawText(QPointF(panel.left() + _PADDING_PX, round(panel.bottom() - _PADDING_PX)), text)
