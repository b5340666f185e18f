"""Moving reports, splitting and merging boats: from their keys to the forms, and what was done."""

from functools import partial

from PySide6.QtCore import QObject

from channelplot.tools.regroup_draft import RegroupDraft, Regrouping
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.entry_strip import EntryStrip, Task
from channelplot.ui.menus.actions import Actions
from channelplot.ui.plot_line import PlotLine
from channelplot.ui.words.regroup_text import merged_text, moved_text

_JOIN = "join_suggested"


class RegroupMenu(QObject):
    """Begins the tasks, says in the banner what they did, and joins what the line suggests."""

    def __init__(
        self,
        window: QObject,
        desk: Desk,
        actions: Actions,
        banner: Banner,
        entry: EntryStrip,
        line: PlotLine,
    ) -> None:
        """Connect the actions and keep what is offered up to date."""
        super().__init__(window)
        self._session = desk.session
        self._notation = desk.notation
        self._actions = actions
        self._banner = banner
        self._drafts: dict[Task, RegroupDraft] = {
            Task.MOVE_TO_BOAT: desk.move_to_boat_draft,
            Task.SPLIT_TRACK: desk.split_draft,
            Task.MERGE_TRACKS: desk.merge_draft,
        }
        for task, draft in self._drafts.items():
            actions.connect_to(task.value, partial(entry.begin, task))
            draft.changed.connect(lambda _: line.show_overlay())
        desk.move_to_boat_draft.done.connect(self._tell_moved)
        desk.split_draft.done.connect(self._tell_moved)
        desk.merge_draft.done.connect(self._tell_merged)
        actions.connect_to(_JOIN, line.join_suggested)
        line.suggestion_shown.connect(self._show_suggestion)
        desk.session.plot_changed.connect(lambda _: self.show_state())
        desk.session.document_changed.connect(lambda _: self.show_state())
        desk.session.selection.changed.connect(lambda _: self.show_state())
        self.show_state()
        self._show_suggestion(False)

    def show_state(self) -> None:
        """Offer what the selection allows, and say of the rest what it needs."""
        for task in self._drafts:
            self._actions.set_available(task.value, self._reason(task))

    def _reason(self, task: Task) -> str:
        if self._session.document.is_read_only:
            return self.tr("This plot is open for reading only.")
        if self._drafts[task].can_begin:
            return ""
        return {
            Task.MOVE_TO_BOAT: self.tr("Select one or several reports first."),
            Task.SPLIT_TRACK: self.tr("Select one or several reports of one boat first."),
            Task.MERGE_TRACKS: self.tr("Select one of the two boats first, or a report of it."),
        }[task]

    def _show_suggestion(self, has_one: bool) -> None:
        if self._actions[_JOIN].isEnabled() != has_one:
            reason = "" if has_one else self.tr("The plot line suggests no boat.")
            self._actions.set_available(_JOIN, reason)

    def _tell_moved(self, done: Regrouping) -> None:
        self._banner.show_message(moved_text(done, self._notation.current), Severity.INFO)

    def _tell_merged(self, done: Regrouping) -> None:
        self._banner.show_message(merged_text(done, self._notation.current), Severity.INFO)
