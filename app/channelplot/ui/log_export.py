"""File > Export the watch log: asks where to, and writes the table off the GUI thread."""

from concurrent.futures import Future
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from channelplot.errors import ChannelPlotError
from channelplot.geodesy.text import date_time_group
from channelplot.settings import documents_folder
from channelplot.store.log_hashes import read_hashes
from channelplot.ui.actions import Actions
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.log_csv import log_csv
from channelplot.ui.log_csv_file import write_csv
from channelplot.ui.messages import error_text
from channelplot.ui.panels.watch_log import WatchLogPanel

SUFFIX: Final = ".csv"
SHOW_CODE: Final = "show_log"


class LogExport(QObject):
    """Exports every act, or those that the panel lists. Telephone numbers are masked."""

    def __init__(
        self, window: QWidget, desk: Desk, actions: Actions, banner: Banner, panel: WatchLogPanel
    ) -> None:
        """Connect the action."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._banner = banner
        self._panel = panel
        self._last: Path | None = None
        actions.connect_to("export_log", self.choose)
        banner.action_wanted.connect(self._show_last)

    def choose(self) -> None:
        """Ask where to, and whether all acts or those listed, and export them."""
        session = self._desk.session
        path = session.document.path
        folder = documents_folder() if session.document.plot.is_example else path.parent
        stamp = date_time_group(session.clock())
        name = self.tr("{plot} log {time}").format(plot=path.stem, time=stamp)
        every = self.tr("Every act (*.csv)")
        listed = self.tr("The acts that the panel lists (*.csv)")
        offered = f"{listed};;{every}" if self._panel.is_filtered else every
        chosen, which = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Export the watch log"),
            str(folder / f"{name}{SUFFIX}"),
            offered,
        )
        if chosen:
            target = Path(chosen)
            target = target if target.suffix == SUFFIX else Path(f"{target}{SUFFIX}")
            self.export(target, self._panel.shown_seqs() if which == listed else None)

    def export(self, path: Path, only: frozenset[int] | None = None) -> None:
        """Export acts by their numbers in the log, or all; the banner says when it is done."""
        document = self._desk.session.document
        acts, plot_path = tuple(document.acts), document.path

        def write() -> Path:
            write_csv(log_csv(acts, read_hashes(plot_path), is_masked=True, only=only), path)
            return path

        self._desk.background.run(write, self._done)

    def _done(self, written: Future[Path]) -> None:
        error = written.exception()
        if error is None:
            self._last = written.result()
            self._banner.show_message(
                self.tr("The watch log is in {path}. Telephone numbers are masked in it.").format(
                    path=self._last
                ),
                Severity.INFO,
                action=SHOW_CODE,
                action_text=self.tr("Show it"),
            )
        elif isinstance(error, ChannelPlotError):
            self._banner.show_message(error_text(error), Severity.WARNING)
        else:
            raise error

    def _show_last(self, code: str) -> None:
        if code == SHOW_CODE and self._last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last)))
