"""From settings to pages: the sheets of a snapshot, and the reports on paper that follow."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from channelplot.basemap.basemap import Basemap
from channelplot.basemap.levels import Levels
from channelplot.basemap.mbtiles import MbTiles
from channelplot.chart.language import translate
from channelplot.chart.layers import Layering, reference_uid
from channelplot.chart.reference import ReferenceFeatures
from channelplot.chart.scene import NO_REFERENCES, Scene
from channelplot.chart.viewport import Viewport
from channelplot.errors import SheetFault, SheetRefused
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.text import date_time_group
from channelplot.model.plot import Plot
from channelplot.snapshot.blank_table import blank_table
from channelplot.snapshot.boat_table import boat_table
from channelplot.snapshot.boat_waters import waters_of_boats
from channelplot.snapshot.by_hour import hours_of, told_by
from channelplot.snapshot.compose import PALETTE, composition_of, page_texts
from channelplot.snapshot.content import BoatList, Told, boat_list, listed_tracks
from channelplot.snapshot.log_table import LogRow, log_table
from channelplot.snapshot.page import Page
from channelplot.snapshot.paper import Sheet
from channelplot.snapshot.record import PlotState
from channelplot.snapshot.release import PROFILES, ReleaseProfile, released
from channelplot.snapshot.settings import Extent, Report, Series, SheetSettings
from channelplot.snapshot.table_page import Table, table_pages
from channelplot.snapshot.view import (
    DOVER_STRAIT,
    all_bounds,
    tracks_bounds,
    usual_bounds,
    with_room,
)

T = TypeVar("T")
VECTOR_DPI = 300.0
"""Pages of a PDF or SVG are laid out as if in so many pixels an inch."""
MOST_PAGES = 500


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What sheets are made of.

    plot: as it is to be shown, known at the time the settings name. pending_uids: what is not on
    disk yet, drawn so. references: what is loaded of the plot's reference layers, by uid. state:
    None where the plot is not just what its file holds. log_rows: the acts that led to the plot.
    """

    plot: Plot
    basemap: Basemap | None = None
    levels: Levels | None = None
    references: Mapping[str, ReferenceFeatures | MbTiles] = field(
        default_factory=lambda: NO_REFERENCES
    )
    pending_uids: frozenset[str] = frozenset()
    state: PlotState | None = None
    log_rows: Sequence[LogRow] = ()


def pages_of(settings: SheetSettings, source: Source, dpi: float = VECTOR_DPI) -> tuple[Page, ...]:
    """Return the pages of a snapshot: the map first, then the boats it had no room for.

    A series has so many maps one after the other. dpi: what the pages are laid out in. Needs a
    QGuiApplication; any thread. Raises KeyError for a profile that there is none of, SheetRefused
    for a page too small for a map, a series by area without areas, and more than MOST_PAGES pages.
    """
    profile = PROFILES[settings.profile] if settings.profile else None
    plot = _shown(settings, source.plot, profile)
    told = _told(settings, source.state, profile)
    maker = _Maker(settings, source, settings.sheet(dpi), profile is not None)
    sheets = tuple(islice(_sheets(settings, plot, told, source.basemap), MOST_PAGES + 1))
    if len(sheets) > MOST_PAGES:
        raise SheetRefused(SheetFault.TOO_MANY_PAGES, MOST_PAGES)
    pages: list[Page] = []
    for sheet in sheets:
        pages += maker.sheet(sheet)
    for report in settings.reports:
        pages += maker.report(report, plot, told)
    if len(pages) > MOST_PAGES:
        raise SheetRefused(SheetFault.TOO_MANY_PAGES, MOST_PAGES)
    return tuple(pages)


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """One map of a series: the plot it shows, where, and what is told of it."""

    plot: Plot
    bounds: Bounds
    told: Told


@dataclass(frozen=True, slots=True, eq=False)
class _Maker:
    """Lays sheets out."""

    settings: SheetSettings
    source: Source
    sheet_of_paper: Sheet
    is_released: bool

    def sheet(self, sheet: _Sheet) -> Iterator[Page]:
        """Yield the page with the map, and those with the boats it has no room for."""
        composition = composition_of(
            self.sheet_of_paper, self._scene(sheet.plot), sheet.bounds, sheet.told,
            self.settings.scale,
        )  # fmt: skip
        rest = composition.boats_left_out if self.settings.has_all_boats else ()
        yield replace(composition, is_continued=bool(rest))
        if rest:
            left_out = replace(composition.boats, rows=rest)
            table = self._boat_table(left_out, sheet.plot)
            yield from self._table(table, sheet.plot, sheet.told, before=1)

    def report(self, report: Report, plot: Plot, told: Told) -> Iterator[Page]:
        """Yield the pages of a report. A release copy has no log: it is made of words and names."""
        moment_utc = told.cut_off_utc or plot.last_observed_at_utc()
        if report is Report.BOATS:
            titled = _titled(told, translate("Snapshot", "Boats"))
            yield from self._table(
                self._boat_table(boat_list(plot, moment_utc), plot), plot, titled
            )
        elif report is Report.LOG and not self.is_released:
            titled = _titled(told, translate("Snapshot", "Watch log"))
            yield from self._table(log_table(self.source.log_rows), plot, titled)
        elif report is Report.BLANK:
            yield from self._blank(plot, told)

    def _boat_table(self, boats: BoatList, plot: Plot) -> Table:
        """Return the list of boats. In a release copy the waters of a rounded place say nothing."""
        if self.is_released:
            return boat_table(boats)
        tracks = (row.track for row in boats.rows)
        return boat_table(boats, waters_of_boats(tracks, plot, self.source.basemap))

    def _blank(self, plot: Plot, told: Told) -> Iterator[Page]:
        """Yield a map of what is charted to plot on by hand, and lines to write on."""
        bare = Plot(marks={} if self.is_released else plot.marks)
        bounds = bounds_of(self.settings, plot, self.source.basemap)
        titled = Told(
            translate("Snapshot", "Plotting sheet"),
            cut_off_utc=told.cut_off_utc or plot.last_observed_at_utc(),
            marking=told.marking,
            is_blank=True,
        )
        yield composition_of(
            self.sheet_of_paper, self._scene(bare), bounds, titled, self.settings.scale
        )
        yield from self._table(blank_table(), bare, titled)

    def _table(self, table: Table, plot: Plot, told: Told, before: int = 0) -> Iterator[Page]:
        texts = page_texts(self._scene(plot), told)
        yield from table_pages(self.sheet_of_paper, texts, table, PALETTE, before)

    def _scene(self, plot: Plot) -> Scene:
        source, layering = self.source, self.settings.layering
        if self.is_released:
            layering = without_references(layering)
        return Scene(
            plot=plot,
            viewport=_ANY_VIEW,
            basemap=source.basemap,
            levels=source.levels,
            pending_uids=source.pending_uids,
            layering=layering,
            density_mode=self.settings.density_mode,
            references=NO_REFERENCES if self.is_released else source.references,
        )


def _titled(told: Told, title: str) -> Told:
    return replace(told, title=f"{told.title} · {title}".removeprefix(" · "))


def without_references(layering: Layering) -> Layering:
    """Return the layering without any reference layer."""
    return replace(
        layering, views=tuple(v for v in layering.views if reference_uid(v.layer) is None)
    )


def bounds_of(settings: SheetSettings, plot: Plot, basemap: Basemap | None) -> Bounds:
    """Return what a sheet of a plot shows, at least; the Strait where nothing is plotted.

    A point is shown with the waters around it.
    """
    if isinstance(settings.extent, Bounds):
        bounds = settings.extent
        is_point = bounds.west_deg == bounds.east_deg and bounds.south_deg == bounds.north_deg
        return with_room(bounds) if is_point else bounds
    if settings.extent is Extent.OPEN:
        return usual_bounds(plot, basemap.beaches if basemap else ())
    return bounds_about(plot, plot.tracks) if settings.extent is Extent.TRACKS else all_bounds(plot)


def bounds_about(plot: Plot, track_uids: Collection[str], profile: str = "") -> Bounds:
    """Return what shows some tracks and the searches for them; the Strait if they have no place.

    profile: code of a release profile: the frame of a copy must not tell where they really are.
    """
    shown = released(plot, PROFILES[profile]) if profile else plot
    bounds = tracks_bounds(shown, track_uids)
    return with_room(bounds) if bounds else DOVER_STRAIT


def _shown(settings: SheetSettings, plot: Plot, profile: ReleaseProfile | None) -> Plot:
    """Return the plot with no more than a sheet may show, in an order that is always the same.

    A plot that was worked with, loaded or gone back to has its tracks in another order.
    """
    plot = in_order(plot)
    if settings.track_uids is not None:
        wanted = settings.track_uids
        plot = replace(
            plot,
            tracks={uid: track for uid, track in plot.tracks.items() if uid in wanted},
            unattributed=(),
            searches={
                uid: search
                for uid, search in plot.searches.items()
                if search.track_uid is None or search.track_uid in wanted
            },
        )
    return plot if profile is None else released(plot, profile)


def in_order(plot: Plot) -> Plot:
    """Return the plot with its tracks in order of their making, all else in order of uids."""
    tracks = sorted(plot.tracks.values(), key=lambda track: (track.created_at_utc, track.uid))

    def by_uid(entities: Mapping[str, T]) -> Mapping[str, T]:
        return dict(sorted(entities.items()))

    return replace(
        plot,
        tracks={track.uid: track for track in tracks},
        beaches=by_uid(plot.beaches),
        marks=by_uid(plot.marks),
        limits=by_uid(plot.limits),
        searches=by_uid(plot.searches),
        reference_layers=by_uid(plot.reference_layers),
    )


def _told(settings: SheetSettings, state: PlotState | None, profile: ReleaseProfile | None) -> Told:
    notes: tuple[str, ...] = ()
    if profile is not None:
        text = translate(
            "Snapshot", "Release copy: positions to {grid}; sources, words and names left out"
        )
        notes = (text.format(grid=grid_text(profile.grid_deg)),)
    return Told(
        title=settings.title,
        cut_off_utc=settings.cut_off_utc,
        author="" if profile else settings.author,
        marking=settings.marking,
        state_text=state.short_text if state else "",
        notes=notes,
    )


def grid_text(grid_deg: float) -> str:
    """Return the step of a grid: ``0.1°``, and below that in minutes, ``1′``."""
    minutes = grid_deg * 60.0
    return f"{minutes:g}′" if minutes < 6.0 - 1e-9 else f"{grid_deg:g}°"


def _sheets(
    settings: SheetSettings, plot: Plot, told: Told, basemap: Basemap | None
) -> Iterator[_Sheet]:
    """Yield the maps of a series, or the one there is."""
    bounds = bounds_of(settings, plot, basemap)
    if settings.series is Series.BOAT:
        moment_utc = told.cut_off_utc or plot.last_observed_at_utc()
        yield from _by_boat(plot, bounds, replace(told, cut_off_utc=moment_utc))
    elif settings.series is Series.HOUR:
        yield from _by_hour(plot, bounds, told)
    elif settings.series is Series.AREA:
        if not settings.areas:
            raise SheetRefused(SheetFault.NO_AREAS)
        for area in settings.areas:
            # What the desk calls an area is a name, and a release copy has none.
            titled = told if settings.profile else _titled(told, area.name)
            yield _Sheet(plot, area.bounds, titled)
    else:
        yield _Sheet(plot, bounds, told)


def _by_boat(plot: Plot, bounds: Bounds, told: Told) -> Iterator[_Sheet]:
    """Yield a sheet for each listed boat that has a place, in the order of the list.

    One sheet of the plot where there is no such boat.
    """
    placed = 0
    for track in listed_tracks(plot):
        searches = {uid: s for uid, s in plot.searches.items() if s.track_uid == track.uid}
        alone = replace(plot, tracks={track.uid: track}, unattributed=(), searches=searches)
        found = tracks_bounds(alone, alone.tracks)
        if found is not None:
            placed += 1
            yield _Sheet(alone, with_room(found), _titled(told, track.name))
    if not placed:
        yield _Sheet(plot, bounds, told)


def _by_hour(plot: Plot, bounds: Bounds, told: Told) -> Iterator[_Sheet]:
    """Yield a sheet for each full hour with something new, of what had been reported by then."""
    hours = hours_of(plot, told.cut_off_utc)
    if not hours:
        yield _Sheet(plot, bounds, told)
    for until_utc in hours:
        titled = _titled(told, date_time_group(until_utc))
        then = replace(titled, cut_off_utc=until_utc, is_replayed=True)
        yield _Sheet(told_by(plot, until_utc), bounds, then)


_ANY_VIEW = Viewport(0.0, 0.0, 1.0, 1.0, 1.0)
"""Stands in for the sheet's own view until the layout is known."""
