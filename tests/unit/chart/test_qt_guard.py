"""The guard: what an override raises reaches the hook and no further."""

import sys
from types import TracebackType

import pytest

from channelplot.chart.qt_guard import qt_guarded


@pytest.fixture
def caught(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    seen: list[BaseException] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        assert kind is type(error)
        assert trace is not None
        seen.append(error)

    monkeypatch.setattr(sys, "excepthook", hook)
    return seen


@qt_guarded(-1)
def divided(number: int, by: int) -> int:
    """Divide."""
    return number // by


def test_what_is_returned_is_returned(caught: list[BaseException]) -> None:
    assert divided(6, by=3) == 2
    assert caught == []


def test_what_is_raised_goes_to_the_hook_and_the_default_is_returned(
    caught: list[BaseException],
) -> None:
    assert divided(6, 0) == -1
    assert [type(error) for error in caught] == [ZeroDivisionError]


def test_an_order_to_end_is_not_held_up(caught: list[BaseException]) -> None:
    @qt_guarded(None)
    def leave() -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        leave()
    assert caught == []


def test_the_override_keeps_its_name() -> None:
    assert divided.__name__ == "divided"
    assert divided.__doc__ == "Divide."
