"""The top of the Chartwork panel: which craft, for what time, and what is supposed of it."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.chart.wording import craft_text, status_text
from channelplot.geodesy.text import duration_text
from channelplot.model.track import Track
from channelplot.ui.craft_icons import SIZE_PX, craft_icon
from channelplot.ui.line.fixed_text import FixedText
from channelplot.ui.panels.entity_panel import MARGIN_PX
from channelplot.ui.words.time_text import time_text

_FIELD_LETTERS: Final = 9


class ChartworkHead(QWidget):
    """Craft, time and what is supposed; a time that was chosen stands out.

    Emits time_typed at Enter with what stands in the field, now_wanted at Esc, as_known_wanted when
    nothing is to be supposed any more, lines_wanted at Down.
    """

    time_typed = Signal(str)
    now_wanted = Signal()
    as_known_wanted = Signal()
    lines_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start without a craft."""
        super().__init__(parent)
        self._track: Track | None = None
        self._icon = QLabel(self)
        self.name = QLabel(self)
        self.name.setProperty("strong", True)
        self.name.setAccessibleName(self.tr("Craft"))
        self.status = FixedText(self)
        self._status = ""
        self.status.installEventFilter(self)
        self.when = QLabel(self)
        self.when.setObjectName("chartwork_time")
        self.when.setAccessibleName(self.tr("Answers are for"))
        self.time = QLineEdit(self)
        self.time.setAccessibleName(self.tr("Time to answer for"))
        self.time.setPlaceholderText(self.tr("-12, +30"))
        self.time.setToolTip(
            self.tr(
                "Another time, then Enter: 0300Z, -12 for twelve minutes ago, +30 for half an hour "
                'ahead. Esc or "now" goes back to now (F9 comes here)'
            )
        )
        width_px = self.time.fontMetrics().horizontalAdvance("0" * _FIELD_LETTERS)
        self.time.setFixedWidth(width_px + 2 * MARGIN_PX)
        self.time.installEventFilter(self)
        self.suppose = QPushButton(self.tr("Suppose"), self)
        self.suppose.setCheckable(True)
        self.suppose.setToolTip(
            self.tr("Suppose another course and speed, other fixes, or a time of going adrift")
        )
        upper = QHBoxLayout()
        upper.setSpacing(MARGIN_PX)
        upper.addWidget(self._icon)
        upper.addWidget(self.name)
        upper.addWidget(self.status, 1)
        upper.addWidget(self.when)
        upper.addWidget(self.time)
        upper.addWidget(self.suppose)
        self._supposed = QFrame(self)
        self._supposed.setProperty("banner", "warning")
        self.supposed = QLabel(self._supposed)
        self.supposed.setAccessibleName(self.tr("Supposed"))
        self.supposed.setWordWrap(True)
        self.supposed.setProperty("warning", True)
        self.as_known = QPushButton(self.tr("As known"), self._supposed)
        self.as_known.setToolTip(self.tr("Suppose nothing any more"))
        row = QHBoxLayout(self._supposed)
        row.setContentsMargins(MARGIN_PX, 3, MARGIN_PX, 3)
        row.addWidget(self.supposed, 1)
        row.addWidget(self.as_known)
        self.fault = QLabel(self)
        self.fault.setAccessibleName(self.tr("What is the matter with what was typed"))
        self.fault.setWordWrap(True)
        self.fault.setProperty("bad", True)
        self.fault.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 3)
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QWidget(self)
        upper.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        top.setLayout(upper)
        column.addWidget(top)
        column.addWidget(self.fault)
        column.addWidget(self._supposed)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.as_known.clicked.connect(lambda _: self.as_known_wanted.emit())
        self.time.textEdited.connect(lambda _: self.show_fault(""))
        self.show_supposed("")

    def show_craft(self, track: Track | None) -> None:
        """Show which craft the answers are of, None for none."""
        for widget in (self._icon, self.name, self.status, self.suppose):
            widget.setVisible(track is not None)
        self._track = track
        if track is None:
            return
        self.recolour()
        self.name.setText(track.name)
        self._status = status_text(track.status)
        self._show_status()
        self.name.setToolTip(craft_text(track.craft))

    def recolour(self) -> None:
        """Show the symbol in the colours of the moment."""
        if self._track is not None:
            self._icon.setPixmap(craft_icon(self._track).pixmap(SIZE_PX, SIZE_PX))

    def show_time(self, chosen_utc: datetime | None, now_utc: datetime) -> None:
        """Show for what time the answers are; one that was chosen stands out, with its distance."""
        if chosen_utc is None:
            self.when.setText(
                self.tr("Now {time}").format(time=time_text(now_utc, lambda: now_utc))
            )
        else:
            time, away = time_text(chosen_utc, lambda: now_utc), now_utc - chosen_utc
            apart = duration_text(abs(away.total_seconds()))
            text = (
                self.tr("{time}, {duration} ago")
                if away.total_seconds() > 0
                else self.tr("{time}, in {duration}")
            )
            self.when.setText(text.format(time=time, duration=apart))
        if bool(self.when.property("chosen")) != (chosen_utc is not None):
            self.when.setProperty("chosen", chosen_utc is not None)
            self.when.style().unpolish(self.when)
            self.when.style().polish(self.when)

    def show_typed(self, chosen_utc: datetime, now_utc: datetime) -> None:
        """Show a time that was chosen as it was understood, ready to be typed over."""
        self.time.setText(time_text(chosen_utc, lambda: now_utc))
        self.time.selectAll()

    def show_supposed(self, text: str) -> None:
        """Say what is supposed, "" for nothing."""
        self._supposed.setVisible(bool(text))
        self.supposed.setText(self.tr("SUPPOSED: {what}").format(what=text) if text else "")

    def show_fault(self, text: str) -> None:
        """Say why what was typed can't be used, "" for nothing."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        if bool(self.time.property("wrong")) != bool(text):
            self.time.setProperty("wrong", bool(text))
            self.time.style().unpolish(self.time)
            self.time.style().polish(self.time)

    def take_caret(self) -> None:
        """Put the caret into the field of the time."""
        self.time.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.time.selectAll()

    def _show_status(self) -> None:
        """Show the status where there is room for the whole of it."""
        width_px = self.status.fontMetrics().horizontalAdvance(self._status)
        self.status.show_text(self._status if width_px <= self.status.width() else "", self._status)

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask at Enter, go back to now at Esc, to the lines at Down; fit the status."""
        if watched is self.status:
            if event.type() == QEvent.Type.Resize:
                self._show_status()
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.time_typed.emit(self.time.text())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.now_wanted.emit()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.lines_wanted.emit()
                return True
        return super().eventFilter(watched, event)
