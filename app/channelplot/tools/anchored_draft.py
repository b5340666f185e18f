"""What the drafts of bearing lines and of rings share: where they begin, and the pointer."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from channelplot.chart.pointer import ChartEvent
from channelplot.document.notice import Notice
from channelplot.geodesy.measure import bearing_and_distance
from channelplot.geodesy.position import Position
from channelplot.tools.anchors import Anchor, Anchors
from channelplot.tools.chart_lines import ChartLines
from channelplot.tools.draft_tool import DraftTool
from channelplot.tools.field_reading import Problem
from channelplot.tools.questions import QuestionCode


@dataclass(frozen=True, slots=True)
class Shot:
    """From one place to another: bearings true, None where the two coincide."""

    start: Position
    end: Position
    bearing_deg: float | None
    back_deg: float | None
    distance_m: float


def shot_between(start: Position, end: Position) -> Shot:
    """Return the geodesic from one place to another, with the bearing back."""
    bearing_deg, distance_m = bearing_and_distance(start, end)
    back_deg, _ = bearing_and_distance(end, start)
    return Shot(start, end, bearing_deg, back_deg, distance_m)


class AnchoredDraft(ABC):
    """From where, and how far as the pointer says. Announces changed, and pointed after a click.

    start: what it hangs on, as typed or clicked. What is typed counts before the pointer.
    """

    def __init__(self, lines: ChartLines) -> None:
        """Start empty, and again with another plot."""
        self.changed = Notice[None]()
        self.pointed = Notice[None]()
        self.lines = lines
        self.start = ""
        self._clicked: tuple[str, Anchor] | None = None
        self._pointer: Position | None = None
        session = self.anchors.session
        session.document_changed.connect(lambda _: self.clear())
        session.plot_changed.connect(lambda _: self.changed.announce(None))
        self.anchors.reader.changed.connect(lambda _: self.changed.announce(None))
        self.anchors.chartwork.changed.connect(lambda _: self.changed.announce(None))

    @property
    def anchors(self) -> Anchors:
        """Return what finds where it begins."""
        return self.lines.anchors

    @property
    def pointer(self) -> Position | None:
        """Return where the pointer is, on a thing within reach exactly; None for nowhere."""
        return self._pointer

    def click(self, event: ChartEvent) -> None:
        """Take the first click as the start; the next is the far end and sets it.

        The first one sets it where all else was typed before.
        """
        anchor = self.anchors.under(event)
        if anchor is None:
            return
        self._pointer = None
        if isinstance(self.anchor(), Anchor):
            self._pointer = self.anchors.place(anchor)
        else:
            self.start = self.anchors.text(anchor)
            self._clicked = self.start, anchor
            self.changed.announce(None)
        self.commit()
        self.pointed.announce(None)

    def point(self, event: ChartEvent | None) -> None:
        """Let the far end follow the pointer, None: leave it."""
        anchor = None if event is None else self.anchors.under(event)
        pointer = None if anchor is None else self.anchors.place(anchor)
        if pointer != self._pointer:
            self._pointer = pointer
            if self.start:
                self.changed.announce(None)

    def clear(self) -> None:
        """Start over; what is set stays."""
        self.start = ""
        self._clicked = self._pointer = None
        self.changed.announce(None)

    def anchor(self) -> Anchor | Problem:
        """Return what it hangs on, or why that can't be read."""
        if self._clicked is not None and self._clicked[0] == self.start:
            return self._clicked[1]
        return self.anchors.read(self.start)

    @property
    @abstractmethod
    def is_empty(self) -> bool:
        """Return whether nothing has been typed or clicked."""

    @abstractmethod
    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Set it and start over. Returns False, doing nothing, if it is not whole."""

    @abstractmethod
    def remove_last(self) -> None:
        """Remove what was set last of this kind."""


class AnchoredTool(DraftTool):
    """From the first click on, what is drawn follows the pointer; the second click sets it."""

    def __init__(self, draft: AnchoredDraft) -> None:
        """Take the draft that is filled in beside the chart."""
        super().__init__(draft.changed)
        self._anchored = draft

    def exit(self) -> None:
        """Keep what was typed; the pointer is another tool's now."""
        super().exit()
        self._anchored.point(None)

    def move(self, event: ChartEvent) -> None:
        """Let it follow the pointer."""
        self._anchored.point(event)

    def clicked(self, event: ChartEvent, position: Position) -> None:
        """Take the start, or the far end."""
        self._anchored.click(event)
