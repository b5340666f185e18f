"""Names that stand in the middle of an area, where there is room for them."""

import math
from typing import Final

import numpy as np
import shapely
from PySide6.QtGui import QFontMetricsF

from channelplot.chart.reference import ReferenceFeatures, middles_m
from channelplot.chart.renderers.label import LineLabel
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene

ROOM: Final = 0.8
"""Of a name, how much must lie in the area: else it stands half outside."""
_LIFT_PX: Final = 4.0
"""How far above the place it is given for a label along a line stands (``label.py``)."""
_SHIFTS: Final = (0.0, -1.6, 1.6)
"""Heights of the text: where else it may stand."""


def area_label(
    scene: Scene,
    features: ReferenceFeatures,
    row: int,
    line: TextLine,
    priority: tuple[float | str, ...],
    *,
    below_px: float = 0.0,
) -> LineLabel | None:
    """Return a label in the middle of an area, None where the area is too small for it.

    below_px: how much further down, under a symbol. The place does not depend on what shows of
    the area, so that the label stays when the chart is panned.
    """
    viewport = scene.viewport
    metrics = QFontMetricsF(line.font)
    ((x_px, y_px),) = viewport.pixels_of_m(middles_m(features)[row : row + 1]).tolist()
    if not math.isfinite(x_px):
        return None
    reach_px = ROOM * metrics.horizontalAdvance(line.text) / 2.0
    ends_m = middles_m(features)[row] + np.array(((-reach_px, 0.0), (reach_px, 0.0))) * (
        viewport.m_per_px
    )
    if not features.geometries_m[row].covers(shapely.LineString(ends_m)):
        return None
    middle_px = y_px + below_px + metrics.capHeight() / 2.0 + _LIFT_PX
    spots = [(x_px, middle_px + shift * metrics.height(), 0.0) for shift in _SHIFTS]
    return LineLabel(line, spots, priority)
