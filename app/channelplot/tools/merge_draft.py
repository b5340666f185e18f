"""Two boats that are found to be one: the reports of one go to the other, whose name stays."""

from channelplot.analysis.same_boat import Comparison
from channelplot.commands.claims import merge_tracks
from channelplot.commands.command import Command
from channelplot.document.session import Session
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.ids import new_uid
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.tools.boat_choice import (
    BoatTarget,
    ChoiceFault,
    chosen_target,
    ranked_targets,
)
from channelplot.tools.chartwork import Chartwork
from channelplot.tools.likely_boats import LikelyBoats
from channelplot.tools.regroup_draft import RegroupDraft, Regrouping


class MergeDraft(RegroupDraft):
    """The selected boat and the one that the text picks.

    is_swapped: the selected boat keeps its name, rather than the other.
    """

    def __init__(self, session: Session, boats: LikelyBoats, chartwork: Chartwork) -> None:
        """Take what is open, what ranks its boats, and how they are reckoned."""
        super().__init__(session, chartwork)
        self.is_swapped = False
        self._boats = boats
        self._uid = ""
        self._change_uid = new_uid()
        self._ranked: tuple[Plot, str, tuple[Comparison, ...]] | None = None

    @property
    def can_begin(self) -> bool:
        """Return whether one track is selected that has not been merged."""
        track = self.session.selection.only_track(self.session.document.plot)
        return track is not None and track.same_as_uid is None

    @property
    def track(self) -> Track | None:
        """Return the boat that was selected, None if it is gone."""
        return self.session.document.plot.tracks.get(self._uid)

    def reports(self) -> tuple[Report, ...]:
        """Return the reports that would go, in time order, as they stand in the plot."""
        plot = self.session.document.plot
        merged = plot.tracks.get(self._other_uid() if self.is_swapped else self._uid)
        return () if merged is None else tuple(merged.reports)

    def targets(self) -> tuple[BoatTarget, ...]:
        """Return the other boats, the likeliest first; for an asset those of its kind, by name."""
        plot, track = self.session.document.plot, self.track
        if track is None:
            return ()
        others = [
            other
            for other in plot.tracks.values()
            if not other.is_closed
            and other.has_people == track.has_people
            and (track.has_people or other.craft is track.craft)
        ]
        return ranked_targets(self._comparisons(plot), others, frozenset({track.uid}))

    def swap(self) -> None:
        """Let the other boat keep its name and announce it."""
        self.is_swapped = not self.is_swapped
        self._announce()

    def _take(self) -> None:
        track = self.session.selection.only_track(self.session.document.plot)
        self._uid = "" if track is None else track.uid
        self.is_swapped = False

    def _chosen(self) -> object:
        return self._uid, self.is_swapped

    def _comparisons(self, plot: Plot) -> tuple[Comparison, ...]:
        track, known = self.track, self._ranked
        if track is None or not track.has_people:
            return ()
        if known is None or known[0] is not plot or known[1] != self._uid:
            self._ranked = known = plot, self._uid, self._boats.ranked_for(track.fixes)
        return known[2]

    def _picked(self, plot: Plot) -> BoatTarget | ChoiceFault:
        """Return the other boat."""
        compared = {one.track.uid: one for one in self._comparisons(plot)}
        return chosen_target(self.text, self.targets(), compared, plot)

    def _other_uid(self) -> str:
        picked = self._picked(self.session.document.plot)
        return "" if isinstance(picked, ChoiceFault) else picked.track_uid or ""

    def _target(self, plot: Plot) -> BoatTarget | ChoiceFault:
        """Return the boat that keeps its name; how the two fit stands with it either way."""
        picked, track = self._picked(plot), self.track
        if isinstance(picked, ChoiceFault) or track is None or not self.is_swapped:
            return picked
        return BoatTarget("", track.name, track.uid, comparison=picked.comparison)

    def _command(self, target: BoatTarget) -> Command:
        if self.track is None:
            raise CommandRefused(RefusalReason.NO_SUCH_TRACK, self._uid)
        merged_uid = self._other_uid() if self.is_swapped else self._uid
        return merge_tracks(
            merged_uid,
            target.track_uid or "",
            change_uid=self._change_uid,
            at_utc=self.session.clock(),
            by=self.session.document.operator,
            reason=self.reason.strip(),
        )

    def _sources(self, plot: Plot, target_uid: str | None) -> tuple[Track, ...]:
        """Return the boat that becomes the same as the other, whether it has reports or not."""
        uids = (self._uid, self._other_uid())
        return tuple(plot.tracks[uid] for uid in uids if uid != target_uid and uid in plot.tracks)

    def _stays_selected(self, regrouping: Regrouping) -> frozenset[str]:
        """Return the boat that both are now."""
        self._change_uid = new_uid()
        uid = regrouping.target.track_uid
        return frozenset({uid} if uid is not None else ())
