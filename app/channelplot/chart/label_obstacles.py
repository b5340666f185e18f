"""What is in a label's way: symbols, few or very many, and the labels placed before; no Qt."""

from typing import Final

import numpy as np
import numpy.typing as npt

_STARTING_ROOM: Final = 64
_NOBODY: Final = np.empty(0, dtype=np.int64)


class Crowd:
    """Boxes that are not many, sorted so that those near a label are found soon."""

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
        return _touching(places, column[(column[:, 1] < high[1]) & (column[:, 3] > low[1])])


class Throng:
    """Very many boxes, as the pixels they touch: looking costs the same however many there are."""

    def __init__(self, boxes: npt.NDArray[np.float64], low: npt.NDArray[np.float64]) -> None:
        """Mark the pixels; those left of or above low (x, y) are of no interest."""
        self._low = np.floor(low)
        corners = boxes - np.tile(self._low, 2)
        starts = np.maximum(np.floor(corners[:, :2]), 0.0).astype(np.int64)
        ends = np.maximum(np.ceil(corners[:, 2:]), 0.0).astype(np.int64)
        width, height = (ends.max(axis=0) + 1).tolist()
        self._shape = (height, width)
        # Each box adds 1 from its upper left corner on, and takes it back beyond its edges.
        marks = np.zeros((height, width), dtype=np.int32)
        for sign, columns, rows in (
            (1, starts[:, 0], starts[:, 1]), (-1, ends[:, 0], starts[:, 1]),
            (-1, starts[:, 0], ends[:, 1]), (1, ends[:, 0], ends[:, 1]),
        ):  # fmt: skip
            np.add.at(marks, (rows, columns), sign)
        np.cumsum(marks, axis=0, out=marks)
        np.cumsum(marks, axis=1, out=marks)
        np.minimum(marks, 1, out=marks)
        self._sums = np.zeros((height + 1, width + 1), dtype=np.int32)
        np.cumsum(marks, axis=0, out=self._sums[1:, 1:])
        np.cumsum(self._sums[1:, 1:], axis=1, out=self._sums[1:, 1:])

    def touches(self, boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Return which of the boxes, (n, 4), touches a pixel of any."""
        corners = boxes - np.tile(self._low, 2)
        limits = np.tile(self._shape[::-1], 2)
        outwards = np.concatenate((np.floor(corners[:, :2]), np.ceil(corners[:, 2:])), axis=1)
        left, top, right, bottom = np.clip(outwards, 0, limits).astype(np.int64).T
        sums = self._sums
        taken = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return np.asarray(taken > 0, dtype=np.bool_)


class Room:
    """The boxes of the labels placed so far, and whose each is."""

    def __init__(self) -> None:
        self._boxes = np.empty((_STARTING_ROOM, 4))
        self._owners = np.empty(_STARTING_ROOM, dtype=np.int64)
        self._used = 0

    def touches(self, places: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Return which of k places, (k, b, 4), has a box that overlaps a label's."""
        return _touching(places, self._near(places)[0])

    def blockers(self, place: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        """Return whose labels the boxes of a place, (b, 4), overlap."""
        boxes, owners = self._near(place[np.newaxis])
        if not len(owners):
            return _NOBODY
        return np.unique(owners[_overlaps(place[np.newaxis], boxes).any(axis=(0, 1))])

    def add(self, number: int, boxes: npt.NDArray[np.float64]) -> None:
        """Put a label's boxes there."""
        while self._used + len(boxes) > len(self._boxes):
            self._boxes = np.concatenate((self._boxes, np.empty_like(self._boxes)))
            self._owners = np.concatenate((self._owners, np.empty_like(self._owners)))
        self._boxes[self._used : self._used + len(boxes)] = boxes
        self._owners[self._used : self._used + len(boxes)] = number
        self._used += len(boxes)

    def remove(self, number: int) -> None:
        """Take a label's boxes away."""
        kept = np.flatnonzero(self._owners[: self._used] != number)
        self._boxes[: len(kept)] = self._boxes[kept]
        self._owners[: len(kept)] = self._owners[kept]
        self._used = len(kept)

    def _near(
        self, places: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
        """Return the boxes near any of the places, and whose they are."""
        low, high = places[..., :2].min(axis=(0, 1)), places[..., 2:].max(axis=(0, 1))
        boxes, owners = self._boxes[: self._used], self._owners[: self._used]
        near = (
            (boxes[:, 0] < high[0])
            & (boxes[:, 2] > low[0])
            & (boxes[:, 1] < high[1])
            & (boxes[:, 3] > low[1])
        )
        return boxes[near], owners[near]


def _overlaps(
    places: npt.NDArray[np.float64], others: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Return which box of k places, (k, b, 4), overlaps which of (m, 4): (k, b, m)."""
    boxes = places[:, :, np.newaxis, :]
    return np.asarray(
        (boxes[..., 0] < others[:, 2])
        & (boxes[..., 2] > others[:, 0])
        & (boxes[..., 1] < others[:, 3])
        & (boxes[..., 3] > others[:, 1]),
        dtype=np.bool_,
    )


def _touching(
    places: npt.NDArray[np.float64], others: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Return which of k places, (k, b, 4), has a box that overlaps any of (m, 4)."""
    if not len(others):
        return np.zeros(len(places), dtype=np.bool_)
    return np.asarray(_overlaps(places, others).any(axis=(1, 2)), dtype=np.bool_)
