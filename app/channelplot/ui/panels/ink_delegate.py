"""Drawing the cells of a table so that what stands out by its colour does so when selected, too."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.panels.table_model import Index


class InkDelegate(QStyledItemDelegate):
    """Draws a cell in the colour that the model gives it, whether or not its row is selected."""

    @qt_guarded(None)
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the text of a selected cell have the cell's own colour, if it has one."""
        super().initStyleOption(option, index)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(ink, QColor):
            option.palette.setColor(QPalette.ColorRole.HighlightedText, ink)
