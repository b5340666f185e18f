"""What the other craft of a plot mean to one: how close each comes, and which can meet it when.

Every craft is reckoned by what was known of it at the time asked, in the plot's own stream and
wind. Merged and closed tracks are left out, and craft whose last fix is older than ``HORIZON``
before that time: where they are now nobody can say by reckoning.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, TypeAlias

import numpy as np

from channelplot.analysis.closest_approach import (
    ClosestApproach,
    closest_approach,
    closest_approaches,
)
from channelplot.analysis.conditions import conditions_for
from channelplot.analysis.dead_reckoning import Reckoning, Supposition, most_likely
from channelplot.analysis.intercept import Asset
from channelplot.analysis.passage import HORIZON, Passage
from channelplot.geodesy.units import mps_from_kn
from channelplot.model.plot import Plot
from channelplot.model.track import Track

MOST_APPROACHES: Final = 6
"""So many of the nearest craft are measured and told: more nobody reads at once."""
Approaches: TypeAlias = tuple[tuple[str, ClosestApproach], ...]
"""Tracks by uid, each with how close it comes."""


def open_reckonings(plot: Plot, at_utc: datetime) -> dict[str, Reckoning]:
    """Return how every open craft is reckoned by what was known at a time, by the track's uid.

    Boats whose motion nobody knows drift. Without those that have no fix in the six hours
    (``HORIZON``) before it, and the closed and merged ones.
    """
    suppositions = _Suppositions(plot)
    found = {}
    for track in plot.tracks.values():
        if track.is_closed:
            continue
        reckoning = most_likely(track, at_utc, suppositions.of(track.uid))
        if reckoning is not None and at_utc - reckoning.fix.observed_at_utc <= HORIZON:
            found[track.uid] = reckoning
    return found


def nearest_approaches(
    own: Passage, others: Mapping[str, Passage], at_utc: datetime, most: int | None = None
) -> Approaches:
    """Return how close other craft come to one, the nearest first.

    Nearest by the least distance from the time on. most: of so many of the nearest, None for all.
    All are told apart by the quick search, which is right to a metre; those that are returned are
    measured by geodesics.
    """
    uids = list(others)
    pairs = np.column_stack((np.zeros(len(uids), dtype=np.intp), np.arange(len(uids))))
    _, apart_m = closest_approaches([own], list(others.values()), pairs, at_utc)
    nearest = [uids[row] for row in np.argsort(apart_m, kind="stable")[:most]]
    approaches = [(uid, closest_approach(own, others[uid], at_utc)) for uid in nearest]
    return tuple(sorted(approaches, key=lambda one: one[1].least_m))


def assets_of(
    tracks: Iterable[Track], reckonings: Mapping[str, Reckoning], at_utc: datetime
) -> tuple[tuple[Asset, ...], tuple[str, ...]]:
    """Return the craft that could be sent, and the uids of those whose speed nobody has said.

    All that are no boats: rescue vessels, aircraft and merchant vessels. reckonings: as
    ``open_reckonings`` gives them; a craft without is left out. An asset's speed is that of its
    record, else the last above 0 that was reported until the time.
    """
    assets, without_speed = [], []
    for track in tracks:
        reckoning = reckonings.get(track.uid)
        if track.has_people or reckoning is None:
            continue
        speed_kn = _speed_when_sent_kn(track, at_utc)
        if speed_kn is None:
            without_speed.append(track.uid)
        else:
            speed_mps = mps_from_kn(speed_kn)
            assets.append(Asset(uid=track.uid, passage=reckoning.passage, speed_mps=speed_mps))
    return tuple(assets), tuple(without_speed)


def _speed_when_sent_kn(track: Track, at_utc: datetime) -> float | None:
    if track.speed_kn is not None:
        return track.speed_kn
    told = (r.speed_kn for r in reversed(track.reports) if r.observed_at_utc <= at_utc)
    return next((speed_kn for speed_kn in told if speed_kn), None)


class _Suppositions:
    """What each craft is reckoned with: the plot's stream and wind, read once for all of them."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._for_all = Supposition(conditions=conditions_for(plot, None))
        self._own_uids = {entry.track_uid for entry in plot.conditions.values()}

    def of(self, track_uid: str) -> Supposition:
        if track_uid not in self._own_uids:
            return self._for_all
        return Supposition(conditions=conditions_for(self._plot, track_uid))
