"""The form in which stream and wind are given, amended and withdrawn."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from channelplot.errors import RefusalReason
from channelplot.geodesy.text import bearing_text, date_time_group, speed_text
from channelplot.model.conditions import ConditionsEntry
from channelplot.settings import LEEWAY_PERCENT
from channelplot.tools.conditions_draft import (
    ConditionsDraft,
    ConditionsField,
    ConditionsReading,
    given_text,
)
from channelplot.tools.motion_text import pair_text
from channelplot.tools.questions import Question, QuestionCode
from channelplot.ui.entry.field_text import problem_text
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.words.conditions_text import entry_text
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.time_text import time_text

_SEPARATOR: Final = "  ·  "
_LETTERS: Final[Mapping[ConditionsField, int]] = {
    ConditionsField.STREAM: 8,
    ConditionsField.WIND: 8,
    ConditionsField.LEEWAY: 5,
    ConditionsField.VALID_FROM: 7,
    ConditionsField.VALID_UNTIL: 7,
}
"""How many figures a field has room for; the source has the rest."""
_LETTERS_IN_A_ROW: Final = 140
"""So many figures wide are all fields beside each other."""
_NARROWEST_PX: Final = 1280
_ASKED_ABOUT: Final[Mapping[QuestionCode, ConditionsField]] = {
    QuestionCode.PAST_DRIFT: ConditionsField.VALID_FROM,
    QuestionCode.STREAM_FAST: ConditionsField.STREAM,
    QuestionCode.HOLDS_LONG: ConditionsField.VALID_UNTIL,
    QuestionCode.WIND_STRONG: ConditionsField.WIND,
    QuestionCode.LEEWAY_LARGE: ConditionsField.LEEWAY,
}
_WRONG: Final[Mapping[ConditionsField, object]] = {
    ConditionsField.STREAM: QT_TRANSLATE_NOOP(
        "Conditions", "A stream is where it sets to, true, and its rate in knots: 060/1.9."
    ),
    ConditionsField.WIND: QT_TRANSLATE_NOOP(
        "Conditions", "A wind is where it blows from, true, and its speed in knots: 290/14."
    ),
    ConditionsField.LEEWAY: QT_TRANSLATE_NOOP(
        "Conditions", "Leeway is a share of the wind's speed, 0 to 100 %: 4."
    ),
}


class ConditionsForm(EntryForm):
    """A stream, a wind and its leeway, for what time and whom, and who said so."""

    def __init__(self, draft: ConditionsDraft) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Stream and wind"), self.tr("Save"))
        self.draft = draft
        self._is_showing = False
        self._listed: tuple[tuple[str, str], ...] = ()
        letter_px = self.fontMetrics().horizontalAdvance("0")
        self.existing = QComboBox(self)
        self.existing.setMinimumWidth(20 * letter_px)
        self.existing.setMaximumWidth(32 * letter_px)
        self.existing.setMaxVisibleItems(12)
        self.fields = {one: QLineEdit(self) for one in ConditionsField}
        for one, letters in _LETTERS.items():
            self.fields[one].setFixedWidth((letters + 3) * letter_px)
        self.fields[ConditionsField.SOURCE].setPlaceholderText(self.tr("who or what says so"))
        self.craft = QComboBox(self)
        self.craft.setMinimumWidth(12 * letter_px)
        self.amend = QPushButton(self)
        self.amend.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.withdraw = QPushButton(self.tr("Withdraw (Alt+X)"), self)
        self.withdraw.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.all_the_same.setText(self.tr("Save it all the same (Alt+1)"))
        # Where letters are so large that one row would be wider than the window, there are two.
        second = 0 if _LETTERS_IN_A_ROW * letter_px <= _NARROWEST_PX else 1
        if not second:
            self.add_field(self.tr("New or in the plot"), self.existing, 2)
        self.add_field(self.tr("Stream sets to/kn"), self.fields[ConditionsField.STREAM])
        self.add_field(self.tr("Wind blows from/kn"), self.fields[ConditionsField.WIND])
        self.add_field(self.tr("Leeway, %"), self.fields[ConditionsField.LEEWAY])
        self.add_field(self.tr("From, UTC"), self.fields[ConditionsField.VALID_FROM])
        self.add_field(self.tr("Until, UTC"), self.fields[ConditionsField.VALID_UNTIL])
        if not second:
            self.add_field(self.tr("For"), self.craft, 1)
        self.add_field(self.tr("Source"), self.fields[ConditionsField.SOURCE], 2)
        if second:
            self.add_field(self.tr("New or in the plot"), self.existing, 2, row=second)
            self.add_field(self.tr("For"), self.craft, 1, row=second)
        self.add_field("", self.amend, row=second)
        self.add_field("", self.withdraw, row=second)
        self.withdraw.setAccessibleName(self.tr("Withdraw"))
        for one, field in self.fields.items():
            field.textChanged.connect(partial(self._edit, one.value))
        self.existing.activated.connect(self._choose)
        self.craft.activated.connect(self._choose_craft)
        self.withdraw.clicked.connect(draft.begin_withdrawing)
        self.amend.clicked.connect(self._change_over)
        for keys, slot in (("Alt+X", draft.begin_withdrawing), ("Alt+I", self._change_over)):
            shortcut = QShortcut(QKeySequence(keys), self)  # a button's own would wait 0.1 s
            shortcut.activated.connect(slot)
        draft.changed.connect(self.refresh)
        draft.session.plot_changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return tuple(self.fields.values())

    def focus_first(self) -> None:
        """Put the caret in the stream, what stands there selected."""
        field = self.fields[ConditionsField.STREAM]
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def field_in_doubt(self, question: Question) -> QLineEdit:
        """Return the field that a question is about."""
        return self.fields[_ASKED_ABOUT[question.code]]

    def show_draft(self) -> None:
        """Show the draft and what Enter would do."""
        draft, reading = self.draft, self.draft.reading()
        self._is_showing = True
        self._list_existing()
        self._list_crafts()
        for one, field in self.fields.items():
            set_text(field, getattr(draft.text, one))
            field.setReadOnly(draft.is_withdrawing)
        self._is_showing = False
        is_over = reading.refusal is not None and (
            reading.refusal.reason is RefusalReason.VALIDITY_ORDER
        )
        for one, field in self.fields.items():
            is_end = is_over and one is ConditionsField.VALID_UNTIL
            mark_wrong(field, reading.wrong is one or is_end)
        self._show_in_force(reading)
        self.fields[ConditionsField.LEEWAY].setToolTip(self._leeway_source())
        self.withdraw.setEnabled(reading.before is not None)
        self._show_commit(reading)
        text, is_fault = self._said(reading)
        asks = not is_fault and not draft.is_withdrawing and reading.can_commit
        questions = reading.questions if asks else ()
        if len(questions) > 1:
            text = ""  # there is room for two lines, and what is asked comes first
        self.show_reading(text, is_fault=is_fault, questions=questions)
        can_commit = reading.can_commit and not reading.questions
        self.commit_button.setEnabled(draft.is_withdrawing or can_commit)

    def _show_in_force(self, reading: ConditionsReading) -> None:
        """Show in grey what is in force beside a new entry, and offer to amend it."""
        other = self.draft.in_force if reading.before is None else None
        stream = wind = ""
        if other is not None:
            stream = pair_text(other.stream_set_deg, other.stream_rate_kn)
            wind = pair_text(other.wind_from_deg, other.wind_speed_kn)
        self.fields[ConditionsField.STREAM].setPlaceholderText(stream)
        self.fields[ConditionsField.WIND].setPlaceholderText(wind)
        is_new = reading.before is None
        self.amend.setText(self.tr("Amend (Alt+I)") if is_new else self.tr("New (Alt+I)"))
        self.amend.setEnabled(not is_new or other is not None)
        tip = self.tr("Amend what is in force, instead of a new entry")
        self.amend.setToolTip(tip if is_new else self.tr("Begin a new entry"))

    def _in_force_text(self, entry: ConditionsEntry) -> str:
        clock = self.draft.session.clock
        is_over = entry.valid_until_utc < clock()
        words = (
            self.tr("was in force: {values}, until {end}")
            if is_over
            else self.tr("in force: {values}, until {end}")
        )
        return words.format(values=given_text(entry), end=time_text(entry.valid_until_utc, clock))

    def _show_commit(self, reading: ConditionsReading) -> None:
        if self.draft.is_withdrawing:
            text = self.tr("Withdraw")
        else:
            text = self.tr("Save") if reading.before is None else self.tr("Amend")
        self.commit_button.setText(text)

    def _said(self, reading: ConditionsReading) -> tuple[str, bool]:
        """Return what Enter would do or why it can't, and whether that is a fault."""
        draft = self.draft
        if draft.is_withdrawing and reading.before is not None:
            words = self.tr("Enter withdraws {conditions}. Ctrl+Z takes that back.")
            return words.format(conditions=self._entry_text(reading.before)), False
        if reading.wrong in _WRONG and reading.wrong is not None:
            return QCoreApplication.translate("Conditions", str(_WRONG[reading.wrong])), True
        if reading.problem is not None and reading.wrong is not None:
            return problem_text(reading.problem, getattr(draft.text, reading.wrong)), True
        other = draft.in_force if reading.before is None else None
        is_blank = not (draft.text.stream.strip() or draft.text.wind.strip())
        if is_blank and other is not None:
            words = self.tr(
                "New stream or wind from {start} on  ·  {other}  ·  Alt+I amends that one instead."
            )
            said = words.format(start=draft.text.valid_from, other=self._in_force_text(other))
            return said, False
        if is_blank:
            hint = self.tr(
                "A stream sets TO, a wind blows FROM: 060/1.9 is a stream to 060° true at 1.9 kn,"
                " 290/14 a wind from 290° true of 14 kn. One of them is enough."
            )
            return hint, False
        if reading.refusal is not None:
            return error_text(reading.refusal), True
        return _SEPARATOR.join(self._parts(reading)), False

    def _parts(self, reading: ConditionsReading) -> list[str]:
        """Return the drift, for what time and whom, and what it stands in place of."""
        entry, drift = reading.entry, reading.drift
        assert entry is not None, "what was read"
        assert drift is not None, "reckoned for what was read"
        assert reading.drift_utc is not None, "likewise"
        clock = self.draft.session.clock
        at = time_text(reading.drift_utc, clock)
        course = "" if drift.course_deg is None else f"{bearing_text(drift.course_deg)} "
        words = self.tr("Adrift {at}: {drift}")
        parts = [words.format(at=at, drift=f"{course}{speed_text(drift.speed_mps)}")]
        span = self.tr("holds {start} to {end}")
        parts.append(
            span.format(
                start=time_text(entry.valid_from_utc, clock),
                end=time_text(entry.valid_until_utc, clock),
            )
        )
        if entry.has_wind and reading.before is None:
            leeway = self.tr("leeway {percent:g} % of the wind: Enter confirms it")
            parts.append(leeway.format(percent=entry.leeway_percent))
        if reading.is_unchanged:
            parts.append(self.tr("as it is in the plot"))
        if reading.replaced:
            texts = "; ".join(self._entry_text(one) for one in reading.replaced)
            parts.append(self.tr("in place of {conditions}").format(conditions=texts))
        other = self.draft.in_force if reading.before is None else None
        if other is not None and other not in reading.replaced:
            parts.append(self._in_force_text(other))
        if drift.stream is not None and not entry.has_stream:
            parts.append(self.tr("with the stream in the plot"))
        if drift.wind is not None and not entry.has_wind:
            parts.append(self.tr("with the wind in the plot"))
        if not drift.is_valid:
            parts.append(self.tr("reckoned with values that do not hold then"))
        return parts

    def _leeway_source(self) -> str:
        used = self.draft.leeway_used()
        if used is None:
            return self.tr("Offered: {source}").format(source=LEEWAY_PERCENT.source)
        return self.tr("Offered: {percent:g} %, as given last in this plot").format(percent=used)

    def _entry_text(self, entry: ConditionsEntry) -> str:
        return entry_text(entry, self.draft.session.document.plot, self.draft.session.clock)

    def _list_existing(self) -> None:
        listed = tuple((one.uid, self._entry_text(one)) for one in self.draft.choices())
        if listed != self._listed or not self.existing.count():
            self._listed = listed
            self.existing.clear()
            self.existing.addItem(self.tr("new"), "")
            for uid, text in listed:
                self.existing.addItem(text, uid)
        before = self.draft.before
        index = self.existing.findData("" if before is None else before.uid)
        self.existing.setCurrentIndex(max(0, index))
        tip = "" if before is None else date_time_group(before.logged_at_utc)
        self.existing.setToolTip(
            self.tr("{conditions}\nLogged {time} by {who}").format(
                conditions=self.existing.currentText(), time=tip, who=before.logged_by
            )
            if before is not None
            else ""
        )

    def _list_crafts(self) -> None:
        crafts = self.draft.crafts()
        names = [
            self.tr("all craft"),
            *(self.tr("{name} only").format(name=c.name) for c in crafts),
        ]
        if names != [self.craft.itemText(index) for index in range(self.craft.count())]:
            self.craft.clear()
            self.craft.addItem(names[0], None)
            for name, craft in zip(names[1:], crafts, strict=True):
                self.craft.addItem(name, craft.uid)
        uids = [None, *(craft.uid for craft in crafts)]
        uid = self.draft.text.track_uid
        self.craft.setCurrentIndex(uids.index(uid) if uid in uids else 0)

    def _edit(self, name: str, text: str) -> None:
        if not self._is_showing:
            self.draft.edit(**{name: text})

    def _change_over(self) -> None:
        """Amend what is in force, or begin a new entry, with the caret in the stream."""
        self.draft.change_over()
        self.focus_first()

    def _choose(self, index: int) -> None:
        self.draft.choose(str(self.existing.itemData(index) or ""))

    def _choose_craft(self, index: int) -> None:
        self.draft.edit(track_uid=self.craft.itemData(index))
