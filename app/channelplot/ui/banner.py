"""The bar above the chart that tells what happened; never in the way, never modal."""

from enum import StrEnum

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

INFO_MS = 8000


class Severity(StrEnum):
    """How a message is to be taken: it goes by itself, or stays until closed."""

    INFO = "info"
    WARNING = "warning"
    BAD = "bad"


class Banner(QFrame):
    """One message at a time; a graver one is not replaced by a lighter one.

    Emits action_wanted with the code given to ``show_message`` when its button is pressed.
    """

    action_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._severity = Severity.INFO
        self._action = ""
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action_button = QPushButton(self)
        self.close_button = QPushButton(self.tr("Close"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.action_button)
        layout.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.action_button.clicked.connect(lambda: self.action_wanted.emit(self._action))
        self.close_button.clicked.connect(self.clear)
        self.hide()

    @property
    def text(self) -> str:
        """Return the message that shows, "" for none."""
        return self.label.text() if not self.isHidden() else ""

    def show_message(
        self, text: str, severity: Severity, *, action: str = "", action_text: str = ""
    ) -> None:
        """Show a message. action: a code for action_wanted, with the words on its button."""
        if not self.isHidden() and _rank(self._severity) > _rank(severity):
            return
        self._severity, self._action = severity, action
        self.label.setText(text)
        self.action_button.setText(action_text)
        self.action_button.setVisible(bool(action))
        self.setProperty("banner", severity.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        if severity is Severity.INFO:
            self._timer.start(INFO_MS)
        else:
            self._timer.stop()

    def settle(self) -> None:
        """Drop a warning: work has gone on since, and it was about something that was refused."""
        if self._severity is Severity.WARNING:
            self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._timer.stop()
        self.hide()
        self._severity = Severity.INFO


def _rank(severity: Severity) -> int:
    return list(Severity).index(severity)
