"""Magnetic variation by the World Magnetic Model 2025, for bearings and courses given magnetic."""

import calendar
import functools
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from channelplot.errors import NoVariation
from channelplot.geodesy.angles import wrapped_deg
from channelplot.geodesy.position import Position

if TYPE_CHECKING:
    from pygeomag import GeoMag

_SEA_LEVEL_KM: Final = 0.0
_lock: Final = threading.Lock()
"""pygeomag 1.1.0 keeps half-finished sums in the model: one thread at a time."""


@functools.cache
def _model() -> "GeoMag":
    """Return the model; imported late. As a module, so that a packed program finds it."""
    from pygeomag import GeoMag
    from pygeomag.wmm.wmm_2025 import WMM_2025

    return GeoMag(coefficients_data=WMM_2025)


def make_ready() -> None:
    """Load the model, some hundredths of a second; any thread may do it."""
    _model()


def variation_deg(position: Position, at_utc: datetime) -> float:
    """Return the angle from true to magnetic north at sea level, east positive.

    Raises NoVariation outside the years of the model, 2025.0 to 2030.0. The model is good to
    about 0.4 degrees in the Channel; iron near the compass and its deviation are not in it.
    """
    year = _decimal_year(at_utc)
    first_year, last_year = _model().life_span
    if not first_year <= year <= last_year:
        raise NoVariation(at_utc)
    return _declination_deg(position, _SEA_LEVEL_KM, year)


def true_deg(magnetic_deg: float, variation_deg: float) -> float:
    """Return the true bearing for a magnetic one; variation east positive, 0 <= result < 360."""
    return wrapped_deg(magnetic_deg + variation_deg)


def _declination_deg(position: Position, height_km: float, year: float) -> float:
    with _lock:
        field = _model().calculate(position.lat_deg, position.lon_deg, height_km, year)
    return float(field.d)


def _decimal_year(at_utc: datetime) -> float:
    start = datetime(at_utc.year, 1, 1, tzinfo=UTC)
    return at_utc.year + (at_utc - start) / timedelta(days=365 + calendar.isleap(at_utc.year))
