"""What is read out of the selected alert, in both languages, large enough to be read aloud."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from channelplot.ui.panels.entity_panel import MARGIN_PX
from channelplot.ui.spoken_text import SpokenText

TEXT_SIZE: Final = 1.2
"""Of the texts, in parts of the panel's own."""
FEWEST_LINES: Final = 2
"""Of the larger texts that there must be room for."""


class ReadOut(QFrame):
    """Both texts, one below the other, and a button that copies them. Emits copy_wanted.

    A text that changes with the time, as distances do, is shown from its beginning.
    """

    copy_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, with nothing to read."""
        super().__init__(parent)
        self.text: SpokenText | None = None
        self.heading = QLabel(self.tr("To read out"), self)
        self.heading.setProperty("strong", True)
        self.keys = QLabel(self.tr("← → go on"), self)
        self.keys.setToolTip(self.tr("The arrow keys go on to the rest of it, and back"))
        self.keys.setProperty("faint", True)
        self.copy_button = QPushButton(self.tr("Copy  (Ctrl+C)"), self)
        self.copy_button.setToolTip(self.tr("Copy the text in both languages"))
        self.copy_button.clicked.connect(self.copy_wanted)
        self.english = self._text(self.tr("To read out, English"))
        self.french = self._text(self.tr("To read out, French"))
        self._texts = QWidget(self)
        column = QVBoxLayout(self._texts)
        column.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, MARGIN_PX)
        column.setSpacing(2)
        for label in (self.english, self.french):
            column.addWidget(label)
            column.addSpacing(2 * MARGIN_PX)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidget(self._texts)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("To read out"))
        self.area.setMinimumHeight(FEWEST_LINES * self.english.fontMetrics().lineSpacing())
        bar = self.area.verticalScrollBar()
        bar.rangeChanged.connect(lambda least, most: self.keys.setVisible(most > least))
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, 0)
        row.setSpacing(2 * MARGIN_PX)
        row.addWidget(self.heading)
        row.addWidget(self.keys)
        row.addStretch(1)
        row.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.area, 1)
        self.hide()

    def show_text(self, text: SpokenText | None) -> None:
        """Show a text, or nothing; the very same stays where it was scrolled to."""
        if text != self.text:
            self.text = text
            self.english.setText("" if text is None else text.english)
            self.french.setText("" if text is None else text.french)
            self.area.verticalScrollBar().setValue(0)
        self.setVisible(text is not None)

    def go_on(self) -> None:
        """Bring what comes next into view; the last line in view stays in it."""
        self._turn(1)

    def go_back(self) -> None:
        """Bring what came before into view."""
        self._turn(-1)

    def _turn(self, pages: int) -> None:
        bar = self.area.verticalScrollBar()
        page_px = bar.pageStep() - self.english.fontMetrics().lineSpacing()
        bar.setValue(bar.value() + pages * page_px)

    def _text(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setAccessibleName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = label.font()
        font.setPixelSize(round(QFontInfo(font).pixelSize() * TEXT_SIZE))
        label.setFont(font)
        return label
