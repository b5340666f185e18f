"""The form in which a watch over a closest approach is begun or ended."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.geodesy.text import distance_text
from channelplot.settings import APPROACH_DISTANCE_M, APPROACH_WITHIN_MIN
from channelplot.tools.approach_draft import (
    LONGEST_MIN,
    ApproachDraft,
    ApproachField,
    ApproachReading,
)
from channelplot.tools.boat_choice import BoatTarget, ChoiceProblem
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.entry.lines_list import ShortList
from channelplot.ui.entry.target_list import TargetList
from channelplot.ui.words.approach_text import approach_text, watch_text, watched_text
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.regroup_text import choice_fault_text

_KEY_LETTERS: Final = 12
"""How many letters of a name the field has room for."""
_LIMIT_LETTERS: Final = 8
_WATCHES_LETTERS: Final = 22
_WATCHES_IN_SIGHT: Final = 4


class ApproachForm(EntryForm):
    """Who is watched against whom, the limits, and the watches there are."""

    def __init__(self, draft: ApproachDraft) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Watch the closest approach"), self.tr("Watch"))
        self.draft = draft
        self._is_showing = False
        self._listed: tuple[str, ...] = ()  # uids of the watches, row by row
        self.what = QLabel(self)
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        letter_px = self.fontMetrics().horizontalAdvance("M")
        self.against = QLineEdit(self)
        self.against.setMaximumWidth(_KEY_LETTERS * letter_px)
        self.against.setPlaceholderText(self.tr("key or name"))
        self.distance = QLineEdit(self)
        self.distance.setMaximumWidth(_LIMIT_LETTERS * letter_px)
        self.distance.setToolTip(
            self.tr("In NM, or as 5 cables, 800 m. Offered: {source}").format(
                source=APPROACH_DISTANCE_M.source
            )
        )
        self.within = QLineEdit(self)
        self.within.setMaximumWidth(_LIMIT_LETTERS * letter_px)
        self.within.setToolTip(
            self.tr("In minutes from now. Offered: {source}").format(
                source=APPROACH_WITHIN_MIN.source
            )
        )
        self.watches = ShortList(
            self, self.tr("Watched now"), self.tr("no watch in force"), rows=_WATCHES_IN_SIGHT
        )
        self.watches.setMinimumWidth(_WATCHES_LETTERS * letter_px)
        self.watches.setToolTip(self.tr("Alt+X ends the one that is chosen"))
        self.watches.installEventFilter(self)
        self.end = QPushButton(self.tr("End the watch (Alt+X)"), self)
        self.end.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.targets = TargetList()
        self.targets.setAccessibleName(self.tr("Who comes close, the nearest first"))
        self.add_field(self.tr("Watch"), self.what)
        self.add_field(self.tr("Against"), self.against)
        self.add_field(self.tr("Nearer than, NM"), self.distance)
        self.add_field(self.tr("Within, min"), self.within)
        self._rows[0].setColumnStretch(self._rows[0].columnCount(), 1)
        self.add_field("", self.end, row=1)
        self._rows[1].setColumnStretch(self._rows[1].columnCount(), 1)
        self.end.setAccessibleName(self.tr("End the watch"))
        self._fields.addStretch()
        self.add_aside(self.targets)
        self.add_beside(self._watches_column(), 1)
        self.against.textChanged.connect(lambda text: self._edit(against=text))
        self.distance.textChanged.connect(lambda text: self._edit(distance=text))
        self.within.textChanged.connect(lambda text: self._edit(within=text))
        self.targets.picked.connect(self.against.setText)
        self.end.clicked.connect(self.end_watch)
        exchange = QShortcut(QKeySequence("Alt+X"), self)  # a button's own would wait 0.1 s
        exchange.activated.connect(self.end_watch)
        for key, step in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            shortcut = QShortcut(QKeySequence(key), self.against)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._stepper(step))
        draft.changed.connect(self.refresh)

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (self.against, self.distance, self.within)

    def focus_first(self) -> None:
        """Put the caret where a craft is picked; without one selected, to the watches."""
        field = self.watches if self.draft.track is None else self.against
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end_watch(self) -> None:
        """Let Enter end the watch that stands in the list."""
        row = self.watches.currentRow()
        if 0 <= row < len(self._listed):
            self.draft.begin_ending(self._listed[row])

    def show_draft(self) -> None:
        """Show who can be watched, what was typed, and what Enter would do."""
        draft = self.draft
        if not draft.is_active:
            return
        reading, track = draft.reading(), draft.track
        self._is_showing = True
        self.what.setText("–" if track is None else track.name)
        set_text(self.against, draft.against)
        set_text(self.distance, draft.distance)
        set_text(self.within, draft.within)
        self._list_watches(reading)
        self._is_showing = False
        fault = reading.fault
        is_named_wrong = fault is not None and fault.problem is not ChoiceProblem.EMPTY
        mark_wrong(self.against, is_named_wrong or reading.refusal is not None)
        mark_wrong(self.distance, reading.wrong is ApproachField.DISTANCE)
        mark_wrong(self.within, reading.wrong is ApproachField.WITHIN)
        self._show_targets()
        self.commit_button.setText(
            self.tr("Watch") if reading.ended is None else self.tr("End the watch")
        )
        text, is_fault = self._said(reading)
        self.show_reading(text, is_fault=is_fault, questions=())
        self.commit_button.setEnabled(reading.can_commit)

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list what it can have beside the fields."""
        super().resizeEvent(event)
        self._show_targets()

    @qt_guarded(None)
    def hideEvent(self, event: QHideEvent) -> None:
        """End what was begun."""
        super().hideEvent(event)
        if not event.spontaneous():  # the window is not merely put aside
            self._listed = ()  # the watch begun last is chosen next time
            self.draft.drop()

    def _said(self, reading: ApproachReading) -> tuple[str, bool]:
        """Return what Enter would do or why it can't, and whether that is a fault."""
        plot = self.draft.session.document.plot
        if reading.ended is not None:
            words = self.tr("Enter ends the watch: {watch}. Ctrl+Z takes that back.")
            return words.format(watch=watch_text(reading.ended, plot)), False
        if reading.refusal is not None:
            return error_text(reading.refusal), True
        if reading.closed is not None:
            words = self.tr("{name} is closed: it can't be watched before it is reopened.")
            return words.format(name=reading.closed.name), True
        if reading.wrong is ApproachField.DISTANCE:
            return self.tr("How near? In NM, such as 1 or 0.5, or as 5 cables."), True
        if reading.wrong is ApproachField.WITHIN:
            words = self.tr("Within how many minutes? 1 to {longest}.")
            return words.format(longest=LONGEST_MIN), True
        if reading.fault is not None and reading.fault.problem is not ChoiceProblem.EMPTY:
            return choice_fault_text(reading.fault), True
        if reading.watch is None or reading.target is None:
            return self._hint(), False
        words = self.tr("An alert when they come within {distance} in the next {minutes} min.")
        parts = [
            words.format(
                distance=distance_text(reading.watch.distance_m), minutes=reading.watch.within_min
            )
        ]
        approach = next(
            (t.approach for t in self.draft.targets() if t.track_uid == reading.target.track_uid),
            None,
        )
        if approach is not None:
            parts.insert(0, f"{reading.target.name}: {approach_text(approach)}")
        if reading.replaced is not None:
            parts.append(
                self.tr("In place of {watch}.").format(watch=watch_text(reading.replaced, plot))
            )
        return "  ·  ".join(parts), False

    def _hint(self) -> str:
        track = self.draft.track
        if track is None:
            return self.tr(
                "Select a craft first to watch it. A watch in force is ended with Alt+X."
            )
        if not self.draft.targets():
            words = self.tr(
                "Nothing to compare {name} with: it or every other craft has no position of the"
                " last 6 hours."
            )
            return words.format(name=track.name)
        return self.tr("Press the key of the craft to watch it against, or type its name.")

    def _list_watches(self, reading: ApproachReading) -> None:
        """List the watches in force, and choose the one that is to end."""
        plot = self.draft.session.document.plot
        watched = self.draft.watched()
        row = self.watches.currentRow()
        chosen = self._listed[row] if 0 <= row < len(self._listed) else ""
        if reading.ended is not None:
            chosen = reading.ended.uid
        self._listed = tuple(watch.uid for watch, _ in watched)
        self.watches.show_texts([watched_text(*one, plot) for one in watched])
        if self._listed:
            row = self._listed.index(chosen) if chosen in self._listed else 0
            self.watches.choose(row, is_marked=reading.ended is not None)
        self.watches.setEnabled(bool(watched))
        self.end.setEnabled(bool(watched))

    def _watches_column(self) -> QWidget:
        """Return the list of watches under its caption."""
        column = QWidget(self)
        caption = QLabel(self.tr("Watched now"), column)
        caption.setProperty("faint", True)
        caption.setBuddy(self.watches)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(caption)
        rows.addWidget(self.watches)
        rows.addStretch()
        return column

    def _show_targets(self) -> None:
        if self.draft.is_active:
            self.targets.show_targets(self.draft.targets(), self._picked(), self.width() // 2)

    def _picked(self) -> BoatTarget | None:
        typed = self.draft.against.strip().upper()
        return next(
            (t for t in self.draft.targets() if typed and typed in (t.key, t.name.upper())), None
        )

    def _stepper(self, step: int) -> Callable[[], None]:
        def go() -> None:
            keys = [target.key for target in self.draft.targets()]
            picked = self._picked()
            place = (0 if step < 0 else -1) if picked is None else keys.index(picked.key)
            if keys:
                self.against.setText(keys[(place + step) % len(keys)])

        return go

    def _edit(
        self,
        *,
        against: str | None = None,
        distance: str | None = None,
        within: str | None = None,
    ) -> None:
        if not self._is_showing:
            self.draft.edit(against=against, distance=distance, within=within)
