"""Past and future plots with their labels; an immutable value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from channelplot.commands.command import Entity
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.store.log import LoggedAct

DEPTH: Final = 1000
"""How many acts can be undone. The plots share what they have in common, so a step
costs little more than what it changed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One act in the history and the plot on its other side."""

    label: str
    name: str
    entity: Entity
    entity_uid: str
    plot: Plot


@dataclass(frozen=True, slots=True)
class Further:
    """Acts of a history further away: too long to be gone through before somebody asks for it.

    acts: each with all its rows of the log, the next one first, one at least. plot: the one on
    this side of them.
    """

    acts: tuple[Sequence[LoggedAct], ...]
    plot: Plot = field(compare=False)

    @property
    def next(self) -> LoggedAct:
        """Return the act that is the next one."""
        return self.acts[0][-1]


P = TypeVar("P", Step, Further)


@dataclass(frozen=True, slots=True)
class History:
    """The acts that can be undone, latest last, and redone, next last.

    further_past and further_future: acts beyond all these; None for none.
    """

    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()
    further_past: Further | None = None
    further_future: Further | None = None

    def with_act(self, step: Step) -> "History":
        """Return the history after a new act: what was undone before can't be redone."""
        return _cut(History((*self.past, step), (), self.further_past))

    def undone(self, current: Plot) -> "History":
        """Return the history after the last act is undone, leaving the current plot."""
        step = self.past[-1]
        future = (*self.future, replace(step, plot=current))
        return replace(self, past=self.past[:-1], future=future)

    def redone(self, current: Plot) -> "History":
        """Return the history after the next act is redone, leaving the current plot."""
        step = self.future[-1]
        past = (*self.past, replace(step, plot=current))
        return _cut(replace(self, past=past, future=self.future[:-1]))

    def with_read_past(self, steps: Sequence[Step], further: Further | None) -> "History":
        """Return the history with steps before its past, the latest last, and what is beyond."""
        return _cut(replace(self, past=(*steps, *self.past), further_past=further))

    def with_read_future(self, steps: Sequence[Step], further: Further | None) -> "History":
        """Return the history with steps behind its future, the next last, and what is beyond."""
        return replace(self, future=(*steps, *self.future), further_future=further)

    def with_crossings(self, crossings: Mapping[str, PredictedCrossing]) -> "History":
        """Return the history with these predicted crossings in every plot of it.

        They are the program's own: whatever is undone or redone, they stay.
        """
        return History(
            tuple(_with_crossings(step, crossings) for step in self.past),
            tuple(_with_crossings(step, crossings) for step in self.future),
            self.further_past and _with_crossings(self.further_past, crossings),
            self.further_future and _with_crossings(self.further_future, crossings),
        )


def _cut(history: History) -> History:
    """Return a history with no more acts in its past than can be undone."""
    if len(history.past) <= DEPTH:
        return history
    return replace(history, past=history.past[-DEPTH:], further_past=None)


def _with_crossings(place: P, crossings: Mapping[str, PredictedCrossing]) -> P:
    return replace(place, plot=replace(place.plot, predicted_crossings=crossings))
