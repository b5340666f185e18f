"""Everything about one craft at one time: that each answer is of that time, place and craft.

The figures themselves are those of the modules that are asked; their own tests have them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from channelplot.analysis.answers import Answers, answers_of, known_beaches
from channelplot.analysis.answers_others import (
    MOST_APPROACHES,
    nearest_approaches,
    open_reckonings,
)
from channelplot.analysis.closest_approach import closest_approach
from channelplot.analysis.dead_reckoning import (
    AS_KNOWN,
    PositionKind,
    Stated,
    Supposition,
)
from channelplot.analysis.drift import Conditions, Stream
from channelplot.analysis.error_model import error_model
from channelplot.analysis.passage import HORIZON
from channelplot.analysis.whose_waters import WatersChart
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import kn_from_mps, nm_from_m
from channelplot.model.codes import Craft, LimitPurpose, ReckoningRule, TrackStatus
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from helpers.builders import R1, R5, SANGATTE, a_beach, a_plot, a_report, a_track, at, ddm
from helpers.made_up_chartwork import made_up_passages
from helpers.night_at_sea import AT_DOVER, STREAM_AND_WIND, night_at_sea, night_at_sea_corrected
from helpers.night_chartwork import BOUNDARY

MODEL = error_model(lambda setting: setting.default)
WATERS = WatersChart(BOUNDARY)


def answered(
    plot: Plot,
    name: str,
    hhmm: str,
    *,
    against: Sequence[str] | None = None,
    supposition: Supposition = AS_KNOWN,
    sent_utc: datetime | None = None,
    waters: WatersChart = WATERS,
) -> Answers:
    (track,) = (track for track in plot.tracks.values() if track.name == name)
    return answers_of(
        plot,
        track,
        at(hhmm),
        waters=waters,
        model=MODEL,
        beaches=plot.beaches.values(),
        supposition=supposition,
        against=against,
        sent_utc=sent_utc,
    )


def without_conditions(plot: Plot) -> Plot:
    return replace(plot, conditions={})


def other_boats(count: int, hhmm: str = "0250") -> list[Track]:
    """Boats east of boat A, each a mile further off than the one before, all of them still."""
    return [
        a_track(
            f"X{number}",
            (a_report(hhmm, position=Position(1.65 + 0.0265 * number, 51.0), speed_kn=0.0),),
            uid=f"x-{number}",
        )
        for number in range(count)
    ]


class TestTheTime:
    def test_what_was_observed_later_has_no_part_in_it(self) -> None:
        plot = night_at_sea()
        early, late = answered(plot, "A", "0300"), answered(plot, "A", "0412")
        assert (len(early.legs), len(late.legs)) == (2, 4)
        assert early.run is not None
        assert nm_from_m(early.run.distance_m) == pytest.approx(2.96, abs=0.005)
        assert early.made_good is not None
        assert early.made_good.to_uid == "r3"
        assert early.track is late.track is plot.tracks["boat-a"]
        as_it_was = plot.with_track(replace(plot.tracks["boat-a"], reports=early.track.reports[:3]))
        assert replace(answered(as_it_was, "A", "0300"), track=early.track) == early

    def test_before_the_first_fix_nothing_is_answered(self) -> None:
        none = answered(night_at_sea(), "A", "0209")
        assert none == Answers(
            track=none.track,
            at_utc=at("0209"),
            legs=(),
            run=None,
            made_good=None,
            back_track=None,
            meeting_waters={},
            fixed_at_utc={},
        )

    def test_at_a_fix_it_is_the_fix(self) -> None:
        found = answered(night_at_sea(), "A", "0245").reckoned
        assert found is not None
        assert found.kind is PositionKind.FIX

    def test_a_track_without_reports_has_no_answers(self) -> None:
        assert answered(a_plot(a_track("A")), "A", "0300").reckoned is None


class TestUnderWayAndAdrift:
    def test_a_boat_under_way_has_both(self) -> None:
        found = answered(night_at_sea(), "A", "0300")
        assert found.reckoned is not None
        assert found.adrift is not None
        assert found.reckoned.rule is ReckoningRule.MADE_GOOD
        assert found.adrift.rule is ReckoningRule.DRIFT
        assert found.adrift.fix is found.reckoned.fix
        assert kn_from_mps(found.adrift.speed_mps) == pytest.approx(2.30, abs=0.005)
        assert found.change_under_way is not None
        assert found.change_adrift is None, "it drifts along the boundary, away from it"
        assert found.waters_adrift is not None
        assert found.waters_adrift.line.position == found.adrift.position

    def test_without_stream_and_wind_nobody_can_say_where_it_would_drift(self) -> None:
        found = answered(without_conditions(night_at_sea()), "A", "0300")
        assert (found.adrift, found.waters_adrift, found.change_adrift) == (None, None, None)
        assert found.change_under_way is not None

    def test_of_a_boat_adrift_there_is_no_second_opinion(self) -> None:
        found = answered(night_at_sea(), "A", "0346")
        assert found.reckoned is not None
        assert found.reckoned.rule is ReckoningRule.DRIFT
        assert (found.adrift, found.waters_adrift, found.change_under_way) == (None, None, None)
        assert found.change_adrift is not None
        assert found.change_adrift.to_state == "FR"

    def test_what_is_supposed_goes_before_what_is_known(self) -> None:
        stated = Stated(course_deg=300.7, speed_kn=5.04)
        plot = night_at_sea_corrected()
        found = answered(plot, "C", "0500", supposition=Supposition(stated=stated))
        assert found.reckoned is not None
        assert found.reckoned.rule is ReckoningRule.STATED
        assert nm_from_m(found.reckoned.run_m) == pytest.approx(11.34, abs=0.005)
        assert found.adrift == answered(plot, "C", "0500").adrift

    def test_a_stream_that_is_supposed_goes_before_the_plot_s(self) -> None:
        north = Conditions(streams=(Stream(set_deg=0.0, rate_kn=1.0),))
        found = answered(night_at_sea(), "A", "0300", supposition=Supposition(conditions=north))
        assert found.adrift is not None
        assert found.adrift.course_deg == pytest.approx(0.0)

    def test_each_craft_is_in_its_own_stream(self) -> None:
        own = ConditionsEntry(
            uid="own",
            track_uid="x-0",
            valid_from_utc=at("0200"),
            valid_until_utc=at("0600"),
            logged_at_utc=at("0200"),
            stream_set_deg=180.0,
            stream_rate_kn=2.0,
        )
        plot = a_plot(*other_boats(2)).with_conditions(STREAM_AND_WIND).with_conditions(own)
        found = open_reckonings(plot, at("0300"))
        speeds = [found[uid].passage.way_at(at("0300")) for uid in ("x-0", "x-1")]
        assert speeds[0].course_deg == pytest.approx(166.5, abs=0.05), "its stream, the plot's wind"
        assert speeds[1].course_deg == pytest.approx(70.7, abs=0.05)


class TestOthers:
    def test_the_nearest_eight_the_closest_first(self) -> None:
        boats = other_boats(MOST_APPROACHES + 2)
        plot = night_at_sea()
        for boat in reversed(boats):
            plot = plot.with_track(boat)
        found = answered(without_conditions(plot), "A", "0300").approaches
        assert len(found) == MOST_APPROACHES
        distances_m = [approach.least_m for _, approach in found]
        assert distances_m == sorted(distances_m)
        assert [uid for uid, _ in found[:4]] == ["ferry", "x-0", "x-1", "x-2"]

    def test_they_are_what_each_pair_is_alone(self) -> None:
        passages = made_up_passages(40, "boat")
        own, *_ = passages
        others = {uid: passage for uid, passage in passages.items() if uid != own}
        found = nearest_approaches(passages[own], others, at("0300"))
        assert {uid for uid, _ in found} == set(others)
        alone = {uid: closest_approach(passages[own], p, at("0300")) for uid, p in others.items()}
        assert dict(found) == alone
        few = nearest_approaches(passages[own], others, at("0300"), 3)
        assert few == found[:3]

    def test_nobody_else_is_no_approach(self) -> None:
        found = answered(a_plot(*other_boats(1)), "X0", "0300")
        assert (found.approaches, found.intercepts) == ((), ())
        assert found.reckoned is not None

    def test_those_that_were_asked_for_all_of_them_and_no_other(self) -> None:
        plot = night_at_sea()
        for boat in other_boats(MOST_APPROACHES + 2):
            plot = plot.with_track(boat)
        asked = [*(f"x-{number}" for number in range(MOST_APPROACHES + 2)), "gone"]
        found = answered(plot, "A", "0300", against=asked)
        assert {uid for uid, _ in found.approaches} == set(asked) - {"gone"}
        assert answered(plot, "A", "0300", against=[]).approaches == ()

    @pytest.mark.parametrize("status", [TrackStatus.RETURNED, TrackStatus.SAME_AS])
    def test_the_closed_and_merged_are_left_out(self, status: TrackStatus) -> None:
        (boat,) = other_boats(1)
        plot = night_at_sea().with_track(replace(boat, status=status))
        assert "x-0" not in dict(answered(plot, "A", "0300").approaches)
        assert answered(plot, "X0", "0300").reckoned is not None, "it may be asked about itself"

    def test_those_not_seen_for_six_hours_are_left_out(self) -> None:
        seen = a_report(at("0300") - HORIZON, position=Position(1.65, 51.0))
        too_long_ago = replace(seen, observed_at_utc=seen.observed_at_utc - timedelta(seconds=1))
        for report, is_in in ((seen, True), (too_long_ago, False)):
            plot = night_at_sea().with_track(a_track("X", (report,), uid="x"))
            assert ("x" in dict(answered(plot, "A", "0300").approaches)) == is_in
            alone = answered(plot, "X", "0300")
            assert alone.reckoned is not None
            assert alone.approaches, "it may be asked about itself"


class TestAssets:
    def test_all_that_are_no_boats_are_sent_the_soonest_first(self) -> None:
        found = answered(night_at_sea(), "A", "0346")
        names = [one.asset.uid for one in found.intercepts]
        assert names == ["ferry", "cutter-1", "patrol-fr"]
        assert found.without_speed == (AT_DOVER.casefold(),)
        assert {uid: waters.state for uid, waters in found.meeting_waters.items()} == {
            "ferry": "GB",
            "cutter-1": "GB",
            "patrol-fr": "GB",
        }

    def test_one_that_is_asked_about_is_not_sent_to_itself(self) -> None:
        found = answered(night_at_sea(), "CUTTER-1", "0346")
        assert [one.asset.uid for one in found.intercepts] == ["ferry", "patrol-fr"]

    def test_they_leave_when_they_are_sent_from_where_they_are_then(self) -> None:
        plot = night_at_sea()
        for sent_utc in (None, at("0400")):
            found = answered(plot, "A", "0346", sent_utc=sent_utc)
            (ferry,) = (one for one in found.intercepts if one.asset.uid == "ferry")
            left_utc = sent_utc or at("0346")
            assert ferry.start == ferry.asset.passage.position_at(left_utc)
            assert ferry.meeting is not None
            gone_s = (ferry.meeting.at_utc - left_utc).total_seconds()
            assert gone_s == pytest.approx(ferry.meeting.duration_s, abs=1e-3)

    def test_a_speed_in_the_record_goes_before_one_reported(self) -> None:
        plot = night_at_sea()
        ferry = plot.tracks["ferry"]
        assert ferry.reports[0].speed_kn == 18.0
        plot = plot.with_track(replace(ferry, speed_kn=9.0))
        found = answered(plot, "A", "0300", against=[]).intercepts[0]
        assert kn_from_mps(found.asset.speed_mps) == pytest.approx(9.0)

    def test_the_last_speed_above_nought_that_was_reported_by_then_counts(self) -> None:
        reports = [
            a_report("0200", position=R1, speed_kn=12.0),
            a_report("0210", position=R1, speed_kn=0.0),
            a_report("0220", position=R1),
            a_report("0330", position=R1, speed_kn=20.0),
        ]
        vessel = a_track("V", reports, uid="v", craft=Craft.RESCUE_VESSEL)
        plot = without_conditions(night_at_sea()).with_track(vessel)
        speeds = {
            hhmm: kn_from_mps(
                next(
                    one.asset.speed_mps
                    for one in answered(plot, "A", hhmm).intercepts
                    if one.asset.uid == "v"
                )
            )
            for hhmm in ("0300", "0340")
        }
        assert speeds == {"0300": pytest.approx(12.0), "0340": pytest.approx(20.0)}

    def test_one_that_can_t_meet_it_has_no_waters(self) -> None:
        slow = a_track(
            "SLOW",
            (a_report("0300", position=ddm(50, 30.0, 0, 30.0), speed_kn=0.0),),
            uid="slow",
            craft=Craft.RESCUE_VESSEL,
        )
        plot = without_conditions(night_at_sea()).with_track(replace(slow, speed_kn=0.5))
        found = answered(plot, "A", "0300")
        assert found.intercepts[-1].asset.uid == "slow"
        assert found.intercepts[-1].meeting is None
        assert "slow" not in found.meeting_waters


class TestRegions:
    def test_the_region_and_its_change_are_answers_of_their_own(self) -> None:
        line = LoadedLimit(
            uid="sar",
            purpose=LimitPurpose.SAR_REGION,
            name="Regions as they might be",
            points=(ddm(50, 50.0, 1, 20.0), ddm(51, 10.0, 1, 50.0)),
            is_area=False,
            left="North",
            right="South",
            is_legal=False,
            loaded_at_utc=at("0100"),
        )
        waters = WatersChart(BOUNDARY, (line,))
        found = answered(night_at_sea(), "A", "0300", waters=waters)
        assert found.sar is not None
        assert found.sar.name == "South"
        assert found.sar_change is not None
        assert found.sar_change.to_region == "North"
        assert found.waters is not None
        assert found.waters.state == "FR"
        assert answered(night_at_sea(), "A", "0300").sar is None


class TestBeaches:
    def test_the_plot_s_own_stand_in_for_the_register_s(self) -> None:
        own = a_beach("Sangatte", SANGATTE)
        copied = a_beach("Renamed", R1, uid="copied")
        plot = a_plot(beaches=[own, copied])
        register = (
            a_beach("SANGATTE", R5),
            a_beach("Of the register", R5, uid="copied"),
            a_beach("Wimereux", R5),
        )
        names = [beach.name for beach in known_beaches(plot, register)]
        assert names == ["Sangatte", "Renamed", "Wimereux"]

    @pytest.mark.parametrize(("off_m", "is_known"), [(1_499.0, False), (1_501.0, True)])
    def test_one_of_the_register_that_is_the_same_sand_is_left_out(
        self, off_m: float, is_known: bool
    ) -> None:
        plot = a_plot(beaches=[a_beach("Sangatte", SANGATTE)])
        beside = a_beach("Sangatte-Plage", destination(SANGATTE, 60.0, off_m))
        assert (beside in known_beaches(plot, (beside,))) == is_known


class TestTheReckoningBefore:
    def test_r6_lies_off_the_drift_of_the_night(self) -> None:
        off = answered(night_at_sea(), "A", "0430").fix_off
        assert off is not None
        assert (off.fix.uid, off.reckoned.kind) == ("r6", PositionKind.EP)
        assert off.reckoned.at_utc == at("0412")
        assert nm_from_m(off.distance_m) == pytest.approx(0.21, abs=0.0101)
        assert off.bearing_deg == pytest.approx(269.0, abs=0.51)

    def test_of_r3_by_what_was_known_then(self) -> None:
        off = answered(night_at_sea(), "A", "0250").fix_off
        assert off is not None
        assert (off.fix.uid, off.reckoned.kind) == ("r3", PositionKind.DR)
        assert [fix.uid for fix in off.reckoned.fixes] == ["r1", "r2"]

    def test_nothing_was_reckoned_before_the_first_fix_or_without_a_motion(self) -> None:
        still = a_plot(a_track("X", (a_report("0200", position=R1), a_report("0210", position=R5))))
        assert answered(still, "X", "0300").fix_off is None
        assert answered(night_at_sea_corrected(), "C", "0300").fix_off is None

    def test_a_fix_of_half_a_day_before_leads_nowhere(self) -> None:
        old = a_report(at("0210") - HORIZON, position=R1, course_deg=10.0, speed_kn=3.0)
        for minutes, is_told in ((0, True), (1, False)):
            fix = a_report(at("0210") + timedelta(minutes=minutes), position=R5)
            plot = a_plot(a_track("X", (old, fix)))
            assert (answered(plot, "X", "0300").fix_off is not None) == is_told


class TestMetAdrift:
    def test_whoever_s_motion_is_unknown_is_met_where_it_drifts(self) -> None:
        found = answered(night_at_sea_corrected(), "C", "0500")
        assert found.adrift is not None
        assert found.is_met_adrift
        assert found.intercepts
        for _, approach in found.approaches:
            assert approach.now.first == found.adrift.position
        dry = answered(without_conditions(night_at_sea_corrected()), "C", "0500")
        assert dry.reckoned is not None
        assert not dry.is_met_adrift
        assert dry.approaches[0][1].now.first == dry.reckoned.position

    def test_seen_from_the_other_it_drifts_too(self) -> None:
        own = dict(
            answered(night_at_sea_corrected(), "C", "0500", against=["patrol-fr"]).approaches
        )
        found = answered(night_at_sea_corrected(), "PATROL-FR", "0500")
        (boat_c,) = (t.uid for t in night_at_sea_corrected().tracks.values() if t.name == "C")
        assert boat_c in found.reckoned_adrift
        assert "boat-a" not in found.reckoned_adrift
        other = dict(found.approaches)[boat_c]
        assert other.closest.distance_m == pytest.approx(own["patrol-fr"].closest.distance_m)
        assert not found.is_met_adrift, "an asset has its engine"

    def test_a_boat_that_makes_way_is_met_on_it(self) -> None:
        found = answered(night_at_sea(), "A", "0300")
        assert found.reckoned is not None
        assert found.adrift is not None
        assert not found.is_met_adrift
        assert found.approaches[0][1].now.first == found.reckoned.position

    def test_when_each_that_can_be_sent_was_fixed_last(self) -> None:
        found = answered(night_at_sea(), "A", "0400")
        assert found.fixed_at_utc["cutter-1"] == at("0346")
        assert set(found.without_speed) <= set(found.fixed_at_utc)
