"""Where labels stand on a picture: they keep their size while the chart is zoomed; no Qt."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class DrawnLabels:
    """The labels of a picture, those that matter most first.

    anchors_px: (m, 2), the pixel of the picture that each goes with. boxes_px: (n, 4) of all
    their parts; owners: (n,) whose each is, rising.
    """

    anchors_px: Points
    boxes_px: Points
    owners: npt.NDArray[np.int64]

    def apart(self, growth: float) -> tuple[npt.NDArray[np.int64], Points]:
        """Return which parts show while the chart is drawn larger or smaller, and how far off.

        growth: how many times larger. Rows of boxes_px, and (k, 2): what each is moved by, in the
        pixels of the enlarged picture. Of labels that would then lie on each other the first is
        left.
        """
        moved = self.anchors_px * (growth - 1.0)
        shown = np.ones(len(self.anchors_px), dtype=np.bool_)
        if growth < 1.0 and len(shown):
            shown = _apart(self._extents_px() + np.tile(moved, 2))
        rows = np.flatnonzero(shown[self.owners])
        return rows, moved[self.owners[rows]]

    def touch(self, boxes_px: Points) -> bool:
        """Return whether any label overlaps any of the boxes, (n, 4)."""
        own = self.boxes_px[:, np.newaxis]
        overlaps = (own[..., :2] < boxes_px[:, 2:]) & (own[..., 2:] > boxes_px[:, :2])
        return bool(overlaps.all(axis=2).any())

    def _extents_px(self) -> Points:
        """Return the box around each label."""
        starts = np.flatnonzero(np.diff(self.owners, prepend=-1))
        low = np.minimum.reduceat(self.boxes_px[:, :2], starts)
        high = np.maximum.reduceat(self.boxes_px[:, 2:], starts)
        return np.concatenate((low, high), axis=1)


def drawn_labels(labels: Iterable[tuple[tuple[float, float], Points]]) -> DrawnLabels:
    """Return labels, each a pixel that it goes with and its boxes, (b, 4), as one value."""
    known = list(labels)
    counts = [len(boxes) for _, boxes in known]
    return DrawnLabels(
        np.array([anchor for anchor, _ in known]).reshape(-1, 2),
        np.concatenate([np.empty((0, 4)), *(boxes for _, boxes in known)]),
        np.repeat(np.arange(len(known)), counts),
    )


def _apart(boxes: Points) -> npt.NDArray[np.bool_]:
    """Return which boxes are left if none is to lie on one before it that is left."""
    low, high = boxes[:, :2], boxes[:, 2:]
    overlaps = np.all((low[:, np.newaxis] < high) & (high[:, np.newaxis] > low), axis=2)
    kept = np.zeros(len(boxes), dtype=np.bool_)
    for row in range(len(boxes)):
        kept[row] = not np.any(overlaps[row, :row] & kept[:row])
    return kept
