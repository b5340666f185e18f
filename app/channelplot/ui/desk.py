"""What one desk is made of: the parts that ``cli/gui.py`` builds and the window shows."""

from dataclasses import dataclass

from channelplot.chart.canvas import ChartCanvas
from channelplot.document.session import Session
from channelplot.geodesy.text import Notation
from channelplot.reading.values import Language
from channelplot.settings import Settings
from channelplot.tools.beach_draft import BeachDraft
from channelplot.tools.line_draft import LineDraft
from channelplot.tools.mark_draft import MarkDraft
from channelplot.tools.move_draft import MoveDraft
from channelplot.tools.report_draft import ReportDraft
from channelplot.tools.toolbox import Toolbox
from channelplot.ui.background import Background, GuiPoster
from channelplot.ui.preference import Preference
from channelplot.ui.state import WindowState


@dataclass(frozen=True, slots=True)
class Desk:
    """The open plot, the chart it shows on, the tools and drafts, what is remembered.

    notation: the form of every position that is shown or copied. language: of the reports.
    """

    session: Session
    canvas: ChartCanvas
    toolbox: Toolbox
    line_draft: LineDraft
    report_draft: ReportDraft
    beach_draft: BeachDraft
    mark_draft: MarkDraft
    move_draft: MoveDraft
    settings: Settings
    notation: Preference[Notation]
    language: Preference[Language]
    state: WindowState
    poster: GuiPoster
    background: Background
