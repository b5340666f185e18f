"""The fix from bearings that an operator is working out: two or three lines of sight."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from channelplot.analysis.bearings_fix import (
    Bearing,
    BearingsFix,
    FixFault,
    fix_from_bearings,
    fix_from_bearings_of_marks,
)
from channelplot.analysis.dead_reckoning import reckoning_of
from channelplot.chart.overlay import Ghost, GhostPath, Shape
from channelplot.commands.reports import add_report
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.errors import NoVariation
from channelplot.geodesy.magnetic import true_deg, variation_deg
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, PositionForm, ReportKind, SourceKind
from channelplot.model.ids import new_uid
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.reading.gazetteer import words_of
from channelplot.reading.values import TimeReading
from channelplot.tools.anchors import Anchor, AnchorKind, Anchors
from channelplot.tools.field_reading import Problem, time_of
from channelplot.tools.motion_text import MotionTextError, parse_bearing
from channelplot.tools.questions import (
    Question,
    QuestionCode,
    questions_about_fix,
    questions_about_position,
    questions_about_time,
)
from channelplot.tools.report_draft import TrackChoice

SIGHTS: Final = 3
_BEYOND: Final = 1.15
"""A line of sight is drawn so much farther than to the fix."""
_NOWHERE_M: Final = 20_000.0
"""How far it is drawn while there is no fix: about what can be seen from a headland."""


@dataclass(frozen=True, slots=True)
class SightText:
    """One line of sight as typed: from where, or of what, and the bearing."""

    mark: str = ""
    bearing: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was typed."""
        return not self.mark.strip() and not self.bearing.strip()


@dataclass(frozen=True, slots=True)
class Sight:
    """How a line of sight is understood.

    mark: where it is, None if that can't be read, for the problem, or because nothing was typed;
    mark_error_m: how far that may be off, None if nobody has said. bearing_deg: true; None without
    one. variation_deg: by which a magnetic one was corrected, east positive. is_bearing_wrong: what
    was typed is no bearing; is_variation_unknown: it is magnetic, at a time the model of variation
    does not cover.
    """

    text: SightText
    mark: Position | None = None
    mark_error_m: float | None = None
    problem: Problem | None = None
    bearing_deg: float | None = None
    variation_deg: float | None = None
    is_bearing_wrong: bool = False
    is_variation_unknown: bool = False


@dataclass(frozen=True, slots=True)
class FixReading:
    """How the whole is understood.

    sights: all of them, typed or not. fix: None while there is none; fault: why two lines or
    more make none. error_m: of bearings and marks together. time: when the bearings were taken, or
    what is wrong with it.
    """

    sights: tuple[Sight, ...]
    fix: BearingsFix | None
    fault: FixFault | None
    error_m: float | None
    time: TimeReading | Problem
    questions: tuple[Question, ...] = ()

    @property
    def observed_at_utc(self) -> datetime | None:
        """Return when the bearings were taken, None if that can't be read."""
        return self.time.at_utc if isinstance(self.time, TimeReading) else None

    @property
    def is_whole(self) -> bool:
        """Return whether there is a fix, of every line of sight typed, at a time."""
        return self.fix is not None and self.observed_at_utc is not None


@dataclass
class BearingsFixDraft:
    """The fix being worked out. Announces changed when anything of it does.

    inland_distance_m: returns how far a position lies inside the charted coast, 0 at sea.
    is_of_marks: the bearings are of the marks, taken from the boat; else of the boat, taken
    from the marks. track: the uid of the boat's track or a ``TrackChoice``.
    """

    session: Session
    anchors: Anchors
    inland_distance_m: Callable[[Position], float]
    sights: list[SightText] = field(default_factory=lambda: [SightText()] * SIGHTS)
    is_of_marks: bool = False
    time: str = ""
    track: str = TrackChoice.NEW_TRACK
    source: SourceKind = SourceKind.UNKNOWN
    source_name: str = ""
    changed: Notice[None] = field(default_factory=Notice[None])

    def __post_init__(self) -> None:
        """Follow the names that marks are read by, and the plot."""
        self.anchors.reader.changed.connect(lambda _: self.changed.announce(None))
        self.session.plot_changed.connect(lambda _: self.changed.announce(None))
        self.session.document_changed.connect(lambda _: self.clear())

    def begin(self) -> bool:
        """Start with the selected boat, or a new one; what was typed before stays."""
        if self.is_empty:
            selected = self.session.selection.only_track(self.session.document.plot)
            self.track = selected.uid if selected is not None else TrackChoice.NEW_TRACK
        self.changed.announce(None)
        return True

    def edit_sight(
        self, number: int, *, mark: str | None = None, bearing: str | None = None
    ) -> None:
        """Set what was typed of a line of sight, counted from 0."""
        sight = self.sights[number]
        self.sights[number] = SightText(
            sight.mark if mark is None else mark, sight.bearing if bearing is None else bearing
        )
        self.changed.announce(None)

    def edit(self, **values: object) -> None:
        """Set other parts by name."""
        for name, value in values.items():
            setattr(self, name, value)
        self.changed.announce(None)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed."""
        return all(s.is_empty for s in self.sights) and not self.time and not self.source_name

    def clear(self) -> None:
        """Start over."""
        self.sights = [SightText()] * SIGHTS
        self.time, self.source_name = "", ""
        self.source, self.is_of_marks = SourceKind.UNKNOWN, False
        self.track = TrackChoice.NEW_TRACK
        self.changed.announce(None)

    def reading(self) -> FixReading:
        """Return how it is understood now."""
        time = time_of(self.anchors.reader, self.time)
        at_utc = time.at_utc if isinstance(time, TimeReading) else None
        sights = tuple(self._sight(text, at_utc) for text in self.sights)
        typed = sum(not text.is_empty for text in self.sights)
        bearings = [
            Bearing(one.mark, one.bearing_deg)
            for one in sights
            if one.mark is not None and one.bearing_deg is not None
        ]
        found = self._found(bearings) if len(bearings) == typed > 1 else None
        fix = found if isinstance(found, BearingsFix) else None
        questions: tuple[Question, ...] = ()
        if at_utc is not None:
            questions += questions_about_time(at_utc, self.session.clock())
        if fix is not None:
            questions += questions_about_position(
                fix.position, ReportKind.POSITION, self.inland_distance_m
            )
            questions += questions_about_fix(fix)
        return FixReading(
            sights=sights,
            fix=fix,
            fault=found if isinstance(found, FixFault) else None,
            error_m=None if fix is None else _whole_error_m(fix, sights),
            time=time,
            questions=questions,
        )

    def shapes(self) -> tuple[Shape, ...]:
        """Return the lines of sight, the cocked hat and the fix."""
        return () if self.is_empty else tuple(self._shapes(self.reading()))

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Plot the fix as a report. False, doing nothing, if there is none. CommandRefused."""
        reading = self.reading()
        observed_at_utc, fix = reading.observed_at_utc, reading.fix
        is_open = bool({question.code for question in reading.questions} - answered)
        if not reading.is_whole or fix is None or observed_at_utc is None or is_open:
            return False
        document, now_utc = self.session.document, self.session.clock()
        new_track = None
        track_uid: str | None = self.track
        if self.track == TrackChoice.NEW_TRACK:
            new_track = Track(
                uid=new_uid(),
                name=document.next_track_name(),
                craft=Craft.SMALL_BOAT,
                created_at_utc=now_utc,
                created_by=document.operator,
            )
            track_uid = new_track.uid
        elif self.track == TrackChoice.NO_TRACK:
            track_uid = None
        report = Report(
            uid=new_uid(),
            kind=ReportKind.POSITION,
            observed_at_utc=observed_at_utc,
            received_at_utc=now_utc,
            logged_at_utc=now_utc,
            track_uid=track_uid,
            position=fix.position,
            position_form=PositionForm.BEARINGS,
            error_m=reading.error_m,
            as_received=self._as_received(),
            source=self.source,
            source_name=self.source_name.strip(),
            logged_by=document.operator,
        )
        document.apply(add_report(report, new_track))
        self.session.selection.set(frozenset({track_uid or report.uid}), is_chosen=False)
        self.clear()
        return True

    def _sight(self, text: SightText, at_utc: datetime | None) -> Sight:
        sight = Sight(text)
        if text.mark.strip():
            anchor = self.anchors.read(text.mark)
            if isinstance(anchor, Anchor):
                mark = self._place(anchor, at_utc)
                error_m = self._error_m(text.mark)
                sight = replace(sight, mark=mark, mark_error_m=error_m)
            else:
                sight = replace(sight, problem=anchor)
        try:
            told = parse_bearing(text.bearing)
        except MotionTextError:
            return replace(sight, is_bearing_wrong=True)
        if told is None:
            return sight
        bearing_deg, is_magnetic = told
        if not is_magnetic:
            return replace(sight, bearing_deg=bearing_deg)
        if sight.mark is None:
            return sight
        try:
            east_deg = variation_deg(sight.mark, at_utc or self.session.clock())
        except NoVariation:
            return replace(sight, is_variation_unknown=True)
        return replace(sight, bearing_deg=true_deg(bearing_deg, east_deg), variation_deg=east_deg)

    def _place(self, anchor: Anchor, at_utc: datetime | None) -> Position | None:
        """Return where a mark is, or a craft was when it took its bearing."""
        if anchor.kind is not AnchorKind.BOAT or at_utc is None:
            return self.anchors.place(anchor)
        track = self.session.document.plot.tracks[anchor.uid]
        reckoning = reckoning_of(track, at_utc, self.anchors.chartwork.supposition(track.uid))
        return None if reckoning is None else reckoning.passage.position_at(at_utc)

    def _error_m(self, name: str) -> float | None:
        named = self.anchors.reader.context().names.gazetteer.find(words_of(name))
        return named[0].error_m if len(named) == 1 else None

    def _found(self, bearings: list[Bearing]) -> BearingsFix | FixFault:
        return (
            fix_from_bearings_of_marks(bearings)
            if self.is_of_marks
            else fix_from_bearings(bearings)
        )

    def _shapes(self, reading: FixReading) -> Iterator[Shape]:
        fix = reading.fix
        for sight in reading.sights:
            if sight.mark is None or sight.bearing_deg is None:
                continue
            mark = sight.mark
            if fix is not None and distance_m(mark, fix.position) > 0.0:
                length_m = _BEYOND * distance_m(mark, fix.position)
            else:
                length_m = _NOWHERE_M
            towards_deg = sight.bearing_deg + (180.0 if self.is_of_marks else 0.0)
            yield GhostPath((mark, destination(mark, towards_deg, length_m)), sight.text.mark)
        if fix is not None:
            if len(fix.corners) > 2:
                yield GhostPath((*fix.corners, fix.corners[0]))
            yield Ghost(fix.position)

    def _as_received(self) -> str:
        """Return the lines of sight as they were typed."""
        return "; ".join(
            f"{sight.mark.strip()} {sight.bearing.strip()}"
            for sight in self.sights
            if not sight.is_empty
        )


def _whole_error_m(fix: BearingsFix, sights: tuple[Sight, ...]) -> float:
    """Return the error of the fix with the worst of the marks' own, as independent errors."""
    marks_m = (s.mark_error_m for s in sights if s.mark_error_m is not None)
    return math.hypot(fix.error_m, max(marks_m, default=0.0))
