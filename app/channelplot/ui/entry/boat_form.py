"""The form in which the record of a boat or an asset is corrected."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from channelplot.analysis.ledger import ledger_of
from channelplot.chart.wording import boat_type_text, craft_text
from channelplot.model.codes import BoatType, Craft, TrackStatus
from channelplot.model.track import Track
from channelplot.tools.boat_draft import (
    FIELD_OF,
    LONGEST_INTERVAL_MIN,
    LONGEST_M,
    BoatDraft,
    BoatFault,
    BoatField,
    BoatReading,
)
from channelplot.tools.figures import Figures
from channelplot.ui.entry.completed_edit import CompletedEdit
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.words.account_text import last_known_text, sources_text, status_history_text

_SEPARATOR: Final = "  ·  "
_FAULTS: Final[Mapping[BoatFault, object]] = {
    BoatFault.GONE: QT_TRANSLATE_NOOP("BoatForm", "That boat is no longer in the plot."),
    BoatFault.NAME_EMPTY: QT_TRANSLATE_NOOP("BoatForm", "A name is needed."),
    BoatFault.NAME_TAKEN: QT_TRANSLATE_NOOP("BoatForm", "Another has that name already."),
    BoatFault.LENGTH: QT_TRANSLATE_NOOP(
        "BoatForm", "The length is read in metres: 7.5, and no more than {longest_m:.0f}."
    ),
    BoatFault.INTERVAL: QT_TRANSLATE_NOOP(
        "BoatForm", "The time between contacts is read in minutes: 1 to {longest_min}."
    ),
    BoatFault.SPEED: QT_TRANSLATE_NOOP(
        "BoatForm", "The speed when sent is read in knots: 28, and more than 0."
    ),
    BoatFault.BEACH_UNKNOWN: QT_TRANSLATE_NOOP(
        "BoatForm", "No beach of the plot or the register begins so. Alt+B adds one."
    ),
    BoatFault.BEACH_SEVERAL: QT_TRANSLATE_NOOP("BoatForm", "Which beach is it: {beaches}?"),
}


class BoatForm(EntryForm):
    """Name, craft, particulars, references, launch beach, interval, note; and why, for the log."""

    def __init__(self, draft: BoatDraft, figures: Figures) -> None:
        """Show the draft and write what is typed into it. figures: the desk's."""
        super().__init__(self.tr("Record"), self.tr("Save"))
        self.draft = draft
        self._figures = figures
        self._is_showing = False
        self.craft, self.boat_type = QComboBox(self), QComboBox(self)
        for craft in Craft:
            self.craft.addItem(craft_text(craft), craft.value)
        self.boat_type.addItem(self.tr("not said"), "")
        for boat_type in BoatType:
            self.boat_type.addItem(boat_type_text(boat_type), boat_type.value)
        self.beach = CompletedEdit(self)
        self.edits: dict[BoatField, QLineEdit] = {
            one: self.beach if one is BoatField.BEACH else QLineEdit(self)
            for one in BoatField
            if one not in {BoatField.CRAFT, BoatField.BOAT_TYPE}
        }
        self.why = QLineEdit(self)
        edits = self.edits
        self.captions = {
            BoatField.NAME: self.tr("Name"),
            BoatField.CRAFT: self.tr("Craft"),
            BoatField.BOAT_TYPE: self.tr("Type"),
            BoatField.COLOUR: self.tr("Colour"),
            BoatField.LENGTH: self.tr("Length, m"),
            BoatField.ENGINE: self.tr("Engine"),
            BoatField.UK_REFERENCE: self.tr("&UK reference"),
            BoatField.FR_REFERENCE: self.tr("French reference"),
            BoatField.BEACH: self.tr("Launch beach"),
            BoatField.INTERVAL: self.tr("Contact every, min"),
            BoatField.SPEED: self.tr("Speed when sent, kn"),
            BoatField.NOTE: self.tr("Note"),
        }
        rows = (
            ((BoatField.NAME, 2), (BoatField.CRAFT, 2), (BoatField.BOAT_TYPE, 2),
             (BoatField.COLOUR, 2), (BoatField.LENGTH, 1), (BoatField.ENGINE, 3)),
            ((BoatField.UK_REFERENCE, 2), (BoatField.FR_REFERENCE, 2), (BoatField.BEACH, 2),
             (BoatField.INTERVAL, 1), (BoatField.SPEED, 1), (BoatField.NOTE, 3)),
        )  # fmt: skip
        boxes = {BoatField.CRAFT: self.craft, BoatField.BOAT_TYPE: self.boat_type}
        for row, fields in enumerate(rows):
            for one, stretch in fields:
                field = boxes.get(one) or edits[one]
                self.add_field(self.captions[one], field, stretch, row=row)
        self.add_field(self.tr("Why, for the log"), self.why, 2, row=1)
        in_order = [boxes.get(one) or edits[one] for one in BoatField]
        for before, after in zip(in_order, [*in_order[1:], self.why], strict=True):
            self.setTabOrder(before, after)
        edits[BoatField.SPEED].setPlaceholderText(self.tr("as last reported"))
        edits[BoatField.SPEED].setToolTip(
            self.tr("What it makes when it is sent to a boat: meetings are reckoned with it.")
        )
        edits[BoatField.FR_REFERENCE].setPlaceholderText(self.tr("SAR 2026/42"))
        self.why.setPlaceholderText(self.tr("or nothing"))
        for one, edit in edits.items():
            edit.textChanged.connect(lambda text, one=one: self._edit(one.value, text))
        self.why.textChanged.connect(lambda text: self._edit("why", text))
        self.craft.activated.connect(lambda _: self._edit("craft", Craft(self.craft.currentData())))
        self.boat_type.activated.connect(lambda _: self._edit("boat_type", self._chosen_type()))
        draft.changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (*self.edits.values(), self.why)

    def focus_first(self) -> None:
        """Put the caret in the name, selected: one word renames the boat."""
        name = self.edits[BoatField.NAME]
        name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        name.selectAll()

    def show_draft(self) -> None:
        """Show the draft's text and how it is understood."""
        draft, reading = self.draft, self.draft.reading()
        self._is_showing = True
        self.beach.offer(draft.beach_names())
        self.edits[BoatField.INTERVAL].setPlaceholderText(
            self.tr("{minutes} as usual").format(minutes=self._usual_min(reading.track))
        )
        for one, edit in self.edits.items():
            set_text(edit, getattr(draft.text, one))
        set_text(self.why, draft.why)
        self.craft.setCurrentIndex(self.craft.findData(draft.text.craft.value))
        boat_type = draft.text.boat_type
        self.boat_type.setCurrentIndex(
            self.boat_type.findData("" if boat_type is None else boat_type.value)
        )
        self._is_showing = False
        track = reading.track
        self.heading.setText(
            self.tr("Record")
            if track is None
            else self.tr("Record of {name}").format(name=track.name)
        )
        wrong = {FIELD_OF.get(fault) for fault in reading.faults}
        for one, edit in self.edits.items():
            mark_wrong(edit, one in wrong)
        if reading.faults:
            text = _fault_text(reading.faults[0], reading.beaches)
            self.show_reading(text, is_fault=True, questions=())
        else:
            self.show_reading(self._reading_text(reading), is_fault=False, questions=())

    def _usual_min(self, track: Track | None) -> int:
        """Return how many minutes the craft is waited for without an interval of its own."""
        status = TrackStatus.REPORTED if track is None else track.status
        return self._figures.usual_intervals.for_status(status)

    def _reading_text(self, reading: BoatReading) -> str:
        track, amended = reading.track, reading.amended
        if track is None or amended is None:
            return ""
        if amended == track:
            status = status_history_text(track, ledger_of(track).explanation)
            last = last_known_text(track, self.draft.session.clock())
            return _SEPARATOR.join(filter(None, (status, last, sources_text(track))))
        parts = [self._changed_text(one, reading) for one in reading.changed]
        return _SEPARATOR.join(parts)

    def _changed_text(self, one: BoatField, reading: BoatReading) -> str:
        """Return what would stand in a field: ``Colour: grey``."""
        track, amended, text = reading.track, reading.amended, self.draft.text
        assert track is not None and amended is not None, "nothing changes otherwise"  # noqa: PT018
        if one is BoatField.NAME:
            return self.tr("{old} becomes {new}").format(old=track.name, new=amended.name)
        if one is BoatField.CRAFT:
            said = craft_text(amended.craft)
        elif one is BoatField.BOAT_TYPE:
            said = self.boat_type.currentText()
        elif one is BoatField.BEACH:
            plot = self.draft.session.document.plot
            beach = reading.new_beach or plot.beaches.get(amended.launch_beach_uid or "")
            said = "" if beach is None else beach.name
            if reading.new_beach is not None:
                said = self.tr("{beach}, from the register").format(beach=said)
        else:
            said = getattr(text, one).strip()
        caption = self.captions[one].replace("&", "")
        return f"{caption}: {said or self.tr('none')}"

    def _chosen_type(self) -> BoatType | None:
        chosen = self.boat_type.currentData()
        return BoatType(chosen) if chosen else None

    def _edit(self, name: str, value: object) -> None:
        if not self._is_showing:
            self.draft.edit(**{name: value})


def _fault_text(fault: BoatFault, beaches: tuple[str, ...]) -> str:
    """Return why the record can't be saved as it stands."""
    words = QCoreApplication.translate("BoatForm", str(_FAULTS[fault]))
    return words.format(
        longest_m=LONGEST_M, longest_min=LONGEST_INTERVAL_MIN, beaches=", ".join(beaches[:5])
    )
