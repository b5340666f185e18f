"""The form in which a report is amended: what it says, and why it is to say something else."""

import itertools
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from channelplot.chart.wording import boat_type_text, kind_text, source_text
from channelplot.geodesy.text import Notation, zulu_text
from channelplot.model.codes import BoatType, ReportKind, SourceKind
from channelplot.model.report import Report
from channelplot.tools.amend_draft import AmendDraft, AmendField, AmendReading
from channelplot.tools.questions import Question, QuestionCode
from channelplot.ui.entry.amend_text import caption_text, changes_text, fault_text
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.line.fixed_text import FixedText
from channelplot.ui.log.fields import quoted
from channelplot.ui.preference import Preference

_C = TypeVar("_C", bound=StrEnum)
_TIMES: Final = frozenset({QuestionCode.IN_THE_FUTURE, QuestionCode.LONG_AGO})
_LETTERS: Final = {
    AmendField.OBSERVED: "150228Z",
    AmendField.RECEIVED: "150228Z",
    AmendField.COURSE: "310.5",
    AmendField.SPEED: "14.5",
    AmendField.GRADE: "2C",
}
"""What the narrow fields have room for; a date with its month moves as one types."""
_NARROW: Final = frozenset({AmendField.COURSE, AmendField.SPEED, AmendField.GRADE})
_NARROW_PX: Final = 24
"""Around the text of a field."""


class AmendForm(EntryForm):
    """Above the fields the words as received, which nobody changes; below, old and new values."""

    def __init__(self, draft: AmendDraft, notation: Preference[Notation]) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Amend"), self.tr("Amend"))
        self.draft = draft
        self._notation = notation
        self._is_showing = False
        self.all_the_same.setText(self.tr("Amend it all the same (Alt+1)"))
        self.words = FixedText(self)
        self.words.setAccessibleName(self.tr("As received"))
        self.add_above(self.words)
        self.kind = self._box(AmendField.KIND, ReportKind, kind_text)
        self.source = self._box(AmendField.SOURCE, SourceKind, source_text)
        self.boat_type = self._box(
            AmendField.BOAT_TYPE, BoatType, boat_type_text, self.tr("not said")
        )
        self.edits: dict[AmendField, QLineEdit] = {
            one: QLineEdit(self)
            for one in AmendField
            if one not in {AmendField.KIND, AmendField.SOURCE, AmendField.BOAT_TYPE}
        }
        for one, letters in _LETTERS.items():
            edit = self.edits[one]
            width_px = edit.fontMetrics().horizontalAdvance(letters) + _NARROW_PX
            edit.setMinimumWidth(width_px)
            if one in _NARROW:
                edit.setFixedWidth(max(width_px, _caption_px(edit, one)))
        self.why = QLineEdit(self)
        self.why.setPlaceholderText(self.tr("needed, for the log"))
        self._place_fields()
        for one, edit in self.edits.items():
            edit.textChanged.connect(lambda text, one=one: self._edit(one.value, text))
        self.why.textChanged.connect(lambda text: self._edit("why", text))
        draft.changed.connect(self.refresh)
        notation.changed.connect(draft.use_notation)
        draft.use_notation(notation.current)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        edits = self.edits
        return (
            edits[AmendField.OBSERVED], edits[AmendField.RECEIVED], edits[AmendField.POSITION],
            edits[AmendField.SOURCE_NAME], edits[AmendField.CALLER], edits[AmendField.PEOPLE],
            edits[AmendField.COURSE], edits[AmendField.SPEED], edits[AmendField.GRADE], self.why,
        )  # fmt: skip

    def focus_first(self) -> None:
        """Put the caret in the time; into why where that is all that is missing."""
        first = self.why if self.draft.is_why_wanted else self.edits[AmendField.OBSERVED]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        first.selectAll()

    def field_in_doubt(self, question: Question) -> QLineEdit:
        """Return the field that a question is about."""
        is_time = question.code in _TIMES
        return self.edits[AmendField.OBSERVED if is_time else AmendField.POSITION]

    def show_draft(self) -> None:
        """Show the draft's text and how it is understood."""
        draft, reading = self.draft, self.draft.reading()
        self._is_showing = True
        for one, edit in self.edits.items():
            set_text(edit, getattr(draft.text, one))
        set_text(self.why, draft.why)
        for box, code in (
            (self.kind, draft.text.kind),
            (self.source, draft.text.source),
            (self.boat_type, draft.text.boat_type),
        ):
            box.setCurrentIndex(box.findData("" if code is None else code.value))
        self._is_showing = False
        report = reading.report
        self.heading.setText(self._heading_text(report))
        self.words.show_text(self._words_text(report))
        wrong = {fault.field for fault in reading.faults}
        for one, edit in self.edits.items():
            mark_wrong(edit, one in wrong)
        mark_wrong(self.why, draft.is_why_wanted)
        self._show_reading(reading)
        if draft.is_why_wanted and self.has_caret:
            self.focus_first()

    def _show_reading(self, reading: AmendReading) -> None:
        if reading.faults:
            fault = reading.faults[0]
            typed = "" if fault.field is None else str(getattr(self.draft.text, fault.field))
            self.show_reading(fault_text(fault, typed), is_fault=True, questions=())
            return
        plot, now_utc = self.draft.session.document.plot, self.draft.session.clock()
        changes = changes_text(reading, plot, self._notation.current, now_utc)
        if self.draft.is_why_wanted:
            text = self.tr("Say why it is amended: the log keeps the reason beside the old values.")
            self.show_reading(text, is_fault=True, questions=())
        elif not changes:
            text = self.tr("Correct what is wrong. The words as received always stay.")
            self.show_reading(text, is_fault=False, questions=())
        else:
            todo = "" if self.draft.why.strip() else self.tr("   Then say why.")
            self.show_reading(changes + todo, is_fault=False, questions=reading.questions)

    def _place_fields(self) -> None:
        """Put the fields into two rows, and the Tab key through them as they are read."""
        edits = self.edits
        source = QWidget(self)
        pair = QHBoxLayout(source)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(4)
        pair.addWidget(self.source)
        pair.addWidget(edits[AmendField.SOURCE_NAME], 1)
        rows: tuple[tuple[tuple[AmendField, QWidget, int], ...], ...] = (
            (
                (AmendField.OBSERVED, edits[AmendField.OBSERVED], 2),
                (AmendField.RECEIVED, edits[AmendField.RECEIVED], 2),
                (AmendField.POSITION, edits[AmendField.POSITION], 5),
                (AmendField.SOURCE, source, 4),
                (AmendField.CALLER, edits[AmendField.CALLER], 4),
            ),
            (
                (AmendField.KIND, self.kind, 0),
                (AmendField.PEOPLE, edits[AmendField.PEOPLE], 5),
                (AmendField.COURSE, edits[AmendField.COURSE], 0),
                (AmendField.SPEED, edits[AmendField.SPEED], 0),
                (AmendField.GRADE, edits[AmendField.GRADE], 0),
                (AmendField.BOAT_TYPE, self.boat_type, 0),
            ),
        )
        for row, fields in enumerate(rows):
            for one, field, stretch in fields:
                self.add_field(caption_text(one), field, stretch, row=row)
        self.add_field(self.tr("Why"), self.why, 7, row=1)
        self.source.setAccessibleName(caption_text(AmendField.SOURCE))
        edits[AmendField.SOURCE_NAME].setAccessibleName(caption_text(AmendField.SOURCE_NAME))
        source.setAccessibleName("")
        for field in (self.source, edits[AmendField.SOURCE_NAME]):
            field.installEventFilter(self)
        order = (
            *(edits[one] for one in (AmendField.OBSERVED, AmendField.RECEIVED)),
            edits[AmendField.POSITION], self.source, edits[AmendField.SOURCE_NAME],
            edits[AmendField.CALLER], self.kind, edits[AmendField.PEOPLE],
            edits[AmendField.COURSE], edits[AmendField.SPEED], edits[AmendField.GRADE],
            self.boat_type, self.why,
        )  # fmt: skip
        for before, after in itertools.pairwise(order):
            self.setTabOrder(before, after)

    def _box(
        self,
        one: AmendField,
        codes: Iterable[_C],
        text_of: Callable[[_C], str],
        none_text: str = "",
    ) -> QComboBox:
        """Return a box of codes, and none of them if that has a text."""
        box = QComboBox(self)
        if none_text:
            box.addItem(none_text, "")
        by_value = {code.value: code for code in codes}
        for code in by_value.values():
            box.addItem(text_of(code), code.value)
        box.activated.connect(lambda _: self._edit(one.value, by_value.get(str(box.currentData()))))
        return box

    def _heading_text(self, report: Report | None) -> str:
        if report is None:
            return self.tr("Amend")
        track = self.draft.session.document.plot.tracks.get(report.track_uid or "")
        name = self.tr("no track") if track is None else track.name
        return self.tr("Amend {time} of {track}").format(
            time=zulu_text(report.observed_at_utc), track=name
        )

    def _words_text(self, report: Report | None) -> str:
        if report is None or not report.as_received.strip():
            return self.tr("No words were kept.")
        return self.tr("As received: {words}").format(words=quoted(report.as_received))

    def _edit(self, name: str, value: object) -> None:
        if not self._is_showing:
            self.draft.edit(**{name: value})


def _caption_px(edit: QLineEdit, one: AmendField) -> int:
    """Return how wide what stands over a field is."""
    return edit.fontMetrics().horizontalAdvance(caption_text(one)) + 2
