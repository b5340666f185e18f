"""A track being split: some of its reports tell of another boat."""

from channelplot.commands.claims import give_reports, split_track
from channelplot.commands.command import Command
from channelplot.document.session import Session
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.tools.boat_choice import BoatTarget, ChoiceFault
from channelplot.tools.chartwork import Chartwork
from channelplot.tools.regroup_draft import RegroupDraft


class SplitDraft(RegroupDraft):
    """The selected report and all later ones of its track, or the selected ones alone.

    is_from_here: which of the two; with several reports selected it begins with those alone.
    """

    def __init__(self, session: Session, chartwork: Chartwork) -> None:
        """Take what is open, and how boats are reckoned."""
        super().__init__(session, chartwork)
        self.is_from_here = True
        self._track_uid = ""
        self._uids: frozenset[str] = frozenset()

    @property
    def can_begin(self) -> bool:
        """Return whether reports of one track are selected."""
        return self._selected() is not None

    @property
    def track(self) -> Track | None:
        """Return the track that is split, None if it is gone."""
        return self.session.document.plot.tracks.get(self._track_uid)

    def reports(self) -> tuple[Report, ...]:
        """Return the reports that would go, in time order, as they stand in the plot."""
        return self.reports_if(is_from_here=self.is_from_here)

    def reports_if(self, *, is_from_here: bool) -> tuple[Report, ...]:
        """Return the reports that would go in one of the two ways."""
        track = self.track
        if track is None:
            return ()
        chosen = tuple(report for report in track.reports if report.uid in self._uids)
        if not is_from_here or not chosen:
            return chosen
        from_utc = chosen[0].observed_at_utc
        return tuple(r for r in track.reports if r.observed_at_utc >= from_utc)

    def choose(self, *, is_from_here: bool) -> None:
        """Choose which reports go and announce it."""
        self.is_from_here = is_from_here
        self._announce()

    def _take(self) -> None:
        found = self._selected()
        assert found is not None, "asked before"
        track, self._uids = found
        self._track_uid = track.uid
        self.is_from_here = len(self._uids) == 1

    def _selected(self) -> tuple[Track, frozenset[str]] | None:
        plot, selection = self.session.document.plot, self.session.selection
        track = selection.only_track(plot)
        if track is None:
            return None
        uids = frozenset(uid for uid in selection.uids if uid in track.report_index)
        is_all = all(uid in uids or plot.report(uid) is None for uid in selection.uids)
        return (track, uids) if uids and is_all else None

    def _chosen(self) -> object:
        return self._track_uid, self._uids, self.is_from_here

    def _target(self, plot: Plot) -> BoatTarget | ChoiceFault:
        return BoatTarget("", self.session.document.next_track_name(), is_new=True)

    def _command(self, target: BoatTarget) -> Command:
        track, going = self.track, self.reports()
        if track is None:
            raise CommandRefused(RefusalReason.NO_SUCH_TRACK, self._track_uid)
        if not going:
            raise CommandRefused(RefusalReason.NOTHING_CHOSEN)
        new_track, reason = self._new_track(track.craft), self.reason.strip()
        if self.is_from_here:
            return split_track(track.uid, going[0].observed_at_utc, new_track, reason)
        if len(going) == len(track.reports):
            raise CommandRefused(RefusalReason.NOTHING_TO_SPLIT, track.name)
        return give_reports([r.uid for r in going], None, new_track=new_track, reason=reason)
