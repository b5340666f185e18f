"""One of everything drawn once, before another thread draws.

PySide6 makes the Python side of a Qt class or enumeration when it is first used, and two
threads that do so at once end in a segmentation fault (6.11.3: two first calls of
QPainter.fillRect are enough). So the GUI thread is the first to use all that is drawn with.
"""

import functools
from datetime import UTC, datetime
from typing import Final

import numpy as np
import shapely

from channelplot.basemap.basemap import Basemap
from channelplot.basemap.boundary import Boundary
from channelplot.basemap.coast_names import CoastName, Side
from channelplot.basemap.levels import Levels
from channelplot.basemap.places import Place
from channelplot.chart.cancel import Cancel
from channelplot.chart.render_image import render_group
from channelplot.chart.renderers.table import Group
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import viewport_of
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.model.beach import Beach, Mark
from channelplot.model.codes import Craft, ReportKind, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track

_AREA: Final = Bounds(1.4, 50.9, 1.5, 51.0)
_WEST: Final = Position(1.42, 50.95)
_MIDDLE: Final = Position(1.45, 50.94)
_EAST: Final = Position(1.48, 50.96)
_WIDTH_PX: Final = 400.0
_HEIGHT_PX: Final = 300.0
"""Large enough for every kind of label to find a place."""
_SANDS_DEG: Final = np.array(((1.4, 50.925), (1.5, 50.925)))
_NOON_UTC: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)


@functools.cache
def warm_up() -> None:
    """Draw a made-up scene that has one of everything and drop it; only the first time.

    Call it on the GUI thread before anything is drawn on another.
    """
    plot, basemap = made_up()
    scene = Scene(
        plot=plot,
        viewport=viewport_of(_AREA, _WIDTH_PX, _HEIGHT_PX, 0.0),
        basemap=basemap,
        levels=Levels(basemap),
        selected_uids=frozenset({"track", "report-1"}),
        pending_uids=frozenset({"report-2", "beach"}),
    )
    for group in Group:
        render_group(scene, group, Cancel())


def made_up() -> tuple[Plot, Basemap]:
    """Return a plot and a chart of nowhere that have one of everything."""
    return _plot(), _basemap()


def _basemap() -> Basemap:
    shore = [(1.40, 50.90), (1.43, 50.92), (1.50, 50.90), (1.45, 50.88)]
    beach = Beach(uid="register", name="Register", position=_WEST)
    marks = tuple(
        Mark(uid=kind, code=kind, name=kind, kind=kind, position=Position(1.41 + n / 50, 50.93))
        for n, kind in enumerate(("light", "entrance", "headland"))
    )
    return Basemap(
        land=np.array([shapely.Polygon(shore)], dtype=np.object_),
        land_states=("GB",),
        coastline=np.array([shapely.LineString(shore)], dtype=np.object_),
        coastline_states=("GB",),
        state_areas=np.array([shapely.box(1.4, 50.8, 1.5, 51.0)], dtype=np.object_),
        state_area_states=("GB",),
        places=(Place("Place", Position(1.44, 50.91), 200_000, "GB"),),
        boundary=Boundary(
            "warm_up", (Position(1.40, 50.98), Position(1.50, 50.985)), ("I", "II"), ""
        ),
        beaches=(beach,),
        marks=marks,
        coast_names=(
            CoastName("Sea", "en", "bank", Side.ON, 1.0, 1e9, _SANDS_DEG, 0.0, "warm_up"),
        ),
    )


def _plot() -> Plot:
    plot = Plot(is_example=True).with_beach(Beach(uid="beach", name="Beach", position=_EAST))
    line = (_WEST, _MIDDLE, _EAST)
    for uid, status in (("closed", TrackStatus.LANDED), ("track", TrackStatus.UNDER_WAY)):
        track = Track(
            uid=uid,
            name=uid[0].upper(),
            craft=Craft.SMALL_BOAT,
            created_at_utc=_NOON_UTC,
            status=status,
            reports=tuple(
                _report(f"report-{number}", position, uid) for number, position in enumerate(line)
            ),
        )
        plot = plot.with_track(track)
    for number, kind in enumerate(ReportKind):
        position = Position(1.41 + number / 60.0, 50.97)
        plot = plot.with_report(_report(f"other-{number}", position, None, kind))
    return plot


def _report(
    uid: str, position: Position, track_uid: str | None, kind: ReportKind = ReportKind.POSITION
) -> Report:
    return Report(
        uid=uid,
        kind=kind,
        observed_at_utc=_NOON_UTC,
        received_at_utc=_NOON_UTC,
        logged_at_utc=_NOON_UTC,
        track_uid=track_uid,
        position=position,
        people=PeopleCount(total=1),
    )
