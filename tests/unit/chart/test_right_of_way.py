"""Whoever draws beside the window lets it go first, but not for ever."""

import threading
import time

from channelplot.chart.cancel import LONGEST_S, NEVER, Cancel, RightOfWay

WAIT_S = 10.0


class Asked(threading.Thread):
    """Asks once whether to stop, and notes what it was told, and when."""

    def __init__(self, cancel: Cancel) -> None:
        super().__init__()
        self._cancel = cancel
        self.was_cancelled: bool | None = None
        self.answered_s = 0.0

    def run(self) -> None:
        self.was_cancelled = self._cancel.is_cancelled
        self.answered_s = time.monotonic()


def test_who_asks_waits_until_it_is_given_back() -> None:
    way = RightOfWay()
    asked = Asked(Cancel(way))
    asked.start()
    asked.join(WAIT_S)
    assert asked.was_cancelled is False, "nobody had taken it"

    way.take()
    asked = Asked(Cancel(way))
    asked.start()
    way.give_back()
    given_back_s = time.monotonic()
    asked.join(WAIT_S)
    assert asked.was_cancelled is False
    assert asked.answered_s < given_back_s + WAIT_S


def test_who_asks_does_not_wait_for_a_window_that_never_gives_it_back() -> None:
    way = RightOfWay()
    way.take()
    taken_s = time.monotonic()
    asked = Asked(Cancel(way))
    asked.start()
    asked.join(WAIT_S)
    assert asked.was_cancelled is False
    assert asked.answered_s - taken_s > 0.9 * LONGEST_S, "it waited for as long as it must"


class CountedWay(RightOfWay):
    """Counts who waited for it."""

    def __init__(self) -> None:
        super().__init__()
        self.waited = 0

    def wait(self) -> None:
        self.waited += 1
        super().wait()


def test_what_is_cancelled_waits_for_nobody() -> None:
    way = CountedWay()
    cancel = Cancel(way)
    cancel.cancel()
    assert cancel.is_cancelled
    assert way.waited == 0
    assert not Cancel(way).is_cancelled
    assert way.waited == 1


def test_a_cancellation_while_it_waits_is_told() -> None:
    way = RightOfWay()
    way.take()
    cancel = Cancel(way)
    asked = Asked(cancel)
    asked.start()
    cancel.cancel()
    way.give_back()
    asked.join(WAIT_S)
    assert asked.was_cancelled is True


def test_work_that_is_always_wanted_is_not_cancelled() -> None:
    assert not NEVER.is_cancelled
