"""Whose data the chart shows, and what it is not for."""

import functools
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from channelplot.basemap import catalogue
from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.reference_credits import reference_credits
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
OTHERS_SHARE: Final = 0.6
"""Of the chart's width, for the credits of reference layers; the scale bar is never wider than
a third."""
TALLEST_SHARE: Final = 0.25
"""Of the chart's height, for the credits of reference layers."""


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
    left, top, right, bottom = frame.inside_px(scene.viewport, scene.text_factor)
    metrics = QFontMetricsF(chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False))
    widest_px = (right - left) * WIDEST_SHARE
    own = [credits_text()]
    if metrics.horizontalAdvance(credits_text()) > widest_px:
        own = [_SEPARATOR.join(catalogue.credit_lines()), _warning_text()]
    most = max(int((bottom - top) * TALLEST_SHARE / metrics.lineSpacing()), 1)
    size_pt = scene.size_pt(CHART_SIZE_PT)
    others_px = round((right - left) * OTHERS_SHARE)
    return [*_others(reference_credits(scene), size_pt, others_px, most), *own]


@functools.lru_cache(maxsize=16)
def _others(
    credits_told: tuple[str, ...], size_pt: float, widest_px: int, most_lines: int
) -> tuple[str, ...]:
    """Return credits in as many lines as they need; where there is no room, as many as fit.

    The last line then says how many more there are; the Layers panel has them all.
    """
    metrics = QFontMetricsF(chart_font(size_pt, is_tabular=False))
    for named in range(len(credits_told), 0, -1):
        told = credits_told[:named]
        more = len(credits_told) - named
        pieces = (*told, _more_text(more)) if more else told
        lines = wrapped(pieces, metrics.horizontalAdvance, widest_px, _SEPARATOR)
        if len(lines) <= most_lines:
            return tuple(
                metrics.elidedText(line, Qt.TextElideMode.ElideRight, widest_px) for line in lines
            )
    if not credits_told:
        return ()
    rest = _more_text(len(credits_told) - 1) if len(credits_told) > 1 else ""
    room_px = widest_px - metrics.horizontalAdvance(f"{_SEPARATOR}{rest}" if rest else "")
    kept = wrapped(credits_told[:1], metrics.horizontalAdvance, widest_px, _SEPARATOR)
    last = metrics.elidedText(
        " ".join(kept[most_lines - 1 :]), Qt.TextElideMode.ElideRight, room_px
    )
    return (*kept[: most_lines - 1], f"{last}{_SEPARATOR}{rest}" if rest else last)


def _more_text(number: int) -> str:
    return QCoreApplication.translate("chart", "and {number} more").format(number=number)


def _warning_text() -> str:
    return QCoreApplication.translate("chart", "marks and beaches approximate, not for navigation")
