"""A panel with a filter box over a table whose selection is the plot's selection."""

from typing import Generic

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from channelplot.document.session import Session
from channelplot.ui.panels.table_model import E, EntityTable

MARGIN_PX = 6


class EntityPanel(QWidget, Generic[E]):
    """Filter, count and table. Emits activated with a uid at Enter or double click."""

    activated = Signal(str)

    def __init__(self, session: Session, model: EntityTable[E], empty_text: str) -> None:
        """Show the model's rows; empty_text stands in the table's place without any."""
        super().__init__()
        self.session = session
        self.model = model
        self._is_following = False
        self.filter_box = QLineEdit(self)
        self.filter_box.setPlaceholderText(self.tr("Filter"))
        self.filter_box.setAccessibleName(self.tr("Filter"))
        self.filter_box.setClearButtonEnabled(True)
        self.count = QLabel(self)
        self.count.setProperty("faint", True)
        self.table = QTableView(self)
        self.table.setModel(model)
        self._dress(self.table)
        self.empty = QLabel(empty_text, self)
        self.empty.setWordWrap(True)
        self.empty.setProperty("faint", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(4 * MARGIN_PX)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        self.bar.addWidget(self.filter_box, 1)
        self.bar.setSpacing(2 * MARGIN_PX)
        self.bar.addWidget(self.count)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(self.bar)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.empty, 1)
        self.filter_box.textChanged.connect(self.refilter)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.filter_box)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self.filter_box.clear)
        session.document_changed.connect(lambda _: self.filter_box.clear())
        self.table.selectionModel().selectionChanged.connect(self._rows_selected)
        self.table.clicked.connect(lambda _: self._row_clicked())
        self.table.doubleClicked.connect(self._row_activated)
        session.selection.changed.connect(self._follow)

    def refilter(self) -> None:
        """Show what the filter lets through."""
        self.model.set_filter(self.filter_box.text())
        self.show_count()
        self._follow(self.session.selection.uids)

    def show_count(self) -> None:
        """Say how many rows there are, and how many of all if some are filtered out."""
        shown, total = self.model.rowCount(), self.model.total()
        if shown == total:
            self.count.setText(str(total))
        else:
            hidden = self.tr("{hidden} of {total} filtered out")
            self.count.setText(hidden.format(hidden=total - shown, total=total))
        self.count.setProperty("warning", shown != total)
        self.count.style().unpolish(self.count)
        self.count.style().polish(self.count)
        self.empty.setVisible(total == 0)
        self.table.setVisible(total > 0)

    def selected_uids(self) -> frozenset[str]:
        """Return the uids of the selected rows."""
        rows = self.table.selectionModel().selectedRows()
        return frozenset(self.model.entity_at(index.row()).uid for index in rows)

    def _dress(self, table: QTableView) -> None:
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setSortingEnabled(True)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 9)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(28)

    def _row_clicked(self) -> None:
        """Choose the row that was clicked, though the program may have selected it already."""
        self.session.selection.set(self.selected_uids())

    def _rows_selected(self, *_: QItemSelection) -> None:
        uids = self.selected_uids()
        if not self._is_following and uids != self.session.selection.uids:
            self.session.selection.set(uids)

    def _follow(self, uids: frozenset[str]) -> None:
        """Select the rows of the plot's selection and bring the first into view."""
        if uids == self.selected_uids():
            return
        self._is_following = True
        model = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        model.clearSelection()
        rows = sorted(row for uid in uids if (row := self.model.row_of(uid)) is not None)
        for row in rows:
            model.select(self.model.index(row, 0), flags.Select | flags.Rows)
        if rows:
            self.table.scrollTo(self.model.index(rows[0], 0))
        self._is_following = False

    def _row_activated(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.activated.emit(self.model.entity_at(index.row()).uid)
