"""Many lines as straight legs in flat arrays: cut to the picture, and cut into dashes; no Qt.

A painter draws separate legs several times as fast as lines with joints, and dashes that are cut
here many times as fast as a dashed pen: so this is how much line is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from channelplot.chart.clip import shares_inside

Numbers = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
_SHORTEST: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """Straight legs of lines, in the order of the lines and along them.

    starts, ends: (n, 2). reached: (n,) how far along its line each starts. lines: (n,) the number
    of the line of each. All lengths are in one unit.
    """

    starts: Numbers
    ends: Numbers
    reached: Numbers
    lines: Rows

    def __len__(self) -> int:
        """Return how many legs there are."""
        return len(self.lines)

    def part(self, rows: slice | npt.NDArray[np.bool_] | Rows) -> Self:
        """Return some of the legs."""
        return type(self)(self.starts[rows], self.ends[rows], self.reached[rows], self.lines[rows])

    def lengthened(self, more: float) -> Self:
        """Return the legs with each end so much further out, so that joints show no notch."""
        step = self.ends - self.starts
        lengths = np.maximum(np.hypot(step[:, 0], step[:, 1]), _SHORTEST)
        out = step * (more / lengths)[:, np.newaxis]
        return type(self)(self.starts - out, self.ends + out, self.reached, self.lines)


def legs_of(
    points: Numbers,
    numbers: Rows,
    rect: tuple[float, float, float, float],
    *,
    is_measured: bool = False,
) -> Legs:
    """Return the legs of lines, or the parts of legs, that lie in a rectangle.

    points: (n, 2), of all lines one after the other; numbers: (n,) the line of each point, rising.
    rect: (min_x, min_y, max_x, max_y). is_measured: whether it is to be known how far along its
    line a leg starts; else all start at 0.
    """
    sides = _sides(points, rect)
    is_leg = numbers[1:] == numbers[:-1]
    begins = np.flatnonzero(is_leg & ((sides[1:] & sides[:-1]) == 0))
    if not len(begins):
        return _NONE
    reached = np.zeros(len(begins))
    if is_measured:
        has_any = np.zeros(int(numbers[-1]) + 1, dtype=np.bool_)
        has_any[numbers[begins]] = True
        whole = np.flatnonzero(is_leg & has_any[numbers[1:]])
        steps = points[whole + 1] - points[whole]
        sums = _reached(np.hypot(steps[:, 0], steps[:, 1]), numbers[whole])
        reached = sums[np.searchsorted(whole, begins)]
    legs = Legs(points[begins], points[begins + 1], reached, numbers[begins])
    crosses = np.flatnonzero((sides[begins] | sides[begins + 1]) != 0)
    return _cut(legs, crosses, rect) if len(crosses) else legs


def _sides(points: Numbers, rect: tuple[float, float, float, float]) -> npt.NDArray[np.uint8]:
    """Return on which sides of a rectangle points lie, a bit for each; 0 inside."""
    x, y = points[:, 0], points[:, 1]
    sides = (x < rect[0]).astype(np.uint8)
    for bit, beyond in enumerate((y < rect[1], x > rect[2], y > rect[3]), 1):
        sides |= beyond.astype(np.uint8) << np.uint8(bit)
    return sides


def _reached(lengths: Numbers, lines: Rows) -> Numbers:
    """Return how far along its line each leg starts."""
    sums = np.cumsum(lengths) - lengths
    firsts = np.concatenate(((0,), np.flatnonzero(np.diff(lines)) + 1))
    return np.asarray(sums - np.repeat(sums[firsts], np.diff((*firsts, len(lines)))))


def _cut(legs: Legs, crosses: Rows, rect: tuple[float, float, float, float]) -> Legs:
    """Return the legs with those cut that cross the edge; some of them miss the rectangle."""
    start = legs.starts[crosses]
    step = legs.ends[crosses] - start
    enter, leave = shares_inside(start, step, rect)
    starts, ends, reached = legs.starts.copy(), legs.ends.copy(), legs.reached.copy()
    starts[crosses] = start + enter[:, np.newaxis] * step
    ends[crosses] = np.where((leave < 1.0)[:, np.newaxis], start + leave[:, np.newaxis] * step,
                             ends[crosses])  # fmt: skip
    reached[crosses] += enter * np.hypot(step[:, 0], step[:, 1])
    shows = np.ones(len(legs), dtype=np.bool_)
    shows[crosses] = enter <= leave
    return Legs(starts, ends, reached, legs.lines).part(shows)


def dashed(legs: Legs, dash: Sequence[float], joined: float = 0.0) -> Legs:
    """Return the strokes of a dash pattern on legs that are measured.

    dash: stroke, gap, stroke, gap ...; joined: how much a stroke that goes on in the next leg is
    longer there, so that the joint has no notch.
    """
    edges = np.concatenate(((0.0,), np.cumsum(dash)))
    period, strokes = edges[-1], edges[:-1].reshape(-1, 2)
    step = legs.ends - legs.starts
    lengths = np.hypot(step[:, 0], step[:, 1])
    finish = legs.reached + lengths
    first = np.floor(legs.reached / period)
    count = (np.floor(finish / period) - first).astype(np.int64) + 1
    rows = np.repeat(np.arange(len(legs)), count)
    number = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    origin = ((first[rows] + number) * period)[:, np.newaxis]
    begin, end = legs.reached[rows][:, np.newaxis], finish[rows][:, np.newaxis]
    low, high = np.maximum(origin + strokes[:, 0], begin), np.minimum(origin + strokes[:, 1], end)
    kept = np.flatnonzero((high - low > _SHORTEST).ravel())
    rows = rows[kept // len(strokes)]
    low, high = low.ravel()[kept], high.ravel()[kept]
    along = step[rows] / lengths[rows, np.newaxis]
    back = np.where(low <= legs.reached[rows], low - joined, low) - legs.reached[rows]
    on = np.where(high >= finish[rows], high + joined, high) - legs.reached[rows]
    starts = legs.starts[rows]
    return Legs(
        starts + back[:, np.newaxis] * along,
        starts + on[:, np.newaxis] * along,
        low,
        legs.lines[rows],
    )


_NONE: Final = Legs(np.empty((0, 2)), np.empty((0, 2)), np.empty(0), np.empty(0, dtype=np.int64))
