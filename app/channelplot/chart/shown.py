"""What of a plot shows in a picture, in pixels: what renderers and labels both start from."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.chart.placed import Placed, placed
from channelplot.chart.scene import Scene
from channelplot.model.beach import Beach
from channelplot.model.codes import Craft
from channelplot.model.report import Report
from channelplot.model.track import Track

EDGE_PX: Final = 40.0
"""Symbols and labels reach this far from their position into the picture."""
CROWDED_PX: Final = 7.0
"""Of reports of one track that stand closer than this, only the last is drawn ..."""
FEW: Final = 60
"""... unless the track has no more than so many in view."""
MOST: Final = 3_000
"""With more reports than this in view one in two, four ... gets a symbol, and the newest."""


_CELLS_ACROSS: Final = 1 << 31
"""More columns of cells than there are around the Earth at the closest scale."""
REGISTER_BELOW_M_PER_PX: Final = 400.0
"""Chart metres. Beaches that only the register has are left out at smaller scales."""


@dataclass(frozen=True, slots=True, eq=False)
class ShownTrack:
    """A track of which something may show.

    line_px: (n, 2) of all its fixes, in view or not. fixes: the rows of line_px that get
    a symbol, in time order.
    """

    track: Track
    line_px: npt.NDArray[np.float64]
    fixes: npt.NDArray[np.int64]
    is_selected: bool


@dataclass(frozen=True, slots=True, eq=False)
class ShownReport:
    """A report that is no fix, and its track if it has one."""

    report: Report
    track: Track | None
    x_px: float
    y_px: float


@dataclass(frozen=True, slots=True, eq=False)
class ShownBeach:
    """A beach of the plot, or one of the register that the plot has no copy of."""

    beach: Beach
    is_of_plot: bool
    x_px: float
    y_px: float


def shown_tracks(scene: Scene) -> list[ShownTrack]:
    """Return the tracks with a line in view: closed ones first, small boats and selected last."""
    where = placed(scene.plot)
    if not len(where.fixes_m):
        return []
    low_px = np.array((-EDGE_PX, -EDGE_PX))
    high_px = np.array((scene.viewport.width_px, scene.viewport.height_px)) + EDGE_PX
    all_px = scene.viewport.pixels_of_m(where.fixes_m)
    begin, end = where.starts[:-1], where.starts[1:]
    filled = np.flatnonzero(end > begin)
    lows = np.minimum.reduceat(all_px, begin[filled], axis=0)
    highs = np.maximum.reduceat(all_px, begin[filled], axis=0)
    near = filled[((lows <= high_px) & (highs >= low_px)).all(axis=1)]
    inside = np.asarray(((all_px >= low_px) & (all_px <= high_px)).all(axis=1))
    step = _step(int(inside.sum()))
    shown = []
    for number in near:
        track = where.tracks[number].track
        rows = slice(int(begin[number]), int(end[number]))
        line_px = all_px[rows]
        fixes = _thinned(line_px, np.flatnonzero(inside[rows]), track, scene, step)
        shown.append(ShownTrack(track, line_px, fixes, _is_selected(track, scene)))
    shown.sort(
        key=lambda entry: (
            entry.is_selected,
            not entry.track.is_closed,
            entry.track.craft is Craft.SMALL_BOAT,
        )
    )
    return shown


def shown_reports(scene: Scene) -> list[ShownReport]:
    """Return the reports in view that are no fixes, in time order within each track."""
    where = placed(scene.plot)
    points_px = scene.viewport.pixels_of_m(where.others_m)
    return [
        ShownReport(
            where.others[number],
            _track_of(where, where.others[number]),
            float(points_px[number, 0]),
            float(points_px[number, 1]),
        )
        for number in _in_view(points_px, scene)
    ]


def shown_beaches(scene: Scene) -> list[ShownBeach]:
    """Return the beaches in view: the register's that the plot has no copy of, then the plot's."""
    where = placed(scene.plot)
    shown = []
    if scene.basemap is not None and scene.viewport.m_per_px <= REGISTER_BELOW_M_PER_PX:
        own_uids = set(scene.plot.beaches)
        own_names = {beach.name.casefold() for beach in where.beaches}
        register = [
            beach
            for beach in scene.basemap.beaches
            if beach.uid not in own_uids and beach.name.casefold() not in own_names
        ]
        positions = [(b.position.lon_deg, b.position.lat_deg) for b in register]
        points_px = scene.viewport.pixels_of(np.array(positions).reshape(-1, 2))
        shown += [
            ShownBeach(register[n], False, float(points_px[n, 0]), float(points_px[n, 1]))
            for n in _in_view(points_px, scene)
        ]
    points_px = scene.viewport.pixels_of_m(where.beaches_m)
    shown += [
        ShownBeach(where.beaches[n], True, float(points_px[n, 0]), float(points_px[n, 1]))
        for n in _in_view(points_px, scene)
    ]
    return shown


def _in_view(points_px: npt.NDArray[np.float64], scene: Scene) -> npt.NDArray[np.int64]:
    if not len(points_px):
        return np.empty(0, dtype=np.int64)
    high_px = np.array((scene.viewport.width_px, scene.viewport.height_px)) + EDGE_PX
    return np.flatnonzero(((points_px >= -EDGE_PX) & (points_px <= high_px)).all(axis=1))


def _step(in_view: int) -> int:
    """Return that one report in so many gets a symbol: a power of two, 1 unless it crowds."""
    return 1 << max(0, math.ceil(math.log2(max(in_view, 1) / MOST)))


def _thinned(
    line_px: npt.NDArray[np.float64],
    rows: npt.NDArray[np.int64],
    track: Track,
    scene: Scene,
    step: int,
) -> npt.NDArray[np.int64]:
    """Return the rows that get a symbol: the last in each cell where they crowd.

    Selected and pending reports always do.
    """
    if not len(rows) or (len(rows) <= FEW and step == 1):
        return rows
    # Cells of the chart, not of the picture: the same reports stay when it is panned.
    viewport = scene.viewport
    chart_px = line_px[rows] + (
        viewport.centre_x_m / viewport.m_per_px - viewport.width_px / 2.0,
        -viewport.centre_y_m / viewport.m_per_px - viewport.height_px / 2.0,
    )
    columns, lines = np.floor(chart_px / CROWDED_PX).astype(np.int64).T
    numbers = lines * _CELLS_ACROSS + columns
    order = np.argsort(numbers, kind="stable")
    is_last = np.append(np.diff(numbers[order]) != 0, True)
    kept = set(order[is_last].tolist())
    if step > 1:
        newest = len(line_px) - 1
        kept = {n for n in kept if rows[n] % step == 0 or rows[n] == newest}
    special = scene.selected_uids | scene.pending_uids
    if special:
        fixes = track.fixes
        kept.update(n for n, row in enumerate(rows) if fixes[row].uid in special)
    return rows[sorted(kept)]


def _is_selected(track: Track, scene: Scene) -> bool:
    selected = scene.selected_uids
    return track.uid in selected or any(uid in track.report_index for uid in selected)


def _track_of(where: Placed, report: Report) -> Track | None:
    return where.plot.tracks.get(report.track_uid) if report.track_uid else None
