"""What the drafts of regrouping share: reports that are given to another boat, shown before Enter.

A report is evidence and stays as it is; which boat it tells of is a claim, and these change it.
The three are in ``move_to_boat_draft.py``, ``split_draft.py`` and ``merge_draft.py``.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from channelplot.analysis.legs import Leg
from channelplot.analysis.regrouping import (
    ReckonedDifference,
    TrackDifference,
    crossings_reckoned_from,
    differences,
    reckoned_differences,
)
from channelplot.chart.overlay import DragLine, Ghost, Shape
from channelplot.commands.command import Command
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.errors import CommandRefused
from channelplot.model.codes import Craft
from channelplot.model.ids import new_uid
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.tools.boat_choice import BoatTarget, ChoiceFault
from channelplot.tools.chartwork import Chartwork
from channelplot.tools.questions import Question, QuestionCode, questions_about_leg


@dataclass(frozen=True, slots=True)
class Regrouping:
    """What goes where, and what that changes.

    reports: those that go, in time order. sources: the tracks they leave, as they are before.
    has_loose: some of them are no track's. target: where they go. differences: of every track
    touched, the target last. legs: those that join positions which were not next to each other,
    each with its two ends. left_empty: tracks that are left without reports. reckoned: those that
    are reckoned elsewhere at the time that answers are for. predicted: the crossings that stand in
    the log as predicted, reckoned for a track from reports that leave it.
    """

    reports: tuple[Report, ...]
    sources: tuple[Track, ...]
    has_loose: bool
    target: BoatTarget
    differences: tuple[TrackDifference, ...]
    new_legs: tuple[tuple[Leg, Report, Report], ...]
    reckoned: tuple[ReckonedDifference, ...] = ()
    predicted: tuple[PredictedCrossing, ...] = ()

    @property
    def left_empty(self) -> tuple[str, ...]:
        """Return the names of the tracks that are left without reports."""
        return tuple(
            one.after.name
            for one in self.differences
            if one.after is not None and one.after.reports == 0
        )


@dataclass(frozen=True, slots=True)
class RegroupReading:
    """How a draft is understood.

    regrouping: what would be done; else fault: why nothing is chosen, or refusal: why it is not
    allowed. is_unchanged: everything is there already.
    """

    regrouping: Regrouping | None = None
    fault: ChoiceFault | None = None
    refusal: CommandRefused | None = None
    is_unchanged: bool = False
    questions: tuple[Question, ...] = ()


class RegroupDraft(ABC):
    """Reports being given to another boat. Begins with what is selected.

    Announces changed when anything of it does, and done with the Regrouping once it is done.
    Follows the selection until something is typed or chosen.
    """

    def __init__(self, session: Session, chartwork: Chartwork) -> None:
        """Start with nothing taken up. chartwork: for what time craft are reckoned, and how."""
        self.session = session
        self.chartwork = chartwork
        self.text = ""
        self.reason = ""
        self.changed = Notice[None]()
        self.done = Notice[Regrouping]()
        self.is_active = False
        self._new_uid = new_uid()
        self._cached: tuple[Plot, object, RegroupReading] | None = None
        session.plot_changed.connect(lambda _: self._announce())
        session.document_changed.connect(lambda _: self.drop())
        session.selection.changed.connect(lambda _: self._follow_selection())
        chartwork.changed.connect(lambda _: self._reckon_anew())

    # Beginning and ending

    @property
    @abstractmethod
    def can_begin(self) -> bool:
        """Return whether something is selected that this can be done to."""

    @abstractmethod
    def reports(self) -> tuple[Report, ...]:
        """Return the reports that would go, in time order, as they stand in the plot."""

    def begin(self) -> bool:
        """Take up what is selected; False if there is nothing to do with it."""
        if not self.can_begin:
            return False
        self.is_active = True
        self._take()
        self.clear()
        return True

    def clear(self) -> None:
        """Forget what was typed, not what was taken up."""
        self.text = self.reason = ""
        self._announce()

    def drop(self) -> None:
        """End: nothing is taken up any more."""
        if self.is_active:
            self.is_active = False
            self.text = self.reason = ""
            self._cached = None
            self.changed.announce(None)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was typed."""
        return not (self.text or self.reason)

    def edit(self, *, text: str | None = None, reason: str | None = None) -> None:
        """Set what is given, as typed, and announce it."""
        self.text = self.text if text is None else text
        self.reason = self.reason if reason is None else reason
        self._announce()

    # What it would do

    def reading(self) -> RegroupReading:
        """Return how it is understood now."""
        plot = self.session.document.plot
        minute_utc = self.chartwork.at_utc.replace(second=0, microsecond=0)
        key = (self._chosen(), self.text, bool(self.reason.strip()), minute_utc)
        if self._cached is None or self._cached[0] is not plot or self._cached[1] != key:
            self._cached = plot, key, self._reading(plot)
        return self._cached[2]

    def shapes(self) -> tuple[Shape, ...]:
        """Return what shows on the chart what would be done: the new legs, the reports that go."""
        regrouping = self.reading().regrouping if self.is_active else None
        if regrouping is None:
            return ()
        lines = [
            DragLine(start.position, end.position)
            for _, start, end in regrouping.new_legs
            if start.position is not None and end.position is not None
        ]
        ghosts = [Ghost(r.position) for r in regrouping.reports if r.position is not None]
        return (*lines, *ghosts)

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Do it with one act. Returns False, doing nothing, if it can't be done.

        Raises CommandRefused.
        """
        reading = self.reading()
        regrouping = reading.regrouping
        if regrouping is None or {each.code for each in reading.questions} - answered:
            return False
        selection = self.session.selection
        self.session.document.apply(self._command(regrouping.target))
        selection.set(self._stays_selected(regrouping), is_chosen=selection.is_chosen)
        self.drop()
        self._new_uid = new_uid()
        self.done.announce(regrouping)
        return True

    # What each of the three says for itself

    @abstractmethod
    def _take(self) -> None:
        """Take up what is selected."""

    @abstractmethod
    def _chosen(self) -> object:
        """Return what was taken up and chosen besides the text: equal while it is the same."""

    @abstractmethod
    def _target(self, plot: Plot) -> BoatTarget | ChoiceFault:
        """Return where the reports go."""

    @abstractmethod
    def _command(self, target: BoatTarget) -> Command:
        """Return the command that does it. Raises CommandRefused."""

    def _stays_selected(self, regrouping: Regrouping) -> frozenset[str]:
        """Return what is selected once it is done: what was before, unless one overrides this."""
        return self.session.selection.uids

    def _sources(self, plot: Plot, target_uid: str | None) -> tuple[Track, ...]:
        """Return the tracks that reports leave, or that end."""
        left = dict.fromkeys(r.track_uid for r in self.reports() if r.track_uid != target_uid)
        return tuple(plot.tracks[uid] for uid in left if uid is not None)

    # Shared

    def _new_track(self, craft: Craft) -> Track:
        """Return the track of a new boat, with the next free letter."""
        document = self.session.document
        return Track(
            uid=self._new_uid,
            name=document.next_track_name(),
            craft=craft,
            created_at_utc=self.session.clock(),
            created_by=document.operator,
        )

    def _reading(self, plot: Plot) -> RegroupReading:
        target = self._target(plot)
        if isinstance(target, ChoiceFault):
            return RegroupReading(fault=target)
        try:
            after = self._command(target).edit(plot)
        except CommandRefused as refusal:
            return RegroupReading(refusal=refusal)
        if after is plot:
            return RegroupReading(is_unchanged=True)
        regrouping = self._regrouping(target, plot, after)
        return RegroupReading(regrouping, questions=_questions(regrouping, after))

    def _regrouping(self, target: BoatTarget, plot: Plot, after: Plot) -> Regrouping:
        target_uid = self._new_uid if target.is_new else target.track_uid
        going = tuple(r for r in self.reports() if r.track_uid != target_uid)
        sources = self._sources(plot, target_uid)
        touched = [*(track.uid for track in sources), *([target_uid] if target_uid else [])]
        found = differences(plot, after, touched)
        legs = []
        for one in found:
            by_uid = {report.uid: report for report in after.tracks[one.track_uid].fixes}
            legs += [(leg, by_uid[leg.from_uid], by_uid[leg.to_uid]) for leg in one.new_legs]
        going_uids = [report.uid for report in going]
        left = [track.uid for track in sources if after.tracks[track.uid].same_as_uid is None]
        return Regrouping(
            reports=going,
            sources=sources,
            has_loose=any(report.track_uid is None for report in going),
            target=target,
            differences=found,
            new_legs=tuple(legs),
            reckoned=reckoned_differences(
                plot, after, touched, self.chartwork.at_utc, self.chartwork.supposition
            ),
            predicted=crossings_reckoned_from(plot, going_uids, left),
        )

    def _follow_selection(self) -> None:
        """Take up what else is selected, until something is typed."""
        is_free = self.is_active and self.is_empty and self.session.selection.is_chosen
        if is_free and self.can_begin:
            self._take()
            self._announce()

    def _reckon_anew(self) -> None:
        """Show it for another time, or with other suppositions."""
        self._cached = None
        self._announce()

    def _announce(self) -> None:
        if self.is_active:
            self.changed.announce(None)


def _questions(regrouping: Regrouping, after: Plot) -> tuple[Question, ...]:
    """Return the question about the fastest leg that would be made, if no such craft makes it."""
    found = [
        question
        for leg, _, end in regrouping.new_legs
        for question in questions_about_leg(leg, after.tracks[end.track_uid or ""].craft)
    ]
    return tuple(sorted(found, key=lambda question: question.value)[-1:])
