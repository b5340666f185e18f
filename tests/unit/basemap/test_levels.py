"""The thinned copies: near enough, never empty, clipped where nobody sees it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
import shapely

from channelplot.basemap.basemap import Basemap
from channelplot.basemap.levels import (
    COARSEST_BAND,
    FULL_BELOW_M_PER_PX,
    PIECE_VERTICES,
    BoundsM,
    Level,
    Levels,
    band_of,
    finest_m_per_px,
)
from channelplot.basemap.outlines import Numbers
from channelplot.basemap.projected import in_pieces
from channelplot.basemap.read import Geometries
from channelplot.geodesy.projection import to_chart_m

BANDS = range(1, COARSEST_BAND + 1)
STRAIT_DEG = (1.0, 50.7, 2.6, 51.4)
MERIDIAN_DEG = (-0.1, 50.7, 0.1, 50.9)
WHOLE_DEG = (-8.0, 47.0, 5.0, 53.0)


def in_chart_m(bounds_deg: tuple[float, float, float, float]) -> BoundsM:
    west, south, east, north = bounds_deg
    (west_m, south_m), (east_m, north_m) = to_chart_m(np.array([(west, south), (east, north)]))
    return float(west_m), float(south_m), float(east_m), float(north_m)


def longer_sides_m(geometries: Geometries) -> Numbers:
    west_m, south_m, east_m, north_m = shapely.bounds(geometries).T
    return np.asarray(np.maximum(east_m - west_m, north_m - south_m))


def distances_m(x_y_m: Numbers, lines: Geometries) -> Numbers:
    """Return how far each place is from the nearest line."""
    points = np.asarray(shapely.points(x_y_m))
    pieces = in_pieces(lines, 16)
    _, found_m = shapely.STRtree(pieces).query_nearest(
        points, return_distance=True, all_matches=False
    )
    return np.asarray(found_m)


@pytest.mark.parametrize(
    ("metres_per_px", "band"),
    [(0.001, 0), (63.999, 0), (64.0, 1), (127.999, 1), (128.0, 2), (1024.0, 5), (8192.0, 8)],
)
def test_a_band_spans_a_factor_of_two(metres_per_px: float, band: int) -> None:
    assert band_of(metres_per_px) == band
    if band:
        assert finest_m_per_px(band) <= metres_per_px < 2.0 * finest_m_per_px(band)


@pytest.mark.parametrize("metres_per_px", [1e5, 1e300, float("inf")])
def test_the_coarsest_band_serves_all_beyond(metres_per_px: float) -> None:
    assert band_of(metres_per_px) == COARSEST_BAND


@pytest.mark.parametrize("metres_per_px", [0.0, -1.0, float("nan")])
def test_a_scale_that_is_none_is_refused(levels: Levels, metres_per_px: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        levels.at(metres_per_px)


def test_full_resolution_keeps_every_vertex(basemap: Basemap, levels: Levels) -> None:
    full = levels.at(FULL_BELOW_M_PER_PX * 0.99)
    assert full.thinned_m == 0.0
    assert int(shapely.get_num_coordinates(full.land).sum()) == 83_898
    expected_m = to_chart_m(shapely.get_coordinates(basemap.land))
    np.testing.assert_array_equal(shapely.get_coordinates(full.land), expected_m)
    assert shapely.length(full.coast).sum() == pytest.approx(
        shapely.length(shapely.transform(basemap.coastline, to_chart_m)).sum()
    )


@pytest.mark.parametrize("band", BANDS)
def test_thinning_moves_the_coast_by_half_a_pixel_at_most(
    basemap: Basemap, levels: Levels, band: int
) -> None:
    pixel_m = finest_m_per_px(band)
    level = levels.at(pixel_m)
    assert level.thinned_m == 0.5 * pixel_m
    # Every vertex of the full coast, but of islands smaller than a pixel, is near the thinned one.
    full = shapely.transform(basemap.coastline, to_chart_m)
    seen = full[longer_sides_m(full) >= 1.01 * pixel_m]
    vertices = shapely.get_coordinates(seen)[::9]
    assert len(vertices) > 3_000
    offsets_m = distances_m(vertices, level.coast)
    assert offsets_m.max() <= level.thinned_m + 0.001
    assert offsets_m.max() > 0.2 * level.thinned_m


@pytest.mark.parametrize("band", BANDS)
def test_thinned_coast_is_the_edge_of_thinned_land(levels: Levels, band: int) -> None:
    level = levels.at(finest_m_per_px(band))
    assert shapely.is_valid(level.land).all()
    edges = shapely.get_rings(level.land)
    area = shapely.box(*in_chart_m((-7.0, 48.0, 4.5, 52.2)))
    along_m = shapely.length(shapely.intersection(edges, shapely.boundary(area))).sum()
    # A notch in the shore may be thinned to a step of coast along the edge of the chart.
    coast_m = shapely.length(edges).sum() - along_m
    assert shapely.length(level.coast).sum() == pytest.approx(
        coast_m, abs=finest_m_per_px(band) + 1.0
    )
    vertices = shapely.get_coordinates(level.coast)[::9]
    assert distances_m(vertices, edges).max() < 0.001


@pytest.mark.parametrize("band", BANDS)
def test_thinning_makes_less_to_draw_and_leaves_out_what_nobody_sees(
    levels: Levels, band: int
) -> None:
    pixel_m = finest_m_per_px(band)
    level, finer = levels.at(pixel_m), levels.at(pixel_m / 2.0)
    for ours, theirs in ((level.land, finer.land), (level.coast, finer.coast)):
        assert shapely.get_num_coordinates(ours).sum() < shapely.get_num_coordinates(theirs).sum()
    assert level.land.size < finer.land.size


@pytest.mark.parametrize("metres_per_px", [1.0, 64.0, 128.0, 1000.0, 8192.0, 1e6])
@pytest.mark.parametrize("bounds_deg", [STRAIT_DEG, MERIDIAN_DEG, WHOLE_DEG])
def test_the_coast_is_never_empty(
    levels: Levels, metres_per_px: float, bounds_deg: tuple[float, float, float, float]
) -> None:
    level = levels.at(metres_per_px)
    assert len(level.coast_in(in_chart_m(bounds_deg))) > 0
    assert len(level.land_in(in_chart_m(bounds_deg))) > 0


@pytest.mark.parametrize("metres_per_px", [10.0, 200.0])
@pytest.mark.parametrize("bounds_deg", [STRAIT_DEG, MERIDIAN_DEG, (-2.3, 49.1, -1.9, 49.3)])
def test_a_clip_shows_in_the_view_what_the_whole_does(
    levels: Levels, metres_per_px: float, bounds_deg: tuple[float, float, float, float]
) -> None:
    level = levels.at(metres_per_px)
    bounds_m = in_chart_m(bounds_deg)
    view = shapely.box(*bounds_m)
    land_m2 = shapely.area(shapely.intersection(level.land_in(bounds_m), view)).sum()
    assert land_m2 == pytest.approx(shapely.area(shapely.intersection(level.land, view)).sum())
    coast_m = shapely.length(shapely.intersection(level.coast_in(bounds_m), view)).sum()
    assert coast_m > 0.0
    assert coast_m == pytest.approx(shapely.length(shapely.intersection(level.coast, view)).sum())


def test_a_clip_runs_outside_the_view_and_not_far(levels: Levels) -> None:
    bounds_m = in_chart_m((1.2, 51.0, 1.4, 51.2))
    west_m, south_m, east_m, north_m = bounds_m
    longer_m = max(east_m - west_m, north_m - south_m)
    for clipped in (levels.at(10.0).land_in(bounds_m), levels.at(10.0).coast_in(bounds_m)):
        total_m = shapely.total_bounds(clipped)
        assert total_m[0] == pytest.approx(west_m - 0.05 * longer_m)
        assert total_m[3] == pytest.approx(north_m + 0.05 * longer_m)


def test_clips_are_polygons_and_lines_ready_to_draw(levels: Levels) -> None:
    for metres_per_px in (10.0, 300.0):
        level = levels.at(metres_per_px)
        land = level.land_in(in_chart_m(STRAIT_DEG))
        coast = level.coast_in(in_chart_m(STRAIT_DEG))
        assert (shapely.get_type_id(land) == shapely.GeometryType.POLYGON).all()
        assert (shapely.get_type_id(coast) == shapely.GeometryType.LINESTRING).all()
        assert not shapely.is_empty(land).any()
        assert shapely.get_num_coordinates(coast).max() <= PIECE_VERTICES


def test_in_mid_channel_and_outside_the_chart_there_is_nothing_to_draw(levels: Levels) -> None:
    for bounds_deg in ((-0.6, 50.2, -0.5, 50.3), (10.0, 40.0, 11.0, 41.0)):
        assert len(levels.at(20.0).land_in(in_chart_m(bounds_deg))) == 0
        assert len(levels.at(20.0).coast_in(in_chart_m(bounds_deg))) == 0


def test_far_inland_there_is_land_and_no_coast(levels: Levels) -> None:
    bounds_m = in_chart_m((2.3, 48.8, 2.4, 48.9))
    land = levels.at(20.0).land_in(bounds_m)
    assert len(levels.at(20.0).coast_in(bounds_m)) == 0
    assert shapely.union_all(land).covers(shapely.box(*bounds_m))


def test_the_coast_runs_on_across_the_meridian_of_greenwich(levels: Levels) -> None:
    # Peacehaven, where the meridian meets the Channel.
    for metres_per_px in (5.0, 70.0, 300.0):
        level = levels.at(metres_per_px)
        coast = shapely.union_all(level.coast_in(in_chart_m(MERIDIAN_DEG)))
        meridian = shapely.LineString([(0.0, in_chart_m(MERIDIAN_DEG)[1]), (0.0, 6.6e6)])
        assert shapely.intersects(coast, meridian)
        land = shapely.union_all(level.land_in(in_chart_m(MERIDIAN_DEG)))
        inland_y_m = to_chart_m(np.array([(0.0, 50.85)]))[0, 1]
        step = shapely.LineString([(-2000.0, inland_y_m), (2000.0, inland_y_m)])
        assert shapely.covers(land, step)


def test_a_level_is_made_once_whatever_thread_asks(basemap: Basemap) -> None:
    levels = Levels(basemap)
    together = threading.Barrier(4)

    def ask(metres_per_px: float) -> Level:
        together.wait(timeout=30)
        return levels.at(metres_per_px)

    with ThreadPoolExecutor(4) as pool:
        first, second, third, fourth = pool.map(ask, [70.0, 100.0, 10.0, 20.0])
    assert first is second
    assert third is fourth
    assert first is not third


def test_levels_are_shared_and_nobody_can_change_them(levels: Levels) -> None:
    assert levels.at(70.0) is levels.at(127.0)
    with pytest.raises(ValueError, match="read-only"):
        levels.at(70.0).coast[0] = None


@pytest.mark.parametrize("vertices", [2, 3, 4, 5, 6, 7, 8, 100])
def test_pieces_of_a_line_are_the_line(vertices: int) -> None:
    x_y_m = np.column_stack((np.arange(vertices), np.arange(vertices) % 3)).astype(float)
    pieces = in_pieces(np.array([shapely.LineString(x_y_m)], dtype=object), 4)
    assert shapely.get_num_coordinates(pieces).max() <= 4
    assert shapely.get_num_coordinates(pieces).min() >= 2
    put_together = [shapely.get_coordinates(piece) for piece in pieces]
    for before, after in pairwise(put_together):
        np.testing.assert_array_equal(before[-1], after[0])
    joined = np.vstack([put_together[0], *(piece[1:] for piece in put_together[1:])])
    np.testing.assert_array_equal(joined, x_y_m)
