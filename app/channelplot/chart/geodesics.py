"""Lines and circles that are true on the ground, as points for the chart; no Qt.

On Mercator a rhumb line is straight; a geodesic is not, and a circle on the ground is none.
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.chart.viewport import Viewport
from channelplot.geodesy.measure import bearings_and_distances, circle_deg, destinations_deg
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import ground_metres_per_chart_metre
from channelplot.geodesy.units import METRES_PER_NM

_PIECE_M: Final = METRES_PER_NM
"""A geodesic of a mile bends by 8 cm against the straight line on the chart, at 51 degrees."""
_MOST_PIECES: Final = 720
"""Of one leg: longer ones are cut into longer pieces."""
_AWAY_PX: Final = 0.25
"""How far the straight pieces of a circle may run inside it."""
_FEWEST_POINTS: Final = 24
_MOST_POINTS: Final = 1440
_SLACK: Final = 1.05
"""On the chart a circle is a little larger towards the pole than its radius at the centre."""


def positions_deg(positions: Sequence[Position]) -> npt.NDArray[np.float64]:
    """Return positions as an array: (n, 2) float64, lon, lat in degrees."""
    points = [(position.lon_deg, position.lat_deg) for position in positions]
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def geodesic_deg(positions: Sequence[Position]) -> npt.NDArray[np.float64]:
    """Return a line from position to position along geodesics.

    Result: (m, 2) float64, lon, lat in degrees, the positions among them.
    """
    corners_deg = positions_deg(positions)
    if len(corners_deg) < 2:
        return corners_deg
    bearings_deg, _, lengths_m = bearings_and_distances(corners_deg[:-1], corners_deg[1:])
    pieces = np.clip(np.ceil(lengths_m / _PIECE_M), 1, _MOST_PIECES).astype(np.int64)
    leg = np.repeat(np.arange(len(pieces)), pieces)
    within = np.arange(len(leg)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    along_m = lengths_m[leg] * within / pieces[leg]
    line_deg, _ = destinations_deg(corners_deg[leg], bearings_deg[leg], along_m)
    line_deg[within == 0] = corners_deg[:-1]  # as given, not as computed
    return np.vstack((line_deg, corners_deg[-1]))


def circle_px(centre: Position, radius_m: float, viewport: Viewport) -> npt.NDArray[np.float64]:
    """Return the closed line of a circle on the ground, (n, 2) pixels from its north.

    Empty if it is out of view.
    """
    x_px, y_px = viewport.pixel_of(centre)
    ground_m = viewport.m_per_px * ground_metres_per_chart_metre(centre.lat_deg)
    reach_px = _SLACK * radius_m / ground_m
    if not (
        -reach_px <= x_px <= viewport.width_px + reach_px
        and -reach_px <= y_px <= viewport.height_px + reach_px
    ):
        return np.empty((0, 2))
    # An arc of radius r is r * (1 - cos(pi / n)) from its chord: pi ** 2 * r / (2 * n ** 2).
    points = math.ceil(math.pi * math.sqrt(reach_px / (2.0 * _AWAY_PX)))
    points = min(max(points, _FEWEST_POINTS), _MOST_POINTS)
    return viewport.pixels_of(circle_deg(centre, radius_m, points))
