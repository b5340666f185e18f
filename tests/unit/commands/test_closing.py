"""Closing on evidence: what is refused with which numbers, and what is kept of a closing."""

from dataclasses import replace

import pytest

from channelplot.analysis.ledger import ledger_of
from channelplot.commands.claims import give_reports, merge_tracks
from channelplot.commands.closing import Closing, close_track, explain_people, reopen_track
from channelplot.commands.command import Command
from channelplot.commands.reports import add_report
from channelplot.commands.tracks import set_status
from channelplot.errors import ClosingRefused, CommandRefused, RefusalReason
from channelplot.model.codes import (
    CLOSED_STATUSES,
    SAFE_STATUSES,
    CountBasis,
    Craft,
    TrackStatus,
)
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.rules import problems_of
from channelplot.model.track import StatusChange, Track
from helpers.builders import a_plot, a_report, a_track, at

CLOSINGS = sorted(CLOSED_STATUSES - {TrackStatus.SAME_AS})
NOT_SAFE = sorted(set(CLOSINGS) - SAFE_STATUSES)


def told(total: int | None, children: int | None = None) -> PeopleCount:
    return PeopleCount(total=total, children=children)


def counted(total: int, children: int | None = None, missing: int | None = None) -> PeopleCount:
    return PeopleCount(CountBasis.COUNTED, total, children=children, missing=missing)


def boat(*people: PeopleCount, craft: Craft = Craft.SMALL_BOAT) -> Track:
    """Boat A with one report for each number of people, in order of time."""
    reports = [a_report(f"02{minute:02}", people=one) for minute, one in enumerate(people, 10)]
    return a_track("A", reports, craft=craft)


NIGHT = boat(told(45), told(55, 10), counted(47, 7))
"""Boat A of the acceptance night, as it stands when somebody first tries to close it."""
RECONCILED = boat(told(55, 10), counted(55, 10))


def closing(
    status: TrackStatus = TrackStatus.RESCUED_ALL,
    *,
    identified_by: str = "CUTTER-1",
    identified_how: str = "alongside, hull number",
    explained_by: str = "",
    reason: str = "",
    change_uid: str = "close",
) -> Closing:
    return Closing(
        status=status,
        change_uid=change_uid,
        at_utc=at("0458"),
        by="watch",
        identified_by=identified_by,
        identified_how=identified_how,
        explained_by=explained_by,
        reason=reason,
    )


UNIDENTIFIED = closing(identified_by="", identified_how="")


def closed(track: Track, how: Closing) -> Track:
    """The track, closed in a plot of its own."""
    return close_track(track.uid, how).edit(a_plot(track)).tracks[track.uid]


def refusal(track: Track, how: Closing) -> ClosingRefused:
    with pytest.raises(ClosingRefused) as refused:
        closed(track, how)
    assert refused.value.reason is RefusalReason.NEEDS_EVIDENCE
    return refused.value


def numbers(refused: ClosingRefused) -> tuple[int | None, ...]:
    return (
        refused.reported_total,
        refused.reported_children,
        refused.counted_total,
        refused.counted_children,
        refused.unaccounted,
        refused.unaccounted_children,
    )


# Refused


def test_people_unaccounted_for_refuse_it_with_the_numbers() -> None:
    refused = refusal(NIGHT, closing())
    assert (refused.value, refused.status) == ("A", TrackStatus.RESCUED_ALL)
    assert numbers(refused) == (55, 10, 47, 7, 8, 3)
    assert refused.is_identified
    assert refused.missing == 0


@pytest.mark.parametrize("status", CLOSINGS)
def test_every_way_of_closing_asks_for_them(status: TrackStatus) -> None:
    refused = refusal(NIGHT, closing(status))
    assert refused.status == status
    assert refused.needs_count is (status in SAFE_STATUSES)


@pytest.mark.parametrize("status", CLOSINGS)
@pytest.mark.parametrize(("who", "how"), [("", ""), ("CUTTER-1", " "), ("  ", "alongside")])
def test_nobody_having_identified_it_refuses_it(status: TrackStatus, who: str, how: str) -> None:
    refused = refusal(RECONCILED, closing(status, identified_by=who, identified_how=how))
    assert not refused.is_identified
    assert (refused.unaccounted, refused.unaccounted_children) == (0, 0)


def test_children_alone_refuse_it() -> None:
    refused = refusal(boat(told(55, 10), counted(55, 7)), closing())
    assert numbers(refused) == (55, 10, 55, 7, 0, 3)


@pytest.mark.parametrize(
    ("told_of", "found", "surplus"),
    [(22, 47, 25), (45, 47, 0), (40, 62, 0), (10, 21, 11), (0, 4, 0)],
)
def test_far_more_counted_than_told_of_may_be_another_boat_s(
    told_of: int, found: int, surplus: int
) -> None:
    track = boat(told(told_of), counted(found))
    if surplus:
        refused = refusal(track, closing())
        assert (refused.surplus, refused.unaccounted) == (surplus, 0)
        answered = closing(explained_by="J. Smith", reason="two boats lashed together")
        assert closed(track, answered).is_closed
    else:
        assert closed(track, closing()).is_closed


def test_nobody_counted_refuses_it() -> None:
    refused = refusal(boat(told(55, 10)), closing())
    assert numbers(refused) == (55, 10, None, None, 55, 10)


@pytest.mark.parametrize("status", sorted(SAFE_STATUSES))
def test_nobody_is_called_safe_who_was_never_counted(status: TrackStatus) -> None:
    refused = refusal(boat(), closing(status))
    assert numbers(refused) == (None, None, None, None, 0, 0)
    assert refused.needs_count


@pytest.mark.parametrize("status", NOT_SAFE)
def test_other_ways_of_closing_ask_for_no_count_where_nobody_was_reported(
    status: TrackStatus,
) -> None:
    assert closed(boat(), closing(status)).status is status


def test_children_that_were_not_counted_are_not_known() -> None:
    refused = refusal(boat(told(55, 10), counted(47)), closing())
    assert numbers(refused) == (55, 10, 47, None, 8, None)


@pytest.mark.parametrize(
    ("people", "missing"),
    [
        ((told(55), counted(47, missing=2)), 2),
        ((counted(47, missing=2),), 2),
        ((told(40), counted(47, missing=3)), 3),
        ((told(55), counted(47)), 0),
        ((told(55),), 0),
    ],
)
def test_the_missing_are_told_apart_from_those_not_counted(
    people: tuple[PeopleCount, ...], missing: int
) -> None:
    assert refusal(boat(*people), closing()).missing == missing


@pytest.mark.parametrize(
    ("explained_by", "reason"), [("", ""), ("Officer Two", " "), (" ", "counted twice")]
)
def test_a_name_without_a_reason_or_a_reason_without_a_name_explains_nothing(
    explained_by: str, reason: str
) -> None:
    refusal(NIGHT, closing(explained_by=explained_by, reason=reason))


def test_a_status_that_closes_nothing_is_no_closing() -> None:
    for status in TrackStatus:
        if status in CLOSINGS:
            assert closing(status).status is status
        else:
            with pytest.raises(ValueError, match=status):
                closing(status)


# Closed


@pytest.mark.parametrize("status", CLOSINGS)
def test_identified_and_reconciled_it_is_closed_and_that_is_kept(status: TrackStatus) -> None:
    track = closed(RECONCILED, closing(status, reason=" 55 below deck "))
    assert track.status is status
    assert track.status_changes == (
        StatusChange(
            "close",
            status,
            at("0458"),
            "55 below deck",
            "watch",
            identified_by="CUTTER-1",
            identified_how="alongside, hull number",
            unaccounted=0,
            unaccounted_children=0,
        ),
    )
    assert track.reports == RECONCILED.reports


@pytest.mark.parametrize("status", CLOSINGS)
def test_a_named_person_can_answer_for_it_and_the_numbers_stay(status: TrackStatus) -> None:
    how = closing(
        status,
        identified_by="",
        identified_how="",
        explained_by=" Officer Two ",
        reason="the caller counted twice",
    )
    track = closed(NIGHT, how)
    (change,) = track.status_changes
    assert (change.explained_by, change.reason) == ("Officer Two", "the caller counted twice")
    assert (change.unaccounted, change.unaccounted_children) == (8, 3)
    assert change.identified_by == ""
    assert ledger_of(track).explanation == change


def test_numbers_that_nobody_knows_are_kept_as_such() -> None:
    how = closing(explained_by="Officer Two", reason="no child was ever seen")
    (change,) = closed(boat(told(55, 10), counted(47)), how).status_changes
    assert (change.unaccounted, change.unaccounted_children) == (8, None)


def test_children_alone_can_be_answered_for() -> None:
    how = closing(explained_by="Officer Two", reason="three were taken for adults")
    track = closed(boat(told(55, 10), counted(55, 7)), how)
    (change,) = track.status_changes
    assert (change.unaccounted, change.unaccounted_children) == (0, 3)
    assert problems_of(a_plot(track)) == ()


def test_a_boat_is_closed_once_what_told_of_another_is_moved() -> None:
    plot = give_reports([NIGHT.reports[1].uid], None, new_track=a_track("C")).edit(a_plot(NIGHT))
    after = close_track(NIGHT.uid, closing()).edit(plot)
    assert after.tracks[NIGHT.uid].status is TrackStatus.RESCUED_ALL
    assert [track.is_closed for track in after.tracks.values()] == [True, False]


def test_a_craft_whose_people_are_not_accounted_for_needs_no_evidence() -> None:
    track = closed(boat(told(12), craft=Craft.MERCHANT_VESSEL), UNIDENTIFIED)
    (change,) = track.status_changes
    assert track.is_closed
    assert (change.unaccounted, change.unaccounted_children) == (None, None)


def test_a_closed_boat_can_be_closed_otherwise_on_evidence() -> None:
    first = closed(RECONCILED, closing())
    second = closed(first, closing(TrackStatus.LANDED, change_uid="close again"))
    assert [change.status for change in second.status_changes] == [
        TrackStatus.RESCUED_ALL,
        TrackStatus.LANDED,
    ]
    refusal(first, replace(UNIDENTIFIED, change_uid="close again"))


# Explained


def explaining(
    track_uid: str, explained_by: str = "Officer Two", reason: str = "the caller counted twice"
) -> Command:
    return explain_people(
        track_uid,
        change_uid="explain",
        at_utc=at("0450"),
        by="watch",
        explained_by=explained_by,
        reason=reason,
    )


def explained(track: Track) -> Track:
    return explaining(track.uid).edit(a_plot(track)).tracks[track.uid]


def test_people_are_explained_by_name_and_the_status_stays() -> None:
    adrift = replace(NIGHT, status=TrackStatus.ADRIFT)
    track = explained(adrift)
    assert track.status is TrackStatus.ADRIFT
    assert track.status_changes == (
        StatusChange(
            "explain",
            TrackStatus.ADRIFT,
            at("0450"),
            "the caller counted twice",
            "watch",
            explained_by="Officer Two",
            unaccounted=8,
            unaccounted_children=3,
        ),
    )
    assert ledger_of(track).is_explained


@pytest.mark.parametrize("status", NOT_SAFE)
def test_explained_people_let_a_boat_be_closed_that_is_not_called_safe(
    status: TrackStatus,
) -> None:
    assert closed(explained(NIGHT), closing(status)).status is status


@pytest.mark.parametrize("status", sorted(SAFE_STATUSES))
def test_people_explained_are_not_people_counted(status: TrackStatus) -> None:
    assert numbers(refusal(explained(NIGHT), closing(status)))[-2:] == (8, 3)


def test_an_explanation_does_not_cover_people_reported_since() -> None:
    more = a_report("0455", people=told(60, 10), track_uid=NIGHT.uid)
    plot = add_report(more).edit(a_plot(explained(NIGHT)))
    with pytest.raises(ClosingRefused) as refused:
        close_track(NIGHT.uid, closing(TrackStatus.CLOSED_UNRESOLVED)).edit(plot)
    assert refused.value.unaccounted == 13


# Opened again


def reopening(track_uid: str) -> Command:
    return reopen_track(
        track_uid, change_uid="open", at_utc=at("0510"), by="Officer Two", reason="two hulls"
    )


def test_it_has_the_status_again_that_it_had_before() -> None:
    plot = a_plot(RECONCILED)
    for uid, status in (("s1", TrackStatus.UNDER_WAY), ("s2", TrackStatus.ADRIFT)):
        given = set_status(RECONCILED.uid, status, change_uid=uid, at_utc=at("0300"), by="watch")
        plot = given.edit(plot)
    plot = close_track(RECONCILED.uid, closing()).edit(plot)
    landed = closing(TrackStatus.LANDED, change_uid="close again")
    plot = close_track(RECONCILED.uid, landed).edit(plot)
    again = reopening(RECONCILED.uid).edit(plot).tracks[RECONCILED.uid]
    assert again.status is TrackStatus.ADRIFT
    assert again.status_changes[-1] == StatusChange(
        "open", TrackStatus.ADRIFT, at("0510"), "two hulls", "Officer Two"
    )
    assert len(again.status_changes) == 5


def test_without_a_status_before_it_is_a_boat_reported() -> None:
    track = closed(RECONCILED, closing())
    again = reopening(track.uid).edit(a_plot(track)).tracks[track.uid]
    assert again.status is TrackStatus.REPORTED


# Refused for other reasons

OTHER = a_track("D", (a_report("0300"),))
MERGED: Plot = merge_tracks(
    OTHER.uid, NIGHT.uid, change_uid="merge", at_utc=at("0300"), by="watch"
).edit(a_plot(NIGHT, OTHER))


@pytest.mark.parametrize(
    ("command", "plot", "reason"),
    [
        (close_track("gone", closing()), a_plot(), RefusalReason.NO_SUCH_TRACK),
        (close_track(OTHER.uid, closing()), MERGED, RefusalReason.MERGED),
        (
            close_track(RECONCILED.uid, closing()),
            a_plot(closed(RECONCILED, closing())),
            RefusalReason.ALREADY_THERE,
        ),
        (reopening("gone"), a_plot(), RefusalReason.NO_SUCH_TRACK),
        (reopening(NIGHT.uid), a_plot(NIGHT), RefusalReason.NOT_CLOSED),
        (explaining("gone"), a_plot(), RefusalReason.NO_SUCH_TRACK),
        (explaining(OTHER.uid), MERGED, RefusalReason.MERGED),
        (explaining(RECONCILED.uid), a_plot(RECONCILED), RefusalReason.NOTHING_UNACCOUNTED),
        (
            explaining(NIGHT.uid),
            a_plot(replace(NIGHT, craft=Craft.RESCUE_VESSEL)),
            RefusalReason.NOTHING_UNACCOUNTED,
        ),
        (explaining(NIGHT.uid, " "), a_plot(NIGHT), RefusalReason.NEEDS_NAME_AND_REASON),
        (
            explaining(NIGHT.uid, reason=" "),
            a_plot(NIGHT),
            RefusalReason.NEEDS_NAME_AND_REASON,
        ),
        (
            explaining(NIGHT.uid),
            a_plot(explained(NIGHT)),
            RefusalReason.ALREADY_THERE,
        ),
    ],
    ids=lambda value: value.label if isinstance(value, Command) else str(value)[:24],
)
def test_it_is_refused(command: Command, plot: Plot, reason: RefusalReason) -> None:
    with pytest.raises(CommandRefused) as refused:
        command.edit(plot)
    assert refused.value.reason is reason
    assert not isinstance(refused.value, ClosingRefused)


def test_each_is_named_after_its_boat_and_says_why() -> None:
    plot = a_plot(NIGHT)
    for command, label, reason in (
        (close_track(NIGHT.uid, closing(reason="47 below")), "close_track", "47 below"),
        (reopening(NIGHT.uid), "reopen_track", "two hulls"),
        (explaining(NIGHT.uid), "explain_people", "the caller counted twice"),
    ):
        assert (command.label, command.name_in(plot), command.reason) == (label, "A", reason)
        assert command.entity_uid == NIGHT.uid
