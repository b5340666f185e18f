"""The Chartwork panel: what the plot answers of the craft that is selected, by itself, in lines."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from channelplot.analysis.answers import Answers, known_beaches
from channelplot.analysis.dead_reckoning import AS_KNOWN, Supposition
from channelplot.chart.qt_guard import qt_guarded
from channelplot.chart.wording import status_text
from channelplot.geodesy.measure import is_ready
from channelplot.model.track import Track
from channelplot.tools.chartwork_fields import chosen_time
from channelplot.ui.chartwork_row import Row, Section, Tone, sentence
from channelplot.ui.desk import Desk
from channelplot.ui.entry.field_text import problem_text
from channelplot.ui.panels.chartwork_answers import Asked, Asker
from channelplot.ui.panels.chartwork_head import ChartworkHead
from channelplot.ui.panels.chartwork_list import ChartworkList
from channelplot.ui.panels.chartwork_options import ChartworkOptions
from channelplot.ui.panels.entity_panel import MARGIN_PX
from channelplot.ui.words.chartwork_others_text import (
    came_from_rows,
    closest_rows,
    help_rows,
    leg_rows,
)
from channelplot.ui.words.chartwork_text import Wording, position_rows, supposed_text, waters_rows
from channelplot.ui.words.time_text import time_text

_LATE_MS: Final = 400
"""Answers that are not there by then leave those before, of another craft or time, no longer."""


class ChartworkPanel(QWidget):
    """Position, waters, closest approaches, nearest help, launch place and legs of one craft.

    For now, kept up with the clock, or for the time that was chosen. Nothing is reckoned while it
    can't be seen. Emits left when Esc is pressed and there is nothing to go back from.
    """

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        """Answer for what is selected at a desk."""
        super().__init__()
        self._desk = desk
        self._asked: Asked | None = None
        self._shown: tuple[Asked, Answers] | None = None
        self._asker = Asker(desk.background, self)
        self._asker.answered.connect(self._show_answers)
        self.head = ChartworkHead(self)
        self.options = ChartworkOptions(self)
        self.options.hide()
        self.list = ChartworkList(self)
        self.list.setAccessibleName(self.tr("Chartwork"))
        self.empty = QLabel(self)
        self.empty.setAccessibleName(self.tr("No chartwork"))
        self.empty.setWordWrap(True)
        self.empty.setProperty("faint", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(4 * MARGIN_PX)
        self.hint = QLabel(self)
        self.hint.setProperty("faint", True)
        self.hint.setContentsMargins(MARGIN_PX, 2, MARGIN_PX, 3)
        self.hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.options):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.hint)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_LATE_MS)
        self._late.timeout.connect(self._show_late)
        self._connect()
        self.ask()

    def ask(self) -> None:
        """Ask anew about what is selected, if anybody can see it."""
        if self.visibleRegion().isEmpty():
            return
        desk, session = self._desk, self._desk.session
        plot, chosen_utc = session.document.plot, desk.chartwork.chosen_utc
        track = session.selection.only_track(plot)
        now_utc = session.clock()
        self.head.show_craft(track)
        self.head.show_time(chosen_utc, now_utc)
        if track is None or not is_ready():
            self._asker.forget()
            self._asked = self._shown = None
            self._show_nothing()
            return
        supposed = desk.chartwork.supposed_of(track.uid)
        self._show_supposed(supposed, now_utc)
        asked = Asked(
            plot=plot,
            track=track,
            at_utc=desk.chartwork.at_utc,
            is_now=chosen_utc is None,
            waters=desk.waters.chart,
            model=desk.figures.error_model,
            beaches=known_beaches(plot, desk.beach_draft.register),
            supposition=desk.chartwork.supposition(track.uid),
        )
        self._asked = asked
        self._asker.ask(asked)
        if self._shown is not None and _is_about_another(self._shown[0], asked):
            self._late.start()
        if self._shown is not None and self._shown[0].track.uid != track.uid:
            self.list.show_rows(())

    def show_if_in_front(self, is_in_front: bool) -> None:
        """Catch up with what was not reckoned while nobody could see it."""
        if is_in_front:
            self.ask()

    def measures_ready(self) -> None:
        """Answer now that PROJ is loaded."""
        self.ask()

    def take_caret(self) -> None:
        """Put the caret into the field of the time."""
        self.ask()
        self.head.take_caret()

    @qt_guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        """Answer once it shows."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.ask)

    def _connect(self) -> None:
        desk = self._desk
        session, chartwork = desk.session, desk.chartwork
        session.plot_changed.connect(lambda _: self.ask())
        session.selection.changed.connect(lambda _: self.ask())
        chartwork.changed.connect(lambda _: self.ask())
        desk.waters.changed.connect(lambda _: self.ask())
        desk.figures.changed.connect(lambda _: self.ask())
        desk.line_draft.reader.changed.connect(lambda _: self.ask())
        desk.notation.changed.connect(lambda _: self._word())
        desk.lookout.looked.connect(lambda _: self._follow_clock())
        self.head.time_typed.connect(self._choose_time)
        self.head.now_wanted.connect(self._go_back)
        self.head.lines_wanted.connect(self._go_to_lines)
        self.head.as_known_wanted.connect(lambda: self._suppose(AS_KNOWN))
        self.head.suppose.toggled.connect(self._fold)
        self.options.supposed.connect(self._suppose)
        self.options.left.connect(self._leave_options)
        self.list.now_wanted.connect(self._go_back)
        self.list.craft_wanted.connect(self._go_to_craft)
        self.list.hint_changed.connect(self._show_hint)

    def _follow_clock(self) -> None:
        """Answer anew with every minute; a chosen time only moves further away."""
        if self._asked is None or self.visibleRegion().isEmpty():
            return
        now_utc, chosen_utc = self._desk.session.clock(), self._desk.chartwork.chosen_utc
        if chosen_utc is not None:
            self.head.show_time(chosen_utc, now_utc)
        elif _minute(now_utc) != _minute(self._asked.at_utc):
            self.ask()

    def _show_answers(self, asked: Asked, answers: Answers) -> None:
        self._late.stop()
        self._shown = asked, answers
        self._word()

    def _word(self) -> None:
        """Show the answers there are in words."""
        if self._shown is None:
            return
        asked, answers = self._shown
        wording = Wording(
            plot=asked.plot,
            now_utc=self._desk.session.clock(),
            notation=self._desk.notation.current,
            model=asked.model,
            is_now=asked.is_now,
            usual=self._desk.figures.usual_intervals,
        )
        rows: list[Row] = []
        if asked.track.is_closed:
            text = self.tr("Closed: {status}. Reckoned as if it had gone on.")
            rows.append(_closed_row(asked.track, text))
        for part in (position_rows, waters_rows, closest_rows, help_rows, came_from_rows, leg_rows):
            rows.extend(part(answers, wording))
        self._show_list(rows)

    def _show_list(self, rows: list[Row]) -> None:
        self.empty.hide()
        self.list.show()
        self.list.show_rows(rows)

    def _show_nothing(self) -> None:
        """Say what to do for there to be answers."""
        self._late.stop()
        self.list.show_rows(())
        self.list.hide()
        self.options.hide()
        self.head.suppose.setChecked(False)
        self.head.show_supposed("")
        session = self._desk.session
        plot = session.document.plot
        if session.selection.only_track(plot) is not None:
            text = self.tr("One moment ...")
        elif session.selection.uids:
            text = self.tr("Select one craft, or reports of one: what is selected is not.")
        elif plot.tracks:
            text = self.tr(
                "Select a boat on the chart or in the list (Alt+T): where it is, whose waters "
                "those are and until when, who is near, and who can help."
            )
        else:
            text = self.tr(
                "No craft yet. With the first position that is plotted, this says where it will "
                "be, whose waters those are and until when, who is near, and who can help."
            )
        self.empty.setText(text)
        self.empty.show()

    def _show_late(self) -> None:
        """Let figures of another craft or time not stand for those that are asked for."""
        if self._shown is None or self._asked is None:
            return
        if _is_about_another(self._shown[0], self._asked):
            self._shown = None
            said = sentence(Section.POSITION, "late", self.tr("Reckoning ..."))
            self._show_list([said])

    def _show_supposed(self, supposed: Supposition, now_utc: datetime) -> None:
        drifts_utc = supposed.drifts_from_utc
        since = "" if drifts_utc is None else time_text(drifts_utc, lambda: now_utc)
        self.head.show_supposed(supposed_text(supposed, since))
        self.options.show_supposed(supposed, now_utc)

    def _show_hint(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def _choose_time(self, text: str) -> None:
        chosen = chosen_time(text, self._desk.session.clock())
        if not (chosen is None or isinstance(chosen, datetime)):
            self.head.show_fault(problem_text(chosen, text))
            return
        self.head.show_fault("")
        self._desk.chartwork.choose_time(chosen)
        if chosen is None:
            self.head.time.clear()
        else:
            self.head.show_typed(chosen, self._desk.session.clock())

    def _go_back(self) -> None:
        """Go back to now; from now, back to where reports are typed."""
        is_now = self._desk.chartwork.chosen_utc is None
        has_typed = bool(self.head.time.text())
        self.head.time.clear()
        self.head.show_fault("")
        self._desk.chartwork.choose_time(None)
        if is_now and not has_typed:
            self.left.emit()

    def _go_to_lines(self) -> None:
        if self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_craft(self, track_uid: str) -> None:
        """Select another craft, and bring its last position into view."""
        session, canvas = self._desk.session, self._desk.canvas
        track = session.document.plot.tracks.get(track_uid)
        if track is None:
            return
        session.selection.set(frozenset({track_uid}))
        report = track.last_placed
        position = None if report is None else report.position
        if position is not None and not canvas.viewport.contains(position):
            canvas.centre_on(position)

    def _suppose(self, supposition: object) -> None:
        assert isinstance(supposition, Supposition), "what the options emit"
        if self._asked is not None:
            chosen = replace(supposition, conditions=None)
            self._desk.chartwork.suppose(self._asked.track.uid, chosen)

    def _fold(self, is_open: bool) -> None:
        self.options.setVisible(is_open)
        if is_open:
            self.options.stated.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave_options(self) -> None:
        self.head.suppose.setChecked(False)
        self._go_to_lines()


def _is_about_another(shown: Asked, asked: Asked) -> bool:
    """Return whether answers are of another craft, a chosen time or another supposition."""
    is_time_another = not (shown.is_now and asked.is_now) and shown.at_utc != asked.at_utc
    return (
        shown.track.uid != asked.track.uid
        or is_time_another
        or shown.supposition != asked.supposition
    )


def _closed_row(track: Track, text: str) -> Row:
    said = text.format(status=status_text(track.status))
    return sentence(Section.POSITION, "closed", said, Tone.WARNING)


def _minute(moment_utc: datetime) -> datetime:
    return moment_utc.replace(second=0, microsecond=0)
