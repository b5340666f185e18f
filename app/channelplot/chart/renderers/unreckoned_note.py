"""Which craft are not reckoned, in a line above that of the stream and wind."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.language import translate
from channelplot.chart.renderers import conditions_note, frame, scale_bar
from channelplot.chart.renderers.panel import draw_panel
from channelplot.chart.renderers.pens import colour
from channelplot.chart.scene import Scene
from channelplot.chart.unreckoned import UnreckonedNote

MOST_NAMES: Final = 4
"""Of each kind; more are counted."""
_SEPARATOR: Final = " · "


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the note, if any craft is left out; it is cut short where the chart is narrow."""
    panel = panel_px(scene)
    if panel is None or cancel.is_cancelled:
        return
    draw_panel(painter, panel, scene.palette)
    painter.setFont(chart_font(scene.size_pt(CHART_SIZE_PT)))
    painter.setPen(colour(scene.palette.overdue))
    padding_px = conditions_note.PADDING_PX
    at = QPointF(panel.left() + padding_px, round(panel.bottom() - padding_px))
    painter.drawText(at, _text(scene))


def panel_px(scene: Scene) -> QRectF | None:
    """Return where the note's panel is, in pixels; None if no craft is left out."""
    if scene.unreckoned is None:
        return None
    metrics = QFontMetricsF(chart_font(scene.size_pt(CHART_SIZE_PT)))
    padding_px = conditions_note.PADDING_PX
    left, _, _, _ = frame.inside_px(scene.viewport, scene.text_factor)
    height_px = metrics.capHeight() + 2.0 * padding_px
    return QRectF(
        left + scale_bar.MARGIN_PX,
        conditions_note.top_px(scene) - conditions_note.GAP_PX - height_px,
        metrics.horizontalAdvance(_text(scene)) + 2.0 * padding_px,
        height_px,
    )


def note_text(note: UnreckonedNote) -> str:
    """Return the note: ``Last fix too old to reckon: C, D and 3 more · no position yet: E``."""
    parts = []
    if note.too_old:
        words = translate("chart", "last fix too old to reckon: {names}")
        parts.append(words.format(names=_names(note.too_old)))
    if note.unplaced:
        words = translate("chart", "no position yet: {names}")
        parts.append(words.format(names=_names(note.unplaced)))
    text = _SEPARATOR.join(parts)
    return text[:1].upper() + text[1:]


def _names(names: Sequence[str]) -> str:
    listed = ", ".join(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return listed
    words = translate("chart", "{names} and {count} more")
    return words.format(names=listed, count=len(names) - MOST_NAMES)


def _text(scene: Scene) -> str:
    """Return the note as far as there is room for it."""
    if scene.unreckoned is None:
        return ""
    metrics = QFontMetricsF(chart_font(scene.size_pt(CHART_SIZE_PT)))
    left, _, right, _ = frame.inside_px(scene.viewport, scene.text_factor)
    room_px = right - left - 2.0 * (scale_bar.MARGIN_PX + conditions_note.PADDING_PX)
    return metrics.elidedText(note_text(scene.unreckoned), Qt.TextElideMode.ElideRight, room_px)
