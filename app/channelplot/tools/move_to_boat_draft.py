"""Reports being moved to another boat, to a new one or to none."""

from dataclasses import dataclass

from channelplot.analysis.same_boat import Comparison
from channelplot.commands.claims import give_reports
from channelplot.commands.command import Command
from channelplot.document.session import Session
from channelplot.model.codes import Craft
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.tools.boat_choice import (
    NEW_KEY,
    NONE_KEY,
    BoatTarget,
    ChoiceFault,
    chosen_target,
    ranked_targets,
)
from channelplot.tools.chartwork import Chartwork
from channelplot.tools.likely_boats import LikelyBoats
from channelplot.tools.regroup_draft import RegroupDraft


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was taken up, as it stands in a plot, and how it fits the boats there."""

    plot: Plot
    uids: frozenset[str]
    reports: tuple[Report, ...]
    comparisons: tuple[Comparison, ...]
    same_phone: frozenset[str]


class MoveToBoatDraft(RegroupDraft):
    """The selected reports, going to the boat that the text picks: a key or a name."""

    def __init__(self, session: Session, boats: LikelyBoats, chartwork: Chartwork) -> None:
        """Take what is open, what ranks its boats, and how they are reckoned."""
        super().__init__(session, chartwork)
        self._boats = boats
        self._uids: frozenset[str] = frozenset()
        self._known: _Taken | None = None

    @property
    def can_begin(self) -> bool:
        """Return whether reports are selected, or a boat that has one alone."""
        plot, selection = self.session.document.plot, self.session.selection
        if any(plot.report(uid) is not None for uid in selection.uids):
            return True
        track = selection.only_track(plot)
        return track is not None and len(track.reports) == 1

    def reports(self) -> tuple[Report, ...]:
        """Return the reports that would go, in time order, as they stand in the plot."""
        return self._taken().reports

    def targets(self) -> tuple[BoatTarget, ...]:
        """Return where they can go: the open boats that have reports; a new boat; no boat.

        The boats of the same telephone come first, then the likeliest.
        """
        plot, taken = self.session.document.plot, self._taken()
        owners = {report.track_uid for report in taken.reports}
        left_out = frozenset(uid for uid in owners if uid is not None and len(owners) == 1)
        boats = [t for t in plot.tracks.values() if t.has_people and t.reports and not t.is_closed]
        listed = [
            *ranked_targets(taken.comparisons, boats, left_out, taken.same_phone),
            BoatTarget(NEW_KEY, self.session.document.next_track_name(), is_new=True),
        ]
        if owners != {None}:
            listed.append(BoatTarget(NONE_KEY))
        return tuple(listed)

    def _take(self) -> None:
        plot, selection = self.session.document.plot, self.session.selection
        self._uids = frozenset(uid for uid in selection.uids if plot.report(uid) is not None)
        track = selection.only_track(plot)
        if not self._uids and track is not None:
            self._uids = frozenset(report.uid for report in track.reports)

    def _chosen(self) -> object:
        return self._uids

    def _taken(self) -> _Taken:
        plot, known = self.session.document.plot, self._known
        if known is None or known.plot is not plot or known.uids != self._uids:
            found = [report for uid in self._uids if (report := plot.report(uid)) is not None]
            reports = tuple(sorted(found, key=Report.time_order))
            ranked = self._boats.ranked_for(reports)
            phones = self._boats.tracks_of_phones(reports)
            self._known = known = _Taken(plot, self._uids, reports, ranked, phones)
        return known

    def _target(self, plot: Plot) -> BoatTarget | ChoiceFault:
        compared = {one.track.uid: one for one in self._taken().comparisons}
        return chosen_target(self.text, self.targets(), compared, plot)

    def _command(self, target: BoatTarget) -> Command:
        new_track = self._new_track(self._craft()) if target.is_new else None
        uids = [report.uid for report in self.reports()]
        return give_reports(uids, target.track_uid, new_track=new_track, reason=self.reason.strip())

    def _craft(self) -> Craft:
        """Return what a new boat is: what the reports were taken for, if that is a boat."""
        tracks = self.session.document.plot.tracks
        owners = {report.track_uid for report in self.reports()}
        track = tracks.get(owners.pop() or "") if len(owners) == 1 else None
        return track.craft if track is not None and track.has_people else Craft.SMALL_BOAT
