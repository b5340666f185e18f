"""Day, dusk and night: chosen, remembered, and measured in the pixels of every window."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTabBar,
    QToolButton,
    QToolTip,
    QWidget,
)

from channelplot.basemap.catalogue import credit_lines
from channelplot.chart.palette import DAY as CHART_DAY
from channelplot.chart.palette import PALETTES
from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from channelplot.settings import PALETTE, SETTINGS, Settings, config_folder
from channelplot.snapshot.compose import PALETTE as SNAPSHOT_PALETTE
from channelplot.store.lock import LockHolder
from channelplot.tools.tool import ToolId
from channelplot.ui import theme as themes
from channelplot.ui.banner import Severity
from channelplot.ui.dialogs.about import AboutDialog
from channelplot.ui.dialogs.add_references import AddReferencesDialog
from channelplot.ui.dialogs.colour import ColourDialog
from channelplot.ui.dialogs.export_file import ExportDialog
from channelplot.ui.dialogs.import_file import ImportDialog
from channelplot.ui.dialogs.keys import KeysDialog
from channelplot.ui.dialogs.load_limits import LoadLimitsDialog
from channelplot.ui.dialogs.lost_acts import LostActsDialog
from channelplot.ui.dialogs.new_plot import NewPlotDialog
from channelplot.ui.dialogs.reference_style import ReferenceStyleDialog
from channelplot.ui.dialogs.restore import RestoreDialog
from channelplot.ui.dialogs.saved_views import SavedViewsDialog
from channelplot.ui.dialogs.settings import SettingsDialog
from channelplot.ui.dialogs.take_over import TakeOverDialog
from channelplot.ui.dialogs.use_of_files import Use, UseDialog
from channelplot.ui.entry_strip import Task
from channelplot.ui.files import file_dialogs
from channelplot.ui.look import apply_look, switch_look
from channelplot.ui.theme import NIGHT, THEMES, Look, Theme
from helpers.builders import at
from helpers.chartwork_builders import a_reference_layer
from helpers.ink import faintest_word, luminance_of, picture, texts_of
from helpers.operator import Operator, wait_until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support .*")

BRIGHTEST_AT_NIGHT = 0.13
LEAST_CONTRAST = {Look.DAY: 4.5, Look.DUSK: 4.5, Look.NIGHT: 3.0}
SETTLES_IN_S = 2.0
ROUNDING = 0.995
"""Of eight bits a colour is off by so much."""


@pytest.fixture(autouse=True)
def _day_again(qapp: QApplication) -> Iterator[None]:
    """Leave the day's colours to the tests that come after."""
    yield
    apply_look(qapp, Look.DAY)


@pytest.fixture
def desk(operator: Operator) -> Operator:
    """Somebody at the example, which has a bit of everything, with room for all of the tool bar."""
    operator.opens()
    operator.window.resize(1280, 800)
    return operator


def faults(window: QWidget, look: Look) -> list[str]:
    """What is too faint to be read in a window, and at night what is too bright."""
    least = LEAST_CONTRAST[look] * ROUNDING
    luminance = luminance_of(picture(window))
    found = [str(text) for text in texts_of(window, luminance) if text.contrast < least]
    brightest = float(luminance.max())
    if look is Look.NIGHT and brightest > BRIGHTEST_AT_NIGHT:
        found.append(f"a pixel of luminance {brightest:.3f}")
    return found


def looks_right(window: QWidget, look: Look, what: str) -> None:
    """Require that a window can be read."""
    wrong = wrong_in(window, look, what)
    assert not wrong, wrong


def wrong_in(window: QWidget, look: Look, what: str) -> str:
    """Measure a window, again where it is still finding its layout; "" where it can be read."""
    wait_until(window.isVisible, f"{what} shows")
    end_s = time.monotonic() + SETTLES_IN_S
    QApplication.processEvents()
    while (wrong := faults(window, look)) and time.monotonic() < end_s:
        QTest.qWait(100)
    return f"{look}, {what}: " + "; ".join(wrong) if wrong else ""


def select_lost_boat(desk: Operator) -> None:
    tracks = desk.window.desk.session.document.plot.tracks.values()
    lost = next(track for track in tracks if track.name == "C")
    desk.window.desk.session.selection.set(frozenset({lost.uid}))


@pytest.mark.parametrize("look", list(Look))
def test_the_window_and_every_panel(desk: Operator, look: Look) -> None:
    window = desk.window
    window.desk.look.choose(look)
    desk.waits_for_chart()
    looks_right(window, look, "the window")
    for name in window.panels._docks:
        window.panels.bring_forward(name)
        looks_right(window, look, f"the panel {name}")
    select_lost_boat(desk)
    for name in ("tracks", "watch_log", "chartwork"):
        window.panels.bring_forward(name)
        looks_right(window, look, f"the panel {name} with a boat selected")
    for severity in Severity:
        window.banner.show_message(
            "The file was changed by another program.",
            severity,
            action="look",
            action_text="Look at it",
            topic=severity.value,
        )
        looks_right(window, look, f"a message that is {severity}")
    assert "more" in window.banner.more.text()


@pytest.mark.parametrize("look", list(Look))
def test_every_form_and_every_state_of_the_line(desk: Operator, look: Look) -> None:
    window = desk.window
    window.desk.look.choose(look)
    desk.waits_for_chart()
    for tool in ToolId:
        window.desk.toolbox.take_up(tool)
        looks_right(window, look, f"the form of the tool {tool}")
    window.desk.toolbox.take_up(ToolId.SELECT)
    begun = set()
    for task in Task:
        select_lost_boat(desk)
        if window.entry.begin(task):
            begun.add(task)
            looks_right(window, look, f"the form of {task}")
            window.entry.escape()
            window.entry.escape()
    assert len(begun) >= len(Task) - 2  # neither a line of the log is selected, nor two reports
    for text in (
        "0210 50 58.0N 001 41.0E 310/4 45pob inflatable",
        "0210 50 58.0N 00x",
        "0246 50 59.2N 001 36.9E 55pob",
    ):
        window.line.edit.setText(text)
        window.line.show_draft()
        looks_right(window, look, f"the line {text}")


def menus_of(menu: QMenu) -> Iterator[QMenu]:
    yield menu
    for action in menu.actions():
        within = action.menu()
        if isinstance(within, QMenu):
            yield from menus_of(within)


@pytest.mark.parametrize("look", list(Look))
def test_every_menu(desk: Operator, look: Look) -> None:
    window = desk.window
    window.desk.look.choose(look)
    seen = 0
    for bar_action in window.menuBar().actions():
        top = bar_action.menu()
        assert isinstance(top, QMenu)
        for menu in menus_of(top):
            menu.popup(window.mapToGlobal(QPoint(20, 20)))
            first = next(iter(menu.actions()), None)
            if first is not None:
                menu.setActiveAction(first)
            looks_right(menu, look, f"the menu {menu.title()}")
            menu.close()
            seen += 1
    assert seen >= 10


def _dialogs(desk: Operator, folder: Path) -> dict[str, Callable[[], QDialog]]:
    window = desk.window

    def asked() -> QDialog:
        box = QMessageBox(window)
        box.setText("Three acts are not saved.")
        box.setInformativeText("The disk is full.")
        box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
        return box

    def imported() -> QDialog:
        """With a row on each page: what comes in, what is refused, and what differs."""
        plot = window.desk.session.document.plot
        track = plot.tracks[next(uid for uid, each in plot.tracks.items() if each.reports)]
        other = replace(track.reports[0], as_received="seen by another")
        path = folder / "radar.csv"
        export(Selection(plot=plot.with_report(other)), path, Format.CSV, at("0300"))
        rows = path.read_text(encoding="utf-8-sig")
        path.write_text(rows + rows.splitlines()[-1].replace("Z,", "X,") + "\n", encoding="utf-8")
        dialog = ImportDialog(window, window.desk, window.exchange._incoming)
        dialog.read([path])
        wait_until(lambda: dialog.work.looked and not dialog.work.is_working, "it is read")
        return dialog

    return {
        "about": lambda: AboutDialog(window, credit_lines()),
        "keys": lambda: KeysDialog(window, window.actions_by_id.keys()),
        "settings": lambda: SettingsDialog(window, window.desk.figures),
        "limits": lambda: LoadLimitsDialog(window, window.desk),
        "file": lambda: file_dialogs._dialog(
            window, "Open", str(folder), "Plots (*.gpkg);;All (*)"
        ),
        "question": asked,
        "restore": lambda: RestoreDialog(
            window,
            desk.plot_path,
            None,
            window.desk.background,
            window.desk.session.clock,
            lambda: True,
        ),
        "lost": lambda: LostActsDialog(
            window, "0210Z report of A\n0245Z report of C", lambda: None
        ),
        "new": lambda: NewPlotDialog(
            window, window.desk.session.document.plot, folder, window.desk.session.clock()
        ),
        "take over": lambda: TakeOverDialog(
            window,
            desk.plot_path,
            LockHolder(4711, "dover", "officer", window.desk.session.clock()),
        ),
        "references": lambda: AddReferencesDialog(
            window, window.desk, window.references.background
        ),
        "style": lambda: ReferenceStyleDialog(
            window, window.desk, window.references, a_reference_layer()
        ),
        "colour": lambda: ColourDialog(window, "Colour of lines", "#0a5fb4"),
        "import": imported,
        "export": lambda: ExportDialog(
            window, window.desk, window.exchange._outgoing, window.exchange._files
        ),
        "uses": lambda: UseDialog(window, [desk.plot_path], list(Use)),
        "views": lambda: SavedViewsDialog(window, window.views._views),
    }


@pytest.mark.parametrize("look", list(Look))
def test_every_dialog(desk: Operator, tmp_path: Path, look: Look) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "night.gpkg").write_bytes(b"")
    desk.window.desk.look.choose(look)
    dialogs = _dialogs(desk, tmp_path)
    assert len(dialogs) == 17
    wrong = []
    for name, make in dialogs.items():
        dialog = make()
        dialog.show()
        wrong.append(wrong_in(dialog, look, name))
        for tabs in dialog.findChildren(QTabBar):
            for number in range(tabs.count()):
                tabs.setCurrentIndex(number)
                wrong.append(wrong_in(dialog, look, f"{name}, {tabs.tabText(number)}"))
        for box in dialog.findChildren(QComboBox):
            if box.isVisible() and box.count():
                box.showPopup()
                popup = box.view().window()
                wrong.append(wrong_in(popup, look, f"{name}, a list that opens"))
                box.hidePopup()
        dialog.close()
        dialog.deleteLater()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    assert not any(wrong), "\n".join(filter(None, wrong))


def test_the_brightest_colour_that_can_be_chosen_is_dimmed_at_night(desk: Operator) -> None:
    dialog = ColourDialog(desk.window, "Colour of lines", "#ffffff")
    dialog.show()
    by_day = float(luminance_of(picture(dialog)).max())
    assert by_day > 0.9  # white is shown as white
    desk.window.desk.look.choose(Look.NIGHT)
    looks_right(dialog, Look.NIGHT, "a white that is chosen")
    colours = [each for each in dialog.findChildren(QWidget) if _shows_colours(each)]
    assert len(colours) == 5  # two of fixed colours, hue and saturation, brightness, what is chosen
    for each in colours:
        assert 0.05 < float(luminance_of(picture(each)).max()) <= BRIGHTEST_AT_NIGHT
    dialog.close()
    dialog.deleteLater()


def _shows_colours(widget: QWidget) -> bool:
    """Whether it is one of the fields of Qt's own dialog that are full of colour."""
    kind = widget.metaObject().className()
    return kind.endswith(("QColorWell", "Picker", "QColorShowLabel"))


@pytest.mark.parametrize("look", list(Look))
def test_tooltips(desk: Operator, look: Look) -> None:
    desk.window.desk.look.choose(look)
    QToolTip.showText(desk.window.mapToGlobal(QPoint(300, 300)), "One line\nand another")
    tips = [each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel")]
    assert tips
    looks_right(tips[-1], look, "a tooltip")
    QToolTip.hideText()
    wait_until(lambda: not tips[-1].isVisible(), "the tooltip is gone")


def test_a_dialog_that_is_open_follows(desk: Operator) -> None:
    dialog = SettingsDialog(desk.window, desk.window.desk.figures)
    dialog.show()
    desk.window.desk.look.choose(Look.NIGHT)
    looks_right(dialog, Look.NIGHT, "the settings that were open before")
    dialog.close()
    dialog.deleteLater()


def test_what_was_hidden_follows(desk: Operator) -> None:
    """Widgets that the style has seen, and that nobody sees when the look changes."""
    dialog = SettingsDialog(desk.window, desk.window.desk.figures)
    dialog.show()
    QApplication.processEvents()
    dialog.hide()
    desk.window.desk.look.choose(Look.NIGHT)
    QTest.qWait(200)  # nobody sees it, and it is done when there is time
    dialog.show()
    looks_right(dialog, Look.NIGHT, "the settings that were hidden")
    dialog.close()
    dialog.deleteLater()


def test_the_caret_is_no_brighter_than_the_text_at_night(desk: Operator) -> None:
    desk.window.desk.look.choose(Look.NIGHT)
    edit = desk.window.line.edit
    desk.presses("F4")
    assert QApplication.focusWidget() is edit
    brightest = []
    for _ in range(30):  # as long as a caret blinks
        QTest.qWait(50)
        brightest.append(float(luminance_of(edit.grab().toImage()).max()))
    assert max(brightest) <= BRIGHTEST_AT_NIGHT


def test_f10_goes_to_the_next_look_and_it_is_remembered(desk: Operator) -> None:
    window = desk.window
    assert window.desk.look.current.value == "day"
    seen = []
    for _ in range(4):
        desk.presses("F10")
        seen.append(window.desk.look.current)
        ticked = [look for look in Look if window.actions_by_id[look.value].isChecked()]
        assert ticked == [window.desk.look.current]
        assert window.desk.canvas.scene().palette == PALETTES[window.desk.look.current]
    assert seen == [Look.DUSK, Look.NIGHT, Look.DAY, Look.DUSK]
    desk.presses("Shift+F10")
    assert window.desk.look.current.value == "dusk"
    desk.closes()
    desk.opens()
    assert desk.window.desk.look.current.value == themes.shown_look().value == "dusk"
    assert desk.window.actions_by_id["dusk"].isChecked()


def test_the_tool_bar_has_the_three_looks_side_by_side(desk: Operator) -> None:
    buttons = [
        button
        for button in desk.window.findChildren(QToolButton)
        if button.isVisible() and button.text() in ("Day", "Dusk", "Night")
    ]
    assert [button.text() for button in buttons] == ["Day", "Dusk", "Night"]
    QTest.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert desk.window.desk.look.current is Look.NIGHT
    assert [button.isChecked() for button in buttons] == [False, False, True]
    assert "F10" in buttons[0].toolTip()


def test_a_window_is_dark_before_it_first_shows(qapp: QApplication, operator: Operator) -> None:
    Settings(config_folder()).choose(PALETTE, "night")
    operator.opens()
    looks_right(operator.window, Look.NIGHT, "the window at its start")
    first = QLabel("opening")  # what shows while there is no window
    first.show()
    looks_right(first, Look.NIGHT, "the first thing that shows")
    first.close()
    first.deleteLater()


def test_snapshots_are_by_day_whatever_the_look() -> None:
    assert replace(CHART_DAY, frame_light="#ffffff") == SNAPSHOT_PALETTE


def test_the_codes_of_the_setting_are_those_of_looks_and_palettes() -> None:
    assert PALETTE in SETTINGS
    assert PALETTE.choices == tuple(look.value for look in Look) == tuple(PALETTES)
    assert set(THEMES) == set(Look)


def spoilt(monkeypatch: pytest.MonkeyPatch, **colours: str) -> Theme:
    theme = replace(NIGHT, **colours)
    monkeypatch.setitem(themes.THEMES, Look.NIGHT, theme)
    return theme


@pytest.mark.parametrize(
    "wrong", [{"faint_text": "#3a4046"}, {"text": "#b0a090"}, {"window": "#202428"}]
)
def test_a_wrong_colour_is_found(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str]
) -> None:
    spoilt(monkeypatch, **wrong)
    switch_look(qapp, Look.NIGHT)
    dialog = QDialog()
    label, faint, edit = QLabel("Position", dialog), QLabel("none yet", dialog), QLineEdit(dialog)
    faint.setProperty("faint", True)
    for number, widget in enumerate((label, faint, edit)):
        widget.setGeometry(10, 10 + 40 * number, 180, 30)
    edit.setText("51 00.0N")
    edit.setReadOnly(True)  # a caret is dimmed by the main window alone
    dialog.resize(200, 140)
    dialog.show()
    assert faults(dialog, Look.NIGHT)
    monkeypatch.undo()
    switch_look(qapp, Look.NIGHT)
    QApplication.processEvents()
    assert not faults(dialog, Look.NIGHT)
    dialog.close()
    dialog.deleteLater()


def test_one_faint_word_among_others_is_found(qapp: QApplication) -> None:
    label = QLabel("plain <span style='color:#dddddd'>pale</span> plain")
    label.setStyleSheet("background: white; color: black; font-size: 14px")
    label.resize(200, 30)
    label.show()
    assert label.text() == texts_of(label)[0].words
    assert texts_of(label)[0].contrast < 1.6
    label.close()
    label.deleteLater()


def test_nothing_written_has_no_contrast(qapp: QApplication) -> None:
    image = QImage(60, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGray)
    assert faintest_word(luminance_of(image)) is None
