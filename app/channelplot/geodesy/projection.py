"""Positions to chart metres and back; the only place that names the chart's CRS.

The chart is drawn in EPSG:3395, Mercator on the WGS 84 ellipsoid, north up. The
formulas are those of EPSG Guidance Note 7-2, "Mercator (variant A)", with scale
factor 1 at the equator. They are written out here rather than taken from
``pyproj.Transformer`` because the first picture waits for them: opening PROJ's
database costs more than drawing the coast. A test compares them with PROJ.
"""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.geodesy.position import Position

CHART_CRS: Final = "EPSG:3395"
SEMI_MAJOR_AXIS_M: Final = 6_378_137.0
"""WGS 84 semi-major axis (EPSG ellipsoid 7030)."""
FLATTENING: Final = 1.0 / 298.257223563
"""WGS 84 flattening (EPSG ellipsoid 7030)."""
ECCENTRICITY: Final = math.sqrt(FLATTENING * (2.0 - FLATTENING))

_INVERSE_STEPS: Final = 6
"""Each step gains a factor of e**2 (1/150): six leave less than a nanometre."""


def to_chart_m(lon_lat_deg: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return chart metres for longitudes and latitudes.

    lon_lat_deg: (n, 2) float64, lon, lat in degrees on WGS 84. Result: (n, 2)
    float64, x_m east and y_m north in EPSG:3395. Latitudes of 90 degrees give
    infinite y_m.
    """
    lat_rad = np.radians(lon_lat_deg[:, 1])
    sin_lat = np.sin(lat_rad)
    with np.errstate(divide="ignore"):  # at the poles
        isometric = np.arctanh(sin_lat) - ECCENTRICITY * np.arctanh(ECCENTRICITY * sin_lat)
    return np.column_stack(
        (SEMI_MAJOR_AXIS_M * np.radians(lon_lat_deg[:, 0]), SEMI_MAJOR_AXIS_M * isometric)
    )


def from_chart_m(x_y_m: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return longitudes and latitudes for chart metres.

    x_y_m: (n, 2) float64 in EPSG:3395. Result: (n, 2) float64, lon, lat in
    degrees on WGS 84, right to a nanometre on the ground.
    """
    isometric = x_y_m[:, 1] / SEMI_MAJOR_AXIS_M
    sin_lat = np.tanh(isometric)
    for _ in range(_INVERSE_STEPS):
        sin_lat = np.tanh(isometric + ECCENTRICITY * np.arctanh(ECCENTRICITY * sin_lat))
    return np.column_stack(
        (np.degrees(x_y_m[:, 0] / SEMI_MAJOR_AXIS_M), np.degrees(np.arcsin(sin_lat)))
    )


def position_to_chart_m(position: Position) -> tuple[float, float]:
    """Return (x_m, y_m) in EPSG:3395 for one position; y_m is infinite at the poles."""
    x_m = SEMI_MAJOR_AXIS_M * math.radians(position.lon_deg)
    sin_lat = math.sin(math.radians(position.lat_deg))
    if abs(sin_lat) == 1.0:
        return x_m, math.copysign(math.inf, sin_lat)
    isometric = math.atanh(sin_lat) - ECCENTRICITY * math.atanh(ECCENTRICITY * sin_lat)
    return x_m, SEMI_MAJOR_AXIS_M * isometric


def position_from_chart_m(x_m: float, y_m: float) -> Position:
    """Return the position at chart metres (EPSG:3395).

    Raises InvalidPosition where x_m lies beyond the antimeridian.
    """
    isometric = y_m / SEMI_MAJOR_AXIS_M
    sin_lat = math.tanh(isometric)
    for _ in range(_INVERSE_STEPS):
        sin_lat = math.tanh(isometric + ECCENTRICITY * math.atanh(ECCENTRICITY * sin_lat))
    return Position(math.degrees(x_m / SEMI_MAJOR_AXIS_M), math.degrees(math.asin(sin_lat)))


def ground_metres_per_chart_metre(lat_deg: float) -> float:
    """Return how many metres on the ground one chart metre stands for at a latitude.

    The reciprocal of the scale factor of the ellipsoidal Mercator projection
    (EPSG Guidance Note 7-2); the same in every direction, since the projection is
    conformal.
    """
    lat_rad = math.radians(lat_deg)
    return math.cos(lat_rad) / math.sqrt(1.0 - (ECCENTRICITY * math.sin(lat_rad)) ** 2)
