"""The line an operator is typing: how it is read, where it goes, plotting it with one act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from channelplot.analysis.legs import Leg
from channelplot.commands.command import Command
from channelplot.commands.marks import add_mark, amend_mark, code_refusal
from channelplot.commands.reports import add_report
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.model.beach import Mark
from channelplot.model.codes import Craft, MarkKind, ReportKind
from channelplot.model.ids import new_uid
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.reading.values import (
    Choice,
    Claim,
    Fault,
    FaultCode,
    Field,
    LineReading,
    QuestionCode,
    Span,
    TargetKind,
    TimeForm,
)
from channelplot.tools.completion import Completion, completions_of
from channelplot.tools.leg_to import LegTo, leg_to
from channelplot.tools.line_reader import LineReader
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
    it. nearest: which mark is nearest. fault, question: the first that stands in the way.
    """

    line: LineReading
    track_name: str = ""
    track: Track | None = None
    is_new_track: bool = False
    craft: Craft | None = None
    leg: Leg | None = None
    leg_from_utc: datetime | None = None
    nearest: NearestMark | None = None
    fault: Fault | None = None
    question: LineQuestion | None = None

    @property
    def can_commit(self) -> bool:
        """Return whether Enter plots it."""
        return self.fault is None and self.question is None


@dataclass
class LineDraft:
    """The line being typed. Announces changed when the line or how it is read does.

    inland_distance_m: returns how far a position lies inside the charted coast, 0 at sea.
    """

    session: Session
    reader: LineReader
    inland_distance_m: Callable[[Position], float]
    text: str = ""
    changed: Notice[None] = field(default_factory=Notice[None])
    recall: tuple[str, ...] = ()
    _answers: dict[tuple[QuestionCode, Span], int] = field(default_factory=dict)
    _accepted: set[DoubtCode] = field(default_factory=set)
    _answered_at_utc: datetime | None = None
    _recall_at: int = 0
    _last_line: str = ""
    _unrecalled: str = ""
    _chosen_track: str | None = None
    _default_track: str | None = None
    _cached_view: tuple[object, LineView] | None = None

    def __post_init__(self) -> None:
        """Follow what is chosen on the chart, while nothing has been typed."""
        self.session.selection.changed.connect(lambda _: self._follow_selection())
        self.session.document_changed.connect(lambda _: self._other_plot())
        self.session.plot_changed.connect(lambda _: self._announce())
        self.reader.changed.connect(lambda _: self._announce())

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
            minute,
            self.reader.key(),
            self._default_track,
        )
        if self._cached_view is None or self._cached_view[0] != key:
            self._cached_view = key, self._view(plot)
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
            self._accepted.add(DoubtCode(question.code))
        else:
            # The choices were offered by this clock: by another, others might be.
            if self._answered_at_utc is None:
                self._answered_at_utc = self.session.clock()
            first = self.view().line.questions[0]
            self._answers[first.code, first.span] = number - 1
        self._announce()
        return True

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
        command, uid = self._mark_act(view) if view.line.mark else self._report_act(view, now_utc)
        self.session.document.apply(command)
        line = self.text
        self._last_line = line.strip()
        self.remember([*(each for each in self.recall if each != line), line])
        # What is selected now was selected by the program: the next boat must not join this one.
        self.session.selection.set(frozenset({uid}), is_chosen=False)
        self.clear()
        return True

    # Acts

    def _report_act(self, view: LineView, now_utc: datetime) -> tuple[Command, str]:
        line, document = view.line, self.session.document
        new_track = None
        track_uid = view.track.uid if view.track is not None else None
        if view.is_new_track:
            new_track = Track(
                uid=new_uid(),
                name=view.track_name,
                craft=view.craft or Craft.SMALL_BOAT,
                created_at_utc=now_utc,
                created_by=document.operator,
            )
            track_uid = new_track.uid
        position = line.position
        report = Report(
            uid=new_uid(),
            kind=line.kind,
            observed_at_utc=line.time.at_utc,
            received_at_utc=line.received.at_utc if line.received else now_utc,
            logged_at_utc=now_utc,
            track_uid=track_uid,
            position=position.position if position else None,
            position_form=position.form if position else None,
            error_m=position.error_m if position else None,
            as_received=line.text.strip(),
            source=line.source,
            source_name=line.source_name,
            grade=line.grade,
            course_deg=line.course_deg,
            speed_kn=line.speed_kn,
            people=line.people,
            logged_by=document.operator,
        )
        return add_report(report, new_track), report.uid

    def _mark_act(self, view: LineView) -> tuple[Command, str]:
        said, position = view.line.mark, view.line.position
        assert said is not None, "the line is about a mark"
        assert position is not None, "a mark has a place"
        plot = self.session.document.plot
        before = self._mark_called(said.code, plot)
        mark = Mark(
            uid=new_uid() if before is None else before.uid,
            code=said.code,
            name=said.name if said.name != said.code or before is None else before.name,
            kind=MarkKind.OTHER.value if before is None else before.kind,
            position=position.position,
            error_m=position.error_m,
            source=self.session.document.operator,
        )
        act = amend_mark if mark.uid in plot.marks else add_mark
        return act(mark), mark.uid

    def _mark_called(self, code: str, plot: Plot) -> Mark | None:
        """Return the plot's mark of a code, else the register's, which it will stand for."""
        others = (mark for mark in self.reader.marks if mark.uid not in plot.marks)
        for mark in (*plot.marks.values(), *others):
            if mark.code.upper() == code:
                return mark
        return None

    # Reading

    def _view(self, plot: Plot) -> LineView:
        line = self.reader.line(self.text, self._answers, self._answered_at_utc)
        if self.is_empty:
            empty = Fault(FaultCode.EMPTY, Field.LINE, Span(0, len(self.text)))
            return LineView(replace(line, questions=()), fault=empty)
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
        track, is_new, name, craft = self._goes_to(line, plot)
        leg = self._leg(line, track)
        doubts = [] if fault else self._doubts(line, leg, craft)
        return LineView(
            line=line,
            track_name=name,
            track=track,
            is_new_track=is_new,
            craft=craft,
            leg=leg.leg if leg else None,
            leg_from_utc=leg.from_utc if leg else None,
            nearest=nearest,
            fault=fault,
            question=None if fault else self._question(line, doubts),
        )

    def _question(self, line: LineReading, doubts: Sequence[Question]) -> LineQuestion | None:
        if line.questions:
            first = line.questions[0]
            piece = line.text[first.span.start : first.span.end]
            span = first.span if first.span.start < first.span.end else None
            return LineQuestion(first.code.value, 0.0, piece, span, first.choices)
        for doubt in doubts:
            span = _place_of(doubt.code, line.claims)
            piece = line.text[span.start : span.end] if span else ""
            return LineQuestion(doubt.code.value, doubt.value, piece, span, (None,))
        return None

    def _doubts(self, line: LineReading, leg: LegTo | None, craft: Craft | None) -> list[Question]:
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
        if leg is not None:
            doubts += questions_about_leg(leg.leg, craft or Craft.SMALL_BOAT)
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
            track = plot.tracks.get(self._default_track or "")
            if track is not None:
                return track, False, track.name, track.craft
            if line.kind is not ReportKind.POSITION:
                return None, False, "", None  # what happens ashore starts no boat by itself
        name = target.name or self.session.document.next_track_name()
        return None, True, name, line.craft or Craft.SMALL_BOAT

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

    def _other_plot(self) -> None:
        self._chosen_track = self._default_track = None
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
        and view.track == shown.track
        and view.track_name == shown.track_name
    )


def _place_of(code: DoubtCode, claims: Sequence[Claim]) -> Span | None:
    """Return the place in the line that a doubt is about, None if it can't be told."""
    is_time = code in {DoubtCode.IN_THE_FUTURE, DoubtCode.LONG_AGO}
    wanted = Field.TIME if is_time else Field.POSITION
    return next((claim.span for claim in claims if claim.field is wanted), None)
