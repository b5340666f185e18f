"""Past and future plots with their labels; an immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from channelplot.commands.command import Entity
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing

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
class History:
    """The acts that can be undone, latest last, and redone, next last."""

    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()

    def with_act(self, step: Step) -> "History":
        """Return the history after a new act: what was undone before can't be redone."""
        return History((*self.past, step)[-DEPTH:])

    def undone(self, current: Plot) -> "History":
        """Return the history after the last act is undone, leaving the current plot."""
        step = self.past[-1]
        return History(self.past[:-1], (*self.future, _with_plot(step, current)))

    def redone(self, current: Plot) -> "History":
        """Return the history after the next act is redone, leaving the current plot."""
        step = self.future[-1]
        return History((*self.past, _with_plot(step, current))[-DEPTH:], self.future[:-1])

    def with_crossings(self, crossings: Mapping[str, PredictedCrossing]) -> "History":
        """Return the history with these predicted crossings in every plot of it.

        They are the program's own: whatever is undone or redone, they stay.
        """
        return History(
            tuple(_with_crossings(step, crossings) for step in self.past),
            tuple(_with_crossings(step, crossings) for step in self.future),
        )


def _with_plot(step: Step, plot: Plot) -> Step:
    return replace(step, plot=plot)


def _with_crossings(step: Step, crossings: Mapping[str, PredictedCrossing]) -> Step:
    return replace(step, plot=replace(step.plot, predicted_crossings=crossings))
