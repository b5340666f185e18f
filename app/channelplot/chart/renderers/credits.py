"""Whose data the chart shows, and what it is not for."""

import functools
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from channelplot.basemap import catalogue
from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.language import translate
from channelplot.chart.reference_credits import brief_credits
from channelplot.chart.renderers import frame
from channelplot.chart.renderers.panel import draw_panel
from channelplot.chart.renderers.pens import colour
from channelplot.chart.scene import Scene
from channelplot.chart.wrapped import wrapped

MARGIN_PX: Final = 10.0
_PADDING_PX: Final = 6.0
_SEPARATOR: Final = " · "
WIDEST_SHARE: Final = 0.5
"""Of the chart's width; the rest belongs to the scale bar and to the sea."""
MOST_LINES: Final = 2
"""For the credits of reference layers; the Layers panel and sheets have them whole."""


def credits_text() -> str:
    """Return the line that every chart carries."""
    return _SEPARATOR.join((*catalogue.credit_lines(), _warning_text()))


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw it on its panel in the lower right corner, credits of reference layers on top."""
    if cancel.is_cancelled:
        return
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False)
    metrics = QFontMetricsF(font)
    lines, panel = _lines(scene), panel_px(scene)
    draw_panel(painter, panel, scene.palette)
    painter.setFont(font)
    painter.setPen(colour(scene.palette.text))
    for number, line in enumerate(reversed(lines)):
        y_px = panel.bottom() - _PADDING_PX - number * metrics.lineSpacing()
        painter.drawText(QPointF(panel.left() + _PADDING_PX, round(y_px)), line)


def panel_px(scene: Scene) -> QRectF:
    """Return where the panel is, in pixels."""
    _, _, right, bottom = frame.inside_px(scene.viewport, scene.text_factor)
    lines = _lines(scene)
    metrics = QFontMetricsF(chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False))
    width_px = max(metrics.horizontalAdvance(line) for line in lines)
    height_px = metrics.capHeight() + (len(lines) - 1) * metrics.lineSpacing()
    return QRectF(
        right - MARGIN_PX - 2.0 * _PADDING_PX - width_px,
        bottom - MARGIN_PX - 2.0 * _PADDING_PX - height_px,
        2.0 * _PADDING_PX + width_px,
        2.0 * _PADDING_PX + height_px,
    )


def _lines(scene: Scene) -> list[str]:
    left, _, right, _ = frame.inside_px(scene.viewport, scene.text_factor)
    metrics = QFontMetricsF(chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False))
    widest_px = (right - left) * WIDEST_SHARE
    own = [credits_text()]
    if metrics.horizontalAdvance(credits_text()) > widest_px:
        own = [_SEPARATOR.join(catalogue.credit_lines()), _warning_text()]
    size_pt = scene.size_pt(CHART_SIZE_PT)
    return [*_others(brief_credits(scene), size_pt, round(widest_px)), *own]


@functools.lru_cache(maxsize=16)
def _others(told: tuple[str, ...], size_pt: float, widest_px: int) -> tuple[str, ...]:
    """Return credits in a line or two; the last says how many more there are.

    One that is wider than a line is cut at its end.
    """
    metrics = QFontMetricsF(chart_font(size_pt, is_tabular=False))
    for named in range(len(told), 0, -1):
        more = len(told) - named
        pieces = (*told[:named], _more_text(more)) if more else told
        lines = wrapped(pieces, metrics.horizontalAdvance, widest_px, _SEPARATOR)
        if len(lines) <= MOST_LINES:
            return tuple(
                metrics.elidedText(line, Qt.TextElideMode.ElideRight, widest_px) for line in lines
            )
    kept = [*told[:1], *([_more_text(len(told) - 1)] if len(told) > 1 else [])]
    return tuple(metrics.elidedText(line, Qt.TextElideMode.ElideRight, widest_px) for line in kept)


def _more_text(number: int) -> str:
    return translate("chart", "and {number} more").format(number=number)


def _warning_text() -> str:
    return translate("chart", "marks and beaches approximate, not for navigation")
