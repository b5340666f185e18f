"""The commands that put withdrawn things back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from channelplot.commands.approach_watches import names_of_two, watch_of_the_two
from channelplot.commands.command import Command, Entity
from channelplot.commands.marks import code_refusal
from channelplot.commands.required import name_of_track, survivor_of
from channelplot.commands.searches import has_search_named
from channelplot.commands.together import together
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.beach import Beach, Mark
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.log_line import LogLine
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import ReferenceLayer
from channelplot.model.report import Report
from channelplot.model.search import PlannedSearch
from channelplot.model.track import Track

_Restorable: TypeAlias = (
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
_TAKEN: Final = frozenset({RefusalReason.CODE_TAKEN, RefusalReason.CODE_OF_TRACK})


def restore(entity: _Restorable, reason: str = "") -> Command:
    """Return the command that puts a withdrawn thing back as it stood; a track with its reports.

    A report whose track was merged since goes to the track that has the others. Refused if it
    is there, its track is not, or the one that it was merged into, or another has its name by
    now. A line of the log is put back although the track it is about is withdrawn; so are
    conditions, searches and watched approaches.
    """
    if isinstance(entity, Track):
        return _restore_track(entity, reason)
    if isinstance(entity, Report):
        return _restore_report(entity, reason)
    if isinstance(entity, Beach):
        return _restore_beach(entity, reason)
    if isinstance(entity, Mark):
        return _restore_mark(entity, reason)
    if isinstance(entity, LogLine):
        return _restore_log_line(entity, reason)
    if isinstance(entity, ConditionsEntry):
        return _restore_conditions(entity, reason)
    if isinstance(entity, ApproachWatch):
        return _restore_approach_watch(entity, reason)
    if isinstance(entity, LoadedLimit):
        return _restore_limit(entity, reason)
    if isinstance(entity, PlannedSearch):
        return _restore_search(entity, reason)
    return _restore_reference_layer(entity, reason)


def restore_several(entities: Sequence[_Restorable], reason: str = "") -> Command:
    """Return the command that puts back, as one act, what was withdrawn by one; at least one.

    What others need comes first, in whatever order they are given: beaches and marks, tracks
    before those that were merged into them, then reports. Refused, as a whole, if one is.
    """
    tracks = {entity.uid: entity for entity in entities if isinstance(entity, Track)}

    def order(entity: _Restorable) -> tuple[int, int]:
        if isinstance(entity, Track):
            return 1, _merged_steps(entity, tracks)
        return (0 if isinstance(entity, Beach | Mark) else 2), 0

    commands = [restore(entity, reason) for entity in sorted(entities, key=order)]
    return together("restore_several", commands, reason)


def _merged_steps(track: Track, tracks: Mapping[str, Track]) -> int:
    """Return through how many of the tracks, at most all, one was merged into another."""
    steps = 0
    while track.same_as_uid is not None and steps < len(tracks):
        survivor = tracks.get(track.same_as_uid)
        if survivor is None:
            break
        track = survivor
        steps += 1
    return steps


def _restore_track(track: Track, reason: str) -> Command:
    def edit(plot: Plot) -> Plot:
        _require_gone(track.uid in plot.tracks, track.name)
        for report in track.reports:
            _require_gone(plot.report(report.uid) is not None, report.uid)
        _require_name(all(other.name != track.name for other in plot.tracks.values()), track.name)
        if track.same_as_uid is not None:
            _survivor(plot, track.same_as_uid)
        return plot.with_track(track)

    return Command("restore_track", Entity.TRACK, track.uid, edit, track.name, reason)


def _restore_report(report: Report, reason: str) -> Command:
    def edit(plot: Plot) -> Plot:
        _require_gone(plot.report(report.uid) is not None, report.uid)
        if report.track_uid is None:
            return plot.with_report(report)
        survivor = _survivor(plot, report.track_uid)
        return plot.with_report(replace(report, track_uid=survivor.uid))

    name_of = name_of_track(report.track_uid)
    return Command(
        "restore_report", Entity.REPORT, report.uid, edit, reason=reason, name_of=name_of
    )


def _restore_beach(beach: Beach, reason: str) -> Command:
    def edit(plot: Plot) -> Plot:
        _require_gone(beach.uid in plot.beaches, beach.name)
        _require_name(all(other.name != beach.name for other in plot.beaches.values()), beach.name)
        return plot.with_beach(beach)

    return Command("restore_beach", Entity.BEACH, beach.uid, edit, beach.name, reason)


def _restore_mark(mark: Mark, reason: str) -> Command:
    def edit(plot: Plot) -> Plot:
        _require_gone(mark.uid in plot.marks, mark.code)
        refusal = code_refusal(plot, mark.uid, mark.code)
        _require_name(refusal not in _TAKEN, mark.code)
        return plot.with_mark(mark)

    return Command("restore_mark", Entity.MARK, mark.uid, edit, mark.code, reason)


def _restore_log_line(line: LogLine, reason: str) -> Command:
    def edit(plot: Plot) -> Plot:
        _require_gone(line.uid in plot.log_lines, line.uid)
        return plot.with_log_line(line)

    name_of = name_of_track(line.track_uid)
    return Command(
        "restore_log_line", Entity.LOG_LINE, line.uid, edit, reason=reason, name_of=name_of
    )


def _restore_conditions(entry: ConditionsEntry, reason: str) -> Command:
    def edit(plot: Plot) -> Plot:
        _require_gone(entry.uid in plot.conditions, entry.uid)
        return plot.with_conditions(entry)

    name_of = name_of_track(entry.track_uid)
    return Command(
        "restore_conditions", Entity.CONDITIONS, entry.uid, edit, reason=reason, name_of=name_of
    )


def _restore_approach_watch(watch: ApproachWatch, reason: str) -> Command:
    name_of = names_of_two(watch)

    def edit(plot: Plot) -> Plot:
        is_there = watch.uid in plot.approach_watches or watch_of_the_two(plot, watch) is not None
        _require_gone(is_there, name_of(plot))
        return plot.with_approach_watch(watch)

    return Command(
        "restore_approach_watch",
        Entity.APPROACH_WATCH,
        watch.uid,
        edit,
        reason=reason,
        name_of=name_of,
    )


def _restore_limit(limit: LoadedLimit, reason: str) -> Command:
    def edit(plot: Plot) -> Plot:
        _require_gone(limit.uid in plot.limits, limit.name)
        return plot.with_limit(limit)

    return Command("restore_limit", Entity.LIMIT, limit.uid, edit, limit.name, reason)


def _restore_search(search: PlannedSearch, reason: str) -> Command:
    def edit(plot: Plot) -> Plot:
        _require_gone(search.uid in plot.searches, search.name)
        _require_name(not has_search_named(plot, search.name), search.name)
        return plot.with_search(search)

    return Command("restore_search", Entity.SEARCH, search.uid, edit, search.name, reason)


def _restore_reference_layer(layer: ReferenceLayer, reason: str) -> Command:
    def edit(plot: Plot) -> Plot:
        _require_gone(layer.uid in plot.reference_layers, layer.name)
        return plot.with_reference_layer(layer)

    return Command(
        "restore_reference_layer", Entity.REFERENCE_LAYER, layer.uid, edit, layer.name, reason
    )


def _survivor(plot: Plot, track_uid: str) -> Track:
    track = plot.tracks.get(track_uid)
    survivor = survivor_of(plot, track) if track is not None else None
    if survivor is None:
        raise CommandRefused(RefusalReason.TRACK_WITHDRAWN, track_uid)
    return survivor


def _require_gone(is_there: bool, name: str) -> None:
    if is_there:
        raise CommandRefused(RefusalReason.ALREADY_THERE, name)


def _require_name(is_free: bool, name: str) -> None:
    if not is_free:
        raise CommandRefused(RefusalReason.NAME_TAKEN_SINCE, name)
