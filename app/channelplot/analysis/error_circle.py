"""How far a position may be off: by who told us, by its form, and by how long ago that was.

Radii are probable errors, as in the search tables they come from: taken to hold the true position
half of the time. Of a circular error twice the radius holds it 15 times in 16 (1 - 2 ** -4).
"""

import math
from datetime import datetime

from channelplot.analysis.error_model import FAST_TYPES as FAST_TYPES
from channelplot.analysis.error_model import ErrorModel as ErrorModel
from channelplot.analysis.error_model import error_model as error_model
from channelplot.analysis.error_model import plausible_speed_mps as plausible_speed_mps
from channelplot.analysis.expected import Expected, Motion
from channelplot.geodesy.units import METRES_PER_NM, SECONDS_PER_HOUR
from channelplot.model.codes import Craft, SourceKind


def told_radius_m(source: SourceKind, form_error_m: float | None, model: ErrorModel) -> float:
    """Return the radius of a position's error circle at the time it was observed, in metres.

    The root of the squares of the source's error and of what the figures given leave open, as
    independent errors are summed in the IAMSAR Manual, volume II (total probable error).
    """
    return math.hypot(model.error_m[source], form_error_m or 0.0)


def grown_radius_m(radius_m: float, age_s: float, growth_kn: float) -> float:
    """Return the radius of an error circle of an age, in metres: summed by squares like the rest.

    The sign of the age does not matter: what was before a report is as open as what comes after.
    """
    return math.hypot(radius_m, growth_kn * METRES_PER_NM / SECONDS_PER_HOUR * age_s)


def reach_radius_m(expected: Expected, craft: Craft, at_utc: datetime, model: ErrorModel) -> float:
    """Return how far from its last fix a craft may be at a time, in metres, whatever its course.

    It grows as fast as the craft was known to go, a stopped one's as it may drift, and one's of
    which no motion is known at any plausible speed: a circle that grows slower than the boat
    goes would say that it is where it no longer can be.
    """
    told_m = told_radius_m(expected.fix.source, expected.fix.error_m, model)
    age_s = (at_utc - expected.from_utc).total_seconds()
    if expected.is_moving:
        return grown_radius_m(told_m, age_s, expected.speed_mps * SECONDS_PER_HOUR / METRES_PER_NM)
    return expected_radius_m(expected, craft, at_utc, model)


def expected_radius_m(
    expected: Expected, craft: Craft, at_utc: datetime, model: ErrorModel
) -> float:
    """Return the radius of the error circle around an expected position at a time, in metres.

    Of a craft under way it grows like that of its last fix, of a stopped one as fast as it may
    drift; one of which no motion is known may have gone anywhere at any plausible speed.
    """
    told_m = told_radius_m(expected.fix.source, expected.fix.error_m, model)
    age_s = (at_utc - expected.from_utc).total_seconds()
    if expected.motion is Motion.STOPPED:
        growth_kn = model.growth_adrift_kn
    elif expected.motion is Motion.UNKNOWN:
        growth_kn = model.plausible_speed_kn[craft]
    else:
        growth_kn = model.growth_kn[craft]
    return grown_radius_m(told_m, age_s, growth_kn)
