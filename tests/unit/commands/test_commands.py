"""Commands on reports, tracks, beaches and marks: why they are refused, and what they leave.

That each of them can be undone, done twice and refused: ``test_every_command.py``.
"""

from dataclasses import replace

import pytest

from channelplot.commands import tracks
from channelplot.commands.beaches import add_beach, amend_beach, move_beach, withdraw_beach
from channelplot.commands.command import Command
from channelplot.commands.marks import add_mark, amend_mark, withdraw_mark
from channelplot.commands.reports import add_report, amend_report, move_report, withdraw_report
from channelplot.commands.tracks import amend_track, set_status, start_track, withdraw_track
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.codes import (
    CLOSED_STATUSES,
    BoatType,
    Craft,
    PositionForm,
    ReportKind,
    TrackStatus,
)
from channelplot.model.people import PeopleCount
from channelplot.model.rules import problems_of
from channelplot.model.track import StatusChange
from helpers.builders import (
    R2,
    R5,
    a_beach,
    a_mark,
    a_report,
    a_track,
    at,
    night_plot,
)

PLOT = night_plot()
A, B = PLOT.tracks.values()
ASHORE = PLOT.unattributed[0]
SANGATTE, WISSANT = PLOT.beaches.values()
(CGN,) = PLOT.marks.values()
NEW_TRACK = a_track("C")


def status_of(track_uid: str, status: TrackStatus, change_uid: str = "c-1") -> Command:
    return set_status(track_uid, status, change_uid=change_uid, at_utc=at("0340"), by="watch")


REFUSED = [
    (add_report(A.reports[0]), RefusalReason.ALREADY_THERE),
    (add_report(replace(A.reports[0], track_uid=None)), RefusalReason.ALREADY_THERE),
    (add_report(a_report(track_uid="gone")), RefusalReason.NO_SUCH_TRACK),
    (add_report(a_report(track_uid="gone"), NEW_TRACK), RefusalReason.NO_SUCH_TRACK),
    (
        add_report(
            a_report(track_uid=A.uid), change=StatusChange("1", TrackStatus.LANDED, at("0300"))
        ),
        RefusalReason.NEEDS_EVIDENCE,
    ),
    (add_report(a_report(track_uid="c"), a_track("A", uid="c")), RefusalReason.NAME_TAKEN),
    (add_report(a_report(track_uid="c"), a_track(" ", uid="c")), RefusalReason.NAME_EMPTY),
    # A new track in the place of one with its uid would take that one's reports along.
    (add_report(a_report(track_uid=A.uid), a_track("C", uid=A.uid)), RefusalReason.ALREADY_THERE),
    (move_report("gone", R2, PositionForm.DDM, None), RefusalReason.NO_SUCH_REPORT),
    (amend_report(a_report()), RefusalReason.NO_SUCH_REPORT),
    (amend_report(replace(A.reports[0], track_uid="gone")), RefusalReason.NO_SUCH_TRACK),
    (withdraw_report("gone"), RefusalReason.NO_SUCH_REPORT),
    (start_track(A), RefusalReason.ALREADY_THERE),
    (start_track(a_track("A")), RefusalReason.NAME_TAKEN),
    (start_track(a_track("")), RefusalReason.NAME_EMPTY),
    (amend_track(a_track("Q")), RefusalReason.NO_SUCH_TRACK),
    (amend_track(replace(A, name="B")), RefusalReason.NAME_TAKEN),
    (amend_track(replace(A, name=" ")), RefusalReason.NAME_EMPTY),
    (amend_track(replace(A, launch_beach_uid="gone")), RefusalReason.NO_SUCH_BEACH),
    (status_of("gone", TrackStatus.ADRIFT), RefusalReason.NO_SUCH_TRACK),
    *(
        (status_of(A.uid, status), RefusalReason.NEEDS_EVIDENCE)
        for status in TrackStatus
        if status in CLOSED_STATUSES
    ),
    (withdraw_track("gone"), RefusalReason.NO_SUCH_TRACK),
    (add_beach(SANGATTE), RefusalReason.ALREADY_THERE),
    (add_beach(a_beach("Sangatte")), RefusalReason.NAME_TAKEN),
    (add_beach(a_beach("")), RefusalReason.NAME_EMPTY),
    (amend_beach(a_beach("Oye")), RefusalReason.NO_SUCH_BEACH),
    (amend_beach(replace(SANGATTE, name="Wissant")), RefusalReason.NAME_TAKEN),
    (amend_beach(replace(SANGATTE, name="\t")), RefusalReason.NAME_EMPTY),
    (move_beach("gone", R2), RefusalReason.NO_SUCH_BEACH),
    (withdraw_beach("gone"), RefusalReason.NO_SUCH_BEACH),
    (add_mark(CGN), RefusalReason.ALREADY_THERE),
    (add_mark(a_mark("cgn ")), RefusalReason.CODE_TAKEN),
    (add_mark(a_mark(" ")), RefusalReason.CODE_EMPTY),
    (add_mark(a_mark("a")), RefusalReason.CODE_OF_TRACK),
    *(
        (add_mark(a_mark(code)), RefusalReason.CODE_FORM)
        for code in ("1A", "-A", "NINELONGS", "A B", "A_B", "ÎLE", "A\nB", "\u017f1")
    ),
    (amend_mark(a_mark("WRK")), RefusalReason.NO_SUCH_MARK),
    (amend_mark(replace(CGN, code="B")), RefusalReason.CODE_OF_TRACK),
    (amend_mark(replace(CGN, code="")), RefusalReason.CODE_EMPTY),
    (withdraw_mark("gone"), RefusalReason.NO_SUCH_MARK),
]


@pytest.mark.parametrize(
    ("command", "reason"), REFUSED, ids=[f"{c.label}-{r.value}-{c.name}" for c, r in REFUSED]
)
def test_it_is_refused_for_a_reason(command: Command, reason: RefusalReason) -> None:
    with pytest.raises(CommandRefused) as refused:
        command.edit(PLOT)
    assert refused.value.reason is reason


def test_a_command_only_makes_another_plot() -> None:
    before = night_plot()
    names = [track.name for track in before.tracks.values()]
    uid = next(iter(before.tracks))
    after = amend_track(replace(before.tracks[uid], name="Q")).edit(before)
    assert [track.name for track in before.tracks.values()] == names
    assert after.tracks[uid].name == "Q"


def test_moving_a_report_leaves_what_was_said() -> None:
    old = replace(
        A.reports[0], as_received="50 58.0N 001 41.0E", source_name="AIRCRAFT", error_m=109.4
    )
    plot = PLOT.with_report(old)
    moved = move_report(old.uid, R5, PositionForm.POINTED, 1.1).edit(plot).report(old.uid)
    assert moved == replace(old, position=R5, position_form=PositionForm.POINTED, error_m=1.1), (
        "how good the old position was says nothing of the new one"
    )


def test_a_report_can_start_its_track_in_one_act() -> None:
    report = a_report("0300", track_uid=NEW_TRACK.uid)
    command = add_report(report, NEW_TRACK)
    assert (command.label, command.name) == ("start_track", "C")
    assert add_report(report).label == "add_report"
    assert command.edit(PLOT).tracks[NEW_TRACK.uid].reports == (report,)


def test_a_status_is_kept_with_its_time_its_reason_and_who_gave_it() -> None:
    command = set_status(
        A.uid,
        TrackStatus.ADRIFT,
        change_uid="c-1",
        at_utc=at("0340"),
        by="Officer Two",
        reason="engine stopped",
    )
    track = command.edit(PLOT).tracks[A.uid]
    assert track.status is TrackStatus.ADRIFT
    assert track.status_changes == (
        StatusChange("c-1", TrackStatus.ADRIFT, at("0340"), "engine stopped", "Officer Two"),
    )
    back = status_of(A.uid, TrackStatus.UNDER_WAY, "c-2")
    changes = back.edit(command.edit(PLOT)).tracks[A.uid].status_changes
    assert [one.uid for one in changes] == ["c-1", "c-2"]


def test_a_status_that_the_track_has_already_changes_nothing() -> None:
    landed = PLOT.with_track(replace(A, status=TrackStatus.LANDED))
    assert status_of(A.uid, TrackStatus.LANDED).edit(landed) is landed


def test_no_two_changes_of_status_have_one_uid() -> None:
    plot = status_of(A.uid, TrackStatus.ADRIFT, "c-1").edit(PLOT)
    with pytest.raises(CommandRefused) as refused:
        status_of(B.uid, TrackStatus.ADRIFT, "c-1").edit(plot)
    assert refused.value.reason is RefusalReason.ALREADY_THERE


def test_an_asset_is_given_any_status_but_the_same_as_another() -> None:
    cutter = a_track("CUTTER-1", craft=Craft.RESCUE_VESSEL)
    plot = PLOT.with_track(cutter)
    home = status_of(cutter.uid, TrackStatus.RETURNED).edit(plot).tracks[cutter.uid]
    assert home.is_closed
    assert home.status_changes[-1].unaccounted is None, "nobody asked"
    with pytest.raises(CommandRefused) as refused:
        status_of(cutter.uid, TrackStatus.SAME_AS).edit(plot)
    assert refused.value.reason is RefusalReason.NEEDS_EVIDENCE
    assert refused.value.value == "CUTTER-1"


def test_amending_a_track_changes_its_record_and_nothing_else() -> None:
    plot = status_of(A.uid, TrackStatus.ADRIFT).edit(PLOT)
    before = plot.tracks[A.uid]
    stale = replace(
        A,
        name="Q",
        note="grey",
        uk_reference="HUM 12",
        fr_reference="Gris-Nez SAR 2026/42",
        boat_type=BoatType.INFLATABLE,
        colour="grey",
        length_m=8.0,
        engine="40 hp",
        launch_beach_uid=SANGATTE.uid,
        contact_interval_min=15,
        # What an amendment is not for:
        status=TrackStatus.LANDED,
        status_changes=(),
        same_as_uid=B.uid,
        reports=(),
        created_at_utc=at("0001"),
        created_by="somebody else",
    )
    after = amend_track(stale, "as CUTTER-1 saw it").edit(plot).tracks[A.uid]
    assert after == replace(
        stale,
        status=TrackStatus.ADRIFT,
        status_changes=before.status_changes,
        same_as_uid=None,
        reports=before.reports,
        created_at_utc=A.created_at_utc,
        created_by=A.created_by,
    )


def test_a_launch_beach_that_the_plot_lacks_comes_with_it() -> None:
    oye = a_beach("Oye")
    command = amend_track(replace(A, launch_beach_uid=oye.uid), new_beach=oye)
    after = command.edit(PLOT)
    assert after.beaches[oye.uid] == oye
    assert after.tracks[A.uid].launch_beach_uid == oye.uid
    with pytest.raises(CommandRefused) as refused:
        command.edit(after)
    assert refused.value.reason is RefusalReason.ALREADY_THERE


def test_a_boat_does_not_become_an_asset_while_people_are_unaccounted_for() -> None:
    plot = PLOT.with_report(replace(A.reports[2], people=PeopleCount(total=55)))
    merchant = replace(A, craft=Craft.MERCHANT_VESSEL)
    with pytest.raises(CommandRefused) as refused:
        amend_track(merchant).edit(plot)
    assert refused.value.reason is RefusalReason.PEOPLE_UNACCOUNTED
    assert refused.value.value == "A"
    assert amend_track(merchant).edit(PLOT).tracks[A.uid].craft is Craft.MERCHANT_VESSEL
    other = amend_track(replace(A, craft=Craft.OTHER)).edit(plot)
    assert other.tracks[A.uid].has_people


def test_a_track_still_left_from_a_beach_that_is_withdrawn() -> None:
    plot = amend_track(replace(A, launch_beach_uid=WISSANT.uid)).edit(PLOT)
    plot = withdraw_beach(WISSANT.uid).edit(plot)
    assert plot.tracks[A.uid].launch_beach_uid == WISSANT.uid
    renamed = amend_track(replace(plot.tracks[A.uid], name="Q")).edit(plot)
    assert renamed.tracks[A.uid].launch_beach_uid == WISSANT.uid
    with pytest.raises(CommandRefused):  # but no other track may say so now
        amend_track(replace(B, launch_beach_uid=WISSANT.uid)).edit(plot)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (amend_report(A.reports[0], "misheard"), "misheard"),
        (withdraw_report(A.reports[0].uid, "a test call"), "a test call"),
        (amend_track(A, "renamed"), "renamed"),
        (withdraw_track(A.uid, "a whale"), "a whale"),
        (amend_beach(SANGATTE, "surveyed"), "surveyed"),
        (withdraw_beach(SANGATTE.uid, "no beach"), "no beach"),
        (amend_mark(CGN, "moved"), "moved"),
        (withdraw_mark(CGN.uid, "gone dark"), "gone dark"),
    ],
    ids=lambda value: value.label if isinstance(value, Command) else "",
)
def test_a_reason_goes_with_it(command: Command, reason: str) -> None:
    assert command.reason == reason


def test_it_is_named_after_what_the_plot_calls_it() -> None:
    named = {
        add_report(a_report(track_uid=A.uid)): "A",
        add_report(a_report()): "",
        move_report(A.reports[0].uid, R5, PositionForm.POINTED, 1.1): "A",
        amend_report(A.reports[0]): "A",
        withdraw_report(A.reports[0].uid, "a hoax"): "A",
        withdraw_report(ASHORE.uid): "",
        withdraw_report("gone"): "",
        status_of(A.uid, TrackStatus.ADRIFT): "A",
        withdraw_track(A.uid, "a hoax"): "A",
        withdraw_track("gone"): "",
        move_beach(SANGATTE.uid, R2): "Sangatte",
        withdraw_beach(SANGATTE.uid): "Sangatte",
        withdraw_beach("gone"): "",
        withdraw_mark(CGN.uid): "CGN",
        withdraw_mark("gone"): "",
    }
    assert {command: command.name_in(PLOT) for command in named} == named


def test_a_mark_is_kept_with_its_code_in_capitals_and_a_name() -> None:
    command = add_mark(a_mark(" wrk-1 ", name="  "))
    assert command.name == "WRK-1"
    mark = command.edit(PLOT).marks[command.entity_uid]
    assert (mark.code, mark.name) == ("WRK-1", "WRK-1")
    named = add_mark(a_mark("x", name=" Wreck ")).edit(PLOT)
    assert [m.name for m in named.marks.values()] == ["Cap Gris-Nez", "Wreck"]


def test_two_marks_do_not_share_a_code_whatever_its_case_is() -> None:
    other = a_mark("WRK")
    plot = add_mark(other).edit(PLOT)
    with pytest.raises(CommandRefused) as refused:
        amend_mark(replace(other, code="cgn")).edit(plot)
    assert (refused.value.reason, refused.value.value) == (RefusalReason.CODE_TAKEN, "CGN")


def test_a_mark_keeps_its_code_when_a_track_takes_the_name_later() -> None:
    plot = start_track(a_track("cgn")).edit(PLOT)
    moved = amend_mark(replace(CGN, position=R2)).edit(plot)
    assert moved.marks[CGN.uid].position == R2
    assert problems_of(moved) == ()


def test_the_next_watch_takes_over_open_boats_beaches_and_marks() -> None:
    landed = a_track("L", (a_report("0100", kind=ReportKind.LANDING),), status=TrackStatus.LANDED)
    plot = PLOT.with_track(landed)
    carried = tracks.carried_over(plot)
    assert carried.tracks == {A.uid: A, B.uid: B}
    assert carried.unattributed == ()
    assert carried.beaches == plot.beaches
    assert carried.marks == plot.marks
    assert not carried.is_example
    assert problems_of(carried) == ()
    assert landed.uid in plot.tracks, "the old plot is not changed"
    assert tracks.carried_over(replace(plot, is_example=True)).is_example
