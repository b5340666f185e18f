"""Who can meet a boat: the cutter and the patrol of the night, and steps of time."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from channelplot.analysis.drift import Conditions, Stream, Validity, carried_passage
from channelplot.analysis.intercept import Asset, intercepts, meeting_with
from channelplot.analysis.passage import Passage, steady_passage
from channelplot.analysis.waters import waters_at
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import m_from_nm, mps_from_kn, nm_from_m
from helpers.builders import R1, R5, R6, at
from helpers.night_chartwork import (
    BEARING_TOLERANCE_DEG,
    BOUNDARY,
    CUTTER_1,
    DOVER,
    NIGHT_CONDITIONS,
    NM_TOLERANCE,
    PATROL_FR,
    hms,
    is_at,
)

GEOD = Geod(ellps="WGS84")


def an_asset(uid: str, position: Position, kn: float) -> Asset:
    return Asset(
        uid=uid,
        passage=steady_passage(position, at("0346"), None, 0.0),
        speed_mps=mps_from_kn(kn),
    )


def drifting_boat() -> Passage:
    return carried_passage(R5, at("0340"), NIGHT_CONDITIONS)


class TestTheNight:
    @pytest.mark.parametrize(
        ("start", "kn", "course", "nm", "eta", "place"),
        [
            (CUTTER_1, 22.0, 120.7, 8.66, (4, 9, 37), (51, 2.27, 1, 32.40)),
            (PATROL_FR, 18.0, 292.5, 9.95, (4, 19, 9), (51, 2.39, 1, 32.95)),
        ],
    )
    def test_each_meets_the_drifting_boat(
        self,
        start: Position,
        kn: float,
        course: float,
        nm: float,
        eta: tuple[int, int, int],
        place: tuple[int, float, int, float],
    ) -> None:
        found = meeting_with(drifting_boat(), start, mps_from_kn(kn), at("0346"))
        assert found is not None
        assert found.course_deg == pytest.approx(course, abs=BEARING_TOLERANCE_DEG)
        assert nm_from_m(found.distance_m) == pytest.approx(nm, abs=NM_TOLERANCE)
        assert hms(*eta) <= found.at_utc < hms(*eta) + timedelta(seconds=1), "cut to the second"
        assert is_at(found.position, *place)
        assert waters_at(found.position, BOUNDARY).side == "GB"

    def test_they_are_ranked_by_the_time_they_need(self) -> None:
        assets = [
            an_asset("slow", PATROL_FR, 2.0),
            an_asset("patrol", PATROL_FR, 18.0),
            an_asset("moored", R5, 0.0),
            an_asset("cutter", CUTTER_1, 22.0),
        ]
        found = intercepts(assets, drifting_boat(), at("0346"))
        assert [one.asset.uid for one in found] == ["cutter", "patrol", "slow"]
        assert found[0].start == CUTTER_1
        assert found[0].meeting is not None
        assert found[2].meeting is not None
        assert found[2].meeting.at_utc > at("0600")
        in_time = intercepts(assets, drifting_boat(), at("0346"), timedelta(hours=1))
        assert in_time[2].meeting is None

    def test_the_cutter_leaves_for_dover_and_is_there_at_0511(self) -> None:
        dover = steady_passage(DOVER, at("0438"), None, 0.0)
        found = meeting_with(dover, R6, mps_from_kn(16.0), at("0438"))
        assert found is not None
        assert found.course_deg == pytest.approx(300.8, abs=BEARING_TOLERANCE_DEG)
        assert nm_from_m(found.distance_m) == pytest.approx(9.02, abs=NM_TOLERANCE)
        assert hms(5, 11, 0.0) <= found.at_utc < hms(5, 12, 0.0)


@given(
    st.builds(Position, st.floats(1.0, 2.2), st.floats(50.6, 51.4)),
    st.floats(0.0, 360.0),
    st.floats(0.0, 25.0),
    st.floats(2.0, 30.0),
)
def test_against_steps_of_5_seconds(start: Position, course: float, kn: float, own: float) -> None:
    boat = steady_passage(R1, at("0300"), course, kn)
    found = meeting_with(boat, start, mps_from_kn(own), at("0300"), timedelta(hours=4))
    seconds = np.arange(0.0, 4 * 3600.0 + 1.0, 5.0)
    count = len(seconds)
    lon, lat, _ = GEOD.fwd(
        np.full(count, R1.lon_deg),
        np.full(count, R1.lat_deg),
        np.full(count, course),
        mps_from_kn(kn) * seconds,
    )
    apart_m = GEOD.inv(np.full(count, start.lon_deg), np.full(count, start.lat_deg), lon, lat)[2]
    in_reach = np.flatnonzero(apart_m <= mps_from_kn(own) * seconds)
    if found is None:
        assert not len(in_reach)
        return
    assert distance_m(start, found.position) == pytest.approx(found.distance_m)
    assert found.distance_m == pytest.approx(mps_from_kn(own) * found.duration_s, abs=0.01)
    assert distance_m(boat.position_at(found.at_utc), found.position) < 0.001
    if len(in_reach):
        first_s = seconds[in_reach[0]]
        assert first_s - 5.0 - 1e-3 <= found.duration_s <= first_s + 1e-3


class TestWhoCanNot:
    def test_a_boat_that_runs_away_faster_is_never_met(self) -> None:
        away = steady_passage(R1, at("0300"), 90.0, 20.0)
        behind = destination(R1, 270.0, m_from_nm(1.0))
        assert meeting_with(away, behind, mps_from_kn(18.0), at("0300")) is None
        assert meeting_with(away, behind, mps_from_kn(20.0), at("0300")) is None
        assert meeting_with(away, behind, mps_from_kn(22.0), at("0300")) is not None

    def test_a_faster_boat_is_met_at_the_first_of_two_places(self) -> None:
        passing = steady_passage(destination(R1, 270.0, m_from_nm(10.0)), at("0300"), 90.0, 20.0)
        aside = destination(R1, 180.0, m_from_nm(2.0))
        found = meeting_with(passing, aside, mps_from_kn(15.0), at("0300"))
        assert found is not None
        assert found.position.lon_deg < R1.lon_deg, "as it comes, not when it has gone by"
        too_slow = meeting_with(passing, aside, mps_from_kn(1.0), at("0300"))
        assert too_slow is None

    def test_within_the_horizon_or_not_at_all(self) -> None:
        still = steady_passage(R1, at("0300"), None, 0.0)
        away = destination(R1, 0.0, m_from_nm(10.0))
        speed_mps = mps_from_kn(10.0)
        assert meeting_with(still, away, speed_mps, at("0300"), timedelta(minutes=59)) is None
        found = meeting_with(still, away, speed_mps, at("0300"), timedelta(minutes=61))
        assert found is not None
        assert found.duration_s == pytest.approx(3600.0, abs=1e-3)


def test_one_that_is_there_already_has_met_it() -> None:
    found = meeting_with(steady_passage(R1, at("0300"), 90.0, 5.0), R1, 5.0, at("0300"))
    assert found is not None
    assert (found.at_utc, found.distance_m, found.course_deg) == (at("0300"), 0.0, None)


def test_an_asset_leaves_from_where_it_is_when_it_is_sent() -> None:
    moving = Asset(
        uid="1", passage=steady_passage(R1, at("0300"), 0.0, 12.0), speed_mps=mps_from_kn(20.0)
    )
    still = steady_passage(R5, at("0300"), None, 0.0)
    (found,) = intercepts([moving], still, at("0330"))
    assert found.start == destination(R1, 0.0, m_from_nm(6.0))


def test_an_asset_sent_before_its_fix_has_no_start_and_comes_last() -> None:
    seen_at_0346 = an_asset("cutter", CUTTER_1, 22.0)
    out_of_reach = an_asset("slow", PATROL_FR, 0.5)
    earlier = Asset(
        uid="patrol",
        passage=steady_passage(PATROL_FR, at("0330"), 270.0, 10.0),
        speed_mps=mps_from_kn(18.0),
    )
    boat = drifting_boat()
    found = intercepts([seen_at_0346, earlier], boat, at("0345"))
    assert [one.asset.uid for one in found] == ["patrol", "cutter"]
    assert [one.is_before_fix for one in found] == [False, True]
    assert (found[1].start, found[1].meeting) == (None, None)
    at_the_fix = intercepts([seen_at_0346, out_of_reach], boat, at("0346"))
    assert [one.is_before_fix for one in at_the_fix] == [False, False]
    assert at_the_fix[1].meeting is None, "it has a start, and can't"


def test_a_boat_is_followed_through_the_turn_of_its_stream() -> None:
    turning = Conditions(
        streams=(
            Stream(set_deg=90.0, rate_kn=3.0, valid=Validity(at("0300"), at("0330"))),
            Stream(set_deg=270.0, rate_kn=3.0, valid=Validity(at("0330"), at("0900"))),
        )
    )
    boat = carried_passage(R1, at("0300"), turning)
    start = destination(R1, 0.0, m_from_nm(10.0))
    found = meeting_with(boat, start, mps_from_kn(10.0), at("0300"))
    assert found is not None
    assert distance_m(boat.position_at(found.at_utc), found.position) < 0.001
    assert found.distance_m == pytest.approx(mps_from_kn(10.0) * found.duration_s, abs=0.01)
    # An hour's run to where the boat was and is again: met as it comes back.
    assert found.duration_s == pytest.approx(3600.0, abs=10.0)
    at_the_turn = meeting_with(boat, boat.position_at(at("0330")), 0.001, at("0300"))
    assert at_the_turn is not None
    assert abs(at_the_turn.at_utc - at("0330")) < timedelta(seconds=2)
