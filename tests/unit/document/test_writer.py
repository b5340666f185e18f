"""Jobs run one after the other off the owner's thread; the owner hears on its own."""

import threading
from concurrent.futures import Future
from functools import partial

import pytest

from channelplot.document.writer import InlineWriter, ThreadWriter
from channelplot.store.act import ActRecord
from channelplot.store.log import LoggedAct, logged_act
from helpers.builders import at
from helpers.post_box import PostBox

HERE = threading.current_thread


class Jobs:
    """Makes jobs that write down where and in which order they ran."""

    def __init__(self) -> None:
        self.ran: list[int] = []
        self.told: list[int] = []
        self.run_on: set[str] = set()
        self.told_on: set[str] = set()

    def job(self, number: int) -> LoggedAct:
        """Be job number so and so; number 0 fails."""
        self.run_on.add(HERE().name)
        self.ran.append(number)
        if number == 0:
            raise OSError
        act = ActRecord("add_report", "report", "", "watch", at("0300"))
        return logged_act(number, act, {}, {})

    def done(self, future: Future[LoggedAct]) -> None:
        """Hear how a job ended."""
        self.told_on.add(HERE().name)
        self.told.append(-1 if future.exception() else future.result().seq)


def test_jobs_run_in_order_on_another_thread_and_the_owner_is_told_on_its_own(
    post_box: PostBox,
) -> None:
    writer, jobs = ThreadWriter(post_box.post), Jobs()
    for number in (1, 2, 0, 3):
        writer.submit(partial(jobs.job, number), jobs.done)
    writer.close()
    assert jobs.ran == [1, 2, 0, 3]
    assert jobs.told == [], "not before the owner's thread gets to it"
    post_box.run_waiting()
    assert jobs.told == [1, 2, -1, 3]
    assert jobs.told_on == {HERE().name}
    assert jobs.run_on.isdisjoint(jobs.told_on)
    assert len(jobs.run_on) == 1


def test_waiting_runs_everything_and_tells_it_once(post_box: PostBox) -> None:
    writer, jobs = ThreadWriter(post_box.post), Jobs()
    for number in (1, 2, 3):
        writer.submit(partial(jobs.job, number), jobs.done)
    writer.wait()
    assert jobs.told == [1, 2, 3]
    writer.wait()
    post_box.run_waiting()
    assert jobs.told == [1, 2, 3]
    writer.close()


def test_a_closed_writer_takes_no_more_and_leaves_no_thread(post_box: PostBox) -> None:
    for writer in (ThreadWriter(post_box.post), InlineWriter()):
        before = {thread.name for thread in threading.enumerate()}
        jobs = Jobs()
        writer.submit(partial(jobs.job, 1), jobs.done)
        writer.close()
        assert {thread.name for thread in threading.enumerate()} == before
        with pytest.raises(RuntimeError):
            writer.submit(partial(jobs.job, 2), jobs.done)
        assert jobs.ran == [1]


def test_without_a_window_submitting_waits() -> None:
    writer, jobs = InlineWriter(), Jobs()
    for number in (1, 0, 2):
        writer.submit(partial(jobs.job, number), jobs.done)
        assert len(jobs.told) == len(jobs.ran)
    writer.wait()
    assert jobs.told == [1, -1, 2]
    assert jobs.told_on == {HERE().name}
    assert jobs.run_on.isdisjoint(jobs.told_on)
    writer.close()
