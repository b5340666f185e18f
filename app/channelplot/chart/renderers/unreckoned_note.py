"""Which craft are not reckoned, in a line above that of the stream and wind."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
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
    note = scene.unreckoned
    if note is None or cancel.is_cancelled:
        return
    font = chart_font(scene.size_pt(CHART_SIZE_PT))
    metrics = QFontMetricsF(font)
    padding_px = conditions_note.PADDING_PX
    left, _, right, _ = frame.inside_px(scene.viewport, scene.text_factor)
    room_px = right - left - 2.0 * (scale_bar.MARGIN_PX + padding_px)
    text = metrics.elidedText(note_text(note), Qt.TextElideMode.ElideRight, room_px)
    height_px = metrics.capHeight() + 2.0 * padding_px
    panel = QRectF(
        left + scale_bar.MARGIN_PX,
        conditions_note.top_px(scene) - conditions_note.GAP_PX - height_px,
        metrics.horizontalAdvance(text) + 2.0 * padding_px,
        height_px,
    )
    draw_panel(painter, panel, scene.palette)
    painter.setFont(font)
    painter.setPen(colour(scene.palette.overdue))
    baseline_px = round(panel.bottom() - padding_px)
    painter.drawText(QPointF(panel.left() + padding_px, baseline_px), text)


def note_text(note: UnreckonedNote) -> str:
    """Return the note: ``Last fix too old to reckon: C, D and 3 more · no position yet: E``."""
    parts = []
    if note.too_old:
        words = QCoreApplication.translate("chart", "last fix too old to reckon: {names}")
        parts.append(words.format(names=_names(note.too_old)))
    if note.unplaced:
        words = QCoreApplication.translate("chart", "no position yet: {names}")
        parts.append(words.format(names=_names(note.unplaced)))
    text = _SEPARATOR.join(parts)
    return text[:1].upper() + text[1:]


def _names(names: Sequence[str]) -> str:
    listed = ", ".join(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return listed
    words = QCoreApplication.translate("chart", "{names} and {count} more")
    return words.format(names=listed, count=len(names) - MOST_NAMES)
