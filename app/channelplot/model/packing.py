"""Reports to packed columns: only what fits exactly, so that it comes back as it was."""

import math
import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from channelplot.model.packed import PackedReports
from channelplot.model.report import Report
from channelplot.model.report_columns import (
    EPOCH_UTC,
    Piece,
    ReportColumns,
    Rows,
    Said,
    Uids,
    Wholes,
)

LONGEST_UID_BYTES: Final = 64
"""Longer identifiers are not packed: all take the room of the longest."""
_MILLISECOND: Final = timedelta(milliseconds=1)


class Sayings:
    """Numbers the different ``Said`` of a plot, each once; any thread may ask."""

    def __init__(self) -> None:
        """Start with none."""
        self._numbers: dict[Said, int] = {}
        self._lock = threading.Lock()

    def number(self, said: Said) -> int:
        """Return its number; a new one if it is new."""
        with self._lock:
            return self._numbers.setdefault(said, len(self._numbers))

    def all(self) -> tuple[Said, ...]:
        """Return all of them, in order of their numbers."""
        with self._lock:
            return tuple(self._numbers)


def piece_of(reports: Sequence[Report], sayings: Sayings) -> Piece | None:
    """Return reports as columns, None where any of them would not come back as it is.

    Such are times finer than a millisecond, numbers that are none (NaN), and identifiers that
    are very long or end in a null character.
    """
    try:
        uids = [report.uid.encode() for report in reports]
        texts = [report.as_received.encode() for report in reports]
    except UnicodeEncodeError:
        return None
    if any(len(uid) > LONGEST_UID_BYTES or uid.endswith(b"\0") for uid in uids):
        return None
    numbers = np.array(
        [(r.error_m, r.course_deg, r.speed_kn) for r in reports], dtype=np.float64
    ).reshape(-1, 3)
    times = [(r.observed_at_utc, r.received_at_utc, r.logged_at_utc) for r in reports]
    is_exact = all(moment.microsecond % 1000 == 0 for row in times for moment in row)
    nones = sum((r.error_m, r.course_deg, r.speed_kn).count(None) for r in reports)
    if not is_exact or np.count_nonzero(np.isnan(numbers)) != nones:
        return None
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    return Piece(
        uids=np.array(uids, dtype=np.bytes_).reshape(-1),
        places_deg=np.array(
            [
                (math.nan, math.nan)
                if r.position is None
                else (r.position.lon_deg, r.position.lat_deg)
                for r in reports
            ],
            dtype=np.float64,
        ).reshape(-1, 2),
        times_ms=np.array(
            [[(moment - EPOCH_UTC) // _MILLISECOND for moment in row] for row in times],
            dtype=np.int64,
        ).reshape(-1, 3),
        numbers=numbers,
        said=np.array([sayings.number(_said(r)) for r in reports], dtype=np.int32),
        words=b"".join(texts),
        starts=ends - np.array([len(text) for text in texts], dtype=np.int64),
        ends=ends,
    )


def packed(
    pieces: list[Piece],
    filed: Sequence[npt.NDArray[np.int32]],
    track_uids: Sequence[str],
    sayings: Sayings,
    is_kept: npt.NDArray[np.bool_] | None = None,
) -> dict[str | None, "PackedReports"]:
    """Return the reports of each track in order of time, those of no track under None.

    pieces: taken out of the list, for both together would take twice the room. filed: for each
    piece the place in track_uids of each row's track, -1 for no track. A track without reports
    is left out. is_kept: for each row of all pieces whether it counts, as at
    least one does; None for all.
    """
    if not any(map(len, filed)):
        return {}
    tracks = np.concatenate(filed)
    rows, order = _in_order(pieces, tracks, is_kept)
    tracks = tracks[order]
    firsts = np.flatnonzero(np.diff(tracks, prepend=-2)).tolist()
    numbers = tracks[firsts].tolist()
    uids = [None if number < 0 else track_uids[number] for number in numbers]
    columns = ReportColumns(rows, sayings.all(), firsts, uids)
    ends = [*firsts[1:], len(tracks)]
    return {
        uid: PackedReports(columns, first, end, uid)
        for uid, first, end in zip(uids, firsts, ends, strict=True)
    }


def _said(report: Report) -> Said:
    return Said(
        report.kind,
        report.position_form,
        report.source,
        report.source_name,
        report.grade,
        report.boat_type,
        report.caller,
        report.logged_by,
        report.people,
    )


def _in_order(
    pieces: list[Piece], tracks: npt.NDArray[np.int32], is_kept: npt.NDArray[np.bool_] | None
) -> tuple[Piece, Rows]:
    """Return the rows that are kept track by track, each in ``Report.time_order``, and which."""
    columns = [
        [getattr(piece, name) for piece in pieces]
        for name in ("times_ms", "uids", "places_deg", "numbers", "said")
    ]
    offsets = np.cumsum([0, *(len(piece.words) for piece in pieces)], dtype=np.int64)
    words = b"".join([piece.words for piece in pieces])
    # Half as large wherever it is enough.
    kind = np.int32 if len(words) <= np.iinfo(np.int32).max else np.int64
    ends = [
        (piece.ends + offset).astype(kind) for piece, offset in zip(pieces, offsets, strict=False)
    ]
    starts = [
        (piece.starts + offset).astype(kind) for piece, offset in zip(pieces, offsets, strict=False)
    ]
    pieces.clear()
    # Column by column: of each what was there before is let go.
    times_ms = _together(columns.pop(0))
    uids = _together(columns.pop(0))
    order = _order(uids, times_ms, tracks)
    if is_kept is not None:
        order = order[is_kept[order]]
    times_ms = times_ms[order]
    uids = uids[order]
    places_deg = _together(columns.pop(0))[order]
    numbers = _together(columns.pop(0))[order]
    said = _together(columns.pop(0))[order]
    return (
        Piece(
            uids=uids,
            places_deg=places_deg,
            times_ms=times_ms,
            numbers=numbers,
            said=said,
            words=words,
            starts=_together(starts)[order],
            ends=_together(ends)[order],
        ),
        order,
    )


def _together(parts: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """Return columns one behind the other; one alone is not copied."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _order(uids: Uids, times_ms: Wholes, tracks: npt.NDArray[np.int32]) -> Rows:
    observed, logged = times_ms[:, 0], times_ms[:, 2]
    order = np.lexsort((logged, observed, tracks))
    is_tied = np.ones(max(0, len(order) - 1), dtype=np.bool_)
    for column in (tracks, observed, logged):
        is_tied &= column[order[1:]] == column[order[:-1]]
    if is_tied.any():
        # UTF-8 sorts as the characters do.
        order = np.lexsort((uids, logged, observed, tracks))
    return order
