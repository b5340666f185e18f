"""The report an operator is taking: what was typed, how it is understood, plotting it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

from channelplot.analysis.legs import Leg
from channelplot.commands.reports import add_report
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import position_text
from channelplot.model.codes import Craft, PositionForm, ReportKind, SourceKind, TrackStatus
from channelplot.model.ids import new_uid
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.reading.values import PositionReading, TimeReading
from channelplot.tools.field_reading import Problem, position_of, time_of
from channelplot.tools.leg_to import leg_to
from channelplot.tools.line_reader import LineReader
from channelplot.tools.motion_text import (
    MotionTextError,
    parse_course_deg,
    parse_grade,
    parse_speed_kn,
)
from channelplot.tools.people_text import PeopleTextError, parse_people
from channelplot.tools.questions import (
    Question,
    QuestionCode,
    questions_about_leg,
    questions_about_position,
    questions_about_time,
)
from channelplot.tools.told_adrift import change_told

_F = TypeVar("_F", float, str)
POINTED_DECIMALS: Final = 3
"""A pointed position is written to a thousandth of a minute, 1.85 m: finer than a hand.
Its error is what these figures leave open."""


class TrackChoice(StrEnum):
    """Where a report goes if not to a track that is there."""

    NEW_TRACK = "new"
    NO_TRACK = "none"


class Field(StrEnum):
    """The fields of the draft."""

    POSITION = "position"
    TIME = "time"
    TRACK = "track"
    PEOPLE = "people"
    COURSE = "course"
    SPEED = "speed"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A field that stops the report. problem: what the reader says of a position or a time."""

    field: Field
    problem: Problem | None = None


@dataclass
class ReportText:
    """What stands in the fields, as typed or chosen.

    track: a track's uid or a TrackChoice.
    """

    position: str = ""
    time: str = ""
    track: str = TrackChoice.NEW_TRACK
    craft: Craft = Craft.SMALL_BOAT
    kind: ReportKind = ReportKind.POSITION
    source: SourceKind = SourceKind.UNKNOWN
    source_name: str = ""
    people: str = ""
    children: str = ""
    is_counted: bool = False
    course: str = ""
    speed: str = ""
    grade: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the text is understood.

    where: the position and how it was read or pointed. track_name: where the report would go,
    "" for no track. course_deg, speed_kn, grade: as reported. leg: from the last position of that
    track before it. status: which the report gives its track. faults stop it from being plotted;
    questions must be answered first.
    """

    where: PositionReading | None
    observed_at_utc: datetime | None
    people: PeopleCount | None
    track_name: str
    course_deg: float | None = None
    speed_kn: float | None = None
    grade: str = ""
    leg: Leg | None = None
    leg_from_utc: datetime | None = None
    status: TrackStatus | None = None
    faults: tuple[FieldFault, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def position(self) -> Position | None:
        """Return the position, None if there is none."""
        return None if self.where is None else self.where.position

    @property
    def form(self) -> PositionForm | None:
        """Return the form the position was given in, None if there is none."""
        return None if self.where is None else self.where.form


@dataclass
class ReportDraft:
    """The report being taken.

    Announces changed when anything of it does, and pointed after a position was pointed
    at on the chart.

    inland_distance_m: returns how far a position lies inside the charted coast, 0 at sea.
    """

    session: Session
    reader: LineReader
    inland_distance_m: Callable[[Position], float]
    text: ReportText = field(default_factory=ReportText)
    changed: Notice[None] = field(default_factory=Notice[None])
    pointed: Notice[None] = field(default_factory=Notice[None])
    _pointed_text: str = ""

    def __post_init__(self) -> None:
        """While nothing has been typed, go to the track that is selected and still there."""
        self.session.selection.changed.connect(lambda _: self._follow_selection())
        self.session.plot_changed.connect(lambda _: self._leave_gone_track())
        self.session.document_changed.connect(lambda _: self.clear())
        self.reader.changed.connect(lambda _: self.changed.announce(None))

    def edit(self, **values: object) -> None:
        """Set fields of the text by name and announce it."""
        for name, value in values.items():
            setattr(self.text, name, value)
        self.changed.announce(None)

    def point(self, position: Position) -> None:
        """Take a position that was pointed at on the chart."""
        self._pointed_text = position_text(position, POINTED_DECIMALS)
        self.edit(position=self._pointed_text)
        self.pointed.announce(None)

    def clear(self) -> None:
        """Start over: empty, going to the selected track or else a new one."""
        selection = self.session.selection
        track = selection.only_track(self.session.document.plot)
        if not selection.is_chosen:
            track = None  # the program selected it after an act: the next boat is another
        self._start_over(track.uid if track else TrackChoice.NEW_TRACK, Craft.SMALL_BOAT)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed or pointed at."""
        text = self.text
        typed = (text.position, text.time, text.people, text.children, text.words)
        return not any((*typed, text.course, text.speed, text.grade))

    def reading(self) -> Reading:
        """Return how the text is understood now."""
        plot = self.session.document.plot
        faults: list[FieldFault] = []
        time = time_of(self.reader, self.text.time)
        observed_at_utc = time.at_utc if isinstance(time, TimeReading) else None
        where = self._where(observed_at_utc, faults)
        if not isinstance(time, TimeReading):
            faults.append(FieldFault(Field.TIME, time))
        people = None
        try:
            people = parse_people(
                self.text.people, self.text.children, is_counted=self.text.is_counted
            )
        except PeopleTextError:
            faults.append(FieldFault(Field.PEOPLE))
        course_deg = _figure(Field.COURSE, parse_course_deg, self.text.course, faults)
        speed_kn = _figure(Field.SPEED, parse_speed_kn, self.text.speed, faults)
        grade = _figure(Field.GRADE, parse_grade, self.text.grade, faults)
        track = plot.tracks.get(self.text.track)
        if track is None and self.text.track not in list(TrackChoice):
            faults.append(FieldFault(Field.TRACK))
        questions: tuple[Question, ...] = ()
        if observed_at_utc is not None:
            # The clock is looked at after the text was read: no now lies ahead of it.
            questions += questions_about_time(observed_at_utc, self.session.clock())
        if where is not None:
            questions += questions_about_position(
                where.position, self.text.kind, self.inland_distance_m
            )
        reading = Reading(
            where=where,
            observed_at_utc=observed_at_utc,
            people=people,
            track_name=self._track_name(track),
            course_deg=course_deg,
            speed_kn=speed_kn,
            grade=grade or "",
            faults=tuple(faults),
            questions=questions,
        )
        return self._with_status(self._with_leg(reading, track))

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Plot the report and start over. Returns False, doing nothing, if it can't be.

        answered: the questions to which the operator said "plot it all the same". Raises
        CommandRefused.
        """
        reading = self.reading()
        open_questions = {question.code for question in reading.questions} - answered
        if reading.faults or open_questions or reading.observed_at_utc is None:
            return False
        track, is_new = self._goes_to()
        report = self._report(reading, reading.observed_at_utc, track)
        change = change_told(track, report)
        self.session.document.apply(add_report(report, track if is_new else None, change))
        choice, craft = self.text.track, self.text.craft
        self.session.selection.set(frozenset({report.uid}), is_chosen=False)
        self._start_over(choice, craft)
        return True

    def _goes_to(self) -> tuple[Track | None, bool]:
        """Return the track that the report goes to, None for none, and whether it starts it."""
        document = self.session.document
        if self.text.track != TrackChoice.NEW_TRACK:
            return document.plot.tracks.get(self.text.track), False
        new = Track(
            uid=new_uid(),
            name=document.next_track_name(),
            craft=self.text.craft,
            created_at_utc=self.session.clock(),
            created_by=document.operator,
        )
        return new, True

    def _report(self, reading: Reading, observed_at_utc: datetime, track: Track | None) -> Report:
        """Return the report as it is read."""
        where, now_utc = reading.where, self.session.clock()
        return Report(
            uid=new_uid(),
            kind=self.text.kind,
            observed_at_utc=observed_at_utc,
            received_at_utc=now_utc,
            logged_at_utc=now_utc,
            track_uid=None if track is None else track.uid,
            position=where.position if where else None,
            position_form=where.form if where else None,
            error_m=where.error_m if where else None,
            as_received=self._as_received(where),
            source=self.text.source,
            source_name=self.text.source_name.strip(),
            grade=reading.grade,
            course_deg=reading.course_deg,
            speed_kn=reading.speed_kn,
            people=reading.people,
            logged_by=self.session.document.operator,
        )

    def _start_over(self, track: str, craft: Craft) -> None:
        """Empty the text but for where the next report goes.

        After a report that started a track, that is a new track again: what is selected then
        was selected by the program, and the next boat must not join this one by itself.
        """
        self.text = ReportText(track=track, craft=craft)
        self._pointed_text = ""
        self.changed.announce(None)

    def _follow_selection(self) -> None:
        selection = self.session.selection
        selected = selection.only_track(self.session.document.plot)
        if not selection.is_chosen:
            return
        if self.is_empty and selected is not None and selected.uid != self.text.track:
            self.edit(track=selected.uid)

    def _leave_gone_track(self) -> None:
        is_gone = self.text.track not in self.session.document.plot.tracks
        if not is_gone or self.text.track in list(TrackChoice):
            return
        if self.is_empty:
            self.edit(track=TrackChoice.NEW_TRACK)
        else:
            self.changed.announce(None)  # where it goes is asked for; nothing is measured from it

    def _as_received(self, where: PositionReading | None) -> str:
        """Return the words; without any, the position as it was typed."""
        is_typed = where is not None and where.form is not PositionForm.POINTED
        return self.text.words.strip() or (self.text.position.strip() if is_typed else "")

    def _where(
        self, observed_at_utc: datetime | None, faults: list[FieldFault]
    ) -> PositionReading | None:
        if not self.text.position.strip() and self.text.kind is not ReportKind.POSITION:
            return None
        where = position_of(self.reader, self.text.position, observed_at_utc)
        if not isinstance(where, PositionReading):
            faults.append(FieldFault(Field.POSITION, where))
            return None
        if self.text.position == self._pointed_text:
            return replace(where, form=PositionForm.POINTED)
        return where

    def _track_name(self, track: Track | None) -> str:
        if track is not None:
            return track.name
        if self.text.track == TrackChoice.NEW_TRACK:
            return self.session.document.next_track_name()
        return ""

    def _with_leg(self, reading: Reading, track: Track | None) -> Reading:
        """Return the reading with the leg that the report would make."""
        at_utc = reading.observed_at_utc
        if (
            track is None
            or reading.position is None
            or at_utc is None
            or self.text.kind is not ReportKind.POSITION
        ):
            return reading
        found = leg_to(track, reading.position, at_utc)
        if found is None:
            return reading
        return replace(
            reading,
            leg=found.leg,
            leg_from_utc=found.from_utc,
            questions=reading.questions + questions_about_leg(found.leg, track.craft),
        )

    def _with_status(self, reading: Reading) -> Reading:
        """Return the reading with the status that the report would give its track."""
        at_utc = reading.observed_at_utc
        if reading.faults or at_utc is None or reading.speed_kn is None:
            return reading
        track, _ = self._goes_to()
        change = change_told(track, self._report(reading, at_utc, track))
        return replace(reading, status=None if change is None else change.status)


def _figure(
    field: Field, parse: Callable[[str], _F | None], text: str, faults: list[FieldFault]
) -> _F | None:
    """Return what a field says, None for nothing or what can't be read, which is a fault."""
    try:
        return parse(text)
    except MotionTextError:
        faults.append(FieldFault(field))
        return None
