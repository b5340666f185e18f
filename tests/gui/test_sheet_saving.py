"""Sheets into files that are there already: asked about once, before anything is written."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSpinBox

from channelplot.ui.dialogs.replace_files import ReplaceFilesBox
from helpers.operator import Operator, wait_until
from helpers.sheet_panel import goes_to_sheet, panel_of, sees_sheet, ticks

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support .*")


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody with two boats, at the Sheet panel."""
    goes_to_sheet(operator, night)
    return operator


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def presses_in_box(desk: Operator, text: str) -> str:
    """Wait for the question about files that are there, press a button, return what it said."""
    said: list[str] = []

    def answer(box: ReplaceFilesBox) -> None:
        said.extend((box.text(), box.informativeText()))
        (button,) = (each for each in box.buttons() if each.text().replace("&", "") == text)
        button.click()

    desk.answers(ReplaceFilesBox, answer, lambda: wait_until(lambda: said, "it asks"))
    return "\n".join(said)


def asks_to_save(desk: Operator, path: Path) -> None:
    """Save the sheet by its key and name the file."""
    desk.chooses_file(path, lambda: desk.presses("Ctrl+Return"))


def test_it_asks_once_before_files_of_many_are_replaced(desk: Operator, tmp_path: Path) -> None:
    folder = tmp_path / "briefing"
    folder.mkdir()
    desk.chooses("Sheet: Page", "A4")
    desk.chooses("Sheet: Series", "one a boat")
    ticks(desk, "Boats")
    sees_sheet(desk)
    asks_to_save(desk, folder / "boats.svg")
    wait_until(lambda: "has 3 files" in desk.sees_banner(), "nothing was there, nothing is asked")
    assert names_in(folder) == ["boats-001.svg", "boats-002.svg", "boats-003.svg"]

    for name in ("boats-001.svg", "boats-003.svg"):
        (folder / name).write_text("kept")
    (folder / "boats-002.svg").unlink()
    asks_to_save(desk, folder / "boats.svg")
    said = presses_in_box(desk, "Cancel")
    assert "2 of these 3 files are there already" in said
    assert "boats-001.svg\nboats-003.svg" in said
    assert str(folder) in said
    assert names_in(folder) == ["boats-001.svg", "boats-003.svg"]
    assert (folder / "boats-001.svg").read_text() == "kept"

    desk.window.banner.clear()
    asks_to_save(desk, folder / "boats.svg")
    presses_in_box(desk, "Replace them")
    wait_until(lambda: "has 3 files" in desk.sees_banner(), "they are replaced")
    assert all(b"<svg" in (folder / name).read_bytes() for name in names_in(folder))


def test_what_lies_beside_a_picture_is_asked_about_too(desk: Operator, tmp_path: Path) -> None:
    (tmp_path / "brief.prj").write_text("of another map")
    (box,) = (each for each in panel_of(desk).findChildren(QSpinBox))
    box.setValue(72)
    sees_sheet(desk)
    asks_to_save(desk, tmp_path / "brief.png")

    def other(dialog: QFileDialog) -> None:
        edit = dialog.findChild(QLineEdit, "fileNameEdit")
        assert edit is not None
        assert edit.text() == "brief.png"
        edit.setText("other")
        QTest.keyClick(edit, Qt.Key.Key_Return)

    said: list[str] = []

    def another() -> None:
        said.append(presses_in_box(desk, "Another name..."))

    desk.answers(QFileDialog, other, another)
    wait_until(lambda: "other.png" in desk.sees_banner(), "it is there under another name")
    assert "1 of these 3 files is there already" in said[0]
    assert not (tmp_path / "brief.png").exists()
    assert (tmp_path / "brief.prj").read_text() == "of another map"
    assert (tmp_path / "other.pgw").exists()


def test_a_file_that_is_there_is_asked_about_once(desk: Operator, tmp_path: Path) -> None:
    (tmp_path / "brief.pdf").write_text("signed")
    asks_to_save(desk, tmp_path / "brief.pdf")
    assert "brief.pdf is there already" in presses_in_box(desk, "Cancel")
    assert (tmp_path / "brief.pdf").read_text() == "signed"
