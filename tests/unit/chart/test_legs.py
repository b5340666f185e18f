"""Lines as legs: cut to a rectangle, measured, and cut into dashes that go round corners."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.chart.clip import clipped_runs
from channelplot.chart.legs import Legs, dashed, legs_of

RECT = (0.0, 0.0, 100.0, 60.0)
EVERYWHERE = (-1e6, -1e6, 1e6, 1e6)
CORNER = np.array([(10.0, 10.0), (20.0, 10.0), (20.0, 30.0)])
coordinates = st.integers(-30_000, 30_000).map(lambda hundredths: hundredths / 100.0)
lines = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=12)


def legs(*points: np.ndarray, rect: tuple[float, float, float, float] = EVERYWHERE) -> Legs:
    numbers = np.repeat(np.arange(len(points)), [len(line) for line in points])
    return legs_of(np.concatenate(points), numbers, rect, is_measured=True)


def lengths(found: Legs) -> npt.NDArray[np.float64]:
    step = found.ends - found.starts
    return np.asarray(np.hypot(step[:, 0], step[:, 1]), dtype=np.float64)


@given(st.lists(lines, min_size=1, max_size=4))
def test_legs_are_what_is_left_of_each_line_alone(points: list[list[tuple[float, float]]]) -> None:
    arrays = [np.array(line) for line in points]
    found = legs(*arrays, rect=RECT)
    for number, line in enumerate(arrays):
        own = found.part(found.lines == number)
        runs = list(clipped_runs(line, RECT))
        expected = sum(float(np.hypot(*np.diff(run.points, axis=0).T).sum()) for run in runs)
        assert lengths(own).sum() == pytest.approx(expected, abs=1e-6)
        if expected > 1e-3:
            assert own.reached[0] == pytest.approx(runs[0].start_length, abs=1e-6)


@given(lines)
def test_nothing_is_left_outside(points: list[tuple[float, float]]) -> None:
    found = legs(np.array(points), rect=RECT)
    both = np.concatenate((found.starts, found.ends))
    assert (both >= np.array(RECT[:2]) - 1e-6).all()
    assert (both <= np.array(RECT[2:]) + 1e-6).all()


def test_lines_one_after_the_other_are_not_joined() -> None:
    found = legs(CORNER, CORNER + 30.0)
    assert found.lines.tolist() == [0, 0, 1, 1]
    assert found.reached.tolist() == [0.0, 10.0, 0.0, 10.0]


def test_how_far_a_leg_is_along_counts_what_does_not_show() -> None:
    line = np.array([(50.0, 30.0), (50.0, 200.0), (80.0, 200.0), (80.0, 30.0)])
    found = legs(line, rect=RECT)
    assert found.reached.tolist() == pytest.approx([0.0, 170.0 + 30.0 + 140.0])


def test_dashes_go_round_a_corner() -> None:
    found = dashed(legs(CORNER), (8.0, 4.0))
    np.testing.assert_allclose(found.starts, [(10, 10), (20, 12), (20, 24)])
    np.testing.assert_allclose(found.ends, [(18, 10), (20, 20), (20, 30)])


def test_a_stroke_over_a_corner_is_longer_there_and_nowhere_else() -> None:
    found = dashed(legs(CORNER), (12.0, 4.0), 0.5)
    np.testing.assert_allclose(found.starts[1:], [(20, 9.5), (20, 16)])
    np.testing.assert_allclose(found.ends[:2], [(20.5, 10), (20, 12)])


def test_dashes_stay_in_place_however_the_line_is_cut() -> None:
    line = np.array([(-37.0, 30.0), (137.0, 30.0)])
    whole = dashed(legs(line), (7.0, 3.0, 2.0, 3.0))
    cut = dashed(legs(line, rect=RECT), (7.0, 3.0, 2.0, 3.0))
    inside = (whole.starts[:, 0] >= 0.0) & (whole.ends[:, 0] <= 100.0)
    expected = whole.starts[inside]
    assert all(np.isclose(cut.starts, place).all(axis=1).any() for place in expected)
    assert len(cut) <= len(expected) + 2


@given(lines, st.lists(st.floats(0.5, 20.0), min_size=2, max_size=2))
def test_dashes_are_as_long_together_as_the_pattern_says(
    points: list[tuple[float, float]], dash: list[float]
) -> None:
    found = legs(np.array(points))
    total = lengths(found).sum()
    periods, rest = divmod(total, sum(dash))
    expected = periods * dash[0] + min(rest, dash[0])
    assert lengths(dashed(found, dash)).sum() == pytest.approx(expected, abs=1e-4)


def test_lengthened_legs_overlap_where_they_meet() -> None:
    found = legs(CORNER).lengthened(1.0)
    np.testing.assert_allclose(found.starts, [(9, 10), (20, 9)])
    np.testing.assert_allclose(found.ends, [(21, 10), (20, 31)])


def test_a_single_point_has_no_legs() -> None:
    assert len(legs(CORNER[:1])) == 0
    assert len(dashed(legs(CORNER[:1]), (3.0, 2.0))) == 0
