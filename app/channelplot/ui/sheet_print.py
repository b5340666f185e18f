"""Sheets on a printer, in the size their scale is true for."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from channelplot.chart.cancel import Cancel
from channelplot.chart.language import speaking
from channelplot.errors import SheetNotMade
from channelplot.snapshot.paper import MM_PER_INCH, Sheet
from channelplot.snapshot.settings import SheetSettings
from channelplot.ui.sheet_maker import Order, laid_out

_SLACK_MM: Final = 1.0
"""Printers know their paper to so much."""


def printer_for(settings: SheetSettings) -> QPrinter:
    """Return the system's usual printer, set to the sheet's paper without margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    width_mm, height_mm = settings.size_mm()
    size = QPageSize(
        QSizeF(min(width_mm, height_mm), max(width_mm, height_mm)),
        QPageSize.Unit.Millimeter,
        "",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    way = QPageLayout.Orientation
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(
            size, way.Landscape if width_mm > height_mm else way.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    printer.setDocName(settings.title or "Channel Plot")
    printer.setCreator("Channel Plot")
    return printer


def is_printer_chosen(window: QWidget, printer: QPrinter, offered: Path) -> bool:
    """Ask for a printer; return whether one was chosen, which ``printer`` is then.

    offered: the PDF that is offered where the system has no printer.
    """
    if not QPrinterInfo.availablePrinterNames():
        printer.setOutputFileName(str(offered))
    dialog = QPrintDialog(printer, window)
    for box in dialog.findChildren(QDialogButtonBox):
        for button in box.buttons():
            is_chooser = box.buttonRole(button) is QDialogButtonBox.ButtonRole.AcceptRole
            button.setProperty("primary", is_chooser)
    is_chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return is_chosen


def print_sheet(order: Order, printer: QPrinter) -> float:
    """Print a sheet; return the share of its size it has on the paper there is: 1 if it fits.

    Any thread. Raises SheetNotMade where the printer takes nothing, and as ``laid_out``.
    """
    pages = laid_out(order)
    share = _share(pages[0].sheet, printer)
    first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
    chosen = pages[first - 1 : last] or pages
    painter = QPainter()
    if not painter.begin(printer):
        raise SheetNotMade("the printer takes nothing")
    with painter, speaking(order.settings.language):
        for number, page in enumerate(chosen):
            if number:
                printer.newPage()
            dots = share * printer.resolution() / MM_PER_INCH / page.sheet.px_per_mm
            painter.save()
            painter.scale(dots, dots)
            page.draw(painter, Cancel())
            painter.restore()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise SheetNotMade("the printer failed")
    return share


def _share(sheet: Sheet, printer: QPrinter) -> float:
    paper: QRectF = printer.paperRect(QPrinter.Unit.Millimeter)
    if (
        paper.width() + _SLACK_MM >= sheet.width_mm
        and paper.height() + _SLACK_MM >= sheet.height_mm
    ):
        return 1.0
    return float(min(paper.width() / sheet.width_mm, paper.height() / sheet.height_mm))
