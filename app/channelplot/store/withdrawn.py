"""What was withdrawn from a plot, read back from its file: nothing there is ever deleted.

The undoing of an addition withdraws, too; the act's label tells the two apart.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.beach import Beach, Mark
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.log_line import LogLine
from channelplot.model.reference_layer import ReferenceLayer
from channelplot.model.report import Report
from channelplot.model.search import PlannedSearch
from channelplot.model.track import StatusChange, Track
from channelplot.store.entities import (
    PEOPLE_READ,
    REPORT_READ,
    STATUS_READ,
    TRACK_READ,
    people_from,
    report_from,
    status_from,
    track_from,
)
from channelplot.store.flat_kinds import WITHDRAWABLE_KINDS
from channelplot.store.load import named_rows
from channelplot.store.log import LoggedAct, acts_at
from channelplot.store.outside import OUTSIDE_EDIT
from channelplot.store.readable import UNREADABLE
from channelplot.store.tables import (
    PEOPLE_COUNTS,
    REPORTS,
    STATUS_CHANGES,
    TRACKS,
    WITHDRAWN,
    Table,
)
from channelplot.store.times import read_time
from channelplot.store.values import Value
from channelplot.store.whole_acts import acts_with_parts

Withdrawable = (
    Track
    | Report
    | Beach
    | Mark
    | LogLine
    | ConditionsEntry
    | ApproachWatch
    | LoadedLimit
    | PlannedSearch
    | ReferenceLayer
)

T = TypeVar("T")

_TABLES: Final = (
    TRACKS,
    REPORTS,
    PEOPLE_COUNTS,
    STATUS_CHANGES,
    *(kind.table for kind in WITHDRAWABLE_KINDS),
)
_GONE: Final = f"{WITHDRAWN} IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """One thing that was withdrawn, as it stood then; a track has the reports that went with it.

    by, label and reason: who did it, the code of the act and why; empty where it was another
    program. act_seq: the act's number in the log, which things that went together have in common;
    None where it was another program.
    """

    entity: Withdrawable
    withdrawn_at_utc: datetime
    by: str
    label: str
    reason: str
    act_seq: int | None = None


def read_withdrawn(conn: sqlite3.Connection, path: Path) -> tuple[Withdrawn, ...]:
    """Return what was withdrawn and is not back, the latest first.

    The caller holds one read transaction around it. Raises PlotFileError (DAMAGED) naming
    table and row for a row that cannot be read.
    """
    return _Reader(conn, path).withdrawn()


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A moment at which rows were withdrawn: what has the same went together.

    seq: of the act that withdrew them, 0 for none that is known.
    """

    at_utc: datetime
    seq: int = 0
    act: LoggedAct | None = field(default=None, compare=False)

    def order(self) -> tuple[datetime, int]:
        return self.at_utc, self.seq


class _Reader:
    """Reads one file's withdrawn rows."""

    def __init__(self, conn: sqlite3.Connection, path: Path) -> None:
        self._conn = conn
        self._path = path
        self._acts = self._acts_by_row()

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        found: list[tuple[_Leaving, Withdrawable]] = []
        reports = list(self._reports())
        tracks = dict(self._tracks(reports))
        together = {report.uid for track, _ in tracks.values() for report in track.reports}
        found += [(leaving, track) for track, leaving in tracks.values()]
        found += [(leaving, report) for report, leaving in reports if report.uid not in together]
        found += self._flat()
        found.sort(key=lambda pair: pair[0].order(), reverse=True)
        return tuple(_told(leaving, entity) for leaving, entity in found)

    def _acts_by_row(self) -> dict[tuple[str, str], LoggedAct]:
        """Return the last act that withdrew a row, by table and uid: its last row of the log."""
        times: set[str] = set()
        for table in _TABLES:
            query = f"SELECT DISTINCT {WITHDRAWN} FROM {table.name} WHERE {_GONE}"
            times.update(str(at) for (at,) in self._conn.execute(query))
        found = {}
        with named_rows(self._path, "edit_log") as row:
            for parts in acts_with_parts(acts_at(self._conn, times)):
                for part in parts:
                    row.uid = part.seq
                    _, after = part.rows()
                    for table in _TABLES:
                        for uid, values in after.get(table.name, {}).items():
                            if values.get(WITHDRAWN) is not None:
                                found[table.name, uid] = parts[-1]
        return found

    def _leaving(self, table: Table, uid: str, at: Value) -> _Leaving:
        at_utc = read_time(at)
        act = self._acts.get((table.name, uid))
        if act is None or act.at_utc != at_utc:
            return _Leaving(at_utc)
        return _Leaving(at_utc, act.seq, act)

    def _reports(self) -> Iterator[tuple[Report, _Leaving]]:
        counts = {
            report_uid: (uid, at, values)
            for report_uid, uid, at, *values in self._conn.execute(
                f"SELECT report_uid, uid, {WITHDRAWN}, {PEOPLE_READ} FROM people_counts"
                f" WHERE report_uid IN (SELECT uid FROM reports WHERE {_GONE})"
            )
        }
        query = (
            f"SELECT {WITHDRAWN}, uid, track_uid, people_total, people_children, {REPORT_READ}"
            f" FROM reports WHERE {_GONE} ORDER BY fid"
        )
        with named_rows(self._path, "reports") as row:
            for at, uid, track_uid, total, children, *values in self._conn.execute(query):
                row.uid = uid
                leaving = self._leaving(REPORTS, uid, at)
                count: Sequence[Value] = ()
                if uid in counts:
                    count_uid, count_at, count = counts[uid]
                    if count_at and self._leaving(PEOPLE_COUNTS, count_uid, count_at) != leaving:
                        count = ()  # Taken back before the report was withdrawn.
                reading = partial(_report, values, track_uid or None, count, total, children)
                report = self._read(REPORTS, uid, reading)
                if report is not None:
                    yield report, leaving

    def _tracks(
        self, reports: Sequence[tuple[Report, _Leaving]]
    ) -> Iterator[tuple[str, tuple[Track, _Leaving]]]:
        by_track: dict[str | None, list[tuple[Report, _Leaving]]] = {}
        for report, leaving in reports:
            by_track.setdefault(report.track_uid, []).append((report, leaving))
        changes: dict[str, list[tuple[StatusChange, _Leaving | None]]] = {}
        query = (
            f"SELECT {WITHDRAWN}, track_uid, {STATUS_READ} FROM status_changes"
            f" WHERE track_uid IN (SELECT uid FROM tracks WHERE {_GONE}) ORDER BY step, fid"
        )
        with named_rows(self._path, "status_changes") as row:
            for at, track_uid, *values in self._conn.execute(query):
                row.uid = values[0]
                when = self._leaving(STATUS_CHANGES, values[0], at) if at else None
                change = self._read(STATUS_CHANGES, values[0], partial(status_from, values))
                if change is not None:
                    changes.setdefault(track_uid, []).append((change, when))
        query = f"SELECT {WITHDRAWN}, {TRACK_READ} FROM tracks WHERE {_GONE} ORDER BY fid"
        with named_rows(self._path, "tracks") as row:
            for at, *values in self._conn.execute(query):
                row.uid = uid = values[0]
                left = self._leaving(TRACKS, uid, at)
                own = [report for report, when in by_track.get(uid, ()) if when == left]
                steps = [change for change, when in changes.get(uid, ()) if when in (None, left)]
                own.sort(key=Report.time_order)
                reading = partial(track_from, values, tuple(steps), tuple(own))
                track = self._read(TRACKS, uid, reading)
                if track is not None:
                    yield uid, (track, left)

    def _flat(self) -> Iterator[tuple[_Leaving, Withdrawable]]:
        for kind in WITHDRAWABLE_KINDS:
            columns = ", ".join(kind.columns)
            query = (
                f"SELECT {columns}, {WITHDRAWN} FROM {kind.table.name} WHERE {_GONE} ORDER BY fid"
            )
            with named_rows(self._path, kind.table.name) as row:
                for *values, at in row.each(self._conn.execute(query)):
                    reading: Callable[[], Withdrawable] = partial(kind.from_row, values)
                    entity = self._read(kind.table, values[0], reading)
                    if entity is not None:
                        yield self._leaving(kind.table, entity.uid, at), entity

    def _read(self, table: Table, uid: Value, reading: Callable[[], T]) -> T | None:
        """Return what reading a row gives, None for one that was withdrawn as nobody can read it.

        Such rows another program added (``log_outside``). Raises what reading any other does.
        """
        try:
            return reading()
        except UNREADABLE:
            act = self._acts.get((table.name, str(uid)))
            if act is None or act.label != OUTSIDE_EDIT:
                raise
            return None


def _report(
    values: Sequence[Value],
    track_uid: str | None,
    count: Sequence[Value],
    total: Value,
    children: Value,
) -> Report:
    return report_from(values, track_uid, people_from(count, total, children))


def _told(leaving: _Leaving, entity: Withdrawable) -> Withdrawn:
    act = leaving.act
    return Withdrawn(
        entity,
        leaving.at_utc,
        "" if act is None else act.operator,
        "" if act is None else act.label,
        "" if act is None else act.reason,
        None if act is None else act.seq,
    )
