"""Packed reports put together anew: some of them, under other tracks, or with others."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from channelplot.model.packed import PackedReports
from channelplot.model.packing import Sayings
from channelplot.model.report_columns import Piece, ReportColumns, Rows, Said


def some_rows(piece: Piece, rows: Rows) -> Piece:
    """Return some rows of packed reports, as they stand there; the words are shared."""
    return Piece(
        uids=piece.uids[rows],
        places_deg=piece.places_deg[rows],
        times_ms=piece.times_ms[rows],
        numbers=piece.numbers[rows],
        said=piece.said[rows],
        words=piece.words,
        starts=piece.starts[rows],
        ends=piece.ends[rows],
    )


def renumbered(piece: Piece, said_before: Sequence[Said], sayings: Sayings) -> Piece:
    """Return rows whose numbers of sayings are those of other sayings."""
    used, places = np.unique(piece.said, return_inverse=True)
    numbers = np.array([sayings.number(said_before[n]) for n in used.tolist()], dtype=np.int32)
    return replace(piece, said=numbers[places.reshape(-1)])


def filed_under(
    piece: Piece, sayings: tuple[Said, ...], counts: Sequence[int], track_uids: Sequence[str | None]
) -> dict[str | None, PackedReports]:
    """Return the reports of each track. piece: track by track, each in order of time.

    counts: how many of each track, none nought. None stands for no track.
    """
    if not counts:
        return {}
    ends = np.cumsum(counts).tolist()
    firsts = [0, *ends[:-1]]
    columns = ReportColumns(piece, sayings, firsts, list(track_uids))
    return {
        uid: PackedReports(columns, first, end, uid)
        for uid, first, end in zip(track_uids, firsts, ends, strict=True)
    }


def compacted(piece: Piece) -> Piece:
    """Return rows with their own words alone, for they may share those of many others."""
    spans = list(zip(piece.starts.tolist(), piece.ends.tolist(), strict=True))
    lengths = np.array([end - start for start, end in spans], dtype=np.int64)
    ends = np.cumsum(lengths)
    return replace(
        piece,
        words=b"".join([piece.words[start:end] for start, end in spans]),
        starts=ends - lengths,
        ends=ends,
    )
