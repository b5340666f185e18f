"""The form in which a line of the watch log is amended or withdrawn."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from channelplot.tools.log_line_draft import LogLineDraft
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.words.time_text import time_text


class LogLineForm(EntryForm):
    """The words of the line, and why they change or go."""

    def __init__(self, draft: LogLineDraft) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Line of the log"), self.tr("Amend"))
        self.draft = draft
        self._is_showing = False
        self.words = QLineEdit(self)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(self.tr("in your words"))
        self.add_field(self.tr("Words"), self.words, 3)
        self.add_field(self.tr("Why"), self.reason, 2)
        self.words.textChanged.connect(lambda text: self._edit(words=text))
        self.reason.textChanged.connect(lambda text: self._edit(reason=text))
        draft.changed.connect(self.refresh)
        draft.session.plot_changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (self.words, self.reason)

    def focus_first(self) -> None:
        """Put the caret behind the words; of a line that is to go, into the reason."""
        field = self.reason if self.draft.is_withdrawing else self.words
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.end(False)

    def show_draft(self) -> None:
        """Show the draft and what Enter would do."""
        draft, line = self.draft, self.draft.line
        self._is_showing = True
        set_text(self.words, draft.words)
        set_text(self.reason, draft.reason)
        self._is_showing = False
        self.words.setReadOnly(draft.is_withdrawing)
        is_blank = line is not None and not draft.words.strip()
        mark_wrong(self.words, is_blank)
        self.commit_button.setText(
            self.tr("Withdraw") if draft.is_withdrawing else self.tr("Amend")
        )
        if line is None:
            text = self.tr("That line is no longer in the plot.")
        elif is_blank:
            text = self.tr("A line needs words. To be rid of it, withdraw it: Ctrl+Delete on it.")
        else:
            told = (
                self.tr("Line of {time}: the log keeps it, marked withdrawn, with who and why.")
                if draft.is_withdrawing
                else self.tr("Line of {time}: the log keeps what stood there, with who and why.")
            )
            text = told.format(time=time_text(line.at_utc, draft.session.clock))
        self.show_reading(text, is_fault=is_blank or line is None, questions=())
        self.commit_button.setEnabled(draft.can_commit)

    def _edit(self, *, words: str | None = None, reason: str | None = None) -> None:
        if not self._is_showing:
            self.draft.edit(words=words, reason=reason)
