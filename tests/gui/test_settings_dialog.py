"""The settings by keyboard: each with its source and its default, counting at once."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from channelplot.model.codes import Craft, SourceKind
from channelplot.settings import (
    ALERT_SOUND,
    APPROACH_DISTANCE_M,
    APPROACH_WITHIN_MIN,
    BACKUP_FOLDER,
    CONTACT_ADRIFT_MIN,
    CONTACT_INTERVAL_MIN,
    CROSSING_WARNING_MIN,
    ERROR_GROWTH,
    ERROR_GROWTH_ADRIFT,
    LEEWAY_PERCENT,
    MARKINGS,
    PLAUSIBLE_SPEED_FAST_BOAT_KN,
    PLAUSIBLE_SPEED_KN,
    POSITION_ERROR_M,
    TEXT_SCALE_PERCENT,
    Setting,
    Settings,
    config_folder,
)
from channelplot.ui.dialogs.setting_rows import FigureBox, SettingRow
from channelplot.ui.dialogs.settings import SettingsDialog
from helpers.operator import Operator, wait_until


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at an empty plot."""
    operator.opens(night)
    return operator


def opened(desk: Operator) -> SettingsDialog:
    """The dialog that Ctrl+comma opens, in front."""
    desk.presses("Ctrl+,")
    dialog = desk.window.findChild(SettingsDialog)
    assert dialog is not None
    wait_until(lambda: QApplication.activeWindow() is dialog, "the settings are in front")
    return dialog


def row_of(dialog: SettingsDialog, setting: Setting) -> SettingRow:
    """The row of a setting, with its page in front."""
    (row,) = (each for each in dialog.rows if each.setting is setting)
    for index in range(dialog.pages.count()):
        page = dialog.pages.widget(index)
        assert isinstance(page, QWidget)
        if page.isAncestorOf(row.field):
            dialog.pages.setCurrentIndex(index)
    return row


def types_figure(row: SettingRow, figure: str) -> None:
    """Put the caret in a figure, type another and press Enter."""
    row.field.setFocus(Qt.FocusReason.TabFocusReason)
    wait_until(row.field.hasFocus, "the caret is in the figure")
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, figure)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_everything_there_is_stands_in_it_with_its_source(desk: Operator) -> None:
    dialog = opened(desk)
    assert {row.setting for row in dialog.rows} == {
        TEXT_SCALE_PERCENT,
        CONTACT_INTERVAL_MIN,
        CONTACT_ADRIFT_MIN,
        ALERT_SOUND,
        *POSITION_ERROR_M.values(),
        *ERROR_GROWTH.values(),
        ERROR_GROWTH_ADRIFT,
        *PLAUSIBLE_SPEED_KN.values(),
        PLAUSIBLE_SPEED_FAST_BOAT_KN,
        APPROACH_DISTANCE_M,
        APPROACH_WITHIN_MIN,
        CROSSING_WARNING_MIN,
        LEEWAY_PERCENT,
        BACKUP_FOLDER,
        MARKINGS,
    }
    for row in dialog.rows:
        row_of(dialog, row.setting)
        assert row.field.isVisible()
        if row.setting.source:
            assert row.setting.source in row.source.text()
            assert row.source.isVisible()
    names = [row.field.accessibleName() for row in dialog.rows]
    assert len(set(names)) == len(names)
    assert all(names)


def test_it_is_not_modal_and_there_is_one_of_it(desk: Operator) -> None:
    dialog = opened(desk)
    assert not dialog.isModal()
    desk.window.activateWindow()
    wait_until(lambda: QApplication.activeWindow() is desk.window, "the window is in front")
    desk.types_line("0310 50 5")
    assert desk.line_text() == "0310 50 5"
    assert opened(desk) is dialog
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    wait_until(lambda: desk.window.findChild(SettingsDialog) is None, "the settings are gone")


def test_a_figure_counts_at_once_everywhere_and_next_time(desk: Operator) -> None:
    dialog = opened(desk)
    row = row_of(dialog, POSITION_ERROR_M[SourceKind.PHONE])
    assert row.other_unit.text() == "1.00 NM"
    types_figure(row, "926")

    assert desk.window.desk.figures.error_model.error_m[SourceKind.PHONE] == 926.0
    assert row.other_unit.text() == "0.50 NM"
    assert Settings(config_folder()).value(POSITION_ERROR_M[SourceKind.PHONE]) == 926
    assert dialog.isVisible(), "Enter ends the figure, not the dialog"


def test_the_same_boat_test_goes_by_the_figures(desk: Operator) -> None:
    desk.sets_clock("0210")
    desk.enters_line("50 58.0N 001 41.0E ship")
    row = row_of(opened(desk), PLAUSIBLE_SPEED_KN[Craft.SMALL_BOAT])
    types_figure(row, "30")
    assert desk.window.desk.figures.error_model.plausible_speed_kn[Craft.SMALL_BOAT] == 30.0
    boats = desk.window.desk.line_draft.boats
    assert boats is not None
    assert boats._model.plausible_speed_kn[Craft.SMALL_BOAT] == 30.0


def test_a_contact_interval_makes_boats_overdue_at_once(desk: Operator) -> None:
    desk.sets_clock("0245")
    desk.enters_line("50 58.0N 001 41.0E")
    desk.sets_clock("0301")
    assert desk.reads_column("Tracks", "Next") == ["0315Z"]
    types_figure(row_of(opened(desk), CONTACT_INTERVAL_MIN), "15")
    assert desk.reads_column("Tracks", "Next") == ["+1 min"]


def test_back_to_the_default(desk: Operator) -> None:
    dialog = opened(desk)
    row = row_of(dialog, ERROR_GROWTH_ADRIFT)
    assert row.back.text() == "Default: 5556 m an hour"
    assert not row.back.isEnabled()
    types_figure(row, "9260")
    assert row.other_unit.text() == "5.00 kn"
    assert row.back.isEnabled()
    row.back.click()
    assert isinstance(row.field, FigureBox)
    assert (row.field.value(), row.other_unit.text()) == (5556, "3.00 kn")
    assert desk.window.desk.figures.value(ERROR_GROWTH_ADRIFT) == 5556


def test_the_sound_is_the_same_here_and_in_the_menu(desk: Operator) -> None:
    row = row_of(opened(desk), ALERT_SOUND)
    row.field.setFocus()
    QTest.keyClick(row.field, Qt.Key.Key_Space)
    assert not desk.menu_action("View", "Sound").isChecked()
    assert not desk.window.desk.figures.is_sound_on
    desk.takes_from_menu("View", "Sound")
    assert row.field.isChecked()  # type: ignore[union-attr]


def test_texts_on_the_chart_grow_at_once(desk: Operator) -> None:
    row = row_of(opened(desk), TEXT_SCALE_PERCENT)
    types_figure(row, "150")
    assert desk.window.desk.canvas.scene().text_factor == 1.5
    assert "next start" in row.source.text()


def test_figures_out_of_range_cannot_be_typed(desk: Operator) -> None:
    row = row_of(opened(desk), CONTACT_INTERVAL_MIN)
    types_figure(row, "14400")
    assert 1 <= int(desk.window.desk.figures.value(CONTACT_INTERVAL_MIN)) <= 1440


def test_the_wheel_scrolls_past_the_figures(desk: Operator) -> None:
    dialog = opened(desk)
    row = row_of(dialog, POSITION_ERROR_M[SourceKind.RADAR])
    dialog.pages.tabBar().setFocus()
    wheel = QWheelEvent(
        QPointF(5.0, 5.0),
        row.field.mapToGlobal(QPointF(5.0, 5.0)),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(row.field, wheel)
    assert desk.window.desk.figures.value(row.setting) == 1852
    row.field.setFocus()
    wait_until(row.field.hasFocus, "the caret is in the figure")
    QApplication.sendEvent(row.field, wheel)
    assert int(desk.window.desk.figures.value(row.setting)) > 1852


def test_settings_that_cannot_be_kept_say_so_and_count(desk: Operator) -> None:
    dialog = opened(desk)
    folder = config_folder()
    folder.rename(folder.with_name("elsewhere"))
    folder.write_text("in the way", "ascii")
    types_figure(row_of(dialog, CONTACT_INTERVAL_MIN), "20")
    assert dialog.fault.isVisible()
    assert "until the program ends" in dialog.fault.text()
    assert desk.window.desk.figures.usual_interval_min == 20
    folder.unlink()
    folder.with_name("elsewhere").rename(folder)
    types_figure(row_of(dialog, CONTACT_INTERVAL_MIN), "25")
    assert not dialog.fault.isVisible()


@pytest.mark.parametrize("percent", [100, 150])
def test_no_text_is_cut(operator: Operator, night: Path, percent: int) -> None:
    Settings(config_folder()).choose(TEXT_SCALE_PERCENT, percent)
    operator.opens(night)
    dialog = opened(operator)
    for index in range(dialog.pages.count()):
        dialog.pages.setCurrentIndex(index)
        page = dialog.pages.widget(index)
        assert page is not None
        right = page.mapToGlobal(QPoint(page.width(), 0)).x()
        shown = [w for w in page.findChildren(QWidget) if w.isVisible() and w.accessibleName()]
        shown += [w for w in page.findChildren(QLabel) if w.isVisible()]
        assert len(shown) > 5
        for widget in shown:
            assert widget.mapToGlobal(QPoint(widget.width(), 0)).x() <= right
            if isinstance(widget, QLabel) and not widget.wordWrap():
                assert widget.sizeHint().width() <= widget.width(), widget.text()


def test_a_second_folder_for_backups_is_typed(desk: Operator, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    dialog = opened(desk)
    row = row_of(dialog, BACKUP_FOLDER)
    types_figure(row, str(disk))
    assert Settings(config_folder()).backup_folder() == disk
    assert dialog.fault.isHidden()
    assert dialog.isVisible(), "Enter ends the name, not the dialog"
    row.back.click()
    assert Settings(config_folder()).backup_folder() is None
    assert isinstance(row.field, QLineEdit)
    assert row.field.text() == ""


@pytest.mark.parametrize("text", ["/no/such/folder", "relative"])
def test_a_folder_that_is_not_there_is_refused(
    desk: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "relative").mkdir()
    monkeypatch.chdir(tmp_path)
    dialog = opened(desk)
    types_figure(row_of(dialog, BACKUP_FOLDER), text)
    assert dialog.fault.text().startswith(f"There is no folder {text}.")
    assert dialog.fault.isVisible()
    assert Settings(config_folder()).backup_folder() is None


def test_a_second_folder_is_chosen_from_what_is_there(
    desk: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["", str(tmp_path)])
    chooser = "channelplot.ui.dialogs.setting_rows.folder_to_use"
    monkeypatch.setattr(chooser, lambda *_: next(answers))
    row = row_of(opened(desk), BACKUP_FOLDER)
    assert row.browse is not None
    row.browse.click()
    assert Settings(config_folder()).backup_folder() is None
    row.browse.click()
    assert Settings(config_folder()).backup_folder() == tmp_path
    assert isinstance(row.field, QLineEdit)
    assert row.field.text() == str(tmp_path)
