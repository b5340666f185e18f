"""A label: what is written, how, and where it may stand about its anchor."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from channelplot.chart.label_placer import Candidate
from channelplot.chart.renderers.halo_text import draw_halo_text

GAP_PX: Final = 3.0
"""Between a symbol's edge and its label."""
_LINE_GAP_PX: Final = 3.0
_BOXES_ALONG: Final = 1.0
"""A turned label is covered with squares as wide as the text is high, times this."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a label."""

    text: str
    font: QFont
    colour: str


class PointLabel:
    """A label beside a point: to the right if there is room, else around it.

    priority: the smallest is placed first. reach_px: how far the point's symbol reaches.
    clear_px: room kept to labels placed before. dot: whether a dot is drawn at the
    point along with the label, in the first line's colour.
    """

    def __init__(
        self,
        x_px: float,
        y_px: float,
        lines: tuple[TextLine, ...],
        priority: tuple[float | str, ...],
        *,
        reach_px: float,
        clear_px: float = 2.0,
        dot_px: float = 0.0,
    ) -> None:
        """Measure the lines."""
        self.x_px, self.y_px, self.lines = x_px, y_px, lines
        self.dot_px = dot_px
        metrics = [QFontMetricsF(line.font) for line in lines]
        self._width_px = max(
            m.horizontalAdvance(line.text) for m, line in zip(metrics, lines, strict=True)
        )
        self._heights_px = [m.capHeight() for m in metrics]
        self._height_px = sum(self._heights_px) + _LINE_GAP_PX * (len(lines) - 1)
        self.candidate = Candidate(priority, *self._places(reach_px + GAP_PX), clear_px)

    def _places(self, gap_px: float) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the boxes of the eight places around the point, and what each costs."""
        width_px, height_px = self._width_px, self._height_px
        slant_px = gap_px * math.sqrt(0.5)
        corners = (
            (gap_px, -height_px / 2.0, 0.0),
            (slant_px, -slant_px - height_px, 3.0),
            (slant_px, slant_px, 4.0),
            (-gap_px - width_px, -height_px / 2.0, 7.0),
            (-slant_px - width_px, -slant_px - height_px, 9.0),
            (-slant_px - width_px, slant_px, 10.0),
            (-width_px / 2.0, -gap_px - height_px, 12.0),
            (-width_px / 2.0, gap_px, 14.0),
        )
        boxes = np.array(
            [
                (
                    self.x_px + dx_px,
                    self.y_px + dy_px,
                    self.x_px + dx_px + width_px,
                    self.y_px + dy_px + height_px,
                )
                for dx_px, dy_px, _ in corners
            ]
        )
        return boxes[:, np.newaxis, :], np.array([cost for _, _, cost in corners])

    def draw(self, painter: QPainter, place: int, halo: str) -> None:
        """Draw the label at one of its candidate's places."""
        left_px, top_px, right_px, _ = self.candidate.places[place, 0]
        is_left_of_point = right_px <= self.x_px
        baseline_px = top_px
        for line, height_px in zip(self.lines, self._heights_px, strict=True):
            baseline_px += height_px
            width_px = QFontMetricsF(line.font).horizontalAdvance(line.text)
            x_px = right_px - width_px if is_left_of_point else left_px
            draw_halo_text(
                painter, round(x_px), round(baseline_px), line.text, line.font, line.colour, halo
            )
            baseline_px += _LINE_GAP_PX


class LineLabel:
    """A label along a straight stretch, a little above it, turned with it.

    spots: (x_px, y_px, angle_deg) of the middle of the stretch, best first.
    """

    def __init__(
        self,
        line: TextLine,
        spots: list[tuple[float, float, float]],
        priority: tuple[float | str, ...],
    ) -> None:
        """Measure the text."""
        metrics = QFontMetricsF(line.font)
        self.line = line
        self._width_px = metrics.horizontalAdvance(line.text)
        self._height_px = metrics.capHeight()
        self._spots = spots
        boxes = np.array([self._boxes(*spot) for spot in spots])
        self.candidate = Candidate(priority, boxes, np.arange(len(spots), dtype=np.float64), 4.0)

    def _boxes(self, x_px: float, y_px: float, angle_deg: float) -> list[tuple[float, ...]]:
        """Return squares along the turned text that cover it."""
        side_px = self._height_px * 1.5
        count = max(2, math.ceil(self._width_px / (self._height_px * _BOXES_ALONG)))
        cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
        up_px = -(self._height_px / 2.0 + _LINE_GAP_PX + 1.0)
        boxes: list[tuple[float, ...]] = []
        for number in range(count):
            along_px = (number / (count - 1) - 0.5) * (self._width_px - self._height_px)
            middle_x = x_px + along_px * cos - up_px * sin
            middle_y = y_px + along_px * sin + up_px * cos
            boxes.append(
                (
                    middle_x - side_px / 2.0,
                    middle_y - side_px / 2.0,
                    middle_x + side_px / 2.0,
                    middle_y + side_px / 2.0,
                )
            )
        return boxes

    def draw(self, painter: QPainter, place: int, halo: str) -> None:
        """Draw the label at one of its spots."""
        x_px, y_px, angle_deg = self._spots[place]
        painter.save()
        painter.translate(x_px, y_px)
        painter.rotate(angle_deg)
        draw_halo_text(
            painter,
            -self._width_px / 2.0,
            -_LINE_GAP_PX - 1.0,
            self.line.text,
            self.line.font,
            self.line.colour,
            halo,
        )
        painter.restore()


Label = PointLabel | LineLabel
