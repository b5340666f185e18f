"""Reference layers in a plain style: points, lines and areas as the desk chose to have them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import chart_font
from channelplot.chart.reference import Cell, Geometries, ReferenceFeatures
from channelplot.chart.renderers.area_fill import fill_areas
from channelplot.chart.renderers.area_label import area_label
from channelplot.chart.renderers.dashed import draw_many
from channelplot.chart.renderers.label import Label, PointLabel
from channelplot.chart.renderers.line_names import names_along, row_key
from channelplot.chart.renderers.lines import points_of
from channelplot.chart.renderers.pens import colour, pen
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene
from channelplot.chart.shown_colour import shown_colour
from channelplot.model.reference_layer import Dash, ReferenceLayer, ReferenceStyle

RANK: Final = 6.5
"""Of the labels: after everything of the chart itself; chart_labels.py has the ranks before."""
MOST_LABELS: Final = 300
"""Of one layer that look for a place in one picture: the largest shapes first."""
LONGEST_TEXT: Final = 48
"""Characters of a label; what is longer is cut off with an ellipsis."""
LOT_VERTICES: Final = 16_384
"""Vertices that are brought to pixels in one go: well under a millisecond."""
POINT_EDGE_PX: Final = 1.2
_USUAL_WIDTH_PX: Final = 1.2
_DASHES_PX: Final = {
    Dash.SOLID: (),
    Dash.DASHED: (8.0, 4.0),
    Dash.DOTTED: (1.5, 3.0),
    Dash.DASH_DOT: (9.0, 3.0, 1.5, 3.0),
}


def draw_plain(
    painter: QPainter,
    scene: Scene,
    layer: ReferenceLayer,
    features: ReferenceFeatures,
    cancel: Cancel,
) -> None:
    """Draw the areas of a layer, above them its lines and then its points."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    style = layer.style
    viewport = scene.viewport
    rows = features.in_view(viewport.bounds_m(), viewport.m_per_px)
    shapes = features.thinned(rows, viewport.m_per_px)
    dimensions = shapely.get_dimensions(shapes)
    if style.fill_opacity > 0.0:
        cut = features.clipped(rows[dimensions == 2], viewport.bounds_m(), viewport.m_per_px)
        fill = shown_colour(style.fill, scene.palette)
        fill_areas(painter, scene, cut, fill, cancel, style.fill_opacity)
    ink = shown_colour(style.line, scene.palette)
    if style.width_px > 0.0:
        draw_lines(
            painter, scene, shapes[dimensions > 0], ink, style.width_px, dash_px(style), cancel
        )
    _draw_points(painter, scene, shapes[dimensions == 0], ink, style.point_px, cancel)


def dash_px(style: ReferenceStyle) -> tuple[float, ...]:
    """Return a style's dashes, stroke, gap ... in pixels; longer for a wide line."""
    factor = max(1.0, style.width_px / _USUAL_WIDTH_PX)
    return tuple(length_px * factor for length_px in _DASHES_PX[style.dash])


def draw_lines(
    painter: QPainter,
    scene: Scene,
    shapes_m: Geometries,
    ink: str,
    width_px: float,
    dashes_px: tuple[float, ...],
    cancel: Cancel,
    opacity: float = 1.0,
) -> None:
    """Draw lines, and the outlines of areas, given in chart metres; without a halo."""
    for parts_m in _lots(shapely.get_parts(shapes_m)):
        if cancel.is_cancelled:
            return
        points_px, numbers = points_of(parts_m, scene.viewport)
        draw_many(
            painter, scene, points_px, numbers, ink, width_px, cancel, dash_px=dashes_px,
            opacity=opacity,
        )  # fmt: skip


def _lots(parts: Geometries) -> Iterator[Geometries]:
    """Yield shapes, some at a time, so that what is prepared of them stays small."""
    lots = np.cumsum(shapely.get_num_coordinates(parts)) // LOT_VERTICES
    edges = np.flatnonzero(np.diff(lots, prepend=-1)).tolist()
    for begin, end in pairwise((*edges, len(parts))):
        yield parts[begin:end]


def labels(scene: Scene, layer: ReferenceLayer, features: ReferenceFeatures) -> Iterator[Label]:
    """Yield what stands in the layer's label column, beside points, along lines, in areas."""
    style = layer.style
    if not style.label_column:
        return
    viewport = scene.viewport
    font = chart_font(scene.size_pt(style.label_size_pt), is_tabular=False)
    ink = shown_colour(style.line, scene.palette, is_text=True)
    cells = features.column(style.label_column)
    rows = features.in_view(viewport.bounds_m(), viewport.m_per_px)
    rows = np.array([row for row in rows if label_text(cells[row])], dtype=np.intp)
    shapes = features.thinned(rows, viewport.m_per_px)
    sizes = shapely.length(shapes)
    dimensions = shapely.get_dimensions(shapes)
    for number in np.argsort(-sizes, kind="stable")[:MOST_LABELS]:
        row = int(rows[number])
        line = TextLine(label_text(cells[row]), font, ink)
        priority = (RANK, -float(sizes[number]), layer.uid, row_key(row))
        match dimensions[number]:
            case 0:
                yield from _point_labels(scene, shapes[number], line, style.point_px, priority)
            case 1:
                yield from names_along(scene, shapes[number], line, priority)
            case _:
                yield from _area_labels(scene, features, row, line, priority)


def label_text(cell: Cell) -> str:
    """Return what a cell says in one line, "" for nothing; numbers as short as they are."""
    if cell is None:
        return ""
    text = " ".join(cell.split()) if isinstance(cell, str) else f"{cell:.10g}"
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rstrip() + "…"


def _point_labels(
    scene: Scene,
    shape: shapely.Geometry,
    line: TextLine,
    point_px: float,
    priority: tuple[float | str, ...],
) -> Iterator[PointLabel]:
    for x_px, y_px in scene.viewport.pixels_of_m(shapely.get_coordinates(shape)[:1]):
        yield PointLabel(float(x_px), float(y_px), (line,), priority, reach_px=point_px / 2.0)


def _area_labels(
    scene: Scene,
    features: ReferenceFeatures,
    row: int,
    line: TextLine,
    priority: tuple[float | str, ...],
) -> Iterator[Label]:
    found = area_label(scene, features, row, line, priority)
    if found is not None:
        yield found


def _draw_points(
    painter: QPainter,
    scene: Scene,
    shapes_m: Geometries,
    ink: str,
    point_px: float,
    cancel: Cancel,
) -> None:
    """Draw every point as a disc with an edge in the colour of the halo."""
    points_px = scene.viewport.pixels_of_m(shapely.get_coordinates(shapes_m))
    painter.setPen(pen(scene.palette.halo, POINT_EDGE_PX))
    painter.setBrush(colour(ink))
    reach_px = point_px / 2.0
    viewport = scene.viewport
    is_near = np.all(
        (points_px > -point_px)
        & (points_px < (viewport.width_px + point_px, viewport.height_px + point_px)),
        axis=1,
    )
    for number, (x_px, y_px) in enumerate(points_px[is_near].tolist()):
        if number % 100 == 0 and cancel.is_cancelled:
            return
        painter.drawEllipse(QPointF(x_px, y_px), reach_px, reach_px)
