"""Distance, bearing and destination on the WGS 84 ellipsoid.

All answers are geodesics by C. F. F. Karney's method ("Algorithms for geodesics",
J. Geodesy 87, 2013), as implemented by PROJ.
"""

import functools
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from channelplot.geodesy import grid, magnetic
from channelplot.geodesy.angles import wrapped_deg
from channelplot.geodesy.position import Position

if TYPE_CHECKING:
    from pyproj import Geod


@functools.cache
def _geod() -> "Geod":
    """Return the WGS 84 ellipsoid; imported late, the window need not wait for PROJ."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def is_ready() -> bool:
    """Return whether PROJ is loaded, so that an answer takes microseconds."""
    return _geod.cache_info().currsize > 0


def make_ready() -> None:
    """Load PROJ, the grid and the magnetic model, some tenths of a second; in any thread."""
    grid.make_ready()
    magnetic.make_ready()
    _geod()


def distance_m(a: Position, b: Position) -> float:
    """Return the geodesic distance from a to b in metres."""
    return float(_geod().inv(a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg)[2])


def bearing_deg(a: Position, b: Position) -> float:
    """Return the initial true bearing from a to b on WGS 84.

    0 <= result < 360. Raises ValueError if a and b coincide.
    """
    if a == b:
        msg = "no bearing between coinciding positions"
        raise ValueError(msg)
    return wrapped_deg(float(_geod().inv(a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg)[0]))


def destination(start: Position, bearing_deg: float, distance_m: float) -> Position:
    """Return where a geodesic of a length ends that starts on a true bearing."""
    lon_deg, lat_deg, _ = _geod().fwd(start.lon_deg, start.lat_deg, bearing_deg, distance_m)
    return Position(float(lon_deg), float(lat_deg))


def leg_distances_m(lon_lat_deg: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the geodesic lengths of the legs between consecutive positions.

    lon_lat_deg: (n, 2) float64, lon, lat in degrees. Result: (n - 1,) metres, empty
    for fewer than two positions.
    """
    if len(lon_lat_deg) < 2:
        return np.empty(0, dtype=np.float64)
    lon_deg, lat_deg = lon_lat_deg[:, 0], lon_lat_deg[:, 1]
    _, _, lengths_m = _geod().inv(lon_deg[:-1], lat_deg[:-1], lon_deg[1:], lat_deg[1:])
    return np.asarray(lengths_m, dtype=np.float64)
