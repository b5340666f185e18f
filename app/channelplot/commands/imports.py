"""The command that brings in what stands in a file, as one act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from channelplot.commands.command import Command, Entity
from channelplot.commands.marks import code_refusal
from channelplot.commands.merged_chartwork import with_chartwork_of
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.beach import Beach, Mark, tidy_code
from channelplot.model.log_line import LogLine
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track

T = TypeVar("T", Track, Beach, Mark, LogLine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """What a file adds to a plot, or puts in place of what has its uid there.

    tracks: each with all the reports it has then, in time order. unattributed: all reports of no
    track there are then, None for those there are.
    """

    tracks: Sequence[Track] = ()
    unattributed: Sequence[Report] | None = None
    beaches: Sequence[Beach] = ()
    marks: Sequence[Mark] = ()
    log_lines: Sequence[LogLine] = field(default_factory=tuple)


def import_file(arriving: Callable[[Plot], Arrivals], file_name: str, import_uid: str) -> Command:
    """Return the command that brings in what a file adds to the plot it is applied to.

    arriving: returns that from the plot. import_uid: the import's own identifier, by which what
    the log tells of it in several rows belongs together. The chartwork about a track that comes in
    as merged into another goes to that other. Refused, as a whole, if a track or beach has no name
    or another's, a mark's code can't be one or is taken, or a track that was merged has reports
    or the one it was merged into is not there.
    """

    def edit(plot: Plot) -> Plot:
        new = arriving(plot)
        tracks = _with(plot.tracks, new.tracks)
        after = replace(
            plot,
            tracks=tracks,
            track_blocks=plot.track_blocks.after(tracks, [track.uid for track in new.tracks]),
            unattributed=plot.unattributed if new.unattributed is None else new.unattributed,
            beaches=_with(plot.beaches, new.beaches),
            marks=_with(plot.marks, new.marks),
            log_lines=_with(plot.log_lines, new.log_lines),
        )
        _require_names(after.tracks, new.tracks)
        _require_names(after.beaches, new.beaches)
        _require_codes(plot, after, new.marks)
        for track in new.tracks:
            if track.same_as_uid is not None:
                _require_sound_merging(after, track)
                after = with_chartwork_of(after, track.uid, track.same_as_uid)
        return after

    return Command("import_file", Entity.PLOT, import_uid, edit, name=file_name)


def _with(entities: Mapping[str, T], new: Sequence[T]) -> Mapping[str, T]:
    if not new:
        return entities
    return MappingProxyType({**entities, **{entity.uid: entity for entity in new}})


def _require_names(
    entities: Mapping[str, Track] | Mapping[str, Beach], new: Sequence[Track] | Sequence[Beach]
) -> None:
    owners: dict[str, str] = {}
    for entity in entities.values():
        owners.setdefault(entity.name, entity.uid)
    for entity in new:
        if not entity.name.strip():
            raise CommandRefused(RefusalReason.NAME_EMPTY)
        if owners[entity.name] != entity.uid:
            raise CommandRefused(RefusalReason.NAME_TAKEN, entity.name)


def _require_codes(before: Plot, after: Plot, new: Sequence[Mark]) -> None:
    """Refuse codes that marks can't have, beside those before and beside each other."""
    owners: dict[str, str] = {}
    for mark in after.marks.values():
        owners.setdefault(tidy_code(mark.code), mark.uid)
    beside = replace(before, tracks=after.tracks, track_blocks=after.track_blocks)
    for mark in new:
        reason = code_refusal(beside, mark.uid, mark.code)
        if reason is None and owners[tidy_code(mark.code)] != mark.uid:
            reason = RefusalReason.CODE_TAKEN
        if reason is not None:
            raise CommandRefused(reason, mark.code)


def _require_sound_merging(plot: Plot, track: Track) -> None:
    other = plot.tracks.get(track.same_as_uid or "")
    if other is None:
        raise CommandRefused(RefusalReason.NO_SUCH_TRACK, track.name)
    if track.reports:
        raise CommandRefused(RefusalReason.MERGED, track.name, other.name)
