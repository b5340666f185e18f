"""Ctrl+P: what is on the chart, as a sheet; Ctrl+Shift+P: the panel of all that can be chosen."""

import tempfile
from collections.abc import Mapping
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from PySide6.QtCore import QByteArray, QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from channelplot.errors import SheetNotMade, SnapshotError
from channelplot.snapshot.export import write_files
from channelplot.snapshot.sheet import Format, SheetFile
from channelplot.snapshot.warm_up import warm_up_sheets
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.files.file_export import FileExport
from channelplot.ui.menus.actions import Actions
from channelplot.ui.panels.panels import Panels
from channelplot.ui.sheet_maker import NoSheet, Order, made
from channelplot.ui.sheet_saving import SheetSaving, result_or_told
from channelplot.ui.words.messages import error_text

Made: TypeAlias = Mapping[Format, tuple[SheetFile, ...]]
SHOW_CODE = "show_snapshot"
_MIME: Final = {Format.PDF: "application/pdf", Format.SVG: "image/svg+xml"}


class SnapshotMenu(QObject):
    """Asks where to, has the sheet made and written off the GUI thread, and says where it is."""

    def __init__(
        self, window: QWidget, desk: Desk, actions: Actions, banner: Banner, panels: Panels
    ) -> None:
        """Connect the actions and the panel."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._banner = banner
        self._panel = panels.sheet
        self._maker = panels.sheet_maker
        self._files = FileExport(window, desk, banner, SHOW_CODE)
        self._saving = SheetSaving(window, desk, banner, self._files)
        self._carried: tempfile.TemporaryDirectory[str] | None = None
        actions.connect_to("snapshot", self.choose)
        actions.connect_to("sheet", panels.go_to_sheet)
        self._panel.save_wanted.connect(self.save)
        self._panel.copy_wanted.connect(self.copy)
        self._panel.carry_wanted.connect(self.carry)
        self._panel.print_wanted.connect(self.print_out)

    def choose(self) -> None:
        """Ask where to and export what is on the chart."""
        asked = self._saving.ask(self.tr("Export a snapshot"), "{plot} {time}")
        if asked is not None:
            self.export(asked, may_replace=False)

    def export(self, path: Path, *, may_replace: bool = True) -> None:
        """Export what is on the chart, as the desk has its sheets; the banner says when.

        may_replace: False to ask before files that are there are replaced.
        """
        try:
            order = self._maker.order(self._panel.choices.usual())
        except NoSheet as refusal:
            self._banner.show_message(str(refusal), Severity.WARNING)
        else:
            self._saving.write(order, path, may_replace=may_replace)

    def save(self, order: Order) -> None:
        """Ask where to and write a sheet, as PDF, PNG or SVG by the name's ending."""
        asked = self._saving.ask(self.tr("Save the sheet"), self._name(order))
        if asked is not None:
            self._saving.write(order, asked)

    def copy(self, order: Order) -> None:
        """Put a sheet on the clipboard: a picture of its first page, and all of it as PDF."""

        def done(ended: Future[Made]) -> None:
            files = result_or_told(ended, self._banner)
            if files is not None:
                QGuiApplication.clipboard().setMimeData(_mime(files))
                self._banner.show_message(
                    self.tr("The sheet is on the clipboard, as a picture, PDF and SVG."),
                    Severity.INFO,
                )

        warm_up_sheets()
        self._desk.background.run(partial(made_in_all, order), done)

    def carry(self, order: Order) -> None:
        """Begin to drag a sheet out, once it is made, if the mouse is still pressed then."""

        def done(ended: Future[Made]) -> None:
            files = result_or_told(ended, self._banner)
            if files is None or not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
                return
            try:
                data = self.carried(order, files)
            except SnapshotError as error:
                self._banner.show_message(error_text(error), Severity.WARNING)
                return
            drag = QDrag(self._panel.preview)
            drag.setMimeData(data)
            shown = self._panel.preview.image
            if shown is not None:
                small = shown.scaledToWidth(160, Qt.TransformationMode.SmoothTransformation)
                drag.setPixmap(QPixmap.fromImage(small))
            drag.exec(Qt.DropAction.CopyAction)

        warm_up_sheets()
        self._desk.background.run(partial(made_in_all, order), done)

    def carried(self, order: Order, files: Made) -> QMimeData:
        """Return what is dropped: a file, PDF, that is there until the window closes; a picture.

        Raises SnapshotError where the file can't be written.
        """
        if self._carried is None:
            self._carried = tempfile.TemporaryDirectory(prefix="channelplot-")
        name = self._files.offered(f"{self._name(order)}{Format.PDF.value}").name
        path = Path(self._carried.name) / name
        write_files({path: files[Format.PDF][0].data})
        data = _mime(files)
        data.setUrls([QUrl.fromLocalFile(str(path))])
        return data

    def print_out(self, order: Order) -> None:
        """Ask for a printer and print a sheet."""
        # Not at the start: it takes the system's printing with it.
        from channelplot.ui import sheet_print

        printer = sheet_print.printer_for(order.settings)
        offered = self._files.offered(f"{self._name(order)}{Format.PDF.value}")
        if not sheet_print.is_printer_chosen(self._window, printer, offered):
            return
        if printer.outputFileName():  # a file is written as all are: whole or not at all
            named = Path(printer.outputFileName())
            path = named.with_suffix(Format.PDF.value)
            self._saving.write(order, path, may_replace=path == named)  # the dialog has asked
            return

        def done(ended: Future[float]) -> None:
            share = result_or_told(ended, self._banner)
            if share is None:
                return
            if share < 1.0:
                text = self.tr(
                    "The sheet went to the printer, at {percent} % of its size: the paper there is "
                    "smaller. Its scale as 1:n does not hold on it; its bar does."
                )
                self._banner.show_message(text.format(percent=int(share * 100)), Severity.WARNING)
            else:
                self._banner.show_message(self.tr("The sheet went to the printer."), Severity.INFO)

        warm_up_sheets()
        self._desk.background.run(partial(sheet_print.print_sheet, order, printer), done)

    def close(self) -> None:
        """Take away the files that were dragged out."""
        if self._carried is not None:
            self._carried.cleanup()
            self._carried = None

    def _name(self, order: Order) -> str:
        """Return the name that a sheet's file is offered: a plot's name is a name."""
        return self.tr("release {time}") if order.settings.profile else "{plot} {time}"


def made_in_all(order: Order) -> Made:
    """Return a sheet in every format. Any thread."""
    return {kind: made(order, kind) for kind in Format}


def _mime(files: Made) -> QMimeData:
    """Return a sheet for other programs: its first page as a picture and SVG, all as PDF."""
    image = QImage.fromData(files[Format.PNG][0].data)
    if image.isNull():
        raise SheetNotMade("no picture")
    data = QMimeData()
    data.setImageData(image)
    for kind, name in _MIME.items():
        data.setData(name, QByteArray(files[kind][0].data))
    return data
