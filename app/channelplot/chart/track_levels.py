"""The lines of many tracks in flat arrays, thinned for bands of scale and indexed; no Qt.

Tracks stand together in blocks. A block is never changed: when a report comes in, one block is
made anew and shares the arrays of every other track with the one before, so that the cost does
not grow with the plot. In a block the lines are cut into pieces of a few legs whose bounds are
known, so that only what shows is touched.
"""

import functools
import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.chart.cancel import Cancel

Numbers = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
BoundsM = tuple[float, float, float, float]
"""Chart metres: west, south, east, north."""

BLOCK_TRACKS: Final = 256
PIECE_LEGS: Final = 32
FULL_BELOW_M_PER_PX: Final = 8.0
"""Chart metres. Finer than this every fix is kept."""
COARSEST_BAND: Final = 10
"""The band from 4,096 m/px serves everything beyond."""
THINNING_PX: Final = 0.5
KEPT_BANDS: Final = 3
"""Thinned copies of a block that are kept; the oldest gives way ..."""
SMALL: Final = 0.1
"""... of those with more than this share of the fixes; smaller ones always stay."""
WORTH: Final = 0.5
"""A thinned copy with more than this share of the fixes is none; all of them are drawn."""
_TRIED_TRACKS: Final = 16
"""So many tracks are thinned first, to see whether it is worth while."""
CELL_M: Final = 2_048.0
"""Chart metres: the cells for which it is known how much line they have."""


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Lines one after another, in chart metres; read-only.

    points_m: (n, 2). starts: (tracks + 1,) where each begins. track_bounds_m: (tracks, 4), and
    NaN for a track without a line. piece_starts: (pieces + 1,) rows at which pieces begin; a
    piece has the legs that begin at its rows, and piece_bounds_m, (pieces, 4), holds them all.
    piece_tracks: the track of each. thinned_m: how far a line may be from the full one.
    """

    points_m: Numbers
    starts: Rows
    track_bounds_m: Numbers
    piece_starts: Rows
    piece_bounds_m: Numbers
    piece_tracks: Rows
    thinned_m: float

    def ends_m(self) -> Numbers:
        """Return the last point of each line, (tracks, 2); NaN for a track without a line."""
        ends = np.full((len(self.starts) - 1, 2), np.nan)
        filled = np.flatnonzero(np.diff(self.starts))
        ends[filled] = self.points_m[self.starts[filled + 1] - 1]
        return ends

    def tracks_in(self, bounds_m: BoundsM) -> npt.NDArray[np.bool_]:
        """Return which tracks may have a leg in the bounds, edges included."""
        near = np.zeros(len(self.starts) - 1, dtype=np.bool_)
        near[self.piece_tracks[self.pieces_in(bounds_m)]] = True
        return near

    def pieces_in(self, bounds_m: BoundsM) -> npt.NDArray[np.bool_]:
        """Return which pieces may have a leg in the bounds."""
        return _meets(self.piece_bounds_m, bounds_m)

    def leg_rows(self, bounds_m: BoundsM, without: npt.NDArray[np.bool_] | None = None) -> Rows:
        """Return the rows at which legs begin that may be in the bounds; none of some tracks."""
        shows = self.pieces_in(bounds_m)
        if without is not None:
            shows &= ~without[self.piece_tracks]
        begins = np.repeat(shows, np.diff(self.piece_starts))
        begins[self.starts[1:][np.diff(self.starts) > 0] - 1] = False  # a track's last point
        return np.flatnonzero(begins)

    def point_rows(self, bounds_m: BoundsM) -> Rows:
        """Return the rows of points in the bounds, edges included, in order."""
        near = np.flatnonzero(np.repeat(self.pieces_in(bounds_m), np.diff(self.piece_starts)))
        points = self.points_m[near]
        west_m, south_m, east_m, north_m = bounds_m
        inside = (points >= (west_m, south_m)).all(axis=1) & (points <= (east_m, north_m)).all(
            axis=1
        )
        return near[inside]


class LineBlock:
    """The lines of some tracks at every thinning; never changed but for what it keeps ready."""

    def __init__(self, full: Lines, thinned: Mapping[int, Lines]) -> None:
        """Take over lines; thinned: copies that are known already, by band."""
        self._full = full
        self._thinned = dict(thinned)
        self._lock = threading.Lock()
        self.bounds_m = _outer(full.track_bounds_m)

    @functools.cached_property
    def cells(self) -> tuple[Rows, Numbers]:
        """Return the cells of CELL_M that have line in them, and how many chart metres each has.

        Cells as (n, 2): so many to the east and to the north of the origin.
        """
        return _cells(self._full)

    @property
    def full(self) -> Lines:
        """Return the lines with all their fixes."""
        return self._full

    def is_near(self, bounds_m: BoundsM) -> bool:
        """Return whether any line may be in the bounds."""
        west_m, south_m, east_m, north_m = self.bounds_m
        return (
            west_m <= bounds_m[2]
            and east_m >= bounds_m[0]
            and south_m <= bounds_m[3]
            and north_m >= bounds_m[1]
        )

    def lines(self, m_per_px: float) -> Lines:
        """Return the lines thinned to half a pixel at a scale in chart metres per pixel, or less.

        Made when a band of scales is first asked for, and kept; any thread may ask.
        """
        band = band_of(m_per_px)
        if band == 0:
            return self._full
        with self._lock:
            known = self._thinned.get(band)
            if known is None:
                known = self._thin(band)
            return known

    def make_ready(self, cancel: Cancel) -> None:
        """Thin the lines for the bands that leave few fixes, from the coarsest; not if cancelled.

        Who zooms out then need not wait for it. The others would take room that counts.
        """
        for band in range(COARSEST_BAND, 0, -1):
            if cancel.is_cancelled:
                return
            with self._lock:
                known = self._thinned.get(band) or self._thin(band)
            if len(known.points_m) > SMALL * len(self._full.points_m):
                return

    def replaced(
        self, changed: Mapping[int, Numbers], added: Sequence[Numbers] = ()
    ) -> "LineBlock":
        """Return a block with other lines at some places, and more at the end.

        Whatever was thinned before is taken over for the others.
        """
        with self._lock:
            thinned = dict(self._thinned)
        full = _spliced(self._full, changed, added)
        return LineBlock(
            full,
            {
                band: full if lines is self._full else _spliced(lines, changed, added)
                for band, lines in thinned.items()
            },
        )

    def _thin(self, band: int) -> Lines:
        thinned = self._full
        if _is_worth_thinning(self._full, _thinned_m(band)):
            thinned = _thinned(self._full, _thinned_m(band))
            if len(thinned.points_m) > WORTH * len(self._full.points_m):
                thinned = self._full
        large = [known for known, lines in self._thinned.items() if self._is_large(lines)]
        if self._is_large(thinned) and len(large) >= KEPT_BANDS:
            del self._thinned[large[0]]
        self._thinned[band] = thinned
        return thinned

    def _is_large(self, lines: Lines) -> bool:
        """Return whether a copy takes room that counts; the full lines themselves take none."""
        full = self._full
        return lines is not full and len(lines.points_m) > SMALL * len(full.points_m)


def block_of(lines_m: Sequence[Numbers]) -> LineBlock:
    """Return a block of lines, each (n, 2) in chart metres."""
    counts = np.array([len(line) for line in lines_m], dtype=np.int64)
    return LineBlock(_lines_of(np.concatenate([_NOTHING, *lines_m]), counts, 0.0), {})


def band_of(m_per_px: float) -> int:
    """Return the band of a scale in chart metres per pixel; 0 has every fix."""
    if m_per_px < FULL_BELOW_M_PER_PX:
        return 0
    _, exponent = math.frexp(m_per_px / FULL_BELOW_M_PER_PX)
    return min(exponent, COARSEST_BAND)


def _thinned_m(band: int) -> float:
    """Return half a pixel of the finest scale of a band from 1."""
    return float(THINNING_PX * FULL_BELOW_M_PER_PX * 2.0 ** (band - 1))


def _thinned(full: Lines, thinned_m: float) -> Lines:
    points_m, counts = _simplified(full.points_m, np.diff(full.starts), thinned_m)
    return _lines_of(points_m, counts, thinned_m)


def _is_worth_thinning(full: Lines, thinned_m: float) -> bool:
    """Return whether the first of many lines become so much shorter that all are thinned."""
    tracks = len(full.starts) - 1
    if tracks <= 2 * _TRIED_TRACKS:
        return True
    counts = np.diff(full.starts[: _TRIED_TRACKS + 1])
    tried = full.points_m[: full.starts[_TRIED_TRACKS]]
    return len(_simplified(tried, counts, thinned_m)[0]) <= WORTH * len(tried)


def _simplified(points_m: Numbers, counts: Rows, thinned_m: float) -> tuple[Numbers, Rows]:
    """Return the points left, and how many of each line; ends stay where they are."""
    tracks = np.repeat(np.arange(len(counts)), counts)
    is_line = counts >= 2
    left = is_line[tracks]
    if not left.any():
        return points_m, counts
    lines = shapely.linestrings(points_m[left], indices=_from_nought(tracks[left]))
    thinned = shapely.simplify(lines, thinned_m, preserve_topology=False)
    after = counts.copy()
    after[is_line] = shapely.get_num_coordinates(thinned)
    if is_line.all():
        return shapely.get_coordinates(thinned), after
    result = np.empty((int(after.sum()), 2))
    is_of_line = np.repeat(is_line, after)
    result[is_of_line] = shapely.get_coordinates(thinned)
    result[~is_of_line] = points_m[~left]
    return result, after


def _from_nought(tracks: Rows) -> Rows:
    """Return rising numbers as 0, 1, 2 ... without gaps."""
    return np.concatenate(((0,), np.cumsum(np.diff(tracks) > 0)))


def _spliced(lines: Lines, changed: Mapping[int, Numbers], added: Sequence[Numbers]) -> Lines:
    pieces: list[Numbers] = []
    begin = 0
    counts = np.diff(lines.starts)
    for number in sorted(changed):
        line = _line(changed[number], lines.thinned_m)
        pieces += [lines.points_m[begin : lines.starts[number]], line]
        begin = int(lines.starts[number + 1])
        counts[number] = len(line)
    pieces.append(lines.points_m[begin:])
    more = [_line(line, lines.thinned_m) for line in added]
    counts = np.concatenate((counts, np.array([len(line) for line in more], dtype=np.int64)))
    return _lines_of(np.concatenate((*pieces, *more)), counts, lines.thinned_m)


def _line(line_m: Numbers, thinned_m: float) -> Numbers:
    if thinned_m == 0.0:
        return line_m
    return _simplified(line_m, np.array([len(line_m)]), thinned_m)[0]


def _lines_of(points_m: Numbers, counts: Rows, thinned_m: float) -> Lines:
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    piece_counts = -(-counts // PIECE_LEGS)
    piece_tracks = np.repeat(np.arange(len(counts)), piece_counts)
    firsts = np.cumsum(piece_counts) - piece_counts
    places = np.arange(len(piece_tracks)) - firsts[piece_tracks]
    begins = starts[piece_tracks] + PIECE_LEGS * places
    piece_starts = np.concatenate((begins, (len(points_m),)))
    track_bounds_m = np.full((len(counts), 4), np.nan)
    piece_bounds_m = np.empty((len(begins), 4))
    if len(points_m):
        after = np.arange(1, len(points_m) + 1)
        filled = np.flatnonzero(counts)
        after[starts[filled + 1] - 1] -= 1  # a track's last point has no leg
        ends_m = points_m[after]
        piece_bounds_m[:, :2] = np.minimum.reduceat(np.minimum(points_m, ends_m), begins)
        piece_bounds_m[:, 2:] = np.maximum.reduceat(np.maximum(points_m, ends_m), begins)
        track_bounds_m[filled, :2] = np.minimum.reduceat(points_m, starts[filled])
        track_bounds_m[filled, 2:] = np.maximum.reduceat(points_m, starts[filled])
    for array in (points_m, starts, track_bounds_m, piece_starts, piece_bounds_m, piece_tracks):
        array.setflags(write=False)
    return Lines(
        points_m, starts, track_bounds_m, piece_starts, piece_bounds_m, piece_tracks, thinned_m
    )


def _cells(lines: Lines) -> tuple[Rows, Numbers]:
    rows = lines.leg_rows((-math.inf, -math.inf, math.inf, math.inf))
    if not len(rows):
        return np.empty((0, 2), dtype=np.int64), np.empty(0)
    start, leg = lines.points_m[rows], lines.points_m[rows + 1] - lines.points_m[rows]
    length_m = np.hypot(leg[:, 0], leg[:, 1])
    # A long leg is taken in parts, each in the cell of its middle.
    parts = np.maximum(1, np.ceil(length_m / CELL_M).astype(np.int64))
    number = np.arange(int(parts.sum())) - np.repeat(np.cumsum(parts) - parts, parts)
    share = (number + 0.5) / np.repeat(parts, parts)
    middles = np.repeat(start, parts, axis=0) + share[:, np.newaxis] * np.repeat(leg, parts, axis=0)
    cells = np.floor(middles / CELL_M).astype(np.int64)
    return merged_cells(cells, np.repeat(length_m / parts, parts))


def merged_cells(cells: Rows, lengths_m: Numbers) -> tuple[Rows, Numbers]:
    """Return each cell, (n, 2), once, and the sum of its lengths."""
    keys, places = np.unique(cells[:, 1] * _CELLS_ACROSS + cells[:, 0], return_inverse=True)
    sums_m = np.bincount(places, weights=lengths_m, minlength=len(keys))
    # Back from one number to two, columns to the west being negative.
    column = (keys + _CELLS_ACROSS // 2) % _CELLS_ACROSS - _CELLS_ACROSS // 2
    merged: Rows = np.column_stack((column, (keys - column) // _CELLS_ACROSS))
    return merged, np.asarray(sums_m, dtype=np.float64)


def _meets(bounds: Numbers, bounds_m: BoundsM) -> npt.NDArray[np.bool_]:
    west_m, south_m, east_m, north_m = bounds_m
    return np.asarray(
        (bounds[:, 0] <= east_m)
        & (bounds[:, 2] >= west_m)
        & (bounds[:, 1] <= north_m)
        & (bounds[:, 3] >= south_m)
    )


def _outer(bounds: Numbers) -> BoundsM:
    """Return the bounds of all tracks; of none, bounds that nothing meets."""
    filled = bounds[~np.isnan(bounds[:, 0])]
    if not len(filled):
        return math.inf, math.inf, -math.inf, -math.inf
    west_m, south_m = filled[:, :2].min(axis=0)
    east_m, north_m = filled[:, 2:].max(axis=0)
    return float(west_m), float(south_m), float(east_m), float(north_m)


_NOTHING: Final = np.empty((0, 2), dtype=np.float64)
_CELLS_ACROSS: Final = 1 << 20
"""More than there are around the Earth."""
