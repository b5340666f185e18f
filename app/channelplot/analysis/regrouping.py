"""What giving reports to another track changes: the figures before and after, to be read back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from channelplot.analysis.dead_reckoning import PositionKind, Supposition, reckoning_of
from channelplot.analysis.ledger import Ledger, ledger_of
from channelplot.analysis.legs import Leg, Run, legs_of, made_good, run_of
from channelplot.analysis.passage import HORIZON
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
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
        """Return the mean speed along the legs in metres per second, None without legs or time."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReckonedDifference:
    """Where a craft is reckoned to be at one time, before and after.

    kind: of the position before, or of the one after where that before was a fix. after: None if
    the craft has no position until then any more.
    """

    track_uid: str
    name: str
    at_utc: datetime
    kind: PositionKind
    before: Position
    after: Position | None

    @property
    def apart_m(self) -> float | None:
        """Return how far the two are apart in metres, None without a position after."""
        return None if self.after is None else distance_m(self.before, self.after)


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


def reckoned_differences(
    before: Plot,
    after: Plot,
    track_uids: Iterable[str],
    at_utc: datetime,
    supposition_of: Callable[[str], Supposition],
) -> tuple[ReckonedDifference, ...]:
    """Return the craft that are reckoned elsewhere at a time, by what was known of them until then.

    Those that both plots have and that still have reports; neither one that was closed by that
    time nor one last seen more than six hours before. supposition_of: by the uid of a craft, in
    both plots alike.
    """
    found = []
    for uid in dict.fromkeys(track_uids):
        old, new = before.tracks.get(uid), after.tracks.get(uid)
        if old is None or new is None or not new.reports or _was_closed(old, at_utc):
            continue
        supposition = supposition_of(uid)
        was = _reckoned(old, at_utc, supposition)
        if was is None:
            continue
        now = _reckoned(new, at_utc, supposition)
        if now is not None and now[1] == was[1]:
            continue
        kinds = [kind for kind, _ in (was, now or was) if kind is not PositionKind.FIX]
        found.append(
            ReckonedDifference(
                track_uid=uid,
                name=new.name,
                at_utc=at_utc,
                kind=kinds[0] if kinds else PositionKind.FIX,
                before=was[1],
                after=None if now is None else now[1],
            )
        )
    return tuple(found)


def crossings_reckoned_from(
    plot: Plot, report_uids: Iterable[str], track_uids: Iterable[str]
) -> tuple[PredictedCrossing, ...]:
    """Return the logged predictions of some craft that were reckoned from some reports, by time."""
    reports, tracks = frozenset(report_uids), frozenset(track_uids)
    found = [
        crossing
        for crossing in plot.predicted_crossings.values()
        if crossing.fix_uid in reports and crossing.track_uid in tracks
    ]
    return tuple(sorted(found, key=lambda one: (one.crosses_at_utc, one.uid)))


def _reckoned(
    track: Track, at_utc: datetime, supposition: Supposition
) -> tuple[PositionKind, Position] | None:
    """Return what the position at a time is and where, None if nothing recent tells."""
    reckoning = reckoning_of(track, at_utc, supposition)
    if reckoning is None or at_utc - reckoning.fix.observed_at_utc > HORIZON:
        return None
    return reckoning.kind_at(at_utc), reckoning.passage.position_at(at_utc)


def _was_closed(track: Track, at_utc: datetime) -> bool:
    changes = track.status_changes
    return track.is_closed and (not changes or changes[-1].at_utc <= at_utc)
