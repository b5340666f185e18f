"""The form of measuring: the next point, the speed, the kind of line, and the legs so far."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit

from channelplot.chart.qt_guard import qt_guarded
from channelplot.geodesy.text import distance_text
from channelplot.tools.measure import MeasureDraft, MeasureReading
from channelplot.ui.entry.completed_edit import CompletedEdit
from channelplot.ui.entry.field_text import problem_text
from channelplot.ui.entry.form import EntryForm, mark_wrong, set_text
from channelplot.ui.entry.lines_list import ShortList
from channelplot.ui.words.chart_lines_text import leg_text, measured_text

SPEED_PX: Final = 110


class MeasureForm(EntryForm):
    """Enter adds the point that is typed, or ends; Backspace in the empty field takes one back."""

    def __init__(self, draft: MeasureDraft) -> None:
        """Show the draft and write what is typed into it."""
        super().__init__(self.tr("Measure"), self.tr("Add"))
        self.draft = draft
        self._is_showing = False
        self.point = CompletedEdit(self)
        self.point.setPlaceholderText(self.tr("click, or A, CGN, a position"))
        self.point.setToolTip(
            self.tr("Enter adds it; in the empty field Enter ends and Backspace takes one back")
        )
        self.speed = QLineEdit(self)
        self.speed.setPlaceholderText(self.tr("or none"))
        self.speed.setMinimumWidth(SPEED_PX)
        self.rhumb = QCheckBox(self.tr("Rh&umb lines"), self)
        self.rhumb.setToolTip(
            self.tr("Lines of one course, as the boundary is drawn, not geodesics. On the chart: R")
        )
        self.add_field(self.tr("Next point"), self.point, 3)
        self.speed.setToolTip(self.tr("Knots; with a time, when it sets out: 16 kn 0438Z"))
        self.add_field(self.tr("At, kn"), self.speed, 1)
        self.add_field("", self.rhumb)
        self.rhumb.setAccessibleName(self.tr("Rhumb lines"))
        self.legs = ShortList(self, self.tr("Legs measured"), self.tr("no leg yet"))
        self.legs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add_beside(self.legs, 1)
        self.point.textChanged.connect(lambda text: self._edit(text=text))
        self.speed.textChanged.connect(lambda text: self._edit(speed=text))
        self.rhumb.toggled.connect(lambda is_on: self._edit(is_rhumb=is_on))
        draft.changed.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (self.point, self.speed)

    def focus_first(self) -> None:
        """Put the caret where the next point is typed."""
        self.point.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.point.selectAll()

    def show_draft(self) -> None:
        """Show what has been measured and how the next point is understood."""
        draft, reading = self.draft, self.draft.reading()
        self._is_showing = True
        self.point.offer(draft.anchors.names())
        set_text(self.point, draft.text)
        set_text(self.speed, draft.speed)
        self.rhumb.setChecked(draft.is_rhumb)
        self._is_showing = False
        mark_wrong(self.point, reading.problem is not None)
        mark_wrong(self.speed, reading.is_speed_wrong or reading.start_problem is not None)
        self._show_legs(reading)
        if reading.problem is not None:
            fault = problem_text(reading.problem, draft.text)
        elif reading.is_speed_wrong:
            fault = self.tr(
                "A speed is read in knots, 12 or 4.5, with or without a start: 12 kn 0438Z."
            )
        elif reading.start_problem is not None:
            fault = problem_text(reading.start_problem, draft.speed)
        else:
            fault = ""
        self.show_reading(fault or self._reading_text(reading), is_fault=bool(fault), questions=())
        self.commit_button.setText(self.tr("Add") if draft.text else self.tr("End"))
        is_measuring = bool(draft.points) and not draft.is_done
        self.commit_button.setEnabled(reading.problem is None if draft.text else is_measuring)

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the last point back at Backspace in the empty field."""
        if (
            watched is self.point
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Backspace
            and not self.point.text()
        ):
            self.draft.remove_last()
            return True
        return super().eventFilter(watched, event)

    def _reading_text(self, reading: MeasureReading) -> str:
        if reading.legs:
            return measured_text(reading, is_rhumb=self.draft.is_rhumb)
        if reading.points:
            return self.tr("Click the next point, or type it. Enter or a double click ends.")
        return self.tr("Click point after point, or type them. Nothing of it is kept.")

    def _show_legs(self, reading: MeasureReading) -> None:
        """List the legs that are set; the one to the pointer is read back."""
        texts, run_m = list[str](), 0.0
        for number, leg in enumerate(reading.legs[: max(len(self.draft.points) - 1, 0)], start=1):
            run_m += leg.distance_m
            text = self.tr("{number}.  {leg}   total {total}").format(
                number=number, leg=leg_text(leg), total=distance_text(run_m)
            )
            texts.append(text)
        self.legs.show_texts(texts)

    def _edit(
        self, *, text: str | None = None, speed: str | None = None, is_rhumb: bool | None = None
    ) -> None:
        if not self._is_showing:
            self.draft.edit(text=text, speed=speed, is_rhumb=is_rhumb)
