"""A panel with a table whose selection is the plot's selection, of what was found if asked for."""

from collections.abc import Callable
from typing import Generic

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.document.session import Session
from channelplot.ui.panels.table_model import E, EntityTable

MARGIN_PX = 6


class SteadyTable(QTableView):
    """A table in which what is selected and in sight stays in sight when the table is resized."""

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll to the first selected row where it was in sight before."""
        ranges = self.selectionModel().selection()
        first = self.model().index(ranges.first().top(), 0) if ranges.count() else QModelIndex()
        before = QRect(QPoint(0, 0), event.oldSize())
        was_in_sight = first.isValid() and before.intersects(self.visualRect(first))
        super().resizeEvent(event)
        if was_in_sight:
            self.scrollTo(first)


def dress_table(table: QTableView) -> None:
    """Give a table the look that all tables have; one row can be selected, nothing sorted."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
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


class EntityPanel(QWidget, Generic[E]):
    """Count and table. Emits activated with a uid at Enter or double click.

    What the find bar finds is listed alone while it finds something (``show_found``).
    """

    activated = Signal(str)

    def __init__(self, session: Session, model: EntityTable[E], empty_text: str) -> None:
        """Show the model's rows; empty_text stands in the table's place without any."""
        super().__init__()
        self.session = session
        self.model = model
        self._is_following = False
        self.found: frozenset[str] | None = None
        self.count = QLabel(self)
        self.count.setProperty("faint", True)
        self.table = SteadyTable(self)
        self.table.setModel(model)
        dress_table(self.table)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setMinimumSectionSize(28)
        self._empty_text = empty_text
        self.empty = QLabel(empty_text, self)
        self.empty.setWordWrap(True)
        self.empty.setProperty("faint", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(4 * MARGIN_PX)
        self.count.setAccessibleName(self.tr("Rows listed"))
        self._bar = QWidget(self)
        self.bar = QHBoxLayout(self._bar)
        self.bar.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        self.bar.addStretch(1)
        self.bar.setSpacing(MARGIN_PX)
        self.bar.addWidget(self.count)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self._bar)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.empty, 1)
        self.table.selectionModel().selectionChanged.connect(self._rows_selected)
        self.table.clicked.connect(lambda _: self._row_clicked())
        self.table.doubleClicked.connect(self._row_activated)
        session.selection.changed.connect(self._follow)

    def show_found(self, uids: frozenset[str] | None) -> None:
        """List these alone; None: all there are."""
        self.found = uids
        self.refilter()

    def refilter(self) -> None:
        """List what is found and asked for."""
        self.list_only(None)

    def list_only(self, keep: Callable[[E], bool] | None) -> None:
        """List what is found and passes keep; what is selected stays so, listed or not."""
        self._is_following = True
        self.model.set_filter(self.found, keep)
        self._is_following = False
        self.show_count()
        self._follow(self.session.selection.uids)

    def show_count(self) -> None:
        """Say how many rows there are: ``12 of 50,000`` where some are not listed."""
        shown, total = self.model.rowCount(), self.model.total()
        if shown == total:
            self.count.setText(f"{total:,}")
        else:
            text = self.tr("{shown} of {total}")
            self.count.setText(text.format(shown=f"{shown:,}", total=f"{total:,}"))
        if bool(self.count.property("warning")) != (shown != total):
            self.count.setProperty("warning", shown != total)
            self.count.style().unpolish(self.count)
            self.count.style().polish(self.count)
        buttons = self._bar.findChildren(QPushButton)
        self._bar.setVisible(shown != total or any(not button.isHidden() for button in buttons))
        self.empty.setText(
            self.tr("None of the {total} is listed.").format(total=f"{total:,}")
            if total
            else self._empty_text
        )
        self.empty.setVisible(shown == 0)
        self.table.setVisible(shown > 0)

    def say_when_empty(self, text: str) -> None:
        """Say something else in the table's place while there is nothing to list."""
        self._empty_text = text
        self.show_count()

    def selected_uids(self) -> frozenset[str]:
        """Return the uids of the selected rows."""
        rows = self.table.selectionModel().selectedRows()
        return frozenset(self.model.entity_at(index.row()).uid for index in rows)

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
