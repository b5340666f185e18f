"""A line of rhumb lines through positions: its sides, its nearest point, and where it is crossed.

Sides and crossings are found on the chart, where a rhumb line is straight (EPSG:3395); distances
are geodesics. For lines that do not cross the antimeridian.
"""

import functools
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.geodesy.measure import bearings_and_distances
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import SEMI_MAJOR_AXIS_M, from_chart_m, to_chart_m

_CELLS: Final = 200_000
"""So many positions times legs are compared at once: some 20 MB."""
_CHART_SLACK: Final = 0.01
"""Distances from the chart are right to 1 % within 300 NM."""
_NEARLY_NEAREST_M: Final = 0.1
_SLACK_PER_RADIUS: Final = 0.005
_SLACK_PER_SQUARE: Final = 0.5
"""Two distances x Earth radii long from one place that are the same on the ground differ on the
chart by less than these times x and the square of x (two thirds of that at most, measured from the
equator to 60 degrees and up to 300 NM): legs within that of the nearest are all measured."""
_FOUND_M: Final = 1e-4
_TOUCH_M: Final = 0.01
_BLOCK: Final = 64
"""So many legs, one after the other, are compared with a path by the rectangle around them."""
_END_SLACK: Final = 1e-9
"""Of a leg's length: two legs that meet leave no gap for rounding to slip through."""


@dataclass(frozen=True)
class RhumbLine:
    """Rhumb lines from each of some positions to the next.

    At least two positions, none the same as the next: ValueError otherwise. Where the last is
    the first the line is a ring and has no ends.
    """

    points: tuple[Position, ...]

    def __post_init__(self) -> None:
        """Refuse what is no line."""
        if len(self.points) < 2 or not np.all(self._lengths_m > 0.0):
            msg = "a line of two positions or more expected, each another than the one before"
            raise ValueError(msg)

    @property
    def is_ring(self) -> bool:
        """Return whether the line ends where it begins."""
        return self.points[0] == self.points[-1]

    @functools.cached_property
    def points_m(self) -> npt.NDArray[np.float64]:
        """Return the positions in chart metres: (n, 2) float64."""
        points_deg = np.array([(p.lon_deg, p.lat_deg) for p in self.points], dtype=np.float64)
        return to_chart_m(points_deg)

    @functools.cached_property
    def _lengths_m(self) -> npt.NDArray[np.float64]:
        east_m, north_m = np.diff(self.points_m, axis=0).T
        lengths_m: npt.NDArray[np.float64] = np.hypot(east_m, north_m)
        return lengths_m

    @functools.cached_property
    def _along(self) -> npt.NDArray[np.float64]:
        """Return the direction of each leg on the chart: (legs, 2), of length 1."""
        return np.diff(self.points_m, axis=0) / self._lengths_m[:, np.newaxis]

    @functools.cached_property
    def _left(self) -> npt.NDArray[np.float64]:
        """Return the direction to the left of each leg: (legs, 2), of length 1."""
        return np.column_stack((-self._along[:, 1], self._along[:, 0]))

    @functools.cached_property
    def _left_at_points(self) -> npt.NDArray[np.float64]:
        """Return the direction to the left of the line at each position: (n, 2).

        Between two legs that is the sum of theirs; it tells the sides apart around a corner
        (Baerentzen and Aanaes, "Signed distance computation using the angle weighted
        pseudonormal", IEEE TVCG 11, 2005; in the plane both angles weigh the same).
        """
        first, last = self._left[0], self._left[-1]
        before, after = np.vstack((first, self._left)), np.vstack((self._left, last))
        if self.is_ring:
            before[0], after[-1] = last, first
        summed: npt.NDArray[np.float64] = before + after
        return summed

    def sides(self, lon_lat_deg: npt.NDArray[np.float64]) -> npt.NDArray[np.int8]:
        """Return on which side of the line positions lie, looking from its first point to its last.

        lon_lat_deg: (n, 2) float64, lon, lat in degrees. Result: (n,), 1 left, -1 right, 0 on it
        to the last digit. Beyond an end the line goes on straight on the chart as its last leg
        does: what that means is for the caller to say.
        """
        places_m = to_chart_m(lon_lat_deg)
        result = np.empty(len(places_m), dtype=np.int8)
        for rows in _pieces(len(places_m), len(self._along)):
            result[rows] = np.sign(self._off_m(places_m[rows]))
        return result

    def is_abeam(self, lon_lat_deg: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Return which positions lie between the perpendiculars to the line at its two ends.

        lon_lat_deg: (n, 2) float64, lon, lat in degrees. The perpendiculars are straight on the
        chart and have no end; on them counts as between. A ring has all positions abeam.
        """
        return self.are_abeam_m(to_chart_m(lon_lat_deg))

    def are_abeam_m(self, places_m: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Return the same as ``is_abeam`` for places in chart metres, (n, 2) float64."""
        if self.is_ring:
            return np.ones(len(places_m), dtype=np.bool_)
        past_first = (places_m - self.points_m[0]) @ self._along[0] >= 0.0
        before_last = (places_m - self.points_m[-1]) @ self._along[-1] <= 0.0
        both: npt.NDArray[np.bool_] = past_first & before_last
        return both

    def nearest(
        self, lon_lat_deg: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the points of the line that are nearest to positions.

        lon_lat_deg: (n, 2) float64, lon, lat in degrees. Result: the points, (n, 2) lon, lat; the
        bearings to them, (n,) true from -180 to 180; the geodesic distances, (n,) metres. Nearest
        by the geodesic: at the foot of a perpendicular, which is sought along each leg that may
        hold it, or at a point of the line. Right to a millimetre.
        """
        places_m = to_chart_m(lon_lat_deg)
        found = [
            self._nearest(lon_lat_deg[rows], places_m[rows])
            for rows in _pieces(len(places_m), len(self._along))
        ]
        if not found:
            return np.empty((0, 2)), np.empty(0), np.empty(0)
        points, bearings, distances = zip(*found, strict=True)
        return np.concatenate(points), np.concatenate(bearings), np.concatenate(distances)

    def is_within(self, lon_lat_deg: npt.NDArray[np.float64], distance_m: float) -> bool:
        """Return whether one position lies within a geodesic distance of the line.

        lon_lat_deg: (1, 2) float64. It is measured only where the chart leaves it open.
        """
        places_m = to_chart_m(lon_lat_deg)
        feet_m, squares = self._feet(places_m)
        leg = int(np.argmin(squares))
        foot_y_m = self.points_m[leg, 1] + feet_m[0, leg] * self._along[leg, 1]
        scale = _ground_per_chart((places_m[:, 1] + foot_y_m) / 2.0)
        guess_m = float(np.sqrt(squares[0, leg]) * scale[0])
        if abs(guess_m - distance_m) > distance_m * _CHART_SLACK + _NEARLY_NEAREST_M:
            return guess_m < distance_m
        return bool(self.nearest(lon_lat_deg)[2][0] <= distance_m)

    def off_leg_m(self, leg: int, x_m: float, y_m: float) -> float:
        """Return how far left of a leg, drawn on without end, chart metres lie; right is negative.

        In chart metres. leg: from 0.
        """
        start_x_m, start_y_m = self.points_m[leg]
        left_x, left_y = self._left[leg]
        return float((x_m - start_x_m) * left_x + (y_m - start_y_m) * left_y)

    def met_by(
        self, path_m: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Return where a path on the chart meets the line, in the order of the path.

        path_m: (n, 2) float64 in chart metres, straight between its points. Result: on which step
        of the path, (k,), 0 from its first point to its second; and on which leg, (k,). A meeting
        at a corner is found on both legs, one at a point of the path on both steps. Where the two
        run along each other: nothing.
        """
        steps, legs = self._near_each_other(path_m)
        step_m, leg_m = path_m[steps + 1] - path_m[steps], np.diff(self.points_m, axis=0)[legs]
        to_start_m = self.points_m[legs] - path_m[steps]
        across = _cross(step_m, leg_m)
        with np.errstate(divide="ignore", invalid="ignore"):
            of_step = _cross(to_start_m, leg_m) / across
            of_leg = _cross(to_start_m, step_m) / across
        is_met = (
            (of_step >= -_END_SLACK)
            & (of_step <= 1.0 + _END_SLACK)
            & (of_leg >= -_END_SLACK)
            & (of_leg <= 1.0 + _END_SLACK)
        )
        steps, legs = steps[is_met], legs[is_met]
        order = np.lexsort((of_step[is_met], steps))
        return steps[order], legs[order]

    def _near_each_other(
        self, path_m: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Return which steps of a path and which legs lie in rectangles that touch: (k,), (k,)."""
        low_m, high_m = self._leg_bounds_m
        starts = np.arange(0, len(low_m), _BLOCK)
        block_low_m = np.minimum.reduceat(low_m, starts)[np.newaxis]
        block_high_m = np.maximum.reduceat(high_m, starts)[np.newaxis]
        step_low_m = np.minimum(path_m[:-1], path_m[1:])
        step_high_m = np.maximum(path_m[:-1], path_m[1:])
        is_near = (block_low_m <= step_high_m[:, np.newaxis]) & (
            block_high_m >= step_low_m[:, np.newaxis]
        )
        near_steps, near_blocks = np.nonzero(is_near.all(axis=2))
        legs = (starts[near_blocks][:, np.newaxis] + np.arange(_BLOCK)).ravel()
        steps = np.repeat(near_steps, _BLOCK)
        is_leg = legs < len(low_m)
        steps, legs = steps[is_leg], legs[is_leg]
        touch = (low_m[legs] <= step_high_m[steps]) & (high_m[legs] >= step_low_m[steps])
        both = touch.all(axis=1)
        return steps[both], legs[both]

    @functools.cached_property
    def _leg_bounds_m(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the corners of the rectangle around each leg, a little wider: (legs, 2) each."""
        starts_m, ends_m = self.points_m[:-1], self.points_m[1:]
        return np.minimum(starts_m, ends_m) - _TOUCH_M, np.maximum(starts_m, ends_m) + _TOUCH_M

    def _feet(
        self, places_m: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the nearest of each leg to each place on the chart, and the squares of how far.

        Result: how far along the leg in chart metres, and square metres, both (places, legs).
        """
        from_start_m = places_m[:, np.newaxis, :] - self.points_m[np.newaxis, :-1, :]
        along_m = np.clip(np.einsum("plk,lk->pl", from_start_m, self._along), 0.0, self._lengths_m)
        off_m = from_start_m - along_m[:, :, np.newaxis] * self._along
        return along_m, np.einsum("plk,plk->pl", off_m, off_m)

    def _off_m(self, places_m: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return a number for each place with the sign of its side, positive to the left."""
        feet_m, squares = self._feet(places_m)
        legs = np.argmin(squares, axis=1)
        rows = np.arange(len(places_m))
        along_m = feet_m[rows, legs]
        is_at_end = along_m >= self._lengths_m[legs]
        points = np.where(is_at_end, legs + 1, legs)
        is_corner = is_at_end | (along_m <= 0.0)
        if not self.is_ring:
            is_corner &= (points > 0) & (points < len(self.points) - 1)
        left = np.where(is_corner[:, np.newaxis], self._left_at_points[points], self._left[legs])
        off: npt.NDArray[np.float64] = np.einsum("pk,pk->p", places_m - self.points_m[points], left)
        return off

    def _nearest(
        self, lon_lat_deg: npt.NDArray[np.float64], places_m: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        feet_m, squares = self._feet(places_m)
        middle_y_m = (
            places_m[:, 1, np.newaxis] / 2.0
            + (self.points_m[:-1, 1] + feet_m * self._along[:, 1]) / 2.0
        )
        guesses_m = np.sqrt(squares) * _ground_per_chart(middle_y_m)
        least_m = guesses_m.min(axis=1)
        radii = least_m / SEMI_MAJOR_AXIS_M
        slack = _SLACK_PER_RADIUS * radii + _SLACK_PER_SQUARE * radii**2
        limits_m = least_m * (1.0 + slack) + _NEARLY_NEAREST_M
        rows, legs = np.nonzero(guesses_m <= limits_m[:, np.newaxis])
        points_deg, bearings_deg, distances_m = self._feet_on_ground(
            lon_lat_deg[rows], legs, feet_m[rows, legs]
        )
        # Sorted by row and then by distance: the first of each row is its nearest.
        order = np.lexsort((distances_m, rows))
        _, firsts = np.unique(rows[order], return_index=True)
        best = order[firsts]
        return points_deg[best], bearings_deg[best], distances_m[best]

    def _feet_on_ground(
        self,
        lon_lat_deg: npt.NDArray[np.float64],
        legs: npt.NDArray[np.intp],
        along_m: npt.NDArray[np.float64],
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the nearest points of given legs by the geodesic, the bearings and distances.

        along_m: where to begin, in chart metres from the leg's start. At the nearest point the
        geodesic from the place meets the leg at a right angle; each step goes along the leg as far
        as the one meets the other short of it.
        """
        east, north = self._along[legs].T
        courses_deg = np.degrees(np.arctan2(east, north))
        step_m = np.inf
        while True:
            points_m = self.points_m[legs] + along_m[:, np.newaxis] * self._along[legs]
            points_deg = from_chart_m(points_m)
            bearings_deg, back_deg, distances_m = bearings_and_distances(lon_lat_deg, points_deg)
            short_m = distances_m * np.cos(np.radians(back_deg - courses_deg))
            next_m = np.clip(
                along_m + short_m / _ground_per_chart(points_m[:, 1]), 0.0, self._lengths_m[legs]
            )
            last_step_m, step_m = step_m, float(np.abs(next_m - along_m).max())
            if step_m < _FOUND_M or step_m >= last_step_m:
                break
            along_m = next_m
        return points_deg, bearings_deg, distances_m


def _ground_per_chart(y_m: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return about how many metres on the ground a chart metre stands for, as on a sphere."""
    scale: npt.NDArray[np.float64] = 1.0 / np.cosh(y_m / SEMI_MAJOR_AXIS_M)
    return scale


def _cross(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    product: npt.NDArray[np.float64] = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return product


def _pieces(places: int, legs: int) -> list[slice]:
    """Return slices of the places that are small enough to be compared with every leg at once."""
    step = max(1, _CELLS // legs)
    return [slice(start, start + step) for start in range(0, places, step)]
