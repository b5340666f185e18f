"""Sheets into files: asking where to, making and writing them beside the window."""

from collections.abc import Mapping
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from channelplot.errors import ChannelPlotError
from channelplot.snapshot.export import write_files
from channelplot.snapshot.sheet import Format
from channelplot.snapshot.warm_up import warm_up_sheets
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.replace_files import ReplaceFilesBox
from channelplot.ui.files.file_export import FileExport
from channelplot.ui.sheet_maker import Order, made
from channelplot.ui.words.messages import error_text

T = TypeVar("T")
Files: TypeAlias = Mapping[Path, bytes]


class SheetSaving(QObject):
    """Writes sheets; the banner says where they are, or why they are not.

    A sheet may be many files, and which ones is known once it is made. So the file dialog does not
    ask before it replaces one: this asks once, for all that are there.
    """

    def __init__(self, window: QWidget, desk: Desk, banner: Banner, files: FileExport) -> None:
        """Take where to ask and to tell."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._banner = banner
        self._files = files

    def ask(self, title: str, name: str, first: Format = Format.PDF) -> Path | None:
        """Return where a sheet is to go, as PDF, PNG or SVG by its ending; None for nowhere.

        name: offered, as ``FileExport.ask`` takes it, with the ending of ``first``.
        """
        kinds = (first, *(kind for kind in Format if kind is not first))
        filters = {
            Format.PDF: self.tr("PDF (*.pdf)"),
            Format.PNG: self.tr("Picture (*.png)"),
            Format.SVG: self.tr("Drawing (*.svg)"),
        }
        asked = self._files.ask(
            title,
            name,
            ";;".join(filters[kind] for kind in kinds),
            tuple(kind.value for kind in kinds),
            asks_to_replace=False,
        )
        return None if asked is None else asked[0]

    def write(self, order: Order, path: Path, *, may_replace: bool = False) -> None:
        """Make a sheet and write it, asking before files that are there are replaced.

        path: as ``ask`` returns it; a series of pictures goes beside it. may_replace: that was
        asked already.
        """

        def done(ended: Future[tuple[Files, tuple[Path, ...]]]) -> None:
            outcome = result_or_told(ended, self._banner)
            if outcome is None:
                return
            files, there = outcome
            if there and not may_replace:
                self._ask_to_replace(order, path, files, there)
            else:
                self._write(files)

        warm_up_sheets()
        self._desk.background.run(partial(_made_files, order, path), done)

    def _ask_to_replace(
        self, order: Order, path: Path, files: Files, there: tuple[Path, ...]
    ) -> None:
        box = ReplaceFilesBox(self._window, there, len(files))
        box.replace_wanted.connect(lambda: self._write(files))
        box.another_name_wanted.connect(lambda: self._ask_again(order, path))
        box.open()

    def _ask_again(self, order: Order, path: Path) -> None:
        name = str(path.with_suffix("")).replace("{", "{{").replace("}", "}}")
        asked = self.ask(self.tr("Save the sheet"), name, Format(path.suffix.lower()))
        if asked is not None:
            self.write(order, asked)

    def _write(self, files: Files) -> None:
        first = next(iter(files))
        pages = sum(path.suffix == first.suffix for path in files)
        said = self.tr("The snapshot is in {path}.")
        if pages > 1:
            said = self.tr("The snapshot has {count} files; the first is {path}.")
            said = said.replace("{count}", str(pages))
        self._files.write(first, partial(write_files, files), said)


def result_or_told(ended: Future[T], banner: Banner) -> T | None:
    """Return what was made; None, having said why, where it could not be."""
    error = ended.exception()
    if error is None:
        return ended.result()
    if not isinstance(error, ChannelPlotError):
        raise error
    banner.show_message(error_text(error), Severity.WARNING)
    return None


def _made_files(order: Order, path: Path) -> tuple[Files, tuple[Path, ...]]:
    """Return the files of a sheet, the first page's first, and those that are there. Any thread."""
    files = {file.path(path): file.data for file in made(order, Format(path.suffix.lower()))}
    return files, tuple(filter(_is_file, files))


def _is_file(path: Path) -> bool:
    """Return whether a file would be replaced; what can't be told is told when it is written."""
    try:
        return path.is_file()
    except OSError:
        return False
