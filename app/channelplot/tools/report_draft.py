"""The report an operator is taking: what was typed, how it is understood, plotting it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from channelplot.analysis.legs import Leg, leg_between
from channelplot.commands.reports import add_report
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.errors import PositionTextError, TimeTextError
from channelplot.geodesy.parse import parse_position, parse_time_utc
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import position_text
from channelplot.model.codes import Craft, PositionForm, ReportKind, SourceKind
from channelplot.model.ids import new_uid
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.tools.people_text import PeopleTextError, parse_people
from channelplot.tools.questions import (
    Question,
    QuestionCode,
    questions_about_leg,
    questions_about_position,
    questions_about_time,
)

POINTED_DECIMALS: Final = 3
"""A pointed position is written to a thousandth of a minute, 1.85 m: finer than a hand."""


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


@dataclass(frozen=True, slots=True)
class Fault:
    """A field that cannot be read and why: a code of errors.py, or ``not_read``."""

    field: Field
    code: str


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
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the text is understood.

    track_name: where the report would go, "" for no track. leg: from the last position
    of that track before it. faults stop it from being plotted; questions must be
    answered first.
    """

    position: Position | None
    form: PositionForm | None
    observed_at_utc: datetime | None
    people: PeopleCount | None
    track_name: str
    leg: Leg | None = None
    leg_from_utc: datetime | None = None
    faults: tuple[Fault, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass
class ReportDraft:
    """The report being taken.

    Announces changed when anything of it does, and pointed after a position was pointed
    at on the chart.

    inland_distance_m: returns how far a position lies inside the charted coast, 0 at sea.
    """

    session: Session
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
        track = self.session.selection.only_track(self.session.document.plot)
        self._start_over(track.uid if track else TrackChoice.NEW_TRACK, Craft.SMALL_BOAT)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed or pointed at."""
        text = self.text
        return not (text.position or text.time or text.people or text.children or text.words)

    def reading(self) -> Reading:
        """Return how the text is understood now."""
        plot, now_utc = self.session.document.plot, self.session.clock()
        faults: list[Fault] = []
        position, form = self._position(faults)
        observed_at_utc = self._time(now_utc, faults)
        people = None
        try:
            people = parse_people(
                self.text.people, self.text.children, is_counted=self.text.is_counted
            )
        except PeopleTextError:
            faults.append(Fault(Field.PEOPLE, "not_read"))
        track = plot.tracks.get(self.text.track)
        if track is None and self.text.track not in list(TrackChoice):
            faults.append(Fault(Field.TRACK, "no_such_track"))
        questions: tuple[Question, ...] = ()
        if observed_at_utc is not None:
            questions += questions_about_time(observed_at_utc, now_utc)
        if position is not None:
            questions += questions_about_position(position, self.text.kind, self.inland_distance_m)
        reading = Reading(
            position=position,
            form=form,
            observed_at_utc=observed_at_utc,
            people=people,
            track_name=self._track_name(track),
            faults=tuple(faults),
            questions=questions,
        )
        return self._with_leg(reading, track)

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Plot the report and start over. Returns False, doing nothing, if it can't be.

        answered: the questions to which the operator said "plot it all the same". Raises
        CommandRefused.
        """
        reading = self.reading()
        open_questions = {question.code for question in reading.questions} - answered
        if reading.faults or open_questions or reading.observed_at_utc is None:
            return False
        document, now_utc = self.session.document, self.session.clock()
        new_track = None
        track_uid: str | None = self.text.track
        if self.text.track == TrackChoice.NEW_TRACK:
            new_track = Track(
                uid=new_uid(),
                name=document.next_track_name(),
                craft=self.text.craft,
                created_at_utc=now_utc,
                created_by=document.operator,
            )
            track_uid = new_track.uid
        elif self.text.track == TrackChoice.NO_TRACK:
            track_uid = None
        report = Report(
            uid=new_uid(),
            kind=self.text.kind,
            observed_at_utc=reading.observed_at_utc,
            received_at_utc=now_utc,
            logged_at_utc=now_utc,
            track_uid=track_uid,
            position=reading.position,
            position_form=reading.form,
            as_received=self._as_received(reading.form),
            source=self.text.source,
            source_name=self.text.source_name.strip(),
            people=reading.people,
            logged_by=document.operator,
        )
        document.apply(add_report(report, new_track))
        choice, craft = self.text.track, self.text.craft
        self.session.selection.set(frozenset({report.uid}))
        self._start_over(choice, craft)
        return True

    def _start_over(self, track: str, craft: Craft) -> None:
        """Empty the text but for where the next report goes.

        After a report that started a track, that is a new track again: what is selected then
        was selected by the program, and the next boat must not join this one by itself.
        """
        self.text = ReportText(track=track, craft=craft)
        self._pointed_text = ""
        self.changed.announce(None)

    def _follow_selection(self) -> None:
        selected = self.session.selection.only_track(self.session.document.plot)
        if self.is_empty and selected is not None and selected.uid != self.text.track:
            self.edit(track=selected.uid)

    def _leave_gone_track(self) -> None:
        is_gone = self.text.track not in self.session.document.plot.tracks
        if is_gone and self.text.track not in list(TrackChoice) and self.is_empty:
            self.edit(track=TrackChoice.NEW_TRACK)

    def _as_received(self, form: PositionForm | None) -> str:
        """Return the words; without any, the position as it was typed."""
        words = self.text.words.strip()
        return words or (self.text.position.strip() if form is PositionForm.DDM else "")

    def _position(self, faults: list[Fault]) -> tuple[Position | None, PositionForm | None]:
        if not self.text.position.strip() and self.text.kind is not ReportKind.POSITION:
            return None, None
        try:
            position = parse_position(self.text.position)
        except PositionTextError as error:
            faults.append(Fault(Field.POSITION, error.fault))
            return None, None
        is_pointed = self.text.position == self._pointed_text
        return position, PositionForm.POINTED if is_pointed else PositionForm.DDM

    def _time(self, now_utc: datetime, faults: list[Fault]) -> datetime | None:
        if not self.text.time.strip():
            return now_utc
        try:
            return parse_time_utc(self.text.time, now_utc)
        except TimeTextError as error:
            faults.append(Fault(Field.TIME, error.fault))
            return None

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
        earlier = [fix for fix in track.fixes if fix.observed_at_utc <= at_utc]
        if not earlier:
            return reading
        here = Report(
            uid="",
            kind=ReportKind.POSITION,
            observed_at_utc=at_utc,
            received_at_utc=at_utc,
            logged_at_utc=at_utc,
            position=reading.position,
        )
        leg = leg_between(earlier[-1], here)
        return replace(
            reading,
            leg=leg,
            leg_from_utc=earlier[-1].observed_at_utc,
            questions=reading.questions + questions_about_leg(leg, track.craft),
        )
