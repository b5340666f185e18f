"""Packed reports put together anew are the reports that they were."""

from collections.abc import Sequence

import numpy as np

from channelplot.model.packed import PackedReports
from channelplot.model.packing import Sayings, packed, piece_of
from channelplot.model.repacking import compacted, filed_under, renumbered, some_rows
from channelplot.model.report import Report
from helpers.builders import R2, a_report, a_track

A = a_track(
    "A",
    [
        a_report("0210", as_received="né", source_name="one"),
        a_report("0228", position=R2, as_received="", source_name="two", speed_kn=4.0),
        a_report("0245", position=None, as_received="third"),
    ],
    uid="a",
)


def pack(reports: Sequence[Report], sayings: Sayings) -> PackedReports:
    piece = piece_of(reports, sayings)
    assert piece is not None
    return packed([piece], [np.zeros(len(reports), dtype=np.int32)], ["a"], sayings)["a"]


def test_some_rows_are_the_reports_that_stood_there() -> None:
    own = pack(A.reports, Sayings())
    piece = some_rows(own.columns.rows, np.array([0, 2]))
    assert piece.words is own.columns.rows.words
    again = filed_under(piece, own.columns.sayings, [2], ["a"])["a"]
    assert again == (A.reports[0], A.reports[2])


def test_rows_with_their_own_words_say_the_same() -> None:
    own = pack(A.reports, Sayings())
    piece = compacted(some_rows(own.columns.rows, np.array([1, 2])))
    assert piece.words == b"third"
    assert filed_under(piece, own.columns.sayings, [2], ["a"])["a"] == A.reports[1:]


def test_rows_keep_what_they_have_in_common_under_other_numbers() -> None:
    own = pack(A.reports, Sayings())
    others = Sayings()
    pack([a_report(source_name="before")], others)
    piece = renumbered(own.columns.rows, own.columns.sayings, others)
    assert filed_under(piece, others.all(), [3], ["a"])["a"] == A.reports
    assert len(others.all()) == 1 + len(own.columns.sayings)


def test_rows_filed_under_other_tracks_are_found_there() -> None:
    own = pack(A.reports, Sayings())
    found = filed_under(own.columns.rows, own.columns.sayings, [1, 2], [None, "b"])
    assert [report.track_uid for report in found[None]] == [None]
    assert [report.track_uid for report in found["b"]] == ["b", "b"]
    assert found["b"].columns.track_uid_of(2) == "b"
    assert found["b"].columns.track_uid_of(0) is None


def test_nothing_is_filed_under_no_track() -> None:
    own = pack(A.reports, Sayings())
    assert filed_under(own.columns.rows, own.columns.sayings, [], []) == {}
