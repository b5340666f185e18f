"""Measure from point to point: courses, distances, a running total; nothing of it is kept."""

import itertools
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channelplot.chart.overlay import DragLine, GhostPath, Shape
from channelplot.chart.pointer import Button, ChartEvent
from channelplot.document.notice import Notice
from channelplot.geodesy.measure import bearing_and_distance
from channelplot.geodesy.position import Position
from channelplot.geodesy.rhumb import rhumb_course_and_distance
from channelplot.geodesy.text import bearing_text, distance_text
from channelplot.geodesy.units import mps_from_kn
from channelplot.reading.values import Fault, Question
from channelplot.tools.anchors import Anchor, Anchors
from channelplot.tools.asked_time import asked_time
from channelplot.tools.draft_tool import DraftTool
from channelplot.tools.field_reading import Problem
from channelplot.tools.motion_text import MotionTextError, parse_speed_kn
from channelplot.tools.questions import QuestionCode
from channelplot.tools.tool import ToolId

_POLE_DEG: Final = 90.0
_SPEED_AND_START: Final = re.compile(
    r"(?P<speed>[0-9.,]+(?:\s*(?:kn|kts?))?)(?:\s+(?:at\s+|from\s+)?(?P<start>\S.*))?",
    re.IGNORECASE,
)
_LONGEST_S: Final = 10 * 86_400.0
"""No arrival is told further ahead than that, in seconds."""


@dataclass(frozen=True, slots=True)
class MeasuredLeg:
    """From one point to the next: courses true, at either end; None where the two coincide."""

    course_deg: float | None
    back_deg: float | None
    distance_m: float


@dataclass(frozen=True, slots=True)
class MeasureReading:
    """What has been measured.

    points: those that are set, and last the one that is typed or pointed at (is_open); legs
    between them, of the kind asked for. other_m: the total by the other kind, geodesic or rhumb.
    problem: why the typed point is none. speed_kn: None for none. starts_at_utc: when it sets out;
    is_start_said: that was typed or chosen, not merely now. start_problem: why the typed start is
    no time. now_utc: by the clock.
    """

    points: tuple[Position, ...] = ()
    legs: tuple[MeasuredLeg, ...] = ()
    is_open: bool = False
    other_m: float = 0.0
    problem: Problem | None = None
    is_speed_wrong: bool = False
    speed_kn: float | None = None
    starts_at_utc: datetime | None = None
    is_start_said: bool = False
    start_problem: Problem | None = None
    now_utc: datetime | None = None

    @property
    def total_m(self) -> float:
        """Return the length of all legs in metres, 0 without any."""
        return sum(leg.distance_m for leg in self.legs)

    def duration_s(self, distance_m: float) -> float | None:
        """Return how many seconds a distance in metres takes at the speed, None without a speed."""
        return None if not self.speed_kn else distance_m / mps_from_kn(self.speed_kn)

    @property
    def eta_utc(self) -> datetime | None:
        """Return when the last point is reached, None without a speed or beyond ten days."""
        duration_s = self.duration_s(self.total_m)
        if duration_s is None or self.starts_at_utc is None or duration_s > _LONGEST_S:
            return None
        return self.starts_at_utc + timedelta(seconds=duration_s)


def measured_leg(start: Position, end: Position, *, is_rhumb: bool) -> MeasuredLeg:
    """Return a leg along a rhumb line or a geodesic; to or from a pole both are the meridian."""
    if is_rhumb and _POLE_DEG not in (abs(start.lat_deg), abs(end.lat_deg)):
        course_deg, length_m = rhumb_course_and_distance(start, end)
        back_deg, _ = rhumb_course_and_distance(end, start)
    else:
        course_deg, length_m = bearing_and_distance(start, end)
        back_deg, _ = bearing_and_distance(end, start)
    return MeasuredLeg(course_deg, back_deg, length_m)


class MeasureDraft:
    """The points, and one that is being typed or pointed at. Announces changed.

    is_done: the line is left on the chart as it was measured, until the next point begins another.
    Speed and the kind of line stay as they were chosen.
    """

    def __init__(self, anchors: Anchors) -> None:
        """Start without points, and again with another plot."""
        self.changed = Notice[None]()
        self.anchors = anchors
        self.text = self.speed = ""
        self.is_rhumb = False
        self.is_done = False
        self._points: tuple[Position, ...] = ()
        self._pointer: Position | None = None
        anchors.session.document_changed.connect(lambda _: self.clear())
        anchors.reader.changed.connect(lambda _: self.changed.announce(None))
        anchors.chartwork.changed.connect(lambda _: self.go_on())

    @property
    def points(self) -> tuple[Position, ...]:
        """Return the points that are set."""
        return self._points

    @property
    def is_empty(self) -> bool:
        """Return whether there is no point and nothing is being typed."""
        return not self._points and not self.text

    def edit(
        self, *, text: str | None = None, speed: str | None = None, is_rhumb: bool | None = None
    ) -> None:
        """Set what is given, as typed or chosen, and announce it.

        text: the next point. speed: in knots, with or without when it sets out: ``16 kn 0438Z``.
        """
        self.text = self.text if text is None else text
        self.speed = self.speed if speed is None else speed
        self.is_rhumb = self.is_rhumb if is_rhumb is None else is_rhumb
        self.changed.announce(None)

    def go_on(self) -> None:
        """Announce another time of arrival: what it is counted from is another time now."""
        if self.speed.strip() and self._points:
            self.changed.announce(None)

    def click(self, event: ChartEvent) -> None:
        """Add the thing or place under the pointer."""
        anchor = self.anchors.under(event)
        if anchor is not None:
            self._add(anchor)

    def point(self, event: ChartEvent | None) -> None:
        """Measure on to the pointer, None: leave it."""
        anchor = None if event is None else self.anchors.under(event)
        pointer = None if anchor is None else self.anchors.place(anchor)
        if pointer != self._pointer:
            self._pointer = pointer
            if self._points and not self.is_done:
                self.changed.announce(None)

    def remove_last(self) -> None:
        """Take the last point back; one that was measured to the end goes on from there."""
        self._points = self._points[:-1]
        self.is_done = False
        self.changed.announce(None)

    def end(self) -> None:
        """Stop measuring: what was measured stays on the chart for now."""
        if self._points and not self.is_done:
            self.is_done = True
            self.changed.announce(None)

    def clear(self) -> None:
        """Forget what was measured."""
        self.text = ""
        self.is_done = False
        self._points = ()
        self._pointer = None
        self.changed.announce(None)

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Add the point that is typed, or stop measuring where none is. False if it can't be."""
        del answered  # nothing is asked
        if not self.text.strip():
            self.end()
            return self.is_done
        found = self.anchors.read(self.text)
        if not isinstance(found, Anchor):
            return False
        self.text = ""
        self._add(found)
        return True

    def reading(self) -> MeasureReading:
        """Return what has been measured, with the point that is typed or pointed at."""
        problem, next_point = self._next_point()
        points = self._points if next_point is None else (*self._points, next_point)
        pairs = list(itertools.pairwise(points))
        speed_kn, start = self._speed_and_start()
        chartwork = self.anchors.chartwork
        starts_at_utc = start if isinstance(start, datetime) else chartwork.at_utc
        is_start_said = isinstance(start, datetime) or chartwork.chosen_utc is not None
        return MeasureReading(
            points=points,
            legs=tuple(measured_leg(a, b, is_rhumb=self.is_rhumb) for a, b in pairs),
            is_open=next_point is not None,
            other_m=sum(
                measured_leg(a, b, is_rhumb=not self.is_rhumb).distance_m for a, b in pairs
            ),
            problem=problem,
            is_speed_wrong=speed_kn == 0.0,
            speed_kn=speed_kn,
            starts_at_utc=starts_at_utc,
            is_start_said=is_start_said,
            start_problem=start if isinstance(start, (Fault, Question)) else None,
            now_utc=self.anchors.session.clock(),
        )

    def _speed_and_start(self) -> tuple[float | None, datetime | Problem | None]:
        """Return the speed in knots and when it sets out, each None if it is not typed.

        A speed of nought stands for one that can't be read.
        """
        typed = self.speed.strip()
        if not typed:
            return None, None
        match = _SPEED_AND_START.fullmatch(typed)
        if match is None:
            return 0.0, None
        try:
            speed_kn = parse_speed_kn(match["speed"])
        except MotionTextError:
            return 0.0, None
        return speed_kn, asked_time(match["start"] or "", self.anchors.session.clock())

    def _next_point(self) -> tuple[Problem | None, Position | None]:
        """Return the point that is typed, or why it is none; else the pointer's."""
        if self.text.strip():
            found = self.anchors.read(self.text)
            if isinstance(found, Anchor):
                return None, self.anchors.place(found)
            return found, None
        is_measuring = bool(self._points) and not self.is_done
        return None, self._pointer if is_measuring else None

    def _add(self, anchor: Anchor) -> None:
        """Add where something is now; after the end that begins another line."""
        position = self.anchors.place(anchor)
        if position is None:
            return
        kept = () if self.is_done else self._points
        self.is_done = False
        if not kept or kept[-1] != position:
            kept = (*kept, position)
        self._points = kept
        self._pointer = None
        self.changed.announce(None)


class MeasureTool(DraftTool):
    """Every click is a point; a double click is the last. Left, the tool leaves nothing behind."""

    id = ToolId.MEASURE

    def __init__(self, draft: MeasureDraft) -> None:
        """Take the draft that is filled in beside the chart."""
        super().__init__(draft.changed)
        self._draft = draft

    def exit(self) -> None:
        """Forget what was measured."""
        super().exit()
        self._draft.clear()

    def move(self, event: ChartEvent) -> None:
        """Measure on to the pointer."""
        self._draft.point(event)

    def clicked(self, event: ChartEvent, position: Position) -> None:
        """Take a point."""
        self._draft.click(event)

    def double_click(self, event: ChartEvent) -> None:
        """Stop measuring: the click before it was the last point."""
        if event.button is Button.LEFT:
            self._draft.end()

    def shapes(self) -> tuple[Shape, ...]:
        """Return the last leg that is set, and the one to the pointer with its figures.

        The line itself is among the chart's lines; what was set this moment is not drawn yet.
        """
        if self._draft.is_done:
            return ()
        reading = self._draft.reading()
        count = 2 if reading.is_open else 1
        shapes: list[Shape] = []
        pairs = list(zip(reading.points, reading.points[1:], reading.legs, strict=False))[-count:]
        for number, (start, end, leg) in enumerate(pairs):
            is_last = number == len(pairs) - 1
            label = _label(leg, reading) if is_last and reading.is_open else ""
            if self._draft.is_rhumb:
                shapes.append(DragLine(start, end, label))
            else:
                shapes.append(GhostPath((start, end), label))
        return tuple(shapes)


def _label(leg: MeasuredLeg, reading: MeasureReading) -> str:
    """Return the figures beside the pointer: of the leg, and of the whole if there are more."""
    if leg.course_deg is None:
        return ""
    text = f"{bearing_text(leg.course_deg)} {distance_text(leg.distance_m)}"
    return text if len(reading.legs) == 1 else f"{text} · {distance_text(reading.total_m)}"
