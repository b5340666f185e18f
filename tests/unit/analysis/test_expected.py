"""Dead reckoning by the desk's rule, against the worked answers of the acceptance night."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.analysis.expected import (
    Expected,
    Motion,
    expected_position,
    fixes_until,
    position_between,
)
from channelplot.geodesy.measure import bearing_deg, destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import kn_from_mps, m_from_nm, nm_from_m
from channelplot.model.codes import ReportKind, TrackStatus
from channelplot.model.track import StatusChange, Track
from helpers.builders import R1, R2, R3, R5, R6, a_report, a_track, at, ddm
from helpers.night_boats import boat_a, boat_a_as_plotted, report_1, report_2, report_5, report_6

HUNDREDTH_OF_MINUTE_M = 18.5


def expected(track: Track, time: str | datetime) -> Expected:
    found = expected_position(track, at(time) if isinstance(time, str) else time)
    assert found is not None
    return found


def is_near(found: Expected, place: Position) -> bool:
    return distance_m(found.position, place) < HUNDREDTH_OF_MINUTE_M


class TestTheNight:
    def test_boat_a_at_0300_by_r1_r2_r3(self) -> None:
        found = expected(boat_a_as_plotted(), "0300")
        assert is_near(found, ddm(51, 0.14, 1, 35.29))
        assert found.motion is Motion.MADE_GOOD
        assert found.is_moving
        assert (found.from_utc, found.fix.uid) == (at("0245"), "r3")
        assert found.course_deg == pytest.approx(300.7, abs=0.051)
        assert kn_from_mps(found.speed_mps) == pytest.approx(5.04, abs=0.0051)
        assert nm_from_m(found.moved_m) == pytest.approx(1.26, abs=0.0051)

    def test_boat_a_at_0300_as_it_would_have_been_without_r3(self) -> None:
        corrected = expected(boat_a(report_1(), report_2(), report_5(), report_6()), "0300")
        assert is_near(corrected, ddm(51, 0.19, 1, 36.64))
        assert corrected.from_utc == at("0228")
        used = expected(boat_a_as_plotted(), "0300")
        assert nm_from_m(distance_m(used.position, corrected.position)) == pytest.approx(
            0.86, abs=0.0051
        )

    def test_the_boundary_crossing_that_was_predicted_at_0334(self) -> None:
        crossing = datetime(2026, 9, 15, 3, 34, 8, tzinfo=at("0300").tzinfo)
        before_r5 = boat_a_as_plotted().without_report("r5")
        assert is_near(expected(before_r5, crossing), ddm(51, 1.61, 1, 31.38))

    def test_stopped_at_r5_it_stays_there(self) -> None:
        adrift = StatusChange("1", TrackStatus.ADRIFT, at("0340"))
        track = replace(
            boat_a_as_plotted().without_report("r6"),
            status=TrackStatus.ADRIFT,
            status_changes=(adrift,),
        )
        found = expected(track, "0412")
        assert found.position == R5
        assert (found.motion, found.moved_m, found.is_moving) == (Motion.STOPPED, 0.0, False)
        assert (found.course_deg, found.speed_mps) == (None, 0.0)
        under_way = expected(track, "0339")
        assert under_way.motion is Motion.MADE_GOOD, "it was under way before it stopped"


def test_before_the_first_fix_nothing_is_expected() -> None:
    track = a_track("A", (a_report("0130", kind=ReportKind.LAUNCH), a_report("0210")))
    assert expected_position(track, at("0209")) is None
    assert expected(track, "0210").position == R1
    assert expected_position(a_track("A"), at("0300")) is None
    assert [fixes_until(track, at(time)) for time in ("0209", "0210", "0300")] == [0, 1, 1]


def test_one_fix_goes_by_the_course_and_speed_reported() -> None:
    found = expected(boat_a(report_1()), "0240")
    assert found.motion is Motion.REPORTED
    assert found.position == destination(R1, 310.0, m_from_nm(2.0))
    assert nm_from_m(found.moved_m) == pytest.approx(2.0)


@pytest.mark.parametrize("motion", [(None, None), (310.0, None), (None, 4.0)])
def test_one_fix_of_unknown_motion_is_all_there_is(
    motion: tuple[float | None, float | None],
) -> None:
    track = a_track("A", (a_report("0210", course_deg=motion[0], speed_kn=motion[1]),))
    found = expected(track, "0300")
    assert (found.position, found.motion, found.is_moving) == (R1, Motion.UNKNOWN, False)
    assert found.moved_m == 0.0


def test_the_last_three_fixes_count_and_no_more() -> None:
    astray = a_report("0200", position=R6)
    with_astray = a_track("A", (astray, *boat_a_as_plotted().without_report("r5").reports[:3]))
    assert expected(with_astray, "0300").position == expected(boat_a_as_plotted(), "0300").position


def test_fixes_more_than_an_hour_before_the_last_do_not_count() -> None:
    times = ["0210", "0310", "0311"]
    places = [R1, R2, R3]
    reports = [a_report(t, position=p) for t, p in zip(times, places, strict=True)]
    found = expected(a_track("A", reports), "0311")
    assert found.course_deg == pytest.approx(bearing_deg(R2, R3))
    just_within = [replace(reports[0], observed_at_utc=at("0211")), *reports[1:]]
    found = expected(a_track("A", just_within), "0311")
    assert found.course_deg == pytest.approx(bearing_deg(R1, R3))


def test_a_last_fix_that_stands_alone_goes_by_what_it_reported() -> None:
    first = a_report("0100", position=R1, course_deg=310.0, speed_kn=4.0)
    alone = a_track("A", (first, a_report("0230", position=R2)))
    assert expected(alone, "0240").motion is Motion.UNKNOWN
    told = a_track("A", (first, a_report("0230", position=R2, course_deg=90.0, speed_kn=6.0)))
    assert expected(told, "0240").position == destination(R2, 90.0, m_from_nm(1.0))


def test_two_fixes_at_one_time_make_no_speed_but_may_have_reported_one() -> None:
    told = a_report("0210", position=R1, course_deg=0.0, speed_kn=6.0)
    at_once = a_report("0210", position=R2, logged_at_utc=at("0212"))
    found = expected(a_track("A", (told, at_once)), "0220")
    assert found.motion is Motion.REPORTED
    assert found.position == destination(R2, 0.0, m_from_nm(1.0))


def test_a_fix_with_a_speed_of_nought_stays() -> None:
    stopped = a_report("0228", position=R2, speed_kn=0.0)
    found = expected(a_track("A", (a_report("0210", position=R1), stopped)), "0300")
    assert (found.position, found.motion) == (R2, Motion.STOPPED)


def test_two_fixes_at_one_place_are_expected_there() -> None:
    found = expected(a_track("A", (a_report("0210"), a_report("0230"))), "0300")
    assert (found.position, found.motion, found.is_moving) == (R1, Motion.MADE_GOOD, False)


class TestAdrift:
    def track(self, *changes: tuple[TrackStatus, str]) -> Track:
        """R1 and R2, a leg of 4.23 kn, and changes of status."""
        made = tuple(StatusChange(time, status, at(time)) for status, time in changes)
        return replace(boat_a(report_1(), report_2()), status=changes[-1][0], status_changes=made)

    def test_later_than_the_last_fix_it_went_on_until_then(self) -> None:
        found = expected(self.track((TrackStatus.ADRIFT, "0246")), "0400")
        assert found.motion is Motion.STOPPED
        assert nm_from_m(found.moved_m) == pytest.approx(1.27, abs=0.0051)  # 18 min again

    def test_is_counted_from_when_it_was_first_called_so(self) -> None:
        explained_later = self.track((TrackStatus.ADRIFT, "0228"), (TrackStatus.ADRIFT, "0330"))
        assert expected(explained_later, "0400").position == R2

    def test_under_way_again_goes_on(self) -> None:
        again = self.track((TrackStatus.ADRIFT, "0228"), (TrackStatus.UNDER_WAY, "0250"))
        assert expected(again, "0245").motion is Motion.STOPPED
        assert expected(again, "0255").motion is Motion.MADE_GOOD

    def test_from_the_start_is_adrift_without_a_change(self) -> None:
        track = a_track("A", (a_report("0210"), a_report("0228", position=R2)))
        adrift = replace(track, status=TrackStatus.ADRIFT)
        assert expected(adrift, "0300").motion is Motion.STOPPED


def test_between_two_fixes_a_boat_is_on_the_leg() -> None:
    before, after = a_report("0210", position=R1), a_report("0228", position=R2)
    middle = position_between(before, after, at("0219"))
    assert distance_m(R1, middle) == pytest.approx(distance_m(R1, R2) / 2)
    assert distance_m(R1, middle) + distance_m(middle, R2) == pytest.approx(distance_m(R1, R2))
    assert distance_m(position_between(before, after, at("0228")), R2) < 1e-6
    still = position_between(before, a_report("0228", position=R1), at("0219"))
    assert still == R1


def test_between_needs_two_places_and_time() -> None:
    with pytest.raises(ValueError, match="two positions"):
        position_between(a_report("0210", position=None), a_report("0228"), at("0219"))
    with pytest.raises(ValueError, match="one after the other"):
        position_between(a_report("0210", position=R1), a_report("0210", position=R2), at("0210"))


@given(st.integers(0, 600))
def test_later_fixes_do_not_count(minutes: int) -> None:
    whole = boat_a_as_plotted()
    moment = at("0210") + timedelta(minutes=minutes)
    known = whole
    for report in whole.reports:
        if report.observed_at_utc > moment:
            known = known.without_report(report.uid)
    assert expected(whole, moment) == expected(known, moment)
