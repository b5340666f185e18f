"""The one call that makes a sheet of a plot; the window and the command line use it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from PySide6.QtGui import QImage

from channelplot.basemap.basemap import Basemap
from channelplot.basemap.levels import Levels
from channelplot.basemap.mbtiles import MbTiles
from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import DEFAULT_LAYERING, Layering
from channelplot.chart.reference import ReferenceFeatures
from channelplot.chart.scene import NO_REFERENCES, Scene
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.bounds import Bounds
from channelplot.model.plot import Plot
from channelplot.snapshot.compose import compose, composition_of
from channelplot.snapshot.paper import Sheet
from channelplot.snapshot.view import DOVER_STRAIT, open_bounds, plotted_bounds, with_room

DEFAULT_SIZE_PX: Final = (1600, 1131)
"""A4 across, at 137 dots per inch."""
LEAST_SIDE_PX: Final = 400
MOST_SIDE_PX: Final = 8000


def snapshot_of(
    plot: Plot,
    bounds: Bounds,
    *,
    title: str,
    cut_off_utc: datetime | None,
    basemap: Basemap | None,
    levels: Levels | None,
    size_px: tuple[int, int] = DEFAULT_SIZE_PX,
    selected_uids: frozenset[str] = frozenset(),
    pending_uids: frozenset[str] = frozenset(),
    layering: Layering = DEFAULT_LAYERING,
    references: Mapping[str, ReferenceFeatures | MbTiles] = NO_REFERENCES,
    cancel: Cancel | None = None,
) -> QImage:
    """Return a sheet of the plot that shows all of the bounds, in day colours.

    cut_off_utc: the time up to which the plot is complete, as the sheet will say: the
    present time of a watch, or None for the time of the last report. size_px: width and
    height, each from LEAST_SIDE_PX to MOST_SIDE_PX. pending_uids: what is not on disk
    yet, drawn so. layering, references: as the chart's. Any thread; a cancelled sheet is
    unfinished. Raises MemoryError if there is no room for the picture, ValueError for a size out
    of range.
    """
    if not all(LEAST_SIDE_PX <= side_px <= MOST_SIDE_PX for side_px in size_px):
        msg = f"sides from {LEAST_SIDE_PX} to {MOST_SIDE_PX} pixels expected, not {size_px}"
        raise ValueError(msg)
    scene = Scene(
        plot=plot,
        viewport=_ANY_VIEW,
        basemap=basemap,
        levels=levels,
        selected_uids=selected_uids,
        pending_uids=pending_uids,
        layering=layering,
        references=references,
    )
    composition = composition_of(Sheet.of_pixels(*size_px), scene, bounds, title, cut_off_utc)
    return compose(composition, cancel)


def usual_bounds(plot: Plot, basemap: Basemap | None) -> Bounds:
    """Return what a sheet shows unasked: the open tracks and their beaches, else the Strait."""
    bounds = open_bounds(plot, basemap.beaches if basemap else ())
    return with_room(bounds) if bounds else DOVER_STRAIT


def all_bounds(plot: Plot) -> Bounds:
    """Return what holds all that is plotted, with a little room; the Strait for nothing."""
    bounds = plotted_bounds(plot)
    return with_room(bounds) if bounds else DOVER_STRAIT


_ANY_VIEW: Final = Viewport(0.0, 0.0, 1.0, 1.0, 1.0)
"""Stands in for the sheet's own view until the layout is known."""
