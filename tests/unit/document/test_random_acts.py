"""Random acts with undo, redo and restarts in between: the file is what the memory is.

Fifteen hundred acts; CHANNELPLOT_ACTS=10000 in the environment makes it ten thousand, and
CHANNELPLOT_SEED=1 others.
"""

import faulthandler
import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from channelplot.commands.command import Command
from channelplot.document.document import Document
from channelplot.document.history import DEPTH, History, Step
from channelplot.document.opening import document_of
from channelplot.document.writer import InlineWriter
from channelplot.errors import CommandRefused
from channelplot.model.change import difference
from channelplot.model.plot import Plot
from channelplot.model.rules import problems_of
from channelplot.store.act import ActRecord
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile
from channelplot.store.withdrawn import Withdrawn
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore
from helpers.plot_files import assert_log_is_whole
from unit.document.act_makers import MAKERS, Draw

USUAL_ACTS = 1_500
ACTS = int(os.environ.get("CHANNELPLOT_ACTS", str(USUAL_ACTS)))
SEED = int(os.environ.get("CHANNELPLOT_SEED", "20260915"))


class Desk:
    """A desk where anything is done, and that is left and come back to.

    shadow: a store in memory that is told what every act changed.
    """

    def __init__(self, path: Path, clock: FixedClock) -> None:
        self.path = path
        self.clock = clock
        self.dice = random.Random(SEED)
        self.shadow = MemoryStore()
        self.done = Counter[str]()
        act = ActRecord("new_plot", "plot", "", "Ann", clock())
        PlotFile.create(path, Plot(), act).close()
        self.document = self._opened()

    def _opened(self) -> Document:
        file = PlotFile.open(self.path)
        return document_of(file, writer=InlineWriter(), clock=self.clock, operator="Ann")

    def do_something(self) -> None:
        """Make an act, or undo or redo some, or leave and come back."""
        # Two acts in one millisecond, too.
        self.clock.advance(milliseconds=self.dice.choice([0, 1, 999, 60_007]))
        choice = self.dice.random()
        if choice < 0.80:
            maker = self.dice.choice(MAKERS)
            self._apply(maker(Draw(self.dice, self.document, self.clock)), maker.__name__)
        elif choice < 0.89:
            self._repeat(self.document.undo, "undo")
        elif choice < 0.97:
            self._repeat(self.document.redo, "redo")
        else:
            self.come_back()

    def _apply(self, command: Command | None, name: str) -> None:
        if command is None:
            return
        before, log_length = self.document.plot, len(self.document.acts)
        try:
            is_done = self.document.apply(command)
        except CommandRefused:
            assert self.document.plot is before
            assert len(self.document.acts) == log_length
            self.done["refused"] += 1
            return
        if is_done:
            self.done[name] += 1
            self._follow(before)

    def _repeat(self, go: Callable[[], bool], name: str) -> None:
        # Now and then far back, so that the next act cuts a long future off.
        for _ in range(self.dice.choice([1, 1, 2, 5, 30])):
            before = self.document.plot
            if not go():
                return
            self.done[name] += 1
            self._follow(before)

    def _follow(self, before: Plot) -> None:
        """Tell the shadow of the last act."""
        act = self.document.acts[-1]
        record = ActRecord(
            act.label, act.entity, act.entity_uid, act.operator, act.at_utc, act.name, act.reason
        )
        self.shadow.save(difference(before, self.document.plot), record)

    def come_back(self, every_step: bool = False) -> None:
        """Close the plot and open it again: everything is as it was left."""
        left, withdrawn = self.document, self.document.withdrawn()
        left.close()
        self.document = self._opened()
        assert self.document.plot == left.plot == self.shadow.plot
        assert self.document.acts == left.acts
        assert self.document.next_track_name() == left.next_track_name()
        assert_same_history(self.document.history, left.history, every_step)
        assert self.document.withdrawn() == withdrawn
        assert_same_withdrawn(withdrawn, self.shadow.withdrawn())
        self.done["come back"] += 1


def assert_same_history(found: History, left: History, every_step: bool) -> None:
    for steps, others in ((found.past, left.past), (found.future, left.future)):
        assert [about(step) for step in steps] == [about(step) for step in others]
        pairs = list(zip(steps, others, strict=True))
        for step, other in pairs if every_step else [*pairs[::50], *pairs[-10:]]:
            assert step.plot == other.plot


def about(step: Step) -> tuple[str, ...]:
    return step.label, step.name, step.entity.value, step.entity_uid


def assert_same_withdrawn(found: tuple[Withdrawn, ...], expected: tuple[Withdrawn, ...]) -> None:
    """The same things, as they stood when they went; those that went last first."""
    times = [gone.withdrawn_at_utc for gone in found]
    assert times == sorted(times, reverse=True)
    assert len(found) == len(expected)
    # Acts that are kept in memory have no number.
    unnumbered = {gone.entity.uid: replace(gone, act_seq=None) for gone in found}
    assert unnumbered == {gone.entity.uid: gone for gone in expected}


def test_whatever_is_done_the_file_is_what_the_memory_is(tmp_path: Path, clock: FixedClock) -> None:
    if ACTS > USUAL_ACTS:
        faulthandler.cancel_dump_traceback_later()  # It takes longer than pytest waits.
    desk = Desk(tmp_path / "night.gpkg", clock)
    print(f"{ACTS} acts, seed {SEED}")
    while len(desk.shadow.saved) < ACTS:
        desk.do_something()
    desk.come_back(every_step=True)

    document = desk.document
    assert problems_of(document.plot) == ()
    assert len(document.acts) == len(desk.shadow.saved) + 1
    ways = {maker.__name__ for maker in MAKERS}
    assert ways <= set(desk.done), "each was done, not just tried"
    assert min(desk.done[name] for name in ("undo", "redo", "refused", "come back")) > 5

    while document.redo():
        pass
    end = document.plot
    while document.undo():
        pass
    start = document.plot
    while document.redo():
        pass
    assert document.plot == end != start
    assert len(document.history.past) <= DEPTH
    document.close()
    assert check(desk.path) == ()
    assert_log_is_whole(desk.path)
