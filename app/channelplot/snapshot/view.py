"""Which part of the chart a sheet shows, and at what scale; no drawing."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from channelplot.basemap.basemap import CHART_AREA
from channelplot.chart.viewport import LARGEST_SCALE, MM_PER_PX, Viewport
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import (
    ground_metres_per_chart_metre,
    position_from_chart_m,
    position_to_chart_m,
)
from channelplot.model.beach import Beach
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.search import PlannedSearch
from channelplot.snapshot.paper import LEAST_PX_PER_MM, Rect, Sheet

DOVER_STRAIT: Final = Bounds(1.05, 50.75, 2.0, 51.25)
"""What a sheet shows when nothing is plotted: Folkestone to Gravelines."""
_ROOM: Final = 0.09
"""Share of the picture left free on each side of what is to be seen."""
_LEAST_EXTENT_M: Final = 12_000.0
"""A single report is shown with so much sea around it, in chart metres."""
_ROUND_STEPS: Final = ((2.0, 0.05), (5.0, 0.1), (10.0, 0.25))
"""Up to a first figure, the steps in which a scale is rounded: at most 5 % coarser."""


def open_bounds(plot: Plot, register: Iterable[Beach] = ()) -> Bounds | None:
    """Return what holds the open tracks, their beaches and searches for them; None for none.

    register: the shipped beaches, for a launch beach the plot has no copy of. Positions
    beyond the chart's area are left out.
    """
    return _around(_open_positions(plot, {beach.uid: beach for beach in register}))


def plotted_bounds(plot: Plot) -> Bounds | None:
    """Return what holds every report, beach and planned search of the plot; None for none.

    Positions beyond the chart's area are left out.
    """
    return _around(_plotted_positions(plot))


def tracks_bounds(plot: Plot, track_uids: Collection[str]) -> Bounds | None:
    """Return what holds the reports of some tracks and the searches for them; None for none.

    Positions beyond the chart's area are left out.
    """
    return _around(_positions_about(plot, track_uids))


def usual_bounds(plot: Plot, register: Iterable[Beach] = ()) -> Bounds:
    """Return what a sheet shows unasked: what ``open_bounds`` holds, else the Strait."""
    bounds = open_bounds(plot, register)
    return with_room(bounds) if bounds else DOVER_STRAIT


def all_bounds(plot: Plot) -> Bounds:
    """Return what holds all that is plotted, with a little room; the Strait for nothing."""
    bounds = plotted_bounds(plot)
    return with_room(bounds) if bounds else DOVER_STRAIT


def sheet_viewport(box: Rect, sheet: Sheet, bounds: Bounds, scale: float | None = None) -> Viewport:
    """Return the view that shows all of the bounds in a box of the sheet, in a round scale.

    scale: n of 1:n, for a view of that scale in the middle of the bounds, whether all of them
    show or not; true at the latitude of its middle.
    A device-independent pixel of the view is a 96th of an inch of the sheet, as it is on
    a screen, so symbols and letters have their usual size on paper.
    """
    west_m, south_m = position_to_chart_m(Position(bounds.west_deg, bounds.south_deg))
    east_m, north_m = position_to_chart_m(Position(bounds.east_deg, bounds.north_deg))
    centre_x_m, centre_y_m = (west_m + east_m) / 2.0, (south_m + north_m) / 2.0
    width_px, height_px = box.width_px / pixel_ratio(sheet), box.height_px / pixel_ratio(sheet)
    m_per_px = max((east_m - west_m) / width_px, (north_m - south_m) / height_px)
    ground = ground_metres_per_chart_metre(position_from_chart_m(centre_x_m, centre_y_m).lat_deg)
    fitting = max(m_per_px * ground * 1000.0 / MM_PER_PX, LARGEST_SCALE)
    denominator = round_scale(fitting) if scale is None else scale
    return Viewport(
        centre_x_m=centre_x_m,
        centre_y_m=centre_y_m,
        m_per_px=denominator * MM_PER_PX / 1000.0 / ground,
        width_px=width_px,
        height_px=height_px,
    )


def pixel_ratio(sheet: Sheet) -> float:
    """Return how many pixels of the sheet a device-independent pixel of its map takes."""
    return sheet.px_per_mm / LEAST_PX_PER_MM


def round_scale(denominator: float) -> float:
    """Return the next round denominator that is not smaller: 260 000 from 251 000."""
    power = 10.0 ** math.floor(math.log10(denominator))
    figure = denominator / power
    step = next(step for below, step in _ROUND_STEPS if figure < below)
    return math.ceil(round(figure / step, 6)) * step * power


def with_room(bounds: Bounds) -> Bounds:
    """Return bounds a little larger, so that nothing to be seen lies at the edge."""
    west_m, south_m = position_to_chart_m(Position(bounds.west_deg, bounds.south_deg))
    east_m, north_m = position_to_chart_m(Position(bounds.east_deg, bounds.north_deg))
    room = 1.0 / (1.0 - 2.0 * _ROOM)
    half_width_m = max((east_m - west_m) / 2.0 * room, _LEAST_EXTENT_M / 2.0)
    half_height_m = max((north_m - south_m) / 2.0 * room, _LEAST_EXTENT_M / 2.0)
    x_m, y_m = (west_m + east_m) / 2.0, (south_m + north_m) / 2.0
    south_west = position_from_chart_m(x_m - half_width_m, y_m - half_height_m)
    north_east = position_from_chart_m(x_m + half_width_m, y_m + half_height_m)
    return Bounds(south_west.lon_deg, south_west.lat_deg, north_east.lon_deg, north_east.lat_deg)


def _open_positions(plot: Plot, register: Mapping[str, Beach]) -> Iterator[Position]:
    for track in plot.tracks.values():
        if track.is_closed:
            continue
        yield from _positions_about(plot, (track.uid,))
        beach_uid = track.launch_beach_uid
        if beach_uid is not None:
            beach = plot.beaches.get(beach_uid) or register.get(beach_uid)
            if beach is not None:
                yield beach.position


def _plotted_positions(plot: Plot) -> Iterator[Position]:
    yield from _positions(plot.reports())
    for beach in plot.beaches.values():
        yield beach.position
    yield from _searched(plot.searches.values())


def _positions_about(plot: Plot, track_uids: Collection[str]) -> Iterator[Position]:
    for uid in track_uids:
        yield from _positions(plot.tracks[uid].reports)
    yield from _searched(s for s in plot.searches.values() if s.track_uid in track_uids)


def _searched(searches: Iterable[PlannedSearch]) -> Iterator[Position]:
    """Yield the ends of the legs, and the sides of the circle around the datum."""
    for search in searches:
        yield from search.waypoints
        for bearing_deg in (0.0, 90.0, 180.0, 270.0):
            yield destination(search.datum, bearing_deg, search.radius_m)


def _positions(reports: Iterable[Report]) -> Iterator[Position]:
    return (report.position for report in reports if report.position is not None)


def _around(positions: Iterable[Position]) -> Bounds | None:
    return Bounds.around(position for position in positions if CHART_AREA.contains(position))
