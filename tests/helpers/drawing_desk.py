"""The drawing tools at a desk without a window, with a mouse over the night's plot."""

from dataclasses import dataclass, field

from channelplot.geodesy.position import Position
from channelplot.model.track import Track
from channelplot.tools.anchors import Anchors
from channelplot.tools.bearing_line import BearingLineDraft, BearingLineTool
from channelplot.tools.chart_lines import ChartLines
from channelplot.tools.chartwork import Chartwork
from channelplot.tools.measure import MeasureDraft, MeasureTool
from channelplot.tools.pan import PanTool
from channelplot.tools.rings import RingsDraft, RingsTool
from channelplot.tools.toolbox import Toolbox
from helpers.desk import Desk
from helpers.mouse import Mouse


@dataclass
class DrawingDesk:
    """The tools in their box, and what they set. reckoned: what the chart would show so."""

    desk: Desk
    reckoned: list[tuple[str, Position]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chartwork = Chartwork(self.desk.session)
        self.anchors = Anchors(
            self.desk.session, self.chartwork, self.desk.reader, lambda: self.reckoned
        )
        self.lines = ChartLines(self.anchors)
        self.bearing = BearingLineDraft(self.lines)
        self.rings = RingsDraft(self.lines)
        self.measure = MeasureDraft(self.anchors)
        self.toolbox = Toolbox(
            (
                PanTool(self.desk.chart),
                MeasureTool(self.measure),
                BearingLineTool(self.bearing),
                RingsTool(self.rings),
            )
        )
        self.mouse = Mouse(self.toolbox, self.desk.chart)

    def track(self, name: str) -> Track:
        """The track of a name."""
        tracks = self.desk.session.document.plot.tracks.values()
        (track,) = [each for each in tracks if each.name == name]
        return track

    def hover(self, place: Position) -> None:
        """Bring the pointer over a place, no button down."""
        self.mouse.move(*self.mouse.pixel(place))
