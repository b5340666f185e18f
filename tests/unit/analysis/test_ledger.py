"""The people ledger: the night's numbers, and that nobody is ever accounted for by mistake."""

from dataclasses import replace
from typing import TypedDict, Unpack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.analysis.ledger import Ledger, least_total, ledger_of, plot_ledger
from channelplot.model.codes import CountBasis, Craft, ReportKind, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track
from helpers.builders import a_plot, a_report, a_track, at
from helpers.night_boats import (
    boat_a,
    boat_a_as_plotted,
    night_after_correction,
    night_before_correction,
    report_1,
    report_2,
    report_3,
)


class Parts(TypedDict, total=False):
    """Parts of a number of people."""

    men: int
    children: int
    missing: int


def told(time: str, total: int | None = None, **parts: Unpack[Parts]) -> Report:
    """A number that somebody told us."""
    return a_report(time, people=PeopleCount(total=total, **parts))


def counted(time: str, total: int | None = None, **parts: Unpack[Parts]) -> Report:
    """A number that an officer counted."""
    return a_report(time, people=PeopleCount(basis=CountBasis.COUNTED, total=total, **parts))


def ledger(*reports: Report) -> Ledger:
    return ledger_of(a_track("A", reports))


def unaccounted(*reports: Report) -> tuple[int, int | None]:
    """People and children."""
    sums = ledger(*reports)
    return sums.unaccounted, sums.unaccounted_children


class TestTheNight:
    def test_boat_a_at_the_attempt_to_close_it(self) -> None:
        sums = ledger_of(boat_a_as_plotted())
        assert sums.reported is not None
        assert sums.counted is not None
        assert (sums.reported.uid, sums.reported_total, sums.reported_children) == ("r3", 55, 10)
        assert (sums.counted.uid, sums.counted_total, sums.counted_children) == ("r6", 47, 7)
        assert (sums.unaccounted, sums.unaccounted_children) == (8, 3)
        assert not sums.is_reconciled
        assert not sums.is_explained

    def test_boat_a_before_anybody_was_counted(self) -> None:
        sums = ledger_of(boat_a(report_1(), report_2()))
        assert (sums.reported_total, sums.unaccounted) == (45, 45)
        assert sums.unaccounted_children is None, "nobody has said how many are children"
        assert sums.counted is None
        assert unaccounted(report_1(), report_2(), report_3()) == (55, 10)

    def test_after_the_correction_a_is_reconciled_and_c_is_open(self) -> None:
        sums = {track.name: own for track, own in plot_ledger(night_after_correction()).boats}
        a, c = sums["A"], sums["C"]
        assert (a.reported_total, a.counted_total, a.unaccounted) == (45, 47, 0)
        assert a.is_reconciled
        assert (c.reported_total, c.reported_children) == (55, 10)
        assert (c.unaccounted, c.unaccounted_children) == (55, 10)
        assert not c.is_reconciled

    def test_sums_over_the_plot(self) -> None:
        before, after = (
            plot_ledger(night_before_correction()),
            plot_ledger(night_after_correction()),
        )
        assert (before.reported, before.counted) == (77, 47)
        assert (before.unaccounted, before.unaccounted_children) == (30, 6)  # A 8/3, B 22/3
        assert (after.reported, after.counted) == (122, 47)
        assert (after.unaccounted, after.unaccounted_children) == (77, 13)  # B 22/3, C 55/10
        assert before.are_children_known
        assert [track.name for track, _ in after.boats] == ["A", "B", "C"]


class TestNumbers:
    @pytest.mark.parametrize(
        ("people", "least"),
        [
            (PeopleCount(), None),
            (PeopleCount(total=0), 0),
            (PeopleCount(total=20, children=5), 20),
            (PeopleCount(men=3, women=2, children=1), 6),
            (PeopleCount(children=4, missing=6), 6),
            (PeopleCount(deceased=1), 1),
            (PeopleCount(men=4, medical=2), 4),
            (PeopleCount(children=0), None),
        ],
    )
    def test_parts_make_the_least_there_can_be(
        self, people: PeopleCount, least: int | None
    ) -> None:
        assert least_total(people) == least

    def test_a_track_without_numbers_has_nobody_to_account_for(self) -> None:
        sums = ledger(a_report("0210"), told("0215"))
        assert sums == Ledger()
        assert sums.is_reconciled

    def test_nobody_aboard_is_a_number(self) -> None:
        assert ledger(told("0210", 0)).reported_total == 0

    def test_the_highest_number_stands_whenever_it_was_told(self) -> None:
        first, last = told("0210", 30), told("0240", 22)
        sums = ledger(first, last)
        assert sums.reported is not None
        assert sums.reported.uid == first.uid
        assert sums.unaccounted == 30

    def test_of_equal_numbers_the_later_is_named(self) -> None:
        first, last = told("0210", 30), told("0240", 30)
        named = ledger(first, last).reported
        assert named is not None
        assert named.uid == last.uid

    def test_children_come_from_whatever_report_told_of_the_most(self) -> None:
        sums = ledger(told("0210", 40, children=12), told("0220", 50, children=4))
        assert (sums.reported_total, sums.reported_children) == (50, 12)

    def test_that_there_are_no_children_is_known_without_a_total(self) -> None:
        sums = ledger(told("0210", children=0), told("0220", 30))
        assert (sums.reported_total, sums.reported_children) == (30, 0)
        assert (sums.unaccounted, sums.unaccounted_children) == (30, 0)

    def test_children_alone_are_people(self) -> None:
        assert unaccounted(told("0210", children=10)) == (10, 10)

    def test_counts_are_not_added(self) -> None:
        assert unaccounted(told("0210", 47), counted("0412", 47), counted("0512", 47)) == (0, 0)

    def test_a_count_corrects_the_one_before_up_and_down(self) -> None:
        assert unaccounted(told("0210", 47), counted("0412", 45), counted("0430", 47))[0] == 0
        assert unaccounted(told("0210", 47), counted("0412", 47), counted("0430", 45))[0] == 2

    def test_the_count_observed_last_holds_in_whatever_order_they_came(self) -> None:
        late = replace(counted("0400", 40), logged_at_utc=at("0600"), received_at_utc=at("0600"))
        assert ledger(told("0210", 47), counted("0412", 47), late).counted_total == 47

    def test_a_count_without_a_total_is_no_count(self) -> None:
        sums = ledger(told("0210", 20), counted("0412", children=7))
        assert sums.counted is None
        assert (sums.unaccounted, sums.unaccounted_children) == (20, 7)

    def test_more_counted_than_told_leaves_nobody(self) -> None:
        assert unaccounted(told("0210", 40, children=4), counted("0412", 47, children=7)) == (0, 0)

    def test_a_count_alone_leaves_nobody(self) -> None:
        assert unaccounted(counted("0412", 47)) == (0, 0)


class TestMissing:
    def test_are_not_accounted_for(self) -> None:
        assert unaccounted(told("0210", 47), counted("0412", 47, missing=2))[0] == 2
        assert unaccounted(told("0210", 55), counted("0412", 47, missing=2))[0] == 10

    def test_with_nothing_told_are_all_there_is(self) -> None:
        assert unaccounted(counted("0412", 47, missing=2)) == (2, None)

    def test_are_unaccounted_for_though_more_were_counted_than_told(self) -> None:
        assert unaccounted(told("0210", 40), counted("0412", 47, missing=2))[0] == 2

    def test_may_be_the_children(self) -> None:
        both = told("0210", 47, children=7), counted("0412", 47, children=7, missing=2)
        assert unaccounted(*both) == (2, 2)
        most = told("0210", 47, children=1), counted("0412", 47, children=1, missing=3)
        assert unaccounted(*most) == (3, 1)

    def test_told_after_the_count_are_not_among_those_counted(self) -> None:
        after = told("0210", 45), counted("0412", 45), told("0430", missing=2)
        assert unaccounted(*after) == (2, None)
        all_seen = told("0210", 45, children=5), counted("0412", 45, children=5)
        assert unaccounted(*all_seen) == (0, 0)
        assert unaccounted(*all_seen, told("0430", missing=2)) == (2, None), "they may be children"
        before = told("0210", 45), told("0300", missing=2), counted("0412", 45)
        assert unaccounted(*before) == (0, 0)


class TestChildren:
    def test_are_accounted_for_when_everybody_is(self) -> None:
        assert unaccounted(told("0210", 47, children=10), counted("0412", 47)) == (0, 0)
        assert unaccounted(told("0210", 47), counted("0412", 47, children=7)) == (0, 0)

    def test_are_not_known_when_people_are_wanting_and_nobody_said(self) -> None:
        assert unaccounted(told("0210", 55, children=10), counted("0412", 47)) == (8, None)
        assert unaccounted(told("0210", 55), counted("0412", 47, children=7)) == (8, None)

    def test_wanting_keep_a_boat_open_though_the_total_agrees(self) -> None:
        sums = ledger(told("0210", 47, children=10), counted("0412", 47, children=7))
        assert (sums.unaccounted, sums.unaccounted_children) == (0, 3)
        assert not sums.is_reconciled

    def test_unknown_are_said_to_be_in_the_sum(self) -> None:
        plot = a_plot(
            a_track("A", (told("0210", 20),)), a_track("B", (told("0210", 30, children=5),))
        )
        sums = plot_ledger(plot)
        assert (sums.unaccounted, sums.unaccounted_children) == (50, 5)
        assert not sums.are_children_known


def change(status: TrackStatus, time: str) -> StatusChange:
    """A status change that explains nothing."""
    return StatusChange(f"{status}-{time}", status, at(time))


def explained(
    status: TrackStatus, time: str, people: int | None = 8, children: int | None = 3
) -> StatusChange:
    """A status change by which a named person answers for so many."""
    return replace(
        change(status, time),
        reason="seen swimming ashore",
        explained_by="Officer Two",
        unaccounted=people,
        unaccounted_children=children,
    )


def boat_a_with(*changes: StatusChange) -> Track:
    """Boat A with 8 unaccounted for, 3 of them children, after these changes."""
    return replace(boat_a_as_plotted(), status=changes[-1].status, status_changes=changes)


class TestExplanations:
    def test_name_who_answers_for_them_and_leave_the_numbers(self) -> None:
        closing = explained(TrackStatus.RESCUED_ALL, "0500")
        sums = ledger_of(boat_a_with(change(TrackStatus.ADRIFT, "0340"), closing))
        assert sums.explanation is closing
        assert sums.is_explained
        assert sums.unaccounted == 8
        assert not sums.is_reconciled

    def test_hold_while_the_boat_stays_open(self) -> None:
        explanation = explained(TrackStatus.ADRIFT, "0430")
        escorted = change(TrackStatus.ESCORTED, "0440")
        assert ledger_of(boat_a_with(explanation, escorted)).explanation is explanation

    def test_end_when_the_boat_is_opened_again(self) -> None:
        closing = explained(TrackStatus.RESCUED_ALL, "0500")
        reopening = change(TrackStatus.ADRIFT, "0510")
        assert ledger_of(boat_a_with(closing, reopening)).explanation is None
        again = explained(TrackStatus.CLOSED_UNRESOLVED, "0600")
        assert ledger_of(boat_a_with(closing, reopening, again)).explanation is again

    @pytest.mark.parametrize(
        ("people", "children", "is_enough"),
        [
            (8, 3, True),
            (9, 4, True),
            (7, 3, False),
            (8, 2, False),
            (8, None, False),
            (None, 3, False),
        ],
    )
    def test_hold_for_as_many_as_they_were_given_for(
        self, people: int | None, children: int | None, is_enough: bool
    ) -> None:
        closing = explained(TrackStatus.RESCUED_ALL, "0500", people, children)
        assert ledger_of(boat_a_with(closing)).is_explained is is_enough

    def test_with_larger_numbers_hold_though_a_later_one_is_too_small(self) -> None:
        large = explained(TrackStatus.ADRIFT, "0430", 8, 3)
        small = explained(TrackStatus.ADRIFT, "0440", 5, 3)
        assert ledger_of(boat_a_with(large, small)).explanation is large

    def test_lapse_when_the_highest_number_was_logged_after_them(self) -> None:
        closing = explained(TrackStatus.RESCUED_ALL, "0500", 60, 20)
        boat = boat_a_with(closing)
        assert ledger_of(boat).explanation is closing
        late = replace(told("0245", 58, children=10), logged_at_utc=at("0501"))
        assert ledger_of(boat.with_report(late)).explanation is None
        same = replace(told("0246", 55, children=10), logged_at_utc=at("0501"))
        assert ledger_of(boat.with_report(same)).explanation is closing, "told again"

    def test_are_left_out_of_the_sum_of_the_plot_and_summed_apart(self) -> None:
        closed = boat_a_with(explained(TrackStatus.RESCUED_ALL, "0500"))
        sums = plot_ledger(a_plot(closed, a_track("B", (told("0252", 22, children=3),))))
        assert (sums.unaccounted, sums.unaccounted_children, sums.explained) == (22, 3, 8)


def test_a_plot_s_sums_leave_out_assets_and_merged_boats() -> None:
    cutter = a_track("CUTTER-1", (told("0300", 12),), craft=Craft.RESCUE_VESSEL)
    ferry = a_track("FERRY", (told("0300", 400),), craft=Craft.MERCHANT_VESSEL)
    boat = a_track("A", (told("0210", 45),))
    merged = a_track("B", status=TrackStatus.SAME_AS, same_as_uid=boat.uid)
    unnamed = a_track("D", (told("0210", 45),), status=TrackStatus.SAME_AS)
    unknown = a_track("C", (told("0210", 3),), craft=Craft.OTHER)
    sums = plot_ledger(a_plot(cutter, ferry, boat, merged, unnamed, unknown))
    assert [track.name for track, _ in sums.boats] == ["A", "D", "C"]
    assert (sums.reported, sums.unaccounted) == (93, 93), "nobody said which boat D is"
    assert plot_ledger(a_plot()).boats == ()


numbers = st.none() | st.integers(0, 60)
counts = st.builds(
    PeopleCount,
    basis=st.sampled_from(CountBasis),
    total=numbers,
    children=st.none() | st.integers(0, 9),
    missing=st.none() | st.integers(0, 5),
)
reports = st.lists(
    st.builds(
        lambda minute, people: a_report(f"02{minute:02d}", people=people),
        st.integers(0, 59),
        counts,
    ),
    max_size=6,
)


@given(reports)
def test_nobody_is_accounted_for_who_was_not_counted(told_: list[Report]) -> None:
    sums = ledger(*told_)
    assert sums.unaccounted >= 0
    assert sums.unaccounted >= (sums.reported_total or 0) - (sums.counted_total or 0)
    assert sums.unaccounted_children is None or sums.unaccounted_children >= 0
    if sums.counted is None:
        assert sums.unaccounted == (sums.reported_total or 0)


@given(reports, counts, st.integers(0, 59))
def test_no_number_told_makes_fewer_unaccounted_for(
    told_: list[Report], people: PeopleCount, minute: int
) -> None:
    before = ledger(*told_)
    report = a_report(f"02{minute:02d}", people=replace(people, basis=CountBasis.REPORTED))
    after = ledger(*told_, report)
    assert after.unaccounted >= before.unaccounted
    if after.unaccounted_children is not None:
        assert after.unaccounted_children >= (before.unaccounted_children or 0)
    assert after.counted_total == before.counted_total


@given(st.permutations([report_1(), report_2(), report_3(), counted("0412", 47, children=7)]))
def test_the_order_in_which_reports_come_does_not_matter(told_: list[Report]) -> None:
    assert unaccounted(*told_) == (8, 3)


def test_people_in_reports_of_no_boat_are_the_most_that_one_tells_of_at_sea() -> None:
    loose = (
        told("0300", 30),
        replace(told("0310", 25), kind=ReportKind.LAUNCH),
        replace(told("0320", 80), kind=ReportKind.PREVENTED),
        replace(told("0330", 90), kind=ReportKind.EVENT),
        a_report("0340"),
    )
    assert plot_ledger(a_plot(unattributed=loose)).unattributed == 30
    assert plot_ledger(a_plot(unattributed=loose[1:])).unattributed == 25
    assert plot_ledger(a_plot(unattributed=loose[2:])).unattributed == 0
