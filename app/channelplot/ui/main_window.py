"""The main window: assembles menus, toolbar, panels, chart and status bar."""

import contextlib
import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.home import home_viewport
from channelplot.chart.qt_guard import qt_guarded
from channelplot.document.document import Document
from channelplot.geodesy.measure import make_ready
from channelplot.geodesy.text import day_text, fr_text, uk_text, zulu_text
from channelplot.reading.values import Language
from channelplot.settings import TEXT_SCALE_PERCENT, Setting
from channelplot.tools.tool import ToolId
from channelplot.ui.answer_keys import AnswerKeys
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.chart_layers import ChartLayers
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.about import AboutDialog
from channelplot.ui.dialogs.keys import KeysDialog
from channelplot.ui.dialogs.load_limits import LoadLimitsDialog
from channelplot.ui.dialogs.settings import SettingsDialog
from channelplot.ui.dialogs.use_of_files import Use
from channelplot.ui.entry_strip import EntryStrip
from channelplot.ui.find_bar import FindBar
from channelplot.ui.full_screen import FullScreen
from channelplot.ui.inside.clock_watch import ClockJump, ClockWatch
from channelplot.ui.inside.crash_notice import CrashNotice
from channelplot.ui.inside.screens import ScreenWatch
from channelplot.ui.menus.actions import Actions
from channelplot.ui.menus.alerts_menu import AlertsMenu
from channelplot.ui.menus.boat_menu import BoatMenu
from channelplot.ui.menus.chart_lines_menu import ChartLinesMenu
from channelplot.ui.menus.density_menu import DensityMenu
from channelplot.ui.menus.dropped_files import DroppedFiles
from channelplot.ui.menus.edit_menu import EditMenu
from channelplot.ui.menus.error_circles_menu import ErrorCirclesMenu
from channelplot.ui.menus.exchange_menu import ExchangeMenu
from channelplot.ui.menus.file_menu import FileMenu
from channelplot.ui.menus.file_watch import FileWatch
from channelplot.ui.menus.foresight_menu import ForesightMenu
from channelplot.ui.menus.log_menu import LogMenu
from channelplot.ui.menus.look_menu import LookMenu
from channelplot.ui.menus.menus import Menus
from channelplot.ui.menus.position_menu import PositionMenu
from channelplot.ui.menus.publishing import Publishing
from channelplot.ui.menus.reckoning_menu import ReckoningMenu
from channelplot.ui.menus.reference_menu import ReferenceMenu
from channelplot.ui.menus.regroup_menu import RegroupMenu
from channelplot.ui.menus.report_menu import ReportMenu
from channelplot.ui.menus.searches_menu import SearchesMenu
from channelplot.ui.menus.snapshot_menu import SnapshotMenu
from channelplot.ui.menus.tool_bar_room import ToolBarRoom
from channelplot.ui.menus.views_menu import ViewsMenu
from channelplot.ui.panels.panels import Panels
from channelplot.ui.plot_line import PlotLine
from channelplot.ui.references import References
from channelplot.ui.saved_views import SavedViews
from channelplot.ui.status_bar import StatusBar, clocks_label, corner_of
from channelplot.ui.words.clock_text import jump_text

SMALLEST_PX = QSize(1120, 640)
USUAL_PX = QSize(1280, 800)
TITLE_BAR_PX = 40
"""What a window manager needs above a window, at the most."""
CLOCK_MS = 500
REMEMBER_MS = 800
CHART_DELAY_MS = 30
"""An act is normally saved by then, and the chart is drawn once instead of twice."""
CLOCK_TOPIC = "clock"
LANGUAGE_NAMES = {Language.ENGLISH: "English", Language.FRENCH: "Français"}
"""Each in its own words, whatever language the window speaks."""

_MOST_CONTROLS = 500
_WORDS_GIVE_WAY = ("snapshot", "move_report", "mark", "beach", "report", "select")
"""The buttons with words, the first to do without them first."""
_OF_TRACKS = ("boat", "close_boat", "reopen_boat", "explain_people", "merge_tracks")
_OF_REPORTS = ("move_to_boat", "split_track", "amend_report", "move_report")
"""What the panels offer beside what both do."""

_LOG = logging.getLogger("channelplot.ui")


class MainWindow(QMainWindow):
    """The desk's window. Closing it remembers how it was and lets go of the plot."""

    def __init__(self, desk: Desk, app_icon: QIcon, credits_shown: Sequence[str]) -> None:
        """Assemble the window around a desk."""
        super().__init__()
        self.desk = desk
        self._credits = tuple(credits_shown)
        self.setWindowIcon(app_icon)
        self.setMinimumSize(SMALLEST_PX)
        self.setAcceptDrops(True)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks
        )
        self.banner = Banner(self)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(desk.canvas, 1)
        self.setCentralWidget(middle)
        self.actions_by_id = Actions(self)
        self.references = References(self, desk.session, desk.canvas)
        self.layers = ChartLayers(self, desk.session, desk.canvas, desk.state)
        self.files = FileMenu(self, desk, self.actions_by_id, self.banner)
        self.edits = EditMenu(self, desk, self.actions_by_id, self.banner)
        saved_views = SavedViews(self, desk.canvas, self.layers, desk.state)
        self.panels = Panels(self, desk, self.layers, saved_views)
        self.snapshots = SnapshotMenu(self, desk, self.actions_by_id, self.banner, self.panels)
        self.reference_menu = ReferenceMenu(
            self, desk, self.actions_by_id, self.banner, self.references, self.panels.layers
        )
        self.exchange = ExchangeMenu(self, desk, self.actions_by_id, self.banner, self.panels)
        self.dropped = DroppedFiles(
            self,
            desk.session,
            {
                Use.PLOT: lambda paths: self.files.open(paths[0]),
                Use.IMPORT: self.exchange.read,
                Use.REFERENCE: self.reference_menu.add,
                Use.LIMITS: self._show_limits,
            },
        )
        self.entry = EntryStrip(self, desk, self.banner)
        self.boats = BoatMenu(self, desk, self.actions_by_id, self.banner, self.entry)
        self.evidence = ReportMenu(
            self, desk, self.actions_by_id, self.banner, self.panels, self.entry
        )
        self.line = PlotLine(self, desk, self.banner)
        self.file_watch = FileWatch(
            self, desk, self.actions_by_id, self.banner, self.files, self.line
        )
        self.publishing = Publishing(self, desk, self.banner, self.files)
        self.regroups = RegroupMenu(
            self, desk, self.actions_by_id, self.banner, self.entry, self.line
        )
        self.answer_keys = AnswerKeys(self, lambda: (self.line, *self.entry.forms()))
        self.status = StatusBar(desk.session, self._mm_per_px, desk.notation, desk.watch)
        self.setStatusBar(self.status)
        self.positions = PositionMenu(self, desk, self.actions_by_id, self.status)
        menus = Menus(self, desk, self.actions_by_id, self.layers)
        tool_bar = menus.tool_bar()
        self.addToolBar(tool_bar)
        self.finding = FindBar(self, desk.session, self.panels)
        self.addToolBarBreak()
        self.addToolBar(self.finding.bar)
        self._place_bars_below()
        self.views = ViewsMenu(
            self,
            desk,
            saved_views,
            self.banner,
            self.status,
        )
        menus.fill(self.files, self.edits, self.panels, self.reference_menu, self.views)
        self.clocks = clocks_label(self)
        self.alerts = AlertsMenu(
            self, desk, self.actions_by_id, self.panels, self.edits, self.status
        )
        self.looks = LookMenu(self, desk, self.actions_by_id, self.panels, self.alerts.counter)
        self.looks.add_to(tool_bar)
        ToolBarRoom(tool_bar, [self.actions_by_id[name] for name in _WORDS_GIVE_WAY])
        self.searches = SearchesMenu(
            self, desk, self.actions_by_id, self.banner, self.entry, self.panels, self.line
        )
        self.foresight = ForesightMenu(self, desk, self.actions_by_id, self.entry)
        self.circles = ErrorCirclesMenu(self, desk, self.actions_by_id, self.layers)
        self.reckonings = ReckoningMenu(self, desk, self.actions_by_id)
        self.density = DensityMenu(self, desk, self.actions_by_id, self.status)
        self.chart_lines = ChartLinesMenu(self, desk, self.actions_by_id)
        self.logs = LogMenu(
            self,
            desk,
            self.actions_by_id,
            self.banner,
            self.panels,
            self.entry,
            self.line,
            self.status,
        )
        counter = self.alerts.counter
        self._corner = corner_of(self, counter, counter.room_px, self.clocks)
        self.menuBar().setCornerWidget(self._corner, Qt.Corner.TopRightCorner)
        self.full_screen = FullScreen(self, tool_bar, self._corner, self.status)
        self.full_screen.switched.connect(self.actions_by_id["full_screen"].setChecked)
        self.crashes = CrashNotice(self, desk.session, self.banner)
        self.clock_watch = ClockWatch(self)
        ScreenWatch(self)
        self._clock_timer = QTimer(self)
        self._clock_timer.timeout.connect(self.show_clocks)
        self._clock_timer.start(CLOCK_MS)
        self._remember_timer = QTimer(self)
        self._remember_timer.setSingleShot(True)
        self._remember_timer.setInterval(REMEMBER_MS)
        self._remember_timer.timeout.connect(self._remember_view)
        self._plot_timer = QTimer(self)
        self._plot_timer.setSingleShot(True)
        self._plot_timer.setInterval(CHART_DELAY_MS)
        self._plot_timer.timeout.connect(self._show_plot)
        self._connect()
        self.show_clocks()
        available_px = self.screen().availableGeometry().size()
        self.resize(USUAL_PX.boundedTo(available_px - QSize(0, TITLE_BAR_PX)))
        self._is_laid_out = self._restore()
        self._show_document(desk.session.document)

    def show_clocks(self) -> None:
        """Show the time in UTC, in the United Kingdom and in France, and the day."""
        now_utc = self.desk.session.clock()
        texts = (day_text(now_utc), zulu_text(now_utc), uk_text(now_utc), fr_text(now_utc))
        text = "   ".join(texts)
        if text != self.clocks.text():
            self.clocks.setText(text)
            self._fit_corner()
        self.line.show_time()
        self.status.show_watch()
        self.desk.lookout.tick()

    @qt_guarded(None)
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged in, if they can be anything here."""
        if self.dropped.paths_of(event):
            event.acceptProposedAction()

    @qt_guarded(None)
    def dropEvent(self, event: QDropEvent) -> None:
        """Do with files that were dropped what they can be."""
        paths = self.dropped.paths_of(event)
        if paths:
            event.acceptProposedAction()
            self.dropped.drop(paths)

    @qt_guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a figure, a letter or a ``>`` typed on the chart as the next of the line."""
        plain = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        is_typed = event.text().isalnum() or event.text() == ">"
        if is_typed and not event.modifiers() & ~plain and self.desk.canvas.hasFocus():
            self.line.type(event.text())
            event.accept()
        else:
            super().keyPressEvent(event)

    @qt_guarded(False)
    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Give the keys to the next control, but to none in a panel that is behind others."""
        for _ in range(_MOST_CONTROLS):
            if not super().focusNextPrevChild(is_next):
                return False
            if not self.panels.is_behind(QApplication.focusWidget()):
                break
        return True

    @qt_guarded(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window was left and let go of the plot."""
        if not self.files.may_leave():
            event.ignore()
            return
        event.accept()
        try:
            self.line.write_half_line()
            self._remember_view()
            self.full_screen.leave()
            with contextlib.suppress(OSError):  # only the look of the window is lost
                self.desk.state.remember_window(self.saveGeometry(), self.saveState())
            self.panels.remember(self.desk.state)
        finally:  # whatever goes wrong with the rest, the plot is let go of
            self._clock_timer.stop()
            self.file_watch.stop()
            self.publishing.stop()
            self.desk.session.document.close()
            self.file_watch.close()
            self.desk.background.close()
            self.references.close()
            self.exchange.close()
            self.snapshots.close()

    def _connect(self) -> None:
        desk, actions, canvas = self.desk, self.actions_by_id, self.desk.canvas
        canvas.set_handler(desk.toolbox)
        canvas.chart_drawn.connect(
            lambda: desk.background.run(make_ready, lambda _: self._measures_ready()),
            Qt.ConnectionType.SingleShotConnection,
        )
        canvas.viewport_changed.connect(self.status.show_viewport)
        canvas.viewport_changed.connect(lambda _: self._remember_timer.start())
        canvas.pointer_moved.connect(self.status.show_pointer)
        desk.notation.changed.connect(canvas.set_notation)
        canvas.set_notation(desk.notation.current)
        desk.toolbox.tool_changed.connect(self._tool_changed)
        for pointed in (
            desk.report_draft.pointed,
            desk.beach_draft.pointed,
            desk.mark_draft.pointed,
            desk.move_draft.pointed,
            desk.bearing_line_draft.pointed,
            desk.rings_draft.pointed,
        ):
            pointed.connect(lambda _: self.entry.pointed())
        desk.session.plot_changed.connect(lambda _: self._show_plot_soon())
        desk.session.plot_changed.connect(
            lambda fact: None if fact.change.is_empty else self.banner.settle()
        )
        desk.session.save_state_changed.connect(lambda _: self._show_plot_soon())
        desk.session.selection.changed.connect(canvas.set_selection)
        desk.session.document_changed.connect(self._document_changed)
        for tool_id in ToolId:
            actions.connect_to(tool_id.value, partial(self._take_up, tool_id))
        actions.connect_to("zoom_in", canvas.zoom_in)
        actions.connect_to("zoom_out", canvas.zoom_out)
        actions.connect_to("home", self._home)
        actions.refused.connect(lambda why: self.banner.show_message(why, Severity.INFO))
        actions.connect_to("plot_line", self.line.take_caret)
        actions.connect_to("message", self.banner.take_keys)
        self.banner.keys_left.connect(self.line.take_caret)
        actions.connect_to("quit", self.close)
        actions.connect_to("help", self._show_keys)
        actions.connect_to("settings", self._show_settings)
        actions.connect_to("load_limits", self._show_limits)
        desk.figures.changed.connect(self._figure_changed)
        actions.connect_to("find", self.finding.take_caret)
        actions.connect_to("about", self._show_about)
        actions.connect_to("tracks", lambda: self.panels.go_to("tracks"))
        actions.connect_to("reports", lambda: self.panels.go_to("reports"))
        actions.connect_to("searches", lambda: self.panels.go_to("searches"))
        actions.connect_to("chartwork", self.panels.ask_chartwork)
        self.panels.chartwork.left.connect(self.line.take_caret)
        actions.connect_to("full_screen", self.full_screen.toggle)
        actions.connect_to("layers", self.panels.go_to_layers)
        self.panels.layers.left.connect(self.line.take_caret)
        self.panels.sheet.left.connect(self.line.take_caret)
        self.clock_watch.jumped.connect(self._clock_jumped)
        self.panels.watch_log.activated.connect(self._centre_on)
        for panel in (self.panels.tracks, self.panels.reports):
            panel.activated.connect(self._centre_on)
            panel.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
            if panel is self.panels.tracks:
                panel.table.addAction(self.edits.status_menu.menuAction())
            own = _OF_TRACKS if panel is self.panels.tracks else _OF_REPORTS
            panel.table.addActions([actions[name] for name in own])
            panel.table.addActions([actions["copy_position"], actions["withdraw"]])

    def _measures_ready(self) -> None:
        """Show what has waited for PROJ to be loaded."""
        self.panels.reports.show_legs()
        self.panels.watch_log.measures_ready()
        self.panels.chartwork.measures_ready()
        self.circles.show_circles()
        self.reckonings.show_marks()

    def _place_bars_below(self) -> None:
        """Put the plot line above the status bar, and a tool's form above the plot line.

        Each has the whole width: a layout that knew of one of them only would put the other
        beside it.
        """
        for bar in (self.line.bar, self.entry.bar):  # the later, the nearer to the chart
            self.removeToolBar(bar)
            self.addToolBarBreak(Qt.ToolBarArea.BottomToolBarArea)
            self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, bar)
        self.line.bar.show()

    def _take_up(self, tool_id: ToolId) -> None:
        """Take up a tool; one that is taken up already puts the caret in its form again."""
        if self.desk.toolbox.active is tool_id:
            self.entry.show_form_of(tool_id)
        else:
            self.desk.toolbox.take_up(tool_id)

    def _tool_changed(self, tool_id: ToolId) -> None:
        self.actions_by_id[tool_id.value].setChecked(True)
        self.desk.canvas.update_cursor()

    def _show_plot_soon(self) -> None:
        self.desk.canvas.pause_drawing()
        if not self._plot_timer.isActive():  # acts that follow fast must not put it off for ever
            self._plot_timer.start()

    def _show_plot(self) -> None:
        document = self.desk.session.document
        shown = self.references.previewed(document.plot)
        self.desk.canvas.set_plot(shown, document.pending_uids)

    def _document_changed(self, document: Document) -> None:
        """Show another plot as it was last seen, else all of its open tracks."""
        self.desk.background.run(document.plot.make_ready, lambda _: None)
        if not self._show_document(document):
            self.desk.canvas.home()

    def _show_document(self, document: Document) -> bool:
        """Show a plot; False if it has not been seen before, so that no view was chosen."""
        self._show_plot()
        name = document.path.stem
        if document.is_read_only:
            name = self.tr("{name} (read only)").format(name=name)
        elif document.publisher is not None:
            published_path = document.publisher.state.published_path
            name = self.tr("{name} (local copy of {path})").format(name=name, path=published_path)
        self.setWindowTitle(self.tr("{name} - Channel Plot").format(name=name))
        reason = self.tr("This plot is open for reading only.") if document.is_read_only else ""
        for action_id in ("plot_line", "log_line"):
            self.actions_by_id.set_available(action_id, reason)
        for tool_id in (ToolId.REPORT, ToolId.BEACH, ToolId.MARK, ToolId.MOVE):
            self.actions_by_id.set_available(tool_id.value, reason)
            if reason and self.desk.toolbox.active is tool_id:
                self.desk.toolbox.take_up(ToolId.SELECT)
        canvas = self.desk.canvas
        seen = self.desk.state.view_of(document.path)
        if seen is None:
            return False
        centre, m_per_px = seen
        view = canvas.viewport.centred_on(centre)
        factor = view.m_per_px / m_per_px
        canvas.set_viewport(view.zoomed(factor, view.width_px / 2, view.height_px / 2))
        return True

    def _centre_on(self, uid: str) -> None:
        plot = self.desk.session.document.plot
        track = plot.tracks.get(uid)
        place = plot.beaches.get(uid) or plot.marks.get(uid)
        report = track.last_report if track is not None else plot.report(uid)
        if place is not None:
            self.desk.canvas.centre_on(place.position)
        elif report is not None and report.position is not None:
            self.desk.canvas.centre_on(report.position)

    def _home(self) -> None:
        """Show all open tracks, and where the line that is being typed would stand."""
        canvas = self.desk.canvas
        canvas.home()
        unseen = [
            g.position for g in self.line.ghosts() if not canvas.viewport.contains(g.position)
        ]
        if unseen:
            canvas.set_viewport(
                home_viewport(self.desk.session.document.plot, canvas.viewport, unseen)
            )

    def _show_keys(self) -> None:
        keys = (
            *self.actions_by_id.keys(),
            *self.views.keys(),
            *self.panels.layers.keys(),
            *self.panels.sheet.keys(),
        )
        KeysDialog(self, keys).show()

    def _show_settings(self) -> None:
        """Open the settings; where they are open already, bring them to the front."""
        dialog = self.findChild(SettingsDialog) or SettingsDialog(self, self.desk.figures)
        dialog.show()
        dialog.activateWindow()

    def _show_limits(self, paths: Sequence[Path] = ()) -> None:
        """Open the dialog that loads limits; where it is open already, bring it to the front."""
        dialog = self.findChild(LoadLimitsDialog) or LoadLimitsDialog(self, self.desk)
        dialog.show()
        dialog.activateWindow()
        for path in paths:
            dialog.read(path)

    def _figure_changed(self, setting: Setting) -> None:
        """Show the chart's texts in another size at once; the window's at the next start."""
        if setting is TEXT_SCALE_PERCENT:
            self.desk.canvas.set_text_factor(self.desk.settings.text_scale())

    def _fit_corner(self) -> None:
        """Give the menu bar's corner the room it needs: Qt asks how much only when it shows."""
        self._corner.hide()
        self._corner.show()

    def _show_about(self) -> None:
        AboutDialog(self, self._credits).show()

    def _clock_jumped(self, jump: ClockJump) -> None:
        """Show the new time everywhere at once, say so, and look what others did meanwhile."""
        self.show_clocks()
        self.banner.show_message(jump_text(jump), Severity.WARNING, topic=CLOCK_TOPIC)
        self.desk.session.document.look()

    def _mm_per_px(self) -> float:
        """Return the size of a device-independent pixel: 96 of them make an inch."""
        return 25.4 / 96.0

    def _remember_view(self) -> None:
        viewport = self.desk.canvas.viewport
        with contextlib.suppress(OSError):  # only the view is lost
            self.desk.state.remember_view(
                self.desk.session.document.path, viewport.centre, viewport.m_per_px
            )

    @qt_guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        """Give the panels their share the first time, when no layout was left."""
        super().showEvent(event)
        self._fit_corner()
        if not self._is_laid_out:
            self._is_laid_out = True
            self.panels.lay_out(self.size())

    def _restore(self) -> bool:
        """Put window and panels as they were left; False if no layout was left."""
        left = self.desk.state.window()
        if left is not None:
            self.restoreGeometry(left[0])
            self.restoreState(left[1])
            self._place_bars_below()
            self.finding.bar.hide()  # nothing is looked for at the start
        self.panels.restore(self.desk.state)
        self.entry.show_form_of(self.desk.toolbox.active)
        self.line.take_caret()
        return left is not None
