"""DR and EP: by which rule, from which fix, how uncertain; the worked answers of the night."""

import math
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channelplot.analysis.dead_reckoning import (
    AS_KNOWN,
    PositionKind,
    Reckoned,
    Reckoning,
    Reference,
    Stated,
    Supposition,
    is_too_old,
    most_likely,
    reckoned_at,
    reckoning_of,
)
from channelplot.analysis.drift import Conditions, Stream, Validity, datum
from channelplot.analysis.error_circle import ErrorModel, error_model, expected_radius_m
from channelplot.analysis.expected import expected_position
from channelplot.analysis.passage import HORIZON
from channelplot.analysis.waters import waters_at
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.units import kn_from_mps, m_from_nm, nm_from_m
from channelplot.model.codes import Craft, ReckoningRule, SourceKind, TrackStatus
from channelplot.model.track import StatusChange, Track
from channelplot.settings import Settings
from helpers.builders import R1, R2, R3, R5, a_report, a_track, at
from helpers.night_boats import boat_a, boat_a_as_plotted, report_1, report_2, report_3, report_5
from helpers.night_chartwork import (
    BOUNDARY,
    NIGHT_CONDITIONS,
    NM_TOLERANCE,
    are_same,
    is_at,
)

ADRIFT = StatusChange("1", TrackStatus.ADRIFT, at("0340"))


@pytest.fixture
def model(tmp_path: Path) -> ErrorModel:
    """The model before anybody chose anything."""
    return error_model(Settings(tmp_path).value)


def reckoning(track: Track, known: str, supposition: Supposition = AS_KNOWN) -> Reckoning:
    found = reckoning_of(track, at(known), supposition)
    assert found is not None
    return found


def boat_a_adrift() -> Track:
    """Boat A as known after R5, stopped and called adrift."""
    return replace(
        boat_a(report_1(), report_2(), report_3(), report_5()),
        status=TrackStatus.ADRIFT,
        status_changes=(ADRIFT,),
    )


class TestTheNight:
    def test_boat_a_at_0300(self, model: ErrorModel) -> None:
        found = reckoned_at(reckoning(boat_a_as_plotted(), "0300"), at("0300"), model)
        assert is_at(found.position, 51, 0.14, 1, 35.29)
        assert nm_from_m(found.run_m) == pytest.approx(1.26, abs=NM_TOLERANCE)
        assert found.course_deg == pytest.approx(300.7, abs=0.051)
        assert kn_from_mps(found.speed_mps) == pytest.approx(5.04, abs=0.0051)
        assert (found.kind, found.rule, found.fix.uid) == (
            PositionKind.DR,
            ReckoningRule.MADE_GOOD,
            "r3",
        )
        assert [fix.uid for fix in found.fixes] == ["r1", "r2", "r3"]
        assert found.outside_s == 0.0

    def test_boat_a_at_0300_without_r3_is_0_86_miles_from_it(self, model: ErrorModel) -> None:
        used = reckoned_at(reckoning(boat_a_as_plotted(), "0300"), at("0300"), model)
        without = boat_a_as_plotted().without_report("r3")
        corrected = reckoned_at(reckoning(without, "0300"), at("0300"), model)
        assert is_at(corrected.position, 51, 0.19, 1, 36.64)
        apart_m = distance_m(used.position, corrected.position)
        assert nm_from_m(apart_m) == pytest.approx(0.86, abs=NM_TOLERANCE)

    def test_boat_a_drifts_from_r5_on(self, model: ErrorModel) -> None:
        supposed = Supposition(conditions=NIGHT_CONDITIONS)
        found = reckoned_at(reckoning(boat_a_adrift(), "0350", supposed), at("0412"), model)
        assert is_at(found.position, 51, 2.30, 1, 32.53)
        assert (found.kind, found.rule, found.fix.uid) == (
            PositionKind.EP,
            ReckoningRule.DRIFT,
            "r5",
        )
        assert found.course_deg == pytest.approx(70.7, abs=0.051)
        assert nm_from_m(found.run_m) == pytest.approx(1.23, abs=NM_TOLERANCE)

    def test_boat_c_adrift_since_its_only_report(self, model: ErrorModel) -> None:
        boat_c = a_track("C", (report_3(),))
        supposed = Supposition(conditions=NIGHT_CONDITIONS, drifts_from_utc=at("0245"))
        found = reckoned_at(reckoning(boat_c, "0500", supposed), at("0500"), model)
        assert is_at(found.position, 51, 1.20, 1, 44.74)
        assert nm_from_m(found.run_m) == pytest.approx(5.18, abs=NM_TOLERANCE)
        waters = waters_at(found.position, BOUNDARY)
        assert waters.side == "FR"
        assert nm_from_m(waters.distance_m) == pytest.approx(4.54, abs=NM_TOLERANCE)

    def test_boat_c_under_way_on_a_typed_course_and_speed(self, model: ErrorModel) -> None:
        boat_c = a_track("C", (report_3(),))
        stated = Stated(course_deg=300.7, speed_kn=5.04)
        # Over the ground: the stream of 1.9 kn that was typed, too, is in it already.
        supposed = Supposition(conditions=NIGHT_CONDITIONS, stated=stated)
        found = reckoned_at(reckoning(boat_c, "0500", supposed), at("0500"), model)
        assert is_at(found.position, 51, 5.27, 1, 21.54)
        assert nm_from_m(found.run_m) == pytest.approx(11.34, abs=NM_TOLERANCE)
        assert (found.kind, found.rule) == (PositionKind.DR, ReckoningRule.STATED)


class TestKindAndRule:
    def test_at_the_fix_itself_it_is_a_fix(self, model: ErrorModel) -> None:
        found = reckoned_at(reckoning(boat_a_as_plotted(), "0245"), at("0245"), model)
        assert (found.kind, found.position) == (PositionKind.FIX, R3)

    def test_as_reported_when_nothing_was_made_good(self, model: ErrorModel) -> None:
        found = reckoned_at(reckoning(boat_a(report_1()), "0240"), at("0240"), model)
        assert (found.kind, found.rule) == (PositionKind.DR, ReckoningRule.REPORTED)
        assert found.position == destination(R1, 310.0, m_from_nm(2.0))

    def test_of_unknown_motion_it_stays_and_its_circle_grows_fast(self, model: ErrorModel) -> None:
        found = reckoned_at(reckoning(a_track("C", (report_3(),)), "0300"), at("0300"), model)
        assert (found.position, found.rule, found.course_deg) == (R3, ReckoningRule.LAST_FIX, None)
        assert nm_from_m(found.radius_m) > 3.0

    def test_stopped_it_stays_while_nobody_has_said_how_it_drifts(self, model: ErrorModel) -> None:
        found = reckoned_at(reckoning(boat_a_adrift(), "0412"), at("0412"), model)
        assert (found.position, found.rule, found.kind) == (
            R5,
            ReckoningRule.STOPPED,
            PositionKind.DR,
        )
        assert (found.course_deg, found.speed_mps) == (None, 0.0)

    def test_an_asset_that_stopped_keeps_its_station_until_it_is_called_adrift(
        self, model: ErrorModel
    ) -> None:
        cutter = a_track(
            "CUTTER-1",
            (a_report("0412", position=R5, speed_kn=0.0),),
            craft=Craft.RESCUE_VESSEL,
        )
        supposed = Supposition(conditions=NIGHT_CONDITIONS)
        found = reckoned_at(reckoning(cutter, "0500", supposed), at("0500"), model)
        assert (found.position, found.rule) == (R5, ReckoningRule.STOPPED)
        broken_down = replace(cutter, status=TrackStatus.ADRIFT, status_changes=(ADRIFT,))
        found = reckoned_at(reckoning(broken_down, "0500", supposed), at("0500"), model)
        assert found.rule is ReckoningRule.DRIFT
        drifting = replace(supposed, drifts_from_utc=at("0412"))
        found = reckoned_at(reckoning(cutter, "0500", drifting), at("0500"), model)
        assert found.rule is ReckoningRule.DRIFT

    def test_it_goes_on_until_it_is_called_adrift_and_drifts_from_there(
        self, model: ErrorModel
    ) -> None:
        called_later = replace(
            boat_a_as_plotted(),
            reports=boat_a_as_plotted().reports[:3],
            status=TrackStatus.ADRIFT,
            status_changes=(replace(ADRIFT, at_utc=at("0300")),),
        )
        found = reckoning(called_later, "0400", Supposition(conditions=NIGHT_CONDITIONS))
        under_way = reckoned_at(found, at("0255"), model)
        assert (under_way.kind, under_way.rule) == (PositionKind.DR, ReckoningRule.MADE_GOOD)
        stop = reckoned_at(found, at("0300"), model)
        assert is_at(stop.position, 51, 0.14, 1, 35.29)
        later = reckoned_at(found, at("0400"), model)
        assert (later.kind, later.rule) == (PositionKind.EP, ReckoningRule.DRIFT)
        drifted = datum(stop.position, at("0300"), NIGHT_CONDITIONS, at("0400"))
        assert are_same(later.position, drifted.position, 0.1)
        assert later.run_m == pytest.approx(stop.run_m + drifted.drift_m, abs=0.1)

    def test_one_report_of_a_boat_that_stopped_later_was_reported_under_way(self) -> None:
        boat = replace(
            boat_a(report_1()),
            status=TrackStatus.ADRIFT,
            status_changes=(replace(ADRIFT, at_utc=at("0230")),),
        )
        found = reckoning(boat, "0300")
        assert (found.rule, found.rule_at(at("0220"))) == (
            ReckoningRule.REPORTED,
            ReckoningRule.REPORTED,
        )
        assert found.rule_at(at("0230")) is ReckoningRule.STOPPED
        assert found.drifts_from_utc == at("0230")
        still = found.passage.position_at(at("0300"))
        assert are_same(still, destination(R1, 310.0, m_from_nm(4.0 / 3.0)), 0.1)

    def test_through_the_water_stream_and_leeway_are_added(self, model: ErrorModel) -> None:
        stated = Stated(course_deg=300.0, speed_kn=5.0, reference=Reference.WATER)
        no_stream = reckoning(boat_a_as_plotted(), "0300", Supposition(stated=stated))
        assert no_stream.kind_at(at("0300")) is PositionKind.DR
        assert are_same(
            no_stream.passage.position_at(at("0345")), destination(R3, 300.0, m_from_nm(5.0))
        )
        supposed = Supposition(
            stated=stated, conditions=Conditions(streams=(Stream(set_deg=30.0, rate_kn=2.0),))
        )
        found = reckoned_at(reckoning(boat_a_as_plotted(), "0300", supposed), at("0345"), model)
        assert (found.kind, found.rule) == (PositionKind.EP, ReckoningRule.STATED)
        # 5 kn and 2 kn at a right angle.
        assert kn_from_mps(found.speed_mps) == pytest.approx(math.hypot(5.0, 2.0))
        off_deg = math.degrees(math.atan2(2.0, 5.0))
        assert are_same(found.position, destination(R3, 300.0 + off_deg, found.run_m))

    def test_the_stream_is_not_added_to_what_was_made_good_in_it(self) -> None:
        plain = reckoning(boat_a_as_plotted(), "0300")
        with_stream = reckoning(
            boat_a_as_plotted(), "0300", Supposition(conditions=NIGHT_CONDITIONS)
        )
        assert plain.passage == with_stream.passage
        assert with_stream.kind_at(at("0300")) is PositionKind.DR

    def test_supposed_to_drift_from_now_it_is_under_way_until_then(self, model: ErrorModel) -> None:
        supposed = Supposition(conditions=NIGHT_CONDITIONS, drifts_from_utc=at("0300"))
        found = reckoning(boat_a_as_plotted(), "0300", supposed)
        now = reckoned_at(found, at("0300"), model)
        assert is_at(now.position, 51, 0.14, 1, 35.29)
        drifted = datum(now.position, at("0300"), NIGHT_CONDITIONS, at("0500"))
        assert are_same(reckoned_at(found, at("0500"), model).position, drifted.position)

    def test_supposed_to_drift_from_before_its_last_fix_it_drifts_from_the_fix(self) -> None:
        supposed = Supposition(conditions=NIGHT_CONDITIONS, drifts_from_utc=at("0100"))
        found = reckoning(boat_a_as_plotted(), "0300", supposed)
        assert found.drifts_from_utc == at("0245")
        assert found.passage.position_at(at("0245")) == R3

    def test_supposed_to_drift_without_conditions_it_stays(self) -> None:
        supposed = Supposition(drifts_from_utc=at("0250"))
        found = reckoning(boat_a_as_plotted(), "0300", supposed)
        assert found.rule_at(at("0300")) is ReckoningRule.STOPPED
        stop = found.passage.position_at(at("0250"))
        assert found.passage.position_at(at("0500")) == stop
        assert distance_m(R3, stop) > 100.0

    def test_a_stated_course_and_speed_goes_before_a_reported_stop(self) -> None:
        stated = Stated(course_deg=270.0, speed_kn=6.0)
        found = reckoning(boat_a_adrift(), "0400", Supposition(stated=stated))
        assert found.drifts_from_utc is None
        assert are_same(found.passage.position_at(at("0440")), destination(R5, 270.0, m_from_nm(6)))

    def test_the_operator_may_choose_other_fixes(self) -> None:
        two = reckoning(boat_a_as_plotted(), "0300", Supposition(fixes_reckoned_from=2))
        assert [fix.uid for fix in two.fixes] == ["r2", "r3"]
        # The leg R2 to R3: 294.9, 5.98 kn.
        assert two.passage.way_at(at("0300")).course_deg == pytest.approx(294.9, abs=0.051)
        assert kn_from_mps(two.passage.way_at(at("0300")).speed_mps) == pytest.approx(
            5.98, abs=0.01
        )
        within = Supposition(reckoned_within=timedelta(minutes=20))
        assert len(reckoning(boat_a_as_plotted(), "0300", within).fixes) == 2
        one = reckoning(boat_a_as_plotted(), "0300", Supposition(fixes_reckoned_from=0))
        assert (len(one.fixes), one.rule) == (1, ReckoningRule.LAST_FIX)

    def test_nothing_is_reckoned_without_a_fix_or_back_before_it(self, model: ErrorModel) -> None:
        assert reckoning_of(a_track("A"), at("0300")) is None
        assert reckoning_of(boat_a_as_plotted(), at("0209")) is None
        with pytest.raises(ValueError, match="not reckoned"):
            reckoned_at(reckoning(boat_a_as_plotted(), "0300"), at("0240"), model)


class TestErrorCircle:
    @pytest.mark.parametrize(
        "track",
        [
            boat_a_as_plotted(),
            boat_a(report_1()),
            a_track("C", (report_3(),)),
            boat_a_adrift(),
            a_track("S", (a_report("0210"), a_report("0228", position=R2, speed_kn=0.0))),
            a_track("W", (report_1(), report_2()), craft=Craft.RESCUE_VESSEL),
        ],
    )
    @pytest.mark.parametrize("minutes", [0, 1, 45, 300])
    def test_with_nothing_supposed_it_is_the_one_the_chart_draws(
        self, track: Track, minutes: int, model: ErrorModel
    ) -> None:
        last_utc = track.fixes[-1].observed_at_utc
        at_utc = last_utc + timedelta(minutes=minutes)
        expected = expected_position(track, at_utc)
        found = reckoning_of(track, at_utc)
        assert expected is not None
        assert found is not None
        drawn_m = expected_radius_m(expected, track.craft, at_utc, model)
        assert found.radius_m(at_utc, model) == pytest.approx(drawn_m)
        assert reckoned_at(found, at_utc, model).position == expected.position

    def test_it_grows_with_time(self, model: ErrorModel) -> None:
        for supposition in (
            AS_KNOWN,
            Supposition(conditions=NIGHT_CONDITIONS, drifts_from_utc=at("0300")),
            Supposition(stated=Stated(course_deg=0.0, speed_kn=5.0)),
        ):
            found = reckoning(boat_a_as_plotted(), "0300", supposition)
            radii = [found.radius_m(at(t), model) for t in ("0245", "0259", "0301", "0400", "0600")]
            assert radii == sorted(radii)
            assert radii[0] == pytest.approx(math.hypot(model.error_m[SourceKind.PHONE], 18.2))

    def test_of_a_drift_by_0_3_of_its_distance(self, model: ErrorModel) -> None:
        supposed = Supposition(conditions=NIGHT_CONDITIONS, drifts_from_utc=at("0245"))
        found = reckoned_at(
            reckoning(a_track("C", (report_3(),)), "0500", supposed), at("0500"), model
        )
        told_m = math.hypot(model.error_m[SourceKind.PHONE], 18.2)
        assert found.radius_m == pytest.approx(math.hypot(told_m, 0.3 * found.run_m))

    def test_and_of_a_drift_nobody_knows_once_the_values_do_not_hold(
        self, model: ErrorModel
    ) -> None:
        supposed = Supposition(conditions=NIGHT_CONDITIONS, drifts_from_utc=at("0245"))
        found = reckoned_at(
            reckoning(a_track("C", (report_3(),)), "0500", supposed), at("0615"), model
        )
        assert found.outside_s == 3600.0
        told_m = math.hypot(model.error_m[SourceKind.PHONE], 18.2)
        known_m = math.hypot(told_m, 0.3 * found.run_m)
        unknown_m = m_from_nm(model.growth_adrift_kn)
        assert found.radius_m == pytest.approx(math.hypot(known_m, unknown_m))

    def test_validity_counts_only_where_stream_and_wind_have_a_part(self) -> None:
        old = Conditions(
            streams=(Stream(set_deg=60.0, rate_kn=1.0, valid=Validity(at("0000"), at("0100"))),)
        )
        under_way = reckoning(boat_a_as_plotted(), "0300", Supposition(conditions=old))
        assert under_way.outside_s(at("0400")) == 0.0
        supposed = Supposition(conditions=old, drifts_from_utc=at("0330"))
        drifting = reckoning(boat_a_as_plotted(), "0300", supposed)
        assert drifting.outside_s(at("0330")) == 0.0
        assert drifting.outside_s(at("0400")) == 1800.0


class TestMostLikely:
    """A boat of which no motion is known is in the water and moves at least with it."""

    IN_STREAM = Supposition(conditions=NIGHT_CONDITIONS)

    def likely(self, track: Track, known: str, supposition: Supposition = IN_STREAM) -> Reckoning:
        found = most_likely(track, at(known), supposition)
        assert found is not None
        return found

    def test_boat_c_is_adrift_since_its_only_report(self, model: ErrorModel) -> None:
        boat_c = a_track("C", (report_3(),))
        found = reckoned_at(self.likely(boat_c, "0500"), at("0500"), model)
        assert is_at(found.position, 51, 1.20, 1, 44.74), "step 17"
        assert (found.kind, found.rule) == (PositionKind.EP, ReckoningRule.DRIFT)
        assert found.is_motion_unknown

    def test_its_circle_grows_by_the_speed_it_could_make(self, model: ErrorModel) -> None:
        boat_c = a_track("C", (report_3(),))
        found = reckoned_at(self.likely(boat_c, "0500"), at("0500"), model)
        told_m = math.hypot(model.error_m[SourceKind.PHONE], 18.2)
        under_way_m = 2.25 * m_from_nm(model.plausible_speed_kn[boat_c.craft])
        assert found.radius_m == pytest.approx(math.hypot(told_m, under_way_m, 0.3 * found.run_m))
        known = reckoned_at(
            reckoning(boat_c, "0500", replace(self.IN_STREAM, drifts_from_utc=at("0245"))),
            at("0500"),
            model,
        )
        assert known.position == found.position
        assert known.radius_m < found.radius_m / 5.0, "a drift that somebody told of"

    @pytest.mark.parametrize(
        ("track", "supposition"),
        [
            (boat_a_as_plotted(), IN_STREAM),
            (boat_a_adrift(), IN_STREAM),
            (a_track("C", (report_3(),)), AS_KNOWN),
            (a_track("CUTTER", (report_3(),), craft=Craft.RESCUE_VESSEL), IN_STREAM),
            (
                a_track("C", (report_3(),)),
                replace(IN_STREAM, stated=Stated(course_deg=10.0, speed_kn=4.0)),
            ),
            (a_track("C", (report_3(),)), replace(IN_STREAM, drifts_from_utc=at("0400"))),
        ],
    )
    def test_whatever_else_is_known_or_supposed_counts(
        self, track: Track, supposition: Supposition
    ) -> None:
        assert self.likely(track, "0500", supposition) == reckoning_of(
            track, at("0500"), supposition
        )

    def test_without_a_fix_there_is_nothing(self) -> None:
        assert most_likely(a_track("E"), at("0300"), self.IN_STREAM) is None


class TestTooOld:
    def test_six_hours_after_its_fix_a_reckoning_is_no_position(self) -> None:
        found = reckoning(boat_a_as_plotted(), "0300")
        last_utc = found.fix.observed_at_utc + HORIZON
        assert not found.is_too_old(last_utc)
        assert found.is_too_old(last_utc + timedelta(seconds=1))

    def test_and_so_is_a_craft_by_the_last_fix_until_then(self) -> None:
        track = a_track("A", (a_report("0210"), a_report("0900")))
        last_utc = at("0210") + HORIZON
        assert not is_too_old(track, last_utc)
        assert is_too_old(track, last_utc + timedelta(seconds=1)), "0900 is not known by then"
        assert not is_too_old(track, at("0900"))
        assert is_too_old(track, at("0200"))
        assert is_too_old(a_track("A"), at("0300"))


class TestStreamMissing:
    def through_water(self, conditions: Conditions | None) -> Reckoning:
        stated = Stated(course_deg=300.0, speed_kn=5.0, reference=Reference.WATER)
        supposed = Supposition(conditions=conditions, stated=stated)
        return reckoning(boat_a_as_plotted(), "0300", supposed)

    def test_through_water_nobody_knows_it_goes_as_over_the_ground(self, model: ErrorModel) -> None:
        found = reckoned_at(self.through_water(None), at("0400"), model)
        assert found.is_stream_missing
        over_ground = Supposition(stated=Stated(course_deg=300.0, speed_kn=5.0))
        same = reckoned_at(reckoning(boat_a_as_plotted(), "0300", over_ground), at("0400"), model)
        assert same.position == found.position
        assert not same.is_stream_missing, "nothing is missing where the ground is meant"

    def test_a_wind_is_no_stream(self, model: ErrorModel) -> None:
        wind = Conditions(winds=NIGHT_CONDITIONS.winds)
        assert reckoned_at(self.through_water(wind), at("0400"), model).is_stream_missing
        known = self.through_water(NIGHT_CONDITIONS)
        assert not reckoned_at(known, at("0400"), model).is_stream_missing

    def test_at_the_fix_itself_nothing_was_reckoned(self, model: ErrorModel) -> None:
        assert not reckoned_at(self.through_water(None), at("0245"), model).is_stream_missing


def test_a_stream_alone_supposes_nothing_of_a_craft() -> None:
    assert not AS_KNOWN.is_supposing
    assert not Supposition(conditions=NIGHT_CONDITIONS).is_supposing
    assert Supposition(conditions=NIGHT_CONDITIONS, drifts_from_utc=at("0300")).is_supposing
    assert Supposition(fixes_reckoned_from=2).is_supposing


def test_a_reckoning_is_a_value_and_leaves_the_track_alone(model: ErrorModel) -> None:
    track = boat_a_as_plotted()
    before = track.reports
    one = reckoned_at(reckoning(track, "0300"), at("0300"), model)
    assert isinstance(one, Reckoned)
    assert reckoned_at(reckoning(track, "0300"), at("0300"), model) == one
    assert track.reports is before
