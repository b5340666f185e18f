"""What would come into a plot from a file, and what it would meet there: before anything does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.errors import ImportFault
from channelplot.exchange.incoming.conflict import Conflict
from channelplot.exchange.incoming.differing import line_uid
from channelplot.exchange.incoming.incoming import Incoming, IncomingTrack
from channelplot.exchange.incoming.matching import (
    GONE,
    KNOWN,
    NEW,
    Matched,
    columns_of,
    matched,
)
from channelplot.exchange.incoming.naming import FreeNames, free_codes
from channelplot.geodesy.bounds import Bounds
from channelplot.model.beach import Beach, Mark, tidy_code
from channelplot.model.codes import PEOPLE_CRAFTS, Craft
from channelplot.model.plot import Plot
from channelplot.model.report_columns import Rows

UNATTRIBUTED: Final = ""
"""Stands for the reports of no track, among the choices and the items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChoices:
    """What somebody chose of a plan.

    taken: by uid whether an item comes in: a track with its new reports, the new reports of no
    track together (UNATTRIBUTED), a new beach or mark; what is not named comes in. versions: by
    uid whether the file's version of what the plot has otherwise comes in; what is not named
    does where it only tells more, and of a conflict where conflicts_taken. with_places: whether
    new beaches and marks come in at all. craft: of new tracks of which the file does not say;
    None for what those of such a file usually are, else other.
    """

    taken: Mapping[str, bool] = field(default_factory=dict)
    versions: Mapping[str, bool] = field(default_factory=dict)
    conflicts_taken: bool = False
    with_places: bool = True
    craft: Craft | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReports:
    """The reports of one track, or of no track, that the plot does not have.

    uid: the track's in the plot, UNATTRIBUTED for no track. name: it will have in the plot;
    name_in_file: "" where it is the same. is_new_track: the plot does not have the track either;
    it may have no reports then. craft: as the file says, else as chosen. first_at_utc, last_at_utc:
    when the first and the last were observed, None without reports. positions_deg: (n, 2) float64,
    lon, lat on WGS 84, of those that have a position, in time order.
    """

    uid: str
    name: str
    name_in_file: str
    is_new_track: bool
    craft: Craft
    count: int
    first_at_utc: datetime | None
    last_at_utc: datetime | None
    positions_deg: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """The figures that are shown before anything comes in, and once it has.

    found_reports, found_tracks, found_places: what can be read of the file, each once; said_twice:
    reports that it has more than once. new_...: what comes in; new_boats: how many of new_tracks
    are boats whose people are accounted for, by what was chosen; unattributed: how many of
    new_reports are of no track; into_known_tracks: how many are of tracks that the plot has.
    known_...: what is there already. changed, conflicts: what the plot has and the file tells
    more fully, or otherwise; taken_changes: of how many of both the file's version is taken.
    decided: conflicts of which both versions are kept already. withdrawn: reports, tracks and
    places that were withdrawn from the plot and stay so. left: items that were left out by
    choice, a track with its reports as one. refused: lines that do not come in, refusals: how
    many for each reason. renamed: (name in the file, name in the plot). first_at_utc, last_at_utc:
    the period of new_reports; bounds: of all new positions; None where there are none.
    """

    file_name: str
    found_tracks: int
    found_reports: int
    found_places: int
    said_twice: int
    new_tracks: int
    new_boats: int
    new_reports: int
    unattributed: int
    into_known_tracks: int
    new_beaches: int
    new_marks: int
    known_tracks: int
    known_reports: int
    known_places: int
    changed: int
    conflicts: int
    taken_changes: int
    decided: int
    withdrawn: int
    left: int
    refused: int
    refusals: Mapping[ImportFault, int]
    renamed: tuple[tuple[str, str], ...]
    first_at_utc: datetime | None
    last_at_utc: datetime | None
    bounds: Bounds | None

    @property
    def is_nothing_new(self) -> bool:
        """Return whether accepting it leaves the plot as it is, but for lines of the log."""
        new = self.new_tracks + self.new_reports + self.new_beaches + self.new_marks
        return new + self.taken_changes == 0


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What would come into a plot from a file, by what was chosen.

    reports: one entry for each track that comes in or has new reports, and one for the new
    reports of no track, in the file's order; left out or not. places: new beaches and marks, as
    they would be called. changed: what the file only tells more fully. conflicts: what it tells
    otherwise; decided: those of which the plot keeps both versions already. matched: row by row.
    names: of new tracks in the plot, by uid.
    """

    incoming: Incoming
    plot: Plot
    withdrawn_uids: frozenset[str]
    choices: ImportChoices
    reports: tuple[NewReports, ...]
    places: tuple[Beach | Mark, ...]
    changed: tuple[Conflict, ...]
    conflicts: tuple[Conflict, ...]
    decided: tuple[Conflict, ...]
    matched: Matched
    names: Mapping[str, str]
    summary: ImportSummary

    def takes(self, uid: str) -> bool:
        """Return whether an item comes in: a track, UNATTRIBUTED, a beach or a mark."""
        return _takes(self.choices, uid, is_place=uid in self._place_uids)

    @cached_property
    def _place_uids(self) -> frozenset[str]:
        return frozenset(place.uid for place in self.places)

    def takes_version(self, conflict: Conflict) -> bool:
        """Return whether the file's version of something comes in."""
        return _takes_version(self.choices, conflict)

    def with_choices(self, choices: ImportChoices) -> "ImportPlan":
        """Return the plan by other choices; quick, for the plot is not looked through again."""
        return _planned(self.incoming, self.plot, self.withdrawn_uids, choices, self.matched)


def plan_import(
    incoming: Incoming,
    plot: Plot,
    withdrawn_uids: frozenset[str] = frozenset(),
    choices: ImportChoices | None = None,
) -> ImportPlan:
    """Return what would come into a plot from a file.

    withdrawn_uids: of what was withdrawn from the plot (``withdrawn.py``); it stays so. choices:
    None for those that nobody has changed. Any thread may ask.
    """
    stands = matched(incoming, plot, withdrawn_uids)
    return _planned(incoming, plot, withdrawn_uids, choices or ImportChoices(), stands)


def _planned(
    incoming: Incoming,
    plot: Plot,
    withdrawn_uids: frozenset[str],
    choices: ImportChoices,
    stands: Matched,
) -> ImportPlan:
    rows = _rows_by_home(incoming, stands)
    new_tracks = {
        uid: track
        for uid, track in stands.new_tracks.items()
        if uid in rows or track.found.record is not None
    }
    names = _names(plot, new_tracks)
    reports = tuple(_new_reports(incoming, plot, stands, choices, rows, new_tracks, names))
    known_uids = plot.beaches.keys() | plot.marks.keys()
    new_places = [
        each.place
        for each in incoming.places
        if each.place.uid not in known_uids and each.place.uid not in withdrawn_uids
    ]
    places = tuple(_renamed_places(plot, names.values(), new_places))
    kept = plot.log_lines.keys() | withdrawn_uids
    conflicts = [each for each in stands.differing if each.is_conflict]
    is_decided = [line_uid(each, each.theirs) in kept for each in conflicts]
    decided = tuple(each for each, is_kept in zip(conflicts, is_decided, strict=True) if is_kept)
    open_conflicts = tuple(
        each for each, is_kept in zip(conflicts, is_decided, strict=True) if not is_kept
    )
    changed = tuple(each for each in stands.differing if not each.is_conflict)
    renamed = [(track.track.name, names[uid]) for uid, track in new_tracks.items()]
    renamed += [
        (_called(before), _called(after)) for before, after in zip(new_places, places, strict=True)
    ]
    taken = [each for each in reports if _takes(choices, each.uid, is_place=False)]
    taken_places = [each for each in places if _takes(choices, each.uid, is_place=True)]
    versions = [each for each in stands.differing if _takes_version(choices, each)]
    gone_places = sum(
        each.place.uid in withdrawn_uids and each.place.uid not in known_uids
        for each in incoming.places
    )
    gone_reports = int(np.count_nonzero(stands.state == GONE))
    summary = ImportSummary(
        file_name=incoming.path.name,
        found_tracks=len(incoming.tracks),
        found_reports=incoming.report_count,
        found_places=len(incoming.places),
        said_twice=incoming.said_twice,
        new_tracks=sum(each.is_new_track for each in taken),
        new_boats=sum(each.is_new_track and each.craft in PEOPLE_CRAFTS for each in taken),
        new_reports=sum(each.count for each in taken),
        unattributed=sum(each.count for each in taken if each.uid == UNATTRIBUTED),
        into_known_tracks=sum(
            each.count for each in taken if each.uid != UNATTRIBUTED and not each.is_new_track
        ),
        new_beaches=sum(isinstance(place, Beach) for place in taken_places),
        new_marks=sum(isinstance(place, Mark) for place in taken_places),
        known_tracks=len(incoming.tracks) - len(new_tracks) - stands.gone_tracks,
        known_reports=int(np.count_nonzero(stands.state == KNOWN)),
        known_places=len(incoming.places) - len(new_places) - gone_places,
        changed=len(changed),
        conflicts=len(open_conflicts),
        taken_changes=len(versions),
        decided=len(decided),
        withdrawn=gone_reports + stands.gone_tracks + gone_places,
        left=len(reports) - len(taken) + len(places) - len(taken_places),
        refused=incoming.refused_count,
        refusals=incoming.refused,
        renamed=tuple(pair for pair in renamed if pair[0] != pair[1]),
        first_at_utc=min((each.first_at_utc for each in taken if each.first_at_utc), default=None),
        last_at_utc=max((each.last_at_utc for each in taken if each.last_at_utc), default=None),
        bounds=_bounds([each.positions_deg for each in taken], taken_places),
    )
    return ImportPlan(
        incoming=incoming,
        plot=plot,
        withdrawn_uids=withdrawn_uids,
        choices=choices,
        reports=reports,
        places=places,
        changed=changed,
        conflicts=open_conflicts,
        decided=decided,
        matched=stands,
        names=names,
        summary=summary,
    )


def _takes(choices: ImportChoices, uid: str, *, is_place: bool) -> bool:
    return choices.taken.get(uid, True) and (choices.with_places or not is_place)


def _takes_version(choices: ImportChoices, conflict: Conflict) -> bool:
    default = choices.conflicts_taken or not conflict.is_conflict
    return choices.versions.get(conflict.uid, default)


def _names(plot: Plot, new_tracks: Mapping[str, IncomingTrack]) -> dict[str, str]:
    """Return what new tracks are called here: a name that is another's gets a number."""
    free = FreeNames(track.name for track in plot.tracks.values())
    return {uid: free.give(track.track.name) for uid, track in new_tracks.items()}


def _renamed_places(
    plot: Plot, track_names: Iterable[str], places: Iterable[Beach | Mark]
) -> Iterator[Beach | Mark]:
    """Yield new beaches and marks with names and codes that are free."""
    names = FreeNames(beach.name for beach in plot.beaches.values())
    called = [mark.code for mark in plot.marks.values()]
    called += [track.name for track in plot.tracks.values()]
    codes = free_codes(tidy_code(name) for name in (*called, *track_names))
    for place in places:
        if isinstance(place, Beach):
            yield replace(place, name=names.give(place.name))
        else:
            code = codes.give(tidy_code(place.code))
            yield replace(place, code=code, name=place.name.strip() or code)


def _called(place: Beach | Mark) -> str:
    return place.name if isinstance(place, Beach) else tidy_code(place.code)


def new_rows(incoming: Incoming, stands: Matched) -> Iterator[tuple[str | None, Rows]]:
    """Yield for each track of the file, by its uid there, the rows that are new, if there are."""
    for uid, own in incoming.reports.items():
        if uid in stands.homes:
            rows = own.start + np.flatnonzero(stands.state[own.start : own.stop] == NEW)
            if len(rows):
                yield uid, rows


def _rows_by_home(incoming: Incoming, stands: Matched) -> dict[str | None, Rows]:
    """Return the rows of the incoming columns that are new, by the track they are of here."""
    found: dict[str | None, list[Rows]] = {}
    for uid, rows in new_rows(incoming, stands):
        found.setdefault(stands.homes[uid], []).append(rows)
    return {home: np.concatenate(parts) for home, parts in found.items()}


def _new_reports(
    incoming: Incoming,
    plot: Plot,
    stands: Matched,
    choices: ImportChoices,
    rows_by_home: Mapping[str | None, Rows],
    new_tracks: Mapping[str, IncomingTrack],
    names: Mapping[str, str],
) -> Iterator[NewReports]:
    columns = columns_of(incoming)
    # One that was merged into another has no reports of its own, and comes in all the same.
    merged = (uid for uid in new_tracks if stands.homes.get(uid) != uid)
    for home in dict.fromkeys((*stands.homes.values(), *merged)):
        new = None if home is None else new_tracks.get(home)
        rows = rows_by_home.get(home)
        if rows is None and new is None:
            continue
        name = in_file = ""
        craft = Craft.OTHER
        if new is not None and home is not None:
            name, in_file = names[home], new.track.name
            craft = craft_of(new, choices)
        elif home is not None:
            name, craft = plot.tracks[home].name, plot.tracks[home].craft
        positions_deg = np.zeros((0, 2))
        first = last = None
        if rows is not None and columns is not None:
            rows = rows[np.argsort(columns.rows.times_ms[rows, 0], kind="stable")]
            first, last = columns.moment(int(rows[0]), 0), columns.moment(int(rows[-1]), 0)
            positions_deg = columns.rows.places_deg[rows[columns.is_placed[rows]]]
        yield NewReports(
            uid=UNATTRIBUTED if home is None else home,
            name=name,
            name_in_file="" if in_file == name else in_file,
            is_new_track=new is not None,
            craft=craft,
            count=0 if rows is None else len(rows),
            first_at_utc=first,
            last_at_utc=last,
            positions_deg=positions_deg,
        )


def craft_of(track: IncomingTrack, choices: ImportChoices) -> Craft:
    """Return what a new track is a track of: as the file says, else as was chosen."""
    if track.found.record is not None or track.found.craft is not None:
        return track.track.craft
    return choices.craft or track.found.usual_craft or Craft.OTHER


def _bounds(
    positions_deg: Sequence[npt.NDArray[np.float64]], places: Iterable[Beach | Mark]
) -> Bounds | None:
    own = np.array([(p.position.lon_deg, p.position.lat_deg) for p in places]).reshape(-1, 2)
    corners = [
        corner
        for each in [*positions_deg, own]
        if len(each)
        for corner in (each.min(axis=0), each.max(axis=0))
    ]
    if not corners:
        return None
    west, south = np.min(corners, axis=0).tolist()
    east, north = np.max(corners, axis=0).tolist()
    return Bounds(west, south, east, north)
