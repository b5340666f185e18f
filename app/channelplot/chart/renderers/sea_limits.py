"""Limits of waters as their publishers draw them: a line type for each kind, and its name along it.

The kinds are those of IHO S-4 (B-440) and of Shom's "délimitations maritimes"; they are known by
the words that stand in a file's columns, in English or French. All in one colour, told apart by
their dashes and by what is written along them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import shapely
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.language import translate
from channelplot.chart.reference import ReferenceFeatures, kept_with_shapes
from channelplot.chart.renderers.curved_label import CurvedLabel
from channelplot.chart.renderers.label import LineLabel
from channelplot.chart.renderers.line_names import names_along, row_key
from channelplot.chart.renderers.reference import draw_lines
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene
from channelplot.chart.shared_edges import edges_once
from channelplot.model.reference_layer import ReferenceLayer

RANK: Final = 3.2
"""Of the labels: after the limits that a desk has loaded; chart_labels.py has the others."""
SAME_M: Final = 10.0
"""Chart metres, 6 on the ground: lines that are closer are the same one, published twice."""
TEXT_COLUMNS: Final = ("kind", "nature", "type", "name", "nom", "libelle", "label")


class LimitKind(StrEnum):
    """What a limit is."""

    AGREED = "agreed"
    INDICATIVE = "indicative"
    BASELINE = "baseline"
    CONTIGUOUS = "contiguous"
    TERRITORIAL = "territorial"
    ECONOMIC = "economic"
    SHELF = "shelf"
    OTHER = "other"


_WORDS: Final = (
    (LimitKind.INDICATIVE, r"indicative|[ée]quidistance|equidistance"),
    (LimitKind.AGREED, r"agreed|boundary|d[ée]limitation"),
    (LimitKind.BASELINE, r"baseline|ligne.? de base"),
    (LimitKind.CONTIGUOUS, r"contigu"),
    (LimitKind.TERRITORIAL, r"territorial|mer territoriale"),
    (LimitKind.ECONOMIC, r"economic|[ée]conomique|\beez\b|\bzee\b"),
    (LimitKind.SHELF, r"shelf|plateau continental"),
)
"""The first that is found in a column's words says what the line is: an agreed boundary says of
what, which is no kind of its own."""


@dataclass(frozen=True, slots=True)
class LineType:
    """How the line of a kind is drawn: its width, and stroke, gap, stroke, gap ... in pixels."""

    width_px: float
    dash_px: tuple[float, ...]


LINE_TYPES: Final = {
    LimitKind.AGREED: LineType(1.6, (16.0, 4.0, 1.6, 4.0)),
    LimitKind.INDICATIVE: LineType(1.4, (1.4, 4.0)),
    LimitKind.BASELINE: LineType(1.0, (3.0, 2.0)),
    LimitKind.TERRITORIAL: LineType(1.4, (10.0, 4.0)),
    LimitKind.CONTIGUOUS: LineType(1.2, (10.0, 3.0, 1.4, 3.0, 1.4, 3.0)),
    LimitKind.ECONOMIC: LineType(1.4, (20.0, 6.0)),
    LimitKind.SHELF: LineType(1.2, (20.0, 4.0, 4.0, 4.0)),
    LimitKind.OTHER: LineType(1.2, (6.0, 4.0)),
}


def draw_sea_limits(
    painter: QPainter,
    scene: Scene,
    layer: ReferenceLayer,
    features: ReferenceFeatures,
    cancel: Cancel,
) -> None:
    """Draw the limits of a layer; of areas the outline."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    viewport = scene.viewport
    edges = _edges(features)
    kinds = kinds_of(edges)
    for row in edges.in_view(viewport.bounds_m(), viewport.m_per_px).tolist():
        line_type = LINE_TYPES[kinds[row]]
        draw_lines(
            painter,
            scene,
            edges.thinned(np.array([row]), viewport.m_per_px),
            scene.palette.sea_limit,
            line_type.width_px,
            line_type.dash_px,
            cancel,
        )


@kept_with_shapes
def _edges(features: ReferenceFeatures) -> ReferenceFeatures:
    """Return the limits, of areas the outline, without what another has drawn already.

    The same line is published as the limit of several waters: it is drawn as the one that comes
    first in ``LimitKind``.
    """
    kinds = kinds_of(features)
    order = sorted(range(len(features)), key=lambda row: tuple(LimitKind).index(kinds[row]))
    shapes = features.geometries_m[order]
    is_area = shapely.get_dimensions(shapes) == 2
    shapes = np.where(is_area, shapely.boundary(shapes), shapes)
    is_line = shapely.get_dimensions(shapes) == 1
    lines = np.asarray(shapes[is_line], dtype=np.object_)
    rows = np.array(order, dtype=np.intp)[is_line].tolist()
    columns = {name: tuple(cells[row] for row in rows) for name, cells in features.columns.items()}
    return ReferenceFeatures(edges_once(lines, near_m=SAME_M), columns)


def labels(
    scene: Scene, layer: ReferenceLayer, features: ReferenceFeatures
) -> Iterator[LineLabel | CurvedLabel]:
    """Yield what each limit is, along it."""
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_italic=True, is_tabular=False)
    viewport = scene.viewport
    edges = _edges(features)
    words, kinds = kind_words(), kinds_of(edges)
    rows = edges.in_view(viewport.bounds_m(), viewport.m_per_px)
    names = edges.texts("name", "nom", "libelle", "label")
    for row, shape in zip(rows.tolist(), edges.thinned(rows, viewport.m_per_px), strict=True):
        kind = kinds[row]
        text = words.get(kind) or names[row]
        if text and not shapely.is_empty(shape):
            line = TextLine(text, font, scene.palette.sea_limit_text)
            yield from names_along(scene, shape, line, (RANK, layer.uid, row_key(row)))


def kinds_of(features: ReferenceFeatures) -> list[LimitKind]:
    """Return what each limit of a file is."""
    columns = [features.texts(name) for name in TEXT_COLUMNS]
    return [kind_of(texts) for texts in zip(*columns, strict=True)]


def kind_of(texts: tuple[str, ...]) -> LimitKind:
    """Return what a limit is by what its columns say; the first that says something counts."""
    for text in texts:
        small = text.lower().replace("_", " ")
        for kind, words in _WORDS:
            if re.search(words, small):
                return kind
    return LimitKind.OTHER


def kind_words() -> dict[LimitKind, str]:
    """Return what is written along a limit of each kind; others say what they are themselves."""
    return {
        LimitKind.AGREED: translate("chart", "Maritime boundary"),
        LimitKind.INDICATIVE: translate("chart", "Equidistance line, indicative"),
        LimitKind.BASELINE: translate("chart", "Straight baseline"),
        LimitKind.TERRITORIAL: translate("chart", "Territorial sea, 12 M"),
        LimitKind.CONTIGUOUS: translate("chart", "Contiguous zone, 24 M"),
        LimitKind.ECONOMIC: translate("chart", "Exclusive economic zone"),
        LimitKind.SHELF: translate("chart", "Continental shelf"),
    }
