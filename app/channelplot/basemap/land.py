"""Whether a position is on land, how far inland, and in which state."""

import threading
from typing import Final

import numpy as np
import shapely

from channelplot.basemap.basemap import Basemap
from channelplot.basemap.projected import in_pieces, projected
from channelplot.basemap.read import Geometries
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import (
    from_chart_m,
    ground_metres_per_chart_metre,
    position_from_chart_m,
    position_to_chart_m,
)

_PIECE_VERTICES: Final = 64
"""Short, so that a nearest piece is found without measuring along a whole coast."""
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
                self._index = _Index(self._basemap.land, self._basemap.coastline)
            return self._index


class _Index:
    """Land and coastline in chart metres, each with a tree; never changed once made."""

    def __init__(self, land: Geometries, coastline: Geometries) -> None:
        self._land = projected(land)
        self._coast = in_pieces(projected(coastline), _PIECE_VERTICES)
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
        chart_m = float(shapely.distance(point, self._coast[self._coast_tree.nearest(point)]))
        north = position_from_chart_m(x_m, y_m + chart_m)
        south = position_from_chart_m(x_m, y_m - chart_m)
        reach_m = chart_m * (
            ground_metres_per_chart_metre(south.lat_deg)
            / ground_metres_per_chart_metre(north.lat_deg)
        )
        near = self._coast_tree.query(point, predicate="dwithin", distance=reach_m)
        lines = shapely.shortest_line(point, self._coast[near])
        middle_y_m = y_m + (shapely.get_coordinates(lines)[1::2, 1] - y_m) / 2.0
        middles_deg = from_chart_m(np.column_stack((np.zeros_like(middle_y_m), middle_y_m)))
        lengths_m = shapely.length(lines)
        return min(
            float(length_m) * ground_metres_per_chart_metre(float(lat_deg))
            for length_m, lat_deg in zip(lengths_m, middles_deg[:, 1], strict=True)
        )
