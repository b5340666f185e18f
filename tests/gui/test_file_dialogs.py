"""Dialogs for files go by names: they open no file that they show."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo, QTimer
from PySide6.QtGui import QAbstractFileIconProvider
from PySide6.QtWidgets import QApplication, QFileDialog, QTreeView, QWidget

from channelplot.ui.files.file_dialogs import IconsByName, folder_to_use, name_to_open, name_to_save

# What only the platform without a screen has to say of the fixed size that a dialog asks for.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    window = QWidget()
    yield window
    window.deleteLater()
    qapp.processEvents()


def answered(accept: bool, seen: list[QFileDialog.FileMode]) -> None:
    """Answer the next file dialog as it stands."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        assert isinstance(dialog.iconProvider(), IconsByName)
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        seen.append(dialog.fileMode())
        if accept:
            dialog.accept()
        else:
            dialog.reject()

    QTimer.singleShot(50, answer)


def test_the_name_offered_is_saved_to(window: QWidget, tmp_path: Path) -> None:
    seen: list[QFileDialog.FileMode] = []
    answered(True, seen)
    chosen = name_to_save(window, "Save", str(tmp_path / "night.gpkg"), "Plots (*.gpkg);;All (*)")
    assert chosen == (str(tmp_path / "night.gpkg"), "Plots (*.gpkg)")
    assert seen == [QFileDialog.FileMode.AnyFile]


def test_nothing_chosen_is_nothing(window: QWidget, tmp_path: Path) -> None:
    seen: list[QFileDialog.FileMode] = []
    answered(False, seen)
    assert name_to_open(window, "Open", str(tmp_path), "Plots (*.gpkg)") == ("", "")
    assert seen == [QFileDialog.FileMode.ExistingFile]


def test_a_folder_is_chosen(window: QWidget, tmp_path: Path) -> None:
    seen: list[QFileDialog.FileMode] = []
    answered(True, seen)
    assert folder_to_use(window, "Folder", str(tmp_path)) == str(tmp_path)
    assert seen == [QFileDialog.FileMode.Directory]


def test_icons_and_kinds_go_by_name(qapp: QApplication, tmp_path: Path) -> None:
    icons = IconsByName()
    folder, file = QFileInfo(str(tmp_path)), QFileInfo(str(tmp_path / "night.gpkg"))
    kinds = QAbstractFileIconProvider.IconType
    assert icons.type(file) == "gpkg"
    assert icons.icon(folder).cacheKey() != icons.icon(file).cacheKey()
    assert icons.icon(kinds.Folder).cacheKey() == icons.icon(folder).cacheKey()
    assert icons.icon(kinds.Drive).cacheKey() not in (
        icons.icon(folder).cacheKey(),
        icons.icon(file).cacheKey(),
    )


def test_sizes_and_dates_are_not_cut(window: QWidget, tmp_path: Path) -> None:
    (tmp_path / "night.gpkg").write_bytes(bytes(2_000_000))
    cut: list[int] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        files = dialog.findChild(QTreeView, "treeView")
        assert files is not None
        cut.extend(
            column
            for column in range(1, files.header().count())
            if files.columnWidth(column) < files.sizeHintForColumn(column)
        )
        shown_px = sum(files.columnWidth(column) for column in range(files.header().count()))
        assert shown_px <= files.viewport().width()
        dialog.reject()

    QTimer.singleShot(500, look)
    assert name_to_open(window, "Open", str(tmp_path), "Plots (*.gpkg)") == ("", "")
    assert cut == []
