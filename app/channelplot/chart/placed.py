"""Where everything of a plot lies, in chart metres and in flat arrays; no Qt.

Made once for a plot and kept for the last few, because the same arrays are asked for at
every movement of the mouse and by every picture. What two plots share is taken over.
"""

import functools
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.chart.cancel import NEVER, Cancel
from channelplot.chart.track_levels import (
    BLOCK_TRACKS,
    BoundsM,
    LineBlock,
    Rows,
    block_of,
    merged_cells,
)
from channelplot.geodesy.projection import position_to_chart_m, to_chart_m
from channelplot.model.beach import Beach, Mark
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track

_KEPT: Final = 3
"""The plot on screen, the one being saved, and one for an undo."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedTrack:
    """A track, and where its reports lie that have a position but are no fixes.

    others: launch, landing and the like; others_m: (n, 2) chart metres alike.
    """

    track: Track
    others: tuple[Report, ...]
    others_m: npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PlacedBlock:
    """Some tracks and, in the same order, their lines; shared by plots as long as it holds."""

    tracks: tuple[PlacedTrack, ...]
    lines: LineBlock

    @functools.cached_property
    def others(self) -> tuple[Report, ...]:
        """Return the reports of these tracks that are on no line."""
        return tuple(report for entry in self.tracks for report in entry.others)

    @functools.cached_property
    def others_m(self) -> npt.NDArray[np.float64]:
        """Return where they lie, (n, 2)."""
        return np.concatenate(
            [_EMPTY_M, *(entry.others_m for entry in self.tracks if entry.others)]
        )

    @functools.cached_property
    def is_open(self) -> npt.NDArray[np.bool_]:
        """Return which of the tracks are open."""
        return np.array([not entry.track.is_closed for entry in self.tracks], dtype=np.bool_)

    @functools.cached_property
    def numbers(self) -> dict[str, int]:
        """Return the number of each track in the block, by uid."""
        return {entry.track.uid: number for number, entry in enumerate(self.tracks)}

    def track_at(self, row: int) -> Track:
        """Return the track that a row of the full lines is of."""
        number = int(np.searchsorted(self.lines.full.starts, row, side="right")) - 1
        return self.tracks[number].track

    def fixes(self, rows: npt.NDArray[np.int64]) -> Iterator[tuple[Track, Report]]:
        """Yield the fixes at rows of the full lines, and their tracks."""
        starts = self.lines.full.starts
        numbers = np.searchsorted(starts, rows, side="right") - 1
        places = rows - starts[numbers]
        for number, place in zip(numbers.tolist(), places.tolist(), strict=True):
            track = self.tracks[number].track
            yield track, track.fixes[place]

    def line_m(self, number: int) -> npt.NDArray[np.float64]:
        """Return the line of a track, (n, 2) chart metres of its fixes."""
        full = self.lines.full
        return full.points_m[full.starts[number] : full.starts[number + 1]]


@dataclass(frozen=True, eq=False)
class Placed:
    """A plot's tracks, reports, beaches and marks with their places in chart metres (EPSG:3395).

    blocks: every track is in one of them; their order is none of the plot's. others are all
    reports that are on no line, the loose_count last of which no track claims; others_m,
    beaches_m and marks_m are (n, 2) alike.
    """

    plot: Plot
    blocks: tuple[PlacedBlock, ...]
    others: tuple[Report, ...]
    others_m: npt.NDArray[np.float64]
    loose_count: int
    beaches: tuple[Beach, ...]
    beaches_m: npt.NDArray[np.float64]
    marks: tuple[Mark, ...]
    marks_m: npt.NDArray[np.float64]

    @functools.cached_property
    def order(self) -> dict[str, int]:
        """Return the place of each track in the plot, by uid: what is later is drawn above."""
        return {uid: number for number, uid in enumerate(self.plot.tracks)}

    def cells(self, cancel: Cancel = NEVER) -> tuple[Rows, npt.NDArray[np.float64]]:
        """Return the cells that have line in them, and how much, as ``LineBlock.cells`` does.

        Of all tracks together, which is kept; of some of them if cancelled.
        """
        known: tuple[Rows, npt.NDArray[np.float64]] | None = self.__dict__.get("_cells")
        if known is not None:
            return known
        cells, lengths_m = [_NO_CELLS], [np.empty(0)]
        for block in self.blocks:
            if cancel.is_cancelled:
                break
            own, own_m = block.lines.cells
            cells.append(own)
            lengths_m.append(own_m)
        found = merged_cells(np.concatenate(cells), np.concatenate(lengths_m))
        if len(cells) > len(self.blocks):
            self.__dict__["_cells"] = found
        return found

    @property
    def fix_count(self) -> int:
        """Return how many reports lie on lines."""
        return sum(len(block.lines.full.points_m) for block in self.blocks)

    def blocks_near(self, bounds_m: BoundsM) -> Iterable[PlacedBlock]:
        """Return the blocks that may have a line in the bounds."""
        return (block for block in self.blocks if block.lines.is_near(bounds_m))

    def fixes_in(self, bounds_m: BoundsM) -> int:
        """Return how many fixes are in the bounds, edges included."""
        near = self.blocks_near(bounds_m)
        return sum(len(block.lines.full.point_rows(bounds_m)) for block in near)


_recent: tuple[Placed, ...] = ()
_placing: Final = threading.Lock()
"""Held by who places a plot: whoever else wants the same waits for it."""


def placed(plot: Plot) -> Placed:
    """Return where everything of the plot lies.

    Costs a few microseconds for a plot asked about before, and follows the number of
    tracks for one that shares most with it. Safe on any thread.
    """
    global _recent  # replaced as a whole, so that a reader on another thread sees one state
    known = _known(plot)
    if known is not None:
        return known
    with _placing:
        known = _known(plot)
        if known is not None:
            return known
        result = _place(plot, _recent[0] if _recent else None)
        _recent = (result, *_recent)[:_KEPT]
        return result


def make_ready(plot: Plot) -> None:
    """Place a plot and divide its lines into cells, so that who draws it first does not wait."""
    placed(plot).cells()


def _known(plot: Plot) -> Placed | None:
    return next((known for known in _recent if known.plot is plot), None)


def _place(plot: Plot, before: Placed | None) -> Placed:
    if before is None:
        blocks = _blocks_of(list(plot.tracks.values()))
    elif before.plot.tracks is plot.tracks:
        blocks = before.blocks
    else:
        blocks = _blocks_after(plot, before)
    if before is not None and before.plot.unattributed is plot.unattributed:
        first = len(before.others) - before.loose_count
        loose, loose_m = before.others[first:], before.others_m[first:]
    else:
        loose, loose_m = _place_reports(plot.unattributed)
    if before is not None and before.plot.beaches is plot.beaches:
        beaches, beaches_m = before.beaches, before.beaches_m
    else:
        beaches = tuple(plot.beaches.values())
        beaches_m = _array_m([position_to_chart_m(beach.position) for beach in beaches])
    if before is not None and before.plot.marks is plot.marks:
        marks, marks_m = before.marks, before.marks_m
    else:
        marks = tuple(plot.marks.values())
        marks_m = _array_m([position_to_chart_m(mark.position) for mark in marks])
    return Placed(
        plot=plot,
        blocks=blocks,
        others=(*(report for block in blocks for report in block.others), *loose),
        others_m=np.concatenate([*(block.others_m for block in blocks), loose_m]),
        loose_count=len(loose),
        beaches=beaches,
        beaches_m=beaches_m,
        marks=marks,
        marks_m=marks_m,
    )


def _blocks_after(plot: Plot, before: Placed) -> tuple[PlacedBlock, ...]:
    """Return the blocks of a plot, those of the plot before as far as they hold."""
    was = before.plot.track_blocks.besides(plot.track_blocks)
    now = plot.track_blocks.besides(before.plot.track_blocks)
    changed = [uid for uid, track in was.items() if now.get(uid) is not track]
    blocks: list[PlacedBlock] = []
    for block in before.blocks:
        numbers = {uid: block.numbers[uid] for uid in changed if uid in block.numbers}
        if not numbers:
            blocks.append(block)
        elif numbers.keys() <= now.keys():
            blocks.append(_changed(block, {number: now[uid] for uid, number in numbers.items()}))
        else:
            left = (plot.tracks.get(entry.track.uid) for entry in block.tracks)
            blocks += _blocks_of([track for track in left if track is not None])
    added = [track for uid, track in now.items() if uid not in was]
    if added:
        if blocks and len(blocks[-1].tracks) + len(added) <= BLOCK_TRACKS:
            blocks[-1] = _changed(blocks[-1], {}, added)
        else:
            blocks += _blocks_of(added)
    return tuple(blocks)


def _blocks_of(tracks: Sequence[Track]) -> tuple[PlacedBlock, ...]:
    return tuple(
        PlacedBlock(
            tuple(_place_others(track) for track in some),
            block_of([to_chart_m(track.line_deg) for track in some]),
        )
        for some in (tracks[n : n + BLOCK_TRACKS] for n in range(0, len(tracks), BLOCK_TRACKS))
    )


def _changed(
    block: PlacedBlock, changed: dict[int, Track], added: Sequence[Track] = ()
) -> PlacedBlock:
    entries = list(block.tracks)
    for number, track in changed.items():
        entries[number] = _place_others(track)
    entries += [_place_others(track) for track in added]
    lines_m = {number: to_chart_m(track.line_deg) for number, track in changed.items()}
    more_m = [to_chart_m(track.line_deg) for track in added]
    return PlacedBlock(tuple(entries), block.lines.replaced(lines_m, more_m))


def _place_others(track: Track) -> PlacedTrack:
    if len(track.fixes) == len(track.reports):
        return PlacedTrack(track, (), _EMPTY_M)
    fixes = {fix.uid for fix in track.fixes}
    others = tuple(report for report in track.reports if report.uid not in fixes)
    return PlacedTrack(track, *_place_reports(others))


def _place_reports(
    reports: Sequence[Report],
) -> tuple[tuple[Report, ...], npt.NDArray[np.float64]]:
    with_position = [(r, r.position) for r in reports if r.position is not None]
    return (
        tuple(report for report, _ in with_position),
        _array_m([position_to_chart_m(position) for _, position in with_position]),
    )


def _array_m(points_m: list[tuple[float, float]]) -> npt.NDArray[np.float64]:
    return np.array(points_m, dtype=np.float64).reshape(-1, 2)


_EMPTY_M: Final = np.empty((0, 2), dtype=np.float64)
_NO_CELLS: Final = np.empty((0, 2), dtype=np.int64)
