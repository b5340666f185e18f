"""File > Export the watch log: asks where to, and writes the table off the GUI thread."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from channelplot.store.log_hashes import read_hashes
from channelplot.ui.banner import Banner
from channelplot.ui.desk import Desk
from channelplot.ui.files.file_export import FileExport
from channelplot.ui.files.written_file import write_csv
from channelplot.ui.log.log_csv import log_csv
from channelplot.ui.menus.actions import Actions
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
        self._desk = desk
        self._panel = panel
        self._files = FileExport(window, desk, banner, SHOW_CODE)
        actions.connect_to("export_log", self.choose)

    def choose(self) -> None:
        """Ask where to, and whether all acts or those listed, and export them."""
        every = self.tr("Every act (*.csv)")
        listed = self.tr("The acts that the panel lists (*.csv)")
        asked = self._files.ask(
            self.tr("Export the watch log"),
            self.tr("{plot} log {time}"),
            f"{listed};;{every}" if self._panel.is_filtered else every,
            (SUFFIX,),
        )
        if asked is not None:
            self.export(asked[0], self._panel.shown_seqs() if asked[1] == listed else None)

    def export(self, path: Path, only: frozenset[int] | None = None) -> None:
        """Export acts by their numbers in the log, or all; the banner says when it is done."""
        document = self._desk.session.document
        acts, plot_path = tuple(document.acts), document.path

        def write() -> None:
            write_csv(log_csv(acts, read_hashes(plot_path), is_masked=True, only=only), path)

        said = self.tr("The watch log is in {path}. Telephone numbers are masked in it.")
        self._files.write(path, write, said)
