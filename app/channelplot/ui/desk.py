"""What one desk is made of: the parts that ``cli/gui.py`` builds and the window shows."""

from dataclasses import dataclass

from channelplot.chart.canvas import ChartCanvas
from channelplot.document.session import Session
from channelplot.settings import Settings
from channelplot.tools.beach_draft import BeachDraft
from channelplot.tools.move_draft import MoveDraft
from channelplot.tools.report_draft import ReportDraft
from channelplot.tools.toolbox import Toolbox
from channelplot.ui.background import Background, GuiPoster
from channelplot.ui.state import WindowState


@dataclass(frozen=True, slots=True)
class Desk:
    """The open plot, the chart it shows on, the tools and drafts, what is remembered."""

    session: Session
    canvas: ChartCanvas
    toolbox: Toolbox
    report_draft: ReportDraft
    beach_draft: BeachDraft
    move_draft: MoveDraft
    settings: Settings
    state: WindowState
    poster: GuiPoster
    background: Background
