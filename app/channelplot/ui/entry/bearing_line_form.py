"""The form in which an electronic bearing line is set."""

from typing import Final

from PySide6.QtWidgets import QLineEdit

from channelplot.geodesy.text import bearing_text, magnetic_text
from channelplot.tools.anchored_draft import Shot
from channelplot.tools.bearing_line import BearingLineDraft, BearingLineReading
from channelplot.ui.entry.completed_edit import CompletedEdit
from channelplot.ui.entry.field_text import problem_text
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.entry.lines_list import LinesList
from channelplot.ui.words.chart_lines_text import back_text, hanging_text, range_text

FIGURES_PX: Final = 104
_SEPARATOR: Final = "  ·  "


class BearingLineForm(EntryForm):
    """From what, the bearing, the range; and the lines and rings there are."""

    def __init__(self, draft: BearingLineDraft) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Bearing line"), self.tr("Set"))
        self.draft = draft
        self._is_showing = False
        self.start = CompletedEdit(self)
        self.start.setPlaceholderText(self.tr("click, or A, CGN, a position"))
        self.start.setToolTip(
            self.tr(
                "A boat's name: the line moves with it as reckoned. A 0245Z: its report of that "
                "time. On the chart, a click on a boat's line is the boat; Shift with a click on "
                "a report is its boat."
            )
        )
        self.bearing, self.distance = QLineEdit(self), QLineEdit(self)
        self.bearing.setPlaceholderText(self.tr("292, 292M"))
        self.bearing.setToolTip(self.tr("True; with an M magnetic"))
        self.distance.setPlaceholderText(self.tr("9.95, 5 cables"))
        self.distance.setToolTip(self.tr("Nautical miles; or cables, m, km"))
        for field in (self.bearing, self.distance):
            field.setMinimumWidth(FIGURES_PX)
        self.add_field(self.tr("From"), self.start, 3)
        self.add_field(self.tr("Bearing °T"), self.bearing, 1)
        self.add_field(self.tr("Range, NM"), self.distance, 1)
        self.lines = LinesList(self, draft.lines)
        self.add_beside(self.lines, 1)
        self.start.textChanged.connect(lambda text: self._edit(start=text))
        self.bearing.textChanged.connect(lambda text: self._edit(bearing=text))
        self.distance.textChanged.connect(lambda text: self._edit(distance=text))
        draft.changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (self.start, self.bearing, self.distance)

    def show_draft(self) -> None:
        """Show the draft and how it is understood."""
        draft, reading = self.draft, self.draft.reading()
        self._is_showing = True
        self.start.offer(draft.anchors.names())
        set_text(self.start, draft.start)
        set_text(self.bearing, draft.bearing)
        set_text(self.distance, draft.distance)
        self._is_showing = False
        mark_wrong(self.start, bool(reading.problem and draft.start))
        mark_wrong(self.bearing, reading.is_bearing_wrong or reading.is_variation_unknown)
        mark_wrong(self.distance, reading.is_distance_wrong)
        fault = "" if draft.is_empty else self._fault_text(reading)
        self.show_reading(fault or self._reading_text(reading), is_fault=bool(fault), questions=())
        self.commit_button.setEnabled(reading.is_whole)

    def _fault_text(self, reading: BearingLineReading) -> str:
        if reading.problem is not None:
            return problem_text(reading.problem, self.draft.start)
        if reading.is_bearing_wrong:
            return self.tr("A bearing is read as 292, 292.5 or, magnetic, 292M.")
        if reading.is_variation_unknown:
            return self.tr("The magnetic variation of that time is not known. Write it true.")
        if reading.is_distance_wrong:
            return self.tr("A range is read as 9.95, 5 cables or 800 m, up to 300 NM.")
        return ""

    def _reading_text(self, reading: BearingLineReading) -> str:
        draft, anchor, shot = self.draft, reading.anchor, reading.shot
        if anchor is None:
            return self.tr("Click where the line begins, or name it: a boat, mark, beach, place.")
        hanging = hanging_text(anchor, draft.anchors)
        if shot is None or shot.bearing_deg is None:
            next_step = self.tr("Click where it goes, or type bearing and range.")
            return _SEPARATOR.join((hanging, next_step))
        name = self.tr("EBL {number}").format(number=draft.lines.next_line)
        figures = shot_texts(shot, reading.variation_deg)
        return _SEPARATOR.join((f"{name}  {hanging}", *figures))

    def _edit(
        self, *, start: str | None = None, bearing: str | None = None, distance: str | None = None
    ) -> None:
        if not self._is_showing:
            self.draft.edit(start=start, bearing=bearing, distance=distance)


def shot_texts(shot: Shot, variation_deg: float | None) -> tuple[str, ...]:
    """Return bearing true and magnetic, range, and the bearing back, those that there are."""
    if shot.bearing_deg is None:
        return (range_text(shot.distance_m),)
    bearing = bearing_text(shot.bearing_deg)
    if variation_deg is not None:
        bearing = f"{bearing} {magnetic_text(shot.bearing_deg, variation_deg)}"
    return tuple(filter(None, (bearing, range_text(shot.distance_m), back_text(shot.back_deg))))
