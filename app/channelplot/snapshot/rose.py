"""The compass rose of a sheet to plot on by hand: true, and magnetic inside it."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from channelplot.chart.outlines import draw_text_at
from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour, saved
from channelplot.chart.viewport import Viewport
from channelplot.errors import NoVariation
from channelplot.geodesy.magnetic import variation_deg
from channelplot.snapshot.lettering import Style, sheet_font
from channelplot.snapshot.paper import Rect, Sheet
from channelplot.snapshot.scale import variation_text

_RADIUS_MM: Final = 30.0
_MOST_SHARE: Final = 0.21
"""Of the map's shorter side, at most."""
_ACROSS, _DOWN = 0.28, 0.68
"""Where its middle is in the map, if that is free: in the Strait, off both coasts."""
_REACH: Final = 1.12
"""How far its arrow reaches from its middle, with some room, for a radius of 1."""
_PLACES: Final = 15
"""So many from side to side, and from top to bottom, are looked at."""
_LINE_MM: Final = 0.12
_STRONG_MM: Final = 0.25
_INNER: Final = 0.72
"""The radius of the magnetic ring for an outer one of 1."""
_TICKS: Final = ((10, 0.075), (5, 0.05), (1, 0.028))
"""Every so many degrees a tick so long, for an outer radius of 1."""
_TEXT_SHARE: Final = 0.5
"""Half of the words inside the magnetic ring, at most, of the outer radius."""
_FIGURES_EVERY_DEG: Final = 30
_OPACITY: Final = 0.85
_NOTHING: Final = np.empty((0, 4))


@dataclass(frozen=True, slots=True)
class Rose:
    """A compass rose about a point of the sheet.

    variation_deg: of magnetic north, east positive; None where nobody knows it.
    """

    x_px: float
    y_px: float
    radius_px: float
    variation_deg: float | None
    variation_text: str


def rose_of(
    box: Rect,
    sheet: Sheet,
    viewport: Viewport,
    moment_utc: datetime | None,
    taken_px: npt.NDArray[np.float64] = _NOTHING,
) -> Rose:
    """Return the rose for a map: north is up everywhere on a Mercator chart.

    moment_utc: when the variation is wanted for, in the middle of the map. taken_px: (n, 4) boxes
    of the sheet with symbols and their names; the rose stands where it covers the fewest of them.
    """
    radius_px = min(sheet.px(_RADIUS_MM), _MOST_SHARE * min(box.width_px, box.height_px))
    east_deg = None
    if moment_utc is not None:
        try:
            east_deg = variation_deg(viewport.centre, moment_utc)
        except NoVariation:
            east_deg = None
    x_px, y_px = _free_place(box, radius_px * _REACH, taken_px)
    return Rose(
        x_px=x_px,
        y_px=y_px,
        radius_px=radius_px,
        variation_deg=east_deg,
        variation_text=variation_text(viewport.centre, moment_utc),
    )


def _free_place(
    box: Rect, reach_px: float, taken_px: npt.NDArray[np.float64]
) -> tuple[float, float]:
    """Return where a circle covers the fewest boxes; of such places the one nearest the usual."""
    usual_px = box.x_px + _ACROSS * box.width_px, box.y_px + _DOWN * box.height_px
    across_px = np.linspace(box.x_px + reach_px, box.right_px - reach_px, _PLACES)
    down_px = np.linspace(box.y_px + reach_px, box.bottom_px - reach_px, _PLACES)
    places_px = [usual_px, *((float(x), float(y)) for x in across_px for y in down_px)]

    def badness(place_px: tuple[float, float]) -> tuple[int, float]:
        middle = np.array(place_px)
        beyond_px = np.maximum(np.maximum(taken_px[:, :2] - middle, middle - taken_px[:, 2:]), 0.0)
        covered = np.count_nonzero(np.hypot(*beyond_px.T) < reach_px)
        return int(covered), math.dist(place_px, usual_px)

    return min(places_px, key=badness)


def draw_rose(painter: QPainter, sheet: Sheet, rose: Rose, palette: Palette) -> None:
    """Draw the true ring with its degrees, the magnetic one turned by the variation, and that."""
    with saved(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(_OPACITY)
        painter.translate(rose.x_px, rose.y_px)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(palette.boundary_text), sheet.px(_LINE_MM)))
        cross_px = 0.04 * rose.radius_px
        painter.drawLine(QLineF(-cross_px, 0.0, cross_px, 0.0))
        painter.drawLine(QLineF(0.0, -cross_px, 0.0, cross_px))
        _draw_ring(painter, sheet, rose.radius_px, Style.NOTE, palette)
        if rose.variation_deg is None:
            return
        with saved(painter):
            painter.rotate(rose.variation_deg)
            _draw_ring(painter, sheet, rose.radius_px * _INNER, Style.CREDIT, palette)
        font = sheet_font(Style.CREDIT, sheet.px(1.0))
        painter.setFont(font)
        half_px = QFontMetricsF(font).horizontalAdvance(rose.variation_text) / 2.0
        if half_px < _TEXT_SHARE * rose.radius_px:
            draw_text_at(painter, QPointF(-half_px, 0.3 * rose.radius_px), rose.variation_text)


def _draw_ring(
    painter: QPainter, sheet: Sheet, radius_px: float, style: Style, palette: Palette
) -> None:
    ink = colour(palette.boundary_text)
    thin, strong = QPen(ink, sheet.px(_LINE_MM)), QPen(ink, sheet.px(_STRONG_MM))
    painter.setPen(thin)
    painter.drawEllipse(QPointF(0.0, 0.0), radius_px, radius_px)
    longest_px = max(share for _, share in _TICKS) * radius_px
    font = sheet_font(style, sheet.px(1.0))
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    for degree in range(360):
        share = next(share for every, share in _TICKS if degree % every == 0)
        sin, cos = math.sin(math.radians(degree)), math.cos(math.radians(degree))
        inner_px = radius_px * (1.0 - share)
        painter.setPen(strong if degree % 10 == 0 else thin)
        painter.drawLine(QLineF(sin * inner_px, -cos * inner_px, sin * radius_px, -cos * radius_px))
        if degree % _FIGURES_EVERY_DEG == 0:
            text = f"{degree:03d}"
            with saved(painter):
                painter.rotate(degree)
                half_px = metrics.horizontalAdvance(text) / 2.0
                baseline_px = -radius_px + longest_px + metrics.capHeight() * 1.4
                draw_text_at(painter, QPointF(-half_px, baseline_px), text)
    arrow_px = 0.05 * radius_px
    painter.setPen(strong)
    for side in (-1.0, 1.0):
        painter.drawLine(QLineF(0.0, -radius_px - 2.0 * arrow_px, side * arrow_px, -radius_px))
