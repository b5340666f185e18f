"""The panels beside the chart, each in a dock of its own."""

import contextlib
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTableView, QWidget

from channelplot.ui.chart_layers import ChartLayers
from channelplot.ui.desk import Desk
from channelplot.ui.inside.after_chart import AfterChart
from channelplot.ui.panels.alerts import AlertsPanel
from channelplot.ui.panels.chartwork import ChartworkPanel
from channelplot.ui.panels.chartwork_waters import WatersOfTracks
from channelplot.ui.panels.layers import LayersPanel
from channelplot.ui.panels.reports import ReportsPanel
from channelplot.ui.panels.searches import SearchesPanel
from channelplot.ui.panels.sheet import SheetPanel
from channelplot.ui.panels.stale_tabs import hide_stale_tabs
from channelplot.ui.panels.tracks import TracksPanel
from channelplot.ui.panels.watch_log import WatchLogPanel
from channelplot.ui.panels.withdrawn import WithdrawnPanel
from channelplot.ui.saved_views import SavedViews
from channelplot.ui.sheet_maker import SheetMaker
from channelplot.ui.state import WindowState

WIDTH_PX: Final = 540
"""What the panels need; on a small screen the chart's two thirds go first."""
HIGH_PX: Final = 1000
"""From this height of the window on the chartwork has a place of its own."""
ROWS_IN_SIGHT: Final = 8
"""So many layers are a good part of the list."""
FEWEST_TRACKS: Final = 3
FEWEST_LAYERS: Final = 3
"""So many rows each of both is to have, the layers first where there is no room for that."""
FEWEST_BESIDE_SHEET: Final = 2
SPARE_PX: Final = 70
"""What the other panels keep beside the sheet, in rows of tracks, and beyond their least."""
_UPPER: Final = 4
_LOWER: Final = 4
_CHARTWORK: Final = 7


class Panels(QObject):
    """Makes the panels and their docks: the tracks, with the alerts behind, above the reports."""

    def __init__(
        self, window: QMainWindow, desk: Desk, layers: ChartLayers, views: SavedViews
    ) -> None:
        """Put every panel into the window."""
        super().__init__(window)
        self._window = window
        waters = WatersOfTracks(desk.foresight, desk.lookout, desk.waters, desk.background, self)
        self.tracks = TracksPanel(desk.session, desk.lookout, waters)
        self.reports = ReportsPanel(desk.session, desk.notation, desk.figures)
        self.alerts = AlertsPanel(desk.session, desk.lookout)
        self._docks: dict[str, QDockWidget] = {}
        self._tables: dict[str, QTableView] = {}
        self._given_way: list[tuple[QDockWidget, int]] = []
        self.tracks_dock = self._add(self.tr("Tracks"), "tracks", self.tracks, self.tracks.table)
        self.reports_dock = self._add(
            self.tr("Reports"), "reports", self.reports, self.reports.table
        )
        self.alerts_dock = self._add(self.tr("Alerts"), "alerts", self.alerts, self.alerts.table)
        self.alerts_dock.visibilityChanged.connect(self.alerts.show_if_in_front)
        window.tabifyDockWidget(self.tracks_dock, self.alerts_dock)
        self.tracks_dock.raise_()
        self.watch_log = WatchLogPanel(
            desk.session, desk.notation, AfterChart(desk.canvas, desk.background).run
        )
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
        self.sheet_maker = SheetMaker(desk, views)
        self.sheet = SheetPanel(desk, self.sheet_maker, views)
        self.sheet_dock = self._add_dock(self.tr("Sheet"), "sheet", self.sheet)
        self.sheet_dock.visibilityChanged.connect(self._sheet_seen)
        layers.changed.connect(lambda _: self.sheet.outdate())
        window.tabifyDockWidget(self.layers_dock, self.sheet_dock)
        self.sheet_dock.hide()
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
        """Show the layers, with room for a good part of the list, and give it the keys.

        The tracks above give up what they have beyond a few whole rows.
        """
        self.go_to("layers")
        dock, above = self.layers_dock, self.tracks_dock
        missing_px = self.layers.wanted_px(ROWS_IN_SIGHT) - self.layers.height()
        is_below = not (dock.isFloating() or above.isFloating() or above.isHidden())
        if missing_px > 0 and is_below:
            given_px = min(missing_px, self.tracks.height() - self._least_of_tracks_px())
            heights_px = [self._place_px(above) - given_px, self._place_px(dock) + given_px]
            self._window.resizeDocks([above, dock], heights_px, Qt.Orientation.Vertical)

    def go_to_sheet(self) -> None:
        """Show the sheet, with room to judge it, and give its first field the keys.

        The panels above and below give up what they have beyond their least.
        """
        self.bring_forward("sheet")
        self.sheet.take_keys()
        dock = self.sheet_dock
        beside = self._window.tabifiedDockWidgets(dock)
        others = [
            other
            for other in (self.tracks_dock, self.chartwork_dock, self.reports_dock)
            if other not in beside and not other.isFloating() and not other.isHidden()
        ]
        missing_px = self.sheet.wanted_px() - self.sheet.height()
        if missing_px <= 0 or dock.isFloating():
            return
        before_px = {each: self._place_px(each) for each in (dock, *others)}
        after_px = dict(before_px)
        for other in others:
            given_px = max(min(missing_px, before_px[other] - self._least_px(other)), 0)
            missing_px -= given_px
            after_px[other] -= given_px
            after_px[dock] += given_px
        self._given_way = list(before_px.items())
        self._window.resizeDocks(list(after_px), list(after_px.values()), Qt.Orientation.Vertical)

    def _least_px(self, dock: QDockWidget) -> int:
        """Return the height that the place of a dock keeps beside the sheet."""
        if dock is self.tracks_dock:
            frame_px = self._place_px(dock) - self.tracks.height()
            return frame_px + self.tracks.wanted_px(FEWEST_BESIDE_SHEET)
        return dock.minimumSizeHint().height() + SPARE_PX

    def _sheet_seen(self, is_in_front: bool) -> None:
        """Give the panels that gave way to the sheet their heights again once it is left."""
        self.sheet.show_if_in_front(is_in_front)
        given_way, self._given_way = self._given_way, []
        if is_in_front:
            self._given_way = given_way
        elif given_way and not any(dock.isFloating() for dock, _ in given_way):
            docks = [dock for dock, _ in given_way if not dock.isHidden()]
            heights_px = [px for dock, px in given_way if not dock.isHidden()]
            self._window.resizeDocks(docks, heights_px, Qt.Orientation.Vertical)

    def _least_of_tracks_px(self) -> int:
        """Return the height that the tracks keep beside the layers: fewer rows, if both are few."""
        room_px = self.tracks.height() + self.layers.height() - self.layers.wanted_px(FEWEST_LAYERS)
        counts = range(FEWEST_TRACKS, 0, -1)
        heights_px = [self.tracks.wanted_px(rows) for rows in counts]
        return next((px for px in heights_px if px <= room_px), heights_px[-1])

    def _place_px(self, dock: QDockWidget) -> int:
        """Return how high the place of a dock is, with the tabs of those that share it."""
        if all(other.isHidden() for other in self._window.tabifiedDockWidgets(dock)):
            return dock.height()
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        bars = self._window.findChildren(QTabBar, options=direct)
        return dock.height() + max((bar.height() for bar in bars if bar.isVisible()), default=0)

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

    def is_behind(self, widget: QWidget | None) -> bool:
        """Return whether something is in a panel that is open, but behind another."""
        if widget is None:
            return False
        docks = [dock for dock in self._docks.values() if dock.isAncestorOf(widget)]
        return any(dock.visibleRegion().isEmpty() for dock in docks)

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
