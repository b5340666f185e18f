"""The watch log as a table: the latest act on top, and those that a query wants."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from channelplot.chart.qt_guard import qt_guarded
from channelplot.geodesy.text import date_time_group, three_clocks_text
from channelplot.store.log import LoggedAct
from channelplot.ui.log.query import LogQuery
from channelplot.ui.panels.log_book import LogBook
from channelplot.ui.panels.log_reading import LogReading
from channelplot.ui.words.time_text import time_text

TIME, WHO, WORDS, WHY = range(4)
NOTHING: Final[object] = None
Index = QModelIndex | QPersistentModelIndex


class LogTable(QAbstractTableModel):
    """Time, who, what and why of each act.

    New acts come on top and those that are worded later below, each without looking at the
    others: the log only grows.
    """

    def __init__(
        self, book: LogBook, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Start with what the book holds. clock: returns the time in UTC."""
        super().__init__(parent)
        self.book = book
        self._clock = clock
        self._query = LogQuery()
        self._numbers: list[int] = []  # the oldest first: what comes on top is put at the end
        self._titles = (self.tr("Time"), self.tr("Who"), self.tr("What"), self.tr("Why"))

    @property
    def query(self) -> LogQuery:
        """Return what is asked for."""
        return self._query

    def show(self, acts: Sequence[LoggedAct]) -> None:
        """Show the acts of another plot."""
        self.book.show(acts)
        self._ask_again()

    def ask(self, query: LogQuery) -> None:
        """Show the acts that a query wants; of those not worded yet, as they get worded."""
        if query != self._query:
            self._query = query
            self._ask_again()

    def reword(self) -> None:
        """Word every act anew."""
        self.book.reword()
        self._show_anew()

    def _show_anew(self) -> None:
        if self._query.needs_reading:
            self._ask_again()
        elif self._numbers:
            last = self.index(len(self._numbers) - 1, WHY)
            self.dataChanged.emit(self.index(0, WORDS), last)

    def take(self, reading: LogReading) -> None:
        """Show what was read of the acts that are left in the file."""
        self.book.take(reading)
        self._show_anew()

    def catch_up(self) -> int:
        """Show the acts that came since, and return how many of them the query wants."""
        before = len(self.book)
        anew = self.book.catch_up()
        if anew and self._numbers:
            last = self.index(len(self._numbers) - 1, WHY)
            self.dataChanged.emit(self.index(0, WORDS), last)
        wanted = self._passing(range(before, len(self.book)))
        if wanted:
            self.beginInsertRows(QModelIndex(), 0, len(wanted) - 1)
            self._numbers.extend(wanted)
            self.endInsertRows()
        return len(wanted)

    def read_some(self, duration_s: float) -> None:
        """Word more acts for so long and show those of them that the query wants."""
        worded = self.book.read_some(duration_s)
        wanted = self._passing(reversed(worded)) if self._query.needs_reading else []
        if wanted:
            rows = len(self._numbers)
            self.beginInsertRows(QModelIndex(), rows, rows + len(wanted) - 1)
            self._numbers[:0] = wanted
            self.endInsertRows()

    def number_at(self, row: int) -> int:
        """Return the number of the act in a row."""
        return self._numbers[-1 - row]

    def row_of(self, number: int) -> int | None:
        """Return the row of an act, None if it is not shown; found by halving."""
        place = bisect_left(self._numbers, number)
        is_shown = place < len(self._numbers) and self._numbers[place] == number
        return len(self._numbers) - 1 - place if is_shown else None

    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the acts shown, the oldest first."""
        return tuple(self._numbers)

    @qt_guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """Return the number of acts shown."""
        return 0 if parent.isValid() else len(self._numbers)

    @qt_guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._titles)

    @qt_guarded(NOTHING)
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._titles):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @qt_guarded(NOTHING)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what stands in a cell; as its tooltip the whole of it, times on three clocks."""
        if not index.isValid() or index.row() >= len(self._numbers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self.number_at(index.row()), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            number = self.number_at(index.row())
            if index.column() == TIME:
                at_utc = self.book.act(number).at_utc
                return f"{date_time_group(at_utc)}  {three_clocks_text(at_utc)}"
            return self._text(number, index.column())
        return None

    def _text(self, number: int, column: int) -> str:
        if column == TIME:
            return time_text(self.book.act(number).at_utc, self._clock)
        if column == WHO:
            return self.book.act(number).operator
        entry = self.book.entry(number)
        return entry.words if column == WORDS else entry.why

    def _ask_again(self) -> None:
        """Show what the query wants; where that takes words, of the acts that are worded."""
        worded_from = self.book.unread if self._query.needs_reading else 0
        self.beginResetModel()
        self._numbers = self._passing(range(worded_from, len(self.book)))
        self.endResetModel()

    def _passing(self, numbers: Iterable[int]) -> list[int]:
        return self.book.passing(self._query, numbers)
