"""Shapes of reference layers: where they are, which show, and how far they are thinned."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely

from channelplot.chart.reference import (
    COARSEST_BAND,
    FARTHEST_LAT_DEG,
    FULL_BELOW_M_PER_PX,
    ReferenceFeatures,
    band_of,
    middles_m,
)
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import position_to_chart_m
from helpers.made_up_references import features, plain_shapes

EVERYWHERE = (-3e7, -3e7, 3e7, 3e7)


def wavy_line(vertices: int) -> shapely.LineString:
    lon_deg = np.linspace(1.0, 2.0, vertices)
    return shapely.LineString(
        np.column_stack((lon_deg, 51.0 + 0.05 * np.sin(40.0 * lon_deg) + 0.002 * lon_deg % 0.001))
    )


def test_shapes_lie_where_positions_do() -> None:
    found = features([shapely.Point(1.5, 51.0), shapely.Point(-5.0, 48.2)])
    for shape, position in zip(
        found.geometries_m, (Position(1.5, 51.0), Position(-5.0, 48.2)), strict=True
    ):
        assert (shape.x, shape.y) == pytest.approx(position_to_chart_m(position), abs=1e-6)


def test_far_vertices_are_joined_by_a_rhumb_line() -> None:
    """Straight on this chart: the middle is where a constant course would pass."""
    (line,) = features([shapely.LineString([(-5.0, 48.0), (1.0, 52.0)])]).geometries_m
    assert len(line.coords) == 2
    middle = line.interpolate(0.5, normalized=True)
    start, end = position_to_chart_m(Position(-5.0, 48.0)), position_to_chart_m(Position(1.0, 52.0))
    assert (middle.x, middle.y) == pytest.approx(np.mean((start, end), axis=0))


def test_heights_are_dropped_and_missing_shapes_are_empty() -> None:
    found = features([shapely.Point(1.0, 50.0, 9.0), None, shapely.Polygon()])
    assert [shape.is_empty for shape in found.geometries_m] == [False, True, True]
    assert not found.geometries_m[0].has_z
    assert found.in_view(EVERYWHERE, 10.0).tolist() == [0]


def test_the_poles_are_far_away_and_no_trouble() -> None:
    (shape,) = features([shapely.box(-180.0, -90.0, 180.0, 90.0)]).geometries_m
    assert np.isfinite(shapely.bounds(shape)).all()
    expected = position_to_chart_m(Position(180.0, FARTHEST_LAT_DEG))
    assert shapely.bounds(shape)[2:] == pytest.approx(expected)


def test_columns_are_found_in_whatever_case() -> None:
    found = features([shapely.Point(1, 50), shapely.Point(2, 50)], Name=["a", None], speed=[1.5, 2])
    assert found.column("NAME") == ("a", None)
    assert found.column("nothing") == (None, None)
    assert found.texts("speed", "name") == ["a", ""]


def test_a_column_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a cell for each"):
        features([shapely.Point(1, 50)], name=["a", "b"])


def test_only_what_shows_is_returned_in_stored_order() -> None:
    found = features(
        [shapely.Point(1.9, 51.0), shapely.Point(-4.0, 49.0), shapely.Point(1.5, 51.0)]
    )
    view = Viewport(0.0, 0.0, 50.0, 1000.0, 600.0).centred_on(Position(1.7, 51.0))
    assert found.in_view(view.bounds_m(), view.m_per_px).tolist() == [0, 2]


def test_what_is_smaller_than_a_pixel_is_left_out_but_points_are_not() -> None:
    shapes = [shapely.Point(1.5, 51.0), shapely.box(1.5, 51.0, 1.501, 51.001)]
    found = features(shapes)
    assert found.in_view(EVERYWHERE, 1000.0).tolist() == [0]
    assert found.in_view(EVERYWHERE, 100.0).tolist() == [0, 1]


@pytest.mark.parametrize("m_per_px", [0.8, 3.0, 64.0, 100.0, 900.0, 5000.0])
def test_no_line_is_thinned_by_more_than_half_a_pixel(m_per_px: float) -> None:
    area = shapely.Point(1.5, 50.5).buffer(0.2, quad_segs=100)
    found = features([wavy_line(2_000), area])
    thinned = found.thinned(np.array([0, 1]), m_per_px)
    for full, thin in zip(found.geometries_m, thinned, strict=True):
        assert shapely.hausdorff_distance(full, thin) <= 0.5 * m_per_px
        assert thin.is_valid


def test_at_a_small_scale_few_vertices_are_left() -> None:
    found = features([wavy_line(100_000)])
    counts = [
        int(shapely.get_num_coordinates(found.thinned(np.array([0]), m_per_px))[0])
        for m_per_px in (1.0, 50.0, 1000.0)
    ]
    assert counts[0] == 100_000
    assert counts[1] < 2_000
    assert counts[2] < 200


def test_what_is_cut_has_a_shape_for_every_row() -> None:
    found = plain_shapes()
    rows = np.arange(len(found))
    x_m, y_m = position_to_chart_m(Position(1.2, 51.1))
    cut = found.clipped(rows, (x_m - 100.0, y_m - 100.0, x_m + 100.0, y_m + 100.0), 1.0)
    assert len(cut) == len(rows)
    assert [shape.is_empty for shape in cut] == [False, True, True, True, True]
    assert shapely.area(cut[0]) == pytest.approx(260.0**2)


def test_bands_follow_the_scale() -> None:
    assert band_of(0.01) == band_of(FULL_BELOW_M_PER_PX * 0.999) == 0
    assert band_of(FULL_BELOW_M_PER_PX) == band_of(FULL_BELOW_M_PER_PX * 1.999) == 1
    assert band_of(FULL_BELOW_M_PER_PX * 2.0) == 2
    assert band_of(1e9) == COARSEST_BAND


@pytest.mark.parametrize("m_per_px", [0.0, -1.0, float("nan")])
def test_a_scale_is_above_nought(m_per_px: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        band_of(m_per_px)


def test_several_threads_may_ask_at_once() -> None:
    found = features([wavy_line(5_000)])

    def vertices(m_per_px: float) -> int:
        rows = found.in_view(EVERYWHERE, m_per_px)
        return int(shapely.get_num_coordinates(found.thinned(rows, m_per_px)).sum())

    scales = [3.0, 30.0, 300.0] * 8
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(vertices, scales))
    assert together == [vertices(scale) for scale in scales]


def test_a_file_without_shapes() -> None:
    found = ReferenceFeatures(np.empty(0, dtype=np.object_), {})
    assert len(found) == 0
    assert found.in_view(EVERYWHERE, 1.0).tolist() == []
    assert len(found.thinned(np.empty(0, dtype=np.intp), 100.0)) == 0


def test_what_follows_from_shapes_goes_with_them() -> None:
    shapes = features([shapely.Point(1.5, 51.0)])
    known = middles_m(shapes)
    assert middles_m(shapes) is known
    shapes_left = weakref.ref(shapes)
    del shapes
    gc.collect()
    assert shapes_left() is None
