"""Undo and redo across restarts: the history that the log of a plot file tells."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from channelplot.commands.command import Entity
from channelplot.commands.predicted_crossings import PREDICTED_CROSSING_LABEL
from channelplot.document.history import DEPTH, History, Step
from channelplot.model.plot import Plot
from channelplot.store.log import LoggedAct
from channelplot.store.outside import OUTSIDE_EDIT
from channelplot.store.rewind import CannotRewind, ChangedNothing, Rewinder

MOST_CHARACTERS: Final = 15_000_000
"""Of the log: some twenty-five thousand reports, which take a second or two. A thousand acts of one
report each are a twentieth of it."""
_BEGINNINGS = frozenset({"new_plot"})
"""Labels of acts that are not undone: there is nothing before them."""
_IN_PARTS = frozenset({"import_file"})
"""Labels of acts that the log may tell in several rows: those of one name the same import."""
_BY_PROGRAM = frozenset({PREDICTED_CROSSING_LABEL})
"""Labels of acts that are in no history: what they did stands in every plot of it."""


def history_of(plot: Plot, acts: Sequence[LoggedAct]) -> History:
    """Return the history that a program which had done all the acts would have.

    plot: what holds after them; acts: the whole log, the oldest first. The plots of its steps
    equal those the acts were made on. What another program changed is a step as any other, once
    it is in the log; where the log does not lead to the plot, the history ends. What the program
    did itself is passed over: it stands in every plot of the history, as it would had the program
    gone on. It goes back through ``MOST_CHARACTERS`` of the log, and no further than to an act
    whose rows have stayed in the file: it is worked out while somebody waits for the plot.
    """
    past, future = _open_acts(acts)
    back, forth = Rewinder(plot), Rewinder(plot)
    return History(
        tuple(reversed(_steps((parts[::-1] for parts in past), back, back.back))),
        tuple(reversed(_steps(future, forth, forth.forth))),
    )


def _whole_acts(acts: Iterable[LoggedAct]) -> Iterator[Sequence[LoggedAct]]:
    """Yield the acts, each with all the rows that the log tells it in."""
    parts: list[LoggedAct] = []
    for act in acts:
        if parts and not _is_part_of_one(parts[-1], act):
            yield parts
            parts = []
        parts.append(act)
    if parts:
        yield parts


def _is_part_of_one(part: LoggedAct, act: LoggedAct) -> bool:
    is_one = part.label == act.label and part.entity_uid == act.entity_uid
    return is_one and act.label.rpartition(".")[2] in _IN_PARTS


def _open_acts(
    acts: Iterable[LoggedAct],
) -> tuple[list[Sequence[LoggedAct]], list[Sequence[LoggedAct]]]:
    """Return the acts that can be undone and those that can be redone, the next one first."""
    past: deque[Sequence[LoggedAct]] = deque(maxlen=DEPTH)
    future: list[Sequence[LoggedAct]] = []
    for parts in _whole_acts(acts):
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


def _steps(
    acts: Iterable[Sequence[LoggedAct]], rewinder: Rewinder, go: Callable[[LoggedAct], None]
) -> list[Step]:
    """Return the steps of acts, each with the plot on its other side, as far as one can go."""
    steps: list[Step] = []
    characters = 0
    for parts in acts:
        act = parts[0]
        own = sum(part.length for part in parts)
        is_too_long = max(own, characters) > MOST_CHARACTERS
        if is_too_long or any(part.is_in_file for part in parts):
            break
        characters += own
        try:
            entity = Entity(act.entity)
            for part in parts:
                go(part)
        except ChangedNothing:
            if act.label != OUTSIDE_EDIT:
                break
            continue  # Another program wrote the same in other words, and nobody sees it.
        except (CannotRewind, ValueError):
            break
        steps.append(Step(act.label, act.name, entity, act.entity_uid, rewinder.plot))
    return steps
