"""Crossings, prevented attempts and events: never mixed."""

import pytest

from channelplot.analysis.counts import Counts, counts_of, is_crossing
from channelplot.model.codes import CountBasis, Craft, ReportKind, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.track import Track
from helpers.builders import a_plot, a_report, a_track
from helpers.night_boats import night_after_correction, prevented_attempt


def test_after_the_night_s_first_report_there_is_no_crossing() -> None:
    assert counts_of(a_plot(unattributed=(prevented_attempt(),))) == Counts(
        prevented=1, prevented_people=30
    )


def test_at_the_end_of_the_night() -> None:
    assert counts_of(night_after_correction()) == Counts(
        crossings=3, open_boats=3, prevented=1, prevented_people=30
    )


def test_an_empty_plot_tells_of_nothing() -> None:
    assert counts_of(a_plot()) == Counts()


@pytest.mark.parametrize(
    ("status", "closed"),
    [(TrackStatus.UNDER_WAY, 0), (TrackStatus.LANDED, 1), (TrackStatus.CLOSED_UNRESOLVED, 1)],
)
def test_closed_crossings_are_crossings(status: TrackStatus, closed: int) -> None:
    plot = a_plot(a_track("A", (a_report(),), status=status))
    assert counts_of(plot) == Counts(crossings=1, open_boats=1 - closed, closed_boats=closed)


@pytest.mark.parametrize(
    ("kind", "crosses"),
    [
        (ReportKind.POSITION, True),
        (ReportKind.LAUNCH, True),
        (ReportKind.LANDING, True),
        (ReportKind.PREVENTED, False),
        (ReportKind.EVENT, False),
    ],
)
def test_what_was_told_from_ashore_makes_no_crossing(kind: ReportKind, crosses: bool) -> None:
    track = a_track("A", (a_report(kind=kind),))
    assert is_crossing(track) is crosses
    assert counts_of(a_plot(track)).crossings == int(crosses)


@pytest.mark.parametrize(
    "track",
    [
        a_track("FERRY", (a_report(),), craft=Craft.MERCHANT_VESSEL),
        a_track("CUTTER-1", (a_report(),), craft=Craft.RESCUE_VESSEL),
        a_track("A", (a_report(),), status=TrackStatus.NOT_SMALL_BOAT),
        a_track("A", status=TrackStatus.SAME_AS, same_as_uid="B"),
        a_track("A", (a_report(),), status=TrackStatus.SAME_AS),
        a_track("A"),
    ],
    ids=["merchant", "asset", "no small boat", "merged", "same as", "without reports"],
)
def test_these_are_no_crossings(track: Track) -> None:
    assert counts_of(a_plot(track)) == Counts()
    assert not is_crossing(track)


def test_a_boat_called_prevented_is_an_attempt_with_its_people_and_no_crossing() -> None:
    reports = (
        a_report("0100", people=PeopleCount(total=40)),
        a_report("0130", people=PeopleCount(basis=CountBasis.COUNTED, total=36)),
    )
    track = a_track("A", reports, status=TrackStatus.PREVENTED)
    assert counts_of(a_plot(track)) == Counts(prevented=1, prevented_people=36)


def test_several_reports_of_a_boat_s_prevented_attempt_are_one_attempt() -> None:
    reports = (
        a_report("0100", kind=ReportKind.PREVENTED, people=PeopleCount(total=25)),
        a_report("0105", kind=ReportKind.PREVENTED, people=PeopleCount(total=30)),
        a_report("0110", kind=ReportKind.PREVENTED),
    )
    assert counts_of(a_plot(a_track("A", reports))) == Counts(prevented=1, prevented_people=30)
    unclaimed = counts_of(a_plot(unattributed=reports))
    assert unclaimed == Counts(prevented=3, prevented_people=55)


def test_a_boat_that_was_prevented_and_sailed_later_is_both() -> None:
    reports = (
        a_report("0100", kind=ReportKind.PREVENTED, people=PeopleCount(total=30)),
        a_report("0210", people=PeopleCount(total=45)),
    )
    assert counts_of(a_plot(a_track("A", reports))) == Counts(
        crossings=1, open_boats=1, prevented=1, prevented_people=30
    )


def test_events_are_counted_wherever_they_stand() -> None:
    event = a_report(kind=ReportKind.EVENT)
    other = a_report(kind=ReportKind.EVENT)
    plot = a_plot(a_track("A", (a_report(), event)), unattributed=(other,))
    assert counts_of(plot) == Counts(crossings=1, open_boats=1, events=2)


def test_a_prevented_attempt_that_a_patrol_s_track_has_is_counted() -> None:
    patrol = a_track("PATROL-FR", (prevented_attempt(),), craft=Craft.RESCUE_VESSEL)
    assert counts_of(a_plot(patrol)) == Counts(prevented=1, prevented_people=30)
