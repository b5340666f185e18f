"""How crowded the lines in a view are, and what of them is therefore counted; no Qt.

A chart of a night shows lines. Where hundreds of tracks lie so close that their lines run together
the picture shows how many there are instead (``density.py``), and the lines go, little by little
while zooming out:

- *counted share*: 0 while the lines stand apart or are few, 1 where they crowd; in between both
  show, the one fading as the other comes. A desk can choose one of the two.
- Selected tracks, overdue ones and those with something not yet saved are always lines.
- Open boats are lines as well while no more than ``MANY_OPEN`` are in view; up to twice as many
  they fade, since then they are what crowds.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.chart.cancel import NEVER, Cancel
from channelplot.chart.placed import Placed
from channelplot.chart.track_levels import CELL_M
from channelplot.chart.viewport import Viewport

LINES_BELOW: Final = 0.04
"""Passages for each pixel where the lines are: up to this all of them are lines ..."""
COUNTED_ABOVE: Final = 0.14
"""... and from this on all are counted."""
FEW_TRACKS: Final = 200
"""So few tracks in view are always lines; from twice as many they may be counted."""
MANY_OPEN: Final = 300
_CELL_PX: Final = 16.0
"""Crowding is looked at in squares no smaller than this."""


class DensityMode(StrEnum):
    """How tracks are shown: as it suits the view, always as lines, always counted."""

    AUTO = "auto"
    LINES = "lines"
    DENSITY = "density"


@dataclass(frozen=True, slots=True)
class Crowding:
    """How crowded a view is.

    passages: lines through a pixel, on the average of where there are lines. most: about how many
    there are at the densest place of the plot at this scale, wherever that is. tracks, open_tracks:
    how many are in view.
    """

    passages: float
    most: float
    tracks: int
    open_tracks: int

    def counted_share(self, mode: DensityMode) -> float:
        """Return how far tracks are counted rather than drawn as lines, 0 to 1."""
        if mode is not DensityMode.AUTO:
            return 1.0 if mode is DensityMode.DENSITY else 0.0
        crowds = _eased(self.passages, LINES_BELOW, COUNTED_ABOVE)
        return crowds * _eased(self.tracks, FEW_TRACKS, 2.0 * FEW_TRACKS)

    def line_share(self, mode: DensityMode, *, is_open: bool) -> float:
        """Return how strongly the line of a track shows, 0 to 1."""
        share = 1.0 - self.counted_share(mode)
        if is_open:
            share = max(share, 1.0 - _eased(self.open_tracks, MANY_OPEN, 2.0 * MANY_OPEN))
        return share


def crowding(where: Placed, viewport: Viewport, cancel: Cancel = NEVER) -> Crowding:
    """Return how crowded the tracks of a plot are in a view.

    As if there were fewer if cancelled.
    """
    bounds_m = viewport.bounds_m()
    tracks = open_tracks = 0
    for block in where.blocks_near(bounds_m):
        near = block.lines.full.tracks_in(bounds_m)
        tracks += int(np.count_nonzero(near))
        open_tracks += int(np.count_nonzero(near & block.is_open))
    cells, lengths_m = where.cells(cancel)
    halvings = max(0, math.ceil(math.log2(_CELL_PX * viewport.m_per_px / CELL_M)))
    size_m = CELL_M * 2.0**halvings
    squares = cells >> halvings
    keys, places = np.unique(squares[:, 1] * _ACROSS + squares[:, 0], return_inverse=True)
    sums_m = np.bincount(places, weights=lengths_m, minlength=len(keys))
    passages = np.asarray(sums_m * viewport.m_per_px / size_m**2, dtype=np.float64)
    low = np.floor(np.array(bounds_m[:2]) / size_m)
    high = np.floor(np.array(bounds_m[2:]) / size_m)
    is_in_view = np.zeros(len(keys), dtype=np.bool_)
    is_in_view[places] = ((squares >= low) & (squares <= high)).all(axis=1)
    return Crowding(
        passages=_mean(passages[is_in_view]),
        most=float(passages.max(initial=0.0)),
        tracks=tracks,
        open_tracks=open_tracks,
    )


def _mean(passages: npt.NDArray[np.float64]) -> float:
    """Return the mean over the lines: what a place on a line sees about it."""
    total = float(passages.sum())
    return float((passages**2).sum()) / total if total > 0.0 else 0.0


def _eased(value: float, low: float, high: float) -> float:
    """Return 0 up to low, 1 from high on, and rising smoothly with the logarithm between."""
    if value <= low:
        return 0.0
    share = min(1.0, math.log(value / low) / math.log(high / low))
    return share * share * (3.0 - 2.0 * share)


_ACROSS: Final = 1 << 20
