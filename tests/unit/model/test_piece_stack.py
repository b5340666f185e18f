"""Pieces that are put one behind the other as they come are the same reports."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from channelplot.model.packing import Sayings, packed, piece_of
from channelplot.model.piece_stack import PieceStack
from channelplot.model.report import Report
from channelplot.model.report_columns import Piece
from helpers.any_report import TEXTS
from helpers.builders import R1, R2, a_report, at

UIDS = TEXTS.filter(lambda uid: not uid.endswith("\0"))


def a_piece(reports: list[Report], sayings: Sayings) -> Piece:
    piece = piece_of(reports, sayings)
    assert piece is not None
    return piece


@settings(max_examples=20)
@given(st.lists(st.lists(st.tuples(UIDS, TEXTS), max_size=3), max_size=4))
def test_what_was_stacked_comes_back_as_it_was(lots: list[list[tuple[str, str]]]) -> None:
    sayings, stack = Sayings(), PieceStack()
    plain: list[Report] = []
    for lot in lots:
        reports = [
            a_report("0210", uid=uid, as_received=words, position=(None, R1, R2)[len(words) % 3])
            for uid, words in lot
        ]
        stack.add(a_piece(reports, sayings))
        plain += reports
    piece = stack.taken()
    filed = np.zeros(len(plain), dtype=np.int32)
    found = packed([piece], [filed], ["t"], sayings).get("t", ())
    in_track = [replace(report, track_uid="t") for report in plain]
    assert list(found) == sorted(in_track, key=Report.time_order)


def test_what_was_taken_is_no_longer_there() -> None:
    sayings, stack = Sayings(), PieceStack()
    stack.add(a_piece([a_report("0210", uid="first", as_received="né")], sayings))
    first = stack.taken()
    stack.add(a_piece([a_report("0228", uid="two", as_received="")], sayings))
    second = stack.taken()
    assert (first.uids.tolist(), first.words) == ([b"first"], "né".encode())
    assert (second.uids.tolist(), second.words) == ([b"two"], b"")
    assert len(stack.taken().uids) == 0


def test_rows_that_are_not_kept_are_left_out() -> None:
    sayings = Sayings()
    times = ("0228", "0210", "0219", "0201")
    reports = [a_report(time, uid=time, as_received=f"row {time}") for time in times]
    is_kept = np.array([True, False, True, True])
    filed = np.array([0, 0, 0, -1], dtype=np.int32)
    found = packed([a_piece(reports, sayings)], [filed], ["t"], sayings, is_kept)
    assert [report.observed_at_utc for report in found["t"]] == [at("0219"), at("0228")]
    assert [report.as_received for report in found[None]] == ["row 0201"]
