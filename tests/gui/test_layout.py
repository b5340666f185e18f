"""What is to have its room: whole rows, low forms, buttons, fields as far from their frames."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDialogButtonBox,
    QLineEdit,
    QSpinBox,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.layers import Layer
from channelplot.commands.tracks import start_track
from channelplot.model.people import PeopleCount
from channelplot.settings import TEXT_SCALE_PERCENT, Settings, config_folder
from channelplot.ui.dialogs.add_references import AddReferencesDialog
from channelplot.ui.dialogs.colour import ColourDialog
from channelplot.ui.dialogs.reference_style import ReferenceStyleDialog
from channelplot.ui.icons import icon
from channelplot.ui.look import apply_look, switch_look
from channelplot.ui.panels.panels import FEWEST_LAYERS, FEWEST_TRACKS
from channelplot.ui.spin_text import set_text_apart
from channelplot.ui.theme import THEMES, Look
from helpers.builders import a_report, a_track
from helpers.chartwork_builders import a_reference_layer
from helpers.images import pixels
from helpers.ink import luminance_of
from helpers.operator import Operator, wait_until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support .*")

STEP_IN_MS = 60
ENABLED_TO_DISABLED = 1.4
"""At least so many times the contrast of an icon that is disabled has one that is enabled."""


@pytest.fixture
def crowded(operator: Operator, night: Path) -> Operator:
    """Somebody with eight boats, at a desk where nobody has taken the watch yet."""
    operator.has_watch = False
    operator.opens(night)
    document = operator.window.desk.session.document
    for number in range(8):
        report = a_report(f"02{10 + number}", people=PeopleCount(total=45))
        document.apply(start_track(a_track(f"B{number}", [report])))
    operator.waits_until_saved()
    operator.window.resize(1280, 800)
    operator.window.panels.lay_out(QSize(1280, 800))
    return operator


def rows_in_sight(table: QTableView) -> tuple[int, int]:
    """How many whole rows show, and how many pixels of the next one."""
    row_px = table.verticalHeader().defaultSectionSize()
    return divmod(table.viewport().height(), row_px)


def whole(table: QTableView) -> int:
    """How many rows show once the docks, which find their heights in steps, have found them.

    None of them is cut.
    """

    def is_settled() -> bool:
        before = rows_in_sight(table)
        QTest.qWait(STEP_IN_MS)
        return rows_in_sight(table) == before and before[1] <= 2

    wait_until(is_settled, "no part of another row shows")
    return rows_in_sight(table)[0]


def test_tracks_and_layers_share_the_height_in_whole_rows(crowded: Operator) -> None:
    panels = crowded.window.panels
    wait_until(lambda: whole(panels.tracks.table) >= FEWEST_TRACKS, "so many tracks show")
    crowded.presses("Alt+Y")
    wait_until(lambda: whole(panels.layers.table) >= FEWEST_LAYERS, "so many layers show")
    wait_until(lambda: whole(panels.tracks.table) >= FEWEST_TRACKS, "so many tracks show")
    assert "unaccounted" in panels.tracks.totals.text()
    for height_px in range(790, 830, 7):
        crowded.window.resize(1280, height_px)
        whole(panels.tracks.table)
        whole(panels.layers.table)


def test_the_layers_keep_whole_rows_when_something_is_wrong_with_a_scale(
    crowded: Operator,
) -> None:
    crowded.window.resize(1280, 900)
    crowded.presses("Alt+Y")
    panel = crowded.window.panels.layers
    before = whole(panel.table)
    panel.closest.refused.emit("far away")
    wait_until(panel.note.isVisible, "what is wrong is told")
    wait_until(lambda: 1 <= whole(panel.table) < before, "fewer rows, whole ones")


@pytest.mark.parametrize("percent", [100, 150])
def test_the_question_who_has_the_watch_is_two_low_rows(
    operator: Operator, night: Path, percent: int
) -> None:
    Settings(config_folder()).choose(TEXT_SCALE_PERCENT, percent)
    operator.has_watch = False
    operator.opens(night)
    window = operator.window
    window.resize(1280, 800)
    bar = window.entry.bar
    wait_until(lambda: bar.width() == 1280, "the bar is as wide as the window")
    line_px = window.fontMetrics().height()
    assert bar.isVisible()
    assert bar.height() <= 4.2 * line_px
    readback = next(form.readback for form in window.entry.forms() if form.isVisible())
    text_px = readback.fontMetrics().horizontalAdvance(readback.text())
    assert text_px <= readback.width(), "all of it shows"
    assert readback.height() >= readback.fontMetrics().height()
    operator.presses("Ctrl+Shift+W", "Tab")
    assert isinstance(operator.focus, QWidget)
    assert getattr(operator.focus, "text", str)() == "Cancel", "the buttons come after the field"


@pytest.mark.parametrize("is_painted", [True, False], ids=["painted", "a picture"])
@pytest.mark.parametrize("look", list(Look))
def test_a_disabled_icon_is_fainter_not_only_of_another_hue(
    qapp: QApplication, look: Look, is_painted: bool
) -> None:
    switch_look(qapp, look)
    ground = QColor(THEMES[look].window)
    contrasts = []
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        image = QImage(48, 48, QImage.Format.Format_RGB32)
        image.fill(ground)
        with QPainter(image) as painter:
            if is_painted:
                icon("home").paint(painter, image.rect(), Qt.AlignmentFlag.AlignCenter, mode)
            else:
                painter.drawPixmap(0, 0, icon("home").pixmap(QSize(48, 48), 1.0, mode))
        drawn = luminance_of(image)
        empty = drawn[0, 0]
        lights = np.sort(np.array([(drawn + 0.05).ravel(), np.full(drawn.size, empty + 0.05)]), 0)
        contrasts.append(float((lights[1] / lights[0]).max()))
    enabled, disabled = contrasts
    assert enabled >= ENABLED_TO_DISABLED * disabled
    assert disabled >= 1.5, "it is seen all the same"
    apply_look(qapp, Look.DAY)


def first_ink_px(field: QWidget) -> int:
    """How far the text of a field is from its left edge."""
    shown = pixels(field.grab().toImage())[6:-6, 4:-4, :3].astype(np.int16)
    columns = (np.abs(shown - shown[0, 0]).sum(axis=-1) > 200).any(axis=0)
    return 4 + int(np.argmax(columns))


def test_the_text_of_a_spin_box_stands_where_that_of_a_field_does(qapp: QApplication) -> None:
    apply_look(qapp, Look.DAY)
    both = QWidget()
    spin, edit = QSpinBox(both), QLineEdit("50", both)
    spin.setValue(50)
    set_text_apart(spin)
    column = QVBoxLayout(both)
    column.addWidget(spin)
    column.addWidget(edit)
    both.resize(160, 100)
    both.show()
    qapp.processEvents()
    assert abs(first_ink_px(spin) - first_ink_px(edit)) <= 1
    assert spin.height() == edit.height()
    both.close()
    both.deleteLater()


def test_every_spin_box_of_the_window_has_its_text_apart(operator: Operator, night: Path) -> None:
    operator.opens(night)
    window = operator.window
    style = ReferenceStyleDialog(window, window.desk, window.references, a_reference_layer())
    colour = ColourDialog(window, "Colour of lines", "#0a5fb4")
    operator.presses("Ctrl+,")
    boxes = window.findChildren(QAbstractSpinBox)
    assert len(boxes) > 10
    for box in boxes:
        edit = box.lineEdit()
        assert edit is not None
        assert edit.textMargins().left() > 0, box.accessibleName()
    ok = QDialogButtonBox.StandardButton.Ok
    for dialog in (style, colour):
        (buttons,) = dialog.findChildren(QDialogButtonBox)
        assert buttons.button(ok).property("primary")
        dialog.close()
        dialog.deleteLater()


@pytest.mark.parametrize(("percent", "width_px"), [(100, 1280), (150, 1280), (200, 1280)])
def test_every_button_of_the_tool_bar_shows(
    operator: Operator, night: Path, percent: int, width_px: int
) -> None:
    Settings(config_folder()).choose(TEXT_SCALE_PERCENT, percent)
    operator.opens(night)
    operator.window.resize(width_px, 800)
    looks = operator.window.findChild(QWidget, "looks")
    assert looks is not None
    buttons = looks.findChildren(QToolButton)
    wait_until(lambda: operator.window.width() == width_px, "the window is so wide")
    wait_until(lambda: all(b.visibleRegion().boundingRect() == b.rect() for b in buttons), "shown")
    action = operator.window.actions_by_id["snapshot"]
    (shot,) = (
        each for each in operator.window.findChildren(QToolButton) if each.defaultAction() is action
    )
    is_short = shot.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    assert is_short is (percent > 100)
    operator.window.resize(2600, 800)
    words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    wait_until(lambda: shot.toolButtonStyle() is words, "the words are back")


def test_a_layer_is_added_and_its_style_changed_by_keys_alone(
    operator: Operator, night: Path, tmp_path: Path
) -> None:
    path = tmp_path / "box.geojson"
    corners = [[1.3, 50.9], [1.6, 50.9], [1.6, 51.1], [1.3, 51.1], [1.3, 50.9]]
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [corners]}), encoding="utf-8")
    operator.opens(night)
    window = operator.window
    operator.presses("Ctrl+Shift+L")
    dialog = window.findChild(AddReferencesDialog)
    assert dialog is not None
    wait_until(lambda: QApplication.activeWindow() is dialog, "the dialog has the keys")
    # Enter on the first button chooses files.
    operator.chooses_file(path, lambda: operator.presses("Return"))
    dialog.activateWindow()  # a window manager would give it the keys back
    wait_until(dialog.add.isEnabled, "the file is read")
    operator.presses("Return")
    wait_until(lambda: "is on the chart" in operator.sees_banner(), "Enter adds it")
    window.activateWindow()
    wait_until(lambda: QApplication.activeWindow() is window, "the window has the keys")
    operator.presses("Alt+Y")
    panel = window.panels.layers
    assert panel.current not in set(Layer), "the new layer is selected"
    operator.presses("Return")
    style = window.findChild(ReferenceStyleDialog)
    assert style is not None
    style.close()


def test_tab_passes_over_panels_behind_others(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.presses("Alt+Y")
    seen = []
    for _ in range(40):
        operator.presses("Tab")
        seen.append(operator.focus)
        assert not operator.focus.visibleRegion().isEmpty(), operator.focus_name
    table = operator.window.panels.layers.table
    assert table in seen, "it goes round"
    operator.presses("Shift+Tab")
    assert not operator.focus.visibleRegion().isEmpty()
