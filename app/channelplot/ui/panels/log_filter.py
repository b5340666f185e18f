"""The controls over the watch log: words, kind, an interval of time, the selected boat."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.entry.form import mark_wrong
from channelplot.ui.log.facts import LogKind
from channelplot.ui.log.query import Interval, LogQuery, read_interval

MARGIN_PX: Final = 6
_LEAST_WORDS: Final = "engine"
_LEAST_INTERVAL: Final = "0200-0400Z"
"""The boxes are at least so wide."""
_KINDS: Final[Mapping[LogKind, object]] = {
    LogKind.REPORTS: QT_TRANSLATE_NOOP("WatchLog", "Reports"),
    LogKind.BOATS: QT_TRANSLATE_NOOP("WatchLog", "Boats"),
    LogKind.PEOPLE: QT_TRANSLATE_NOOP("WatchLog", "People, closings"),
    LogKind.ALERTS: QT_TRANSLATE_NOOP("WatchLog", "Alerts"),
    LogKind.LINES: QT_TRANSLATE_NOOP("WatchLog", "Log lines"),
    LogKind.CHARTWORK: QT_TRANSLATE_NOOP("WatchLog", "Chartwork"),
}


class FilterBar(QWidget):
    """One row of controls; two where there is no room for one. Emits changed."""

    changed = Signal()

    def __init__(self) -> None:
        """Start with nothing asked for."""
        super().__init__()
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(self.tr("Filter"))
        self.words.setAccessibleName(self.tr("Filter"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance(_LEAST_WORDS) + 44)
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("Kind of act"))
        self.kind.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.kind.setMinimumContentsLength(len(self.tr("Every act")))
        self.kind.addItem(self.tr("Every act"), None)
        for kind, marked in _KINDS.items():
            self.kind.addItem(QCoreApplication.translate("WatchLog", str(marked)), kind)
        self.interval = QLineEdit(self)
        self.interval.setPlaceholderText(self.tr("0200-0400"))
        self.interval.setAccessibleName(self.tr("From and until, UTC"))
        self.interval.setToolTip(
            self.tr("From and until in UTC: 0200-0400, 0200-, -0400, 142200-150400")
        )
        self.interval.setFixedWidth(
            self.interval.fontMetrics().horizontalAdvance(_LEAST_INTERVAL) + 16
        )
        self.of_boat = QPushButton(self.tr("Selected boat"), self)
        self.of_boat.setCheckable(True)
        self.of_boat.setToolTip(
            self.tr("List only what is about the selected boat, and those merged into it")
        )
        self.count = QLabel(self)
        self.count.setAccessibleName(self.tr("Acts listed"))
        self.count.setProperty("faint", True)
        self._more = QWidget(self)
        more = QHBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(MARGIN_PX)
        for control in (self.kind, self.interval, self.of_boat):
            more.addWidget(control)
        self._more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        self._upper.setSpacing(MARGIN_PX)
        self._upper.addWidget(self.words, 1)
        self._upper.addWidget(self.count)
        self._lower.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(MARGIN_PX)
        column.addLayout(self._upper)
        column.addLayout(self._lower)
        self._lower.insertWidget(0, self._more)
        self.words.textChanged.connect(lambda _: self.changed.emit())
        self.interval.textChanged.connect(lambda _: self.changed.emit())
        self.kind.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.of_boat.toggled.connect(lambda _: self.changed.emit())
        for box in (self.words, self.interval):
            escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), box)
            escape.setContext(Qt.ShortcutContext.WidgetShortcut)
            escape.activated.connect(box.clear)

    def controls(self) -> tuple[QWidget, ...]:
        """Return the controls in the order of the Tab key."""
        return (self.words, self.kind, self.interval, self.of_boat)

    def clear(self) -> None:
        """Ask for nothing, and announce that once."""
        self.blockSignals(True)
        self.words.clear()
        self.interval.clear()
        self.kind.setCurrentIndex(0)
        self.of_boat.setChecked(False)
        self.blockSignals(False)
        self.changed.emit()

    def query(self, track_uids: frozenset[str] | None, latest_utc: datetime) -> LogQuery:
        """Return what is asked for; an interval that can't be read is marked and asks nothing.

        track_uids: the boats it may be about, None for any. latest_utc: see ``read_interval``.
        """
        interval = read_interval(self.interval.text(), latest_utc)
        mark_wrong(self.interval, interval is None)
        kind = self.kind.currentData()
        return LogQuery(
            words=tuple(self.words.text().casefold().split()),
            kind=None if kind is None else LogKind(kind),
            track_uids=track_uids,
            interval=interval or Interval(),
        )

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything into one row where it fits."""
        super().resizeEvent(event)
        self._arrange()

    @qt_guarded(False)
    def event(self, event: QEvent) -> bool:
        """Look again whether it fits when the texts got larger."""
        if event.type() == QEvent.Type.FontChange:
            self._arrange()
        return super().event(event)

    @qt_guarded(None)
    def _arrange(self) -> None:
        needed_px = (
            self.words.minimumWidth()
            + self._more.sizeHint().width()
            + self.count.sizeHint().width()
            + 4 * MARGIN_PX
        )
        is_one_row = self.width() >= needed_px
        if is_one_row == (self._upper.indexOf(self._more) >= 0):
            return
        if is_one_row:
            self._lower.removeWidget(self._more)
            self._upper.insertWidget(1, self._more)
        else:
            self._upper.removeWidget(self._more)
            self._lower.insertWidget(0, self._more)
