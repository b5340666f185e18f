"""A label along a curve, glyph by glyph."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath, QTransform

from channelplot.chart.label_placer import Candidate
from channelplot.chart.outlines import text_outline
from channelplot.chart.renderers.halo_text import Halo, draw_halo_path
from channelplot.chart.renderers.measures import font_measures, text_width_px
from channelplot.chart.renderers.text_line import TextLine, key_of

_ROOM_PX: Final = 1.5
"""Around a glyph, within its box."""
_CLEAR_PX: Final = 4.0


class CurvedLabel:
    """A text whose glyphs stand along a curve.

    places: (k, g, 3) x_px, y_px, angle_deg of the middle of each of g glyphs on the baseline, for
    k places; costs: (k,) as a candidate has them.
    """

    def __init__(
        self,
        line: TextLine,
        places: npt.NDArray[np.float64],
        costs: npt.NDArray[np.float64],
        priority: tuple[float | str, ...],
    ) -> None:
        """Find the boxes that the glyphs take."""
        self.line = line
        self.places = places
        boxes = glyph_boxes(places, advances_px(line), font_measures(line.font).capital_px)
        self.candidate = Candidate(priority, boxes, costs, _CLEAR_PX, key_of(priority, line.text))

    def anchor_px(self, place: int) -> tuple[float, float]:
        """Return the pixel that the label goes with: the middle of its letters."""
        x_px, y_px = self.places[place, :, :2].mean(axis=0).tolist()
        return x_px, y_px

    def draw(self, painter: QPainter, place: int, halo: Halo) -> None:
        """Draw the label at one of its places, as outlines: they are crisp at every angle."""
        path = QPainterPath()
        advances = advances_px(self.line)
        for character, advance_px, (x_px, y_px, angle_deg) in zip(
            self.line.text, advances.tolist(), self.places[place].tolist(), strict=True
        ):
            glyph = text_outline(character, self.line.font, QPointF(-advance_px / 2.0, 0.0))
            turn = QTransform().translate(x_px, y_px).rotate(angle_deg)
            path.addPath(turn.map(glyph))
        draw_halo_path(painter, path, self.line.colour, halo)


def advances_px(line: TextLine) -> npt.NDArray[np.float64]:
    """Return how wide each glyph of a line is, (g,)."""
    return np.array([text_width_px(character, line.font) for character in line.text])


def glyph_boxes(
    places: npt.NDArray[np.float64], advances: npt.NDArray[np.float64], capital_px: float
) -> npt.NDArray[np.float64]:
    """Return the boxes of the glyphs at their places: (k, g, 3) in, (k, g, 4) out.

    advances: (g,) pixels; capital_px: how high a capital is. What hangs below the baseline is in.
    """
    angles = np.radians(places[..., 2])
    cos, sin = np.cos(angles), np.sin(angles)
    half_width, half_height = advances / 2.0 + _ROOM_PX, capital_px * 0.7 + _ROOM_PX
    up_px = capital_px * 0.4
    middle_x, middle_y = places[..., 0] + sin * up_px, places[..., 1] - cos * up_px
    reach_x = np.abs(cos) * half_width + np.abs(sin) * half_height
    reach_y = np.abs(sin) * half_width + np.abs(cos) * half_height
    return np.stack(
        (middle_x - reach_x, middle_y - reach_y, middle_x + reach_x, middle_y + reach_y), axis=-1
    )
