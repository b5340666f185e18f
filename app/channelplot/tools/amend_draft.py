"""A report being amended: what it says, field by field, but for the words as received."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from channelplot.commands.reports import amend_report
from channelplot.document.document import PlotChanged
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation, date_time_group, position_text, zulu_text
from channelplot.model.codes import BoatType, ReportKind, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.reading.values import Fault, PositionReading, TimeReading
from channelplot.reading.values import Question as Asked
from channelplot.tools.caller_words import caller_of, caller_words
from channelplot.tools.field_reading import Problem, position_of, time_of
from channelplot.tools.leg_to import leg_to
from channelplot.tools.line_reader import LineReader
from channelplot.tools.motion_text import (
    MotionTextError,
    parse_course_deg,
    parse_grade,
    parse_speed_kn,
)
from channelplot.tools.people_words import people_of, people_words
from channelplot.tools.questions import (
    Question,
    QuestionCode,
    questions_about_leg,
    questions_about_position,
    questions_about_time,
)
from channelplot.tools.report_draft import POINTED_DECIMALS

_F = TypeVar("_F", float, str)
_NO_DOUBT: Final = timedelta(hours=18)
"""A time of day that lies less far back means one day only."""


class AmendField(StrEnum):
    """A field of a report, named like the text that stands in it; in the order they are read."""

    OBSERVED = "observed"
    RECEIVED = "received"
    POSITION = "position"
    SOURCE = "source"
    SOURCE_NAME = "source_name"
    CALLER = "caller"
    KIND = "kind"
    PEOPLE = "people"
    COURSE = "course"
    SPEED = "speed"
    GRADE = "grade"
    BOAT_TYPE = "boat_type"


class AmendFaultCode(StrEnum):
    """Why the report can't be amended as it stands."""

    GONE = "gone"
    NOT_READ = "not_read"
    NO_TIME = "no_time"
    RECEIVED_FIRST = "received_first"


@dataclass(frozen=True, slots=True)
class AmendFault:
    """What stops the amendment. problem: what the reader says of what is not read, if it does."""

    code: AmendFaultCode
    field: AmendField | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class AmendText:
    """What stands in the fields, as typed or chosen."""

    position: str = ""
    observed: str = ""
    received: str = ""
    kind: ReportKind = ReportKind.POSITION
    source: SourceKind = SourceKind.UNKNOWN
    source_name: str = ""
    caller: str = ""
    people: str = ""
    course: str = ""
    speed: str = ""
    grade: str = ""
    boat_type: BoatType | None = None


@dataclass(frozen=True, slots=True)
class AmendReading:
    """How the text is understood.

    report: as it stands in the plot, None if it is gone. amended: with what the fields say, None
    while there is a fault. changed: the fields that say something else than the report. where: a
    new position and how it was read.
    """

    report: Report | None = None
    amended: Report | None = None
    changed: tuple[AmendField, ...] = ()
    where: PositionReading | None = None
    faults: tuple[AmendFault, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass
class AmendDraft:
    """The report being amended.

    Announces changed when anything of it does. Only the fields that were touched are amended:
    what others change meanwhile stays. is_why_wanted: Enter was pressed without a reason.

    inland_distance_m: returns how far a position lies inside the charted coast, 0 at sea.
    """

    session: Session
    reader: LineReader
    inland_distance_m: Callable[[Position], float]
    uid: str = ""
    text: AmendText = field(default_factory=AmendText)
    why: str = ""
    is_why_wanted: bool = False
    changed: Notice[None] = field(default_factory=Notice[None])
    _before: AmendText = field(default_factory=AmendText)
    _notation: Notation = Notation.DDM

    def __post_init__(self) -> None:
        """Follow the plot, and the selection while nothing is typed."""
        self.session.plot_changed.connect(self._plot_changed)
        self.session.document_changed.connect(lambda _: self._take(None))
        self.session.selection.changed.connect(lambda _: self._follow_selection())
        self.reader.changed.connect(lambda _: self.changed.announce(None))

    @property
    def report(self) -> Report | None:
        """Return the report as it stands in the plot, None if there is none."""
        return self.session.document.plot.report(self.uid) if self.uid else None

    def begin(self) -> bool:
        """Take up the selected report, of a track the last; False if there is not just one."""
        report = self.session.selection.only_report(self.session.document.plot)
        self._take(report)
        return report is not None

    def use_notation(self, notation: Notation) -> None:
        """Write a position that nobody has touched in another form."""
        self._notation = notation
        is_touched = self._is_touched(AmendField.POSITION)
        report = self.report
        if report is None:
            return
        self._before = replace(self._before, position=self._position_text(report))
        if not is_touched:
            self.text = replace(self.text, position=self._before.position)
        self.changed.announce(None)

    def edit(self, **values: object) -> None:
        """Set fields of the text, or why, by name and announce it."""
        self.is_why_wanted = False
        if "why" in values:
            self.why = str(values.pop("why"))
        self.text = replace(self.text, **values)  # type: ignore[arg-type]  # named as declared
        self.changed.announce(None)

    def clear(self) -> None:
        """Put the fields as the report has them."""
        self._take(self.report)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was typed that the report does not say."""
        return self.text == self._before and not self.why

    def reading(self) -> AmendReading:
        """Return how the text is understood now."""
        report = self.report
        if report is None:
            return AmendReading(faults=(AmendFault(AmendFaultCode.GONE),))
        faults: list[AmendFault] = []
        values: dict[str, object] = {}
        self._read_times(report, values, faults)
        where = self._read_position(report, values, faults)
        self._read_plain(values, faults)
        changed = tuple(one for one in AmendField if self._is_touched(one))
        if faults:
            return AmendReading(report, changed=changed, where=where, faults=tuple(faults))
        amended = replace(report, **values)  # type: ignore[arg-type]  # named as declared
        return AmendReading(report, amended, changed, where, (), self._questions(amended))

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Amend the report; True, too, where nothing differs. Returns False if it can't be.

        Without a reason it is not amended, but asked for. Raises CommandRefused.
        """
        reading = self.reading()
        if reading.amended is None or {each.code for each in reading.questions} - answered:
            return False
        if reading.amended != reading.report:
            if not self.why.strip():
                self.is_why_wanted = True
                self.changed.announce(None)
                return False
            self.session.document.apply(amend_report(reading.amended, self.why.strip()))
        self.clear()
        return True

    def _take(self, report: Report | None) -> None:
        self.uid = "" if report is None else report.uid
        self.text = self._before = AmendText() if report is None else self._text_of(report)
        self.why = ""
        self.is_why_wanted = False
        self.changed.announce(None)

    def _text_of(self, report: Report) -> AmendText:
        now_utc = self.session.clock()
        course, speed = report.course_deg, report.speed_kn
        return AmendText(
            position=self._position_text(report),
            observed=_moment_text(report.observed_at_utc, now_utc),
            received=_moment_text(report.received_at_utc, now_utc),
            kind=report.kind,
            source=report.source,
            source_name=report.source_name,
            caller=caller_words(self.session.document.plot, report.caller),
            people=people_words(report.people),
            course="" if course is None else f"{course:05.1f}".removesuffix(".0"),
            speed="" if speed is None else f"{speed:g}",
            grade=report.grade,
            boat_type=report.boat_type,
        )

    def _position_text(self, report: Report) -> str:
        position = report.position
        return "" if position is None else position_text(position, POINTED_DECIMALS, self._notation)

    def _is_touched(self, one: AmendField) -> bool:
        return bool(getattr(self.text, one) != getattr(self._before, one))

    def _plot_changed(self, fact: PlotChanged) -> None:
        """Show the report as it stands now, unless somebody is typing into it."""
        if not self.uid:
            return
        if self.is_empty and fact.change.has_report(self.uid):
            self._take(self.report)
        else:
            self.changed.announce(None)

    def _follow_selection(self) -> None:
        """Take up another report that is selected while nothing is typed."""
        if not (self.uid and self.is_empty and self.session.selection.is_chosen):
            return
        report = self.session.selection.only_report(self.session.document.plot)
        if report is not None and report.uid != self.uid:
            self._take(report)

    # Reading

    def _read_times(
        self, report: Report, values: dict[str, object], faults: list[AmendFault]
    ) -> None:
        moments = {
            AmendField.OBSERVED: report.observed_at_utc,
            AmendField.RECEIVED: report.received_at_utc,
        }
        touched = [one for one in moments if self._is_touched(one)]
        for one in touched:
            text = getattr(self.text, one)
            if not text.strip():
                faults.append(AmendFault(AmendFaultCode.NO_TIME, one))
                continue
            time = time_of(self.reader, text)
            if isinstance(time, TimeReading):
                moments[one] = time.at_utc
            else:
                faults.append(AmendFault(AmendFaultCode.NOT_READ, one, time))
        if not touched or faults:
            return
        observed_at_utc, received_at_utc = moments.values()
        now_utc = self.session.clock()
        if received_at_utc < observed_at_utc <= now_utc or received_at_utc > now_utc:
            faults.append(AmendFault(AmendFaultCode.RECEIVED_FIRST, AmendField.RECEIVED))
        values["observed_at_utc"], values["received_at_utc"] = observed_at_utc, received_at_utc

    def _read_position(
        self, report: Report, values: dict[str, object], faults: list[AmendFault]
    ) -> PositionReading | None:
        if not self._is_touched(AmendField.POSITION):
            return None
        where = None
        if self.text.position.strip():
            at_utc = values.get("observed_at_utc", report.observed_at_utc)
            assert isinstance(at_utc, datetime), "a time that was read, or the report's"
            found = position_of(self.reader, self.text.position, at_utc)
            if not isinstance(found, PositionReading):
                faults.append(AmendFault(AmendFaultCode.NOT_READ, AmendField.POSITION, found))
                return None
            where = found
        values["position"] = where.position if where else None
        values["position_form"] = where.form if where else None
        values["error_m"] = where.error_m if where else None
        return where

    def _read_plain(self, values: dict[str, object], faults: list[AmendFault]) -> None:
        text = self.text
        if self._is_touched(AmendField.PEOPLE):
            people = people_of(text.people)
            if isinstance(people, PeopleCount | None):
                values["people"] = people
            else:
                faults.append(AmendFault(AmendFaultCode.NOT_READ, AmendField.PEOPLE, people))
        if self._is_touched(AmendField.CALLER):
            caller = caller_of(self.reader, text.caller, self.uid)
            if isinstance(caller, Fault | Asked):
                faults.append(AmendFault(AmendFaultCode.NOT_READ, AmendField.CALLER, caller))
            else:
                values["caller"] = caller
        if self._is_touched(AmendField.COURSE):
            values["course_deg"] = _figure(AmendField.COURSE, parse_course_deg, text.course, faults)
        if self._is_touched(AmendField.SPEED):
            values["speed_kn"] = _figure(AmendField.SPEED, parse_speed_kn, text.speed, faults)
        if self._is_touched(AmendField.GRADE):
            values["grade"] = _figure(AmendField.GRADE, parse_grade, text.grade, faults) or ""
        if self._is_touched(AmendField.SOURCE_NAME):
            values["source_name"] = text.source_name.strip()
        for one in (AmendField.KIND, AmendField.SOURCE, AmendField.BOAT_TYPE):
            if self._is_touched(one):
                values[one.value] = getattr(text, one)

    def _questions(self, amended: Report) -> tuple[Question, ...]:
        """Return what is asked about the times and the place that the fields give anew."""
        questions: tuple[Question, ...] = ()
        if self._is_touched(AmendField.OBSERVED):
            questions += questions_about_time(amended.observed_at_utc, self.session.clock())
        is_elsewhere = self._is_touched(AmendField.POSITION) or self._is_touched(AmendField.KIND)
        if amended.position is None:
            return questions
        if is_elsewhere:
            questions += questions_about_position(
                amended.position, amended.kind, self.inland_distance_m
            )
        track = self.session.document.plot.tracks.get(amended.track_uid or "")
        is_other_leg = is_elsewhere or self._is_touched(AmendField.OBSERVED)
        if track is None or not is_other_leg or amended.kind is not ReportKind.POSITION:
            return questions
        others = track.without_report(amended.uid)
        found = leg_to(others, amended.position, amended.observed_at_utc)
        return (
            questions if found is None else questions + questions_about_leg(found.leg, track.craft)
        )


def _moment_text(moment_utc: datetime, now_utc: datetime) -> str:
    """Return a time so that it is read as the same minute."""
    is_clear = timedelta(0) <= now_utc - moment_utc < _NO_DOUBT
    return zulu_text(moment_utc) if is_clear else date_time_group(moment_utc)


def _figure(
    one: AmendField, parse: Callable[[str], _F | None], text: str, faults: list[AmendFault]
) -> _F | None:
    """Return what a field says, None for nothing or what can't be read, which is a fault."""
    try:
        return parse(text)
    except MotionTextError:
        faults.append(AmendFault(AmendFaultCode.NOT_READ, one))
        return None
