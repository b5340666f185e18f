"""Ctrl+P: what is on the chart, as a sheet in a PNG file."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from channelplot.errors import SnapshotError
from channelplot.snapshot.export import png_bytes, write_picture
from channelplot.snapshot.sheet import snapshot_of
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.files.file_export import FileExport
from channelplot.ui.menus.actions import Actions
from channelplot.ui.words.messages import error_text

SHOW_CODE = "show_snapshot"


class SnapshotMenu(QObject):
    """Asks where to, draws the sheet, writes it off the GUI thread, and says where it is."""

    def __init__(self, window: QWidget, desk: Desk, actions: Actions, banner: Banner) -> None:
        """Connect the action."""
        super().__init__(window)
        self._desk = desk
        self._banner = banner
        self._files = FileExport(window, desk, banner, SHOW_CODE)
        actions.connect_to("snapshot", self.choose)

    def choose(self) -> None:
        """Ask where to and export what is on the chart."""
        asked = self._files.ask(
            self.tr("Export a snapshot"), "{plot} {time}", self.tr("Pictures (*.png)"), ".png"
        )
        if asked is not None:
            self.export(asked[0])

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
            layering=scene.layering,
            references=scene.references,
        )
        try:
            data = png_bytes(image, path)
        except SnapshotError as error:
            self._banner.show_message(error_text(error), Severity.WARNING)
            return

        self._files.write(
            path, lambda: write_picture(data, path), self.tr("The snapshot is in {path}.")
        )
