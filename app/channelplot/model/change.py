"""What differs between two plots."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np

from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.beach import Beach, Mark
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.log_line import LogLine
from channelplot.model.packed import PackedReports, places_apart
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.reference_layer import ReferenceLayer
from channelplot.model.report import Report
from channelplot.model.report_columns import Rows
from channelplot.model.search import PlannedSearch
from channelplot.model.track import Track

T = TypeVar(
    "T",
    Track,
    Report,
    Beach,
    Mark,
    LogLine,
    Acknowledgement,
    ConditionsEntry,
    ApproachWatch,
    PredictedCrossing,
    LoadedLimit,
    PlannedSearch,
    ReferenceLayer,
)


_MADE_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Difference(Generic[T]):
    """One entity before and after: None before if added, None after if withdrawn."""

    before: T | None
    after: T | None

    @property
    def uid(self) -> str:
        """Return the uid of the entity."""
        entity = self.after if self.after is not None else self.before
        assert entity is not None, "a difference has a before or an after"
        return entity.uid


@dataclass(frozen=True, slots=True, eq=False)
class PartOfTrack:
    """Packed reports that a track got or lost, while the others stayed as they were.

    gone, come: their places among those before, and among those after.
    """

    before: PackedReports
    after: PackedReports
    gone: Rows
    come: Rows

    @classmethod
    def of(cls, pair: Difference[Track]) -> "PartOfTrack | None":
        """Return what a track got and lost, None where that is not all that differs."""
        before, after = _reports_of(pair)
        if before is after or not isinstance(before, PackedReports):
            return None
        apart = places_apart(before, after) if isinstance(after, PackedReports) else None
        if apart is None or not isinstance(after, PackedReports):
            return None
        return cls(before, after, *apart)

    def __len__(self) -> int:
        """Return how many reports these are."""
        return len(self.gone) + len(self.come)

    def each(self) -> Iterator[Difference[Report]]:
        """Yield each, made few by few."""
        for report in _some_few_by_few(self.before, self.gone):
            yield Difference(report, None)
        for report in _some_few_by_few(self.after, self.come):
            yield Difference(None, report)

    def has_lost(self, report_uid: str) -> bool:
        """Return whether a report is one of those that it lost."""
        return _is_among(self.before, self.gone, report_uid)

    def has(self, report_uid: str) -> bool:
        """Return whether a report is one of these."""
        return self.has_lost(report_uid) or _is_among(self.after, self.come, report_uid)


@dataclass(frozen=True, slots=True)
class Change:
    """Everything that differs between two plots, entity by entity.

    A track is listed when anything of it differs, its reports included, since its line
    is made of them. reports: but for those of ``whole_tracks``, which came or went with all
    their reports, packed, and of ``parts``: an import has a million of them. ``each_report``
    yields them too.
    """

    tracks: tuple[Difference[Track], ...] = ()
    reports: tuple[Difference[Report], ...] = ()
    whole_tracks: tuple[Difference[Track], ...] = ()
    parts: tuple[PartOfTrack, ...] = ()
    beaches: tuple[Difference[Beach], ...] = ()
    marks: tuple[Difference[Mark], ...] = ()
    log_lines: tuple[Difference[LogLine], ...] = ()
    acknowledgements: tuple[Difference[Acknowledgement], ...] = ()
    conditions: tuple[Difference[ConditionsEntry], ...] = ()
    approach_watches: tuple[Difference[ApproachWatch], ...] = ()
    predicted_crossings: tuple[Difference[PredictedCrossing], ...] = ()
    limits: tuple[Difference[LoadedLimit], ...] = ()
    searches: tuple[Difference[PlannedSearch], ...] = ()
    reference_layers: tuple[Difference[ReferenceLayer], ...] = ()

    def each_report(self) -> Iterator[Difference[Report]]:
        """Yield every report that differs, those of whole tracks made one after another."""
        yield from self.reports
        for pair in self.whole_tracks:
            if pair.before is not None:
                yield from (Difference(each, None) for each in _few_by_few(pair.before.reports))
            if pair.after is not None:
                yield from (Difference(None, each) for each in _few_by_few(pair.after.reports))
        for part in self.parts:
            yield from part.each()

    @property
    def report_count(self) -> int:
        """Return how many reports differ."""
        whole = (len(reports) for pair in self.whole_tracks for reports in _reports_of(pair))
        return len(self.reports) + sum(whole) + sum(map(len, self.parts))

    def has_report(self, report_uid: str) -> bool:
        """Return whether a report differs."""
        return (
            any(pair.uid == report_uid for pair in self.reports)
            or any(part.has(report_uid) for part in self.parts)
            or any(
                report_uid in track.report_index
                for pair in self.whole_tracks
                for track in (pair.before, pair.after)
                if track is not None
            )
        )

    def has_lost_report(self, report_uid: str) -> bool:
        """Return whether a report went with its whole track, or with many others of it."""
        return any(part.has_lost(report_uid) for part in self.parts) or any(
            pair.before is not None and report_uid in pair.before.report_index
            for pair in self.whole_tracks
        )

    @property
    def is_empty(self) -> bool:
        """Return whether nothing differs."""
        return not any(
            (
                self.tracks,
                self.reports,
                self.beaches,
                self.marks,
                self.log_lines,
                self.acknowledgements,
                self.conditions,
                self.approach_watches,
                self.predicted_crossings,
                self.limits,
                self.searches,
                self.reference_layers,
            )
        )


def difference(old: Plot, new: Plot) -> Change:
    """Return what differs between two plots.

    What the two share is compared by identity, blocks of tracks first, so the cost follows the
    change, not the number of tracks or reports.
    """
    blocks, others = old.track_blocks, new.track_blocks
    tracks = tuple(_differences(blocks.besides(others), others.besides(blocks)))
    reports: dict[str, Difference[Report]] = {}
    parts: list[PartOfTrack] = []
    for pair in tracks:
        part = PartOfTrack.of(pair)
        if part is not None:
            parts.append(part)
        elif not _is_whole(pair):
            _collect(reports, *_reports_of(pair))
    if old.unattributed is not new.unattributed:
        _collect(reports, old.unattributed, new.unattributed)
    whole_tracks = tuple(filter(_is_whole, tracks))
    if _may_share_reports(whole_tracks, parts, reports):
        for pair in whole_tracks:
            _collect(reports, *_reports_of(pair))
        for part in parts:
            _collect(reports, part.before, part.after)
        whole_tracks, parts = (), []
    return Change(
        tracks=tracks,
        whole_tracks=whole_tracks,
        parts=tuple(filter(len, parts)),
        reports=tuple(pair for pair in reports.values() if pair.before != pair.after),
        beaches=tuple(_differences(old.beaches, new.beaches)),
        marks=tuple(_differences(old.marks, new.marks)),
        log_lines=tuple(_differences(old.log_lines, new.log_lines)),
        acknowledgements=tuple(_differences(old.acknowledgements, new.acknowledgements)),
        conditions=tuple(_differences(old.conditions, new.conditions)),
        approach_watches=tuple(_differences(old.approach_watches, new.approach_watches)),
        predicted_crossings=tuple(_differences(old.predicted_crossings, new.predicted_crossings)),
        limits=tuple(_differences(old.limits, new.limits)),
        searches=tuple(_differences(old.searches, new.searches)),
        reference_layers=tuple(_differences(old.reference_layers, new.reference_layers)),
    )


def _differences(old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[Difference[T]]:
    if old is new:
        return
    for uid, before in old.items():
        after = new.get(uid)
        if after is not before and after != before:
            yield Difference(before, after)
    for uid, after in new.items():
        if uid not in old:
            yield Difference(None, after)


def _is_whole(pair: Difference[Track]) -> bool:
    """Return whether a track came or went, with reports that are packed."""
    before, after = _reports_of(pair)
    if pair.before is not None and pair.after is not None:
        return False
    return isinstance(before, PackedReports) or isinstance(after, PackedReports)


def _reports_of(pair: Difference[Track]) -> tuple[Sequence[Report], Sequence[Report]]:
    before, after = (
        None if track is None else track.reports for track in (pair.before, pair.after)
    )
    return before or (), after or ()


def _may_share_reports(
    whole_tracks: Sequence[Difference[Track]],
    parts: Sequence[PartOfTrack],
    others: Mapping[str, Difference[Report]],
) -> bool:
    """Return whether a report may have gone from or to one of the tracks rather than with it."""
    has_going = any(pair.before is not None for pair in whole_tracks)
    has_coming = any(pair.before is None for pair in whole_tracks)
    has_going = has_going or any(len(part.gone) for part in parts)
    has_coming = has_coming or any(len(part.come) for part in parts)
    if has_going and has_coming:
        return True
    packed = [each for pair in whole_tracks for each in _reports_of(pair)]
    packed += [part.before if has_going else part.after for part in parts]
    columns = {id(each.columns): each.columns for each in packed if isinstance(each, PackedReports)}
    return any(each.row_of(uid) is not None for each in columns.values() for uid in others)


def _few_by_few(reports: Sequence[Report]) -> Iterator[Report]:
    """Yield reports, of packed ones no more made at a time than are needed soon."""
    for start in range(0, len(reports), _MADE_AT_ONCE):
        yield from reports[start : start + _MADE_AT_ONCE]


def _some_few_by_few(reports: Sequence[Report], places: Rows) -> Iterator[Report]:
    """Yield the reports in some places, ascending, no more made at a time than needed soon."""
    for start in range(0, len(places), _MADE_AT_ONCE):
        some = places[start : start + _MADE_AT_ONCE].tolist()
        lot = reports[some[0] : some[-1] + 1]
        yield from (lot[place - some[0]] for place in some)


def _is_among(reports: PackedReports, places: Rows, report_uid: str) -> bool:
    place = reports.place_of(report_uid)
    return place is not None and bool(np.any(places == place))


def _collect(
    found: dict[str, Difference[Report]], before: Sequence[Report], after: Sequence[Report]
) -> None:
    """Add the reports that differ; one that moved between two tracks becomes one pair."""
    if before is after:
        return
    # Those that are packed are all made at once, and are the same as those that were edited.
    before, after = tuple(before), tuple(after)
    start = 0
    shortest = min(len(before), len(after))
    while start < shortest and before[start] is after[start]:
        start += 1
    end = 0
    while end < shortest - start and before[-1 - end] is after[-1 - end]:
        end += 1
    for report in before[start : len(before) - end]:
        known = found.get(report.uid)
        found[report.uid] = Difference(report, known.after if known else None)
    for report in after[start : len(after) - end]:
        known = found.get(report.uid)
        found[report.uid] = Difference(known.before if known else None, report)
