"""A table of entities that sorts, filters and updates itself row by row."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPixmap

from channelplot.chart.qt_guard import qt_guarded

Key = tuple[int, float | str]
"""What rows are sorted by: a missing value (1, ...) goes after every other (0, value)."""
MISSING: Key = (1, "")


class Entity(Protocol):
    """Anything with a uid."""

    @property
    def uid(self) -> str:
        """Return the identifier."""
        ...


E = TypeVar("E", bound=Entity)
NOTHING: Final[object] = None
Index = QModelIndex | QPersistentModelIndex
_FEW: Final = 200
"""So many rows come and go one by one, leaving the others where they are."""
_STANDING_OUT: Final = (Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ForegroundRole)


@dataclass(frozen=True, slots=True)
class Column(Generic[E]):
    """A column: its title, what stands in it, and what it is sorted by.

    tip: what the title stands for, where it is short. ink: a colour, ``#rrggbb``, for text that
    stands out; it is in bold then, too. Empty for the usual.
    """

    title: str
    text: Callable[[E], str]
    key: Callable[[E], Key]
    is_number: bool = False
    swatch: Callable[[E], QPixmap | QIcon] | None = None
    tooltip: Callable[[E], str] | None = None
    tip: str = ""
    ink: Callable[[E], str] | None = None


class EntityTable(QAbstractTableModel, Generic[E]):
    """Rows of entities in the order of one column, those that were found and are kept.

    A change touches the rows it names and no others, so that what is selected or being
    read stays where it is.
    """

    def __init__(self, columns: Sequence[Column[E]], parent: QObject | None = None) -> None:
        """Start empty, in the order of the first column."""
        super().__init__(parent)
        self._columns = tuple(columns)
        self._all: dict[str, E] = {}
        self._rows: list[E] = []
        self._besides = set[str]()
        self._is_unsorted = False
        self._is_short = False
        self._ordered: list[E] | None = None
        self._found: frozenset[str] | None = None
        self._keep: Callable[[E], bool] | None = None
        self.unlisted = 0
        """How many there are that the table was not given."""
        self._column = 0
        self._order = Qt.SortOrder.AscendingOrder

    def show_all(self, entities: Iterable[E], ordered_by: int | None = None) -> None:
        """Show these entities instead of those before.

        ordered_by: the column that they are in order of, ascending; None for none.
        """
        self.beginResetModel()
        self._all = {entity.uid: entity for entity in entities}
        self._besides.clear()
        self._is_unsorted = False
        self._ordered = None
        self._is_short = self._found is not None or self._keep is not None
        rows = list(self._all.values())
        if self._is_short:
            rows = list(filter(self._shows, rows))
        if ordered_by != self._column:
            rows = self._sorted(rows)
        elif self._order is Qt.SortOrder.DescendingOrder:
            rows.reverse()
        self._rows = rows
        self.endResetModel()

    def add_all(self, entities: Iterable[E]) -> None:
        """Show these besides, as far as they are not there already."""
        new = [entity for entity in entities if entity.uid not in self._all]
        if len(new) <= _FEW:
            self.update_entities(new, ())
            self._besides.update(entity.uid for entity in new)
        else:
            self.keep_besides(new)
            self._filter()

    def keep_besides(self, entities: Iterable[E]) -> None:
        """Know these besides; they are shown when another filter is set."""
        new = {entity.uid: entity for entity in entities if entity.uid not in self._all}
        self._all.update(new)
        self._besides.update(new)
        if new:
            self._is_unsorted = True

    def drop_besides(self) -> None:
        """Show no longer what was added besides, as soon as another filter is set."""
        for uid in self._besides:
            self._all.pop(uid, None)
        self._is_unsorted = bool(self._besides) or self._is_unsorted
        self._besides.clear()

    def uids(self) -> Set[str]:
        """Return the uids of all that it was given, shown or not."""
        return self._all.keys()

    def update_entities(self, changed: Iterable[E], gone: Iterable[str]) -> None:
        """Show changed and added entities, and no longer those that are gone."""
        self._ordered = None
        changed = tuple(changed)
        self._besides.difference_update(entity.uid for entity in changed)
        for uid in gone:
            self._remove(self._row_of(uid, self._all.pop(uid, None)))
        for entity in changed:
            before = self._all.get(entity.uid)
            self._all[entity.uid] = entity
            self._put(entity, self._row_of(entity.uid, before))

    def refresh(self) -> None:
        """Have every cell read again: what stands in it depends on other entities."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def set_filter(
        self, found: frozenset[str] | None, keep: Callable[[E], bool] | None = None
    ) -> None:
        """Show the rows whose uids were found, None for all, and that pass keep."""
        before, self._found = self._found, found
        if keep is None and self._keep is None and before is not None and found is not None:
            changed = before ^ found
            if len(changed) <= _FEW:
                for uid in changed & self._all.keys():
                    entity = self._all[uid]
                    self._put(entity, self._row_of(uid, entity) if uid in before else None)
                return
        elif found is before and keep is None and self._keep is None and not self._is_unsorted:
            return
        self._keep = keep
        self._filter()

    def entity_at(self, row: int) -> E:
        """Return the entity of a row."""
        return self._rows[row]

    def row_of(self, uid: str) -> int | None:
        """Return the row of an entity, None if it is not shown."""
        return self._row_of(uid, self._all.get(uid))

    @property
    def is_filtered(self) -> bool:
        """Return whether only some of what the table was given are shown."""
        return self._is_short

    def total(self) -> int:
        """Return how many entities there are, shown, filtered out or never listed."""
        return len(self._all) + self.unlisted

    @qt_guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._rows)

    @qt_guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    @qt_guarded(NOTHING)
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title, and that numbers stand to the right."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole and column.tip:
            return column.tip
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.tip or column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column.is_number)
        return None

    @qt_guarded(NOTHING)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what stands in a cell; the whole text again as its tooltip."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        column, entity = self._columns[index.column()], self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(entity)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (column.tooltip or column.text)(entity)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column.is_number)
        if role == Qt.ItemDataRole.DecorationRole and column.swatch is not None:
            return column.swatch(entity)
        if role in _STANDING_OUT and column.ink is not None and column.ink(entity):
            is_font = role == Qt.ItemDataRole.FontRole
            return _strong_font() if is_font else QColor(column.ink(entity))
        return None

    @qt_guarded(None)
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in the order of a column; -1 keeps the order there is."""
        if not 0 <= column < len(self._columns):
            return
        self._column, self._order = column, order
        self._ordered = None
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        moving = [(index, self._rows[index.row()].uid) for index in before]
        self._rows = self._sorted(self._rows)
        row_of = {entity.uid: row for row, entity in enumerate(self._rows)} if moving else {}
        after = [self.index(row_of[uid], index.column()) for index, uid in moving]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _filter(self) -> None:
        """Show other rows in the same order; what is shown unfiltered is in order already."""
        self.beginResetModel()
        rows = self._ordered
        if rows is None or self._is_unsorted:
            is_listed = not (self._is_short or self._is_unsorted)
            rows = self._rows if is_listed else self._sorted(self._all.values())
        self._is_unsorted = False
        self._is_short = self._found is not None or self._keep is not None
        self._ordered = rows if self._is_short else None
        if self._found is not None:
            found = self._found
            rows = [entity for entity in rows if entity.uid in found]
        if self._keep is not None:
            rows = list(filter(self._keep, rows))
        self._rows = rows
        self.endResetModel()

    def _sorted(self, entities: Iterable[E]) -> list[E]:
        key = self._columns[self._column].key
        is_descending = self._order is Qt.SortOrder.DescendingOrder
        return sorted(entities, key=key, reverse=is_descending)

    def _shows(self, entity: E) -> bool:
        is_found = self._found is None or entity.uid in self._found
        return is_found and (self._keep is None or self._keep(entity))

    def _row_of(self, uid: str, entity: E | None) -> int | None:
        """Return the row of an entity as it was when it was put there.

        Found by halving; where what the order goes by has changed since, by looking at
        every row.
        """
        if entity is None:
            return None
        key = self._columns[self._column].key
        own, row = key(entity), self._place(entity) - 1
        while row >= 0 and key(self._rows[row]) == own:
            if self._rows[row].uid == uid:
                return row
            row -= 1
        return next((row for row, e in enumerate(self._rows) if e.uid == uid), None)

    def _remove(self, row: int | None) -> None:
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()

    def _put(self, entity: E, row: int | None) -> None:
        """Show the entity in its place; a row that can stay where it is only changes."""
        if row is not None and self._shows(entity) and self._fits(row, entity):
            self._rows[row] = entity
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))
            return
        self._remove(row)
        if self._shows(entity):
            row = self._place(entity)
            self.beginInsertRows(QModelIndex(), row, row)
            self._rows.insert(row, entity)
            self.endInsertRows()

    def _fits(self, row: int, entity: E) -> bool:
        key = self._columns[self._column].key
        own = key(entity)
        before = key(self._rows[row - 1]) if row else None
        after = key(self._rows[row + 1]) if row + 1 < len(self._rows) else None
        if self._order is Qt.SortOrder.DescendingOrder:
            before, after = after, before
        return (before is None or before <= own) and (after is None or own <= after)

    def _place(self, entity: E) -> int:
        """Return the row before which an entity belongs, by halving."""
        key = self._columns[self._column].key
        own = key(entity)
        is_descending = self._order is Qt.SortOrder.DescendingOrder
        low, high = 0, len(self._rows)
        while low < high:
            middle = (low + high) // 2
            other = key(self._rows[middle])
            if own < other if not is_descending else other < own:
                high = middle
            else:
                low = middle + 1
        return low


def _strong_font() -> QFont:
    font = QFont(QGuiApplication.font())
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _alignment(is_number: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
