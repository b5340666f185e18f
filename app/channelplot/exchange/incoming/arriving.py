"""What a plan adds to a plot, put together in one go; and the command that does it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.commands.command import Command, Entity
from channelplot.commands.imports import Arrivals, import_file
from channelplot.exchange.incoming.conflict import Conflict
from channelplot.exchange.incoming.differing import line_uid
from channelplot.exchange.incoming.matching import columns_of, home_among
from channelplot.exchange.incoming.naming import FreeNames, free_codes
from channelplot.exchange.incoming.plan import (
    UNATTRIBUTED,
    ImportPlan,
    craft_of,
    new_rows,
    plan_import,
)
from channelplot.model.beach import Beach, Mark, tidy_code
from channelplot.model.ids import new_uid
from channelplot.model.log_line import LogLine
from channelplot.model.packed import PackedReports
from channelplot.model.packing import Sayings, packed, piece_of
from channelplot.model.piece_stack import PieceStack
from channelplot.model.plot import Plot
from channelplot.model.repacking import compacted, filed_under, renumbered, some_rows
from channelplot.model.report import Report
from channelplot.model.report_columns import Piece, ReportColumns, Rows
from channelplot.model.track import Track
from channelplot.reading.names import survivor

Wording = Callable[[Conflict, Mapping[str, str], str], str]
"""Words for the log: of a conflict, the fields of the version that was not taken, the file."""
_MOST_UNPACKED: Final = 2_000
"""So many reports, of tracks that get some to those they have, are kept as edited ones are."""
_NO_TRACK: Final = -1


def import_command(plan: ImportPlan, wording: Wording, at_utc: datetime, operator: str) -> Command:
    """Return the command that brings in what a plan takes, as one act.

    Applied to another plot than the one planned for, it is planned anew by the same choices.
    wording: for lines of the log, at_utc and operator theirs. See ``import_file`` for what is
    refused.
    """

    def planned_for(plot: Plot) -> ImportPlan:
        if plot is plan.plot:
            return plan
        return plan_import(plan.incoming, plot, plan.withdrawn_uids, plan.choices)

    def arriving(plot: Plot) -> Arrivals:
        return _Arriving(planned_for(plot)).arrivals(wording, at_utc, operator)

    def merging(plot: Plot) -> Arrivals:
        return _Arriving(planned_for(plot), is_merging=True).arrivals(wording, at_utc, operator)

    def edit(plot: Plot) -> Plot:
        if _is_merging(planned_for(plot)):
            # Whose reports they are follows from that, and is compared only then.
            plot = import_file(merging, name, uid).edit(plot)
        return import_file(arriving, name, uid).edit(plot)

    name, uid = plan.incoming.path.name, new_uid()
    return replace(import_file(arriving, name, uid), edit=edit)


def _is_merging(plan: ImportPlan) -> bool:
    """Return whether a plan merges tracks of the plot, or takes merging back."""
    return any(
        each.version.same_as_uid != each.current.same_as_uid
        for each in plan.matched.differing
        if isinstance(each.version, Track)
        and isinstance(each.current, Track)
        and plan.takes_version(each)
    )


class _Arriving:
    """Puts together what a plan takes; is_merging: of other versions those of tracks alone."""

    def __init__(self, plan: ImportPlan, *, is_merging: bool = False) -> None:
        self._plan = plan
        self._plot = plan.plot
        self._is_merging = is_merging
        differing = plan.matched.differing
        self._taken = [
            each
            for each in differing
            if plan.takes_version(each) and not (is_merging and each.entity is not Entity.TRACK)
        ]

    def arrivals(self, wording: Wording, at_utc: datetime, operator: str) -> Arrivals:
        plan = self._plan
        tracks = self._tracks()
        reports = self._reports(tracks)
        changed = [
            replace(track, reports=reports.get(uid, track.reports))
            for uid, track in tracks.items()
            if uid in reports or track is not self._plot.tracks.get(uid)
        ]
        places = [place for place in plan.places if plan.takes(place.uid)]
        beaches = [place for place in places if isinstance(place, Beach)]
        marks = [place for place in places if isinstance(place, Mark)]
        self._take_places(beaches, marks)
        return Arrivals(
            tracks=changed,
            unattributed=reports.get(None),
            beaches=beaches,
            marks=marks,
            log_lines=list(self._lines(tracks, wording, at_utc, operator)),
        )

    def _tracks(self) -> dict[str, Track]:
        """Return the tracks there will be, with the reports that they have now."""
        plan = self._plan
        tracks = dict(self._plot.tracks)
        for each in plan.reports:
            if each.is_new_track and plan.takes(each.uid):
                new = plan.matched.new_tracks[each.uid]
                craft = craft_of(new, plan.choices)
                tracks[each.uid] = replace(new.track, name=each.name, craft=craft)
        names = {track.name for track in tracks.values()}
        for taken in self._taken:
            if isinstance(taken.version, Track):
                ours = tracks[taken.uid]
                others = names - {ours.name}
                name = FreeNames(others).give(taken.version.name)
                names = others | {name}
                tracks[taken.uid] = replace(taken.version, name=name, reports=ours.reports)
        for uid, track in tracks.items():
            if track.same_as_uid is not None and survivor(track, tracks) is track:
                # What it was merged into did not come in, or was merged into this one.
                tracks[uid] = replace(track, same_as_uid=None)
        return tracks

    def _reports(self, tracks: Mapping[str, Track]) -> dict[str | None, Sequence[Report]]:
        """Return all reports of each track that has others than now, and of none."""
        plan = self._plan
        columns = columns_of(plan.incoming)
        new: dict[str | None, list[Rows]] = {}
        for uid, rows in new_rows(plan.incoming, plan.matched):
            if plan.takes(plan.matched.homes[uid] or UNATTRIBUTED):
                new.setdefault(self._home(uid, tracks), []).append(rows)
        moving = self._moving(tracks)
        fresh = {
            home: parts[0]
            for home, parts in new.items()
            if len(parts) == 1 and home not in moving and not self._now(home)
        }
        found: dict[str | None, Sequence[Report]] = {}
        if columns is not None:
            found.update(_filed(columns, fresh))
        mixed: list[_Mixed] = []
        for home in dict.fromkeys((*new, *moving)):
            if home not in fresh:
                leaving, coming = moving.get(home, (frozenset(), []))
                mixed.append(_Mixed(home, self._now(home), leaving, coming, new.get(home, [])))
        found.update(_put_together(mixed, columns))
        return found

    def _home(self, uid: str | None, tracks: Mapping[str, Track]) -> str | None:
        """Return the track of the plot that has the reports of one of the file's in the end."""
        own = self._plan.matched.own[uid]
        return home_among(tracks, own if own in tracks else self._plan.matched.homes[uid])

    def _now(self, home: str | None) -> Sequence[Report]:
        """Return the reports of a track, or of none, before anything comes in."""
        if home is None:
            return self._plot.unattributed
        track = self._plot.tracks.get(home)
        return () if track is None else track.reports

    def _moving(
        self, tracks: Mapping[str, Track]
    ) -> dict[str | None, tuple[set[str], list[Report]]]:
        """Return which reports leave each track, and those that come to it as the plot has them.

        Those of which the file's version is taken; and all of a track that is merged by it.
        """
        moving: dict[str | None, tuple[set[str], list[Report]]] = {}

        def move(uid: str, before: str | None, report: Report) -> None:
            end = home_among(tracks, report.track_uid)
            moving.setdefault(before, (set(), []))[0].add(uid)
            moving.setdefault(end, (set(), []))[1].append(replace(report, track_uid=end))

        for each in self._taken:
            if isinstance(each.version, Report) and isinstance(each.current, Report):
                version = _filed_as_may_be(each.version, each.current, tracks)
                if version != each.current:
                    move(each.uid, each.current.track_uid, version)
        for uid, track in self._plot.tracks.items():
            if track.reports and tracks[uid].same_as_uid is not None:
                gone = moving[uid][0] if uid in moving else ()
                for report in tuple(track.reports):
                    if report.uid not in gone:
                        move(report.uid, uid, report)
        return moving

    def _take_places(self, beaches: list[Beach], marks: list[Mark]) -> None:
        """Add the file's versions of beaches and marks, with names and codes that are free."""
        for each in self._taken:
            version = each.version
            if isinstance(version, Beach):
                others = {b.name for b in [*self._plot.beaches.values(), *beaches]}
                name = FreeNames(others - {each.name}).give(version.name)
                beaches.append(replace(version, name=name))
            elif isinstance(version, Mark):
                codes = {tidy_code(m.code) for m in [*self._plot.marks.values(), *marks]}
                codes |= {tidy_code(track.name) for track in self._plot.tracks.values()}
                free = free_codes(codes - {tidy_code(each.name)})
                code = free.give(tidy_code(version.code))
                marks.append(replace(version, code=code, name=version.name.strip() or code))

    @staticmethod
    def _is_as_it_was(taken: Conflict, tracks: Mapping[str, Track]) -> bool:
        """Return whether nothing is taken: only another track, which was left out."""
        now, version = taken.current, taken.version
        if not (isinstance(now, Report) and isinstance(version, Report)):
            return False
        return _filed_as_may_be(version, now, tracks) == now

    def _lines(
        self, tracks: Mapping[str, Track], wording: Wording, at_utc: datetime, operator: str
    ) -> Iterator[LogLine]:
        """Yield a line of the log for each version that was not taken and is not kept yet."""
        plan = self._plan
        for each in (*plan.conflicts, *plan.decided):
            if self._is_merging and each.entity is not Entity.TRACK:
                continue
            fields = each.theirs
            if plan.takes_version(each):
                if self._is_as_it_was(each, tracks):
                    continue
                fields = each.ours
            uid = line_uid(each, fields)
            if uid in self._plot.log_lines or uid in plan.withdrawn_uids:
                continue
            about = each.current
            track_uid = about.uid if isinstance(about, Track) else None
            if isinstance(about, Report):
                track_uid = about.track_uid
            text = wording(each, fields, plan.incoming.path.name)
            yield LogLine(uid=uid, at_utc=at_utc, text=text, operator=operator, track_uid=track_uid)


def _filed_as_may_be(version: Report, now: Report, tracks: Mapping[str, Track]) -> Report:
    """Return the file's version of a report, where it is now if its track was left out."""
    if version.track_uid is None or version.track_uid in tracks:
        return version
    return replace(version, track_uid=now.track_uid)


def _filed(
    columns: ReportColumns, rows_by_track: Mapping[str | None, Rows]
) -> dict[str | None, PackedReports]:
    """Return rows as the reports of tracks; without a copy where they are all there are."""
    in_order = sorted(rows_by_track.items(), key=lambda each: int(each[1][0]))
    counts = [len(rows) for _, rows in in_order]
    piece = columns.rows
    if sum(counts) < len(piece.uids):
        if not in_order:
            return {}
        piece = some_rows(piece, np.concatenate([rows for _, rows in in_order]))
    return filed_under(piece, columns.sayings, counts, [home for home, _ in in_order])


@dataclass(frozen=True, slots=True)
class _Mixed:
    """The reports of a track, or of none: those now, without some, with others, and new rows."""

    home: str | None
    now: Sequence[Report]
    leaving: Collection[str]
    coming: Sequence[Report]
    rows: Sequence[Rows]

    def __len__(self) -> int:
        """Return about how many there are."""
        return len(self.now) + len(self.coming) + sum(map(len, self.rows))

    def unpacked(self, columns: ReportColumns | None) -> Sequence[Report]:
        """Return them, each made."""
        reports = [report for report in self.now if report.uid not in self.leaving]
        reports += self.coming
        if columns is not None:
            for rows in self.rows:
                reports += [columns.report(row, self.home) for row in rows.tolist()]
        return tuple(sorted(reports, key=Report.time_order))

    def pieces(self, columns: ReportColumns | None, sayings: Sayings) -> list[Piece] | None:
        """Return them as columns, None where any can't be packed."""
        pieces: list[Piece | None] = [piece_of(self.coming, sayings)]
        if isinstance(self.now, PackedReports):
            stay = np.array([uid not in self.leaving for uid in self.now.uids()], dtype=np.bool_)
            rows = self.now.start + np.flatnonzero(stay)
            pieces.append(_part(self.now.columns, rows, sayings))
        else:
            staying = [report for report in self.now if report.uid not in self.leaving]
            pieces.append(piece_of(staying, sayings))
        if columns is not None:
            pieces += [_part(columns, rows, sayings) for rows in self.rows]
        whole = [piece for piece in pieces if piece is not None]
        return whole if len(whole) == len(pieces) else None


def _put_together(
    mixed: Sequence[_Mixed], columns: ReportColumns | None
) -> dict[str | None, Sequence[Report]]:
    """Return the reports of each, packed where they are many together."""
    if sum(map(len, mixed)) <= _MOST_UNPACKED:
        return {each.home: each.unpacked(columns) for each in mixed}
    found: dict[str | None, Sequence[Report]] = {each.home: () for each in mixed}
    sayings, stack = Sayings(), PieceStack()
    filed: list[npt.NDArray[np.int32]] = []
    uids: list[str] = []
    for each in mixed:
        pieces = each.pieces(columns, sayings)
        if pieces is None:
            found[each.home] = each.unpacked(columns)
            continue
        place = _NO_TRACK if each.home is None else len(uids)
        uids += [] if each.home is None else [each.home]
        for piece in pieces:
            stack.add(piece)
            filed.append(np.full(len(piece.uids), place, dtype=np.int32))
    return found | packed([stack.taken()], filed, uids, sayings)


def _part(columns: ReportColumns, rows: Rows, sayings: Sayings) -> Piece:
    return renumbered(compacted(some_rows(columns.rows, rows)), columns.sayings, sayings)
