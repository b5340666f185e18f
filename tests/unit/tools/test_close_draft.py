"""Closing a boat: never without evidence, unless somebody answers for it by name."""

import pytest

from channelplot.commands.claims import give_reports
from channelplot.commands.closing import reopen_track
from channelplot.commands.reports import add_report
from channelplot.commands.tracks import start_track, withdraw_track
from channelplot.errors import ClosingRefused, CommandRefused
from channelplot.model.codes import CountBasis, Craft, SourceKind, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.track import Track
from channelplot.tools.close_draft import CLOSINGS, USUAL, CloseDraft, CloseText
from channelplot.tools.explain_draft import ExplainDraft
from helpers.builders import R3, R5, R6, a_report, a_track, at
from helpers.desk import Desk

COUNTED_47 = PeopleCount(CountBasis.COUNTED, 47, men=31, women=9, children=7)


def named(desk: Desk, name: str) -> Track:
    (track,) = [t for t in desk.session.document.plot.tracks.values() if t.name == name]
    return track


@pytest.fixture
def a(desk: Desk) -> Track:
    """A as at step 14 of the night: 55 reported by telephone, 47 counted by CUTTER-1; selected."""
    uid = named(desk, "A").uid
    apply = desk.session.document.apply
    apply(
        add_report(
            a_report(
                "0245",
                uid="r3",
                track_uid=uid,
                position=R3,
                people=PeopleCount(total=55, children=10),
                source=SourceKind.PHONE,
            )
        )
    )
    apply(add_report(a_report("0340", track_uid=uid, position=R5, source_name="RESCUE 21")))
    apply(
        add_report(
            a_report("0412", track_uid=uid, position=R6, people=COUNTED_47, source_name="CUTTER-1")
        )
    )
    apply(start_track(a_track("PATROL-FR", craft=Craft.RESCUE_VESSEL)))
    desk.session.selection.set(frozenset({uid}))
    return named(desk, "A")


@pytest.fixture
def closing(desk: Desk, a: Track) -> CloseDraft:
    """The closing of A, begun."""
    draft = CloseDraft(desk.session)
    assert draft.begin()
    assert draft.uid == a.uid
    return draft


def test_eight_unaccounted_three_of_them_children_are_refused_with_the_numbers(
    desk: Desk, closing: CloseDraft
) -> None:
    closing.edit(identified_by="CUTTER-1", identified_how="alongside")
    before = desk.session.document.plot
    reading = closing.reading()
    assert not reading.can_close
    assert isinstance(reading.obstacle, ClosingRefused)
    assert (reading.ledger.reported_total, reading.ledger.reported_children) == (55, 10)
    assert (reading.ledger.counted_total, reading.ledger.counted_children) == (47, 7)

    with pytest.raises(ClosingRefused) as refused:
        closing.commit()

    assert (refused.value.unaccounted, refused.value.unaccounted_children) == (8, 3)
    assert refused.value.is_identified
    assert desk.session.document.plot is before
    assert closing.text.identified_by == "CUTTER-1", "what was typed is not lost"


def test_once_the_telephone_s_report_is_another_boat_s_it_closes(
    desk: Desk, closing: CloseDraft
) -> None:
    closing.edit(identified_by="CUTTER-1", identified_how="alongside")
    desk.session.document.apply(give_reports(("r3",), None, new_track=a_track("C")))
    assert closing.reading().can_close
    assert closing.commit()

    closed = named(desk, "A")
    change = closed.status_changes[-1]
    assert closed.status is TrackStatus.RESCUED_ALL
    assert (change.identified_by, change.identified_how) == ("CUTTER-1", "alongside")
    assert (change.unaccounted, change.explained_by) == (0, "")
    assert change.at_utc == at("0300")
    assert desk.store.labels[-1] == "close_track"
    assert not closing.commit(), "nothing is begun any more"


def test_accounted_for_but_nobody_has_identified_it(desk: Desk, closing: CloseDraft) -> None:
    desk.session.document.apply(give_reports(("r3",), None, new_track=a_track("C")))
    obstacle = closing.reading().obstacle
    assert isinstance(obstacle, ClosingRefused)
    assert (obstacle.unaccounted, obstacle.is_identified) == (0, False)
    with pytest.raises(ClosingRefused):
        closing.commit()


def test_a_named_person_with_a_reason_opens_the_way_and_stays_visible(
    desk: Desk, closing: CloseDraft
) -> None:
    closing.edit(explained_by="J. Smith")
    assert not closing.reading().can_close, "a reason is missing"
    closing.edit(why="the caller counted those left ashore")
    reading = closing.reading()
    assert reading.obstacle is not None
    assert reading.can_close
    assert closing.commit()

    change = named(desk, "A").status_changes[-1]
    assert (change.explained_by, change.reason) == (
        "J. Smith",
        "the caller counted those left ashore",
    )
    assert (change.unaccounted, change.unaccounted_children) == (8, 3)


@pytest.mark.parametrize("status", CLOSINGS)
def test_every_way_to_close_asks_for_evidence(
    desk: Desk, closing: CloseDraft, status: TrackStatus
) -> None:
    closing.edit(status=status)
    assert closing.reading().obstacle is not None
    with pytest.raises(ClosingRefused):
        closing.commit()


def test_it_begins_with_one_open_track_alone(desk: Desk, closing: CloseDraft) -> None:
    both = frozenset({closing.uid, named(desk, "B").uid})
    desk.session.selection.set(both)
    assert not closing.begin()
    desk.session.selection.set(frozenset({closing.uid}))
    closing.edit(explained_by="J. Smith", why="reasons")
    assert closing.commit()
    assert not closing.begin(), "it is closed"


def test_how_another_boat_ended_is_not_offered(desk: Desk, closing: CloseDraft) -> None:
    closed: list[str] = []
    closing.done.connect(closed.append)
    uid = closing.uid
    closing.edit(status=TrackStatus.RETURNED, explained_by="J. Smith", why="reasons")
    assert closing.commit()
    assert closed == [uid]

    desk.session.selection.set(frozenset({named(desk, "B").uid}))
    assert closing.begin()
    assert closing.text == CloseText(USUAL[Craft.SMALL_BOAT])
    assert closing.is_empty, "what was offered was not typed"


def test_an_asset_closes_without_evidence(desk: Desk, closing: CloseDraft) -> None:
    desk.session.selection.set(frozenset({named(desk, "PATROL-FR").uid}))
    assert closing.text.status is TrackStatus.RETURNED, "the draft followed the selection"
    assert closing.reading().can_close
    assert closing.commit()
    assert named(desk, "PATROL-FR").is_closed


def test_it_follows_the_selection_only_while_nothing_is_typed(
    desk: Desk, closing: CloseDraft
) -> None:
    b = named(desk, "B").uid
    closing.edit(identified_by="CUTTER-1")
    desk.session.selection.set(frozenset({b}))
    assert closing.track == named(desk, "A")
    closing.clear()
    desk.session.selection.set(frozenset({closing.uid}))
    desk.session.selection.set(frozenset({b}))
    assert closing.track == named(desk, "B")


def test_who_counted_them_is_offered_first_as_witness(closing: CloseDraft) -> None:
    assert closing.witnesses() == ("CUTTER-1", "RESCUE 21", "PATROL-FR")


def test_a_boat_withdrawn_meanwhile_is_not_closed(desk: Desk, closing: CloseDraft) -> None:
    desk.session.document.apply(withdraw_track(closing.uid, "plotted twice"))
    assert closing.reading().track is None
    assert not closing.reading().can_close
    assert not closing.commit()
    assert closing.witnesses() == ("PATROL-FR",)


# Explaining


def test_unaccounted_people_are_explained_by_a_person_with_a_reason(desk: Desk, a: Track) -> None:
    draft = ExplainDraft(desk.session)
    assert draft.reading().track is None
    assert draft.begin()
    assert draft.is_empty
    assert draft.reading().ledger.unaccounted == 8
    draft.edit(explained_by="J. Smith")
    assert not draft.commit()
    draft.edit(why="counted twice")
    assert draft.commit()
    change = named(desk, "A").status_changes[-1]
    assert (change.status, change.explained_by, change.reason) == (
        a.status,
        "J. Smith",
        "counted twice",
    )
    assert draft.is_empty


def test_nothing_is_explained_where_nobody_is_unaccounted_for(desk: Desk, a: Track) -> None:
    draft = ExplainDraft(desk.session)
    for name in ("B", "PATROL-FR"):
        desk.session.selection.set(frozenset({named(desk, name).uid}))
        assert not draft.begin(), name
    desk.session.selection.set(frozenset())
    assert not draft.begin()
    desk.session.selection.set(frozenset({a.uid}))
    assert draft.begin()
    draft.edit(explained_by="J. Smith", why="counted twice")
    draft.clear()
    assert draft.is_empty
    draft.edit(explained_by="J. Smith", why="counted twice")
    desk.session.document.apply(give_reports(("r3",), None, new_track=a_track("C")))
    assert not draft.commit()


def test_a_boat_that_was_opened_again_needs_its_evidence_anew(
    desk: Desk, closing: CloseDraft
) -> None:
    closing.edit(explained_by="J. Smith", why="reasons")
    assert closing.commit()
    uid = named(desk, "A").uid
    desk.session.document.apply(
        reopen_track(uid, change_uid="o", at_utc=at("0500"), by="watch", reason="")
    )
    assert closing.begin()
    closing.edit(identified_by="CUTTER-1", identified_how="alongside")
    with pytest.raises(CommandRefused):
        closing.commit()
