"""The panels beside the chart, each in a dock of its own."""

import contextlib
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTableView, QWidget

from channelplot.ui.desk import Desk
from channelplot.ui.panels.alerts import AlertsPanel
from channelplot.ui.panels.reports import ReportsPanel
from channelplot.ui.panels.stale_tabs import hide_stale_tabs
from channelplot.ui.panels.tracks import TracksPanel
from channelplot.ui.panels.watch_log import WatchLogPanel
from channelplot.ui.panels.withdrawn import WithdrawnPanel
from channelplot.ui.state import WindowState

WIDTH_PX: Final = 540
"""What the panels need; on a small screen the chart's two thirds go first."""
_UPPER: Final = 1
_LOWER: Final = 1


class Panels(QObject):
    """Makes the panels and their docks: the tracks, with the alerts behind, above the reports."""

    def __init__(self, window: QMainWindow, desk: Desk) -> None:
        """Put every panel into the window."""
        super().__init__(window)
        self._window = window
        self.tracks = TracksPanel(desk.session, desk.lookout)
        self.reports = ReportsPanel(desk.session, desk.notation)
        self.alerts = AlertsPanel(desk.session, desk.lookout)
        self._docks: dict[str, tuple[QDockWidget, QTableView]] = {}
        self.tracks_dock = self._add(self.tr("Tracks"), "tracks", self.tracks, self.tracks.table)
        self.reports_dock = self._add(
            self.tr("Reports"), "reports", self.reports, self.reports.table
        )
        self.alerts_dock = self._add(self.tr("Alerts"), "alerts", self.alerts, self.alerts.table)
        self.alerts_dock.visibilityChanged.connect(self.alerts.show_if_in_front)
        window.tabifyDockWidget(self.tracks_dock, self.alerts_dock)
        self.tracks_dock.raise_()
        self.watch_log = WatchLogPanel(desk.session, desk.notation)
        self.watch_log_dock = self._add(
            self.tr("Watch log"), "watch_log", self.watch_log, self.watch_log.table
        )
        window.tabifyDockWidget(self.reports_dock, self.watch_log_dock)
        self.withdrawn = WithdrawnPanel(desk.session)
        self.withdrawn_dock = self._add(
            self.tr("Withdrawn"), "withdrawn", self.withdrawn, self.withdrawn.table
        )
        window.tabifyDockWidget(self.watch_log_dock, self.withdrawn_dock)
        self.withdrawn_dock.hide()
        self.reports_dock.raise_()
        self._tidy = QTimer(self)
        self._tidy.setSingleShot(True)
        self._tidy.timeout.connect(self._hide_stale_tabs)
        self._tidy.start()  # once the window shows, with the layout it is given
        for dock, _ in self._docks.values():
            dock.dockLocationChanged.connect(lambda _area: self._tidy.start())

    def go_to(self, name: str) -> None:
        """Show a panel and give its table the keys."""
        self.bring_forward(name)
        dock, table = self._docks[name]
        if dock.isFloating():
            dock.activateWindow()
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def bring_forward(self, name: str) -> None:
        """Show a panel in front of those that share its place; the keys stay where they are."""
        dock, _ = self._docks[name]
        dock.show()
        dock.raise_()

    def hide(self, name: str) -> None:
        """Put a panel away."""
        dock, _ = self._docks[name]
        dock.hide()

    def toggle_actions(self) -> list[QAction]:
        """Return the actions that show and hide each panel."""
        return [dock.toggleViewAction() for dock, _ in self._docks.values()]

    def lay_out(self, window_px: QSize) -> None:
        """Give the panels their share of a window that was never laid out."""
        width_px = min(WIDTH_PX, window_px.width() // 3 - 4)
        both = [self.tracks_dock, self.reports_dock]
        self._window.resizeDocks([self.tracks_dock], [width_px], Qt.Orientation.Horizontal)
        self._window.resizeDocks(both, [_UPPER, _LOWER], Qt.Orientation.Vertical)

    def remember(self, state: WindowState) -> None:
        """Keep the widths and the order of the tables."""
        with contextlib.suppress(OSError):  # only the look of the tables is lost
            for name, (_, table) in self._docks.items():
                state.remember_table(name, table.horizontalHeader().saveState())

    def restore(self, state: WindowState) -> None:
        """Put the tables as they were left."""
        for name, (_, table) in self._docks.items():
            header: QByteArray | None = state.table(name)
            if header is not None:
                table.horizontalHeader().restoreState(header)
        self.reports.show_late_column()

    def _hide_stale_tabs(self) -> None:
        hide_stale_tabs(self._window, [dock for dock, _ in self._docks.values()])

    def _add(self, title: str, name: str, panel: QWidget, table: QTableView) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"{name}_dock")
        dock.setWidget(panel)
        self._window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        self._docks[name] = dock, table
        return dock
