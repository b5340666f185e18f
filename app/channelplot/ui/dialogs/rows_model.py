"""Rows of texts in a table, each made when it is looked at; some with a box to tick."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.panels.entity_panel import dress_table
from channelplot.ui.panels.table_model import NOTHING, Index

_NOWHERE = QModelIndex()


class RowsModel(QAbstractTableModel):
    """As many rows as are asked for. Signal: ticked(int, bool), a row and its box's new state."""

    ticked = Signal(int, bool)

    def __init__(
        self, titles: Sequence[str], parent: QObject, numbers: frozenset[int] = frozenset()
    ) -> None:
        """Start without rows. numbers: the columns whose texts stand to the right."""
        super().__init__(parent)
        self._titles = tuple(titles)
        self._numbers = numbers
        self._count = 0
        self._text: Callable[[int, int], str] = lambda _row, _column: ""
        self._is_ticked: Callable[[int], bool] | None = None

    def show_rows(
        self,
        count: int,
        text: Callable[[int, int], str],
        is_ticked: Callable[[int], bool] | None = None,
    ) -> None:
        """Show rows; as many as before stay selected. text: by row and column.

        is_ticked: whether the box of a row is ticked; None for rows without boxes.
        """
        is_as_before = count == self._count
        if not is_as_before:
            self.beginResetModel()
        self._count, self._text, self._is_ticked = count, text, is_ticked
        if not is_as_before:
            self.endResetModel()
        elif count:
            last = self.index(count - 1, len(self._titles) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @qt_guarded(0)
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else self._count

    @qt_guarded(0)
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._titles)

    @qt_guarded(NOTHING)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.CheckStateRole and self._is_ticked and index.column() == 0:
            is_on = self._is_ticked(index.row())
            return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        return None

    @qt_guarded(NOTHING)
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    @qt_guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a row can be selected, and its box ticked."""
        plain = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        has_box = self._is_ticked is not None and index.column() == 0
        return plain | Qt.ItemFlag.ItemIsUserCheckable if has_box else plain

    @qt_guarded(False)
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Say that a box was ticked, or its tick taken away; whoever listens shows it."""
        if role != Qt.ItemDataRole.CheckStateRole or self._is_ticked is None:
            return False
        self.ticked.emit(index.row(), Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = (
            Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
        )
        return side | Qt.AlignmentFlag.AlignVCenter


def rows_table(
    parent: QWidget, model: RowsModel, name: str, widths_px: Sequence[int], stretched: int
) -> QTableView:
    """Return a table of rows, with its accessible name. stretched: the column with what is left.

    Of new rows the first is the current one.
    """
    table = QTableView(parent)
    table.setModel(model)
    dress_table(table)
    table.setAccessibleName(name)
    table.setProperty("rows", True)
    model.modelReset.connect(lambda: table.setCurrentIndex(model.index(0, 0)))
    header = table.horizontalHeader()
    header.setStretchLastSection(False)
    header.setSectionsClickable(False)
    for column, width_px in enumerate(widths_px):
        table.setColumnWidth(column, width_px)
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    return table
