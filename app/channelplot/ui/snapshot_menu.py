"""Ctrl+P: what is on the chart, as a sheet in a PNG file."""

from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from channelplot.errors import SnapshotError
from channelplot.geodesy.text import date_time_group
from channelplot.settings import documents_folder
from channelplot.snapshot.export import png_bytes, write_picture
from channelplot.snapshot.sheet import snapshot_of
from channelplot.ui.actions import Actions
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.messages import error_text

SHOW_CODE = "show_snapshot"


class SnapshotMenu(QObject):
    """Asks where to, draws the sheet, writes it off the GUI thread, and says where it is."""

    def __init__(self, window: QWidget, desk: Desk, actions: Actions, banner: Banner) -> None:
        """Connect the action."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._banner = banner
        self._last: Path | None = None
        actions.connect_to("snapshot", self.choose)
        banner.action_wanted.connect(self._show_last)

    def choose(self) -> None:
        """Ask where to and export what is on the chart."""
        session = self._desk.session
        path = session.document.path
        stamp = date_time_group(session.clock())
        folder = documents_folder() if session.document.plot.is_example else path.parent
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Export a snapshot"),
            str(folder / f"{path.stem} {stamp}.png"),
            self.tr("Pictures (*.png)"),
        )
        if chosen:
            target = Path(chosen)
            self.export(target if target.suffix == ".png" else Path(f"{target}.png"))

    def export(self, path: Path) -> None:
        """Export what is on the chart; the banner says when it is done."""
        session, scene = self._desk.session, self._desk.canvas.scene()
        title = session.document.path.stem
        cut_off_utc = None if scene.plot.is_example else session.clock()

        # Drawn here and not in the background: PySide6 6.11 can crash when two threads meet a
        # class of Qt for the first time at once.
        image = snapshot_of(
            scene.plot,
            scene.viewport.bounds(),
            title=title,
            cut_off_utc=cut_off_utc,
            basemap=scene.basemap,
            levels=scene.levels,
            pending_uids=scene.pending_uids,
            hidden_layers=scene.hidden_layers,
        )
        try:
            data = png_bytes(image, path)
        except SnapshotError as error:
            self._banner.show_message(error_text(error), Severity.WARNING)
            return

        def write() -> Path:
            write_picture(data, path)
            return path

        self._desk.background.run(write, self._done)

    def _done(self, drawn: Future[Path]) -> None:
        error = drawn.exception()
        if error is None:
            self._last = drawn.result()
            self._banner.show_message(
                self.tr("The snapshot is in {path}.").format(path=self._last),
                Severity.INFO,
                action=SHOW_CODE,
                action_text=self.tr("Show it"),
            )
        elif isinstance(error, SnapshotError):
            self._banner.show_message(error_text(error), Severity.WARNING)
        else:
            raise error

    def _show_last(self, code: str) -> None:
        if code == SHOW_CODE and self._last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last)))
