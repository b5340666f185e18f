"""Counts as colours on an image: a ramp by the logarithm, kept and changed in a few rows."""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from channelplot.chart.cancel import Cancel
from channelplot.chart.density import PARTS, Counts
from channelplot.chart.density_memory import DensityMemory
from channelplot.chart.placed import PlacedBlock
from channelplot.chart.viewport import Viewport

STEPS_A_DOUBLING: Final = 32
COLOURED_ROWS: Final = 64
"""Rows of a picture that are coloured at a time."""
LOOKED_UP: Final = 128 * PARTS
"""So many parts have their colour in a table that stays in a processor's own memory."""


@dataclass(frozen=True, slots=True)
class Ramp:
    """Colours for passages from 1 to most, by the logarithm; fewer than one shine through."""

    colours: tuple[str, ...]
    most: float

    def share(self, passages: float) -> float:
        """Return how far along the ramp a count of one or more is, 0 to 1."""
        return min(1.0, max(0.0, math.log(max(passages, 1.0)) / math.log(self.most)))

    def ticks(self) -> list[int]:
        """Return the round counts that a legend names: 1, 10, 100 ... and halfway where few."""
        decades = [10**n for n in range(int(math.log10(self.most) + 1e-9) + 1)]
        if len(decades) > 2:
            return decades
        return [n for ten in decades for n in (ten, 2 * ten, 5 * ten) if n <= self.most]


def density_image(counts: Counts, ramp: Ramp, cancel: Cancel) -> QImage:
    """Return counts as colours, a pixel for each, premultiplied; unfinished if cancelled."""
    height, width = counts.parts.shape
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    _colour(image, counts, ramp, slice(0, height), cancel)
    return image


def with_even_edges(image: QImage, ramp: Ramp) -> QImage:
    """Return a coloured image with colours that are not premultiplied.

    What shines through has the ramp's first colour throughout, however little there is of it. A
    PDF keeps colours and opacity apart, and would have dark fringes.
    """
    straight = image.convertToFormat(QImage.Format.Format_ARGB32)
    pixels = np.frombuffer(memoryview(straight.bits()), dtype=np.uint32)
    opacity = pixels & np.uint32(0xFF000000)
    first = np.uint32(QColor(ramp.colours[0]).rgb() & 0xFFFFFF)
    np.copyto(pixels, opacity | first, where=opacity != np.uint32(0xFF000000))
    return straight


def _colour(image: QImage, counts: Counts, ramp: Ramp, rows: slice, cancel: Cancel) -> None:
    """Give some rows of an image the colours of counts."""
    height, width = counts.parts.shape
    bits = memoryview(image.bits())
    pixels = np.frombuffer(bits, dtype=np.uint32).reshape(height, -1)[:, :width]
    table, many = _tables(ramp)
    for first in range(rows.start, rows.stop, COLOURED_ROWS):
        if cancel.is_cancelled:
            return
        band = slice(first, min(first + COLOURED_ROWS, rows.stop))
        parts = counts.parts[band]
        # A colour for each number of parts; only beyond the table a logarithm is needed.
        coloured = np.take(table, parts, mode="clip")
        if int(parts.max(initial=0)) >= len(table):
            beyond = parts >= len(table)
            coloured[beyond] = np.take(many, _steps(parts[beyond]), mode="clip")
        pixels[band] = coloured


def _steps(parts: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """Return the step of the logarithm that numbers of parts are on, 0 for a passage or less."""
    steps = np.log2(np.maximum(parts, PARTS), dtype=np.float32)
    steps -= math.log2(PARTS)
    steps *= STEPS_A_DOUBLING
    steps += 0.5
    return steps.astype(np.int64)


@functools.lru_cache(maxsize=8)
def _tables(ramp: Ramp) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Return colours for numbers of parts from 0 on, and for all steps of the logarithm."""
    colours = [QColor(name) for name in ramp.colours]
    anchors = np.array([(ink.red(), ink.green(), ink.blue()) for ink in colours], dtype=np.float64)
    steps = np.arange(math.ceil(STEPS_A_DOUBLING * math.log2(ramp.most)) + 2)
    shares = np.clip(steps / STEPS_A_DOUBLING / math.log2(ramp.most), 0.0, 1.0)
    places = np.linspace(0.0, 1.0, len(anchors))
    rgb = np.column_stack([np.interp(shares, places, anchors[:, n]) for n in range(3)])
    opacity = np.arange(PARTS) / PARTS
    few = _premultiplied(np.repeat(rgb[:1], len(opacity), axis=0), opacity)
    many = _premultiplied(rgb, np.ones(len(rgb)))
    numbers = np.arange(PARTS, LOOKED_UP, dtype=np.uint32)
    return np.concatenate((few, np.take(many, _steps(numbers), mode="clip"))), many


def _premultiplied(
    rgb: npt.NDArray[np.float64], opacity: npt.NDArray[np.float64]
) -> npt.NDArray[np.uint32]:
    red, green, blue = np.round(rgb * opacity[:, np.newaxis]).astype(np.uint32).T
    alpha = np.round(255.0 * opacity).astype(np.uint32)
    packed: npt.NDArray[np.uint32] = (alpha << 24) | (red << 16) | (green << 8) | blue
    return packed


class DensityImages:
    """The last image and the counts that it shows: a new report changes a few rows of it."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._memory = DensityMemory()
        self._last: tuple[QImage, Ramp, Counts] | None = None

    def image(
        self,
        blocks: Sequence[PlacedBlock],
        viewport: Viewport,
        device_pixel_ratio: float,
        ramp: Ramp,
        cancel: Cancel,
    ) -> QImage:
        """Return the counts of a view as colours; unfinished if cancelled."""
        last, self._last = self._last, None
        counted = self._memory.counted(blocks, viewport, cancel, device_pixel_ratio)
        counts = counted.counts
        if last is not None and last[1] == ramp and last[2] is counts and counted.is_same:
            image = last[0]
            _colour(image, counts, ramp, counted.rows, cancel)
        else:
            del last  # its image makes room for the next
            image = density_image(counts, ramp, cancel)
        if not cancel.is_cancelled:
            self._last = (image, ramp, counts)
        return image
