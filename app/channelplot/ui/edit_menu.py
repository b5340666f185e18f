"""The Edit menu: undo, redo, withdraw, status and name of the selected track."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from channelplot.chart.wording import status_text
from channelplot.commands.beaches import withdraw_beach
from channelplot.commands.command import Command
from channelplot.commands.marks import withdraw_mark
from channelplot.commands.reports import attribute_report, withdraw_report
from channelplot.commands.together import together
from channelplot.commands.tracks import amend_track, set_status, withdraw_track
from channelplot.errors import CommandRefused
from channelplot.model.codes import TrackStatus
from channelplot.model.ids import new_uid
from channelplot.ui.actions import Actions
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.messages import act_text, error_text


class EditMenu(QObject):
    """Does what the Edit menu says; a refusal goes into the banner."""

    def __init__(self, window: QWidget, desk: Desk, actions: Actions, banner: Banner) -> None:
        """Connect the actions and keep their texts up to date."""
        super().__init__(window)
        self._window = window
        self._session = desk.session
        self._actions = actions
        self._banner = banner
        self.status_menu = QMenu(self.tr("&Status of the track"), window)
        self._status_actions: dict[TrackStatus, QAction] = {}
        for status in TrackStatus:
            action = self.status_menu.addAction(status_text(status))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, status=status: self.set_status(status))
            self._status_actions[status] = action
        self.attribute_menu = QMenu(self.tr("&Give the report to"), window)
        self.attribute_menu.aboutToShow.connect(self._list_tracks)
        self.rename_action = QAction(self.tr("Na&me of the track..."), window)
        self.rename_action.setShortcut("F2")
        self.rename_action.triggered.connect(lambda _=False: self.rename_track())
        window.addAction(self.rename_action)
        actions.connect_to("undo", self.undo)
        actions.connect_to("redo", self.redo)
        actions.connect_to("withdraw", self.withdraw)
        desk.session.plot_changed.connect(lambda _: self.show_state())
        desk.session.selection.changed.connect(lambda _: self.show_state())
        desk.toolbox.refused.connect(self.tell_refusal)
        self.show_state()

    def undo(self) -> None:
        """Take back the last act and say which."""
        past = self._session.document.history.past
        if past and self._attempt(lambda: self._session.document.undo()):
            words = act_text(past[-1].label, past[-1].name)
            self._banner.show_message(
                self.tr("Taken back: {act}.").format(act=words), Severity.INFO
            )

    def redo(self) -> None:
        """Do again what was undone and say what."""
        future = self._session.document.history.future
        if future and self._attempt(lambda: self._session.document.redo()):
            words = act_text(future[-1].label, future[-1].name)
            self._banner.show_message(
                self.tr("Done again: {act}.").format(act=words), Severity.INFO
            )

    def withdraw(self) -> None:
        """Withdraw what is selected, as one act, and say what it was."""
        plot = self._session.document.plot
        uids = sorted(self._session.selection.uids)
        tracks = [uid for uid in uids if uid in plot.tracks]
        reports = [
            report
            for uid in uids
            if (report := plot.report(uid)) is not None and report.track_uid not in tracks
        ]
        beaches = [uid for uid in uids if uid in plot.beaches]
        marks = [uid for uid in uids if uid in plot.marks]
        commands = [
            *map(withdraw_track, tracks),
            *(withdraw_report(report.uid) for report in reports),
            *map(withdraw_beach, beaches),
            *map(withdraw_mark, marks),
        ]
        if not commands or not self.apply(together("withdraw_several", commands)):
            return
        of_tracks = {
            track.name for r in reports if (track := plot.tracks.get(r.track_uid or "")) is not None
        }
        things = [
            words.format(number=len(names), names=", ".join(sorted(names)))
            for names, words in (
                ([plot.tracks[uid].name for uid in tracks], self.tr("track {names}")),
                ([""] * len(reports), self._reports_words(len(reports), of_tracks)),
                ([plot.beaches[uid].name for uid in beaches], self.tr("beach {names}")),
                ([plot.marks[uid].code for uid in marks], self.tr("mark {names}")),
            )
            if names
        ]
        self._banner.show_message(
            self.tr("Withdrawn: {things}. Ctrl+Z takes that back.").format(
                things="; ".join(things)
            ),
            Severity.INFO,
        )

    def set_status(self, status: TrackStatus) -> None:
        """Give the selected track a status from now on."""
        track = self._session.selection.only_track(self._session.document.plot)
        if track is not None:
            self.apply(
                set_status(track.uid, status, change_uid=new_uid(), at_utc=self._session.clock())
            )
        self.show_state()

    def rename_track(self) -> None:
        """Ask for another name of the selected track."""
        track = self._session.selection.only_track(self._session.document.plot)
        if track is None:
            return
        name, is_given = QInputDialog.getText(
            self._window, self.tr("Name of the track"), self.tr("Name"), text=track.name
        )
        if is_given:
            self.apply(
                amend_track(
                    track.uid,
                    name=name.strip(),
                    note=track.note,
                    launch_beach_uid=track.launch_beach_uid,
                )
            )

    def apply(self, command: Command) -> bool:
        """Do what a command says; False if nothing changed. A refusal goes into the banner."""
        return self._attempt(lambda: self._session.document.apply(command))

    def tell_refusal(self, refusal: CommandRefused) -> None:
        """Say why an edit was not allowed."""
        self._banner.show_message(error_text(refusal), Severity.WARNING)

    def show_state(self) -> None:
        """Name what undo and redo would do, and offer what the selection allows."""
        document = self._session.document
        history = document.history
        for action_id, text, steps in (
            ("undo", self.tr("Undo"), history.past),
            ("redo", self.tr("Redo"), history.future),
        ):
            if steps:
                words = act_text(steps[-1].label, steps[-1].name)
                self._actions.rename(action_id, f"{text} {words}")
            else:
                self._actions.rename(action_id, text)
                self._actions.set_available(action_id, self.tr("There is nothing to go back to."))
        uids = self._session.selection.uids
        nothing = "" if uids else self.tr("Select a report, track, beach or mark first.")
        self._actions.set_available("withdraw", nothing)
        track = self._session.selection.only_track(document.plot)
        self.status_menu.setEnabled(track is not None and not document.is_read_only)
        self.rename_action.setEnabled(track is not None and not document.is_read_only)
        for status, action in self._status_actions.items():
            action.setChecked(track is not None and track.status is status)
        report = self._session.selection.only_report(document.plot)
        self.attribute_menu.setEnabled(report is not None and not document.is_read_only)

    def _reports_words(self, number: int, of_tracks: set[str]) -> str:
        if not of_tracks:
            return self.tr("1 report") if number == 1 else self.tr("{number} reports")
        words = self.tr("1 report of {of}") if number == 1 else self.tr("{number} reports of {of}")
        return words.replace("{of}", ", ".join(sorted(of_tracks)))

    def _list_tracks(self) -> None:
        self.attribute_menu.clear()
        plot = self._session.document.plot
        report = self._session.selection.only_report(plot)
        if report is None:
            return
        tracks = sorted(plot.tracks.values(), key=lambda track: (len(track.name), track.name))
        choices = [(track.name, track.uid) for track in tracks]
        for name, uid in [*choices, (self.tr("no track"), None)]:
            action = self.attribute_menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(uid == report.track_uid)
            action.triggered.connect(
                lambda _=False, uid=uid, report_uid=report.uid: self.apply(
                    attribute_report(report_uid, uid)
                )
            )

    def _attempt(self, edit: Callable[[], bool]) -> bool:
        try:
            return edit()
        except CommandRefused as refusal:
            self.tell_refusal(refusal)
            return False
