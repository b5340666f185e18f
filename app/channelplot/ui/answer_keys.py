"""Alt+1, Alt+2 and Alt+3: they answer whatever asks, from anywhere in the window."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

NUMBERS: Final = (1, 2, 3)


class Asker(Protocol):
    """What can ask: the plot line, and each form of the entry strip."""

    @property
    def is_asking(self) -> bool:
        """Return whether a question of its shows."""
        ...

    @property
    def has_caret(self) -> bool:
        """Return whether one types in it."""
        ...

    def answer(self, number: int) -> None:
        """Take one of the answers; a number that has none is passed over."""
        ...


class AnswerKeys(QObject):
    """One shortcut for each number, however many ask: Qt drops a key that two would take."""

    def __init__(self, window: QWidget, askers: Callable[[], Sequence[Asker]]) -> None:
        """Take the keys for a window. askers: returns those there are, first asked first."""
        super().__init__(window)
        self._askers = askers
        for number in NUMBERS:
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), window)
            shortcut.activated.connect(lambda number=number: self.answer(number))

    def answer(self, number: int) -> None:
        """Answer what has the caret if that asks, else the first that does."""
        asking = [asker for asker in self._askers() if asker.is_asking]
        for asker in sorted(asking, key=lambda asker: not asker.has_caret)[:1]:
            asker.answer(number)
