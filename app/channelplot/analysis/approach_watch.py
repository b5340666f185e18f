"""Which craft come too close to each other, and when: the watch over closest approaches.

An alert is a value; wording it, showing it and acknowledging it are others' work.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.analysis.closest_approach import (
    ClosestApproach,
    closest_approach,
    closest_approaches,
)
from channelplot.analysis.passage import HORIZON, Passage

_SLACK_M: Final = 10.0
"""What the quick search may be off; what it leaves is measured by geodesics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachLimits:
    """When two craft are too close: within a distance, and that within a time from now.

    ValueError for a distance or time below 0.
    """

    distance_m: float
    within: timedelta

    def __post_init__(self) -> None:
        """Refuse what is no limit."""
        if not self.distance_m >= 0.0 or self.within < timedelta(0):
            msg = f"limits of 0 or more expected: {self.distance_m} m, {self.within}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPair:
    """Two tracks on the watch list, by uid, and their limits."""

    first_uid: str
    second_uid: str
    limits: ApproachLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachAlert:
    """Two craft come, or are, within their limits.

    approach: the first and second of the pair; its closest may lie beyond the limits' time, when
    they are within the distance before.
    """

    pair: WatchedPair
    approach: ClosestApproach


def approach_alerts(
    pairs: Iterable[WatchedPair], passages: Mapping[str, Passage], at_utc: datetime
) -> tuple[ApproachAlert, ...]:
    """Return the watched pairs that come within their limits, the soonest first.

    A pair is within its limits if it is, or will be within their time, no further apart than their
    distance: so one is told of, too, that is closest only after that time, or parts but is too
    close now. passages: where each craft goes, by the track's uid; of pairs without, nothing can
    be said: see ``not_watched``. At one time, soonest and then closest first.
    """
    watched = [p for p in pairs if p.first_uid in passages and p.second_uid in passages]
    uids = sorted({uid for pair in watched for uid in (pair.first_uid, pair.second_uid)})
    rows = {uid: row for row, uid in enumerate(uids)}
    crafts = [passages[uid] for uid in uids]
    alerts: list[ApproachAlert] = []
    for within in sorted({pair.limits.within for pair in watched}):
        same = [pair for pair in watched if pair.limits.within == within]
        indices = np.array([(rows[p.first_uid], rows[p.second_uid]) for p in same], dtype=np.intp)
        _, apart_m = closest_approaches(crafts, crafts, indices, at_utc, within)
        limits_m = np.array([pair.limits.distance_m for pair in same])
        near = np.flatnonzero(apart_m <= limits_m + _SLACK_M)
        found = ((same[index], float(apart_m[index])) for index in near)
        alerts.extend(_alerts(found, passages, at_utc))
    return tuple(sorted(alerts, key=_soonest))


def alerts_among(
    passages: Mapping[str, Passage],
    limits: ApproachLimits,
    at_utc: datetime,
    against: Mapping[str, Passage] | None = None,
) -> tuple[ApproachAlert, ...]:
    """Return every two craft that come within limits, the soonest first.

    passages, against: where each craft goes, by the track's uid. Without ``against`` every craft
    is held against every other, else each of the one against each of the other; no craft is held
    against itself, and no two twice.
    """
    firsts, seconds = list(passages), list(passages if against is None else against)
    indices = _every_pair(firsts, None if against is None else seconds)
    others = passages if against is None else against
    _, apart_m = closest_approaches(
        list(passages.values()), list(others.values()), indices, at_utc, limits.within
    )
    is_near = apart_m <= limits.distance_m + _SLACK_M
    pairs = (
        (WatchedPair(first_uid=firsts[row], second_uid=seconds[column], limits=limits), float(m))
        for (row, column), m in zip(indices[is_near], apart_m[is_near], strict=True)
    )
    return tuple(sorted(_alerts(pairs, {**others, **passages}, at_utc), key=_soonest))


def not_watched(
    pairs: Iterable[WatchedPair], passages: Mapping[str, Passage]
) -> tuple[WatchedPair, ...]:
    """Return the watched pairs of which nothing can be said: a craft of theirs has no passage."""
    return tuple(p for p in pairs if p.first_uid not in passages or p.second_uid not in passages)


def _alerts(
    found: Iterable[tuple[WatchedPair, float]], passages: Mapping[str, Passage], at_utc: datetime
) -> Iterator[ApproachAlert]:
    """Yield an alert for each pair within its limits, about so close: by geodesics, if in doubt."""
    for pair, about_m in found:
        first, second, limits = passages[pair.first_uid], passages[pair.second_uid], pair.limits
        if about_m > limits.distance_m - _SLACK_M:
            in_time = closest_approach(first, second, at_utc, limits.within)
            if in_time.least_m > limits.distance_m:
                continue
        horizon = max(HORIZON, limits.within)
        approach = closest_approach(first, second, at_utc, horizon)
        yield ApproachAlert(pair=pair, approach=approach)


def _every_pair(firsts: list[str], seconds: list[str] | None) -> npt.NDArray[np.intp]:
    if seconds is None:
        return np.column_stack(np.triu_indices(len(firsts), 1))
    rows, columns = np.indices((len(firsts), len(seconds))).reshape(2, -1)
    columns_of = {uid: column for column, uid in enumerate(seconds)}
    own = np.array([columns_of.get(uid, -1) for uid in firsts], dtype=np.intp)
    are_both_in_both = (own[rows] >= 0) & np.isin(columns, own)
    counts = ~are_both_in_both | (own[rows] < columns)
    return np.column_stack((rows[counts], columns[counts]))


def _soonest(alert: ApproachAlert) -> tuple[float, float, str, str]:
    approach = alert.approach
    return (
        max(0.0, approach.tcpa_s),
        approach.least_m,
        alert.pair.first_uid,
        alert.pair.second_uid,
    )
