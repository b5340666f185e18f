"""No tab bar shows that belongs to no panel: Qt leaves some behind."""

from collections import Counter
from pathlib import Path

from PySide6.QtWidgets import QTabBar

from helpers.operator import Operator, wait_until


def tab_bars(operator: Operator) -> Counter[tuple[str, ...]]:
    """The tab bars that show, by what stands on them."""
    bars = (bar for bar in operator.window.findChildren(QTabBar) if bar.isVisible())
    return Counter(tuple(bar.tabText(i) for i in range(bar.count())) for bar in bars)


def assert_one_of_each(operator: Operator, tabs: int) -> None:
    wait_until(lambda: set(tab_bars(operator).values()) == {1}, "each tab bar shows once")
    assert len(tab_bars(operator)) == tabs


def test_each_tab_bar_shows_once(operator: Operator, night: Path) -> None:
    operator.opens(night)
    assert_one_of_each(operator, 2)
    operator.presses("Alt+W")
    assert_one_of_each(operator, 2)


def test_each_tab_bar_shows_once_in_a_window_as_it_was_left(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.presses("Alt+W")
    operator.closes()
    operator.opens(night)
    assert_one_of_each(operator, 2)
    assert operator.window.panels.watch_log.isVisible(), "the tab in front stays in front"


def test_a_group_that_gets_another_panel_keeps_its_tabs(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.window.panels.watch_log_dock.hide()
    operator.window.panels.go_to("watch_log")
    assert_one_of_each(operator, 2)
    assert any("Watch log" in tabs for tabs in tab_bars(operator))
