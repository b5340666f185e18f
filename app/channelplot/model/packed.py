"""Reports kept as columns of numbers: a million of them in the room of a hundred thousand.

A report is made when somebody looks at it, and is then like any other; what many of them have in
common (kind, source, who logged it, how many people) is kept once. Only what fits exactly is
packed: what is made again equals what was packed.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import Final, Self, overload

import numpy as np
import numpy.typing as npt

from channelplot.model.report import Report
from channelplot.model.report_columns import (
    EPOCH_UTC,
    Floats,
    ReportColumns,
    Rows,
    Said,
    Wholes,
)

_MILLISECOND: Final = timedelta(milliseconds=1)
_LOOKED_THROUGH: Final = 300
"""Among so many one is found as soon by looking through them."""


class PackedReports(Sequence[Report]):
    """The reports of a track, in order of time, each made when it is looked at.

    Equal to the tuple of the same reports, and to them packed elsewhere.
    """

    __slots__ = ("columns", "start", "stop", "track_uid")

    def __init__(
        self, columns: ReportColumns, start: int, stop: int, track_uid: str | None
    ) -> None:
        """Show rows of columns, from start up to stop, as reports filed under a track."""
        self.columns = columns
        self.start = start
        self.stop = stop
        self.track_uid = track_uid

    def __len__(self) -> int:
        """Return how many there are."""
        return self.stop - self.start

    @overload
    def __getitem__(self, place: int) -> Report: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Report, ...]: ...

    def __getitem__(self, place: int | slice) -> Report | tuple[Report, ...]:
        """Return one report, or some."""
        kept = self.columns.kept(self.start)
        if kept is not None and len(kept) == len(self):
            return kept[place]
        if isinstance(place, slice):
            first, end, step = place.indices(len(self))
            if step == 1:
                start = self.start + first
                return self.columns.made(start, max(start, self.start + end), self.track_uid)
            return tuple(map(self.__getitem__, range(first, end, step)))
        row = range(self.start, self.stop)[place]
        return self.columns.report(row, self.track_uid)

    def __iter__(self) -> Iterator[Report]:
        """Yield each report."""
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        """Return whether these are the same reports, however they are kept."""
        if self is other:
            return True
        if isinstance(other, PackedReports):
            return self._equals(other)
        if isinstance(other, tuple):
            return len(self) == len(other) and self._all() == other
        return NotImplemented

    def __hash__(self) -> int:
        """Return the hash of the tuple of the same reports."""
        return hash(self._all())

    def __repr__(self) -> str:
        """Return how many there are, and of what."""
        return f"<{len(self)} packed reports of {self.track_uid}>"

    @property
    def line_deg(self) -> Floats:
        """Return the line: (n, 2) float64, lon, lat in degrees, read-only."""
        places_deg = self.columns.rows.places_deg[self.start : self.stop]
        is_fix = self._is_fix()
        if is_fix.all():
            return places_deg
        line_deg = places_deg[is_fix]
        line_deg.flags.writeable = False
        return line_deg

    @property
    def fixes(self) -> Sequence[Report]:
        """Return those that make the line."""
        is_fix = self._is_fix()
        return self if is_fix.all() else self._chosen(is_fix)

    @property
    def with_people(self) -> tuple[Report, ...]:
        """Return those that say anything of how many people there are."""
        return self._chosen(self.columns.has_people[self.start : self.stop])

    @property
    def with_speed(self) -> Sequence[Report]:
        """Return those of kind position that give a speed: each made when it is looked at.

        Of a receiver's track nearly all do, and the last ones alone are asked for.
        """
        speeds_kn = self.columns.rows.numbers[self.start : self.stop, 2]
        is_of_line = self.columns.is_of_line[self.start : self.stop]
        return _Some(self, np.flatnonzero(is_of_line & ~np.isnan(speeds_kn)))

    @property
    def with_caller(self) -> tuple[Report, ...]:
        """Return those whose caller is known."""
        return self._chosen(self.columns.has_caller[self.start : self.stop])

    @property
    def longest_lag(self) -> timedelta:
        """Return how long after it was observed one was received, at most."""
        times_ms = self.columns.rows.times_ms[self.start : self.stop]
        return timedelta(milliseconds=int((times_ms[:, 1] - times_ms[:, 0]).max()))

    @property
    def said(self) -> frozenset[Said]:
        """Return what they have in common, each once."""
        numbers = set(self.columns.rows.said[self.start : self.stop].tolist())
        return frozenset(self.columns.sayings[number] for number in numbers)

    @property
    def last_placed(self) -> Report | None:
        """Return the last that has a position, None if none has."""
        placed = np.flatnonzero(self.columns.is_placed[self.start : self.stop])
        return self[int(placed[-1])] if len(placed) else None

    @property
    def last_observed_at_utc(self) -> datetime:
        """Return when the last was observed."""
        return self.columns.moment(self.stop - 1, 0)

    @property
    def last_received_at_utc(self) -> datetime:
        """Return when one was last received."""
        received_ms = self.columns.rows.times_ms[self.start : self.stop, 1]
        return self.columns.moment(self.start + int(received_ms.argmax()), 1)

    def uids(self) -> list[str]:
        """Return the identifier of each."""
        return [uid.decode() for uid in self.columns.rows.uids[self.start : self.stop].tolist()]

    def place_of(self, uid: str) -> int | None:
        """Return where the report with this uid stands among them, None if it does not."""
        if len(self) <= _LOOKED_THROUGH:
            return self.columns.place_among(uid, self.start, self.stop)
        row = self.columns.row_of(uid)
        return None if row is None or not self.start <= row < self.stop else row - self.start

    def _all(self) -> tuple[Report, ...]:
        return self.columns.reports(self.start, self.stop, self.track_uid)

    def _chosen(self, which: npt.NDArray[np.bool_]) -> tuple[Report, ...]:
        if not which.any():
            return ()
        return tuple(self[place] for place in np.flatnonzero(which).tolist())

    def _is_fix(self) -> npt.NDArray[np.bool_]:
        columns, here = self.columns, slice(self.start, self.stop)
        return columns.is_of_line[here] & columns.is_placed[here]

    def _equals(self, other: Self) -> bool:
        if len(self) != len(other) or self.track_uid != other.track_uid:
            return False
        if self.columns is other.columns and self.start == other.start:
            return True
        return _are_alike(self, slice(None), other, slice(None))


class PackedIndex(Mapping[str, int]):
    """Where each of a track's packed reports stands, by uid."""

    def __init__(self, reports: PackedReports) -> None:
        """Answer for these reports."""
        self._reports = reports

    def __getitem__(self, uid: str) -> int:
        """Return where a report stands. Raises KeyError."""
        place = self._reports.place_of(uid)
        if place is None:
            raise KeyError(uid)
        return place

    def __iter__(self) -> Iterator[str]:
        """Yield the identifiers, in order of time."""
        return iter(self._reports.uids())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._reports)


def uids_of(reports: Sequence[Report]) -> list[str]:
    """Return the identifiers of reports, without making those that are packed."""
    if isinstance(reports, PackedReports):
        return reports.uids()
    return [report.uid for report in reports]


class _Some(Sequence[Report]):
    """Some of packed reports, each made when it is looked at. places: where they stand there."""

    __slots__ = ("_places", "_reports")

    def __init__(self, reports: PackedReports, places: npt.NDArray[np.intp]) -> None:
        self._reports = reports
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Report: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Report, ...]: ...

    def __getitem__(self, place: int | slice) -> Report | tuple[Report, ...]:
        if isinstance(place, slice):
            return tuple(self._reports[each] for each in self._places[place].tolist())
        return self._reports[int(self._places[place])]


def latest_of(
    all_reports: Sequence[Sequence[Report]], most: int, among: Set[str] | None = None
) -> list[Report]:
    """Return so many of all the reports of tracks, those that were observed last; in no order.

    among: the identifiers of those that count, None for all.
    """
    if among is not None:
        chosen = [
            [reports[place] for place, uid in enumerate(uids_of(reports)) if uid in among]
            for reports in all_reports
        ]
        return latest_of(chosen, most)
    if sum(map(len, all_reports)) <= most:
        return [report for reports in all_reports for report in reports]
    times_ms = np.concatenate([_observed_ms(reports) for reports in all_reports])
    (oldest_ms,) = np.partition(times_ms, len(times_ms) - most)[len(times_ms) - most :][:1]
    found: list[Report] = []
    ends = np.cumsum([len(reports) for reports in all_reports])
    late = np.searchsorted(ends, np.flatnonzero(times_ms >= oldest_ms), side="right")
    for place, count in zip(*(some.tolist() for some in np.unique_counts(late)), strict=True):
        # Each is in order of time: these are the last of it.
        found += all_reports[place][-count:]
    return found


def latest_chosen(chosen: Sequence[tuple[Sequence[Report], Rows]], most: int) -> list[Report]:
    """Return so many of chosen reports of tracks, those that were observed last; in no order.

    chosen: the reports of each track in order of time, and the places of those chosen, ascending.
    """
    all_ms = [_observed_ms(reports)[places] for reports, places in chosen]
    times_ms = np.concatenate(all_ms)
    oldest_ms = times_ms.min(initial=0)
    if len(times_ms) > most:
        oldest_ms = np.partition(times_ms, len(times_ms) - most)[len(times_ms) - most]
    found: list[Report] = []
    for (reports, places), own_ms in zip(chosen, all_ms, strict=True):
        first = int(np.searchsorted(own_ms, oldest_ms))
        found += [reports[place] for place in places[first:].tolist()]
    return found


def _observed_ms(reports: Sequence[Report]) -> Wholes:
    if isinstance(reports, PackedReports):
        return reports.columns.rows.times_ms[reports.start : reports.stop, 0]
    moments = [(report.observed_at_utc - EPOCH_UTC) // _MILLISECOND for report in reports]
    return np.array(moments, dtype=np.int64)


def places_apart(one: PackedReports, two: PackedReports) -> tuple[Rows, Rows] | None:
    """Return the places of the reports that only one of both has; they are not made for it.

    None where both have a report that is not the same.
    """
    mine, others = (each.columns.rows.uids[each.start : each.stop] for each in (one, two))
    is_shared, is_shared_there = np.isin(mine, others), np.isin(others, mine)
    here, there = np.flatnonzero(is_shared), np.flatnonzero(is_shared_there)
    is_alike = len(here) == len(there) and one.track_uid == two.track_uid
    if not (is_alike and _are_alike(one, here, two, there)):
        return None
    return np.flatnonzero(~is_shared), np.flatnonzero(~is_shared_there)


def _are_alike(
    one: PackedReports, here: Rows | slice, two: PackedReports, there: Rows | slice
) -> bool:
    """Return whether places of one say what as many places of another do, in their order."""
    first, second = one.columns.rows, two.columns.rows
    own, other = slice(one.start, one.stop), slice(two.start, two.stop)
    return (
        np.array_equal(first.uids[own][here], second.uids[other][there])
        and np.array_equal(first.times_ms[own][here], second.times_ms[other][there])
        and all(
            np.array_equal(mine[own][here], its[other][there], equal_nan=True)
            for mine, its in (
                (first.places_deg, second.places_deg),
                (first.numbers, second.numbers),
            )
        )
        and _said_alike(one, here, two, there)
        and _words(one, here) == _words(two, there)
    )


def _said_alike(
    one: PackedReports, here: Rows | slice, two: PackedReports, there: Rows | slice
) -> bool:
    first = one.columns.rows.said[one.start : one.stop][here].tolist()
    second = two.columns.rows.said[two.start : two.stop][there].tolist()
    mine, others = one.columns.sayings, two.columns.sayings
    return all(mine[a] == others[b] for a, b in set(zip(first, second, strict=True)))


def _words(reports: PackedReports, places: Rows | slice) -> list[bytes]:
    rows, own = reports.columns.rows, slice(reports.start, reports.stop)
    starts, ends = rows.starts[own][places].tolist(), rows.ends[own][places].tolist()
    return [rows.words[first:end] for first, end in zip(starts, ends, strict=True)]
