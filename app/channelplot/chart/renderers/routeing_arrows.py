"""Where the arrows of routeing measures stand: of all layers together, so that none pile up.

Several files show the same lanes. Of two arrows that say the same close to each other one is left:
that of a lane with an area before a point's or a line's, that of a layer further down before one
above it. Which are left does not depend on what part of the chart is looked at.
"""

import weakref
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.chart.layers import reference_id
from channelplot.chart.reference import ReferenceFeatures
from channelplot.chart.routeing import (
    ARROW_PX,
    MeasureKind,
    RouteingMeasures,
    lane_arrows_m,
    measures_of,
)
from channelplot.chart.scene import Scene
from channelplot.model.reference_layer import ReferenceSchema

ALONE_PX: Final = 110.0
"""No arrow of another layer that points the same way stands closer than this ..."""
APART_PX: Final = 45.0
"""... none of the same layer closer than this ..."""
CROSSING_PX: Final = 15.0
"""... and none that points elsewhere closer than this."""
SAME_WAY_DEG: Final = 60.0
SMALL_SCALE_M_PER_PX: Final = 400.0
SMALL_SIZE: Final = 0.6
"""Of an arrow that a file has at a place or along a line, at small scales."""
_KINDS: Final = (MeasureKind.LANE, MeasureKind.TWO_WAY, MeasureKind.ARROW)


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow: the pixel of its middle, its true bearing, and its size, 1 for a whole one."""

    x_px: float
    y_px: float
    bearing_deg: float
    size: float = 1.0
    is_both_ways: bool = False


def arrows_of(measures: RouteingMeasures, row: int, scene: Scene) -> list[Arrow]:
    """Return the arrows of a shape. Lanes that are given as lines point along them."""
    viewport = scene.viewport
    shape, orient_deg = measures.shapes.geometries_m[row], float(measures.orient_deg[row])
    dimension = int(shapely.get_dimensions(shape))
    both = measures.kinds[row] is MeasureKind.TWO_WAY
    if dimension == 1:
        return _arrows_along(shape, scene, is_both_ways=both)
    if not np.isfinite(orient_deg):
        return []
    if dimension == 0:
        points_px = viewport.pixels_of_m(shapely.get_coordinates(shape)).tolist()
        size = _size(scene)
        return [Arrow(x_px, y_px, orient_deg, size, both) for x_px, y_px in points_px]
    places = lane_arrows_m(shape, orient_deg, viewport.bounds_m(), viewport.m_per_px)
    points_px = viewport.pixels_of_m(places[:, :2]).tolist()
    return [
        Arrow(x_px, y_px, orient_deg, size, both)
        for (x_px, y_px), size in zip(points_px, places[:, 2].tolist(), strict=True)
    ]


def shown_arrows(scene: Scene, layer_uid: str) -> list[Arrow]:
    """Return the arrows of a layer that are left beside those of all others."""
    global _recent  # replaced as a whole: another thread sees one state
    recent = _recent
    if recent is None or recent[0]() is not scene:
        recent = _recent = (weakref.ref(scene), _arrows_of_all(scene))
    return recent[1].get(layer_uid, [])


def _arrows_of_all(scene: Scene) -> dict[str, list[Arrow]]:
    """Return the arrows that are left, by layer."""
    # What is beside the picture counts too: nothing changes while the chart is panned.
    around = replace(scene, viewport=scene.viewport.widened(ALONE_PX, ALONE_PX))
    found: list[tuple[int, int, str, Arrow]] = []
    for number, (uid, layer) in enumerate(scene.plot.reference_layers.items()):
        features = scene.references.get(uid)
        if not isinstance(features, ReferenceFeatures) or not scene.shows(reference_id(uid)):
            continue
        if layer.schema is not ReferenceSchema.ROUTEING:
            continue
        measures = measures_of(features)
        seen = measures.shapes.in_view(around.viewport.bounds_m(), around.viewport.m_per_px)
        for row in sorted(set(measures.rows(*_KINDS).tolist()) & set(seen.tolist())):
            dimension = int(shapely.get_dimensions(measures.shapes.geometries_m[row]))
            places = {2: 0, 0: 1}
            found += [
                (places.get(dimension, 2), number, uid, arrow)
                for arrow in arrows_of(measures, row, around)
            ]
    found.sort(key=lambda entry: entry[:2])
    left: dict[str, list[Arrow]] = {}
    for (_, _, uid, arrow), is_left in zip(found, _left(found), strict=True):
        if is_left:
            moved = replace(arrow, x_px=arrow.x_px - ALONE_PX, y_px=arrow.y_px - ALONE_PX)
            left.setdefault(uid, []).append(moved)
    return left


def _left(found: list[tuple[int, int, str, Arrow]]) -> npt.NDArray[np.bool_]:
    """Return which arrows are left beside those that come before them."""
    left = np.ones(len(found), dtype=np.bool_)
    if not found:
        return left
    layers = np.array([number for _, number, _, _ in found])
    places = np.array([(arrow.x_px, arrow.y_px) for *_, arrow in found])
    bearings = np.array([arrow.bearing_deg for *_, arrow in found])
    points = np.asarray(shapely.points(places), dtype=np.object_)
    later, earlier = shapely.STRtree(points).query(points, predicate="dwithin", distance=ALONE_PX)
    is_later = earlier < later
    later, earlier = later[is_later], earlier[is_later]
    apart_px = np.hypot(*(places[later] - places[earlier]).T)
    turns_deg = np.abs((bearings[later] - bearings[earlier] + 180.0) % 360.0 - 180.0)
    same_px = np.where(layers[later] == layers[earlier], APART_PX, ALONE_PX)
    wanted_px = np.where(turns_deg < SAME_WAY_DEG, same_px, CROSSING_PX)
    left[later[apart_px < wanted_px]] = False
    return left


def _arrows_along(shape: shapely.Geometry, scene: Scene, *, is_both_ways: bool) -> list[Arrow]:
    """Return an arrow in the middle of each leg of a line that is long enough."""
    found = []
    for part in shapely.get_parts(shape):
        points_px = scene.viewport.pixels_of_m(shapely.get_coordinates(part))
        for start, end in pairwise(points_px):
            east, south = end - start
            if np.hypot(east, south) >= ARROW_PX:
                middle_x, middle_y = ((start + end) / 2.0).tolist()
                bearing_deg = float(np.degrees(np.arctan2(east, -south)) % 360.0)
                found.append(Arrow(middle_x, middle_y, bearing_deg, _size(scene), is_both_ways))
    return found


def _size(scene: Scene) -> float:
    """Return how large an arrow is that no lane's breadth says anything about."""
    return SMALL_SIZE if scene.viewport.m_per_px > SMALL_SCALE_M_PER_PX else 1.0


_recent: tuple[weakref.ref[Scene], dict[str, list[Arrow]]] | None = None
"""What was asked for last: every layer of a picture asks."""
