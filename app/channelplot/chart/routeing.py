"""What the shapes of a file of routeing measures are, and where their arrows stand; no Qt.

Known are the names that UKHO publishes them under, the objects of IHO S-57 and the tags of
OpenStreetMap. Directions are true; the chart is conformal and north up, so that a bearing is the
same angle on the screen.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.chart.reference import (
    BoundsM,
    Geometries,
    ReferenceFeatures,
    Rows,
    kept_with_shapes,
)
from channelplot.chart.shared_edges import NEAR_M, edges_once, merged, neighbours

KIND_COLUMNS: Final = (
    "feature",
    "feature_ty",
    "feature_type",
    "type",
    "seamark:type",
    "seamark_type",
)
NAME_COLUMNS: Final = ("scheme", "inform", "name", "objnam")
COAST_LEG_M: Final = 1_000.0
"""Chart metres. An inshore zone's edge with shorter legs than this is the coast, which is drawn
already; its limits at sea have few, long legs."""
SEAWARD_M: Final = 6_000.0
"""Chart metres. A run of long legs that is shorter than this is a straight beach."""
ARROW_PX: Final = 30.0
"""Length of an arrow; about 8 mm, as on paper."""
ARROW_EVERY_PX: Final = 150.0
ABREAST_PX: Final = 420.0
"""A lane that is wider than this has arrows abreast of each other."""
NARROWEST_PX: Final = 8.0
"""No arrow is drawn in a lane that is narrower."""
BROAD_PX: Final = 22.0
"""In a lane that is narrower than this the arrows are smaller, down to half."""
_FEWEST_OF_RING: Final = 4
SAME_WAY_DEG: Final = 60.0
"""Lanes that meet and differ by less are one lane with a bend: no limit runs across it."""


class MeasureKind(StrEnum):
    """What a shape of a routeing measure is."""

    LANE = "lane"
    ZONE = "zone"
    LINE = "line"
    BOUNDARY = "boundary"
    INSHORE = "inshore"
    ROUNDABOUT = "roundabout"
    PRECAUTIONARY = "precautionary"
    DEEP_WATER = "deep_water"
    TWO_WAY = "two_way"
    AVOID = "avoid"
    RECOMMENDED = "recommended"
    ARROW = "arrow"
    OTHER = "other"


_WORDS: Final = (
    ("roundabout", MeasureKind.ROUNDABOUT), ("tssron", MeasureKind.ROUNDABOUT),
    ("precaution", MeasureKind.PRECAUTIONARY), ("prcare", MeasureKind.PRECAUTIONARY),
    ("inshore", MeasureKind.INSHORE), ("istzne", MeasureKind.INSHORE),
    ("deep water", MeasureKind.DEEP_WATER), ("deep-water", MeasureKind.DEEP_WATER),
    ("dwrt", MeasureKind.DEEP_WATER),
    ("two-way", MeasureKind.TWO_WAY), ("two way", MeasureKind.TWO_WAY),
    ("twrtpt", MeasureKind.TWO_WAY),
    ("avoid", MeasureKind.AVOID),
    ("recommended", MeasureKind.RECOMMENDED), ("rectrc", MeasureKind.RECOMMENDED),
    ("rcrt", MeasureKind.RECOMMENDED),
    ("separation scheme lane", MeasureKind.LANE), ("separation_lane", MeasureKind.LANE),
    ("tsslpt", MeasureKind.LANE),
    ("separation zone", MeasureKind.ZONE), ("separation_zone", MeasureKind.ZONE),
    ("tsezne", MeasureKind.ZONE),
    ("separation line", MeasureKind.LINE), ("separation_line", MeasureKind.LINE),
    ("tselne", MeasureKind.LINE),
    ("boundar", MeasureKind.BOUNDARY), ("tssbnd", MeasureKind.BOUNDARY),
)  # fmt: skip
"""The first of these words that stands in a name says what it is."""
_OUTLINED: Final = (
    MeasureKind.PRECAUTIONARY,
    MeasureKind.ROUNDABOUT,
    MeasureKind.LANE,
    MeasureKind.DEEP_WATER,
    MeasureKind.TWO_WAY,
    MeasureKind.AVOID,
    MeasureKind.INSHORE,
    MeasureKind.OTHER,
)
"""Areas with an edge; an edge that two share is the earlier one's."""


@dataclass(frozen=True, slots=True, eq=False)
class RouteingMeasures:
    """A file of routeing measures, sorted out.

    kinds, names, orient_deg: of each shape of the file; NaN where no direction is known. shapes:
    those of the file, with areas for zones that are given as the lines around them. edges: lines
    to be drawn as limits, with a column ``kind``.
    """

    kinds: tuple[MeasureKind, ...]
    names: tuple[str, ...]
    orient_deg: npt.NDArray[np.float64]
    shapes: ReferenceFeatures
    edges: ReferenceFeatures

    def rows(self, *kinds: MeasureKind) -> Rows:
        """Return the rows that are of one of these kinds."""
        return np.array(
            [row for row, kind in enumerate(self.kinds) if kind in kinds], dtype=np.intp
        )


@kept_with_shapes
def measures_of(features: ReferenceFeatures) -> RouteingMeasures:
    """Return the measures in a file, sorted out once. Takes a tenth of a second or two."""
    shapes = _with_closed_lines_as_areas(features)
    is_point = shapely.get_dimensions(shapes.geometries_m) == 0
    kinds = tuple(
        MeasureKind.ARROW if point and kind is MeasureKind.OTHER else kind
        for kind, point in zip(map(kind_of, features.texts(*KIND_COLUMNS)), is_point, strict=True)
    )
    orient_deg = np.array([_degrees(cell) for cell in features.column("orient")])
    return RouteingMeasures(
        kinds,
        tuple(features.texts(*NAME_COLUMNS)),
        orient_deg,
        shapes,
        _edges(shapes.geometries_m, kinds, orient_deg),
    )


def kind_of(name: str) -> MeasureKind:
    """Return what a shape is by the name of its kind."""
    small = name.lower()
    return next((kind for word, kind in _WORDS if word in small), MeasureKind.OTHER)


def lane_arrows_m(
    lane: shapely.Geometry, orient_deg: float, bounds_m: BoundsM, m_per_px: float
) -> npt.NDArray[np.float64]:
    """Return where the arrows of a lane stand in and beside the bounds.

    (n, 3): x_m, y_m in chart metres, and a size, 1 for a whole one.

    Evenly along the lane and in the middle of its breadth, abreast of each other where it is
    broad, so that each arrow lies inside it; about as far apart on the screen at every scale, and
    at the same places however the chart is panned. None where the lane is too narrow or short, or
    its outline crosses itself so that GEOS can't cut it.
    """
    # Doubled or halved rather than stretched while zooming: arrows that move all the time tire.
    coarse_m_per_px = 2.0 ** round(math.log2(m_per_px))
    every_m = ARROW_EVERY_PX * coarse_m_per_px
    along = np.array((math.sin(math.radians(orient_deg)), math.cos(math.radians(orient_deg))))
    across = np.array((along[1], -along[0]))
    points_m = shapely.get_coordinates(lane)
    on_axis_m, off_axis_m = points_m @ along, points_m @ across
    start_m, length_m = on_axis_m.min(), np.ptp(on_axis_m)
    count = max(1, round(length_m / every_m))
    corners_m = shapely.get_coordinates(shapely.box(*bounds_m)) @ along
    middles_m = start_m + (np.arange(count) + 0.5) / count * length_m
    is_near = np.abs(middles_m - (corners_m.min() + corners_m.max()) / 2.0) < (
        np.ptp(corners_m) / 2.0 + ARROW_PX * m_per_px
    )
    middles_m = middles_m[is_near]
    left_m, right_m = off_axis_m.min() - 1.0, off_axis_m.max() + 1.0
    ends_m = middles_m[:, np.newaxis, np.newaxis] * along + np.array(
        (left_m * across, right_m * across)
    )
    found: list[npt.NDArray[np.float64]] = [np.empty((0, 3))]
    try:
        sections = shapely.intersection(lane, shapely.linestrings(ends_m))
    except shapely.errors.GEOSException:
        return found[0]
    for section in sections:
        parts = shapely.get_parts(section)
        lengths_m = shapely.length(parts)
        if not len(parts) or lengths_m.max() < NARROWEST_PX * m_per_px:
            continue
        breadth_m = float(lengths_m.max())
        widest = parts[int(lengths_m.argmax())]
        abreast = max(1, round(breadth_m / (ABREAST_PX * coarse_m_per_px)))
        shares = (np.arange(abreast) + 0.5) / abreast
        places_m = shapely.get_coordinates(
            shapely.line_interpolate_point(widest, shares, normalized=True)
        )
        size = min(max(breadth_m / (BROAD_PX * m_per_px), 0.5), 1.0)
        half_m = size * ARROW_PX / 2.0 * m_per_px * along
        shafts = shapely.linestrings(np.stack((places_m - half_m, places_m + half_m), axis=1))
        places_m = places_m[shapely.covers(lane, shafts)]
        found.append(np.column_stack((places_m, np.full(len(places_m), size))))
    return np.concatenate(found)


def _degrees(cell: str | float | None) -> float:
    try:
        degrees = math.nan if cell is None else float(cell)
    except ValueError:
        return math.nan
    return degrees if 0.0 <= degrees <= 360.0 else math.nan


def _with_closed_lines_as_areas(features: ReferenceFeatures) -> ReferenceFeatures:
    """Return the shapes with areas for zones that are given as the lines around them.

    Of a collection with areas in it these alone are kept.
    """
    kinds = [kind_of(text) for text in features.texts(*KIND_COLUMNS)]
    geometries = features.geometries_m.copy()
    is_collection = shapely.get_type_id(geometries) == shapely.GeometryType.GEOMETRYCOLLECTION
    has_areas = shapely.get_dimensions(geometries) == 2
    for row in np.flatnonzero(is_collection & has_areas).tolist():
        geometries[row] = _areas_in(geometries[row])
    for row, kind in enumerate(kinds):
        if kind in _OUTLINED or kind is MeasureKind.ZONE:
            parts = shapely.get_parts(geometries[row])
            is_ring = (shapely.get_dimensions(parts) == 1) & shapely.is_ring(parts)
            is_ring &= shapely.get_num_coordinates(parts) >= _FEWEST_OF_RING
            if len(parts) and is_ring.all() and kind is not MeasureKind.LANE:
                areas = shapely.polygons([shapely.linearrings(part.coords) for part in parts])
                geometries[row] = shapely.union_all(areas)
    return ReferenceFeatures(geometries, features.columns)


def _areas_in(collection: shapely.GeometryCollection) -> shapely.MultiPolygon:
    """Return the areas that a collection holds, and collections in it."""
    parts = shapely.get_parts(collection)
    while (shapely.get_type_id(parts) == shapely.GeometryType.GEOMETRYCOLLECTION).any():
        parts = shapely.get_parts(parts)
    areas = parts[shapely.get_dimensions(parts) == 2]
    return shapely.MultiPolygon(list(shapely.get_parts(areas)))


def _edges(
    geometries: Geometries, kinds: tuple[MeasureKind, ...], orient_deg: npt.NDArray[np.float64]
) -> ReferenceFeatures:
    """Return the limits of areas, each edge once, without those of zones and of the coast."""
    is_area = shapely.get_dimensions(geometries) == 2
    zones = [row for row, kind in enumerate(kinds) if kind is MeasureKind.ZONE and is_area[row]]
    order = [
        row
        for wanted in _OUTLINED
        for row, kind in enumerate(kinds)
        if kind is wanted and is_area[row]
    ]
    outlines = np.empty(len(order), dtype=np.object_)
    for number, row in enumerate(order):
        outlines[number] = shapely.boundary(geometries[row])
        if kinds[row] is MeasureKind.INSHORE:
            outlines[number] = _seaward(outlines[number])
    is_lane = np.array([kinds[row] is MeasureKind.LANE for row in order], dtype=np.bool_)
    lanes = np.array(order, dtype=np.intp)[is_lane]
    outlines[is_lane] = _without_bends(outlines[is_lane], geometries[lanes], orient_deg[lanes])
    edges = edges_once(outlines, geometries[zones])
    return ReferenceFeatures(edges, {"kind": tuple(kinds[row].value for row in order)})


def _without_bends(
    outlines: Geometries, lanes: Geometries, orient_deg: npt.NDArray[np.float64]
) -> Geometries:
    """Return the outlines of lanes without what runs across a lane where it bends."""
    near = neighbours(lanes, lanes)
    if near is None:
        return outlines
    grown = shapely.buffer(lanes, NEAR_M, quad_segs=2)
    left = outlines.copy()
    for lane, others in enumerate(near):
        turns_deg = np.abs((orient_deg[others] - orient_deg[lane] + 180.0) % 360.0 - 180.0)
        joined = [
            other
            for other, turn_deg in zip(others, turns_deg.tolist(), strict=True)
            if other != lane and turn_deg < SAME_WAY_DEG
        ]
        left[lane] = shapely.difference(outlines[lane], shapely.union_all(grown[joined]))
    return left


def _seaward(outline: shapely.Geometry) -> shapely.Geometry:
    """Return the legs of an outline that are too long to be the coast's."""
    legs: list[shapely.LineString] = []
    for part in shapely.get_parts(outline):
        points_m = shapely.get_coordinates(part)
        steps_m = np.hypot(*np.diff(points_m, axis=0).T)
        legs += [
            shapely.LineString(points_m[leg : leg + 2])
            for leg in np.flatnonzero(steps_m >= COAST_LEG_M)
        ]
    runs = shapely.get_parts(merged(np.array(legs, dtype=np.object_)))
    return shapely.MultiLineString(list(runs[shapely.length(runs) >= SEAWARD_M]))
