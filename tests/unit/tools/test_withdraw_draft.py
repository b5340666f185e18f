"""Withdrawing: what goes, in one act, and why."""

import pytest

from channelplot.analysis.ledger import ledger_of
from channelplot.commands.claims import merge_tracks
from channelplot.commands.people import PeopleLost
from channelplot.commands.reports import add_report
from channelplot.errors import CommandRefused, PeopleLeftOut
from channelplot.model.people import PeopleCount
from channelplot.model.track import Track
from channelplot.tools.withdraw_draft import Leaving, WithdrawDraft
from helpers.builders import a_report, at
from helpers.desk import Desk


def named(desk: Desk, name: str) -> Track:
    (track,) = [t for t in desk.session.document.plot.tracks.values() if t.name == name]
    return track


def begun(desk: Desk, *uids: str) -> WithdrawDraft:
    draft = WithdrawDraft(desk.session)
    desk.session.selection.set(frozenset(uids))
    assert draft.begin()
    return draft


def test_nothing_selected_is_nothing_to_withdraw(desk: Desk) -> None:
    draft = WithdrawDraft(desk.session)
    assert not draft.begin()
    assert not draft.commit()
    assert desk.store.labels == []


def test_a_report_goes_with_its_reason(desk: Desk) -> None:
    report = named(desk, "A").reports[1]
    draft = begun(desk, report.uid)
    draft.edit(" another boat's ")
    told: list[Leaving] = []
    draft.done.connect(told.append)
    assert draft.leaving().reports == (report,)
    assert draft.commit()

    assert len(named(desk, "A").reports) == 2
    assert told == [Leaving(reports=(report,))]
    _, act = desk.store.saved[-1]
    assert (act.label, act.reason) == ("withdraw_report", "another boat's")
    assert draft.is_empty
    assert not draft.commit(), "once"


def test_people_are_not_forgotten_without_a_reason(desk: Desk) -> None:
    told = a_report("0500", track_uid=named(desk, "A").uid, people=PeopleCount(total=90))
    desk.session.document.apply(add_report(told))
    boat = named(desk, "A")
    draft = begun(desk, boat.uid)
    ledger = ledger_of(boat)
    assert ledger.unaccounted > 0
    assert draft.losing() == PeopleLost(ledger.unaccounted, ledger.unaccounted_children)
    needed = [draft.needs_reason]
    with pytest.raises(PeopleLeftOut):
        draft.commit()
    draft.edit("told twice")
    needed.append(draft.needs_reason)
    assert needed == [True, False]
    assert draft.commit()


def test_no_reason_is_needed(desk: Desk) -> None:
    draft = begun(desk, named(desk, "B").uid)
    assert draft.commit()
    assert desk.store.saved[-1][1].reason == ""
    desk.session.document.undo()
    assert named(desk, "B").reports


def test_several_things_go_in_one_act_with_one_reason(desk: Desk) -> None:
    plot = desk.session.document.plot
    a, b = named(desk, "A"), named(desk, "B")
    beach, mark = next(iter(plot.beaches)), next(iter(plot.marks))
    loose = plot.unattributed[0].uid
    uids = (a.uid, a.reports[0].uid, b.reports[0].uid, beach, mark, loose)
    draft = begun(desk, *uids)
    leaving = draft.leaving()
    assert leaving.tracks == (a,)
    assert [report.uid for report in leaving.reports] == [loose, b.reports[0].uid]
    assert (len(leaving.beaches), len(leaving.marks)) == (1, 1)
    draft.edit("exercise")
    assert draft.commit()
    assert desk.store.labels == ["withdraw_several"]
    assert desk.store.saved[-1][1].reason == "exercise"
    after = desk.session.document.plot
    assert set(after.tracks) == {b.uid}
    assert not after.unattributed


def test_what_was_merged_into_a_track_goes_along_and_is_named(desk: Desk) -> None:
    a, b = named(desk, "A"), named(desk, "B")
    desk.session.document.apply(
        merge_tracks(b.uid, a.uid, change_uid="m", at_utc=at("0300"), by="watch")
    )
    draft = begun(desk, a.uid, b.uid)
    leaving = draft.leaving()
    assert [track.name for track in leaving.tracks] == ["A"]
    assert [track.name for track in leaving.merged] == ["B"]
    assert draft.commit()
    assert not desk.session.document.plot.tracks


def test_another_selection_is_taken_up_until_a_reason_is_typed(desk: Desk) -> None:
    a, b = named(desk, "A"), named(desk, "B")
    draft = begun(desk, a.uid)
    desk.session.selection.set(frozenset())
    assert draft.leaving().tracks == (a,), "a click beside it is no other choice"
    desk.session.selection.set(frozenset({b.uid}))
    assert draft.leaving().tracks == (b,)
    draft.edit("why")
    desk.session.selection.set(frozenset({a.uid}))
    assert draft.leaving().tracks == (b,)
    draft.clear()
    assert draft.is_empty


def test_what_is_gone_meanwhile_is_not_withdrawn_again(desk: Desk) -> None:
    report = named(desk, "A").reports[0]
    draft, other = begun(desk, report.uid), begun(desk, report.uid)
    assert other.commit()
    assert draft.leaving().is_nothing
    assert not draft.commit()


def test_a_plot_for_reading_only_refuses(desk: Desk) -> None:
    draft = begun(desk, named(desk, "A").uid)
    desk.store.is_read_only = True
    with pytest.raises(CommandRefused):
        draft.commit()
    assert draft.leaving().tracks, "what was prepared stays"
