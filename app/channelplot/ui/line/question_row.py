"""The row that asks: what is doubtful, and up to three ways to read it on Alt+1, Alt+2, Alt+3."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.line.cells import CellText
from channelplot.ui.line.fixed_text import FixedText
from channelplot.ui.line.read_back import GAP_PX, small, strong

MOST_CHOICES: Final = 3
_INSIDE_PX: Final = 10
_TEXT_SHARE: Final = 5
_CHOICES_SHARE: Final = 7


class ChoiceButton(QPushButton):
    """A button that says its key, a reading and what tells it from the others. Takes no caret."""

    def __init__(self, parent: QWidget, number: int) -> None:
        """Make the button of one key."""
        super().__init__(parent)
        self.number = number
        self.setProperty("choice", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._key = QLabel(f"Alt+{number}", self)
        self._key.setProperty("key", True)
        self._value = FixedText(self, asks_for_width=True)
        self._detail = FixedText(self, asks_for_width=True)
        self._detail.setProperty("faint", True)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(_INSIDE_PX, 0, _INSIDE_PX, 0)
        row.setSpacing(_INSIDE_PX)
        row.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch()
        column.addWidget(self._value)
        column.addWidget(self._detail)
        column.addStretch()
        row.addLayout(column, 1)
        for label in (self._key, self._value, self._detail):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def use_font(self, font: QFont) -> None:
        """Set the reading like a position of the read-back, what qualifies it smaller."""
        self._key.setFont(small(font))
        self._value.setFont(strong(font))
        self._detail.setFont(small(font))

    def show_choice(self, choice: CellText) -> None:
        """Show a reading."""
        self._value.show_text(choice.value)
        self._detail.show_text(choice.detail)
        self._detail.setVisible(bool(choice.detail))
        self.setAccessibleName(f"Alt+{self.number} {choice.value} {choice.detail}".strip())
        self.setToolTip(f"{choice.value}\n{choice.detail}".strip())
        self.updateGeometry()

    @qt_guarded(QSize(0, 0))
    def sizeHint(self) -> QSize:
        """Return what the texts need; QPushButton would ask for its own text alone."""
        return self._row.sizeHint()

    @qt_guarded(QSize(0, 0))
    def minimumSizeHint(self) -> QSize:
        """Return what key and reading need: the question is cut first, then what qualifies it.

        Two readings may differ in their last letter alone, east or west.
        """
        needed = (self._key.sizeHint().width(), self._value.sizeHint().width(), 3 * _INSIDE_PX)
        return QSize(sum(needed), 0)


class QuestionRow(QWidget):
    """A question and its choices, as high as the read-back it stands in for.

    Emits chosen(int), 1 to 3.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget, font: QFont) -> None:
        """Make the row, asking nothing, in the font of the panels."""
        super().__init__(parent)
        self.setObjectName("line_question")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.question = FixedText(self, 2)
        self.question.setAccessibleName(self.tr("Line: Question"))
        self.question.setObjectName("line_question_text")
        self.question.setContentsMargins(_INSIDE_PX, 0, _INSIDE_PX, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, _INSIDE_PX, 4)
        row.setSpacing(GAP_PX // 2)
        row.addWidget(self.question, _TEXT_SHARE)
        beside = QHBoxLayout()  # the first choice always begins at one place
        beside.setSpacing(GAP_PX // 2)
        row.addLayout(beside, _CHOICES_SHARE)
        self.buttons = tuple(ChoiceButton(self, n + 1) for n in range(MOST_CHOICES))
        for button in self.buttons:
            beside.addWidget(button)
            button.clicked.connect(lambda _=False, number=button.number: self.chosen.emit(number))
        beside.addStretch(1)
        self.question.setFont(strong(font))
        for button in self.buttons:
            button.use_font(font)

    def ask(self, question: str, choices: Sequence[CellText]) -> None:
        """Show a question and its one to three choices."""
        self.question.show_text(question)
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(choices))
            if number < len(choices):
                button.show_choice(choices[number])
