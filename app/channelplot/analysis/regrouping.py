"""What giving reports to another track changes: the figures before and after, to be read back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from channelplot.analysis.ledger import Ledger, ledger_of
from channelplot.analysis.legs import Leg, Run, legs_of, made_good, run_of
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackFigures:
    """What follows from the reports of a track.

    reports: how many. run and made_good: None for fewer than two reported positions. ledger: None
    for a craft whose people are not accounted for. last_fix_utc: None without a position.
    """

    name: str
    status: TrackStatus
    reports: int
    legs: tuple[Leg, ...]
    run: Run | None
    made_good: Leg | None
    ledger: Ledger | None
    last_fix_utc: datetime | None

    @property
    def run_m(self) -> float | None:
        """Return the distance along the legs in metres, None if there are none."""
        return self.run.distance_m if self.run else None

    @property
    def duration_s(self) -> float | None:
        """Return the seconds from the first to the last reported position."""
        return self.run.duration_s if self.run else None

    @property
    def mean_speed_mps(self) -> float | None:
        """Return the mean speed along the legs, None without legs or if no time passed."""
        return self.run.speed_mps if self.run else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackDifference:
    """The figures of one track before and after; None where the plot has no such track."""

    track_uid: str
    before: TrackFigures | None
    after: TrackFigures | None

    @property
    def new_legs(self) -> tuple[Leg, ...]:
        """Return the legs that join positions which were not next to each other before."""
        if self.after is None:
            return ()
        known = {(leg.from_uid, leg.to_uid) for leg in self.before.legs} if self.before else set()
        return tuple(leg for leg in self.after.legs if (leg.from_uid, leg.to_uid) not in known)


def figures_of(track: Track) -> TrackFigures:
    """Return the figures of a track."""
    return TrackFigures(
        name=track.name,
        status=track.status,
        reports=len(track.reports),
        legs=legs_of(track),
        run=run_of(track),
        made_good=made_good(track),
        ledger=ledger_of(track) if track.has_people else None,
        last_fix_utc=track.fixes[-1].observed_at_utc if track.fixes else None,
    )


def differences(
    before: Plot, after: Plot, track_uids: Iterable[str]
) -> tuple[TrackDifference, ...]:
    """Return the figures of tracks in two plots, in the order of the uids.

    A track that neither plot has is left out.
    """
    pairs = (
        (uid, before.tracks.get(uid), after.tracks.get(uid)) for uid in dict.fromkeys(track_uids)
    )
    return tuple(
        TrackDifference(
            track_uid=uid,
            before=figures_of(one) if one else None,
            after=figures_of(other) if other else None,
        )
        for uid, one, other in pairs
        if one or other
    )
