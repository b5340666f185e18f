"""Sides, nearest points and meetings of a rhumb line, against shapely and dense geodesics."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from channelplot.basemap.boundary import read_boundary
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import to_chart_m
from channelplot.geodesy.rhumb_line import RhumbLine

BOUNDARY = RhumbLine(read_boundary().points)
CORNER = RhumbLine((Position(1.0, 51.0), Position(1.5, 51.0), Position(1.5, 50.5)))
GEOD = Geod(ellps="WGS84")
# EPSG:3395 by PROJ, not by our own formulas.
TO_MERCATOR = Transformer.from_crs("EPSG:4326", "EPSG:3395", always_xy=True)


def deg(*places: tuple[float, float]) -> np.ndarray:
    return np.array(places, dtype=np.float64)


def left_of_boundary() -> shapely.Polygon:
    """The boundary with its two end legs drawn on far, and all that lies to the left of it."""
    corners = np.column_stack(
        TO_MERCATOR.transform(
            [p.lon_deg for p in BOUNDARY.points], [p.lat_deg for p in BOUNDARY.points]
        )
    )
    first, last = corners[0] - corners[1], corners[-1] - corners[-2]
    far_m = 3e6
    start = corners[0] + first / np.hypot(*first) * far_m
    end = corners[-1] + last / np.hypot(*last) * far_m
    aside = np.array((-4e6, 4e6))
    return shapely.Polygon([start, *corners, end, end + aside, start + aside])


def test_the_sides_of_100_000_places_are_those_of_a_polygon() -> None:
    places = np.random.default_rng(1988).uniform((0.0, 50.2), (3.2, 51.9), (100_000, 2))
    x_m, y_m = TO_MERCATOR.transform(places[:, 0], places[:, 1])
    area = left_of_boundary()
    shapely.prepare(area)
    is_left = shapely.contains_xy(area, x_m, y_m)
    differ = (BOUNDARY.sides(places) == 1) != is_left
    assert 20_000 < is_left.sum() < 80_000
    from_line_m = shapely.distance(area.exterior, shapely.points(x_m[differ], y_m[differ]))
    assert not np.any(from_line_m > 10.0)
    assert not np.any(BOUNDARY.sides(places) == 0)


def test_between_the_perpendiculars_at_its_ends_as_shapely_has_them() -> None:
    places = np.random.default_rng(2).uniform((0.0, 50.2), (3.2, 51.9), (20_000, 2))
    x_m, y_m = TO_MERCATOR.transform(places[:, 0], places[:, 1])
    corners = np.column_stack(
        TO_MERCATOR.transform(
            [p.lon_deg for p in BOUNDARY.points], [p.lat_deg for p in BOUNDARY.points]
        )
    )
    beyond = []
    for end, before in ((corners[0], corners[1]), (corners[-1], corners[-2])):
        out = (end - before) / np.hypot(*(end - before))
        across = np.array((-out[1], out[0]))
        square = [end + across * 5e6, end - across * 5e6]
        square += [end - across * 5e6 + out * 5e6, end + across * 5e6 + out * 5e6]
        beyond.append(shapely.Polygon(square))
    is_beyond = shapely.contains_xy(beyond[0], x_m, y_m) | shapely.contains_xy(beyond[1], x_m, y_m)
    assert 2_000 < is_beyond.sum() < 18_000
    np.testing.assert_array_equal(BOUNDARY.is_abeam(places), ~is_beyond)


def test_the_nearest_point_is_the_nearest_of_very_many() -> None:
    along = read_boundary().rhumb_points(20.0)
    places = np.random.default_rng(3).uniform((0.8, 50.6), (2.4, 51.4), (60, 2))
    points, bearings, distances = BOUNDARY.nearest(places)
    for place, point, bearing, distance_m in zip(places, points, bearings, distances, strict=True):
        _, _, to_all_m = GEOD.inv(
            np.full(len(along), place[0]), np.full(len(along), place[1]), along[:, 0], along[:, 1]
        )
        best_m = float(to_all_m.min())
        # Half a step of 20 m aside adds less than 0.1 m beyond 500 m.
        assert distance_m <= best_m + 1e-6
        assert distance_m > best_m - (0.2 if distance_m > 500.0 else 10.0)
        azimuth, _, again_m = GEOD.inv(*place, *point)
        assert again_m == pytest.approx(distance_m, abs=1e-6)
        assert azimuth == pytest.approx(bearing, abs=1e-9)


@given(st.floats(-1.5, 4.5), st.floats(49.0, 52.5))
def test_at_the_nearest_point_the_geodesic_meets_the_line_at_a_right_angle_or_at_a_corner(
    lon: float, lat: float
) -> None:
    points, _, distances = BOUNDARY.nearest(deg((lon, lat)))
    point_m = to_chart_m(points)[0]
    if np.hypot(*(BOUNDARY.points_m - point_m).T).min() < 0.01 or distances[0] < 1.0:
        return
    corners_m = BOUNDARY.points_m
    offs = [abs(BOUNDARY.off_leg_m(leg, *point_m)) for leg in range(len(corners_m) - 1)]
    leg = int(np.argmin(offs))
    assert offs[leg] < 1e-3, "the point lies on the line"
    east, north = corners_m[leg + 1] - corners_m[leg]
    back = GEOD.inv(lon, lat, *points[0])[1]
    off = (back - math.degrees(math.atan2(east, north))) % 180.0
    assert abs(off - 90.0) * math.radians(float(distances[0])) < 0.01


def test_a_corner_parts_the_sides_and_the_ends_go_on_straight() -> None:
    inside, outside = (1.4, 50.9), (1.6, 51.1)
    assert list(CORNER.sides(deg(inside, outside))) == [-1, 1]
    # Beyond the ends: west of the first leg's start, south of the last leg's end.
    beyond = deg((0.5, 51.1), (0.5, 50.9), (1.6, 50.0), (1.4, 50.0))
    assert list(CORNER.sides(beyond)) == [1, -1, 1, -1]
    assert list(CORNER.is_abeam(beyond)) == [False, False, False, False]
    assert list(CORNER.sides(deg((1.5, 51.0)))) == [0], "on the corner itself"


def test_a_ring_has_an_inside_and_no_ends() -> None:
    square = ((1.0, 50.0), (2.0, 50.0), (2.0, 51.0), (1.0, 51.0), (1.0, 50.0))
    ring = RhumbLine(tuple(Position(*place) for place in square))
    assert ring.is_ring
    assert not BOUNDARY.is_ring
    around = deg((1.5, 50.5), (0.9, 49.9), (0.95, 50.5), (2.1, 51.1), (1.001, 50.001))
    assert list(ring.sides(around)) == [1, -1, -1, -1, 1]
    assert ring.is_abeam(around).all()


def test_many_places_and_legs_are_taken_in_pieces_with_the_same_answers() -> None:
    rng = np.random.default_rng(4)
    wavy = RhumbLine(
        tuple(Position(1.0 + 0.001 * k, 51.0 + 0.05 * math.sin(k / 40.0)) for k in range(1500))
    )
    places = rng.uniform((1.1, 50.8), (2.4, 51.2), (400, 2))
    points, bearings, distances = wavy.nearest(places)
    for row in (0, 137, 399):
        one = wavy.nearest(places[row : row + 1])
        np.testing.assert_allclose(points[row], one[0][0], atol=1e-8)
        assert bearings[row] == pytest.approx(one[1][0], abs=1e-5)
        assert distances[row] == pytest.approx(one[2][0], abs=1e-3)
    line = shapely.LineString(wavy.points_m)
    from_line_m = shapely.distance(line, shapely.points(to_chart_m(places)))
    np.testing.assert_allclose(distances, from_line_m * 0.63, rtol=0.02, atol=1.0)
    left = shapely.Polygon(
        [*wavy.points_m, wavy.points_m[-1] + (0, 1e6), wavy.points_m[0] + (0, 1e6)]
    )
    np.testing.assert_array_equal(
        wavy.sides(places) == 1, shapely.contains_xy(left, *to_chart_m(places).T)
    )


def test_no_places_have_no_answers() -> None:
    empty = np.empty((0, 2))
    points, bearings, distances = BOUNDARY.nearest(empty)
    assert (points.shape, bearings.shape, distances.shape) == ((0, 2), (0,), (0,))
    assert BOUNDARY.sides(empty).shape == (0,)


def test_a_place_on_the_line_is_its_own_nearest_point() -> None:
    on_it = read_boundary().rhumb_points(5000.0)[3:4]
    points, _, distances = BOUNDARY.nearest(on_it)
    assert distances[0] < 1e-4
    np.testing.assert_allclose(points, on_it, atol=1e-9)


def test_meetings_come_in_the_order_of_the_path() -> None:
    path_m = to_chart_m(deg((1.2, 50.9), (1.2, 51.1), (1.3, 50.9), (1.6, 50.8), (1.2, 50.6)))
    steps, legs = CORNER.met_by(path_m)
    assert list(zip(steps, legs, strict=True)) == [(0, 0), (1, 0), (2, 1), (3, 1)]
    there_and_on = to_chart_m(deg((1.2, 50.9), (1.8, 51.1)))
    steps, legs = CORNER.met_by(there_and_on)
    assert list(steps) == [0] * len(legs)


def test_one_step_meets_several_legs_in_its_own_order() -> None:
    zigzag = RhumbLine(tuple(Position(1.0 + 0.1 * k, 51.0 + 0.1 * (k % 2)) for k in range(6)))
    eastward, westward = (deg((1.0, 51.05), (1.6, 51.05)), deg((1.6, 51.05), (1.0, 51.05)))
    assert list(zigzag.met_by(to_chart_m(eastward))[1]) == [0, 1, 2, 3, 4]
    assert list(zigzag.met_by(to_chart_m(westward))[1]) == [4, 3, 2, 1, 0]


def test_a_meeting_at_a_corner_is_on_both_legs_and_at_a_point_of_the_path_on_both_steps() -> None:
    through_corner = deg((1.4, 50.9), (1.5, 51.0), (1.6, 51.1))
    steps, legs = CORNER.met_by(to_chart_m(through_corner))
    assert {(int(step), int(leg)) for step, leg in zip(steps, legs, strict=True)} == {
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
    }


def test_what_runs_along_the_line_or_stands_still_meets_it_nowhere() -> None:
    along, _ = CORNER.met_by(to_chart_m(deg((1.1, 51.0), (1.4, 51.0))))
    still, _ = CORNER.met_by(to_chart_m(deg((1.2, 51.0), (1.2, 51.0))))
    assert (len(along), len(still)) == (0, 0)


@pytest.mark.parametrize("places", [[(1.0, 51.0)], [(1.0, 51.0), (1.0, 51.0)], []])
def test_what_is_no_line_is_refused(places: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="two positions or more"):
        RhumbLine(tuple(Position(*place) for place in places))
