"""The bar above the chart that tells what happened; never in the way, never modal."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from channelplot.chart.qt_guard import qt_guarded

INFO_MS: Final = 8000
_MORE_PX: Final = 10


class Severity(StrEnum):
    """How a message is to be taken."""

    INFO = "info"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a message: a code for ``action_wanted`` and the words on it."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    severity: Severity
    choices: tuple[Choice, ...]


class Banner(QFrame):
    """One message at a time: of those that there are, the one that matters most.

    A message about a topic stands until its topic is dropped, another takes its place, or
    somebody closes it. One about none is about what was just done: it shows over whatever is
    not bad, replaces the last such unless that was graver, and goes by itself if it is no
    more than information. Emits action_wanted with the code of the button that was pressed,
    and keys_left when the keyboard was here and may go back to where it was.
    """

    action_wanted = Signal(str)
    keys_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._passing: _Message | None = None
        self._standing: dict[str, _Message] = {}
        self._shown: _Message | None = None
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.more = QLabel(self)
        self.more.setProperty("faint", True)
        self.more.setContentsMargins(_MORE_PX, 0, _MORE_PX, 0)
        self.action_button, self.also_button = QPushButton(self), QPushButton(self)
        self.close_button = QPushButton(self.tr("Close"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.more)
        for number, button in enumerate((self.action_button, self.also_button)):
            button.clicked.connect(lambda _=False, number=number: self._choose(number))
        for button in self._buttons():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret in the line
            button.setAutoDefault(True)  # Enter presses the button that has the keyboard
            layout.addWidget(button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INFO_MS)
        self._timer.timeout.connect(self._end_passing)
        self.close_button.clicked.connect(self._close_shown)
        self.hide()

    @property
    def text(self) -> str:
        """Return the message that shows, "" for none."""
        return "" if self._shown is None else self._shown.text

    def show_message(
        self,
        text: str,
        severity: Severity,
        *,
        action: str = "",
        action_text: str = "",
        also: Choice | None = None,
        topic: str = "",
    ) -> None:
        """Show a message, about a topic or about what was just done.

        action: a code for action_wanted, with the words on its button; also: a second button.
        """
        first = (Choice(action, action_text),) if action else ()
        message = _Message(text, severity, first if also is None else (*first, also))
        if topic:
            self._standing.pop(topic, None)  # the latest of equals shows first
            self._standing[topic] = message
        else:
            shown = self._shown
            is_graver = shown is not None and _rank(shown) > _rank(message)
            if shown is not None and is_graver and (shown is self._passing or _is_bad(shown)):
                return
            self._passing = message
            if severity is Severity.INFO:
                self._timer.start()
            else:
                self._timer.stop()
        self._show()

    def drop(self, topic: str) -> None:
        """Say no more about a topic."""
        if self._standing.pop(topic, None) is not None:
            self._show()

    def stands(self, topic: str) -> bool:
        """Return whether there is a message about a topic, in sight or not."""
        return topic in self._standing

    def settle(self) -> None:
        """Drop a warning: work has gone on since, and it was about something that was refused."""
        if self._passing is not None and self._passing.severity is Severity.WARNING:
            self._end_passing()

    def clear(self) -> None:
        """Show nothing, and have nothing to show."""
        self._standing.clear()
        self._end_passing()

    def take_keys(self) -> None:
        """Give the keyboard to the first button of the message; Esc gives it back."""
        if self._shown is not None:
            self._first_button().setFocus(Qt.FocusReason.ShortcutFocusReason)

    @qt_guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the keyboard back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.keys_left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        """Show what matters most now."""
        message = self._most_important()
        if message is not None and message == self._shown:
            self._shown = message
            self._show_more()
            return
        has_keys = any(button.hasFocus() for button in self._buttons())
        self._shown = message
        if message is None:
            self.hide()
            if has_keys:
                self.keys_left.emit()
            return
        self.label.setText(message.text)
        for button, choice in zip(
            (self.action_button, self.also_button),
            (*message.choices, None, None)[:2],
            strict=True,
        ):
            button.setVisible(choice is not None)
            button.setText("" if choice is None else choice.text)
        self._show_more()
        self.setProperty("banner", message.severity.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        if has_keys:
            self.take_keys()

    def _show_more(self) -> None:
        """Say how many messages stand behind the one that shows."""
        waiting = sum(1 for each in self._all() if each is not self._shown)
        self.more.setText(self.tr("{number} more").format(number=waiting))
        self.more.setVisible(waiting > 0)

    def _all(self) -> tuple[_Message, ...]:
        passing = () if self._passing is None else (self._passing,)
        return (*self._standing.values(), *passing)

    def _most_important(self) -> _Message | None:
        """Return what is bad, else what was just done, else what stands; of equals the latest."""
        messages = self._all()
        worst = [message for message in messages if _is_bad(message)]
        if worst:
            return worst[-1]
        if self._passing is not None:
            return self._passing
        return max(reversed(messages), key=_rank, default=None)

    def _choose(self, number: int) -> None:
        if self._shown is not None:
            self.action_wanted.emit(self._shown.choices[number].code)

    def _close_shown(self) -> None:
        if self._shown is self._passing:
            self._end_passing()
            return
        self._standing = {
            topic: each for topic, each in self._standing.items() if each is not self._shown
        }
        self._show()

    def _end_passing(self) -> None:
        self._timer.stop()
        self._passing = None
        self._show()

    def _buttons(self) -> tuple[QPushButton, QPushButton, QPushButton]:
        return self.action_button, self.also_button, self.close_button

    def _first_button(self) -> QPushButton:
        return next(button for button in self._buttons() if not button.isHidden())


def _rank(message: _Message) -> int:
    return list(Severity).index(message.severity)


def _is_bad(message: _Message) -> bool:
    return message.severity is Severity.BAD
