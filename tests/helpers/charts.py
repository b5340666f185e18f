"""The shipped chart and views of it, for tests of what is drawn."""

import functools

from channelplot.basemap.basemap import Basemap, load_basemap
from channelplot.basemap.levels import Levels
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport, viewport_of
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, ReportKind, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from helpers.builders import R1, R2, R3, R5, R6, SANGATTE, a_beach, a_plot, a_report, a_track, ddm

STRAIT = Bounds(1.05, 50.80, 2.14, 51.235)
CALAIS = Bounds(1.80, 50.94, 1.92, 50.99)
CHANNEL = Bounds(-7.0, 48.0, 4.5, 52.2)
JERSEY = Bounds(-2.4, 49.1, -1.9, 49.3)


@functools.cache
def basemap() -> Basemap:
    """Return the shipped layers, read once for all tests."""
    return load_basemap()


@functools.cache
def levels() -> Levels:
    """Return their levels, shared by all tests."""
    return Levels(basemap())


def view(bounds: Bounds = STRAIT, width_px: float = 320.0, height_px: float = 200.0) -> Viewport:
    """Return a view of a size that shows the bounds."""
    return viewport_of(bounds, width_px, height_px, 0.0)


def view_around(position: Position, m_per_px: float = 80.0, size_px: float = 400.0) -> Viewport:
    """Return a square view in a scale, in chart metres per pixel, about a position."""
    return Viewport(0.0, 0.0, m_per_px, size_px, size_px).centred_on(position)


def night_plot() -> Plot:
    """Return boats, a cutter and beaches of the acceptance night, after the cutter found A."""
    boat = a_track(
        "A",
        [
            a_report("0130", position=SANGATTE, kind=ReportKind.LAUNCH),
            a_report("0210", position=R1),
            a_report("0228", position=R2),
            a_report("0340", position=R5),
            a_report("0412", position=R6, people=PeopleCount(total=47)),
        ],
    )
    returned = a_track(
        "B",
        [
            a_report("0252", position=ddm(51, 2.4, 1, 50.3)),
            a_report("0325", position=ddm(51, 0.5, 1, 52.0), people=PeopleCount(total=22)),
        ],
        status=TrackStatus.RETURNED,
    )
    lost = a_track("C", [a_report("0245", position=R3, people=PeopleCount(total=55))])
    cutter = a_track(
        "CUTTER-1",
        [a_report("0346", position=ddm(51, 6.7, 1, 20.6)), a_report("0412", position=R6)],
        craft=Craft.RESCUE_VESSEL,
    )
    prevented = a_report("0105", position=ddm(50, 53.4, 1, 39.6), kind=ReportKind.PREVENTED)
    beaches = [a_beach(), a_beach("Wissant", ddm(50, 53.4, 1, 39.6))]
    return a_plot(boat, returned, lost, cutter, unattributed=[prevented], beaches=beaches)


def a_scene(plot: Plot | None = None, viewport: Viewport | None = None) -> Scene:
    """Return a scene of the shipped chart: the night over the Strait unless said."""
    return Scene(
        plot=night_plot() if plot is None else plot,
        viewport=view() if viewport is None else viewport,
        basemap=basemap(),
        levels=levels(),
    )
