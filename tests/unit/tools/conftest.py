"""A desk without a window, and the coast it plots on."""

from collections.abc import Iterator

import pytest

from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.land import Land
from channelplot.document.session import Session
from channelplot.model.beach import Beach
from channelplot.tools.add_beach import AddBeachTool
from channelplot.tools.add_mark import AddMarkTool
from channelplot.tools.add_report import AddReportTool
from channelplot.tools.anchors import Anchors
from channelplot.tools.beach_draft import BeachDraft
from channelplot.tools.bearing_line import BearingLineDraft, BearingLineTool
from channelplot.tools.chart_lines import ChartLines
from channelplot.tools.chartwork import Chartwork
from channelplot.tools.line_reader import LineReader
from channelplot.tools.mark_draft import MarkDraft
from channelplot.tools.measure import MeasureDraft, MeasureTool
from channelplot.tools.move_draft import MoveDraft
from channelplot.tools.move_report import MoveTool
from channelplot.tools.pan import PanTool
from channelplot.tools.report_draft import ReportDraft
from channelplot.tools.rings import RingsDraft, RingsTool
from channelplot.tools.select import SelectTool
from channelplot.tools.toolbox import Toolbox
from channelplot.tools.zoom_box import ZoomBoxTool
from helpers.builders import a_beach, ddm, night_plot
from helpers.clock import FixedClock
from helpers.desk import Desk
from helpers.memory_store import MemoryStore
from helpers.mouse import Chart, Mouse
from helpers.opened import open_plot


@pytest.fixture(scope="session")
def land() -> Land:
    """The shipped coast."""
    return Land(load_basemap())


@pytest.fixture
def register() -> tuple[Beach, ...]:
    """Launch places the chart knows."""
    return (
        a_beach("Oye", ddm(51, 0.0, 2, 2.4), uid="oye", commune="Oye-Plage", note="cited"),
        a_beach("Wissant", ddm(50, 53.4, 1, 39.6), uid="w"),
        a_beach("Blériot", ddm(50, 57.5, 1, 49.5), uid="b"),
    )


@pytest.fixture
def desk(clock: FixedClock, land: Land, register: tuple[Beach, ...]) -> Iterator[Desk]:
    """A desk with the night's plot open and the select tool taken up."""
    store = MemoryStore(night_plot())
    document = open_plot(store.plot, clock=clock, store=store).document
    session, chart = Session(document, clock), Chart()
    reader = LineReader(session)
    report = ReportDraft(session, reader, land.inland_distance_m)
    beach = BeachDraft(session, reader, register, lambda _: 0.0)
    mark = MarkDraft(session, reader)
    move = MoveDraft(session, reader, land.inland_distance_m)
    anchors = Anchors(session, Chartwork(session), reader, tuple)
    lines = ChartLines(anchors)
    toolbox = Toolbox(
        (
            SelectTool(session, chart),
            AddReportTool(report),
            AddBeachTool(beach),
            AddMarkTool(mark),
            MoveTool(session, move),
            MeasureTool(MeasureDraft(anchors)),
            BearingLineTool(BearingLineDraft(lines)),
            RingsTool(RingsDraft(lines)),
            PanTool(chart),
            ZoomBoxTool(chart),
        )
    )
    yield Desk(
        session, store, chart, toolbox, Mouse(toolbox, chart), report, beach, mark, move, reader
    )
    document.close()
