"""Exporting to a file: asking where to, writing off the GUI thread, saying where it is."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from channelplot.errors import ChannelPlotError
from channelplot.geodesy.text import date_time_group
from channelplot.settings import documents_folder
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.files.file_dialogs import name_to_save
from channelplot.ui.words.messages import error_text


class FileExport(QObject):
    """What every export does around its own bytes."""

    def __init__(self, window: QWidget, desk: Desk, banner: Banner, show_code: str) -> None:
        """Take where to ask and to tell. show_code: for the banner's button, unlike any other."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._banner = banner
        self._show_code = show_code
        self._last: Path | None = None
        banner.action_wanted.connect(self._show_last)

    def ask(
        self,
        title: str,
        name: str,
        filters: str,
        suffixes: tuple[str, ...],
        *,
        asks_to_replace: bool = True,
    ) -> tuple[Path, str] | None:
        """Ask where to, beside the plot; None if nobody wants to after all.

        name: offered, with the plot's name as {plot} and the time as {time} in it. suffixes: what
        the file's name may end in, such as .png; the first one is offered, and a name that
        ends in none of them gets that of the filter. asks_to_replace: False for whoever asks that
        later. Returns
        the file and the filter that was chosen.
        """
        offered = self.offered(f"{name}{suffixes[0]}")
        chosen, which = name_to_save(
            self._window, title, str(offered), filters, asks_to_replace=asks_to_replace
        )
        if not chosen:
            return None
        target = Path(chosen)
        is_named = target.suffix.lower() in suffixes
        suffix = next((each for each in suffixes if f"*{each}" in which), suffixes[0])
        return (target if is_named else Path(f"{target}{suffix}")), which

    def offered(self, name: str) -> Path:
        """Return a file beside the plot, with the plot's name as {plot} and {time} in its own."""
        session = self._desk.session
        path = session.document.path
        folder = documents_folder() if session.document.plot.is_example else path.parent
        return folder / name.format(plot=path.stem, time=date_time_group(session.clock()))

    def write(self, path: Path, write: Callable[[], object], said: str) -> None:
        """Write in the background and then say so, with {path} in it, or why it was not.

        write: may return where the file is that is to be shown, where that is not ``path``.
        """
        self._desk.background.run(write, lambda written: self.tell(written, path, said))

    def tell(self, written: Future[object], path: Path, said: str) -> None:
        """Say in the banner what became of a file that was written, as ``write`` does."""
        error = written.exception()
        if error is None:
            result = written.result()
            self._last = result if isinstance(result, Path) else path
            self._banner.show_message(
                said.format(path=self._last),
                Severity.INFO,
                action=self._show_code,
                action_text=self.tr("Show it"),
            )
        elif isinstance(error, ChannelPlotError):
            self._banner.show_message(error_text(error), Severity.WARNING)
        else:
            raise error

    def _show_last(self, code: str) -> None:
        if code == self._show_code and self._last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last)))
