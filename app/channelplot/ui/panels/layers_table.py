"""The list of layers, in which a row is dragged to where its layer is to be."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QDrag, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QTableView

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.theme import theme

_BESIDE_PX: Final = QPoint(14, 10)
"""How far from the pointer the name goes along: what is under the pointer stays in sight."""
_PADDING_PX: Final = 6
_LINE_PX: Final = 2
_Position = QAbstractItemView.DropIndicatorPosition


class LayersTable(QTableView):
    """A table whose rows are dragged; a line shows between which two the row would come."""

    @qt_guarded(None)
    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the row that was pressed; its name goes along beside the pointer."""
        index = self.currentIndex()
        if not index.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            return
        drag = QDrag(self)
        drag.setMimeData(self.model().mimeData([index]))
        drag.setPixmap(self._name_tag(str(index.siblingAtColumn(0).data())))
        drag.setHotSpot(-_BESIDE_PX)
        drag.exec(Qt.DropAction.MoveAction)

    @qt_guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and where what is dragged would come: Qt's own line is hardly seen."""
        super().paintEvent(event)
        line = self._drop_line()
        if line.isValid():
            with QPainter(self.viewport()) as painter:
                painter.fillRect(line, QColor(theme().accent))

    def _drop_line(self) -> QRect:
        """Return the line between the rows that a drop goes between; an invalid one for none."""
        if self.state() is not QAbstractItemView.State.DraggingState:
            return QRect()
        pointer = self.viewport().mapFromGlobal(self.cursor().pos())
        index = self.indexAt(pointer)
        row_px = self.visualRect(index)
        where = self.dropIndicatorPosition()
        if not index.isValid() or where is _Position.OnViewport:
            return QRect()
        y = row_px.bottom() if where is _Position.BelowItem else row_px.top()
        return QRect(0, max(y - _LINE_PX // 2, 0), self.viewport().width(), _LINE_PX)

    def _name_tag(self, name: str) -> QPixmap:
        """Return the name of a layer in a frame."""
        metrics, colours = self.fontMetrics(), theme()
        area = metrics.boundingRect(name).adjusted(0, 0, 2 * _PADDING_PX, _PADDING_PX)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(area.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(colours.selection))
        with QPainter(pixmap) as painter:
            painter.setFont(self.font())
            painter.setPen(QColor(colours.accent))
            inside = QRect(QPoint(0, 0), area.size())
            painter.drawRect(inside.adjusted(0, 0, -1, -1))
            painter.setPen(QColor(colours.text))
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, name)
        return pixmap
