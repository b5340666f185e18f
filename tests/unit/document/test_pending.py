"""Acts on their way to the disk: order, failure, trying again, copies and closing."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channelplot.commands.beaches import add_beach
from channelplot.commands.marks import add_mark
from channelplot.commands.reports import add_report
from channelplot.document.document import Document, PlotChanged, SaveState
from channelplot.document.writer import ThreadWriter
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.geopackage import PlotFile
from helpers.builders import a_beach, a_mark, a_report, at, night_plot
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore
from helpers.opened import Opened, open_plot
from helpers.post_box import PostBox

if TYPE_CHECKING:
    from concurrent.futures import Future


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(night_plot())


@pytest.fixture
def document(store: MemoryStore, clock: FixedClock) -> Iterator[Document]:
    """Open without a window: every edit waits for the disk."""
    it = open_plot(store.plot, clock=clock, store=store).document
    yield it
    it.close()


@pytest.fixture
def slow(store: MemoryStore, clock: FixedClock, post_box: PostBox) -> Iterator[Document]:
    """Open as in the window: a thread writes, and it waits until the gate opens."""
    store.gate = threading.Event()
    it = open_plot(
        store.plot, clock=clock, store=store, writer=ThreadWriter(post_box.post)
    ).document
    yield it
    store.gate.set()
    it.close()


class TestWhileTheDiskIsSlow:
    def test_an_act_is_shown_but_neither_saved_nor_called_so(
        self, slow: Document, store: MemoryStore, post_box: PostBox
    ) -> None:
        states: list[SaveState] = []
        slow.save_state_changed.connect(states.append)
        before, report = slow.plot, a_report("0300")
        slow.apply(add_report(report))
        assert slow.plot.report(report.uid) == report
        assert slow.saved_plot is before
        assert store.plot == before
        assert slow.pending_uids == {report.uid}
        assert states == [SaveState(1, None, None)]
        assert store.gate is not None
        store.gate.set()
        post_box.run_next()
        assert slow.saved_plot is slow.plot
        assert store.plot == slow.plot
        assert states[-1].pending == 0
        assert states[-1].mark is not None
        assert slow.pending_uids == frozenset()

    def test_nothing_is_called_saved_before_the_owner_has_heard_of_it(
        self, slow: Document, store: MemoryStore, post_box: PostBox
    ) -> None:
        slow.apply(add_report(a_report("0300")))
        assert store.gate is not None
        store.gate.set()
        posted = post_box.take()
        assert store.labels == ["add_report"], "it is on the disk"
        assert slow.save_state.pending == 1, "but nobody on this thread knows yet"
        posted()
        assert slow.save_state.pending == 0

    def test_beaches_and_marks_on_their_way_are_told_apart_too(self, slow: Document) -> None:
        beach, mark = a_beach("Oye"), a_mark("WRK")
        slow.apply(add_beach(beach))
        slow.apply(add_mark(mark))
        assert slow.pending_uids == {beach.uid, mark.uid}

    def test_later_acts_queue_and_reach_the_disk_in_order(
        self, slow: Document, store: MemoryStore, post_box: PostBox
    ) -> None:
        reports = [a_report(f"03{minute:02d}") for minute in range(5)]
        for report in reports:
            slow.apply(add_report(report))
        assert slow.save_state.pending == 5
        assert slow.pending_uids == {report.uid for report in reports}
        assert store.gate is not None
        store.gate.set()
        left = [slow.save_state.pending]
        while slow.save_state.pending:
            post_box.run_next()  # tells of all that have ended by then
            left.append(slow.save_state.pending)
        assert left == sorted(left, reverse=True)
        assert [act.entity_uid for _, act in store.saved] == [r.uid for r in reports]
        assert store.plot == slow.plot == slow.saved_plot

    def test_undo_and_redo_do_not_wait(
        self, slow: Document, store: MemoryStore, post_box: PostBox
    ) -> None:
        start, report = slow.plot, a_report("0300")
        slow.apply(add_report(report))
        assert slow.undo()
        assert slow.plot is start
        assert slow.redo()
        assert slow.plot.report(report.uid) == report
        assert slow.undo()
        assert slow.undo() is False
        assert slow.save_state.pending == 4
        assert store.gate is not None
        store.gate.set()
        slow.finish_saving()
        assert store.labels == [
            "add_report", "undo.add_report", "redo.add_report", "undo.add_report"
        ]  # fmt: skip
        assert store.plot == start
        assert post_box.run_waiting() > 0, "told late, and there is nothing more to do"
        assert slow.save_state.pending == 0

    def test_the_disk_is_written_to_on_one_other_thread(
        self, slow: Document, store: MemoryStore
    ) -> None:
        assert store.gate is not None
        store.gate.set()
        for minute in range(3):
            slow.apply(add_report(a_report(f"030{minute}")))
        slow.finish_saving()
        assert len(store.threads) == 1
        assert threading.current_thread().name not in store.threads

    def test_closing_saves_what_is_pending(
        self, slow: Document, store: MemoryStore, post_box: PostBox
    ) -> None:
        for minute in range(3):
            slow.apply(add_report(a_report(f"030{minute}")))
        assert store.gate is not None
        store.gate.set()
        slow.close()
        assert len(store.saved) == 3
        assert store.is_closed
        assert slow.saved_plot == store.plot == slow.plot
        post_box.run_waiting()  # what was told too late is harmless
        assert slow.save_state.pending == 0
        slow.close()

    def test_a_copy_holds_every_act_once(
        self, slow: Document, store: MemoryStore, post_box: PostBox
    ) -> None:
        slow.apply(add_report(a_report("0300")))
        slow.apply(add_beach(a_beach("Oye")))
        assert store.gate is not None
        store.gate.set()
        slow.save_copy(Path("copy.gpkg"))
        assert store.copies == {Path("copy.gpkg"): ["add_report", "add_beach"]}
        post_box.run_waiting()
        assert store.labels == ["add_report", "add_beach"]

    @pytest.mark.parametrize("saved_before", [0, 1, 2])
    def test_a_copy_that_nobody_waits_for_holds_every_act_once(
        self, slow: Document, store: MemoryStore, post_box: PostBox, saved_before: int
    ) -> None:
        assert store.gate is not None
        acts = (add_report(a_report("0300")), add_beach(a_beach("Oye")))
        for act in acts[:saved_before]:
            slow.apply(act)
        store.gate.set()
        slow.finish_saving()
        store.gate.clear()
        for act in acts[saved_before:]:
            slow.apply(act)
        assert [act.record.label for act in slow.pending_acts] == ["add_report", "add_beach"][
            saved_before:
        ]
        ended: list[Future[None]] = []
        slow.copy(Path("copy.gpkg"), ended.append)
        assert ended == [], "it returns at once"
        store.gate.set()
        slow.finish_saving()
        slow.save_copy(Path("other.gpkg"))
        assert [each.result() for each in ended] == [None]
        assert store.copies[Path("copy.gpkg")] == ["add_report", "add_beach"]
        assert store.copies[Path("other.gpkg")] == ["add_report", "add_beach"]


class TestOnAFullDisk:
    def test_an_act_stays_pending_and_is_saved_when_it_is_tried_again(
        self, document: Document, store: MemoryStore
    ) -> None:
        before, report = document.plot, a_report("0300")
        store.fill_up()
        assert document.apply(add_report(report)) is True
        state = document.save_state
        assert isinstance(state.failure, PlotFileError)
        assert state.failure.fault is PlotFileFault.FULL
        assert (state.pending, state.mark) == (1, None)
        assert document.plot.report(report.uid) == report
        assert document.saved_plot is before
        assert document.pending_uids == {report.uid}
        document.retry()
        assert document.save_state.pending == 1, "still full"
        store.fail_with = None
        document.retry()
        assert document.save_state.failure is None
        assert document.save_state.pending == 0
        assert store.plot == document.saved_plot == document.plot
        document.retry()
        assert store.labels == ["add_report"], "once, and nothing is left to try"

    def test_later_acts_queue_behind_and_all_go_when_it_is_over(
        self, document: Document, store: MemoryStore
    ) -> None:
        store.fill_up()
        reports = [a_report(f"030{minute}") for minute in range(3)]
        for report in reports:
            document.apply(add_report(report))
        document.undo()
        assert document.save_state.pending == 4
        assert store.labels == []
        store.fail_with = None
        document.retry()
        assert store.labels == [*["add_report"] * 3, "undo.add_report"]
        assert [act.entity_uid for _, act in store.saved][:3] == [r.uid for r in reports]
        assert store.plot == document.plot == document.saved_plot

    def test_a_new_act_tries_the_first_one_again(
        self, document: Document, store: MemoryStore
    ) -> None:
        store.fill_up()
        document.apply(add_report(a_report("0300")))
        store.fail_with = None
        document.apply(add_beach(a_beach("Oye")))
        assert store.labels == ["add_report", "add_beach"]
        assert document.save_state.pending == 0

    def test_undo_and_redo_go_on(self, document: Document, store: MemoryStore) -> None:
        start = document.plot
        document.apply(add_report(a_report("0300")))
        after = document.plot
        store.fill_up()
        assert document.undo()
        assert document.plot == start
        assert document.redo()
        assert document.plot == after
        assert document.saved_plot == after
        assert document.save_state.pending == 2

    def test_the_failure_is_announced_and_so_is_its_end(
        self, document: Document, store: MemoryStore
    ) -> None:
        states: list[SaveState] = []
        document.save_state_changed.connect(states.append)
        store.fill_up()
        document.apply(add_report(a_report("0300")))
        store.fail_with = None
        document.retry()
        told = [(state.pending, state.failure is None) for state in states]
        assert told == [(1, False), (1, False), (0, True)], "failed, shown, saved"

    def test_a_copy_holds_what_could_not_be_saved(
        self, document: Document, store: MemoryStore
    ) -> None:
        document.apply(add_report(a_report("0300")))
        store.fill_up()
        document.apply(add_beach(a_beach("Oye")))
        document.save_copy(Path("copy.gpkg"))
        assert store.copies[Path("copy.gpkg")] == ["add_report", "add_beach"]
        with pytest.raises(PlotFileError) as refused:
            document.save_copy(Path("copy.gpkg"))
        assert refused.value.fault is PlotFileFault.EXISTS

    def test_closing_lets_go_all_the_same(
        self, document: Document, store: MemoryStore, clock: FixedClock
    ) -> None:
        store.fill_up()
        document.apply(add_report(a_report("0300")))
        document.close()
        assert store.is_closed
        assert store.labels == []
        document.retry()  # a timer that fires late
        assert document.save_state.pending == 1


class TestAMistakeOfOursInSaving:
    def test_rises_and_keeps_the_act(self, document: Document, store: MemoryStore) -> None:
        store.fail_with = ZeroDivisionError("a mistake")
        report = a_report("0300")
        with pytest.raises(ZeroDivisionError):
            document.apply(add_report(report))
        assert document.save_state.pending == 1
        assert document.save_state.failure is store.fail_with
        assert document.plot.report(report.uid) == report
        store.fail_with = None
        document.retry()
        assert store.plot == document.plot
        assert document.save_state.failure is None

    def test_rises_where_the_owner_hears_of_it(
        self, slow: Document, store: MemoryStore, post_box: PostBox
    ) -> None:
        store.fail_with = ZeroDivisionError("a mistake")
        slow.apply(add_report(a_report("0300")))
        assert store.gate is not None
        store.gate.set()
        with pytest.raises(ZeroDivisionError):
            post_box.run_next()
        assert slow.save_state.pending == 1
        store.fail_with = None


def test_a_file_fills_up_in_the_order_of_the_acts_and_is_copied_whole(
    tmp_path: Path, clock: FixedClock, post_box: PostBox
) -> None:
    opened = open_plot(
        night_plot(), clock=clock, folder=tmp_path, writer=ThreadWriter(post_box.post)
    )
    document = opened.document
    changes: list[PlotChanged] = []
    document.plot_changed.connect(changes.append)
    for minute in range(20):
        clock.set(at(f"03{minute:02d}"))
        document.apply(add_report(a_report(f"03{minute:02d}")))
        if minute % 5 == 4:
            document.undo()
    document.save_copy(tmp_path / "copy.gpkg")
    assert document.save_state.pending == 0
    assert opened.saved() == document.plot
    assert changes[-1].plot == document.plot
    copy = reopened(tmp_path / "copy.gpkg", clock)
    assert copy.document.plot == document.plot
    copy.document.close()
    document.close()
    post_box.run_waiting()


def reopened(path: Path, clock: FixedClock) -> Opened:
    """Open a plot file that is there."""
    file = PlotFile.open(path)
    return open_plot(file.load().plot, clock=clock, store=file)
