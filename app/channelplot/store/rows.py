"""One entity to one row of the plot file; ``entities.py`` is the way back.

A row is a mapping from column name to SQLite value. What a file cannot hold is written
as the nearest thing it can: a lone surrogate as a question mark, an infinite or undefined
number as null. Times are cut to the millisecond.
"""

import math
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.beach import Beach, Mark
from channelplot.model.change import Change, Difference
from channelplot.model.log_line import LogLine
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.store.geometry import line_blob, point_blob
from channelplot.store.tables import (
    ACKNOWLEDGEMENTS,
    BEACHES,
    GEOMETRY,
    LOG_LINES,
    MARKS,
    PEOPLE_COUNTS,
    REPORTS,
    STATUS_CHANGES,
    TRACKS,
    WITHDRAWN,
    Table,
)
from channelplot.store.times import time_text

Value = str | int | float | bytes | None
Row = Mapping[str, Value]

_Entity = TypeVar("_Entity", Track, Report, Beach, Mark, LogLine, Acknowledgement)

_COUNTS_NAMESPACE: Final = uuid.UUID("5f1b5dd8-0ab4-4cf2-93cf-3c0b2f0f6f5e")


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after an act: None before if it is new, None after if withdrawn."""

    table: Table
    uid: str
    before: Row | None
    after: Row | None


def row_changes(change: Change) -> Iterator[RowChange]:
    """Yield the rows that a change is made of, those of a track before its reports."""
    for track in change.tracks:
        yield _row_change(TRACKS, track, track_row)
        yield from _status_changes(track)
    for report in change.reports:
        yield _row_change(REPORTS, report, report_row)
        before = None if report.before is None else people_row(report.before)
        after = None if report.after is None else people_row(report.after)
        if before is not None or after is not None:
            yield RowChange(PEOPLE_COUNTS, count_uid(report.uid), before, after)
    for beach in change.beaches:
        yield _row_change(BEACHES, beach, beach_row)
    for mark in change.marks:
        yield _row_change(MARKS, mark, mark_row)
    for line in change.log_lines:
        yield _row_change(LOG_LINES, line, log_line_row)
    for acknowledgement in change.acknowledgements:
        yield _row_change(ACKNOWLEDGEMENTS, acknowledgement, acknowledgement_row)


def _row_change(
    table: Table, pair: Difference[_Entity], to_row: Callable[[_Entity], Row]
) -> RowChange:
    return RowChange(
        table,
        pair.uid,
        None if pair.before is None else to_row(pair.before),
        None if pair.after is None else to_row(pair.after),
    )


def _status_changes(pair: Difference[Track]) -> Iterator[RowChange]:
    before = {} if pair.before is None else status_rows(pair.before)
    after = {} if pair.after is None else status_rows(pair.after)
    for uid in before | after:
        if before.get(uid) != after.get(uid):
            yield RowChange(STATUS_CHANGES, uid, before.get(uid), after.get(uid))


def track_row(track: Track) -> Row:
    """Return the row of a track, its line included."""
    return {
        GEOMETRY: line_blob(track.line_deg),
        "uid": track.uid,
        "name": _text(track.name),
        "craft": track.craft.value,
        "status": track.status.value,
        "launch_beach_uid": track.launch_beach_uid,
        "note": _text(track.note),
        "created_at_utc": time_text(track.created_at_utc),
        "created_by": _text(track.created_by),
        WITHDRAWN: None,
        "uk_reference": _text(track.uk_reference),
        "fr_reference": _text(track.fr_reference),
        "boat_type": None if track.boat_type is None else track.boat_type.value,
        "colour": _text(track.colour),
        "length_m": _real(track.length_m),
        "engine": _text(track.engine),
        "same_as_uid": track.same_as_uid,
        "contact_interval_min": track.contact_interval_min,
    }


def status_rows(track: Track) -> dict[str, Row]:
    """Return the rows of a track's changes of status, by uid."""
    return {
        change.uid: {
            "uid": change.uid,
            "track_uid": track.uid,
            "step": step,
            "status": change.status.value,
            "at_utc": time_text(change.at_utc),
            "reason": _text(change.reason),
            WITHDRAWN: None,
            "given_by": _text(change.by),
            "identified_by": _text(change.identified_by),
            "identified_how": _text(change.identified_how),
            "explained_by": _text(change.explained_by),
            "unaccounted": change.unaccounted,
            "unaccounted_children": change.unaccounted_children,
        }
        for step, change in enumerate(track.status_changes)
    }


def report_row(report: Report) -> Row:
    """Return the row of a report; its count of people has a row of its own besides."""
    people = report.people
    return {
        GEOMETRY: None if report.position is None else point_blob(report.position),
        "uid": report.uid,
        "track_uid": report.track_uid,
        "kind": report.kind.value,
        "observed_at_utc": time_text(report.observed_at_utc),
        "received_at_utc": time_text(report.received_at_utc),
        "logged_at_utc": time_text(report.logged_at_utc),
        "as_received": _text(report.as_received),
        "position_form": None if report.position_form is None else report.position_form.value,
        "error_m": _real(report.error_m),
        "source": report.source.value,
        "source_name": _text(report.source_name),
        "grade": _text(report.grade),
        "course_deg": _real(report.course_deg),
        "speed_kn": _real(report.speed_kn),
        "people_total": None if people is None else people.total,
        "people_children": None if people is None else people.children,
        "logged_by": _text(report.logged_by),
        WITHDRAWN: None,
        "boat_type": None if report.boat_type is None else report.boat_type.value,
        "caller": _text(report.caller),
    }


def count_uid(report_uid: str) -> str:
    """Return the uid of a report's row in ``people_counts``: always the same for a report."""
    return str(uuid.uuid5(_COUNTS_NAMESPACE, report_uid))


def people_row(report: Report) -> Row | None:
    """Return the row of a report's count of people, None if it tells of none."""
    people = report.people
    if people is None:
        return None
    return {
        "uid": count_uid(report.uid),
        "track_uid": report.track_uid,
        "report_uid": report.uid,
        "basis": people.basis.value,
        "at_utc": time_text(report.observed_at_utc),
        "total": people.total,
        "men": people.men,
        "women": people.women,
        "children": people.children,
        "medical": people.medical,
        "deceased": people.deceased,
        "missing": people.missing,
        "is_estimate": int(people.is_estimate),
        WITHDRAWN: None,
    }


def beach_row(beach: Beach) -> Row:
    """Return the row of a beach."""
    return {
        GEOMETRY: point_blob(beach.position),
        "uid": beach.uid,
        "name": _text(beach.name),
        "commune": _text(beach.commune),
        "department": _text(beach.department),
        "country": _text(beach.country),
        "source": _text(beach.source),
        "error_m": _real(beach.error_m),
        "note": _text(beach.note),
        WITHDRAWN: None,
    }


def mark_row(mark: Mark) -> Row:
    """Return the row of a mark."""
    return {
        GEOMETRY: point_blob(mark.position),
        "uid": mark.uid,
        "code": _text(mark.code),
        "name": _text(mark.name),
        "kind": _text(mark.kind),
        "error_m": _real(mark.error_m),
        "source": _text(mark.source),
        WITHDRAWN: None,
    }


def log_line_row(line: LogLine) -> Row:
    """Return the row of a free line of the watch log."""
    return {
        "uid": line.uid,
        "at_utc": time_text(line.at_utc),
        "text": _text(line.text),
        "track_uid": line.track_uid,
        "operator": _text(line.operator),
        WITHDRAWN: None,
    }


def acknowledgement_row(acknowledgement: Acknowledgement) -> Row:
    """Return the row of an acknowledged alert."""
    return {
        "uid": acknowledgement.uid,
        "alert": acknowledgement.alert.value,
        "entity_uid": acknowledgement.entity_uid,
        "raised_at_utc": time_text(acknowledgement.raised_at_utc),
        "at_utc": time_text(acknowledgement.at_utc),
        "acknowledged_by": _text(acknowledgement.by),
        WITHDRAWN: None,
    }


def _text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _real(number: float | None) -> float | None:
    return float(number) if number is not None and math.isfinite(number) else None
