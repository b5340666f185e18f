"""The Edit menu: undo, redo, and the status of the selected track."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from channelplot.chart.wording import status_text
from channelplot.commands.command import Command
from channelplot.commands.tracks import set_status
from channelplot.document.history import Further, Step
from channelplot.errors import CommandRefused
from channelplot.model.codes import CLOSED_STATUSES, TrackStatus
from channelplot.model.ids import new_uid
from channelplot.model.track import Track
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.menus.actions import Actions
from channelplot.ui.words.act_words import act_text
from channelplot.ui.words.messages import error_text


class EditMenu(QObject):
    """Does what the Edit menu says; a refusal goes into the banner."""

    def __init__(self, window: QWidget, desk: Desk, actions: Actions, banner: Banner) -> None:
        """Connect the actions and keep their texts up to date."""
        super().__init__(window)
        self._session = desk.session
        self._actions = actions
        self._banner = banner
        self._close_draft = desk.close_draft
        self.status_menu = QMenu(self.tr("&Status of the track"), window)
        self._status_actions = dict[TrackStatus, QAction]()
        letters = set[str]()
        for status in TrackStatus:
            action = self.status_menu.addAction(_lettered(status_text(status), letters))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, status=status: self.set_status(status))
            self._status_actions[status] = action
        actions.connect_to("undo", self.undo)
        actions.connect_to("redo", self.redo)
        desk.session.plot_changed.connect(lambda _: self.show_state())
        desk.session.selection.changed.connect(lambda _: self.show_state())
        desk.toolbox.refused.connect(self.tell_refusal)
        self.show_state()

    def undo(self) -> None:
        """Take back the last act and say which; one that is read first, once it has been."""
        history = self._session.document.history
        if not history.past and history.further_past is not None:
            self._read_first(history.further_past, is_back=True)
        elif history.past and self._attempt(lambda: self._session.document.undo()):
            words = act_text(history.past[-1].label, history.past[-1].name)
            self._banner.show_message(
                self.tr("Taken back: {act}.").format(act=words), Severity.INFO
            )

    def redo(self) -> None:
        """Do again what was undone and say what; what is read first, once it has been."""
        history = self._session.document.history
        if not history.future and history.further_future is not None:
            self._read_first(history.further_future, is_back=False)
        elif history.future and self._attempt(lambda: self._session.document.redo()):
            words = act_text(history.future[-1].label, history.future[-1].name)
            self._banner.show_message(
                self.tr("Done again: {act}.").format(act=words), Severity.INFO
            )

    def _read_first(self, further: Further, *, is_back: bool) -> None:
        """Have a very long act read from the log, and then take it back or do it again.

        Unless something else was done meanwhile: then it can be undone after that.
        """
        document = self._session.document
        act = further.next
        words = act_text(act.label, act.name)
        text = (
            self.tr("Reading from the log, to take it back: {act}. Go on meanwhile.")
            if is_back
            else self.tr("Reading from the log, to do it again: {act}. Go on meanwhile.")
        )

        def is_it(step: Step) -> bool:
            return (step.label, step.entity_uid) == (act.label, act.entity_uid)

        def done(leads_on: bool) -> None:
            if document is not self._session.document:
                return
            history = document.history
            steps = history.past if is_back else history.future
            beyond = history.further_past if is_back else history.further_future
            if not (leads_on or steps or beyond):
                self._banner.show_message(
                    self.tr(
                        "{act} can't be undone or done again: the log does not lead to the plot "
                        "of then. The plot is unchanged; withdraw what should go, or restore a "
                        "backup."
                    ).format(act=words),
                    Severity.WARNING,
                )
            elif not (leads_on or steps):
                self._banner.show_message(
                    self.tr(
                        "The plot file can't be read just now, so this stays as it is: {act}. What"
                        " was plotted is safe. Try again when the file can be reached."
                    ).format(act=words),
                    Severity.WARNING,
                )
            elif is_it(steps[-1]) if steps else beyond is not None:
                (self.undo if is_back else self.redo)()
            else:
                self._banner.show_message(
                    self.tr(
                        "Something else was done meanwhile. This stays as it is: {act}."
                    ).format(act=words),
                    Severity.INFO,
                )
            self.show_state()

        document.read_further(done, is_back=is_back)
        self._banner.show_message(text.format(act=words), Severity.INFO)

    def set_status(self, status: TrackStatus) -> None:
        """Give the selected track a status from now on.

        One that closes it is prepared in the form that closes, "same as another" in the one that
        merges.
        """
        track = self._session.selection.only_track(self._session.document.plot)
        if status is TrackStatus.SAME_AS:
            self._actions["merge_tracks"].trigger()
        elif track is not None and track.status is not status and status in CLOSED_STATUSES:
            self._close_as(track, status)
        elif track is not None:
            self.apply(
                set_status(
                    track.uid,
                    status,
                    change_uid=new_uid(),
                    at_utc=self._session.clock(),
                    by=self._session.document.operator,
                )
            )
        self.show_state()

    def _close_as(self, track: Track, status: TrackStatus) -> None:
        if track.is_closed:
            self._banner.show_message(
                self.tr("{name} is closed already. Open it again first: Shift+F8.").format(
                    name=track.name
                ),
                Severity.INFO,
            )
            return
        self._actions["close_boat"].trigger()
        if self._close_draft.track is track:
            self._close_draft.edit(status=status)

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
        for action_id, text, steps, further in (
            ("undo", self.tr("Undo"), history.past, history.further_past),
            ("redo", self.tr("Redo"), history.future, history.further_future),
        ):
            if steps or further is not None:
                step = steps[-1] if steps or further is None else further.next
                words = act_text(step.label, step.name)
                self._actions.rename(action_id, f"{text} {words}")
            else:
                self._actions.rename(action_id, text)
                self._actions.set_available(action_id, self.tr("There is nothing to go back to."))
        track = self._session.selection.only_track(document.plot)
        self.status_menu.setEnabled(track is not None and not document.is_read_only)
        for status, action in self._status_actions.items():
            action.setChecked(track is not None and track.status is status)

    def _attempt(self, edit: Callable[[], bool]) -> bool:
        try:
            return edit()
        except CommandRefused as refusal:
            self.tell_refusal(refusal)
            return False


def _lettered(text: str, taken: set[str]) -> str:
    """Return a menu's text with its first letter that is not taken yet underlined, and take it."""
    for place, letter in enumerate(text.lower()):
        if letter.isalpha() and letter not in taken:
            taken.add(letter)
            return f"{text[:place]}&{text[place:]}"
    return text
