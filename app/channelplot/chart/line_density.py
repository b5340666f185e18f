"""How much line lies where in a picture, for labels that should not cover any; no Qt."""

import math
from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

CELL_PX: Final = 4.0
"""Lines to be kept clear are counted in cells of this size."""
MOST_LEGS: Final = 40_000
"""With more legs in the picture lines are everywhere, and a part of them tells as much."""


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
        """Count lines, each (n, 2) pixels, as far as they run here; weight: how bad to cover."""
        lines = [line_px for line_px in lines_px if len(line_px) > 1]
        if not lines:
            return
        points = np.concatenate(lines)
        is_start = np.ones(len(points), dtype=np.bool_)
        is_start[np.cumsum([len(line_px) for line_px in lines]) - 1] = False
        first = np.flatnonzero(is_start)
        self.add_legs(points[first], points[first + 1], weight)

    def add_legs(
        self,
        starts_px: npt.NDArray[np.float64],
        ends_px: npt.NDArray[np.float64],
        weight: float = 1.0,
    ) -> None:
        """Count straight legs, (n, 2) pixels each, as far as they run here.

        Of very many one in two, four ... is counted, as so many.
        """
        low, high = self._start_px, self._start_px + np.array(self._shape[::-1]) * CELL_PX
        near = (np.minimum(starts_px, ends_px) < high).all(axis=1)
        near &= (np.maximum(starts_px, ends_px) >= low).all(axis=1)
        chosen = np.flatnonzero(near)
        step = step_of(len(chosen))
        if step > 1:
            chosen, weight = chosen[chosen % step == 0], weight * step
        self._add_legs(starts_px[chosen], ends_px[chosen] - starts_px[chosen], low, high, weight)

    def _add_legs(
        self,
        start: npt.NDArray[np.float64],
        leg: npt.NDArray[np.float64],
        low: npt.NDArray[np.float64],
        high: npt.NDArray[np.float64],
        weight: float,
    ) -> None:
        """Count straight legs, (n, 2) each, a point to a cell; only the points from low to high.

        The points of a leg are the same whatever part of it is looked at.
        """
        steps = np.maximum(np.hypot(leg[:, 0], leg[:, 1]) / CELL_PX, 1.0).astype(np.int64)
        # Where the leg enters and leaves, as shares of it; 0 / 0 for one that runs beside an edge.
        with np.errstate(divide="ignore", invalid="ignore"):
            ends = np.stack(((low - start) / leg, (high - start) / leg))
        enters = np.nan_to_num(ends.min(axis=0), nan=0.0, posinf=0.0, neginf=0.0).max(axis=1)
        leaves = np.nan_to_num(ends.max(axis=0), nan=1.0, posinf=1.0, neginf=1.0).min(axis=1)
        first = np.floor(np.clip(enters, 0.0, 1.0) * steps).astype(np.int64)
        last = np.minimum(np.ceil(np.clip(leaves, 0.0, 1.0) * steps).astype(np.int64), steps)
        counts = np.maximum(last - first, 0)
        number = np.repeat(np.arange(len(leg)), counts)
        within = np.arange(len(number)) - np.repeat(np.cumsum(counts) - counts, counts)
        share = ((within + first[number]) / steps[number])[:, np.newaxis]
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


def step_of(legs: int) -> int:
    """Return that one leg in so many is counted: a power of two, 1 unless there are very many."""
    return 1 << math.ceil(math.log2(legs / MOST_LEGS)) if legs > MOST_LEGS else 1
