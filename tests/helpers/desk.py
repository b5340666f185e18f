"""A desk without a window: session, drafts, tools in their box, a chart and a mouse."""

from dataclasses import dataclass

from channelplot.document.session import Session
from channelplot.tools.beach_draft import BeachDraft
from channelplot.tools.line_reader import LineReader
from channelplot.tools.mark_draft import MarkDraft
from channelplot.tools.move_draft import MoveDraft
from channelplot.tools.report_draft import ReportDraft
from channelplot.tools.toolbox import Toolbox
from helpers.memory_store import MemoryStore
from helpers.mouse import Chart, Mouse


@dataclass(frozen=True)
class Desk:
    """Everything a tool works with."""

    session: Session
    store: MemoryStore
    chart: Chart
    toolbox: Toolbox
    mouse: Mouse
    report: ReportDraft
    beach: BeachDraft
    mark: MarkDraft
    move: MoveDraft
    reader: LineReader
