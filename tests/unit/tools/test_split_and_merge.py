"""Splitting a boat at a report or by selection; finding that two boats are one."""

import pytest

from channelplot.chart.overlay import DragLine, Ghost
from channelplot.errors import RefusalReason
from channelplot.model.codes import Craft, TrackStatus
from channelplot.tools.boat_choice import ChoiceProblem
from channelplot.tools.questions import QuestionCode
from channelplot.tools.regroup_draft import RegroupDraft, Regrouping
from helpers.builders import R1, R2, R3, R5, R6, a_plot, a_report, a_track, at
from helpers.clock import FixedClock
from helpers.night_boats import night_after_correction, night_before_correction
from helpers.regrouping_desk import RegroupingDesk, regrouping_desk


@pytest.fixture
def desk(clock: FixedClock) -> RegroupingDesk:
    """A with R1, R2, R3, R5, R6; B with R4; nothing selected."""
    return regrouping_desk(night_before_correction(), clock)


@pytest.fixture
def later(clock: FixedClock) -> RegroupingDesk:
    """A with R1, R2, R5, R6; B with R4; C with R3."""
    return regrouping_desk(night_after_correction(), clock)


def regrouping(draft: RegroupDraft) -> Regrouping:
    """What Enter would do."""
    found = draft.reading().regrouping
    assert found is not None, draft.reading()
    return found


def refusal(draft: RegroupDraft) -> RefusalReason | None:
    """Why it is not allowed."""
    found = draft.reading().refusal
    return None if found is None else found.reason


# Splitting


def test_a_report_and_all_later_ones_start_a_new_boat(desk: RegroupingDesk) -> None:
    desk.select("r3")
    assert desk.split.begin()
    assert [report.uid for report in desk.split.reports()] == ["r3", "r5", "r6"]
    assert regrouping(desk.split).target.name == "C"
    a, c = regrouping(desk.split).differences
    assert a.before is not None
    assert a.after is not None
    assert c.after is not None
    assert (a.before.reports, a.after.reports, c.after.reports) == (5, 2, 3)
    assert (a.after.last_fix_utc, c.after.last_fix_utc) == (at("0228"), at("0412"))
    new_line = (DragLine(R3, R5), DragLine(R5, R6), Ghost(R3), Ghost(R5), Ghost(R6))
    assert desk.split.shapes() == new_line
    assert desk.store.saved == []
    assert desk.split.commit()
    assert desk.store.labels == ["split_track"]
    assert desk.uids_of("A") == ["r1", "r2"]
    assert desk.uids_of("C") == ["r3", "r5", "r6"]
    assert desk.session.selection.uids == {"r3"}
    desk.session.document.undo()
    assert desk.uids_of("A") == ["r1", "r2", "r3", "r5", "r6"]


def test_or_the_selected_ones_alone(desk: RegroupingDesk) -> None:
    desk.select("r3", "r6")
    assert desk.split.begin()
    assert not desk.split.is_from_here, "several were selected: they are meant"
    assert [report.uid for report in desk.split.reports()] == ["r3", "r6"]
    desk.split.choose(is_from_here=True)
    assert [report.uid for report in desk.split.reports()] == ["r3", "r5", "r6"]
    desk.split.choose(is_from_here=False)
    desk.split.edit(reason="two boats in company")
    assert desk.split.commit()
    assert desk.store.saved[0][1].reason == "two boats in company"
    assert desk.uids_of("A") == ["r1", "r2", "r5"]
    assert desk.uids_of("C") == ["r3", "r6"]


def test_a_split_that_would_leave_nothing_is_refused_before_enter(desk: RegroupingDesk) -> None:
    desk.select("r1")
    desk.split.begin()
    assert refusal(desk.split) is RefusalReason.NOTHING_TO_SPLIT
    assert not desk.split.commit()
    desk.split.choose(is_from_here=False)
    assert refusal(desk.split) is None
    desk.select("r4")
    desk.split.begin()
    desk.split.choose(is_from_here=False)
    assert refusal(desk.split) is RefusalReason.NOTHING_TO_SPLIT
    assert not desk.split.commit()
    assert desk.store.saved == []


@pytest.mark.parametrize("uids", [(), ("boat-a",), ("r0",), ("r3", "r4"), ("r3", "r0")])
def test_a_split_begins_with_reports_of_one_boat(
    desk: RegroupingDesk, uids: tuple[str, ...]
) -> None:
    desk.select(*uids)
    assert not desk.split.can_begin
    assert not desk.split.begin()


def test_a_ferry_s_track_splits_into_two_ferries(clock: FixedClock) -> None:
    reports = (a_report("0258", uid="f1"), a_report("0310", uid="f2"))
    desk = regrouping_desk(a_plot(a_track("FERRY", reports, craft=Craft.MERCHANT_VESSEL)), clock)
    desk.select("f2")
    desk.split.begin()
    assert desk.split.commit()
    assert desk.track("A").craft is Craft.MERCHANT_VESSEL


def test_a_split_of_what_is_gone_is_refused(desk: RegroupingDesk) -> None:
    desk.select("r4")
    desk.move.begin()
    desk.move.edit(text="n")
    assert desk.move.commit()
    desk.select("r4")
    assert desk.split.begin()
    desk.session.document.undo()
    assert desk.split.reports() == ()
    assert refusal(desk.split) is RefusalReason.NO_SUCH_TRACK


# Merging


def test_two_boats_become_one_and_the_name_stays_that_was_picked(later: RegroupingDesk) -> None:
    desk = later
    desk.select("boat-c")
    assert desk.merge.begin()
    assert [(target.key, target.name) for target in desk.merge.targets()] == [
        ("1", "A"),
        ("2", "B"),
    ]
    assert not desk.merge.commit()
    desk.merge.edit(text="1", reason="identified by CUTTER-1")
    going = regrouping(desk.merge)
    assert (going.target.name, [track.name for track in going.sources]) == ("A", ["C"])
    assert [one.track_uid for one in going.differences] == ["boat-c", "boat-a"]
    assert desk.merge.shapes() == (DragLine(R2, R3), DragLine(R3, R5), Ghost(R3))
    assert desk.merge.commit()
    assert desk.store.labels == ["merge_tracks"]
    assert desk.store.saved[0][1].reason == "identified by CUTTER-1"
    assert desk.uids_of("A") == ["r1", "r2", "r3", "r5", "r6"]
    assert desk.track("C").same_as_uid == "boat-a"
    (change,) = desk.track("C").status_changes
    assert (change.status, change.by) == (TrackStatus.SAME_AS, "watch")
    assert desk.session.selection.uids == {"boat-a"}, "what both are now"


def test_the_other_name_can_stay(later: RegroupingDesk) -> None:
    desk = later
    desk.select("r3")
    assert desk.merge.begin(), "a report of it will do"
    desk.merge.swap()
    assert desk.merge.reports() == (), "nothing is picked yet"
    desk.merge.edit(text="a")
    going = regrouping(desk.merge)
    assert (going.target.name, [track.name for track in going.sources]) == ("C", ["A"])
    assert going.target.comparison is not None
    assert going.target.comparison.track.name == "A", "how the two fit is said either way"
    desk.merge.swap()
    assert regrouping(desk.merge).target.name == "A"
    desk.merge.swap()
    assert desk.merge.commit()
    assert desk.uids_of("C") == ["r1", "r2", "r3", "r5", "r6"]
    assert desk.session.selection.uids == {"boat-c"}


def test_merging_at_76_knots_is_asked_about(desk: RegroupingDesk) -> None:
    desk.select("boat-b")
    desk.merge.begin()
    desk.merge.edit(text="A")
    assert [each.code for each in desk.merge.reading().questions] == [QuestionCode.TOO_FAST]
    assert not desk.merge.commit()
    assert desk.merge.commit(frozenset({QuestionCode.TOO_FAST}))
    assert len(desk.uids_of("A")) == 6


def test_an_open_boat_is_not_merged_into_a_closed_one(clock: FixedClock) -> None:
    closed = a_track("C", (a_report("0150"),), uid="boat-c", status=TrackStatus.LANDED)
    desk = regrouping_desk(night_before_correction().with_track(closed), clock)
    desk.select("boat-a")
    desk.merge.begin()
    desk.merge.edit(text="c")
    assert refusal(desk.merge) is RefusalReason.INTO_CLOSED
    assert desk.merge.shapes() == ()
    assert not desk.merge.commit()
    desk.merge.swap()
    assert refusal(desk.merge) is None
    assert desk.merge.commit()
    assert desk.track("C").same_as_uid == "boat-a"


def test_a_boat_is_not_merged_into_itself(desk: RegroupingDesk) -> None:
    desk.select("boat-a")
    desk.merge.begin()
    desk.merge.edit(text="A")
    assert refusal(desk.merge) is RefusalReason.SAME_TRACK
    desk.merge.edit(text="n")
    fault = desk.merge.reading().fault
    assert fault is not None
    assert fault.problem is ChoiceProblem.NO_SUCH_NAME, "there is no new boat to merge with"


def test_what_is_merged_already_or_not_one_boat_can_not_begin(later: RegroupingDesk) -> None:
    later.select("boat-a", "boat-b")
    assert not later.merge.can_begin
    later.select("boat-c")
    later.merge.begin()
    later.merge.edit(text="a")
    assert later.merge.commit()
    later.select("boat-c")
    assert not later.merge.can_begin
    assert not later.merge.begin()


def test_an_asset_is_merged_with_its_like(clock: FixedClock) -> None:
    tracks = (
        a_track("FERRY", (a_report("0258"),), uid="ferry", craft=Craft.MERCHANT_VESSEL),
        a_track("TANKER", (a_report("0300"),), uid="tanker", craft=Craft.MERCHANT_VESSEL),
        a_track("CUTTER-1", (a_report("0346"),), uid="cutter", craft=Craft.RESCUE_VESSEL),
        a_track("A", (a_report("0210", position=R1),), uid="boat-a"),
    )
    desk = regrouping_desk(a_plot(*tracks), clock)
    desk.select("ferry")
    desk.merge.begin()
    assert [(target.key, target.name) for target in desk.merge.targets()] == [("1", "TANKER")]


def test_a_boat_without_reports_can_be_merged(clock: FixedClock) -> None:
    empty = a_track("C", uid="boat-c")
    desk = regrouping_desk(night_before_correction().with_track(empty), clock)
    desk.select("boat-c")
    desk.merge.begin()
    desk.merge.edit(text="A")
    assert [track.name for track in regrouping(desk.merge).sources] == ["C"]
    assert desk.merge.commit()
    assert desk.track("C").same_as_uid == "boat-a"


def test_another_plot_ends_it(desk: RegroupingDesk, clock: FixedClock) -> None:
    desk.select("boat-a")
    desk.merge.begin()
    other = regrouping_desk(a_plot(), clock)
    desk.session.show(other.session.document)
    assert not desk.merge.is_active
    assert desk.merge.targets() == ()
    assert refusal(desk.merge) is None
