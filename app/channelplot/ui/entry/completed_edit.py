"""A text field that completes what is typed from a list of names."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class CompletedEdit(QLineEdit):
    """The rest of the first name that begins so is put behind the caret, selected.

    Typing on replaces it, Up and Down go through the other names, Enter takes what stands there.
    No list pops up that would take Enter for itself.
    """

    def __init__(self, parent: QWidget) -> None:
        """Start without names."""
        super().__init__(parent)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def offer(self, names: Sequence[str]) -> None:
        """Complete from these names from now on, the first of those that fit first."""
        if list(names) != self._names.stringList():
            self._names.setStringList(list(names))
