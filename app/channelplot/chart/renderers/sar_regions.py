"""Search and rescue regions, and areas of other services, with names on both sides of limits."""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.reference import ReferenceFeatures, kept_with_shapes
from channelplot.chart.renderers.curved_label import CurvedLabel
from channelplot.chart.renderers.label import LineLabel
from channelplot.chart.renderers.limits import SAR_DASH_PX, SAR_WIDTH_PX
from channelplot.chart.renderers.line_names import names_along, row_key
from channelplot.chart.renderers.reference import draw_lines, label_text
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene
from channelplot.chart.shared_edges import edges_once
from channelplot.model.reference_layer import ReferenceLayer

RANK: Final = 3.3
"""Of the labels: after the limits of waters; chart_labels.py has the others."""
NAME_COLUMNS: Final = ("name", "nom", "srr", "region", "label")
OTHER_DASH_PX: Final = (6.0, 4.0)
"""Of areas that are no search and rescue regions: vessel traffic services, reporting systems."""
OTHER_WIDTH_PX: Final = 1.0
_OTHER: Final = re.compile(r"vts|srs|stm|mas\b|report", re.IGNORECASE)


def draw_sar_regions(
    painter: QPainter,
    scene: Scene,
    layer: ReferenceLayer,
    features: ReferenceFeatures,
    cancel: Cancel,
) -> None:
    """Draw the limits of the regions; one that two share is drawn once."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    viewport = scene.viewport
    edges = _edges(features)
    rows = edges.in_view(viewport.bounds_m(), viewport.m_per_px)
    is_other = np.array([_is_other(features, row) for row in rows.tolist()], dtype=np.bool_)
    for chosen, width_px, dashes_px in (
        (rows[is_other], OTHER_WIDTH_PX, OTHER_DASH_PX),
        (rows[~is_other], SAR_WIDTH_PX, SAR_DASH_PX),
    ):
        lines = edges.thinned(chosen, viewport.m_per_px)
        draw_lines(painter, scene, lines, scene.palette.sar_region, width_px, dashes_px, cancel)


def labels(
    scene: Scene, layer: ReferenceLayer, features: ReferenceFeatures
) -> Iterator[LineLabel | CurvedLabel]:
    """Yield the name of each region along its limits, on the inner side."""
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_italic=True, is_tabular=False)
    viewport = scene.viewport
    names = features.texts(*NAME_COLUMNS)
    turned = _turned(features)
    rows = turned.in_view(viewport.bounds_m(), viewport.m_per_px)
    for row, shape in zip(rows.tolist(), turned.thinned(rows, viewport.m_per_px), strict=True):
        if names[row] and shapely.get_dimensions(shape) > 0:
            line = TextLine(label_text(names[row]), font, scene.palette.sar_region_text)
            # Anticlockwise, the inside of an outline lies on its left hand.
            is_area = shapely.get_dimensions(shape) == 2
            yield from names_along(
                scene,
                shape,
                line,
                (RANK, _is_other(features, row), layer.uid, row_key(row)),
                is_on_left=True if is_area else None,
            )


def _is_other(features: ReferenceFeatures, row: int) -> bool:
    """Return whether a row says that it is something else than a region."""
    kind = features.column("kind")[row]
    return isinstance(kind, str) and _OTHER.match(kind) is not None


@kept_with_shapes
def _edges(features: ReferenceFeatures) -> ReferenceFeatures:
    """Return the outline of each region without what an earlier one has drawn."""
    is_area = shapely.get_dimensions(features.geometries_m) == 2
    lines = np.where(is_area, shapely.boundary(features.geometries_m), features.geometries_m)
    lines[shapely.get_dimensions(lines) != 1] = shapely.MultiLineString()
    return ReferenceFeatures(edges_once(np.asarray(lines, dtype=np.object_)), features.columns)


@kept_with_shapes
def _turned(features: ReferenceFeatures) -> ReferenceFeatures:
    """Return the regions with every outline anticlockwise."""
    turned = shapely.orient_polygons(features.geometries_m)
    return ReferenceFeatures(np.asarray(turned, dtype=np.object_), features.columns)
