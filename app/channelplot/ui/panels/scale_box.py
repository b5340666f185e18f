"""A field for one end of a range of scales: chosen from the usual ones, or typed."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from channelplot.geodesy.text import rounded_scale
from channelplot.ui.words.layers_text import bound_text, read_bound

USUAL_SCALES: Final = (10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000)

_LETTERS: Final = 7
"""So many fit in where the panel is narrow; a scale to three figures is no longer."""


class ScaleBox(QComboBox):
    """A scale 1:n, or no limit.

    Signals: chosen(int | None), the denominator; refused(str), what was typed and is no scale.
    """

    chosen = Signal(object)  # int | None
    refused = Signal(str)

    def __init__(self, present: Callable[[], float], parent: QWidget) -> None:
        """Offer the usual scales, and the one of now. present: its denominator."""
        super().__init__(parent)
        self._present = present
        self._bound: int | None = None
        self._edit = QLineEdit(self)
        self.setEditable(True)
        self.setLineEdit(self._edit)
        self._edit.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none, its stub does not
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._now = self.tr("the scale of now")
        self.addItems([bound_text(None), self._now, *map(bound_text, USUAL_SCALES)])
        self.activated.connect(lambda _: self._take())
        self._edit.editingFinished.connect(self._finish)

    def show_bound(self, bound: int | None) -> None:
        """Show a denominator, unless somebody is typing."""
        self._bound = bound
        if not self._edit.isModified():
            self.setEditText(bound_text(bound))

    def _finish(self) -> None:
        if self._edit.isModified():
            self._take()

    def _take(self) -> None:
        text = self.currentText()
        self._edit.setModified(False)
        try:
            bound = rounded_scale(self._present()) if text == self._now else read_bound(text)
        except ValueError:
            self.show_bound(self._bound)
            self.refused.emit(text)
        else:
            self.show_bound(bound)
            self.chosen.emit(bound)
