"""Who has the watch: asked once, never in the way, signed with, and written into the log."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from channelplot.model.plot import Plot
from channelplot.settings import Settings, Watch, config_folder, login_name
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.builders import at
from helpers.clock import FixedClock
from helpers.operator import Operator, wait_until

LINE = "0255 50 58.0N 001 41.0E 45pob"
NAME = "Who has the watch?"
NOBODY = "No watch taken: acts under “{login}”"


@pytest.fixture
def unwatched(operator: Operator, night: Path) -> Operator:
    """Somebody who has just opened the window at a desk where nobody ever took the watch."""
    operator.has_watch = False
    operator.opens(night)
    return operator


def log_of(operator: Operator) -> list[tuple[str, str]]:
    """Who did what, the first first, without the making of the plot."""
    rows = operator.reads_panel("Watch log")[-2::-1]
    return [(row["Who"], row["What"]) for row in rows]


def test_at_first_the_question_shows_and_the_caret_stays_in_the_line(unwatched: Operator) -> None:
    assert unwatched.sees(NAME)
    assert unwatched.focus_name == "Plot line"
    assert unwatched.sees_watch() == NOBODY.format(login=login_name())
    assert login_name() in unwatched.reads_back()
    assert "Ctrl+Shift+W" in unwatched.reads_back()

    unwatched.types("0255 50")
    assert unwatched.line_text() == "0255 50"


def test_until_it_is_answered_acts_are_under_the_login_name(unwatched: Operator) -> None:
    unwatched.enters_line(LINE)
    assert unwatched.sees(NAME)
    assert [who for who, _ in log_of(unwatched)] == [login_name()]


def test_it_is_answered_without_the_mouse_and_the_caret_goes_back(unwatched: Operator) -> None:
    unwatched.types("0255 50 58.0N 001 41.0E")
    unwatched.presses("Ctrl+Shift+W")
    assert unwatched.focus_name == NAME
    unwatched.types("M. Petit")
    assert "“M. Petit”" in unwatched.reads_back()
    unwatched.presses("Return")
    unwatched.waits_until_saved()

    assert (unwatched.focus_name, unwatched.line_text()) == ("Plot line", "0255 50 58.0N 001 41.0E")
    assert not unwatched.sees(NAME)
    assert unwatched.sees_watch() == "Watch: M. Petit since 0300Z"
    unwatched.presses("Return")
    unwatched.waits_until_saved()
    first, second = log_of(unwatched)
    assert first == ("M. Petit", "M. Petit has the watch")
    assert second[0] == "M. Petit"


def test_enter_without_a_name_changes_nothing(unwatched: Operator) -> None:
    unwatched.presses("Ctrl+Shift+W", "Return")
    unwatched.types("  ")
    unwatched.presses("Return")
    assert unwatched.focus_name == NAME
    assert log_of(unwatched) == []


def test_escape_puts_the_question_off_and_the_status_bar_goes_on_saying_so(
    unwatched: Operator,
) -> None:
    unwatched.presses("Ctrl+Shift+W", "Escape")
    assert not unwatched.sees(NAME)
    assert unwatched.focus_name == "Plot line"
    assert unwatched.sees_watch() == NOBODY.format(login=login_name())
    assert unwatched.window.status.watch.property("warning")

    QTest.mouseClick(unwatched.window.status.watch, Qt.MouseButton.LeftButton)
    assert unwatched.focus_name == NAME


def test_another_form_takes_the_question_s_place(unwatched: Operator) -> None:
    unwatched.takes_up("Report")
    assert not unwatched.sees(NAME)
    unwatched.presses("Ctrl+Shift+W")
    assert unwatched.focus_name == NAME
    unwatched.types("M. Petit")
    unwatched.presses("Return")
    wait_until(lambda: unwatched.focus_name == "Position", "the caret is back where it was")


def test_the_next_watch_takes_over_from_the_last(unwatched: Operator) -> None:
    unwatched.names_operator("M. Petit")
    unwatched.sets_clock("0600")
    unwatched.presses("Ctrl+Shift+W")
    assert unwatched.label_text("Last taken by") == "M. Petit, since 150300Z SEP 26"
    unwatched.types("Officer Two")
    unwatched.presses("Return")
    unwatched.waits_until_saved()

    assert log_of(unwatched)[-1] == (
        "Officer Two",
        "Officer Two has the watch, taken over from M. Petit, who began 150300Z SEP 26",
    )
    assert unwatched.sees_watch() == "Watch: Officer Two since 0600Z"


def test_undoing_the_line_leaves_the_watch_to_who_has_it(unwatched: Operator) -> None:
    unwatched.names_operator("M. Petit")
    unwatched.undoes()
    assert unwatched.sees_watch() == "Watch: M. Petit since 0300Z"
    assert log_of(unwatched)[-1] == ("M. Petit", "undone: M. Petit has the watch")


@pytest.mark.parametrize(("hhmm", "is_asked"), [("1500", False), ("1501", True)])
def test_twelve_hours_later_it_is_asked_again(
    unwatched: Operator, night: Path, clock: FixedClock, hhmm: str, is_asked: bool
) -> None:
    unwatched.names_operator("M. Petit")
    unwatched.closes()
    clock.set(at(hhmm))

    unwatched.opens(night)

    assert unwatched.sees(NAME) is is_asked
    assert unwatched.focus_name == "Plot line"
    unwatched.enters_line("log radar checked")
    who, _ = log_of(unwatched)[-1]
    assert who == (login_name() if is_asked else "M. Petit")
    if is_asked:
        assert unwatched.label_text("Last taken by") == "M. Petit, since 150300Z SEP 26"
        unwatched.names_operator("M. Petit")
        assert log_of(unwatched)[-1] == (
            "M. Petit",
            "M. Petit goes on with the watch, after that of 150300Z SEP 26",
        )


def test_a_watch_that_is_never_handed_over_is_told_of_in_an_open_window(
    unwatched: Operator, clock: FixedClock
) -> None:
    unwatched.names_operator("M. Petit")
    clock.set(at("1501"))
    unwatched.window.show_clocks()
    assert unwatched.sees_watch() == "Watch: M. Petit since 0300Z, over 12 h"
    assert unwatched.window.status.watch.property("warning")
    unwatched.enters_line("log still here")
    assert log_of(unwatched)[-1][0] == "M. Petit"


def test_a_desk_with_a_watch_is_not_asked(operator: Operator, night: Path) -> None:
    Settings(config_folder()).begin_watch(Watch("M. Petit", at("0100")))
    operator.opens(night)
    assert not operator.sees(NAME)
    assert operator.sees_watch() == "Watch: M. Petit since 0100Z"
    assert not operator.window.status.watch.property("warning")


def test_a_long_name_is_whole_in_the_tooltip(operator: Operator, night: Path) -> None:
    name = "Commandant Anne-Sophie de la Tour du Pin"
    Settings(config_folder()).begin_watch(Watch(name, at("0100")))
    operator.opens(night)
    assert operator.sees_watch() == "Watch: Commandant Anne-Sophie… since 0100Z"
    assert name in operator.window.status.watch.toolTip()


def test_a_plot_that_is_only_read_gets_no_line_and_the_name_counts(
    operator: Operator, night: Path
) -> None:
    held = PlotFile.open(night)
    try:
        operator.has_watch = False
        operator.opens(night)
        operator.names_operator("M. Petit")
        assert operator.sees_watch() == "Watch: M. Petit since 0300Z"
        assert log_of(operator) == []
    finally:
        held.close()


def test_another_plot_goes_on_under_the_name(unwatched: Operator, tmp_path: Path) -> None:
    unwatched.names_operator("M. Petit")
    other = tmp_path / "other.gpkg"
    PlotFile.create(other, Plot(), ActRecord("new_plot", "plot", "", "x", at("0200"))).close()
    unwatched.opens_by_menu(other)
    wait_until(lambda: unwatched.plot_path == other, "the other plot is open")
    unwatched.enters_line("log begun")
    assert log_of(unwatched) == [("M. Petit", "begun")]
