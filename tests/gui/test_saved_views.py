"""Ctrl+1 to Ctrl+9 and Ctrl+Shift+1 to 9: views that are kept, by keys, menu and dialog."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from channelplot.basemap.places import Place
from channelplot.chart.layers import DESK_LAYERING, Layer, LayerView, reference_id
from channelplot.geodesy.position import Position
from channelplot.ui.dialogs.saved_views import SavedViewsDialog
from channelplot.ui.saved_views import SavedView, as_json, view_place, views_from
from channelplot.ui.state import WindowState
from helpers.charts import STRAIT, view
from helpers.operator import Operator, wait_until

CALAIS, DOVER = Position(1.85, 50.95), Position(1.31, 51.13)


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with an empty plot open."""
    operator.opens(night)
    operator.waits_for_chart()
    return operator


def note(desk: Operator) -> str:
    return desk.window.status.note.text().replace("\N{NO-BREAK SPACE}", " ")


def test_a_view_comes_back_with_its_scale_and_its_layers(desk: Operator) -> None:
    canvas = desk.window.desk.canvas
    desk.presses("Ctrl+Shift+3")
    assert note(desk).startswith("Kept as view 3: ")
    assert "1:" in note(desk)
    kept, layering = canvas.viewport, canvas.scene().layering
    canvas.zoom_in()
    canvas.centre_on(DOVER)
    desk.takes_from_menu("View", "Layers", "Graticule")
    desk.window.layers.show(desk.window.layers.layering.moved(Layer.BEACHES, 99))
    desk.types_line("0210 50 5")
    desk.presses("Ctrl+3")
    assert note(desk).startswith("View 3: ")
    assert canvas.viewport.m_per_px == pytest.approx(kept.m_per_px)
    assert canvas.viewport.centre.lon_deg == pytest.approx(kept.centre.lon_deg)
    assert canvas.scene().layering == layering
    assert desk.menu_action("View", "Layers", "Graticule").isChecked()
    assert desk.line_text() == "0210 50 5"
    assert desk.focus_name == "Plot line"


def test_a_number_that_keeps_nothing_says_so(desk: Operator) -> None:
    before = desk.window.desk.canvas.viewport.m_per_px
    desk.presses("Ctrl+7")
    assert desk.sees_banner() == "No view is kept under 7. Ctrl+Shift+7 keeps this one."
    assert desk.window.desk.canvas.viewport.m_per_px == before


def test_what_is_replaced_is_named(desk: Operator) -> None:
    desk.presses("Ctrl+Shift+1")
    desk.window.desk.canvas.zoom_in()
    desk.presses("Ctrl+Shift+1")
    assert ", in the place of " in note(desk)


def test_the_menu_lists_the_views_and_they_outlast_the_window(desk: Operator) -> None:
    plot = desk.plot_path
    desk.presses("Ctrl+Shift+2")
    entries = [text.replace("&", "") for text in desk.menu_texts("View", "Saved views")]
    assert entries[0] == "1  nothing kept"
    assert entries[1].startswith("2  ")
    assert "1:" in entries[1]
    kept = desk.window.desk.canvas.viewport
    desk.closes()
    desk.opens(plot)
    desk.waits_for_chart()
    assert [t.replace("&", "") for t in desk.menu_texts("View", "Saved views")][1] == entries[1]
    desk.window.desk.canvas.centre_on(DOVER)
    desk.presses("Ctrl+2")
    assert desk.window.desk.canvas.viewport.centre.lon_deg == pytest.approx(kept.centre.lon_deg)


def test_views_are_renamed_shown_and_removed_in_their_dialog(desk: Operator) -> None:
    desk.presses("Ctrl+Shift+4")
    desk.window.views.show_names()
    dialog = desk.window.findChild(SavedViewsDialog)
    assert dialog is not None
    wait_until(dialog.isActiveWindow, "the dialog is in front")
    assert not dialog.isModal()
    assert not dialog.names[5].isEnabled()
    edit = dialog.names[4]
    edit.setFocus()
    edit.selectAll()
    desk.types("Off Calais & Dover")
    desk.presses("Return")
    assert [t for t in desk.menu_texts("View", "Saved views") if "Off Calais" in t]
    desk.window.desk.canvas.centre_on(DOVER)
    dialog.show_buttons[4].click()
    assert note(desk) == "View 4: Off Calais & Dover"
    edit.selectAll()
    desk.types(" ")
    desk.presses("Return")
    assert edit.text() == "Off Calais & Dover", "a view always has a name"
    dialog.remove_buttons[4].click()
    assert not edit.isEnabled()
    dialog.close()
    desk.window.activateWindow()
    wait_until(desk.window.isActiveWindow, "the window is in front")
    desk.presses("Ctrl+4")
    assert desk.sees_banner().startswith("No view is kept under 4")


def pressed(desk: Operator, scan_code: int, key: Qt.Key, *, shift: bool) -> None:
    """Press a key with Ctrl as a keyboard sends it: where it is, and what it types there."""
    modifiers = Qt.KeyboardModifier.ControlModifier
    if shift:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, modifiers, scan_code, 0, 0)
        QCoreApplication.sendEvent(desk.focus, event)
        assert event.isAccepted()


@pytest.mark.parametrize(
    ("typed", "with_shift"),
    [
        pytest.param(Qt.Key.Key_Ampersand, Qt.Key.Key_1, id="French"),
        pytest.param(Qt.Key.Key_1, Qt.Key.Key_Exclam, id="British"),
    ],
)
def test_the_digit_keys_count_by_where_they_are(
    desk: Operator, monkeypatch: pytest.MonkeyPatch, typed: Qt.Key, with_shift: Qt.Key
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    pressed(desk, 10, with_shift, shift=True)
    assert note(desk).startswith("Kept as view 1: ")
    pressed(desk, 10, typed, shift=False)
    assert note(desk).startswith("View 1: ")


def test_a_view_is_named_after_the_largest_place_in_its_middle() -> None:
    strait = view(STRAIT)
    middle = strait.centre
    village = Place("Village", middle, 200, "FR")
    town = Place("Town", Position(middle.lon_deg + 0.01, middle.lat_deg), 9_000, "FR")
    outside = Place("City", Position(-4.0, 48.4), 900_000, "FR")
    corner = strait.position_at(5.0, 5.0)
    assert corner is not None
    edge = Place("Edge", corner, 500_000, "GB")
    assert view_place(strait, (village, outside, town, edge)) == "Town"
    assert view_place(strait, (outside, edge)) == "Edge"
    assert view_place(strait, (outside,)) == ""


def test_views_are_the_same_after_the_state_file() -> None:
    layering = DESK_LAYERING.with_layers([reference_id("lanes")])
    layering = layering.with_view(LayerView("coast", opacity=0.5, closest_denominator=10_000))
    kept = {1: SavedView("A", CALAIS, 50.0, DESK_LAYERING), 9: SavedView("B", DOVER, 9.5, layering)}
    assert views_from(json.loads(json.dumps(as_json(kept)))) == kept


@pytest.mark.parametrize(
    "spoilt",
    [
        7,
        {"1": 7},
        {"1": {"name": "A", "centre": [999.0, 0.0], "m_per_px": 5.0, "layering": []}},
        {"1": {"name": "A", "centre": [1.0], "m_per_px": 5.0, "layering": []}},
        {"1": {"name": "A", "centre": [1.0, 51.0], "m_per_px": 0.0, "layering": []}},
        {"1": {"name": 1, "centre": [1.0, 51.0], "m_per_px": 5.0, "layering": []}},
        {"1": {"name": "A", "centre": [1.0, 51.0], "m_per_px": 5.0}},
        {"0": {"name": "A", "centre": [1.0, 51.0], "m_per_px": 5.0, "layering": []}},
    ],
)
def test_a_spoilt_view_is_none(tmp_path: Path, spoilt: object) -> None:
    (tmp_path / "state.json").write_text(json.dumps({"saved_views": spoilt}), encoding="utf-8")
    assert views_from(WindowState(tmp_path).saved_views()) == {}


def test_reference_layers_a_view_does_not_know_stay_as_they_are(desk: Operator) -> None:
    """A view that was kept before a reference layer was added says nothing about it."""
    layers = desk.window.layers
    kept = layers.layering
    layers.set_shown(Layer.MARKS, False)
    layers.recall(kept)
    assert layers.layering == kept
