"""The parts of the window on a plot; the one place they are wired."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from channelplot.basemap.catalogue import credit_lines
from channelplot.chart.canvas import ChartCanvas
from channelplot.chart.palette import PALETTES
from channelplot.chart.placed import make_ready
from channelplot.document.backup_keeper import BackupKeeper
from channelplot.document.document import Document
from channelplot.document.session import Session
from channelplot.document.watch import WatchKeeper
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation
from channelplot.model.plot import Plot
from channelplot.reading.gazetteer import words_of
from channelplot.reading.values import Language
from channelplot.settings import POSITION_NOTATION, REPORT_LANGUAGE, Settings
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
from channelplot.ui.desk import Desk
from channelplot.ui.icons import app_icon
from channelplot.ui.inside.background import Background, GuiPoster
from channelplot.ui.main_window import MainWindow
from channelplot.ui.preference import Preference
from channelplot.ui.state import WindowState
from channelplot.ui.theme import Look
from channelplot.ui.words.watch_text import handover_text


@dataclass(frozen=True, slots=True)
class Ground:
    """What is there before the plot is open and the window is made."""

    chart_data: ChartData
    clock: Callable[[], datetime]
    settings: Settings
    state: WindowState
    poster: GuiPoster
    look: Preference[Look]


def window_of(app: QApplication, document: Document, ground: Ground) -> MainWindow:
    """Return the window on a plot, not shown yet, with all its parts."""
    chart_data, clock, settings = ground.chart_data, ground.clock, ground.settings
    state, poster, look = ground.state, ground.poster, ground.look
    session = Session(document, clock)
    watch = WatchKeeper(session, settings)
    figures = Figures(settings)
    chartwork = Chartwork(session)
    waters = WatersOfPlot(session)
    background = Background(app)
    background.run(partial(make_ready, document.plot), Future.result)  # while the window is made
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
    canvas.chart_drawn.connect(
        lambda: background.run(partial(_read_names, session.document.plot), Future.result),
        Qt.ConnectionType.SingleShotConnection,
    )
    window = MainWindow(desk, app_icon(), credit_lines())
    chart_data.when_read(lambda layers: poster.post(lambda: _show_layers(desk, layers)))
    window.logs.offer_watch()
    window.files.remember_open_plot()
    window.file_watch.tell_opened()
    return window


def _read_names(plot: Plot) -> None:
    """Take the names of the tracks apart once: what does so at the first key finds it done."""
    for track in plot.tracks.values():
        words_of(track.name)


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
