"""The form in which a move of a report or beach is confirmed: old, new, and how far."""

from PySide6.QtWidgets import QLabel, QLineEdit

from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    distance_text,
    position_text,
    zulu_text,
)
from channelplot.model.report import Report
from channelplot.tools.move_draft import MoveDraft
from channelplot.ui.entry.field_text import position_texts, problem_text
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.preference import Preference

_SEPARATOR = "  ·  "


class MoveForm(EntryForm):
    """What is moved, its old position, and the new one, pointed at or typed."""

    def __init__(self, draft: MoveDraft, notation: Preference[Notation]) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Move"), self.tr("Move"))
        self.draft = draft
        self._notation = notation
        self._is_showing = False
        self.what = QLabel(self)
        self.old = QLabel(self)
        self.position = QLineEdit(self)
        self.position.setPlaceholderText(self.tr("drag it, click, or 50 58.0N 001 41.0E"))
        self.add_field(self.tr("What"), self.what, 1)
        self.add_field(self.tr("From"), self.old, 1)
        self.why = QLineEdit(self)
        self.why.setPlaceholderText(self.tr("optional: kept with the act"))
        self.add_field(self.tr("To"), self.position, 2)
        self.add_field(self.tr("Why"), self.why, 2)
        self.position.textChanged.connect(self._edit)
        self.why.textChanged.connect(self._edit_why)
        draft.changed.connect(self.refresh)
        notation.changed.connect(self.refresh)
        draft.session.plot_changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (self.position, self.why)

    def show_draft(self) -> None:
        """Show the draft and how it is understood."""
        self._is_showing = True
        set_text(self.position, self.draft.position)
        set_text(self.why, self.draft.why)
        self._is_showing = False
        target, reading = self.draft.target, self.draft.reading()
        self.position.setReadOnly(target is None)
        self.why.setEnabled(isinstance(target, Report))
        self.what.setText(self._target_text())
        old = None if target is None else target.position
        notation = self._notation.current
        self.old.setText("" if old is None else position_text(old, notation=notation))
        mark_wrong(self.position, bool(reading.problem and self.draft.position))
        if target is None or self.draft.is_empty:
            text = (
                self.tr("Press on a report or beach and drag it.")
                if target is None
                else self.tr("Drag it, click where it belongs, or type its position.")
            )
            self.show_reading(text, is_fault=False, questions=())
            self.commit_button.setEnabled(False)
        elif reading.problem is not None:
            text = problem_text(reading.problem, self.draft.position)
            self.show_reading(text, is_fault=True, questions=())
        elif reading.where is not None:
            moved = ""
            if reading.course_deg is not None and reading.distance_m is not None:
                moved = f"{bearing_text(reading.course_deg)} {distance_text(reading.distance_m)}"
            self.show_reading(
                self.tr("to {position}  {moved}").format(
                    position=_SEPARATOR.join(position_texts(reading.where, notation)), moved=moved
                ),
                is_fault=False,
                questions=reading.questions,
            )

    def _edit(self, text: str) -> None:
        if not self._is_showing:
            self.draft.edit(text)

    def _edit_why(self, text: str) -> None:
        if not self._is_showing:
            self.draft.edit_why(text)

    def _target_text(self) -> str:
        target = self.draft.target
        if target is None:
            return self.tr("nothing yet")
        if isinstance(target, Report):
            track = self.draft.session.document.plot.tracks.get(target.track_uid or "")
            name = track.name if track else self.tr("no track")
            return self.tr("report {time} of {track}").format(
                time=zulu_text(target.observed_at_utc), track=name
            )
        return target.name
