"""A page of a sheet as it will be, in as many pixels as there is room for."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from channelplot.chart.cancel import Cancel
from channelplot.chart.qt_guard import qt_guarded
from channelplot.snapshot.page import Page
from channelplot.ui.theme import Look, shown_look, theme

_LEAST: Final = QSize(160, 120)
_WANTED: Final = QSize(360, 280)
_MARGIN_PX: Final = 4
_LIGHT: Final = {Look.DUSK: "#a8a8a8", Look.NIGHT: "#5c5c5c"}
"""What white paper is dimmed to, so that it does not outshine the chart."""


class SheetPreview(QWidget):
    """Shows a picture of a page, dimmed with the window.

    Signals: room_changed() when it is of another size; page_wanted(int), so many pages on;
    carry_wanted() when somebody begins to drag it out; closer_wanted() at a click, Space or Enter.
    """

    room_changed = Signal()
    page_wanted = Signal(int)
    carry_wanted = Signal()
    closer_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start with nothing."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Preview of the sheet"))
        self.setToolTip(
            self.tr("Click it to see it in the place of the chart; drag it out to have the sheet")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(_LEAST)
        self._image: QImage | None = None
        self._is_stale = False
        self._pressed_at: QPoint | None = None

    @property
    def image(self) -> QImage | None:
        """Return the picture that shows, None for none."""
        return self._image

    @property
    def is_stale(self) -> bool:
        """Return whether what shows is not what is chosen."""
        return self._is_stale

    def show_image(self, image: QImage | None) -> None:
        """Show a picture of a page, None for nothing."""
        self._image = image
        self._is_stale = False
        self.update()

    def fade(self) -> None:
        """Say that what shows is not what is chosen."""
        self._is_stale = True
        self.update()

    def room_px(self) -> QSize:
        """Return in how many pixels of the screen a page may be drawn."""
        ratio = self.devicePixelRatioF()
        room = self.rect().adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX).size()
        return QSize(round(room.width() * ratio), round(room.height() * ratio))

    @qt_guarded(_WANTED)
    def sizeHint(self) -> QSize:
        """Return the size at which the outlines of a page can be judged."""
        return _WANTED

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is another room."""
        super().resizeEvent(event)
        self.room_changed.emit()

    @qt_guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page in the middle, with an edge."""
        image = self._image
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme().window))
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme().accent), 1.0))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            if image is None:
                return
            box = self._box(image)
            painter.drawImage(box, image)
            dimmed = _LIGHT.get(shown_look())
            if dimmed is not None:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.fillRect(box, QColor(dimmed))
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            if self._is_stale:
                veil = QColor(theme().panel)
                veil.setAlphaF(0.6)
                painter.fillRect(box, veil)
            painter.setPen(QPen(QColor(theme().line), 1.0))
            painter.drawRect(box.adjusted(-1, -1, 0, 0))

    @qt_guarded(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn pages."""
        steps = event.angleDelta().y()
        if steps:
            self.page_wanted.emit(-1 if steps > 0 else 1)
        event.accept()

    @qt_guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a drag may begin."""
        is_left = event.button() == Qt.MouseButton.LeftButton and self._image is not None
        self._pressed_at = event.position().toPoint() if is_left else None

    @qt_guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the sheet out once the mouse has gone far enough."""
        start = self._pressed_at
        if start is None:
            return
        way = QPointF(event.position() - QPointF(start)).manhattanLength()
        if way >= QApplication.startDragDistance():
            self._pressed_at = None
            self.carry_wanted.emit()

    @qt_guarded(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a press that became no drag as a click."""
        is_click = self._pressed_at is not None
        self._pressed_at = None
        if is_click:
            self.closer_wanted.emit()

    @qt_guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Space and Enter as a click."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.closer_wanted.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _box(self, image: QImage) -> QRect:
        """Return where a picture goes: whole pixels of the screen, in the middle."""
        size = image.size() / self.devicePixelRatioF()
        left = (self.width() - size.width()) // 2
        top = (self.height() - size.height()) // 2
        return QRect(left, top, size.width(), size.height())


def page_picture(page: Page, room_px: QSize, cancel: Cancel) -> QImage:
    """Return a page as large as fits, laid out as in a file; unfinished if cancelled. Any thread.

    Raises MemoryError if there is no room for it.
    """
    sheet = page.sheet
    share = min(room_px.width() / sheet.width_px, room_px.height() / sheet.height_px)
    width_px, height_px = round(sheet.width_px * share), round(sheet.height_px * share)
    image = QImage(max(width_px, 1), max(height_px, 1), QImage.Format.Format_RGB32)
    if image.isNull():
        raise MemoryError
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(image.width() / sheet.width_px, image.height() / sheet.height_px)
        page.draw(painter, cancel)
    return image
