"""Moving reports to another boat: what is offered, what is shown before Enter, what is done."""

from dataclasses import replace

import pytest

from channelplot.analysis.same_boat import Fit, FitReason
from channelplot.chart.overlay import DragLine, Ghost
from channelplot.errors import CommandRefused, PeopleLeftOut, RefusalReason
from channelplot.geodesy.units import kn_from_mps, nm_from_m
from channelplot.model.codes import Craft, ReportKind, TrackStatus
from channelplot.tools.boat_choice import BoatTarget, ChoiceProblem
from channelplot.tools.questions import QuestionCode
from channelplot.tools.regroup_draft import Regrouping
from helpers.builders import R2, R3, R5, a_plot, a_report, a_track, at, ddm
from helpers.clock import FixedClock
from helpers.night_boats import R4, night_before_correction
from helpers.regrouping_desk import RegroupingDesk, regrouping_desk


@pytest.fixture
def desk(clock: FixedClock) -> RegroupingDesk:
    """The desk at 0456Z: A with R1, R2, R3, R5, R6; B with R4; nothing selected."""
    clock.set(at("0456"))
    return regrouping_desk(night_before_correction(), clock)


def offered(desk: RegroupingDesk) -> list[tuple[str, str]]:
    """The keys and the names of where reports can go."""
    return [(target.key, target.name) for target in desk.move.targets()]


def regrouping(desk: RegroupingDesk) -> Regrouping:
    """What Enter would do."""
    found = desk.move.reading().regrouping
    assert found is not None, desk.move.reading()
    return found


def test_it_begins_with_selected_reports_alone(desk: RegroupingDesk) -> None:
    assert not desk.move.begin()
    desk.select("boat-a")
    assert not desk.move.can_begin, "which of its five reports is meant?"
    assert not desk.move.begin()
    desk.select("boat-b")
    assert desk.move.begin(), "it has but one"
    assert [report.uid for report in desk.move.reports()] == ["r4"]
    desk.select("r5", "r3")
    assert desk.move.begin()
    assert [report.uid for report in desk.move.reports()] == ["r3", "r5"]


def test_other_boats_a_new_one_and_none_are_offered(desk: RegroupingDesk) -> None:
    desk.select("r3")
    desk.move.begin()
    assert offered(desk) == [("1", "B"), ("N", "C"), ("U", "")]
    b = desk.move.targets()[0]
    assert b.comparison is not None
    assert b.comparison.fit is Fit.NOT_SAME
    assert b.comparison.speed_mps is not None
    assert kn_from_mps(b.comparison.speed_mps) == pytest.approx(76.1, abs=0.05)
    assert desk.move.reading().fault is not None, "nothing is chosen by itself"
    assert desk.move.is_empty
    assert not desk.move.commit()


def test_moving_r3_shows_what_the_worked_answers_say_before_it_is_done(
    desk: RegroupingDesk,
) -> None:
    desk.select("r3")
    desk.move.begin()
    desk.move.edit(text="n")
    before, after = regrouping(desk).differences[0].before, regrouping(desk).differences[0].after
    assert before is not None
    assert after is not None
    assert before.run_m is not None
    assert after.run_m is not None
    assert (nm_from_m(before.run_m), nm_from_m(after.run_m)) == pytest.approx(
        (8.64, 8.63), abs=0.0051
    )
    assert before.mean_speed_mps is not None
    assert after.mean_speed_mps is not None
    speeds_kn = (kn_from_mps(before.mean_speed_mps), kn_from_mps(after.mean_speed_mps))
    assert speeds_kn == pytest.approx((4.25, 4.24), abs=0.0051)
    assert before.ledger is not None
    assert after.ledger is not None
    assert (before.ledger.unaccounted, before.ledger.unaccounted_children) == (8, 3)
    assert (after.ledger.unaccounted, after.ledger.unaccounted_children) == (0, 0)
    new = regrouping(desk).differences[1]
    assert new.before is None
    assert new.after is not None
    assert (new.after.name, new.after.reports) == ("C", 1)
    assert desk.store.saved == [], "nothing is done yet"
    assert "C" not in {track.name for track in desk.plot.tracks.values()}


def test_enter_moves_it_with_one_act_and_undo_puts_it_back(desk: RegroupingDesk) -> None:
    desk.select("r3")
    desk.move.begin()
    desk.move.edit(text="n", reason=" the same phone called at 0455Z ")
    done: list[Regrouping] = []
    desk.move.done.connect(done.append)
    assert desk.move.commit()
    assert desk.store.labels == ["give_reports"]
    assert desk.store.saved[0][1].reason == "the same phone called at 0455Z"
    assert desk.uids_of("A") == ["r1", "r2", "r5", "r6"]
    assert desk.uids_of("C") == ["r3"]
    assert desk.track("C").craft is Craft.SMALL_BOAT
    assert desk.track("C").created_at_utc == at("0456")
    assert desk.session.selection.uids == {"r3"}
    assert not desk.move.is_active
    assert [one.target.name for one in done] == ["C"]
    desk.session.document.undo()
    assert desk.uids_of("A") == ["r1", "r2", "r3", "r5", "r6"]
    desk.session.document.redo()
    assert desk.uids_of("C") == ["r3"]
    desk.select("r5")
    desk.move.begin()
    desk.move.edit(text="N")
    assert desk.move.commit()
    assert desk.uids_of("D") == ["r5"], "another boat, not C again"


def test_what_would_be_done_shows_on_the_chart_until_it_is_left(desk: RegroupingDesk) -> None:
    desk.select("r3")
    desk.move.begin()
    assert desk.move.shapes() == ()
    desk.move.edit(text="n")
    assert desk.move.shapes() == (DragLine(R2, R5), Ghost(R3))
    desk.move.edit(text="1")
    assert desk.move.shapes() == (DragLine(R2, R5), DragLine(R3, R4), Ghost(R3))
    changes: list[None] = []
    desk.move.changed.connect(changes.append)
    desk.move.drop()
    assert desk.move.shapes() == ()
    assert changes, "the chart is told"


def test_a_leg_that_no_small_boat_makes_is_asked_about(desk: RegroupingDesk) -> None:
    desk.select("r3")
    desk.move.begin()
    desk.move.edit(text="b")
    (question,) = desk.move.reading().questions
    assert question.code is QuestionCode.TOO_FAST
    assert kn_from_mps(question.value) == pytest.approx(76.1, abs=0.05)
    assert not desk.move.commit()
    assert desk.store.saved == []
    assert desk.move.commit(frozenset({QuestionCode.TOO_FAST}))
    assert desk.uids_of("B") == ["r3", "r4"]


def test_to_no_boat_and_from_no_boat(desk: RegroupingDesk) -> None:
    desk.select("r4")
    desk.move.begin()
    desk.move.edit(text="u")
    refusal = desk.move.reading().refusal
    assert isinstance(refusal, PeopleLeftOut)
    assert refusal.unaccounted == 22
    assert not desk.move.commit()
    desk.move.edit(reason="told twice")
    assert regrouping(desk).left_empty == ("B",)
    assert desk.move.commit()
    assert [report.uid for report in desk.plot.unattributed] == ["r0", "r4"]
    assert desk.move.begin(), "it is still selected"
    assert "U" not in dict(offered(desk))
    desk.move.edit(text=">B")
    assert regrouping(desk).has_loose
    assert regrouping(desk).sources == ()
    assert desk.move.commit()
    assert desk.uids_of("B") == ["r4"]


def test_several_reports_of_several_boats(desk: RegroupingDesk) -> None:
    desk.select("r3", "r4", "r0")
    desk.move.begin()
    assert [key for key, _ in offered(desk)] == ["1", "2", "N", "U"], "A and B both can be meant"
    desk.move.edit(text=">A")
    going = regrouping(desk)
    assert [report.uid for report in going.reports] == ["r0", "r4"], "R3 is there already"
    assert [track.name for track in going.sources] == ["B"]
    assert going.has_loose
    assert desk.move.commit(frozenset({QuestionCode.TOO_FAST}))
    assert desk.store.labels == ["give_reports"]
    assert set(desk.uids_of("A")) == {"r0", "r1", "r2", "r3", "r4", "r5", "r6"}


def test_what_is_there_already_changes_nothing(desk: RegroupingDesk) -> None:
    desk.select("r3")
    desk.move.begin()
    desk.move.edit(text="A")
    assert desk.move.reading().is_unchanged
    assert not desk.move.commit()
    assert desk.store.saved == []


def test_the_selection_is_followed_until_something_is_typed(desk: RegroupingDesk) -> None:
    desk.select("r3")
    desk.move.begin()
    desk.select("r5")
    assert [report.uid for report in desk.move.reports()] == ["r5"]
    desk.select()
    assert [report.uid for report in desk.move.reports()] == ["r5"]
    desk.session.selection.set(frozenset({"r6"}), is_chosen=False)
    assert [report.uid for report in desk.move.reports()] == ["r5"], "nobody chose that"
    desk.move.edit(text="n")
    desk.select("r3")
    assert [report.uid for report in desk.move.reports()] == ["r5"]
    desk.move.clear()
    assert desk.move.is_active
    assert desk.move.is_empty


def test_reports_that_are_gone_can_not_be_moved(desk: RegroupingDesk) -> None:
    desk.select("r3")
    desk.move.begin()
    desk.move.edit(text="n")
    assert desk.move.commit()
    desk.select("r3")
    desk.move.begin()
    desk.session.document.undo()
    desk.move.edit(text="c")
    fault = desk.move.reading().fault
    assert fault is not None
    assert (fault.problem, fault.value) == (ChoiceProblem.NO_SUCH_NAME, "c"), "C is undone"


def test_a_merged_boat_s_name_means_the_other(clock: FixedClock) -> None:
    plot = night_before_correction()
    merged = a_track("D", uid="boat-d", status=TrackStatus.SAME_AS, same_as_uid="boat-b")
    desk = regrouping_desk(plot.with_track(merged), clock)
    desk.select("r3")
    desk.move.begin()
    desk.move.edit(text="d")
    assert regrouping(desk).target.name == "B"
    assert regrouping(desk).target.said == "D"
    assert regrouping(desk).target.comparison is not None


def test_closed_boats_and_assets_are_named_not_listed(clock: FixedClock) -> None:
    closed = a_track("F", (a_report("0200"),), uid="boat-f", status=TrackStatus.LANDED)
    cutter = a_track("CUTTER-1", (a_report("0346"),), uid="cutter", craft=Craft.RESCUE_VESSEL)
    plot = night_before_correction().with_track(closed).with_track(cutter)
    desk = regrouping_desk(plot, clock)
    desk.select("r5")
    desk.move.begin()
    assert sorted(name for _, name in offered(desk)) == ["", "B", "G"]
    for typed, name in (("f", "F"), ("cutt", "CUTTER-1")):
        desk.move.edit(text=typed)
        assert regrouping(desk).target == BoatTarget("", name, desk.track(name).uid)
    desk.select("r3")
    desk.move.begin()
    desk.move.edit(text="cutt")
    refusal = desk.move.reading().refusal
    assert refusal is not None
    assert refusal.reason is RefusalReason.INTO_ASSET, "its people would go with it"


def test_a_boat_without_a_position_stands_behind_those_compared(clock: FixedClock) -> None:
    silent = a_track("D", (a_report("0230", position=None),), uid="boat-d")
    desk = regrouping_desk(night_before_correction().with_track(silent), clock)
    desk.select("r3")
    desk.move.begin()
    assert offered(desk)[:2] == [("1", "B"), ("2", "D")]
    assert desk.move.targets()[1].comparison is None


def test_a_report_without_a_position_is_compared_with_none(clock: FixedClock) -> None:
    told = a_report("0250", uid="told", position=None)
    desk = regrouping_desk(a_plot(a_track("A", (told,)), a_track("B", (a_report(),))), clock)
    desk.select("told")
    desk.move.begin()
    assert [target.comparison for target in desk.move.targets()[:1]] == [None]
    desk.move.edit(text="1")
    assert desk.move.commit()
    assert desk.uids_of("B")[-1] == "told"


def test_the_same_caller_is_said_and_comes_first_of_equals(clock: FixedClock) -> None:
    near, here = ddm(51, 0.2, 1, 35.0), ddm(51, 0.0, 1, 35.2)
    phone = "+447700900123"
    c = a_track("C", (replace(a_report("0245", position=near), caller=phone),), uid="boat-c")
    d = a_track("D", (a_report("0245", position=here),), uid="boat-d")
    call = replace(a_report("0300", uid="call", position=here), caller=phone)
    desk = regrouping_desk(a_plot(c, d, unattributed=(call,)), clock)
    desk.select("call")
    desk.move.begin()
    first, second = desk.move.targets()[:2]
    assert (first.name, second.name) == ("C", "D")
    assert first.comparison is not None
    assert FitReason.SAME_CALLER in first.comparison.reasons


def test_a_new_boat_of_what_an_asset_was_taken_for_is_a_small_boat(clock: FixedClock) -> None:
    ferry = a_track("FERRY", (a_report(uid="r"), a_report("0220")), craft=Craft.MERCHANT_VESSEL)
    desk = regrouping_desk(a_plot(ferry), clock)
    desk.select("r")
    desk.move.begin()
    desk.move.edit(text="n")
    assert desk.move.commit()
    assert desk.track("A").craft is Craft.SMALL_BOAT


def test_a_refusal_leaves_what_was_typed(clock: FixedClock) -> None:
    plot = night_before_correction()
    desk = regrouping_desk(plot, clock)
    desk.store.is_read_only = True
    desk.select("r3")
    desk.move.begin()
    desk.move.edit(text="n", reason="why")
    with pytest.raises(CommandRefused) as refused:
        desk.move.commit()
    assert refused.value.reason is RefusalReason.READ_ONLY
    assert (desk.move.text, desk.move.reason, desk.move.is_active) == ("n", "why", True)
    assert desk.plot is plot


def test_a_launch_can_be_moved_too(clock: FixedClock) -> None:
    launch = a_report("0130", uid="launch", kind=ReportKind.LAUNCH, position=ddm(50, 56.6, 1, 45.1))
    desk = regrouping_desk(
        a_plot(a_track("A", (a_report("0210"),), uid="a"), unattributed=(launch,)), clock
    )
    desk.select("launch")
    desk.move.begin()
    (a, *_) = desk.move.targets()
    assert a.comparison is not None
    assert a.comparison.fit is Fit.FITS, "2.95 NM in 40 minutes"
    desk.move.edit(text="1")
    assert desk.move.shapes() == (Ghost(ddm(50, 56.6, 1, 45.1)),), "a launch makes no leg"
    assert desk.move.commit()


def test_boats_of_the_same_telephone_come_first_and_those_without_reports_not_at_all(
    clock: FixedClock,
) -> None:
    number = "+33612345678"
    tracks = (
        a_track("A", (a_report("0240", uid="a1", position=R2),)),
        a_track("B", (a_report("0235", uid="b1", position=None, caller=number),)),
        a_track("C", (a_report("0230", uid="c1", position=None),)),
        a_track("D"),
        a_track("E", (a_report("0245", uid="e1", position=R2, caller=number),)),
    )
    desk = regrouping_desk(a_plot(*tracks), clock)
    desk.select("e1")
    assert desk.move.begin()
    listed = desk.move.targets()
    assert [target.name for target in listed[:3]] == ["B", "A", "C"]
    assert "D" not in [target.name for target in listed]
    assert [target.is_same_phone for target in listed[:3]] == [True, False, False]
    assert [target.comparison is None for target in listed[:3]] == [True, False, True]
