"""Rhumb lines on the ellipsoid against published values, PROJ's Mercator, and by properties."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from channelplot.geodesy.angles import turn_deg
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.rhumb import rhumb_course_and_distance, rhumb_destination
from channelplot.geodesy.units import m_from_nm

JFK = Position(-(73 + 46 / 60 + 44 / 3600), 40 + 38 / 60 + 23 / 3600)
CHANGI = Position(103 + 59 / 60 + 22 / 3600, 1 + 21 / 60 + 33 / 3600)
# C. F. F. Karney's GeographicLib on WGS 84: the example of RhumbSolve(1) and a case of its test
# suite, in full digits; (0, 0) to (1, 1) by its RhumbSolve, 85 NM.
PUBLISHED = [
    (JFK, CHANGI, 103.582833003410954, 18_523_563.0423774),
    (Position(44.4, 33.3), Position(56.78, 12.34), 151.483174375421527, 2_641_839.7239669),
    (Position(0.0, 0.0), Position(1.0, 1.0), 45.1909492613, 156_899.568453),
]
# The route of RhumbSolve(1) from JFK on 103:34:58.2, every 2000 km, to 0.1 second.
WAYPOINTS = [
    ((36, 24, 30.3), (-51, 28, 26.4)),
    ((32, 10, 26.8), (-30, 20, 57.3)),
    ((27, 56, 13.2), (-10, 10, 54.2)),
    ((23, 41, 50.1), (9, 12, 45.5)),
    ((19, 27, 18.7), (27, 59, 22.1)),
    ((15, 12, 40.2), (46, 17, 1.1)),
    ((10, 57, 55.9), (64, 12, 52.8)),
    ((6, 43, 7.3), (81, 53, 28.8)),
    ((2, 28, 16.2), (99, 24, 54.5)),
    ((-1, 46, 36.0), (116, 52, 59.7)),
]
in_the_area = st.builds(Position, st.floats(-7.5, 5.0), st.floats(47.5, 52.5))


def seconds(parts: tuple[int, int, float]) -> float:
    degrees, minutes, rest = parts
    return math.copysign(abs(degrees) * 3600 + minutes * 60 + rest, degrees)


@pytest.mark.parametrize(("start", "end", "course", "length"), PUBLISHED)
def test_published_rhumb_lines_are_found_both_ways(
    start: Position, end: Position, course: float, length: float
) -> None:
    found_course, found_m = rhumb_course_and_distance(start, end)
    assert found_course == pytest.approx(course, abs=1e-9)
    assert found_m == pytest.approx(length, abs=1e-5)
    assert distance_m(rhumb_destination(start, course, length), end) < 1e-3


def test_the_published_waypoints_of_a_long_rhumb_line() -> None:
    course = 103 + 34 / 60 + 58.2 / 3600
    for number, (lat, lon) in enumerate(WAYPOINTS, start=1):
        found = rhumb_destination(JFK, course, number * 2e6)
        assert found.lat_deg * 3600 == pytest.approx(seconds(lat), abs=0.051)
        assert found.lon_deg * 3600 == pytest.approx(seconds(lon), abs=0.051)


def test_along_a_parallel_near_the_pole_the_published_end_is_found() -> None:
    # RhumbSolve: 87N 000E, course 90, 1000 km ends at 171.07008849454E.
    found = rhumb_destination(Position(0.0, 87.0), 90.0, 1e6)
    assert found.lat_deg == pytest.approx(87.0, abs=1e-11)
    assert found.lon_deg == pytest.approx(171.07008849454, abs=1e-9)
    course, length_m = rhumb_course_and_distance(Position(0.0, 87.0), found)
    assert course == pytest.approx(90.0)
    assert length_m == pytest.approx(1e6, abs=1e-4)


@given(in_the_area, st.floats(0.0, 360.0), st.floats(1.0, m_from_nm(100.0)))
def test_there_and_back(start: Position, course: float, length_m: float) -> None:
    end = rhumb_destination(start, course, length_m)
    found_course, found_m = rhumb_course_and_distance(start, end)
    assert found_m == pytest.approx(length_m, abs=1e-4)
    assert found_course is not None
    assert abs(turn_deg(found_course, course)) * math.radians(length_m) < 1e-4
    assert distance_m(rhumb_destination(end, course, -length_m), start) < 1e-4


@given(in_the_area, in_the_area)
def test_it_is_straight_in_mercator_and_no_shorter_than_the_geodesic(
    a: Position, b: Position
) -> None:
    assume(distance_m(a, b) > 1.0)
    course, length_m = rhumb_course_and_distance(a, b)
    back, back_m = rhumb_course_and_distance(b, a)
    assert course is not None
    assert back is not None
    assert abs(turn_deg(course, back)) == pytest.approx(180.0, abs=1e-9)
    assert back_m == pytest.approx(length_m, rel=1e-12)
    assert length_m >= distance_m(a, b) - 1e-6
    project = Transformer.from_crs("EPSG:4326", "EPSG:3395", always_xy=True).transform
    half = rhumb_destination(a, course, length_m / 2.0)
    (ax, ay), (bx, by), (hx, hy) = (project(p.lon_deg, p.lat_deg) for p in (a, b, half))
    off_m = ((hx - ax) * (by - ay) - (hy - ay) * (bx - ax)) / math.hypot(bx - ax, by - ay)
    assert abs(off_m) < 1e-3


@given(in_the_area, in_the_area)
def test_its_length_is_that_of_very_many_short_geodesics(a: Position, b: Position) -> None:
    assume(distance_m(a, b) > 1000.0)
    course, length_m = rhumb_course_and_distance(a, b)
    assert course is not None
    steps = 200
    points = [rhumb_destination(a, course, length_m * step / steps) for step in range(steps + 1)]
    summed_m = Geod(ellps="WGS84").line_length(
        [p.lon_deg for p in points], [p.lat_deg for p in points]
    )
    # A geodesic is shorter than the rhumb line by about a part in 24 of its turn squared.
    assert summed_m == pytest.approx(length_m, rel=1e-7)


def test_it_goes_the_shorter_way_round_the_earth() -> None:
    course, length_m = rhumb_course_and_distance(Position(179.9, 51.0), Position(-179.9, 51.0))
    assert course == pytest.approx(90.0)
    assert length_m < 15_000.0
    west, _ = rhumb_course_and_distance(Position(-179.9, 51.0), Position(179.9, 51.0))
    assert west == pytest.approx(270.0)
    half_round, _ = rhumb_course_and_distance(Position(180.0, 51.0), Position(0.0, 51.0))
    assert half_round == pytest.approx(90.0), "eastward if both ways are as long"
    assert rhumb_destination(Position(179.9, 51.0), 90.0, length_m).lon_deg == pytest.approx(-179.9)


def test_one_place_has_no_course() -> None:
    assert rhumb_course_and_distance(JFK, JFK) == (None, 0.0)


def test_no_rhumb_line_ends_at_a_pole_or_goes_over_it() -> None:
    pole = Position(0.0, 90.0)
    with pytest.raises(ValueError, match="before the pole"):
        rhumb_course_and_distance(JFK, pole)
    with pytest.raises(ValueError, match="before the pole"):
        rhumb_destination(pole, 180.0, 1.0)
    for course in (0.0, 359.0):
        with pytest.raises(ValueError, match="ends at a pole"):
            rhumb_destination(Position(0.0, 89.0), course, 500_000.0)
