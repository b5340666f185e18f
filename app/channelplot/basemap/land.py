"""Whether a position is on land, how far inland, and in which state."""

import math
import threading
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.analysis.coast import NearestCoast
from channelplot.basemap.basemap import CHART_AREA, Basemap
from channelplot.basemap.projected import in_pieces, projected
from channelplot.basemap.read import Geometries
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import (
    SEMI_MAJOR_AXIS_M,
    from_chart_m,
    ground_metres_per_chart_metre,
    position_from_chart_m,
    position_to_chart_m,
)

_PIECE_VERTICES: Final = 64
"""Short, so that a nearest piece is found without measuring along a whole coast."""
_ROUNDING_M: Final = 1e-6
_PREPARED_VERTICES: Final = 100
"""Polygons with more are given an index of their edges, for which GEOS takes a moment."""


class Land:
    """Answers about single positions; any thread may ask.

    Knows nothing beyond ``CHART_AREA``: all is sea there.
    """

    def __init__(self, basemap: Basemap) -> None:
        """Index nothing yet: the first question does, in some hundredths of a second."""
        self._basemap = basemap
        self._index: _Index | None = None
        self._lock = threading.Lock()

    def make_ready(self) -> None:
        """Index the coast now, in any thread, rather than at the first question."""
        self._indexed()

    def is_land(self, position: Position) -> bool:
        """Return whether the position is on land, the coastline itself included."""
        return self._indexed().is_land(*position_to_chart_m(position))

    def inland_distance_m(self, position: Position) -> float:
        """Return how far inside the coastline a position is, in metres on the ground.

        0.0 at sea. Geodesic within 0.5 %. Tidal rivers and harbours have a coastline too,
        as far up as OpenStreetMap's mappers drew it.
        """
        x_m, y_m = position_to_chart_m(position)
        index = self._indexed()
        return index.to_coast_m(x_m, y_m) if index.is_land(x_m, y_m) else 0.0

    def shore_distance_m(self, position: Position) -> float:
        """Return how far a position is from the coastline, at sea or on land, in metres."""
        return self._indexed().to_coast_m(*position_to_chart_m(position))

    def nearest_coast(self, position: Position) -> NearestCoast | None:
        """Return the nearest place of the coastline, geodesic to a metre within 30 NM.

        At sea or on land. None outside ``CHART_AREA``; near its edge a coast that lies beyond may
        be nearer.
        """
        if not CHART_AREA.contains(position):
            return None
        return self._indexed().nearest_coast(position)

    def state_at(self, position: Position) -> str | None:
        """Return the ISO 3166-1 code of the state the land at a position belongs to.

        None at sea. Exact on the coast; inland borders are good to some kilometres.
        """
        if not self.is_land(position):
            return None
        hits = shapely.intersects_xy(self._basemap.state_areas, position.lon_deg, position.lat_deg)
        return self._basemap.state_area_states[int(np.flatnonzero(hits)[0])]

    def _indexed(self) -> "_Index":
        with self._lock:
            if self._index is None:
                self._index = _Index(self._basemap)
            return self._index


class _Index:
    """Land and coastline in chart metres, each with a tree; never changed once made."""

    def __init__(self, basemap: Basemap) -> None:
        self._land = projected(basemap.land)
        self._coast, self._coast_states = _coast_of_states(basemap)
        self._land_tree = shapely.STRtree(self._land)
        self._coast_tree = shapely.STRtree(self._coast)
        shapely.prepare(self._land[shapely.get_num_coordinates(self._land) > _PREPARED_VERTICES])
        # GEOS builds a tree, and a prepared polygon its edges, at the first query, which two
        # threads must not do at once.
        origin = shapely.Point(0.0, 0.0)
        self._land_tree.query(origin)
        self._coast_tree.query(origin)
        west_m, south_m, east_m, north_m = shapely.bounds(self._land).T
        shapely.intersects_xy(self._land, (west_m + east_m) / 2.0, (south_m + north_m) / 2.0)

    def is_land(self, x_m: float, y_m: float) -> bool:
        near = self._land_tree.query(shapely.Point(x_m, y_m))
        return bool(shapely.intersects_xy(self._land[near], x_m, y_m).any())

    def to_coast_m(self, x_m: float, y_m: float) -> float:
        """Return the ground distance to the coastline.

        The projection is conformal, so over short distances the nearest on the chart is the
        nearest on the ground. Over long ones the scale at the two ends differs, and
        every piece that could be nearer on the ground is measured with its own scale.
        """
        point = shapely.Point(x_m, y_m)
        near = self._nearest_pieces(point)
        lines = shapely.shortest_line(point, self._coast[near])
        middle_y_m = y_m + (shapely.get_coordinates(lines)[1::2, 1] - y_m) / 2.0
        middles_deg = from_chart_m(np.column_stack((np.zeros_like(middle_y_m), middle_y_m)))
        lengths_m = shapely.length(lines)
        return min(
            float(length_m) * ground_metres_per_chart_metre(float(lat_deg))
            for length_m, lat_deg in zip(lengths_m, middles_deg[:, 1], strict=True)
        )

    def nearest_coast(self, position: Position) -> NearestCoast:
        """Return the nearest place of the coastline: the nearest by ``to_coast_m``'s measure."""
        x_m, y_m = position_to_chart_m(position)
        point = shapely.points(x_m, y_m)
        near = self._nearest_pieces(point)
        lines = shapely.shortest_line(point, self._coast[near])
        feet_m = shapely.get_coordinates(lines)[1::2]
        row = 0
        if len(near) > 1:
            scales = 1.0 / np.cosh((y_m + feet_m[:, 1]) / 2.0 / SEMI_MAJOR_AXIS_M)
            row = int(np.argmin(shapely.length(lines) * scales))
        foot = position_from_chart_m(float(feet_m[row, 0]), float(feet_m[row, 1]))
        return NearestCoast(
            state=self._coast_states[int(near[row])],
            position=foot,
            distance_m=distance_m(position, foot),
        )

    def _nearest_pieces(self, point: shapely.Point) -> npt.NDArray[np.intp]:
        """Return every piece that could be the nearest on the ground."""
        y_m = abs(point.y)
        chart_m = float(shapely.distance(point, self._coast[self._coast_tree.nearest(point)]))
        nearer, further = max(0.0, y_m - chart_m), y_m + chart_m
        reach_m = chart_m * math.cosh(further / SEMI_MAJOR_AXIS_M)
        reach_m = reach_m / math.cosh(nearer / SEMI_MAJOR_AXIS_M) + _ROUNDING_M
        near: npt.NDArray[np.intp] = self._coast_tree.query(
            point, predicate="dwithin", distance=reach_m
        )
        return near


def _coast_of_states(basemap: Basemap) -> tuple[Geometries, tuple[str, ...]]:
    """Return the coastline on the chart in short pieces, and whose coast each is."""
    coast, states = projected(basemap.coastline), np.array(basemap.coastline_states)
    pieces: list[Geometries] = []
    piece_states: list[str] = []
    for state in dict.fromkeys(basemap.coastline_states):
        of_state = in_pieces(coast[states == state], _PIECE_VERTICES)
        pieces.append(of_state)
        piece_states += [state] * len(of_state)
    return np.concatenate(pieces), tuple(piece_states)
