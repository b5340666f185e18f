"""The same-boat test: the night's reports, and what an operator may rely on."""

import math
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.analysis.error_circle import ErrorModel, error_model
from channelplot.analysis.same_boat import (
    Comparison,
    Fit,
    FitReason,
    Sighting,
    compare,
    sighting_of,
)
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import kn_from_mps, m_from_nm, nm_from_m
from channelplot.model.codes import (
    BoatType,
    CountBasis,
    Craft,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track
from helpers.builders import R1, SANGATTE, a_report, a_track, at
from helpers.night_boats import (
    boat_a,
    boat_a_as_plotted,
    report_1,
    report_2,
    report_3,
    report_4,
    report_5,
    report_6,
)

MODEL = error_model(lambda setting: setting.default)
"""Before anybody chose anything."""
START = R1


def against(
    report: Report, *tracks: Track, craft: Craft = Craft.SMALL_BOAT, model: ErrorModel = MODEL
) -> tuple[Comparison, ...]:
    sighting = sighting_of(report, craft)
    assert sighting is not None
    return compare(sighting, tracks, model)


def one(report: Report, track: Track) -> Comparison:
    (found,) = against(report, track)
    return found


def knots(found: Comparison) -> float:
    assert found.speed_mps is not None
    return kn_from_mps(found.speed_mps)


def away(distance_nm: float, course_deg: float = 300.0) -> Position:
    return destination(START, course_deg, m_from_nm(distance_nm))


class TestTheNight:
    def test_r2_fits_a(self) -> None:
        found = one(report_2(), boat_a(report_1()))
        assert knots(found) == pytest.approx(4.23, abs=0.0051)
        assert found.fit is Fit.FITS
        assert found.reasons == ()
        assert found.previous_speed_mps is not None
        assert kn_from_mps(found.previous_speed_mps) == pytest.approx(4.0), "as R1 reported"
        assert nm_from_m(found.distance_m) == pytest.approx(1.27, abs=0.0051)
        assert found.circles is not None
        assert found.circles < 0.2, "R1 said where it was going"

    def test_r3_fits_a_though_faster_and_with_other_people(self) -> None:
        found = one(report_3(), boat_a(report_1(), report_2()))
        assert knots(found) == pytest.approx(5.98, abs=0.0051)
        assert found.fit is Fit.FITS
        assert found.reasons == (FitReason.FASTER_THAN_BEFORE, FitReason.PEOPLE_DIFFER)
        assert found.previous_speed_mps is not None
        assert kn_from_mps(found.previous_speed_mps) == pytest.approx(4.23, abs=0.0051)
        assert found.from_utc == at("0228")

    def test_r4_is_not_a(self) -> None:
        found = one(report_4(), boat_a(report_1(), report_2(), report_3()))
        assert knots(found) == pytest.approx(76.1, abs=0.051)
        assert nm_from_m(found.distance_m) == pytest.approx(8.88, abs=0.0051)
        assert found.fit is Fit.NOT_SAME
        assert found.reasons[0] is FitReason.TOO_FAST
        assert FitReason.PEOPLE_DIFFER in found.reasons
        assert found.from_utc == at("0245")

    def test_r5_fits_a_and_not_b(self) -> None:
        boat_b = a_track("B", (report_4(),))
        first, second = against(report_5(), boat_b, boat_a(report_1(), report_2(), report_3()))
        assert (first.track.name, first.fit) == ("A", Fit.FITS)
        assert knots(first) == pytest.approx(5.07, abs=0.0051)
        assert (second.track.name, second.fit) == ("B", Fit.NOT_SAME)

    def test_r6_fits_a_that_is_adrift(self) -> None:
        track = boat_a(report_1(), report_2(), report_3(), report_5())
        stopped = StatusChange("1", TrackStatus.ADRIFT, at("0340"))
        adrift = replace(track, status=TrackStatus.ADRIFT, status_changes=(stopped,))
        found = one(report_6(), adrift)
        assert knots(found) == pytest.approx(1.93, abs=0.0051)
        assert found.fit is Fit.FITS
        assert found.reasons == (FitReason.PEOPLE_DIFFER,), "7 children counted, 10 told"
        unknown = one(report_6(), track)
        assert unknown.fit is Fit.POSSIBLE
        assert FitReason.FAR in unknown.reasons, "without its stop it is expected 3 miles on"

    def test_the_launch_that_was_reported_late_fits_a(self) -> None:
        launch = a_report(
            "0130", kind=ReportKind.LAUNCH, position=SANGATTE, source=SourceKind.PATROL
        )
        found = one(launch, boat_a(report_1(), report_2(), report_3()))
        assert knots(found) == pytest.approx(2.95 / 40 * 60, abs=0.01)
        assert found.fit is Fit.FITS
        assert found.from_utc == at("0210")
        assert found.circles is None, "nothing was expected of it yet"
        assert found.previous_speed_mps is None

    def test_r3_weighed_again_once_a_was_counted(self) -> None:
        found = one(report_3(), boat_a_as_plotted())
        assert found.fit is Fit.FITS, "by place and speed it can be"
        assert FitReason.PEOPLE_DIFFER in found.reasons, "55 were told, 45, 40 and 47 are A's"
        assert FitReason.COUNTED_ALREADY not in found.reasons, "nobody had been counted yet"
        assert knots(found) == pytest.approx(5.98, abs=0.0051), "the report itself is left out"


class TestSpeed:
    @pytest.mark.parametrize("source", [SourceKind.PHONE, SourceKind.VESSEL, SourceKind.UNKNOWN])
    def test_eight_miles_in_a_quarter_of_an_hour_are_too_far_for_a_boat_at_five_knots(
        self, source: SourceKind
    ) -> None:
        fix = a_report("0300", position=START, source=source, course_deg=300.0, speed_kn=5.0)
        found = one(a_report("0315", position=away(8.0), source=source), a_track("A", (fix,)))
        assert found.fit is Fit.NOT_SAME
        assert knots(found) == pytest.approx(32.0)

    @pytest.mark.parametrize(
        ("distance_nm", "fit", "reasons"),
        [
            # A radar's circle of 1 NM twice makes 1.41 NM; 10 minutes and one at 12 kn are 2.2 NM.
            (1.9, Fit.FITS, ()),
            (2.1, Fit.FITS, (FitReason.WITHIN_ERRORS,)),
            (3.5, Fit.FITS, (FitReason.WITHIN_ERRORS,)),
            (3.7, Fit.DOUBTFUL, (FitReason.TOO_FAST,)),
            (4.8, Fit.DOUBTFUL, (FitReason.TOO_FAST,)),
            (5.1, Fit.NOT_SAME, (FitReason.TOO_FAST, FitReason.FAR)),
        ],
    )
    def test_errors_of_both_positions_are_allowed_for(
        self, distance_nm: float, fit: Fit, reasons: tuple[FitReason, ...]
    ) -> None:
        radar = SourceKind.RADAR
        track = a_track("A", (a_report("0300", position=START, source=radar),))
        found = one(a_report("0310", position=away(distance_nm), source=radar), track)
        assert (found.fit, found.reasons) == (fit, reasons)
        assert knots(found) == pytest.approx(distance_nm * 6)

    def test_better_positions_rule_out_more(self) -> None:
        track = a_track("A", (a_report("0300", position=START, source=SourceKind.PATROL),))
        exact = one(a_report("0310", position=away(3.5), source=SourceKind.AIRCRAFT), track)
        assert exact.fit is Fit.NOT_SAME
        rough = a_report("0310", position=away(3.5), source=SourceKind.AIRCRAFT, error_m=3000.0)
        assert one(rough, track).fit is not Fit.NOT_SAME

    def test_at_one_time_far_apart_the_speed_is_infinite(self) -> None:
        track = a_track("A", (a_report("0300", position=START, source=SourceKind.RADAR),))
        found = one(a_report("0300", position=away(8.0), source=SourceKind.RADAR), track)
        assert found.speed_mps == math.inf
        assert found.fit is Fit.NOT_SAME

    def test_at_one_time_and_place_there_is_no_speed(self) -> None:
        track = a_track("A", (a_report("0300", position=START, source=SourceKind.RADAR),))
        for distance_nm in (0.0, 0.5, 1.4):
            near = a_report("0300", position=away(distance_nm), source=SourceKind.RADAR)
            found = one(near, track)
            assert (found.speed_mps, found.fit) == (None, Fit.FITS)

    def test_between_two_fixes_the_higher_speed_counts(self) -> None:
        fixes = (
            a_report("0300", position=START, source=SourceKind.PATROL),
            a_report("0400", position=away(5.0), source=SourceKind.PATROL),
        )
        track = a_track("A", fixes)
        found = one(a_report("0350", position=away(1.0), source=SourceKind.PATROL), track)
        assert knots(found) == pytest.approx(24.0, abs=0.01)
        assert found.from_utc == at("0400")
        assert found.fit is Fit.NOT_SAME
        on_the_way = one(a_report("0330", position=away(2.5), source=SourceKind.PATROL), track)
        assert (on_the_way.fit, on_the_way.reasons) == (Fit.FITS, ())
        assert on_the_way.circles == pytest.approx(0.0, abs=0.01)

    def test_a_type_that_is_fast_may_be_fast(self) -> None:
        track = a_track("A", (a_report("0300", position=START, source=SourceKind.PATROL),))
        report = a_report("0330", position=away(14.0), source=SourceKind.PATROL)
        assert one(report, track).fit is Fit.NOT_SAME
        rhib = replace(report, boat_type=BoatType.RHIB)
        assert one(rhib, track).fit is not Fit.NOT_SAME
        assert one(report, replace(track, boat_type=BoatType.JET_SKI)).fit is not Fit.NOT_SAME

    def test_a_boat_of_unknown_craft_may_be_fast_too(self) -> None:
        fix = a_report("0300", position=START, source=SourceKind.PATROL)
        report = a_report("0330", position=away(14.0), source=SourceKind.PATROL)
        (found,) = against(report, a_track("A", (fix,), craft=Craft.OTHER))
        assert found.fit is Fit.FITS

    def test_the_desk_can_set_what_is_plausible(self) -> None:
        slow = replace(MODEL, plausible_speed_kn=dict.fromkeys(Craft, 2.0))
        (found,) = against(report_5(), boat_a(report_1(), report_2(), report_3()), model=slow)
        assert FitReason.TOO_FAST in found.reasons

    def test_what_differs_from_the_speed_before_is_said_only_when_it_is_much(self) -> None:
        fixes = (a_report("0240", position=away(0.0)), a_report("0300", position=away(2.0)))
        track = a_track("A", fixes)  # 6 kn

        def reasons(distance_nm: float) -> tuple[FitReason, ...]:
            return one(a_report("0330", position=away(distance_nm)), track).reasons

        assert FitReason.FASTER_THAN_BEFORE not in reasons(2.0 + 7.4 / 2)
        assert FitReason.FASTER_THAN_BEFORE in reasons(2.0 + 7.6 / 2)
        assert FitReason.FASTER_THAN_BEFORE not in reasons(2.0)


class TestOtherDoubts:
    TRACK = a_track(
        "A",
        (
            a_report(
                "0300",
                position=START,
                source=SourceKind.PATROL,
                course_deg=300.0,
                speed_kn=5.0,
                people=PeopleCount(total=45, children=4),
            ),
        ),
        boat_type=BoatType.INFLATABLE,
    )

    def report(
        self,
        course_deg: float = 300.0,
        people: PeopleCount | None = None,
        boat_type: BoatType | None = None,
    ) -> Report:
        """Half an hour and 2.5 NM on: on its course, that is where it was expected."""
        return a_report(
            "0330",
            position=away(2.5, course_deg),
            source=SourceKind.PATROL,
            people=people,
            boat_type=boat_type,
        )

    def test_none_leave_a_fit(self) -> None:
        found = one(self.report(), self.TRACK)
        assert (found.fit, found.reasons) == (Fit.FITS, ())
        assert found.circles == pytest.approx(0.0, abs=0.01)
        alike = self.report(people=PeopleCount(total=46), boat_type=BoatType.RHIB)
        assert one(alike, self.TRACK).reasons == ()

    def test_far_from_where_it_was_expected_is_possible(self) -> None:
        found = one(self.report(course_deg=210.0), self.TRACK)
        assert (found.fit, found.reasons) == (Fit.POSSIBLE, (FitReason.FAR,))
        # 2.5 NM at right angles are 3.54 NM; the circles: 0.1 and 0.5 of growth, 0.1.
        assert found.circles == pytest.approx(3.536 / math.sqrt(0.1**2 + 0.5**2 + 0.1**2), abs=0.01)

    def test_another_type_is_possible(self) -> None:
        found = one(self.report(boat_type=BoatType.SAIL), self.TRACK)
        assert (found.fit, found.reasons) == (Fit.POSSIBLE, (FitReason.TYPE_DIFFERS,))

    def test_half_the_people_are_possible_and_some_more_fit(self) -> None:
        fewer = one(self.report(people=PeopleCount(total=20)), self.TRACK)
        assert (fewer.fit, fewer.reasons) == (Fit.POSSIBLE, (FitReason.PEOPLE_DIFFER,))
        more = one(self.report(people=PeopleCount(total=60)), self.TRACK)
        assert (more.fit, more.reasons) == (Fit.FITS, (FitReason.PEOPLE_DIFFER,))

    def test_two_doubts_are_doubtful(self) -> None:
        found = one(self.report(210.0, PeopleCount(total=20)), self.TRACK)
        assert found.fit is Fit.DOUBTFUL
        assert found.reasons == (FitReason.FAR, FitReason.PEOPLE_DIFFER)

    @pytest.mark.parametrize(
        ("total", "fit"), [(45, Fit.DOUBTFUL), (47, Fit.DOUBTFUL), (40, Fit.POSSIBLE)]
    )
    def test_people_who_were_counted_are_not_at_sea_again(self, total: int, fit: Fit) -> None:
        count = PeopleCount(basis=CountBasis.COUNTED, total=total, children=4)
        recovery = a_report("0315", position=away(1.25), source=SourceKind.PATROL, people=count)
        track = self.TRACK.with_report(replace(recovery, track_uid=self.TRACK.uid))
        found = one(self.report(), track)
        assert found.reasons == (FitReason.COUNTED_ALREADY,)
        assert found.fit is fit
        landing = one(self.report(people=count), track)
        assert landing.reasons == (), "the same people are counted again ashore"
        before = replace(self.report(), observed_at_utc=at("0310"), position=away(0.83))
        assert one(before, track).reasons == ()

    def test_the_same_caller_speaks_for_a_boat_but_makes_no_fit(self) -> None:
        sighting = Sighting(
            position=away(8.0),
            observed_at_utc=at("0310"),
            source=SourceKind.PHONE,
            caller_track_uids={self.TRACK.uid},
        )
        (found,) = compare(sighting, [self.TRACK], MODEL)
        assert found.fit is Fit.NOT_SAME
        assert found.reasons[-1] is FitReason.SAME_CALLER


class TestWhoIsCompared:
    def test_open_boats_with_a_fix(self) -> None:
        fix = a_report("0300")
        tracks = [
            a_track("A", (fix,)),
            a_track("OTHER", (fix,), craft=Craft.OTHER),
            a_track("FERRY", (fix,), craft=Craft.MERCHANT_VESSEL),
            a_track("CUTTER-1", (fix,), craft=Craft.RESCUE_VESSEL),
            a_track("CLOSED", (fix,), status=TrackStatus.RESCUED_ALL),
            a_track("MERGED", status=TrackStatus.SAME_AS, same_as_uid="A"),
            a_track("LAUNCHED", (a_report("0200", kind=ReportKind.LAUNCH),)),
            a_track("NOWHERE", (a_report("0200", position=None),)),
        ]
        found = against(a_report("0310"), *tracks)
        assert {comparison.track.name for comparison in found} == {"A", "OTHER"}

    def test_a_ferry_is_no_boat(self) -> None:
        track = a_track("A", (a_report("0300"),))
        assert against(a_report("0310"), track, craft=Craft.MERCHANT_VESSEL) == ()
        assert len(against(a_report("0310"), track, craft=Craft.OTHER)) == 1

    def test_a_report_without_a_position_is_no_sighting(self) -> None:
        assert sighting_of(a_report(position=None), Craft.SMALL_BOAT) is None

    def test_a_report_does_not_speak_for_itself(self) -> None:
        track = boat_a(report_1(), report_2(), report_3())
        own = track.reports[-1]
        assert (
            one(own, track).speed_mps == one(report_3(), boat_a(report_1(), report_2())).speed_mps
        )
        assert one(own, track).track is track
        alone = boat_a(report_3())
        assert against(alone.reports[0], alone) == ()

    def test_nothing_to_compare_with(self) -> None:
        assert against(report_4()) == ()


class TestOrder:
    def test_best_first(self) -> None:
        def boat(name: str, distance_nm: float, course_deg: float | None = None) -> Track:
            fix = a_report(
                "0300",
                position=away(distance_nm),
                source=SourceKind.PATROL,
                course_deg=course_deg,
                speed_kn=5.0,
            )
            return a_track(name, (fix,))

        tracks = [
            boat("FAR OFF", 30.0),
            boat("ON COURSE", 2.5, 120.0),
            boat("NEAR", 2.5, 100.0),
            boat("GOING AWAY", 2.5, 300.0),
        ]
        report = a_report("0330", position=START, source=SourceKind.PATROL)
        found = against(report, *tracks)
        assert [each.track.name for each in found] == ["ON COURSE", "NEAR", "GOING AWAY", "FAR OFF"]
        fits = [each.fit for each in found]
        assert fits == [Fit.FITS, Fit.FITS, Fit.POSSIBLE, Fit.NOT_SAME]

    def test_the_same_caller_comes_first_among_equals(self) -> None:
        near = a_track("A", (a_report("0300", position=START),), uid="a")
        nearer = a_track("B", (a_report("0300", position=away(0.5)),), uid="b")
        sighting = Sighting(position=away(0.6), observed_at_utc=at("0310"))
        assert [c.track.name for c in compare(sighting, [near, nearer], MODEL)] == ["B", "A"]
        called = replace(sighting, caller_track_uids={"a"})
        assert [c.track.name for c in compare(called, [near, nearer], MODEL)] == ["A", "B"]

    @pytest.mark.parametrize("is_counted", [False, True])
    def test_of_equal_fits_place_people_and_speed_count_together(self, is_counted: bool) -> None:
        count = PeopleCount(basis=CountBasis.COUNTED, total=47)
        of_a = count if is_counted else PeopleCount(total=55)
        # Its engine has stopped: by its course it was expected 2.7 NM farther off.
        a = a_track(
            "A",
            (
                a_report(
                    "0408",
                    position=away(1.03),
                    source=SourceKind.PATROL,
                    course_deg=300.0,
                    speed_kn=5.0,
                    people=of_a,
                ),
            ),
        )
        told = PeopleCount(total=22)
        c = a_track(
            "C",
            (a_report("0320", position=away(11.4), source=SourceKind.PHONE, people=told),),
        )
        rescue = a_report("0440", position=START, source=SourceKind.PATROL, people=count)
        first, second = against(rescue, c, a)
        assert first.fit is second.fit is Fit.POSSIBLE
        assert (first.track.name, second.track.name) == ("A", "C")
        assert FitReason.FAR in first.reasons
        assert second.reasons == (FitReason.PEOPLE_DIFFER,)
        assert first.circles is not None
        assert second.circles is not None
        assert second.circles < first.circles, "by its place alone C would come first"


minutes = st.integers(0, 120)
places = st.builds(Position, st.floats(1.2, 2.2), st.floats(50.7, 51.3))
fixes = st.builds(
    lambda minute, place, source: a_report(
        at("0200") + timedelta(minutes=minute), position=place, source=source
    ),
    minutes,
    places,
    st.sampled_from(SourceKind),
)
boats = st.lists(
    st.builds(lambda own: a_track("A", own), st.lists(fixes, min_size=1, max_size=4)), max_size=5
)


@given(boats, fixes, st.randoms(use_true_random=False))
def test_the_order_of_the_boats_does_not_matter(
    tracks: list[Track], report: Report, dice: random.Random
) -> None:
    shuffled = list(tracks)
    dice.shuffle(shuffled)
    assert against(report, *tracks) == against(report, *shuffled)
    fits = [list(Fit).index(each.fit) for each in against(report, *tracks)]
    assert fits == sorted(fits)


@given(fixes, fixes, st.sampled_from(SourceKind))
def test_a_boat_is_never_ruled_out_at_a_plausible_speed(
    fix: Report, report: Report, source: SourceKind
) -> None:
    (found,) = against(replace(report, source=source), a_track("A", (fix,)))
    if found.speed_mps is None or kn_from_mps(found.speed_mps) <= 12.0:
        assert found.fit is not Fit.NOT_SAME
    if found.fit is Fit.NOT_SAME:
        assert FitReason.TOO_FAST in found.reasons


@given(fixes, fixes)
def test_there_and_back_takes_the_same_speed(one_fix: Report, other: Report) -> None:
    (there,) = against(other, a_track("A", (one_fix,)))
    (back,) = against(one_fix, a_track("A", (other,)))
    assert there.speed_mps == pytest.approx(back.speed_mps)
    assert (there.fit is Fit.NOT_SAME) == (back.fit is Fit.NOT_SAME)
