"""Drift by stream and leeway: the worked answers of the night, vectors, and validity."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.analysis.drift import (
    ALWAYS,
    Conditions,
    Stream,
    Validity,
    Wind,
    carried_at,
    carried_passage,
    datum,
    outside_s,
)
from channelplot.analysis.waters import waters_at
from channelplot.geodesy.angles import turn_deg
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.units import kn_from_mps, m_from_nm, mps_from_kn, nm_from_m
from helpers.builders import R3, R5, R6, at
from helpers.night_chartwork import (
    BEARING_TOLERANCE_DEG,
    BOUNDARY,
    NIGHT_CONDITIONS,
    NM_TOLERANCE,
    are_same,
    is_at,
)


def a_stream(set_deg: float = 60.0, rate_kn: float = 2.0, valid: Validity = ALWAYS) -> Stream:
    return Stream(set_deg=set_deg, rate_kn=rate_kn, valid=valid)


class TestTheNight:
    def test_stream_and_leeway_make_070_7_and_2_30_knots(self) -> None:
        carried = carried_at(NIGHT_CONDITIONS, at("0340"))
        assert carried.course_deg == pytest.approx(70.7, abs=0.051)
        assert kn_from_mps(carried.speed_mps) == pytest.approx(2.30, abs=0.0051)
        assert carried.is_valid

    def test_the_leeway_is_0_56_knots_toward_110(self) -> None:
        leeway = carried_at(replace(NIGHT_CONDITIONS, streams=()), at("0340"))
        assert leeway.course_deg == pytest.approx(110.0)
        assert kn_from_mps(leeway.speed_mps) == pytest.approx(0.56)

    @pytest.mark.parametrize(
        ("time", "place", "drift_nm", "boundary_nm", "side"),
        [
            ("0400", (51, 2.15, 1, 31.85), 0.77, 0.27, "GB"),
            ("0412", (51, 2.30, 1, 32.53), 1.23, 0.13, "GB"),
            ("0430", (51, 2.53, 1, 33.57), 1.92, 0.00, "GB"),
        ],
    )
    def test_the_datums_of_boat_a(
        self,
        time: str,
        place: tuple[int, float, int, float],
        drift_nm: float,
        boundary_nm: float,
        side: str,
    ) -> None:
        found = datum(R5, at("0340"), NIGHT_CONDITIONS, at(time))
        assert is_at(found.position, *place)
        assert nm_from_m(found.drift_m) == pytest.approx(drift_nm, abs=NM_TOLERANCE)
        waters = waters_at(found.position, BOUNDARY)
        assert nm_from_m(waters.distance_m) == pytest.approx(boundary_nm, abs=NM_TOLERANCE)
        assert waters.side == side
        assert found.is_within_validity

    def test_the_cutter_found_it_0_21_miles_from_the_datum(self) -> None:
        found = datum(R5, at("0340"), NIGHT_CONDITIONS, at("0412"))
        assert nm_from_m(distance_m(R6, found.position)) == pytest.approx(0.21, abs=NM_TOLERANCE)

    def test_the_datum_of_boat_c_at_0500(self) -> None:
        found = datum(R3, at("0245"), NIGHT_CONDITIONS, at("0500"))
        assert is_at(found.position, 51, 1.20, 1, 44.74)
        assert nm_from_m(found.drift_m) == pytest.approx(5.18, abs=NM_TOLERANCE)
        assert found.carried.course_deg is not None
        assert abs(turn_deg(found.carried.course_deg, 70.7)) < BEARING_TOLERANCE_DEG
        assert nm_from_m(found.error_m) == pytest.approx(0.3 * 5.18, abs=NM_TOLERANCE)
        waters = waters_at(found.position, BOUNDARY)
        assert waters.side == "FR"
        assert nm_from_m(waters.distance_m) == pytest.approx(4.54, abs=NM_TOLERANCE)


class TestVectors:
    def test_a_wind_blows_from_where_it_is_named_and_drives_the_other_way(self) -> None:
        west_wind = Conditions(winds=(Wind(from_deg=270.0, speed_kn=20.0, leeway_percent=5.0),))
        carried = carried_at(west_wind, at("0300"))
        assert carried.course_deg == pytest.approx(90.0)
        assert kn_from_mps(carried.speed_mps) == pytest.approx(1.0)

    def test_a_stream_sets_to_where_it_is_named(self) -> None:
        carried = carried_at(Conditions(streams=(a_stream(),)), at("0300"))
        assert carried.course_deg == pytest.approx(60.0)

    def test_what_cancels_leaves_no_drift_and_no_course(self) -> None:
        against = Conditions(
            streams=(a_stream(90.0, 1.0),),
            winds=(Wind(from_deg=90.0, speed_kn=20.0, leeway_percent=5.0),),
        )
        carried = carried_at(against, at("0300"))
        assert (carried.course_deg, carried.speed_mps) == (None, 0.0)
        assert datum(R5, at("0300"), against, at("0900")).position == R5

    def test_way_through_the_water_is_carried_with_it(self) -> None:
        # North at 3 kn in a stream of 4 kn to the east: 5 kn, 3-4-5.
        carried = carried_at(
            Conditions(streams=(a_stream(90.0, 4.0),)), at("0300"), 0.0, mps_from_kn(3.0)
        )
        assert kn_from_mps(carried.speed_mps) == pytest.approx(5.0)
        assert carried.course_deg == pytest.approx(53.1301, abs=1e-4)

    @given(st.floats(0, 360), st.floats(0.1, 5), st.floats(0, 360), st.floats(0, 40))
    def test_turning_everything_turns_the_drift(
        self, set_deg: float, rate: float, from_deg: float, wind: float
    ) -> None:
        def drift(turned_deg: float) -> tuple[float | None, float]:
            carried = carried_at(
                Conditions(
                    streams=(a_stream(set_deg + turned_deg, rate),),
                    winds=(
                        Wind(from_deg=from_deg + turned_deg, speed_kn=wind, leeway_percent=3.0),
                    ),
                ),
                at("0300"),
            )
            return carried.course_deg, carried.speed_mps

        (course, speed), (turned, same) = drift(0.0), drift(77.0)
        assert same == pytest.approx(speed, abs=1e-9)
        assert speed <= mps_from_kn(rate + 0.03 * wind) + 1e-9
        if course is not None and turned is not None and speed > 0.001:
            assert abs(turn_deg(course + 77.0, turned)) < 1e-6


class TestValidity:
    def test_the_last_value_goes_on_and_it_is_said_for_how_long(self) -> None:
        found = datum(R3, at("0245"), NIGHT_CONDITIONS, at("0545"))
        assert nm_from_m(found.drift_m) == pytest.approx(2.3003 * 3.0, abs=1e-3)
        assert found.outside_s == 30 * 60
        assert not found.is_within_validity
        assert not found.carried.is_valid

    def test_to_its_very_end_a_value_holds(self) -> None:
        found = datum(R3, at("0245"), NIGHT_CONDITIONS, at("0515"))
        assert found.is_within_validity
        assert found.carried.is_valid

    def test_before_the_first_value_begins_it_is_taken_and_said(self) -> None:
        assert outside_s(NIGHT_CONDITIONS, at("0215"), at("0300")) == 30 * 60
        assert not carried_at(NIGHT_CONDITIONS, at("0244")).is_valid
        assert carried_at(NIGHT_CONDITIONS, at("0244")).stream == NIGHT_CONDITIONS.streams[0]

    def test_a_stream_that_turns_is_followed(self) -> None:
        turning = Conditions(
            streams=(
                a_stream(240.0, 1.0, Validity(at("0400"), at("0500"))),
                a_stream(60.0, 2.0, Validity(at("0300"), at("0400"))),
            )
        )
        passage = carried_passage(R5, at("0300"), turning)
        turn = destination(R5, 60.0, m_from_nm(2.0))
        assert are_same(passage.position_at(at("0400")), turn)
        assert are_same(passage.position_at(at("0500")), destination(turn, 240.0, m_from_nm(1.0)))
        assert datum(R5, at("0300"), turning, at("0500")).drift_m == pytest.approx(m_from_nm(3.0))
        assert outside_s(turning, at("0300"), at("0530")) == 30 * 60

    def test_a_gap_is_bridged_by_what_was_before_and_counts_as_outside(self) -> None:
        gap = Conditions(
            streams=(
                a_stream(60.0, 2.0, Validity(at("0300"), at("0330"))),
                a_stream(240.0, 2.0, Validity(at("0400"), None)),
            )
        )
        assert carried_at(gap, at("0345")).course_deg == pytest.approx(60.0)
        assert outside_s(gap, at("0300"), at("0500")) == 30 * 60
        there_and_back = carried_passage(R5, at("0300"), gap).position_at(at("0500"))
        assert distance_m(there_and_back, R5) < 5.0

    def test_of_values_that_overlap_the_later_counts_and_then_the_longer_again(self) -> None:
        night_long = a_stream(60.0, 2.0, Validity(at("0200"), at("0600")))
        an_hour = a_stream(150.0, 1.0, Validity(at("0300"), at("0400")))
        overlapping = Conditions(streams=(an_hour, night_long))
        courses = [
            carried_at(overlapping, at(time)).course_deg
            for time in ("0259", "0300", "0359", "0400")
        ]
        assert courses == pytest.approx([60.0, 150.0, 150.0, 60.0])
        ways = carried_passage(R5, at("0230"), overlapping).ways
        assert [way.at_utc for way in ways] == [at("0230"), at("0300"), at("0400")]

    def test_stream_and_wind_are_outside_when_either_is(self) -> None:
        conditions = replace(
            NIGHT_CONDITIONS,
            winds=(
                Wind(
                    leeway_percent=4.0,
                    from_deg=290.0,
                    speed_kn=14.0,
                    valid=Validity(at("0245"), at("0400")),
                ),
            ),
        )
        assert outside_s(conditions, at("0300"), at("0600")) == 2 * 3600

    def test_values_without_a_validity_hold_always(self) -> None:
        always = Conditions(streams=(a_stream(),))
        assert outside_s(always, at("0000"), at("0000") + timedelta(days=30)) == 0.0
        assert len(carried_passage(R5, at("0300"), always).ways) == 1


class TestRefusals:
    def test_a_drift_does_not_go_back(self) -> None:
        with pytest.raises(ValueError, match="can't end"):
            datum(R5, at("0340"), NIGHT_CONDITIONS, at("0339"))

    def test_no_stream_and_no_wind_make_no_drift(self) -> None:
        with pytest.raises(ValueError, match="a stream or a wind"):
            Conditions()

    @pytest.mark.parametrize("percent", [-1.0, 100.1, float("nan")])
    def test_a_leeway_is_a_share(self, percent: float) -> None:
        with pytest.raises(ValueError, match="0 to 100"):
            Wind(from_deg=0.0, speed_kn=10.0, leeway_percent=percent)

    @pytest.mark.parametrize("number", [-0.1, float("nan"), float("inf")])
    def test_speeds_are_0_or_more(self, number: float) -> None:
        with pytest.raises(ValueError, match="0 or more"):
            a_stream(0.0, number)
        with pytest.raises(ValueError, match="0 or more"):
            Wind(from_deg=0.0, speed_kn=number, leeway_percent=4.0)

    def test_a_validity_has_its_times_in_order_and_in_utc(self) -> None:
        with pytest.raises(ValueError, match="before it begins"):
            Validity(at("0300"), at("0259"))
        with pytest.raises(ValueError, match="UTC"):
            Validity(datetime(2026, 9, 15, 2), None)  # noqa: DTZ001
