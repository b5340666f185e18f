"""Lines cut to a rectangle: nothing outside, nothing lost, dashes in place."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from channelplot.chart.clip import clipped_runs

RECT = (0.0, 0.0, 100.0, 60.0)
coordinates = st.floats(-300.0, 300.0)


@given(st.lists(st.tuples(coordinates, coordinates), min_size=2, max_size=12))
def test_what_remains_is_what_shapely_cuts_out(points: list[tuple[float, float]]) -> None:
    line = np.array(points)
    runs = list(clipped_runs(line, RECT))
    for run in runs:
        assert (run.points >= np.array(RECT[:2]) - 1e-6).all()
        assert (run.points <= np.array(RECT[2:]) + 1e-6).all()
    length = sum(float(np.hypot(*np.diff(run.points, axis=0).T).sum()) for run in runs)
    legs = shapely.linestrings(np.stack((line[:-1], line[1:]), axis=1))
    expected = shapely.length(shapely.intersection(legs, shapely.box(*RECT))).sum()
    assert length == pytest.approx(expected, abs=1e-4)


def test_a_line_inside_is_one_run_from_its_start() -> None:
    line = np.array([(1.0, 1.0), (50.0, 1.0), (50.0, 50.0)])
    (run,) = clipped_runs(line, RECT)
    assert run.start_length == 0.0
    np.testing.assert_allclose(run.points, line)


def test_a_line_that_leaves_and_returns_is_two_runs_that_know_how_far_they_are() -> None:
    line = np.array([(50.0, 30.0), (50.0, 200.0), (80.0, 200.0), (80.0, 30.0)])
    first, second = clipped_runs(line, RECT)
    np.testing.assert_allclose(first.points, [(50.0, 30.0), (50.0, 60.0)])
    np.testing.assert_allclose(second.points, [(80.0, 60.0), (80.0, 30.0)])
    assert second.start_length == pytest.approx(170.0 + 30.0 + 140.0)


def test_a_leg_across_is_cut_on_both_sides() -> None:
    (run,) = clipped_runs(np.array([(-100.0, 30.0), (200.0, 30.0)]), RECT)
    np.testing.assert_allclose(run.points, [(0.0, 30.0), (100.0, 30.0)])
    assert run.start_length == pytest.approx(100.0)


@pytest.mark.parametrize(
    "line", [[(5.0, 5.0)], [(-5.0, -5.0), (-9.0, 90.0)], [(-50.0, 10.0), (10.0, -50.0)]]
)
def test_a_point_or_a_line_outside_gives_nothing(line: list[tuple[float, float]]) -> None:
    assert list(clipped_runs(np.array(line), RECT)) == []


def test_a_boat_that_did_not_move_keeps_its_place() -> None:
    (run,) = clipped_runs(np.array([(10.0, 10.0), (10.0, 10.0)]), RECT)
    np.testing.assert_allclose(run.points, [(10.0, 10.0), (10.0, 10.0)])
