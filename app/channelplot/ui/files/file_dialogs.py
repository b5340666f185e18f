"""Asking for a file or folder without opening any that the dialog shows.

To find an icon Qt's own provider opens every file of a folder and looks what is in it. Closing a
file drops all locks that the process holds on it: of the open plot, those that SQLite has set.
So these dialogs are Qt's and not the system's, which may do the same, and go by names alone.
And Qt's have the colours of the window, at night too.
"""

import functools
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileInfo, QSize
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QToolButton,
    QTreeView,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.icons import icon

_LEAST: Final = QSize(820, 480)
_BUTTONS: Final = {
    "backButton": "files/folder_back",
    "forwardButton": "files/folder_forward",
    "toParentButton": "files/folder_up",
    "newFolderButton": "files/new_folder",
    "listModeButton": "files/list",
    "detailModeButton": "files/details",
}
"""Qt's own icons of these are bright ones."""


def name_to_open(parent: QWidget, title: str, folder: str, filters: str) -> tuple[str, str]:
    """Return the file that somebody chose to open, and the filter; two empty texts for none.

    folder: where to begin. filters: such as "Plots (*.gpkg)", ";;" between them.
    """
    dialog = _dialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _answer(dialog)


def names_to_open(parent: QWidget, title: str, folder: str, filters: str) -> list[str]:
    """Return the files that somebody chose to open, none for none; as ``name_to_open`` does."""
    dialog = _dialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    is_chosen = _is_chosen(dialog)
    names = dialog.selectedFiles() if is_chosen else []
    dialog.deleteLater()
    return names


def name_to_save(
    parent: QWidget, title: str, path: str, filters: str, *, asks_to_replace: bool = True
) -> tuple[str, str]:
    """Return the file that somebody chose to write, as ``name_to_open`` does.

    path: offered, folder and name. asks_to_replace: False for whoever asks that later.
    """
    offered = Path(path)
    dialog = _dialog(parent, title, str(offered.parent), filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not asks_to_replace)
    dialog.selectFile(offered.name)
    return _answer(dialog)


def folder_to_use(parent: QWidget, title: str, folder: str) -> str:
    """Return the folder that somebody chose, "" for none. folder: where to begin."""
    dialog = _dialog(parent, title, folder, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _answer(dialog)[0]


def _dialog(parent: QWidget, title: str, folder: str, filters: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    # Before it is told of a folder: a thread of Qt's looks into that at once.
    dialog.setIconProvider(_icons())
    for button in dialog.findChildren(QToolButton):
        if button.objectName() in _BUTTONS:
            button.setIcon(icon(_BUTTONS[button.objectName()]))
    dialog.setDirectory(folder)
    if filters:
        dialog.setNameFilters(filters.split(";;"))
    _make_room(dialog)
    return dialog


def _make_room(dialog: QFileDialog) -> None:
    """Show sizes and dates whole, and give names what is left."""
    files = dialog.findChild(QTreeView, "treeView")
    if files is None:
        return
    dialog.resize(dialog.size().expandedTo(_LEAST))
    header = files.header()
    header.setStretchLastSection(False)
    for column in range(header.count()):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


def _is_chosen(dialog: QFileDialog) -> bool:
    """Show the dialog, the button that chooses accented; return whether it was pressed."""
    for box in dialog.findChildren(QDialogButtonBox):
        for button in box.buttons():
            is_chooser = box.buttonRole(button) is QDialogButtonBox.ButtonRole.AcceptRole
            button.setProperty("primary", is_chooser)
    return bool(dialog.exec())


def _answer(dialog: QFileDialog) -> tuple[str, str]:
    is_chosen = _is_chosen(dialog)
    answer = (dialog.selectedFiles()[0], dialog.selectedNameFilter()) if is_chosen else ("", "")
    # Not at once: the thread that looks into folders may be waiting for Python.
    dialog.deleteLater()
    return answer


@functools.cache
def _icons() -> "IconsByName":
    """Return the one provider: dialogs do not keep theirs."""
    return IconsByName()


class IconsByName(QAbstractFileIconProvider):
    """An icon for folders and one for files. Called in a thread of Qt's; opens nothing."""

    def __init__(self) -> None:
        """Make the icons, on the GUI thread."""
        super().__init__()
        self._folder, self._file, self._drive = (
            icon(f"files/{kind}") for kind in ("folder", "file", "drive")
        )
        # PySide6 6.11 can crash when two threads meet a class of Qt for the first time at once.
        here = QFileInfo(".")
        self.icon(here)
        self.type(here)

    @qt_guarded(QIcon())
    def icon(self, of: "QFileInfo | QAbstractFileIconProvider.IconType") -> QIcon:
        """Return the icon of a file or folder, or of a kind of place."""
        if isinstance(of, QFileInfo):
            return self._folder if of.isDir() else self._file
        is_folder = of in (
            QAbstractFileIconProvider.IconType.Folder,
            QAbstractFileIconProvider.IconType.Desktop,
        )
        return self._folder if is_folder else self._drive

    @qt_guarded("")
    def type(self, of: QFileInfo) -> str:
        """Return what stands in the column for kinds: the suffix."""
        return of.suffix()
