"""Very many reports that an act moved, filed together: packed, whatever their number."""

from collections.abc import Callable, Iterable, Sequence, Set
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.model.packed import PackedReports, uids_of
from channelplot.model.packing import Sayings, packed, piece_of
from channelplot.model.repacking import compacted, renumbered, some_rows
from channelplot.model.report import Report
from channelplot.model.report_columns import Piece

_MOST_UNPACKED: Final = 2_000
"""Of so many tracks and reports what stays is kept as the plot keeps edited ones."""


class ManyReports:
    """What moves is noted some thousands at a time; of what leaves only the uids are kept."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._leaving: dict[str | None, set[str]] = {}
        self._track_uids: list[str] = []
        self._places: dict[str | None, int] = {}
        self._sayings = Sayings()
        self._pieces: list[Piece] = []
        self._filed: list[npt.NDArray[np.int32]] = []
        self._unpacked: dict[str | None, list[Report]] = {}

    def note(self, moved: Iterable[tuple[Report | None, Report | None]]) -> None:
        """Note reports that differ: as they are here and there, None where they are not."""
        entering: list[Report] = []
        for present, other in moved:
            if present is not None:
                self._leaving.setdefault(present.track_uid, set()).add(present.uid)
            if other is not None:
                entering.append(other)
        self._enter(entering)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing moves."""
        return not (self._leaving or self._pieces or self._unpacked)

    def after(
        self, present: Callable[[str | None], Sequence[Report]]
    ) -> dict[str | None, Sequence[Report]]:
        """Return all reports of each track, or of none (None), that has others there; ask once.

        present: returns those it has here. Raises ValueError where it has not all that leave, or
        would have one twice.
        """
        entered = self._places.keys() | self._unpacked.keys()
        found: dict[str | None, Sequence[Report]] = {}
        for uid in self._leaving.keys() | entered:
            staying = _without(present(uid), self._leaving.get(uid, frozenset()))
            if uid not in entered:
                found[uid] = staying
            elif staying:
                self._stay(uid, staying)
        uids = [piece.uids for piece in self._pieces]
        if sum(map(len, uids)) > len(np.unique(np.concatenate(uids)) if uids else ()):
            msg = "a report comes twice"
            raise ValueError(msg)
        found.update(packed(self._pieces, self._filed, self._track_uids, self._sayings))
        for uid, reports in self._unpacked.items():
            together = chain(found.get(uid, ()), reports)
            found[uid] = tuple(sorted(together, key=Report.time_order))
        return found

    def _enter(self, reports: Sequence[Report]) -> None:
        piece = piece_of(reports, self._sayings) if reports else None
        if piece is not None:
            self._file(piece, [report.track_uid for report in reports])
            return
        for report in reports:
            self._unpacked.setdefault(report.track_uid, []).append(report)

    def _stay(self, uid: str | None, reports: Sequence[Report]) -> None:
        """File what stays with what enters."""
        if not isinstance(reports, PackedReports):
            self._enter(reports)
            return
        rows = np.arange(reports.start, reports.stop)
        piece = compacted(some_rows(reports.columns.rows, rows))
        piece = renumbered(piece, reports.columns.sayings, self._sayings)
        self._file(piece, [uid] * len(reports))

    def _file(self, piece: Piece, track_uids: Sequence[str | None]) -> None:
        for uid in dict.fromkeys(track_uids):
            if uid not in self._places:
                self._places[uid] = -1 if uid is None else len(self._track_uids)
                self._track_uids += [] if uid is None else [uid]
        places = [self._places[uid] for uid in track_uids]
        self._pieces.append(piece)
        self._filed.append(np.array(places, dtype=np.int32))


def _without(reports: Sequence[Report], leaving: Set[str]) -> Sequence[Report]:
    """Return reports without some of them. Raises ValueError unless all of these are there."""
    if not leaving:
        return reports
    uids = uids_of(reports)
    staying = [place for place, uid in enumerate(uids) if uid not in leaving]
    if len(uids) - len(staying) != len(leaving):
        msg = "reports are not where they belong"
        raise ValueError(msg)
    if not staying:
        return ()
    if not isinstance(reports, PackedReports):
        return tuple(reports[place] for place in staying)
    first, last = staying[0], staying[-1]
    if last - first + 1 == len(staying):
        start = reports.start + first
        return PackedReports(reports.columns, start, start + len(staying), reports.track_uid)
    if len(staying) <= _MOST_UNPACKED:
        return tuple(reports[place] for place in staying)
    rows = reports.start + np.array(staying)
    piece = compacted(some_rows(reports.columns.rows, rows))
    sayings = Sayings()
    piece = renumbered(piece, reports.columns.sayings, sayings)
    is_loose = reports.track_uid is None
    places = np.full(len(staying), -1 if is_loose else 0, dtype=np.int32)
    return packed([piece], [places], [reports.track_uid or ""], sayings)[reports.track_uid]
