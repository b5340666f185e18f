"""File > Import and File > Export: files from and to other programs, and other desks' plots.

What reads and writes them is imported once the chart is drawn: the window shows without it.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from channelplot.chart import placed
from channelplot.model.plot import Plot
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.files.file_dialogs import names_to_open
from channelplot.ui.files.file_export import FileExport
from channelplot.ui.inside.latest_job import LatestJob
from channelplot.ui.menus.actions import Actions
from channelplot.ui.panels.panels import Panels

if TYPE_CHECKING:
    from channelplot.document.document import Document
    from channelplot.exchange.incoming.plan import ImportSummary
    from channelplot.ui.dialogs.export_file import ExportDialog
    from channelplot.ui.dialogs.import_file import ImportDialog

SHOW_CODE: Final = "show_export"


class ExchangeMenu(QObject):
    """Opens the dialogs of import and export, and says in the banner what became of it."""

    def __init__(
        self, window: QWidget, desk: Desk, actions: Actions, banner: Banner, panels: Panels
    ) -> None:
        """Connect the actions."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._actions = actions
        self._banner = banner
        self._panels = panels
        way = desk.canvas.right_of_way
        self._incoming, self._outgoing = LatestJob(self, way), LatestJob(self, way)
        self._files = FileExport(window, desk, banner, SHOW_CODE)
        self._import: ImportDialog | None = None
        self._export: ExportDialog | None = None
        desk.canvas.chart_drawn.connect(
            lambda: desk.background.run(_import_readers, Future.result),
            Qt.ConnectionType.SingleShotConnection,
        )
        actions.connect_to("import_file", self.choose)
        actions.connect_to("export_file", self.export)
        desk.session.document_changed.connect(self._show_state)
        self._show_state(desk.session.document)

    def choose(self) -> None:
        """Ask which files are to come in, and show what is in them."""
        from channelplot.exchange.incoming.read import SUFFIXES

        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        names = names_to_open(
            self._window,
            self.tr("Import"),
            str(self._desk.session.document.known_path.parent),
            self.tr("Tracks and reports ({patterns});;All files (*)").format(patterns=patterns),
        )
        if names:
            self.read([Path(name) for name in names])

    def read(self, paths: Sequence[Path]) -> None:
        """Show what is in files; those that are asked for later come after those before."""
        from channelplot.ui.dialogs.import_file import ImportDialog

        dialog = self._import
        if dialog is None:
            dialog = self._import = ImportDialog(
                self._window, self._desk, self._incoming, self._make_ready
            )
            dialog.imported.connect(self._tell_imported)
            dialog.finished.connect(self._import_ended)
        dialog.show()
        dialog.activateWindow()
        dialog.read(paths)

    def export(self) -> None:
        """Open the dialog that exports; where it is open already, bring it to the front."""
        from channelplot.ui.dialogs.export_file import ExportDialog

        dialog = self._export
        if dialog is None:
            dialog = self._export = ExportDialog(
                self._window, self._desk, self._outgoing, self._files
            )
            dialog.finished.connect(self._export_ended)
        dialog.show()
        dialog.activateWindow()

    def close(self) -> None:
        """Stop what is being read or counted."""
        self._incoming.close()
        self._outgoing.close()

    def _make_ready(self, plot: Plot) -> None:
        """Work out what window and chart ask of a plot that is shown; on any thread."""
        placed.make_ready(plot)
        self._panels.reports.make_ready(plot)
        self._desk.lookout.make_ready(plot)

    def _import_ended(self, _: int) -> None:
        """Let go of the dialog: it is deleted a moment later, and another may open before."""
        self._import = None

    def _export_ended(self, _: int) -> None:
        self._export = None

    def _tell_imported(self, summary: "ImportSummary") -> None:
        from channelplot.ui.words.import_words import imported_text

        said = imported_text(summary)
        self._banner.show_message(said, Severity.WARNING if summary.refused else Severity.INFO)

    def _show_state(self, document: "Document") -> None:
        reason = self.tr("This plot is open for reading only.") if document.is_read_only else ""
        self._actions.set_available("import_file", reason)


def _import_readers() -> None:
    """Import what reads and writes files, none of it Qt's, on any thread."""
    import channelplot.exchange.outgoing.export
    import channelplot.tools.file_import  # noqa: F401
