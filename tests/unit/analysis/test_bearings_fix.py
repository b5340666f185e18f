"""A fix from bearings: found again from any three marks, and when there is none or a weak one."""

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pyproj import Geod

from channelplot.analysis.bearings_fix import (
    Bearing,
    BearingsFix,
    FixFault,
    fix_from_bearings,
    fix_from_bearings_of_marks,
)
from channelplot.geodesy.measure import bearing_deg, destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import m_from_nm
from helpers.builders import R1, R2, SANGATTE, ddm
from helpers.night_chartwork import CGN, DOVER, is_at

GEOD = Geod(ellps="WGS84")
places = st.builds(Position, st.floats(-2.0, 3.0), st.floats(49.0, 52.0))


def seen(mark: Position, boat: Position, off_deg: float = 0.0) -> Bearing:
    """The bearing of a boat from a mark by PROJ, wrong by so much."""
    azimuth = GEOD.inv(mark.lon_deg, mark.lat_deg, boat.lon_deg, boat.lat_deg)[0]
    return Bearing(mark, (float(azimuth) + off_deg) % 360.0)


def fixed(*bearings: Bearing) -> BearingsFix:
    found = fix_from_bearings(bearings)
    assert isinstance(found, BearingsFix), found
    return found


def test_r2_of_the_night_by_two_bearings() -> None:
    found = fixed(Bearing(CGN, 23.0), seen(SANGATTE, R2))
    assert is_at(found.position, 50, 58.79, 1, 39.43)
    assert (len(found.corners), found.hat_m) == (1, 0.0)
    assert found.least_cut_deg == pytest.approx(81.6, abs=0.1)
    assert not found.is_weak


@given(places, places, places)
def test_a_boat_is_found_where_two_bearings_of_it_cross(
    boat: Position, one: Position, other: Position
) -> None:
    assume(min(distance_m(boat, one), distance_m(boat, other), distance_m(one, other)) > 500.0)
    back = [bearing_deg(boat, mark) for mark in (one, other)]
    cut = abs((back[0] - back[1] + 90.0) % 180.0 - 90.0)
    assume(cut > 3.0)
    found = fixed(seen(one, boat), seen(other, boat))
    assert distance_m(found.position, boat) < 0.01
    assert found.least_cut_deg == pytest.approx(cut, abs=1e-4)
    assert found.is_weak == (cut < 30.0)


@given(places, st.lists(places, min_size=3, max_size=4))
def test_three_right_bearings_leave_no_cocked_hat(boat: Position, marks: list[Position]) -> None:
    everyone = [boat, *marks]
    assume(min(distance_m(a, b) for a in everyone for b in everyone if a is not b) > 500.0)
    back = [bearing_deg(boat, mark) for mark in marks]
    cuts = [abs((a - b + 90.0) % 180.0 - 90.0) for k, a in enumerate(back) for b in back[:k]]
    assume(min(cuts) > 5.0)
    found = fixed(*(seen(mark, boat) for mark in marks))
    assert distance_m(found.position, boat) < 0.01
    assert found.hat_m < 0.1
    assert found.misses_deg == pytest.approx([0.0] * len(marks), abs=1e-5)


class TestTheCockedHat:
    def test_its_corners_are_where_each_two_lines_cross(self) -> None:
        bearings = (seen(CGN, R1, 0.5), seen(SANGATTE, R1, -0.5), seen(DOVER, R1, 0.5))
        found = fixed(*bearings)
        assert len(found.corners) == 3
        for corner, pair in zip(found.corners, ((0, 1), (0, 2), (1, 2)), strict=True):
            alone = fixed(*(bearings[index] for index in pair))
            assert distance_m(corner, alone.position) < 0.01
            for index in pair:
                told = bearings[index]
                assert bearing_deg(told.mark, corner) == pytest.approx(told.bearing_deg, abs=1e-5)
        sides = [distance_m(a, b) for a in found.corners for b in found.corners]
        assert found.hat_m == pytest.approx(max(sides))
        assert found.hat_m > 50.0

    def test_the_fix_is_off_the_bearings_by_the_least_squares(self) -> None:
        bearings = (seen(CGN, R1, 0.5), seen(SANGATTE, R1, -0.5), seen(DOVER, R1, 0.5))
        found = fixed(*bearings)

        def squares(place: Position) -> float:
            offs = [bearing_deg(b.mark, place) - b.bearing_deg for b in bearings]
            return math.fsum(off**2 for off in offs)

        least = squares(found.position)
        assert math.fsum(miss**2 for miss in found.misses_deg) == pytest.approx(least, rel=1e-6)
        for bearing in range(0, 360, 30):
            assert squares(destination(found.position, bearing, 5.0)) > least

    def test_wrong_the_same_way_around_the_boat_it_stays_near_it(self) -> None:
        marks = [destination(R1, bearing, m_from_nm(4.0)) for bearing in (0.0, 120.0, 240.0)]
        found = fixed(*(seen(mark, R1, 1.0) for mark in marks))
        assert distance_m(found.position, R1) < 1.0, "the middle of a regular hat"
        # Each line passes 4 NM times 1 degree from the boat; the sides are 2 sqrt(3) times that.
        aside_m = m_from_nm(4.0) * math.tan(math.radians(1.0))
        assert found.hat_m == pytest.approx(2.0 * math.sqrt(3.0) * aside_m, rel=0.01)
        assert found.least_cut_deg == pytest.approx(60.0, abs=0.1)

    def test_two_from_opposite_sides_and_one_across_make_a_fix_but_a_weak_one(self) -> None:
        marks = [destination(R1, bearing, m_from_nm(5.0)) for bearing in (90.0, 270.0, 0.0)]
        found = fixed(*(seen(mark, R1) for mark in marks))
        assert distance_m(found.position, R1) < 0.01
        assert len(found.corners) == 2
        assert found.is_weak


class TestHowGood:
    def test_a_fine_cut_is_warned_of_and_its_error_grows(self) -> None:
        errors = []
        for apart, is_weak in ((90.0, False), (31.0, False), (29.0, True), (10.0, True)):
            marks = [destination(R1, bearing, m_from_nm(5.0)) for bearing in (0.0, apart)]
            found = fixed(*(seen(mark, R1) for mark in marks))
            assert found.is_weak is is_weak
            assert found.least_cut_deg == pytest.approx(apart, abs=0.01)
            errors.append(found.error_m)
            # Two lines, each off by half a degree at five miles: sqrt(2) of that over the sine.
            off_m = m_from_nm(5.0) * math.radians(0.5)
            expected_m = math.sqrt(2.0) * off_m / math.sin(math.radians(apart))
            assert found.error_m == pytest.approx(expected_m, rel=1e-3)
        assert errors == sorted(errors)

    def test_the_error_goes_with_that_of_the_bearings(self) -> None:
        bearings = (seen(CGN, R1), seen(DOVER, R1))
        half, two = (fix_from_bearings(bearings, error) for error in (0.5, 2.0))
        assert isinstance(half, BearingsFix)
        assert isinstance(two, BearingsFix)
        assert two.error_m == pytest.approx(4.0 * half.error_m)


class TestNoFix:
    def test_lines_that_part_from_each_other(self) -> None:
        west, east = ddm(51, 0.0, 1, 20.0), ddm(51, 0.0, 1, 40.0)
        assert fix_from_bearings((Bearing(west, 330.0), Bearing(east, 30.0))) is FixFault.APART
        third = Bearing(ddm(50, 55.0, 1, 30.0), 0.0)
        parting = (Bearing(west, 330.0), Bearing(east, 30.0), third)
        assert fix_from_bearings(parting) is FixFault.APART

    def test_three_of_which_one_is_told_of_a_boat_behind_its_mark(self) -> None:
        # The third line runs beside the second and cuts the first 600 m ahead of its mark; together
        # they fit best 140 m behind it.
        first = Bearing(Position(1.597619142106564, 51.05248631116562), 232.57130597778664)
        second = Bearing(Position(1.3887035481626315, 50.95989253068396), 57.15190530500453)
        third = Bearing(Position(1.462082649148653, 50.9875660012851), 57.61292122931947)
        assert fix_from_bearings((first, second, third)) is FixFault.APART

    def test_bearings_far_off_around_a_near_mark_still_make_a_fix_between_the_lines(self) -> None:
        near = Bearing(Position(1.50425, 51.00029), 271.1)
        others = (
            Bearing(Position(1.49262, 50.97344), 12.8),
            Bearing(Position(1.4521, 51.07505), 162.2),
        )
        found = fixed(*others, near)
        assert max(distance_m(found.position, corner) for corner in found.corners) < found.hat_m

    def test_lines_that_run_beside_each_other(self) -> None:
        west, east = ddm(51, 0.0, 1, 20.0), ddm(51, 0.0, 1, 40.0)
        beside = (Bearing(west, 0.2), Bearing(east, 0.0))
        assert fix_from_bearings(beside) in (FixFault.PARALLEL, FixFault.APART)
        one_line = (Bearing(west, bearing_deg(west, east)), Bearing(east, bearing_deg(east, west)))
        assert fix_from_bearings(one_line) is FixFault.PARALLEL

    def test_two_from_one_place(self) -> None:
        assert fix_from_bearings((Bearing(CGN, 10.0), Bearing(CGN, 20.0))) is FixFault.SAME_PLACE

    def test_one_bearing_is_no_question(self) -> None:
        with pytest.raises(ValueError, match="two bearings"):
            fix_from_bearings([Bearing(CGN, 10.0)])


def test_a_boat_at_a_mark_is_fixed_there() -> None:
    found = fixed(Bearing(CGN, 300.0), seen(SANGATTE, CGN))
    assert distance_m(found.position, CGN) < 1.0


class TestBearingsOfMarks:
    @example(Position(0.0, 49.0), 49.0, 10.0, 25501.0, 500.0)
    @given(
        places,
        st.floats(0.0, 359.0),
        st.floats(10.0, 170.0),
        st.floats(500.0, m_from_nm(40.0)),
        st.floats(500.0, m_from_nm(40.0)),
    )
    def test_a_boat_is_found_by_what_two_marks_bear_from_it(
        self, boat: Position, first_deg: float, cut_deg: float, near_m: float, far_m: float
    ) -> None:
        marks = (
            destination(boat, first_deg, near_m),
            destination(boat, first_deg + cut_deg, far_m),
        )
        found = fix_from_bearings_of_marks([Bearing(m, bearing_deg(boat, m)) for m in marks])
        assert isinstance(found, BearingsFix)
        assert distance_m(found.position, boat) < 0.05

    def test_half_a_circle_alone_would_be_well_off(self) -> None:
        boat = R2
        of_marks = [Bearing(mark, bearing_deg(boat, mark)) for mark in (CGN, DOVER)]
        turned = [Bearing(b.mark, (b.bearing_deg + 180.0) % 360.0) for b in of_marks]
        assert distance_m(fixed(*turned).position, boat) > 50.0
        found = fix_from_bearings_of_marks(of_marks)
        assert isinstance(found, BearingsFix)
        assert distance_m(found.position, boat) < 0.05

    def test_a_mark_the_boat_lies_on_has_no_other_end(self) -> None:
        found = fix_from_bearings_of_marks([Bearing(CGN, 180.0), Bearing(CGN, 90.0)])
        assert found is FixFault.SAME_PLACE
