"""The File menu's dialogs: names that can't be, Cancel, suffixes, what is offered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from channelplot.ui.dialogs.new_plot import NewPlotDialog
from helpers.builders import R1
from helpers.operator import Operator


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with an empty plot open."""
    operator.opens(night)
    return operator


def press_enter_on(dialog: NewPlotDialog, name: str) -> None:
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, name)
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)


def test_a_new_plot_is_offered_a_name_by_date_and_time(desk: Operator) -> None:
    seen: list[str] = []

    def look(dialog: NewPlotDialog) -> None:
        seen.append(dialog.name.text())
        assert dialog.path.parent == desk.plot_path.parent
        assert not dialog.carry_over.isEnabled(), "no boat is open"
        dialog.reject()

    desk.answers(NewPlotDialog, look, lambda: desk.presses("Ctrl+N"))

    assert seen == ["Watch 2026-09-15 0300Z"]
    assert desk.plot_path.name == "night.gpkg"


@pytest.mark.parametrize("name", ["", "   ", "a/b", "..\\x", "night", 'a"b', "a|b", "a?b"])
def test_a_name_that_cannot_be_is_told_in_the_dialog(desk: Operator, name: str) -> None:
    faults: list[str] = []

    def answer(dialog: NewPlotDialog) -> None:
        dialog.name.selectAll()
        QTest.keyClick(dialog.name, Qt.Key.Key_Delete)
        press_enter_on(dialog, name)
        faults.append(dialog.fault.text())
        dialog.reject()

    before = sorted(desk.plot_path.parent.iterdir())
    desk.answers(NewPlotDialog, answer, lambda: desk.presses("Ctrl+N"))

    assert faults[0]
    assert sorted(desk.plot_path.parent.iterdir()) == before


def test_a_new_plot_in_a_folder_that_is_gone_is_told(desk: Operator) -> None:
    folder = desk.plot_path.parent

    assert not desk.window.files.make(
        folder / "gone" / "x.gpkg", desk.window.desk.session.document.plot
    )

    assert "does not exist" in desk.sees_banner()
    assert desk.plot_path.name == "night.gpkg"


@pytest.mark.parametrize("key", ["Ctrl+O", "Ctrl+Shift+S", "Ctrl+P"])
def test_cancel_does_nothing(desk: Operator, key: str) -> None:
    before = sorted(desk.plot_path.parent.iterdir())

    desk.answers(QFileDialog, lambda dialog: dialog.reject(), lambda: desk.presses(key))

    assert sorted(desk.plot_path.parent.iterdir()) == before
    assert desk.sees_banner() == ""
    assert desk.plot_path.name == "night.gpkg"


def test_a_copy_gets_its_suffix(desk: Operator) -> None:
    desk.saves_copy(desk.plot_path.with_name("brief"))

    assert desk.plot_path.with_name("brief.gpkg").is_file()


def test_a_new_name_of_the_operator_is_kept_without_spaces_around(desk: Operator) -> None:
    desk.names_operator("  M.   Petit ")
    assert desk.sees_watch() == "Watch: M. Petit since 0300Z"
    desk.names_operator("   ")
    assert desk.sees_watch() == "Watch: M. Petit since 0300Z"


def test_naming_the_operator_counts_even_where_it_cannot_be_kept(
    desk: Operator, home: Path
) -> None:
    kept = home / "config" / "channelplot" / "settings.json"
    kept.unlink()
    kept.mkdir()  # in the way of the file

    desk.names_operator("M. Petit")

    assert "could not be kept" in desk.sees_banner()
    desk.plots(R1)
    assert desk.file_rows("SELECT operator FROM edit_log WHERE seq > 1") == [("M. Petit",)] * 2
