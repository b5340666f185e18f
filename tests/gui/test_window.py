"""The main window: its actions, menus, panels and bars, and what it makes of a bad state file."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QTableView,
    QToolButton,
    QWidget,
)

from channelplot.chart.layers import ON_REQUEST, Layer
from channelplot.resources import resource_path
from channelplot.tools.tool import ToolId
from channelplot.ui.banner import Severity
from channelplot.ui.words.layers_text import own_layer_text
from helpers.builders import R1
from helpers.operator import Operator, wait_until


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with an empty plot open."""
    operator.opens(night)
    return operator


def test_every_action_has_its_icon(desk: Operator) -> None:
    actions = desk.window.actions_by_id
    icons = {path.stem for path in resource_path("icons").glob("*.svg")} - {"channelplot"}
    assert icons == actions.ids()
    assert not any(actions[action_id].icon().isNull() for action_id in actions.ids())


def test_every_tool_has_its_action(desk: Operator) -> None:
    assert {tool.value for tool in ToolId} <= desk.window.actions_by_id.ids()


def test_no_key_means_two_things(desk: Operator) -> None:
    keys = [
        sequence.toString()
        for action in desk.window.findChildren(QAction)
        for sequence in action.shortcuts()
    ]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("F8", "Select one boat first, or a report of it."),
        ("Ctrl+M", "Select one or several reports first."),
        ("Ctrl+Z", "There is nothing to go back to."),
    ],
)
def test_the_key_of_what_can_not_be_done_says_why(desk: Operator, key: str, said: str) -> None:
    desk.presses(key)
    assert desk.sees_banner() == said
    assert desk.focus_name == "Plot line"


def test_no_menu_has_a_letter_twice(desk: Operator) -> None:
    def letters(actions: list[QAction]) -> list[str]:
        texts = [action.text().replace("&&", "") for action in actions]
        return [text[text.index("&") + 1].casefold() for text in texts if "&" in text]

    bar = letters(desk.window.menuBar().actions())
    assert sorted(bar) == sorted(set(bar))
    alt_keys = {
        sequence.toString().removeprefix("Alt+").casefold()
        for action in desk.window.findChildren(QAction)
        for sequence in action.shortcuts()
        if sequence.toString().startswith("Alt+")
    }
    assert not alt_keys & set(bar), "Alt with this letter would mean a menu and an action"
    for menu in ("File", "Edit", "View", "Plot", "Help"):
        of_menu = letters(desk.menu(menu).actions())
        assert sorted(of_menu) == sorted(set(of_menu)), menu


def test_every_button_of_the_tool_bar_says_its_name_and_key(desk: Operator) -> None:
    bar = desk.window.findChild(QWidget, "tools_bar")
    assert bar is not None
    buttons = [b for b in bar.findChildren(QToolButton) if b.defaultAction() is not None]
    assert len(buttons) >= 10
    for button in buttons:
        action = button.defaultAction()
        is_look = action.objectName() in ("day", "dusk", "night")  # one after the other with F10
        key = "F10" if is_look else action.shortcut().toString()
        assert key
        assert key in button.toolTip()
        assert action.text().replace("&", "").rstrip(".") in button.toolTip()


def test_a_disabled_action_says_why(desk: Operator) -> None:
    for action_id in ("undo", "redo", "withdraw"):
        action = desk.window.actions_by_id[action_id]
        assert not action.isEnabled()
        assert len(action.toolTip().splitlines()) == 2


def test_every_widget_that_takes_the_keyboard_has_a_name(desk: Operator) -> None:
    for tool in ("Select", "Report", "Beach", "Move"):
        desk.takes_up(tool)
        nameless = [
            f"{type(widget).__name__} under {type(widget.parentWidget()).__name__}"
            for kind in (QLineEdit, QComboBox, QTableView)
            for widget in desk.window.findChildren(kind)
            if widget.isVisible() and not widget.accessibleName()
        ]
        assert nameless == []
        for button in desk.window.findChildren(QAbstractButton):
            if button.isVisible() and button.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert button.text() or button.accessibleName()


def test_the_three_clocks_follow_the_desk_s_clock(desk: Operator) -> None:
    desk.clock.advance(hours=1)

    wait_until(lambda: desk.sees_clocks() == "15 SEP 26   0400Z   0500 UK   0600 FR", "it shows")


def test_the_clocks_know_when_clocks_change(desk: Operator) -> None:
    desk.clock.set(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    desk.window.show_clocks()

    assert desk.sees_clocks() == "25 OCT 26   0130Z   0130 UK   0230 FR"


def test_the_panels_are_hidden_and_shown_again(desk: Operator) -> None:
    desk.plots(R1)
    desk.takes_from_menu("View", "Panels", "Reports")
    assert not desk.sees("Reports")
    desk.presses("Alt+L")
    assert desk.sees("Reports")
    assert desk.focus_name == "Reports"
    desk.presses("Alt+T")
    assert desk.focus_name == "Tracks"


def test_every_layer_is_hidden_and_shown_from_the_menu(desk: Operator) -> None:
    canvas = desk.window.desk.canvas
    names = desk.menu_texts("View", "Layers")
    layers = [layer for layer in Layer if layer not in ON_REQUEST]
    assert names == [*(own_layer_text(layer) for layer in layers), "Usual order"]
    for layer in layers:
        desk.takes_from_menu("View", "Layers", own_layer_text(layer))
        assert layer in canvas.scene().layering.hidden
        desk.takes_from_menu("View", "Layers", own_layer_text(layer))
        assert layer not in canvas.scene().layering.hidden


def test_zoom_and_home_by_key(desk: Operator) -> None:
    canvas = desk.window.desk.canvas
    home = canvas.viewport
    desk.presses("Ctrl++")
    assert canvas.viewport.m_per_px < home.m_per_px
    desk.presses("Ctrl+-")
    assert canvas.viewport.m_per_px == pytest.approx(home.m_per_px)
    desk.presses("Ctrl+-")
    assert canvas.viewport.m_per_px > home.m_per_px
    desk.presses("Escape", "Home")  # in the plot line, Home is for the text
    assert canvas.viewport.m_per_px == pytest.approx(home.m_per_px)


def test_the_scale_shows_and_follows_the_zoom(desk: Operator) -> None:
    before = desk.sees_status("Scale")
    assert before.startswith("1:")
    desk.presses("Ctrl++")
    assert desk.sees_status("Scale") != before


@pytest.mark.parametrize(("entry", "words"), [("Keys", "Ctrl+Shift+Z"), ("About", "OpenStreetMap")])
def test_help_says_what_there_is(desk: Operator, entry: str, words: str) -> None:
    desk.takes_from_menu("Help", entry)

    (dialog,) = [each for each in desk.window.findChildren(QDialog) if each.isVisible()]
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert words in said
    dialog.close()
    wait_until(lambda: not desk.window.findChildren(QDialog), "the dialog is gone for good")


def test_the_title_names_the_plot(desk: Operator) -> None:
    assert desk.window.windowTitle() == "night - Channel Plot"


def test_the_banner_does_not_put_a_light_word_over_a_grave_one(desk: Operator) -> None:
    banner = desk.window.banner
    banner.show_message("grave", Severity.BAD)
    banner.show_message("light", Severity.INFO)
    assert desk.sees_banner() == "grave"
    banner.close_button.click()
    assert desk.sees_banner() == ""
    banner.show_message("light", Severity.INFO)
    assert desk.sees_banner() == "light"


STATES = {
    "no json": "{",
    "a list": "[]",
    "a view beyond the Earth": {"views": {"PLOT": [999.0, 99.0, 10.0]}},
    "a view of nothing": {"views": {"PLOT": [1.5, 51.0, 0.0]}},
    "an endless view": '{"views": {"PLOT": [1.5, 51.0, Infinity]}}',
    "a view of no number": '{"views": {"PLOT": [NaN, 51.0, 10.0]}}',
    "views of another kind": {"views": {"PLOT": "here"}, "hidden_layers": 3, "recent_plots": {}},
    "layout of another kind": {
        "layout_version": 1,
        "geometry": "°°",
        "layout": "!!",
        "table_tracks_1": "é",
        "table_reports_1": 7,
    },
    "layout of nothing": {
        "layout_version": 1,
        "geometry": "AAAA",
        "layout": "AAAA",
        "table_tracks_1": "AAAA",
        "table_reports_1": "AAAA",
    },
    "layers nobody knows": {"hidden_layers": ["sea monsters", 7]},
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_a_spoilt_state_file_does_not_keep_the_window_from_opening(
    operator: Operator,
    night: Path,
    home: Path,
    state: object,
    request: pytest.FixtureRequest,
) -> None:
    text = state if isinstance(state, str) else json.dumps(state, ensure_ascii=False)
    folder = home / "config" / "channelplot"
    folder.mkdir(parents=True)
    (folder / "state.json").write_text(text.replace("PLOT", str(night)), "utf-8")
    if text == "{":
        request.getfixturevalue("expected_warnings")

    operator.opens(night)

    operator.plots(R1)
    assert operator.file_rows("SELECT count(*) FROM reports") == [(1,)]
    assert operator.table("Reports").columnWidth(2) > 60
    operator.closes()
    operator.opens(night)
    assert operator.reads_panel("Reports")


@pytest.mark.parametrize("settings", ["{", "[]", '{"operator": 7, "text_scale_percent": 9000}'])
def test_spoilt_settings_count_as_none(
    operator: Operator,
    night: Path,
    home: Path,
    settings: str,
    request: pytest.FixtureRequest,
) -> None:
    folder = home / "config" / "channelplot"
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text(settings, "utf-8")
    if settings == "{" or "9000" in settings:
        request.getfixturevalue("expected_warnings")

    operator.opens(night)
    operator.plots(R1)

    ((name,),) = operator.file_rows("SELECT operator FROM edit_log WHERE seq = 2")
    assert str(name).strip()
