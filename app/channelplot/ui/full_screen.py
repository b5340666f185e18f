"""F11: the chart over the whole screen, with the plot line, the clocks and the saved mark."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QDockWidget,
    QMainWindow,
    QScrollBar,
    QToolBar,
    QWidget,
)
from shiboken6 import isValid

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.status_bar import StatusBar

_PATIENCE_MS: Final = 2000
"""So long a window may take to get its former size back."""


@dataclass(frozen=True, slots=True)
class _Before:
    """How the window was: its size, its layout, how far lists were scrolled, the rest."""

    size: QSize
    layout: QByteArray
    scrolled: tuple[tuple[QScrollBar, int], ...]
    state: Qt.WindowState


class FullScreen(QObject):
    """Puts everything away that is neither chart nor line, and back as it was.

    The corner of the menu bar, with the clocks and the count of alerts, goes to the status bar
    meanwhile. What is called for by its key shows beside the chart, until all is put back.
    Signal: switched(bool), whether the chart has the screen now.
    """

    switched = Signal(bool)

    def __init__(
        self, window: QMainWindow, tool_bar: QToolBar, corner: QWidget, status: StatusBar
    ) -> None:
        """Take the parts that are to go. corner: of the menu bar, goes to the status bar."""
        super().__init__(window)
        self._window = window
        self._tool_bar = tool_bar
        self._corner = corner
        self._status = status
        self._before: _Before | None = None
        self._awaited: _Before | None = None
        window.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Return whether the chart has the screen."""
        return self._before is not None

    def toggle(self) -> None:
        """Give the chart the screen, or put all back."""
        if self.is_on:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Give the chart the screen. The keys stay where they are, if that still shows."""
        if self._before is not None:
            return
        window = self._window
        shown = [dock for dock in window.findChildren(QDockWidget) if not dock.isHidden()]
        lists = [area for dock in shown for area in dock.findChildren(QAbstractScrollArea)]
        bars = [area.verticalScrollBar() for area in lists]
        self._before = _Before(
            size=window.size(),
            layout=window.saveState(),
            scrolled=tuple((bar, bar.value()) for bar in bars if bar.value()),
            state=window.windowState(),
        )
        self._awaited = None
        for dock in shown:
            dock.hide()
        self._tool_bar.hide()
        self._status.take_in(self._corner)
        window.menuBar().hide()
        window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
        self.switched.emit(True)

    def leave(self) -> None:
        """Put everything back as it was."""
        before, self._before = self._before, None
        if before is None:
            return
        window = self._window
        window.setWindowState(before.state)
        self._status.let_go()
        menu_bar = window.menuBar()
        menu_bar.setCornerWidget(self._corner, Qt.Corner.TopRightCorner)
        menu_bar.show()
        self._corner.show()
        self._put_back(before)
        if window.size() != before.size:  # a window manager takes its time
            self._awaited = before
            QTimer.singleShot(_PATIENCE_MS, self, self._wait_no_more)
        self.switched.emit(False)

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share out the window anew once it has its former size again: it was larger before."""
        before = self._awaited
        is_resized = event.type() == QEvent.Type.Resize
        if is_resized and before is not None and self._window.size() == before.size:
            self._wait_no_more()
            QTimer.singleShot(0, self, lambda: self._put_back(before))
        return super().eventFilter(watched, event)

    def _wait_no_more(self) -> None:
        self._awaited = None

    def _put_back(self, before: _Before) -> None:
        """Put docks and the tool bar as they were; other bars stay as they are by now."""
        window = self._window
        others = [bar for bar in window.findChildren(QToolBar) if bar is not self._tool_bar]
        shown = [(bar, not bar.isHidden()) for bar in others]
        has_keys: QWidget | None = window.focusWidget()
        window.restoreState(before.layout)
        for bar, is_shown in shown:
            bar.setVisible(is_shown)
        if has_keys is not None and has_keys.isVisible():
            has_keys.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._scroll_back(before))

    def _scroll_back(self, before: _Before) -> None:
        for bar, value in before.scrolled:
            if isValid(bar):
                bar.setValue(value)
