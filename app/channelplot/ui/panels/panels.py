"""The panels beside the chart, each in a dock of its own."""

import contextlib
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTableView, QWidget

from channelplot.ui.chart_layers import ChartLayers
from channelplot.ui.desk import Desk
from channelplot.ui.panels.alerts import AlertsPanel
from channelplot.ui.panels.chartwork import ChartworkPanel
from channelplot.ui.panels.chartwork_waters import WatersOfTracks
from channelplot.ui.panels.layers import LayersPanel
from channelplot.ui.panels.reports import ReportsPanel
from channelplot.ui.panels.searches import SearchesPanel
from channelplot.ui.panels.stale_tabs import hide_stale_tabs
from channelplot.ui.panels.tracks import TracksPanel
from channelplot.ui.panels.watch_log import WatchLogPanel
from channelplot.ui.panels.withdrawn import WithdrawnPanel
from channelplot.ui.state import WindowState

WIDTH_PX: Final = 540
"""What the panels need; on a small screen the chart's two thirds go first."""
HIGH_PX: Final = 1000
"""From this height of the window on the chartwork has a place of its own."""
_UPPER: Final = 4
_LOWER: Final = 4
_CHARTWORK: Final = 7


class Panels(QObject):
    """Makes the panels and their docks: the tracks, with the alerts behind, above the reports."""

    def __init__(self, window: QMainWindow, desk: Desk, layers: ChartLayers) -> None:
        """Put every panel into the window."""
        super().__init__(window)
        self._window = window
        waters = WatersOfTracks(desk.foresight, desk.lookout, desk.waters, desk.background, self)
        self.tracks = TracksPanel(desk.session, desk.lookout, waters)
        self.reports = ReportsPanel(desk.session, desk.notation, desk.figures)
        self.alerts = AlertsPanel(desk.session, desk.lookout)
        self._docks: dict[str, QDockWidget] = {}
        self._tables: dict[str, QTableView] = {}
        self.tracks_dock = self._add(self.tr("Tracks"), "tracks", self.tracks, self.tracks.table)
        self.reports_dock = self._add(
            self.tr("Reports"), "reports", self.reports, self.reports.table
        )
        self.alerts_dock = self._add(self.tr("Alerts"), "alerts", self.alerts, self.alerts.table)
        self.alerts_dock.visibilityChanged.connect(self.alerts.show_if_in_front)
        window.tabifyDockWidget(self.tracks_dock, self.alerts_dock)
        self.tracks_dock.raise_()
        self.watch_log = WatchLogPanel(desk.session, desk.notation, desk.background.run)
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
        self.searches = SearchesPanel(desk.session, desk.notation)
        self.searches_dock = self._add(
            self.tr("Searches"), "searches", self.searches, self.searches.table
        )
        window.tabifyDockWidget(self.watch_log_dock, self.searches_dock)
        self.searches_dock.hide()
        self.chartwork = ChartworkPanel(desk)
        self.chartwork_dock = self._add_dock(self.tr("Chartwork"), "chartwork", self.chartwork)
        self.chartwork_dock.visibilityChanged.connect(self.chartwork.show_if_in_front)
        window.tabifyDockWidget(self.watch_log_dock, self.chartwork_dock)
        self.layers = LayersPanel(desk.session, desk.canvas, layers)
        self.layers_dock = self._add(self.tr("Layers"), "layers", self.layers, self.layers.table)
        window.tabifyDockWidget(self.chartwork_dock, self.layers_dock)
        self.layers_dock.hide()
        self.reports_dock.raise_()
        self._tidy = QTimer(self)
        self._tidy.setSingleShot(True)
        self._tidy.timeout.connect(self._hide_stale_tabs)
        self._tidy.start()  # once the window shows, with the layout it is given
        for dock in self._docks.values():
            dock.dockLocationChanged.connect(lambda _area: self._tidy.start())
            dock.visibilityChanged.connect(lambda _is_visible: self._tidy.start())

    def go_to(self, name: str) -> None:
        """Show a panel and give its table the keys."""
        self.bring_forward(name)
        self._tables[name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_layers(self) -> None:
        """Show the layers, with room for a good part of the list, and give it the keys."""
        self.go_to("layers")
        dock, above = self.layers_dock, self.tracks_dock
        missing_px = self.layers.wanted_px() - self.layers.height()
        is_below = not (dock.isFloating() or above.isFloating() or above.isHidden())
        if missing_px > 0 and is_below:
            heights_px = [above.height() - missing_px, dock.height() + missing_px]
            self._window.resizeDocks([above, dock], heights_px, Qt.Orientation.Vertical)

    def ask_chartwork(self) -> None:
        """Show the chartwork and put the caret into the field of its time."""
        self.bring_forward("chartwork")
        self.chartwork.take_caret()

    def recolour(self) -> None:
        """Give what keeps the colours it was made with those of the moment."""
        self.tracks.recolour()
        self.watch_log.recolour()
        self.chartwork.head.recolour()

    def bring_forward(self, name: str) -> None:
        """Show a panel in front of those that share its place; the keys stay where they are."""
        dock = self._docks[name]
        dock.show()
        dock.raise_()
        if dock.isFloating():
            dock.activateWindow()

    def hide(self, name: str) -> None:
        """Put a panel away."""
        self._docks[name].hide()

    def toggle_actions(self) -> list[QAction]:
        """Return the actions that show and hide each panel."""
        return [dock.toggleViewAction() for dock in self._docks.values()]

    def lay_out(self, window_px: QSize) -> None:
        """Give the panels their share of a window that was never laid out."""
        width_px = min(WIDTH_PX, window_px.width() // 3 - 4)
        docks, shares = [self.tracks_dock, self.reports_dock], [_UPPER, _LOWER]
        if window_px.height() >= HIGH_PX:
            self._part_chartwork()
            docks.append(self.chartwork_dock)
            shares.append(_CHARTWORK)
        self._window.resizeDocks([self.tracks_dock], [width_px], Qt.Orientation.Horizontal)
        self._window.resizeDocks(docks, shares, Qt.Orientation.Vertical)

    def _part_chartwork(self) -> None:
        """Give the chartwork a place of its own below the reports, where it is behind them."""
        self._window.removeDockWidget(self.chartwork_dock)
        self._window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.chartwork_dock)
        self.chartwork_dock.show()
        self.reports_dock.raise_()

    def remember(self, state: WindowState) -> None:
        """Keep the widths and the order of the tables."""
        with contextlib.suppress(OSError):  # only the look of the tables is lost
            for name, table in self._tables.items():
                state.remember_table(name, table.horizontalHeader().saveState())

    def restore(self, state: WindowState) -> None:
        """Put the tables as they were left."""
        for name, table in self._tables.items():
            header: QByteArray | None = state.table(name)
            if header is not None:
                table.horizontalHeader().restoreState(header)
        self.reports.show_late_column()
        self.tracks.fit_columns()

    def _hide_stale_tabs(self) -> None:
        hide_stale_tabs(self._window, list(self._docks.values()))

    def _add(self, title: str, name: str, panel: QWidget, table: QTableView) -> QDockWidget:
        """Put a panel into a dock of its own; its table is remembered, and gets its keys."""
        self._tables[name] = table
        return self._add_dock(title, name, panel)

    def _add_dock(self, title: str, name: str, panel: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"{name}_dock")
        dock.setWidget(panel)
        self._window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        self._docks[name] = dock
        return dock
