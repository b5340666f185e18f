"""The form in which somebody takes the watch."""

from PySide6.QtWidgets import QLineEdit

from channelplot.tools.watch_draft import WatchDraft
from channelplot.ui.entry.form import EntryForm, set_text
from channelplot.ui.line.fixed_text import FixedText
from channelplot.ui.words.watch_text import handover_text, last_watch_text

LONGEST_NAME = 60


class WatchForm(EntryForm):
    """A name, and who had the watch last, in two low rows: at the first start nobody has asked."""

    def __init__(self, draft: WatchDraft) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Watch"), self.tr("Take the watch"))
        self.draft = draft
        self._is_showing = False
        self.name = QLineEdit(self)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("name or number, as it is to stand in the log"))
        self.last = FixedText(self, asks_for_width=True)
        self.lay_flat(
            (
                (self.tr("Who has the watch?"), self.name, 3),
                (self.tr("Last taken by"), self.last, 2),
            )
        )
        self.name.textChanged.connect(self._edit)
        draft.changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the one text field."""
        return (self.name,)

    def show_draft(self) -> None:
        """Show the draft and what Enter would do."""
        draft = self.draft
        self._is_showing = True
        set_text(self.name, draft.name)
        self._is_showing = False
        self.last.show_text(last_watch_text(draft.keeper))
        name = draft.tidy_name
        if name:
            text = self.tr("Acts are under “{name}” from now on. In the log: {line}").format(
                name=name, line=handover_text(name, draft.keeper.last)
            )
        elif draft.keeper.current is None:
            text = self.tr(
                "Ctrl+Shift+W, then a name and Enter. Until then acts are under the login name "
                "“{name}”; plotting goes on all the same."
            ).format(name=draft.keeper.operator)
        else:
            text = self.tr("Acts are under “{name}” until somebody else has the watch.").format(
                name=draft.keeper.operator
            )
        self.show_reading(text, is_fault=False, questions=())
        self.commit_button.setEnabled(bool(name))

    def _edit(self, text: str) -> None:
        if not self._is_showing:
            self.draft.edit(text)
