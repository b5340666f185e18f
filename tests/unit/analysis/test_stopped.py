"""Since when a boat lies stopped, what ends it, and which report makes it adrift."""

from dataclasses import replace

import pytest

from channelplot.analysis.dead_reckoning import Supposition, reckoning_of
from channelplot.analysis.expected import Motion, expected_position
from channelplot.analysis.stopped import DRIFTS_AT_MOST_KN, becomes_adrift, stopped_from_utc
from channelplot.geodesy.measure import destination
from channelplot.geodesy.units import kn_from_mps, m_from_nm
from channelplot.model.codes import Craft, ReckoningRule, ReportKind, TrackStatus
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track
from helpers.builders import R5, R6, a_report, a_track, at
from helpers.night_boats import boat_a, report_1, report_2, report_3, report_5, report_6
from helpers.night_chartwork import NIGHT_CONDITIONS

STOPPED = replace(report_5(), speed_kn=0.0)


def boat(*later: Report) -> Track:
    """Boat A, stopped at 0340Z, and what was told of it later."""
    return boat_a(report_1(), report_2(), report_3(), STOPPED, *later)


def with_statuses(track: Track, *given: tuple[TrackStatus, str]) -> Track:
    """The track with statuses given at times, in this order."""
    changes = tuple(
        StatusChange(str(number), status, at(time)) for number, (status, time) in enumerate(given)
    )
    return replace(track, status=given[-1][0], status_changes=changes)


def motion(track: Track, time: str) -> Motion:
    found = expected_position(track, at(time))
    assert found is not None
    return found.motion


def after_r5(
    minutes: int, knots: float, speed_kn: float | None = None, course_deg: float | None = None
) -> Report:
    """A fix so long after R5, so fast from there; speed_kn, course_deg: as told."""
    place = destination(R5, 70.0, m_from_nm(knots * minutes / 60))
    hour, minute = divmod(3 * 60 + 40 + minutes, 60)
    return a_report(
        f"{hour:02}{minute:02}", position=place, speed_kn=speed_kn, course_deg=course_deg
    )


class TestTheNight:
    def test_r6_without_a_speed_leaves_a_stopped_where_it_was_seen(self) -> None:
        track = boat(report_6())
        found = expected_position(track, at("0420"))
        assert found is not None
        assert (found.motion, found.position, found.fix.uid) == (Motion.STOPPED, R6, "r6")
        assert found.stopped_utc == at("0412")
        assert stopped_from_utc(track, at("0420")) == at("0340")
        assert motion(track, "0339") is Motion.MADE_GOOD, "it was under way before it stopped"

    def test_it_drifts_from_r6_in_the_plot_s_stream_and_wind(self) -> None:
        found = reckoning_of(boat(report_6()), at("0420"), Supposition(conditions=NIGHT_CONDITIONS))
        assert found is not None
        assert found.rule_at(at("0420")) is ReckoningRule.DRIFT
        assert found.drifts_from_utc == at("0412")
        way = found.passage.way_at(at("0420"))
        assert way.course_deg == pytest.approx(70.7, abs=0.051)
        assert kn_from_mps(way.speed_mps) == pytest.approx(2.30, abs=0.0051)


class TestWhatEndsIt:
    def test_a_later_speed(self) -> None:
        told = boat(after_r5(30, 2.0, speed_kn=4.0, course_deg=300.0))
        assert motion(told, "0420") is Motion.MADE_GOOD
        assert motion(told, "0409") is Motion.STOPPED, "not before it was told"

    def test_a_later_speed_without_a_position(self) -> None:
        said = a_report("0400", position=None, speed_kn=5.0)
        assert motion(boat(said), "0410") is Motion.MADE_GOOD
        words = replace(said, kind=ReportKind.EVENT)
        assert motion(boat(words), "0410") is Motion.STOPPED, "what happened ashore is no speed"

    @pytest.mark.parametrize(("knots", "is_stopped"), [(2.5, True), (3.5, False), (6.0, False)])
    def test_a_leg_faster_than_a_drift(self, knots: float, is_stopped: bool) -> None:
        assert (knots <= DRIFTS_AT_MOST_KN) is is_stopped
        track = boat(after_r5(60, knots))
        assert (motion(track, "0445") is Motion.STOPPED) is is_stopped

    def test_but_no_leg_that_is_within_what_the_figures_leave_open(self) -> None:
        near = after_r5(2, 6.0)
        assert motion(boat(replace(near, error_m=109.4)), "0345") is Motion.STOPPED
        exact = replace(STOPPED, error_m=None)
        track = boat_a(exact, replace(near, error_m=None))
        assert motion(track, "0345") is Motion.MADE_GOOD

    def test_and_no_leg_that_led_to_where_it_stopped(self) -> None:
        assert motion(boat(), "0345") is Motion.STOPPED, "5 kn from R3 to R5"

    def test_stopped_again_it_is_stopped(self) -> None:
        moving = after_r5(30, 5.0)
        again = after_r5(40, 5.0, speed_kn=0.0)
        assert motion(boat(moving), "0415") is Motion.MADE_GOOD
        assert motion(boat(moving, again), "0425") is Motion.STOPPED
        assert stopped_from_utc(boat(moving, again), at("0425")) == at("0420")

    @pytest.mark.parametrize(
        ("status", "is_stopped"),
        [
            (TrackStatus.REPORTED, False),
            (TrackStatus.CONFIRMED, False),
            (TrackStatus.UNDER_WAY, False),
            (TrackStatus.ESCORTED, False),
            (TrackStatus.DISTRESS, True),
            (TrackStatus.RESCUED_PART, True),
            (TrackStatus.LOST_CONTACT, True),
            (TrackStatus.SEARCH_SUSPENDED, True),
        ],
    )
    def test_a_status_of_a_boat_that_makes_way(self, status: TrackStatus, is_stopped: bool) -> None:
        told = with_statuses(boat(report_6()), (TrackStatus.ADRIFT, "0340"), (status, "0415"))
        assert (motion(told, "0420") is Motion.STOPPED) is is_stopped
        assert motion(told, "0414") is Motion.STOPPED
        called = boat_a(report_1(), report_2(), report_3())
        called = with_statuses(called, (TrackStatus.ADRIFT, "0250"), (status, "0415"))
        assert (motion(called, "0420") is Motion.STOPPED) is is_stopped

    def test_a_status_given_before_it_stopped_does_not(self) -> None:
        earlier = with_statuses(boat(report_6()), (TrackStatus.UNDER_WAY, "0330"))
        assert motion(earlier, "0420") is Motion.STOPPED

    def test_a_boat_called_adrift_that_goes_faster_than_a_drift_is_reckoned_under_way(
        self,
    ) -> None:
        track = boat_a(replace(report_5(), speed_kn=None), after_r5(30, 5.0))
        assert motion(with_statuses(track, (TrackStatus.ADRIFT, "0340")), "0415") is (
            Motion.MADE_GOOD
        )
        assert motion(with_statuses(track, (TrackStatus.ADRIFT, "0412")), "0415") is (
            Motion.STOPPED
        ), "called so after that leg"


def test_assets_are_taken_by_their_last_fix() -> None:
    cutter = a_track(
        "CUTTER-1",
        (a_report("0340", position=R5, speed_kn=0.0), a_report("0412", position=R6)),
        craft=Craft.RESCUE_VESSEL,
    )
    assert motion(cutter, "0400") is Motion.STOPPED
    assert motion(cutter, "0420") is Motion.MADE_GOOD


class TestBecomesAdrift:
    @pytest.mark.parametrize(
        ("status", "becomes"),
        [
            (TrackStatus.REPORTED, True),
            (TrackStatus.CONFIRMED, True),
            (TrackStatus.UNDER_WAY, True),
            (TrackStatus.ADRIFT, False),
            (TrackStatus.DISTRESS, False),
            (TrackStatus.ESCORTED, False),
            (TrackStatus.RESCUED_PART, False),
            (TrackStatus.LANDED, False),
        ],
    )
    def test_only_a_boat_of_which_nothing_worse_is_known(
        self, status: TrackStatus, becomes: bool
    ) -> None:
        track = replace(boat_a(report_1(), report_2(), report_3()), status=status)
        assert becomes_adrift(track, STOPPED) is becomes

    @pytest.mark.parametrize("speed_kn", [None, 0.1, 5.0])
    def test_only_what_says_that_it_is_stopped(self, speed_kn: float | None) -> None:
        assert not becomes_adrift(boat_a(report_1()), replace(STOPPED, speed_kn=speed_kn))

    def test_without_a_position_too(self) -> None:
        assert becomes_adrift(boat_a(report_1()), replace(STOPPED, position=None))
        ashore = replace(STOPPED, kind=ReportKind.LANDING)
        assert not becomes_adrift(boat_a(report_1()), ashore)

    def test_no_asset(self) -> None:
        assert not becomes_adrift(a_track("X", craft=Craft.RESCUE_VESSEL), STOPPED)

    def test_not_by_a_late_report_of_a_boat_that_has_gone_on(self) -> None:
        later = a_report("0400", position=R6, speed_kn=5.0)
        assert not becomes_adrift(boat_a(report_3(), later), STOPPED)
        gone_on = after_r5(20, 5.0)
        assert not becomes_adrift(boat_a(report_3(), gone_on), STOPPED)
        drifting = after_r5(20, 2.0)
        assert becomes_adrift(boat_a(report_3(), drifting), STOPPED)

    @pytest.mark.parametrize(
        ("given", "becomes"), [("0330", True), ("0340", True), ("0345", False)]
    )
    def test_not_against_a_status_given_since(self, given: str, becomes: bool) -> None:
        track = with_statuses(boat_a(report_3()), (TrackStatus.UNDER_WAY, given))
        assert becomes_adrift(track, STOPPED) is becomes
