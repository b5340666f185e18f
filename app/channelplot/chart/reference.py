"""The shapes of a reference layer, ready to be drawn: projected, thinned and indexed; no Qt.

Vertices of a file are joined by straight lines on this chart, which are rhumb lines: so limits
and routeing measures are laid down and printed (IHO S-57, appendix B.1, edges of a chart), so
the program joins the points of loaded limits and of the boundary of 1988, and so QGIS draws the
same file on the same projection. A GeoJSON of long legs means straight lines in degrees instead
(RFC 7946, 3.1.1): on a leg of one degree each way at 50 N they run 290 m beside the rhumb line.
Nothing is added between vertices for that, since no file of limits is known to mean it.
"""

import functools
import math
import threading
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeVar, cast

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.geodesy.projection import to_chart_m

BoundsM = tuple[float, float, float, float]
"""Chart metres: west, south, east, north."""
Cell = str | float | None
"""What one column says of one shape."""
Geometries = npt.NDArray[np.object_]
Rows = npt.NDArray[np.intp]
T = TypeVar("T")

FARTHEST_LAT_DEG: Final = 85.0
"""Mercator has no poles: what lies beyond is drawn at this latitude, far outside the chart."""
FULL_BELOW_M_PER_PX: Final = 2.0
"""Chart metres. Finer than this every vertex is kept; the closest scale is about 0.8."""
COARSEST_BAND: Final = 13
"""The band from 8,192 m/px serves everything beyond."""
THINNING_PX: Final = 0.5
SMALLEST_PX: Final = 1.0
"""Lines and areas smaller than this, in both directions, are not drawn."""
_AREA_TYPES: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_ROUGH: Final = 0.01
"""Of an area's extent: its middle need not be found any closer."""
_AT_A_TIME: Final = 2_000
"""Shapes that are projected in one call, which lets no other thread run meanwhile."""
_WITHIN_PX: Final = 30.0
"""So far around the picture shapes are found, for wide lines and large symbols."""


class ReferenceFeatures:
    """Shapes in chart metres (EPSG:3395) and what the file says of each; never changed once made.

    geometries_m: (n,) geometries of any kind, empty where a row has none. columns: for each name
    a tuple of length n. left_out: how many rows have none because it lies where there is no place.
    Any thread may ask it; thinned copies, each for a factor of two in scale, are made when first
    asked for.
    """

    def __init__(
        self, geometries_m: Geometries, columns: Mapping[str, tuple[Cell, ...]], left_out: int = 0
    ) -> None:
        """Index the shapes. Raises ValueError for a column of another length."""
        if any(len(cells) != len(geometries_m) for cells in columns.values()):
            msg = "every column must have a cell for each geometry"
            raise ValueError(msg)
        kept = np.array(geometries_m, dtype=np.object_)
        kept[shapely.is_missing(kept)] = shapely.GeometryCollection()
        self.geometries_m: Geometries = kept
        self.geometries_m.setflags(write=False)
        self.columns = MappingProxyType(dict(columns))
        self.left_out = left_out
        extents_m = shapely.bounds(self.geometries_m)
        self._sides_m = np.maximum(
            extents_m[:, 2] - extents_m[:, 0], extents_m[:, 3] - extents_m[:, 1]
        )
        dimensions = shapely.get_dimensions(self.geometries_m)
        self._is_point, self._is_area = dimensions == 0, dimensions == 2
        self._tree = shapely.STRtree(self.geometries_m)
        # GEOS builds a tree at its first query, which two threads must not do at once.
        self._tree.query(shapely.Point(0.0, 0.0))
        self._levels: dict[int, Geometries] = {0: self.geometries_m}
        self._locks = tuple(threading.Lock() for _ in range(COARSEST_BAND + 1))
        self._found: dict[object, object] = {}

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.geometries_m)

    def worked_out(self, work: Callable[["ReferenceFeatures"], T]) -> T:
        """Return what a function answers of these shapes, which is kept as long as they are.

        work: a function of a module whose answer is never changed; two threads may ask it at once.
        """
        if work not in self._found:
            self._found[work] = work(self)
        return cast("T", self._found[work])

    def column(self, name: str) -> tuple[Cell, ...]:
        """Return what a column says of each shape, None of all where there is no such column.

        In whatever case its name is written.
        """
        for known, cells in self.columns.items():
            if known.lower() == name.lower():
                return cells
        return (None,) * len(self)

    def texts(self, *names: str) -> list[str]:
        """Return for each shape the first words that stand in one of the columns, "" for none."""
        found = [""] * len(self)
        for name in names:
            for row, cell in enumerate(self.column(name)):
                if not found[row] and isinstance(cell, str):
                    found[row] = cell.strip()
        return found

    def in_view(self, bounds_m: BoundsM, m_per_px: float) -> Rows:
        """Return the rows that show in the bounds or just beside them, in stored order.

        m_per_px: chart metres in a pixel; what is smaller than a pixel and no point is left out.
        """
        margin_m = _WITHIN_PX * m_per_px
        west_m, south_m, east_m, north_m = bounds_m
        near = self._tree.query(
            shapely.box(
                west_m - margin_m, south_m - margin_m, east_m + margin_m, north_m + margin_m
            )
        )
        is_seen = self._is_point[near] | (self._sides_m[near] >= SMALLEST_PX * m_per_px)
        return np.asarray(np.sort(near[is_seen]), dtype=np.intp)

    def thinned(self, rows: Rows, m_per_px: float) -> Geometries:
        """Return the shapes of rows with the vertices that a scale can show, in chart metres.

        None is further than half a pixel from the full one. Raises ValueError unless m_per_px is
        above 0.
        """
        return np.asarray(self._level(band_of(m_per_px))[rows], dtype=np.object_)

    def clipped(self, rows: Rows, bounds_m: BoundsM, m_per_px: float) -> Geometries:
        """Return the thinned shapes of rows, cut off a little outside the bounds.

        One for each row; empty where only the extent of a shape meets the bounds.
        """
        margin_m = _WITHIN_PX * m_per_px
        west_m, south_m, east_m, north_m = bounds_m
        return np.asarray(
            shapely.clip_by_rect(
                self.thinned(rows, m_per_px),
                west_m - margin_m, south_m - margin_m, east_m + margin_m, north_m + margin_m,
            ),
            dtype=np.object_,
        )  # fmt: skip

    def _level(self, band: int) -> Geometries:
        with self._locks[band]:
            level = self._levels.get(band)
            if level is None:
                tolerance_m = THINNING_PX * FULL_BELOW_M_PER_PX * 2.0 ** (band - 1)
                level = self._made(tolerance_m)
                self._levels[band] = level
        return level

    def _made(self, tolerance_m: float) -> Geometries:
        made = self.geometries_m.copy()
        areas, others = made[self._is_area], made[~self._is_area]
        # Areas must stay areas, to be cut and filled; a line may touch itself, and is thinned
        # ten times as fast without regard to that, and further where it does.
        made[self._is_area] = shapely.simplify(areas, tolerance_m, preserve_topology=True)
        made[~self._is_area] = shapely.simplify(others, tolerance_m, preserve_topology=False)
        made.setflags(write=False)
        return made


def features_of(
    geometries_deg: Geometries, columns: Mapping[str, tuple[Cell, ...]], left_out: int = 0
) -> ReferenceFeatures:
    """Return shapes given in lon, lat degrees on WGS 84 (n,), ready to be drawn.

    None and empty geometries are kept, so that rows stay what they were; heights are dropped.
    left_out: how many are None because they lie where there is no place.
    """
    geometries_m = np.array(geometries_deg, dtype=np.object_)
    for start in range(0, len(geometries_m), _AT_A_TIME):
        some = slice(start, start + _AT_A_TIME)
        flat = shapely.force_2d(geometries_m[some])
        geometries_m[some] = shapely.transform(flat, _kept_to_chart_m)
    return ReferenceFeatures(geometries_m, columns, left_out)


def kept_with_shapes(
    work: Callable[[ReferenceFeatures], T],
) -> Callable[[ReferenceFeatures], T]:
    """Return a function of shapes that is asked once of each; see ``worked_out``."""

    @functools.wraps(work)
    def asked_once(features: ReferenceFeatures) -> T:
        return features.worked_out(work)

    return asked_once


@kept_with_shapes
def middles_m(features: ReferenceFeatures) -> npt.NDArray[np.float64]:
    """Return the place in each shape that is farthest from its edge, (n, 2) chart metres.

    Of points, lines and collections some place on them; NaN for an empty shape.
    """
    shapes = features.geometries_m
    found = np.full((len(shapes), 2), np.nan)
    there = np.flatnonzero(~shapely.is_empty(shapes))
    found[there] = shapely.get_coordinates(shapely.point_on_surface(shapes[there]))
    for row in np.flatnonzero(np.isin(shapely.get_type_id(shapes), _AREA_TYPES)):
        west_m, south_m, east_m, north_m = shapely.bounds(shapes[row])
        rough_m = max(_ROUGH * max(east_m - west_m, north_m - south_m), 0.01)
        rough = shapely.simplify(shapes[row], rough_m)
        if not shapely.is_empty(rough):
            circle = shapely.maximum_inscribed_circle(rough, tolerance=rough_m)
            found[row] = shapely.get_coordinates(circle)[0]
    return found


def band_of(m_per_px: float) -> int:
    """Return the number of the band of scales that chart metres in a pixel fall in, 0 for full.

    Raises ValueError unless m_per_px is above 0.
    """
    if not m_per_px > 0.0:
        msg = f"a scale above 0 m/px expected: {m_per_px}"
        raise ValueError(msg)
    if m_per_px < FULL_BELOW_M_PER_PX:
        return 0
    # The exponent of 2, exact at the powers of two, where a logarithm might round.
    _, exponent = math.frexp(min(m_per_px / FULL_BELOW_M_PER_PX, 2.0**COARSEST_BAND))
    return min(exponent, COARSEST_BAND)


def _kept_to_chart_m(lon_lat_deg: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    kept = lon_lat_deg.copy()
    np.clip(kept[:, 1], -FARTHEST_LAT_DEG, FARTHEST_LAT_DEG, out=kept[:, 1])
    return to_chart_m(kept)
