"""A work-around: Qt leaves tab bars behind that belong to no panel any more.

QMainWindow of Qt 6.11 makes one tab bar too many when a second group of docks is tabbed before the
window shows, and others when a layout is restored: visible, never moved again, and drawn where
panels let what is under them through. To be removed once Qt leaves none.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar


def hide_stale_tabs(window: QMainWindow, docks: Iterable[QDockWidget]) -> None:
    """Hide every tab bar that lies under no dock, where another with its tabs among others does."""
    under = {
        (dock.x(), dock.geometry().bottom() + 1, dock.width())
        for dock in docks
        if not dock.isHidden() and not dock.isFloating()
    }
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    used = [_tabs(bar) for bar in bars if bar.isVisible() and _place(bar) in under]
    for bar in bars:
        is_stale = bar.isVisible() and _place(bar) not in under
        if is_stale and any(_tabs(bar) <= tabs for tabs in used):
            bar.hide()


def _place(bar: QTabBar) -> tuple[int, int, int]:
    return bar.x(), bar.y(), bar.width()


def _tabs(bar: QTabBar) -> frozenset[str]:
    return frozenset(bar.tabText(index) for index in range(bar.count()))
