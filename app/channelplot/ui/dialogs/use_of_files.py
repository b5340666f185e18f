"""Asking what files are to be that could be several things."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from channelplot.ui.dialogs.primary import make_primary

_MARGIN_PX: Final = 16
_LEAST: Final = QSize(460, 0)


class Use(StrEnum):
    """What a file can be to the desk."""

    PLOT = "plot"
    IMPORT = "import"
    REFERENCE = "reference"
    LIMITS = "limits"


class UseDialog(QDialog):
    """A button for each use, the first one the default; Esc leaves all as it is.

    Signal: chosen(Use).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, paths: Sequence[Path], uses: Sequence[Use]) -> None:
        """Ask for files that may be all of the uses."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Dropped files"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_one = len(paths) == 1
        asked = (
            self.tr("What is {name} to be?") if is_one else self.tr("What are {count} files to be?")
        )
        heading = QLabel(asked.format(name=paths[0].name, count=len(paths)), self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("strong", True)
        self.buttons: dict[Use, QPushButton] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, use in enumerate(uses):
            words, hint = self._words(use)
            button = QPushButton(words, self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, use=use: self._choose(use))
            button.setAccessibleDescription(hint)
            note = QLabel(hint, self)
            note.setProperty("faint", True)
            note.setWordWrap(True)
            grid.addWidget(button, row, 0)
            grid.addWidget(note, row, 1)
            self.buttons[use] = button
        first = self.buttons[uses[0]]
        first.setDefault(True)
        make_primary(first)
        cancel = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        cancel.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        cancel.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addLayout(grid)
        column.addWidget(cancel)
        self.setMinimumSize(_LEAST)
        first.setFocus()

    def _words(self, use: Use) -> tuple[str, str]:
        """Return what a button says, and what that means."""
        words = {
            Use.PLOT: (
                self.tr("&Open the plot"),
                self.tr("It takes the place of the plot that is open."),
            ),
            Use.IMPORT: (
                self.tr("&Import"),
                self.tr("Its tracks and reports come into this plot, once you have seen them."),
            ),
            Use.REFERENCE: (
                self.tr("Show as a reference la&yer"),
                self.tr("It lies under the plot, which keeps nothing of it."),
            ),
            Use.LIMITS: (
                self.tr("Load &limits"),
                self.tr("Its lines part waters, or regions of search and rescue."),
            ),
        }
        return words[use]

    def _choose(self, use: Use) -> None:
        self.close()
        self.chosen.emit(use)
