"""F3: dead reckoning on the chart, of the selected craft always, of all boats on request."""

import contextlib
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from channelplot.analysis.conditions import conditions_for
from channelplot.analysis.dead_reckoning import AS_KNOWN, Supposition
from channelplot.analysis.error_model import ErrorModel
from channelplot.analysis.whose_waters import WatersChart
from channelplot.chart.conditions_note import ConditionsNote, note_of
from channelplot.chart.reckoned import ReckonedMark, mark_of, marks_of_selected
from channelplot.chart.unreckoned import UnreckonedNote, unreckoned_of
from channelplot.geodesy.measure import is_ready
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.ui.desk import Desk
from channelplot.ui.menus.actions import Actions


@dataclass(frozen=True, slots=True)
class _Question:
    """What the marks follow from; the same question has the same answer.

    minute_utc: within it nothing is reckoned anew for time's sake. suppositions: by the uid of the
    craft, for the selected one and, if they are asked for, all open ones.
    """

    plot: Plot
    selected: Track | None
    at_utc: datetime
    minute_utc: datetime
    suppositions: tuple[tuple[str, Supposition], ...]
    model: ErrorModel
    waters: WatersChart
    is_of_all: bool

    def is_same_as(self, other: "_Question | None") -> bool:
        """Return whether another question asks the same, a few seconds apart at the most."""
        return (
            other is not None
            and self.plot.tracks is other.plot.tracks
            and self.selected is other.selected
            and self.minute_utc == other.minute_utc
            and self.suppositions == other.suppositions
            and self.model is other.model
            and self.waters is other.waters
            and self.is_of_all == other.is_of_all
        )


class ReckoningMenu(QObject):
    """Keeps what is reckoned on the chart up to date, and the notes that go with it.

    One is of the stream and wind, the other, while all are asked for, of those left out.

    They change once a minute, and with the plot, the selection, what is asked and supposed, the
    figures and the limits. The selected craft is reckoned at once; all others in the background,
    the newest question alone.
    """

    def __init__(self, window: QWidget, desk: Desk, actions: Actions) -> None:
        """Start as it was left."""
        super().__init__(window)
        self._desk = desk
        self._asked: _Question | None = None
        self._usual = AS_KNOWN
        self._is_busy = False
        self._waiting: _Question | None = None
        self._of_selected: tuple[ReckonedMark, ...] = ()
        self._of_others: tuple[ReckonedMark, ...] = ()
        self._action = actions["dead_reckoning"]
        self._action.setChecked(desk.state.are_all_reckoned())
        self._action.toggled.connect(self._switch)
        desk.lookout.looked.connect(lambda _: self.show_marks())
        desk.session.selection.changed.connect(lambda _: self.show_marks())
        desk.chartwork.changed.connect(lambda _: self.show_marks())
        desk.waters.changed.connect(lambda _: self.show_marks())
        self.show_marks()

    def show_marks(self) -> None:
        """Show what is reckoned for the time asked for.

        Before PROJ is loaded there is nothing: the first picture must not wait for it.
        """
        if not is_ready():
            return
        question = self._question()
        self._desk.canvas.set_conditions(_note(question))
        if question.is_same_as(self._asked):
            return
        is_other_plot = self._asked is None or self._asked.plot.tracks is not question.plot.tracks
        self._asked = question
        self._of_selected = _selected_marks(question)
        self._desk.canvas.set_unreckoned(_unreckoned(question))
        if not question.is_of_all:
            self._of_others = ()
        elif is_other_plot:  # what is gone from the plot must not stay until all are reckoned
            tracks = question.plot.tracks
            self._of_others = tuple(m for m in self._of_others if m.track_uid in tracks)
        self._show()
        if question.is_of_all:
            self._reckon_others(question)

    def _question(self) -> _Question:
        desk = self._desk
        plot, chartwork = desk.session.document.plot, desk.chartwork
        selected = desk.session.selection.only_track(plot)
        is_of_all = self._action.isChecked()
        wanted = [selected] if selected is not None else []
        if is_of_all:
            wanted += [t for t in plot.tracks.values() if not t.is_closed and t is not selected]
        at_utc = chartwork.at_utc
        is_now = chartwork.chosen_utc is None
        return _Question(
            plot=plot,
            selected=selected,
            at_utc=at_utc,
            minute_utc=at_utc.replace(second=0, microsecond=0) if is_now else at_utc,
            suppositions=self._suppositions(plot, wanted),
            model=desk.figures.error_model,
            waters=desk.waters.chart,
            is_of_all=is_of_all,
        )

    def _suppositions(
        self, plot: Plot, tracks: Iterable[Track]
    ) -> tuple[tuple[str, Supposition], ...]:
        """Return what each craft is reckoned with, by uid.

        One value, the same object as long as it stays the same, for all of which nothing is
        supposed and to which no stream or wind was given apart: there may be hundreds.
        """
        chartwork = self._desk.chartwork
        usual = Supposition(conditions=conditions_for(plot, None))
        if usual != self._usual:
            self._usual = usual
        apart = {entry.track_uid for entry in plot.conditions.values()}
        return tuple(
            (
                track.uid,
                self._usual
                if track.uid not in apart and chartwork.supposed_of(track.uid) is AS_KNOWN
                else chartwork.supposition(track.uid),
            )
            for track in tracks
        )

    def _reckon_others(self, question: _Question) -> None:
        """Reckon all in the background, one question after the other, only the newest waiting."""
        if self._is_busy:
            self._waiting = question
            return
        self._is_busy = True
        self._desk.background.run(
            lambda: _other_marks(question), lambda ended: self._take(question, ended)
        )

    def _take(self, question: _Question, ended: Future[tuple[ReckonedMark, ...]]) -> None:
        self._is_busy = False
        marks = ended.result()
        waiting, self._waiting = self._waiting, None
        if question is self._asked:
            self._of_others = marks
            self._show()
        elif waiting is not None and waiting is self._asked:
            self._reckon_others(waiting)

    def _show(self) -> None:
        self._desk.canvas.set_reckoned((*self._of_others, *self._of_selected))

    def _switch(self, is_on: bool) -> None:
        self.show_marks()
        with contextlib.suppress(OSError):  # only the choice for next time is lost
            self._desk.state.remember_all_reckoned(is_on)


def _selected_marks(question: _Question) -> tuple[ReckonedMark, ...]:
    track = question.selected
    if track is None:
        return ()
    supposition = dict(question.suppositions)[track.uid]
    return marks_of_selected(track, question.at_utc, supposition, question.model, question.waters)


def _other_marks(question: _Question) -> tuple[ReckonedMark, ...]:
    """Return the marks of all but the selected craft. Any thread: touches only its argument."""
    selected_uid = question.selected.uid if question.selected is not None else None
    marks = (
        mark_of(
            question.plot.tracks[uid], question.at_utc, supposition, question.model, question.waters
        )
        for uid, supposition in question.suppositions
        if uid != selected_uid
    )
    return tuple(mark for mark in marks if mark is not None)


def _unreckoned(question: _Question) -> UnreckonedNote | None:
    """Return the note of those that all were asked for without an answer, None if all have one."""
    if not question.is_of_all:
        return None
    return unreckoned_of(question.plot.tracks.values(), question.at_utc)


def _note(question: _Question) -> ConditionsNote | None:
    """Return the note for the selected craft, for all if none is selected; None for neither."""
    selected, plot = question.selected, question.plot
    of_all = conditions_for(plot, None)
    conditions = of_all if selected is None else conditions_for(plot, selected.uid)
    if conditions is None:
        return None
    is_its_own = selected is not None and conditions != of_all
    name = selected.name if selected is not None and is_its_own else ""
    return note_of(conditions, question.at_utc, name)
