"""Entities that are one row each: how they are written and read, whatever their kind.

A kind is declared once, in ``flat_kinds.py``; saving, loading, going back through the log and
looking for what was withdrawn follow from that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.beach import Beach, Mark
from channelplot.model.change import Change, Difference
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.log_line import LogLine
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.reference_layer import ReferenceLayer
from channelplot.model.search import PlannedSearch
from channelplot.store.columns import Table
from channelplot.store.values import Row, Value

T = TypeVar(
    "T",
    Beach,
    Mark,
    LogLine,
    Acknowledgement,
    ConditionsEntry,
    ApproachWatch,
    PredictedCrossing,
    LoadedLimit,
    PlannedSearch,
    ReferenceLayer,
)

Values = Sequence[Value]
"""The values of a row, in the order of a kind's columns."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after an act: None before if it is new, None after if withdrawn."""

    table: Table
    uid: str
    before: Row | None
    after: Row | None


class UnknownHere(Exception):
    """A row is sound, but tells of something that this version does not know of."""


@dataclass(frozen=True, slots=True)
class FlatKind(Generic[T]):
    """One kind of entity whose whole is one row of a table, and where a plot has them.

    columns: those that are read, the uid first; from_row takes their values and raises
    ValueError, KeyError or TypeError for what cannot be read, and UnknownHere for what stays in
    the file and out of the plot.
    """

    table: Table
    columns: tuple[str, ...]
    from_row: Callable[[Values], T]
    to_row: Callable[[T], Row]
    of_plot: Callable[[Plot], Mapping[str, T]]
    of_change: Callable[[Change], Sequence[Difference[T]]]
    into_plot: Callable[[Plot, Mapping[str, T]], Plot]

    def row_changes(self, change: Change) -> Iterator[RowChange]:
        """Yield the rows that a change is made of, as far as it is about this kind."""
        for pair in self.of_change(change):
            before = None if pair.before is None else self.to_row(pair.before)
            after = None if pair.after is None else self.to_row(pair.after)
            yield RowChange(self.table, pair.uid, before, after)

    def loaded(self, plot: Plot, rows: Iterable[Values]) -> Plot:
        """Return the plot with the entities of these rows, in their order, and no others."""
        entities = {}
        for values in rows:
            entity = self._known(values)
            if entity is not None:
                entities[entity.uid] = entity
        return self.into_plot(plot, MappingProxyType(entities))

    def shared(self, known: Plot, plot: Plot) -> Plot:
        """Return the plot with the entities of a known one in place of those that equal them."""
        here, there = self.of_plot(known), self.of_plot(plot)
        if here == there:
            return self.into_plot(plot, here)
        same = {uid: here[uid] for uid in here.keys() & there.keys() if here[uid] == there[uid]}
        shared = {uid: same.get(uid, entity) for uid, entity in there.items()}
        return self.into_plot(plot, MappingProxyType(shared))

    def moved(self, plot: Plot, pairs: Mapping[str, tuple[Values | None, Values | None]]) -> Plot:
        """Return the plot with the entities as they are there; the same plot if they are so here.

        pairs: the rows here and there, by uid; None: it is not there, or withdrawn. Raises
        ValueError if the plot does not have them as they are here.
        """
        present = self.of_plot(plot)
        moved = dict(present) if pairs else {}
        is_changed = False
        for uid, (here, there) in pairs.items():
            before = None if here is None else self._known(here)
            after = None if there is None else self._known(there)
            require_same(present.get(uid), before)
            is_changed |= before != after
            if after is not None:
                moved[uid] = after
            else:
                moved.pop(uid, None)
        return self.into_plot(plot, MappingProxyType(moved)) if is_changed else plot

    def _known(self, values: Values) -> T | None:
        try:
            return self.from_row(values)
        except UnknownHere:
            return None


def require_same(present: object, logged: object) -> None:
    """Raise ValueError unless what a plot has is what the log tells of it."""
    if present != logged:
        msg = "the plot is not as the act left it"
        raise ValueError(msg)
