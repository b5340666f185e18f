"""The plot line: one types a report as it was told and reads how it is understood; Enter plots."""

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QToolBar, QWidget

from channelplot.basemap.basemap import CHART_AREA
from channelplot.chart.overlay import Ghost, Overlay, Shape
from channelplot.errors import CommandRefused
from channelplot.reading.values import FaultCode, QuestionCode, Span
from channelplot.settings import data_folder
from channelplot.tools.line_draft import LineView
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.line.cells import CellText, cell_texts
from channelplot.ui.line.ghosts import ghosts_of
from channelplot.ui.line.line_edit import Underline
from channelplot.ui.line.memory import HalfLine, Recall
from channelplot.ui.line.strip import LineStrip, Tone
from channelplot.ui.line.words import (
    asked_boats_text,
    boats_for_a_look,
    boats_text,
    choice_cell,
    done_text,
    enter_text,
    example_text,
    how_to_answer_text,
    names_text,
    still_text,
)
from channelplot.ui.theme import theme
from channelplot.ui.words.line_messages import fault_text, question_text
from channelplot.ui.words.messages import error_text

PAUSE_MS: Final = 500
"""What is still being typed is not found fault with: only a pause so long, or Enter, says that
it is meant. Readings show at once."""
_MAY_BE_HALF: Final = frozenset(
    {
        FaultCode.NOT_READ,
        FaultCode.NO_SUCH_NAME,
        FaultCode.NO_SUCH_TRACK,
        FaultCode.BEARING_FIGURES,
        FaultCode.GRID_FIGURES,
        FaultCode.TIME_NOT_READ,
        FaultCode.PEOPLE_NOT_READ,
        FaultCode.MARK_NOT_READ,
        FaultCode.CALLER_NOT_READ,
        FaultCode.NO_SUCH_CALLER,
        FaultCode.LOG_EMPTY,
    }
)
"""Faults that typing on may cure, at the end of the line."""


class PlotLine(QObject):
    """Shows the desk's LineDraft in a strip under the chart, and passes on what is pressed.

    What is half typed is kept on disk; what is wrong is said once it is meant; the caret
    stays after Enter. The ghosts of the line and the shapes of tool and task show together. Emits
    suggestion_shown(bool): whether a boat is suggested; and entered when a line became an act.

    has_half_line: whether a line left half typed was there when the plot was begun on;
    unsaved_lines: how many lines there were that had been entered and not been saved.
    """

    suggestion_shown = Signal(bool)
    entered = Signal()

    def __init__(self, parent: QWidget, desk: Desk, banner: Banner) -> None:
        """Make the strip in a bar of its own, with the line that was left half typed."""
        super().__init__(parent)
        self._desk = desk
        self._draft = desk.line_draft
        self._banner = banner
        self._shapes: tuple[Shape, ...] = ()
        self._note = ""
        self._problem: tuple[object, ...] | None = None  # what is being found fault with
        self._is_showing = False
        self._is_insisting = False
        self._is_committing = False
        self._cleared = ""
        self._done_uid = ""
        self._offered_for = ""
        self.has_half_line = False
        self.unsaved_lines = 0
        self._shown_place: tuple[object, ...] = ()
        self._shown_minute = ""
        self._recall = Recall(data_folder())
        self._half = HalfLine(self, data_folder(), desk.session.document.path)
        self.strip = LineStrip(parent, desk.settings.text_scale())
        self.edit = self.strip.edit
        self.bar = _bar_of(self.strip, self.tr("Plot line"), parent)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._ghosts_timer = QTimer(self)
        self._ghosts_timer.setSingleShot(True)
        self._ghosts_timer.timeout.connect(self.show_overlay)
        self._connect()
        self._draft.remember(self._recall.lines())
        self._begin()

    # What the window asks of it

    @property
    def is_asking(self) -> bool:
        """Return whether there is a question for Alt+1 to Alt+3, seen yet or not."""
        return not self._draft.is_empty and self._draft.view().question is not None

    @property
    def has_caret(self) -> bool:
        """Return whether one types here."""
        return self.edit.hasFocus()

    def take_caret(self) -> None:
        """Put the caret in the line where it was."""
        if self.edit.isEnabled():
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._desk.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def type(self, text: str) -> None:
        """Put the caret in the line and type there: the keys came from the chart."""
        if self.edit.isEnabled():
            self.take_caret()
            self.edit.insert(text)

    def answer(self, number: int) -> None:
        """Take one of the readings that are offered; a question not seen yet is shown instead."""
        if self.strip.is_asking:
            self._draft.choose(number)
        else:
            self.settle()

    def show_time(self) -> None:
        """Follow the clock: what is said to be now, and how long ago things were."""
        minute = f"{self._desk.session.clock():%d%H%M}"
        if minute != self._shown_minute and not self._draft.is_empty:
            self.show_draft()
        self._shown_minute = minute

    def show_overlay(self) -> None:
        """Show on the chart what the tool wants shown, and the ghost of the line."""
        tool = self._desk.toolbox.overlay.shapes
        desk = self._desk
        drafts = (
            desk.move_to_boat_draft,
            desk.split_draft,
            desk.merge_draft,
            desk.bearings_fix_draft,
            desk.search_draft,
        )
        tasks = (shape for draft in drafts for shape in draft.shapes())
        desk.canvas.set_overlay(Overlay((*tool, *tasks, *self._shapes)))

    def join_suggested(self) -> None:
        """Type where the suggested boat is joined; Ctrl+Z takes that back like any typing."""
        typed = self._draft.joining_suggested()
        if typed is not None:
            self.take_caret()
            self.edit.replace_span(typed.span, typed.text)

    def write_half_line(self) -> None:
        """Keep the half-typed line at once: the window closes."""
        self._half.flush()

    def ghosts(self) -> tuple[Ghost, ...]:
        """Return where on the chart the line's reports would stand."""
        return tuple(shape for shape in self._shapes if isinstance(shape, Ghost))

    def settle(self) -> None:
        """Find fault, and ask, now."""
        self._pause.stop()
        self._is_insisting = True
        self.show_draft()
        self._is_insisting = False

    # What it shows

    def show_draft(self) -> None:
        """Show the draft's text and how it is understood."""
        draft = self._draft
        if self._is_committing:
            return  # the act goes first
        self._is_showing = True
        self.edit.show_text(draft.text)
        self._is_showing = False
        view = draft.view()
        self._shown_minute = f"{self._desk.session.clock():%d%H%M}"
        self._offer()
        self._show_view(view)

    def _show_view(self, view: LineView) -> None:
        strip, is_empty = self.strip, self._draft.is_empty
        self._shown_place = self._place()
        problem = None if is_empty else _problem_of(view)
        if problem is not None and problem != self._problem and self._is_being_typed(view):
            problem = None
        self._problem = problem
        is_asked = problem is not None and view.fault is None
        plot = self._desk.session.document.plot
        self._show_ghosts(() if is_empty else ghosts_of(view, plot, is_asked=is_asked))
        is_in_sight = self._is_in_sight()
        now_utc, notation = self._desk.session.clock(), self._desk.notation.current
        strip.read_back.show_cells(
            {} if is_empty else cell_texts(view, now_utc, notation, is_in_sight=is_in_sight)
        )
        asked, choices, pieces = "", list[CellText](), list[Underline]()
        if problem is not None and view.fault is not None:
            pieces.append(Underline(view.fault.span, theme().bad))
            strip.say(fault_text(view.fault), Tone.FAULT)
        elif is_asked and view.question is not None:
            question = view.question
            asked = question_text(question)
            choices = [choice_cell(each, question, now_utc, notation) for each in question.choices]
            if question.span is not None:
                pieces.append(Underline(question.span, theme().warning))
            said = (asked_boats_text(view), how_to_answer_text(len(choices)))
            strip.say(" ".join(filter(None, said)), Tone.ASKING)
        else:
            is_for_a_look = not self._note and view.can_commit and boats_for_a_look(view)
            tone = Tone.ASKING if is_for_a_look else Tone.CALM
            strip.say(self._calm_text(view, is_in_sight=is_in_sight), tone)
        strip.ask(asked, choices)
        self.edit.underline(pieces)
        self.suggestion_shown.emit(view.suggested is not None)

    def _show_ghosts(self, shapes: tuple[Shape, ...]) -> None:
        if shapes != self._shapes:
            self._shapes = shapes
            self._ghosts_timer.start()  # the read-back is painted first, the chart after it

    def _is_being_typed(self, view: LineView) -> bool:
        """Return whether what is wrong may come right by itself.

        Typing goes on, the position is still to come, or what is at fault may be half of
        something, or of a name that Tab would take.
        """
        if self._is_insisting:
            return False
        if self._pause.isActive() or self._note:
            return True
        if view.question is not None and view.question.code == QuestionCode.NO_POSITION:
            return self.has_caret
        if not (self.has_caret and self.edit.is_caret_at_end):
            return False
        offered, span = self.edit.offered, _span_of(view)
        if offered is not None and (span is None or span.end > offered.start):
            return True
        is_last = span is not None and span.end >= len(self._draft.text.rstrip())
        return view.fault is not None and view.fault.code in _MAY_BE_HALF and is_last

    def _calm_text(self, view: LineView, *, is_in_sight: bool) -> str:
        """Return what to say when nothing is wrong: what Enter would do, or how to begin."""
        document = self._desk.session.document
        if document.is_read_only:
            return self.tr(
                "This plot is open for reading only. To plot, save a copy and open that."
            )
        if self._note:
            return self._note
        if self._draft.is_empty:
            return example_text(has_caret=self.has_caret)
        names = self.edit.offered_names
        if not view.can_commit:
            return names_text(names) or ("" if self._pause.isActive() else still_text(view))
        said = list(filter(None, (enter_text(view), boats_text(view))))
        if not is_in_sight and all(CHART_AREA.contains(g.position) for g in self.ghosts()):
            said.append(self.tr("It is outside the view: Alt+Home shows it."))
        return " ".join([*said, names_text(names)] if len(names) > 1 else said)

    def _is_in_sight(self) -> bool:
        viewport = self._desk.canvas.viewport
        return all(viewport.contains(ghost.position) for ghost in self.ghosts())

    def _offer(self) -> None:
        """Offer names for what stands before the caret; looked for once for each text."""
        is_typing = self.has_caret and self.edit.is_caret_at_end
        text = self.edit.text() if is_typing else ""
        if text != self._offered_for:
            self._offered_for = text
            self.edit.offer(self._draft.completions(len(text)) if text else ())

    # What is pressed

    def _edited(self) -> None:
        text = self.edit.text()  # what came with the signal may have been flattened since
        if self._is_showing or text == self._draft.text:
            return
        is_typed = abs(len(text) - len(self._draft.text)) <= 1
        self._note = ""
        if self._problem is not None and self._problem[0] in (
            QuestionCode.NO_POSITION,
            *_MAY_BE_HALF,
        ):
            self._problem = None
        if is_typed and text:
            self._pause.start()
        else:
            self._pause.stop()  # pasted, or recalled: it is all there
        self._draft.edit(text)
        self._half.keep(text if text.strip() else "")

    def _commit(self) -> None:
        """Plot the line; with a fault or a question, say so once more."""
        self.settle()
        if self._draft.is_empty:
            return
        view = self._draft.view()
        if not view.can_commit:
            self.strip.flash()
            return
        self._desk.canvas.pause_drawing()
        done = done_text(view)
        self._is_committing = True
        is_done = False
        try:
            is_done = self._draft.commit()
        except CommandRefused as refusal:
            self._banner.show_message(error_text(refusal), Severity.WARNING)
        finally:
            self._is_committing = False
        if is_done:
            self._half.entered(view.line.text)
            self.entered.emit()
            self._saved()
            recalled = self._draft.recall
            self._desk.background.run(lambda: self._recall.keep(recalled), lambda _: None)
            self._note, self._cleared = done, ""
            self._done_uid = self._draft.done_uid
        self.show_draft()

    def _saved(self) -> None:
        """Let go of the lines that were entered, once nothing of the plot is unsaved."""
        if not self._desk.session.document.save_state.pending:
            self._half.saved()

    def _clear(self) -> None:
        """Empty the line; an empty one gives the keys to the chart."""
        self._note = ""
        self._pause.stop()
        if not self.edit.text():
            self.show_draft()
            self._desk.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self._draft.is_empty:
            self._cleared = self._draft.text
            self._note = self.tr("Cleared. Up brings it back.")
        self._draft.clear()
        self._half.keep("")

    def _older(self) -> None:
        """Bring back what Esc cleared, else the line committed before."""
        self._pause.stop()
        self._note = ""
        if self._cleared and self._draft.is_empty:
            self._draft.edit(self._cleared)
            self._cleared = ""
        elif not self._draft.older():
            return
        self._half.keep(self._draft.text)

    def _newer(self) -> None:
        self._pause.stop()
        self._note = ""
        if self._draft.newer():
            self._half.keep(self._draft.text)

    def _looked_at(self) -> None:
        """Follow the caret: names are offered where it is, and leaving ends the typing."""
        if not self.has_caret:
            self._pause.stop()
        if not self._is_showing and self._place() != self._shown_place:
            self._offer()
            self._show_view(self._draft.view())

    def _place(self) -> tuple[object, ...]:
        """Return what of the caret matters for what is shown."""
        names = self.edit.offered_names
        return self.has_caret, self.edit.is_caret_at_end, self.edit.text(), names

    # How it is made

    def _begin(self) -> None:
        """Begin on a plot, with what was left half typed of it."""
        document = self._desk.session.document
        is_read_only = document.is_read_only
        self.strip.set_available(not is_read_only)
        self._cleared = ""
        left = "" if is_read_only else self._half.left()
        self.has_half_line = bool(left)
        self._note = self.tr("Half-typed line kept from the last time.") if left else ""
        self._pause.stop()
        self._draft.clear()
        unsaved = () if is_read_only else self._unsaved()
        self.unsaved_lines = len(unsaved)
        if unsaved:
            self._note = self.tr("Entered last time, but not saved: enter it again.")
            self._draft.remember([*self._draft.recall, *([left] if left else []), *unsaved[1:]])
            left = unsaved[0]
        if left:
            self._draft.edit(left)
            self._half.keep(left)
        self.show_draft()

    def _unsaved(self) -> tuple[str, ...]:
        """Return the lines entered last time of which plot and watch log have nothing."""
        entered = self._half.left_unsaved()
        if not entered:
            return ()
        plot, reader = self._desk.session.document.plot, self._draft.reader
        known = {report.as_received for report in plot.reports()}
        written = {line.text for line in plot.log_lines.values()}
        return tuple(
            line
            for line in entered
            if line.strip() not in known and reader.line(line).log not in written
        )

    def _document_changed(self) -> None:
        """Put the half-typed line by with its plot, and take up that of the other one."""
        self._half.close()
        self._half.deleteLater()
        self._half = HalfLine(self, data_folder(), self._desk.session.document.path)
        self._begin()

    def _connect(self) -> None:
        desk, edit = self._desk, self.edit
        edit.textChanged.connect(self._edited)
        edit.commit_wanted.connect(self._commit)
        edit.clear_wanted.connect(self._clear)
        edit.older_wanted.connect(self._older)
        edit.newer_wanted.connect(self._newer)
        edit.answer_wanted.connect(self.answer)
        edit.looked_at.connect(self._looked_at)
        self.strip.question_row.chosen.connect(self.answer)
        self._pause.timeout.connect(self.show_draft)
        self._draft.changed.connect(lambda _: self.show_draft())
        desk.session.save_state_changed.connect(lambda _: self._saved())
        desk.toolbox.overlay_changed.connect(lambda _: self.show_overlay())
        desk.canvas.viewport_changed.connect(self._view_moved)
        desk.notation.changed.connect(lambda _: self.show_draft())
        desk.look.changed.connect(lambda _: self.show_draft())
        desk.session.document_changed.connect(lambda _: self._document_changed())
        desk.session.plot_changed.connect(lambda _: self._plot_changed())

    def _view_moved(self, _: object) -> None:
        if self._shapes:
            self._show_view(self._draft.view())

    def _plot_changed(self) -> None:
        """Say no longer what Enter did once it is undone."""
        plot = self._desk.session.document.plot
        if (
            self._done_uid
            and plot.report(self._done_uid) is None
            and (self._done_uid not in plot.marks)
            and (self._done_uid not in plot.log_lines)
        ):
            self._done_uid = self._note = ""
            self.show_draft()


def _bar_of(strip: LineStrip, title: str, window: QWidget) -> QToolBar:
    """Return the bar in which the strip has the whole width of the window."""
    bar = QToolBar(title, window)
    bar.setObjectName("plot_line_bar")
    bar.setMovable(False)
    bar.setFloatable(False)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.toggleViewAction().setVisible(False)
    bar.setStyleSheet("QToolBar { padding: 0; border: 0; }")
    bar.addWidget(strip)
    layout = bar.layout()
    if layout is not None:
        layout.setContentsMargins(0, 0, 0, 0)
    return bar


def _span_of(view: LineView) -> Span | None:
    """Return the piece that is at fault or asked about, None for none in particular."""
    if view.fault is not None:
        return view.fault.span
    return None if view.question is None else view.question.span


def _problem_of(view: LineView) -> tuple[object, ...] | None:
    """Return what tells one fault or question from another, None if there is none."""
    if view.fault is not None:
        return view.fault.code, view.fault.value
    return None if view.question is None else (view.question.code, view.question.piece)
