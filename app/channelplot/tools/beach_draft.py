"""The launch beach an operator is adding: typed, pointed at, or picked from the register."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from channelplot.commands.beaches import add_beach
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.errors import PositionTextError
from channelplot.geodesy.parse import parse_position
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import position_text
from channelplot.model.beach import Beach
from channelplot.model.ids import new_uid
from channelplot.tools.questions import (
    Question,
    QuestionCode,
    questions_about_position,
    questions_about_shore,
)
from channelplot.tools.report_draft import POINTED_DECIMALS


@dataclass(frozen=True, slots=True)
class BeachReading:
    """How the text is understood. position_fault, name_fault: why not, "" for none."""

    position: Position | None
    position_fault: str = ""
    name_fault: str = ""
    questions: tuple[Question, ...] = ()


@dataclass
class BeachDraft:
    """The beach being added.

    Announces changed when anything of it does, and pointed after a position was pointed
    at on the chart.

    shore_distance_m: returns how far a position is from the charted coast. register: the
    launch places the chart knows; a plot keeps its own copy of those it uses.
    """

    session: Session
    register: Sequence[Beach]
    shore_distance_m: Callable[[Position], float]
    name: str = ""
    position: str = ""
    picked: Beach | None = None
    changed: Notice[None] = field(default_factory=Notice[None])
    pointed: Notice[None] = field(default_factory=Notice[None])

    def __post_init__(self) -> None:
        """Start over in another plot."""
        self.session.document_changed.connect(lambda _: self.clear())

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
        self.edit(position=position_text(position, POINTED_DECIMALS))
        self.pointed.announce(None)

    def pick(self, beach: Beach) -> None:
        """Take a beach of the register."""
        self.picked = beach
        self.edit(name=beach.name, position=position_text(beach.position, POINTED_DECIMALS))

    def clear(self) -> None:
        """Start over."""
        self.name = self.position = ""
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
        try:
            position = parse_position(self.position)
        except PositionTextError as error:
            return BeachReading(None, error.fault, name_fault)
        questions = questions_about_position(position, None, lambda _: 0.0)
        if not questions:
            questions = questions_about_shore(position, self.shore_distance_m)
        return BeachReading(position, "", name_fault, questions)

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Add the beach and start over. Returns False, doing nothing, if it can't be.

        A beach picked from the register keeps its particulars; one that was then given
        another name or position is the operator's own. Raises CommandRefused.
        """
        reading = self.reading()
        open_questions = {question.code for question in reading.questions} - answered
        if reading.position is None or reading.name_fault or open_questions:
            return False
        beach = Beach(
            uid=new_uid(),
            name=self.name.strip(),
            position=reading.position,
            source=self.session.document.operator,
        )
        picked = self.picked
        if picked is not None and picked.name == beach.name:
            is_moved = self.position != position_text(picked.position, POINTED_DECIMALS)
            beach = replace(
                picked, uid=beach.uid, position=beach.position, error_m=None, source=beach.source
            ) if is_moved else picked  # fmt: skip
        self.session.document.apply(add_beach(beach))
        self.session.selection.set(frozenset({beach.uid}))
        self.clear()
        return True
