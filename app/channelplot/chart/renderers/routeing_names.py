"""What is written in and along routeing measures: the names of schemes, what areas are."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely
from PySide6.QtGui import QFontMetricsF

from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.language import translate
from channelplot.chart.reference import ReferenceFeatures
from channelplot.chart.renderers.along import Spot
from channelplot.chart.renderers.area_label import area_label
from channelplot.chart.renderers.label import LineLabel
from channelplot.chart.renderers.line_names import row_key, straight_spots
from channelplot.chart.renderers.routeing import SYMBOL_PX, rows_of
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.routeing import MeasureKind, RouteingMeasures, measures_of
from channelplot.chart.scene import Scene
from channelplot.model.reference_layer import ReferenceLayer

RANK: Final = 5.5
"""Of the labels: after the large places, before marks; chart_labels.py has the others."""
CENTRE_DOWN_PX: Final = 8.0
"""A label along a line stands so far above it; one along an axis is to stand on it."""
BESIDE_ARROWS: Final = 0.27
"""Of a lane's breadth: how far off its axis its name stands."""


def labels(scene: Scene, layer: ReferenceLayer, features: ReferenceFeatures) -> Iterator[LineLabel]:
    """Yield the names of schemes along their zones, and what other areas are, in them."""
    measures = measures_of(features)
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_italic=True, is_tabular=False)
    ink = scene.palette.routeing_text
    viewport = scene.viewport
    seen = frozenset(measures.shapes.in_view(viewport.bounds_m(), viewport.m_per_px).tolist())
    metrics = QFontMetricsF(font)
    for name, rows in _schemes(measures, seen).items():
        half_px = metrics.horizontalAdvance(name) / 2.0
        spots = _axis_spots(measures, rows, scene, half_px)
        if spots:
            yield LineLabel(TextLine(name, font, ink), spots, (RANK, layer.uid, name))
    words = _words()
    for row in sorted(seen):
        kind = measures.kinds[row]
        if kind not in words or shapely.get_dimensions(measures.shapes.geometries_m[row]) != 2:
            continue
        below_px = 1.9 * SYMBOL_PX if kind is MeasureKind.PRECAUTIONARY else 0.0
        label = area_label(
            scene,
            measures.shapes,
            row,
            TextLine(words[kind], font, ink),
            (RANK + 0.1, layer.uid, row_key(row)),
            below_px=below_px,
        )
        if label is not None:
            yield label


def _words() -> dict[MeasureKind, str]:
    """Return what is written in areas, by their kind."""
    return {
        MeasureKind.INSHORE: translate("chart", "Inshore Traffic Zone"),
        MeasureKind.PRECAUTIONARY: translate("chart", "Precautionary Area"),
        MeasureKind.DEEP_WATER: translate("chart", "DW"),
        MeasureKind.AVOID: translate("chart", "Area to be Avoided"),
    }


def _schemes(measures: RouteingMeasures, seen: frozenset[int]) -> dict[str, list[int]]:
    """Return the zones, and where there are none the lanes, of each scheme that shows by name."""
    found: dict[str, list[int]] = {}
    for wanted in (MeasureKind.ZONE, MeasureKind.LANE):
        named = set(found)
        for row in rows_of(measures, seen, wanted).tolist():
            name = measures.names[row]
            if name and name not in named:
                found.setdefault(name, []).append(row)
    return found


def _axis_spots(
    measures: RouteingMeasures, rows: list[int], scene: Scene, half_px: float
) -> list[tuple[float, float, float]]:
    """Return where a name could stand along areas and in them, the longest first: x, y, angle.

    On the axis of a zone, beside that of a lane, where the arrows are.
    """
    found: list[tuple[float, list[tuple[float, float, float]]]] = []
    for row in rows:
        shape = measures.shapes.geometries_m[row]
        if shapely.get_dimensions(shape) != 2:
            continue
        box = shapely.minimum_rotated_rectangle(shape)
        corners_px = scene.viewport.pixels_of_m(shapely.get_coordinates(box))
        middles_px = (corners_px[:4] + corners_px[1:5]) / 2.0
        axis, across = sorted(
            (middles_px[[0, 2]], middles_px[[1, 3]]),
            key=lambda ends: -float(np.hypot(*(ends[1] - ends[0]))),
        )
        if measures.kinds[row] is MeasureKind.LANE:
            axis = axis + BESIDE_ARROWS * (across[1] - across[0])
        spots = [
            _centred(spot)
            for spot in straight_spots(axis, scene, half_px)
            if _is_inside(spot, half_px, shape, scene)
        ]
        found.append((-float(np.hypot(*(axis[1] - axis[0]))), spots))
    found.sort(key=lambda entry: entry[0])
    return [spot for _, spots in found for spot in spots]


def _is_inside(spot: Spot, half_px: float, shape: shapely.Geometry, scene: Scene) -> bool:
    """Return whether a name that stands on a spot lies in an area."""
    viewport = scene.viewport
    turn = np.radians(spot.angle_deg)
    reach_px = half_px * np.array((np.cos(turn), np.sin(turn)))
    ends_px = np.array((spot.x_px, spot.y_px)) + np.array((-reach_px, reach_px))
    away_px = (ends_px - (viewport.width_px / 2.0, viewport.height_px / 2.0)) * (1.0, -1.0)
    ends_m = away_px * viewport.m_per_px + (viewport.centre_x_m, viewport.centre_y_m)
    return bool(shapely.covers(shape, shapely.LineString(ends_m)))


def _centred(spot: Spot) -> tuple[float, float, float]:
    """Return the spot of a name whose middle is on the axis rather than above it."""
    turn = np.radians(spot.angle_deg)
    return (
        spot.x_px - CENTRE_DOWN_PX * float(np.sin(turn)),
        spot.y_px + CENTRE_DOWN_PX * float(np.cos(turn)),
        spot.angle_deg,
    )
