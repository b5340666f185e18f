"""A limit that a desk has loaded, made ready for the chart: what it says of a place, how far it is.

Its points are joined by rhumb lines, which are straight on the chart: there it is found whether an
area holds a place and on which side of a line one lies. Distances are geodesics.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.analysis.waters import ON_LINE_M
from channelplot.geodesy.angles import wrapped_deg
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import SEMI_MAJOR_AXIS_M, position_to_chart_m
from channelplot.geodesy.rhumb_line import RhumbLine
from channelplot.model.codes import LimitPurpose
from channelplot.model.limit import LoadedLimit

_AT_END_M: Final = 1e-6
_SURE: Final = 0.01
"""Distances from the chart are right to 1 %: nearer than that to a limit they are measured."""


@dataclass(frozen=True, slots=True)
class Place:
    """A position and where it is on the chart, in chart metres."""

    position: Position
    x_m: float
    y_m: float

    @classmethod
    def of(cls, position: Position) -> Self:
        """Return the place of a position."""
        return cls(position, *position_to_chart_m(position))

    @property
    def lon_lat_deg(self) -> npt.NDArray[np.float64]:
        """Return the position as (1, 2) float64, lon, lat in degrees."""
        return np.array([(self.position.lon_deg, self.position.lat_deg)], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class NearestPoint:
    """The point of a limit that is nearest to a position.

    distance_m: geodesic. bearing_deg: true, from the position to it; None on it.
    """

    position: Position
    distance_m: float
    bearing_deg: float | None


@dataclass(frozen=True, slots=True, eq=False)
class ChartedLimit:
    """A loaded limit with its outline on the chart; never changed once made, any thread may ask.

    line: the line, or the outline of the area. outline: the same in chart metres; body: what the
    area holds, the outline itself for a line. box_m: its west, south, east and north there.
    """

    loaded: LoadedLimit
    line: RhumbLine
    outline: shapely.LineString
    body: shapely.Geometry
    box_m: tuple[float, float, float, float]

    @classmethod
    def of(cls, loaded: LoadedLimit) -> Self | None:
        """Return the limit ready to be asked, None for one whose points are all in one place."""
        points = tuple(point for point, _ in groupby(loaded.points))
        if len(points) < 2 or (loaded.is_area and len(set(points)) < 3):
            return None
        line = RhumbLine(points)
        outline = shapely.LineString(line.points_m)
        body = shapely.make_valid(shapely.Polygon(line.points_m)) if loaded.is_area else outline
        shapely.prepare([outline, body])
        # GEOS indexes a prepared shape at its first question, which two threads must not ask.
        shapely.distance(outline, shapely.Point(line.points_m[0]))
        shapely.intersects_xy(body, *line.points_m[0])
        return cls(loaded, line, outline, body, outline.bounds)

    def side(self, place: Place, reach_m: float) -> str | None:
        """Return what the limit says of a place, None where it says nothing.

        An area speaks for what it holds, its outline included. A line speaks for places that are
        nearer to one of its points between the ends than to an end, and within reach_m of it.
        """
        if self.loaded.is_area:
            is_held = bool(shapely.intersects_xy(self.body, place.x_m, place.y_m))
            return self.loaded.left if is_held else None
        if not self._is_within(place, reach_m) or self._is_at_end(place):
            return None
        sign = int(self.line.sides(place.lon_lat_deg)[0])
        return self.loaded.right if sign < 0 else self.loaded.left

    def nearest(self, place: Place) -> NearestPoint:
        """Return the nearest point of the line or outline."""
        points_deg, bearings_deg, distances_m = self.line.nearest(place.lon_lat_deg)
        distance_m = float(distances_m[0])
        return NearestPoint(
            position=Position(float(points_deg[0, 0]), float(points_deg[0, 1])),
            distance_m=distance_m,
            bearing_deg=wrapped_deg(float(bearings_deg[0])) if distance_m > 0.0 else None,
        )

    def at_least_m(self, place: Place) -> float:
        """Return a distance in metres that the line or outline is not nearer than."""
        return self._bounds_m(place)[0]

    def box_at_least_m(self, place: Place) -> float:
        """Return such a distance in metres to the rectangle around the limit: shorter, faster."""
        west_m, south_m, east_m, north_m = self.box_m
        chart_m = math.hypot(
            max(west_m - place.x_m, 0.0, place.x_m - east_m),
            max(south_m - place.y_m, 0.0, place.y_m - north_m),
        )
        return _least_m(place, chart_m)

    def is_on(self, place: Place) -> bool:
        """Return whether a place is on the line or outline, to the metre positions are good to."""
        if self.box_at_least_m(place) > ON_LINE_M or self.at_least_m(place) > ON_LINE_M:
            return False
        return self.nearest(place).distance_m <= ON_LINE_M

    def hides(self, place: Place, other: "ChartedLimit") -> bool:
        """Return whether this line lies between a place and the nearest point of another."""
        point = shapely.Point(place.x_m, place.y_m)
        return bool(shapely.intersects(self.outline, shapely.shortest_line(point, other.outline)))

    def _is_within(self, place: Place, reach_m: float) -> bool:
        if self.box_at_least_m(place) > reach_m:
            return False
        at_least_m, at_most_m = self._bounds_m(place)
        if at_most_m <= reach_m or at_least_m > reach_m:
            return at_most_m <= reach_m
        return self.nearest(place).distance_m <= reach_m

    def _is_at_end(self, place: Place) -> bool:
        """Return whether an end is the nearest of the line, by the chart."""
        if self.line.is_ring:
            return False
        along_m = shapely.line_locate_point(self.outline, shapely.Point(place.x_m, place.y_m))
        return not _AT_END_M < float(along_m) < float(self.outline.length) - _AT_END_M

    def _bounds_m(self, place: Place) -> tuple[float, float]:
        """Return between what metres on the ground the distance lies."""
        chart_m = float(shapely.distance(self.outline, shapely.Point(place.x_m, place.y_m)))
        nearest = math.cosh(max(0.0, abs(place.y_m) - chart_m) / SEMI_MAJOR_AXIS_M)
        return _least_m(place, chart_m), chart_m / nearest * (1.0 + _SURE)


def _least_m(place: Place, chart_m: float) -> float:
    """Return how much on the ground a distance from a place on the chart is at least, in metres."""
    furthest = math.cosh((abs(place.y_m) + chart_m) / SEMI_MAJOR_AXIS_M)
    return chart_m / furthest * (1.0 - _SURE)


def charted_limits(
    loaded: Iterable[LoadedLimit], purpose: LimitPurpose
) -> tuple[ChartedLimit, ...]:
    """Return the limits of one purpose ready to be asked, the one loaded last at the end."""
    in_order = sorted((each for each in loaded if each.purpose is purpose), key=_loaded_at_utc)
    return tuple(charted for each in in_order if (charted := ChartedLimit.of(each)) is not None)


def _loaded_at_utc(loaded: LoadedLimit) -> datetime:
    return loaded.loaded_at_utc
