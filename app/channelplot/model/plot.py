"""Everything in one file: tracks with their reports, and all that stands beside them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, Never, Self, TypeVar

from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.beach import Beach, Mark
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.log_line import LogLine
from channelplot.model.packed import PackedReports, latest_of
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.reference_layer import ReferenceLayer
from channelplot.model.report import Report
from channelplot.model.report_columns import ReportColumns
from channelplot.model.search import PlannedSearch
from channelplot.model.track import Track
from channelplot.model.track_blocks import TrackBlocks

T = TypeVar(
    "T",
    Track,
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


def _nothing() -> Mapping[str, Never]:
    return MappingProxyType({})


_NO_BLOCKS: Final = TrackBlocks.of({})


@dataclass(frozen=True, slots=True)
class Plot:
    """The plot: an immutable value; an edit makes a new one that shares the rest.

    The mappings are of uid to entity and never written to; unattributed holds, in time order,
    the reports no track claims. is_example: a fictional plot, marked so on chart and sheets.
    track_blocks: the same tracks in blocks that plots share, with what follows from them.
    """

    tracks: Mapping[str, Track] = field(default_factory=_nothing)
    unattributed: Sequence[Report] = ()
    beaches: Mapping[str, Beach] = field(default_factory=_nothing)
    marks: Mapping[str, Mark] = field(default_factory=_nothing)
    log_lines: Mapping[str, LogLine] = field(default_factory=_nothing)
    acknowledgements: Mapping[str, Acknowledgement] = field(default_factory=_nothing)
    conditions: Mapping[str, ConditionsEntry] = field(default_factory=_nothing)
    approach_watches: Mapping[str, ApproachWatch] = field(default_factory=_nothing)
    predicted_crossings: Mapping[str, PredictedCrossing] = field(default_factory=_nothing)
    limits: Mapping[str, LoadedLimit] = field(default_factory=_nothing)
    searches: Mapping[str, PlannedSearch] = field(default_factory=_nothing)
    reference_layers: Mapping[str, ReferenceLayer] = field(default_factory=_nothing)
    is_example: bool = False
    track_blocks: TrackBlocks = field(default=_NO_BLOCKS, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Put the tracks into blocks, unless they come with theirs."""
        if self.track_blocks.tracks is not self.tracks:
            object.__setattr__(self, "track_blocks", TrackBlocks.of(self.tracks))

    def reports(self) -> Iterator[Report]:
        """Yield every report, track by track, then the unattributed ones."""
        for track in self.tracks.values():
            yield from track.reports
        yield from self.unattributed

    def latest_reports(self, most: int, among: Set[str] | None = None) -> list[Report]:
        """Return all reports, or about so many of them: those that were observed last.

        among: the uids of those that count, None for all.
        """
        tracks = [track.reports for track in self.tracks.values()]
        return latest_of([*tracks, self.unattributed], most, among)

    def report_count(self) -> int:
        """Return the number of reports."""
        return sum(self.track_blocks.worked_out(_count_reports)) + len(self.unattributed)

    def report(self, report_uid: str) -> Report | None:
        """Return the report with this uid, None if there is none."""
        tried: ReportColumns | None = None
        # The latest tracks are looked for most.
        for edited, packed in reversed(tuple(self.track_blocks.worked_out(_edited_and_packed))):
            for track in reversed(edited):
                index = track.report_index.get(report_uid)
                if index is not None:
                    return track.reports[index]
            # Nearly all are packed together: one search finds it, or that none of them is it.
            for columns in packed:
                if columns is not tried:
                    tried = columns
                    row = columns.row_of(report_uid)
                    found = None if row is None else self._packed(columns, row)
                    if found is not None:
                        return found
        return next((r for r in self.unattributed if r.uid == report_uid), None)

    def reports_of(self, report_uids: Collection[str]) -> dict[str, Report]:
        """Return the reports with these uids, by uid; those that are not there are left out.

        Thousands of them are found much faster so than one by one.
        """
        found: dict[str, Report] = {}
        columns: dict[int, ReportColumns] = {}
        others: list[Sequence[Report]] = [self.unattributed]
        for edited, packed in self.track_blocks.worked_out(_edited_and_packed):
            others += [track.reports for track in edited]
            columns.update({id(each): each for each in packed})
        if isinstance(self.unattributed, PackedReports):
            columns[id(self.unattributed.columns)] = self.unattributed.columns
            del others[0]
        wanted = frozenset(report_uids)
        for each in columns.values():
            for track_uid, start, stop in each.runs_of(tuple(wanted)):
                here = self._filed_under(track_uid)
                if isinstance(here, PackedReports) and here.columns is each:
                    start, stop = max(start, here.start), min(stop, here.stop)
                    made = each.made(start, max(start, stop), track_uid)
                    found.update({report.uid: report for report in made if report.uid in wanted})
        for reports in others:
            found.update({report.uid: report for report in reports if report.uid in wanted})
        return found

    def make_ready(self) -> None:
        """Have the first report that is looked for found as quickly as others; on any thread."""
        for _, packed in self.track_blocks.worked_out(_edited_and_packed):
            for columns in packed:
                columns.make_ready()

    def _packed(self, columns: ReportColumns, row: int) -> Report | None:
        """Return the report in a row of packed columns where it still belongs to the plot."""
        reports = self._filed_under(columns.track_uid_of(row))
        if not isinstance(reports, PackedReports) or reports.columns is not columns:
            return None
        return reports[row - reports.start] if reports.start <= row < reports.stop else None

    def _filed_under(self, track_uid: str | None) -> Sequence[Report]:
        """Return the reports of a track, of none for None; of one that is not there, none."""
        if track_uid is None:
            return self.unattributed
        track = self.tracks.get(track_uid)
        return () if track is None else track.reports

    def last_observed_at_utc(self) -> datetime | None:
        """Return the time of the latest report, None for an empty plot."""
        lasts = [*self.track_blocks.worked_out(_last_observed_at_utc)]
        if self.unattributed:
            lasts.append(self.unattributed[-1].observed_at_utc)
        return max((at_utc for at_utc in lasts if at_utc is not None), default=None)

    def with_track(self, track: Track) -> Self:
        """Return a copy with the track added, or put in place of the one with its uid."""
        return self._with_tracks(_with(self.tracks, track), track.uid)

    def without_track(self, track_uid: str) -> Self:
        """Return a copy without the track and without its reports."""
        return self._with_tracks(_without(self.tracks, track_uid), track_uid)

    def _with_tracks(self, tracks: Mapping[str, Track], changed_uid: str) -> Self:
        """Return a copy with tracks of which one was added, changed or taken out."""
        blocks = self.track_blocks.after(tracks, (changed_uid,))
        return replace(self, tracks=tracks, track_blocks=blocks)

    def with_report(self, report: Report) -> Self:
        """Return a copy with the report where its track_uid puts it.

        A report with the same uid is replaced, wherever it stood. Raises KeyError if
        the plot has no such track.
        """
        before = self.report(report.uid)
        plot = self
        if before is not None and before.track_uid != report.track_uid:
            plot = self.without_report(report.uid)
        if report.track_uid is None:
            others = [r for r in plot.unattributed if r.uid != report.uid]
            others.append(report)
            others.sort(key=Report.time_order)
            return replace(plot, unattributed=tuple(others))
        return plot.with_track(plot.tracks[report.track_uid].with_report(report))

    def without_report(self, report_uid: str) -> Self:
        """Return a copy without the report; the same plot if there is none such."""
        report = self.report(report_uid)
        if report is None:
            return self
        if report.track_uid is None:
            return replace(
                self, unattributed=tuple(r for r in self.unattributed if r.uid != report_uid)
            )
        return self.with_track(self.tracks[report.track_uid].without_report(report_uid))

    def with_beach(self, beach: Beach) -> Self:
        """Return a copy with the beach added, or put in place of the one with its uid."""
        return replace(self, beaches=_with(self.beaches, beach))

    def without_beach(self, beach_uid: str) -> Self:
        """Return a copy without the beach."""
        return replace(self, beaches=_without(self.beaches, beach_uid))

    def with_mark(self, mark: Mark) -> Self:
        """Return a copy with the mark added, or put in place of the one with its uid."""
        return replace(self, marks=_with(self.marks, mark))

    def without_mark(self, mark_uid: str) -> Self:
        """Return a copy without the mark."""
        return replace(self, marks=_without(self.marks, mark_uid))

    def with_log_line(self, line: LogLine) -> Self:
        """Return a copy with the log line added, or put in place of the one with its uid."""
        return replace(self, log_lines=_with(self.log_lines, line))

    def without_log_line(self, line_uid: str) -> Self:
        """Return a copy without the log line."""
        return replace(self, log_lines=_without(self.log_lines, line_uid))

    def with_acknowledgement(self, acknowledgement: Acknowledgement) -> Self:
        """Return a copy with the acknowledgement added, or in place of the one with its uid."""
        return replace(self, acknowledgements=_with(self.acknowledgements, acknowledgement))

    def without_acknowledgement(self, acknowledgement_uid: str) -> Self:
        """Return a copy without the acknowledgement."""
        return replace(self, acknowledgements=_without(self.acknowledgements, acknowledgement_uid))

    def with_conditions(self, entry: ConditionsEntry) -> Self:
        """Return a copy with the conditions added, or in place of those with their uid."""
        return replace(self, conditions=_with(self.conditions, entry))

    def without_conditions(self, entry_uid: str) -> Self:
        """Return a copy without the conditions."""
        return replace(self, conditions=_without(self.conditions, entry_uid))

    def with_approach_watch(self, watch: ApproachWatch) -> Self:
        """Return a copy with the watched approach added, or in place of the one with its uid."""
        return replace(self, approach_watches=_with(self.approach_watches, watch))

    def without_approach_watch(self, watch_uid: str) -> Self:
        """Return a copy without the watched approach."""
        return replace(self, approach_watches=_without(self.approach_watches, watch_uid))

    def with_predicted_crossing(self, crossing: PredictedCrossing) -> Self:
        """Return a copy with the predicted crossing added, or in place of the one with its uid."""
        return replace(self, predicted_crossings=_with(self.predicted_crossings, crossing))

    def without_predicted_crossing(self, crossing_uid: str) -> Self:
        """Return a copy without the predicted crossing."""
        return replace(self, predicted_crossings=_without(self.predicted_crossings, crossing_uid))

    def with_limit(self, limit: LoadedLimit) -> Self:
        """Return a copy with the limit added, or in place of the one with its uid."""
        return replace(self, limits=_with(self.limits, limit))

    def without_limit(self, limit_uid: str) -> Self:
        """Return a copy without the limit."""
        return replace(self, limits=_without(self.limits, limit_uid))

    def with_search(self, search: PlannedSearch) -> Self:
        """Return a copy with the search added, or in place of the one with its uid."""
        return replace(self, searches=_with(self.searches, search))

    def without_search(self, search_uid: str) -> Self:
        """Return a copy without the search."""
        return replace(self, searches=_without(self.searches, search_uid))

    def with_reference_layer(self, layer: ReferenceLayer) -> Self:
        """Return a copy with the reference layer added, or in place of the one with its uid."""
        return replace(self, reference_layers=_with(self.reference_layers, layer))

    def without_reference_layer(self, layer_uid: str) -> Self:
        """Return a copy without the reference layer."""
        return replace(self, reference_layers=_without(self.reference_layers, layer_uid))


def _with(entities: Mapping[str, T], entity: T) -> Mapping[str, T]:
    return MappingProxyType({**entities, entity.uid: entity})


def _without(entities: Mapping[str, T], uid: str) -> Mapping[str, T]:
    return MappingProxyType({u: e for u, e in entities.items() if u != uid})


def _count_reports(tracks: Iterable[Track]) -> int:
    return sum(len(track.reports) for track in tracks)


def _last_observed_at_utc(tracks: Iterable[Track]) -> datetime | None:
    lasts = (track.last_observed_at_utc for track in tracks)
    return max((at_utc for at_utc in lasts if at_utc is not None), default=None)


def _edited_and_packed(
    tracks: Iterable[Track],
) -> tuple[tuple[Track, ...], tuple[ReportColumns, ...]]:
    """Return the tracks whose reports are not packed, and the columns that the others' are in."""
    edited: list[Track] = []
    packed: list[ReportColumns] = []
    for track in tracks:
        if not isinstance(track.reports, PackedReports):
            edited.append(track)
        elif not packed or packed[-1] is not track.reports.columns:
            packed.append(track.reports.columns)
    return tuple(edited), tuple(packed)
