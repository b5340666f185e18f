"""Asking for a file or folder without opening any that the dialog shows.

To find an icon Qt's own provider opens every file of a folder and looks what is in it. Closing a
file drops all locks that the process holds on it: of the open plot, those that SQLite has set.
So these dialogs are Qt's and not the system's, which may do the same, and go by names alone.
"""

import functools
from pathlib import Path

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle, QWidget

from channelplot.chart.qt_guard import qt_guarded


def name_to_open(parent: QWidget, title: str, folder: str, filters: str) -> tuple[str, str]:
    """Return the file that somebody chose to open, and the filter; two empty texts for none.

    folder: where to begin. filters: such as "Plots (*.gpkg)", ";;" between them.
    """
    dialog = _dialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _answer(dialog)


def name_to_save(parent: QWidget, title: str, path: str, filters: str) -> tuple[str, str]:
    """Return the file that somebody chose to write, as ``name_to_open`` does.

    path: offered, folder and name. Asks before a file that is there may be written over.
    """
    offered = Path(path)
    dialog = _dialog(parent, title, str(offered.parent), filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
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
    dialog.setDirectory(folder)
    if filters:
        dialog.setNameFilters(filters.split(";;"))
    return dialog


def _answer(dialog: QFileDialog) -> tuple[str, str]:
    is_chosen = bool(dialog.exec())
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
        style = QApplication.style()
        self._folder = style.standardIcon(QStyle.StandardPixmap.SP_DirIcon)
        self._file = style.standardIcon(QStyle.StandardPixmap.SP_FileIcon)
        self._drive = style.standardIcon(QStyle.StandardPixmap.SP_DriveHDIcon)
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
