"""The bearing lines and rings that are on the chart, in a few rows beside a form."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.tools.chart_lines import Anchored, ChartLines
from channelplot.ui.words.chart_lines_text import listed_text

ROWS = 3
WIDTH_PX = 430


class ShortList(QListWidget):
    """Rows of text, so many in sight, for the strip. A row is marked only while it has the keys."""

    def __init__(self, parent: QWidget, name: str, without: str, *, rows: int = ROWS) -> None:
        """Make it, empty. name: for those who hear it; without: what stands there without rows.

        rows: how many are in sight.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumWidth(WIDTH_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        row_px = self.fontMetrics().lineSpacing() + 2
        self.setFixedHeight(rows * row_px + 2 * self.frameWidth() + 2)
        self.setStyleSheet(f"QListWidget::item {{ padding: 0 4px; height: {row_px}px; }}")
        self._without = without
        self._texts: list[str] | None = None
        self.show_texts([])

    def show_texts(self, texts: list[str]) -> None:
        """Show these rows; the row that was current stays, and a new last one becomes it."""
        if texts == self._texts:
            return
        row, is_longer = self.currentRow(), len(texts) > len(self._texts or ())
        self._texts = texts
        self.clear()
        for text in texts:
            QListWidgetItem(text, self).setToolTip(text)
        if texts:
            self.setCurrentRow(len(texts) - 1 if is_longer else min(row, len(texts) - 1))
            self.scrollToItem(self.currentItem())
        else:
            QListWidgetItem(self._without, self).setFlags(Qt.ItemFlag.NoItemFlags)
        self._mark()

    def choose(self, row: int, *, is_marked: bool = False) -> None:
        """Make a row the current one and bring it in sight. is_marked: without the keys, too."""
        self.setCurrentRow(row)
        self.scrollToItem(self.currentItem())
        if not is_marked:
            self._mark()

    @qt_guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the current row: keys are about it from now on."""
        super().focusInEvent(event)
        self._mark()

    @qt_guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark no row."""
        super().focusOutEvent(event)
        self._mark()

    def _mark(self) -> None:
        if not self.hasFocus():
            self.clearSelection()
        elif self.currentItem() is not None and self._texts:
            self.currentItem().setSelected(True)


class LinesList(ShortList):
    """Delete removes the chosen one."""

    def __init__(self, parent: QWidget, lines: ChartLines) -> None:
        """Follow the lines, and the plot they hang on."""
        super().__init__(parent, "", "")
        self.setAccessibleName(self.tr("Lines and rings"))
        self._without = self.tr("no lines or rings are set; Delete here removes one")
        self.setToolTip(self.tr("Delete removes the one that is chosen"))
        self._lines = lines
        self._texts = None
        lines.changed.connect(lambda _: self.show_lines())
        lines.anchors.session.plot_changed.connect(lambda _: self.show_lines())
        lines.anchors.chartwork.changed.connect(lambda _: self.show_lines())

    def show_lines(self) -> None:
        """Show all there are, as they are now; a hidden list does once it shows."""
        if not self.isVisible():
            return
        self.show_texts([listed_text(entry, self._lines) for entry in self._lines.entries])

    @qt_guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed since the list was hidden."""
        super().showEvent(event)
        self.show_lines()

    @property
    def chosen(self) -> Anchored | None:
        """Return the one in the chosen row, None for none."""
        entries, row = self._lines.entries, self.currentRow()
        return entries[row] if 0 <= row < len(entries) else None

    @qt_guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove the chosen one at Delete or Backspace."""
        chosen = self.chosen
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and chosen is not None:
            self._lines.remove(chosen)
            event.accept()
        else:
            super().keyPressEvent(event)
