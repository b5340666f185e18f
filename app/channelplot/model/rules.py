"""What a sound plot must satisfy. Problems are collected and returned, never raised.

A track may name a launch beach that the plot does not have: the beach was withdrawn, or
stayed behind in an earlier plot, and the track still left from there. A line of the watch log
may name a track that was withdrawn, and a report a caller's report that was.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from channelplot.model.beach import is_mark_code, tidy_code
from channelplot.model.caller import report_meant
from channelplot.model.codes import TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track


class ProblemCode(StrEnum):
    """What is unsound."""

    NAME_EMPTY = "name_empty"
    NAME_TWICE = "name_twice"
    FILED_WRONG = "filed_wrong"
    REPORT_TWICE = "report_twice"
    NOT_IN_TIME_ORDER = "not_in_time_order"
    PEOPLE_NEGATIVE = "people_negative"
    PEOPLE_PARTS = "people_parts"
    ERROR_RANGE = "error_range"
    COURSE_RANGE = "course_range"
    SPEED_RANGE = "speed_range"
    STATUS_DIFFERS = "status_differs"
    MARK_CODE = "mark_code"
    LENGTH_RANGE = "length_range"
    INTERVAL_RANGE = "interval_range"
    SAME_AS_STATUS = "same_as_status"
    SAME_AS_TRACK = "same_as_track"
    SAME_AS_REPORTS = "same_as_reports"
    CALLER_ITSELF = "caller_itself"
    TEXT_EMPTY = "text_empty"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is unsound.

    entity: report, track, beach, mark, log_line, acknowledgement or plot (uid empty).
    """

    code: ProblemCode
    entity: str
    uid: str


def problems_of(plot: Plot) -> tuple[Problem, ...]:
    """Return everything that is unsound about a plot; nothing for a sound one."""
    return tuple(_problems(plot))


def _problems(plot: Plot) -> Iterator[Problem]:
    yield from _names("track", ((uid, track.name) for uid, track in plot.tracks.items()))
    yield from _names("beach", ((uid, beach.name) for uid, beach in plot.beaches.items()))
    yield from _names("mark", ((uid, tidy_code(mark.code)) for uid, mark in plot.marks.items()))
    for uid, mark in plot.marks.items():
        if mark.code.strip() and not is_mark_code(mark.code):
            yield Problem(ProblemCode.MARK_CODE, "mark", uid)
    for entity, mapping in (
        ("track", plot.tracks),
        ("beach", plot.beaches),
        ("mark", plot.marks),
        ("log_line", plot.log_lines),
        ("acknowledgement", plot.acknowledgements),
    ):
        for uid, thing in mapping.items():
            if thing.uid != uid:
                yield Problem(ProblemCode.FILED_WRONG, entity, thing.uid)
    for track in plot.tracks.values():
        yield from _track_problems(track)
        for code in _merging_problems(plot, track):
            yield Problem(code, "track", track.uid)
    yield from _filing("plot", "", None, plot.unattributed)
    seen: set[str] = set()
    for report in plot.reports():
        if report.uid in seen:
            yield Problem(ProblemCode.REPORT_TWICE, "report", report.uid)
        seen.add(report.uid)
        for code in _report_problems(report):
            yield Problem(code, "report", report.uid)
    for entity, mapping in (("beach", plot.beaches), ("mark", plot.marks)):
        for thing in mapping.values():
            if not _is_size(thing.error_m):
                yield Problem(ProblemCode.ERROR_RANGE, entity, thing.uid)
    for line in plot.log_lines.values():
        if not line.text.strip():
            yield Problem(ProblemCode.TEXT_EMPTY, "log_line", line.uid)
    for acknowledgement in plot.acknowledgements.values():
        if not acknowledgement.by.strip():
            yield Problem(ProblemCode.NAME_EMPTY, "acknowledgement", acknowledgement.uid)


def _names(entity: str, names: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for uid, name in names:
        if not name.strip():
            yield Problem(ProblemCode.NAME_EMPTY, entity, uid)
        elif name in seen:
            yield Problem(ProblemCode.NAME_TWICE, entity, uid)
        seen.add(name)


def _track_problems(track: Track) -> Iterator[Problem]:
    yield from _filing("track", track.uid, track.uid, track.reports)
    if track.status_changes and track.status_changes[-1].status is not track.status:
        yield Problem(ProblemCode.STATUS_DIFFERS, "track", track.uid)
    for change in track.status_changes:
        for code in _unaccounted_problems(change):
            yield Problem(code, "track", track.uid)
    if track.length_m is not None and not (math.isfinite(track.length_m) and track.length_m > 0.0):
        yield Problem(ProblemCode.LENGTH_RANGE, "track", track.uid)
    if track.contact_interval_min is not None and track.contact_interval_min <= 0:
        yield Problem(ProblemCode.INTERVAL_RANGE, "track", track.uid)


def _unaccounted_problems(change: StatusChange) -> Iterator[ProblemCode]:
    """More children than people may be unaccounted for: as many counted, but fewer children."""
    numbers = (change.unaccounted, change.unaccounted_children)
    if any(n is not None and n < 0 for n in numbers):
        yield ProblemCode.PEOPLE_NEGATIVE


def _merging_problems(plot: Plot, track: Track) -> Iterator[ProblemCode]:
    """A track that names the one it was merged into says so; that one is there, with its reports.

    One may be called the same as another without saying which: nobody has said it, as in a file
    of version 1, where a status was all there was.
    """
    if track.same_as_uid is None:
        return
    if track.status is not TrackStatus.SAME_AS:
        yield ProblemCode.SAME_AS_STATUS
    if track.reports:
        yield ProblemCode.SAME_AS_REPORTS
    seen = {track.uid}
    other: Track | None = track
    while other is not None and other.same_as_uid is not None:
        other = plot.tracks.get(other.same_as_uid)
        if other is not None and other.uid in seen:
            other = None  # Round in a circle: it is none of them.
        elif other is not None:
            seen.add(other.uid)
    if other is None:
        yield ProblemCode.SAME_AS_TRACK


def _filing(
    entity: str, uid: str, track_uid: str | None, reports: tuple[Report, ...]
) -> Iterator[Problem]:
    for report in reports:
        if report.track_uid != track_uid:
            yield Problem(ProblemCode.FILED_WRONG, "report", report.uid)
    if any(one.time_order() > other.time_order() for one, other in pairwise(reports)):
        yield Problem(ProblemCode.NOT_IN_TIME_ORDER, entity, uid)


def _report_problems(report: Report) -> Iterator[ProblemCode]:
    if not _is_size(report.error_m):
        yield ProblemCode.ERROR_RANGE
    if report.course_deg is not None and not 0.0 <= report.course_deg < 360.0:
        yield ProblemCode.COURSE_RANGE
    if not _is_size(report.speed_kn):
        yield ProblemCode.SPEED_RANGE
    if report.people is not None:
        yield from _people_problems(report.people)
    if report_meant(report.caller) == report.uid:
        yield ProblemCode.CALLER_ITSELF


def _people_problems(people: PeopleCount) -> Iterator[ProblemCode]:
    """Men, women and children are counted once each; the other parts are among them."""
    apart = [n for n in (people.men, people.women, people.children) if n is not None]
    among = [n for n in (people.medical, people.deceased, people.missing) if n is not None]
    if any(n < 0 for n in (*apart, *among, people.total or 0)):
        yield ProblemCode.PEOPLE_NEGATIVE
    if people.total is not None and max(sum(apart), *among, 0) > people.total:
        yield ProblemCode.PEOPLE_PARTS


def _is_size(number: float | None) -> bool:
    return number is None or (math.isfinite(number) and number >= 0.0)
