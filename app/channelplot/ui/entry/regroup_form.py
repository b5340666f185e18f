"""The forms in which reports are given to another boat: what changes is shown before Enter."""

import itertools
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.geodesy.text import Notation
from channelplot.tools.boat_choice import BoatTarget, ChoiceProblem
from channelplot.tools.merge_draft import MergeDraft
from channelplot.tools.move_to_boat_draft import MoveToBoatDraft
from channelplot.tools.regroup_draft import RegroupDraft, Regrouping
from channelplot.tools.split_draft import SplitDraft
from channelplot.ui.entry.difference_table import DifferenceTable, ReckonedRow
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.entry.target_list import TargetList
from channelplot.ui.preference import Preference
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.regroup_text import (
    choice_fault_text,
    going_text,
    merging_text,
    reports_text,
)

_KEY_LETTERS: Final = 12
"""How many letters of a name the field has room for."""


class RegroupForm(EntryForm):
    """What is regrouped, why, and the table of what changes; the draft ends when it is hidden."""

    def __init__(
        self,
        title: str,
        commit_text: str,
        draft: RegroupDraft,
        notation: Preference[Notation],
    ) -> None:
        """Show a draft and write what is typed into it. What a form adds stands before why."""
        super().__init__(title, commit_text)
        self.regroup = draft
        self._notation = notation
        self._is_showing = False
        self.what = QLabel(self)
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        self.why = QLineEdit(self)
        self.why.setPlaceholderText(self.tr("optional: kept with the act"))
        self.why.textChanged.connect(self._edit_why)
        self.table = DifferenceTable()
        self.reckoned = ReckonedRow(self)
        self.all_the_same.setText(self.tr("Do it all the same (Alt+1)"))
        draft.changed.connect(self.refresh)
        notation.changed.connect(self.refresh)

    def begin_fields(self, *fields: tuple[str, QWidget, int]) -> None:
        """Put the fields in a row between what and why, and the table below."""
        self.add_field(self.tr("What"), self.what)
        for label, field, stretch in fields:
            self.add_field(label, field, stretch)
        self.add_field(self.tr("Why"), self.why, 2)
        for before, after in itertools.pairwise((*(field for _, field, _ in fields), self.why)):
            self.setTabOrder(before, after)
        self._fields.addWidget(self.table)
        self._fields.addStretch()
        self.add_below(self.reckoned)

    def line_edits(self) -> Sequence[QLineEdit]:
        """Return the text fields in the order of the Tab key."""
        return (self.why,)

    def show_draft(self) -> None:
        """Show the draft, what it would change, or why it can't be done."""
        if not self.regroup.is_active:
            return
        self._is_showing = True
        set_text(self.why, self.regroup.reason)
        self.show_fields()
        self._is_showing = False
        reading = self.regroup.reading()
        regrouping = reading.regrouping
        self.table.show_differences(() if regrouping is None else regrouping.differences)
        reckoned = () if regrouping is None else regrouping.reckoned
        self.reckoned.show_reckoned(reckoned, self._notation.current)
        if regrouping is not None:
            text = self.regrouping_text(regrouping, is_asked=bool(reading.questions))
            self.show_reading(text, is_fault=False, questions=reading.questions)
        elif reading.refusal is not None:
            self.show_reading(error_text(reading.refusal), is_fault=True, questions=())
        elif reading.fault is not None and reading.fault.problem is not ChoiceProblem.EMPTY:
            self.show_reading(choice_fault_text(reading.fault), is_fault=True, questions=())
        else:
            said = self.tr("It is there already.") if reading.is_unchanged else self.hint()
            self.show_reading(said, is_fault=False, questions=())
            self.commit_button.setEnabled(False)

    def show_fields(self) -> None:
        """Show what is regrouped and what was typed. A form overrides this."""

    def hint(self) -> str:
        """Return what to do while nothing is chosen. A form overrides this."""
        return ""

    def regrouping_text(self, regrouping: Regrouping, *, is_asked: bool) -> str:
        """Return what Enter does. is_asked: beside a question. A form may override this."""
        return going_text(regrouping, is_asked=is_asked)

    @qt_guarded(None)
    def hideEvent(self, event: QHideEvent) -> None:
        """End what was begun: nothing of it stays on the chart."""
        super().hideEvent(event)
        if not event.spontaneous():  # the window is not merely put aside
            self.regroup.drop()

    def _edit_why(self, text: str) -> None:
        if not self._is_showing:
            self.regroup.edit(reason=text)


class ChoosingForm(RegroupForm):
    """A form in which one of several boats is picked: by its key, by name, or with the arrows."""

    def __init__(
        self,
        title: str,
        commit_text: str,
        caption: str,
        draft: MoveToBoatDraft | MergeDraft,
        notation: Preference[Notation],
    ) -> None:
        """Show a draft. caption: of the field in which a boat is picked."""
        super().__init__(title, commit_text, draft, notation)
        self._draft = draft
        self.boat = QLineEdit(self)
        letters = self.boat.fontMetrics().horizontalAdvance("M" * _KEY_LETTERS)
        self.boat.setMaximumWidth(letters)
        self.boat.setMinimumWidth(letters // 2)
        self.targets = TargetList()
        self.begin_fields((caption, self.boat, 1))
        self.add_aside(self.targets)
        self.boat.textChanged.connect(self._edit_boat)
        self.targets.picked.connect(self.boat.setText)
        for key, step in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            shortcut = QShortcut(QKeySequence(key), self.boat)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._stepper(step))

    def line_edits(self) -> Sequence[QLineEdit]:
        """Return the text fields in the order of the Tab key."""
        return (self.boat, self.why)

    def focus_first(self) -> None:
        """Put the caret where a boat is picked."""
        self.boat.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.boat.selectAll()

    def show_fields(self) -> None:
        """Show where the reports can go, and what was typed."""
        set_text(self.boat, self._draft.text)
        fault = self._draft.reading().fault
        mark_wrong(self.boat, fault is not None and fault.problem is not ChoiceProblem.EMPTY)
        self.what.setText(self.what_text())
        self._show_targets()

    def what_text(self) -> str:
        """Return what is regrouped. A form overrides this."""
        return ""

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list what it can have beside the fields."""
        super().resizeEvent(event)
        self._show_targets()

    def _show_targets(self) -> None:
        if self._draft.is_active:
            self.targets.show_targets(self._draft.targets(), self._picked(), self.width() // 2)

    def _picked(self) -> BoatTarget | None:
        typed = self._draft.text.strip().upper()
        targets = self._draft.targets()
        return next((t for t in targets if typed and typed in (t.key, t.name.upper())), None)

    def _stepper(self, step: int) -> Callable[[], None]:
        def go() -> None:
            keys = [target.key for target in self._draft.targets()]
            picked = self._picked()
            place = -1 if picked is None else keys.index(picked.key)
            if picked is None and step < 0:
                place = 0
            if keys:
                self.boat.setText(keys[(place + step) % len(keys)])

        return go

    def _edit_boat(self, text: str) -> None:
        if not self._is_showing:
            self._draft.edit(text=text)


class MoveToBoatForm(ChoosingForm):
    """Reports go to the boat that is picked: Ctrl+M, its key, Enter."""

    def __init__(self, draft: MoveToBoatDraft, notation: Preference[Notation]) -> None:
        """Show the draft."""
        super().__init__(self.tr("Move to a boat"), self.tr("Move"), self.tr("To"), draft, notation)

    def what_text(self) -> str:
        """Return which reports go."""
        return _reports_text(self.regroup)

    def hint(self) -> str:
        """Return how a boat is picked."""
        return self.tr("Press the key of where it goes, or type a name. Enter moves it.")


class MergeForm(ChoosingForm):
    """Two boats are one; Alt+X changes which of them keeps its name."""

    def __init__(self, draft: MergeDraft, notation: Preference[Notation]) -> None:
        """Show the draft."""
        super().__init__(
            self.tr("Same boat"),
            self.tr("Merge"),
            self.tr("Is the same boat as"),
            draft,
            notation,
        )
        self._merge = draft
        self.swap = QPushButton(self.tr("Keep the other name (Alt+X)"), self)
        exchange = QShortcut(QKeySequence("Alt+X"), self)  # a button's own would wait 0.1 s
        exchange.activated.connect(draft.swap)
        self.swap.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.swap.clicked.connect(draft.swap)
        self.add_field("", self.swap)
        self.swap.setAccessibleName(self.tr("Keep the other name"))

    def what_text(self) -> str:
        """Return which boat was selected."""
        track = self._merge.track
        return "" if track is None else track.name

    def hint(self) -> str:
        """Return how a boat is picked."""
        return self.tr("Press the key of the boat it is the same as, or type its name.")

    def regrouping_text(self, regrouping: Regrouping, *, is_asked: bool) -> str:
        """Return which boat ends and which keeps its name."""
        track = self._merge.track
        return merging_text(regrouping, () if track is None else track.reports, is_asked=is_asked)


class SplitForm(RegroupForm):
    """Some reports of a boat start a new one: from one report on, or those selected."""

    def __init__(self, draft: SplitDraft, notation: Preference[Notation]) -> None:
        """Show the draft."""
        super().__init__(self.tr("Split off"), self.tr("Split off"), draft, notation)
        self._draft = draft
        self.which = QComboBox(self)
        self.which.addItems(["", ""])
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.which.currentIndexChanged.connect(self._choose)
        self.begin_fields((self.tr("Which go"), self.which, 0))

    def focus_first(self) -> None:
        """Put the keyboard where which reports go is chosen."""
        self.which.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_fields(self) -> None:
        """Show which reports can go."""
        self.what.setText(_reports_text(self.regroup))
        for index, is_from_here in enumerate((True, False)):
            number = len(self._draft.reports_if(is_from_here=is_from_here))
            words = (
                self.tr("this and all later ({number})")
                if is_from_here
                else self.tr("the selected alone ({number})")
            )
            self.which.setItemText(index, words.format(number=number))
        self.which.setCurrentIndex(0 if self._draft.is_from_here else 1)

    def _choose(self, index: int) -> None:
        if not self._is_showing:
            self._draft.choose(is_from_here=index == 0)


def _reports_text(draft: RegroupDraft) -> str:
    """Return which reports would go, "" if they are gone."""
    reports = draft.reports()
    if not reports:
        return ""
    tracks = draft.session.document.plot.tracks
    owners = dict.fromkeys(report.track_uid for report in reports)
    names = ["" if uid is None else tracks[uid].name for uid in owners]
    return reports_text(reports, names)
