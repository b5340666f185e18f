"""Which reports tell of one boat: given, split off, merged; and what is refused."""

from dataclasses import replace

import pytest

from channelplot.analysis.ledger import ledger_of
from channelplot.commands.claims import give_reports, merge_tracks, split_track
from channelplot.commands.closing import reopen_track
from channelplot.commands.command import Command
from channelplot.commands.reports import add_report, amend_report, withdraw_report
from channelplot.commands.restore import restore
from channelplot.commands.tracks import amend_track, set_status, start_track, withdraw_track
from channelplot.errors import CommandRefused, PeopleLeftOut, RefusalReason
from channelplot.model.codes import CountBasis, Craft, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.rules import problems_of
from channelplot.model.track import StatusChange
from helpers.builders import R1, R2, R3, R5, R6, a_plot, a_report, a_track, at
from helpers.chartwork_builders import a_crossing, a_search, an_approach_watch, some_conditions

FIXES = (
    a_report("0210", position=R1, people=PeopleCount(total=45, is_estimate=True)),
    a_report("0228", position=R2, people=PeopleCount(total=40, is_estimate=True)),
    a_report("0245", position=R3, people=PeopleCount(total=55, children=10)),
    a_report("0340", position=R5),
    a_report("0412", position=R6, people=PeopleCount(CountBasis.COUNTED, 47, children=7)),
)
A = a_track("A", FIXES)
B = a_track("B", (a_report("0252"),))
CUTTER = a_track("CUTTER-1", (a_report("0346"),), craft=Craft.RESCUE_VESSEL)
LANDED = a_track("L", (a_report("0200"),), status=TrackStatus.LANDED)
LOOSE = a_report("0300")
PLOT = a_plot(A, B, CUTTER, LANDED, unattributed=(LOOSE,))
R_1, R_2, R_3, R_5, R_6 = A.reports
NEW = a_track("C")


def merging(track_uid: str, into_uid: str, change_uid: str = "merge") -> Command:
    return merge_tracks(
        track_uid,
        into_uid,
        change_uid=change_uid,
        at_utc=at("0500"),
        by="Officer Two",
        reason="same hull number",
    )


def reopening(track_uid: str) -> Command:
    return reopen_track(
        track_uid, change_uid="again", at_utc=at("0510"), by="Officer Two", reason="two hulls"
    )


MERGED = merging(B.uid, A.uid).edit(PLOT)
"""B has been merged into A."""


def times_of(plot: Plot, track_uid: str | None) -> list[str]:
    reports = plot.unattributed if track_uid is None else plot.tracks[track_uid].reports
    return [f"{report.observed_at_utc:%H%M}" for report in reports]


def refusal(command: Command, plot: Plot) -> CommandRefused:
    with pytest.raises(CommandRefused) as refused:
        command.edit(plot)
    return refused.value


# Giving


def test_a_report_moved_to_a_new_boat_takes_its_people_along() -> None:
    assert (ledger_of(A).unaccounted, ledger_of(A).unaccounted_children) == (8, 3)
    command = give_reports([R_3.uid], None, new_track=NEW, reason="the same phone again")
    assert (command.label, command.entity_uid, command.name_in(PLOT), command.reason) == (
        "give_reports", R_3.uid, "C", "the same phone again"
    )  # fmt: skip
    after = command.edit(PLOT)
    assert times_of(after, A.uid) == ["0210", "0228", "0340", "0412"]
    assert after.tracks[NEW.uid].reports == (replace(R_3, track_uid=NEW.uid),)
    assert ledger_of(after.tracks[A.uid]).is_reconciled
    assert ledger_of(after.tracks[NEW.uid]).unaccounted == 55
    assert problems_of(after) == ()


def test_reports_of_several_tracks_go_where_their_times_put_them() -> None:
    uids = [LOOSE.uid, R_5.uid, R_1.uid, LOOSE.uid]
    after = give_reports(uids, B.uid).edit(PLOT)
    assert times_of(after, B.uid) == ["0210", "0252", "0300", "0340"]
    assert times_of(after, A.uid) == ["0228", "0245", "0412"]
    assert after.unattributed == ()
    assert problems_of(after) == ()


def test_reports_given_to_no_track_stay_in_the_plot() -> None:
    command = give_reports([R_1.uid, R_3.uid], None, reason="another night")
    assert command.name_in(PLOT) == ""
    after = command.edit(PLOT)
    assert times_of(after, None) == ["0210", "0245", "0300"]
    assert after.report_count() == PLOT.report_count()


def test_a_report_that_is_there_already_stays_where_it_is() -> None:
    assert give_reports([R_1.uid], A.uid).edit(PLOT) is PLOT
    after = give_reports([R_1.uid, LOOSE.uid], A.uid).edit(PLOT)
    assert after.tracks[A.uid].reports[0] is R_1
    assert len(after.tracks[A.uid].reports) == 6


def test_a_closed_boat_can_be_given_what_tells_of_it() -> None:
    after = give_reports([LOOSE.uid], LANDED.uid).edit(PLOT)
    assert times_of(after, LANDED.uid) == ["0200", "0300"]
    assert after.tracks[LANDED.uid].is_closed


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (give_reports([], A.uid), RefusalReason.NOTHING_CHOSEN),
        (give_reports([R_1.uid, "gone"], B.uid), RefusalReason.NO_SUCH_REPORT),
        (give_reports([R_1.uid], "gone"), RefusalReason.NO_SUCH_TRACK),
        (give_reports([R_1.uid], None, new_track=a_track("B")), RefusalReason.NAME_TAKEN),
        (give_reports([R_1.uid], None, new_track=B), RefusalReason.ALREADY_THERE),
        (split_track("gone", at("0300"), NEW), RefusalReason.NO_SUCH_TRACK),
        (split_track(A.uid, at("0210"), NEW), RefusalReason.NOTHING_TO_SPLIT),
        (split_track(A.uid, at("0413"), NEW), RefusalReason.NOTHING_TO_SPLIT),
        (split_track(A.uid, at("0300"), a_track("B")), RefusalReason.NAME_TAKEN),
        (merging("gone", A.uid), RefusalReason.NO_SUCH_TRACK),
        (merging(A.uid, "gone"), RefusalReason.NO_SUCH_TRACK),
        (merging(A.uid, A.uid), RefusalReason.SAME_TRACK),
    ],
    ids=lambda value: value.label if isinstance(value, Command) else value.value,
)
def test_it_is_refused(command: Command, reason: RefusalReason) -> None:
    assert refusal(command, PLOT).reason is reason


# Splitting


def test_a_track_is_split_at_a_time() -> None:
    command = split_track(A.uid, at("0245"), NEW, "two boats")
    assert (command.label, command.entity_uid, command.name, command.reason) == (
        "split_track", A.uid, "C", "two boats"
    )  # fmt: skip
    after = command.edit(PLOT)
    assert times_of(after, A.uid) == ["0210", "0228"]
    assert times_of(after, NEW.uid) == ["0245", "0340", "0412"]
    assert problems_of(after) == ()


# Merging


def test_the_other_has_the_reports_and_the_name_still_finds_it() -> None:
    command = merging(B.uid, A.uid)
    assert (command.label, command.name_in(PLOT)) == ("merge_tracks", "B = A")
    merged = MERGED.tracks[B.uid]
    assert (merged.status, merged.same_as_uid, merged.reports) == (TrackStatus.SAME_AS, A.uid, ())
    assert merged.status_changes == (
        StatusChange("merge", TrackStatus.SAME_AS, at("0500"), "same hull number", "Officer Two"),
    )
    assert times_of(MERGED, A.uid) == ["0210", "0228", "0245", "0252", "0340", "0412"]
    assert MERGED.tracks[A.uid].status is A.status
    assert problems_of(MERGED) == ()


@pytest.mark.parametrize(
    "command",
    [
        merging(B.uid, LANDED.uid),
        merging(A.uid, B.uid),
        give_reports([R_1.uid], B.uid),
        add_report(a_report("0300", track_uid=B.uid)),
        amend_report(replace(R_1, track_uid=B.uid)),
        set_status(B.uid, TrackStatus.ADRIFT, change_uid="c", at_utc=at("0500"), by="watch"),
    ],
    ids=lambda command: command.label,
)
def test_a_merged_track_gets_nothing_more(command: Command) -> None:
    refused = refusal(command, MERGED)
    assert (refused.reason, refused.value, refused.other) == (RefusalReason.MERGED, "B", "A")


def test_what_a_track_was_merged_into_is_followed_to_the_last() -> None:
    other = a_track("D", (a_report("0100"),))
    both = merging(A.uid, other.uid, "merge again").edit(MERGED.with_track(other))
    refused = refusal(give_reports([LOOSE.uid], B.uid), both)
    assert (refused.value, refused.other) == ("B", "D")
    damaged = both.without_track(other.uid)
    assert refusal(give_reports([LOOSE.uid], B.uid), damaged).other == "?"


def test_other_names_of_a_boat_are_withdrawn_with_it_and_put_back_after_it() -> None:
    other = a_track("D", (a_report("0100"),))
    plot = merging(A.uid, other.uid, "merge again").edit(MERGED.with_track(other))
    merged = plot.tracks[B.uid]
    gone = withdraw_track(other.uid, "a hoax").edit(plot)
    assert set(gone.tracks) == {CUTTER.uid, LANDED.uid}
    assert set(withdraw_track(A.uid, "a hoax").edit(plot).tracks) == {*gone.tracks, other.uid}
    refused = refusal(restore(merged), gone)
    assert (refused.reason, refused.value) == (RefusalReason.TRACK_WITHDRAWN, A.uid)
    back = gone
    for track in (plot.tracks[other.uid], plot.tracks[A.uid], merged):
        back = restore(track).edit(back)
        assert problems_of(back) == ()
    assert back == plot


def test_chartwork_about_a_merged_track_is_about_the_other() -> None:
    ferry = a_track("FERRY", (a_report("0258"),), uid="ferry", craft=Craft.MERCHANT_VESSEL)
    plot = PLOT.with_track(ferry).with_approach_watch(an_approach_watch(B.uid, "ferry", uid="w"))
    plot = plot.with_conditions(some_conditions(B.uid, uid="own"))
    plot = plot.with_conditions(some_conditions(uid="all")).with_search(a_search("S1", B.uid))
    plot = plot.with_predicted_crossing(a_crossing(B.uid, uid="x"))
    after = merging(B.uid, A.uid).edit(plot)
    watch = after.approach_watches["w"]
    assert (watch.first_track_uid, watch.second_track_uid) == (A.uid, "ferry")
    assert (watch.distance_m, watch.within_min, watch.created_by) == (1852.0, 30, "watch")
    assert after.conditions["own"].track_uid == A.uid
    assert after.conditions["all"].track_uid is None
    assert [search.track_uid for search in after.searches.values()] == [A.uid]
    assert after.predicted_crossings["x"].track_uid == B.uid, "as it was logged"
    assert problems_of(after) == ()


@pytest.mark.parametrize("uids", [("w", "own"), ("own", "w")])
def test_of_two_watches_of_one_pair_the_stricter_limits_stay(uids: tuple[str, str]) -> None:
    wide = replace(an_approach_watch("ferry", B.uid, uid="w"), distance_m=3704.0, within_min=20)
    standing = an_approach_watch(A.uid, "ferry", uid="own")
    plot = PLOT.with_track(a_track("FERRY", uid="ferry", craft=Craft.MERCHANT_VESSEL))
    for uid in uids:
        plot = plot.with_approach_watch({"w": wide, "own": standing}[uid])
    (watch,) = merging(B.uid, A.uid).edit(plot).approach_watches.values()
    assert watch == replace(standing, distance_m=3704.0)


def test_a_watch_of_the_two_against_each_other_ends() -> None:
    for watch in (an_approach_watch(A.uid, B.uid), an_approach_watch(B.uid, A.uid)):
        assert merging(B.uid, A.uid).edit(PLOT.with_approach_watch(watch)).approach_watches == {}


def test_an_open_boat_is_not_closed_with_another() -> None:
    refused = refusal(merging(A.uid, LANDED.uid), PLOT)
    assert (refused.reason, refused.value, refused.other) == (RefusalReason.INTO_CLOSED, "L", "A")
    after = merging(LANDED.uid, A.uid).edit(PLOT)
    assert not after.tracks[A.uid].is_closed
    assert times_of(after, A.uid)[0] == "0200"


def test_people_do_not_leave_the_ledger_with_a_boat_merged_into_an_asset() -> None:
    refused = refusal(merging(A.uid, CUTTER.uid), PLOT)
    assert (refused.reason, refused.value, refused.other) == (
        RefusalReason.INTO_ASSET, "A", "CUTTER-1"
    )  # fmt: skip
    corrected = amend_track(replace(CUTTER, craft=Craft.SMALL_BOAT)).edit(PLOT)
    assert merging(A.uid, CUTTER.uid).edit(corrected).tracks[A.uid].same_as_uid == CUTTER.uid


def test_a_merged_track_is_opened_again_without_the_reports() -> None:
    plot = set_status(
        B.uid, TrackStatus.DISTRESS, change_uid="c", at_utc=at("0300"), by="watch"
    ).edit(PLOT)
    plot = reopening(B.uid).edit(merging(B.uid, A.uid).edit(plot))
    again = plot.tracks[B.uid]
    assert (again.status, again.same_as_uid, again.reports) == (TrackStatus.DISTRESS, None, ())
    given = give_reports([B.reports[0].uid], B.uid).edit(plot)
    assert given.tracks[B.uid].reports == B.reports
    assert given.tracks[A.uid].reports == A.reports


# People who would be lost from sight


def test_a_boat_s_people_do_not_leave_with_a_report_given_to_an_asset() -> None:
    asset = a_track("CUTTER-2", craft=Craft.RESCUE_VESSEL)
    for command in (
        give_reports([R_3.uid], CUTTER.uid, reason="told by it"),
        give_reports([R_3.uid], None, new_track=asset, reason="told by it"),
        split_track(A.uid, at("0245"), asset),
        amend_report(replace(R_3, track_uid=CUTTER.uid, people=None), "told by it"),
    ):
        assert refusal(command, PLOT).reason is RefusalReason.INTO_ASSET
    assert R_5.people is None
    assert give_reports([R_5.uid], CUTTER.uid).edit(PLOT).tracks[CUTTER.uid].reports[0] != R_5
    aboard = a_report("0500", people=PeopleCount(total=20), track_uid=CUTTER.uid)
    assert add_report(aboard).edit(PLOT).report(aboard.uid) == aboard


def test_the_last_report_of_an_open_boat_does_not_go_to_a_closed_one() -> None:
    (only,) = B.reports
    for command in (
        give_reports([only.uid], LANDED.uid, reason="the same boat"),
        amend_report(replace(only, track_uid=LANDED.uid), "the same boat"),
    ):
        refused = refusal(command, PLOT)
        assert (refused.reason, refused.value, refused.other) == (
            RefusalReason.INTO_CLOSED, "L", "B"
        )  # fmt: skip
    after = give_reports([R_5.uid], LANDED.uid).edit(PLOT)
    assert times_of(after, LANDED.uid) == ["0200", "0340"]


def test_people_are_looked_for_no_longer_only_with_a_reason() -> None:
    why = "told twice"
    for command, allowed, lost in (
        (withdraw_track(A.uid), withdraw_track(A.uid, why), (8, 3)),
        (withdraw_report(R_3.uid), withdraw_report(R_3.uid, why), (8, 3)),
        (give_reports([R_3.uid], None), give_reports([R_3.uid], None, reason=why), (8, 3)),
        (
            amend_report(replace(R_3, track_uid=None), " "),
            amend_report(replace(R_3, track_uid=None), why),
            (8, 3),
        ),
    ):
        refused = refusal(command, PLOT)
        assert isinstance(refused, PeopleLeftOut)
        assert refused.reason is RefusalReason.NEEDS_REASON
        assert (refused.unaccounted, refused.unaccounted_children) == lost
        assert allowed.edit(PLOT) is not PLOT
    assert B.uid not in withdraw_track(B.uid).edit(PLOT).tracks, "nobody was told of"
    assert withdraw_report(R_1.uid).edit(PLOT).report(R_1.uid) is None, "as many are missing"


def test_nobody_closes_a_boat_by_what_craft_it_is_said_to_be() -> None:
    closed = replace(CUTTER, status=TrackStatus.NOT_SMALL_BOAT)
    plot = a_plot(closed)
    as_boat = amend_track(replace(closed, craft=Craft.SMALL_BOAT))
    assert refusal(as_boat, plot).reason is RefusalReason.REOPEN_FIRST
    boat = as_boat.edit(reopening(CUTTER.uid).edit(plot)).tracks[CUTTER.uid]
    assert (boat.craft, boat.is_closed) == (Craft.SMALL_BOAT, False)
    landed = a_track("D", status=TrackStatus.LANDED)
    assert refusal(start_track(landed), plot).reason is RefusalReason.NEEDS_EVIDENCE
    assert restore(landed).edit(plot).tracks[landed.uid] is landed
    gone = a_track("FERRY", status=TrackStatus.NOT_SMALL_BOAT, craft=Craft.MERCHANT_VESSEL)
    assert gone.uid in start_track(gone).edit(plot).tracks
