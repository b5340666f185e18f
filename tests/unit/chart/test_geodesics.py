"""Lines and circles that are true on the ground."""

from itertools import pairwise

import numpy as np
import pytest

from channelplot.chart.geodesics import circle_px, geodesic_deg, positions_deg
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import to_chart_m
from helpers.builders import R1, R3, R5
from helpers.charts import view_around

WEST, EAST = Position(-6.0, 48.5), Position(4.0, 52.0)


def test_a_geodesic_goes_through_its_positions_and_is_the_shortest_way() -> None:
    line_deg = geodesic_deg((WEST, R1, EAST))
    assert (line_deg[0] == positions_deg([WEST])[0]).all()
    assert (line_deg[-1] == positions_deg([EAST])[0]).all()
    assert (line_deg == positions_deg([R1])[0]).all(axis=1).any()
    points = [Position(float(lon), float(lat)) for lon, lat in line_deg]
    run_m = sum(distance_m(a, b) for a, b in pairwise(points))
    assert run_m == pytest.approx(distance_m(WEST, R1) + distance_m(R1, EAST), abs=0.01)


def test_its_pieces_are_too_short_to_be_seen_as_straight() -> None:
    line_m = to_chart_m(geodesic_deg((R1, destination(R1, 270.0, 100_000.0))))
    lengths_m = np.hypot(*np.diff(line_m, axis=0).T)
    assert lengths_m.max() < 3_000.0, "chart metres: a mile at 51 degrees"


def test_a_geodesic_bends_towards_the_pole_against_the_rhumb_line() -> None:
    line_m = to_chart_m(geodesic_deg((Position(-6.0, 50.0), Position(4.0, 50.0))))
    middle = line_m[len(line_m) // 2]
    # Half of the difference of longitude squared, times half of sin * cos of the latitude, times R.
    assert middle[1] - line_m[0, 1] == pytest.approx(18_640.0, rel=0.005)
    assert line_m[-1, 1] == pytest.approx(line_m[0, 1])


@pytest.mark.parametrize("positions", [(), (R1,)])
def test_fewer_than_two_positions_are_no_line(positions: tuple[Position, ...]) -> None:
    assert len(geodesic_deg(positions)) == len(positions)


def test_two_positions_that_coincide_are_a_line_without_length() -> None:
    line_deg = geodesic_deg((R1, R1, R3))
    assert np.isfinite(line_deg).all()
    assert (line_deg[:2] == positions_deg([R1, R1])).all()


def test_a_ring_of_thirty_miles_is_no_circle_in_pixels() -> None:
    viewport = view_around(R1, 400.0)
    radius_m = 30.0 * 1852.0
    ring_px = circle_px(R1, radius_m, viewport)
    for course_deg, row in ((0.0, 0), (180.0, len(ring_px) // 2)):
        expected = viewport.pixel_of(destination(R1, course_deg, radius_m))
        assert ring_px[row] == pytest.approx(expected, abs=0.05)
    middle_y_px = viewport.pixel_of(R1)[1]
    north_px, south_px = middle_y_px - ring_px[:, 1].min(), ring_px[:, 1].max() - middle_y_px
    assert north_px - south_px > 1.0


def test_a_huge_ring_is_as_fine_as_a_small_one() -> None:
    viewport = view_around(R5, 1.0)
    ring_px = circle_px(R1, distance_m(R1, R5), viewport)
    x_px, y_px = viewport.pixel_of(R5)
    start, leg = ring_px[:-1], np.diff(ring_px, axis=0)
    share = ((np.array((x_px, y_px)) - start) * leg).sum(axis=1) / (leg**2).sum(axis=1)
    feet = start + np.clip(share, 0.0, 1.0)[:, np.newaxis] * leg
    assert np.hypot(*(feet - (x_px, y_px)).T).min() < 0.5
