"""The move of a report or a beach that an operator is preparing: from where to where."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from channelplot.commands.beaches import move_beach
from channelplot.commands.reports import move_report
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.geodesy.measure import bearing_deg, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import position_text
from channelplot.model.beach import Beach
from channelplot.model.codes import PositionForm
from channelplot.model.report import Report
from channelplot.reading.values import PositionReading
from channelplot.tools.field_reading import Problem, position_of
from channelplot.tools.line_reader import LineReader
from channelplot.tools.questions import Question, QuestionCode, questions_about_position
from channelplot.tools.report_draft import POINTED_DECIMALS


@dataclass(frozen=True, slots=True)
class MoveReading:
    """How the move is understood.

    where: the new position and how it was read or pointed. problem: why there is none, None
    also where there is nothing to move. course_deg (true) and distance_m: from the old
    position, None where they coincide or one is missing.
    """

    where: PositionReading | None = None
    problem: Problem | None = None
    course_deg: float | None = None
    distance_m: float | None = None
    questions: tuple[Question, ...] = ()

    @property
    def position(self) -> Position | None:
        """Return the new position, None if there is none."""
        return None if self.where is None else self.where.position


@dataclass
class MoveDraft:
    """The move being prepared.

    Announces changed when anything of it does, and pointed after a position was pointed
    at on the chart.
    """

    session: Session
    reader: LineReader
    inland_distance_m: Callable[[Position], float]
    uid: str = ""
    position: str = ""
    why: str = ""
    changed: Notice[None] = field(default_factory=Notice[None])
    pointed: Notice[None] = field(default_factory=Notice[None])
    _pointed_text: str = ""

    def __post_init__(self) -> None:
        """Announce it when the text might be read otherwise."""
        self.reader.changed.connect(lambda _: self.changed.announce(None))

    @property
    def target(self) -> Report | Beach | None:
        """Return what is to be moved, None if nothing is chosen or it is gone."""
        if not self.uid:
            return None
        plot = self.session.document.plot
        return plot.report(self.uid) or plot.beaches.get(self.uid)

    def choose(self, uid: str) -> None:
        """Choose the report or beach to move."""
        self.uid, self.position, self.why, self._pointed_text = uid, "", "", ""
        self.changed.announce(None)

    def edit(self, position: str) -> None:
        """Set the new position as typed and announce it."""
        self.position = position
        self.changed.announce(None)

    def edit_why(self, why: str) -> None:
        """Set why it is moved, as typed, and announce it. A beach's move keeps no reason."""
        self.why = why
        self.changed.announce(None)

    def point(self, position: Position) -> None:
        """Take a new position that was pointed at on the chart."""
        self._pointed_text = position_text(position, POINTED_DECIMALS)
        self.edit(self._pointed_text)
        self.pointed.announce(None)

    def clear(self) -> None:
        """Drop the move."""
        self.choose("")

    @property
    def is_empty(self) -> bool:
        """Return whether no new position has been given."""
        return not self.position

    def reading(self) -> MoveReading:
        """Return how the move is understood now."""
        target = self.target
        report = target if isinstance(target, Report) else None
        where = position_of(
            self.reader, self.position, None if report is None else report.observed_at_utc
        )
        if not isinstance(where, PositionReading):
            return MoveReading(problem=where)
        if target is None:
            return MoveReading()
        if self.position == self._pointed_text:
            where = replace(where, form=PositionForm.POINTED)
        kind = None if report is None else report.kind
        questions = questions_about_position(where.position, kind, self.inland_distance_m)
        old = target.position
        if old is None or old == where.position:
            return MoveReading(where, questions=questions)
        return MoveReading(
            where,
            course_deg=bearing_deg(old, where.position),
            distance_m=distance_m(old, where.position),
            questions=questions,
        )

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Move it. Returns False, doing nothing, if it can't be. Raises CommandRefused."""
        reading, target = self.reading(), self.target
        open_questions = {question.code for question in reading.questions} - answered
        where = reading.where
        if where is None or target is None or open_questions:
            return False
        if isinstance(target, Report):
            why = self.why.strip()
            command = move_report(target.uid, where.position, where.form, where.error_m, why)
        else:
            command = move_beach(target.uid, where.position)
        self.session.document.apply(command)
        self.choose(target.uid)
        return True
