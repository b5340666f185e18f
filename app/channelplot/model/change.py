"""What differs between two plots."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.beach import Beach, Mark
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.log_line import LogLine
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.reference_layer import ReferenceLayer
from channelplot.model.report import Report
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


@dataclass(frozen=True, slots=True)
class Change:
    """Everything that differs between two plots, entity by entity.

    A track is listed when anything of it differs, its reports included, since its line
    is made of them.
    """

    tracks: tuple[Difference[Track], ...] = ()
    reports: tuple[Difference[Report], ...] = ()
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

    What the two share is compared by identity, so the cost follows the change and the
    number of tracks, not the number of reports.
    """
    tracks = tuple(_differences(old.tracks, new.tracks))
    reports: dict[str, Difference[Report]] = {}
    for pair in tracks:
        before = pair.before.reports if pair.before else ()
        after = pair.after.reports if pair.after else ()
        _collect(reports, before, after)
    if old.unattributed is not new.unattributed:
        _collect(reports, old.unattributed, new.unattributed)
    return Change(
        tracks=tracks,
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
