"""What is done to the selected boat as a whole: its record, closing it, opening it again."""

from functools import partial

from PySide6.QtCore import QObject

from channelplot.chart.wording import status_text
from channelplot.commands.closing import reopen_track
from channelplot.document.document import Document
from channelplot.errors import CommandRefused
from channelplot.model.ids import new_uid
from channelplot.model.track import Track
from channelplot.tools.explain_draft import can_explain
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.entry_strip import EntryStrip, Task
from channelplot.ui.menus.actions import Actions
from channelplot.ui.words.approach_text import watched_against
from channelplot.ui.words.messages import error_text

_TASKS = (Task.BOAT, Task.CLOSE_BOAT, Task.EXPLAIN_PEOPLE)
_REOPEN = "reopen_boat"


class BoatMenu(QObject):
    """Begins the forms of a boat and opens it again; says why something can't be done now."""

    def __init__(
        self, window: QObject, desk: Desk, actions: Actions, banner: Banner, entry: EntryStrip
    ) -> None:
        """Connect the actions and keep what is offered up to date."""
        super().__init__(window)
        self._session = desk.session
        self._actions = actions
        self._banner = banner
        for task in _TASKS:
            actions.connect_to(task.value, partial(entry.begin, task))
        actions.connect_to(_REOPEN, self.reopen)
        desk.close_draft.done.connect(self._tell_closed)
        desk.session.plot_changed.connect(lambda _: self.show_state())
        desk.session.document_changed.connect(lambda _: self.show_state())
        desk.session.selection.changed.connect(lambda _: self.show_state())
        self.show_state()

    def reopen(self) -> None:
        """Open the selected boat again, with the status it had before, and say so."""
        document = self._session.document
        track = self._session.selection.only_track(document.plot)
        if track is None:
            return
        try:
            document.apply(
                reopen_track(
                    track.uid,
                    change_uid=new_uid(),
                    at_utc=self._session.clock(),
                    by=document.operator,
                    reason="",
                )
            )
        except CommandRefused as refusal:
            self._banner.show_message(error_text(refusal), Severity.WARNING)
            return
        status = document.plot.tracks[track.uid].status
        text = self.tr("{name} is open again: {status}. Ctrl+Z takes that back.")
        self._banner.show_message(
            text.format(name=track.name, status=status_text(status)), Severity.INFO
        )

    def _tell_closed(self, uid: str) -> None:
        """Say how a boat was closed, and on whose word: the wrong one must be seen at once."""
        plot = self._session.document.plot
        track = plot.tracks[uid]
        change = track.status_changes[-1]
        said = [self.tr("{name} is closed as {status}.")]
        if change.identified_by:
            said.append(self.tr("Identified by {who}."))
        if change.explained_by:
            said.append(self.tr("{officer} answers for it."))
        others = [other.name for _, other in watched_against(track, plot)]
        if others:
            said.append(self.tr("It is no longer watched against {others}."))
        said.append(self.tr("Ctrl+Z takes that back."))
        text = " ".join(said).format(
            name=track.name,
            status=status_text(track.status),
            who=change.identified_by,
            officer=change.explained_by,
            others=", ".join(others),
        )
        self._banner.show_message(text, Severity.INFO)

    def show_state(self) -> None:
        """Offer what the selected boat allows, and give the reason for what it does not."""
        document = self._session.document
        track = self._session.selection.only_track(document.plot)
        for action_id in (*_TASKS, _REOPEN):
            self._actions.set_available(action_id, self._reason(action_id, track, document))

    def _reason(self, action_id: str, track: Track | None, document: Document) -> str:
        if document.is_read_only:
            return self.tr("This plot is open for reading only.")
        if track is None:
            return self.tr("Select one boat first, or a report of it.")
        words = ""
        if action_id == Task.CLOSE_BOAT and track.is_closed:
            words = self.tr("{name} is closed already.")
        elif action_id == _REOPEN and not track.is_closed:
            words = self.tr("{name} is open.")
        elif action_id == Task.EXPLAIN_PEOPLE and not can_explain(track):
            words = self.tr("Nobody of {name} is unaccounted for.")
        return words.format(name=track.name)
