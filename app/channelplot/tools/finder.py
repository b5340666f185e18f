"""Which boats and reports of a plot a query finds."""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channelplot.model.packed import PackedReports
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.reading.names import survivor
from channelplot.tools.find_text import holds, report_text, searchable, track_text
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
OfReport = Callable[[Report], bool]
_WATCHED: Final = timedelta(hours=24)
"""A plot whose last report is older is looked back at: its times of day are its own."""

MOST_KEPT: Final = 200_000
"""Reports. Of a larger plot no texts are kept: they are made as they are looked through."""


@dataclass(frozen=True, slots=True)
class Found:
    """The uids of what a query finds: of boats, and of reports with and without a boat."""

    tracks: frozenset[str]
    reports: frozenset[str]


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
        self._merged: tuple[Mapping[str, Track], Mapping[str, tuple[str, ...]]] | None = None

    def forget(self) -> None:
        """Drop what is known: another plot is open."""
        self._reports.clear()
        self._tracks.clear()
        self._merged = None

    def context(self, plot: Plot, now_utc: datetime) -> FindContext:
        """Return what a query for a plot is read against."""
        boats: dict[str, frozenset[str]] = {}
        for track in plot.tracks.values():
            name = " ".join(folded(track.name).split())
            uids = {track.uid, survivor(track, plot.tracks).uid}
            boats[name] = boats.get(name, frozenset()) | uids
        return FindContext(reference_utc(plot, now_utc), boats)

    def found(self, plot: Plot, query: Query) -> Found:
        """Return what fulfils all conditions."""
        search = _Search(query)
        self._is_full = plot.report_count() > MOST_KEPT
        tracks: set[str] = set()
        reports: set[str] = set()
        merged = self._merged_names(plot)
        for track in plot.tracks.values():
            if not search.may_be_of(track):
                continue
            left = search.left(track, self._track_text(track, merged.get(track.uid, ())))
            if left.is_nothing:
                tracks.add(track.uid)
                reports.update(track.report_index)
                continue
            count = len(reports)
            reports.update(self._fulfilling(track.uid, track.reports, left))
            if len(reports) > count:
                tracks.add(track.uid)
        if search.may_be_of(None):
            reports.update(self._fulfilling(None, plot.unattributed, search.left(None, "")))
        return Found(frozenset(tracks), frozenset(reports))

    def prepare(self, plot: Plot) -> Iterator[None]:
        """Make the texts of a plot ready, a boat at a time, so that the first search is quick."""
        if plot.report_count() > MOST_KEPT:
            return
        for track in plot.tracks.values():
            self._texts(track.uid, track.reports)
            yield
        self._texts(None, plot.unattributed)

    def _fulfilling(
        self, track_uid: str | None, reports: Sequence[Report], left: "_Left"
    ) -> list[str]:
        """Return the uids of the reports of a boat, or of none, that fulfil what is left."""
        chosen = self._texts(track_uid, reports) if left.words else [(r, "") for r in reports]
        for words in left.words:
            start = f" {words}" if " " not in words else f" {words.split()[0]}"
            chosen = [pair for pair in chosen if start in pair[1]]
            if " " in words:
                chosen = [pair for pair in chosen if holds(pair[1], words)]
        for condition in left.conditions:
            chosen = [pair for pair in chosen if condition(pair[0])]
        return [report.uid for report, _ in chosen]

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
    """What is left for the reports of a boat to fulfil: words to hold, and conditions."""

    words: Sequence[str]
    conditions: Sequence[OfReport]

    @property
    def is_nothing(self) -> bool:
        return not self.words and not self.conditions


class _Search:
    """A query taken apart: what boats must fulfil, what reports must, and what one of the two."""

    def __init__(self, query: Query) -> None:
        self._words: list[str] = []
        self._of_tracks: list[OfTrack] = []
        self._of_reports: list[OfReport] = []
        self._of_either: list[tuple[OfTrack, OfReport]] = []
        for condition in query.conditions:
            self._sort(condition)

    def may_be_of(self, track: Track | None) -> bool:
        """Return whether a boat, or no boat, fulfils what boats must."""
        return all(condition(track) for condition in self._of_tracks)

    def left(self, track: Track | None, text: str) -> _Left:
        """Return what the reports of a boat, or of none, must fulfil. text: the boat's."""
        either = [of_report for of_track, of_report in self._of_either if not of_track(track)]
        words = [word for word in self._words if not holds(text, word)]
        return _Left(words, (*self._of_reports, *either))

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


def _of_report(condition: Count | Period | Grade | Caller) -> OfReport:
    if isinstance(condition, Count):
        return _count(condition)
    if isinstance(condition, Period):
        return _period(condition)
    if isinstance(condition, Grade):
        return lambda report: report.grade.upper().startswith(condition.typed)
    return lambda report: condition.figures in report.caller


def _count(count: Count) -> OfReport:
    part, number, compare = count.part.value, count.number, _COMPARISONS[count.sign]

    def fulfils(report: Report) -> bool:
        people = report.people
        told = None if people is None else getattr(people, part)
        return told is not None and compare(told, number)

    return fulfils


def _period(period: Period) -> OfReport:
    from_utc, until_utc = period.from_utc, period.until_utc

    def fulfils(report: Report) -> bool:
        at_utc = report.observed_at_utc
        return (from_utc is None or from_utc <= at_utc) and (
            until_utc is None or at_utc < until_utc
        )

    return fulfils


_COMPARISONS: Final[Mapping[Sign, Callable[[int, int], bool]]] = {
    Sign.MORE: operator.gt,
    Sign.AT_LEAST: operator.ge,
    Sign.LESS: operator.lt,
    Sign.AT_MOST: operator.le,
    Sign.EXACTLY: operator.eq,
}
