"""Metres, nautical miles and knots: the conversion constants.

Everything is computed in metres and seconds and converted here, at the moment a
number is for a person. nm means nautical mile, never nanometre.
"""

from typing import Final

METRES_PER_NM: Final = 1852.0
"""International nautical mile, exact (First International Extraordinary
Hydrographic Conference, Monaco 1929)."""
SECONDS_PER_HOUR: Final = 3600.0


def nm_from_m(distance_m: float) -> float:
    """Return nautical miles for metres."""
    return distance_m / METRES_PER_NM


def m_from_nm(distance_nm: float) -> float:
    """Return metres for nautical miles."""
    return distance_nm * METRES_PER_NM


def kn_from_mps(speed_mps: float) -> float:
    """Return knots for metres per second."""
    return speed_mps * SECONDS_PER_HOUR / METRES_PER_NM


def mps_from_kn(speed_kn: float) -> float:
    """Return metres per second for knots."""
    return speed_kn * METRES_PER_NM / SECONDS_PER_HOUR
