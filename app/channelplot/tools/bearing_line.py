"""Electronic bearing lines: a click where one begins, another where it ends, or all typed."""

from dataclasses import dataclass

from channelplot.chart.overlay import GhostPath, Shape
from channelplot.errors import NoVariation
from channelplot.geodesy.magnetic import true_deg, variation_deg
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import bearing_text, distance_text
from channelplot.tools.anchored_draft import AnchoredDraft, AnchoredTool, Shot, shot_between
from channelplot.tools.anchors import Anchor
from channelplot.tools.chart_lines import AnchoredLine, ChartLines
from channelplot.tools.field_reading import Problem
from channelplot.tools.motion_text import MotionTextError, parse_bearing
from channelplot.tools.questions import QuestionCode
from channelplot.tools.range_text import FARTHEST_M, RangeTextError, parse_distance_m
from channelplot.tools.tool import ToolId


@dataclass(frozen=True, slots=True)
class BearingLineReading:
    """How the line is understood.

    anchor: what it hangs on; problem: why there is none. shot: along the line, None while bearing
    or distance are missing. variation_deg: at its origin, east positive, None outside the years of
    the model; is_variation_unknown: a magnetic bearing needs it then.
    """

    anchor: Anchor | None = None
    problem: Problem | None = None
    is_bearing_wrong: bool = False
    is_variation_unknown: bool = False
    is_distance_wrong: bool = False
    shot: Shot | None = None
    variation_deg: float | None = None

    @property
    def is_whole(self) -> bool:
        """Return whether the line can be set."""
        return (
            self.shot is not None
            and self.shot.bearing_deg is not None
            and 0.0 < self.shot.distance_m <= FARTHEST_M
        )


class BearingLineDraft(AnchoredDraft):
    """From where, which bearing, how far: what is typed, and the pointer where nothing is."""

    def __init__(self, lines: ChartLines) -> None:
        """Start empty."""
        self.bearing = self.distance = ""
        super().__init__(lines)

    def edit(
        self,
        *,
        start: str | None = None,
        bearing: str | None = None,
        distance: str | None = None,
    ) -> None:
        """Set what is given, as typed, and announce it."""
        self.start = self.start if start is None else start
        self.bearing = self.bearing if bearing is None else bearing
        self.distance = self.distance if distance is None else distance
        self.changed.announce(None)

    def clear(self) -> None:
        """Start over; lines that are set stay."""
        self.bearing = self.distance = ""
        super().clear()

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed or clicked."""
        return not (self.start or self.bearing or self.distance)

    def reading(self) -> BearingLineReading:
        """Return how the line is understood now."""
        found = self.anchor()
        if not isinstance(found, Anchor):
            return BearingLineReading(problem=found)
        start = self.anchors.place(found)
        if start is None:
            return BearingLineReading(anchor=found)
        east_deg = self._variation_deg(start)
        try:
            told = parse_bearing(self.bearing)
        except MotionTextError:
            return BearingLineReading(anchor=found, is_bearing_wrong=True)
        if told is not None and told[1] and east_deg is None:
            return BearingLineReading(anchor=found, is_variation_unknown=True)
        try:
            distance_m = parse_distance_m(self.distance)
        except RangeTextError:
            return BearingLineReading(anchor=found, is_distance_wrong=True)
        bearing_deg = None
        if told is not None:
            bearing_deg = true_deg(told[0], east_deg or 0.0) if told[1] else told[0]
        shot = self._shot(start, bearing_deg, distance_m)
        return BearingLineReading(anchor=found, shot=shot, variation_deg=east_deg)

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Set the line and start over. Returns False, doing nothing, if it is not whole."""
        del answered  # nothing is asked about a line
        reading = self.reading()
        anchor, shot = reading.anchor, reading.shot
        if anchor is None or shot is None or shot.bearing_deg is None or not reading.is_whole:
            return False
        self.lines.add_line(anchor, shot.bearing_deg, shot.distance_m)
        self.clear()
        return True

    def remove_last(self) -> None:
        """Remove the line that was set last."""
        self.lines.remove_last(AnchoredLine)

    def _shot(
        self, start: Position, bearing_deg: float | None, distance_m: float | None
    ) -> Shot | None:
        """Return the line by what is typed, and by the pointer where nothing is."""
        if bearing_deg is None or distance_m is None:
            if self.pointer is None:
                return None
            towards = shot_between(start, self.pointer)
            if bearing_deg is None and distance_m is None:
                return towards
            bearing_deg = towards.bearing_deg if bearing_deg is None else bearing_deg
            distance_m = towards.distance_m if distance_m is None else distance_m
            if bearing_deg is None:
                return towards
        end = destination(start, bearing_deg, distance_m)
        back_deg = shot_between(start, end).back_deg
        return Shot(start, end, bearing_deg, back_deg, distance_m)

    def _variation_deg(self, start: Position) -> float | None:
        try:
            return variation_deg(start, self.anchors.chartwork.at_utc)
        except NoVariation:
            return None


class BearingLineTool(AnchoredTool):
    """From the first click on, a line follows the pointer; the second click sets it."""

    id = ToolId.BEARING_LINE

    def __init__(self, draft: BearingLineDraft) -> None:
        """Take the draft that is filled in beside the chart."""
        super().__init__(draft)
        self._draft = draft

    def shapes(self) -> tuple[Shape, ...]:
        """Return the line as it would be set."""
        shot = self._draft.reading().shot
        if shot is None or shot.bearing_deg is None:
            return ()
        label = f"{bearing_text(shot.bearing_deg)} {distance_text(shot.distance_m)}"
        return (GhostPath((shot.start, shot.end), label),)
