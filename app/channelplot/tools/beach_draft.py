"""The launch beach an operator is adding: typed, pointed at, or picked from the register."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from channelplot.commands.beaches import add_beach
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import position_text
from channelplot.model.beach import Beach
from channelplot.model.ids import new_uid
from channelplot.reading.values import PositionReading
from channelplot.tools.field_reading import Problem, position_of
from channelplot.tools.line_reader import LineReader
from channelplot.tools.questions import (
    Question,
    QuestionCode,
    questions_about_position,
    questions_about_shore,
)
from channelplot.tools.report_draft import POINTED_DECIMALS


@dataclass(frozen=True, slots=True)
class BeachReading:
    """How the text is understood.

    where: the position and how it was read. problem: why there is none; name_fault: what is the
    matter with the name, "" for nothing.
    """

    where: PositionReading | None = None
    problem: Problem | None = None
    name_fault: str = ""
    questions: tuple[Question, ...] = ()

    @property
    def position(self) -> Position | None:
        """Return the position, None if there is none."""
        return None if self.where is None else self.where.position


@dataclass
class BeachDraft:
    """The beach being added.

    Announces changed when anything of it does, and pointed after a position was pointed
    at on the chart.

    shore_distance_m: returns how far a position is from the charted coast. register: the
    launch places the chart knows; a plot keeps its own copy of those it uses.
    """

    session: Session
    reader: LineReader
    register: Sequence[Beach]
    shore_distance_m: Callable[[Position], float]
    name: str = ""
    position: str = ""
    picked: Beach | None = None
    changed: Notice[None] = field(default_factory=Notice[None])
    pointed: Notice[None] = field(default_factory=Notice[None])
    _pointed_text: str = ""

    def __post_init__(self) -> None:
        """Start over in another plot."""
        self.session.document_changed.connect(lambda _: self.clear())
        self.reader.changed.connect(lambda _: self.changed.announce(None))

    def use_register(self, register: Sequence[Beach]) -> None:
        """Take the register, once the chart has been read, and announce it."""
        self.register = register
        self.changed.announce(None)

    def choices(self) -> tuple[Beach, ...]:
        """Return the register's beaches that the plot has no copy of, in its order."""
        plot = self.session.document.plot
        names = {beach.name for beach in plot.beaches.values()}
        return tuple(b for b in self.register if b.uid not in plot.beaches and b.name not in names)

    def edit(self, *, name: str | None = None, position: str | None = None) -> None:
        """Set the name or the position as typed and announce it."""
        self.name = self.name if name is None else name
        self.position = self.position if position is None else position
        self.changed.announce(None)

    def point(self, position: Position) -> None:
        """Take a position that was pointed at on the chart."""
        self._pointed_text = position_text(position, POINTED_DECIMALS)
        self.edit(position=self._pointed_text)
        self.pointed.announce(None)

    def pick(self, beach: Beach) -> None:
        """Take a beach of the register."""
        self.picked = beach
        self.edit(name=beach.name, position=position_text(beach.position, POINTED_DECIMALS))

    def clear(self) -> None:
        """Start over."""
        self.name = self.position = self._pointed_text = ""
        self.picked = None
        self.changed.announce(None)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed, pointed at or picked."""
        return not (self.name or self.position)

    def reading(self) -> BeachReading:
        """Return how the text is understood now."""
        name = self.name.strip()
        taken = any(b.name == name for b in self.session.document.plot.beaches.values())
        name_fault = "name_empty" if not name else "name_taken" if taken else ""
        where = position_of(self.reader, self.position)
        if not isinstance(where, PositionReading):
            return BeachReading(problem=where, name_fault=name_fault)
        questions = questions_about_position(where.position, None, lambda _: 0.0)
        if not questions:
            questions = questions_about_shore(where.position, self.shore_distance_m)
        return BeachReading(where, name_fault=name_fault, questions=questions)

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Add the beach and start over. Returns False, doing nothing, if it can't be.

        A beach picked from the register keeps its particulars; one that was then given
        another name or position is the operator's own. How far a position may be off is known
        of one that was typed, by its figures. Raises CommandRefused.
        """
        reading = self.reading()
        open_questions = {question.code for question in reading.questions} - answered
        where = reading.where
        if where is None or reading.name_fault or open_questions:
            return False
        beach = Beach(
            uid=new_uid(),
            name=self.name.strip(),
            position=where.position,
            source=self.session.document.operator,
            error_m=None if self.position == self._pointed_text else where.error_m,
        )
        picked = self.picked
        if picked is not None and picked.name == beach.name:
            is_moved = self.position != position_text(picked.position, POINTED_DECIMALS)
            own = replace(
                picked,
                uid=beach.uid,
                position=beach.position,
                error_m=beach.error_m,
                source=beach.source,
            )
            beach = own if is_moved else picked
        self.session.document.apply(add_beach(beach))
        self.session.selection.set(frozenset({beach.uid}), is_chosen=False)
        self.clear()
        return True
