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


def circle_deg(centre: Position, radius_m: float, points: int) -> npt.NDArray[np.float64]:
    """Return a closed line through points at one geodesic distance from a centre.

    Result: (points + 1, 2) float64, lon, lat in degrees, clockwise from north and back to it.
    """
    bearings_deg = np.linspace(0.0, 360.0, points + 1)
    lon_deg, lat_deg, _ = _geod().fwd(
        np.full_like(bearings_deg, centre.lon_deg),
        np.full_like(bearings_deg, centre.lat_deg),
        bearings_deg,
        np.full_like(bearings_deg, radius_m),
    )
    return np.column_stack((lon_deg, lat_deg))


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


def bearing_and_distance(a: Position, b: Position) -> tuple[float | None, float]:
    """Return the true bearing from a to b and the geodesic distance in metres.

    0 <= bearing < 360, None if a and b coincide.
    """
    bearing, _, length_m = _geod().inv(a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg)
    return (wrapped_deg(float(bearing)) if length_m > 0.0 else None), float(length_m)


def destination_and_course(
    start: Position, course_deg: float, distance_m: float
) -> tuple[Position, float]:
    """Return where a geodesic of a length ends, and its true course there.

    course_deg: the true course at the start. A negative distance goes back the way it came; the
    course is then that with which it passed there. 0 <= course < 360.
    """
    lon_deg, lat_deg, back_deg = _geod().fwd(start.lon_deg, start.lat_deg, course_deg, distance_m)
    return Position(float(lon_deg), float(lat_deg)), wrapped_deg(float(back_deg) + 180.0)


def destinations_deg(
    starts_deg: npt.NDArray[np.float64],
    courses_deg: npt.NDArray[np.float64],
    distances_m: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return where geodesics end, and their true courses there.

    starts_deg: (n, 2) float64, lon, lat in degrees; courses_deg: (n,), true, at the starts;
    distances_m: (n,), negative ones go back. Result: (n, 2) lon, lat; (n,) -180 to 540.
    """
    lon_deg, lat_deg, back_deg = _geod().fwd(
        starts_deg[:, 0], starts_deg[:, 1], courses_deg, distances_m
    )
    return np.column_stack((lon_deg, lat_deg)), np.asarray(back_deg, dtype=np.float64) + 180.0


def bearings_and_distances(
    from_deg: npt.NDArray[np.float64], to_deg: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the bearings from one to the other, the bearings back, and the distances in metres.

    from_deg, to_deg: (n, 2) float64, lon, lat in degrees. Result: three (n,) arrays, bearings
    true from -180 to 180, of no meaning where two coincide.
    """
    bearings_deg, back_deg, lengths_m = _geod().inv(
        from_deg[:, 0], from_deg[:, 1], to_deg[:, 0], to_deg[:, 1]
    )
    return (
        np.asarray(bearings_deg, dtype=np.float64),
        np.asarray(back_deg, dtype=np.float64),
        np.asarray(lengths_m, dtype=np.float64),
    )
