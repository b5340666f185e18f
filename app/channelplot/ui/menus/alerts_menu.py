"""Alerts at the desk: listed, counted, marked on the chart, heard, and acknowledged."""

import contextlib
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from channelplot.analysis.alerts import Alert
from channelplot.errors import CommandRefused
from channelplot.model.codes import AlertCode
from channelplot.settings import ALERT_SOUND, Setting
from channelplot.ui.alert_counter import AlertCounter
from channelplot.ui.desk import Desk
from channelplot.ui.menus.actions import Actions
from channelplot.ui.menus.edit_menu import EditMenu
from channelplot.ui.panels.panels import Panels
from channelplot.ui.status_bar import StatusBar
from channelplot.ui.words.alert_text import alert_text, urgency_of

_MARKED: Final = frozenset({AlertCode.OVERDUE})
"""Alerts that are marked on the chart, at the last position of the track they are about."""


class AlertsMenu(QObject):
    """Does what the actions ``alerts`` and ``sound`` and the Alerts panel ask for."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        actions: Actions,
        panels: Panels,
        edits: EditMenu,
        status: StatusBar,
    ) -> None:
        """Connect the actions and the panel; ``counter`` is to be put where it is in sight."""
        super().__init__(window)
        self._desk = desk
        self._actions = actions
        self._edits = edits
        self._status = status
        self.counter = AlertCounter(desk.session, desk.lookout, window)
        self.counter.clicked.connect(lambda _: actions["alerts"].trigger())
        self._panels = panels
        actions.connect_to("alerts", self._go_to_alerts)
        actions["sound"].setChecked(desk.figures.is_sound_on)
        actions["sound"].toggled.connect(self._switch_sound)
        desk.figures.changed.connect(self._figure_changed)
        panels.alerts.acknowledge_wanted.connect(self._acknowledge)
        panels.alerts.activated.connect(self._show_on_chart)
        panels.alerts.copied.connect(
            lambda: status.show_note(self.tr("Copied: what is to be read out, English and French"))
        )
        desk.lookout.beep_wanted.connect(lambda _: QApplication.beep())
        desk.lookout.looked.connect(lambda _: self._mark_chart())
        self._mark_chart()

    def _go_to_alerts(self) -> None:
        """Give the list the keys; where it has them, go to what is new."""
        if self._panels.alerts.table.hasFocus():
            self._panels.alerts.go_to_news()
        self._panels.go_to("alerts")

    def _acknowledge(self, alert: object) -> None:
        assert isinstance(alert, Alert), "the panel lists alerts"
        plot = self._desk.session.document.plot
        words = alert_text(alert, plot, self._desk.lookout)
        try:
            is_done = self._desk.lookout.acknowledge(alert)
        except CommandRefused as refusal:
            self._edits.tell_refusal(refusal)
            return
        if is_done:
            self._status.show_note(self.tr("Acknowledged: {alert}").format(alert=words))

    def _show_on_chart(self, entity_uid: str) -> None:
        """Select what an alert is about, and bring its last position to the middle.

        Of a watched approach both craft are selected, and the first is in the middle.
        """
        session = self._desk.session
        plot = session.document.plot
        watch = plot.approach_watches.get(entity_uid)
        uids = (entity_uid,) if watch is None else (watch.first_track_uid, watch.second_track_uid)
        track = plot.tracks.get(uids[0])
        if track is None:
            return
        session.selection.set(frozenset(uids))
        report = track.last_placed
        if report is not None and report.position is not None:
            self._desk.canvas.centre_on(report.position)
        else:
            self._status.show_note(self.tr("{name} has no position yet").format(name=track.name))

    def _mark_chart(self) -> None:
        self._desk.canvas.set_overdue(
            {
                alert.entity_uid: urgency_of(alert)
                for alert in self._desk.lookout.alerts
                if alert.code in _MARKED
            }
        )

    def _switch_sound(self, is_on: bool) -> None:
        with contextlib.suppress(OSError):  # only the choice for next time is lost
            self._desk.figures.choose(ALERT_SOUND, "on" if is_on else "off")

    def _figure_changed(self, setting: Setting) -> None:
        if setting is ALERT_SOUND:
            self._actions["sound"].setChecked(self._desk.figures.is_sound_on)
