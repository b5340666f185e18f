"""The form in which a launch beach is added."""

from PySide6.QtWidgets import QComboBox, QLineEdit

from channelplot.basemap.beaches import is_estimated
from channelplot.geodesy.text import Notation
from channelplot.model.beach import Beach
from channelplot.tools.beach_draft import BeachDraft
from channelplot.tools.questions import Question
from channelplot.ui.entry.field_text import position_texts, problem_text
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.preference import Preference
from channelplot.ui.words.messages import name_fault_text


class BeachForm(EntryForm):
    """Name and position of the beach being added, or one of the register."""

    def __init__(self, draft: BeachDraft, notation: Preference[Notation]) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Launch beach"), self.tr("Add"))
        self.draft = draft
        self._notation = notation
        self._is_showing = False
        self.register = QComboBox(self)
        self.register.setMinimumWidth(220)
        self.register.setMaxVisibleItems(20)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("name"))
        self.position = QLineEdit(self)
        self.position.setPlaceholderText(self.tr("click the shore, or 50 56.6N 001 45.1E"))
        self.add_field(self.tr("From the register"), self.register, 2)
        self.add_field(self.tr("Name"), self.name, 3)
        self.add_field(self.tr("Position"), self.position, 3)
        self.name.textChanged.connect(lambda text: self._edit(name=text))
        self.position.textChanged.connect(lambda text: self._edit(position=text))
        self.register.activated.connect(self._pick)
        draft.changed.connect(self.refresh)
        notation.changed.connect(self.refresh)
        draft.session.plot_changed.connect(lambda _: self._list_register())
        self._list_register()
        self.show_draft()

    def field_in_doubt(self, question: Question) -> QLineEdit:
        """Return the field that a question is about."""
        return self.position

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (self.name, self.position)

    def show_draft(self) -> None:
        """Show the draft's text and how it is understood."""
        if self.register.count() != len(self.draft.choices()) + 1:
            self._list_register()
        self._is_showing = True
        set_text(self.name, self.draft.name)
        set_text(self.position, self.draft.position)
        picked = self.draft.picked
        index = self.register.findText(picked.name) if picked is not None else 0
        self.register.setCurrentIndex(max(index, 0))
        self._is_showing = False
        reading = self.draft.reading()
        mark_wrong(self.position, bool(reading.problem and self.draft.position))
        mark_wrong(self.name, reading.name_fault == "name_taken")
        if self.draft.is_empty:
            self.show_reading(
                self.tr("Click the shore, or pick a launch place of the register."),
                is_fault=False,
                questions=(),
            )
            self.commit_button.setEnabled(False)
        elif reading.problem is not None:
            text = problem_text(reading.problem, self.draft.position)
            self.show_reading(text, is_fault=True, questions=())
        elif reading.name_fault:
            self.show_reading(name_fault_text(reading.name_fault), is_fault=True, questions=())
        elif reading.where is not None:
            self.show_reading(
                "  ·  ".join(
                    part
                    for part in (
                        *position_texts(reading.where, self._notation.current),
                        self.draft.name.strip(),
                        self._source_text(picked),
                        picked.note if picked is not None else "",
                    )
                    if part
                ),
                is_fault=False,
                questions=reading.questions,
            )

    def _source_text(self, beach: Beach | None) -> str:
        """Return how good a register beach's position is: never better than it was made."""
        if beach is None or beach.error_m is None:
            return ""
        if is_estimated(beach):
            return self.tr("estimated from the coastline, good to {error_m:.0f} m").format(
                error_m=beach.error_m
            )
        return self.tr("good to {error_m:.0f} m").format(error_m=beach.error_m)

    def _edit(self, *, name: str | None = None, position: str | None = None) -> None:
        if not self._is_showing:
            self.draft.edit(name=name, position=position)

    def _pick(self, index: int) -> None:
        beach = self.register.itemData(index)
        if beach is None:
            self.draft.clear()
        else:
            self.draft.pick(beach)

    def _list_register(self) -> None:
        self.register.clear()
        self.register.addItem(self.tr("choose"), None)
        for beach in self.draft.choices():
            self.register.addItem(beach.name, beach)
