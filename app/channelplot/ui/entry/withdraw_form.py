"""The form that withdraws what is selected: what it is, and why.

A reason is asked for only if people would no longer be looked for.
"""

from PySide6.QtWidgets import QLineEdit

from channelplot.tools.withdraw_draft import WithdrawDraft
from channelplot.ui.entry.form import EntryForm, set_text
from channelplot.ui.line.fixed_text import FixedText
from channelplot.ui.log.withdraw_text import leaving_text
from channelplot.ui.words.account_text import lost_text


class WithdrawForm(EntryForm):
    """What would leave the plot, and a reason: if nobody is lost by it, Enter is enough."""

    def __init__(self, draft: WithdrawDraft) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Withdraw"), self.tr("Withdraw"))
        self.draft = draft
        self._is_showing = False
        self.what = FixedText(self)
        self.what.set_property("strong", True)
        self.why = QLineEdit(self)
        self.add_field(self.tr("What"), self.what, 3)
        self.add_field(self.tr("Why, for the log"), self.why, 4)
        self.why.textChanged.connect(self._edit)
        draft.changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the one text field."""
        return (self.why,)

    def show_draft(self) -> None:
        """Show what would be withdrawn."""
        self._is_showing = True
        set_text(self.why, self.draft.why)
        self._is_showing = False
        leaving, losing = self.draft.leaving(), self.draft.losing()
        self.why.setPlaceholderText(
            self.tr("or nothing: Enter is enough")
            if losing.is_nobody
            else self.tr("needed: people are unaccounted for")
        )
        self.what.show_text(leaving_text(leaving, self.draft.session.document.plot))
        if leaving.is_nothing:
            text = self.tr("Nothing of that is in the plot any more. Esc leaves.")
        else:
            text = self.tr(
                "It leaves the plot and stays in the file: Ctrl+Z takes that back, and the list of "
                "withdrawn things (Ctrl+Shift+Delete) restores it later."
            )
        needs_reason = self.draft.needs_reason
        if not losing.is_nobody:
            lost = lost_text(losing.people, losing.children)
            text = f"{lost} {self.tr('Say why.')}" if needs_reason else f"{lost} {text}"
        self.show_reading(text, is_fault=leaving.is_nothing or needs_reason, questions=())

    def _edit(self, text: str) -> None:
        if not self._is_showing:
            self.draft.edit(text)
