"""The form in which range rings are set."""

from typing import Final

from PySide6.QtWidgets import QLineEdit

from channelplot.tools.range_text import MOST_RINGS
from channelplot.tools.rings import RingsDraft, RingsReading
from channelplot.ui.entry.bearing_line_form import shot_texts
from channelplot.ui.entry.completed_edit import CompletedEdit
from channelplot.ui.entry.field_text import problem_text
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.entry.lines_list import LinesList
from channelplot.ui.words.chart_lines_text import hanging_text, radii_text, range_text

_SEPARATOR: Final = "  ·  "


class RingsForm(EntryForm):
    """About what, and the radii; and the lines and rings there are."""

    def __init__(self, draft: RingsDraft) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Range rings"), self.tr("Set"))
        self.draft = draft
        self._is_showing = False
        self.centre = CompletedEdit(self)
        self.centre.setPlaceholderText(self.tr("click, or A, CGN, a position"))
        self.centre.setToolTip(
            self.tr(
                "A boat's name: the rings move with it as reckoned. A 0245Z: its report of that "
                "time. On the chart, a click on a boat's line is the boat; Shift with a click on "
                "a report is its boat."
            )
        )
        self.radii = QLineEdit(self)
        self.radii.setPlaceholderText(self.tr("3, or 1 2 5, or 4 x 3"))
        self.radii.setToolTip(
            self.tr(
                "Nautical miles; with the word, cables, m or km. 1 2 5: three rings. 4 x 3: four "
                "rings, 3 miles apart. Up to {most}."
            ).format(most=MOST_RINGS)
        )
        self.add_field(self.tr("Around"), self.centre, 3)
        self.add_field(self.tr("Radii, NM"), self.radii, 2)
        self.lines = LinesList(self, draft.lines)
        self.add_beside(self.lines, 1)
        self.centre.textChanged.connect(lambda text: self._edit(start=text))
        self.radii.textChanged.connect(lambda text: self._edit(radii=text))
        draft.changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (self.centre, self.radii)

    def show_draft(self) -> None:
        """Show the draft and how it is understood."""
        draft, reading = self.draft, self.draft.reading()
        self._is_showing = True
        self.centre.offer(draft.anchors.names())
        set_text(self.centre, draft.start)
        set_text(self.radii, draft.radii)
        self._is_showing = False
        mark_wrong(self.centre, bool(reading.problem and draft.start))
        mark_wrong(self.radii, reading.is_radius_wrong)
        fault = "" if draft.is_empty else self._fault_text(reading)
        self.show_reading(fault or self._reading_text(reading), is_fault=bool(fault), questions=())
        self.commit_button.setEnabled(reading.is_whole)

    def _fault_text(self, reading: RingsReading) -> str:
        if reading.problem is not None:
            return problem_text(reading.problem, self.draft.start)
        if reading.is_radius_wrong:
            return self.tr(
                "Radii are read as 3, 1 2 5, 4 x 3 or 5 cables, up to {most} rings and 300 NM."
            ).format(most=MOST_RINGS)
        return ""

    def _reading_text(self, reading: RingsReading) -> str:
        draft, anchor = self.draft, reading.anchor
        if anchor is None:
            return self.tr("Click the centre, or name it: a boat, mark, beach or place.")
        hanging = hanging_text(anchor, draft.anchors, is_centre=True)
        if not reading.radii_m:
            next_step = self.tr("Click how far, or type the radii.")
            return _SEPARATOR.join((hanging, next_step))
        parts = [
            self.tr("VRM {number}").format(number=draft.lines.next_rings) + f"  {hanging}",
            range_text(reading.radii_m[0])
            if len(reading.radii_m) == 1
            else radii_text(reading.radii_m),
        ]
        if reading.shot is not None and reading.is_pointed:
            parts[1:] = shot_texts(reading.shot, None)
        return _SEPARATOR.join(parts)

    def _edit(self, *, start: str | None = None, radii: str | None = None) -> None:
        if not self._is_showing:
            self.draft.edit(start=start, radii=radii)
