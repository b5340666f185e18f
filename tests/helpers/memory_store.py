"""A store that keeps acts in memory: it applies what it saves, and fails when told to."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import Change
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import ReadOnlyReason
from channelplot.store.log import SavedMark

if TYPE_CHECKING:
    from channelplot.store.lock import LockHolder

T = TypeVar("T")


class MemoryStore:
    """What the document needs of a plot file, without a file.

    ``plot`` is what was saved: every change is put onto it, entity by entity, so that a
    change that says too little shows. fail_with: raised instead of saving, until it is None.
    gate: when set to an event, each save waits for it.
    """

    def __init__(self, plot: Plot | None = None, *, is_read_only: bool = False) -> None:
        self.path = Path("night.gpkg")
        self.is_read_only = is_read_only
        self.read_only_reason = ReadOnlyReason.FILE if is_read_only else None
        self.locked_by: LockHolder | None = None
        self.plot = plot or Plot()
        self.saved: list[tuple[Change, ActRecord]] = []
        self.copies: dict[Path, list[str]] = {}
        self.fail_with: BaseException | None = None
        self.gate: threading.Event | None = None
        self.threads: set[str] = set()
        self.is_closed = False

    @property
    def labels(self) -> list[str]:
        """The labels of the acts saved, in order."""
        return [act.label for _, act in self.saved]

    def save(self, change: Change, act: ActRecord) -> SavedMark:
        """Save the change, or raise what was set to be raised."""
        assert not self.is_closed, "the file is closed"
        self.threads.add(threading.current_thread().name)
        if self.gate is not None:
            assert self.gate.wait(timeout=10.0), "nobody opened the gate"
        if self.fail_with is not None:
            raise self.fail_with
        self.plot = with_change(self.plot, change)
        self.saved.append((change, act))
        return SavedMark(len(self.saved), act.at_utc)

    def copy_to(self, path: Path, extra: Sequence[tuple[Change, ActRecord]] = ()) -> None:
        """Keep the labels a copy would have, or raise if it was made before."""
        assert not self.is_closed, "the file is closed"
        if path in self.copies:
            raise PlotFileError(PlotFileFault.EXISTS, path)
        self.copies[path] = [*self.labels, *(act.label for _, act in extra)]

    def close(self) -> None:
        """Let go."""
        self.is_closed = True

    def fill_up(self) -> None:
        """Let saving fail from now on as on a full disk."""
        self.fail_with = PlotFileError(PlotFileFault.FULL, self.path)


def with_change(plot: Plot, change: Change) -> Plot:
    """Return the plot with a change put onto it as a file would do it: row by row.

    A track's pair gives everything of it but its reports, which have pairs of their own.
    """
    tracks = {uid: replace(track, reports=()) for uid, track in plot.tracks.items()}
    reports = {report.uid: report for report in plot.reports()}
    beaches, marks = dict(plot.beaches), dict(plot.marks)
    for track_pair in change.tracks:
        bare = track_pair.after and replace(track_pair.after, reports=())
        _put(tracks, track_pair.uid, bare)
    for report_pair in change.reports:
        _put(reports, report_pair.uid, report_pair.after)
    for beach_pair in change.beaches:
        _put(beaches, beach_pair.uid, beach_pair.after)
    for mark_pair in change.marks:
        _put(marks, mark_pair.uid, mark_pair.after)
    after = replace(
        plot,
        tracks=MappingProxyType(tracks),
        unattributed=(),
        beaches=MappingProxyType(beaches),
        marks=MappingProxyType(marks),
    )
    for report in reports.values():
        after = after.with_report(report)
    return after


def _put(rows: dict[str, T], uid: str, after: T | None) -> None:
    if after is None:
        del rows[uid]
    else:
        rows[uid] = after
