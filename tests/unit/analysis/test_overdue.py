"""When a craft is overdue, and how long an acknowledgement lasts."""

from datetime import timedelta

import pytest

from channelplot.analysis.overdue import Contact, UsualIntervals, contact_of
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.codes import AlertCode, Craft, ReportKind, TrackStatus
from channelplot.model.track import Track
from helpers.builders import USUAL, a_report, a_track, at

BOAT = a_track("A", (a_report("0210"), a_report("0300")), uid="boat")


def seen(time: str, entity_uid: str = "boat", raised: str = "0330") -> Acknowledgement:
    return Acknowledgement(
        uid=f"seen-{time}",
        alert=AlertCode.OVERDUE,
        entity_uid=entity_uid,
        raised_at_utc=at(raised),
        at_utc=at(time),
        by="Officer Two",
    )


def contact(now: str, *acknowledgements: Acknowledgement, track: Track = BOAT) -> Contact:
    found = contact_of(track, acknowledgements, at(now), USUAL)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("now", "overdue_min", "is_overdue", "is_twice"),
    [
        ("0300", 0, False, False),
        ("0329", 0, False, False),
        ("0330", 0, True, False),
        ("0359", 29, True, False),
        ("0400", 30, True, True),
        ("0500", 90, True, True),
    ],
)
def test_a_boat_is_overdue_after_one_interval_and_loud_after_two(
    now: str, overdue_min: int, is_overdue: bool, is_twice: bool
) -> None:
    found = contact(now)
    assert (found.last_utc, found.due_at_utc) == (at("0300"), at("0330"))
    assert (found.is_overdue, found.is_twice) == (is_overdue, is_twice)
    assert found.overdue_s == 60 * overdue_min
    assert found.acknowledged is None
    assert found.raised_at_utc == at("0330")


def test_a_contact_counts_from_when_it_was_received() -> None:
    late = a_report("0130", kind=ReportKind.LAUNCH, received_at_utc=at("0255"))
    track = a_track("A", (late, a_report("0210")), uid="boat")
    assert contact("0300", track=track).last_utc == at("0255")


def test_a_boat_whose_reports_are_another_s_waits_for_nobody() -> None:
    empty = a_track("A", created_at_utc=at("0215"))
    assert contact_of(empty, (), at("0600"), USUAL) is None


def test_of_an_asset_nothing_is_reported_of_the_creation_counts() -> None:
    asset = a_track("CUTTER-1", created_at_utc=at("0215"), craft=Craft.RESCUE_VESSEL)
    assert contact("0230", track=asset).last_utc == at("0215")


@pytest.mark.parametrize("status", [TrackStatus.ADRIFT, TrackStatus.DISTRESS])
def test_a_boat_at_risk_is_waited_for_by_a_figure_of_its_own(status: TrackStatus) -> None:
    boat = a_track("A", (a_report("0340"),), status=status)
    assert contact("0354", track=boat).is_overdue is False
    assert contact("0355", track=boat).is_overdue is True
    chosen = contact_of(boat, (), at("0344"), UsualIntervals(30, 5))
    assert chosen is not None
    assert (chosen.due_at_utc, chosen.is_overdue) == (at("0345"), False)
    patient = contact_of(boat, (), at("0344"), UsualIntervals(10, 40))
    assert patient is not None
    assert patient.due_at_utc == at("0420"), "whatever the others are waited for"
    slow = a_track("A", (a_report("0340"),), status=status, contact_interval_min=40)
    assert contact("0419", track=slow).is_overdue is False


def test_a_craft_can_have_an_interval_of_its_own() -> None:
    short = a_track("A", (a_report("0340"),), contact_interval_min=15)
    assert contact("0354", track=short).is_overdue is False
    assert contact("0355", track=short).is_overdue is True


@pytest.mark.parametrize(
    ("craft", "is_waited_for"),
    [
        (Craft.SMALL_BOAT, True),
        (Craft.OTHER, True),
        (Craft.RESCUE_VESSEL, True),
        (Craft.AIRCRAFT, True),
        (Craft.MERCHANT_VESSEL, False),
    ],
)
def test_boats_and_assets_are_waited_for(craft: Craft, is_waited_for: bool) -> None:
    track = a_track("X", (a_report("0300"),), craft=craft)
    assert (contact_of(track, (), at("0400"), USUAL) is not None) is is_waited_for
    asked = a_track("X", (a_report("0300"),), craft=craft, contact_interval_min=60)
    assert contact("0400", track=asked).due_at_utc == at("0400")


@pytest.mark.parametrize("status", [TrackStatus.RESCUED_ALL, TrackStatus.SAME_AS])
def test_nobody_waits_for_a_closed_boat(status: TrackStatus) -> None:
    track = a_track("A", (a_report("0300"),), status=status)
    assert contact_of(track, (), at("0500"), USUAL) is None


def test_an_acknowledgement_lasts_one_interval_and_the_boat_stays_overdue() -> None:
    one = seen("0335")
    for now in ("0335", "0404"):
        found = contact(now, one)
        assert found.is_overdue
        assert found.acknowledged is one
        assert (found.due_at_utc, found.raised_at_utc) == (at("0405"), at("0330"))
        assert not found.is_twice
    assert contact("0404", one).overdue_s == 34 * 60
    raised_again = contact("0405", one)
    assert raised_again.acknowledged is None
    assert raised_again.raised_at_utc == at("0405")
    assert not raised_again.is_twice
    assert contact("0435", one).is_twice


def test_the_latest_acknowledgement_counts() -> None:
    first, second = seen("0335"), seen("0350")
    assert contact("0419", second, first).acknowledged is second
    assert contact("0420", first, second).acknowledged is None


def test_hearing_of_the_boat_ends_it_all() -> None:
    track = BOAT.with_report(a_report("0340", track_uid="boat"))
    found = contact("0400", seen("0335"), track=track)
    assert (found.is_overdue, found.due_at_utc) == (False, at("0410"))
    assert found.acknowledged is None, "what was acknowledged before says nothing of the next"
    assert contact("0410", seen("0335"), track=track).acknowledged is None


def test_acknowledgements_of_others_or_still_to_come_do_not_count() -> None:
    assert contact("0340", seen("0335", "another")).acknowledged is None
    assert contact("0334", seen("0335")).acknowledged is None


def test_a_report_from_the_future_is_not_overdue() -> None:
    found = contact_of(BOAT, (), at("0300") - timedelta(hours=1), USUAL)
    assert found is not None
    assert (found.is_overdue, found.overdue_s) == (False, 0.0)
