"""Bearings with distances, courses at the end of a geodesic, and many geodesics at once."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from channelplot.geodesy.angles import turn_deg
from channelplot.geodesy.measure import (
    bearing_and_distance,
    bearing_deg,
    bearings_and_distances,
    destination,
    destination_and_course,
    destinations_deg,
    distance_m,
)
from channelplot.geodesy.position import Position
from helpers.builders import R1, R3

in_the_area = st.builds(Position, st.floats(-7.5, 5.0), st.floats(47.5, 52.5))


@given(in_the_area, in_the_area)
def test_bearing_and_distance_in_one(a: Position, b: Position) -> None:
    assume(distance_m(a, b) > 0.0)
    assert bearing_and_distance(a, b) == (bearing_deg(a, b), distance_m(a, b))


def test_one_place_has_no_bearing_from_itself() -> None:
    assert bearing_and_distance(R1, R1) == (None, 0.0)


@given(in_the_area, st.floats(0.0, 360.0), st.floats(100.0, 300_000.0))
def test_the_course_at_the_end_is_the_reverse_of_the_bearing_back(
    start: Position, course: float, length_m: float
) -> None:
    end, course_there = destination_and_course(start, course, length_m)
    assert end == destination(start, course, length_m)
    assert abs(turn_deg(course_there, bearing_deg(end, start) + 180.0)) < 1e-6
    again, course_again = destination_and_course(end, course_there, -length_m)
    assert distance_m(again, start) < 1e-6
    assert abs(turn_deg(course_again, course)) < 1e-6


def test_a_craft_that_has_not_gone_yet_is_on_its_course() -> None:
    end, course = destination_and_course(R1, 290.0, 0.0)
    assert distance_m(end, R1) < 1e-9
    assert course == pytest.approx(290.0)


def test_many_are_what_each_is_alone() -> None:
    starts, ends = (R1, R3), (R3, R1)
    from_deg, to_deg = (np.array([(p.lon_deg, p.lat_deg) for p in row]) for row in (starts, ends))
    bearings, back, distances = bearings_and_distances(from_deg, to_deg)
    for row, (a, b) in enumerate(zip(starts, ends, strict=True)):
        assert bearings[row] % 360.0 == pytest.approx(bearing_deg(a, b))
        assert back[row] % 360.0 == pytest.approx(bearing_deg(b, a))
        assert distances[row] == distance_m(a, b)
    found_deg, courses = destinations_deg(from_deg, bearings, distances)
    np.testing.assert_allclose(found_deg, to_deg, atol=1e-10)
    np.testing.assert_allclose(courses % 360.0, (back + 180.0) % 360.0)
