"""The named mark an operator is adding or amending: typed, pointed at, or one there is already."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from channelplot.commands.marks import add_mark, amend_mark, code_refusal
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.errors import RefusalReason
from channelplot.geodesy.measure import bearing_deg, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import position_text
from channelplot.model.beach import Mark, tidy_code
from channelplot.model.codes import MarkKind
from channelplot.model.ids import new_uid
from channelplot.reading.values import PositionReading
from channelplot.tools.field_reading import Problem, position_of
from channelplot.tools.line_reader import LineReader
from channelplot.tools.questions import (
    Question,
    QuestionCode,
    questions_about_mark,
    questions_about_position,
)
from channelplot.tools.report_draft import POINTED_DECIMALS


@dataclass(frozen=True, slots=True)
class MarkDraftReading:
    """How the text is understood.

    where: how the position was read; problem: why there is none. mark: as it would stand in
    the plot, None while there is a fault. kind: what is said or follows. code_fault: a code of
    RefusalReason, "" for none. before: the mark of the plot (is_amended) or of the register
    whose place it takes; None for a new one. moved_m and moved_deg (true): from there, None
    where it stays or is new.
    """

    where: PositionReading | None
    problem: Problem | None
    kind: str
    mark: Mark | None = None
    code_fault: str = ""
    before: Mark | None = None
    is_amended: bool = False
    moved_m: float | None = None
    moved_deg: float | None = None
    questions: tuple[Question, ...] = ()

    @property
    def position(self) -> Position | None:
        """Return the position, None if there is none."""
        return None if self.where is None else self.where.position

    @property
    def is_unchanged(self) -> bool:
        """Return whether the plot's mark says all of it already."""
        return self.is_amended and self.mark == self.before


@dataclass
class MarkDraft:
    """The mark being added or amended.

    Announces changed when anything of it does, and pointed after a position was pointed
    at on the chart.

    register: the marks the chart knows; one that is amended becomes the plot's own, with the
    same uid, and stands in its place. kind: "" for that of the mark there was, or other.
    """

    session: Session
    reader: LineReader
    register: Sequence[Mark] = ()
    code: str = ""
    name: str = ""
    kind: str = ""
    position: str = ""
    picked: Mark | None = None
    changed: Notice[None] = field(default_factory=Notice[None])
    pointed: Notice[None] = field(default_factory=Notice[None])
    _uid: str = field(default_factory=new_uid)

    def __post_init__(self) -> None:
        """Start over in another plot."""
        self.session.document_changed.connect(lambda _: self.clear())
        self.reader.changed.connect(lambda _: self.changed.announce(None))

    def use_register(self, register: Sequence[Mark]) -> None:
        """Take the register, once the chart has been read, and announce it."""
        self.register = register
        self.changed.announce(None)

    def own_choices(self) -> tuple[Mark, ...]:
        """Return the plot's own marks, by code."""
        return tuple(sorted(self.session.document.plot.marks.values(), key=lambda m: m.code))

    def register_choices(self) -> tuple[Mark, ...]:
        """Return the register's marks that none of the plot stands for, by code."""
        own = self.session.document.plot.marks
        codes = {tidy_code(mark.code) for mark in own.values()}
        marks = (m for m in self.register if m.uid not in own and m.code not in codes)
        return tuple(sorted(marks, key=lambda mark: mark.code))

    def edit(
        self,
        *,
        code: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        position: str | None = None,
    ) -> None:
        """Set what is given, as typed or chosen, and announce it."""
        self.code = self.code if code is None else code
        self.name = self.name if name is None else name
        self.kind = self.kind if kind is None else kind
        self.position = self.position if position is None else position
        self.changed.announce(None)

    def point(self, position: Position) -> None:
        """Take a position that was pointed at on the chart."""
        self.edit(position=position_text(position, POINTED_DECIMALS))
        self.pointed.announce(None)

    def pick(self, mark: Mark) -> None:
        """Take a mark of the plot or of the register, to be amended."""
        self.picked = mark
        self.edit(
            code=mark.code,
            name=mark.name,
            kind=mark.kind,
            position=position_text(mark.position, POINTED_DECIMALS),
        )

    def clear(self) -> None:
        """Start over."""
        self.code = self.name = self.kind = self.position = ""
        self.picked = None
        self._uid = new_uid()
        self.changed.announce(None)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed, chosen, pointed at or picked."""
        return not (self.code or self.name or self.kind or self.position)

    @property
    def is_untouched(self) -> bool:
        """Return whether there is nothing to lose: it is empty, or as it was picked."""
        picked = self.picked
        if picked is None:
            return self.is_empty
        said = (self.code, self.name, self.kind, self.position)
        return said == (picked.code, picked.name, picked.kind, _written(picked))

    def reading(self) -> MarkDraftReading:
        """Return how the text is understood now."""
        before, uid = self._before()
        found = position_of(self.reader, self.position)
        where, problem = (found, None) if isinstance(found, PositionReading) else (None, found)
        if where is not None and before is not None and self.position == _written(before):
            where = replace(where, position=before.position)
        reading = MarkDraftReading(
            where=where,
            problem=problem,
            kind=self.kind or (before.kind if before is not None else MarkKind.OTHER.value),
            code_fault=self._code_fault(uid),
            before=before,
            is_amended=uid in self.session.document.plot.marks,
        )
        if reading.code_fault or where is None:
            return reading
        reading = replace(
            reading,
            mark=self._mark(uid, reading.kind, where.position, before),
            questions=questions_about_position(where.position, None, lambda _: 0.0),
        )
        return reading if before is None else _compared(reading, before)

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Add or amend the mark and start over. Returns False, doing nothing, if it can't be.

        Raises CommandRefused.
        """
        reading = self.reading()
        mark = reading.mark
        open_questions = {question.code for question in reading.questions} - answered
        if mark is None or open_questions:
            return False
        if reading.is_unchanged:
            return False
        self.session.document.apply((amend_mark if reading.is_amended else add_mark)(mark))
        self.session.selection.set(frozenset({mark.uid}), is_chosen=False)
        self.clear()
        return True

    def _before(self) -> tuple[Mark | None, str]:
        """Return the mark whose place this one takes, and the uid that it has or will have.

        The one picked, which may have been amended or taken back since; else the register's
        of that code.
        """
        own = self.session.document.plot.marks
        picked = self.picked
        if picked is not None:
            of_register = next((mark for mark in self.register if mark.uid == picked.uid), None)
            return own.get(picked.uid, of_register), picked.uid
        code = tidy_code(self.code)
        found = next((mark for mark in self.register_choices() if mark.code == code), None)
        return found, self._uid if found is None else found.uid

    def _mark(self, uid: str, kind: str, position: Position, before: Mark | None) -> Mark:
        """Return the mark as the text says it, at a position of the operator's own."""
        code, name = tidy_code(self.code), self.name.strip()
        if before is not None and self.picked is None:
            name = name or before.name  # nobody has emptied what was never in the field
        return Mark(
            uid=uid,
            code=code,
            name=name or code,
            kind=kind,
            position=position,
            source=self.session.document.operator,
        )

    def _code_fault(self, uid: str) -> str:
        refusal = code_refusal(self.session.document.plot, uid, self.code)
        if refusal is not None:
            return refusal.value
        code = tidy_code(self.code)
        is_anothers = any(m.code == code and m.uid != uid for m in self.register_choices())
        return RefusalReason.CODE_TAKEN.value if is_anothers else ""


def _compared(reading: MarkDraftReading, before: Mark) -> MarkDraftReading:
    """Return the reading of a mark with how far it is from the one whose place it takes."""
    mark = reading.mark
    assert mark is not None, "what is compared was read"
    moved_m = distance_m(before.position, mark.position)
    if moved_m < SAME_PLACE_M:
        stays = replace(
            mark, position=before.position, error_m=before.error_m, source=before.source
        )
        return replace(reading, mark=stays)
    return replace(
        reading,
        moved_m=moved_m,
        moved_deg=bearing_deg(before.position, mark.position),
        questions=reading.questions or questions_about_mark(moved_m),
    )


def _written(mark: Mark) -> str:
    """Return a mark's position as picking it puts it in the field."""
    return position_text(mark.position, POINTED_DECIMALS)


SAME_PLACE_M: Final = 1.0
"""A position so near to the one a mark has is that one, written in fewer figures."""
