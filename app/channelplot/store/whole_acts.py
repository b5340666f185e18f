"""Acts of the log as people know them: one that is told in several rows is one act."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from channelplot.store.log import LoggedAct, Standing
from channelplot.store.log_text import LoggedRow, LoggedRows, Unread, read_rows

_IN_PARTS: Final = frozenset({"import_file"})
"""Labels of acts whose rows name what they are rows of: each import has an identifier."""


@dataclass(frozen=True)
class ActInParts(LoggedAct):
    """An act that the log tells in several rows, under the number of the last of them.

    It is done with its last row: no state of the plot has only some of them. parts: the rows, in
    their order.
    """

    parts: tuple[LoggedAct, ...] = ()

    @property
    def is_in_file(self) -> bool:
        """Return whether some of its rows have stayed in the file."""
        return any(part.is_in_file for part in self.parts)

    @property
    def is_long(self) -> bool:
        """Return whether reading all its rows takes a while."""
        return any(part.is_long for part in self.parts)

    @property
    def length(self) -> int:
        """Return how many characters of its rows are at hand."""
        return sum(part.length for part in self.parts)

    def rows(self) -> tuple[LoggedRows, LoggedRows]:
        """Return the changed rows of all parts, which may be a million. Raises ValueError."""
        before: LoggedRows = {}
        after: LoggedRows = {}
        for part in self.parts:
            for rows, all_rows in zip(part.rows(), (before, after), strict=True):
                _add(rows, all_rows)
        return before, after

    def brief_rows(self) -> tuple[LoggedRows, LoggedRows, frozenset[str]]:
        """Return the same without tables of which it changed very much, and their names."""
        found = [part.brief_rows() for part in self.parts]
        left_out = frozenset(table for _, _, tables in found for table in tables)
        before: LoggedRows = {}
        after: LoggedRows = {}
        for here, there, _ in found:
            _add(here, before)
            _add(there, after)
        for table in left_out:
            before.pop(table, None)
            after.pop(table, None)
        return before, after, left_out

    def standing(self, table: str) -> Standing:
        """Return how many of the rows it changed of a table stood before it, and after it."""
        counts = [part.standing(table) for part in self.parts]
        return Standing(sum(each.before for each in counts), sum(each.after for each in counts))

    def row_after(self, table: str, uid: str) -> LoggedRow | None:
        """Return a row as it stood after it, None if it did not change that."""
        found = (part.row_after(table, uid) for part in self.parts)
        return next((row for row in found if row is not None), None)


def whole_acts(acts: Iterable[LoggedAct]) -> Iterator[LoggedAct]:
    """Yield the acts of a log, in its order, those that it tells in several rows as one each."""
    for parts in acts_with_parts(acts):
        yield parts[0] if len(parts) == 1 else _joined(parts)


def acts_with_parts(acts: Iterable[LoggedAct]) -> Iterator[tuple[LoggedAct, ...]]:
    """Yield the acts of a log, in its order, each with all the rows that it is told in."""
    parts: list[LoggedAct] = []
    for act in acts:
        if parts and is_of_same_act(parts[-1], act):
            parts.append(act)
        else:
            if parts:
                yield tuple(parts)
            parts = [act]
    if parts:
        yield tuple(parts)


def act_count(acts: Iterable[LoggedAct]) -> int:
    """Return how many acts a log tells of, which may have more rows."""
    return sum(1 for _ in acts_with_parts(acts))


def parts_of(act: LoggedAct) -> tuple[LoggedAct, ...]:
    """Return the rows of the log that tell of an act."""
    return act.parts if isinstance(act, ActInParts) else (act,)


def is_of_same_act(one: LoggedAct, other: LoggedAct | None = None) -> bool:
    """Return whether two rows, one behind the other, tell of one act. other: None for no other.

    Of other acts than imports all that stands before the rows is the same, to the millisecond,
    and the first is as full as a row of the log gets.
    """
    if other is None or (one.label, one.entity_uid) != (other.label, other.entity_uid):
        return False
    if one.label.rpartition(".")[2] in _IN_PARTS:
        return True
    heads = [(a.at_utc, a.operator, a.entity, a.name, a.reason) for a in (one, other)]
    return one.is_long and heads[0] == heads[1]


def _joined(parts: tuple[LoggedAct, ...]) -> ActInParts:
    last = parts[-1]
    return ActInParts(
        last.seq,
        last.at_utc,
        last.operator,
        last.label,
        last.entity,
        last.entity_uid,
        last.name,
        last.reason,
        Unread(partial(_text, parts, "before")),
        Unread(partial(_text, parts, "after")),
        parts,
    )


def _text(parts: Sequence[LoggedAct], column: str) -> str:
    rows: LoggedRows = {}
    for part in parts:
        _add(read_rows(getattr(part, column)), rows)
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _add(rows: LoggedRows, all_rows: LoggedRows) -> None:
    for table, by_uid in rows.items():
        all_rows.setdefault(table, {}).update(by_uid)
