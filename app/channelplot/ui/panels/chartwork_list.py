"""The lines of the Chartwork panel: in columns, under headings, each reached and copied by keys."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.chartwork_row import GAP, Cell, Row, Section, Tone
from channelplot.ui.panels.chartwork_columns import Columns, columns_of
from channelplot.ui.panels.entity_panel import MARGIN_PX
from channelplot.ui.theme import theme

NOTHING: Final[object] = None
Index = QModelIndex | QPersistentModelIndex
_ROW_ROLE: Final = Qt.ItemDataRole.UserRole
_WRAPPED: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
_LINE_PX: Final = 2
_ABOVE_HEADING_PX: Final = 8
_BELOW_HEADING_PX: Final = 3
_IN_BOLD: Final = frozenset({Tone.STRONG, Tone.WARNING, Tone.BAD})


class ChartworkRows(QAbstractListModel):
    """The lines, one below the other; headings can't be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> bool:
        """Show these lines; return whether they are others, not the same with other figures."""
        before, after = self.rows, tuple(rows)
        if [row.key for row in before] != [row.key for row in after]:
            self.beginResetModel()
            self.rows = after
            self.endResetModel()
            return True
        self.rows = after
        for line, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(line), self.index(line))
        return False

    @qt_guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """Return the number of lines, headings among them."""
        return 0 if parent.isValid() else len(self.rows)

    @qt_guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that all but the headings can be chosen."""
        if not index.isValid() or self.rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @qt_guarded(NOTHING)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the line as plain text, or the row itself."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._title(row.section)}: {row.text}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip or row.text
        return row if role == _ROW_ROLE else None

    def _title(self, section: Section) -> str:
        headings = (row for row in self.rows if row.is_heading and row.section is section)
        return next((row.cells[0].text for row in headings), "")


class ChartworkList(QListView):
    """The lines. Emits craft_wanted with a uid at Enter or double click, now_wanted at Esc.

    hint_changed says what can be done with the chosen line, "" while the keys are elsewhere.
    """

    craft_wanted = Signal(str)
    now_wanted = Signal()
    hint_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.lines = ChartworkRows(self)
        self._columns: dict[Section, Columns] = {}
        self.setModel(self.lines)
        self.setItemDelegate(ChartworkDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(lambda *_: self._tell_hint())
        self.doubleClicked.connect(lambda _: self._follow_line())

    @property
    def chosen(self) -> Row | None:
        """Return the line that is chosen."""
        index = self.currentIndex()
        return self.lines.rows[index.row()] if index.isValid() else None

    def columns(self, row: Row) -> Columns:
        """Return the columns a line stands in."""
        return self._columns[row.section]

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these lines; the chosen one stays chosen, and what is in sight stays there."""
        if tuple(rows) == self.lines.rows:
            return
        chosen, scrolled_px = self.chosen, self.verticalScrollBar().value()
        self._columns = self._columns_of(rows)
        is_other = self.lines.show_rows(rows)
        self.doItemsLayout()
        if not is_other:
            return
        self.verticalScrollBar().setValue(scrolled_px)
        keys = [row.key for row in rows]
        if chosen is not None and chosen.key in keys:
            self._choose(keys.index(chosen.key))
        elif self.hasFocus():
            self._choose_first()

    def text(self) -> str:
        """Return all lines as plain text, those of a section under its heading."""
        lines = []
        for row in self.lines.rows:
            indent = "" if row.is_heading else GAP
            said = row.cells[0].text.upper() if row.is_heading else row.text
            lines.append(indent + said.replace("\n", GAP))
        return "\n".join(lines)

    def copy_line(self) -> None:
        """Put the chosen line on the clipboard as plain text."""
        if self.chosen is not None:
            QGuiApplication.clipboard().setText(self.chosen.text.replace("\n", GAP))

    def copy_all(self) -> None:
        """Put all lines on the clipboard as plain text."""
        QGuiApplication.clipboard().setText(self.text())

    @qt_guarded(False)
    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+C, which is the window's for positions elsewhere."""
        return self._keeps(event) or super().event(event)

    @qt_guarded(False)
    def _keeps(self, event: QEvent) -> bool:
        """Return whether an event is Ctrl+C before it becomes a shortcut; take it then.

        Guarded by itself: a view whose every event fails would be painted without end.
        """
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        is_copy = event.matches(QKeySequence.StandardKey.Copy)
        if is_copy:
            event.accept()
        return is_copy

    @qt_guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy at Ctrl+C, go to the line's craft at Enter, back to now at Esc."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_line()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._follow_line()
        elif event.key() == Qt.Key.Key_Escape:
            self.now_wanted.emit()
        else:
            super().keyPressEvent(event)

    @qt_guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the first line where none is chosen."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self._choose_first()
        self._tell_hint()

    @qt_guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Offer nothing any more."""
        super().focusOutEvent(event)
        self._tell_hint()

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns the room there is."""
        self._columns = self._columns_of(self.lines.rows)
        super().resizeEvent(event)

    @qt_guarded(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the line under the mouse."""
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self.chosen
        if row is not None and row.track_uid:
            select = menu.addAction(self.tr("Select {name}  (Enter)").format(name=row.name))
            select.triggered.connect(lambda _=False: self._follow_line())
        if row is not None:
            menu.addAction(self.tr("Copy the line  (Ctrl+C)")).triggered.connect(
                lambda _=False: self.copy_line()
            )
        menu.addAction(self.tr("Copy all lines")).triggered.connect(lambda _=False: self.copy_all())
        menu.popup(event.globalPos())

    def _follow_line(self) -> None:
        row = self.chosen
        if row is not None and row.track_uid:
            self.craft_wanted.emit(row.track_uid)

    def _tell_hint(self) -> None:
        row = self.chosen
        if row is None or not self.hasFocus():
            self.hint_changed.emit("")
        elif row.track_uid:
            hint = self.tr("Enter selects {name}, Ctrl+C copies the line").format(name=row.name)
            self.hint_changed.emit(hint)
        else:
            self.hint_changed.emit(self.tr("Ctrl+C copies the line"))

    def _choose_first(self) -> None:
        line = next((n for n, row in enumerate(self.lines.rows) if not row.is_heading), None)
        if line is not None:
            self._choose(line)

    def _choose(self, line: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.lines.index(line), flags)

    def _columns_of(self, rows: Sequence[Row]) -> dict[Section, Columns]:
        width_px = self.viewport().width() - 2 * MARGIN_PX
        metrics = {tone: QFontMetrics(_font(self.font(), tone)) for tone in Tone}

        def advance_px(cell: Cell) -> int:
            return metrics[cell.tone].horizontalAdvance(cell.text) + 1 if cell.text else 0

        return columns_of(rows, width_px, advance_px)


class ChartworkDelegate(QStyledItemDelegate):
    """Draws a line: its cells in their columns, its details below; a heading with a rule."""

    def __init__(self, view: ChartworkList) -> None:
        """Draw for a list, in its font and its columns."""
        super().__init__(view)
        self._view = view

    @qt_guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of a chosen line, and the line upon it."""
        row = index.data(_ROW_ROLE)
        if not isinstance(row, Row):
            return
        rect, columns = option.rect, self._view.columns(row)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        painter.save()
        if is_chosen:
            painter.fillRect(rect, QColor(theme().selection))
        at = rect.topLeft() + QPoint(MARGIN_PX, _ABOVE_HEADING_PX if row.is_heading else _LINE_PX)
        line_px = self._view.fontMetrics().height()
        lines = 0
        for place in columns.places(row):
            side = (
                Qt.AlignmentFlag.AlignRight if place.cell.is_number else Qt.AlignmentFlag.AlignLeft
            )
            font = _font(self._view.font(), place.cell.tone)
            top = at.y() + place.line * line_px
            box = QRect(at.x() + place.left_px, top, place.width_px, line_px)
            text = QFontMetrics(font).elidedText(
                place.cell.text, Qt.TextElideMode.ElideMiddle, place.width_px
            )
            painter.setFont(font)
            painter.setPen(QColor(_ink(Tone.FAINT if row.is_heading else place.cell.tone)))
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)
            lines = max(lines, place.line + 1)
        if row.detail:
            box, _ = self._detail(row, columns, at.x())
            top = at.y() + (lines * line_px if _has_cells(row) else 0)
            painter.setFont(_font(self._view.font(), Tone.FAINT))
            painter.setPen(QColor(_ink(row.detail_tone)))
            painter.drawText(box.translated(0, top), _WRAPPED, row.detail)
        if row.is_heading:
            painter.setPen(QColor(theme().line))
            painter.drawLine(
                rect.left() + MARGIN_PX, rect.bottom(), rect.right() - MARGIN_PX, rect.bottom()
            )
        painter.restore()

    @qt_guarded(QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room a line needs in the width there is."""
        row = index.data(_ROW_ROLE)
        if not isinstance(row, Row):
            return QSize()
        columns = self._view.columns(row)
        line_px = self._view.fontMetrics().height()
        if row.is_heading:
            height = _ABOVE_HEADING_PX + line_px + _BELOW_HEADING_PX
        else:
            lines = 1 + max((place.line for place in columns.places(row)), default=0)
            height = 2 * _LINE_PX + (lines * line_px if _has_cells(row) else 0)
            height += self._detail(row, columns, 0)[1] if row.detail else 0
        return QSize(columns.width_px, height)

    def _detail(self, row: Row, columns: Columns, left_px: int) -> tuple[QRect, int]:
        """Return where the details of a line stand, from the top of them on, and how high."""
        indent_px = columns.indent_px if _has_cells(row) else 0
        width_px = max(columns.width_px - indent_px, 1)
        metrics = QFontMetrics(_font(self._view.font(), Tone.FAINT))
        height = metrics.boundingRect(QRect(0, 0, width_px, 10_000), _WRAPPED, row.detail).height()
        return QRect(left_px + indent_px, 0, width_px, height), height


def _ink(tone: Tone) -> str:
    shown = theme()
    return {
        Tone.PLAIN: shown.text,
        Tone.STRONG: shown.text,
        Tone.FAINT: shown.faint_text,
        Tone.WARNING: shown.warning,
        Tone.BAD: shown.bad,
    }[tone]


def _has_cells(row: Row) -> bool:
    return any(cell.text for cell in row.cells)


def _font(usual: QFont, tone: Tone) -> QFont:
    font = QFont(usual)
    if tone in _IN_BOLD:
        font.setWeight(QFont.Weight.DemiBold)
    return font
