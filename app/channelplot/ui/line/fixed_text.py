"""A label that never asks for more room than it has: what does not fit is cut short."""

import itertools

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.line.utf16 import place_of


class FixedText(QLabel):
    """So many lines of text, in the middle unless aligned at the top; the tooltip has all of it.

    The text never moves anything around it. Colours and weight come from the style sheet.
    """

    def __init__(self, parent: QWidget, lines: int = 1, *, asks_for_width: bool = False) -> None:
        """Start empty. lines: how many there is room for. asks_for_width: for one line of text."""
        super().__init__(parent)
        self._lines = lines
        self._asks_for_width = asks_for_width
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if asks_for_width else QSizePolicy.Policy.Ignored,
            QSizePolicy.Policy.Fixed,
        )

    def show_text(self, text: str, tooltip: str = "") -> None:
        """Show a text in place of the one before."""
        if text != self.text():
            self.setText(text)
        tooltip = tooltip or text
        if tooltip != self.toolTip():
            self.setToolTip(tooltip)

    def set_property(self, name: str, is_so: bool) -> None:
        """Let the style sheet show the label differently, or as before."""
        if bool(self.property(name)) != is_so:
            self.setProperty(name, is_so)
            self.style().unpolish(self)
            self.style().polish(self)

    @qt_guarded(QSize(0, 0))
    def sizeHint(self) -> QSize:
        """Return the height of the lines, and no width unless it asks for that of its text."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 if self._asks_for_width else 0
        return QSize(width, metrics.lineSpacing() * self._lines)

    @qt_guarded(QSize(0, 0))
    def minimumSizeHint(self) -> QSize:
        """Return the height alone: what does not fit is cut."""
        return QSize(0, self.sizeHint().height())

    @qt_guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground if the style sheet has one, and the lines that fit."""
        option = QStyleOption()
        option.initFrom(self)
        area = self.contentsRect()
        with QPainter(self) as painter:
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
            painter.setPen(self.palette().color(self.foregroundRole()))
            lines = self.shown_lines()
            spacing = self.fontMetrics().lineSpacing()
            is_at_top = bool(self.alignment() & Qt.AlignmentFlag.AlignTop)
            room = 0.0 if is_at_top else (area.height() - spacing * len(lines)) / 2.0
            top = area.top() + room
            for number, line in enumerate(lines):
                baseline = top + number * spacing + self.fontMetrics().ascent()
                painter.drawText(QPointF(area.left(), baseline), line)

    def shown_lines(self) -> list[str]:
        """Return the text in the lines that show, the last one cut if there is more."""
        text, metrics = self.text(), self.fontMetrics()
        width_px = self.contentsRect().width()
        if self._lines == 1 or metrics.horizontalAdvance(text) <= width_px:
            return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width_px)]
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) < self._lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width_px)
            starts.append(place_of(text, line.textStart()))
        layout.endLayout()
        lines = [text[a:b].rstrip() for a, b in itertools.pairwise(starts)]
        last = text[starts[-1] :]
        return [*lines, metrics.elidedText(last, Qt.TextElideMode.ElideRight, width_px)]
