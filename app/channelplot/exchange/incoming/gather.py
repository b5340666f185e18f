"""What readers tell of a file, gathered in little room; what no plot can hold is refused here."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.errors import ImportFault
from channelplot.exchange.found_lines import piece as in_short
from channelplot.exchange.incoming.found import (
    NO_TRACK,
    FoundPlace,
    FoundReport,
    FoundTrack,
    ReadOptions,
)
from channelplot.exchange.incoming.holdable import (
    figures,
    is_length,
    is_unsound_place,
    is_unsound_track,
    text_fault,
)
from channelplot.exchange.incoming.identity import (
    UID_BYTES,
    are_figures_other,
    craft_uid,
    place_uid,
    report_uids,
    uid_of,
    words_at,
)
from channelplot.exchange.incoming.incoming import (
    MOST_REFUSALS,
    Incoming,
    IncomingPlace,
    IncomingTrack,
    Refusal,
    TrackIdentity,
)
from channelplot.exchange.incoming.uid_index import UidIndex
from channelplot.model.beach import Beach
from channelplot.model.codes import Craft, SourceKind
from channelplot.model.ids import is_uid
from channelplot.model.packed import PackedReports
from channelplot.model.packing import Sayings, packed, piece_of
from channelplot.model.piece_stack import PieceStack
from channelplot.model.repacking import filed_under, some_rows
from channelplot.model.report import Report
from channelplot.model.report_columns import EPOCH_UTC, Piece, Uids
from channelplot.model.rules import report_problems
from channelplot.model.track import Track

BATCH: Final = 2_000
"""Reports that are kept as such before they are packed."""
CLOCKS_DIFFER: Final = timedelta(minutes=15)
"""A report may be observed so long after the import: clocks differ."""
_WORDS_KEPT: Final = 500
"""Characters of a report's words that are kept; a longer row or element is cut there."""
_NONE: Final = -1
_ALL_ROUND_DEG: Final = 360.0
"""North, as many write it; a plot has 0."""


class Gatherer:
    """A ``Sink`` that packs what it is told of; ``finish`` returns it."""

    def __init__(
        self,
        path: Path,
        options: ReadOptions,
        *,
        operator: str = "",
        progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        """Start with nothing. operator: who brings the file in; progress: told 0 to 1."""
        self._path = path
        self._now_utc = _to_millisecond(options.now_utc)
        self._latest_utc = options.now_utc + CLOCKS_DIFFER
        self._operator = operator
        self._progress = progress
        self._found: dict[str, FoundTrack] = {}
        self._numbers: dict[str, int] = {}
        self._lines: list[int] = []
        self._places: dict[str, IncomingPlace] = {}
        self._sayings = Sayings()
        self._batch: list[Report] = []
        self._batch_numbers: list[int] = []
        self._batch_lines: list[int] = []
        self._stack = PieceStack()
        self._filed: list[npt.NDArray[np.int32]] = []
        self._piece_lines: list[npt.NDArray[np.int32]] = []
        self._refusals: list[Refusal] = []
        self._refused: Counter[ImportFault] = Counter()
        self._said_twice = 0

    def track(self, track: FoundTrack) -> None:
        """Take a craft; of one that was told before only what is new counts."""
        fault = text_fault(track.key, track.name, track.note)
        if fault is not None:
            self.refuse(track.line, fault)
            return
        if track.record is not None and is_unsound_track(track.record):
            self.refuse(track.line, ImportFault.NUMBER_NOT_READ, track.record.name)
            track = replace(track, record=None, name=track.name or track.record.name)
        before = self._found.get(track.key)
        self._found[track.key] = track if before is None else _joined(before, track)

    def report(self, report: FoundReport) -> None:
        """Take a report, or refuse it: of a time or with figures that can't be."""
        if report.observed_at_utc > self._latest_utc:
            self.refuse(report.line, ImportFault.TIME_AHEAD, report.observed_at_utc.isoformat())
            return
        if report.observed_at_utc < EPOCH_UTC:
            self.refuse(report.line, ImportFault.TIME_LONG_AGO, report.observed_at_utc.isoformat())
            return
        texts = report.uid, report.track, report.as_received, report.source_name, report.caller
        fault = text_fault(*texts)
        if fault is not None:
            self.refuse(report.line, fault)
            return
        taken = self._report_of(report)
        problem = next(iter(report_problems(taken)), None)
        if problem is not None:
            self.refuse(report.line, ImportFault.NUMBER_NOT_READ, figures(taken))
            return
        self._batch.append(taken)
        self._batch_numbers.append(self._number_of(report.track, report.line))
        self._batch_lines.append(report.line)
        if len(self._batch) >= BATCH:
            self._pack()

    def place(self, place: FoundPlace) -> None:
        """Take a place without a time: a beach, unless it says that it is a mark."""
        fault = text_fault(place.name, place.note)
        if fault is None and place.record is None and not place.name.strip():
            fault = ImportFault.NO_NAME
        if fault is None and place.record is not None and is_unsound_place(place.record):
            fault = ImportFault.NUMBER_NOT_READ
        if fault is not None:
            self.refuse(place.line, fault, "" if place.record is None else place.record.name)
            return
        entity = place.record or Beach(
            uid=place_uid(_one_line(place.name), place.position),
            name=_one_line(place.name),
            position=place.position,
            source=self._path.name,
            note=place.note,
        )
        if entity.uid in self._places:
            self._said_twice += 1
        else:
            is_given = place.record is not None
            self._places[entity.uid] = IncomingPlace(entity, place.line, is_given)

    def refuse(self, line: int, fault: ImportFault, detail: str = "") -> None:
        """Take note of something that does not come in. detail: a piece of the file."""
        self._refused[fault] += 1
        if len(self._refusals) < MOST_REFUSALS:
            self._refusals.append(Refusal(line, fault, detail))

    def progress(self, share: float) -> None:
        """Take note how much of the file is read, 0 to 1."""
        self._progress(share)

    def finish(self) -> Incoming:
        """Return all that was told, each report once."""
        self._pack()
        for key, found in self._found.items():
            if found.record is not None:
                self._number_of(key, found.line)
        tracks = self._tracks()
        piece = self._stack.taken()
        given = piece.uids[piece.uids != b""]
        pieces = [replace(piece, uids=self._uids(piece))]
        del piece  # It is let go column by column, once its columns are in order.
        is_first = self._is_first(pieces[0], given)
        reports, known = self._filed_reports(pieces, is_first, tracks)
        columns = next(iter(reports.values())).columns if reports else None
        return Incoming(
            path=self._path,
            read_at_utc=self._now_utc,
            tracks=known,
            reports=reports,
            is_given=(
                np.zeros(0, dtype=np.bool_)
                if columns is None
                else UidIndex(given).rows_of(columns.rows.uids) >= 0
            ),
            places=tuple(self._places.values()),
            refusals=tuple(sorted(self._refusals, key=lambda refusal: refusal.line)),
            refused=dict(self._refused),
            said_twice=self._said_twice,
        )

    # Reports

    def _report_of(self, found: FoundReport) -> Report:
        is_ours = bool(found.uid)
        return Report(
            uid=found.uid,
            kind=found.kind,
            observed_at_utc=_to_millisecond(found.observed_at_utc),
            received_at_utc=_to_millisecond(found.received_at_utc or self._now_utc),
            logged_at_utc=_to_millisecond(found.logged_at_utc or self._now_utc),
            position=found.position,
            position_form=found.position_form if found.position is not None or is_ours else None,
            as_received=found.as_received if is_ours else found.as_received[:_WORDS_KEPT],
            error_m=found.error_m,
            source=found.source or SourceKind.UNKNOWN,
            source_name=found.source_name or ("" if is_ours else self._path.name),
            grade=found.grade,
            course_deg=0.0 if found.course_deg == _ALL_ROUND_DEG else found.course_deg,
            speed_kn=found.speed_kn,
            people=found.people,
            boat_type=found.boat_type,
            caller=found.caller,
            logged_by=found.logged_by or ("" if is_ours else self._operator),
        )

    def _number_of(self, key: str, line: int) -> int:
        """Return the number of a craft, _NONE for no craft."""
        if key == NO_TRACK:
            return _NONE
        number = self._numbers.setdefault(key, len(self._numbers))
        if number == len(self._lines):
            self._lines.append(line)
        return number

    def _pack(self) -> None:
        """Pack the batch; what can't be is refused."""
        batch, numbers, lines = self._batch, self._batch_numbers, self._batch_lines
        self._batch, self._batch_numbers, self._batch_lines = [], [], []
        if not batch:
            return
        piece = piece_of(batch, self._sayings)
        if piece is None:
            fits = [piece_of([report], Sayings()) is not None for report in batch]
            for line, is_fit in zip(lines, fits, strict=True):
                if not is_fit:
                    self.refuse(line, ImportFault.ENCODING)
            batch = [report for report, is_fit in zip(batch, fits, strict=True) if is_fit]
            numbers = [number for number, is_fit in zip(numbers, fits, strict=True) if is_fit]
            lines = [line for line, is_fit in zip(lines, fits, strict=True) if is_fit]
            piece = piece_of(batch, self._sayings)
            assert piece is not None, "each of them can be packed"
        self._stack.add(piece)
        self._filed.append(np.array(numbers, dtype=np.int32))
        self._piece_lines.append(np.array(lines, dtype=np.int32))

    def _uids(self, piece: Piece) -> Uids:
        """Return the identifier of every report: its own, or one that is made of what it says."""
        names = [self._craft_name(key) for key in self._numbers]
        names.append("")  # of no craft: the last
        said = self._sayings.all()
        uids = np.empty(len(piece.uids), dtype=f"S{max(UID_BYTES, piece.uids.dtype.itemsize)}")
        start = 0
        for filed in self._filed:
            rows = np.arange(start, start + len(filed))
            crafts = [names[number] for number in filed.tolist()]
            uids[rows] = report_uids(some_rows(piece, rows), said, crafts)
            start += len(filed)
        return uids

    def _is_first(self, piece: Piece, given: Uids) -> npt.NDArray[np.bool_]:
        """Return for each row whether no other before it is the same report.

        given: the identifiers that the file gives. A second that says otherwise is refused. What
        has no identifier of these may be filed under two crafts of one name, and its place may
        differ by less than what makes its identifier.
        """
        first_rows = UidIndex(piece.uids).rows_of(piece.uids)
        is_first: npt.NDArray[np.bool_] = first_rows == np.arange(len(first_rows))
        again = np.flatnonzero(~is_first)
        if not len(again):
            return is_first
        firsts = first_rows[again]
        is_given = UidIndex(given).rows_of(piece.uids[again]) >= 0
        filed, lines = np.concatenate(self._filed), np.concatenate(self._piece_lines)
        is_other = filed[again] != filed[firsts]
        is_other |= are_figures_other(piece, again, piece, firsts, ("places_deg",))
        is_other &= is_given
        is_other |= are_figures_other(piece, again, piece, firsts, ("numbers", "times_ms"))
        is_other |= piece.said[again] != piece.said[firsts]
        for place in np.flatnonzero(~is_other).tolist():
            is_other[place] = words_at(piece, again[place]) != words_at(piece, firsts[place])
        for row, is_own in zip(again[is_other].tolist(), is_given[is_other].tolist(), strict=True):
            if is_own:
                fault, detail = ImportFault.UID_TWICE, bytes(piece.uids[row]).decode()
            else:
                fault, detail = ImportFault.REPORT_TWICE, in_short(words_at(piece, row).decode())
            self.refuse(int(lines[row]), fault, detail)
        self._said_twice += len(again) - int(np.count_nonzero(is_other))
        return is_first

    # Tracks

    def _craft_name(self, key: str) -> str:
        """Return what a craft is known by in every file: its number or its name, "" for neither."""
        found = self._found.get(key)
        if found is None or found.is_craft_id or found.record is not None:
            return key
        return _one_line(found.name)

    def _tracks(self) -> list[IncomingTrack]:
        """Return the crafts by their numbers."""
        return [
            self._track_of(self._found.get(key) or FoundTrack(line=line, key=key, name=key))
            for key, line in zip(self._numbers, self._lines, strict=True)
        ]

    def _track_of(self, found: FoundTrack) -> IncomingTrack:
        if found.record is not None:
            record = replace(found.record, reports=())
            return IncomingTrack(record, TrackIdentity.GIVEN, found)
        identity, uid = TrackIdentity.REPORTS, ""
        name = _one_line(found.name)
        if found.is_craft_id:
            identity, uid = TrackIdentity.CRAFT_ID, craft_uid(found.key)
            name = name or _one_line(found.key)
        elif is_uid(found.key):
            identity, uid = TrackIdentity.GIVEN, found.key
        track = Track(
            uid=uid,
            name=name or self._path.stem or self._path.name,
            craft=found.craft or Craft.OTHER,
            created_at_utc=self._now_utc,
            created_by=self._operator,
            length_m=found.length_m if is_length(found.length_m) else None,
            note=found.note,
        )
        return IncomingTrack(track, identity, found)

    def _filed_reports(
        self, pieces: list[Piece], is_first: npt.NDArray[np.bool_], tracks: list[IncomingTrack]
    ) -> tuple[dict[str | None, PackedReports], dict[str, IncomingTrack]]:
        """Return the reports of each track and of none, and the tracks by their uids.

        Of two crafts with one uid the first stands for both; one that is known by its reports
        alone and has none is none.
        """
        keys = [track.track.uid or f"{_NONE}.{number}" for number, track in enumerate(tracks)]
        firsts: dict[str, int] = {}
        numbers = np.array([firsts.setdefault(k, n) for n, k in enumerate(keys)] + [_NONE])
        filed = [numbers[each].astype(np.int32) for each in self._filed]
        found = packed(pieces, filed, keys, self._sayings, is_first)
        uids: dict[str | None, str | None] = {None: None}
        known: dict[str, IncomingTrack] = {}
        for key, number in firsts.items():
            track = tracks[number]
            if key not in found and track.found.record is None:
                continue
            if track.track.uid:
                uid = track.track.uid
            else:
                uid = uid_of("track", found[key].columns.uid(found[key].start))
                track = replace(track, track=replace(track.track, uid=uid))
            uids[key] = uid
            known[uid] = track
        if not found:
            return {}, known
        columns = next(iter(found.values())).columns
        order = list(found)
        counts = [len(found[key]) for key in order]
        again = filed_under(columns.rows, columns.sayings, counts, [uids[key] for key in order])
        return again, known


def _joined(before: FoundTrack, found: FoundTrack) -> FoundTrack:
    """Return what two places of a file say of a craft; the first counts where both do."""
    return replace(
        before,
        name=before.name or found.name,
        is_craft_id=before.is_craft_id or found.is_craft_id,
        craft=before.craft or found.craft,
        usual_craft=before.usual_craft or found.usual_craft,
        length_m=found.length_m if before.length_m is None else before.length_m,
        note=before.note or found.note,
        record=before.record or found.record,
    )


def _to_millisecond(moment: datetime) -> datetime:
    """Return a time cut to the millisecond, as a plot keeps it."""
    over = moment.microsecond % 1000
    return moment - timedelta(microseconds=over) if over else moment


def _one_line(text: str) -> str:
    return " ".join(text.split())
