"""Tracks and reports, with what hangs on them, to rows; ``entities.py`` is the way back.

What is one row by itself is in ``flat_kinds.py``.
"""

import uuid
from collections.abc import Iterator
from typing import Final

from channelplot.model.change import Change, Difference
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.store.flat import RowChange
from channelplot.store.flat_kinds import FLAT_KINDS
from channelplot.store.geometry import point_blob, track_blob
from channelplot.store.tables import (
    GEOMETRY,
    PEOPLE_COUNTS,
    REPORTS,
    STATUS_CHANGES,
    TRACKS,
    WITHDRAWN,
)
from channelplot.store.times import time_text
from channelplot.store.values import Row, real_value, text_value

_COUNTS_NAMESPACE: Final = uuid.UUID("5f1b5dd8-0ab4-4cf2-93cf-3c0b2f0f6f5e")


def row_changes(change: Change) -> Iterator[RowChange]:
    """Yield the rows that a change is made of, those of a track before its reports."""
    for track in change.tracks:
        before = None if track.before is None else track_row(track.before)
        after = None if track.after is None else track_row(track.after)
        yield RowChange(TRACKS, track.uid, before, after)
        yield from _status_changes(track)
    for report in change.each_report():
        before = None if report.before is None else report_row(report.before)
        after = None if report.after is None else report_row(report.after)
        yield RowChange(REPORTS, report.uid, before, after)
        before = None if report.before is None else people_row(report.before)
        after = None if report.after is None else people_row(report.after)
        if before is not None or after is not None:
            yield RowChange(PEOPLE_COUNTS, count_uid(report.uid), before, after)
    for kind in FLAT_KINDS:
        yield from kind.row_changes(change)


def _status_changes(pair: Difference[Track]) -> Iterator[RowChange]:
    before = {} if pair.before is None else status_rows(pair.before)
    after = {} if pair.after is None else status_rows(pair.after)
    for uid in before | after:
        if before.get(uid) != after.get(uid):
            yield RowChange(STATUS_CHANGES, uid, before.get(uid), after.get(uid))


def track_row(track: Track) -> Row:
    """Return the row of a track, its line included."""
    return {
        GEOMETRY: track_blob(track.line_deg),
        "uid": track.uid,
        "name": text_value(track.name),
        "craft": track.craft.value,
        "status": track.status.value,
        "launch_beach_uid": track.launch_beach_uid,
        "note": text_value(track.note),
        "created_at_utc": time_text(track.created_at_utc),
        "created_by": text_value(track.created_by),
        WITHDRAWN: None,
        "uk_reference": text_value(track.uk_reference),
        "fr_reference": text_value(track.fr_reference),
        "boat_type": None if track.boat_type is None else track.boat_type.value,
        "colour": text_value(track.colour),
        "length_m": real_value(track.length_m),
        "engine": text_value(track.engine),
        "same_as_uid": track.same_as_uid,
        "contact_interval_min": track.contact_interval_min,
        "speed_kn": real_value(track.speed_kn),
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
            "reason": text_value(change.reason),
            WITHDRAWN: None,
            "given_by": text_value(change.by),
            "identified_by": text_value(change.identified_by),
            "identified_how": text_value(change.identified_how),
            "explained_by": text_value(change.explained_by),
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
        "as_received": text_value(report.as_received),
        "position_form": None if report.position_form is None else report.position_form.value,
        "error_m": real_value(report.error_m),
        "source": report.source.value,
        "source_name": text_value(report.source_name),
        "grade": text_value(report.grade),
        "course_deg": real_value(report.course_deg),
        "speed_kn": real_value(report.speed_kn),
        "people_total": None if people is None else people.total,
        "people_children": None if people is None else people.children,
        "logged_by": text_value(report.logged_by),
        WITHDRAWN: None,
        "boat_type": None if report.boat_type is None else report.boat_type.value,
        "caller": text_value(report.caller),
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
