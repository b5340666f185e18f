"""The Alerts panel: everything that wants attention, most urgent first, acknowledged by name."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from channelplot.analysis.alerts import Alert
from channelplot.chart.qt_guard import qt_guarded
from channelplot.document.session import Session
from channelplot.tools.lookout import Lookout
from channelplot.ui.panels.alert_rows import AlertDelegate, AlertRow, AlertRows
from channelplot.ui.panels.entity_panel import MARGIN_PX
from channelplot.ui.panels.new_alerts import NewAlerts
from channelplot.ui.panels.read_out import ReadOut
from channelplot.ui.words.alert_text import alert_text, spoken_text, standing_text, urgency_of
from channelplot.ui.words.time_text import time_text

QWIDGETSIZE_MAX: Final = (1 << 24) - 1
"""Qt's own name for a widget that may be as high as it likes."""
FEWEST_LINES: Final = 6
"""Of alerts, rather than the buttons."""


class AlertsPanel(QWidget):
    """The alerts of the last look.

    Emits acknowledge_wanted(Alert) at Enter, activated with the uid of what the alert is about at
    Ctrl+Enter or double click, and copied after Ctrl+C has copied what is to be read out of it.
    Being selected here selects nothing on the chart: the next report must not join a boat because
    its alert was looked at.
    """

    acknowledge_wanted = Signal(object)  # Alert
    activated = Signal(str)
    copied = Signal()

    def __init__(self, session: Session, lookout: Lookout) -> None:
        """List what wants attention, from now on after every look."""
        super().__init__()
        self._session = session
        self._lookout = lookout
        self.model = AlertRows(self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setItemDelegate(AlertDelegate(self.table))
        self.table.setAccessibleName(self.tr("Alerts"))
        self._dress(self.table)
        self.empty = QLabel(self)
        self.empty.setAccessibleName(self.tr("No alerts"))
        self.empty.setWordWrap(True)
        self.empty.setProperty("faint", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(4 * MARGIN_PX)
        self.acknowledge_button = QPushButton(self.tr("Acknowledge  (Enter)"), self)
        self.show_button = QPushButton(self.tr("Show  (Ctrl+Enter)"), self)
        self.show_button.setToolTip(self.tr("Select it and show it on the chart"))
        self.buttons = QFrame(self)
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        row.setSpacing(MARGIN_PX)
        row.addWidget(self.acknowledge_button)
        row.addWidget(self.show_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.read_out = ReadOut(self)
        self.read_out.copy_wanted.connect(self.copy_read_out)
        self.news = NewAlerts(self)
        column.addWidget(self.news)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.read_out, 2)
        column.addWidget(self.buttons)
        self._add_key(self.acknowledge_selected, "Return", "Enter")
        self._add_key(self.activate_selected, "Ctrl+Return", "Ctrl+Enter")
        self._add_key(self.read_out.go_back, "Left")
        self._add_key(self.read_out.go_on, "Right")
        self.acknowledge_button.clicked.connect(lambda _: self.acknowledge_selected())
        self.show_button.clicked.connect(lambda _: self.activate_selected())
        self.table.doubleClicked.connect(lambda _: self.activate_selected())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_selected())
        self.table.installEventFilter(self)
        self.table.verticalScrollBar().rangeChanged.connect(lambda *_: self._keep_in_sight())
        # Later: a stretched section says its new size before it has it.
        self.table.horizontalHeader().sectionResized.connect(
            self._wrap_anew, Qt.ConnectionType.QueuedConnection
        )
        lookout.looked.connect(lambda _: self._looked())
        self.show_alerts()

    @property
    def selected(self) -> Alert | None:
        """Return the selected alert."""
        index = self.table.currentIndex()
        return self.model.rows[index.row()].alert if index.isValid() else None

    def show_alerts(self) -> None:
        """Show the alerts of the last look; the selected one stays selected."""
        plot = self._session.document.plot
        selected = self.selected
        rows = [
            AlertRow(
                alert,
                urgency_of(alert),
                alert_text(alert, plot, self._lookout),
                standing_text(alert, self._lookout),
            )
            for alert in self._lookout.alerts
        ]
        self.news.note(rows, is_watched=self.table.hasFocus())
        for number in self.model.show_rows(rows):
            self.table.resizeRowToContents(number)
        if self.selected is None:
            self._select(selected)
        self.table.setVisible(bool(rows))
        self._show_if_room()
        self.empty.setVisible(not rows)
        if not rows:
            self._show_empty()
        self._show_selected()

    def show_if_in_front(self, is_in_front: bool) -> None:
        """Catch up with what was not shown while nobody could see it."""
        if is_in_front:
            self.show_alerts()

    def acknowledge_selected(self) -> None:
        """Ask that the selected alert be acknowledged, and go on to the most urgent one left."""
        alert = self.selected
        if alert is None or alert.acknowledgement is not None:
            return
        self.acknowledge_wanted.emit(alert)
        if self.model.rows and self.model.rows[0].alert.acknowledgement is None:
            self.table.selectRow(0)

    def activate_selected(self) -> None:
        """Ask to be shown what the selected alert is about."""
        alert = self.selected
        if alert is not None:
            self.activated.emit(alert.entity_uid)

    def go_to_news(self) -> None:
        """Select the first alert that is new, if there is one."""
        keys = [row.key for row in self.model.rows]
        if self.news.first in keys:
            self.table.selectRow(keys.index(self.news.first))

    def copy_read_out(self) -> None:
        """Copy what is to be read out of the selected alert, in both languages."""
        text = self.read_out.text
        if text is not None:
            QGuiApplication.clipboard().setText(text.both)
            self.copied.emit()

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Copy at Ctrl+C where there is something to read out; else the key is the window's."""
        is_copy = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy)
        if is_copy and self.read_out.text is not None:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.copy_read_out()
                return True
        return super().eventFilter(watched, event)

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the buttons out where there would be no room for some rows: the keys remain."""
        super().resizeEvent(event)
        self._leave_room()
        self._show_if_room()

    def _wrap_anew(self, *_: int) -> None:
        self.table.resizeRowsToContents()
        self._leave_room()

    def _leave_room(self) -> None:
        """Leave what is read out the room it needs, but never take the selected alert's."""
        frame_px = 2 * self.table.frameWidth()
        rows_px = self.table.verticalHeader().length() + frame_px + MARGIN_PX
        if self.read_out.isHidden():
            least_px, most_px = 0, QWIDGETSIZE_MAX
        else:
            least_px = self.table.rowHeight(self.table.currentIndex().row()) + frame_px
            other_px = self.read_out.wanted_px(self.width()) + self.buttons.sizeHint().height()
            most_px = min(rows_px, max(least_px, self.height() - other_px))
        self.table.setMinimumHeight(least_px)
        self.table.setMaximumHeight(most_px)

    def _keep_in_sight(self) -> None:
        """Scroll to the selected alert when the list has become shorter beside what is read out."""
        if not self.read_out.isHidden():
            self.table.scrollTo(self.table.currentIndex())

    def _show_if_room(self) -> None:
        others_px = FEWEST_LINES * self.table.fontMetrics().lineSpacing()
        if not self.read_out.isHidden():
            others_px = self.table.minimumHeight() + self.read_out.minimumSizeHint().height()
        is_room = self.height() >= others_px + self.buttons.sizeHint().height()
        self.buttons.setVisible(bool(self.model.rows) and is_room)

    def _looked(self) -> None:
        """Show the alerts if they can be seen; a panel behind another says it is visible."""
        if not self.visibleRegion().isEmpty():
            self.show_alerts()

    def _dress(self, table: QTableView) -> None:
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(1)
        table.horizontalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _add_key(self, slot: Callable[[], None], *keys: str) -> None:
        for key in keys:
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setAutoRepeat(False)  # a key held down must not acknowledge one after another
            shortcut.activated.connect(slot)

    def _select(self, alert: Alert | None) -> None:
        """Select the row of an alert as it is now, the first if it has gone."""
        wanted = (alert.code, alert.entity_uid) if alert is not None else None
        keys = [row.key for row in self.model.rows]
        if keys:
            self.table.selectRow(keys.index(wanted) if wanted in keys else 0)
        else:
            self.table.setCurrentIndex(QModelIndex())

    def _show_selected(self) -> None:
        """Show what can be done with the selected alert, and what is read out of it."""
        alert = self.selected
        plot = self._session.document.plot
        model = self._lookout.error_model
        self.read_out.show_text(None if alert is None else spoken_text(alert, plot, model))
        self.news.show_others(None if alert is None else (alert.code, alert.entity_uid))
        self._leave_room()
        self._show_if_room()
        self._show_buttons()

    def _show_buttons(self) -> None:
        alert = self.selected
        is_open = alert is not None and alert.acknowledgement is None
        is_read_only = self._session.document.is_read_only
        self.acknowledge_button.setEnabled(is_open and not is_read_only)
        self.acknowledge_button.setToolTip(
            self.tr("This plot is open for reading only.") if is_read_only else ""
        )
        self.show_button.setEnabled(alert is not None)

    def _show_empty(self) -> None:
        text = self.tr("Nothing wants attention.")
        contact = self._lookout.next_contact()
        if contact is not None:
            words = self.tr("The next contact is due {due}, with {name}.").format(
                due=time_text(contact.due_at_utc, self._session.clock), name=contact.track.name
            )
            text = f"{text}\n{words}"
        self.empty.setText(text)
