"""The move of a report or a beach that an operator is preparing: from where to where."""

from collections.abc import Callable
from dataclasses import dataclass, field

from channelplot.commands.beaches import move_beach
from channelplot.commands.reports import move_report
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.errors import PositionTextError
from channelplot.geodesy.measure import bearing_deg, distance_m
from channelplot.geodesy.parse import parse_position
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import position_text
from channelplot.model.beach import Beach
from channelplot.model.codes import PositionForm
from channelplot.model.report import Report
from channelplot.tools.questions import Question, QuestionCode, questions_about_position
from channelplot.tools.report_draft import POINTED_DECIMALS


@dataclass(frozen=True, slots=True)
class MoveReading:
    """How the move is understood.

    position: the new one; fault: why there is none, "" if there is. course_deg (true) and
    distance_m: from the old position, None where they coincide or one is missing.
    """

    position: Position | None
    fault: str = ""
    course_deg: float | None = None
    distance_m: float | None = None
    questions: tuple[Question, ...] = ()


@dataclass
class MoveDraft:
    """The move being prepared.

    Announces changed when anything of it does, and pointed after a position was pointed
    at on the chart.
    """

    session: Session
    inland_distance_m: Callable[[Position], float]
    uid: str = ""
    position: str = ""
    changed: Notice[None] = field(default_factory=Notice[None])
    pointed: Notice[None] = field(default_factory=Notice[None])
    _pointed_text: str = ""

    @property
    def target(self) -> Report | Beach | None:
        """Return what is to be moved, None if nothing is chosen or it is gone."""
        if not self.uid:
            return None
        plot = self.session.document.plot
        return plot.report(self.uid) or plot.beaches.get(self.uid)

    def choose(self, uid: str) -> None:
        """Choose the report or beach to move."""
        self.uid, self.position, self._pointed_text = uid, "", ""
        self.changed.announce(None)

    def edit(self, position: str) -> None:
        """Set the new position as typed and announce it."""
        self.position = position
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
        try:
            position = parse_position(self.position)
        except PositionTextError as error:
            return MoveReading(None, error.fault)
        if target is None:
            return MoveReading(None, "no_such_report")
        kind = target.kind if isinstance(target, Report) else None
        questions = questions_about_position(position, kind, self.inland_distance_m)
        old = target.position
        if old is None or old == position:
            return MoveReading(position, questions=questions)
        return MoveReading(
            position,
            course_deg=bearing_deg(old, position),
            distance_m=distance_m(old, position),
            questions=questions,
        )

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Move it. Returns False, doing nothing, if it can't be. Raises CommandRefused."""
        reading, target = self.reading(), self.target
        open_questions = {question.code for question in reading.questions} - answered
        if reading.position is None or target is None or open_questions:
            return False
        if isinstance(target, Report):
            is_pointed = self.position == self._pointed_text
            form = PositionForm.POINTED if is_pointed else PositionForm.DDM
            self.session.document.apply(move_report(target.uid, reading.position, form))
        else:
            self.session.document.apply(move_beach(target.uid, reading.position))
        self.choose(target.uid)
        return True
