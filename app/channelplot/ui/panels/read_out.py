"""What is read out of the selected alert, in both languages, large enough to be read aloud."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from channelplot.ui.panels.entity_panel import MARGIN_PX
from channelplot.ui.words.spoken_text import SpokenText

TEXT_SIZE: Final = 1.2
"""Of the texts, in parts of the panel's own."""
FEWEST_LINES: Final = 2
"""Of the larger texts that there must be room for."""


class Language(StrEnum):
    """A language of the texts, by the letters on its button."""

    ENGLISH = "EN"
    FRENCH = "FR"


class ReadOut(QFrame):
    """One text at a time, a switch to the other, and a button that copies both.

    Emits copy_wanted. A text that changes with the time, as distances do, is shown from its
    beginning; the language stays.
    """

    copy_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, in English, with nothing to read."""
        super().__init__(parent)
        self.text: SpokenText | None = None
        self.heading = QLabel(self.tr("To read out"), self)
        self.heading.setProperty("strong", True)
        self.keys = QLabel(self)
        self.keys.setToolTip(self.tr("The arrow keys go on to the rest of it, and back"))
        self.keys.setProperty("faint", True)
        self.copy_button = QPushButton(self.tr("Copy  (Ctrl+C)"), self)
        self.copy_button.setToolTip(self.tr("Copy the text in both languages"))
        self.copy_button.clicked.connect(self.copy_wanted)
        self.texts = {
            Language.ENGLISH: self._text(self.tr("To read out, English")),
            Language.FRENCH: self._text(self.tr("To read out, French")),
        }
        self.buttons = {
            Language.ENGLISH: self._button(Language.ENGLISH, self.tr("English")),
            Language.FRENCH: self._button(Language.FRENCH, self.tr("French")),
        }
        group = QButtonGroup(self)
        for button in self.buttons.values():
            group.addButton(button)
        self._texts = QWidget(self)
        column = QVBoxLayout(self._texts)
        column.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, MARGIN_PX)
        column.setSpacing(0)
        for label in self.texts.values():
            column.addWidget(label)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidget(self._texts)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("To read out"))
        self.area.setMinimumHeight(FEWEST_LINES * self._line_px())
        bar = self.area.verticalScrollBar()
        bar.rangeChanged.connect(lambda *_: self._show_keys())
        bar.valueChanged.connect(lambda _: self._show_keys())
        self._head = QHBoxLayout()
        self._head.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, 0)
        self._head.setSpacing(MARGIN_PX)
        self._head.addWidget(self.heading)
        for button in self.buttons.values():
            self._head.addWidget(button)
        self._head.addWidget(self.keys)
        self._head.addStretch(1)
        self._head.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._head)
        layout.addWidget(self.area, 1)
        self.hide()
        self.show_language(Language.ENGLISH)

    @property
    def language(self) -> Language:
        """Return the language that shows."""
        is_french = self.buttons[Language.FRENCH].isChecked()
        return Language.FRENCH if is_french else Language.ENGLISH

    def show_text(self, text: SpokenText | None) -> None:
        """Show a text, or nothing; the very same stays where it was scrolled to."""
        if text != self.text:
            self.text = text
            self.texts[Language.ENGLISH].setText("" if text is None else text.english)
            self.texts[Language.FRENCH].setText("" if text is None else text.french)
            self.area.verticalScrollBar().setValue(0)
        self.setVisible(text is not None)

    def show_language(self, language: Language) -> None:
        """Show the text of a language, from its beginning."""
        self.buttons[language].setChecked(True)
        for each, label in self.texts.items():
            label.setVisible(each is language)
        self.area.verticalScrollBar().setValue(0)
        self._show_keys()

    def go_on(self) -> None:
        """Bring what comes next into view, the French after the English; a line stays in view."""
        if self._is_more:
            self._turn(1)
        else:
            self.show_language(Language.FRENCH)

    def go_back(self) -> None:
        """Bring what came before into view."""
        if self.area.verticalScrollBar().value() > 0:
            self._turn(-1)
        else:
            self.show_language(Language.ENGLISH)

    def wanted_px(self, width_px: int) -> int:
        """Return the height in which the longer text stands whole, in a width in pixels."""
        bar_px = self.area.verticalScrollBar().sizeHint().width()
        text_px = width_px - 2 * MARGIN_PX - bar_px
        texts_px = max(label.heightForWidth(text_px) for label in self.texts.values())
        return self._head.sizeHint().height() + 2 + texts_px + MARGIN_PX

    @property
    def _is_more(self) -> bool:
        bar = self.area.verticalScrollBar()
        return bar.value() < bar.maximum()

    def _show_keys(self) -> None:
        """Say what the right arrow brings, else what the left one does."""
        if self._is_more:
            self.keys.setText(self.tr("→ more"))
        elif self.language is Language.ENGLISH:
            self.keys.setText(self.tr("→ French"))
        else:
            self.keys.setText(self.tr("← back"))

    def _turn(self, pages: int) -> None:
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + pages * (bar.pageStep() - self._line_px()))

    def _line_px(self) -> int:
        return self.texts[Language.ENGLISH].fontMetrics().lineSpacing()

    def _button(self, language: Language, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(language.value)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _=False: self.show_language(language))
        return button

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
