"""The caret of texts that are written, no brighter than the texts.

Qt draws a caret in the opposite of what is under it: white where the ground is nearly black.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.theme import Look, shown_look, theme


class DimCaret(QObject):
    """Watches, at night, whatever line has the keyboard, and nothing else."""

    def __init__(self, parent: QObject) -> None:
        """Follow the keyboard while the parent lives."""
        super().__init__(parent)
        self._line: QLineEdit | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication), "a window has an application"
        app.focusChanged.connect(self._follow)

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the line draw itself; then nothing where its caret is may be brighter than ink."""
        is_drawn = event.type() is QEvent.Type.Paint and watched is self._line
        if not is_drawn or shown_look() is not Look.NIGHT:
            return False
        line = self._line
        assert line is not None, "it draws itself"
        line.event(event)
        caret = line.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        with QPainter(line) as painter:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Darken)
            painter.fillRect(QRectF(caret).adjusted(-1.0, 0.0, 1.0, 0.0), QColor(theme().text))
        return True

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QAbstractSpinBox | QComboBox):
            now = now.findChild(QLineEdit)
        if self._line is not None and shiboken6.isValid(self._line):
            self._line.removeEventFilter(self)
        self._line = None
        if isinstance(now, QLineEdit):
            self._line = now
            now.installEventFilter(self)
