"""The legend of a sheet: an entry for every kind of symbol and line that its map shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from channelplot.chart.clip import clipped_runs
from channelplot.chart.crowding import FEW_TRACKS, DensityMode
from channelplot.chart.geodesics import circle_px
from channelplot.chart.language import in_each, translate
from channelplot.chart.layers import Layer
from channelplot.chart.placed import placed
from channelplot.chart.renderers import density, limits, searches
from channelplot.chart.renderers.boundary import line_px
from channelplot.chart.renderers.marks import shown_marks
from channelplot.chart.scene import Scene
from channelplot.chart.shown import (
    ShownTrack,
    crowding_of,
    shown_beaches,
    shown_reports,
    shown_tracks,
)
from channelplot.chart.viewport import Viewport
from channelplot.chart.wording import craft_text, kind_text
from channelplot.model.codes import Craft, LimitPurpose, ReportKind, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import Track

Code = TypeVar("Code")
_EVERYWHERE: Final = Viewport(0.0, 0.0, 50_000.0, 1_000.0, 1_000.0)
"""Wider than the Earth: what could be in view at all."""


class Symbol(IntEnum):
    """What stands in a legend, in the legend's order."""

    FIX = 0
    OTHER_REPORT = 1
    UNATTRIBUTED = 2
    TRACK = 3
    CLOSED_TRACK = 4
    COUNTED_TRACKS = 5
    SEARCH = 6
    SEARCH_DATUM = 7
    BEACH = 8
    REGISTER_BEACH = 9
    MARK = 10
    BOUNDARY = 11
    WATERS_LIMIT = 12
    SAR_LIMIT = 13


_AT_CLOSE_SCALES: Final = (Symbol.REGISTER_BEACH, Symbol.MARK)
"""What the chart leaves out at small scales."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A symbol of the map and what it means.

    craft: of a FIX. kind: of an OTHER_REPORT. mark_kind: of a MARK. sample: a track
    whose style a line is drawn in. most: passages that the last colour of COUNTED_TRACKS is for.
    """

    symbol: Symbol
    craft: Craft | None = None
    kind: ReportKind | None = None
    mark_kind: str = ""
    sample: Track | None = None
    most: float = 0.0

    @property
    def text(self) -> str:
        """Return the words beside the symbol."""
        match self.symbol:
            case Symbol.FIX if self.craft in (None, Craft.SMALL_BOAT):
                return translate("Snapshot", "Position reported, time in UTC")
            case Symbol.FIX:
                assert self.craft is not None, "ruled out by the case before"
                return _capitalised(craft_text, self.craft)
            case Symbol.OTHER_REPORT:
                assert self.kind is not None, "a report that is no fix has a kind"
                return _capitalised(kind_text, self.kind)
            case Symbol.UNATTRIBUTED:
                return translate("Snapshot", "Report of no known boat")
            case Symbol.TRACK:
                return translate("Snapshot", "Track through the reports")
            case Symbol.CLOSED_TRACK:
                return translate("Snapshot", "Closed track")
            case Symbol.COUNTED_TRACKS:
                words = translate("Snapshot", "Passages of tracks, 1 to {most} or more")
                return words.format(most=f"{float(f'{self.most:.2g}'):,.0f}".replace(",", " "))
            case Symbol.SEARCH:
                return translate("Snapshot", "Planned search")
            case Symbol.SEARCH_DATUM:
                return translate("Snapshot", "Datum and radius of a search")
            case Symbol.BEACH:
                return translate("Snapshot", "Launch beach, plotted")
            case Symbol.REGISTER_BEACH:
                return translate("Snapshot", "Launch beach, from the register")
            case Symbol.MARK:
                return translate("Snapshot", "Named mark, approximate")
            case Symbol.BOUNDARY:
                return translate("Snapshot", "UK–France boundary of 1988")
            case Symbol.WATERS_LIMIT:
                return translate("Snapshot", "Limit of waters, loaded")
            case Symbol.SAR_LIMIT:
                return translate("Snapshot", "Search and rescue limit, loaded")


def legend_of(scene: Scene) -> tuple[LegendEntry, ...]:
    """Return an entry for everything that is in view, in order."""
    found: dict[tuple[Symbol, Craft | None, ReportKind | None], LegendEntry] = {}
    for entry in _entries(scene):
        found.setdefault((entry.symbol, entry.craft, entry.kind), entry)
    return tuple(sorted(found.values(), key=_order))


def most_rows(scene: Scene) -> int:
    """Return how many entries the legend can have, whatever part of the chart is shown."""
    layering = scene.layering.at_every_scale()
    # What is counted in one view are lines in another.
    everywhere = replace(
        scene,
        plot=_one_of_each(scene.plot),
        viewport=_EVERYWHERE,
        layering=layering,
        density_mode=DensityMode.LINES,
        crowding=None,
    )
    entries = [e for e in legend_of(everywhere) if e.symbol not in _AT_CLOSE_SCALES]
    other_kinds = {e.kind for e in entries if e.symbol is Symbol.OTHER_REPORT}
    if everywhere.shows(Layer.REPORTS):
        kinds = {report.kind for report in placed(scene.plot).others} - {ReportKind.POSITION}
        other_kinds |= kinds
    others = [e for e in entries if e.symbol is not Symbol.OTHER_REPORT]
    rows = len(others) + len(other_kinds)
    return rows + len(_AT_CLOSE_SCALES) + _may_be_counted(scene)


def _one_of_each(plot: Plot) -> Plot:
    """Return the plot with a track of each look: what other reports theirs have is left out."""
    of_each: dict[tuple[Craft, TrackStatus, int], Track] = {}
    for track in plot.tracks.values():
        look = (track.craft, track.status, min(len(track.line_deg), 2))
        of_each.setdefault(look, track)
    return replace(plot, tracks={track.uid: track for track in of_each.values()})


def _may_be_counted(scene: Scene) -> bool:
    """Return whether there is a view in which tracks are counted."""
    most_lines = 0 if scene.density_mode is DensityMode.DENSITY else FEW_TRACKS
    return scene.density_mode is not DensityMode.LINES and len(scene.plot.tracks) > most_lines


@in_each
def _capitalised(worded: Callable[[Code], str], code: Code) -> str:
    words = worded(code)
    return words[:1].upper() + words[1:]


def _order(entry: LegendEntry) -> tuple[int, int, int]:
    crafts, kinds = list(Craft), list(ReportKind)
    return (
        entry.symbol,
        crafts.index(entry.craft) if entry.craft else 0,
        kinds.index(entry.kind) if entry.kind else 0,
    )


def _entries(scene: Scene) -> Iterator[LegendEntry]:
    # A line's sample is that of a boat, where there is one.
    tracks = sorted(shown_tracks(scene), key=_is_no_boat)
    if scene.shows(Layer.REPORTS):
        crafts = set[Craft]()
        for shown in tracks:
            # One of each will do: there may be ten thousand.
            if shown.track.craft not in crafts:
                for entry in _fix_entries(shown, scene.viewport):
                    crafts.add(shown.track.craft)
                    yield entry
    if scene.shows(Layer.TRACKS):
        lines = set[bool]()
        for shown in tracks:
            if shown.track.is_closed not in lines:
                for entry in _line_entries(shown, scene.viewport):
                    lines.add(shown.track.is_closed)
                    yield entry
        yield from _counted_entries(scene)
    if scene.shows(Layer.REPORTS):
        yield from _report_entries(scene)
    yield from _search_entries(scene)
    if scene.shows(Layer.BEACHES):
        for beach in shown_beaches(scene):
            if _is_inside(beach.x_px, beach.y_px, scene.viewport):
                yield LegendEntry(Symbol.BEACH if beach.is_of_plot else Symbol.REGISTER_BEACH)
    for mark, x_px, y_px in shown_marks(scene):
        if _is_inside(x_px, y_px, scene.viewport):
            yield LegendEntry(Symbol.MARK, mark_kind=mark.kind)
    if scene.shows(Layer.BOUNDARY) and _shows_line(line_px(scene), scene.viewport):
        yield LegendEntry(Symbol.BOUNDARY)
    for limit in limits.shown_limits(scene):
        if _shows_line(limits.line_px(limit, scene), scene.viewport):
            is_waters = limit.purpose is LimitPurpose.WATERS
            yield LegendEntry(Symbol.WATERS_LIMIT if is_waters else Symbol.SAR_LIMIT)


def _is_no_boat(shown: ShownTrack) -> bool:
    return shown.track.craft is not Craft.SMALL_BOAT


def _fix_entries(shown: ShownTrack, viewport: Viewport) -> Iterator[LegendEntry]:
    symbols_px = shown.line_px[shown.fixes]
    if any(_is_inside(float(x), float(y), viewport) for x, y in symbols_px):
        yield LegendEntry(Symbol.FIX, craft=shown.track.craft)


def _line_entries(shown: ShownTrack, viewport: Viewport) -> Iterator[LegendEntry]:
    track = shown.track
    if len(shown.line_px) > 1 and _shows_line(shown.line_px, viewport):
        kind = Symbol.CLOSED_TRACK if track.is_closed else Symbol.TRACK
        yield LegendEntry(kind, sample=track)


def _counted_entries(scene: Scene) -> Iterator[LegendEntry]:
    crowds = crowding_of(scene)
    if crowds.tracks and crowds.counted_share(scene.density_mode) > density.SHOWS:
        yield LegendEntry(Symbol.COUNTED_TRACKS, most=density.ramp_of(scene.palette, crowds).most)


def _report_entries(scene: Scene) -> Iterator[LegendEntry]:
    for shown in shown_reports(scene):
        if not _is_inside(shown.x_px, shown.y_px, scene.viewport):
            continue
        if shown.report.kind is not ReportKind.POSITION:
            yield LegendEntry(Symbol.OTHER_REPORT, kind=shown.report.kind)
        elif shown.track is None:
            yield LegendEntry(Symbol.UNATTRIBUTED)


def _search_entries(scene: Scene) -> Iterator[LegendEntry]:
    viewport = scene.viewport
    for search in searches.shown_searches(scene):
        if _shows_line(searches.legs_px(search, scene), viewport):
            yield LegendEntry(Symbol.SEARCH)
        radius_px = circle_px(search.datum, search.radius_m, viewport)
        is_datum_inside = _is_inside(*viewport.pixel_of(search.datum), viewport)
        if is_datum_inside or _shows_line(radius_px, viewport):
            yield LegendEntry(Symbol.SEARCH_DATUM)


def _is_inside(x_px: float, y_px: float, viewport: Viewport) -> bool:
    return 0.0 <= x_px <= viewport.width_px and 0.0 <= y_px <= viewport.height_px


def _shows_line(points_px: npt.NDArray[np.float64], viewport: Viewport) -> bool:
    """Return whether any part of a line is in view."""
    view = (0.0, 0.0, viewport.width_px, viewport.height_px)
    return next(clipped_runs(points_px, view), None) is not None
