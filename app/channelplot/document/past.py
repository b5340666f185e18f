"""Undo and redo across restarts: the history that the log of a plot file tells."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from channelplot.commands.command import Entity
from channelplot.commands.predicted_crossings import PREDICTED_CROSSING_LABEL
from channelplot.document.history import DEPTH, Further, History, Step
from channelplot.model.plot import Plot
from channelplot.store.load import TextNotReadNow
from channelplot.store.log import LoggedAct
from channelplot.store.outside import OUTSIDE_EDIT
from channelplot.store.rewind import CannotRewind, ChangedNothing, Rewinder
from channelplot.store.whole_acts import acts_with_parts

MOST_CHARACTERS: Final = 15_000_000
"""Of the log: some twenty-five thousand reports, which take a second. A thousand acts of one report
each are a twentieth of it."""
_BEGINNINGS = frozenset({"new_plot"})
"""Labels of acts that are not undone: there is nothing before them."""
_BY_PROGRAM = frozenset({PREDICTED_CROSSING_LABEL})
"""Labels of acts that are in no history: what they did stands in every plot of it."""


def history_of(plot: Plot, acts: Sequence[LoggedAct]) -> History:
    """Return the history that a program which had done all the acts would have.

    plot: what holds after them; acts: the whole log, the oldest first. The plots of its steps
    equal those the acts were made on. What another program changed is a step as any other, once
    it is in the log; where the log does not lead to the plot, the history ends. What the program
    did itself is passed over: it stands in every plot of the history, as it would had the program
    gone on. It goes back through ``MOST_CHARACTERS`` of the log, and no further than to an act
    whose rows have stayed in the file: it is worked out while somebody waits for the plot. What
    is beyond is read when it is asked for (``FurtherReading``).
    """
    past, future = _open_acts(acts)
    back = FurtherReading(Further(tuple(past), plot), is_back=True, is_asked_for=False)
    forth = FurtherReading(Further(tuple(future), plot), is_back=False, is_asked_for=False)
    for reading in (back, forth):
        while not reading.is_done:
            reading.go_on()
    return History(back.steps, forth.steps, back.further, forth.further)


class FurtherReading:
    """Goes through acts of the log and works out the plots of a history.

    ``go_on`` may run on any thread, one at a time; the rest is looked at once ``is_done``. steps:
    those that were found, the nearest last; none where the log does not lead on, or can't be read
    now. further: what was not gone through, for its length or a fault of the disk that may pass;
    None where nothing is beyond.
    """

    def __init__(self, begun: Further, *, is_back: bool, is_asked_for: bool = True) -> None:
        """Begin where a history ends. is_asked_for: the first act is read however long it is."""
        self.begun = begun
        self.is_back = is_back
        self.is_done = False
        self.further: Further | None = None
        self._steps: list[Step] = []
        self._is_asked_for = is_asked_for
        self._going = self._go()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps that were found, the nearest last."""
        return tuple(reversed(self._steps))

    def go_on(self) -> None:
        """Read some thousands of rows more."""
        self.is_done = next(self._going, self) is self

    def _go(self) -> Iterator[None]:
        rewinder = Rewinder(self.begun.plot)
        characters = 0
        for number, parts in enumerate(self.begun.acts):
            own = sum(part.length for part in parts)
            is_too_long = max(own, characters) > MOST_CHARACTERS
            is_first = self._is_asked_for and not self._steps
            if not is_first and (is_too_long or any(part.is_in_file for part in parts)):
                self.further = Further(self.begun.acts[number:], rewinder.plot)
                return
            characters += 0 if is_first else own
            act = parts[-1]
            try:
                entity = Entity(act.entity)
                yield from rewinder.going(parts, is_back=self.is_back)
            except ChangedNothing:
                if act.label != OUTSIDE_EDIT:
                    return
                continue  # Another program wrote the same in other words, and nobody sees it.
            except (CannotRewind, ValueError) as error:
                if isinstance(error.__cause__, TextNotReadNow):
                    self.further = Further(self.begun.acts[number:], rewinder.plot)
                return
            step = Step(act.label, act.name, entity, act.entity_uid, rewinder.plot)
            self._steps.append(step)


def _open_acts(
    acts: Iterable[LoggedAct],
) -> tuple[list[Sequence[LoggedAct]], list[Sequence[LoggedAct]]]:
    """Return the acts that can be undone and those that can be redone, the next one first."""
    past: deque[Sequence[LoggedAct]] = deque(maxlen=DEPTH)
    future: list[Sequence[LoggedAct]] = []
    for parts in acts_with_parts(acts):
        act = parts[0]
        kind, _, label = act.label.rpartition(".")
        if label in _BY_PROGRAM:
            continue
        if kind == "undo" and past and _is_about(past[-1][0], label, act):
            future.append(past.pop())
        elif kind == "redo" and future and _is_about(future[-1][0], label, act):
            past.append(future.pop())
        elif kind or label in _BEGINNINGS:
            past.clear()
            future.clear()
        else:
            past.append(parts)
            future.clear()
    return list(reversed(past)), list(reversed(future))


def _is_about(done: LoggedAct, label: str, act: LoggedAct) -> bool:
    return done.label == label and done.entity_uid == act.entity_uid
