"""The form in which a named mark is added or amended."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLineEdit

from channelplot.chart.wording import mark_kind_text
from channelplot.errors import RefusalReason
from channelplot.geodesy.text import Notation, bearing_text, distance_text
from channelplot.model.beach import MARK_CODE_LONGEST, Mark
from channelplot.model.codes import MarkKind
from channelplot.reading.values import PositionReading
from channelplot.tools.mark_draft import MarkDraft, MarkDraftReading
from channelplot.tools.questions import Question
from channelplot.ui.entry.field_text import position_texts, problem_text
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.preference import Preference
from channelplot.ui.words.messages import code_fault_text

CODE_WIDTH_PX = 104
_SEPARATOR = "  ·  "


class MarkForm(EntryForm):
    """Code, name, kind and position of a new mark, or of one there is already."""

    def __init__(self, draft: MarkDraft, notation: Preference[Notation]) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Mark"), self.tr("Add"))
        self.draft = draft
        self._notation = notation
        self._is_showing = False
        self._listed: tuple[tuple[Mark, ...], ...] | None = None
        self.existing = QComboBox(self)
        self.existing.setMinimumWidth(220)
        self.existing.setMaxVisibleItems(20)
        self.code = QLineEdit(self)
        self.code.setPlaceholderText(self.tr("CGN"))
        self.code.setFixedWidth(CODE_WIDTH_PX)
        self.code.setToolTip(
            self.tr("1 to {longest} letters, digits and hyphens").format(longest=MARK_CODE_LONGEST)
        )
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("name, or nothing"))
        self.kind = QComboBox(self)
        for kind in MarkKind:
            self.kind.addItem(mark_kind_text(kind), kind.value)
        self.position = QLineEdit(self)
        self.position.setPlaceholderText(self.tr("click the chart, or 50 52.1N 001 35.0E"))
        self.add_field(self.tr("New or existing"), self.existing, 2)
        self.add_field(self.tr("Code"), self.code)
        self.add_field(self.tr("Name"), self.name, 3)
        self.add_field(self.tr("Kind"), self.kind)
        self.add_field(self.tr("Position"), self.position, 3)
        self.code.textChanged.connect(lambda text: self._edit(code=text))
        self.name.textChanged.connect(lambda text: self._edit(name=text))
        self.position.textChanged.connect(lambda text: self._edit(position=text))
        self.kind.activated.connect(lambda index: self._edit(kind=self.kind.itemData(index)))
        self.existing.activated.connect(self._pick)
        draft.changed.connect(self.refresh)
        draft.session.plot_changed.connect(self.refresh)
        notation.changed.connect(self.refresh)
        self.show_draft()

    def field_in_doubt(self, question: Question) -> QLineEdit:
        """Return the field that a question is about."""
        return self.position

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (self.code, self.name, self.position)

    def focus_first(self) -> None:
        """Put the caret in the first empty field; of a mark there is already, in its position."""
        if self.draft.picked is None:
            super().focus_first()
        else:
            self.position.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.position.selectAll()

    def show_draft(self) -> None:
        """Show the draft's text and how it is understood."""
        draft, reading = self.draft, self.draft.reading()
        self._is_showing = True
        self._list_existing()
        picked = draft.picked
        self.existing.setCurrentIndex(
            max(self.existing.findData(picked.uid), 0) if picked is not None else 0
        )
        set_text(self.code, draft.code)
        set_text(self.name, draft.name)
        set_text(self.position, draft.position)
        self._show_kind(reading.kind)
        self._is_showing = False
        is_empty_code = reading.code_fault == RefusalReason.CODE_EMPTY
        mark_wrong(self.code, bool(reading.code_fault) and not is_empty_code)
        mark_wrong(self.position, bool(reading.problem and draft.position))
        self.commit_button.setText(self.tr("Add") if reading.before is None else self.tr("Amend"))
        if draft.is_empty:
            self.show_reading(
                self.tr("Click the chart for a new mark, or a mark there is to amend it."),
                is_fault=False,
                questions=(),
            )
        elif reading.code_fault and (not is_empty_code or reading.problem is None):
            self.show_reading(code_fault_text(reading.code_fault), is_fault=True, questions=())
        elif reading.problem is not None:
            text = problem_text(reading.problem, draft.position)
            self.show_reading(text, is_fault=True, questions=())
        elif reading.mark is not None and reading.where is not None:
            text = self._reading_text(reading, reading.mark, reading.where)
            self.show_reading(text, is_fault=False, questions=reading.questions)
        if draft.is_empty or reading.is_unchanged:
            self.commit_button.setEnabled(False)

    def _reading_text(self, reading: MarkDraftReading, mark: Mark, where: PositionReading) -> str:
        where = replace(where, position=mark.position)
        parts = [*position_texts(where, self._notation.current), mark.code]
        if mark.name not in (mark.code, self.draft.name.strip()):
            parts.append(mark.name)
        parts.append(self._effect_text(reading))
        if mark.error_m is not None:
            parts.append(
                self.tr("approximate, good to {error_m:.0f} m").format(error_m=mark.error_m)
            )
        return _SEPARATOR.join(parts)

    def _effect_text(self, reading: MarkDraftReading) -> str:
        """Return what Enter would do to the marks there are."""
        before = reading.before
        if before is None:
            return self.tr("new")
        if reading.is_unchanged:
            return self.tr("as it is in the plot")
        words = (
            self.tr("amends {code}")
            if reading.is_amended
            else self.tr("in place of the chart's {code}")
        )
        text = words.format(code=before.code)
        if reading.moved_m is None or reading.moved_deg is None:
            return text
        moved = self.tr("{bearing} {distance} from it").format(
            bearing=bearing_text(reading.moved_deg), distance=distance_text(reading.moved_m)
        )
        return f"{text}, {moved}"

    def _show_kind(self, kind: str) -> None:
        """Show a kind; another program's own word is listed as it is while it is needed."""
        index = self.kind.findData(kind)
        if self.kind.count() > len(MarkKind) and index != len(MarkKind):
            self.kind.removeItem(len(MarkKind))
        if index < 0:
            self.kind.addItem(mark_kind_text(kind), kind)
            index = len(MarkKind)
        self.kind.setCurrentIndex(index)

    def _edit(
        self,
        *,
        code: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        position: str | None = None,
    ) -> None:
        if not self._is_showing:
            self.draft.edit(code=code, name=name, kind=kind, position=position)

    def _pick(self, index: int) -> None:
        uid = self.existing.itemData(index)
        choices = (*self.draft.own_choices(), *self.draft.register_choices())
        mark = next((mark for mark in choices if mark.uid == uid), None)
        if mark is None:
            self.draft.clear()
        else:
            self.draft.pick(mark)

    def _list_existing(self) -> None:
        """List the plot's marks and those of the chart, each under a heading."""
        listed = (self.draft.own_choices(), self.draft.register_choices())
        if listed == self._listed:
            return
        self._listed = listed
        self.existing.clear()
        self.existing.addItem(self.tr("new mark"), "")
        model = self.existing.model()
        assert isinstance(model, QStandardItemModel), "what a box of its own lists with"
        for heading, marks in zip(
            (self.tr("in the plot"), self.tr("on the chart")), listed, strict=True
        ):
            if marks:
                self.existing.addItem(heading, None)
                model.item(self.existing.count() - 1).setEnabled(False)
            for mark in marks:
                text = mark.code if mark.name == mark.code else f"{mark.code}  {mark.name}"
                self.existing.addItem(text, mark.uid)
