"""Where labels go so that none lies on another: one placer for everything; no Qt.

Greedy by priority: each label takes the cheapest of its places that is still free, and is
left out if none is. Neither the order nor the places depend on what happens to be in
view, so labels stay where they are while the chart is panned.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

CELL_PX: Final = 4.0
"""Lines to be kept clear are counted in cells of this size."""
_LINE_COST: Final = 1.0
_STARTING_ROOM: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A label looking for a place.

    priority: the smallest is placed first. places: (k, b, 4) float64, k places in order
    of preference, each of b boxes (min_x, min_y, max_x, max_y) in pixels; costs: (k,)
    how much worse than the best each is, in pixels of line covered. clear_px: room kept
    to other labels around it.
    """

    priority: tuple[float | str, ...]
    places: npt.NDArray[np.float64]
    costs: npt.NDArray[np.float64]
    clear_px: float = 2.0


class LineDensity:
    """How much line lies in any box of the picture: lines that labels should not cover."""

    MARGIN_PX: Final = 50 * CELL_PX
    """So far around the picture lines are counted too."""

    def __init__(
        self, width_px: float, height_px: float, origin_px: tuple[float, float] = (0.0, 0.0)
    ) -> None:
        """Make an empty picture with a margin around it, in which labels may lie too.

        origin_px: any pixel that moves with the chart; cells are counted from there, so
        that the same lines fall into the same cells while it is panned.
        """
        self._start_px = np.array([origin % CELL_PX for origin in origin_px]) - self.MARGIN_PX
        self._shape = (
            int((height_px + 2.0 * self.MARGIN_PX) / CELL_PX) + 2,
            int((width_px + 2.0 * self.MARGIN_PX) / CELL_PX) + 2,
        )
        self._counts = np.zeros(self._shape)
        self._sums: npt.NDArray[np.float64] | None = None

    def add_lines(self, lines_px: Iterable[npt.NDArray[np.float64]], weight: float = 1.0) -> None:
        """Count lines, each (n, 2) pixels; weight: how bad it is to cover."""
        lines = [line_px for line_px in lines_px if len(line_px) > 1]
        if not lines:
            return
        points = np.concatenate(lines)
        is_start = np.ones(len(points), dtype=np.bool_)
        is_start[np.cumsum([len(line_px) for line_px in lines]) - 1] = False
        first = np.flatnonzero(is_start)
        start, leg = points[first], points[first + 1] - points[first]
        steps = np.maximum(np.hypot(leg[:, 0], leg[:, 1]) / CELL_PX, 1.0).astype(np.int64)
        number = np.repeat(np.arange(len(leg)), steps)
        within = np.arange(len(number)) - np.repeat(np.cumsum(steps) - steps, steps)
        share = (within / steps[number])[:, np.newaxis]
        self.add_points(start[number] + share * leg[number], weight)

    def add_points(self, points_px: npt.NDArray[np.float64], weight: float = 1.0) -> None:
        """Count points, (n, 2) pixels; those outside the picture and its margin are left out."""
        cells = np.floor((points_px - self._start_px) / CELL_PX)
        inside = (
            (cells[:, 0] >= 0)
            & (cells[:, 1] >= 0)
            & (cells[:, 0] < self._shape[1])
            & (cells[:, 1] < self._shape[0])
        )
        kept = cells[inside].astype(np.int64)
        flat = kept[:, 1] * self._shape[1] + kept[:, 0]
        self._counts += weight * np.bincount(flat, minlength=self._counts.size).reshape(self._shape)
        self._sums = None

    def under(self, boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return how many cells' worth of line lie in each box; boxes (..., 4)."""
        if self._sums is None:
            self._sums = np.zeros((self._shape[0] + 1, self._shape[1] + 1))
            np.cumsum(np.cumsum(self._counts, axis=0), axis=1, out=self._sums[1:, 1:])
        scaled = (boxes - np.tile(self._start_px, 2)) / CELL_PX
        left, top = np.floor(scaled[..., 0]), np.floor(scaled[..., 1])
        right, bottom = np.ceil(scaled[..., 2]), np.ceil(scaled[..., 3])
        columns = [np.clip(edge, 0, self._shape[1]).astype(np.int64) for edge in (left, right)]
        rows = [np.clip(edge, 0, self._shape[0]).astype(np.int64) for edge in (top, bottom)]
        sums = self._sums
        covered = (
            sums[rows[1], columns[1]]
            - sums[rows[0], columns[1]]
            - sums[rows[1], columns[0]]
            + sums[rows[0], columns[0]]
        )
        return np.asarray(covered, dtype=np.float64)


class _Crowd:
    """Many small boxes, sorted so that those near a label are found without looking at all."""

    def __init__(self, boxes: npt.NDArray[np.float64]) -> None:
        self._boxes = boxes[np.argsort(boxes[:, 0], kind="stable")]
        self._starts = np.ascontiguousarray(self._boxes[:, 0])
        self._widest = float((boxes[:, 2] - boxes[:, 0]).max(initial=0.0))

    def touches(self, places: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Return which of k places, (k, b, 4), has a box that overlaps any of these."""
        low, high = places[..., :2].min(axis=(0, 1)), places[..., 2:].max(axis=(0, 1))
        first = int(np.searchsorted(self._starts, low[0] - self._widest))
        last = int(np.searchsorted(self._starts, high[0]))
        column = self._boxes[first:last]
        return _touches(places, column[(column[:, 1] < high[1]) & (column[:, 3] > low[1])])


def place_labels(
    candidates: Sequence[Candidate],
    symbols: npt.NDArray[np.float64],
    lines: LineDensity | None = None,
    inside: tuple[float, float, float, float] | None = None,
    uncut: tuple[float, float, float, float] | None = None,
) -> dict[int, int]:
    """Return which place each label that found one takes: candidate number to place number.

    symbols: (n, 4) boxes no label may touch. inside: a box (min_x, min_y, max_x, max_y)
    that no label may reach beyond. uncut: a box whose edges no label may cross. No box of a
    placed label touches another's, or a symbol's.
    """
    crowd = _Crowd(symbols)
    room = np.empty((_STARTING_ROOM, 4))
    used = 0
    placed: dict[int, int] = {}
    order = sorted(range(len(candidates)), key=lambda number: candidates[number].priority)
    for number in order:
        candidate = candidates[number]
        padded = candidate.places + candidate.clear_px * np.array((-1.0, -1.0, 1.0, 1.0))
        free = ~(_touches(padded, room[:used]) | crowd.touches(candidate.places))
        if inside is not None:
            free &= (candidate.places[..., :2] >= inside[:2]).all(axis=(1, 2))
            free &= (candidate.places[..., 2:] <= inside[2:]).all(axis=(1, 2))
        if uncut is not None:
            low, high = candidate.places[..., :2], candidate.places[..., 2:]
            within = np.all((low >= uncut[:2]) & (high <= uncut[2:]), axis=(1, 2))
            apart = np.all(np.any((high <= uncut[:2]) | (low >= uncut[2:]), axis=2), axis=1)
            free &= within | apart
        if not free.any():
            continue
        costs = candidate.costs.copy()
        if lines is not None:
            costs = costs + _LINE_COST * lines.under(candidate.places).sum(axis=1) * CELL_PX
        place = int(np.argmin(np.where(free, costs, np.inf)))
        placed[number] = place
        room, used = _added(room, used, candidate.places[place])
    return placed


def _touches(
    places: npt.NDArray[np.float64], others: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Return which of k places, (k, b, 4), has a box that overlaps any of (m, 4)."""
    if not len(others):
        return np.zeros(len(places), dtype=np.bool_)
    boxes = places[:, :, np.newaxis, :]
    overlap = (
        (boxes[..., 0] < others[:, 2])
        & (boxes[..., 2] > others[:, 0])
        & (boxes[..., 1] < others[:, 3])
        & (boxes[..., 3] > others[:, 1])
    )
    return np.asarray(overlap.any(axis=(1, 2)), dtype=np.bool_)


def _added(
    room: npt.NDArray[np.float64], used: int, boxes: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], int]:
    """Return the room with the boxes added, twice as large when it was full."""
    count = len(boxes)
    while used + count > len(room):
        room = np.concatenate((room, np.empty_like(room)))
    room[used : used + count] = boxes
    return room, used + count
