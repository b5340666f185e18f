"""What of a plot goes out: all of it, some tracks, or what was observed in a period."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.model.beach import Beach, Mark
from channelplot.model.codes import ReportKind
from channelplot.model.packed import PackedReports
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track

_AT_ONCE: Final = 1000
"""Packed reports are made so many at a time, and not kept."""


@dataclass(frozen=True, slots=True)
class Lot:
    """The reports of one track, or of none, that go out: some of all it has, in order of time."""

    reports: Sequence[Report]
    span: range

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.span)

    def __iter__(self) -> Iterator[Report]:
        """Yield each, made when it is its turn."""
        for first in range(self.span.start, self.span.stop, _AT_ONCE):
            yield from self.reports[first : min(first + _AT_ONCE, self.span.stop)]

    @property
    def is_whole(self) -> bool:
        """Return whether these are all that the track has."""
        return len(self.span) == len(self.reports)

    def unplaced(self) -> int:
        """Return how many have no position."""
        if isinstance(self.reports, PackedReports):
            start = self.reports.start
            here = slice(start + self.span.start, start + self.span.stop)
            is_placed = self.reports.columns.is_placed[here]
            return len(is_placed) - int(np.count_nonzero(is_placed))
        return sum(self.reports[place].position is None for place in self.span)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much goes out. unattributed: how many of the reports are of no track."""

    reports: int
    unattributed: int
    tracks: int
    beaches: int
    marks: int

    @property
    def things(self) -> int:
        """Return how many things there are together."""
        return self.reports + self.tracks + self.beaches + self.marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What of a plot goes out.

    track_uids: these tracks with their reports and the beaches they left from, and nothing else;
    None for all tracks, the reports of no track, and all beaches and marks. from_utc, to_utc: only
    reports observed then, both times included, and of the tracks only those with such a report;
    None for no end. has_places: whether beaches and marks go out at all.
    """

    plot: Plot
    track_uids: frozenset[str] | None = None
    from_utc: datetime | None = None
    to_utc: datetime | None = None
    has_places: bool = True

    @property
    def has_period(self) -> bool:
        """Return whether only a period goes out."""
        return self.from_utc is not None or self.to_utc is not None

    def lots(self) -> Iterator[tuple[Track, Lot]]:
        """Yield the tracks, in the plot's order, with the reports that go out."""
        for track in self.plot.tracks.values():
            if self.track_uids is None or track.uid in self.track_uids:
                lot = self._lot(track.reports)
                if lot or not self.has_period:
                    yield track, lot

    def unattributed(self) -> Lot:
        """Return the reports that no track claims."""
        return self._lot(self.plot.unattributed if self.track_uids is None else ())

    def tracks(self) -> Iterator[Track]:
        """Yield the tracks, in the plot's order."""
        return (track for track, _ in self.lots())

    def report_lots(self) -> Iterator[Lot]:
        """Yield the reports, track by track, then those of no track."""
        yield from (lot for _, lot in self.lots())
        yield self.unattributed()

    def reports(self) -> Iterator[Report]:
        """Yield every report, track by track, then those of no track."""
        return (report for lot in self.report_lots() for report in lot)

    def unplaced_reports(self) -> Iterator[Report]:
        """Yield the reports that have no position, in the same order."""
        for lot in self.report_lots():
            if lot.unplaced():
                yield from (report for report in lot if report.position is None)

    def beaches(self) -> list[Beach]:
        """Return the beaches, in the plot's order."""
        beaches = self.plot.beaches.values() if self.has_places else ()
        if self.track_uids is None:
            return list(beaches)
        left_from = {track.launch_beach_uid for track in self.tracks()}
        return [beach for beach in beaches if beach.uid in left_from]

    def marks(self) -> list[Mark]:
        """Return the marks, in the plot's order."""
        has_marks = self.has_places and self.track_uids is None
        return list(self.plot.marks.values()) if has_marks else []

    def counts(self) -> Counts:
        """Return how much goes out."""
        lots = [lot for _, lot in self.lots()]
        unattributed = len(self.unattributed())
        return Counts(
            reports=sum(map(len, lots)) + unattributed,
            unattributed=unattributed,
            tracks=len(lots),
            beaches=len(self.beaches()),
            marks=len(self.marks()),
        )

    def is_for_nothing(self, counts: Counts) -> bool:
        """Return whether a file would have nothing in it; of a period, no report.

        counts: what the file would hold.
        """
        return not (counts.reports if self.has_period else counts.things)

    def is_in_period(self, at_utc: datetime) -> bool:
        """Return whether a time is in the period."""
        return (self.from_utc is None or self.from_utc <= at_utc) and (
            self.to_utc is None or at_utc <= self.to_utc
        )

    def _lot(self, reports: Sequence[Report]) -> Lot:
        first, end = 0, len(reports)
        if self.from_utc is not None:
            first = bisect_left(reports, self.from_utc, key=_observed_at_utc)
        if self.to_utc is not None:
            end = bisect_right(reports, self.to_utc, key=_observed_at_utc)
        return Lot(reports, range(first, max(first, end)))


def line_deg(track: Track, lot: Lot) -> npt.NDArray[np.float64] | None:
    """Return the line through those of a track's reports that go out and are of kind position.

    (n, 2) float64, lon, lat in degrees; None until two of the positions differ.
    """
    line = track.line_deg
    if not lot.is_whole:
        line = np.array(
            [
                (report.position.lon_deg, report.position.lat_deg)
                for report in lot
                if report.kind is ReportKind.POSITION and report.position is not None
            ],
            dtype=np.float64,
        ).reshape(-1, 2)
    return line if bool((line != line[:1]).any()) else None


def _observed_at_utc(report: Report) -> datetime:
    return report.observed_at_utc
