"""Thinned copies of land and coastline for bands of scale, in chart metres, indexed.

At a small scale most vertices of the coast fall into a pixel that has one already, and
drawing time goes by vertices. Each band spans a factor of two in scale and has its own
copy, thinned to half a pixel of the band's finest scale, made when it is first asked for.
"""

import math
import threading
from typing import Final

import numpy as np
import shapely

from channelplot.basemap.basemap import CHART_AREA, Basemap
from channelplot.basemap.outlines import Numbers, Outlines, outlines_of
from channelplot.basemap.projected import in_pieces, projected
from channelplot.basemap.read import Geometries

BoundsM = tuple[float, float, float, float]
"""Chart metres: west, south, east, north."""

FULL_BELOW_M_PER_PX: Final = 64.0
"""Chart metres. Finer than this every vertex is kept: half a pixel is then under 32
chart metres (20 on the ground), and the source itself was thinned to 55 on the ground."""
COARSEST_BAND: Final = 8
"""The band from 8,192 m/px serves everything beyond: the chart is then 160 px wide."""
THINNING_PX: Final = 0.5
SMALLEST_PX: Final = 1.0
"""Islands smaller than this, in both directions, are left out of a thinned copy."""
PIECE_VERTICES: Final = 256
"""So that a clip looks at little beyond the view, and drawing can stop between pieces."""
MARGIN: Final = 0.05
"""Of the view's longer side: how far outside it the clip runs, so that no clipped edge
is seen, however thick the pen."""


class Level:
    """Land and coastline at one thinning; never changed once made.

    land: Polygons; coast: LineStrings of at most PIECE_VERTICES vertices; both in chart
    metres. thinned_m: how far, in chart metres, a thinned line may be from the full one;
    0 for full resolution. Any thread may ask it.
    """

    def __init__(self, land: Geometries, coast: Geometries, thinned_m: float) -> None:
        """Index the geometries. coast: LineStrings of any length."""
        self.land = land
        self.coast = in_pieces(coast, PIECE_VERTICES)
        self.thinned_m = thinned_m
        self._land_bounds = shapely.bounds(self.land)
        self._coast_bounds = shapely.bounds(self.coast)
        self._land_tree = shapely.STRtree(self.land)
        self._coast_tree = shapely.STRtree(self.coast)
        for array in (self.land, self.coast):
            array.setflags(write=False)
        for tree in (self._land_tree, self._coast_tree):
            # GEOS builds a tree at its first query, which two threads must not do at once.
            tree.query(shapely.Point(0.0, 0.0))

    def land_in(self, bounds_m: BoundsM) -> Geometries:
        """Return the land in and a little around the bounds, as Polygons clipped there."""
        clipped = _clipped(self.land, self._land_bounds, self._land_tree, _grown(bounds_m))
        is_polygon = shapely.get_type_id(clipped) == shapely.GeometryType.POLYGON
        return np.asarray(clipped[is_polygon], dtype=np.object_)

    def coast_in(self, bounds_m: BoundsM) -> Geometries:
        """Return the coast in and a little around the bounds, as LineStrings clipped there."""
        clipped = _clipped(self.coast, self._coast_bounds, self._coast_tree, _grown(bounds_m))
        is_line = shapely.get_type_id(clipped) == shapely.GeometryType.LINESTRING
        return np.asarray(clipped[is_line], dtype=np.object_)


class Levels:
    """The levels of a basemap, each made when it is first asked for; any thread may ask."""

    def __init__(self, basemap: Basemap) -> None:
        """Make no level yet."""
        self._basemap = basemap
        self._levels: dict[int, Level] = {}
        # One for each band: a renderer never waits for a band it does not draw.
        self._locks = tuple(threading.Lock() for _ in range(COARSEST_BAND + 1))
        self._outlines: Outlines | None = None
        self._outlines_lock = threading.Lock()

    def at(self, metres_per_px: float) -> Level:
        """Return the level for a scale in chart metres per pixel. Raises ValueError below 0."""
        band = band_of(metres_per_px)
        with self._locks[band]:
            level = self._levels.get(band)
            if level is None:
                level = self._full() if band == 0 else self._thinned(band)
                self._levels[band] = level
        if len(self._levels) > COARSEST_BAND:
            with self._outlines_lock:
                self._outlines = None  # nothing more is made of them
        return level

    def _full(self) -> Level:
        return Level(projected(self._basemap.land), self._shared_outlines().coast(), 0.0)

    def _thinned(self, band: int) -> Level:
        pixel_m = finest_m_per_px(band)
        thinned_m = THINNING_PX * pixel_m
        land, coast = self._shared_outlines().thinned(thinned_m, SMALLEST_PX * pixel_m)
        return Level(land, coast, thinned_m)

    def _shared_outlines(self) -> Outlines:
        with self._outlines_lock:
            if self._outlines is None:
                self._outlines = outlines_of(self._basemap.land, CHART_AREA)
            return self._outlines


def band_of(metres_per_px: float) -> int:
    """Return the number of the band a scale falls in: 0 for full resolution.

    metres_per_px: chart metres. Raises ValueError unless it is above 0.
    """
    if not metres_per_px > 0.0:
        msg = f"a scale above 0 m/px expected: {metres_per_px}"
        raise ValueError(msg)
    if metres_per_px < FULL_BELOW_M_PER_PX:
        return 0
    # The exponent of 2, exact at the powers of two, where a logarithm might round.
    _, exponent = math.frexp(min(metres_per_px / FULL_BELOW_M_PER_PX, 2.0**COARSEST_BAND))
    return min(exponent, COARSEST_BAND)


def finest_m_per_px(band: int) -> float:
    """Return the scale a thinned band begins at, in chart metres per pixel; band >= 1."""
    return FULL_BELOW_M_PER_PX * 2.0 ** (band - 1)


def _grown(bounds_m: BoundsM) -> BoundsM:
    west_m, south_m, east_m, north_m = bounds_m
    margin_m = MARGIN * max(east_m - west_m, north_m - south_m)
    return west_m - margin_m, south_m - margin_m, east_m + margin_m, north_m + margin_m


def _clipped(
    geometries: Geometries,
    geometry_bounds_m: Numbers,
    tree: shapely.STRtree,
    bounds_m: BoundsM,
) -> Geometries:
    """Return the parts of the geometries inside the bounds, in stored order, none empty."""
    west_m, south_m, east_m, north_m = bounds_m
    near = np.sort(tree.query(shapely.box(*bounds_m)))
    found, extents_m = geometries[near], geometry_bounds_m[near]
    is_inside = (
        (extents_m[:, 0] >= west_m)
        & (extents_m[:, 1] >= south_m)
        & (extents_m[:, 2] <= east_m)
        & (extents_m[:, 3] <= north_m)
    )
    found[~is_inside] = shapely.clip_by_rect(found[~is_inside], *bounds_m)
    parts: Geometries = shapely.get_parts(shapely.get_parts(found))
    return parts[~shapely.is_empty(parts)]
