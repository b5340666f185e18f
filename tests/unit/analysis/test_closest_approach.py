"""Closest approach: the ferry of the night, small steps of time, and what is no approach at all."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from channelplot.analysis.closest_approach import (
    Approaching,
    ClosestApproach,
    apart_at,
    closest_approach,
    closest_approaches,
)
from channelplot.analysis.dead_reckoning import reckoning_of
from channelplot.analysis.drift import Conditions, Stream, Validity, carried_passage
from channelplot.analysis.passage import Passage, Way, steady_passage
from channelplot.geodesy.angles import turn_deg
from channelplot.geodesy.measure import bearing_deg, destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import m_from_nm, mps_from_kn, nm_from_m
from helpers.builders import R1, R3, R5, at
from helpers.night_boats import boat_a_as_plotted
from helpers.night_chartwork import (
    BEARING_TOLERANCE_DEG,
    NIGHT_CONDITIONS,
    NM_TOLERANCE,
    ferry,
    hms,
    is_at,
)

GEOD = Geod(ellps="WGS84")
PAIR = np.zeros((1, 2), dtype=np.intp)


def boat_a_passage() -> Passage:
    """Boat A as known at 0300Z: from R3 at 0245Z on 300.7, 5.04 kn."""
    found = reckoning_of(boat_a_as_plotted(), at("0300"))
    assert found is not None
    return found.passage


def stepped(first: Passage, second: Passage, start: datetime, hours: float) -> tuple[float, float]:
    """Return the seconds to the least distance and the distance, by steps of a second.

    For two single ways, each from its own time, by PROJ alone.
    """
    seconds = np.arange(0.0, hours * 3600.0 + 1.0)
    ends = []
    for way in (first.ways[0], second.ways[0]):
        since_s = (start - way.at_utc).total_seconds() + seconds
        count = len(seconds)
        lon, lat, _ = GEOD.fwd(
            np.full(count, way.position.lon_deg),
            np.full(count, way.position.lat_deg),
            np.full(count, way.course_deg or 0.0),
            way.speed_mps * since_s,
        )
        ends.append((lon, lat))
    apart_m = GEOD.inv(*ends[0], *ends[1])[2]
    return float(np.argmin(apart_m)), float(apart_m.min())


class TestTheFerryOfTheNight:
    @pytest.fixture
    def found(self) -> ClosestApproach:
        return closest_approach(boat_a_passage(), ferry(), at("0300"))

    def test_both_are_moved_to_0300_first(self, found: ClosestApproach) -> None:
        assert is_at(found.now.first, 51, 0.14, 1, 35.29)
        assert is_at(found.now.second, 50, 58.72, 1, 43.62)
        assert found.now.bearing_deg == pytest.approx(105.0, abs=BEARING_TOLERANCE_DEG)
        assert nm_from_m(found.now.distance_m) == pytest.approx(5.45, abs=NM_TOLERANCE)

    def test_the_cpa_is_0_33_miles_at_0325_in_25_minutes(self, found: ClosestApproach) -> None:
        assert found.approaching is Approaching.AHEAD
        assert nm_from_m(found.closest.distance_m) == pytest.approx(0.33, abs=0.0051)
        assert found.closest.distance_m == pytest.approx(606.0, abs=1.0)
        # To 0.1 minute it is 25.0: the worked answer's 25.1 is 0325:03 less 0300, rounded twice.
        assert found.tcpa_s / 60.0 == pytest.approx(25.05, abs=0.005)
        assert abs(found.closest.at_utc - hms(3, 25, 3.0)) < timedelta(seconds=1)

    def test_the_ferry_then_bears_018_from_the_boat(self, found: ClosestApproach) -> None:
        assert found.closest.bearing_deg == pytest.approx(18.4, abs=BEARING_TOLERANCE_DEG)
        assert found.closest.back_bearing_deg == pytest.approx(198.4, abs=BEARING_TOLERANCE_DEG)
        assert is_at(found.closest.first, 51, 1.22, 1, 32.42)
        assert is_at(found.closest.second, 51, 1.53, 1, 32.58)

    def test_small_steps_of_time_find_the_same(self, found: ClosestApproach) -> None:
        seconds, apart_m = stepped(boat_a_passage(), ferry(), at("0300"), 1.0)
        assert found.tcpa_s == pytest.approx(seconds, abs=0.51)
        assert found.closest.distance_m <= apart_m
        assert found.closest.distance_m == pytest.approx(apart_m, abs=0.1)

    def test_whenever_it_is_asked_the_cpa_is_the_same(self, found: ClosestApproach) -> None:
        for time in ("0245", "0258", "0310", "0324"):
            again = closest_approach(boat_a_passage(), ferry(), at(time))
            assert again.closest.distance_m == pytest.approx(found.closest.distance_m, abs=0.01)
            apart = abs(again.closest.at_utc - found.closest.at_utc)
            assert apart < timedelta(milliseconds=50)

    def test_reports_not_moved_to_one_time_would_be_wrong_and_do_not_come_out(
        self, found: ClosestApproach
    ) -> None:
        # The wrong way: the boat's report of 0245Z and the ferry's of 0258Z as if of one time.
        boat, ship = boat_a_passage().ways[0], ferry().ways[0]
        as_if = [
            Passage(
                (
                    Way(
                        position=way.position,
                        at_utc=at("0300"),
                        course_deg=way.course_deg,
                        speed_mps=way.speed_mps,
                    ),
                )
            )
            for way in (boat, ship)
        ]
        wrong = closest_approach(as_if[0], as_if[1], at("0300"))
        assert nm_from_m(wrong.closest.distance_m) == pytest.approx(0.56, abs=0.0051)
        assert wrong.tcpa_s / 60.0 == pytest.approx(22.1, abs=0.051)
        assert abs(nm_from_m(found.closest.distance_m) - 0.56) > 0.2
        assert abs(found.tcpa_s / 60.0 - 22.1) > 2.5


craft = st.builds(
    steady_passage,
    st.builds(Position, st.floats(0.9, 2.2), st.floats(50.5, 51.3)),
    st.sampled_from([at("0230"), at("0258"), at("0300"), at("0310")]),
    st.floats(0.0, 360.0),
    st.floats(0.0, 25.0),
)


@given(craft, craft)
def test_against_steps_of_a_second(first: Passage, second: Passage) -> None:
    horizon = timedelta(hours=2)
    found = closest_approach(first, second, at("0300"), horizon)
    _, apart_m = stepped(first, second, at("0300"), 2.0)
    if found.approaching is Approaching.STEADY:
        # Meridians that meet bring two abreast some metres closer without any relative speed.
        assert found.relative_speed_mps * 7200.0 > found.now.distance_m - apart_m - 50.0
        return
    assert found.least_m <= apart_m + 0.01
    # Half a step of a second at 50 kn.
    assert found.least_m >= apart_m - 13.0


@given(craft, craft)
def test_seen_from_the_other_it_is_the_same(first: Passage, second: Passage) -> None:
    one = closest_approach(first, second, at("0300"))
    other = closest_approach(second, first, at("0300"))
    assert one.approaching is other.approaching
    assert one.closest.distance_m == pytest.approx(other.closest.distance_m, abs=0.01)
    if one.closest.bearing_deg is not None and other.closest.back_bearing_deg is not None:
        turn = turn_deg(one.closest.bearing_deg, other.closest.back_bearing_deg)
        assert abs(turn) * one.closest.distance_m < 5.0


class TestWhatIsNoApproachAhead:
    def test_nearly_the_same_velocity_keeps_the_distance(self) -> None:
        one = steady_passage(R1, at("0300"), 300.0, 5.0)
        beside = steady_passage(destination(R1, 30.0, 1000.0), at("0300"), 300.0, 5.05)
        found = closest_approach(one, beside, at("0300"))
        assert found.approaching is Approaching.STEADY
        assert found.closest == found.now
        assert found.tcpa_s == 0.0
        assert 0.0 < found.relative_speed_mps < 0.052

    def test_two_that_stand_still_keep_their_distance(self) -> None:
        found = closest_approach(
            steady_passage(R1, at("0200"), None, 0.0),
            steady_passage(R3, at("0250"), None, 0.0),
            at("0300"),
        )
        assert found.approaching is Approaching.STEADY
        assert found.closest.distance_m == pytest.approx(distance_m(R1, R3))

    def test_one_that_stands_still_is_passed(self) -> None:
        still = steady_passage(R1, at("0100"), None, 0.0)
        start = destination(destination(R1, 0.0, 500.0), 270.0, m_from_nm(6.0))
        passing = steady_passage(start, at("0300"), 90.0, 12.0)
        found = closest_approach(still, passing, at("0300"))
        assert found.approaching is Approaching.AHEAD
        assert found.tcpa_s == pytest.approx(1800.0, abs=5.0)
        # Both geodesics bend to the south, by 12 m each.
        assert found.closest.distance_m == pytest.approx(500.0 - 24.0, abs=1.0)

    def test_a_cpa_in_the_past_is_told_as_past(self) -> None:
        found = closest_approach(boat_a_passage(), ferry(), at("0340"))
        assert found.approaching is Approaching.PAST
        assert found.tcpa_s == pytest.approx(-(14 * 60 + 57), abs=1.0)
        assert found.closest.distance_m == pytest.approx(605.7, abs=0.1)
        assert found.least_m == found.now.distance_m
        assert found.now.distance_m > m_from_nm(3.0)

    def test_those_that_part_all_the_time_are_as_close_as_now(self) -> None:
        west = steady_passage(Position(1.0, 51.0), at("0300"), 270.0, 10.0)
        east = steady_passage(Position(2.0, 51.0), at("0300"), 90.0, 10.0)
        found = closest_approach(west, east, at("0300"), timedelta(hours=1))
        assert found.approaching is Approaching.PARTING
        assert found.closest == apart_at(west, east, at("0300"))

    def test_those_that_still_close_at_the_end_are_as_close_as_then(self) -> None:
        west = steady_passage(Position(1.0, 51.0), at("0300"), 90.0, 5.0)
        east = steady_passage(Position(2.0, 51.0), at("0300"), 270.0, 5.0)
        found = closest_approach(west, east, at("0300"), timedelta(hours=1))
        assert found.approaching is Approaching.CLOSING
        assert found.closest.at_utc == at("0400")
        assert found.least_m == found.closest.distance_m
        assert nm_from_m(found.now.distance_m - found.closest.distance_m) == pytest.approx(
            10.0, abs=0.01
        )

    def test_on_a_collision_course_they_meet_and_have_no_bearing(self) -> None:
        meeting = destination(R1, 45.0, m_from_nm(3.0))
        one = steady_passage(R1, at("0300"), 45.0, 6.0)
        back = bearing_deg(meeting, destination(meeting, 45.0, m_from_nm(6.0)))
        start = destination(meeting, back, m_from_nm(6.0))
        other = steady_passage(start, at("0300"), bearing_deg(start, meeting), 12.0)
        found = closest_approach(one, other, at("0300"))
        assert found.closest.distance_m < 0.1
        assert abs(found.closest.at_utc - at("0330")) < timedelta(milliseconds=10)

    def test_two_at_one_place_and_time_are_closest_now(self) -> None:
        one = steady_passage(R1, at("0300"), 0.0, 6.0)
        other = steady_passage(R1, at("0300"), 90.0, 6.0)
        found = closest_approach(one, other, at("0300"))
        assert (found.approaching, found.tcpa_s) == (Approaching.AHEAD, 0.0)
        assert (found.closest.bearing_deg, found.closest.back_bearing_deg) == (None, None)


class TestPassagesOfSeveralWays:
    def test_the_closest_of_all_ways_counts(self) -> None:
        # North past a mark two miles off, then back to half a mile from it.
        mark = steady_passage(R1, at("0300"), None, 0.0)
        start = destination(destination(R1, 90.0, m_from_nm(2.0)), 180.0, m_from_nm(1.0))
        speed_mps = mps_from_kn(4.0)
        north = Way(position=start, at_utc=at("0300"), course_deg=0.0, speed_mps=speed_mps)
        turn = north.position_at(at("0330"))
        aim = destination(R1, 180.0, m_from_nm(0.5))
        back = Way(
            position=turn,
            at_utc=at("0330"),
            course_deg=bearing_deg(turn, aim),
            speed_mps=speed_mps,
        )
        there = closest_approach(Passage((north,)), mark, at("0300"))
        assert nm_from_m(there.closest.distance_m) == pytest.approx(2.0, abs=0.01)
        found = closest_approach(Passage((north, back)), mark, at("0300"))
        assert found.closest.at_utc > at("0330")
        assert found.closest.distance_m < m_from_nm(0.5)
        every_10_s = [at("0300") + timedelta(seconds=10 * k) for k in range(2160)]
        stepped_m = min(distance_m(Passage((north, back)).position_at(t), R1) for t in every_10_s)
        assert found.closest.distance_m == pytest.approx(stepped_m, abs=1.0)
        assert found.closest.distance_m <= stepped_m + 1e-3

    def test_two_in_the_same_turning_stream_keep_their_distance_only_while_it_lasts(self) -> None:
        turning = Conditions(
            streams=(
                Stream(set_deg=60.0, rate_kn=2.0, valid=Validity(at("0200"), at("0400"))),
                Stream(set_deg=240.0, rate_kn=2.0, valid=Validity(at("0400"), at("0800"))),
            )
        )
        adrift = carried_passage(R5, at("0300"), turning)
        held = steady_passage(destination(R5, 60.0, m_from_nm(1.0)), at("0300"), 60.0, 2.0)
        found = closest_approach(held, adrift, at("0300"))
        assert found.approaching is not Approaching.STEADY
        assert nm_from_m(found.closest.distance_m) == pytest.approx(1.0, abs=0.01)


def test_many_pairs_at_once_are_what_each_is_alone() -> None:
    boats = [boat_a_passage(), carried_passage(R5, at("0340"), NIGHT_CONDITIONS)]
    ships = [ferry(), steady_passage(R1, at("0200"), None, 0.0)]
    pairs = np.indices((2, 2)).reshape(2, -1).T.astype(np.intp)
    seconds, apart_m = closest_approaches(boats, ships, pairs, at("0300"))
    for row, (boat, ship) in enumerate(pairs):
        alone = closest_approach(boats[boat], ships[ship], at("0300"))
        assert apart_m[row] == pytest.approx(alone.least_m, abs=1.0)
        if alone.approaching is Approaching.AHEAD:
            assert seconds[row] == pytest.approx(alone.tcpa_s, abs=0.1)
    one = closest_approaches(boats[:1], ships[:1], PAIR, at("0300"), timedelta(0))
    assert one[0][0] == 0.0
    assert nm_from_m(float(one[1][0])) == pytest.approx(5.4544, abs=0.001)
