"""How far a position may be off: by who told us, by its form, and by how long ago that was.

Radii are probable errors, as in the search tables they come from: taken to hold the true position
half of the time. Of a circular error twice the radius holds it 15 times in 16 (1 - 2 ** -4).
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from channelplot.analysis.expected import Expected, Motion
from channelplot.geodesy.units import METRES_PER_NM, SECONDS_PER_HOUR, mps_from_kn
from channelplot.model.codes import BoatType, Craft, SourceKind
from channelplot.settings import (
    ERROR_GROWTH,
    ERROR_GROWTH_ADRIFT,
    PLAUSIBLE_SPEED_FAST_BOAT_KN,
    PLAUSIBLE_SPEED_KN,
    POSITION_ERROR_M,
    Setting,
)

FAST_TYPES: Final = frozenset({BoatType.RHIB, BoatType.JET_SKI})
"""Boats that make several times the speed of a laden inflatable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorModel:
    """The desk's figures; where they come from stands with the settings.

    error_m: radius of the error circle by source, more than 0. growth_kn: how it grows while a
    craft keeps course and speed unheard of; growth_adrift_kn: while it is stopped.
    plausible_speed_kn: what a craft can make over the ground; plausible_speed_fast_boat_kn: a RHIB
    or a jet ski.
    """

    error_m: Mapping[SourceKind, float]
    growth_kn: Mapping[Craft, float]
    growth_adrift_kn: float
    plausible_speed_kn: Mapping[Craft, float]
    plausible_speed_fast_boat_kn: float


def error_model(chosen: Callable[[Setting], str | int]) -> ErrorModel:
    """Return the model by the settings. chosen: returns a setting's value."""

    def growth_kn(setting: Setting) -> float:
        return float(chosen(setting)) / METRES_PER_NM

    return ErrorModel(
        error_m={kind: float(chosen(POSITION_ERROR_M[kind])) for kind in SourceKind},
        growth_kn={craft: growth_kn(ERROR_GROWTH[craft]) for craft in Craft},
        growth_adrift_kn=growth_kn(ERROR_GROWTH_ADRIFT),
        plausible_speed_kn={craft: float(chosen(PLAUSIBLE_SPEED_KN[craft])) for craft in Craft},
        plausible_speed_fast_boat_kn=float(chosen(PLAUSIBLE_SPEED_FAST_BOAT_KN)),
    )


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


def plausible_speed_mps(craft: Craft, types: Iterable[BoatType], model: ErrorModel) -> float:
    """Return what a craft can make over the ground, in metres per second.

    types: what it was said to look like; one fast type among them is enough.
    """
    speed_kn = model.plausible_speed_kn[craft]
    if not FAST_TYPES.isdisjoint(types):
        speed_kn = max(speed_kn, model.plausible_speed_fast_boat_kn)
    return mps_from_kn(speed_kn)
