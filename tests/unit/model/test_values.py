"""Identifiers, codes, and values that refuse a time without its zone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from channelplot.model.codes import CLOSED_STATUSES, SEA_KINDS, ReportKind, TrackStatus
from channelplot.model.ids import is_uid, new_uid
from channelplot.model.track import StatusChange
from channelplot.model.utc import require_utc
from helpers.builders import a_report, a_track, at

BST = timezone(timedelta(hours=1))


def test_new_uids_are_uids_and_differ() -> None:
    uids = {new_uid() for _ in range(100)}
    assert len(uids) == 100
    assert all(map(is_uid, uids))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "6f0c1b9e-8f57-4d7e-9f10-1d2a3b4c5d6",
        "6F0C1B9E-8F57-4D7E-9F10-1D2A3B4C5D6E",
        "6f0c1b9e8f574d7e9f101d2a3b4c5d6e",
        "{6f0c1b9e-8f57-4d7e-9f10-1d2a3b4c5d6e}",
        " 6f0c1b9e-8f57-4d7e-9f10-1d2a3b4c5d6e",
    ],
)
def test_anything_but_the_usual_form_is_no_uid(text: str) -> None:
    assert not is_uid(text)


def test_utc_by_any_name_will_do() -> None:
    for moment in (at("0210"), datetime(2026, 9, 15, 2, 10, tzinfo=timezone(timedelta(0)))):
        require_utc(moment)
        assert moment == at("0210")


@pytest.mark.parametrize("moment", [datetime(2026, 9, 15, 2, 10), at("0210").astimezone(BST)])  # noqa: DTZ001
class TestATimeThatIsNotInUtc:
    def test_is_refused(self, moment: datetime) -> None:
        with pytest.raises(ValueError, match="UTC expected"):
            require_utc(moment)

    def test_cannot_be_a_time_of_a_report(self, moment: datetime) -> None:
        with pytest.raises(ValueError, match="UTC expected"):
            a_report(moment, received_at_utc=at("0210"), logged_at_utc=at("0210"))
        with pytest.raises(ValueError, match="UTC expected"):
            a_report("0210", received_at_utc=moment)
        with pytest.raises(ValueError, match="UTC expected"):
            a_report("0210", logged_at_utc=moment)

    def test_cannot_be_a_time_of_a_track_or_of_its_status(self, moment: datetime) -> None:
        with pytest.raises(ValueError, match="UTC expected"):
            a_track(created_at_utc=moment)
        with pytest.raises(ValueError, match="UTC expected"):
            StatusChange(new_uid(), TrackStatus.ADRIFT, moment)


def test_reports_stand_by_observation_then_logging_then_uid() -> None:
    first = a_report("0210", uid="z")
    late = a_report("0215", logged_at_utc=at("0255"), uid="a")
    early = a_report("0215", logged_at_utc=at("0216"), uid="y")
    twin = a_report("0215", logged_at_utc=at("0255"), uid="b")
    ordered = sorted((twin, late, early, first), key=lambda report: report.time_order())
    assert [report.uid for report in ordered] == ["z", "y", "a", "b"]


def test_a_closed_status_is_one_that_the_watch_has_done_with() -> None:
    open_statuses = {status for status in TrackStatus if not a_track(status=status).is_closed}
    assert open_statuses == set(TrackStatus) - CLOSED_STATUSES
    assert open_statuses == {
        TrackStatus.REPORTED,
        TrackStatus.CONFIRMED,
        TrackStatus.UNDER_WAY,
        TrackStatus.ADRIFT,
        TrackStatus.DISTRESS,
        TrackStatus.ESCORTED,
        TrackStatus.RESCUED_PART,
        TrackStatus.LOST_CONTACT,
        TrackStatus.SEARCH_SUSPENDED,
    }


def test_only_positions_are_at_sea_by_their_kind() -> None:
    assert {ReportKind.POSITION} == SEA_KINDS


def test_the_night_is_in_utc() -> None:
    assert at("0228").tzinfo is UTC
