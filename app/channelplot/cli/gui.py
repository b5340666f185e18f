"""Start the window: builds document, tools and window; the one place they are wired."""

import contextlib
import locale
import logging
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from channelplot.basemap.catalogue import credit_lines
from channelplot.chart.canvas import ChartCanvas
from channelplot.chart.palette import PALETTES
from channelplot.cli.main import complain
from channelplot.document.backup_keeper import BackupKeeper
from channelplot.document.document import Document
from channelplot.document.session import Session
from channelplot.document.watch import WatchKeeper
from channelplot.errors import ChannelPlotError
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation
from channelplot.logs import start_logging
from channelplot.reading.values import Language
from channelplot.settings import (
    PALETTE,
    POSITION_NOTATION,
    REPORT_LANGUAGE,
    Settings,
    config_folder,
    data_folder,
    log_folder,
)
from channelplot.tools.add_beach import AddBeachTool
from channelplot.tools.add_mark import AddMarkTool
from channelplot.tools.add_report import AddReportTool
from channelplot.tools.amend_draft import AmendDraft
from channelplot.tools.anchors import Anchors
from channelplot.tools.approach_draft import ApproachDraft
from channelplot.tools.beach_draft import BeachDraft
from channelplot.tools.bearing_line import BearingLineDraft, BearingLineTool
from channelplot.tools.bearings_fix_draft import BearingsFixDraft
from channelplot.tools.boat_draft import BoatDraft
from channelplot.tools.chart_lines import ChartLines
from channelplot.tools.chartwork import Chartwork
from channelplot.tools.close_draft import CloseDraft
from channelplot.tools.conditions_draft import ConditionsDraft
from channelplot.tools.crossing_log import CrossingLog
from channelplot.tools.explain_draft import ExplainDraft
from channelplot.tools.figures import Figures
from channelplot.tools.foresight import Foresight
from channelplot.tools.likely_boats import LikelyBoats
from channelplot.tools.line_draft import LineDraft
from channelplot.tools.line_reader import LineReader
from channelplot.tools.log_line_draft import LogLineDraft
from channelplot.tools.lookout import Lookout
from channelplot.tools.mark_draft import MarkDraft
from channelplot.tools.measure import MeasureDraft, MeasureTool
from channelplot.tools.merge_draft import MergeDraft
from channelplot.tools.move_draft import MoveDraft
from channelplot.tools.move_report import MoveTool
from channelplot.tools.move_to_boat_draft import MoveToBoatDraft
from channelplot.tools.pan import PanTool
from channelplot.tools.report_draft import ReportDraft
from channelplot.tools.rings import RingsDraft, RingsTool
from channelplot.tools.search_draft import SearchDraft
from channelplot.tools.select import SelectTool
from channelplot.tools.split_draft import SplitDraft
from channelplot.tools.toolbox import Toolbox
from channelplot.tools.watch_draft import WatchDraft
from channelplot.tools.waters import WatersOfPlot
from channelplot.tools.withdraw_draft import WithdrawDraft
from channelplot.tools.zoom_box import ZoomBoxTool
from channelplot.ui.chart_data import ChartData, Layers
from channelplot.ui.clock import utc_now
from channelplot.ui.desk import Desk
from channelplot.ui.files.plot_files import EXAMPLE_NAME, open_document, open_example
from channelplot.ui.icons import app_icon
from channelplot.ui.inside.background import Background, GuiPoster
from channelplot.ui.inside.crash import CrashReporter
from channelplot.ui.inside.garbage import collect_on_gui_thread, pass_over_what_is_there
from channelplot.ui.look import apply_look, switch_look
from channelplot.ui.main_window import MainWindow
from channelplot.ui.opening import beside_nothing
from channelplot.ui.preference import Preference
from channelplot.ui.state import WindowState
from channelplot.ui.theme import Look
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.watch_text import handover_text

_LOG = logging.getLogger("channelplot.cli")
APP_ID = "channelplot"
BACKUP_TICK_MS = 5_000
"""How often it is looked whether a backup is due; the first is made so long after the start."""
NO_DISPLAY = (
    "there is no display to open the window on; "
    "to export a picture without one: channelplot snapshot PLOT OUT.png"
)


def run(plot: str | None) -> int:
    """Open the window on a plot, or on the last one; return the exit code."""
    if not has_display():
        complain(NO_DISPLAY)
        return 1
    app = QApplication(sys.argv[:1])
    try:
        window = build_window(app, Path(plot) if plot is not None else None)
    except ChannelPlotError as error:
        complain(error_text(error))
        return 1
    collect_on_gui_thread(window)
    window.desk.session.document_changed.connect(lambda _: pass_over_what_is_there())
    window.show()
    app.processEvents()
    _LOG.info("window shown")
    window.desk.canvas.chart_drawn.connect(
        lambda: _LOG.info("chart drawn"), Qt.ConnectionType.SingleShotConnection
    )
    return app.exec()


def has_display() -> bool:
    """Return whether Qt has somewhere to open a window."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def build_window(
    app: QApplication, plot: Path | None, clock: Callable[[], datetime] = utc_now
) -> MainWindow:
    """Return the window, not shown yet, on a plot or else on the last one, or the example.

    A plot that can't be opened is told of in the banner, over the example. clock: returns the time
    in UTC. Raises ChannelPlotError where what ships with the program is not whole.
    """
    chart_data = ChartData()
    app.setApplicationName("Channel Plot")
    app.setDesktopFileName(APP_ID)
    # Qt takes the system's locale and with it C's decimal comma; our numbers have points.
    locale.setlocale(locale.LC_NUMERIC, "C")
    settings, state = Settings(config_folder()), WindowState(config_folder())
    poster = GuiPoster(app)
    crashes = CrashReporter(log_folder(), poster)
    with contextlib.suppress(OSError):  # a desk without a log still plots
        start_logging(log_folder())
    crashes.install()
    look = Preference(settings, PALETTE, Look)
    apply_look(app, look.current, settings.text_scale())  # before anything shows
    look.changed.connect(partial(switch_look, app))
    document, not_opened = _first_document(plot, state, poster, clock, settings.operator(clock()))
    session = Session(document, clock)
    watch = WatchKeeper(session, settings)
    figures = Figures(settings)
    chartwork = Chartwork(session)
    waters = WatersOfPlot(session)
    background = Background(app)
    foresight = Foresight(session, waters, background.run)
    lookout = Lookout(session, figures, foresight)
    crossing_log = CrossingLog(session, lookout, foresight, waters, poster.post)
    canvas = ChartCanvas()
    canvas.set_text_factor(settings.text_scale())
    canvas.set_chart_palette(PALETTES[look.current])
    look.changed.connect(lambda chosen: canvas.set_chart_palette(PALETTES[chosen]))
    language = Preference(settings, REPORT_LANGUAGE, Language)
    reader = LineReader(session, language.current)
    language.changed.connect(reader.use_language)
    boats = LikelyBoats(session, figures.error_model)
    figures.changed.connect(lambda _: boats.use_model(figures.error_model))
    line_draft = LineDraft(session, reader, chart_data.inland_distance_m, boats, waters)
    report_draft = ReportDraft(session, reader, chart_data.inland_distance_m)
    beach_draft = BeachDraft(session, reader, (), chart_data.shore_distance_m)
    mark_draft = MarkDraft(session, reader)
    move_draft = MoveDraft(session, reader, chart_data.inland_distance_m)
    chart_lines = ChartLines(Anchors(session, chartwork, reader, lambda: _reckoned_on(canvas)))
    bearing_line_draft, rings_draft = BearingLineDraft(chart_lines), RingsDraft(chart_lines)
    measure_draft = MeasureDraft(chart_lines.anchors)
    toolbox = Toolbox(
        (
            SelectTool(session, canvas),
            AddReportTool(report_draft),
            AddBeachTool(beach_draft),
            AddMarkTool(mark_draft),
            MoveTool(session, move_draft),
            MeasureTool(measure_draft),
            BearingLineTool(bearing_line_draft),
            RingsTool(rings_draft),
            PanTool(canvas),
            ZoomBoxTool(canvas),
        )
    )
    desk = Desk(
        session=session,
        canvas=canvas,
        toolbox=toolbox,
        line_draft=line_draft,
        report_draft=report_draft,
        beach_draft=beach_draft,
        mark_draft=mark_draft,
        move_draft=move_draft,
        move_to_boat_draft=MoveToBoatDraft(session, boats, chartwork),
        split_draft=SplitDraft(session, chartwork),
        merge_draft=MergeDraft(session, boats, chartwork),
        amend_draft=AmendDraft(session, reader, chart_data.inland_distance_m),
        withdraw_draft=WithdrawDraft(session),
        boat_draft=BoatDraft(session, beach_draft),
        close_draft=CloseDraft(session),
        bearings_fix_draft=BearingsFixDraft(
            session, chart_lines.anchors, chart_data.inland_distance_m
        ),
        search_draft=SearchDraft(session, chart_lines.anchors),
        explain_draft=ExplainDraft(session),
        watch=watch,
        watch_draft=WatchDraft(session, watch, handover_text),
        log_line_draft=LogLineDraft(session),
        figures=figures,
        chartwork=chartwork,
        waters=waters,
        chart_lines=chart_lines,
        bearing_line_draft=bearing_line_draft,
        rings_draft=rings_draft,
        measure_draft=measure_draft,
        foresight=foresight,
        lookout=lookout,
        crossing_log=crossing_log,
        conditions_draft=ConditionsDraft(session, figures),
        approach_draft=ApproachDraft(session, figures, foresight, lookout),
        settings=settings,
        notation=Preference(settings, POSITION_NOTATION, Notation),
        language=language,
        look=look,
        state=state,
        poster=poster,
        background=background,
        backup_keeper=BackupKeeper(session, settings.backup_folder, background.run, time.monotonic),
    )
    window = MainWindow(desk, app_icon(), credit_lines())
    backup_timer = QTimer(window)
    backup_timer.timeout.connect(desk.backup_keeper.tick)
    backup_timer.start(BACKUP_TICK_MS)
    crashes.show_with(window.crashes.show_crash)
    chart_data.when_read(lambda layers: poster.post(lambda: _show_layers(desk, layers)))
    window.logs.offer_watch()
    window.files.remember_open_plot()
    window.file_watch.tell_opened()
    if crashes.ended_at_once is not None:
        window.crashes.show_ended(crashes.ended_at_once)
    if not_opened is not None:
        window.files.tell_not_opened(not_opened)
    return window


def _reckoned_on(canvas: ChartCanvas) -> list[tuple[str, Position]]:
    """Return the craft whose reckoned positions show on the chart, by uid, and these."""
    return [(mark.track_uid, mark.position) for mark in canvas.scene().reckoned]


def _show_layers(desk: Desk, read: Future[Layers]) -> None:
    layers = read.result()
    desk.canvas.set_basemap(layers.basemap, layers.levels)
    desk.waters.use_coast(layers.land)
    desk.beach_draft.use_register(layers.basemap.beaches)
    desk.mark_draft.use_register(layers.basemap.marks)
    desk.line_draft.reader.use_register(
        layers.basemap.marks,
        layers.basemap.beaches,
        layers.places,
        layers.names,
    )


def _first_document(
    plot: Path | None,
    state: WindowState,
    poster: GuiPoster,
    clock: Callable[[], datetime],
    operator: str,
) -> tuple[Document, ChannelPlotError | None]:
    """Return the document to start with, and what could not be opened, if anything.

    There is one as long as the program is whole: a desk whose plot is damaged needs the window
    all the more, to restore it.
    """
    recent = state.recent_plots()
    wanted = plot if plot is not None else next(iter(recent), None)
    not_opened = None
    if wanted is not None:
        open_it = partial(open_document, wanted, post=poster.post, clock=clock, operator=operator)
        try:
            return beside_nothing(poster, open_it, wanted), None
        except ChannelPlotError as error:
            not_opened = error
    folder = data_folder()
    open_example_in = partial(
        open_example, folder, post=poster.post, clock=clock, operator=operator
    )
    document, wrong = beside_nothing(poster, open_example_in, folder / EXAMPLE_NAME)
    return document, not_opened or wrong
