"""The lines of a file that do not come in: which, why, and what stands there."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from channelplot.exchange.incoming.incoming import Incoming, Refusal
from channelplot.ui.dialogs.rows_model import RowsModel, rows_table
from channelplot.ui.words.import_faults import refused_text


class RefusalsPage(QWidget):
    """A table of refused lines, and a button that copies them all."""

    def __init__(self, parent: QWidget) -> None:
        """Show none yet."""
        super().__init__(parent)
        self._refusals: tuple[Refusal, ...] = ()
        self.count = 0
        titles = (self.tr("Line"), self.tr("Why it does not come in"), self.tr("What stands there"))
        self.model = RowsModel(titles, self, numbers=frozenset({0}))
        self.table = rows_table(self, self.model, self.tr("Refused lines"), (80, 400, 300), 2)
        self.said = QLabel(self)
        self.said.setProperty("faint", True)
        self.said.setWordWrap(True)
        self.copy = QPushButton(self.tr("Co&py all"), self)
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(lambda _: self._copy())
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        below.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(below)

    def show_refusals(self, incoming: Incoming | None) -> None:
        """Show the refused lines of a file; None while nothing is known of it."""
        refusals = () if incoming is None else incoming.refusals
        count = self.count = 0 if incoming is None else incoming.refused_count
        self._refusals = refusals
        self.model.show_rows(len(refusals), self._text)
        self.copy.setEnabled(bool(refusals))
        if not refusals:
            self.said.setText(self.tr("No line is refused."))
        elif count > len(refusals):
            said = self.tr("The first {shown} of {number} are listed.")
            self.said.setText(said.format(shown=len(refusals), number=count))
        else:
            self.said.setText(self.tr("The other lines come in."))

    def _text(self, row: int, column: int) -> str:
        refusal = self._refusals[row]
        if column == 0:
            return str(refusal.line) if refusal.line else ""
        return refused_text(refusal.fault) if column == 1 else refusal.detail

    def _copy(self) -> None:
        """Put all into the clipboard, a line each, with tabs: a spreadsheet makes columns of it."""
        rows = (
            "\t".join(" ".join(self._text(row, column).split()) for column in range(3))
            for row in range(len(self._refusals))
        )
        QGuiApplication.clipboard().setText("\n".join(rows))
