"""Wrapping bearings, turns between them, and the conversion constants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.geodesy.angles import turn_deg, wrapped_deg
from channelplot.geodesy.units import kn_from_mps, m_from_nm, mps_from_kn, nm_from_m

angles = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("angle_deg", "wrapped"),
    [(0, 0), (359.9, 359.9), (360, 0), (-0.5, 359.5), (725, 5), (-360, 0), (-1e-20, 0)],
)
def test_an_angle_becomes_a_bearing(angle_deg: float, wrapped: float) -> None:
    assert wrapped_deg(angle_deg) == pytest.approx(wrapped, abs=1e-9)


@given(angles)
def test_a_bearing_is_never_negative_and_never_360(angle_deg: float) -> None:
    assert 0.0 <= wrapped_deg(angle_deg) < 360.0


@pytest.mark.parametrize(
    ("from_deg", "to_deg", "turn"),
    [(350, 10, 20), (10, 350, -20), (0, 180, 180), (180, 0, 180), (90, 90, 0), (1, 182, -179)],
)
def test_the_smallest_turn_is_clockwise_positive(
    from_deg: float, to_deg: float, turn: float
) -> None:
    assert turn_deg(from_deg, to_deg) == turn


@given(angles, angles)
def test_turning_by_the_turn_gets_there(from_deg: float, to_deg: float) -> None:
    turn = turn_deg(from_deg, to_deg)
    assert -180.0 < turn <= 180.0
    assert abs(turn_deg(from_deg + turn, to_deg)) < 1e-6


def test_a_nautical_mile_is_1852_metres_and_a_knot_one_of_them_an_hour() -> None:
    assert nm_from_m(1852.0) == 1.0
    assert m_from_nm(2.5) == 4630.0
    assert kn_from_mps(1852.0 / 3600.0) == pytest.approx(1.0, rel=1e-15)
    assert mps_from_kn(18.0) == pytest.approx(9.26, rel=1e-15)


@given(st.floats(0, 1e6))
def test_there_and_back_between_units(value: float) -> None:
    assert m_from_nm(nm_from_m(value)) == pytest.approx(value, rel=1e-14)
    assert mps_from_kn(kn_from_mps(value)) == pytest.approx(value, rel=1e-14)
