"""The strip under the chart: the form of the active tool, if it has one."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QToolBar, QWidget

from channelplot.document.notice import Notice
from channelplot.errors import CommandRefused
from channelplot.tools.questions import QuestionCode
from channelplot.tools.tool import ToolId
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.entry.beach_form import BeachForm
from channelplot.ui.entry.mark_form import MarkForm
from channelplot.ui.entry.move_form import MoveForm
from channelplot.ui.entry.report_form import ReportForm
from channelplot.ui.messages import error_text

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


class EntryStrip(QObject):
    """Shows a tool's form while the tool is taken up, and commits its draft.

    After an act the form is empty, the tool stays taken up and the caret is back in the
    first field, ready for the next report.
    """

    def __init__(self, parent: QWidget, desk: Desk, banner: Banner) -> None:
        """Make the forms, hidden, in a bar of their own."""
        super().__init__(parent)
        self._desk = desk
        self._banner = banner
        self.report_form = ReportForm(desk.report_draft, desk.notation)
        self.beach_form = BeachForm(desk.beach_draft, desk.notation)
        self.mark_form = MarkForm(desk.mark_draft, desk.notation)
        self.move_form = MoveForm(desk.move_draft, desk.notation)
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
        self._forms: dict[ToolId, tuple[EntryForm, Draft, Callable[[], None]]] = {
            ToolId.REPORT: (self.report_form, desk.report_draft, self._focus_report),
            ToolId.BEACH: (self.beach_form, desk.beach_draft, self.beach_form.focus_first),
            ToolId.MARK: (self.mark_form, desk.mark_draft, self.mark_form.focus_first),
            ToolId.MOVE: (self.move_form, desk.move_draft, self.move_form.focus_first),
        }
        self._bar_actions = {}
        for tool_id, (form, _, _) in self._forms.items():
            self._bar_actions[tool_id] = self.bar.addWidget(form)
            form.commit_wanted.connect(
                lambda answered, tool_id=tool_id: self._commit(tool_id, answered)
            )
            form.clear_wanted.connect(lambda tool_id=tool_id: self._clear(tool_id))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), desk.canvas)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self.escape)
        desk.toolbox.tool_changed.connect(self.show_form_of)
        self.show_form_of(desk.toolbox.active)

    def show_form_of(self, tool_id: ToolId) -> None:
        """Show the form of a tool and put the caret in it; without one, the chart gets the keys."""
        for other, action in self._bar_actions.items():
            action.setVisible(other is tool_id)
        self.bar.setVisible(tool_id in self._forms)
        if tool_id in self._forms:
            self._forms[tool_id][2]()
        else:
            self._desk.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forms(self) -> "tuple[EntryForm, ...]":
        """Return every form, whether it shows or not."""
        return tuple(form for form, _, _ in self._forms.values())

    def pointed(self) -> None:
        """Put the caret where typing goes on after the chart was clicked."""
        tool_id = self._desk.toolbox.active
        if tool_id in self._forms and not self._forms[tool_id][1].is_empty:
            self._forms[tool_id][2]()

    def escape(self) -> None:
        """Go one step back: clear the form, leave the tool, then select nothing."""
        tool_id = self._desk.toolbox.active
        if tool_id in self._forms:
            self._clear(tool_id)
        elif tool_id is ToolId.SELECT:
            self._desk.session.selection.set(frozenset())
        else:
            self._desk.toolbox.take_up(ToolId.SELECT)

    def _focus_report(self) -> None:
        """Put the caret in the position, or in the time once there is a position."""
        form = self.report_form
        field = form.time if self._desk.report_draft.text.position else form.position
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _commit(self, tool_id: ToolId, answered: object) -> None:
        assert isinstance(answered, frozenset), "a form sends the questions answered"
        _, draft, focus = self._forms[tool_id]
        self._desk.canvas.pause_drawing()  # the act goes first
        try:
            is_done = draft.commit(answered)
        except CommandRefused as refusal:
            self._banner.show_message(error_text(refusal), Severity.WARNING)
            return
        if is_done:
            focus()

    def _clear(self, tool_id: ToolId) -> None:
        """Clear the form; an empty one is left for selecting."""
        _, draft, focus = self._forms[tool_id]
        if draft.is_empty:
            self._desk.toolbox.take_up(ToolId.SELECT)
            self._desk.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            draft.clear()
            focus()
