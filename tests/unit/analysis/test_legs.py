"""Course and speed between reports, against the worked answers of the acceptance night."""

import pytest

from channelplot.analysis.error_model import error_model
from channelplot.analysis.legs import (
    Leg,
    is_impossible,
    leg_between,
    leg_to,
    legs_of,
    made_good,
    plausible_speed_of,
    run_of,
)
from channelplot.geodesy.units import kn_from_mps, mps_from_kn, nm_from_m
from channelplot.model.codes import BoatType, Craft, ReportKind
from helpers.builders import R1, R2, R3, R5, R6, a_report, a_track, ddm, night_track

MODEL = error_model(lambda setting: setting.default)


def numbers(leg: Leg) -> tuple[float, float, float, float]:
    """Course, nautical miles, minutes and knots of a leg."""
    assert leg.course_deg is not None
    assert leg.speed_mps is not None
    return (
        leg.course_deg,
        nm_from_m(leg.distance_m),
        leg.duration_s / 60,
        kn_from_mps(leg.speed_mps),
    )


def close(numbers_: tuple[float, ...], expected: tuple[float, ...]) -> bool:
    """Within half of the last digit of the worked answers."""
    tolerances = (0.051, 0.0051, 0.01, 0.0051)
    return all(abs(n - e) <= t for n, e, t in zip(numbers_, expected, tolerances, strict=True))


def test_the_legs_and_the_run_of_boat_a() -> None:
    track = night_track()
    first, second = legs_of(track)
    assert close(numbers(first), (308.5, 1.27, 18, 4.23))
    assert close(numbers(second), (294.9, 1.69, 17, 5.98))
    run = run_of(track)
    assert run is not None
    assert run.speed_mps is not None
    assert nm_from_m(run.distance_m) == pytest.approx(2.96, abs=0.0051)
    assert run.duration_s == 35 * 60
    assert kn_from_mps(run.speed_mps) == pytest.approx(5.08, abs=0.0051)
    made_good = leg_between(track.reports[0], track.reports[-1])
    assert close(numbers(made_good), (300.7, 2.94, 35, 5.04))


def test_boat_a_to_the_end_of_the_night_and_after_the_correction() -> None:
    times = {"0210": R1, "0228": R2, "0245": R3, "0340": R5, "0412": R6}
    track = a_track("A", [a_report(time, position=place) for time, place in times.items()])
    assert [close(numbers(leg), expected) for leg, expected in zip(
        legs_of(track)[2:], [(301.2, 4.65, 55, 5.07), (67.1, 1.03, 32, 1.93)], strict=True
    )] == [True, True]  # fmt: skip
    run = run_of(track)
    assert run is not None
    assert nm_from_m(run.distance_m) == pytest.approx(8.64, abs=0.0051)
    corrected = track.without_report(track.reports[2].uid)
    assert close(numbers(legs_of(corrected)[1]), (299.5, 6.33, 72, 5.28))
    run = run_of(corrected)
    assert run is not None
    assert run.speed_mps is not None
    assert nm_from_m(run.distance_m) == pytest.approx(8.63, abs=0.0051)
    assert kn_from_mps(run.speed_mps) == pytest.approx(4.24, abs=0.0051)


def test_only_positions_make_legs() -> None:
    launch = a_report("0130", kind=ReportKind.LAUNCH)
    event = a_report("0215", kind=ReportKind.EVENT, position=None)
    fixes = (a_report("0210", position=R1), a_report("0228", position=R2))
    track = a_track("A", (launch, event, *fixes))
    (leg,) = legs_of(track)
    assert (leg.from_uid, leg.to_uid) == (fixes[0].uid, fixes[1].uid)
    assert leg_to(track, fixes[1].uid) == leg
    assert leg_to(track, fixes[0].uid) is None
    assert leg_to(track, event.uid) is None
    assert leg_to(track, "none such") is None


def test_fewer_than_two_positions_make_no_run() -> None:
    assert run_of(a_track("A")) is None
    assert run_of(a_track("A", (a_report(),))) is None
    assert legs_of(a_track("A", (a_report(),))) == ()


def test_the_same_place_has_no_course_and_the_same_time_no_speed() -> None:
    still = leg_between(a_report("0210", position=R1), a_report("0215", position=R1))
    assert (still.course_deg, still.distance_m, still.speed_mps) == (None, 0.0, 0.0)
    at_once = leg_between(a_report("0210", position=R1), a_report("0210", position=R2))
    assert at_once.speed_mps is None
    assert at_once.course_deg == pytest.approx(308.5, abs=0.051)
    run = run_of(a_track("A", (a_report("0210", position=R1), a_report("0210", position=R2))))
    assert run is not None
    assert run.speed_mps is None


def test_a_leg_backwards_in_time_has_no_speed() -> None:
    assert leg_between(a_report("0228"), a_report("0210", position=R2)).speed_mps is None


@pytest.mark.parametrize(("one", "other"), [(None, R1), (R1, None)])
def test_a_leg_runs_between_positions(one: object, other: object) -> None:
    places = [R1 if place is not None else None for place in (one, other)]
    with pytest.raises(ValueError, match="two positions"):
        leg_between(a_report("0210", position=places[0]), a_report("0228", position=places[1]))


def test_course_and_speed_made_good_from_first_to_last() -> None:
    track = night_track()
    leg = made_good(track)
    assert leg is not None
    assert close(numbers(leg), (300.7, 2.94, 35, 5.04))
    assert (leg.from_uid, leg.to_uid) == (track.reports[0].uid, track.reports[-1].uid)
    assert made_good(a_track("A", (a_report(),))) is None
    assert made_good(a_track("A")) is None


class TestImpossibleLegs:
    def test_76_knots_are_too_much_for_a_laden_boat(self) -> None:
        """Step 5 of the night: R3 and R4 are not of one boat."""
        r3 = a_report("0245", position=R3)
        r4 = a_report("0252", position=ddm(51, 2.4, 1, 50.3))
        track = a_track("A", (r3, r4))
        (leg,) = legs_of(track)
        assert is_impossible(leg, track, MODEL)
        assert not any(is_impossible(one, night_track(), MODEL) for one in legs_of(night_track()))

    @pytest.mark.parametrize(("factor", "expected"), [(0.999, False), (1.001, True)])
    def test_more_than_the_plausible_speed_is_impossible(
        self, factor: float, expected: bool
    ) -> None:
        track = night_track()
        most_mps = plausible_speed_of(track, MODEL)
        assert kn_from_mps(most_mps) == MODEL.plausible_speed_kn[Craft.SMALL_BOAT]
        leg = Leg("a", "b", 310.0, factor * most_mps * 600.0, 600.0)
        assert is_impossible(leg, track, MODEL) == expected

    @pytest.mark.parametrize("of_record", [True, False])
    def test_a_rhib_may_go_as_fast_as_a_rhib(self, of_record: bool) -> None:
        rhib = BoatType.RHIB
        said = a_report("0210", boat_type=None if of_record else rhib)
        track = a_track("A", (said,), boat_type=rhib if of_record else None)
        fast_mps = mps_from_kn(MODEL.plausible_speed_fast_boat_kn)
        leg = Leg("a", "b", 310.0, 0.99 * fast_mps * 600.0, 600.0)
        assert not is_impossible(leg, track, MODEL)
        assert is_impossible(leg, night_track(), MODEL)

    def test_two_places_at_one_time_are_a_minute_apart_at_most(self) -> None:
        track = night_track()
        minute_m = plausible_speed_of(track, MODEL) * 60.0
        assert not is_impossible(Leg("a", "b", 0.0, 0.99 * minute_m, 0.0), track, MODEL)
        assert is_impossible(Leg("a", "b", 0.0, 1.01 * minute_m, 0.0), track, MODEL)
