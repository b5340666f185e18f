"""How many passages run through each pixel: counted, not painted; no Qt.

What is counted. A line passes through columns of pixels where it runs more across than up and
down, else through rows; in every column (row) whose middle it crosses it adds exactly one, shared
by the two pixels that lie nearest to the crossing there, as their distance from it. A leg takes
its start's middle and leaves its end's to the next, so a joint counts once and a line of many short
legs no more than one of few. The sum down a column is so the number of passages, whatever the
scale: a pixel's count is how often tracks went through it, a track that comes back counts again.
A line no larger than two pixels (a boat that lies stopped, a single fix) counts one, at its end.

Where a leg crosses is worked out in whole numbers, a millionth of a pixel each, that are added up
along it: exact, and half the time of floating point. Everything goes in pieces of about a
millisecond, so that the work can be cancelled and other threads run in between.
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
_PARTS_BITS: Final = 8
SMALLEST_PX: Final = 2.0
"""A line that is no larger, in both directions, counts one."""
_LEGS: Final = 8_192
"""Legs that are prepared at a time ..."""
_SAMPLES: Final = 16_384
"""... and middles that are counted at a time: what stays in a processor's own memory."""
_FRACTION_BITS: Final = 20
"""Of a pixel, in whole numbers: over a leg right across a screen they are off by 1/500 pixel."""
_SURE_PX: Final = 0.01
"""A leg that stays so far inside the picture needs no look at each of its middles."""

Numbers = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]
Grid = npt.NDArray[np.uint32]
Ends = tuple[Numbers, Numbers]
"""Where legs start and where they end, in pixels of one direction."""
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
        self._west_m, self._north_m = west_m, north_m
        # A pixel more on each side takes what falls half outside.
        self._padded = np.zeros((self._height + 2, self._width + 2), dtype=np.uint32)
        self._flat = self._padded.reshape(-1)
        self._stride = self._width + 2
        self.counts = Counts(self._padded[1:-1, 1:-1])

    def add(self, lines: Lines, *, is_out: bool = False) -> None:
        """Count lines, or take them out, which must have been counted."""
        put = np.subtract.at if is_out else np.add.at
        small = _small(lines, self.pixel_m)
        self._put_points(*self._pixels(lines.ends_m()[small]), put)
        rows = lines.leg_rows(self.bounds_m, without=small)
        if not len(rows):
            return
        begin = int(rows[0])
        x, y = self._pixels(lines.points_m[begin : int(rows[-1]) + 2])
        for first in range(0, len(rows), _LEGS):
            if self.cancel.is_cancelled:
                return
            self._put_legs(x, y, rows[first : first + _LEGS] - begin, put)

    def rows_of(self, lines: Lines) -> slice:
        """Return the rows of the picture that lines may run through."""
        bounds_m = lines.track_bounds_m[lines.tracks_in(self.bounds_m)]
        if not len(bounds_m):
            return slice(0, 0)
        top = (self._north_m - float(bounds_m[:, 3].max())) / self.pixel_m
        bottom = (self._north_m - float(bounds_m[:, 1].min())) / self.pixel_m
        return slice(max(0, int(top) - 2), min(self._height, int(bottom) + 3))

    def _pixels(self, points_m: Numbers) -> tuple[Numbers, Numbers]:
        """Return points in pixels from the top left: across, and down."""
        scale = 1.0 / self.pixel_m
        return (points_m[:, 0] - self._west_m) * scale, (points_m[:, 1] - self._north_m) * -scale

    def _put_points(self, x: Numbers, y: Numbers, put: Put) -> None:
        if not len(x):
            return
        columns, rows = np.floor(x), np.floor(y)
        inside = (columns >= 0) & (columns < self._width) & (rows >= 0) & (rows < self._height)
        places = (rows[inside] + 1.0) * self._stride + columns[inside] + 1.0
        put(self._flat, places.astype(np.int64), np.uint32(PARTS))

    def _put_legs(self, x: Numbers, y: Numbers, start: Wholes, put: Put) -> None:
        """Count the legs that begin at these points and end at the next."""
        x_end, y_end = x[start + 1], y[start + 1]
        x_start, y_start = x[start], y[start]
        is_across = np.abs(x_end - x_start) >= np.abs(y_end - y_start)
        across, down = np.flatnonzero(is_across), np.flatnonzero(~is_across)
        columns, rows = _Along(self._width, 1), _Along(self._height, self._stride)
        legs_x, legs_y = (x_start, x_end), (y_start, y_end)
        self._put_main(_some(legs_x, across), _some(legs_y, across), columns, rows, put)
        self._put_main(_some(legs_y, down), _some(legs_x, down), rows, columns, put)

    def _put_main(
        self, main: Ends, other: Ends, along: "_Along", beside: "_Along", put: Put
    ) -> None:
        """Count legs that run more along their main direction than beside it."""
        first = np.maximum(np.ceil(np.minimum(*main) - 0.5), 0.0)
        behind = np.minimum(np.ceil(np.maximum(*main) - 0.5), along.most)
        low, high = np.minimum(*other), np.maximum(*other)
        crosses = np.flatnonzero((behind > first) & (low < beside.most + 1) & (high > -1.0))
        if not len(crosses):
            return
        first, number = first[crosses], (behind - first)[crosses].astype(np.int64)
        (start, end), (start_beside, end_beside) = _some(main, crosses), _some(other, crosses)
        slope = (end_beside - start_beside) / (end - start)
        # Where the leg is beside the middle of its first cell.
        at = start_beside + (first + 0.5 - start) * slope - 0.5
        is_inside = (low[crosses] >= _SURE_PX) & (high[crosses] <= beside.most - _SURE_PX)
        steps = _Steps(first.astype(np.int64) + 1, number, _fixed(at + 1.0), _fixed(slope))
        for is_sure, some in ((True, is_inside), (False, ~is_inside)):
            chosen = steps.some(np.flatnonzero(some))
            for piece in _pieces(chosen.number):
                if self.cancel.is_cancelled:
                    return
                self._put_steps(chosen.some(piece), along, beside, put, is_sure=is_sure)

    def _put_steps(
        self, steps: "_Steps", along: "_Along", beside: "_Along", put: Put, *, is_sure: bool
    ) -> None:
        """Count the middles of legs; is_sure: that all of them are in the picture."""
        cell, at = steps.cells_and_places()
        if not is_sure:
            shows = np.flatnonzero((at > 0) & (at < (beside.most + 1) << _FRACTION_BITS))
            cell, at = cell[shows], at[shows]
        share = (at >> (_FRACTION_BITS - _PARTS_BITS)).astype(np.uint32)
        share &= np.uint32(PARTS - 1)
        at >>= _FRACTION_BITS
        if beside.pace != 1:
            at *= beside.pace
        if along.pace != 1:
            cell *= along.pace
        at += cell
        put(self._flat, at, np.uint32(PARTS) - share)
        at += beside.pace
        put(self._flat, at, share)


@dataclass(frozen=True, slots=True)
class _Along:
    """A direction in the grid: how many cells, and how far apart two neighbours lie."""

    most: int
    pace: int


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Legs as steps from cell to cell: the first, how many, where beside it, and how far a step.

    first: counted from 1, as the grid has a pixel more. at, slope: in fractions of a pixel.
    """

    first: Wholes
    number: Wholes
    at: Wholes
    slope: Wholes

    def some(self, chosen: slice | Wholes) -> "_Steps":
        """Return some of the legs."""
        return _Steps(self.first[chosen], self.number[chosen], self.at[chosen], self.slope[chosen])

    def cells_and_places(self) -> tuple[Wholes, Wholes]:
        """Return for each step its cell, and where the leg is beside there."""
        ends = np.cumsum(self.number)
        begins = ends - self.number
        cell = np.repeat(self.first - begins, self.number)
        cell += np.arange(int(ends[-1]))
        at = np.repeat(self.slope, self.number)
        # From leg to leg it jumps.
        at[begins[0]] = self.at[0]
        at[begins[1:]] = self.at[1:] - (self.at + (self.number - 1) * self.slope)[:-1]
        np.cumsum(at, out=at)
        return cell, at


def _some(ends: Ends, chosen: Wholes) -> Ends:
    return ends[0][chosen], ends[1][chosen]


def _fixed(numbers: Numbers) -> Wholes:
    return np.asarray(np.rint(numbers * (1 << _FRACTION_BITS)).astype(np.int64))


def _small(lines: Lines, pixel_m: float) -> npt.NDArray[np.bool_]:
    low, high = lines.track_bounds_m[:, :2], lines.track_bounds_m[:, 2:]
    return np.asarray(((high - low) <= SMALLEST_PX * pixel_m).all(axis=1))


def _pieces(number: Wholes) -> Iterator[slice]:
    """Yield slices of legs that have about _SAMPLES middles together."""
    reached = np.cumsum(number)
    if not len(reached):
        return
    if reached[-1] <= _SAMPLES:
        yield slice(0, len(number))
        return
    parts = np.arange(_SAMPLES, int(reached[-1]), _SAMPLES)
    edges = np.unique(np.concatenate(((0,), np.searchsorted(reached, parts), (len(number),))))
    for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        yield slice(begin, end)
