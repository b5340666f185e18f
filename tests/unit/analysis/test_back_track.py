"""Which beach a boat left: the night's three, how sure, and when nothing can be said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from channelplot.analysis.back_track import (
    BackTrack,
    Confidence,
    LaunchCandidate,
    back_track,
    first_made_good,
)
from channelplot.geodesy.measure import destination
from channelplot.geodesy.units import kn_from_mps, m_from_nm, nm_from_m
from channelplot.model.beach import Beach
from channelplot.model.codes import ReportKind
from channelplot.model.track import Track
from helpers.builders import R1, R2, SANGATTE, a_beach, a_report, a_track, at
from helpers.night_boats import (
    WISSANT,
    boat_a,
    boat_a_as_plotted,
    report_1,
    report_2,
    report_5,
    report_6,
)
from helpers.night_chartwork import BEARING_TOLERANCE_DEG, BLERIOT, NM_TOLERANCE

BEACHES = (
    a_beach("Blériot", BLERIOT),
    a_beach("Sangatte", SANGATTE),
    a_beach("Wissant", WISSANT),
)


def tracked(track: Track, beaches: tuple[Beach, ...] = BEACHES) -> BackTrack:
    found = back_track(track, beaches)
    assert found is not None
    return found


def of_beach(found: BackTrack, name: str) -> LaunchCandidate:
    return next(one for one in found.candidates if one.beach.name == name)


class TestTheNight:
    @pytest.mark.parametrize(
        ("name", "bearing", "nm", "left"),
        [
            ("Sangatte", 298.4, 2.95, "0134"),
            ("Wissant", 10.9, 4.69, "0114"),
            ("Blériot", 275.4, 5.40, "0105"),
        ],
    )
    def test_each_beach_of_boat_a(self, name: str, bearing: float, nm: float, left: str) -> None:
        one = of_beach(tracked(boat_a_as_plotted()), name)
        assert one.bearing_deg == pytest.approx(bearing, abs=BEARING_TOLERANCE_DEG)
        assert nm_from_m(one.distance_m) == pytest.approx(nm, abs=NM_TOLERANCE)
        assert at(left) <= one.left_utc < at(left) + timedelta(minutes=1), "cut to the minute"

    def test_sangatte_is_best_and_likely(self) -> None:
        found = tracked(boat_a_as_plotted())
        assert [one.beach.name for one in found.candidates] == ["Sangatte", "Blériot", "Wissant"]
        assert [one.confidence for one in found.candidates] == [
            Confidence.LIKELY,
            Confidence.POSSIBLE,
            Confidence.UNLIKELY,
        ]
        assert found.candidates[0].off_course_deg == pytest.approx(2.3, abs=0.1)
        assert found.fix.uid == "r1"
        assert found.made_good.speed_mps is not None
        assert kn_from_mps(found.made_good.speed_mps) == pytest.approx(5.04, abs=0.0051)
        assert found.made_good.course_deg == pytest.approx(300.7, abs=0.051)

    def test_the_launch_reported_late_bears_it_out(self) -> None:
        launch = a_report("0130", uid="l", kind=ReportKind.LAUNCH, position=SANGATTE)
        found = tracked(boat_a_as_plotted().with_report(replace(launch, track_uid="boat-a")))
        best = found.candidates[0]
        assert (best.beach.name, best.confidence) == ("Sangatte", Confidence.CONFIRMED)
        assert best.launch is not None
        assert best.launch.uid == "l"
        assert [one.launch for one in found.candidates[1:]] == [None, None]

    def test_without_r3_it_goes_by_r1_and_r2(self) -> None:
        found = tracked(boat_a(report_1(), report_2(), report_5(), report_6()))
        # R5 is 90 minutes after R1.
        assert found.made_good.to_uid == "r2"
        assert found.made_good.course_deg == pytest.approx(308.5, abs=0.051)


class TestHowSure:
    @pytest.mark.parametrize(
        ("minutes", "metres", "borne_out"),
        [(29, 0, True), (31, 0, False), (0, 1800, True), (0, 1900, False)],
    )
    def test_a_launch_bears_out_a_beach_near_it_in_place_and_time(
        self, minutes: int, metres: float, borne_out: bool
    ) -> None:
        left = of_beach(tracked(boat_a_as_plotted()), "Sangatte").left_utc
        launch = a_report(
            left + timedelta(minutes=minutes),
            kind=ReportKind.LAUNCH,
            position=destination(SANGATTE, 200.0, metres),
        )
        track = a_track("A", (*boat_a_as_plotted().reports, launch))
        assert (of_beach(tracked(track), "Sangatte").launch is not None) == borne_out

    def test_a_launch_without_a_position_bears_out_nothing(self) -> None:
        launch = a_report("0130", kind=ReportKind.LAUNCH, position=None)
        track = a_track("A", (*boat_a_as_plotted().reports, launch))
        assert of_beach(tracked(track), "Sangatte").launch is None

    def test_two_beaches_near_the_course_are_possible_both(self) -> None:
        beside = a_beach("Beside", destination(SANGATTE, 30.0, 500.0))
        found = tracked(boat_a_as_plotted(), (*BEACHES, beside))
        near = [one for one in found.candidates if one.off_course_deg < 15.0]
        assert len(near) == 2
        assert {one.confidence for one in near} == {Confidence.POSSIBLE}

    def test_one_too_long_ago_is_unlikely_and_rivals_nobody(self) -> None:
        far = a_beach("Far", destination(R1, 118.0, m_from_nm(31.0)))
        found = tracked(boat_a_as_plotted(), (*BEACHES, far))
        assert of_beach(found, "Far").confidence is Confidence.UNLIKELY
        assert of_beach(found, "Sangatte").confidence is Confidence.LIKELY

    def test_the_time_it_left_is_uncertain_by_a_share_of_the_run(self) -> None:
        best = of_beach(tracked(boat_a_as_plotted()), "Sangatte")
        run_s = (at("0210") - best.left_utc).total_seconds()
        assert best.left_within_s == pytest.approx(0.15 * run_s, abs=0.01)

    def test_a_first_fix_on_the_beach_itself_has_no_bearing(self) -> None:
        found = tracked(boat_a_as_plotted(), (a_beach("Here", R1), *BEACHES))
        here = found.candidates[0]
        assert (here.beach.name, here.bearing_deg, here.off_course_deg) == ("Here", None, 0.0)
        assert here.left_utc == at("0210")

    def test_a_course_through_north_is_no_turn_around(self) -> None:
        reports = (a_report("0210"), a_report("0240", position=destination(R1, 355.0, 4000.0)))
        beach = a_beach("South", destination(R1, 185.0, 4000.0))
        (one,) = tracked(a_track("A", reports), (beach,)).candidates
        assert one.off_course_deg == pytest.approx(10.0, abs=0.1)


class TestWhenNothingCanBeSaid:
    def test_one_fix_tells_no_course(self) -> None:
        assert back_track(boat_a(report_1()), BEACHES) is None
        assert back_track(a_track("A"), BEACHES) is None
        assert first_made_good(a_track("A")) is None

    def test_two_an_hour_apart_tell_none(self) -> None:
        apart = (a_report("0210"), a_report("0311", position=R2))
        assert back_track(a_track("A", apart), BEACHES) is None

    def test_a_boat_that_hardly_moves_or_not_at_all_tells_none(self) -> None:
        for metres in (0.0, 400.0):
            moved = R1 if metres == 0.0 else destination(R1, 300.0, metres)
            reports = (a_report("0210"), a_report("0310", position=moved))
            assert back_track(a_track("A", reports), BEACHES) is None

    def test_two_at_one_time_tell_none(self) -> None:
        reports = (a_report("0210"), a_report("0210", position=R2))
        assert back_track(a_track("A", reports), BEACHES) is None

    def test_without_beaches_there_are_no_candidates(self) -> None:
        assert tracked(boat_a_as_plotted(), ()).candidates == ()
