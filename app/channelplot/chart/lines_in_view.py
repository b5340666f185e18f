"""The lines of a block of tracks in pixels, and which of their reports get a symbol; no Qt."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.chart.placed import PlacedBlock
from channelplot.chart.viewport import Viewport
from channelplot.model.track import Track

CROWDED_PX: Final = 7.0
"""Of reports of one track that stand closer than this, only the last is drawn ..."""
FEW: Final = 24
"""... unless the track has no more than so many in view."""
ROOM_PX: Final = 18.0
"""Of other tracks one report in two, four ... is drawn, so that they are about so far apart."""
_CELLS_ACROSS: Final = 1 << 31
"""More columns of cells than there are around the Earth at the closest scale."""

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class LinesInView:
    """Some lines of a block, one after the other.

    points_px: (n, 2) of all fixes of these tracks. ends: the row behind the last of each track.
    inside: the rows that are in view or near it, rising. strengths: of each track.
    """

    tracks: tuple[Track, ...]
    points_px: npt.NDArray[np.float64]
    ends: Rows
    inside: Rows
    strengths: npt.NDArray[np.float64]

    @property
    def starts(self) -> Rows:
        """Return the row of the first point of each track."""
        return np.concatenate((_NOUGHT, self.ends))[:-1]

    def lines(self) -> Iterator[tuple[Track, npt.NDArray[np.float64], float]]:
        """Yield each track, its fixes in pixels, (n, 2), and how strongly its line shows."""
        rows = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        for track, (start, end), strength in zip(
            self.tracks, rows, self.strengths.tolist(), strict=True
        ):
            yield track, self.points_px[start:end], strength


def lines_in_view(
    block: PlacedBlock,
    numbers: Rows,
    strengths: npt.NDArray[np.float64],
    viewport: Viewport,
    edge_px: float,
) -> LinesInView:
    """Return the lines of those tracks of a block that show, which their strengths say.

    numbers: of tracks in the block; strengths: of each of them. edge_px: how far beyond the
    picture a fix still counts as in view.
    """
    shows = strengths > 0.0
    numbers, strengths = numbers[shows], strengths[shows]
    full = block.lines.full
    starts = full.starts[numbers]
    counts = full.starts[numbers + 1] - starts
    ends = np.cumsum(counts)
    rows = np.arange(int(counts.sum())) + np.repeat(starts - ends + counts, counts)
    points_px = viewport.pixels_of_m(full.points_m[rows])
    high_px = np.array((viewport.width_px, viewport.height_px)) + edge_px
    inside = ((points_px >= -edge_px) & (points_px <= high_px)).all(axis=1)
    tracks = tuple(block.tracks[number].track for number in numbers.tolist())
    return LinesInView(tracks, points_px, ends, np.flatnonzero(inside), strengths)


def symbol_rows(
    lines: LinesInView,
    viewport: Viewport,
    step: int,
    always_uids: Collection[str],
    special_uids: Collection[str],
) -> list[Rows]:
    """Return the rows of each track, counted in the track itself, that get a symbol.

    Where they crowd it is the last in each cell of the chart, and of these one in step and the
    newest. special_uids: reports that always do, of tracks that are among always_uids.
    """
    inside, starts = lines.inside, lines.starts
    owners = np.searchsorted(lines.ends, inside, side="right")
    places = inside - starts[owners]
    is_in_pace = (places % _paces(lines)[owners] == 0) | (inside + 1 == lines.ends[owners])
    in_pace = np.flatnonzero(is_in_pace)
    is_last = _last_of_cells(lines.points_px[inside[in_pace]], owners[in_pace], viewport)
    kept = np.zeros(len(inside), dtype=np.bool_)
    kept[in_pace[is_last]] = True
    if step == 1:
        kept |= np.bincount(owners, minlength=len(starts))[owners] <= FEW
    else:
        kept &= (places % step == 0) | (inside + 1 == lines.ends[owners])
    for number, track in enumerate(lines.tracks):
        if track.uid in always_uids:
            fixes = track.fixes
            for row in np.flatnonzero((owners == number) & ~kept).tolist():
                kept[row] = fixes[int(places[row])].uid in special_uids
    rows = places[kept]
    edges = np.searchsorted(owners[kept], np.arange(len(starts) + 1)).tolist()
    return [rows[begin:end] for begin, end in pairwise(edges)]


def paces_of(counts: Rows, lengths_px: npt.NDArray[np.float64], apart_px: float) -> Rows:
    """Return that of lines with so many fixes one in so many is about so far from the next.

    Powers of two, the same wherever the chart is panned to; 1 for lines of a few.
    """
    wanted = apart_px * counts / np.maximum(lengths_px, 1.0)
    paces = 2 ** np.ceil(np.log2(np.maximum(wanted, 1.0))).astype(np.int64)
    return np.where(counts <= FEW, 1, paces)


def _paces(lines: LinesInView) -> Rows:
    """Return which of each track's reports stand about as far apart as their symbols need."""
    legs_px = np.hypot(*np.diff(lines.points_px, axis=0).T)
    run_px = np.concatenate((np.zeros(1), np.cumsum(legs_px)))
    firsts = np.minimum(lines.starts, len(legs_px))
    lengths_px = run_px[np.maximum(lines.ends - 1, firsts)] - run_px[firsts]
    return paces_of(lines.ends - lines.starts, lengths_px, ROOM_PX)


def _last_of_cells(
    points_px: npt.NDArray[np.float64], owners: Rows, viewport: Viewport
) -> npt.NDArray[np.bool_]:
    """Return which points are the last of their track in a cell."""
    # Cells of the chart, not of the picture: the same reports stay when it is panned.
    origin_px = (
        viewport.centre_x_m / viewport.m_per_px - viewport.width_px / 2.0,
        -viewport.centre_y_m / viewport.m_per_px - viewport.height_px / 2.0,
    )
    columns, lines = np.floor((points_px + origin_px) / CROWDED_PX).astype(np.int64).T
    cells = lines * _CELLS_ACROSS + columns
    order = np.lexsort((cells, owners))
    is_last = np.ones(len(order), dtype=np.bool_)
    is_last[order[:-1]] = (np.diff(cells[order]) != 0) | (np.diff(owners[order]) != 0)
    return is_last


_NOUGHT: Final = np.zeros(1, dtype=np.int64)
