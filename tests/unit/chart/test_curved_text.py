"""Letters along a curve: on it, evenly spaced, never upside down."""

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from channelplot.chart.curved_text import (
    MOST_TURN_DEG,
    STEEPEST_DEG,
    beside,
    even_points,
    lengths_px,
    set_along,
    smoothed,
)

ADVANCES = np.array((9.0, 5.0, 3.0, 7.5, 4.0, 8.0))
SPACING = 2.5
WIDTH = float(ADVANCES.sum()) + SPACING * 5


def arc(radius_px: float, from_deg: float, to_deg: float) -> npt.NDArray[np.float64]:
    """A part of a circle about (0, 0), y downwards."""
    angles = np.radians(np.linspace(from_deg, to_deg, 600))
    return np.column_stack((radius_px * np.cos(angles), radius_px * np.sin(angles)))


def distance_to(line: npt.NDArray[np.float64], points: npt.NDArray[np.float64]) -> float:
    fine = even_points(line, 0.05)
    return float(np.hypot(*(points[:, np.newaxis] - fine).transpose(2, 0, 1)).min(axis=1).max())


@given(st.floats(60.0, 2_000.0), st.floats(-160.0, -20.0), st.booleans())
def test_glyphs_stand_on_the_curve_evenly_and_along_it(
    radius_px: float, middle_deg: float, is_reversed: bool
) -> None:
    half_deg = math.degrees(1.2 * WIDTH / 2.0 / radius_px)
    curve = arc(radius_px, middle_deg - half_deg, middle_deg + half_deg)
    if is_reversed:
        curve = curve[::-1]
    length_px = float(lengths_px(curve)[-1])
    (place,), (fits,) = set_along(curve, np.array((length_px / 2.0,)), ADVANCES, SPACING)
    assume(fits)
    assert distance_to(curve, place[:, :2]) < 0.1
    # From left to right, at even distances measured along the circle.
    turns = np.unwrap(np.arctan2(place[:, 1], place[:, 0]))
    gaps = np.diff(turns) * radius_px - (ADVANCES[:-1] + ADVANCES[1:]) / 2.0
    assert gaps == pytest.approx(np.full(5, SPACING), abs=0.05)
    # Turned as the circle is there: at right angles to the radius.
    assert place[:, 2] == pytest.approx(np.degrees(turns) + 90.0, abs=0.5)


@given(
    st.lists(st.tuples(st.floats(-400, 400), st.floats(-400, 400)), min_size=3, max_size=9),
    st.floats(5.0, 60.0),
)
def test_no_text_is_ever_upside_down_or_torn(
    points: list[tuple[float, float]], reach_px: float
) -> None:
    line = np.array(points)
    assume(np.hypot(*np.diff(line, axis=0).T).min() > 1.0)
    curve = smoothed(line, reach_px)
    length_px = float(lengths_px(curve)[-1])
    middles = np.linspace(0.0, length_px, 25)
    places, fits = set_along(curve, middles, ADVANCES, SPACING)
    for place, middle_px in zip(places[fits], middles[fits], strict=True):
        assert np.abs(place[:, 2]).max() <= STEEPEST_DEG
        assert np.abs(np.diff(place[:, 2])).max() <= MOST_TURN_DEG
        assert place[-1, 0] > place[0, 0]
        assert distance_to(curve, place[:, :2]) < 1.0
        assert WIDTH / 2.0 - 0.01 <= middle_px <= length_px - WIDTH / 2.0 + 0.01


def test_a_text_longer_than_its_curve_has_no_place() -> None:
    line = np.array(((0.0, 0.0), (WIDTH - 1.0, 0.0)))
    assert not set_along(line, np.array((WIDTH / 2.0,)), ADVANCES, SPACING)[1].any()
    longer = np.array(((0.0, 0.0), (WIDTH + 1.0, 0.0)))
    assert set_along(longer, np.array((WIDTH / 2.0,)), ADVANCES, SPACING)[1].any()


def test_upright_lines_are_too_steep() -> None:
    line = np.array(((0.0, 0.0), (2.0, 300.0)))
    assert not set_along(line, np.array((150.0,)), ADVANCES, SPACING)[1].any()


@given(st.floats(1.0, 80.0))
def test_smoothing_keeps_ends_and_straight_lines_and_flattens_short_bends(reach_px: float) -> None:
    straight = np.array(((0.0, 0.0), (300.0, 150.0)))
    assert distance_to(straight, smoothed(straight, reach_px)) < 0.1
    x = np.linspace(0.0, 600.0, 601)
    wave = np.column_stack((x, 10.0 * np.sin(x / 3.0)))
    smooth = smoothed(wave, reach_px)
    assert smooth[[0, -1]] == pytest.approx(wave[[0, -1]], abs=1e-6)
    if reach_px > 30.0:
        # At its very ends it goes on as it began.
        inner = (smooth[:, 0] > 150.0) & (smooth[:, 0] < 450.0)
        assert np.abs(smooth[inner, 1]).max() < 3.0


@given(st.floats(-40.0, 40.0))
def test_beside_is_as_far_as_asked_and_to_the_left_hand(distance_px: float) -> None:
    rightward = np.array(((0.0, 100.0), (50.0, 100.0), (200.0, 100.0)))
    moved = beside(even_points(rightward), distance_px)
    assert moved[:, 1] == pytest.approx(np.full(len(moved), 100.0 - distance_px))
    circle = arc(300.0, -150.0, -30.0)
    radii = np.hypot(*beside(even_points(circle), distance_px).T)
    # The circle runs over the top from left to right: its left hand is outside.
    assert radii == pytest.approx(np.full(len(radii), 300.0 + distance_px), abs=0.5)


def test_beside_cuts_the_corners_that_are_sharper_than_it_is_far() -> None:
    sharp = even_points(np.array(((0.0, 0.0), (100.0, 0.0), (100.0, 100.0))))
    inside = beside(sharp, -30.0)
    assert inside[:, 0].max() <= 73.0
    assert inside[:, 1].min() >= 28.0
