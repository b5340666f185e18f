"""Limits that a desk has loaded: waters as the boundary is drawn, search and rescue regions apart.

Their points are joined by rhumb lines, which are straight on the chart.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtGui import QFontMetricsF, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.geodesics import positions_deg
from channelplot.chart.language import translate
from channelplot.chart.layers import Layer
from channelplot.chart.renderers import boundary
from channelplot.chart.renderers.dashed import draw_line
from channelplot.chart.renderers.label import LineLabel
from channelplot.chart.renderers.line_names import straight_spots
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene
from channelplot.chart.wording import state_letters
from channelplot.model.codes import LimitPurpose
from channelplot.model.limit import LoadedLimit

SAR_DASH_PX: Final = (16.0, 6.0)
SAR_WIDTH_PX: Final = 1.2
RANK: Final = 3.1
"""After the boundary of 1988; chart_labels.py has the ranks around it."""
MOST_SPOTS: Final = 12
"""Places tried for the names of one limit, the longest stretches first."""
_ENDS_PX: Final = 8.0
_STRAIGHT_PX: Final = (2.5, 8.0, 20.0)
"""A line that leaves a straight one by no more counts as straight where its name is written; by
more only if it is nowhere straighter."""


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the regions, and above them the limits of waters; the names are labels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    palette = scene.palette
    for limit in shown_limits(scene):
        if cancel.is_cancelled:
            return
        is_waters = limit.purpose is LimitPurpose.WATERS
        draw_line(
            painter,
            scene,
            line_px(limit, scene),
            palette.boundary if is_waters else palette.sar_region,
            boundary.WIDTH_PX if is_waters else SAR_WIDTH_PX,
            cancel,
            dash_px=boundary.DASH_PX if is_waters else SAR_DASH_PX,
        )


def line_px(limit: LoadedLimit, scene: Scene) -> npt.NDArray[np.float64]:
    """Return the points of a limit, (n, 2) pixels."""
    return scene.viewport.pixels_of(positions_deg(limit.points))


def lines_px(scene: Scene) -> Iterator[npt.NDArray[np.float64]]:
    """Yield the line of each limit that shows, (n, 2) pixels."""
    for limit in shown_limits(scene):
        yield line_px(limit, scene)


def labels(scene: Scene) -> Iterator[LineLabel]:
    """Yield, for each limit in view, whose side is which, along a straight stretch of it.

    Above and below the line as it lies in the picture; the name stands on the side that has more
    to say. Of an area only its inside is anybody's.
    """
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_italic=True, is_tabular=False)
    metrics = QFontMetricsF(font)
    for limit in shown_limits(scene):
        is_waters = limit.purpose is LimitPurpose.WATERS
        ink = scene.palette.boundary_text if is_waters else scene.palette.sar_region_text
        left, right = side_texts(limit)
        for text, is_left in ((left, True), (right, False)):
            if not text:
                continue
            half_px = metrics.horizontalAdvance(text) / 2.0 + _ENDS_PX
            spots = straight_spots(line_px(limit, scene), scene, half_px, _STRAIGHT_PX)[:MOST_SPOTS]
            if spots:
                yield LineLabel(
                    TextLine(text, font, ink),
                    [(spot.x_px, spot.y_px, spot.angle_deg) for spot in spots],
                    (RANK, limit.name, limit.uid, is_left),
                    # The left hand of a line that goes to the right is above it.
                    is_below=[is_left is not spot.is_rightward for spot in spots],
                )


def side_texts(limit: LoadedLimit) -> tuple[str, str]:
    """Return what stands on a limit's left hand and on its right, looking along its points.

    The name, and that it is indicative where it is, stands on the left: the inside of an area.
    """
    if limit.purpose is LimitPurpose.WATERS:
        words = translate("chart", "{state} waters")
    else:
        words = translate("chart", "{state} search and rescue")
    left, right = (
        words.format(state=state_letters(state)) if state else ""
        for state in (limit.left, limit.right)
    )
    named = " · ".join(part for part in (left, limit.name) if part)
    if not limit.is_legal:
        indicative = translate("chart", "{name} (indicative)")
        named = indicative.format(name=named)
    if limit.is_area and _is_clockwise(limit):
        return "", named  # the inside of an area lies to the right of its outline
    return named, "" if limit.is_area else right


def _is_clockwise(limit: LoadedLimit) -> bool:
    """Return whether the outline of an area goes round as the clock does, north up."""
    return len(limit.points) > 3 and not shapely.LinearRing(positions_deg(limit.points)).is_ccw


def shown_limits(scene: Scene) -> list[LoadedLimit]:
    """Return the limits that show: regions first, then waters, each in the order loaded."""
    if not scene.shows(Layer.BOUNDARY):
        return []
    return sorted(
        scene.plot.limits.values(),
        key=lambda limit: (limit.purpose is LimitPurpose.WATERS, limit.loaded_at_utc, limit.uid),
    )
