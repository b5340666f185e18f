"""Error circles: what the figures are, where they come from, and how they add up."""

import math
from pathlib import Path

import pytest

from channelplot.analysis.error_circle import (
    ErrorModel,
    error_model,
    expected_radius_m,
    grown_radius_m,
    plausible_speed_mps,
    reach_radius_m,
    told_radius_m,
)
from channelplot.analysis.expected import expected_position
from channelplot.geodesy.units import m_from_nm, mps_from_kn, nm_from_m
from channelplot.model.codes import BoatType, Craft, SourceKind
from channelplot.settings import (
    CONTACT_ADRIFT_MIN,
    CONTACT_INTERVAL_MIN,
    ERROR_GROWTH,
    ERROR_GROWTH_ADRIFT,
    PLAUSIBLE_SPEED_FAST_BOAT_KN,
    PLAUSIBLE_SPEED_KN,
    POSITION_ERROR_M,
    SETTINGS,
    Settings,
)
from helpers.builders import R1, R2, a_report, a_track, at
from helpers.night_boats import boat_a, report_1, report_2, report_3


@pytest.fixture
def model(tmp_path: Path) -> ErrorModel:
    """The model before anybody chose anything."""
    return error_model(Settings(tmp_path).value)


class TestSettings:
    def test_are_there_for_every_source_and_every_craft(self) -> None:
        assert set(POSITION_ERROR_M) == set(SourceKind)
        assert set(ERROR_GROWTH) == set(PLAUSIBLE_SPEED_KN) == set(Craft)

    def test_say_where_their_figures_come_from(self) -> None:
        figures = [
            *POSITION_ERROR_M.values(),
            *ERROR_GROWTH.values(),
            ERROR_GROWTH_ADRIFT,
            *PLAUSIBLE_SPEED_KN.values(),
            PLAUSIBLE_SPEED_FAST_BOAT_KN,
            CONTACT_INTERVAL_MIN,
            CONTACT_ADRIFT_MIN,
        ]
        for setting in figures:
            assert setting in SETTINGS
            assert "IAMSAR" in setting.source or "assumption of this program" in setting.source

    def test_are_those_of_the_search_tables(self, model: ErrorModel) -> None:
        # IAMSAR: visual fix and radar 1 NM, GNSS 0.1 NM; the night: 1.0 NM for a caller.
        assert nm_from_m(model.error_m[SourceKind.PHONE]) == 1.0
        assert nm_from_m(model.error_m[SourceKind.RADAR]) == 1.0
        assert nm_from_m(model.error_m[SourceKind.PATROL]) == pytest.approx(0.1, abs=0.001)
        assert model.growth_kn[Craft.SMALL_BOAT] == 1.0
        assert model.growth_kn[Craft.RESCUE_VESSEL] == pytest.approx(0.05 * 22, abs=0.001)
        assert CONTACT_INTERVAL_MIN.default == 30
        assert CONTACT_ADRIFT_MIN.default == 15

    def test_that_were_chosen_make_the_model(self, tmp_path: Path) -> None:
        settings = Settings(tmp_path)
        settings.choose(POSITION_ERROR_M["phone"], 50)
        settings.choose(ERROR_GROWTH["small_boat"], 3704)
        settings.choose(PLAUSIBLE_SPEED_KN["small_boat"], 20)
        chosen = error_model(settings.value)
        assert chosen.error_m[SourceKind.PHONE] == 50.0
        assert chosen.growth_kn[Craft.SMALL_BOAT] == 2.0
        assert chosen.plausible_speed_kn[Craft.SMALL_BOAT] == 20.0
        assert chosen.error_m[SourceKind.RADAR] == 1852.0


def test_errors_add_by_their_squares(model: ErrorModel) -> None:
    # 3, 4, 12 and 84, 85: two right-angled triangles of whole numbers.
    assert told_radius_m(SourceKind.RADAR, None, model) == 1852.0
    assert grown_radius_m(5.0, 3600.0, 12.0 / 1852.0) == pytest.approx(13.0)
    assert told_radius_m(SourceKind.PHONE, m_from_nm(0.75), model) == pytest.approx(m_from_nm(1.25))


def test_a_boat_under_way_may_be_as_far_as_it_was_going(model: ErrorModel) -> None:
    # R1 and R2: 4.23 kn made good; a ship's word is good to 1 NM. R3: 1.0 NM for the caller.
    boat = boat_a(report_1(), report_2())
    told_nm = nm_from_m(told_radius_m(report_2().source, report_2().error_m, model))
    for hhmm, hours in (("0228", 0.0), ("0328", 1.0), ("0428", 2.0)):
        expected = expected_position(boat, at(hhmm))
        assert expected is not None
        reach_nm = nm_from_m(reach_radius_m(expected, Craft.SMALL_BOAT, at(hhmm), model))
        assert reach_nm == pytest.approx(math.hypot(told_nm, 4.23 * hours), abs=0.02)


def test_a_boat_that_is_not_known_to_move_may_be_as_far_as_it_could_go(model: ErrorModel) -> None:
    one = a_track("C", (report_3(),))
    expected = expected_position(one, at("0345"))
    assert expected is not None
    reach_nm = nm_from_m(reach_radius_m(expected, Craft.SMALL_BOAT, at("0345"), model))
    assert reach_nm == pytest.approx(math.hypot(1.0, 12.0), abs=0.01)


def test_what_is_known_of_the_motion_makes_the_growth(model: ErrorModel) -> None:
    boat = Craft.SMALL_BOAT
    tracks = {
        1.0: boat_a(report_1(), report_2()),
        3.0: a_track("A", (a_report("0228", position=R2, speed_kn=0.0, source=SourceKind.RADAR),)),
        12.0: a_track("A", (a_report("0228", position=R1, source=SourceKind.RADAR),)),
    }
    for growth_kn, track in tracks.items():
        expected = expected_position(track, at("0328"))
        assert expected is not None
        radius = nm_from_m(expected_radius_m(expected, boat, at("0328"), model))
        assert radius == pytest.approx(math.hypot(1.0, growth_kn), abs=0.005)


def test_a_fast_type_is_allowed_its_speed(model: ErrorModel) -> None:
    boat = Craft.SMALL_BOAT
    assert plausible_speed_mps(boat, (), model) == mps_from_kn(12.0)
    assert plausible_speed_mps(boat, {BoatType.INFLATABLE}, model) == mps_from_kn(12.0)
    assert plausible_speed_mps(boat, {BoatType.INFLATABLE, BoatType.RHIB}, model) == mps_from_kn(
        40.0
    )
    assert plausible_speed_mps(Craft.AIRCRAFT, {BoatType.JET_SKI}, model) > mps_from_kn(100.0)
