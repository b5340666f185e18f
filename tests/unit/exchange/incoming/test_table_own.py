"""Tables that this program wrote: every field of every report, exactly, or its line refused."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.errors import ImportFault
from channelplot.exchange.incoming.found import FoundTrack
from channelplot.exchange.incoming.mapped_columns import OWN_LAYOUT
from channelplot.exchange.outgoing.selection import Selection
from channelplot.exchange.outgoing.table import table_pieces
from channelplot.model.codes import Craft
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from helpers.builders import a_plot, a_report, a_track, night_plot
from helpers.tables import look, table_fault, table_taken_in
from helpers.taken_in import TakenIn

A = a_report(
    "0210",
    as_received='0210 "boat",\r\n=1+1 ; end',
    course_deg=308.5,
    error_m=61.5,
    speed_kn=0.1 + 0.2,
    people=PeopleCount(total=45, children=10, is_estimate=True),
    source_name="'=HYPERLINK(A1)",
    caller="+447700900123",
)
PLOT = a_plot(a_track("=A", (A,), uid="track-1", craft=Craft.SMALL_BOAT))


def written(*reports: Report) -> bytes:
    """A table of reports of one track."""
    plot = a_plot(a_track("=A", reports, uid="track-1"))
    return b"".join(table_pieces(Selection(plot=plot)))


def assert_is(taken: TakenIn, *reports: Report) -> None:
    assert taken.refusals == []
    for found, report in zip(taken.reports, reports, strict=True):
        for name in (
            "uid", "kind", "observed_at_utc", "received_at_utc", "logged_at_utc", "position",
            "position_form", "as_received", "error_m", "source", "source_name", "grade",
            "course_deg", "speed_kn", "people", "boat_type", "caller", "logged_by",
        ):  # fmt: skip
            assert getattr(found, name) == getattr(report, name), name
        assert found.track == (report.track_uid or "")


def test_a_report_comes_back_as_it_was() -> None:
    data = b"".join(table_pieces(Selection(plot=PLOT)))
    assert look(data).layout == OWN_LAYOUT
    assert look(data).needs == frozenset()
    taken = table_taken_in(data)
    (report,) = PLOT.tracks["track-1"].reports
    assert_is(taken, report)
    assert taken.tracks == [FoundTrack(line=2, key="track-1", name="=A", craft=Craft.SMALL_BOAT)]


def test_a_night_comes_back_with_reports_of_no_track_and_without_a_position() -> None:
    plot = night_plot().with_report(a_report("0105", uid="alone", position=None))
    taken = table_taken_in(b"".join(table_pieces(Selection(plot=plot))))
    tracks = list(plot.tracks.values())
    assert_is(taken, *(report for track in tracks for report in track.reports), *plot.unattributed)
    assert [each.key for each in taken.tracks] == [track.uid for track in tracks if track.reports]


@given(st.lists(st.text(st.sampled_from("=+-@'\t\r\n\",; |a"), max_size=6), max_size=5))
def test_no_text_changes_on_its_way(texts: list[str]) -> None:
    reports = [
        replace(a_report("0210", uid=f"report-{number}"), as_received=text, logged_by=text)
        for number, text in enumerate(texts)
    ]
    if reports:
        taken = table_taken_in(written(*reports))
        assert [(each.as_received, each.logged_by) for each in taken.reports] == [
            (text, text) for text in texts
        ]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (b",position,", b",wishful,", ImportFault.CODE_NOT_KNOWN),
        (b"T02:10:00.000Z", b"T02:10:00.000", ImportFault.TIME_NOT_READ),
        (b",308.5,", b",west,", ImportFault.NUMBER_NOT_READ),
        (b",0.30000000000000004,", b",1e308,", ImportFault.NUMBER_NOT_READ),
        (b",0.30000000000000004,", b",999.5,", ImportFault.NUMBER_NOT_READ),
        (b",61.5,", b",1e308,", ImportFault.NUMBER_NOT_READ),
        (b",61.5,", b",20040001,", ImportFault.NUMBER_NOT_READ),
        (b",45,", b",45.5,", ImportFault.NUMBER_NOT_READ),
        (b",45,", b"," + b"9" * 5_000 + b",", ImportFault.NUMBER_NOT_READ),
        (b",small_boat,", b",zeppelin,", ImportFault.CODE_NOT_KNOWN),
        (b",small_boat,", b",small_boat,,", ImportFault.ROW_LENGTH),
        (b",308.5,", b",308.5", ImportFault.ROW_LENGTH),
    ],
)
def test_what_somebody_has_changed_to_what_can_not_be_is_refused(
    before: bytes, after: bytes, fault: ImportFault
) -> None:
    data = b"".join(table_pieces(Selection(plot=PLOT)))
    assert before in data
    taken = table_taken_in(data.replace(before, after))
    assert (taken.faults(), taken.reports, taken.tracks) == ([(2, fault)], [], [])


def test_whole_numbers_that_a_program_wrote_again_as_floats_are_what_they_were() -> None:
    data = b"".join(table_pieces(Selection(plot=PLOT)))
    floats = data.replace(b",45,", b",45.0,").replace(b",10,", b",10.0,").replace(b",1,", b",1.0,")
    assert floats.count(b".0,") == 3
    assert_is(table_taken_in(floats), *PLOT.tracks["track-1"].reports)


def test_a_table_that_was_half_written_does_not_come_in() -> None:
    data = written(A, replace(A, uid="another", as_received="words"))
    for length in (len(data) - 2, data.index(b"words")):
        fault, line = table_fault(data[:length])
        assert fault is ImportFault.NOT_A_TABLE
        assert line > 1


def test_a_table_that_a_spreadsheet_wrote_again_is_read_too() -> None:
    data = written(A).decode("utf-8-sig")
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(csv.reader(io.StringIO(data, newline="")))
    (report,) = a_plot(a_track("=A", (A,), uid="track-1")).tracks["track-1"].reports
    assert_is(table_taken_in(out.getvalue()), report)
