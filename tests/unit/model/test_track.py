"""Tracks: their line, their people, and copies with and without a report."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.model.codes import CountBasis, ReportKind
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from helpers.builders import R1, R2, R3, a_report, a_track, at, night_track


def test_the_line_is_made_of_reported_positions_only() -> None:
    launch = a_report("0130", kind=ReportKind.LAUNCH)
    event = a_report("0220", kind=ReportKind.EVENT, position=None)
    without = a_report("0225", position=None)
    first, last = a_report("0210", position=R1), a_report("0245", position=R3)
    track = a_track("A", (launch, first, event, without, last))
    assert [fix.uid for fix in track.fixes] == [first.uid, last.uid]
    assert track.fix_index == {first.uid: 0, last.uid: 1}
    assert track.line_deg.tolist() == [[R1.lon_deg, R1.lat_deg], [R3.lon_deg, R3.lat_deg]]
    assert track.report_index[event.uid] == 2
    assert track.last_report is track.reports[-1]


def test_a_track_without_reports_has_an_empty_line() -> None:
    track = a_track()
    assert track.line_deg.shape == (0, 2)
    assert track.line_deg.dtype == np.float64
    assert track.fixes == ()
    assert track.last_report is None
    assert track.people is None


def test_reports_that_say_how_many_are_found_in_time_order() -> None:
    first = a_report("0210", people=PeopleCount(total=45))
    last = a_report("0245", people=PeopleCount(children=10), position=None)
    track = a_track("A", (last, a_report("0228"), first))
    assert [report.uid for report in track.count_reports] == [first.uid, last.uid]
    assert a_track().count_reports == ()


def test_the_line_is_shared_and_not_to_be_written_to() -> None:
    track = night_track()
    assert track.line_deg is track.line_deg
    with pytest.raises(ValueError, match="read-only"):
        track.line_deg[0, 0] = 0.0


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], None),
        ([None, None], None),
        ([PeopleCount(children=2)], None),
        ([PeopleCount(total=45), PeopleCount(total=40)], 40),
        ([PeopleCount(total=45), None, PeopleCount(children=3)], 45),
        ([PeopleCount(CountBasis.COUNTED, 47), PeopleCount(total=55)], 47),
        ([PeopleCount(CountBasis.COUNTED, 22), PeopleCount(CountBasis.COUNTED, 47)], 47),
        ([PeopleCount(total=0)], 0),
    ],
)
def test_people_are_the_last_counted_or_else_the_last_reported(
    counts: list[PeopleCount | None], expected: int | None
) -> None:
    reports = [a_report(f"02{10 + i}", people=people) for i, people in enumerate(counts)]
    people = a_track("A", reports).people
    assert (people.total if people else None) == expected


def test_a_report_goes_where_its_time_puts_it() -> None:
    track = a_track("A")
    late, early, middle = (a_report(time, track_uid=track.uid) for time in ("0245", "0210", "0228"))
    for report in (late, early, middle):
        track = track.with_report(report)
    assert track.reports == (early, middle, late)


def test_a_report_with_a_known_uid_takes_the_place_of_the_other() -> None:
    track = night_track()
    old = track.reports[0]
    moved = a_report("0300", uid=old.uid, track_uid=track.uid, position=R2)
    after = track.with_report(moved)
    assert after.reports == (*track.reports[1:], moved)
    assert track.reports[0] is old
    assert after.without_report(old.uid).reports == track.reports[1:]


def test_without_a_report_it_does_not_have_a_track_is_the_same() -> None:
    track = night_track()
    assert track.without_report("none such") == track


times = st.integers(0, 59).map(lambda minute: at(f"02{minute:02d}"))
reports = st.builds(a_report, times, uid=st.sampled_from("abcdef"), logged_at_utc=times)


@given(st.lists(reports, max_size=12))
def test_reports_are_in_order_and_each_is_there_once_whatever_is_put_in(
    added: list[Report],
) -> None:
    track = a_track()
    for report in added:
        track = track.with_report(report)
    assert list(track.reports) == sorted(track.reports, key=Report.time_order)
    assert {r.uid: r for r in track.reports} == {r.uid: r for r in added}
    assert len(track.reports) == len({r.uid for r in added})
