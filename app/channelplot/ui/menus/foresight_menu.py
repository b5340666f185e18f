"""What predictions rest on at the desk: stream and wind, and the approaches that are watched."""

from functools import partial

from PySide6.QtCore import QObject

from channelplot.ui.desk import Desk
from channelplot.ui.entry_strip import EntryStrip, Task
from channelplot.ui.menus.actions import Actions


class ForesightMenu(QObject):
    """Begins the forms of the actions ``conditions`` and ``approach_watch``."""

    def __init__(self, window: QObject, desk: Desk, actions: Actions, entry: EntryStrip) -> None:
        """Connect the actions and keep what is offered up to date."""
        super().__init__(window)
        self._session = desk.session
        self._actions = actions
        for task in (Task.CONDITIONS, Task.APPROACH_WATCH):
            actions.connect_to(task.value, partial(entry.begin, task))
        desk.session.plot_changed.connect(lambda _: self.show_state())
        desk.session.document_changed.connect(lambda _: self.show_state())
        desk.session.selection.changed.connect(lambda _: self.show_state())
        self.show_state()

    def show_state(self) -> None:
        """Offer what can be done now, and give the reason for what can't."""
        document = self._session.document
        reason = self.tr("This plot is open for reading only.") if document.is_read_only else ""
        self._actions.set_available(Task.CONDITIONS, reason)
        track = self._session.selection.only_track(document.plot)
        if not reason and track is None and not document.plot.approach_watches:
            reason = self.tr("Select one craft first, or a report of it.")
        self._actions.set_available(Task.APPROACH_WATCH, reason)
