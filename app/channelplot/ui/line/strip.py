"""What holds the plot line: prompt, line and message; below, the read-back or a question."""

from collections.abc import Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from channelplot.ui.line.cells import CellText
from channelplot.ui.line.fixed_text import FixedText
from channelplot.ui.line.line_edit import LineEdit
from channelplot.ui.line.question_row import QuestionRow
from channelplot.ui.line.read_back import GAP_PX, ReadBack, strong
from channelplot.ui.theme import panel_font

FLASH_MS: Final = 350
"""One flash, no flicker, when Enter is refused."""
_LINE_SHARE: Final = 5
_MESSAGE_SHARE: Final = 4
_MARGIN_PX: Final = (12, 7)


class Tone(Enum):
    """How a message is to be taken."""

    CALM = "faint"
    ASKING = "warning"
    FAULT = "bad"


class LineStrip(QWidget):
    """What the plot line looks like. Its height never changes, whatever it shows."""

    def __init__(self, parent: QWidget, text_scale: float) -> None:
        """Make the strip, empty."""
        super().__init__(parent)
        font = panel_font(text_scale)
        self.setObjectName("plot_line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.prompt = QLabel("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", self)
        self.prompt.setObjectName("plot_line_prompt")
        self.edit = LineEdit(self)
        self.edit.setAccessibleName(self.tr("Plot line"))
        self.edit.setObjectName("plot_line_edit")
        self.edit.use_font(font, text_scale)
        self.prompt.setFont(strong(self.edit.font()))
        self.prompt.setBuddy(self.edit)
        self.message = FixedText(self, 2)
        self.message.setAccessibleName(self.tr("Line: Message"))
        self.message.setObjectName("plot_line_message")
        self.message.setContentsMargins(8, 0, 8, 0)
        self.message.setFont(font)
        self.read_back = ReadBack(self, font)
        self.question_row = QuestionRow(self, font)
        upper = QHBoxLayout()
        upper.setSpacing(GAP_PX)
        upper.addWidget(self.prompt)
        upper.addWidget(self.edit, _LINE_SHARE)
        upper.addWidget(self.message, _MESSAGE_SHARE)
        self._below = QStackedLayout()
        self._below.addWidget(self.read_back)
        self._below.addWidget(self.question_row)
        column = QVBoxLayout(self)
        across, down = _MARGIN_PX
        column.setContentsMargins(across, down, across, down)
        column.setSpacing(down)
        column.addLayout(upper)
        column.addLayout(self._below)
        self.setFixedHeight(self.sizeHint().height())
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(lambda: self._show_flash(False))

    @property
    def is_asking(self) -> bool:
        """Return whether a question shows."""
        return self._below.currentWidget() is self.question_row

    def set_available(self, is_available: bool) -> None:
        """Let one type here, or not."""
        self.edit.setEnabled(is_available)
        self.prompt.setEnabled(is_available)

    def say(self, text: str, tone: Tone) -> None:
        """Show a message beside the line."""
        self.message.show_text(text)
        for each in Tone:
            self.message.set_property(each.value, each is tone)

    def ask(self, question: str, choices: Sequence[CellText]) -> None:
        """Show a question in place of the read-back, until there are no choices."""
        if choices:
            self.question_row.ask(question, choices)
        self._below.setCurrentWidget(self.question_row if choices else self.read_back)

    def flash(self) -> None:
        """Draw the eye to what stands in the way of Enter."""
        self._show_flash(True)
        self._flash.start()

    def _show_flash(self, is_on: bool) -> None:
        for label in (self.message, self.question_row.question):
            label.set_property("flash", is_on)
