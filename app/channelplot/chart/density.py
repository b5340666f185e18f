"""How many passages run through each pixel: counted, not painted; no Qt.

What is counted. A line passes through columns of pixels where it runs more across than up and
down, else through rows; in every column (row) whose middle it crosses it adds exactly one, shared
by the two pixels that lie nearest to the crossing there, as their distance from it. A leg takes
its start's middle and leaves its end's to the next, so a joint counts once and a line of many short
legs no more than one of few. The sum down a column is so the number of passages, whatever the
scale: a pixel's count is how often tracks went through it, a track that comes back counts again.
A line no larger than two pixels (a boat that lies stopped, a single fix) counts one, at its end.

Everything goes in pieces of about a millisecond, so that the work can be cancelled and other
threads run in between.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.chart.cancel import Cancel
from channelplot.chart.track_levels import LineBlock, Lines
from channelplot.chart.viewport import Viewport

PARTS: Final = 256
"""A passage is so many parts, which the two pixels share: whole numbers add up exactly."""
SMALLEST_PX: Final = 2.0
"""A line that is no larger, in both directions, counts one."""
_LEGS: Final = 8_192
"""Legs that are prepared at a time ..."""
_SAMPLES: Final = 16_384
"""... and middles that are counted at a time: what stays in a processor's own memory."""

Numbers = npt.NDArray[np.float64]
Grid = npt.NDArray[np.uint32]
Put = Callable[..., None]
"""Adds numbers to places of an array, or takes them away."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Passages in each pixel; parts: (rows, columns) from the top left, PARTS to a passage."""

    parts: Grid

    @property
    def passages(self) -> npt.NDArray[np.float32]:
        """Return the passages, (rows, columns), with the fractions that pixels share."""
        return self.parts.astype(np.float32) / np.float32(PARTS)

    @property
    def most(self) -> float:
        """Return the passages in the pixel that has most, 0 where there is nothing."""
        return float(self.parts.max(initial=0)) / PARTS


def counts_in(
    blocks: Iterable[LineBlock],
    viewport: Viewport,
    cancel: Cancel,
    *,
    device_pixel_ratio: float = 1.0,
) -> Counts:
    """Return the passages of all lines through each pixel of a view; incomplete if cancelled.

    blocks: of ``placed(plot)``. device_pixel_ratio: pixels for one of the view's. A pure
    function of its arguments: the chart, sheets and analysis see the same counts.
    """
    counter = Counter(viewport, cancel, device_pixel_ratio)
    for block in blocks:
        if block.is_near(counter.bounds_m):
            counter.add(block.lines(counter.pixel_m))
    return counter.counts


class Counter:
    """Counts lines in a view, and takes lines out again.

    pixel_m: chart metres. bounds_m: lines beyond change nothing.
    """

    def __init__(self, viewport: Viewport, cancel: Cancel, device_pixel_ratio: float = 1.0) -> None:
        """Begin with nothing counted."""
        self._width = max(1, int(np.ceil(viewport.width_px * device_pixel_ratio)))
        self._height = max(1, int(np.ceil(viewport.height_px * device_pixel_ratio)))
        self.cancel = cancel
        self.pixel_m = viewport.m_per_px / device_pixel_ratio
        west_m, south_m, east_m, north_m = viewport.bounds_m()
        reach_m = SMALLEST_PX * self.pixel_m
        self.bounds_m = (west_m - reach_m, south_m - reach_m, east_m + reach_m, north_m + reach_m)
        self._origin_m = np.array((west_m, north_m))
        self._scale = np.array((1.0, -1.0)) / self.pixel_m
        # A pixel more on each side takes what falls half outside.
        self._padded = np.zeros((self._height + 2, self._width + 2), dtype=np.uint32)
        self._flat = self._padded.reshape(-1)
        self._stride = self._width + 2
        self.counts = Counts(self._padded[1:-1, 1:-1])

    def add(self, lines: Lines, *, is_out: bool = False) -> None:
        """Count lines, or take them out, which must have been counted."""
        put = np.subtract.at if is_out else np.add.at
        small = _small(lines, self.pixel_m)
        self._put_points(self._pixels(lines.ends_m()[small]), put)
        rows = lines.leg_rows(self.bounds_m, without=small)
        for first in range(0, len(rows), _LEGS):
            if self.cancel.is_cancelled:
                return
            chosen = rows[first : first + _LEGS]
            start, end = (
                self._pixels(lines.points_m[chosen]),
                self._pixels(lines.points_m[chosen + 1]),
            )
            self._put_legs(start, end, put)

    def rows_of(self, lines: Lines) -> slice:
        """Return the rows of the picture that lines may run through."""
        bounds_m = lines.track_bounds_m[lines.tracks_in(self.bounds_m)]
        if not len(bounds_m):
            return slice(0, 0)
        top = (self._origin_m[1] - float(bounds_m[:, 3].max())) / self.pixel_m
        bottom = (self._origin_m[1] - float(bounds_m[:, 1].min())) / self.pixel_m
        return slice(max(0, int(top) - 2), min(self._height, int(bottom) + 3))

    def _pixels(self, points_m: Numbers) -> Numbers:
        return np.asarray((points_m - self._origin_m) * self._scale, dtype=np.float64)

    def _put_points(self, points: Numbers, put: Put) -> None:
        if not len(points):
            return
        cells = np.floor(points).astype(np.int64)
        inside = (cells >= 0).all(axis=1) & (cells < (self._width, self._height)).all(axis=1)
        places = (cells[inside, 1] + 1) * self._stride + cells[inside, 0] + 1
        put(self._flat, places, np.uint32(PARTS))

    def _put_legs(self, start: Numbers, end: Numbers, put: Put) -> None:
        step = np.abs(end - start)
        is_across = step[:, 0] >= step[:, 1]
        across, along = np.flatnonzero(is_across), np.flatnonzero(~is_across)
        columns, rows = _Along(self._width, 1), _Along(self._height, self._stride)
        self._put_main(start[across], end[across], columns, rows, put)
        self._put_main(start[along, ::-1], end[along, ::-1], rows, columns, put)

    def _put_main(
        self, start: Numbers, end: Numbers, along: "_Along", beside: "_Along", put: Put
    ) -> None:
        """Count legs that run more along their first coordinate than beside it."""
        begin = np.minimum(start[:, 0], end[:, 0])
        finish = np.maximum(start[:, 0], end[:, 0])
        first = np.maximum(np.ceil(begin - 0.5), 0.0)
        count = np.minimum(np.ceil(finish - 0.5), along.most) - first
        low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
        crosses = np.flatnonzero((count > 0.0) & (low < beside.most + 1) & (high > -1.0))
        if not len(crosses):
            return
        start, leg = start[crosses], end[crosses] - start[crosses]
        first, number = first[crosses], count[crosses].astype(np.int64)
        slope = leg[:, 1] / leg[:, 0]
        # Where the leg is beside the middle of its cell 0, as if it were so long.
        offset = start[:, 1] + (0.5 - start[:, 0]) * slope - 0.5
        for piece in _pieces(number):
            if self.cancel.is_cancelled:
                return
            many = number[piece]
            ends = np.cumsum(many)
            cell = np.arange(int(ends[-1])) + np.repeat(
                first[piece].astype(np.int64) - ends + many, many
            )
            at = np.repeat(offset[piece], many) + cell * np.repeat(slope[piece], many)
            shows = np.flatnonzero((at > -1.0) & (at < beside.most))
            if len(shows) < len(at):
                at, cell = at[shows], cell[shows]
            low = np.floor(at)
            share = ((at - low) * PARTS).astype(np.uint32)
            place = (cell + 1) * along.pace + (low.astype(np.int64) + 1) * beside.pace
            put(self._flat, place, np.uint32(PARTS) - share)
            put(self._flat, place + beside.pace, share)


@dataclass(frozen=True, slots=True)
class _Along:
    """A direction in the grid: how many cells, and how far apart two neighbours lie."""

    most: int
    pace: int


def _small(lines: Lines, pixel_m: float) -> npt.NDArray[np.bool_]:
    low, high = lines.track_bounds_m[:, :2], lines.track_bounds_m[:, 2:]
    return np.asarray(((high - low) <= SMALLEST_PX * pixel_m).all(axis=1))


def _pieces(number: npt.NDArray[np.int64]) -> Iterator[slice]:
    """Yield slices of legs that have about _SAMPLES middles together."""
    reached = np.cumsum(number)
    if reached[-1] <= _SAMPLES:
        yield slice(0, len(number))
        return
    parts = np.arange(_SAMPLES, int(reached[-1]), _SAMPLES)
    edges = np.unique(np.concatenate(((0,), np.searchsorted(reached, parts), (len(number),))))
    for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        yield slice(begin, end)
