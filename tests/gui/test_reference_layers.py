"""Reference layers through the window: added, styled, found again, removed; never in the way."""

import json
import shutil
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QPushButton

from channelplot.chart.layers import reference_id
from channelplot.chart.reference import ReferenceFeatures
from channelplot.errors import (
    RasterFault,
    RasterFileError,
    ReferenceFileError,
    ReferenceFileFault,
)
from channelplot.exchange import reference_layers
from channelplot.model.reference_layer import Dash, ReferenceKind, ReferenceLayer, ReferenceSchema
from channelplot.store.check import check
from channelplot.ui.dialogs.add_references import AddReferencesDialog
from channelplot.ui.dialogs.colour import ColourDialog
from channelplot.ui.dialogs.reference_style import ReferenceStyleDialog
from channelplot.ui.dialogs.use_of_files import Use
from channelplot.ui.references import ReferenceStatus
from channelplot.ui.words.reference_text import file_error_text
from helpers.images import count_of
from helpers.made_up_tiles import plain_tile, tiles_over, write_tiles
from helpers.operator import Operator, wait_until
from helpers.reference_files import geojson, kml, two_tables, zones

GREEN = "#00c040"
"""Of tiles: nothing else on the chart is so green."""


@pytest.fixture
def layers_folder(night: Path, ready_readers: None) -> Path:
    """A folder beside the plot's, with files of others, and children that are ready to read."""
    folder = night.parent / "layers"
    folder.mkdir()
    two_tables(folder / "two.gpkg")
    zones(folder / "plan.shp", crs=None)
    kml(folder / "zones.kml")
    return folder


def the_dialog(operator: Operator) -> AddReferencesDialog:
    found = operator.window.findChild(AddReferencesDialog)
    assert isinstance(found, AddReferencesDialog)
    return found


def opens_dialog(operator: Operator, *files: Path) -> AddReferencesDialog:
    """The dialog by its key, with files read."""
    operator.presses("Ctrl+Shift+L")
    dialog = the_dialog(operator)
    dialog.read(files)
    wait_until(lambda: {c.path for c in dialog.loading.choices} == set(files), "files are read")
    return dialog


def layers(operator: Operator) -> list[ReferenceLayer]:
    return list(operator.window.desk.session.document.plot.reference_layers.values())


def waits_for_layers(operator: Operator) -> None:
    operator.waits_until_saved()
    wait_until(lambda: not operator.window.references.is_reading, "the files are read", 60.0)


def statuses(operator: Operator) -> list[ReferenceStatus]:
    states = [operator.window.references.state(layer.uid) for layer in layers(operator)]
    return [state.status for state in states if state is not None]


def adds(operator: Operator, *files: Path) -> None:
    dialog = opens_dialog(operator, *files)
    dialog.add.click()
    waits_for_layers(operator)
    back_in(operator)


def back_in(operator: Operator) -> None:
    """A window manager gives the keyboard back to the window when a dialog closes."""
    operator.window.activateWindow()
    wait_until(operator.window.isActiveWindow, "the window is active")


@pytest.fixture
def layer(operator: Operator, night: Path, layers_folder: Path) -> ReferenceLayer:
    """The only layer of the plot that is open, of ``zones.kml``."""
    operator.opens(night)
    adds(operator, layers_folder / "zones.kml")
    (added,) = layers(operator)
    return added


def test_tables_are_listed_chosen_and_added_by_keyboard(operator: Operator, night: Path) -> None:
    """With a child that is started for each reading, as the program does it."""
    (night.parent / "layers").mkdir()
    operator.opens(night)
    dialog = opens_dialog(operator, two_tables(night.parent / "layers" / "two.gpkg"))
    shown = [
        [item.text(column) for column in range(5)]
        for item in (dialog.tables.topLevelItem(row) for row in range(2))
        if item is not None
    ]
    assert shown == [
        ["two lanes", "two.gpkg", "2 areas", "WGS 84", "routeing measures"],
        ["two spots", "two.gpkg", "1 point", "WGS 84", "by its style"],
    ]
    dialog.activateWindow()
    wait_until(dialog.isActiveWindow, "the dialog has the keyboard")
    dialog.tables.setFocus()
    QTest.keyClick(dialog.tables, Qt.Key.Key_Down)
    QTest.keyClick(dialog.tables, Qt.Key.Key_Space)
    assert [choice.is_chosen for choice in dialog.loading.choices] == [True, False]
    assert dialog.add.isEnabled()
    dialog.add.setFocus()
    QTest.keyClick(dialog.add, Qt.Key.Key_Space)
    waits_for_layers(operator)
    (layer,) = layers(operator)
    assert (layer.path, layer.table) == ("layers/two.gpkg", "lanes")
    assert layer.schema is ReferenceSchema.ROUTEING
    loaded = operator.window.references.loaded[layer.uid]
    assert isinstance(loaded, ReferenceFeatures)
    assert loaded.column("orient") == (42.0, None)
    assert operator.window.desk.canvas.scene().references == operator.window.references.loaded
    assert reference_id(layer.uid) in operator.window.layers.layering.ids
    assert "on the chart" in operator.sees_banner()


def test_a_reference_that_is_missing_is_asked_for_once_and_kept(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    operator.opens(night)
    dialog = opens_dialog(operator, layers_folder / "plan.shp")
    assert dialog.crs.isVisible()
    assert not dialog.add.isEnabled()
    assert "does not say what reference" in dialog.said.text()
    dialog.crs.setEditText("EPSG:4326")
    assert dialog.add.isEnabled()
    dialog.add.click()
    waits_for_layers(operator)
    assert [layer.crs for layer in layers(operator)] == ["EPSG:4326"]
    assert statuses(operator) == [ReferenceStatus.LOADED]


def test_what_is_no_layer_is_said_and_the_next_file_is_read(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    operator.opens(night)
    bad = layers_folder / "bad.gpkg"
    bad.write_text("nothing of the kind")
    operator.presses("Ctrl+Shift+L")
    dialog = the_dialog(operator)
    dialog.read([bad])
    wait_until(lambda: "not a GeoPackage" in dialog.said.text(), "it is said")
    dialog.read([layers_folder / "zones.kml"])
    wait_until(lambda: dialog.loading.choices, "the next is read")
    dialog.close()
    assert layers(operator) == []


def test_files_are_dropped_on_the_window(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    operator.opens(night)
    assert not operator.drops(layers_folder / "plan.dbf")
    for name in ("zones.kml", "two.gpkg"):
        operator.drops_as(layers_folder / name, Use.REFERENCE)
        wait_until(lambda: operator.window.findChild(AddReferencesDialog), "the dialog is open")
    dialog = the_dialog(operator)
    wait_until(lambda: len(dialog.loading.choices) == 3, "both are read")
    assert operator.plot_path == night


def test_a_plot_that_is_dropped_is_opened(operator: Operator, night: Path, tmp_path: Path) -> None:
    operator.opens(night)
    other = tmp_path / "other.gpkg"
    shutil.copyfile(night, other)
    operator.drops_as(other, Use.PLOT)
    wait_until(lambda: operator.plot_path == other, "the plot is open")
    assert operator.window.findChild(AddReferencesDialog) is None


def test_undo_takes_layers_off_and_redo_reads_them_again(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    operator.opens(night)
    adds(operator, layers_folder / "two.gpkg")
    assert len(operator.window.references.loaded) == 2
    operator.undoes()
    assert layers(operator) == []
    assert operator.window.references.loaded == {}
    operator.redoes()
    waits_for_layers(operator)
    assert len(operator.window.references.loaded) == 2
    operator.closes()
    assert check(night) == ()


def test_a_style_is_tried_on_the_chart_and_kept_as_one_act(
    operator: Operator,
    layer: ReferenceLayer,
) -> None:
    canvas = operator.window.desk.canvas
    tried = layer.style
    for keeps in (False, True):
        operator.window.reference_menu.style(layer.uid)
        dialog = operator.window.findChild(ReferenceStyleDialog)
        assert isinstance(dialog, ReferenceStyleDialog)
        assert dialog.label_column.count() == 2  # none, name
        dialog.dash.setCurrentIndex(list(Dash).index(Dash.DOTTED))
        dialog.opacity.setValue(50)
        dialog.line.setCurrentIndex(dialog.line.findData("#b91c1c"))
        dialog.label_column.setCurrentIndex(1)
        tried = canvas.scene().plot.reference_layers[layer.uid].style
        assert (tried.dash, tried.fill_opacity, tried.line) == (Dash.DOTTED, 0.5, "#b91c1c")
        assert layers(operator) == [layer]
        (dialog.accept_button if keeps else dialog.cancel_button).click()
        wait_until(
            lambda: not operator.window.findChildren(ReferenceStyleDialog), "the dialog is gone"
        )
    back_in(operator)
    operator.waits_until_saved()
    (kept,) = layers(operator)
    assert kept.style == tried
    assert kept.style.label_column == "name"
    wait_until(
        lambda: canvas.scene().plot.reference_layers[layer.uid].style == tried, "it is drawn so"
    )
    operator.undoes()
    assert layers(operator) == [layer]


@pytest.mark.parametrize("is_kept", [True, False], ids=["ok", "cancel"])
@pytest.mark.parametrize(("part", "key"), [("line", "Alt+U"), ("fill", "Alt+M")])
def test_another_colour_is_chosen_by_keyboard(
    operator: Operator,
    layer: ReferenceLayer,
    part: str,
    key: str,
    is_kept: bool,
) -> None:
    operator.window.reference_menu.style(layer.uid)
    dialog = operator.window.findChild(ReferenceStyleDialog)
    assert isinstance(dialog, ReferenceStyleDialog)
    wait_until(lambda: QApplication.activeWindow() is dialog, "the dialog has the keys")
    box = {"line": dialog.line, "fill": dialog.fill}[part]
    operator.presses(key)
    wait_until(lambda: dialog.findChild(ColourDialog), "the colours show")
    colour = dialog.findChild(ColourDialog)
    assert isinstance(colour, ColourDialog)
    html = colour.findChildren(QLineEdit)[-1]
    html.selectAll()
    QTest.keyClicks(html, "#123456")
    QTest.keyClick(html, Qt.Key.Key_Return if is_kept else Qt.Key.Key_Escape)
    wait_until(lambda: not dialog.findChildren(ColourDialog), "the colours are gone")
    assert box.currentText() == "#123456" if is_kept else box.currentIndex() == 0
    expected = "#123456" if is_kept else getattr(layer.style, part)
    assert getattr(dialog.style_now, part) == expected
    dialog.accept_button.click()
    operator.waits_until_saved()
    assert [getattr(each.style, part) for each in layers(operator)] == [expected]


def test_a_file_that_has_moved_is_a_note_and_one_banner_until_it_is_found(
    operator: Operator, night: Path, layers_folder: Path, tmp_path: Path
) -> None:
    operator.opens(night)
    adds(operator, layers_folder / "two.gpkg")
    operator.closes()
    elsewhere = tmp_path / "elsewhere"
    layers_folder.rename(elsewhere)
    operator.opens(night)
    waits_for_layers(operator)
    assert statuses(operator) == [ReferenceStatus.MISSING] * 2
    assert "two.gpkg" in operator.sees_banner()
    for layer in layers(operator):
        assert "two.gpkg" in operator.window.references.note(layer.uid)

    def names_it(dialog: QFileDialog) -> None:
        edit = dialog.findChild(QLineEdit, "fileNameEdit")
        assert edit is not None
        edit.setText(str(elsewhere / "two.gpkg"))
        QTest.keyClick(edit, Qt.Key.Key_Return)

    operator.answers(QFileDialog, names_it, operator.window.banner.action_button.click)
    wait_until(lambda: statuses(operator) == [ReferenceStatus.LOADED] * 2, "both are found")
    waits_for_layers(operator)
    assert "two.gpkg" not in operator.sees_banner()
    assert len(operator.window.references.loaded) == 2


def test_files_lost_together_are_found_together_and_the_banner_names_the_rest(
    operator: Operator, night: Path, layers_folder: Path, tmp_path: Path
) -> None:
    geojson(layers_folder / "line.geojson")
    names = ("two.gpkg", "zones.kml", "line.geojson")
    operator.opens(night)
    adds(operator, *(layers_folder / name for name in names))
    operator.closes()
    elsewhere, stick = tmp_path / "elsewhere", tmp_path / "stick"
    layers_folder.rename(elsewhere)
    stick.mkdir()
    (elsewhere / "line.geojson").rename(stick / "line.geojson")
    operator.opens(night)
    waits_for_layers(operator)
    assert all(name in operator.sees_banner() for name in names)
    lost = next(layer for layer in layers(operator) if layer.table == "lanes")
    operator.chooses_file(
        elsewhere / "two.gpkg", lambda: operator.window.reference_menu.lost.find(lost.uid)
    )
    wait_until(lambda: len(operator.window.references.loaded) == 3, "those in the folder are found")
    waits_for_layers(operator)
    assert "zones.kml" in operator.sees_banner()  # what was done of itself is told
    operator.window.banner.close_button.click()
    assert "line.geojson" in operator.sees_banner()
    assert "two.gpkg" not in operator.sees_banner()
    assert "zones.kml" not in operator.sees_banner()
    operator.undoes()
    operator.undoes()
    waits_for_layers(operator)
    assert statuses(operator) == [ReferenceStatus.MISSING] * 4
    operator.window.banner._end_passing()
    assert all(name in operator.sees_banner() for name in names)


def test_a_file_that_does_not_hold_the_layer_is_not_taken(
    operator: Operator, night: Path, layers_folder: Path, tmp_path: Path
) -> None:
    operator.opens(night)
    adds(operator, layers_folder / "two.gpkg")
    before = layers(operator)
    operator.closes()
    (layers_folder / "two.gpkg").rename(tmp_path / "two.gpkg")
    operator.opens(night)
    waits_for_layers(operator)
    find = operator.window.banner.action_button
    operator.chooses_file(layers_folder / "zones.kml", find.click)
    wait_until(lambda: "does not hold" in operator.sees_banner(), "it is said")
    assert "zones.kml" in operator.sees_banner()
    assert layers(operator) == before
    operator.window.banner.close_button.click()
    assert "two.gpkg" in operator.sees_banner()


def test_a_layer_whose_file_can_no_longer_be_read_keeps_a_banner(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    operator.opens(night)
    adds(operator, layers_folder / "zones.kml")
    (layers_folder / "zones.kml").write_text("no longer a KML", "utf-8")
    operator.window.actions_by_id["read_references"].trigger()
    waits_for_layers(operator)
    assert statuses(operator) == [ReferenceStatus.FAILED]
    operator.window.banner._end_passing()
    assert "zones is not shown" in operator.sees_banner()
    kml(layers_folder / "zones.kml")
    operator.window.actions_by_id["read_references"].trigger()
    waits_for_layers(operator)
    assert operator.sees_banner() == ""


def test_a_file_that_was_put_right_where_it_was_is_read_when_it_is_named(
    operator: Operator,
    layer: ReferenceLayer,
    layers_folder: Path,
) -> None:
    (layers_folder / "zones.kml").write_text("no longer a KML", "utf-8")
    operator.window.actions_by_id["read_references"].trigger()
    waits_for_layers(operator)
    assert statuses(operator) == [ReferenceStatus.FAILED]
    kml(layers_folder / "zones.kml")
    find = partial(operator.window.reference_menu.lost.find, layer.uid)
    operator.chooses_file(layers_folder / "zones.kml", find)
    wait_until(lambda: statuses(operator) == [ReferenceStatus.LOADED], "it is read", 60.0)
    assert layers(operator) == [layer]


def test_in_a_plot_that_is_open_to_read_layers_are_read_again_and_not_edited(
    operator: Operator,
    layer: ReferenceLayer,
    night: Path,
    layers_folder: Path,
) -> None:
    operator.closes()
    night.with_name("second name.gpkg").hardlink_to(night)
    (layers_folder / "zones.kml").rename(layers_folder / "away.kml")
    operator.opens(night)
    waits_for_layers(operator)
    assert operator.window.desk.session.document.is_read_only
    assert operator.window.banner.stands("references")
    operator.window.banner.close_button.click()
    assert "zones.kml is not where it was" in operator.sees_banner()
    assert not operator.window.banner.action_button.isVisible()
    panel = operator.window.panels.layers
    operator.presses("Alt+Y")
    panel.select(reference_id(layer.uid))
    offered = {action.text().replace("&", ""): action for action in panel.table.actions()}
    assert not offered["Style of the reference layer..."].isEnabled()
    panel.table.doubleClicked.emit(panel.table.currentIndex())
    assert operator.window.findChild(ReferenceStyleDialog) is None
    (layers_folder / "away.kml").rename(layers_folder / "zones.kml")
    offered["Read its file again"].trigger()
    waits_for_layers(operator)
    assert statuses(operator) == [ReferenceStatus.LOADED]


def test_layers_are_said_to_be_on_the_chart_when_the_last_is(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    operator.opens(night)
    dialog = opens_dialog(operator, layers_folder / "two.gpkg", layers_folder / "zones.kml")
    said: list[tuple[bool, str]] = []
    references = operator.window.references
    references.changed.connect(lambda: said.append((references.is_reading, operator.sees_banner())))
    dialog.add.click()
    assert references.is_reading
    assert "Reading 3 layers" in operator.sees_banner()
    waits_for_layers(operator)
    assert not any("on the chart" in text for is_reading, text in said if is_reading)
    assert operator.sees_banner() == "3 layers are on the chart."


def test_shapes_that_lie_nowhere_on_earth_are_said_to_be_left_out(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    places = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": place}}
        for place in ((1.5, 50.9), (200.0, 50.9))
    ]
    path = layers_folder / "places.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": places}), "utf-8")
    operator.opens(night)
    adds(operator, path)
    assert statuses(operator) == [ReferenceStatus.LOADED]
    assert operator.sees_banner().endswith(
        "The layer places is on the chart. 1 shape lies nowhere on Earth and is left out."
    )


def test_what_is_wrong_with_a_file_stays_while_others_are_read(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    bad = layers_folder / "bad.gpkg"
    bad.write_text("nothing of the kind")
    operator.opens(night)
    operator.presses("Ctrl+Shift+L")
    dialog = the_dialog(operator)
    assert dialog.nothing.isVisible()
    dialog.read([bad, layers_folder / "zones.kml"])
    wait_until(lambda: dialog.loading.choices, "the good one is read")
    assert "bad.gpkg" in dialog.said.text()
    assert dialog.add.isEnabled()
    assert not dialog.nothing.isVisible()
    dialog.read([layers_folder / "two.gpkg"])
    wait_until(lambda: len(dialog.loading.choices) == 3, "the next is read")
    assert dialog.said.text() == ""


def test_files_are_chosen_several_at_once_and_dropped_on_the_dialog(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    operator.opens(night)
    operator.presses("Ctrl+Shift+L")
    dialog = the_dialog(operator)

    def names_two(asked: QFileDialog) -> None:
        asked.setDirectory(str(layers_folder))
        edit = asked.findChild(QLineEdit, "fileNameEdit")
        assert edit is not None
        edit.setText('"two.gpkg" "zones.kml"')
        QTest.keyClick(edit, Qt.Key.Key_Return)

    operator.answers(QFileDialog, names_two, dialog.choose_files.click)
    wait_until(lambda: len(dialog.loading.choices) == 3, "both are read")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(geojson(layers_folder / "line.geojson")))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
    drop = QDropEvent(QPointF(9, 9), copy, data, left, none)
    QApplication.sendEvent(dialog, drop)
    wait_until(lambda: len(dialog.loading.choices) == 4, "what was dropped is read")


def test_the_button_that_adds_has_the_accent_and_the_row_in_hand_does_not(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    operator.opens(night)
    dialog = opens_dialog(operator, layers_folder / "two.gpkg")
    wait_until(dialog.add.isEnabled, "it can be added")
    accent = dialog.palette().color(QPalette.ColorRole.Highlight).name()
    chosen = dialog.palette().color(QPalette.ColorRole.LinkVisited).name()
    add = dialog.add.grab().toImage()
    assert count_of(add, accent) > add.width() * add.height() / 2
    view = dialog.tables.viewport()
    row = dialog.tables.visualRect(dialog.tables.currentIndex())
    shown = view.grab(QRect(0, row.y(), view.width(), row.height())).toImage()
    assert count_of(shown, chosen) > shown.width() * shown.height() / 2
    assert 0 < count_of(shown, accent) < shown.width() * shown.height() / 20  # the tick


def test_the_menu_keeps_no_menus_of_earlier_openings(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    operator.opens(night)
    adds(operator, layers_folder / "two.gpkg")
    menu = operator.window.reference_menu.menu
    for _ in range(4):
        menu.aboutToShow.emit()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(menu.findChildren(QMenu)) == 2


def test_a_plot_that_moves_with_its_layers_finds_them(
    operator: Operator, night: Path, layers_folder: Path, tmp_path: Path
) -> None:
    operator.opens(night)
    adds(operator, layers_folder / "two.gpkg")
    operator.closes()
    moved = tmp_path / "stick"
    moved.mkdir()
    shutil.move(night, moved / night.name)
    shutil.move(layers_folder, moved / layers_folder.name)
    operator.opens(moved / night.name)
    waits_for_layers(operator)
    assert statuses(operator) == [ReferenceStatus.LOADED] * 2


def test_a_file_that_changed_is_read_when_somebody_asks(
    operator: Operator, night: Path, layers_folder: Path
) -> None:
    path = geojson(layers_folder / "line.geojson")
    operator.opens(night)
    adds(operator, path)
    (layer,) = layers(operator)
    before = operator.window.references.loaded[layer.uid]
    geojson(path, (1.0, 50.0), (1.1, 50.1), (1.2, 50.3), (1.4, 50.4))
    operator.window.actions_by_id["read_references"].trigger()
    waits_for_layers(operator)
    after = operator.window.references.loaded[layer.uid]
    assert after is not before
    assert isinstance(after, ReferenceFeatures)
    assert after.geometries_m[0].length > 0


def test_removing_leaves_the_file_and_can_be_taken_back(
    operator: Operator,
    layer: ReferenceLayer,
    layers_folder: Path,
) -> None:
    operator.window.panels.layers.select(reference_id(layer.uid))
    action = next(a for a in operator.window.panels.layers.table.actions() if "emove" in a.text())
    assert action.isEnabled()
    action.trigger()
    operator.waits_until_saved()
    assert layers(operator) == []
    assert "Ctrl+Z" in operator.sees_banner()
    assert (layers_folder / "zones.kml").exists()
    operator.undoes()
    assert layers(operator) == [layer]


def test_what_was_removed_is_listed_as_withdrawn_and_restored_from_there(
    operator: Operator,
    layer: ReferenceLayer,
    night: Path,
) -> None:
    operator.presses("Alt+Y")
    operator.window.panels.layers.select(reference_id(layer.uid))
    operator.presses("Delete")
    operator.waits_until_saved()
    assert layers(operator) == []
    operator.presses("Ctrl+Shift+Delete")
    wait_until(lambda: operator.reads_panel("Withdrawn"), "it is listed")
    assert operator.reads_panel("Withdrawn")[0]["What"] == "reference layer zones"
    operator.presses("Return")
    waits_for_layers(operator)
    assert layers(operator) == [layer]
    assert statuses(operator) == [ReferenceStatus.LOADED]
    operator.closes()
    assert check(night) == ()


def green_px(operator: Operator) -> int:
    """How much of the chart shows the made-up tiles, once all of it is drawn."""
    operator.waits_for_chart()
    return count_of(operator.window.desk.canvas.grab().toImage(), GREEN, tolerance=40)


@pytest.mark.parametrize("is_dropped", [False, True], ids=["dialog", "drop"])
def test_tiles_are_added_drawn_hidden_removed_and_come_back(
    operator: Operator, night: Path, layers_folder: Path, is_dropped: bool
) -> None:
    over = tiles_over(1.0, 50.5, 2.0, 51.5, 8)
    told = {"name": "Made-up sea", "attribution": "Nobody, made up"}
    path = write_tiles(layers_folder / "sea.mbtiles", over, lambda _: plain_tile(GREEN), told)
    before = path.read_bytes()
    operator.opens(night)
    assert green_px(operator) == 0
    if is_dropped:
        assert operator.drops(path)
        wait_until(lambda: operator.window.findChild(AddReferencesDialog), "the dialog is open")
        dialog = the_dialog(operator)
        wait_until(lambda: dialog.loading.choices, "the file is read")
    else:
        dialog = opens_dialog(operator, path)
    row = dialog.tables.topLevelItem(0)
    assert row is not None
    assert (row.text(0), row.text(1)) == ("Made-up sea", "sea.mbtiles")
    assert not dialog.crs.isVisible()  # tiles say themselves where they are
    dialog.add.click()
    waits_for_layers(operator)
    back_in(operator)
    (layer,) = layers(operator)
    assert (layer.kind, layer.path) == (ReferenceKind.RASTER, "layers/sea.mbtiles")
    assert layer.credit == "Nobody, made up"
    shown = green_px(operator)
    assert shown > 10_000
    panel = operator.window.panels.layers
    operator.presses("Alt+Y")
    panel.select(reference_id(layer.uid))
    operator.presses("Space")
    assert green_px(operator) == 0
    operator.presses("Space")
    assert green_px(operator) == shown
    operator.presses("Delete")
    operator.waits_until_saved()
    assert layers(operator) == []
    assert green_px(operator) == 0
    operator.undoes()
    waits_for_layers(operator)
    assert layers(operator) == [layer]
    assert green_px(operator) == shown
    operator.undoes()
    assert layers(operator) == []
    operator.closes()
    assert path.read_bytes() == before
    assert sorted(each.name for each in layers_folder.glob("sea*")) == ["sea.mbtiles"]
    assert check(night) == ()


def test_the_style_opens_with_enter_in_the_list(
    operator: Operator,
    layer: ReferenceLayer,
) -> None:
    operator.presses("Alt+Y")
    operator.window.panels.layers.select(reference_id(layer.uid))
    operator.presses("Return")
    dialog = operator.window.findChild(ReferenceStyleDialog)
    assert isinstance(dialog, ReferenceStyleDialog)
    assert dialog.layer_uid == layer.uid
    keys = operator.window.panels.layers.keys()
    assert "In the list of layers: Style of the reference layer" in [text for text, _ in keys]


def test_the_panel_offers_what_can_be_done_with_a_reference_layer_alone(
    operator: Operator,
    layer: ReferenceLayer,
) -> None:
    panel = operator.window.panels.layers
    style = next(b for b in panel.findChildren(QPushButton) if "tyle" in b.text())
    panel.select("coast")
    assert not style.isEnabled()
    panel.select(reference_id(layer.uid))
    assert style.isEnabled()


def test_delete_in_the_list_removes_a_layer_and_undo_leaves_another_selected(
    operator: Operator,
    layer: ReferenceLayer,
) -> None:
    panel = operator.window.panels.layers
    style = next(b for b in panel.findChildren(QPushButton) if "tyle" in b.text())
    operator.presses("Alt+Y")
    panel.select(reference_id(layer.uid))
    row = panel.table.currentIndex().row()
    assert style.isEnabled()
    operator.presses("Delete")
    operator.waits_until_saved()
    assert layers(operator) == []
    assert panel.table.currentIndex().row() == min(row, panel.model.rowCount() - 1)
    assert not style.isEnabled()
    operator.undoes()
    assert layers(operator) == [layer]
    panel.select(reference_id(layer.uid))
    operator.undoes()
    assert layers(operator) == []
    assert panel.current
    assert not style.isEnabled()


def test_a_plot_without_layers_starts_no_child(
    operator: Operator, night: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr(reference_layers, "run_child", lambda *args, **_: started.append(args))
    operator.opens(night)
    operator.waits_for_chart()
    operator.closes()
    assert started == []


@pytest.mark.parametrize("fault", list(ReferenceFileFault))
def test_every_fault_is_one_sentence(operator: Operator, fault: ReferenceFileFault) -> None:
    said = file_error_text(ReferenceFileError(fault, Path("/desk/a.gpkg"), "x", 3))
    assert said.endswith(".")
    assert "{" not in said
    assert "a.gpkg" in said


@pytest.mark.parametrize("fault", list(RasterFault))
def test_every_fault_of_tiles_is_one_sentence(operator: Operator, fault: RasterFault) -> None:
    said = file_error_text(RasterFileError(fault, Path("/desk/a.mbtiles"), "x"))
    assert said.endswith(".")
    assert "a.mbtiles" in said
