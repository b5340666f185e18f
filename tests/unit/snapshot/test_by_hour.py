"""A night hour by hour: no page tells what nobody at the desk could have known by then."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from channelplot.chart.language import SheetLanguage
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange
from channelplot.snapshot.by_hour import hours_of, told_by
from channelplot.snapshot.content import boat_rows, heading_of
from channelplot.snapshot.settings import Page, Series
from channelplot.snapshot.sheet import Format
from helpers.builders import R1, R2, R3, SANGATTE, a_plot, a_report, a_track, at
from helpers.sheets import made, pdf_texts

LATE = replace(
    a_report("0130", uid="late", position=SANGATTE),
    received_at_utc=at("0255"),
    logged_at_utc=at("0258"),
)


def night() -> Plot:
    boat_a = a_track("A", (LATE, a_report("0210", uid="r1", position=R1)), uid="a")
    boat_a = replace(
        boat_a,
        status=TrackStatus.RESCUED_ALL,
        status_changes=(
            StatusChange(uid="s1", status=TrackStatus.ADRIFT, at_utc=at("0340")),
            StatusChange(uid="s2", status=TrackStatus.RESCUED_ALL, at_utc=at("0500")),
        ),
    )
    merged = replace(
        a_track("B", uid="b", status=TrackStatus.SAME_AS),
        same_as_uid="a",
        status_changes=(StatusChange(uid="s3", status=TrackStatus.SAME_AS, at_utc=at("0345")),),
    )
    boat_c = a_track("C", (a_report("0245", uid="r3", position=R3),), uid="c")
    loose = a_report("0228", uid="loose", position=R2)
    return a_plot(boat_a, merged, boat_c, unattributed=(loose,))


def uids(plot: Plot) -> list[str]:
    return sorted(report.uid for report in plot.reports())


def test_a_late_report_is_on_no_page_before_it_came() -> None:
    assert uids(told_by(night(), at("0200"))) == []
    assert uids(told_by(night(), at("0254"))) == ["loose", "r1", "r3"]
    assert uids(told_by(night(), at("0255"))) == ["late", "loose", "r1", "r3"]


def test_a_report_with_a_wrong_clock_is_not_there_before_it_was_observed() -> None:
    early = replace(a_report("0245", uid="x", position=R3), received_at_utc=at("0205"))
    plot = a_plot(a_track("A", (early,)))
    assert uids(told_by(plot, at("0244"))) == []
    assert uids(told_by(plot, at("0245"))) == ["x"]


def test_a_track_has_the_status_it_had_been_given_by_then() -> None:
    def status(time: str) -> TrackStatus:
        return told_by(night(), at(time)).tracks["a"].status

    assert [status(time) for time in ("0339", "0340", "0459", "0500")] == [
        TrackStatus.REPORTED,
        TrackStatus.ADRIFT,
        TrackStatus.ADRIFT,
        TrackStatus.RESCUED_ALL,
    ]


def test_a_status_that_nobody_gave_stays() -> None:
    """Another program's tracks have one without a change that says when."""
    plot = a_plot(a_track("A", (a_report("0210"),), status=TrackStatus.UNDER_WAY))
    (track,) = told_by(plot, at("0300")).tracks.values()
    assert track.status is TrackStatus.UNDER_WAY


def test_what_was_merged_later_is_no_boat_of_its_own_before() -> None:
    """Reports are of the boats they are known to be of now."""
    assert [row.track.name for row in boat_rows(told_by(night(), at("0300")), None)] == ["C", "A"]


def test_with_all_that_came_it_is_the_plot_but_for_what_was_merged() -> None:
    told = told_by(night(), at("0500"))
    assert told.tracks == {uid: t for uid, t in night().tracks.items() if uid != "b"}
    assert told.unattributed == night().unattributed


def test_hours_are_those_with_something_new_and_the_end() -> None:
    # 0210 0228 0245 and 0255: 0300; 0340: 0400; 0500 itself.
    assert hours_of(night(), None) == (at("0300"), at("0400"), at("0500"))
    assert hours_of(night(), at("0330")) == (at("0300"), at("0330"))
    assert hours_of(night(), at("0200")) == (at("0200"),)
    assert hours_of(Plot(), None) == ()


def test_the_last_page_has_all_that_came() -> None:
    late = replace(LATE, received_at_utc=at("0612"))
    plot = a_plot(a_track("A", (late,)))
    assert hours_of(plot, None) == (at("0612"),)
    assert uids(told_by(plot, hours_of(plot, None)[-1])) == ["late"]


def test_days_without_a_report_make_no_pages() -> None:
    week_later = a_report("0210", uid="r9", position=R1)
    week_later = replace(
        week_later,
        observed_at_utc=week_later.observed_at_utc + timedelta(days=7),
        received_at_utc=week_later.received_at_utc + timedelta(days=7),
    )
    plot = a_plot(a_track("A", (a_report("0210", position=R1), week_later)))
    assert len(hours_of(plot, None)) == 2


def test_a_page_says_that_it_shows_what_was_reported_by_then_as_plotted_since() -> None:
    heading = heading_of(told_by(night(), at("0300")), "Night", at("0300"), is_replayed=True)
    assert heading.time_note == ("What was reported by then, as plotted since · last report 0245Z")


def test_the_pages_of_a_series_by_hour() -> None:
    (pdf,) = made(night(), Format.PDF, series=Series.HOUR, title="Night")
    pages = pdf_texts(pdf.data)
    assert [page.count("All that was plotted") for page in pages] == [0, 0, 0]
    for page, time, status in zip(
        pages,
        ("150300Z SEP 26", "150400Z SEP 26", "150500Z SEP 26"),
        ("reported", "adrift", "rescued (all)"),
        strict=True,
    ):
        assert f"Night · {time}" in page
        assert f"Data to {time}" in page
        assert status in page


def test_frames_are_numbered_so_that_they_sort() -> None:
    files = made(night(), Format.PNG, series=Series.HOUR, dpi=72)
    names = [file.path(Path("night.png")).name for file in files]
    pictures = [name for name in names if name.endswith(".png")]
    assert pictures == ["night-001.png", "night-002.png", "night-003.png"]
    assert sorted(set(names) - set(pictures)) == [
        f"night-00{number}.{end}" for number in (1, 2, 3) for end in ("pgw", "prj")
    ]


def test_one_frame_has_the_name_that_was_asked_for() -> None:
    plot = a_plot(a_track("A", (a_report("0210", position=R1),)))
    files = made(plot, Format.PNG, series=Series.HOUR, dpi=72, page=Page.A4)
    assert files[0].path(Path("night.png")) == Path("night.png")


def test_the_first_page_of_a_sheet_that_goes_on_has_the_name_that_was_asked_for() -> None:
    many = [a_track(f"T{n}", (a_report("0210", position=R1),)) for n in range(90)]
    files = made(a_plot(*many), Format.SVG, language=SheetLanguage.FRENCH)
    names = [file.path(Path("night.svg")).name for file in files]
    assert names[:2] == ["night.svg", "night-002.svg"]
    assert names == [names[0], *sorted(names[1:])]
