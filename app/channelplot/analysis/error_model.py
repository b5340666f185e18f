"""The desk's figures of how far positions may be off and how fast craft can go.

What they are made into stands in ``error_circle.py`` and ``legs.py``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from channelplot.geodesy.units import METRES_PER_NM, mps_from_kn
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


def plausible_speed_mps(craft: Craft, types: Iterable[BoatType], model: ErrorModel) -> float:
    """Return what a craft can make over the ground, in metres per second.

    types: what it was said to look like; one fast type among them is enough.
    """
    speed_kn = model.plausible_speed_kn[craft]
    if not FAST_TYPES.isdisjoint(types):
        speed_kn = max(speed_kn, model.plausible_speed_fast_boat_kn)
    return mps_from_kn(speed_kn)
