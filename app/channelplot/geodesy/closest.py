"""When two craft are closest, each going along a geodesic at constant speed.

For many pairs at once: ``closest_in_space`` goes by straight distances through the Earth along
circles that follow the geodesics to centimetres; ``closest_on_ground`` ends with geodesics (PROJ).
Both seek where the distance stops shrinking: the first derivative of half its square is the
distance times the speed along the line between the two, the second nearly the square of their
relative speed, so that each of Newton's steps is what two straight courses on a flat chart would
give from there. The Earth's curve adds or takes no more than half the sum of the squares of both
speeds times the square of the distance in Earth radii; with that on top no step goes too far. Two
that go abreast on meridians that meet may be closest at the end of the time instead: that is tried.
"""

from dataclasses import dataclass
from typing import Final, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from channelplot.geodesy.measure import bearings_and_distances, destinations_deg
from channelplot.geodesy.projection import ECCENTRICITY, SEMI_MAJOR_AXIS_M

_STEPS: Final = 100
_FOUND_S: Final = 1e-3
_CLOSER_M: Final = 1e-3
_STILL_MPS: Final = 1e-6
"""Two craft with less than that between them stay as they are."""
_PAIRS_AT_ONCE: Final = 8_000
"""What a processor's cache holds: more at once takes half as long again."""

_Numbers: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Movers:
    """Craft at one time: where each is and how it goes on over the ground.

    places_deg: (n, 2) float64, lon, lat in degrees. courses_deg: (n,) true. speeds_mps: (n,), 0
    for one that keeps its place; its course has no meaning.
    """

    places_deg: _Numbers
    courses_deg: _Numbers
    speeds_mps: _Numbers

    def after(self, seconds: _Numbers | float) -> Self:
        """Return the same craft some seconds later, or earlier if negative, each on its geodesic.

        seconds: one for all or one for each.
        """
        distances_m = self.speeds_mps * seconds
        places_deg, courses_deg = destinations_deg(self.places_deg, self.courses_deg, distances_m)
        return type(self)(places_deg, courses_deg, self.speeds_mps)

    def take(self, rows: npt.NDArray[np.intp]) -> Self:
        """Return the craft of these rows, in their order, as often as they are named."""
        return type(self)(self.places_deg[rows], self.courses_deg[rows], self.speeds_mps[rows])


def closest_in_space(
    firsts: Movers,
    seconds: Movers,
    pairs: npt.NDArray[np.intp],
    bounds_s: tuple[float, float],
) -> tuple[_Numbers, _Numbers]:
    """Return when the craft of each pair are closest within a time, and their distance then.

    pairs: (k, 2), a row of firsts and one of seconds. bounds_s: the earliest and latest, from the
    craft's time. Result: seconds, (k,), and metres, (k,). The craft are taken along circles with
    the Earth's curvature in their direction (Euler's formula), the geodesic distance from the
    chord as on a sphere: right to a metre while no craft goes further than 100 NM.
    """
    first, second = _Circles.of(firsts), _Circles.of(seconds)
    found = [
        _closest_on_circles(first, second, pairs[start : start + _PAIRS_AT_ONCE], bounds_s)
        for start in range(0, len(pairs), _PAIRS_AT_ONCE)
    ]
    if not found:
        return np.empty(0), np.empty(0)
    at_s, apart_m = zip(*found, strict=True)
    return np.concatenate(at_s), np.concatenate(apart_m)


def closest_on_ground(
    firsts: Movers, seconds: Movers, guesses_s: _Numbers, bounds_s: tuple[float, float]
) -> _Numbers:
    """Return when pairs of craft are closest within a time, by geodesics: seconds, (n,).

    firsts and seconds are paired row by row; guesses_s: (n,), where to begin. Right to a
    millisecond; where a pair keeps its distance, its guess.
    """
    at_s = np.clip(guesses_s, *bounds_s)
    largest_step_s, steps = np.inf, 0
    while largest_step_s >= _FOUND_S and steps < _STEPS:
        first, second = firsts.after(at_s), seconds.after(at_s)
        distances_m, along_mps, across_mps = relative_motion(first, second)
        step_s = _step_s(
            distances_m * along_mps,
            along_mps**2 + across_mps**2,
            distances_m**2,
            firsts.speeds_mps**2 + seconds.speeds_mps**2,
        )
        next_s = np.clip(at_s + step_s, *bounds_s)
        largest_step_s, steps = float(np.abs(next_s - at_s).max(initial=0.0)), steps + 1
        at_s = next_s
    latest_s = np.full_like(at_s, bounds_s[1])
    found_m, last_m = (
        relative_motion(firsts.after(when_s), seconds.after(when_s))[0]
        for when_s in (at_s, latest_s)
    )
    return np.where(last_m < found_m - _CLOSER_M, latest_s, at_s)


def relative_motion(firsts: Movers, seconds: Movers) -> tuple[_Numbers, _Numbers, _Numbers]:
    """Return how craft move against each other, row by row, at their time.

    Result: the geodesic distances in metres; the second's speed against the first along the line
    between the two, metres per second, positive while they part; and across it, to the right as
    seen from the first. Each velocity is held against the geodesic where the craft is, so that two
    that go abreast around the Earth have none. (n,) each.
    """
    bearings_deg, back_deg, distances_m = bearings_and_distances(
        firsts.places_deg, seconds.places_deg
    )
    first_rad = np.radians(firsts.courses_deg - bearings_deg)
    second_rad = np.radians(seconds.courses_deg - (back_deg + 180.0))
    along_mps = seconds.speeds_mps * np.cos(second_rad) - firsts.speeds_mps * np.cos(first_rad)
    across_mps = seconds.speeds_mps * np.sin(second_rad) - firsts.speeds_mps * np.sin(first_rad)
    return distances_m, along_mps, across_mps


@dataclass(frozen=True, slots=True)
class _Circles:
    """The circles that craft go along, in metres from the Earth's centre.

    start_m, ahead, up: (3, n); the place, and the directions of the course and of the zenith
    there. radius_m: (n,), of the Earth's curvature along the course.
    """

    start_m: _Numbers
    ahead: _Numbers
    up: _Numbers
    radius_m: _Numbers
    speeds_mps: _Numbers

    @classmethod
    def of(cls, movers: Movers) -> Self:
        """Return the circles of craft.

        The place by the formulas of EPSG Guidance Note 7-2 (geographic to geocentric, WGS 84).
        """
        lon_rad, lat_rad = np.radians(movers.places_deg).T
        course_rad = np.radians(movers.courses_deg)
        sin_lon, cos_lon = np.sin(lon_rad), np.cos(lon_rad)
        sin_lat, cos_lat = np.sin(lat_rad), np.cos(lat_rad)
        sin_course, cos_course = np.sin(course_rad), np.cos(course_rad)
        flattened = 1.0 - (ECCENTRICITY * sin_lat) ** 2
        across_meridian_m = SEMI_MAJOR_AXIS_M / np.sqrt(flattened)
        along_meridian_m = across_meridian_m * (1.0 - ECCENTRICITY**2) / flattened
        start_m = np.stack(
            (
                across_meridian_m * cos_lat * cos_lon,
                across_meridian_m * cos_lat * sin_lon,
                across_meridian_m * (1.0 - ECCENTRICITY**2) * sin_lat,
            )
        )
        up = np.stack((cos_lat * cos_lon, cos_lat * sin_lon, sin_lat))
        north = np.stack((-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat))
        east = np.stack((-sin_lon, cos_lon, np.zeros_like(lon_rad)))
        return cls(
            start_m=start_m,
            ahead=cos_course * north + sin_course * east,
            up=up,
            radius_m=1.0 / (cos_course**2 / along_meridian_m + sin_course**2 / across_meridian_m),
            speeds_mps=movers.speeds_mps,
        )

    def at(self, rows: npt.NDArray[np.intp], seconds: _Numbers) -> tuple[_Numbers, _Numbers]:
        """Return places, (3, k) metres, and velocities, (3, k) metres per second, after a time."""
        radius_m, speeds_mps = self.radius_m[rows], self.speeds_mps[rows]
        angle_rad = speeds_mps * seconds / radius_m
        ahead, up = self.ahead[:, rows], self.up[:, rows]
        sin_angle, cos_angle = np.sin(angle_rad), np.cos(angle_rad)
        places_m = self.start_m[:, rows] + radius_m * (sin_angle * ahead - (1.0 - cos_angle) * up)
        return places_m, speeds_mps * (cos_angle * ahead - sin_angle * up)


def _closest_on_circles(
    first: _Circles,
    second: _Circles,
    pairs: npt.NDArray[np.intp],
    bounds_s: tuple[float, float],
) -> tuple[_Numbers, _Numbers]:
    rows, columns = pairs[:, 0], pairs[:, 1]
    earliest_s, latest_s = bounds_s
    at_s = np.full(len(pairs), np.clip(0.0, earliest_s, latest_s))
    active = np.arange(len(pairs))
    squares = (first.speeds_mps**2)[rows] + (second.speeds_mps**2)[columns]
    steps = 0
    while len(active) and steps < _STEPS:
        first_m, first_mps = first.at(rows[active], at_s[active])
        second_m, second_mps = second.at(columns[active], at_s[active])
        apart_m, apart_mps = second_m - first_m, second_mps - first_mps
        step_s = _step_s(
            np.einsum("kp,kp->p", apart_m, apart_mps),
            np.einsum("kp,kp->p", apart_mps, apart_mps),
            np.einsum("kp,kp->p", apart_m, apart_m),
            squares[active],
        )
        next_s = np.clip(at_s[active] + step_s, earliest_s, latest_s)
        is_found = np.abs(next_s - at_s[active]) < _FOUND_S
        at_s[active] = next_s
        active, steps = active[~is_found], steps + 1
    ends_s = np.full_like(at_s, latest_s)
    found_m, last_m = (
        _arcs_m(second.at(columns, when_s)[0] - first.at(rows, when_s)[0])
        for when_s in (at_s, ends_s)
    )
    is_last = last_m < found_m - _CLOSER_M
    return np.where(is_last, ends_s, at_s), np.where(is_last, last_m, found_m)


def _arcs_m(apart_m: _Numbers) -> _Numbers:
    """Return the distances around the Earth for straight ones, (3, n), as on a sphere."""
    chords_m = np.sqrt(np.einsum("kp,kp->p", apart_m, apart_m))
    arcs_m: _Numbers = 2.0 * SEMI_MAJOR_AXIS_M * np.arcsin(chords_m / (2.0 * SEMI_MAJOR_AXIS_M))
    return arcs_m


def _step_s(
    slope: _Numbers, relative_square: _Numbers, distance_square: _Numbers, speed_squares: _Numbers
) -> _Numbers:
    """Return Newton's step towards the closest approach, 0 for pairs that keep their distance."""
    is_moving = relative_square > _STILL_MPS**2
    curved = speed_squares * distance_square / (2.0 * SEMI_MAJOR_AXIS_M**2)
    step_s: _Numbers = -slope / np.where(is_moving, relative_square + curved, np.inf)
    return step_s
