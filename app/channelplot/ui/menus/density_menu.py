"""Ctrl+Shift+D: crowded tracks as lines, counted, or as it suits the view."""

import contextlib
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from channelplot.chart.crowding import DensityMode
from channelplot.ui.desk import Desk
from channelplot.ui.menus.actions import Actions
from channelplot.ui.status_bar import StatusBar

_NEXT: Final = {
    DensityMode.AUTO: DensityMode.DENSITY,
    DensityMode.DENSITY: DensityMode.LINES,
    DensityMode.LINES: DensityMode.AUTO,
}


class DensityMenu(QObject):
    """Does what the action ``density`` asks for: goes to the next mode, and remembers it."""

    def __init__(self, window: QWidget, desk: Desk, actions: Actions, status: StatusBar) -> None:
        """Start as it was left."""
        super().__init__(window)
        self._desk = desk
        self._actions = actions
        self._status = status
        self._mode = desk.state.density_mode()
        self._show()
        actions.connect_to("density", self.go_on)

    def go_on(self) -> None:
        """Show crowded tracks in the next way, and say which that is."""
        self._mode = _NEXT[self._mode]
        self._show()
        self._status.show_note(self._text())
        with contextlib.suppress(OSError):  # only the choice for next time is lost
            self._desk.state.remember_density_mode(self._mode)

    def _show(self) -> None:
        self._desk.canvas.set_density_mode(self._mode)
        self._actions.rename("density", self._text())

    def _text(self) -> str:
        return {
            DensityMode.AUTO: self.tr("Crowded tracks: counted where they crowd"),
            DensityMode.DENSITY: self.tr("Crowded tracks: always counted"),
            DensityMode.LINES: self.tr("Crowded tracks: always lines"),
        }[self._mode]
