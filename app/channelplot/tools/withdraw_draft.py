"""The withdrawal that an operator is preparing: what leaves the plot, and why if it is said."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from channelplot.commands.beaches import withdraw_beach
from channelplot.commands.command import Command
from channelplot.commands.marks import withdraw_mark
from channelplot.commands.people import PeopleLost, people_lost
from channelplot.commands.reports import withdraw_report
from channelplot.commands.required import with_those_merged_into
from channelplot.commands.together import together
from channelplot.commands.tracks import withdraw_track
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.model.beach import Beach, Mark
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.tools.questions import QuestionCode


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would be withdrawn. merged: tracks that go along with the one they were merged into.

    reports: those that are withdrawn by themselves, not with their track.
    """

    tracks: tuple[Track, ...] = ()
    merged: tuple[Track, ...] = ()
    reports: tuple[Report, ...] = ()
    beaches: tuple[Beach, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Return whether nothing is left of what was selected."""
        return not (self.tracks or self.reports or self.beaches or self.marks)


@dataclass
class WithdrawDraft:
    """What was selected when it began, and why. Announces changed when anything of it does."""

    session: Session
    uids: frozenset[str] = frozenset()
    why: str = ""
    changed: Notice[None] = field(default_factory=Notice[None])
    done: Notice[Leaving] = field(default_factory=Notice[Leaving])

    def __post_init__(self) -> None:
        """Follow the plot, and the selection while no reason is typed."""
        self.session.plot_changed.connect(lambda _: self.changed.announce(None))
        self.session.document_changed.connect(lambda _: self._take(frozenset()))
        self.session.selection.changed.connect(lambda _: self._follow_selection())

    def begin(self) -> bool:
        """Take up what is selected; False if there is nothing to withdraw."""
        self._take(self.session.selection.uids)
        return not self.leaving().is_nothing

    def edit(self, why: str) -> None:
        """Set the reason as typed and announce it."""
        self.why = why
        self.changed.announce(None)

    def clear(self) -> None:
        """Forget the reason."""
        self.edit("")

    @property
    def is_empty(self) -> bool:
        """Return whether no reason was typed."""
        return not self.why

    def leaving(self) -> Leaving:
        """Return what would be withdrawn, as it stands in the plot."""
        plot = self.session.document.plot
        tracks = [plot.tracks[uid] for uid in sorted(self.uids) if uid in plot.tracks]
        along = {
            uid
            for track in tracks
            for uid in with_those_merged_into(plot, track.uid)
            if uid != track.uid
        }
        reports = [r for uid in self.uids if (r := plot.report(uid)) is not None]
        return Leaving(
            tracks=tuple(track for track in tracks if track.uid not in along),
            merged=tuple(plot.tracks[uid] for uid in sorted(along)),
            reports=tuple(
                sorted((r for r in reports if r.track_uid not in self.uids), key=Report.time_order)
            ),
            beaches=tuple(plot.beaches[uid] for uid in sorted(self.uids) if uid in plot.beaches),
            marks=tuple(plot.marks[uid] for uid in sorted(self.uids) if uid in plot.marks),
        )

    def losing(self) -> PeopleLost:
        """Return who would no longer be looked for: to withdraw them a reason is needed."""
        plot, leaving = self.session.document.plot, self.leaving()
        after = plot
        for track in (*leaving.tracks, *leaving.merged):
            after = after.without_track(track.uid)
        for report in leaving.reports:
            after = after.without_report(report.uid)
        owners = [r.track_uid for r in leaving.reports if r.track_uid is not None]
        return people_lost(plot, after, (*(track.uid for track in leaving.tracks), *owners))

    @property
    def needs_reason(self) -> bool:
        """Return whether a reason has to be given, and none is yet."""
        return not self.why.strip() and not self.losing().is_nobody

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Withdraw it all as one act. Returns False if nothing is left to withdraw.

        Raises PeopleLeftOut without a reason that is needed; CommandRefused.
        """
        del answered  # nothing is asked
        leaving = self.leaving()
        if leaving.is_nothing:
            return False
        why = self.why.strip()
        self.session.document.apply(together("withdraw_several", [*_commands(leaving, why)], why))
        self._take(frozenset())
        self.done.announce(leaving)
        return True

    def _take(self, uids: frozenset[str]) -> None:
        self.uids = uids
        self.why = ""
        self.changed.announce(None)

    def _follow_selection(self) -> None:
        """Take up what else is selected while no reason is typed."""
        selection = self.session.selection
        if self.uids and self.is_empty and selection.is_chosen and selection.uids:
            self._take(selection.uids)


def _commands(leaving: Leaving, why: str) -> Iterator[Command]:
    for track in leaving.tracks:
        yield withdraw_track(track.uid, why)
    for report in leaving.reports:
        yield withdraw_report(report.uid, why)
    for beach in leaving.beaches:
        yield withdraw_beach(beach.uid, why)
    for mark in leaving.marks:
        yield withdraw_mark(mark.uid, why)
