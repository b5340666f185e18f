"""The columns that packed reports are kept in, and how a report is made of them."""

import math
import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from channelplot.geodesy.position import Position
from channelplot.model.codes import BoatType, PositionForm, ReportKind, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report

Floats: TypeAlias = npt.NDArray[np.float64]
Wholes: TypeAlias = npt.NDArray[np.int64]
Uids: TypeAlias = npt.NDArray[np.bytes_]
Rows: TypeAlias = npt.NDArray[np.intp]
Spans: TypeAlias = npt.NDArray[np.int32] | npt.NDArray[np.int64]
"""Places in a text: in 32 bits wherever they fit."""
EPOCH_UTC: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TRACKS_KEPT: Final = 256
"""Of so many tracks the reports that were looked at last are kept ..."""
_REPORTS_KEPT: Final = 10_000
"""... if they are no more than this together, 700 bytes each."""
_FOUND_KEPT: Final = 1024
_HASHED_AT_ONCE: Final = 50_000


class Said(NamedTuple):
    """What many reports have in common, field by field as ``Report`` has it."""

    kind: ReportKind
    position_form: PositionForm | None
    source: SourceKind
    source_name: str
    grade: str
    boat_type: BoatType | None
    caller: str
    logged_by: str
    people: PeopleCount | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Reports as columns, in any order, row by row.

    uids: UTF-8. places_deg: (n, 2) float64, lon, lat, NaN where there is no position. times_ms:
    (n, 3) whole milliseconds since 1970 in UTC: observed, received, logged. numbers: (n, 3)
    float64: error_m, course_deg, speed_kn, NaN where it is None. said: (n,) places in a list of
    ``Said``. words: as_received of all, UTF-8; starts and ends: (n,) where each stands in it.
    """

    uids: Uids
    places_deg: Floats
    times_ms: Wholes
    numbers: Floats
    said: npt.NDArray[np.int32]
    words: bytes
    starts: Spans
    ends: Spans


class ReportColumns:
    """The columns of all packed reports of a plot, those of a track together; read-only.

    Made by ``packed``. Any thread may read.
    """

    def __init__(
        self, piece: Piece, sayings: tuple[Said, ...], firsts: list[int], filed: list[str | None]
    ) -> None:
        """Take over columns in their final order, and what their numbers of sayings stand for.

        firsts: the row in which each track's begin; filed: the uids of these tracks.
        """
        for column in (piece.places_deg, piece.times_ms, piece.numbers, piece.said):
            column.flags.writeable = False
        self.rows = piece
        self.sayings = sayings
        self._firsts = firsts
        self._filed = filed
        is_line = np.array([said.kind is ReportKind.POSITION for said in sayings], dtype=np.bool_)
        has_caller = np.array([bool(said.caller) for said in sayings], dtype=np.bool_)
        has_people = np.array([said.people is not None for said in sayings], dtype=np.bool_)
        self.is_of_line: npt.NDArray[np.bool_] = is_line[piece.said]
        self.is_placed: npt.NDArray[np.bool_] = ~np.isnan(piece.places_deg[:, 0])
        self.has_caller: npt.NDArray[np.bool_] = has_caller[piece.said]
        self.has_people: npt.NDArray[np.bool_] = has_people[piece.said]
        self._lock = threading.Lock()
        self._made: dict[int, tuple[Report, ...]] = {}
        self._made_count = 0
        self._index: tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32]] | None = None
        self._found: dict[str, int | None] = {}

    def uid(self, row: int) -> str:
        """Return the identifier of a report."""
        return bytes(self.rows.uids[row]).decode()

    def moment(self, row: int, which: int) -> datetime:
        """Return a time of a report. which: 0 observed, 1 received, 2 logged."""
        return EPOCH_UTC + timedelta(milliseconds=int(self.rows.times_ms[row, which]))

    def report(self, row: int, track_uid: str | None) -> Report:
        """Return one report; track_uid: the craft it is filed under."""
        rows = self.rows
        return self._made_of(
            rows.uids[row],
            rows.places_deg[row].tolist(),
            rows.times_ms[row].tolist(),
            rows.numbers[row].tolist(),
            self.sayings[rows.said[row]],
            rows.words[rows.starts[row] : rows.ends[row]],
            track_uid,
        )

    def reports(self, start: int, stop: int, track_uid: str | None) -> tuple[Report, ...]:
        """Return reports of one track, kept while others of it may be asked for."""
        with self._lock:
            made = self._made.get(start)
        if made is None or len(made) != stop - start:
            made = self.made(start, stop, track_uid)
            with self._lock:
                self._keep(start, made)
        return made

    def made(self, start: int, stop: int, track_uid: str | None) -> tuple[Report, ...]:
        """Return reports of one track, made anew and not kept."""
        return tuple(self._reports(start, stop, track_uid))

    def kept(self, start: int) -> tuple[Report, ...] | None:
        """Return the reports that begin in a row if they are kept, None else."""
        return self._made.get(start)

    def _keep(self, start: int, made: tuple[Report, ...]) -> None:
        """Keep the reports that begin in a row; those that were kept first give way."""
        self._made_count += len(made) - len(self._made.pop(start, ()))
        while self._made and (len(self._made) >= _TRACKS_KEPT or self._made_count > _REPORTS_KEPT):
            self._made_count -= len(self._made.pop(next(iter(self._made))))
        self._made[start] = made

    def row_of(self, uid: str) -> int | None:
        """Return the row of the report with this uid, None if there is none."""
        try:
            return self._found[uid]
        except KeyError:
            pass
        row = self._row_of(uid)
        with self._lock:
            if len(self._found) >= _FOUND_KEPT:
                self._found.clear()
            self._found[uid] = row
        return row

    def runs_of(self, uids: Sequence[str]) -> Iterator[tuple[str | None, int, int]]:
        """Yield the rows of reports with these uids: from where up to where, of one track each.

        With the craft they were filed under when they were packed. Some thousands at a time are
        found much faster so than each with ``row_of``. A uid that ends in null characters may
        find the one without them.
        """
        self.make_ready()
        assert self._index is not None, "just made"
        sorted_hashes, order = self._index
        kind = self.rows.uids.dtype
        told = [uid.encode("utf-8", "replace") for uid in uids]
        wanted = np.array([uid for uid in told if len(uid) <= kind.itemsize], dtype=kind)
        hashes = hashes_of(wanted)
        firsts = np.searchsorted(sorted_hashes, hashes, side="left")
        ends = np.searchsorted(sorted_hashes, hashes, side="right")
        found = [np.zeros(0, dtype=np.intp)]
        # As good as always one: a hash is rarely that of two.
        for step in range(int((ends - firsts).max(initial=0))):
            is_there = firsts + step < ends
            rows = order[firsts[is_there] + step].astype(np.intp)
            found.append(rows[self.rows.uids[rows] == wanted[is_there]])
        rows = np.unique(np.concatenate(found))
        if not len(rows):
            return
        tracks = np.searchsorted(np.array(self._firsts), rows, side="right") - 1
        is_new = (np.diff(rows, prepend=-2) != 1) | (np.diff(tracks, prepend=-1) != 0)
        starts = np.flatnonzero(is_new)
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(rows)], strict=True):
            yield self._filed[int(tracks[start])], int(rows[start]), int(rows[end - 1]) + 1

    def place_among(self, uid: str, start: int, stop: int) -> int | None:
        """Return where the report with this uid stands among rows, None if it does not.

        Looks through them: for some hundred that needs no order of all there are.
        """
        wanted, uids = uid.encode("utf-8", "replace"), self.rows.uids[start:stop]
        if len(wanted) > uids.dtype.itemsize:
            return None
        found = np.flatnonzero(uids == wanted)
        return int(found[0]) if len(found) and self.uid(start + int(found[0])) == uid else None

    def track_uid_of(self, row: int) -> str | None:
        """Return the craft that a report was filed under when it was packed."""
        return self._filed[bisect_right(self._firsts, row) - 1]

    def make_ready(self) -> None:
        """Sort the identifiers, so that the first to look for one does not wait."""
        if self._index is None:
            hashes = hashes_of(self.rows.uids)
            order = np.argsort(hashes, kind="stable")
            self._index = hashes[order], order.astype(np.uint32)

    def _row_of(self, uid: str) -> int | None:
        self.make_ready()
        assert self._index is not None, "just made"
        sorted_hashes, order = self._index
        uids = self.rows.uids
        wanted = uid.encode("utf-8", "replace")
        if len(wanted) > uids.dtype.itemsize:
            return None
        (wanted_hash,) = hashes_of(np.array([wanted], dtype=uids.dtype))
        first = int(np.searchsorted(sorted_hashes, wanted_hash, side="left"))
        end = int(np.searchsorted(sorted_hashes, wanted_hash, side="right"))
        for row in order[first:end].tolist():
            if self.uid(row) == uid:
                return int(row)
        return None

    def _reports(self, start: int, stop: int, track_uid: str | None) -> Iterator[Report]:
        rows = self.rows
        columns = zip(
            rows.uids[start:stop].tolist(),
            rows.places_deg[start:stop].tolist(),
            rows.times_ms[start:stop].tolist(),
            rows.numbers[start:stop].tolist(),
            rows.said[start:stop].tolist(),
            rows.starts[start:stop].tolist(),
            rows.ends[start:stop].tolist(),
            strict=True,
        )
        for uid, place_deg, times_ms, numbers, number, first, end in columns:
            said, words = self.sayings[number], rows.words[first:end]
            yield self._made_of(uid, place_deg, times_ms, numbers, said, words, track_uid)

    @staticmethod
    def _made_of(
        uid: bytes,
        place_deg: Sequence[float],
        times_ms: Sequence[int],
        numbers: Sequence[float],
        said: Said,
        words: bytes,
        track_uid: str | None,
    ) -> Report:
        lon_deg, lat_deg = place_deg
        observed_ms, received_ms, logged_ms = times_ms
        error_m, course_deg, speed_kn = numbers
        return Report(
            uid=uid.decode(),
            kind=said.kind,
            observed_at_utc=EPOCH_UTC + timedelta(milliseconds=observed_ms),
            received_at_utc=EPOCH_UTC + timedelta(milliseconds=received_ms),
            logged_at_utc=EPOCH_UTC + timedelta(milliseconds=logged_ms),
            track_uid=track_uid,
            position=None if math.isnan(lon_deg) else Position(lon_deg, lat_deg),
            position_form=said.position_form,
            as_received=words.decode(),
            error_m=None if math.isnan(error_m) else error_m,
            source=said.source,
            source_name=said.source_name,
            grade=said.grade,
            course_deg=None if math.isnan(course_deg) else course_deg,
            speed_kn=None if math.isnan(speed_kn) else speed_kn,
            people=said.people,
            boat_type=said.boat_type,
            caller=said.caller,
            logged_by=said.logged_by,
        )


def hashes_of(uids: Uids) -> npt.NDArray[np.uint64]:
    """Return a number for each identifier, the same for the same one."""
    hashes = np.zeros(len(uids), dtype=np.uint64)
    for start in range(0, len(uids), _HASHED_AT_ONCE):
        some = slice(start, start + _HASHED_AT_ONCE)
        hashes[some] = _hashes_of(uids[some])
    return hashes


def _hashes_of(uids: Uids) -> npt.NDArray[np.uint64]:
    width = uids.dtype.itemsize
    padded = uids.astype(f"S{-(-width // 8) * 8}")
    parts = padded.view(np.uint64).reshape(len(uids), -1)
    hashes = np.zeros(len(uids), dtype=np.uint64)
    for part in parts.T:
        hashes = (hashes ^ part) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    return hashes
