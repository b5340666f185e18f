"""The line an operator is typing: how it is read, where it goes, plotting it with one act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from channelplot.analysis.callers import same_caller
from channelplot.analysis.legs import Leg
from channelplot.analysis.same_boat import Comparison
from channelplot.analysis.whose_waters import WhoseWaters
from channelplot.commands.command import Command
from channelplot.commands.marks import code_refusal
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.model.beach import Mark
from channelplot.model.codes import BoatType, Craft, ReportKind, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.reading.names import survivor
from channelplot.reading.values import (
    CallerReading,
    Choice,
    Claim,
    Fault,
    FaultCode,
    Field,
    LineReading,
    QuestionCode,
    Span,
    Target,
    TargetKind,
    TimeForm,
)
from channelplot.tools.completion import Completion, completions_of
from channelplot.tools.leg_to import LegTo, leg_to
from channelplot.tools.likely_boats import LikelyBoats
from channelplot.tools.line_acts import (
    boat_type_of,
    log_act,
    mark_act,
    report_act,
    report_of,
    start_of_track,
)
from channelplot.tools.line_reader import LineReader
from channelplot.tools.line_suggestions import (
    JOINABLE,
    Insertion,
    LineFit,
    fit_of_line,
    joining,
    questions_about_boat,
)
from channelplot.tools.nearest import NearestMark, nearest_mark
from channelplot.tools.questions import (
    Question,
    questions_about_leg,
    questions_about_mark,
    questions_about_position,
    questions_about_repeat,
    questions_about_time,
)
from channelplot.tools.questions import QuestionCode as DoubtCode
from channelplot.tools.told_adrift import change_told
from channelplot.tools.waters import WatersOfPlot

MOST_RECALLED = 50
_READER_ASKS = frozenset({DoubtCode.IN_THE_FUTURE, DoubtCode.OUTSIDE_AREA})


@dataclass(frozen=True, slots=True)
class LineQuestion:
    """The question that is open: a QuestionCode of the reader's or of questions.py, as text.

    value: its measure, see ``tools.questions.Question``; piece: that part of the line; choices:
    what can be chosen, numbered from 1, None for "all the same".
    """

    code: str
    value: float
    piece: str
    span: Span | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """Everything the read-back shows.

    track_name: where the report goes, "" for no track. leg: from the track's last fix before
    it. nearest: which mark is nearest. waters: whose they are, None until that is known. fit: how
    it fits the boats by the same-boat test. status: which the report gives its track. fault,
    question: the first that stands in the way. called_before: the reports of the plot by the line's
    caller, the latest first; for "the same phone as" that one too.
    """

    line: LineReading
    track_name: str = ""
    track: Track | None = None
    is_new_track: bool = False
    craft: Craft | None = None
    leg: Leg | None = None
    leg_from_utc: datetime | None = None
    nearest: NearestMark | None = None
    waters: WhoseWaters | None = None
    fit: LineFit = field(default_factory=LineFit)
    status: TrackStatus | None = None
    called_before: tuple[CallerReading, ...] = ()
    fault: Fault | None = None
    question: LineQuestion | None = None

    @property
    def boat_type(self) -> BoatType | None:
        """Return what the boat of the report is said to look like, None where it has no boat."""
        return boat_type_of(self.line, self.craft)

    @property
    def can_commit(self) -> bool:
        """Return whether Enter plots it."""
        return self.fault is None and self.question is None

    @property
    def suggested(self) -> Comparison | None:
        """Return the boat that the report may well be of, though it would not go to it."""
        if self.fit.better is not None:
            return self.fit.better
        best = next(iter(self.fit.suggestions), None)
        return best if best is not None and best.fit in JOINABLE else None


@dataclass
class LineDraft:
    """The line being typed. Announces changed when the line or how it is read does.

    inland_distance_m: returns how far a position lies inside the charted coast, 0 at sea. boats:
    what a line is compared with; None for no comparison. waters: whose they are. done_uid: the
    report, mark or line of the log that Enter made last.
    """

    session: Session
    reader: LineReader
    inland_distance_m: Callable[[Position], float]
    boats: LikelyBoats | None = None
    waters: WatersOfPlot | None = None
    text: str = ""
    changed: Notice[None] = field(default_factory=Notice[None])
    recall: tuple[str, ...] = ()
    done_uid: str = ""
    _answers: dict[tuple[QuestionCode, Span], int] = field(default_factory=dict)
    _accepted: set[DoubtCode] = field(default_factory=set)
    _is_another_boat: bool = False
    _answered_at_utc: datetime | None = None
    _recall_at: int = 0
    _last_line: str = ""
    _unrecalled: str = ""
    _chosen_track: str | None = None
    _default_track: str | None = None
    _cached_view: tuple[object, LineView] | None = None
    _cached_calls: tuple[Plot, str, tuple[CallerReading, ...]] | None = None

    def __post_init__(self) -> None:
        """Follow what is chosen on the chart, while nothing has been typed."""
        self.session.selection.changed.connect(lambda _: self._follow_selection())
        self.session.document_changed.connect(lambda _: self._other_plot())
        self.session.plot_changed.connect(lambda _: self._plot_changed())
        self.reader.changed.connect(lambda _: self._announce())
        if self.waters is not None:
            self.waters.changed.connect(lambda _: self._announce())

    # What is typed

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed."""
        return not self.text.strip()

    def edit(self, text: str) -> None:
        """Take what stands in the line now; answers to another text are forgotten."""
        if text != self.text:
            self._answers.clear()
            self._accepted.clear()
            self._is_another_boat = False
            self._answered_at_utc = None
            if not self.text.strip():
                self._default_track = self._chosen_track
        self.text = text
        self._announce()

    def clear(self) -> None:
        """Start over."""
        self._recall_at = len(self.recall)
        self.edit("")
        self._default_track = self._chosen_track

    # Recall

    def remember(self, lines: Sequence[str]) -> None:
        """Take lines of before for Up and Down, the latest last."""
        self.recall = tuple(lines)[-MOST_RECALLED:]
        self._recall_at = len(self.recall)

    def older(self) -> bool:
        """Put the line before in place of the text; False if there is none."""
        if self._recall_at == 0:
            return False
        if self._recall_at == len(self.recall):
            self._unrecalled = self.text
        self._recall_at -= 1
        self.edit(self.recall[self._recall_at])
        return True

    def newer(self) -> bool:
        """Put the line after in place of the text, at last what was being typed."""
        if self._recall_at >= len(self.recall):
            return False
        self._recall_at += 1
        is_last = self._recall_at == len(self.recall)
        self.edit(self._unrecalled if is_last else self.recall[self._recall_at])
        return True

    # How it is read

    def view(self) -> LineView:
        """Return how the line is understood now."""
        now_utc = self.session.clock()
        minute = now_utc.replace(second=0, microsecond=0)
        plot = self.session.document.plot
        key = (
            self.text,
            tuple(self._answers.items()),
            frozenset(self._accepted),
            self._is_another_boat,
            minute,
            self.reader.key(),
            self._default_track,
            None if self.waters is None else self.waters.chart,
        )
        if self._cached_view is None or self._cached_view[0] != key:
            self._cached_view = key, self._with_waters(self._view(plot))
        return self._cached_view[1]

    def choose(self, number: int) -> bool:
        """Answer the open question with its choice of that number, from 1.

        Returns False, doing nothing, if there is no such choice.
        """
        question = self.view().question
        if question is None or not 1 <= number <= len(question.choices):
            return False
        if question.code in set(DoubtCode) and question.code not in {
            each.code for each in self.view().line.questions
        }:
            answer = question.choices[number - 1]
            if isinstance(answer, Target) and answer.kind is TargetKind.NEW:
                self._is_another_boat = True
            else:
                self._accepted.add(DoubtCode(question.code))
        else:
            # The choices were offered by this clock: by another, others might be.
            if self._answered_at_utc is None:
                self._answered_at_utc = self.session.clock()
            first = self.view().line.questions[0]
            self._answers[first.code, first.span] = number - 1
        self._announce()
        return True

    def joining_suggested(self) -> Insertion | None:
        """Return what has to be typed for the report to go to the suggested boat, if there is one.

        It is typed, and may be taken back: nothing joins by itself.
        """
        view = self.view()
        suggested = view.suggested
        return None if suggested is None else joining(view.line, suggested.track.name)

    def completions(self, caret: int) -> tuple[Completion, ...]:
        """Return names that what stands before the caret may become."""
        gazetteer = self.reader.context().names.gazetteer
        return completions_of(
            self.text, caret, gazetteer, self.session.document.plot.tracks.values()
        )

    def commit(self) -> bool:
        """Plot the line with one act and empty it. Returns False, doing nothing, if it can't be.

        Raises CommandRefused.
        """
        if self.is_empty:
            return False
        shown, now_utc = self.view(), self.session.clock()
        view = self._view(self.session.document.plot)
        if not view.can_commit or not _is_as_shown(view, shown):
            self._cached_view = None
            self._announce()
            return False
        command, uid = self._act(view, now_utc)
        self.session.document.apply(command)
        self.done_uid = uid
        line = self.text
        self._last_line = line.strip()
        self.remember([*(each for each in self.recall if each != line), line])
        if view.line.log is None:
            # Selected by the program: the next boat must not join this one.
            self.session.selection.set(frozenset({uid}), is_chosen=False)
        self.clear()
        return True

    # Acts

    def _act(self, view: LineView, now_utc: datetime) -> tuple[Command, str]:
        """Return what Enter does, and the uid of what it makes."""
        line, plot = view.line, self.session.document.plot
        operator = self.session.document.operator
        if line.log is not None:
            return log_act(line, view.track, now_utc, operator)
        if line.mark is not None:
            return mark_act(line, self._mark_called(line.mark.code, plot), plot, operator)
        if not view.is_new_track:
            return report_act(line, view.track, None, now_utc, operator)
        track = self._start(view, now_utc)
        return report_act(line, track, track, now_utc, operator)

    def _start(self, view: LineView, now_utc: datetime) -> Track:
        """Return the new track that a line starts."""
        craft = view.craft or Craft.SMALL_BOAT
        operator = self.session.document.operator
        return start_of_track(view.line, view.track_name, craft, now_utc, operator)

    def _mark_called(self, code: str, plot: Plot) -> Mark | None:
        """Return the plot's mark of a code, else the register's, which it will stand for."""
        others = (mark for mark in self.reader.marks if mark.uid not in plot.marks)
        for mark in (*plot.marks.values(), *others):
            if mark.code.upper() == code:
                return mark
        return None

    # Reading

    def _view(self, plot: Plot) -> LineView:
        chosen = self._default(plot)
        line = self.reader.line(self.text, self._answers, self._answered_at_utc, chosen)
        if self.is_empty:
            empty = Fault(FaultCode.EMPTY, Field.LINE, Span(0, len(self.text)))
            return LineView(replace(line, questions=()), fault=empty)
        if self._is_another_boat:
            line = replace(line, target=Target(TargetKind.NEW, span=line.target.span))
        fault = line.faults[0] if line.faults else None
        nearest = None
        if line.position is not None:
            marks = self.reader.context().names.gazetteer.marks
            nearest = nearest_mark(marks, line.position.position)
        if line.mark is not None:
            found = fault or self._mark_fault(line, plot)
            doubts = [] if found else self._mark_doubts(line, plot)
            question = None if found else self._question(line, doubts)
            return LineView(line, nearest=nearest, fault=found, question=question)
        if line.log is not None:
            track = plot.tracks.get(line.target.track_uid or "")
            return LineView(line, line.target.name, track, fault=fault)
        track, is_new, name, craft = self._goes_to(line, plot)
        leg = self._leg(line, track)
        fit = LineFit()
        if fault is None and self.boats is not None:
            fit = fit_of_line(line, track, craft, self.boats)
        doubts = [] if fault else self._doubts(line, leg, craft, fit.own)
        view = LineView(
            line=line,
            track_name=name,
            track=track,
            is_new_track=is_new,
            craft=craft,
            leg=leg.leg if leg else None,
            leg_from_utc=leg.from_utc if leg else None,
            nearest=nearest,
            called_before=self._called_before(line.caller, plot),
            fit=fit,
            fault=fault,
            question=None if fault else self._question(line, doubts, track),
        )
        return view if fault else replace(view, status=self._status(view))

    def _status(self, view: LineView) -> TrackStatus | None:
        """Return the status that the report gives the track it goes to, None for none."""
        if view.line.speed_kn is None:
            return None
        now_utc = self.session.clock()
        track = self._start(view, now_utc) if view.is_new_track else view.track
        told = report_of(view.line, track, now_utc, self.session.document.operator)
        change = change_told(track, told)
        return None if change is None else change.status

    def _with_waters(self, view: LineView) -> LineView:
        """Return the view with whose waters its position is in, once the coast is there."""
        reading = view.line.position
        if reading is None or self.waters is None or not self.waters.has_coast:
            return view
        return replace(view, waters=self.waters.chart.whose(reading.position))

    def _question(
        self, line: LineReading, doubts: Sequence[Question], track: Track | None = None
    ) -> LineQuestion | None:
        if line.questions:
            first = line.questions[0]
            piece = line.text[first.span.start : first.span.end]
            span = first.span if first.span.start < first.span.end else None
            return LineQuestion(first.code.value, 0.0, piece, span, first.choices)
        for doubt in doubts:
            span = _place_of(doubt.code, line.claims)
            piece = line.text[span.start : span.end] if span else ""
            choices: tuple[Choice, ...] = (None,)
            if doubt.code is DoubtCode.NOT_SAME_BOAT and track is not None:
                own = Target(TargetKind.TRACK, track.uid, track.name, span=line.target.span)
                choices = (own, Target(TargetKind.NEW, span=line.target.span))
            return LineQuestion(doubt.code.value, doubt.value, piece, span, choices)
        return None

    def _doubts(
        self,
        line: LineReading,
        leg: LegTo | None,
        craft: Craft | None,
        own: Comparison | None,
    ) -> list[Question]:
        """Return what is doubtful and not yet accepted. What the reader asks is not asked again."""
        is_again = bool(self._last_line) and self.text.strip() == self._last_line
        doubts = [
            *questions_about_repeat(is_again),
            *questions_about_time(line.time.at_utc, self.session.clock()),
        ]
        if line.position is not None:
            doubts += questions_about_position(
                line.position.position, line.kind, self.inland_distance_m
            )
        about_leg = questions_about_leg(leg.leg, craft or Craft.SMALL_BOAT) if leg else ()
        is_said = line.target.kind is not TargetKind.UNSAID
        doubts += questions_about_boat(own, about_leg, is_said=is_said)
        return [d for d in doubts if d.code not in self._accepted | _READER_ASKS]

    def _goes_to(
        self, line: LineReading, plot: Plot
    ) -> tuple[Track | None, bool, str, Craft | None]:
        """Return the track a report goes to; whether it is new; its name and craft."""
        target = line.target
        if target.kind is TargetKind.TRACK:
            track = plot.tracks.get(target.track_uid or "")
            return track, False, target.name, track.craft if track else None
        if target.kind is TargetKind.NONE:
            return None, False, "", None
        if target.kind is TargetKind.UNSAID:
            track = self._default(plot)
            if track is not None:
                return track, False, track.name, track.craft
            if line.kind is not ReportKind.POSITION:
                return None, False, "", None  # what happens ashore starts no boat by itself
        name = target.name or self.session.document.next_track_name()
        return None, True, name, line.craft or Craft.SMALL_BOAT

    def _default(self, plot: Plot) -> Track | None:
        """Return the track that a person chose, of a merged one the other, None for none."""
        track = plot.tracks.get(self._default_track or "")
        return None if track is None else survivor(track, plot.tracks)

    def _called_before(self, caller: str, plot: Plot) -> tuple[CallerReading, ...]:
        """Return the reports by a caller, the latest first; looked for once for each plot."""
        known = self._cached_calls
        if known is None or known[0] is not plot or known[1] != caller:
            calls = tuple(
                CallerReading(
                    report.caller,
                    report.observed_at_utc,
                    plot.tracks[report.track_uid].name if report.track_uid else "",
                )
                for report in reversed(same_caller(plot, caller))
            )
            self._cached_calls = known = plot, caller, calls
        return known[2]

    @staticmethod
    def _leg(line: LineReading, track: Track | None) -> LegTo | None:
        is_fix = line.position is not None and line.kind is ReportKind.POSITION
        if track is None or line.position is None or not is_fix:
            return None
        return leg_to(track, line.position.position, line.time.at_utc)

    def _mark_doubts(self, line: LineReading, plot: Plot) -> list[Question]:
        """Return the question about a mark that the line would put far from where it is."""
        before = self._mark_called(line.mark.code, plot) if line.mark else None
        if before is None or line.position is None:
            return []
        moved_m = distance_m(before.position, line.position.position)
        doubts = questions_about_mark(moved_m)
        return [doubt for doubt in doubts if doubt.code not in self._accepted]

    def _mark_fault(self, line: LineReading, plot: Plot) -> Fault | None:
        assert line.mark is not None, "the line is about a mark"
        code = line.mark.code
        before = self._mark_called(code, plot)
        uid = before.uid if before else ""
        if code_refusal(plot, uid, code) is None:
            return None
        return Fault(FaultCode.NAME_TAKEN, Field.MARK, line.claims[0].span, code)

    # Following

    def _follow_selection(self) -> None:
        selection = self.session.selection
        if not selection.is_chosen:
            return
        track = selection.only_track(self.session.document.plot)
        self._chosen_track = track.uid if track is not None else None
        if self.is_empty:
            self._default_track = self._chosen_track

    def _plot_changed(self) -> None:
        """Follow a report that was chosen to the boat it was given to."""
        self._follow_selection()
        self._announce()

    def _other_plot(self) -> None:
        """Forget what was of the plot before; a copy that is gone on with holds the last line."""
        self._chosen_track = self._default_track = None
        plot, uid = self.session.document.plot, self.done_uid
        is_there = uid and (plot.report(uid) or uid in plot.marks or uid in plot.log_lines)
        if not is_there:
            self._last_line = ""
        self.clear()

    def _announce(self) -> None:
        self.changed.announce(None)


def _is_as_shown(view: LineView, shown: LineView) -> bool:
    """Return whether a line is read as it was shown, but for a time that runs with the clock."""
    is_running = view.line.time.form in {TimeForm.UNSAID, TimeForm.NOW, TimeForm.AGO}
    return (
        view.line.position == shown.line.position
        and (is_running or view.line.time == shown.line.time)
        and view.line.people == shown.line.people
        and view.line.caller == shown.line.caller
        and view.called_before == shown.called_before
        and view.track == shown.track
        and view.track_name == shown.track_name
        and view.status == shown.status
    )


def _place_of(code: DoubtCode, claims: Sequence[Claim]) -> Span | None:
    """Return the place in the line that a doubt is about, None if it can't be told."""
    is_time = code in {DoubtCode.IN_THE_FUTURE, DoubtCode.LONG_AGO}
    wanted = Field.TIME if is_time else Field.POSITION
    return next((claim.span for claim in claims if claim.field is wanted), None)
