"""Routeing measures as a chart has them: magenta, dashed limits, tinted zones, open arrows.

After INT 1, section M: limits and separation zones of traffic separation schemes (M 12, 13, 15),
established directions (M 10), precautionary areas (M 16), areas to be avoided (M 14), deep water
routes (M 27), recommended and two-way routes (M 28).
"""

import functools
import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from channelplot.chart.cancel import Cancel
from channelplot.chart.reference import ReferenceFeatures, Rows, middles_m
from channelplot.chart.renderers.area_fill import fill_areas
from channelplot.chart.renderers.dashed import draw_many
from channelplot.chart.renderers.pens import colour, pen, saved
from channelplot.chart.renderers.reference import draw_lines
from channelplot.chart.renderers.routeing_arrows import Arrow, shown_arrows
from channelplot.chart.routeing import (
    ARROW_PX,
    MeasureKind,
    RouteingMeasures,
    measures_of,
)
from channelplot.chart.scene import Scene
from channelplot.model.reference_layer import ReferenceLayer

EDGE_PX: Final = 1.3
EDGE_DASH_PX: Final = (9.0, 5.0)
SMALL_SCALE_M_PER_PX: Final = 400.0
"""Chart metres. Beyond this a lane is a finger broad at most: thinner lines, shorter dashes."""
SMALL_EDGE_PX: Final = 0.9
SMALL_DASH_PX: Final = (5.0, 3.5)
ZONE_OPACITY: Final = 0.32
LINE_PX: Final = 3.0
"""A separation line is a tinted band."""
ARROW_LINE_PX: Final = 1.2
SYMBOL_PX: Final = 11.0
"""Half the height of the symbol of a precautionary area."""
SMALLEST_WITH_SYMBOL_PX: Final = 50.0
_HEAD_PX: Final = (12.0, 7.0)
"""Length of an arrow's head and half its breadth."""
_SHAFT_PX: Final = 2.6
"""Half the breadth of an arrow's shaft."""
_EDGED: Final = frozenset({MeasureKind.BOUNDARY, MeasureKind.OTHER, MeasureKind.INSHORE})


def draw_routeing(
    painter: QPainter,
    scene: Scene,
    layer: ReferenceLayer,
    features: ReferenceFeatures,
    cancel: Cancel,
) -> None:
    """Draw the measures of a layer: zones, limits, arrows, symbols."""
    measures = measures_of(features)
    viewport, palette = scene.viewport, scene.palette
    bounds_m, m_per_px = viewport.bounds_m(), viewport.m_per_px
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    seen = frozenset(measures.shapes.in_view(bounds_m, m_per_px).tolist())

    zones = rows_of(measures, seen, MeasureKind.ZONE)
    cut = measures.shapes.clipped(zones, bounds_m, m_per_px)
    is_area = shapely.get_dimensions(cut) == 2
    fill_areas(painter, scene, cut[is_area], palette.routeing_fill, cancel, ZONE_OPACITY)
    bands = [
        *measures.shapes.thinned(zones, m_per_px)[~is_area],
        *measures.shapes.thinned(rows_of(measures, seen, MeasureKind.LINE), m_per_px),
    ]
    draw_lines(
        painter,
        scene,
        np.array(bands, dtype=np.object_),
        palette.routeing_fill,
        LINE_PX,
        (),
        cancel,
    )
    _draw_edges(painter, scene, measures, seen, cancel)
    if cancel.is_cancelled:
        return
    _draw_arrows(painter, scene, shown_arrows(scene, layer.uid), cancel)
    for x_px, y_px in _symbols(measures, seen, scene):
        _draw_precaution(painter, scene, x_px, y_px)


def rows_of(measures: RouteingMeasures, seen: frozenset[int], *kinds: MeasureKind) -> Rows:
    """Return the rows of some kinds among those that are seen."""
    rows = [row for row in measures.rows(*kinds).tolist() if row in seen]
    return np.array(rows, dtype=np.intp)


def _draw_edges(
    painter: QPainter,
    scene: Scene,
    measures: RouteingMeasures,
    seen: frozenset[int],
    cancel: Cancel,
) -> None:
    """Draw the limits of areas, and those that the file has as lines."""
    viewport = scene.viewport
    m_per_px = viewport.m_per_px
    is_small_scale = m_per_px > SMALL_SCALE_M_PER_PX
    width_px = SMALL_EDGE_PX if is_small_scale else EDGE_PX
    dashes_px = SMALL_DASH_PX if is_small_scale else EDGE_DASH_PX
    rows = measures.edges.in_view(viewport.bounds_m(), m_per_px)
    lines = list(measures.edges.thinned(rows, m_per_px))
    others = [
        row for row in sorted(seen) if measures.kinds[row] in (*_EDGED, MeasureKind.RECOMMENDED)
    ]
    shapes = measures.shapes.thinned(np.array(others, dtype=np.intp), m_per_px)
    lines += list(shapes[shapely.get_dimensions(shapes) == 1])
    draw_lines(
        painter,
        scene,
        np.array(lines, dtype=np.object_),
        scene.palette.routeing,
        width_px,
        dashes_px,
        cancel,
    )


def _draw_arrows(painter: QPainter, scene: Scene, arrows: Sequence[Arrow], cancel: Cancel) -> None:
    """Draw open arrows; with two heads for both ways."""
    if not arrows:
        return
    outlines_px = [_placed_outline(arrow) for arrow in arrows]
    numbers = np.repeat(np.arange(len(arrows)), [len(outline_px) for outline_px in outlines_px])
    ink = scene.palette.routeing
    draw_many(painter, scene, np.concatenate(outlines_px), numbers, ink, ARROW_LINE_PX, cancel)


def _placed_outline(arrow: Arrow) -> npt.NDArray[np.float64]:
    """Return an arrow's outline where it stands in the picture, closed: (n, 2) pixels."""
    # The chart is conformal and north up: a true bearing is the angle on the screen.
    turn_rad = math.radians(arrow.bearing_deg)
    cos, sin = arrow.size * math.cos(turn_rad), arrow.size * math.sin(turn_rad)
    outline = arrow_outline(arrow.is_both_ways)
    closed = np.concatenate((outline, outline[:1]))
    placed = closed @ np.array(((cos, sin), (-sin, cos))) + (arrow.x_px, arrow.y_px)
    return np.asarray(placed, dtype=np.float64)


@functools.cache
def arrow_outline(is_both_ways: bool) -> npt.NDArray[np.float64]:
    """Return the corners of an open arrow about the origin that points up, to north: (n, 2)."""
    half_px = ARROW_PX / 2.0
    head_px, breadth_px = _HEAD_PX
    neck_px = half_px - head_px
    head = np.array(
        (
            (-_SHAFT_PX, -neck_px),
            (-breadth_px, -neck_px),
            (0.0, -half_px),
            (breadth_px, -neck_px),
            (_SHAFT_PX, -neck_px),
        )
    )
    tail = -head if is_both_ways else np.array(((_SHAFT_PX, half_px), (-_SHAFT_PX, half_px)))
    return np.concatenate((head, tail))


def _symbols(
    measures: RouteingMeasures, seen: frozenset[int], scene: Scene
) -> list[tuple[float, float]]:
    """Return where the symbols of precautionary areas stand, in those that are large enough."""
    rows = rows_of(measures, seen, MeasureKind.PRECAUTIONARY)
    extents_px = shapely.bounds(measures.shapes.geometries_m[rows]) / scene.viewport.m_per_px
    is_large = (
        np.minimum(extents_px[:, 2] - extents_px[:, 0], extents_px[:, 3] - extents_px[:, 1])
        >= SMALLEST_WITH_SYMBOL_PX
    )
    points_px = scene.viewport.pixels_of_m(middles_m(measures.shapes)[rows[is_large]])
    return [(x_px, y_px) for x_px, y_px in points_px.tolist()]


def _draw_precaution(painter: QPainter, scene: Scene, x_px: float, y_px: float) -> None:
    """Draw a triangle with an exclamation mark in it."""
    size = SYMBOL_PX
    triangle = QPolygonF(
        [QPointF(0.0, -size), QPointF(size * 1.1, size * 0.85), QPointF(-size * 1.1, size * 0.85)]
    )
    stem = QPainterPath()
    stem.addPolygon(
        QPolygonF([QPointF(-1.4, -size * 0.4), QPointF(1.4, -size * 0.4), QPointF(0.7, size * 0.3),
                   QPointF(-0.7, size * 0.3)])
    )  # fmt: skip
    stem.addEllipse(QPointF(0.0, size * 0.55), 1.3, 1.3)
    with saved(painter):
        painter.translate(x_px, y_px)
        line = pen(scene.palette.routeing, ARROW_LINE_PX + 0.2)
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(triangle)
        painter.fillPath(stem, colour(scene.palette.routeing))
