"""Each renderer alone, on a fixed scene and without text, in three palettes, as pictures kept.

`tasks.py golden --update` (CHANNELPLOT_GOLDEN_UPDATE=1) keeps new pictures: look at each.
"""

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from channelplot.analysis.error_circle import error_model
from channelplot.basemap.mbtiles import MbTiles
from channelplot.chart.cancel import Cancel
from channelplot.chart.chart_lines import BearingLine, MeasuredLine, Rings
from channelplot.chart.error_circles import error_circles as error_circles_of
from channelplot.chart.overlay import (
    Box,
    DragLine,
    Ghost,
    GhostCircle,
    GhostKind,
    GhostPath,
    Overlay,
)
from channelplot.chart.palette import PALETTES
from channelplot.chart.renderers import (
    beaches,
    boundary,
    chart_lines,
    coastline,
    error_circles,
    frame,
    graticule,
    limits,
    marks,
    reckoning,
    searches,
    tracks,
    urgency,
)
from channelplot.chart.renderers.overlay import draw_overlay
from channelplot.chart.renderers.raster import draw_tiles
from channelplot.chart.renderers.table import Renderer
from channelplot.chart.renderers.tracks import draw_lines
from channelplot.chart.scene import Scene
from channelplot.chart.urgency import Urgency
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.measure import bearing_and_distance
from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, ReportKind, TrackStatus
from channelplot.model.plot import Plot
from helpers.builders import R1, R2, R5, a_beach, a_mark, a_plot, a_report, a_track, at, ddm
from helpers.chart_things import marks_of_all, square_search, waters_limit
from helpers.charts import CALAIS, CHANNEL, JERSEY, STRAIT, a_scene, night_plot, view
from helpers.chartwork_builders import a_limit
from helpers.golden import assert_matches
from helpers.images import drawn_by
from helpers.made_up_tiles import Tile, marked_tile, tiles_over, write_tiles
from helpers.night_boats import boat_a, report_1, report_2, report_3
from helpers.night_chartwork import NIGHT_CONDITIONS

pytestmark = pytest.mark.usefixtures("qtbot")

ROW_LAT_MIN = (58.0, 54.0, 50.0)
SYMBOLS = Bounds(1.45, 50.80, 1.85, 50.99)


def assert_looks(name: str, palette: str, scene: Scene, *renderers: Renderer) -> None:
    image = drawn_by(replace(scene, palette=PALETTES[palette]), *renderers)
    assert_matches(image, name, palette)


@pytest.mark.parametrize(
    ("name", "bounds"),
    [("strait", STRAIT), ("calais", CALAIS), ("channel", CHANNEL), ("jersey", JERSEY)],
)
def test_coast(name: str, bounds: Bounds, palette: str) -> None:
    """Land, coast and, on the widest view, where the chart ends; no seams across the land."""
    scene = a_scene(Plot(), view(bounds))
    assert_looks(
        f"coast_{name}",
        palette,
        scene,
        coastline.draw_sea,
        coastline.draw_land,
        coastline.draw_coast,
    )


def test_coast_on_a_dense_screen(palette: str) -> None:
    """The same at twice the pixels: lines as wide as before, twice as fine."""
    scene = replace(a_scene(Plot(), view(CALAIS, 160, 100)), device_pixel_ratio=2.0)
    assert_looks(
        "coast_calais_dense",
        palette,
        scene,
        coastline.draw_sea,
        coastline.draw_land,
        coastline.draw_coast,
    )


def test_graticule(palette: str) -> None:
    """Thin, even lines, one device pixel wide."""
    assert_looks("graticule", palette, a_scene(Plot()), graticule.draw)


def test_boundary(palette: str) -> None:
    """Dashes and dots through all six points of the agreement."""
    assert_looks("boundary", palette, a_scene(Plot()), boundary.draw)


def test_frame_corner(palette: str) -> None:
    """The divided bar along the top and the right, and the corner between them closed."""
    image = drawn_by(replace(a_scene(Plot()), palette=PALETTES[palette]), frame.draw)
    assert_matches(image.copy(200, 0, 120, 80), "frame_corner", palette)


def test_beaches(palette: str) -> None:
    """The plot's beach filled, one not saved dashed, those of the register hollow."""
    pending = a_beach("Not saved", ddm(50, 52.0, 1, 25.0))
    plot = a_plot(beaches=[a_beach(), pending])
    scene = replace(a_scene(plot), pending_uids=frozenset({pending.uid}))
    assert_looks("beaches", palette, scene, beaches.draw)


def test_marks(palette: str) -> None:
    """A light, a beacon and an entrance off Calais, and the desk's own headland, a diamond."""
    plot = Plot().with_mark(a_mark("OWN", ddm(50, 57.5, 1, 54.0)))
    scene = a_scene(plot, view(Bounds(1.82, 50.95, 1.93, 51.0)))
    assert_looks("marks", palette, scene, marks.draw)


def test_tracks_of_the_night(palette: str) -> None:
    """A unbroken, B faded and dashed, C a single fix, the cutter dotted with squares."""
    assert_looks("tracks", palette, a_scene(), tracks.draw_lines, tracks.draw_symbols)


def test_a_selected_track(palette: str) -> None:
    """A thicker, on a yellow ground; its first fix as well."""
    plot = night_plot()
    track = next(iter(plot.tracks.values()))
    selected = frozenset({track.uid, track.fixes[0].uid})
    scene = replace(a_scene(plot), selected_uids=selected)
    assert_looks("tracks_selected", palette, scene, tracks.draw_lines, tracks.draw_symbols)


def test_a_pending_report(palette: str) -> None:
    """The last fix hollow and dashed, the one before it with its dot."""
    track = a_track("A", [a_report("0210", position=R1), a_report("0340", position=R5)])
    scene = replace(
        a_scene(a_plot(track), view(SYMBOLS)), pending_uids=frozenset({track.fixes[1].uid})
    )
    scene = replace(scene, viewport=view(Bounds(1.48, 50.95, 1.72, 51.05)))
    assert_looks("report_pending", palette, scene, tracks.draw_lines, tracks.draw_symbols)


def test_symbols_of_every_craft_kind_and_colour(palette: str) -> None:
    """Five crafts, five kinds of report, four dashes: each can be told in grey."""
    plot = Plot()
    for column, craft in enumerate(Craft):
        position = ddm(50, ROW_LAT_MIN[0], 1, 29.0 + 4.0 * column)
        plot = plot.with_track(a_track("A", [a_report(position=position)], craft=craft))
    for column, kind in enumerate(ReportKind):
        position = ddm(50, ROW_LAT_MIN[1], 1, 29.0 + 4.0 * column)
        plot = plot.with_report(a_report(position=position, kind=kind))
    for column, name in enumerate("ABCD"):
        start = ddm(50, ROW_LAT_MIN[2], 1, 28.0 + 5.0 * column)
        end = ddm(50, ROW_LAT_MIN[2] + 2.0, 1, 32.0 + 5.0 * column)
        reports = [a_report("0210", position=start), a_report("0220", position=end)]
        plot = plot.with_track(a_track(name, reports))
    assert_looks(
        "symbols", palette, a_scene(plot, view(SYMBOLS)), tracks.draw_lines, tracks.draw_symbols
    )


def test_reports_of_every_kind_that_are_not_on_disk_yet(palette: str) -> None:
    """The same shapes, larger and dashed: an arrow up, an arrow down, a crossed circle, a star."""
    plot = Plot()
    for column, kind in enumerate(ReportKind):
        position = ddm(50, ROW_LAT_MIN[1], 1, 29.0 + 4.0 * column)
        plot = plot.with_report(a_report(position=position, kind=kind))
    scene = a_scene(plot, view(SYMBOLS))
    scene = replace(scene, pending_uids=frozenset(report.uid for report in plot.reports()))
    assert_looks("kinds_pending", palette, scene, tracks.draw_lines, tracks.draw_symbols)


def test_a_closed_track_is_fainter_than_an_open_one(palette: str) -> None:
    """Two lines alike but for their status."""
    reports = [a_report("0210", position=R1), a_report("0228", position=R2)]
    closed = a_track("A", reports, status=TrackStatus.LANDED)
    scene = a_scene(a_plot(closed), view(Bounds(1.62, 50.96, 1.72, 51.0)))
    assert_looks("track_closed", palette, scene, tracks.draw_lines, tracks.draw_symbols)


def test_error_circles(palette: str) -> None:
    """C's thin; those of A, selected, stronger, one about each report; B, closed, has none."""
    plot = night_plot()
    circles = error_circles_of(
        plot,
        next(iter(plot.tracks.values())),
        at("0430"),
        error_model(lambda setting: setting.default),
    )
    scene = replace(a_scene(plot), error_circles=circles)
    assert_looks(
        "error_circles", palette, scene, tracks.draw_lines, tracks.draw_symbols, error_circles.draw
    )


def test_overdue_boats(palette: str) -> None:
    """Above the last report of A a triangle, of B a ring, of C a disc; "!" in each."""
    plot = night_plot()
    overdue = dict(zip(plot.tracks, (Urgency.URGENT, Urgency.SEEN, Urgency.STANDING), strict=False))
    scene = replace(a_scene(plot), overdue=overdue)
    assert_looks("overdue", palette, scene, tracks.draw_lines, tracks.draw_symbols, urgency.draw)


def test_dead_reckoning_and_estimated_position(palette: str) -> None:
    """A: a cross with its circle and the way on, dotted, to a bar; a triangle as the other case."""
    plot = a_plot(boat_a(report_1(), report_2(), report_3()))
    marks_shown = marks_of_all(plot, at("0300"), "boat-a", NIGHT_CONDITIONS)
    scene = a_scene(plot, view(Bounds(1.48, 50.96, 1.72, 51.06)))
    scene = replace(scene, reckoned=marks_shown)
    assert_looks(
        "reckoning", palette, scene, reckoning.draw, tracks.draw_lines, tracks.draw_symbols
    )


def test_dead_reckoning_of_all(palette: str) -> None:
    """Of A and the cutter thinner, crosses; the lines run below the tracks."""
    plot = night_plot()
    scene = replace(a_scene(plot), reckoned=marks_of_all(plot, at("0500")))
    assert_looks(
        "reckoning_all", palette, scene, reckoning.draw, tracks.draw_lines, tracks.draw_symbols
    )


def test_search(palette: str) -> None:
    """An expanding square about its datum: circle, eight legs, a bar and an arrow on the first."""
    scene = a_scene(Plot().with_search(square_search()), view(Bounds(1.66, 50.97, 1.83, 51.07)))
    assert_looks("search", palette, scene, searches.draw)


def test_limits_of_waters_and_of_search_and_rescue_regions(palette: str) -> None:
    """Waters as the boundary of 1988, the region in long blue dashes."""
    plot = Plot().with_limit(waters_limit()).with_limit(a_limit())
    assert_looks("limits", palette, a_scene(plot, view(STRAIT)), limits.draw, boundary.draw)


def test_lines_and_rings(palette: str) -> None:
    """In orange: a bearing line, three rings, a measured line in dashes; dots where they begin."""
    lines = (
        BearingLine(1, ddm(50, 58.6, 1, 47.5), 292.5, 9.95 * 1852.0, ""),
        Rings(1, R5, (1852.0, 2.0 * 1852.0, 3.0 * 1852.0), ""),
        MeasuredLine((ddm(51, 6.9, 1, 19.9), R1, ddm(51, 4.0, 1, 55.0)), False, ("", "", "")),
    )
    scene = replace(a_scene(Plot(), view(Bounds(1.28, 50.92, 1.95, 51.15))), lines=lines)
    assert_looks("lines", palette, scene, chart_lines.draw)


def test_a_ring_and_a_geodesic_on_a_wide_view(palette: str) -> None:
    """The ring is higher above its centre than below; solid bends to the north of the dashes."""
    start, end = ddm(49, 0.0, -6, 0.0), ddm(49, 0.0, 4, 0.0)
    course_deg, length_m = bearing_and_distance(start, end)
    assert course_deg is not None
    lines = (
        Rings(1, ddm(50, 0.0, -1, 0.0), (120.0 * 1852.0,), ""),
        MeasuredLine((start, end), True, ("", "")),
        BearingLine(1, start, course_deg, length_m, ""),
    )
    scene = replace(a_scene(Plot(), view(CHANNEL)), lines=lines)
    assert_looks("lines_wide", palette, scene, chart_lines.draw)


def test_ghosts_of_a_search(palette: str) -> None:
    """Its legs with an arrow and its circle, dashed, in the colour of ghosts."""
    search = square_search()
    shapes = (GhostCircle(search.datum, search.radius_m), GhostPath(search.waypoints))
    scene = a_scene(Plot(), view(Bounds(1.66, 50.97, 1.83, 51.07)))
    assert_looks("overlay_search", palette, scene, _overlay(Overlay(shapes)))


def test_density(palette: str) -> None:
    """A crowd of closed tracks as one blue cloud, darkest in the middle; an open boat on top."""
    dice = np.random.default_rng(4)
    tracks = [
        a_track(
            f"N{number}" if number else "A",
            [
                a_report("0210", position=Position(1.75 + lon, 50.95 + lat)),
                a_report("0300", position=Position(1.50 + lat, 50.98 + lon)),
                a_report("0340", position=Position(1.30 + lon, 51.06 + lat)),
            ],
            status=TrackStatus.UNDER_WAY if number == 0 else TrackStatus.LANDED,
        )
        for number, (lon, lat) in enumerate(dice.normal(0.0, 0.03, (500, 2)))
    ]
    assert_looks("density", palette, a_scene(a_plot(*tracks)), draw_lines)


def test_overlay(palette: str) -> None:
    """A ghost report, a ghost beach, a line from old to new, a rubber band; all in one colour."""
    shapes = (
        Ghost(R1),
        Ghost(ddm(50, 56.6, 1, 45.1), GhostKind.BEACH),
        DragLine(R2, R5),
        Box(20.0, 20.0, 90.0, 70.0),
    )
    assert_looks("overlay", palette, a_scene(Plot()), _overlay(Overlay(shapes)))


def test_raster_tiles(palette: str, tmp_path: Path) -> None:
    """Chequered tiles with a blot at every tenth of a degree; coarser ones in the east."""
    tiles = tiles_over(1.05, 50.8, 1.4, 51.3, 9) + tiles_over(1.41, 50.8, 2.2, 51.3, 8)
    path = write_tiles(tmp_path / "tiles.mbtiles", tiles, _chequered)
    made_up = MbTiles(path)

    def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        draw_tiles(painter, scene, made_up, cancel)

    assert_looks("raster", palette, a_scene(Plot()), draw)


def _chequered(tile: Tile) -> QImage:
    blots = itertools.product(np.arange(1.05, 2.2, 0.1), np.arange(50.85, 51.3, 0.1))
    return marked_tile(tile, blots, ("#d8e8c0", "#c0d4e8")[(tile[1] + tile[2]) % 2])


def _overlay(overlay: Overlay) -> Renderer:
    def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        draw_overlay(painter, overlay, scene)

    return draw
