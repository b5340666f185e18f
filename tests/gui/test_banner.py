"""The banner: which message shows, what stands behind it, and its buttons by keys."""

from pathlib import Path

import pytest

from channelplot.ui.banner import Banner, Choice, Severity
from helpers.operator import Operator, wait_until


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with an empty plot open."""
    operator.opens(night)
    return operator


@pytest.fixture
def banner(desk: Operator) -> Banner:
    """The banner of that desk, with nothing in it."""
    desk.window.banner.clear()
    return desk.window.banner


def test_a_graver_topic_hides_another_until_it_is_dropped(banner: Banner) -> None:
    banner.show_message("recovered", Severity.INFO, topic="recovered")
    assert not banner.more.isVisible()
    banner.show_message("no backup", Severity.WARNING, topic="backup")
    banner.show_message("disk full", Severity.BAD, topic="saving")
    assert (banner.text, banner.more.text()) == ("disk full", "2 more")
    banner.drop("saving")
    assert (banner.text, banner.more.text()) == ("no backup", "1 more")
    banner.close_button.click()
    assert banner.text == "recovered"
    assert not banner.more.isVisible()
    banner.close_button.click()
    assert not banner.isVisible()


def test_what_was_just_done_shows_over_what_stands_and_goes_by_itself(banner: Banner) -> None:
    banner.show_message("open for reading only", Severity.WARNING, topic="opened")
    banner.show_message("copy saved", Severity.INFO)
    assert banner.text == "copy saved"
    banner._timer.setInterval(1)
    banner.show_message("copy saved again", Severity.INFO)
    wait_until(lambda: banner.text == "open for reading only", "it is back")


def test_a_refusal_shows_over_what_stands_until_work_goes_on(banner: Banner) -> None:
    banner.show_message("open for reading only", Severity.WARNING, topic="opened")
    banner.show_message("refused", Severity.WARNING)
    banner.show_message("light", Severity.INFO)
    assert banner.text == "refused", "a lighter word does not replace it"
    banner.settle()
    assert banner.text == "open for reading only"
    banner.settle()
    assert banner.text == "open for reading only", "that it still is"


def test_the_latest_of_equally_grave_topics_shows(banner: Banner) -> None:
    banner.show_message("first", Severity.WARNING, topic="one")
    banner.show_message("second", Severity.WARNING, topic="two")
    assert banner.text == "second"
    banner.show_message("first, later", Severity.WARNING, topic="one")
    assert banner.text == "first, later"
    assert banner.stands("two")


def test_the_buttons_are_reached_and_left_by_keys(desk: Operator, banner: Banner) -> None:
    wanted: list[str] = []
    banner.action_wanted.connect(wanted.append)
    banner.show_message(
        "which?",
        Severity.WARNING,
        action="one",
        action_text="First",
        also=Choice("two", "Second"),
        topic="choice",
    )
    desk.presses("F4", "F12", "Return")
    desk.presses("Tab", "Return")
    assert wanted == ["one", "two"]
    desk.presses("Escape")
    assert desk.focus_name == "Plot line"
    assert banner.text == "which?", "Esc leaves it there"
    desk.presses("F12", "Tab", "Tab", "Return")
    assert banner.text == ""
    assert desk.focus_name == "Plot line", "the keyboard goes back when nothing is left"


def test_the_key_does_nothing_while_there_is_no_message(desk: Operator, banner: Banner) -> None:
    assert banner.text == ""
    desk.presses("F4", "F12")
    assert desk.focus_name == "Plot line"


def test_a_click_on_a_button_leaves_the_caret_in_the_line(desk: Operator, banner: Banner) -> None:
    desk.presses("F4")
    banner.show_message("done", Severity.WARNING)
    banner.close_button.click()
    assert desk.focus_name == "Plot line"


def test_the_keyboard_stays_in_the_banner_while_messages_follow(
    desk: Operator, banner: Banner
) -> None:
    banner.show_message("one", Severity.WARNING, topic="one", action="a", action_text="Do")
    banner.show_message("two", Severity.WARNING, topic="two")
    desk.presses("F12", "Return")
    assert banner.text == "one"
    assert desk.focus is banner.action_button
