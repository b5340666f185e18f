"""What one desk is made of: the parts that ``cli/window_parts.py`` builds and the window shows."""

from dataclasses import dataclass

from channelplot.chart.canvas import ChartCanvas
from channelplot.document.backup_keeper import BackupKeeper
from channelplot.document.session import Session
from channelplot.document.watch import WatchKeeper
from channelplot.geodesy.text import Notation
from channelplot.reading.values import Language
from channelplot.settings import Settings
from channelplot.tools.amend_draft import AmendDraft
from channelplot.tools.approach_draft import ApproachDraft
from channelplot.tools.beach_draft import BeachDraft
from channelplot.tools.bearing_line import BearingLineDraft
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
from channelplot.tools.line_draft import LineDraft
from channelplot.tools.log_line_draft import LogLineDraft
from channelplot.tools.lookout import Lookout
from channelplot.tools.mark_draft import MarkDraft
from channelplot.tools.measure import MeasureDraft
from channelplot.tools.merge_draft import MergeDraft
from channelplot.tools.move_draft import MoveDraft
from channelplot.tools.move_to_boat_draft import MoveToBoatDraft
from channelplot.tools.report_draft import ReportDraft
from channelplot.tools.rings import RingsDraft
from channelplot.tools.search_draft import SearchDraft
from channelplot.tools.split_draft import SplitDraft
from channelplot.tools.toolbox import Toolbox
from channelplot.tools.watch_draft import WatchDraft
from channelplot.tools.waters import WatersOfPlot
from channelplot.tools.withdraw_draft import WithdrawDraft
from channelplot.ui.inside.background import Background, GuiPoster
from channelplot.ui.preference import Preference
from channelplot.ui.state import WindowState
from channelplot.ui.theme import Look


@dataclass(frozen=True, slots=True)
class Desk:
    """The open plot, the chart it shows on, the tools and drafts, what is remembered.

    notation: the form of every position that is shown or copied. language: of the reports.
    figures: error circles, plausible speeds and intervals as the settings have them.
    chartwork: the time that answers are for, and what is supposed. waters: whose they are.
    """

    session: Session
    canvas: ChartCanvas
    toolbox: Toolbox
    line_draft: LineDraft
    report_draft: ReportDraft
    beach_draft: BeachDraft
    mark_draft: MarkDraft
    move_draft: MoveDraft
    move_to_boat_draft: MoveToBoatDraft
    split_draft: SplitDraft
    merge_draft: MergeDraft
    amend_draft: AmendDraft
    withdraw_draft: WithdrawDraft
    boat_draft: BoatDraft
    close_draft: CloseDraft
    bearings_fix_draft: BearingsFixDraft
    search_draft: SearchDraft
    explain_draft: ExplainDraft
    watch: WatchKeeper
    watch_draft: WatchDraft
    log_line_draft: LogLineDraft
    figures: Figures
    chartwork: Chartwork
    waters: WatersOfPlot
    chart_lines: ChartLines
    bearing_line_draft: BearingLineDraft
    rings_draft: RingsDraft
    measure_draft: MeasureDraft
    foresight: Foresight
    lookout: Lookout
    crossing_log: CrossingLog
    conditions_draft: ConditionsDraft
    approach_draft: ApproachDraft
    settings: Settings
    notation: Preference[Notation]
    language: Preference[Language]
    look: Preference[Look]
    state: WindowState
    poster: GuiPoster
    background: Background
    backup_keeper: BackupKeeper
