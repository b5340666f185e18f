"""The people of a boat, large and clear, beside the form that closes it or explains them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from channelplot.analysis.ledger import Ledger
from channelplot.ui.words.account_text import (
    OPEN,
    counted_text,
    reported_text,
    told_by_text,
    unaccounted_text,
)

LARGER = 1.15
"""Times the size of the panels' letters."""
_SETTLED = "✓"


class LedgerView(QWidget):
    """Three lines: reported, counted, unaccounted, each with when and by whom."""

    def __init__(self, parent: QWidget) -> None:
        """Make the lines, empty."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("People of the boat"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        self.reported, self._reported_by = self._line(grid, 0, self.tr("Reported"))
        self.counted, self._counted_by = self._line(grid, 1, self.tr("Counted"))
        self.unaccounted, _ = self._line(grid, 2, self.tr("Unaccounted"))
        grid.addWidget(self.unaccounted, 2, 1, 1, 2)

    def show_ledger(self, ledger: Ledger) -> None:
        """Show what is known, and who is unaccounted for with a shape and in bold."""
        self.reported.setText(reported_text(ledger))
        self._reported_by.setText(told_by_text(ledger.reported))
        self.counted.setText(counted_text(ledger))
        self._counted_by.setText(told_by_text(ledger.counted))
        is_settled = ledger.is_reconciled
        is_known = ledger.reported is not None or ledger.counted is not None
        sign = OPEN if not is_settled else _SETTLED if is_known else ""
        self.unaccounted.setText(f"{sign} {unaccounted_text(ledger)}".strip())
        for name, is_so in (("bad", not is_settled), ("strong", not is_settled)):
            self.unaccounted.setProperty(name, is_so)
        self.unaccounted.style().unpolish(self.unaccounted)
        self.unaccounted.style().polish(self.unaccounted)

    def _line(self, grid: QGridLayout, row: int, title: str) -> tuple[QLabel, QLabel]:
        caption, words, by = QLabel(title, self), QLabel(self), QLabel(self)
        for label, column in ((caption, 0), (words, 1), (by, 2)):
            label.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignBaseline)
        font = words.font()
        font.setPixelSize(round(font.pixelSize() * LARGER))
        words.setFont(font)
        words.setAccessibleName(title)
        for label in (caption, by):
            label.setProperty("faint", True)
        return words, by
