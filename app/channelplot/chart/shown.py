"""What of a plot shows in a picture, in pixels: what renderers and labels both start from."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.chart.cancel import NEVER, Cancel
from channelplot.chart.crowding import Crowding, crowding
from channelplot.chart.lines_in_view import LinesInView, lines_in_view, symbol_rows
from channelplot.chart.placed import Placed, PlacedBlock, placed
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.model.beach import Beach
from channelplot.model.codes import Craft
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track

EDGE_PX: Final = 40.0
"""Symbols and labels reach this far from their position into the picture."""
MOST: Final = 3_000
"""With more reports than this in view one in two, four ... gets a symbol, and the newest."""
REGISTER_BELOW_M_PER_PX: Final = 400.0
"""Chart metres. Beaches that only the register has are left out at smaller scales."""


@dataclass(frozen=True, slots=True, eq=False)
class ShownTrack:
    """A track of which something may show.

    line_px: (n, 2) of all its fixes, in view or not. fixes: the rows of line_px that get
    a symbol, in time order. strength: less than 1 while the lines fade into a count.
    """

    track: Track
    line_px: npt.NDArray[np.float64]
    fixes: npt.NDArray[np.int64]
    is_selected: bool
    strength: float = 1.0


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


def shown_tracks(scene: Scene, cancel: Cancel = NEVER) -> list[ShownTrack]:
    """Return the tracks drawn as lines: closed ones first, small boats and selected last.

    Tracks that are only counted (``crowding.py``) are none of them. Not all if cancelled.
    """
    global _recent  # replaced as a whole: another thread sees one state
    recent = _recent
    if recent is not None and recent[0] is scene:
        return recent[1]
    shown = _shown_tracks(scene, cancel)
    if not cancel.is_cancelled:
        _recent = (scene, shown)
    return shown


def _shown_tracks(scene: Scene, cancel: Cancel) -> list[ShownTrack]:
    where = placed(scene.plot)
    bounds_m = scene.viewport.widened(EDGE_PX, EDGE_PX).bounds_m()
    strengths = line_strengths(scene, cancel)
    blocks: list[LinesInView] = []
    for block in where.blocks_near(bounds_m):
        if cancel.is_cancelled:
            return []
        near = np.flatnonzero(block.lines.full.tracks_in(bounds_m))
        strength = strengths.of_block(block)[near]
        blocks.append(lines_in_view(block, near, strength, scene.viewport, EDGE_PX))
    step = _step(sum(len(lines.inside) for lines in blocks))
    special_uids = scene.selected_uids | scene.pending_uids
    shown: list[ShownTrack] = []
    for lines in blocks:
        if cancel.is_cancelled:
            return []
        rows = symbol_rows(lines, scene.viewport, step, strengths.always_uids, special_uids)
        shown += [
            ShownTrack(track, line_px, fixes, track.uid in strengths.selected_uids, strength)
            for (track, line_px, strength), fixes in zip(lines.lines(), rows, strict=True)
        ]
    shown.sort(
        key=lambda entry: (
            entry.is_selected,
            not entry.track.is_closed,
            entry.track.craft is Craft.SMALL_BOAT,
            where.order[entry.track.uid],
        )
    )
    return shown


@dataclass(frozen=True, slots=True)
class LineStrengths:
    """How strongly the lines of tracks show, 0 (only counted) to 1; see ``crowding.py``.

    always_uids: tracks that are lines whatever there is; selected_uids: those of them with
    anything selected.
    """

    open_share: float
    closed_share: float
    always_uids: frozenset[str]
    selected_uids: frozenset[str]

    def of_block(self, block: PlacedBlock) -> npt.NDArray[np.float64]:
        """Return how strongly the line of each track of a block shows."""
        strengths = np.where(block.is_open, self.open_share, self.closed_share)
        always = (block.numbers.get(uid) for uid in self.always_uids)
        strengths[[number for number in always if number is not None]] = 1.0
        return strengths

    def of(self, track: Track) -> float:
        """Return how strongly a track's line shows."""
        share = self.closed_share if track.is_closed else self.open_share
        return share if share == 1.0 or track.uid not in self.always_uids else 1.0


def line_strengths(scene: Scene, cancel: Cancel = NEVER) -> LineStrengths:
    """Return how strongly the lines of tracks show in a scene."""
    crowds, mode = crowding_of(scene, cancel), scene.density_mode
    selected = _track_uids(scene.plot, scene.selected_uids)
    return LineStrengths(
        crowds.line_share(mode, is_open=True),
        crowds.line_share(mode, is_open=False),
        selected | _track_uids(scene.plot, scene.pending_uids) | frozenset(scene.overdue),
        selected,
    )


def crowding_of(scene: Scene, cancel: Cancel = NEVER) -> Crowding:
    """Return how crowded the tracks of a scene are; as if there were fewer if cancelled."""
    global _recent_crowding
    if scene.crowding is not None:
        return scene.crowding
    recent = _recent_crowding
    if recent is not None and recent[0] is scene.plot and recent[1] == scene.viewport:
        return recent[2]
    crowds = crowding(placed(scene.plot), scene.viewport, cancel)
    if not cancel.is_cancelled:
        _recent_crowding = (scene.plot, scene.viewport, crowds)
    return crowds


def shown_reports(scene: Scene) -> list[ShownReport]:
    """Return the reports in view that are no fixes, but those of tracks that are only counted."""
    where = placed(scene.plot)
    points_px = scene.viewport.pixels_of_m(where.others_m)
    rows = _in_view(points_px, scene)
    if not len(rows):
        return []
    strengths = line_strengths(scene)
    found = ((number, _track_of(where, where.others[number])) for number in rows.tolist())
    return [
        ShownReport(
            where.others[number], track, float(points_px[number, 0]), float(points_px[number, 1])
        )
        for number, track in found
        if track is None or strengths.of(track) > 0.0
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


def _track_uids(plot: Plot, uids: frozenset[str]) -> frozenset[str]:
    """Return the tracks that are among uids or have a report that is."""
    found = set()
    for uid in uids:
        if uid in plot.tracks:
            found.add(uid)
        elif (report := plot.report(uid)) is not None and report.track_uid is not None:
            found.add(report.track_uid)
    return frozenset(found)


def _track_of(where: Placed, report: Report) -> Track | None:
    return where.plot.tracks.get(report.track_uid) if report.track_uid else None


_recent: tuple[Scene, list[ShownTrack]] | None = None
_recent_crowding: tuple[Plot, Viewport, Crowding] | None = None
"""What was asked for last: lines, symbols and labels of one picture ask for the same."""
