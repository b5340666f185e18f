"""The rows of the Layers panel: one for each layer, the top of the list the top of the chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QGuiApplication

from channelplot.chart.layers import ALWAYS_ON_TOP, WITHOUT_OPACITY, LayerView
from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.panels.table_model import Index
from channelplot.ui.theme import theme
from channelplot.ui.words.layers_text import scales_text

NAME, OPACITY, SCALES, CREDIT = range(4)
MIME: Final = "application/x-channelplot-layer"
NOTHING: Final[object] = None
_NO_TYPES: Final[list[str]] = []
_NO_DATA: Final = QMimeData()
_SET_BACK: Final = (Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ForegroundRole)
"""How what does not show stands out: at night colours alone would hardly tell."""


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A layer as it stands in the list.

    why_not: why it does not show although it is not hidden, "" if it does. can_move: False for
    what is always on top.
    """

    view: LayerView
    name: str
    credit: str = ""
    why_not: str = ""

    @property
    def can_move(self) -> bool:
        """Return whether it can be put above and below others."""
        return self.view.layer not in ALWAYS_ON_TOP


class LayersModel(QAbstractTableModel):
    """Lists the rows; what a person does to one is announced, and shows when the rows follow.

    Signals: tick_wanted(str, bool): a layer is to show or not; drop_wanted(str, int): a layer is
    to come before a row.
    """

    tick_wanted = Signal(str, bool)
    drop_wanted = Signal(str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without rows."""
        super().__init__(parent)
        self._rows: tuple[LayerRow, ...] = ()

    @property
    def rows(self) -> tuple[LayerRow, ...]:
        """Return the rows, from the top."""
        return self._rows

    def show_rows(self, rows: Sequence[LayerRow]) -> None:
        """Show these rows instead of those before; a selection stays on its layer."""
        before, after = [_id(row) for row in self._rows], [_id(row) for row in rows]
        if before == after:
            changed = [n for n, row in enumerate(rows) if row != self._rows[n]]
            self._rows = tuple(rows)
            for number in changed:
                self.dataChanged.emit(self.index(number, 0), self.index(number, CREDIT))
        elif sorted(before) == sorted(after):
            self.layoutAboutToBeChanged.emit()
            old = self.persistentIndexList()
            layers = [before[index.row()] for index in old]
            self._rows = tuple(rows)
            new = [
                self.index(after.index(layer), index.column())
                for layer, index in zip(layers, old, strict=True)
            ]
            self.changePersistentIndexList(old, new)
            self.layoutChanged.emit()
        else:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def row_of(self, layer: str) -> int | None:
        """Return the row of a layer, None if it is not listed."""
        return next((n for n, row in enumerate(self._rows) if row.view.layer == layer), None)

    def refresh(self) -> None:
        """Have every cell read again: the colours have changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, CREDIT))

    @qt_guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """Return the number of layers."""
        return 0 if parent.isValid() else len(self._rows)

    @qt_guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else CREDIT + 1

    @qt_guarded(NOTHING)
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title, and that numbers stand to the right."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (self.tr("Layer"), self.tr("Opacity"), self.tr("Scales"), self.tr("Credit"))
        return titles[section] if section < len(titles) else None

    @qt_guarded(NOTHING)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what stands in a cell; of a layer that does not show, why, grey and in italics."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == NAME:
            is_shown = row.view.is_shown
            return Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role in _SET_BACK and (row.why_not or not row.view.is_shown):
            is_font = role == Qt.ItemDataRole.FontRole
            return _italic_font() if is_font else QColor(theme().disabled_text)
        return None

    @qt_guarded(False)
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a layer to be shown or hidden: the box was ticked or unticked."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != NAME:
            return False
        is_on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.tick_wanted.emit(self._rows[index.row()].view.layer, is_on)
        return True

    @qt_guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.column() == NAME:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.row() < len(self._rows) and self._rows[index.row()].can_move:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    @qt_guarded(Qt.DropAction.IgnoreAction)
    def supportedDropActions(self) -> Qt.DropAction:
        """Return that a layer that is dragged goes elsewhere."""
        return Qt.DropAction.MoveAction

    @qt_guarded(_NO_TYPES)
    def mimeTypes(self) -> list[str]:
        """Return what is dragged: a layer of this panel, nothing for other programs."""
        return [MIME]

    @qt_guarded(_NO_DATA)
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the layer that is dragged."""
        data = QMimeData()
        if indexes:
            data.setData(MIME, QByteArray(self._rows[indexes[0].row()].view.layer.encode()))
        return data

    @qt_guarded(False)
    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for a layer to come where it was dropped.

        Never says that it took it: the view would then remove the row that it came from.
        """
        if action is Qt.DropAction.MoveAction and data.hasFormat(MIME):
            at = row if row >= 0 else parent.row() if parent.isValid() else len(self._rows)
            self.drop_wanted.emit(bytes(data.data(MIME).data()).decode(), at)
        return False

    def _text(self, row: LayerRow, column: int) -> str:
        if column == NAME:
            return row.name
        if column == OPACITY and row.view.layer in WITHOUT_OPACITY:
            return self.tr("as labels")
        if column == OPACITY:
            return self.tr("{percent} %").format(percent=round(100 * row.view.opacity))
        return (row.why_not or scales_text(row.view)) if column == SCALES else row.credit

    def _tip(self, row: LayerRow, column: int) -> str:
        if column == SCALES and row.why_not:
            return self.tr("Shows {scales}; {why_not}.").format(
                scales=scales_text(row.view), why_not=row.why_not
            )
        if column == NAME and not row.can_move:
            return self.tr("{name}: always above the other layers").format(name=row.name)
        if column == NAME and row.credit:  # whole, where its column has no room
            return f"{row.name}\n{row.credit}"
        return self._text(row, column)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == OPACITY else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _italic_font() -> QFont:
    font = QFont(QGuiApplication.font())
    font.setItalic(True)
    return font


def _id(row: LayerRow) -> str:
    return str(row.view.layer)
