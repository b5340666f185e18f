"""A row of buttons for how a boat's story ended: a figure or the arrows choose one."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.chart.wording import status_text
from channelplot.model.codes import TrackStatus


class StatusChoice(QWidget):
    """One of a few statuses, each with its figure. Emits chosen with the status.

    While a button has the keyboard its figure and the arrows choose; Tab goes on.
    """

    chosen = Signal(object)  # TrackStatus

    def __init__(self, parent: QWidget, title: str, statuses: Sequence[TrackStatus]) -> None:
        """Make a button for each status, in this order."""
        super().__init__(parent)
        self._statuses = tuple(statuses)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        caption = QLabel(title, self)
        caption.setProperty("faint", True)
        row.addWidget(caption)
        row.addSpacing(4)
        self.buttons: list[QPushButton] = []
        for number, status in enumerate(self._statuses, start=1):
            button = QPushButton(f"{number}  {status_text(status)}", self)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(status_text(status))
            button.setToolTip(self.tr("{number}, or the arrows").format(number=number))
            button.installEventFilter(self)
            button.clicked.connect(lambda _=False, status=status: self.chosen.emit(status))
            self._group.addButton(button)
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)

    def show_status(self, status: TrackStatus) -> None:
        """Put the button of a status down."""
        self.buttons[self._statuses.index(status)].setChecked(True)

    def take_focus(self) -> None:
        """Give the keyboard to the button that is down."""
        button = self._group.checkedButton() or self.buttons[0]
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose by figure."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            number = event.key() - Qt.Key.Key_0
            if not plain and 1 <= number <= len(self.buttons):
                button = self.buttons[number - 1]
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                button.click()
                return True
        return super().eventFilter(watched, event)
