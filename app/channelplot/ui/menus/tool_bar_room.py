"""A tool bar in which words give way before a button does."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QToolButton

from channelplot.chart.qt_guard import qt_guarded


class ToolBarRoom(QObject):
    """Shows so many buttons of a tool bar without their words that all buttons have room."""

    def __init__(self, bar: QToolBar, actions: Sequence[QAction]) -> None:
        """Watch the bar for as long as it lives. actions: the first gives way first."""
        super().__init__(bar)
        self._bar = bar
        buttons = (bar.widgetForAction(action) for action in actions)
        self._buttons = [button for button in buttons if isinstance(button, QToolButton)]
        bar.installEventFilter(self)

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share out the room when the bar has another width."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._share_out()
        return super().eventFilter(watched, event)

    def _share_out(self) -> None:
        for button in self._buttons:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button in self._buttons:
            if self._bar.sizeHint().width() <= self._bar.width():
                break
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
