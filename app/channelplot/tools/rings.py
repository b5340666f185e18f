"""Range rings: a click for the centre, another for the radius, or all typed."""

from dataclasses import dataclass

from channelplot.chart.overlay import GhostCircle, GhostPath, Shape
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import distance_text
from channelplot.tools.anchored_draft import AnchoredDraft, AnchoredTool, Shot, shot_between
from channelplot.tools.anchors import Anchor
from channelplot.tools.chart_lines import AnchoredRings, ChartLines
from channelplot.tools.field_reading import Problem
from channelplot.tools.questions import QuestionCode
from channelplot.tools.range_text import FARTHEST_M, RangeTextError, parse_radii_m
from channelplot.tools.tool import ToolId


@dataclass(frozen=True, slots=True)
class RingsReading:
    """How the rings are understood.

    anchor: what they hang on; problem: why there is none. centre: where that is now. radii_m:
    typed, or the pointer's distance (is_pointed). shot: from the centre to the pointer.
    """

    anchor: Anchor | None = None
    problem: Problem | None = None
    is_radius_wrong: bool = False
    centre: Position | None = None
    radii_m: tuple[float, ...] = ()
    shot: Shot | None = None
    is_pointed: bool = False

    @property
    def is_whole(self) -> bool:
        """Return whether the rings can be set."""
        return bool(self.radii_m)


class RingsDraft(AnchoredDraft):
    """About what, and how far: what is typed, or the pointer."""

    def __init__(self, lines: ChartLines) -> None:
        """Start empty."""
        self.radii = ""
        super().__init__(lines)

    def edit(self, *, start: str | None = None, radii: str | None = None) -> None:
        """Set what is given, as typed, and announce it."""
        self.start = self.start if start is None else start
        self.radii = self.radii if radii is None else radii
        self.changed.announce(None)

    def clear(self) -> None:
        """Start over; rings that are set stay."""
        self.radii = ""
        super().clear()

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed or clicked."""
        return not (self.start or self.radii)

    def reading(self) -> RingsReading:
        """Return how the rings are understood now."""
        found = self.anchor()
        if not isinstance(found, Anchor):
            return RingsReading(problem=found)
        centre = self.anchors.place(found)
        if centre is None:
            return RingsReading(anchor=found)
        try:
            radii_m = parse_radii_m(self.radii)
        except RangeTextError:
            return RingsReading(anchor=found, centre=centre, is_radius_wrong=True)
        shot = None if self.pointer is None else shot_between(centre, self.pointer)
        is_pointed = not radii_m and shot is not None
        if not radii_m and shot is not None and 0.0 < shot.distance_m <= FARTHEST_M:
            radii_m = (shot.distance_m,)
        return RingsReading(
            anchor=found, centre=centre, radii_m=radii_m, shot=shot, is_pointed=is_pointed
        )

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Set the rings and start over. Returns False, doing nothing, if they are not whole."""
        del answered  # nothing is asked about rings
        reading = self.reading()
        if reading.anchor is None or not reading.is_whole:
            return False
        self.lines.add_rings(reading.anchor, reading.radii_m)
        self.clear()
        return True

    def remove_last(self) -> None:
        """Remove the rings that were set last."""
        self.lines.remove_last(AnchoredRings)


class RingsTool(AnchoredTool):
    """From the first click on, a ring follows the pointer; the second click sets it."""

    id = ToolId.RINGS

    def __init__(self, draft: RingsDraft) -> None:
        """Take the draft that is filled in beside the chart."""
        super().__init__(draft)
        self._draft = draft

    def shapes(self) -> tuple[Shape, ...]:
        """Return the rings as they would be set, and the radius that the pointer gives."""
        reading = self._draft.reading()
        if reading.centre is None:
            return ()
        if reading.is_pointed and reading.shot is not None:
            label = distance_text(reading.shot.distance_m)
            radius = GhostPath((reading.centre, reading.shot.end), label)
            return (*(GhostCircle(reading.centre, r) for r in reading.radii_m), radius)
        return tuple(GhostCircle(reading.centre, r, distance_text(r)) for r in reading.radii_m)
