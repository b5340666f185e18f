"""The words of a sheet."""

from dataclasses import replace

import pytest

from channelplot.geodesy.projection import position_to_chart_m
from channelplot.model.codes import CountBasis, Craft, ReportKind, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange
from channelplot.snapshot.content import (
    boat_list,
    boat_rows,
    heading_of,
    more_text,
    outside_count,
    outside_text,
)
from helpers.builders import a_plot, a_report, a_track, at, ddm, night_plot


def test_the_time_is_that_of_the_last_report_and_says_so() -> None:
    heading = heading_of(night_plot(), "Night", None)

    assert heading.title == "Night"
    assert heading.time == "Data to 150252Z SEP 26 · 0352 UK · 0452 FR"
    assert heading.time_note == "Time of the last report in the plot"


def test_the_time_of_the_watch_is_told_apart_from_the_last_report() -> None:
    heading = heading_of(night_plot(), "Night", at("0412"))

    assert heading.time == "Data to 150412Z SEP 26 · 0512 UK · 0612 FR"
    assert heading.time_note == "All that was plotted by then · last report 0252Z"


def test_a_last_report_of_another_day_is_written_with_its_day() -> None:
    heading = heading_of(night_plot(), "Night", at("0105", day=16))

    assert heading.time_note.endswith("last report 150252Z")


def test_an_empty_plot_says_that_it_is_empty() -> None:
    assert heading_of(Plot(), "Night", None).time == "No reports plotted"
    with_time = heading_of(Plot(), "Night", at("0412"))
    assert with_time.time == "Data to 150412Z SEP 26 · 0512 UK · 0612 FR"
    assert with_time.time_note == "No reports plotted by then"


def test_the_summary_counts_boats_only_and_what_was_ashore_apart() -> None:
    prevented = a_report(kind=ReportKind.PREVENTED, people=PeopleCount(total=31))
    plot = a_plot(
        a_track("A", (a_report(),)),
        a_track("B", (a_report(),), status=TrackStatus.LANDED),
        replace(a_track("C", status=TrackStatus.SAME_AS), same_as_uid="A"),
        a_track("P", (prevented,), status=TrackStatus.PREVENTED),
        a_track("CUTTER-1", (a_report(),), craft=Craft.RESCUE_VESSEL),
        unattributed=(a_report(kind=ReportKind.EVENT),),
    )

    summary = heading_of(plot, "", None).summary

    assert summary.split(" · ")[0] == "Boats: 1 open, 1 closed"
    assert summary.split(" · ")[-1] == "Ashore: 1 prevented (31 people), 1 event"
    assert [row.track.name for row in boat_rows(plot, None)] == ["A", "CUTTER-1", "B"]


def counted_after(*, explained_by: str = "", status: TrackStatus = TrackStatus.ADRIFT) -> Plot:
    told = PeopleCount(total=55, children=10)
    counted = PeopleCount(basis=CountBasis.COUNTED, total=47, children=7)
    reports = (a_report("0245", people=told), a_report("0412", people=counted))
    change = StatusChange(
        uid="s",
        status=status,
        at_utc=at("0430"),
        explained_by=explained_by,
        unaccounted=8,
        unaccounted_children=3,
    )
    track = a_track("A", reports, status=status)
    return a_plot(replace(track, status_changes=(change,)))


def test_who_is_unaccounted_for_is_told_of_boat_and_plot() -> None:
    plot = counted_after()

    (row,) = boat_rows(plot, None)

    assert row.people_text == "55 / 47"
    assert row.people_long_text == "55 reported, 47 counted"
    assert row.unaccounted_text == "8 unaccounted, 3 children"
    assert row.status_text == "adrift"
    summary = heading_of(plot, "", None).summary
    assert summary == "Boats: 1 open, 0 closed · 8 unaccounted, 3 children"


def test_a_closing_by_explanation_says_who_answers_for_it() -> None:
    plot = counted_after(explained_by="Officer Two", status=TrackStatus.LANDED)

    (row,) = boat_rows(plot, None)

    assert row.unaccounted_text == "8 unaccounted, 3 children"
    assert row.status_text == "landed, explained by Officer Two"
    assert heading_of(plot, "", None).summary == "Boats: 0 open, 1 closed"


def test_an_example_says_that_it_is_one() -> None:
    assert heading_of(Plot(is_example=True), "", None).summary.startswith("EXAMPLE, all fictional")


def test_open_boats_stand_first_then_other_craft_then_closed_ones_the_newest_first() -> None:
    plot = a_plot(
        a_track("closed", (a_report("0500"),), status=TrackStatus.RESCUED_ALL),
        a_track("cutter", (a_report("0450"),), craft=Craft.RESCUE_VESSEL),
        a_track("old", (a_report("0210"),)),
        a_track("new", (a_report("0310"),)),
        a_track("none"),
    )

    names = [row.track.name for row in boat_rows(plot, at("0500"))]

    assert names == ["new", "old", "none", "cutter", "closed"]


def test_a_row_tells_people_status_and_time() -> None:
    people = PeopleCount(basis=CountBasis.COUNTED, total=47, children=7)
    plot = a_plot(
        a_track("A", (a_report("0412", people=people),), status=TrackStatus.RESCUED_ALL),
    )

    (row,) = boat_rows(plot, at("0500"))

    assert row.people_text == "47"
    assert row.people_long_text == "47 counted, 7 children"
    assert row.status_text == "rescued (all)"
    assert row.last_text == "0412Z"


def test_boats_left_out_are_counted_with_those_that_are_open() -> None:
    plot = a_plot(
        a_track("A", (a_report(),)), a_track("B", (a_report(),), status=TrackStatus.LANDED)
    )

    assert more_text(boat_list(plot, None), 0) == "and 2 more, 1 of them open"


@pytest.mark.parametrize(
    ("more", "more_open", "words"),
    [
        (0, 0, "and 2 more follow, 1 of them open"),
        (5, 3, "and 2 more follow; 5, 3 of them open, not listed"),
    ],
)
def test_boats_that_follow_are_told_apart_from_those_that_stand_nowhere(
    more: int, more_open: int, words: str
) -> None:
    plot = a_plot(
        a_track("A", (a_report(),)),
        a_track("B", (a_report(),)),
        a_track("C", (a_report(),), status=TrackStatus.LANDED),
    )
    boats = replace(boat_list(plot, None), more=more, more_open=more_open)

    assert more_text(boats, 1, is_continued=True) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, ""),
        (1, "1 plotted report lies outside this sheet"),
        (3, "3 plotted reports lie outside this sheet"),
    ],
)
def test_reports_outside_the_sheet_are_told_of(count: int, words: str) -> None:
    assert outside_text(count) == words


def test_reports_outside_are_counted_whether_or_not_a_boat_claims_them() -> None:
    inside, outside = ddm(51, 0.0, 1, 30.0), ddm(50, 0.0, 0, 0.0)
    plot = a_plot(
        a_track("A", (a_report("0210", position=inside), a_report("0220", position=outside))),
        unattributed=(a_report("0230", position=outside), a_report("0240", position=None)),
    )
    x_m, y_m = position_to_chart_m(inside)

    assert outside_count(plot, (x_m - 10.0, y_m - 10.0, x_m + 10.0, y_m + 10.0)) == 2
