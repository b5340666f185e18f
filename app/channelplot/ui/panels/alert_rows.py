"""The rows of the Alerts panel: what stands in them, and how they are drawn, in two lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from channelplot.analysis.alerts import Alert
from channelplot.chart.qt_guard import qt_guarded
from channelplot.chart.urgency import Urgency
from channelplot.model.codes import AlertCode
from channelplot.ui.theme import theme
from channelplot.ui.urgency_icons import urgency_pixmap

PADDING_PX: Final = 6
_GAP_PX: Final = 9
_LINE_GAP_PX: Final = 2
_SHAPE_SHARE: Final = 1.15
"""A shape is so high, in parts of a line of text."""
_WRAPPED: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
_ROW_ROLE: Final = Qt.ItemDataRole.UserRole
NOTHING: Final[object] = None
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert in words: what it is, and how it stands."""

    alert: Alert
    urgency: Urgency
    text: str
    standing: str

    @property
    def key(self) -> tuple[AlertCode, str]:
        """Return what stays the same while the alert goes on."""
        return self.alert.code, self.alert.entity_uid


class AlertRows(QAbstractListModel):
    """The alerts, one below the other, in the order they are given."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows: tuple[AlertRow, ...] = ()

    def show_rows(self, rows: Sequence[AlertRow]) -> tuple[int, ...]:
        """Show these rows, and return the numbers of those in which something else stands now.

        The model is reset, and the selection with it, only if they are others or in another order.
        """
        before = self.rows
        if [row.key for row in before] != [row.key for row in rows]:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()
            return tuple(range(len(rows)))
        self.rows = tuple(rows)
        pairs = enumerate(zip(before, rows, strict=True))
        changed = tuple(number for number, (old, new) in pairs if old != new)
        for number in changed:
            self.dataChanged.emit(self.index(number), self.index(number))
        return changed

    @qt_guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """Return the number of alerts."""
        return 0 if parent.isValid() else len(self.rows)

    @qt_guarded(NOTHING)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return both lines as text, the shape, or the row itself."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{row.text}\n{row.standing}"
        if role == _ROW_ROLE:
            return row
        return None


class AlertDelegate(QStyledItemDelegate):
    """Draws a row: the shape, what it is in strong letters, how it stands below; wrapped."""

    def __init__(self, view: QWidget) -> None:
        """Draw for a view, in its font."""
        super().__init__(view)
        self._view = view

    @qt_guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground as the style does, and the row upon it."""
        row = index.data(_ROW_ROLE)
        if not isinstance(row, AlertRow):
            return
        self.initStyleOption(option, index)
        option.text = ""
        style = self._view.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._view)
        rect, fonts = option.rect, self._fonts(row)
        shape_px = self._shape_px()
        at = rect.topLeft() + QPoint(PADDING_PX, PADDING_PX)
        painter.save()
        painter.drawPixmap(at, urgency_pixmap(row.urgency, shape_px))
        left, width = self._column(rect)
        top = rect.top() + PADDING_PX
        for text, font, ink in (
            (row.text, fonts[0], _strong_ink(row.urgency)),
            (row.standing, fonts[1], _faint_ink(row.urgency)),
        ):
            height = self._height(font, text, width)
            painter.setFont(font)
            painter.setPen(QColor(ink))
            painter.drawText(QRect(left, top, width, height), _WRAPPED, text)
            top += height + _LINE_GAP_PX
        painter.restore()

    @qt_guarded(QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room both lines need in the width there is."""
        row = index.data(_ROW_ROLE)
        if not isinstance(row, AlertRow):
            return QSize()
        _, width = self._column(option.rect)
        fonts = self._fonts(row)
        height = self._height(fonts[0], row.text, width) + _LINE_GAP_PX
        height += self._height(fonts[1], row.standing, width)
        return QSize(option.rect.width(), max(height, self._shape_px()) + 2 * PADDING_PX)

    def _fonts(self, row: AlertRow) -> tuple[QFont, QFont]:
        usual, strong = QFont(self._view.font()), QFont(self._view.font())
        if row.urgency is not Urgency.SEEN:
            strong.setWeight(QFont.Weight.DemiBold)
        return strong, usual

    def _shape_px(self) -> int:
        return round(self._view.fontMetrics().height() * _SHAPE_SHARE)

    def _column(self, rect: QRect) -> tuple[int, int]:
        """Return where the text begins and how wide it may be."""
        indent = PADDING_PX + self._shape_px() + _GAP_PX
        return rect.left() + indent, max(rect.width() - indent - PADDING_PX, 1)

    def _height(self, font: QFont, text: str, width: int) -> int:
        box = QRect(0, 0, width, 10_000)
        return QFontMetrics(font).boundingRect(box, _WRAPPED, text).height()


def _strong_ink(urgency: Urgency) -> str:
    return {
        Urgency.URGENT: theme().bad,
        Urgency.STANDING: theme().text,
        Urgency.SEEN: theme().faint_text,
    }[urgency]


def _faint_ink(urgency: Urgency) -> str:
    return theme().bad if urgency is Urgency.URGENT else theme().faint_text
