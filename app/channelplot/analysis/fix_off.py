"""How far a craft's last fix lies from where it was reckoned to be by the fixes before it.

That tells what the reckoning was worth: the stream and wind, or the course and speed made good.
"""

from dataclasses import dataclass, replace

from channelplot.analysis.dead_reckoning import (
    Reckoned,
    Supposition,
    reckoned_at,
    reckoning_of,
)
from channelplot.analysis.drift import Conditions
from channelplot.analysis.error_model import ErrorModel
from channelplot.analysis.passage import HORIZON
from channelplot.geodesy.measure import bearing_and_distance
from channelplot.model.codes import ReckoningRule
from channelplot.model.report import Report
from channelplot.model.track import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class FixOff:
    """A fix, and where the craft was reckoned to be at its time.

    distance_m: geodesic, between the two. bearing_deg: true, from where it was reckoned to be to
    the fix, None if it was there.
    """

    fix: Report
    reckoned: Reckoned
    distance_m: float
    bearing_deg: float | None


def fix_off(known: Track, conditions: Conditions | None, model: ErrorModel) -> FixOff | None:
    """Return how far the last fix of a track lies from the reckoning by what was before it.

    conditions: the stream and wind it is in. None with fewer than two fixes of different times,
    and where nothing was reckoned: no motion was known, or the fix before was over six hours old.
    """
    if not known.fixes:
        return None
    fix = known.fixes[-1]
    at_utc = fix.observed_at_utc
    earlier = replace(known, reports=tuple(r for r in known.reports if r.observed_at_utc < at_utc))
    reckoning = reckoning_of(earlier, at_utc, Supposition(conditions=conditions))
    if reckoning is None or at_utc - reckoning.fix.observed_at_utc > HORIZON:
        return None
    reckoned = reckoned_at(reckoning, at_utc, model)
    if reckoned.rule is ReckoningRule.LAST_FIX or fix.position is None:
        return None
    bearing_deg, distance_m = bearing_and_distance(reckoned.position, fix.position)
    return FixOff(fix=fix, reckoned=reckoned, distance_m=distance_m, bearing_deg=bearing_deg)
