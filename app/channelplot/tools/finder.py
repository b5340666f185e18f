"""Which boats and reports of a plot a query finds."""

import itertools
import operator
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from channelplot.model.packed import PackedReports, latest_chosen, uids_of
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.report_columns import EPOCH_UTC, ReportColumns, Rows, Said
from channelplot.model.track import Track
from channelplot.reading.names import survivor
from channelplot.tools.find_text import (
    holds,
    packed_text,
    report_text,
    searchable,
    track_text,
)
from channelplot.tools.find_words import Key
from channelplot.tools.fold import folded
from channelplot.tools.query import (
    Caller,
    Coded,
    Condition,
    Count,
    FindContext,
    Grade,
    NoBoat,
    NotRead,
    OfBoat,
    Open,
    Period,
    Query,
    Sign,
    Unread,
    Words,
)

OfTrack = Callable[[Track | None], bool]
OfReport = Callable[[Report | Said], bool]
_WATCHED: Final = timedelta(hours=24)
"""A plot whose last report is older is looked back at: its times of day are its own."""

MOST_KEPT: Final = 20_000
"""Reports. Of a larger plot no texts are kept: they are made as they are looked through."""
MOST_FOUND: Final = 2_000
"""Of so many reports nobody reads the rest: in a larger plot those observed last are found."""
_LOT: Final = 500
"""Reports that are looked through at a time."""
_MILLISECOND: Final = timedelta(milliseconds=1)
_Chosen: TypeAlias = tuple[Sequence[Report], Rows]
"""The reports of a boat, or of none, and the places of those that are found."""


@dataclass(frozen=True, slots=True)
class Found:
    """The uids of what a query finds: of boats, and of reports with and without a boat.

    older_reports: how many reports more were found, in a large plot, than are named. listed: the
    reports that are named, where they are few of a large plot.
    """

    tracks: frozenset[str]
    reports: frozenset[str]
    older_reports: int = 0
    listed: tuple[Report, ...] = field(default=(), compare=False, repr=False)


def reference_utc(plot: Plot, now_utc: datetime) -> datetime:
    """Return the moment that times of day are taken before: now, or the end of an old plot."""
    last_utc = plot.last_observed_at_utc()
    return now_utc if last_utc is None or now_utc - last_utc < _WATCHED else last_utc


class Finder:
    """Finds boats and reports, and keeps what their texts are made alike to.

    A boat is found where it, or it and one of its reports, fulfil all conditions; a report where
    it and its boat do: so a boat that is shown has reports that are, unless it is found by what is
    known of the boat alone.
    """

    def __init__(self) -> None:
        """Start knowing no text."""
        self._reports: dict[str | None, tuple[Sequence[Report], list[tuple[Report, str]]]] = {}
        self._tracks: dict[str, tuple[Track, tuple[str, ...], str]] = {}
        self._is_full = False
        self._boats: tuple[Mapping[str, Track], Mapping[str, frozenset[str]]] | None = None
        self._merged: tuple[Mapping[str, Track], Mapping[str, tuple[str, ...]]] | None = None

    def forget(self) -> None:
        """Drop what is known: another plot is open."""
        self._reports.clear()
        self._tracks.clear()
        self._boats = self._merged = None

    def context(self, plot: Plot, now_utc: datetime) -> FindContext:
        """Return what a query for a plot is read against."""
        return FindContext(reference_utc(plot, now_utc), self._boats_of(plot))

    def _boats_of(self, plot: Plot) -> Mapping[str, frozenset[str]]:
        """Return whom each name means, by the names."""
        if self._boats is None or self._boats[0] is not plot.tracks:
            boats: dict[str, frozenset[str]] = {}
            named = plot.track_blocks.worked_out(_folded_names)
            for name, track in itertools.chain.from_iterable(named):
                uids = {track.uid, survivor(track, plot.tracks).uid}
                boats[name] = boats.get(name, frozenset()) | uids
            self._boats = plot.tracks, boats
        return self._boats[1]

    def found(self, plot: Plot, query: Query) -> Found:
        """Return what fulfils all conditions."""
        search = self.finding(plot, query)
        while True:
            try:
                next(search)
            except StopIteration as ended:
                found: Found = ended.value
                return found

    def finding(self, plot: Plot, query: Query) -> Generator[float, None, Found]:
        """Return what ``found`` does after yielding, a boat at a time, the share looked through."""
        search = _Search(query)
        self._is_full = plot.report_count() > MOST_KEPT
        tracks: set[str] = set()
        chosen: list[_Chosen] = []
        merged = self._merged_names(plot)
        for number, track in enumerate(plot.tracks.values()):
            if not search.may_be_of(track):
                continue
            left = search.left(track, self._track_text(track, merged.get(track.uid, ())))
            if left.is_nothing:
                tracks.add(track.uid)
            for lot in self._lots(track.reports):
                found = self._fulfilling(track.uid, lot, left)
                if len(found[1]):
                    tracks.add(track.uid)
                    chosen.append(found)
                yield number / len(plot.tracks)
        if search.may_be_of(None):
            for lot in self._lots(plot.unattributed):
                yield 1.0
                chosen.append(self._fulfilling(None, lot, search.left(None, "")))
        yield 1.0
        return self._found(frozenset(tracks), chosen)

    def _found(self, tracks: frozenset[str], chosen: Sequence[_Chosen]) -> Found:
        if not (chosen and self._is_full):
            return Found(tracks, frozenset(uid for each in chosen for uid in _uids_of(*each)))
        listed = latest_chosen(chosen, MOST_FOUND)
        count = sum(len(places) for _, places in chosen)
        uids = (report.uid for report in listed)
        return Found(tracks, frozenset(uids), count - len(listed), tuple(listed))

    def prepare(self, plot: Plot) -> Iterator[None]:
        """Make the texts of a plot ready, a boat at a time, so that the first search is quick."""
        for block in plot.track_blocks.blocks:
            block.worked_out(_folded_names)
            yield
        self._boats_of(plot)
        self._is_full = plot.report_count() > MOST_KEPT
        if self._is_full:
            return
        for track in plot.tracks.values():
            self._texts(track.uid, track.reports)
            yield
        self._texts(None, plot.unattributed)

    def _lots(self, reports: Sequence[Report]) -> Iterator[Sequence[Report]]:
        """Yield reports in lots that are looked through quickly, where a large plot has them."""
        if not (self._is_full and isinstance(reports, PackedReports)):
            yield reports
            return
        for start in range(reports.start, reports.stop, _LOT):
            stop = min(start + _LOT, reports.stop)
            yield PackedReports(reports.columns, start, stop, reports.track_uid)

    def _fulfilling(
        self, track_uid: str | None, reports: Sequence[Report], left: "_Left"
    ) -> _Chosen:
        """Return which reports of a boat, or of none, fulfil what is left."""
        if left.is_nothing:
            return reports, np.arange(len(reports))
        if isinstance(reports, PackedReports) and self._is_full:
            return reports, left.places_in(reports)
        chosen = self._texts(track_uid, reports) if left.words else [(r, "") for r in reports]
        for words in left.words:
            start = f" {words}" if " " not in words else f" {words.split()[0]}"
            chosen = [pair for pair in chosen if start in pair[1]]
            if " " in words:
                chosen = [pair for pair in chosen if holds(pair[1], words)]
        for condition in left.conditions:
            chosen = [pair for pair in chosen if condition(pair[0])]
        for period in left.periods:
            chosen = [pair for pair in chosen if _is_in(period, pair[0])]
        return [report for report, _ in chosen], np.arange(len(chosen))

    def _texts(self, track_uid: str | None, reports: Sequence[Report]) -> list[tuple[Report, str]]:
        """Return the reports of a boat, or of none, each with the text that words are sought in."""
        known = self._reports.get(track_uid)
        if known is not None and known[0] is reports:
            return known[1]
        if isinstance(reports, PackedReports) and self._is_full:
            return [(report, report_text(report)) for report in reports]
        before = {id(report): text for report, text in known[1]} if known is not None else {}
        pairs = [(report, before.get(id(report)) or report_text(report)) for report in reports]
        self._reports[track_uid] = reports, pairs
        return pairs

    def _track_text(self, track: Track, names: tuple[str, ...]) -> str:
        known = self._tracks.get(track.uid)
        if known is None or known[0] is not track or known[1] != names:
            self._tracks[track.uid] = known = track, names, track_text(track, names)
        return known[2]

    def _merged_names(self, plot: Plot) -> Mapping[str, tuple[str, ...]]:
        """Return the names of tracks that were merged into each track."""
        if self._merged is None or self._merged[0] is not plot.tracks:
            names: dict[str, tuple[str, ...]] = {}
            for track in plot.tracks.values():
                if track.same_as_uid is not None:
                    uid = survivor(track, plot.tracks).uid
                    names[uid] = (*names.get(uid, ()), track.name)
            self._merged = plot.tracks, names
        return self._merged[1]


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left for the reports of a boat to fulfil: words to hold, conditions and periods.

    fitting: which of what reports have in common fulfils conditions, kept while one search lasts.
    """

    words: Sequence[str]
    conditions: tuple[OfReport, ...]
    periods: Sequence[Period]
    fitting: "_Fitting"

    @property
    def is_nothing(self) -> bool:
        return not self.words and not self.conditions and not self.periods

    def places_in(self, reports: PackedReports) -> Rows:
        """Return the places of the packed reports that fulfil it; few reports are made for that."""
        here = slice(reports.start, reports.stop)
        rows = reports.columns.rows
        fits = self.fitting.of(reports.columns, self.conditions)[rows.said[here]]
        times_ms = rows.times_ms[here, 0]
        for period in self.periods:
            if period.from_utc is not None:
                fits &= times_ms >= _first_ms(period.from_utc)
            if period.until_utc is not None:
                fits &= times_ms < _first_ms(period.until_utc)
        places: Rows = np.flatnonzero(fits)
        if not self.words or not len(places) or not self._may_be_in(reports):
            return places[:0] if self.words else places
        made = tuple(reports)
        texts = [(place, report_text(made[place])) for place in places.tolist()]
        return np.array(
            [place for place, text in texts if all(holds(text, words) for words in self.words)],
            dtype=np.intp,
        )

    def _may_be_in(self, reports: PackedReports) -> bool:
        """Return whether all that is looked for stands somewhere in the words of these reports."""
        text = packed_text(reports)
        return text is None or all(
            f" {word}" in text for words in self.words for word in words.split()
        )


class _Fitting:
    """Which of what packed reports have in common fulfils conditions."""

    def __init__(self) -> None:
        self._known: dict[tuple[ReportColumns, tuple[OfReport, ...]], npt.NDArray[np.bool_]] = {}

    def of(self, columns: ReportColumns, conditions: tuple[OfReport, ...]) -> npt.NDArray[np.bool_]:
        """Return it for each of the sayings of some columns."""
        key = columns, conditions
        if key not in self._known:
            fits = [all(each(said) for each in conditions) for said in columns.sayings]
            self._known[key] = np.array(fits, dtype=np.bool_)
        return self._known[key]


class _Search:
    """A query taken apart: what boats must fulfil, what reports must, and what one of the two."""

    def __init__(self, query: Query) -> None:
        self._words: list[str] = []
        self._of_tracks: list[OfTrack] = []
        self._of_reports: list[OfReport] = []
        self._of_either: list[tuple[OfTrack, OfReport]] = []
        self._periods: list[Period] = []
        self._fitting = _Fitting()
        for condition in query.conditions:
            self._sort(condition)

    def may_be_of(self, track: Track | None) -> bool:
        """Return whether a boat, or no boat, fulfils what boats must."""
        return all(condition(track) for condition in self._of_tracks)

    def left(self, track: Track | None, text: str) -> _Left:
        """Return what the reports of a boat, or of none, must fulfil. text: the boat's."""
        either = [of_report for of_track, of_report in self._of_either if not of_track(track)]
        words = [word for word in self._words if not holds(text, word)]
        return _Left(words, (*self._of_reports, *either), self._periods, self._fitting)

    def _sort(self, condition: Condition) -> None:
        if isinstance(condition, Words):
            self._words.append(condition.words)
        elif isinstance(condition, Unread):
            self._sort_unread(condition)
        elif isinstance(condition, OfBoat):
            uids = condition.uids
            self._of_tracks.append(lambda track: track is not None and track.uid in uids)
        elif isinstance(condition, Open):
            is_open = condition.is_open
            self._of_tracks.append(lambda t: (t is None or not t.is_closed) is is_open)
        elif isinstance(condition, NoBoat):
            self._of_tracks.append(lambda track: track is None)
        elif isinstance(condition, Coded):
            self._sort_coded(condition)
        elif isinstance(condition, Period):
            self._periods.append(condition)
        else:
            self._of_reports.append(_of_report(condition))

    def _sort_unread(self, unread: Unread) -> None:
        if unread.problem is NotRead.NO_SUCH_KEY:
            self._words.append(" ".join(folded(unread.typed).split()))
        elif unread.problem is not NotRead.NO_VALUE:
            self._of_tracks.append(lambda _: False)

    def _sort_coded(self, coded: Coded) -> None:
        codes = coded.codes
        if coded.key is Key.STATUS:
            self._of_tracks.append(lambda track: track is not None and track.status in codes)
        elif coded.key is Key.CRAFT:
            self._of_tracks.append(lambda track: track is not None and track.craft in codes)
        elif coded.key is Key.TYPE:
            self._of_either.append(
                (lambda t: t is not None and t.boat_type in codes, lambda r: r.boat_type in codes)
            )
        elif coded.key is Key.KIND:
            self._of_reports.append(lambda report: report.kind in codes)
        else:
            words = coded.words
            self._of_reports.append(
                lambda report: (
                    report.source in codes or holds(searchable(report.source_name), words)
                )
            )


def _uids_of(reports: Sequence[Report], places: Rows) -> list[str]:
    if len(places) == len(reports):
        return uids_of(reports)
    return [reports[place].uid for place in places.tolist()]


def _folded_names(tracks: Iterable[Track]) -> tuple[tuple[str, Track], ...]:
    return tuple((" ".join(folded(track.name).split()), track) for track in tracks)


def _of_report(condition: Count | Grade | Caller) -> OfReport:
    if isinstance(condition, Count):
        return _count(condition)
    if isinstance(condition, Grade):
        return lambda report: report.grade.upper().startswith(condition.typed)
    return lambda report: condition.figures in report.caller


def _count(count: Count) -> OfReport:
    part, number, compare = count.part.value, count.number, _COMPARISONS[count.sign]

    def fulfils(report: Report | Said) -> bool:
        people = report.people
        told = None if people is None else getattr(people, part)
        return told is not None and compare(told, number)

    return fulfils


def _is_in(period: Period, report: Report) -> bool:
    at_utc = report.observed_at_utc
    return (period.from_utc is None or period.from_utc <= at_utc) and (
        period.until_utc is None or at_utc < period.until_utc
    )


def _first_ms(at_utc: datetime) -> int:
    """Return the first whole millisecond since 1970 that is not before a moment."""
    return -((EPOCH_UTC - at_utc) // _MILLISECOND)


_COMPARISONS: Final[Mapping[Sign, Callable[[int, int], bool]]] = {
    Sign.MORE: operator.gt,
    Sign.AT_LEAST: operator.ge,
    Sign.LESS: operator.lt,
    Sign.AT_MOST: operator.le,
    Sign.EXACTLY: operator.eq,
}
