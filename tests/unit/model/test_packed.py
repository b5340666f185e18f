"""Reports kept as columns are the same reports as ever, and are made only when looked at."""

import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.geodesy.position import Position
from channelplot.model.change import difference
from channelplot.model.codes import (
    CountBasis,
    Craft,
    ReportKind,
)
from channelplot.model.packed import PackedIndex, PackedReports, uids_of
from channelplot.model.packing import LONGEST_UID_BYTES, Sayings, packed, piece_of
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from helpers import any_report
from helpers.any_report import TEXTS

START_UTC = datetime(2026, 9, 15, tzinfo=UTC)

moments = st.builds(
    lambda ms: START_UTC + timedelta(milliseconds=ms), st.integers(-(10**12), 10**12)
)
few_moments = st.sampled_from([START_UTC, START_UTC + timedelta(milliseconds=1)])
numbers = st.none() | st.floats(allow_nan=False)
people = st.builds(
    PeopleCount,
    basis=st.sampled_from(CountBasis),
    total=st.none() | st.integers(0, 99),
    children=st.none() | st.integers(0, 9),
    is_estimate=st.booleans(),
)
reports_of_t = st.lists(
    any_report.reports(
        TEXTS.filter(lambda uid: not uid.endswith("\0")),
        "t",
        times=moments | few_moments,
        received=moments,
        numbers=numbers,
        people=people,
    ),
    unique_by=lambda report: report.uid,
    max_size=12,
)


def packed_in(lots: Sequence[Sequence[Report]]) -> Sequence[Report]:
    """The reports of track t, packed lot by lot."""
    sayings = Sayings()
    pieces = [piece for lot in lots if (piece := piece_of(lot, sayings)) is not None]
    filed = [np.zeros(len(lot), dtype=np.int32) for lot in lots]
    assert len(pieces) == len(lots)
    return packed(pieces, filed, ["t"], sayings).get("t", ())


def a_track(reports: Sequence[Report]) -> Track:
    return Track(
        uid="t", name="A", craft=Craft.SMALL_BOAT, created_at_utc=START_UTC, reports=reports
    )


def a_report(number: int, **other: Any) -> Report:
    moment = START_UTC + timedelta(minutes=number)
    report = Report(
        uid=f"r{number}",
        kind=ReportKind.POSITION,
        observed_at_utc=moment,
        received_at_utc=moment,
        logged_at_utc=moment,
        track_uid="t",
        position=Position(1.5, 51.0 + number / 1000.0),
    )
    return replace(report, **other)


@given(reports_of_t, st.integers(0, 12))
def test_what_is_packed_comes_back_as_it_was(reports: list[Report], cut: int) -> None:
    plain = tuple(sorted(reports, key=Report.time_order))
    again = packed_in([lot for lot in (reports[:cut], reports[cut:]) if lot])
    assert tuple(again) == plain
    assert [again[place] for place in range(len(plain))] == list(plain)
    assert again == plain
    assert plain == again
    assert hash(again) == hash(plain)
    assert again[1:3] == plain[1:3]
    assert again == packed_in([[report] for report in reports])
    for report in again:
        assert report.observed_at_utc.tzinfo is UTC


@given(reports_of_t)
def test_a_track_tells_the_same_of_packed_reports(reports: list[Report]) -> None:
    plain = a_track(tuple(sorted(reports, key=Report.time_order)))
    track = a_track(packed_in([reports] if reports else []))
    assert track == plain
    assert tuple(track.fixes) == plain.fixes
    assert track.fix_index == plain.fix_index
    assert track.report_index == plain.report_index
    assert list(track.report_index) == list(plain.report_index)
    assert np.array_equal(track.line_deg, plain.line_deg)
    assert not track.line_deg.flags.writeable
    assert track.count_reports == plain.count_reports
    assert tuple(track.speed_reports) == plain.speed_reports
    assert track.caller_reports == plain.caller_reports
    assert track.kinds == plain.kinds
    assert track.boat_types == plain.boat_types
    assert track.longest_lag == plain.longest_lag
    assert track.last_received_at_utc == plain.last_received_at_utc
    assert track.last_report == plain.last_report
    assert track.last_placed == plain.last_placed
    assert track.people == plain.people
    assert uids_of(track.reports) == uids_of(plain.reports)


@given(reports_of_t.filter(len), st.data())
def test_one_that_differs_is_another(reports: list[Report], data: st.DataObject) -> None:
    one = data.draw(st.integers(0, len(reports) - 1))
    field, value = data.draw(
        st.sampled_from(
            [
                ("as_received", "otherwise, and longer than any"),
                ("position", Position(0.125, 0.25)),
                ("error_m", 12345.5),
                ("speed_kn", None if reports[one].speed_kn is not None else 1.0),
                ("grade", "otherwise, and longer than any"),
                ("received_at_utc", datetime(2030, 1, 1, tzinfo=UTC)),
                ("uid", "otherwise, and longer than any"),
            ]
        )
    )
    other = [*reports]
    fields: dict[str, Any] = {field: value}
    other[one] = replace(reports[one], **fields)
    assert (packed_in([reports]) == packed_in([other])) == (reports == other)
    assert packed_in([reports]) != packed_in([[*reports, a_report(1, uid="one more, and long")]])


def test_what_would_not_come_back_is_not_packed() -> None:
    finer = START_UTC + timedelta(microseconds=1)
    for odd in (
        a_report(1, uid="r\0"),
        a_report(1, uid="r" * (LONGEST_UID_BYTES + 1)),
        a_report(1, uid="\ud800"),
        a_report(1, as_received="\ud800"),
        a_report(1, logged_at_utc=finer),
        a_report(1, speed_kn=float("nan")),
    ):
        assert piece_of([odd], Sayings()) is None
    assert packed([], [], [], Sayings()) == {}


def test_reports_of_no_track_are_filed_under_none() -> None:
    sayings = Sayings()
    pieces = [piece_of([a_report(1), a_report(2), a_report(3)], sayings)]
    found = packed(
        [piece for piece in pieces if piece is not None],
        [np.array([-1, 0, -1], dtype=np.int32)],
        ["t"],
        sayings,
    )
    assert found.keys() == {None, "t"}
    loose = found[None]
    assert loose == tuple(replace(a_report(n), track_uid=None) for n in (1, 3))
    assert loose != found["t"]
    assert repr(loose) == "<2 packed reports of None>"
    plot = Plot(tracks={"t": a_track(found["t"])}, unattributed=loose)
    assert plot.report("r2") == a_report(2)
    assert plot.report("r3") == replace(a_report(3), track_uid=None)
    assert plot.report("r4") is None
    assert plot.report("a longer one than any") is None
    assert plot.report_count() == 3
    without = plot.without_track("t")
    assert without.report("r2") is None
    assert plot.without_report("r1").report("r1") is None
    assert plot.without_report("r1").report("r3") == loose[1]


def test_the_latest_reports() -> None:
    track = a_track(packed_in([[a_report(n) for n in range(50)]]))
    loose = (a_report(100, track_uid=None), a_report(101, track_uid=None))
    plot = Plot(tracks={"t": track}, unattributed=loose)
    assert len(plot.latest_reports(52)) == 52
    latest = {report.uid for report in plot.latest_reports(5)}
    assert latest == {"r101", "r100", "r49", "r48", "r47"}
    among = frozenset({"r3", "r4", "r5", "r100", "r777"})
    assert {report.uid for report in plot.latest_reports(2, among)} == {"r100", "r5"}
    assert len(plot.latest_reports(9, among)) == 4
    assert plot.last_observed_at_utc() == loose[1].observed_at_utc


def test_an_index_of_packed_reports() -> None:
    reports = packed_in([[a_report(n) for n in range(5)]])
    assert isinstance(reports, PackedReports)
    index = PackedIndex(reports)
    assert index["r3"] == 3
    assert len(index) == 5
    with pytest.raises(KeyError):
        index["r5"]
    reports.columns.make_ready()
    for number in range(3000):
        assert index.get(f"x{number}") is None


@pytest.mark.parametrize("count", [5, 400])
def test_where_a_report_stands_in_short_and_long_tracks(count: int) -> None:
    reports = packed_in([[a_report(n) for n in range(count)]])
    assert isinstance(reports, PackedReports)
    assert [reports.place_of(f"r{n}") for n in range(count)] == list(range(count))
    absent = ("", "r", "R1", "r1\x00", f"r{count}", "x" * (LONGEST_UID_BYTES + 1), "r\ud800")
    assert [reports.place_of(uid) for uid in absent] == [None] * len(absent)


def test_some_of_packed_reports() -> None:
    reports = packed_in([[a_report(n) for n in range(9)]])
    whole = tuple(a_report(n) for n in range(9))
    for some in (
        slice(None),
        slice(2, 5),
        slice(-3, None),
        slice(5, 2),
        slice(7, 99),
        slice(-99, 4),
        slice(None, None, 2),
        slice(None, None, -1),
    ):
        assert reports[some] == whole[some], some


def test_edits_of_packed_reports() -> None:
    before = Plot(tracks={"t": a_track(packed_in([[a_report(n) for n in range(100)]]))})
    moved = a_report(40, position=Position(1.0, 50.0))
    after = before.with_report(moved)
    assert after.report("r40") == moved
    assert before.report("r40") == a_report(40)
    (pair,) = difference(before, after).reports
    assert (pair.before, pair.after) == (a_report(40), moved)
    assert difference(after, before.with_report(moved)).is_empty
    assert after.with_report(a_report(40)) == before
    added = before.with_report(a_report(100))
    assert [one.after for one in difference(before, added).reports] == [a_report(100)]
    assert before.tracks["t"].without_report("r7").reports == tuple(
        a_report(n) for n in range(100) if n != 7
    )


def test_reports_are_made_when_they_are_looked_at() -> None:
    many = [a_report(n, uid=f"r{n:05d}") for n in range(20_000)]
    reports = packed_in([many])
    line_deg = np.array([(r.position.lon_deg, r.position.lat_deg) for r in many if r.position])
    del many
    track = a_track(reports)
    plot = Plot(tracks={"t": track})
    gc.collect()
    before = living_reports()
    assert np.array_equal(track.line_deg, line_deg)
    assert len(track.fixes) == 20_000
    assert track.kinds == {ReportKind.POSITION}
    assert plot.report("r12345") is not None
    assert track.last_report is not None
    assert track.last_placed is not None
    assert track.last_received_at_utc == track.last_report.received_at_utc
    assert living_reports() - before < 10


def test_only_some_tracks_keep_what_was_looked_at() -> None:
    sayings = Sayings()
    pieces = [piece_of([a_report(n) for n in range(600)], sayings)]
    uids = [f"t{n}" for n in range(600)]
    found = packed(
        [piece for piece in pieces if piece is not None],
        [np.arange(600, dtype=np.int32)],
        uids,
        sayings,
    )
    gc.collect()
    before = living_reports()
    for uid in uids:
        assert [report.track_uid for report in found[uid]] == [uid]
    assert living_reports() - before < 300
    (kept,) = found["t599"]
    assert found["t599"][0] is kept


def test_no_more_reports_are_kept_than_so_many() -> None:
    sayings = Sayings()
    pieces, filed = [], []
    for number in range(4):
        reports = [a_report(4000 * number + row) for row in range(4000)]
        piece = piece_of(reports, sayings)
        assert piece is not None
        pieces.append(piece)
        filed.append(np.full(4000, number, dtype=np.int32))
    found = packed(pieces, filed, [f"t{number}" for number in range(4)], sayings)
    before = living_reports()
    for each in found.values():
        assert len(list(each)) == 4000
    assert living_reports() - before <= 10_000


def living_reports() -> int:
    """How many reports there are in this process, really."""
    return sum(isinstance(thing, Report) for thing in gc.get_objects())


def test_many_reports_are_found_at_once_as_each_by_itself() -> None:
    sayings = Sayings()
    lot = [a_report(number, track_uid="t" if number < 6 else None) for number in range(9)]
    piece = piece_of(lot, sayings)
    assert piece is not None
    filed = np.array([0] * 6 + [-1] * 3, dtype=np.int32)
    by_track = packed([piece], [filed], ["t"], sayings)
    edited = a_report(20, track_uid="e")
    track = a_track(by_track["t"])
    plot = Plot(
        tracks={"t": track, "e": replace(track, uid="e", name="E", reports=(edited,))},
        unattributed=by_track[None],
    )
    without = plot.without_report("r2").without_report("r7")
    own = by_track["t"]
    shorter = PackedReports(own.columns, own.start + 1, own.start + 4, "t")
    cut = plot.with_track(replace(track, reports=shorter))
    gone = plot.without_track("t")
    uids = [f"r{number}" for number in range(25)]
    for each in (plot, without, cut, gone, Plot()):
        expected = {uid: report for uid in uids if (report := each.report(uid)) is not None}
        assert each.reports_of(uids) == expected
    assert len(plot.reports_of(uids)) == 10
    assert sorted(cut.reports_of(uids)) == ["r1", "r2", "r20", "r3", "r6", "r7", "r8"]
    assert plot.reports_of(["r1", "r1\0", "r" * 100, "none such"]) == {"r1": plot.report("r1")}
    assert plot.reports_of([]) == {}
