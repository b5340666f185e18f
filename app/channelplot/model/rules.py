"""What a sound plot must satisfy. Problems are collected and returned, never raised.

A track may name a launch beach that the plot does not have: the beach was withdrawn, or
stayed behind in an earlier plot, and the track still left from there. A line of the watch log
may name a track that was withdrawn, and a report a caller's report that was; so may stream and
wind, a watched approach, a predicted crossing and a search.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.beach import is_mark_code, tidy_code
from channelplot.model.caller import report_meant
from channelplot.model.codes import TrackStatus
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.reference_layer import is_drawable
from channelplot.model.report import Report
from channelplot.model.search import PlannedSearch
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
    STREAM_OR_WIND = "stream_or_wind"
    DIRECTION_RANGE = "direction_range"
    LEEWAY_RANGE = "leeway_range"
    VALIDITY_ORDER = "validity_order"
    APPROACH_TO_ITSELF = "approach_to_itself"
    DISTANCE_RANGE = "distance_range"
    MINUTES_RANGE = "minutes_range"
    POINTS_FEW = "points_few"
    AREA_OPEN = "area_open"
    SIDE_EMPTY = "side_empty"
    FACTOR_RANGE = "factor_range"
    STYLE_RANGE = "style_range"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is unsound.

    entity: report, track, beach, mark, log_line, acknowledgement, conditions, approach_watch,
    predicted_crossing, limit, search, reference_layer or plot (uid empty).
    """

    code: ProblemCode
    entity: str
    uid: str


def problems_of(plot: Plot) -> tuple[Problem, ...]:
    """Return everything that is unsound about a plot; nothing for a sound one."""
    return tuple(_problems(plot))


def report_problems(report: Report) -> tuple[ProblemCode, ...]:
    """Return what is unsound about a report by itself; nothing for a sound one."""
    return tuple(_report_problems(report))


def _problems(plot: Plot) -> Iterator[Problem]:
    yield from _names("track", ((uid, track.name) for uid, track in plot.tracks.items()))
    yield from _names("beach", ((uid, beach.name) for uid, beach in plot.beaches.items()))
    yield from _names("mark", ((uid, tidy_code(mark.code)) for uid, mark in plot.marks.items()))
    yield from _names("search", ((uid, search.name) for uid, search in plot.searches.items()))
    for uid, mark in plot.marks.items():
        if mark.code.strip() and not is_mark_code(mark.code):
            yield Problem(ProblemCode.MARK_CODE, "mark", uid)
    for entity, mapping in (
        ("track", plot.tracks),
        ("beach", plot.beaches),
        ("mark", plot.marks),
        ("log_line", plot.log_lines),
        ("acknowledgement", plot.acknowledgements),
        ("conditions", plot.conditions),
        ("approach_watch", plot.approach_watches),
        ("predicted_crossing", plot.predicted_crossings),
        ("limit", plot.limits),
        ("search", plot.searches),
        ("reference_layer", plot.reference_layers),
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
    yield from _chartwork_problems(plot)
    for layer in plot.reference_layers.values():
        if not layer.name.strip() or not layer.path.strip():
            yield Problem(ProblemCode.NAME_EMPTY, "reference_layer", layer.uid)
        if not is_drawable(layer.style):
            yield Problem(ProblemCode.STYLE_RANGE, "reference_layer", layer.uid)


def _chartwork_problems(plot: Plot) -> Iterator[Problem]:
    for entry in plot.conditions.values():
        for code in _conditions_problems(entry):
            yield Problem(code, "conditions", entry.uid)
    for watch in plot.approach_watches.values():
        for code in _watch_problems(watch):
            yield Problem(code, "approach_watch", watch.uid)
    for crossing in plot.predicted_crossings.values():
        for code in _crossing_problems(crossing):
            yield Problem(code, "predicted_crossing", crossing.uid)
    for limit in plot.limits.values():
        for code in _limit_problems(limit):
            yield Problem(code, "limit", limit.uid)
    for search in plot.searches.values():
        for code in _search_problems(search):
            yield Problem(code, "search", search.uid)


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
    if track.length_m is not None and not _is_more_than_nothing(track.length_m):
        yield Problem(ProblemCode.LENGTH_RANGE, "track", track.uid)
    if track.contact_interval_min is not None and track.contact_interval_min <= 0:
        yield Problem(ProblemCode.INTERVAL_RANGE, "track", track.uid)
    if track.speed_kn is not None and not _is_more_than_nothing(track.speed_kn):
        yield Problem(ProblemCode.SPEED_RANGE, "track", track.uid)


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
    entity: str, uid: str, track_uid: str | None, reports: Sequence[Report]
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


def _conditions_problems(entry: ConditionsEntry) -> Iterator[ProblemCode]:
    """A stream has its set and rate; a wind where it blows from, its speed and a leeway."""
    is_half = (entry.stream_set_deg is None) != (entry.stream_rate_kn is None) or (
        (entry.wind_from_deg is None) != (entry.wind_speed_kn is None)
    )
    if is_half or not (entry.has_stream or entry.has_wind):
        yield ProblemCode.STREAM_OR_WIND
    if not (_is_direction(entry.stream_set_deg) and _is_direction(entry.wind_from_deg)):
        yield ProblemCode.DIRECTION_RANGE
    if not (_is_size(entry.stream_rate_kn) and _is_size(entry.wind_speed_kn)):
        yield ProblemCode.SPEED_RANGE
    if entry.leeway_percent is None:
        is_leeway = not entry.has_wind
    else:
        is_leeway = 0.0 <= entry.leeway_percent <= 100.0
    if not is_leeway:
        yield ProblemCode.LEEWAY_RANGE
    if entry.valid_until_utc <= entry.valid_from_utc:
        yield ProblemCode.VALIDITY_ORDER


def _watch_problems(watch: ApproachWatch) -> Iterator[ProblemCode]:
    if watch.first_track_uid == watch.second_track_uid:
        yield ProblemCode.APPROACH_TO_ITSELF
    if not _is_more_than_nothing(watch.distance_m):
        yield ProblemCode.DISTANCE_RANGE
    if watch.within_min <= 0:
        yield ProblemCode.MINUTES_RANGE


def _crossing_problems(crossing: PredictedCrossing) -> Iterator[ProblemCode]:
    if not _is_direction(crossing.course_deg):
        yield ProblemCode.DIRECTION_RANGE
    if not _is_size(crossing.speed_kn):
        yield ProblemCode.SPEED_RANGE


def _limit_problems(limit: LoadedLimit) -> Iterator[ProblemCode]:
    """A line parts two; an area is somebody's, and its outline ends where it begins."""
    if not limit.name.strip():
        yield ProblemCode.NAME_EMPTY
    if len(limit.points) < (4 if limit.is_area else 2):
        yield ProblemCode.POINTS_FEW
    elif limit.is_area and limit.points[0] != limit.points[-1]:
        yield ProblemCode.AREA_OPEN
    if not limit.left.strip() or not (limit.is_area or limit.right.strip()):
        yield ProblemCode.SIDE_EMPTY


def _search_problems(search: PlannedSearch) -> Iterator[ProblemCode]:
    if len(search.waypoints) < 2:
        yield ProblemCode.POINTS_FEW
    errors_m = (search.drift_m, search.initial_error_m, search.searcher_error_m)
    if not all(_is_size(error_m) for error_m in errors_m):
        yield ProblemCode.ERROR_RANGE
    sizes_m = (search.radius_m, search.spacing_m, search.length_m, search.width_m)
    if not all(size_m is None or _is_more_than_nothing(size_m) for size_m in sizes_m):
        yield ProblemCode.DISTANCE_RANGE
    if not (_is_size(search.drift_error_share) and _is_more_than_nothing(search.safety_factor)):
        yield ProblemCode.FACTOR_RANGE
    if not _is_direction(search.first_leg_deg):
        yield ProblemCode.DIRECTION_RANGE
    if not _is_size(search.searcher_speed_kn):
        yield ProblemCode.SPEED_RANGE


def _is_direction(angle_deg: float | None) -> bool:
    return angle_deg is None or 0.0 <= angle_deg <= 360.0


def _is_more_than_nothing(number: float) -> bool:
    return math.isfinite(number) and number > 0.0


def _is_size(number: float | None) -> bool:
    return number is None or (math.isfinite(number) and number >= 0.0)
