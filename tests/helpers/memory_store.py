"""A store that keeps acts in memory: it applies what it saves, and fails when told to."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import Change, Difference, T
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.flat_kinds import WITHDRAWABLE_KINDS
from channelplot.store.geopackage import ReadOnlyReason, Recovered
from channelplot.store.log import LoggedAct, logged_act
from channelplot.store.outside import Look
from channelplot.store.rows import row_changes
from channelplot.store.tables import GEOMETRY, TRACKS, WITHDRAWN
from channelplot.store.times import time_text
from channelplot.store.values import Row
from channelplot.store.withdrawn import Withdrawable, Withdrawn

if TYPE_CHECKING:
    from channelplot.store.lock import LockHolder


class MemoryStore:
    """What the document needs of a plot file, without a file.

    ``plot`` is what was saved: every change is put onto it, entity by entity, so that a
    change that says too little shows. fail_with: raised instead of saving, until it is None.
    gate: when set to an event, each save waits for it. looks: what the next looks find, one
    after the other; looked: whether each look was asked for again.
    """

    def __init__(self, plot: Plot | None = None, *, is_read_only: bool = False) -> None:
        self.path = Path("night.gpkg")
        self.is_read_only = is_read_only
        self.read_only_reason = ReadOnlyReason.FILE if is_read_only else None
        self.locked_by: LockHolder | None = None
        self.recovered: Recovered | None = None
        self.logged_before: LoggedAct | None = None
        self.logged_parts: tuple[LoggedAct, ...] = ()
        self.looks: list[Look | BaseException] = []
        self.looked: list[bool] = []
        self.plot = plot or Plot()
        self.saved: list[tuple[Change, ActRecord]] = []
        self.gone: dict[str, Withdrawn] = {}
        self.copies: dict[Path, list[str]] = {}
        self.backups: list[list[str]] = []
        self.fail_with: BaseException | None = None
        self.gate: threading.Event | None = None
        self.threads: set[str] = set()
        self.is_closed = False

    @property
    def labels(self) -> list[str]:
        """The labels of the acts saved, in order."""
        return [act.label for _, act in self.saved]

    def save(self, change: Change, act: ActRecord) -> LoggedAct:
        """Save the change, or raise what was set to be raised."""
        assert not self.is_closed, "the file is closed"
        self.threads.add(threading.current_thread().name)
        if self.gate is not None:
            assert self.gate.wait(timeout=10.0), "nobody opened the gate"
        if self.fail_with is not None:
            raise self.fail_with
        self.plot = with_change(self.plot, change)
        self.saved.append((change, act))
        self._note_withdrawn(change, act)
        return logged_act(len(self.saved), act, *changed_rows(change, act))

    def look(
        self,
        known: Plot,
        at_utc: datetime,
        *,
        is_again: bool = False,
        give_way: Callable[[], bool] = lambda: False,
    ) -> Look:
        """Return or raise the next of ``looks``; without any there is nothing to be seen."""
        assert not self.is_closed, "the file is closed"
        self.threads.add(threading.current_thread().name)
        self.looked.append(is_again)
        found = self.looks.pop(0) if self.looks else Look()
        if isinstance(found, BaseException):
            raise found
        return found

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """What was withdrawn and is not back, the latest first."""
        return tuple(reversed(self.gone.values()))

    def _note_withdrawn(self, change: Change, act: ActRecord) -> None:
        """Keep what went, as it stood; a track with those of its reports that went with it."""
        leaving = {pair.uid for pair in change.each_report() if pair.after is None}
        gone: dict[str, Withdrawable] = {}
        back: set[str] = set()
        withdrawable = (kind.of_change(change) for kind in WITHDRAWABLE_KINDS)
        for pairs in (tuple(change.each_report()), *withdrawable):
            for pair in pairs:
                if pair.after is None and pair.before is not None:
                    gone[pair.uid] = pair.before
                else:
                    back.add(pair.uid)
        for track in change.tracks:
            if track.after is None and track.before is not None:
                own = tuple(r for r in track.before.reports if r.uid in leaving)
                gone[track.uid] = replace(track.before, reports=own)
                back |= {report.uid for report in own}
            else:
                back.add(track.uid)
        for uid in back | gone.keys():
            self.gone.pop(uid, None)
        for uid, entity in gone.items():
            if uid not in back:
                self.gone[uid] = Withdrawn(entity, act.at_utc, act.operator, act.label, act.reason)

    def copy_to(self, path: Path, extra: Sequence[tuple[Change, ActRecord]] = ()) -> None:
        """Keep the labels a copy would have, or raise if it was made before."""
        assert not self.is_closed, "the file is closed"
        if path in self.copies:
            raise PlotFileError(PlotFileFault.EXISTS, path)
        self.copies[path] = [*self.labels, *(act.label for _, act in extra)]

    def back_up(self, give_way: Callable[[], bool]) -> Path | None:
        """Note a backup, unless somebody waits; without a file there is no draft of one."""
        if not give_way():
            self.backups.append(self.labels)
        return None

    def close(self) -> None:
        """Let go."""
        self.is_closed = True

    def fill_up(self) -> None:
        """Let saving fail from now on as on a full disk."""
        self.fail_with = PlotFileError(PlotFileFault.FULL, self.path)


def changed_rows(
    change: Change, act: ActRecord
) -> tuple[dict[str, dict[str, Row]], dict[str, dict[str, Row]]]:
    """Return the rows of a change before and after it, as the log of a file has them."""
    before: dict[str, dict[str, Row]] = {}
    after: dict[str, dict[str, Row]] = {}
    for row in row_changes(change):
        old, new = row.before, row.after
        if new is None:
            new = {**(old or {}), WITHDRAWN: time_text(act.at_utc)}
        names = [name for name in new if old is None or new[name] != old[name]]
        if not names or (row.table is TRACKS and names == [GEOMETRY]):
            continue
        if old is not None:
            before.setdefault(row.table.name, {})[row.uid] = old
        after.setdefault(row.table.name, {})[row.uid] = new
    return before, after


def with_change(plot: Plot, change: Change) -> Plot:
    """Return the plot with a change put onto it as a file would do it: row by row.

    A track's pair gives everything of it but its reports, which have pairs of their own.
    """
    tracks = {uid: replace(track, reports=()) for uid, track in plot.tracks.items()}
    reports = {report.uid: report for report in plot.reports()}
    for track_pair in change.tracks:
        bare = track_pair.after and replace(track_pair.after, reports=())
        _put(tracks, track_pair.uid, bare)
    for report_pair in change.each_report():
        _put(reports, report_pair.uid, report_pair.after)
    after = replace(
        plot,
        tracks=MappingProxyType(tracks),
        unattributed=(),
        beaches=_with_pairs(plot.beaches, change.beaches),
        marks=_with_pairs(plot.marks, change.marks),
        log_lines=_with_pairs(plot.log_lines, change.log_lines),
        acknowledgements=_with_pairs(plot.acknowledgements, change.acknowledgements),
        conditions=_with_pairs(plot.conditions, change.conditions),
        approach_watches=_with_pairs(plot.approach_watches, change.approach_watches),
        predicted_crossings=_with_pairs(plot.predicted_crossings, change.predicted_crossings),
        limits=_with_pairs(plot.limits, change.limits),
        searches=_with_pairs(plot.searches, change.searches),
        reference_layers=_with_pairs(plot.reference_layers, change.reference_layers),
    )
    for report in reports.values():
        after = after.with_report(report)
    return after


def _with_pairs(entities: Mapping[str, T], pairs: Iterable[Difference[T]]) -> Mapping[str, T]:
    after = dict(entities)
    for pair in pairs:
        _put(after, pair.uid, pair.after)
    return MappingProxyType(after)


def _put(rows: dict[str, T], uid: str, after: T | None) -> None:
    if after is None:
        del rows[uid]
    else:
        rows[uid] = after
