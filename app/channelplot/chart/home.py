"""The view to start from: where the open tracks are; no Qt."""

from collections.abc import Iterable
from typing import Final

from channelplot.chart.viewport import Viewport
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot

STRAIT: Final = Bounds(1.05, 50.80, 2.14, 51.235)
"""The Dover Strait, from Hythe to Gravelines: what shows when there is no open track."""
SMALLEST_DEG: Final = 0.08
"""A few miles: a single position is not shown at the closest scale."""
MARGIN_PX: Final = 110.0


def home_bounds(plot: Plot) -> Bounds | None:
    """Return what holds all positions of the open tracks, a few miles at least; None for none."""
    positions = [
        report.position
        for track in plot.tracks.values()
        if not track.is_closed
        for report in track.reports
        if report.position is not None
    ]
    bounds = Bounds.around(positions)
    return None if bounds is None else not_too_close(bounds)


def not_too_close(bounds: Bounds) -> Bounds:
    """Return bounds, or a few miles around the same middle where they are smaller."""
    width_deg = max(0.0, SMALLEST_DEG * 1.6 - (bounds.east_deg - bounds.west_deg)) / 2.0
    height_deg = max(0.0, SMALLEST_DEG - (bounds.north_deg - bounds.south_deg)) / 2.0
    return _widened(bounds, width_deg, height_deg)


def home_viewport(plot: Plot, viewport: Viewport, unseen: Iterable[Position] = ()) -> Viewport:
    """Return the view of the same size that shows all open tracks, or the Strait.

    unseen: what must be in view besides, if anything.
    """
    bounds = home_bounds(plot)
    unseen = list(unseen)
    if unseen:
        held = bounds or STRAIT
        corners = (
            Position(held.west_deg, held.south_deg), Position(held.east_deg, held.north_deg)
        )  # fmt: skip
        bounds = Bounds.around([*corners, *unseen])
    if bounds is None:
        return viewport.fitted(STRAIT, 0.0)
    return viewport.fitted(bounds, MARGIN_PX)


def _widened(bounds: Bounds, lon_deg: float, lat_deg: float) -> Bounds:
    """Return the bounds with so much more on every side, cut at the edges of the Earth."""
    return Bounds(
        max(bounds.west_deg - lon_deg, -180.0),
        max(bounds.south_deg - lat_deg, -90.0),
        min(bounds.east_deg + lon_deg, 180.0),
        min(bounds.north_deg + lat_deg, 90.0),
    )
