"""A box to choose from, narrow enough for a panel, that knows the value of each entry."""

import html
from collections.abc import Sequence
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded

T = TypeVar("T")
LETTERS: Final = 5
"""So many of a box show where the panel is narrow."""
_EDGES_PX: Final = 4
"""What a style keeps between a text and the edges of its room."""


class Choice(Generic[T]):
    """A box with a value for each of its entries."""

    def __init__(self, parent: QWidget, entries: Sequence[tuple[str, T]]) -> None:
        """Offer texts with their values; the first is chosen."""
        self.box = NarrowBox(parent)
        self._values: list[T] = []
        self.fill(entries, entries[0][1])

    @property
    def chosen(self) -> T:
        """Return the value that is chosen."""
        return self._values[max(self.box.currentIndex(), 0)]

    def fill(self, entries: Sequence[tuple[str, T]], chosen: T) -> None:
        """Offer others, and choose one of them, without telling anybody."""
        self._values = [value for _, value in entries]
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItems([text for text, _ in entries])
        self.choose(chosen)

    def choose(self, value: T) -> None:
        """Choose a value that is offered, without telling anybody."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self._values.index(value))


class NarrowBox(QComboBox):
    """A box that a narrow panel can make as small as a few letters; a text that is cut looks it."""

    def __init__(self, parent: QWidget) -> None:
        """Start without entries."""
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)

    def shown_text(self) -> str:
        """Return what there is room for of the text that is chosen."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        right = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.currentText(), right, room.width() - _EDGES_PX)

    @qt_guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box: with a style sheet Qt would cut a text in a letter."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_text()
        painter = QStylePainter(self)
        with painter:
            painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    @qt_guarded(False)
    def event(self, event: QEvent) -> bool:
        """Tell the whole of a text that is cut where there is nothing else to tell."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self.currentText()
            if not self.toolTip() and self.shown_text() != text:
                QToolTip.showText(event.globalPos(), html.escape(text), self)
                return True
        return super().event(event)
