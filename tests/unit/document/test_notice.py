"""Who asked is told, in order, until they ask no more."""

import sys

import pytest

from channelplot.document.notice import Notice


def test_everyone_is_told_in_the_order_they_asked() -> None:
    notice, heard = Notice[int](), list[str]()
    notice.connect(lambda n: heard.append(f"first {n}"))
    notice.connect(lambda n: heard.append(f"second {n}"))
    notice.announce(7)
    assert heard == ["first 7", "second 7"]


def test_with_nobody_to_tell_nothing_happens() -> None:
    notice, heard = Notice[int](), list[int]()
    notice.announce(1)
    notice.connect(heard.append)
    notice.announce(2)
    assert heard == [2], "and nothing was kept for who comes later"


def test_who_disconnects_is_told_no_more() -> None:
    notice, heard = Notice[int](), list[int]()
    notice.connect(heard.append)
    notice.disconnect(heard.append)
    notice.announce(1)
    assert heard == []
    with pytest.raises(ValueError, match="not in list"):
        notice.disconnect(heard.append)


def test_listeners_may_come_and_go_while_it_is_announced() -> None:
    notice, heard = Notice[int](), list[str]()

    def once(_: int) -> None:
        heard.append("once")
        notice.disconnect(once)
        notice.connect(lambda n: heard.append(f"later {n}"))

    notice.connect(once)
    notice.connect(lambda n: heard.append(f"always {n}"))
    notice.announce(1)
    notice.announce(2)
    assert heard == ["once", "always 1", "always 2", "later 2"]


def test_what_a_listener_raises_keeps_nobody_else_from_hearing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))
    notice, heard = Notice[int](), list[int]()
    notice.connect(lambda n: heard.append(n // 0))
    notice.connect(heard.append)
    notice.announce(7)
    assert heard == [7]
    assert told == [ZeroDivisionError], "and it is not kept quiet"


def test_an_order_to_end_is_not_held_up() -> None:
    def leave(_: int) -> None:
        raise SystemExit(3)

    notice = Notice[int]()
    notice.connect(leave)
    with pytest.raises(SystemExit):
        notice.announce(1)
