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

    def ask(self, title: str, name: str, filters: str, suffix: str) -> tuple[Path, str] | None:
        """Ask where to, beside the plot; None if nobody wants to after all.

        name: offered, with the plot's name as {plot} and the time as {time} in it. suffix: of
        the file, such as .png. Returns the file and the filter that was chosen.
        """
        session = self._desk.session
        path = session.document.path
        folder = documents_folder() if session.document.plot.is_example else path.parent
        offered = name.format(plot=path.stem, time=date_time_group(session.clock()))
        chosen, which = name_to_save(
            self._window, title, str(folder / f"{offered}{suffix}"), filters
        )
        if not chosen:
            return None
        target = Path(chosen)
        return (target if target.suffix == suffix else Path(f"{target}{suffix}")), which

    def write(self, path: Path, write: Callable[[], object], said: str) -> None:
        """Write in the background and then say so, with {path} in it, or why it was not."""

        def done(written: Future[object]) -> None:
            error = written.exception()
            if error is None:
                self._last = path
                self._banner.show_message(
                    said.format(path=path),
                    Severity.INFO,
                    action=self._show_code,
                    action_text=self.tr("Show it"),
                )
            elif isinstance(error, ChannelPlotError):
                self._banner.show_message(error_text(error), Severity.WARNING)
            else:
                raise error

        self._desk.background.run(write, done)

    def _show_last(self, code: str) -> None:
        if code == self._show_code and self._last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last)))
