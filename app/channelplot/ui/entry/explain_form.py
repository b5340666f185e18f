"""The form in which a named person answers for people who are unaccounted for."""

from PySide6.QtWidgets import QLineEdit

from channelplot.tools.explain_draft import ExplainDraft, ExplainReading
from channelplot.ui.entry.form import EntryForm, set_text
from channelplot.ui.entry.ledger_view import LedgerView
from channelplot.ui.words.account_text import unaccounted_text


class ExplainForm(EntryForm):
    """Who answers for them, and why; the numbers beside it."""

    def __init__(self, draft: ExplainDraft) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Explain"), self.tr("Keep"))
        self.draft = draft
        self._is_showing = False
        self.ledger = LedgerView(self)
        self.add_aside(self.ledger)
        self.explained_by, self.why = QLineEdit(self), QLineEdit(self)
        self.explained_by.setPlaceholderText(self.tr("name"))
        self.why.setPlaceholderText(self.tr("why nobody has to look for them"))
        self.add_field(self.tr("Answers for them"), self.explained_by, 1)
        self.add_field(self.tr("Why"), self.why, 3)
        self.explained_by.textChanged.connect(lambda text: self._edit("explained_by", text))
        self.why.textChanged.connect(lambda text: self._edit("why", text))
        draft.changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (self.explained_by, self.why)

    def show_draft(self) -> None:
        """Show the draft's text and how things stand with the boat."""
        reading = self.draft.reading()
        self._is_showing = True
        set_text(self.explained_by, self.draft.text.explained_by)
        set_text(self.why, self.draft.text.why)
        self._is_showing = False
        self.ledger.show_ledger(reading.ledger)
        if reading.track is None:
            self.heading.setText(self.tr("Explain"))
            self.show_reading(
                self.tr("Nobody of that boat is unaccounted for any more."),
                is_fault=True,
                questions=(),
            )
            return
        heading = self.tr("Explain, {name}").format(name=reading.track.name)
        self.heading.setText(heading)
        self.show_reading(self._reading_text(reading), is_fault=False, questions=())
        self.commit_button.setEnabled(self.draft.text.is_complete)

    def _reading_text(self, reading: ExplainReading) -> str:
        assert reading.track is not None, "said before"
        who = unaccounted_text(reading.ledger)
        if not self.draft.text.is_complete:
            text = self.tr(
                "Say who answers for {who}, and why. The boat stays as it is; the name and the "
                "reason stay with it."
            )
            return text.format(who=who)
        text = self.tr("{person} answers for {who} of {name}. More people unaccounted for later "
                       "are not covered.")  # fmt: skip
        return text.format(
            person=self.draft.text.explained_by.strip(), who=who, name=reading.track.name
        )

    def _edit(self, name: str, value: str) -> None:
        if not self._is_showing:
            self.draft.edit(**{name: value})
