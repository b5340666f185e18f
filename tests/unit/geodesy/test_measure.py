"""Distances, bearings and destinations against published geodesics and worked answers."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.geodesy.angles import turn_deg
from channelplot.geodesy.measure import (
    bearing_deg,
    circle_deg,
    destination,
    distance_m,
    leg_distances_m,
)
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import nm_from_m
from helpers.builders import R1, R2, R3, R6, SANGATTE, ddm

# C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), tables 2 and 4: the direct
# and the inverse example on WGS 84, with all the digits printed there. Then the example of the
# GeographicLib documentation, Wellington to Salamanca, and JFK to Singapore of GeodSolve(1).
PUBLISHED = [
    # lat1, lon1, azimuth1, lat2, lon2, metres, tolerances in degrees and metres
    (40.0, 0.0, 30.0, 41.79331020506, 137.84490004377, 10_000_000.0, 1e-10, 1e-5),
    (-30.0, 0.0, 161.890524736, 29.9, 179.8, 19_989_832.827610, 1e-8, 1e-5),
    (-41.32, 174.81, 161.06766998616, 40.96, -5.50, 19_959_679.267353, 1e-9, 1e-5),
]

# The corners of the chart's area (see chart/viewport.py) with some room.
in_the_area = st.builds(Position, st.floats(-7.5, 5.0), st.floats(47.5, 52.5))


@pytest.mark.parametrize("case", PUBLISHED)
def test_published_geodesics_are_found_both_ways(case: tuple[float, ...]) -> None:
    lat1, lon1, azimuth, lat2, lon2, length_m, tolerance_deg, tolerance_m = case
    start, end = Position(lon1, lat1), Position(lon2, lat2)
    assert distance_m(start, end) == pytest.approx(length_m, abs=tolerance_m)
    assert bearing_deg(start, end) == pytest.approx(azimuth, abs=tolerance_deg)
    found = destination(start, azimuth, length_m)
    # Near the antipode a small error of the azimuth sweeps far: compare on the ground.
    assert distance_m(found, end) < max(tolerance_m, 1e7 * math.radians(tolerance_deg))


def test_a_degree_along_the_equator_and_a_quarter_meridian_have_their_known_lengths() -> None:
    # a * pi / 180 and the meridian quadrant of WGS 84, 10 001 965.7293 m.
    degree = distance_m(Position(0.0, 0.0), Position(1.0, 0.0))
    assert degree == pytest.approx(6378137.0 * math.pi / 180.0, abs=1e-6)
    quadrant = distance_m(Position(1.0, 0.0), Position(1.0, 90.0))
    assert quadrant == pytest.approx(10_001_965.7293, abs=1e-4)


@pytest.mark.parametrize(
    ("start", "end", "course", "nm"),
    [
        (R1, R2, 308.5, 1.27),
        (R2, R3, 294.9, 1.69),
        (R1, R3, 300.7, 2.94),
        (SANGATTE, R1, 298.4, 2.95),
        (R1, R6, 307.8, 7.03),
        (ddm(51, 6.7, 1, 20.6), ddm(51, 2.27, 1, 32.40), 120.7, 8.66),
        (R6, ddm(51, 6.9, 1, 19.9), 300.8, 9.02),
    ],
)
def test_the_legs_of_the_acceptance_night(
    start: Position, end: Position, course: float, nm: float
) -> None:
    assert abs(turn_deg(bearing_deg(start, end), course)) <= 0.05 + 1e-3
    assert nm_from_m(distance_m(start, end)) == pytest.approx(nm, abs=0.0051)


def test_the_earth_is_an_ellipsoid_and_no_sphere() -> None:
    # On a sphere R1 to R6 would be 7.016 NM, 28 m short.
    assert nm_from_m(distance_m(R1, R6)) == pytest.approx(7.031, abs=0.0005)


def test_across_the_meridian_of_greenwich_west_is_west() -> None:
    east, west = Position(0.0, 50.5), Position(-10.0 / 60.0, 50.5)
    assert bearing_deg(east, west) == pytest.approx(270.1, abs=0.05)
    assert nm_from_m(distance_m(east, west)) == pytest.approx(6.38, abs=0.005)
    beyond = destination(Position(0.01, 50.5), 270.0, 5_000.0)
    assert beyond.lon_deg < 0.0


def test_there_is_no_bearing_between_coinciding_positions() -> None:
    with pytest.raises(ValueError, match="coinciding"):
        bearing_deg(R1, Position(R1.lon_deg, R1.lat_deg))
    assert distance_m(R1, R1) == 0.0


def test_due_north_is_0_and_not_360() -> None:
    assert bearing_deg(Position(0.0, 50.0), Position(0.0, 51.0)) == 0.0
    assert 0.0 <= bearing_deg(Position(0.0, 50.0), Position(-1e-12, 51.0)) < 360.0


@given(in_the_area, st.floats(0, 360, exclude_max=True), st.floats(1.0, 500_000.0))
def test_out_and_back_by_bearing_and_distance(
    start: Position, course: float, length_m: float
) -> None:
    end = destination(start, course, length_m)
    assert distance_m(start, end) == pytest.approx(length_m, abs=1e-6)
    assert distance_m(end, start) == pytest.approx(length_m, abs=1e-6)
    # A micrometre across the line is so many degrees at its end.
    tolerance_deg = math.degrees(1e-6 / length_m) + 1e-9
    assert abs(turn_deg(bearing_deg(start, end), course)) < tolerance_deg
    back = destination(end, bearing_deg(end, start), length_m)
    assert distance_m(back, start) < 1e-5


@given(in_the_area, in_the_area, in_the_area)
def test_no_detour_is_shorter(a: Position, b: Position, c: Position) -> None:
    assert distance_m(a, c) <= distance_m(a, b) + distance_m(b, c) + 1e-6


@given(st.lists(in_the_area, max_size=6))
def test_many_legs_at_once_are_the_same_as_one_by_one(positions: list[Position]) -> None:
    line = np.array([(p.lon_deg, p.lat_deg) for p in positions], dtype=np.float64).reshape(-1, 2)
    lengths_m = leg_distances_m(line)
    assert lengths_m.dtype == np.float64
    expected = [distance_m(a, b) for a, b in itertools.pairwise(positions)]
    assert lengths_m.tolist() == pytest.approx(expected, abs=1e-9)


@given(centre=in_the_area, radius_m=st.floats(1.0, 200_000.0))
def test_a_circle_is_everywhere_as_far_from_its_centre(centre: Position, radius_m: float) -> None:
    circle = circle_deg(centre, radius_m, 36)
    assert circle.shape == (37, 2)
    for lon_deg, lat_deg in circle:
        assert distance_m(centre, Position(lon_deg, lat_deg)) == pytest.approx(radius_m, abs=1e-6)
    assert circle[0] == pytest.approx(circle[-1])
    east = destination(centre, 90.0, radius_m)
    assert circle[9] == pytest.approx((east.lon_deg, east.lat_deg)), "clockwise from north"
