"""Whoever draws beside the window lets it go first, but not for ever."""

import threading
import time

from channelplot.chart.cancel import LONGEST_S, NEVER, REST_S, Cancel, RightOfWay

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


class HeldWay(RightOfWay):
    """Is waited for until it is given back, however long that takes."""

    def __init__(self) -> None:
        super().__init__()
        self._given_back = threading.Event()

    def give_back(self) -> None:
        self._given_back.set()

    def wait(self) -> None:
        self._given_back.wait(WAIT_S)


def test_a_cancellation_while_it_waits_is_told() -> None:
    way = HeldWay()
    cancel = Cancel(way)
    asked = Asked(cancel)
    asked.start()
    cancel.cancel()
    way.give_back()
    asked.join(WAIT_S)
    assert asked.was_cancelled is True


def rests(way: RightOfWay) -> bool:
    return way.is_at_rest


def test_what_can_wait_begins_once_nobody_moves_the_chart() -> None:
    way = RightOfWay()
    assert rests(way), "nobody has taken it yet"
    way.take()
    taken_s = time.monotonic()
    way.give_back()
    assert not rests(way)
    assert not Cancel(way).is_cancelled_at_rest()
    assert time.monotonic() >= taken_s + 0.9 * REST_S
    way.take()
    cancel = Cancel(way)
    cancel.cancel()
    assert cancel.is_cancelled_at_rest(), "what is cancelled waits for no rest"
    assert not rests(way)
    assert not NEVER.is_cancelled_at_rest()


def test_work_that_is_always_wanted_is_not_cancelled() -> None:
    assert not NEVER.is_cancelled
