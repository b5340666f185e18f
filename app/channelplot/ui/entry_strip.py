"""The strip under the chart: the form of the active tool, or of a task taken up from a key."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QToolBar, QWidget
from shiboken6 import isValid

from channelplot.document.notice import Notice
from channelplot.errors import CommandRefused
from channelplot.tools.questions import QuestionCode
from channelplot.tools.tool import ToolId
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.entry.amend_form import AmendForm
from channelplot.ui.entry.approach_form import ApproachForm
from channelplot.ui.entry.beach_form import BeachForm
from channelplot.ui.entry.bearing_line_form import BearingLineForm
from channelplot.ui.entry.bearings_fix_form import BearingsFixForm
from channelplot.ui.entry.boat_form import BoatForm
from channelplot.ui.entry.close_form import CloseForm
from channelplot.ui.entry.conditions_form import ConditionsForm
from channelplot.ui.entry.explain_form import ExplainForm
from channelplot.ui.entry.log_line_form import LogLineForm
from channelplot.ui.entry.mark_form import MarkForm
from channelplot.ui.entry.measure_form import MeasureForm
from channelplot.ui.entry.move_form import MoveForm
from channelplot.ui.entry.regroup_form import MergeForm, MoveToBoatForm, SplitForm
from channelplot.ui.entry.report_form import ReportForm
from channelplot.ui.entry.rings_form import RingsForm
from channelplot.ui.entry.search_form import SearchForm
from channelplot.ui.entry.watch_form import WatchForm
from channelplot.ui.entry.withdraw_form import WithdrawForm
from channelplot.ui.words.messages import error_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from channelplot.ui.entry.form import EntryForm


class Draft(Protocol):
    """What every draft can do."""

    changed: Notice[None]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed or pointed at."""
        ...

    def clear(self) -> None:
        """Start over."""
        ...

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Do it; False if it can't be done."""
        ...


class TaskDraft(Draft, Protocol):
    """A draft that starts from what is selected."""

    def begin(self) -> bool:
        """Take up what is selected; False if there is nothing to do with it."""
        ...


class Task(StrEnum):
    """What is done in a form to what is selected, by the id of the action that begins it."""

    BOAT = "boat"
    MOVE_TO_BOAT = "move_to_boat"
    SPLIT_TRACK = "split_track"
    MERGE_TRACKS = "merge_tracks"
    AMEND_REPORT = "amend_report"
    WITHDRAW = "withdraw"
    CLOSE_BOAT = "close_boat"
    EXPLAIN_PEOPLE = "explain_people"
    CHANGE_WATCH = "change_watch"
    AMEND_LOG_LINE = "amend_log_line"
    CONDITIONS = "conditions"
    APPROACH_WATCH = "approach_watch"
    BEARINGS_FIX = "bearings_fix"
    SEARCH = "search"


@dataclass(slots=True)
class _Entry:
    """A form, made when it first shows, and what it fills in.

    focus: how the caret gets into it, None for its first field.
    """

    make: "Callable[[], EntryForm]"
    draft: Draft
    focus: "Callable[[], None] | None" = None
    form: "EntryForm | None" = None


class EntryStrip(QObject):
    """Shows a tool's form while the tool is taken up, and commits its draft.

    After an act the form is empty, the tool stays taken up and the caret is back in the
    first field, ready for the next report. A task's form stands in for the tool's until it is
    done or left; then the keys are where they were before.
    """

    def __init__(self, parent: QWidget, desk: Desk, banner: Banner) -> None:
        """Make the bar that the forms stand in; each is made when it first shows."""
        super().__init__(parent)
        self._desk = desk
        self._banner = banner
        self._task: Task | None = None
        self._task_drafts: dict[Task, TaskDraft] = {}
        self._focus_before: QWidget | None = None
        self.bar = QToolBar(self.tr("Entry"), parent)
        self.bar.setObjectName("entry_bar")
        self.bar.setMovable(False)
        self.bar.setFloatable(False)
        self.bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.bar.toggleViewAction().setVisible(False)
        self.bar.setStyleSheet("QToolBar { padding: 0; border: 0; }")
        bar_layout = self.bar.layout()
        if bar_layout is not None:
            bar_layout.setContentsMargins(0, 0, 0, 0)
        self._entries: dict[str, _Entry] = {}
        self._bar_actions: dict[str, QAction] = {}
        notation = desk.notation
        report, beach, mark, move = (
            desk.report_draft,
            desk.beach_draft,
            desk.mark_draft,
            desk.move_draft,
        )
        self._add(ToolId.REPORT, lambda: ReportForm(report, notation), report, self._focus_report)
        self._add(ToolId.BEACH, lambda: BeachForm(beach, notation), beach)
        self._add(ToolId.MARK, lambda: MarkForm(mark, notation), mark)
        self._add(ToolId.MOVE, lambda: MoveForm(move, notation), move)
        line, rings, measure = desk.bearing_line_draft, desk.rings_draft, desk.measure_draft
        self._add(ToolId.BEARING_LINE, lambda: BearingLineForm(line), line)
        self._add(ToolId.RINGS, lambda: RingsForm(rings), rings)
        self._add(ToolId.MEASURE, lambda: MeasureForm(measure), measure)
        self._add_tasks(desk)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), desk.canvas)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self.escape)
        desk.toolbox.tool_changed.connect(self._tool_changed)
        self.show_form_of(desk.toolbox.active)

    def show_form_of(self, tool_id: ToolId) -> None:
        """Show the form of a tool and put the caret in it; without one, the chart gets the keys."""
        self._task = None
        self._show(tool_id)
        if tool_id in self._entries:
            self._focus(tool_id)
        else:
            self._desk.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin(self, task: Task) -> bool:
        """Show the form of a task for what is selected; False if there is nothing to do with it."""
        if self._task is not task:
            draft: TaskDraft = self._task_drafts[task]
            if not draft.begin():
                return False
            self._task = task
        focus = QApplication.focusWidget()
        made = (self._entries[other].form for other in self._task_drafts)
        of_tasks = [form for form in made if form is not None]
        if focus is not None and not any(form.isAncestorOf(focus) for form in of_tasks):
            self._focus_before = focus
        self._show(task)
        self._focus(task)
        return True

    def offer(self, task: Task) -> None:
        """Show the form of a task and leave the caret where it is: nobody has asked for it."""
        if self._task_drafts[task].begin():
            self._task = task
            self._show(task)

    def forms(self) -> "tuple[EntryForm, ...]":
        """Return every form that was made, whether it shows or not."""
        made = (entry.form for entry in self._entries.values())
        return tuple(form for form in made if form is not None)

    def pointed(self) -> None:
        """Put the caret where typing goes on after the chart was clicked."""
        tool_id = self._desk.toolbox.active
        entry = self._entries.get(tool_id)
        if self._task is None and entry is not None and not entry.draft.is_empty:
            self._focus(tool_id)

    def escape(self) -> None:
        """Go one step back: clear the form, leave the tool, then select nothing."""
        tool_id = self._desk.toolbox.active
        if self._task is not None:
            self._clear(self._task)
        elif tool_id in self._entries:
            self._clear(tool_id)
        elif tool_id is ToolId.SELECT:
            self._desk.session.selection.set(frozenset())
        else:
            self._desk.toolbox.take_up(ToolId.SELECT)

    def _add_tasks(self, desk: Desk) -> None:
        notation = desk.notation
        moved, split, merged = desk.move_to_boat_draft, desk.split_draft, desk.merge_draft
        self._add_task(Task.MOVE_TO_BOAT, lambda: MoveToBoatForm(moved, notation), moved)
        self._add_task(Task.SPLIT_TRACK, lambda: SplitForm(split, notation), split)
        self._add_task(Task.MERGE_TRACKS, lambda: MergeForm(merged, notation), merged)
        boat, closed, explained = desk.boat_draft, desk.close_draft, desk.explain_draft
        self._add_task(Task.BOAT, lambda: BoatForm(boat, desk.figures), boat)
        self._add_task(
            Task.CLOSE_BOAT, lambda: CloseForm(closed, desk.approach_draft, desk.lookout), closed
        )
        self._add_task(Task.EXPLAIN_PEOPLE, lambda: ExplainForm(explained), explained)
        watch, log_line = desk.watch_draft, desk.log_line_draft
        self._add_task(Task.CHANGE_WATCH, lambda: WatchForm(watch), watch)
        self._add_task(Task.AMEND_LOG_LINE, lambda: LogLineForm(log_line), log_line)
        amended, withdrawn = desk.amend_draft, desk.withdraw_draft
        self._add_task(Task.AMEND_REPORT, lambda: AmendForm(amended, notation), amended)
        self._add_task(Task.WITHDRAW, lambda: WithdrawForm(withdrawn), withdrawn)
        fix, search = desk.bearings_fix_draft, desk.search_draft
        self._add_task(Task.BEARINGS_FIX, lambda: BearingsFixForm(fix, notation), fix)
        self._add_task(Task.SEARCH, lambda: SearchForm(search, notation), search)
        conditions, approach = desk.conditions_draft, desk.approach_draft
        self._add_task(Task.CONDITIONS, lambda: ConditionsForm(conditions), conditions)
        self._add_task(Task.APPROACH_WATCH, lambda: ApproachForm(approach), approach)

    def _add(
        self,
        key: ToolId | Task,
        make: "Callable[[], EntryForm]",
        draft: Draft,
        focus: "Callable[[], None] | None" = None,
    ) -> None:
        self._entries[key] = _Entry(make, draft, focus)

    def _add_task(self, task: Task, make: "Callable[[], EntryForm]", draft: TaskDraft) -> None:
        self._task_drafts[task] = draft
        self._add(task, make, draft)

    def _form(self, key: str) -> "EntryForm":
        """Return a form; it is made at the first call, so that the window opens sooner."""
        entry = self._entries[key]
        if entry.form is None:
            form = entry.form = entry.make()
            form.refresh()  # what the draft holds already shows with it
            self._bar_actions[key] = self.bar.addWidget(form)
            form.commit_wanted.connect(lambda answered: self._commit(key, answered))
            form.clear_wanted.connect(lambda: self._clear(key))
        return entry.form

    def _focus(self, key: str) -> None:
        """Put the caret into a form."""
        focus = self._entries[key].focus or self._form(key).focus_first
        focus()

    def _show(self, key: str) -> None:
        if key in self._entries:
            self._form(key).catch_up()
        for other, action in self._bar_actions.items():
            action.setVisible(other == key)
        self.bar.setVisible(key in self._entries)
        layout = self.bar.layout()
        if layout is not None:
            layout.activate()  # else the form shows later, and can't get the caret before

    def _tool_changed(self, tool_id: ToolId) -> None:
        if self._task is not None:
            self._task_drafts[self._task].clear()
        self.show_form_of(tool_id)

    def _focus_report(self) -> None:
        """Put the caret in the position, or in the time once there is a position."""
        form = self._form(ToolId.REPORT)
        assert isinstance(form, ReportForm), "made so"
        field = form.time if self._desk.report_draft.text.position else form.position
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _commit(self, key: str, answered: object) -> None:
        assert isinstance(answered, frozenset), "a form sends the questions answered"
        entry = self._entries[key]
        self._desk.canvas.pause_drawing()  # the act goes first
        try:
            is_done = entry.draft.commit(answered)
        except CommandRefused as refusal:
            self._banner.show_message(error_text(refusal), Severity.WARNING)
            return
        if is_done and isinstance(key, Task):
            self._leave_task()
        elif is_done:
            self._focus(key)

    def _clear(self, key: str) -> None:
        """Clear the form; an empty one is left, a tool's for selecting."""
        entry = self._entries[key]
        if not entry.draft.is_empty:
            entry.draft.clear()
            self._focus(key)
        elif isinstance(key, Task):
            entry.draft.clear()  # what was begun is given up, and shows no more
            self._leave_task()
        else:
            self._desk.toolbox.take_up(ToolId.SELECT)
            self._desk.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave_task(self) -> None:
        """Show the tool's form again and give the keys back to where they were."""
        self._banner.settle()  # what was refused is left with the form
        self._task = None
        self._show(self._desk.toolbox.active)
        before = self._focus_before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._desk.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_before = None
