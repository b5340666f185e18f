"""Labels: none on another, none on a symbol, the first come first served."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.chart.clip import clipped_runs
from channelplot.chart.label_placer import Candidate, place_labels
from channelplot.chart.line_density import CELL_PX, MOST_LEGS, LineDensity

NO_SYMBOLS = np.empty((0, 4))
OUTWARDS = np.array((-1.0, -1.0, 1.0, 1.0))
shares = st.floats(0.0, 400.0)


def label(x: float, y: float, width: float = 40.0, priority: float = 0.0) -> Candidate:
    """A label to the right of a point, or to the left of it."""
    boxes = [(x, y, x + width, y + 12.0), (x - 8.0 - width, y, x - 8.0, y + 12.0)]
    places = np.array(boxes)[:, np.newaxis, :]
    return Candidate((priority,), places, np.array((0.0, 5.0)))


def overlap(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> bool:
    return bool(a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1])


@given(
    st.lists(st.tuples(shares, shares, st.floats(5.0, 120.0), st.floats(0, 9)), max_size=40),
    st.lists(st.tuples(shares, shares), max_size=15),
)
def test_no_label_lies_on_another_or_on_a_symbol(
    points: list[tuple[float, float, float, float]], marks: list[tuple[float, float]]
) -> None:
    candidates = [label(*point) for point in points]
    symbols = np.array([(x - 5, y - 5, x + 5, y + 5) for x, y in marks]).reshape(-1, 4)
    found = place_labels(candidates, symbols)
    boxes = [candidates[number].places[place, 0] for number, place in found.items()]
    for index, box in enumerate(boxes):
        assert not any(overlap(box, other) for other in boxes[index + 1 :])
        assert not any(overlap(box, symbol) for symbol in symbols)


def test_the_smaller_priority_gets_the_place_and_the_other_its_second_choice() -> None:
    late, early = label(100.0, 50.0, priority=2.0), label(102.0, 52.0, priority=1.0)
    assert place_labels([late, early], NO_SYMBOLS) == {1: 0, 0: 1}


def test_a_label_without_a_free_place_is_left_out() -> None:
    crowd = [label(100.0, 50.0, priority=float(n)) for n in range(3)]
    assert place_labels(crowd, NO_SYMBOLS) == {0: 0, 1: 1}


def test_a_label_rather_stands_where_no_line_runs() -> None:
    lines = LineDensity(400.0, 400.0)
    lines.add_lines([np.array([(105.0, 0.0), (105.0, 399.0)])])
    assert place_labels([label(100.0, 50.0)], NO_SYMBOLS, lines) == {0: 1}


def test_a_label_covers_a_line_rather_than_a_symbol() -> None:
    lines = LineDensity(400.0, 400.0)
    lines.add_lines([np.array([(105.0, 0.0), (105.0, 399.0)])])
    symbol = np.array([(70.0, 50.0, 80.0, 60.0)])
    assert place_labels([label(100.0, 50.0)], symbol, lines) == {0: 0}


def test_a_label_that_would_be_cut_off_is_left_out_where_asked() -> None:
    at_edge = label(370.0, 50.0)
    inside = (0.0, 0.0, 400.0, 400.0)
    assert place_labels([at_edge], NO_SYMBOLS) == {0: 0}
    assert place_labels([at_edge], NO_SYMBOLS, None, inside) == {0: 1}
    assert place_labels([label(10.0, 395.0)], NO_SYMBOLS, None, inside) == {}


def test_a_label_of_several_boxes_keeps_them_all_free() -> None:
    boxes = np.array([[(0.0, 0.0, 10.0, 10.0), (90.0, 90.0, 100.0, 100.0)]])
    turned = Candidate((0.0,), boxes, np.zeros(1))
    beside = label(92.0, 85.0, priority=1.0)
    between = label(40.0, 40.0, width=20.0, priority=2.0)
    assert place_labels([turned, beside, between], NO_SYMBOLS) == {0: 0, 1: 1, 2: 0}


@given(st.lists(st.tuples(shares, shares), min_size=2, max_size=6))
def test_line_density_counts_every_cell_once_whatever_the_boxes(
    points: list[tuple[float, float]],
) -> None:
    lines = LineDensity(400.0, 400.0)
    lines.add_lines([np.array(points)])
    whole = lines.under(np.array([(-200.0, -200.0, 600.0, 600.0)]))[0]
    halves = lines.under(np.array([(-200, -200, 200, 600), (200, -200, 600, 600)])).sum()
    assert whole == halves
    assert whole > 0.0


def test_lines_outside_the_picture_do_not_count() -> None:
    lines = LineDensity(100.0, 100.0)
    lines.add_lines([np.array([(5_000.0, 0.0), (5_000.0, 90.0)])])
    lines.add_lines([np.array([(0.0, 0.0)])])
    assert lines.under(np.array([(-1e4, -1e4, 1e4, 1e4)]))[0] == 0.0


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=40))
def test_no_label_crosses_the_edge_of_what_shows(points: list[tuple[float, float]]) -> None:
    candidates = [label(x, y) for x, y in points]
    shown = (50.0, 60.0, 250.0, 240.0)
    placed = place_labels(candidates, np.empty((0, 4)), uncut=shown)
    for number, place in placed.items():
        for left, top, right, bottom in candidates[number].places[place]:
            within = left >= 50 and top >= 60 and right <= 250 and bottom <= 240
            apart = right <= 50 or bottom <= 60 or left >= 250 or top >= 240
            assert within or apart


@given(
    st.integers(0, 2**32 - 1),
    st.lists(st.tuples(shares, shares), min_size=1, max_size=12),
)
def test_in_a_throng_of_symbols_none_is_covered_and_no_room_is_wasted(
    seed: int, points: list[tuple[float, float]]
) -> None:
    centres = np.random.default_rng(seed).uniform(0.0, 400.0, (320, 2))
    symbols = np.hstack((centres - 5.0, centres + 5.0))
    found = place_labels([label(*point, width=14.0) for point in points], symbols)
    for number, point in enumerate(points):
        candidate = label(*point, width=14.0)
        for place in range(2):
            box = candidate.places[place, 0]
            is_free = not any(overlap(box, symbol) for symbol in symbols)
            # A pixel beside a symbol counts as part of it.
            is_clear = not any(overlap(box + OUTWARDS, symbol) for symbol in symbols)
            alone = place_labels([candidate], symbols)
            if number in found and found[number] == place:
                assert is_free
            if place == 0 and is_clear:
                assert alone == {0: 0}


@given(
    st.tuples(st.floats(-9e4, 9e4), st.floats(-9e4, 9e4)),
    st.tuples(st.floats(-9e4, 9e4), st.floats(-9e4, 9e4)),
)
def test_a_line_far_longer_than_the_picture_counts_as_its_part_in_it_does(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    density = LineDensity(400.0, 400.0)
    density.add_lines([np.array([start, end])])
    left, top, right, bottom = edges = (-100.0, -100.0, 500.0, 500.0)
    runs = clipped_runs(np.array([start, end]), edges)
    length_px = sum(float(np.hypot(*(run.points[-1] - run.points[0]))) for run in runs)
    counted = density.under(np.array([(left, top, right, bottom)]))[0]
    assert counted == pytest.approx(length_px / CELL_PX, abs=4.0)


def test_of_very_many_legs_a_part_stands_for_all() -> None:
    dice = np.random.default_rng(7)
    lines = [dice.uniform(0.0, 400.0, (2, 2)) for _ in range(MOST_LEGS * 3)]
    density = LineDensity(400.0, 400.0)
    density.add_lines(lines)
    few = LineDensity(400.0, 400.0)
    few.add_lines(lines[:MOST_LEGS])
    box = np.array([(0.0, 0.0, 400.0, 400.0)])
    assert density.under(box)[0] == pytest.approx(3.0 * few.under(box)[0], rel=0.05)
