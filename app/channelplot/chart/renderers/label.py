"""A label: what is written, how, and where it may stand about its anchor."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from channelplot.chart.label_placer import Candidate
from channelplot.chart.language import translate
from channelplot.chart.renderers.curved_label import CurvedLabel
from channelplot.chart.renderers.halo_text import Halo, draw_halo_text
from channelplot.chart.renderers.measures import font_measures, text_width_px
from channelplot.chart.renderers.pens import pen, saved
from channelplot.chart.renderers.text_line import TextLine, key_of

GAP_PX: Final = 3.0
"""Between a symbol's edge and its label."""
_LINE_GAP_PX: Final = 3.0
"""Between a line and the text along it."""
_LEADING_PX: Final = 4.5
"""Between the capitals of one line of text and the baseline of the one above."""
_TAIL_SHARE: Final = 0.7
"""Of a font's descent, what letters like g and p use."""
_PLACE_COSTS: Final = np.array((0.0, 3.0, 4.0, 7.0, 9.0, 10.0, 12.0, 14.0))
"""Of the eight places around a point, in pixels of line covered."""
_SLANT: Final = math.sqrt(0.5)
_CORNERS_BY_GAP: Final = np.array(
    ((1, 0), (_SLANT, -_SLANT), (_SLANT, _SLANT), (-1, 0),
     (-_SLANT, -_SLANT), (-_SLANT, _SLANT), (0, -1), (0, 1))
)  # fmt: skip
_CORNERS_BY_SIZE: Final = np.array(
    ((0, -0.5), (0, -1), (0, 0), (-1, -0.5), (-1, -1), (-1, 0), (-0.5, -1), (-0.5, 0))
)
"""Where the upper left corner is: right, above right, below right, left ..., above, below."""
_LEADER_COST: Final = 40.0
_LEADER_PX: Final = 1.0
_BOXES_ALONG: Final = 1.0
"""A turned label is covered with squares as wide as the text is high, times this."""


class PointLabel:
    """A label beside a point: to the right if there is room, else around it.

    priority: the smallest is placed first. reach_px: how far the point's symbol reaches.
    dot_px: radius of the dot drawn at the point along with the label, 0 for none.
    leaders_px: how far off it may stand besides, at the end of a line.
    """

    def __init__(
        self,
        x_px: float,
        y_px: float,
        lines: tuple[TextLine, ...],
        priority: tuple[float | str, ...],
        *,
        reach_px: float,
        dot_px: float = 0.0,
        leaders_px: tuple[float, ...] = (),
        key: tuple[str, ...] = (),
    ) -> None:
        """Measure the lines. key: as a candidate has it; from priority and text unless said."""
        self.x_px, self.y_px, self.lines = x_px, y_px, lines
        self.dot_px = dot_px
        self._reach_px = reach_px
        metrics = [font_measures(line.font) for line in lines]
        self._widths_px = [text_width_px(line.text, line.font) for line in lines]
        self._heights_px = [m.capital_px for m in metrics]
        # What hangs below the baseline needs room too, but the letters are centred without it.
        self._tail_px = metrics[-1].descent_px * _TAIL_SHARE
        gaps_px = np.array((GAP_PX + reach_px, *leaders_px))
        costs = (_PLACE_COSTS + np.arange(len(gaps_px))[:, np.newaxis] * _LEADER_COST).ravel()
        self.candidate = Candidate(
            priority,
            self._places(gaps_px),
            costs,
            key=key or key_of(priority, lines[0].text),
            dots=1 if dot_px else 0,
        )

    def _places(self, gaps_px: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the boxes of the eight places around the point, best first, for each gap.

        (k, 1, 4), or with a dot (k, 2, 4), the dot's after the text's.
        """
        width_px = max(self._widths_px)
        height_px = sum(self._heights_px) + _LEADING_PX * (len(self.lines) - 1)
        by_gap = _CORNERS_BY_GAP * gaps_px[:, np.newaxis, np.newaxis]
        at_px = np.array((self.x_px, self.y_px))
        corners = by_gap + _CORNERS_BY_SIZE * np.array((width_px, height_px)) + at_px
        corners = corners.reshape(-1, 1, 2)
        size_px = np.array((width_px, height_px + self._tail_px))
        boxes = np.concatenate((corners, corners + size_px), axis=2)
        if not self.dot_px:
            return boxes
        # The dot is the label's own: no other may be written over it.
        dot = np.concatenate((at_px - self.dot_px, at_px + self.dot_px))
        return np.concatenate((boxes, np.broadcast_to(dot, boxes.shape)), axis=1)

    def anchor_px(self, place: int) -> tuple[float, float]:
        """Return the pixel that the label goes with: its point, wherever it stands about it."""
        return self.x_px, self.y_px

    def draw(self, painter: QPainter, place: int, halo: Halo) -> None:
        """Draw the label at one of its candidate's places."""
        left_px, top_px, right_px, bottom_px = (
            float(edge) for edge in self.candidate.places[place, 0]
        )
        if place >= len(_PLACE_COSTS):
            self._draw_leader(painter, left_px, top_px, right_px, bottom_px, halo)
        is_left_of_point = right_px <= self.x_px
        baseline_px = top_px
        for line, width_px, height_px in zip(
            self.lines, self._widths_px, self._heights_px, strict=True
        ):
            baseline_px += height_px
            x_px = right_px - width_px if is_left_of_point else left_px
            draw_halo_text(painter, x_px, baseline_px, line.text, line.font, line.colour, halo)
            baseline_px += _LEADING_PX

    def _draw_leader(
        self,
        painter: QPainter,
        left_px: float,
        top_px: float,
        right_px: float,
        bottom_px: float,
        halo: Halo,
    ) -> None:
        """Draw a line from the symbol's edge to the nearest point of the label's box."""
        end = QPointF(
            min(max(self.x_px, left_px - GAP_PX), right_px + GAP_PX),
            min(max(self.y_px, top_px - GAP_PX), bottom_px + GAP_PX),
        )
        length_px = math.hypot(end.x() - self.x_px, end.y() - self.y_px)
        if length_px <= self._reach_px:
            return
        share = self._reach_px / length_px
        start = QPointF(
            self.x_px + share * (end.x() - self.x_px), self.y_px + share * (end.y() - self.y_px)
        )
        painter.setPen(pen(halo.colour, _LEADER_PX + 2.0, opacity=0.8))
        painter.drawLine(start, end)
        painter.setPen(pen(self.lines[0].colour, _LEADER_PX))
        painter.drawLine(start, end)


class LineLabel:
    """A label along a straight stretch, a little above it or below, turned with it.

    spots: (x_px, y_px, angle_deg) of the middle of the stretch, best first. is_below: for each
    spot whether the text hangs below the line; above it unless said.
    """

    def __init__(
        self,
        line: TextLine,
        spots: list[tuple[float, float, float]],
        priority: tuple[float | str, ...],
        is_below: list[bool] | None = None,
    ) -> None:
        """Measure the text."""
        self.line = line
        self._width_px = text_width_px(line.text, line.font)
        self._height_px = font_measures(line.font).capital_px
        self._spots = spots
        self._is_below = is_below if is_below is not None else [False] * len(spots)
        boxes = np.array(
            [self._boxes(*spot, n) for spot, n in zip(spots, self._is_below, strict=True)]
        )
        costs = np.arange(len(spots), dtype=np.float64)
        self.candidate = Candidate(priority, boxes, costs, 4.0, key_of(priority, line.text))

    def _boxes(
        self, x_px: float, y_px: float, angle_deg: float, is_below: bool
    ) -> list[tuple[float, ...]]:
        """Return squares along the turned text that cover it."""
        side_px = self._height_px * 1.5
        count = max(2, math.ceil(self._width_px / (self._height_px * _BOXES_ALONG)))
        cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
        up_px = -(self._height_px / 2.0 + _LINE_GAP_PX + 1.0)
        if is_below:
            up_px = -up_px
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

    def anchor_px(self, place: int) -> tuple[float, float]:
        """Return the pixel that the label goes with: the middle of its stretch."""
        x_px, y_px, _ = self._spots[place]
        return x_px, y_px

    def draw(self, painter: QPainter, place: int, halo: Halo) -> None:
        """Draw the label at one of its spots."""
        x_px, y_px, angle_deg = self._spots[place]
        baseline_px = -_LINE_GAP_PX - 1.0
        if self._is_below[place]:
            baseline_px = self._height_px - baseline_px
        with saved(painter):
            painter.translate(x_px, y_px)
            painter.rotate(angle_deg)
            draw_halo_text(
                painter,
                -self._width_px / 2.0,
                baseline_px,
                self.line.text,
                self.line.font,
                self.line.colour,
                halo,
            )


def not_saved_text(text: str) -> str:
    """Return a text with the words that what it names is not on disk yet."""
    return translate("chart", "{text} · not saved").format(text=text)


Label = PointLabel | LineLabel | CurvedLabel
