"""The acceptance night's chartwork, asked on the command line: every number of its answers.

Tolerances are the night's: positions 0.01', distances 0.01 NM, bearings 0.1°, times a minute.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from channelplot.geodesy.measure import bearing_and_distance, distance_m
from channelplot.geodesy.units import nm_from_m
from channelplot.model.plot import Plot
from helpers.answers_command import Part, plot_file, run_answers
from helpers.builders import R6, at
from helpers.night_at_sea import (
    AT_DOVER,
    STREAM_AND_WIND,
    night_at_sea,
    night_at_sea_corrected,
    with_cutter_at_the_boat,
)
from helpers.night_boats import boat_a, report_1, report_2, report_3, report_4
from helpers.night_chartwork import BEARING_TOLERANCE_DEG, NM_TOLERANCE, is_at


@dataclass
class Night:
    """The command line on the night's plot; the files that were made of it."""

    folder: Path
    capfd: pytest.CaptureFixture[str]

    def ask(self, plot: Plot, name: str, hhmm: str, *words: str) -> Part:
        """What is answered of a craft at a time of the night."""
        path = self.folder / "night.gpkg"
        path.unlink(missing_ok=True)
        plot_file(self.folder, plot)
        time = f"2026-09-15T{hhmm[:2]}:{hhmm[2:]}Z"
        asked = ("--track", name, "--at", time, "--own-beaches", "--json", *words)
        done = run_answers(self.capfd, path, *asked)
        assert done.code == 0, done.complaint
        return Part(done.record)


@pytest.fixture
def night(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Night:
    return Night(tmp_path, capfd)


def assert_leg(leg: Part, course: float, nm: float, minutes: float, kn: float) -> None:
    assert leg.number("course_deg") == pytest.approx(course, abs=BEARING_TOLERANCE_DEG)
    assert leg.number("distance_nm") == pytest.approx(nm, abs=NM_TOLERANCE)
    assert leg.number("duration_min") == pytest.approx(minutes)
    assert leg.number("speed_kn") == pytest.approx(kn, abs=0.011)


def assert_run(answers: Part, nm: float, minutes: float, kn: float) -> None:
    run = answers.part("run")
    assert run.number("distance_nm") == pytest.approx(nm, abs=NM_TOLERANCE)
    assert run.number("duration_min") == pytest.approx(minutes)
    assert run.number("speed_kn") == pytest.approx(kn, abs=0.011)


def assert_waters(reckoned: Part, state: str, nm: float, bearing: float | None = None) -> None:
    waters = reckoned.part("waters")
    assert waters.word("state") == state
    assert waters.word("limit_code") == "uk_fr_1988"
    assert waters.is_so("is_legal")
    assert waters.number("boundary_distance_nm") == pytest.approx(nm, abs=NM_TOLERANCE)
    if bearing is not None:
        found = waters.number("boundary_bearing_deg")
        assert found == pytest.approx(bearing, abs=BEARING_TOLERANCE_DEG)


def assert_time(found: datetime, hhmm: str, second: float = 30.0, within_s: float = 60.0) -> None:
    """Within a minute of what the night says, which is cut to the minute."""
    assert abs((found - at(hhmm)).total_seconds() - second) <= within_s


def before_the_cutter(plot: Plot) -> Plot:
    """Return the plot as long as R6 has not come."""
    return plot.with_track(plot.tracks["boat-a"].without_report("r6"))


def test_step_1_the_boundary_from_r1(night: Night) -> None:
    reckoned = night.ask(night_at_sea(), "A", "0210").part("reckoned")
    assert reckoned.word("kind") == "fix"
    assert_waters(reckoned, "FR", 6.23, 331.5)


def test_step_3_legs_run_and_what_is_made_good(night: Night) -> None:
    answers = night.ask(night_at_sea(), "A", "0245")
    first, second = answers.parts("legs")
    assert_leg(first, 308.5, 1.27, 18, 4.23)
    assert_leg(second, 294.9, 1.69, 17, 5.98)
    assert not second.is_so("is_impossible")
    assert_run(answers, 2.96, 35, 5.08)
    assert_leg(answers.part("made_good"), 300.7, 2.94, 35, 5.04)
    assert_waters(answers.part("reckoned"), "FR", 3.70)


def test_step_4_the_beaches_it_may_have_left(night: Night) -> None:
    back = night.ask(night_at_sea(), "A", "0245").part("back_track")
    told = [
        ("Sangatte", 298.4, 2.95, "0134"),
        ("Blériot", 275.4, 5.40, "0105"),
        ("Wissant", 10.9, 4.69, "0114"),
    ]
    assert [beach.word("beach") for beach in back.parts("beaches")] == [name for name, *_ in told]
    for name, bearing, nm, left in told:
        beach = back.named("beaches", name, "beach")
        found = beach.number("bearing_deg")
        assert found == pytest.approx(bearing, abs=BEARING_TOLERANCE_DEG)
        assert beach.number("distance_nm") == pytest.approx(nm, abs=NM_TOLERANCE)
        assert_time(beach.time("left_utc"), left)


def test_step_5_another_boat_s_position_makes_an_impossible_leg(night: Night) -> None:
    plot = night_at_sea().without_track("boat-b")
    taken = boat_a(report_1(), report_2(), report_3(), report_4())
    *others, last = night.ask(plot.with_track(taken), "A", "0252").parts("legs")
    assert last.number("course_deg") == pytest.approx(70.9, abs=BEARING_TOLERANCE_DEG)
    assert last.number("distance_nm") == pytest.approx(8.88, abs=NM_TOLERANCE)
    assert last.number("speed_kn") == pytest.approx(76.1, abs=60.0 / 7.0 * NM_TOLERANCE)
    assert last.is_so("is_impossible")
    assert not any(leg.is_so("is_impossible") for leg in others)


def test_step_7_the_dead_reckoning_and_its_crossing(night: Night) -> None:
    answers = night.ask(night_at_sea(), "A", "0300")
    reckoned = answers.part("reckoned")
    assert (reckoned.word("kind"), reckoned.word("rule")) == ("dr", "made_good")
    assert reckoned.number("fixes") == 3
    assert reckoned.number("course_deg") == pytest.approx(300.7, abs=BEARING_TOLERANCE_DEG)
    assert reckoned.number("speed_kn") == pytest.approx(5.04, abs=0.011)
    assert reckoned.number("run_nm") == pytest.approx(1.26, abs=NM_TOLERANCE)
    assert is_at(reckoned.position(), 51, 0.14, 1, 35.29)
    assert_waters(reckoned, "FR", 2.62, 331.4)
    nearest = reckoned.part("waters")
    lon_deg, lat_deg = nearest.numbers("boundary_lon_deg", "boundary_lat_deg")
    assert lat_deg == pytest.approx(51 + 2.44 / 60, abs=0.01 / 60)
    assert lon_deg == pytest.approx(1 + 33.30 / 60, abs=0.01 / 60)
    crossing = answers.part("crossing_under_way")
    assert (crossing.word("from_state"), crossing.word("to_state")) == ("FR", "GB")
    assert_time(crossing.time("crosses_at_utc"), "0334", 8.0)
    assert is_at(crossing.position(), 51, 1.61, 1, 31.38)
    assert crossing.is_so("is_legal")
    assert crossing.is_so("is_predicted")


def test_step_8_the_ferry(night: Night) -> None:
    approach = night.ask(night_at_sea(), "A", "0300").named("approaches", "FERRY")
    assert approach.number("bearing_deg") == pytest.approx(105.0, abs=BEARING_TOLERANCE_DEG)
    assert approach.number("distance_nm") == pytest.approx(5.45, abs=NM_TOLERANCE)
    other = approach.numbers("other_lat_deg", "other_lon_deg")
    assert other == pytest.approx((50 + 58.72 / 60, 1 + 43.62 / 60), abs=0.01 / 60)
    assert approach.number("cpa_nm") == pytest.approx(0.33, abs=NM_TOLERANCE)
    assert approach.number("tcpa_min") == pytest.approx(25.1, abs=0.1)
    assert_time(approach.time("cpa_at_utc"), "0325", 3.0)
    assert approach.number("cpa_bearing_deg") == pytest.approx(18.0, abs=0.51)


def test_the_answer_of_reports_not_moved_to_one_time_never_comes_back(night: Night) -> None:
    approach = night.ask(night_at_sea(), "A", "0300").named("approaches", "FERRY")
    assert abs(approach.number("cpa_nm") - 0.56) > 0.2
    assert abs(approach.number("tcpa_min") - 22.1) > 2.5


def test_step_10_the_boat_stopped_on_the_british_side(night: Night) -> None:
    reckoned = night.ask(night_at_sea(), "A", "0340").part("reckoned")
    assert_waters(reckoned, "GB", 0.49)


def test_step_11_the_drift_its_datum_and_its_way_back_into_french_waters(night: Night) -> None:
    plot = before_the_cutter(night_at_sea())
    answers = night.ask(plot, "A", "0412")
    conditions, reckoned = answers.part("conditions"), answers.part("reckoned")
    assert conditions.number("drift_course_deg") == pytest.approx(70.7, abs=0.1)
    assert conditions.number("drift_speed_kn") == pytest.approx(2.30, abs=0.01)
    assert conditions.is_so("is_valid")
    assert (reckoned.word("kind"), reckoned.word("rule")) == ("ep", "drift")
    assert is_at(reckoned.position(), 51, 2.30, 1, 32.53)
    assert reckoned.number("run_nm") == pytest.approx(1.23, abs=NM_TOLERANCE)
    assert_waters(reckoned, "GB", 0.13)
    assert answers.values["crossing_under_way"] is None
    back = answers.part("crossing_adrift")
    assert (back.word("from_state"), back.word("to_state")) == ("GB", "FR")
    assert_time(back.time("crosses_at_utc"), "0430", 23.0)
    assert is_at(back.position(), 51, 2.54, 1, 33.59)


def test_the_answer_of_a_boundary_drawn_raw_never_comes_back(night: Night) -> None:
    back = night.ask(before_the_cutter(night_at_sea()), "A", "0346").part("crossing_adrift")
    raw_s = 3.0  # after 0427Z
    assert abs((back.time("crosses_at_utc") - at("0427")).total_seconds() - raw_s) > 120.0


def test_stream_and_wind_typed_on_the_command_line_stand_in_for_the_plot_s(night: Night) -> None:
    plot = before_the_cutter(night_at_sea())
    words = ("--stream", "060/1.9", "--wind", "290/14", "--leeway", "4")
    other = replace(STREAM_AND_WIND, stream_set_deg=200.0, wind_from_deg=10.0)
    typed = night.ask(plot.with_conditions(other), "A", "0412", *words)
    kept = night.ask(plot, "A", "0412")
    assert typed.part("reckoned").position() == kept.part("reckoned").position()
    assert typed.values["crossing_adrift"] == kept.values["crossing_adrift"]


def test_step_12_the_two_that_can_be_sent(night: Night) -> None:
    answers = night.ask(night_at_sea(), "A", "0346")
    cutter, patrol = (answers.named("intercepts", name) for name in ("CUTTER-1", "PATROL-FR"))
    for asset, course, nm, hhmm, second in (
        (cutter, 120.7, 8.66, "0409", 37.0),
        (patrol, 292.5, 9.95, "0419", 9.0),
    ):
        assert asset.number("course_deg") == pytest.approx(course, abs=BEARING_TOLERANCE_DEG)
        assert asset.number("distance_nm") == pytest.approx(nm, abs=NM_TOLERANCE)
        assert_time(asset.time("eta_utc"), hhmm, second, within_s=2.0)
        assert asset.part("waters").word("state") == "GB"
    assert answers.values["assets_without_speed"] == [AT_DOVER]


def test_step_13_the_cutter_on_scene(night: Night) -> None:
    answers = night.ask(night_at_sea(), "A", "0412")
    assert_waters(answers.part("reckoned"), "GB", 0.25)
    assert_run(answers, 8.64, 122, 4.25)
    good = answers.part("made_good")
    assert good.number("course_deg") == pytest.approx(307.8, abs=BEARING_TOLERANCE_DEG)
    assert good.number("distance_nm") == pytest.approx(7.03, abs=NM_TOLERANCE)
    *_, third, fourth = answers.parts("legs")
    assert_leg(third, 301.2, 4.65, 55, 5.07)
    assert_leg(fourth, 67.1, 1.03, 32, 1.93)
    datum = night.ask(before_the_cutter(night_at_sea()), "A", "0412").part("reckoned").position()
    bearing, off_m = bearing_and_distance(datum, R6)
    assert nm_from_m(off_m) == pytest.approx(0.21, abs=NM_TOLERANCE)
    assert bearing == pytest.approx(269.0, abs=0.51)


def test_step_16_boat_a_without_the_call(night: Night) -> None:
    plot = night_at_sea_corrected()
    answers = night.ask(plot, "A", "0455")
    assert_run(answers, 8.63, 122, 4.24)
    assert_leg(answers.parts("legs")[1], 299.5, 6.33, 72, 5.28)
    would_be = night.ask(plot, "A", "0300").part("reckoned").position()
    assert is_at(would_be, 51, 0.19, 1, 36.64)
    was = night.ask(night_at_sea(), "A", "0300").part("reckoned").position()
    assert nm_from_m(distance_m(was, would_be)) == pytest.approx(0.86, abs=NM_TOLERANCE)


def test_step_17_where_boat_c_is_at_0500(night: Night) -> None:
    answers = night.ask(night_at_sea_corrected(), "C", "0500")
    adrift = answers.part("adrift")
    assert adrift.number("course_deg") == pytest.approx(70.7, abs=BEARING_TOLERANCE_DEG)
    assert adrift.number("run_nm") == pytest.approx(5.18, abs=NM_TOLERANCE)
    assert is_at(adrift.position(), 51, 1.20, 1, 44.74)
    assert_waters(adrift, "FR", 4.54)
    stated = night.ask(night_at_sea_corrected(), "C", "0500", "--stated", "300.7/5.04")
    reckoned = stated.part("reckoned")
    assert reckoned.word("rule") == "stated"
    assert is_at(reckoned.position(), 51, 5.27, 1, 21.54)
    assert stated.part("adrift").position() == adrift.position()


def test_step_22_the_cutter_to_dover(night: Night) -> None:
    plot = with_cutter_at_the_boat(night_at_sea())
    plot = replace(plot, conditions={})  # the launch off Dover keeps its place
    cutter = night.ask(plot, AT_DOVER, "0438").named("intercepts", "CUTTER-1")
    assert cutter.number("course_deg") == pytest.approx(300.8, abs=BEARING_TOLERANCE_DEG)
    assert cutter.number("distance_nm") == pytest.approx(9.02, abs=NM_TOLERANCE)
    assert_time(cutter.time("eta_utc"), "0511")
