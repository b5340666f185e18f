"""The Layers panel: what shows, in what order, how strongly, at which scales; and remembered."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from channelplot.chart.layers import DESK_LAYERING, Layer, LayerView, reference_id
from channelplot.chart.render_job import Picture
from channelplot.chart.renderers.table import Group
from channelplot.ui.panels.layers import LayersPanel
from channelplot.ui.panels.layers_model import MIME, NAME, OPACITY, SCALES
from channelplot.ui.state import WindowState
from channelplot.ui.words.layers_text import own_layer_text, read_bound, scales_text
from helpers.operator import Operator, wait_until


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with an empty plot open, whose keys are in the list of layers."""
    operator.opens(night)
    operator.waits_for_chart()
    operator.presses("Alt+Y")
    assert operator.focus_name == "Layers"
    return operator


def panel(desk: Operator) -> LayersPanel:
    return desk.window.panels.layers


def names(desk: Operator) -> list[str]:
    return desk.reads_column("Layers", "Layer")


def shown_view(desk: Operator, layer: str) -> LayerView:
    return desk.window.desk.canvas.scene().layering.view(layer)


def ids(desk: Operator) -> tuple[str, ...]:
    return desk.window.desk.canvas.scene().layering.ids


def cell(desk: Operator, layer: str, column: int) -> str:
    row = panel(desk).model.row_of(layer)
    assert row is not None
    return str(panel(desk).model.index(row, column).data())


@contextmanager
def draws_only(desk: Operator, *groups: Group) -> Iterator[None]:
    """What is done inside makes the chart draw these pictures and no others."""
    seen: list[Group | None] = []

    def note(picture: Picture) -> None:
        seen.append(picture.group)

    desk.waits_for_chart()
    canvas = desk.window.desk.canvas
    canvas._drawing._jobs.picture_finished.connect(note)
    yield
    desk.waits_for_chart()
    wait_until(lambda: len(seen) >= len(groups), "the pictures are told of")
    canvas._drawing._jobs.picture_finished.disconnect(note)
    assert seen == list(groups)


def test_the_top_of_the_list_is_the_top_of_the_chart(desk: Operator) -> None:
    assert names(desk) == [own_layer_text(layer) for layer in reversed(Layer)]
    rows = {row["Layer"]: row for row in desk.reads_panel("Layers")}
    assert rows["Land and coast"]["Credit"] == "© OpenStreetMap contributors"
    assert rows["Places"]["Credit"] == "GeoNames (CC BY 4.0)"
    assert {row["Scales"] for row in rows.values()} == {"always"}
    assert {row["Opacity"] for row in rows.values()} == {"100 %", "as labels"}


def test_space_and_the_box_show_and_hide_a_layer(desk: Operator) -> None:
    panel(desk).select(Layer.GRATICULE)
    with draws_only(desk, Group.BASE):
        desk.presses("Space")
    assert not shown_view(desk, Layer.GRATICULE).is_shown
    assert not desk.menu_action("View", "Layers", "Graticule").isChecked()
    desk.takes_from_menu("View", "Layers", "Graticule")
    assert shown_view(desk, Layer.GRATICULE).is_shown
    row = panel(desk).model.row_of(Layer.BEACHES)
    assert row is not None
    table = panel(desk).table
    rect = table.visualRect(panel(desk).model.index(row, 0))
    with draws_only(desk, Group.SHORE, Group.LABELS):
        QTest.mouseClick(
            table.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(rect.left() + 10, rect.center().y()),
        )
    assert not shown_view(desk, Layer.BEACHES).is_shown


def test_home_and_end_move_in_the_list_and_leave_the_chart(desk: Operator) -> None:
    before = desk.window.desk.canvas.viewport
    desk.window.desk.canvas.zoom_in()
    zoomed = desk.window.desk.canvas.viewport
    assert zoomed != before
    table, model = panel(desk).table, panel(desk).model
    table.setCurrentIndex(model.index(3, SCALES))
    for key, row in (("End", len(Layer) - 1), ("Home", 0)):
        desk.presses(key)
        assert table.currentIndex().row() == row
        assert table.horizontalScrollBar().value() == 0
        assert desk.window.desk.canvas.viewport == zoomed
    listed = dict(panel(desk).keys())
    assert listed["In the list of layers: First or last layer"] == "Home / End"


def test_the_scales_have_the_room_that_their_texts_need(desk: Operator) -> None:
    desk.window.resize(1280, 800)
    desk.window.panels.lay_out(desk.window.size())
    wait_until(lambda: panel(desk).width() > 410, "the panels have a third of the window")
    panel(desk).select(Layer.MARKS)
    panel(desk).closest.chosen.emit(50_000)
    panel(desk).select(Layer.BEACHES)
    panel(desk).farthest.chosen.emit(5_000)
    table, model = panel(desk).table, panel(desk).model
    for layer in (Layer.MARKS, Layer.BEACHES):
        text = cell(desk, layer, SCALES)
        assert table.columnWidth(SCALES) >= table.fontMetrics().horizontalAdvance(text) + 6, text
        index = model.index(model.row_of(layer) or 0, SCALES)
        assert table.visualRect(index).right() <= table.viewport().width()
    assert table.horizontalScrollBar().maximum() == 0
    side = model.headerData(OPACITY, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert side == model.index(0, OPACITY).data(Qt.ItemDataRole.TextAlignmentRole)


def test_f5_and_the_list_agree_on_the_error_circles(desk: Operator) -> None:
    panel(desk).select(Layer.ERROR_CIRCLES)
    assert not shown_view(desk, Layer.ERROR_CIRCLES).is_shown
    desk.presses("Space")
    assert desk.window.actions_by_id["error_circles"].isChecked()
    desk.presses("F5")
    assert not shown_view(desk, Layer.ERROR_CIRCLES).is_shown


def test_left_and_right_change_the_opacity_by_quarters(desk: Operator) -> None:
    panel(desk).select(Layer.COAST)
    for percent in (75, 50, 25, 25):
        desk.presses("Left")
        assert cell(desk, Layer.COAST, OPACITY) == f"{percent} %"
    desk.presses("Right")
    assert shown_view(desk, Layer.COAST).opacity == 0.5
    assert panel(desk).opacity.value() == 50
    panel(desk).opacity.setValue(40)
    assert shown_view(desk, Layer.COAST).opacity == 0.4
    desk.presses("Left")
    assert shown_view(desk, Layer.COAST).opacity == 0.25
    assert panel(desk).current == Layer.COAST


def test_alt_with_the_arrows_moves_a_layer_and_the_keys_stay_on_it(desk: Operator) -> None:
    panel(desk).select(Layer.BEACHES)
    before = ids(desk).index(Layer.BEACHES)
    desk.presses("Alt+Up", "Alt+Up")
    assert ids(desk).index(Layer.BEACHES) == before + 2
    assert panel(desk).current == Layer.BEACHES
    assert desk.focus_name == "Layers"
    desk.presses("Alt+Down")
    assert ids(desk).index(Layer.BEACHES) == before + 1
    desk.takes_from_menu("View", "Layers", "Usual order")
    assert ids(desk) == DESK_LAYERING.ids


def test_what_is_written_stays_on_top_and_says_so(desk: Operator) -> None:
    panel(desk).select(Layer.LABELS)
    desk.presses("Alt+Down")
    assert ids(desk) == DESK_LAYERING.ids
    assert not panel(desk).down_button.isEnabled()
    assert "always above" in panel(desk).down_button.toolTip()
    panel(desk).select(Layer.REPORTS)
    assert not panel(desk).up_button.isEnabled()
    assert panel(desk).down_button.isEnabled()
    panel(desk).select(Layer.COAST)
    assert not panel(desk).down_button.isEnabled()


def dragged(desk: Operator, layer: str) -> QMimeData:
    """What is dragged with the row of a layer."""
    model = panel(desk).model
    row = model.row_of(layer)
    assert row is not None
    return model.mimeData([model.index(row, 0)])


def test_a_row_is_dragged_to_where_its_layer_is_to_be(desk: Operator) -> None:
    model = panel(desk).model
    tracks = model.row_of(Layer.TRACKS)
    assert tracks is not None
    data = dragged(desk, Layer.COAST)
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, tracks, 0, QModelIndex())
    order = ids(desk)
    assert order.index(Layer.COAST) == order.index(Layer.TRACKS) + 1
    assert panel(desk).current == Layer.COAST
    data = dragged(desk, Layer.COAST)
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
    assert ids(desk) == DESK_LAYERING.ids
    model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert ids(desk)[-4:] == (Layer.COAST, *DESK_LAYERING.ids[-3:]), (
        "nothing is above what is written"
    )
    foreign = QMimeData()
    foreign.setData(MIME, b"sea monsters")
    model.dropMimeData(foreign, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert len(ids(desk)) == len(Layer)


def test_scales_are_chosen_and_typed_and_what_does_not_show_says_why(desk: Operator) -> None:
    canvas = desk.window.desk.canvas
    panel(desk).select(Layer.BEACHES)
    edit = panel(desk).farthest.lineEdit()
    assert edit is not None
    edit.setFocus()
    edit.selectAll()
    with draws_only(desk, Group.SHORE, Group.LABELS):
        QTest.keyClicks(edit, "1:5 000")
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert shown_view(desk, Layer.BEACHES).farthest_denominator == 5_000
    reason = cell(desk, Layer.BEACHES, SCALES)
    assert reason.startswith("not at 1:")
    assert reason.endswith("too wide")
    assert not canvas.scene().shows(Layer.BEACHES)
    edit.selectAll()
    QTest.keyClicks(edit, "far away")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert "no scale" in panel(desk).note.text()
    assert panel(desk).note.isVisible()
    assert panel(desk).farthest.currentText().startswith("1:5")
    panel(desk).farthest.setCurrentIndex(0)
    panel(desk).farthest.activated.emit(0)
    assert cell(desk, Layer.BEACHES, SCALES) == "always"
    assert not panel(desk).note.isVisible()
    panel(desk).closest.setCurrentIndex(1)
    panel(desk).closest.activated.emit(1)
    assert cell(desk, Layer.BEACHES, SCALES).endswith("and wider")
    for _ in range(3):
        canvas.zoom_in()
    assert cell(desk, Layer.BEACHES, SCALES).endswith("too close")


def test_one_end_of_a_range_takes_the_other_along(desk: Operator) -> None:
    panel(desk).select(Layer.MARKS)
    panel(desk).farthest.chosen.emit(50_000)
    panel(desk).closest.chosen.emit(100_000)
    view = shown_view(desk, Layer.MARKS)
    assert (view.closest_denominator, view.farthest_denominator) == (100_000, 100_000)


@pytest.mark.parametrize(
    ("text", "denominator"),
    [
        ("", None),
        ("no limit", None),
        ("1:250 000", 250_000),
        ("250,000", 250_000),
        ("1 : 2.500.000", 2_500_000),
        ("50k", 50_000),
        ("1M", 1_000_000),
    ],
)
def test_a_scale_is_read_in_many_forms(text: str, denominator: int | None) -> None:
    assert read_bound(text) == denominator


@pytest.mark.parametrize("text", ["far", "1:0", "-5", "1:25 00", "2:50", "1:999999999999"])
def test_what_is_no_scale_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a scale"):
        read_bound(text)


def test_a_range_is_told_in_words() -> None:
    said = [
        scales_text(LayerView("marks", closest_denominator=low, farthest_denominator=high))
        for low, high in ((None, None), (10_000, None), (None, 50_000), (10_000, 50_000))
    ]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in said] == [
        "always",
        "1:10 000 and wider",
        "1:50 000 and closer",
        "1:10 000 to 1:50 000",
    ]


def test_places_say_that_they_wait_for_labels(desk: Operator) -> None:
    panel(desk).select(Layer.LABELS)
    desk.presses("Space")
    assert cell(desk, Layer.PLACES, SCALES) == "labels do not show"


def test_places_are_as_strong_as_the_labels(desk: Operator) -> None:
    panel(desk).select(Layer.PLACES)
    assert not panel(desk).opacity.isEnabled()
    desk.presses("Left")
    assert shown_view(desk, Layer.PLACES).opacity == 1.0
    panel(desk).select(Layer.LABELS)
    with draws_only(desk, Group.LABELS):
        desk.presses("Left")


def test_reasons_from_elsewhere_stand_in_the_list(desk: Operator) -> None:
    panel(desk).set_reasons({Layer.MARKS: "its file is missing"})
    assert cell(desk, Layer.MARKS, SCALES) == "its file is missing"


def test_escape_gives_the_keys_back_to_the_plot_line(desk: Operator) -> None:
    desk.presses("Escape")
    assert desk.focus_name == "Plot line"


def test_the_model_keeps_qt_s_rules(desk: Operator, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(panel(desk).model, force_py=True)  # type: ignore[no-untyped-call]
    panel(desk).select(Layer.TRACKS)
    desk.presses("Alt+Down", "Space", "Left")
    desk.window.layers.reset_order()


def test_all_of_it_is_remembered(desk: Operator) -> None:
    plot = desk.plot_path
    panel(desk).select(Layer.BEACHES)
    desk.presses("Alt+Up", "Left", "Space")
    panel(desk).closest.chosen.emit(25_000)
    layering = desk.window.desk.canvas.scene().layering
    desk.closes()
    desk.opens(plot)
    assert desk.window.desk.canvas.scene().layering == layering


def test_the_layers_a_former_version_had_hidden_stay_hidden(tmp_path: Path) -> None:
    state = {"hidden_layers": ["tracks", "graticule"], "requested_layers": ["error_circles"]}
    (tmp_path / "state.json").write_text(json.dumps(state), encoding="utf-8")
    assert WindowState(tmp_path).layering().hidden == {"tracks", "reports", "graticule"}


@pytest.mark.parametrize(
    "kept",
    [
        3,
        [],
        ["coast"],
        [{"layer": 7}],
        [{"layer": "coast", "opacity": 0}],
        [{"layer": "coast", "opacity": "half"}],
        [{"layer": "coast", "closest": 9, "farthest": 3}],
        [{"layer": "sea monsters"}],
    ],
)
def test_a_spoilt_layering_counts_as_none(tmp_path: Path, kept: object) -> None:
    (tmp_path / "state.json").write_text(json.dumps({"layering": kept}), encoding="utf-8")
    assert WindowState(tmp_path).layering() == DESK_LAYERING


def test_reference_layers_are_remembered_with_their_plot(tmp_path: Path) -> None:
    state, plot = WindowState(tmp_path), tmp_path / "night.gpkg"
    state.remember_plot(plot)
    lanes, regions = reference_id("lanes"), reference_id("regions")
    layering = DESK_LAYERING.with_layers([lanes, regions]).moved(lanes, 5)
    layering = layering.with_view(LayerView(lanes, opacity=0.5))
    state.remember_layering(plot, layering)
    again = WindowState(tmp_path)
    assert again.layering() == DESK_LAYERING
    assert again.reference_views_of(plot, again.layering()) == layering
    other = tmp_path / "other.gpkg"
    assert again.reference_views_of(other, again.layering()) == DESK_LAYERING
    state.remember_layering(plot, DESK_LAYERING)
    assert WindowState(tmp_path).reference_views_of(plot, DESK_LAYERING) == DESK_LAYERING


def test_every_field_of_the_panel_is_named(desk: Operator) -> None:
    for widget in (panel(desk).opacity, panel(desk).closest, panel(desk).farthest):
        assert widget.accessibleName()
    desk.presses("Tab")
    assert desk.focus_name == "Opacity"
    desk.presses("Tab")
    assert desk.focus_name == "Closest scale"
    wait_until(lambda: panel(desk).isVisible(), "the panel shows")


def test_the_credit_of_a_layer_is_whole_in_the_tip_of_its_name(desk: Operator) -> None:
    """The chart has names alone, and the column is not always there."""
    model = panel(desk).model
    row = model.row_of(Layer.COAST)
    assert row is not None
    tip = str(model.index(row, NAME).data(Qt.ItemDataRole.ToolTipRole))
    assert tip.splitlines() == [model.rows[row].name, model.rows[row].credit]
    assert "© OpenStreetMap contributors" in tip
