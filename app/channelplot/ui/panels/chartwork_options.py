"""What may be supposed of the craft of the Chartwork panel: other fixes, a course, going adrift."""

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from channelplot.analysis.dead_reckoning import AS_KNOWN, Reference, Stated, Supposition
from channelplot.chart.qt_guard import qt_guarded
from channelplot.tools.chartwork_fields import chosen_time, parse_stated
from channelplot.tools.motion_text import MotionTextError
from channelplot.ui.entry.field_text import problem_text
from channelplot.ui.panels.entity_panel import MARGIN_PX
from channelplot.ui.spin_text import set_text_apart
from channelplot.ui.words.time_text import time_text

_MOST_FIXES = 20
_LEAST_MIN, _MOST_MIN = 5, 720


class ChartworkOptions(QWidget):
    """Fields for what is supposed; what stands in them counts from Enter or leaving them on.

    Emits supposed(Supposition), and left at Esc and after an Enter. A field that can't be read
    says why and changes nothing.
    """

    supposed = Signal(object)  # Supposition
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start with nothing supposed."""
        super().__init__(parent)
        self._shown = AS_KNOWN
        self._now_utc: datetime | None = None
        self.stated = QLineEdit(self)
        self.stated.setPlaceholderText("300.7/5.04")
        self.reference = QComboBox(self)
        self.reference.addItem(self.tr("over the ground"), Reference.GROUND)
        self.reference.addItem(self.tr("through the water"), Reference.WATER)
        self.adrift = QLineEdit(self)
        self.adrift.setPlaceholderText("0340Z")
        self.fixes, self.minutes = QSpinBox(self), QSpinBox(self)
        self.fixes.setRange(1, _MOST_FIXES)
        self.fixes.setValue(AS_KNOWN.fixes_reckoned_from)
        self.minutes.setRange(_LEAST_MIN, _MOST_MIN)
        self.minutes.setValue(_within_min(AS_KNOWN))
        self.fault = QLabel(self)
        self.fault.setAccessibleName(self.tr("What is the matter with what is supposed"))
        self.fault.setProperty("bad", True)
        self.fault.setWordWrap(True)
        self.fault.hide()
        self._lay_out()
        for edit in (self.stated, self.adrift):
            edit.installEventFilter(self)
            edit.editingFinished.connect(self._read)
        for box in (self.fixes, self.minutes):
            box.installEventFilter(self)
            box.setKeyboardTracking(False)
            set_text_apart(box)
            box.valueChanged.connect(lambda _: self._read())
        self.reference.installEventFilter(self)
        self.reference.activated.connect(lambda _: self._read())

    def show_supposed(self, supposition: Supposition, now_utc: datetime) -> None:
        """Show what is supposed, unless it is what stands in the fields already."""
        self._now_utc = now_utc
        if supposition == self._shown:
            return
        self._shown = supposition
        stated = supposition.stated
        self._write(self.stated, "" if stated is None else _stated_text(stated))
        drifts_utc = supposition.drifts_from_utc
        self._write(
            self.adrift, "" if drifts_utc is None else time_text(drifts_utc, lambda: now_utc)
        )
        reference = Reference.GROUND if stated is None else stated.reference
        self.reference.setCurrentIndex(self.reference.findData(reference))
        within_min = _within_min(supposition)
        for box, value in (
            (self.fixes, supposition.fixes_reckoned_from),
            (self.minutes, within_min),
        ):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        self._show_fault("", None)

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave at Esc, and at Enter unless something can't be read."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._interpret()
                if self._read():
                    self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _interpret(self) -> None:
        """Take what is typed into the numbers, which is told once they are left otherwise."""
        for box in (self.fixes, self.minutes):
            box.interpretText()

    def _read(self) -> bool:
        """Suppose what stands in the fields; False, having said why, if that can't be read."""
        now_utc = self._now_utc
        if now_utc is None:
            return True
        try:
            reference = self.reference.currentData()
            stated = parse_stated(self.stated.text(), Reference(reference))
        except MotionTextError:
            self._show_fault(
                self.tr("Write course and speed as 300.7/5.04: degrees true, knots."), self.stated
            )
            return False
        drifts_utc = None
        if self.adrift.text().strip():
            read = chosen_time(self.adrift.text(), now_utc)
            if not (read is None or isinstance(read, datetime)):
                self._show_fault(problem_text(read, self.adrift.text()), self.adrift)
                return False
            drifts_utc = now_utc if read is None else read
        if drifts_utc is not None and self._shown.drifts_from_utc is not None:
            shown = time_text(self._shown.drifts_from_utc, lambda: now_utc)
            if shown == self.adrift.text().strip():
                drifts_utc = self._shown.drifts_from_utc  # what was typed then is no later now
        self._show_fault("", None)
        supposition = Supposition(
            stated=stated,
            drifts_from_utc=drifts_utc,
            fixes_reckoned_from=self.fixes.value(),
            reckoned_within=timedelta(minutes=self.minutes.value()),
        )
        if supposition != self._shown:
            self._shown = supposition
            self.supposed.emit(supposition)
        return True

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        grid.setHorizontalSpacing(MARGIN_PX)
        grid.setVerticalSpacing(4)
        self._add(grid, 0, self.tr("Course, speed"), self.stated, self.reference)
        self._add(grid, 1, self.tr("Adrift since"), self.adrift)
        self._add(grid, 2, self.tr("Last fixes"), self.fixes, self.minutes)
        self.reference.setAccessibleName(self.tr("Course and speed are"))
        self.minutes.setAccessibleName(self.tr("Minutes before the last fix"))
        self.fixes.setSuffix(self.tr(" fixes"))
        self.minutes.setPrefix(self.tr("within "))
        self.minutes.setSuffix(self.tr(" min"))
        grid.addWidget(self.fault, 3, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _add(self, grid: QGridLayout, row: int, label: str, *fields: QWidget) -> None:
        caption = QLabel(label, self)
        caption.setProperty("faint", True)
        fields[0].setAccessibleName(label)
        beside = QHBoxLayout()
        beside.setSpacing(MARGIN_PX)
        for field in fields:
            beside.addWidget(field, 1)
        grid.addWidget(caption, row, 0)
        grid.addLayout(beside, row, 1)

    def _show_fault(self, text: str, field: QLineEdit | None) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        for edit in (self.stated, self.adrift):
            if bool(edit.property("wrong")) != (edit is field):
                edit.setProperty("wrong", edit is field)
                edit.style().unpolish(edit)
                edit.style().polish(edit)

    @staticmethod
    def _write(edit: QLineEdit, text: str) -> None:
        if edit.text() != text:
            edit.setText(text)


def _within_min(supposition: Supposition) -> int:
    return round(supposition.reckoned_within.total_seconds() / 60.0)


def _stated_text(stated: Stated) -> str:
    return f"{stated.course_deg:05.1f}/{stated.speed_kn:g}"
