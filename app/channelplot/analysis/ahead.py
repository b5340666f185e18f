"""What is predicted of the craft in a plot: the limits of waters they cross, and whom they meet.

Everything here follows from what was known at a time and from nothing else, so that it can be kept
for as long as that holds: the craft, the stream and wind, the limits. Predictions, never facts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channelplot.analysis.approach_watch import ApproachLimits, WatchedPair, approach_alerts
from channelplot.analysis.closest_approach import Approaching, ClosestApproach, apart_at
from channelplot.analysis.conditions import conditions_for
from channelplot.analysis.dead_reckoning import Reckoning, Supposition, most_likely
from channelplot.analysis.passage import HORIZON, Passage
from channelplot.analysis.whose_waters import WatersChange, WatersChart
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import Track

MOST_CHANGES: Final = 12
"""Crossings that are looked for along one passage; one along a line may cross it for ever."""
_PAST_S: Final = 1.0
"""So long after a crossing the next is looked for."""
_FOUND_S: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CraftAhead:
    """Where a craft goes by its last fix, in the plot's stream and wind, and what it crosses.

    changes: the limits of waters it crosses from that fix on until ``HORIZON`` after it, in the
    order of time; of boats alone. basis_utc: when the latest of all that it follows from was
    written down.
    """

    track: Track
    reckoning: Reckoning
    changes: tuple[WatersChange, ...]
    basis_utc: datetime

    def next_change(self, now_utc: datetime) -> WatersChange | None:
        """Return the next crossing after a time, None if there is none."""
        return next((change for change in self.changes if change.at_utc > now_utc), None)

    def past_changes(self, now_utc: datetime) -> tuple[WatersChange, ...]:
        """Return the crossings until a time."""
        return tuple(change for change in self.changes if change.at_utc <= now_utc)

    def is_adrift(self, at_utc: datetime) -> bool:
        """Return whether the craft is reckoned to have no way of its own at a time."""
        drifts_from_utc = self.reckoning.drifts_from_utc
        return drifts_from_utc is not None and at_utc >= drifts_from_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachAhead:
    """Two craft that are watched come, or are, within their limits.

    first, second: the craft of the watch in its order; approach: theirs, likewise. nears_utc: when
    they come within the distance, or since when they are, as far back as both were reckoned.
    """

    watch: ApproachWatch
    first: CraftAhead
    second: CraftAhead
    approach: ClosestApproach
    nears_utc: datetime

    @property
    def basis_utc(self) -> datetime:
        """Return when the latest of all that it follows from was written down."""
        return max(self.first.basis_utc, self.second.basis_utc, self.watch.created_at_utc)

    def is_parting(self, now_utc: datetime) -> bool:
        """Return whether the closest approach is past at a time, and the two part."""
        match self.approach.approaching:
            case Approaching.AHEAD:
                return self.approach.closest.at_utc < now_utc
            case Approaching.PAST | Approaching.PARTING:
                return True
            case _:
                return False


def craft_ahead(
    plot: Plot, track: Track, known_at_utc: datetime, waters: WatersChart | None
) -> CraftAhead | None:
    """Return what is predicted of a craft by what was known at a time, None without a fix.

    A boat of which no motion is known is predicted to drift, where a stream or wind is given.
    waters: the limits to look for, None for none.
    """
    reckoning = most_likely(
        track, known_at_utc, Supposition(conditions=conditions_for(plot, track.uid))
    )
    if reckoning is None:
        return None
    return CraftAhead(
        track=track,
        reckoning=reckoning,
        changes=() if waters is None else _changes(reckoning, waters),
        basis_utc=_basis_utc(plot, track, reckoning),
    )


def approaches_ahead(
    watches: Iterable[ApproachWatch], crafts: Mapping[str, CraftAhead], at_utc: datetime
) -> tuple[ApproachAhead, ...]:
    """Return the watched pairs that come within their limits, the soonest first.

    crafts: by the track's uid; of a watch with one that is not there nothing can be said.
    """
    by_pair = {
        WatchedPair(
            first_uid=watch.first_track_uid,
            second_uid=watch.second_track_uid,
            limits=ApproachLimits(
                distance_m=watch.distance_m, within=timedelta(minutes=watch.within_min)
            ),
        ): watch
        for watch in watches
    }
    passages = {uid: craft.reckoning.passage for uid, craft in crafts.items()}
    found = []
    for alert in approach_alerts(by_pair, passages, at_utc):
        watch = by_pair[alert.pair]
        first, second = crafts[watch.first_track_uid], crafts[watch.second_track_uid]
        found.append(
            ApproachAhead(
                watch=watch,
                first=first,
                second=second,
                approach=alert.approach,
                nears_utc=_nears_utc(watch, first, second, alert.approach),
            )
        )
    return tuple(found)


def _changes(reckoning: Reckoning, waters: WatersChart) -> tuple[WatersChange, ...]:
    at_utc = reckoning.fix.observed_at_utc
    until_utc = at_utc + HORIZON
    found: list[WatersChange] = []
    while at_utc < until_utc and len(found) < MOST_CHANGES:
        change = waters.next_change(reckoning.passage, at_utc, until_utc - at_utc)
        if change is None:
            break
        found.append(change)
        at_utc = change.at_utc + timedelta(seconds=_PAST_S)
    return tuple(found)


def _basis_utc(plot: Plot, track: Track, reckoning: Reckoning) -> datetime:
    """Return when the latest of what a craft is reckoned from was written down."""
    times = [fix.logged_at_utc for fix in reckoning.fixes]
    if reckoning.drifts_from_utc is not None:
        times += [
            entry.logged_at_utc
            for entry in plot.conditions.values()
            if entry.track_uid in (None, track.uid)
        ]
        times += [
            change.at_utc for change in track.status_changes if change.status is TrackStatus.ADRIFT
        ]
    return max(times)


def _nears_utc(
    watch: ApproachWatch, first: CraftAhead, second: CraftAhead, approach: ClosestApproach
) -> datetime:
    """Return when two craft come within the distance of their watch, to a second.

    The same whenever it is asked, while both go on as they do: looked for from the later of their
    last fixes on.
    """
    passages = first.reckoning.passage, second.reckoning.passage
    outside_utc = max(one.reckoning.fix.observed_at_utc for one in (first, second))
    now_utc = approach.now.at_utc
    if approach.now.distance_m <= watch.distance_m:
        inside_utc = now_utc
    else:
        within_utc = now_utc + timedelta(minutes=watch.within_min)
        inside_utc = min(approach.closest.at_utc, within_utc)
    if outside_utc >= inside_utc or _is_near(passages, outside_utc, watch.distance_m):
        return min(outside_utc, inside_utc)
    while (inside_utc - outside_utc).total_seconds() > _FOUND_S:
        middle_utc = outside_utc + (inside_utc - outside_utc) / 2
        if _is_near(passages, middle_utc, watch.distance_m):
            inside_utc = middle_utc
        else:
            outside_utc = middle_utc
    return inside_utc


def _is_near(passages: tuple[Passage, Passage], at_utc: datetime, distance_m: float) -> bool:
    return apart_at(*passages, at_utc).distance_m <= distance_m
