"""What the plot and a file say differently of the same thing, field by field."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.commands.command import Entity
from channelplot.exchange.fields import (
    FieldReader,
    beach_from,
    beach_texts,
    mark_from,
    mark_texts,
    report_texts,
    track_from,
    track_texts,
)
from channelplot.exchange.incoming.conflict import Conflict
from channelplot.exchange.incoming.identity import uid_of
from channelplot.exchange.incoming.own_report import found_report
from channelplot.model.beach import Beach, Mark
from channelplot.model.codes import CountBasis, ReportKind, SourceKind, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.report_columns import Floats, Said
from channelplot.model.track import Track

TRACK_NAME: Final = "track_name"
"""Stands for the track of a report, by its name, where the two file it differently."""
NO_TRACK_NAME: Final = "-"
_PLACE: Final = ("lon_deg", "lat_deg", "position_form", "error_m")
"""These go together: half a position is none, and its form and error are that position's."""
_STATUS: Final = ("status", "status_changes", "same_as_uid")
_ENTERED: Final = ("created_at_utc", "created_by")
"""When and by whom a track was entered says nothing of the craft."""
_PEOPLE: Final = "people_"
_BASIS: Final = "people_basis"
_OF_REPORTS: Final = (
    "kind", "observed_at_utc", "position", "position_form", "as_received", "error_m",
    "source_name", "grade", "course_deg", "speed_kn", "people", "boat_type", "caller", "logged_by",
)  # fmt: skip
_OF_OTHER_PROGRAMS: Final = (
    "kind", "error_m", "grade", "course_deg", "speed_kn", "boat_type", "caller",
)  # fmt: skip
"""What a report of another program's file is compared by, with its people."""
_FIGURES: Final = ("error_m", "course_deg", "speed_kn")
_ROUNDED_AWAY: Final = np.array([0.0, 0.5, 0.05]) + 1e-9
"""What two files of one report may differ by: rounded to a degree, to a tenth of a knot."""


def report_conflict(
    plot: Plot, ours: Report, theirs: Report, track_name: str, read_at_utc: datetime
) -> Conflict | None:
    """Return how a report of a file differs from the plot's, None if it tells nothing else.

    theirs: with the track it would have in this plot, None if the file does not say;
    track_name: that track's there. read_at_utc: what stands for a time that the file leaves out.
    """
    mine, other = _texts_of_report(ours), _texts_of_report(theirs)
    for name in ("received_at_utc", "logged_at_utc"):
        if getattr(theirs, name) == read_at_utc:
            del other[name]
    track = plot.tracks.get(ours.track_uid) if ours.track_uid is not None else None
    name = track.name if track is not None else ""
    is_elsewhere = theirs.track_uid not in (None, ours.track_uid)
    if is_elsewhere:
        # Whose report it is was claimed: never what is only told more fully.
        mine[TRACK_NAME], other[TRACK_NAME] = name or NO_TRACK_NAME, track_name
    people = tuple(name for name in {**mine, **other} if name.startswith(_PEOPLE))
    apart = _Apart.of(mine, other, (_PLACE, people))
    if apart is None:
        return None
    found = found_report(apart.merged, 0, "")
    assert found.received_at_utc is not None, "the plot's stands where the file has none"
    assert found.logged_at_utc is not None, "the plot's stands where the file has none"
    version = Report(
        uid=ours.uid,
        received_at_utc=found.received_at_utc,
        logged_at_utc=found.logged_at_utc,
        track_uid=theirs.track_uid if is_elsewhere else ours.track_uid,
        source=found.source or SourceKind.UNKNOWN,
        **{name: getattr(found, name) for name in _OF_REPORTS},
    )
    return apart.conflict(Entity.REPORT, name, ours, version, ours.observed_at_utc)


def retold_conflict(plot: Plot, ours: Report, theirs: Report) -> Conflict | None:
    """Return how a report of another program's file differs from the plot's, None if it does not.

    It is known by its craft, time and place. Only what such a file says itself counts: not its
    words, its name or the time of the import, nor the kind and the basis that are taken where
    nothing is said.
    """
    mine, other = _compared(ours), _compared(theirs)
    (is_apart,) = figures_apart(figures_of([ours]), figures_of([theirs])).tolist()
    for name, is_other in zip(_FIGURES, is_apart, strict=True):
        if not is_other:
            other.pop(name, None)
    if theirs.kind is ReportKind.POSITION:
        del other["kind"]
    counts = {n: t for n, t in other.items() if n.startswith(_PEOPLE) and n != _BASIS}
    is_usual = other.get(_BASIS) == CountBasis.REPORTED and _BASIS in mine
    if is_usual and all(mine.get(n) in (None, text) for n, text in counts.items()):
        other[_BASIS] = mine[_BASIS]
    people = tuple(name for name in {**mine, **other} if name.startswith(_PEOPLE))
    apart = _Apart.of(mine, other, (people,))
    if apart is None:
        return None
    told = {name: getattr(theirs, name) for name in other if not name.startswith(_PEOPLE)}
    if apart.theirs.keys() & people:
        told["people"] = FieldReader(apart.merged).people()
    version = replace(ours, **told)
    track = plot.tracks.get(ours.track_uid) if ours.track_uid is not None else None
    name = "" if track is None else track.name
    return apart.conflict(Entity.REPORT, name, ours, version, ours.observed_at_utc)


def figures_apart(ours: Floats, theirs: Floats) -> npt.NDArray[np.bool_]:
    """Return which figures theirs tell otherwise, or ours do not tell: (n, 3), as both are.

    Each row error_m, course_deg, speed_kn, NaN where it is not said; see ``_ROUNDED_AWAY``.
    """
    apart = np.abs(theirs - ours)
    apart[:, 1] = np.minimum(apart[:, 1], 360.0 - apart[:, 1])
    is_alike: npt.NDArray[np.bool_] = (apart <= _ROUNDED_AWAY) | np.isnan(theirs)
    return ~is_alike


def may_be_retold(ours: Said | Report, theirs: Said) -> bool:
    """Return whether a report of another program's file may tell more, or otherwise.

    Its figures apart. Only ``retold_conflict`` knows whether it does; where this says no, it does
    not.
    """
    is_kind = theirs.kind not in (ReportKind.POSITION, ours.kind)
    names = ("people", "grade", "boat_type", "caller")
    return is_kind or any(
        getattr(theirs, name) not in (None, "", getattr(ours, name)) for name in names
    )


def figures_of(reports: Iterable[Report]) -> Floats:
    """Return the figures of each as ``figures_apart`` takes them."""
    figures = [(report.error_m, report.course_deg, report.speed_kn) for report in reports]
    return np.array(figures, dtype=np.float64).reshape(-1, 3)


def _compared(report: Report) -> dict[str, str]:
    """Return the fields that a report of another program's file is compared by, that say anything.

    As ``report_texts`` has them, which takes twice as long: there may be many.
    """
    told = ((name, getattr(report, name)) for name in _OF_OTHER_PROGRAMS)
    said = ((name, value) for name, value in told if value not in (None, ""))
    texts = {n: repr(v) if isinstance(v, float) else str(v) for n, v in said}
    if report.people is not None:
        people = report_texts(report).items()
        texts.update((name, text) for name, text in people if name.startswith(_PEOPLE))
    return texts


def track_conflict(ours: Track, theirs: Track) -> Conflict | None:
    """Return how the record of a track differs, its reports apart; None if it does not."""
    mine, other = _texts_of_track(ours), _texts_of_track(theirs)
    if _is_renamed(ours.name, theirs.name):
        other["name"] = ours.name
    own, told = set(ours.status_changes), set(theirs.status_changes)
    if own >= told and (told or theirs.status is TrackStatus.REPORTED):
        for name in _STATUS:
            other.pop(name, None)
    elif own < told and theirs.same_as_uid is None:
        is_more = bool(own) or ours.status is TrackStatus.REPORTED
        if is_more:
            for name in _STATUS:
                mine.pop(name, None)
    apart = _Apart.of(mine, other, (_STATUS,))
    if apart is None:
        return None
    kept = {name: text for name, text in track_texts(ours).items() if name in _ENTERED}
    version = track_from({**apart.merged, **kept, "uid": ours.uid})
    return apart.conflict(Entity.TRACK, ours.name, ours, version)


def place_conflict(ours: Beach | Mark, theirs: Beach | Mark) -> Conflict | None:
    """Return how a beach, or a mark, differs from the one with its uid; None if it does not."""
    if isinstance(ours, Mark) and isinstance(theirs, Mark):
        mine, other = mark_texts(ours), mark_texts(theirs)
        if _is_renamed(ours.code, theirs.code):
            other["code"] = ours.code
        apart = _Apart.of(mine, other, (_PLACE,))
        if apart is None:
            return None
        return apart.conflict(Entity.MARK, ours.code, ours, mark_from(apart.merged))
    if isinstance(ours, Beach) and isinstance(theirs, Beach):
        mine, other = beach_texts(ours), beach_texts(theirs)
        if _is_renamed(ours.name, theirs.name):
            other["name"] = ours.name
        apart = _Apart.of(mine, other, (_PLACE,))
        if apart is None:
            return None
        return apart.conflict(Entity.BEACH, ours.name, ours, beach_from(apart.merged))
    return None


@dataclass(frozen=True, slots=True)
class _Apart:
    """Two sets of fields that differ, and both together."""

    ours: Mapping[str, str]
    theirs: Mapping[str, str]
    merged: Mapping[str, str]
    is_conflict: bool

    @classmethod
    def of(
        cls, mine: Mapping[str, str], other: Mapping[str, str], groups: Iterable[tuple[str, ...]]
    ) -> "_Apart | None":
        """Return what the other says that is not said here, None for nothing.

        groups: fields that go together; where one of them conflicts, all are the other's.
        """
        merged, differing, is_conflict = dict(mine), [], False
        grouped = {name: group for group in groups for name in group}
        done: set[str] = set()
        for name in [*mine, *other]:
            group = grouped.get(name, (name,))
            if name in done:
                continue
            done.update(group)
            said = {each: other[each] for each in group if other.get(each)}
            if all(mine.get(each) == text for each, text in said.items()):
                continue
            differing += [each for each in group if mine.get(each) != other.get(each)]
            if any(mine.get(each) not in (None, "", text) for each, text in said.items()):
                is_conflict = True
                for each in group:
                    merged.pop(each, None)
            merged.update(said)
        if not differing:
            return None
        return cls(
            {name: mine.get(name, "") for name in differing},
            {name: other.get(name, "") for name in differing},
            merged,
            is_conflict,
        )

    def conflict(
        self,
        entity: Entity,
        name: str,
        current: Track | Report | Beach | Mark,
        version: Track | Report | Beach | Mark,
        observed_at_utc: datetime | None = None,
    ) -> Conflict:
        return Conflict(
            entity=entity,
            uid=current.uid,
            name=name,
            ours=self.ours,
            theirs=self.theirs,
            is_conflict=self.is_conflict,
            current=current,
            version=version,
            observed_at_utc=observed_at_utc,
        )


def _texts_of_report(report: Report) -> dict[str, str]:
    texts = report_texts(report)
    texts.pop("track_uid", None)
    if report.source is SourceKind.UNKNOWN:
        del texts["source"]
    return texts


def _texts_of_track(track: Track) -> dict[str, str]:
    return {name: text for name, text in track_texts(track).items() if name not in _ENTERED}


def _is_renamed(name: str, in_file: str) -> bool:
    """Return whether a name is the one that a file's got here, for its own was taken."""
    return re.fullmatch(re.escape(in_file) + r"-[0-9]+", name) is not None


def words_of(fields: Mapping[str, str]) -> str:
    """Return fields as one text, always the same for the same ones."""
    return json.dumps(dict(sorted(fields.items())), ensure_ascii=False)


def line_uid(conflict: Conflict, fields: Mapping[str, str]) -> str:
    """Return the identifier of the line of the log that keeps a version which was not taken.

    fields: the plot's or the file's of the conflict. The same for the same version: it is kept
    once, however often a file is brought in, and whatever its track is called by then.
    """
    told = dict(fields)
    filed = conflict.version if fields == conflict.theirs else conflict.current
    if TRACK_NAME in told and isinstance(filed, Report):
        told[TRACK_NAME] = filed.track_uid or NO_TRACK_NAME
    return uid_of("not_taken", conflict.entity.value, conflict.uid, words_of(told))
