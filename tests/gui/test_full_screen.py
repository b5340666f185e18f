"""F11: the chart has the screen, the line stays, and everything comes back as it was."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget

from helpers.operator import Operator, wait_until

SETTLES_IN_MS = 300
"""Docks that share a height find theirs in steps."""


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with an empty plot open."""
    operator.opens(night)
    operator.waits_for_chart()
    return operator


def docks(desk: Operator) -> dict[str, tuple[bool, bool, tuple[int, int]]]:
    """Of each dock: whether it is open, whether it is in front, its size if it is."""
    return {
        dock.objectName(): (
            not dock.isHidden(),
            not dock.visibleRegion().isEmpty(),
            (dock.width(), dock.height()) if not dock.visibleRegion().isEmpty() else (0, 0),
        )
        for dock in desk.window.findChildren(QDockWidget)
    }


def test_the_chart_takes_the_screen_and_line_clocks_and_mark_stay(desk: Operator) -> None:
    window = desk.window
    before = window.desk.canvas.width()
    desk.types_line("0210 50 5")
    desk.presses("F11")
    wait_until(lambda: window.desk.canvas.width() > before, "the chart is wider")
    assert window.isFullScreen()
    assert not window.menuBar().isVisible()
    assert not any(is_open for is_open, _, _ in docks(desk).values())
    assert window.actions_by_id["full_screen"].isChecked()
    assert desk.focus_name == "Plot line"
    assert desk.line_text() == "0210 50 5"
    assert window.clocks.isVisible()
    assert "UK" in desk.sees_clocks()
    assert window.status.saved.isVisible()
    assert window.status.saved.visibleRegion().boundingRect().width() == window.status.saved.width()
    desk.presses("Escape")
    assert window.isFullScreen(), "Esc cleared the line and no more"
    assert desk.line_text() == ""


def test_every_dock_comes_back_as_it_was(desk: Operator) -> None:
    window = desk.window
    window.resizeDocks([window.panels.tracks_dock], [410], Qt.Orientation.Horizontal)
    desk.presses("Alt+W")
    panels = window.panels
    wait_until(lambda: not panels.watch_log_dock.visibleRegion().isEmpty(), "the log shows")
    wait_until(lambda: panels.tracks_dock.width() == 410, "the panels are wider")
    before, size, chart = docks(desk), window.size(), window.desk.canvas.size()
    desk.presses("F11")
    wait_until(window.isFullScreen, "the chart has the screen")
    desk.presses("F11")
    wait_until(lambda: window.size() == size, "the window is as before")
    wait_until(lambda: docks(desk) == before, "the docks are as before")
    wait_until(lambda: window.desk.canvas.size() == chart, "the chart is as before")
    assert window.menuBar().isVisible()
    assert window.clocks.isVisible()
    assert not window.actions_by_id["full_screen"].isChecked()
    tool_bar = window.findChild(type(window.line.bar), "tools_bar")
    assert tool_bar is not None
    assert tool_bar.isVisible()


def test_the_dividers_and_the_list_of_layers_stay_over_many_turns(desk: Operator) -> None:
    window = desk.window
    desk.presses("Alt+Y", "End")
    bar = window.panels.layers.table.verticalScrollBar()
    QTest.qWait(SETTLES_IN_MS)
    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()
    before, size, scrolled = docks(desk), window.size(), bar.value()
    for _ in range(4):
        desk.presses("F11")
        wait_until(window.isFullScreen, "the chart has the screen")
        desk.presses("F11")
        wait_until(lambda: window.size() == size, "the window is as before")
        wait_until(lambda: docks(desk) == before, "the docks are as before")
        wait_until(lambda: bar.value() == scrolled, "the list is where it was")


def test_a_tool_taken_up_meanwhile_keeps_its_form(desk: Operator) -> None:
    window = desk.window
    assert not window.entry.bar.isVisible()
    desk.presses("F11", "Alt+R")
    wait_until(window.entry.bar.isVisible, "the form shows")
    desk.presses("F11")
    wait_until(lambda: not window.isFullScreen(), "all is back")
    assert window.entry.bar.isVisible()


def test_keys_of_actions_work_without_menu_and_tool_bar(desk: Operator) -> None:
    desk.plots("50 58.0N 001 41.0E", time="0210")
    desk.presses("F11")
    window = desk.window
    before = window.desk.canvas.viewport.m_per_px
    desk.presses("Ctrl++")
    assert window.desk.canvas.viewport.m_per_px < before
    desk.presses("Alt+T")
    assert desk.focus_name == "Tracks"
    desk.presses("F11")
    assert not window.isFullScreen()
    assert desk.focus_name == "Tracks"


def test_a_panel_called_for_meanwhile_goes_again(desk: Operator) -> None:
    window = desk.window
    assert window.panels.layers_dock.isHidden()
    desk.presses("F11", "Alt+Y")
    assert not window.panels.layers_dock.isHidden()
    desk.presses("F11")
    assert window.panels.layers_dock.isHidden()


def test_an_alert_is_counted_while_the_chart_has_the_screen(desk: Operator) -> None:
    desk.plots("50 58.0N 001 41.0E", time="0210")
    desk.presses("F11")
    desk.sets_clock("0700")
    counter = desk.window.alerts.counter
    wait_until(counter.isVisible, "the alerts are counted")
    assert not counter.visibleRegion().isEmpty()


def test_a_window_closed_so_opens_as_it_was_before(desk: Operator) -> None:
    plot, before = desk.plot_path, docks(desk)
    desk.presses("F11")
    desk.closes()
    desk.opens(plot)
    assert not desk.window.isFullScreen()
    assert desk.window.menuBar().isVisible()
    wait_until(
        lambda: {n: d[0] for n, d in docks(desk).items()} == {n: d[0] for n, d in before.items()},
        "the docks",
    )
