"""Rows of the plot file back to entities.

Reading is strict: a value that is not what its column is for raises ValueError, KeyError
or TypeError, and the caller says which row it was. Nothing is guessed and nothing is
dropped. A text that is null, as QGIS may leave it, is an empty text.
"""

import functools
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from channelplot.geodesy.position import Position
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.beach import Beach, Mark
from channelplot.model.codes import (
    AlertCode,
    BoatType,
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.log_line import LogLine
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track
from channelplot.store.geometry import read_point
from channelplot.store.rows import Value
from channelplot.store.times import read_time

TRACK_READ: Final = (
    "uid, name, craft, status, launch_beach_uid, note, created_at_utc, created_by, uk_reference,"
    " fr_reference, boat_type, colour, length_m, engine, same_as_uid, contact_interval_min"
)
STATUS_READ: Final = (
    "uid, status, at_utc, reason, given_by, identified_by, identified_how, explained_by,"
    " unaccounted, unaccounted_children"
)
REPORT_READ: Final = (
    "geom, uid, kind, observed_at_utc, received_at_utc, logged_at_utc, as_received,"
    " position_form, error_m, source, source_name, grade, course_deg, speed_kn, logged_by,"
    " boat_type, caller"
)
PEOPLE_READ: Final = "basis, men, women, medical, deceased, missing, is_estimate"
BEACH_READ: Final = "geom, uid, name, commune, department, country, source, error_m, note"
MARK_READ: Final = "geom, uid, code, name, kind, error_m, source"
LOG_LINE_READ: Final = "uid, at_utc, text, track_uid, operator"
ACKNOWLEDGEMENT_READ: Final = "uid, alert, entity_uid, raised_at_utc, at_utc, acknowledged_by"

_CRAFTS: Final[dict[Value, Craft]] = {code.value: code for code in Craft}
_STATUSES: Final[dict[Value, TrackStatus]] = {code.value: code for code in TrackStatus}
_KINDS: Final[dict[Value, ReportKind]] = {code.value: code for code in ReportKind}
_FORMS: Final[dict[Value, PositionForm]] = {code.value: code for code in PositionForm}
_SOURCES: Final[dict[Value, SourceKind]] = {code.value: code for code in SourceKind}
_BASES: Final[dict[Value, CountBasis]] = {code.value: code for code in CountBasis}
_BOAT_TYPES: Final[dict[Value, BoatType]] = {code.value: code for code in BoatType}
_ALERTS: Final[dict[Value, AlertCode]] = {code.value: code for code in AlertCode}


def status_from(values: Sequence[Value]) -> StatusChange:
    """Return a status change from its row (``STATUS_READ``)."""
    (
        uid,
        status,
        at_utc,
        reason,
        by,
        identified_by,
        identified_how,
        explained_by,
        unaccounted,
        unaccounted_children,
    ) = values
    return StatusChange(
        _uid(uid),
        _STATUSES[status],
        _time(at_utc),
        _text(reason),
        by=_text(by),
        identified_by=_text(identified_by),
        identified_how=_text(identified_how),
        explained_by=_text(explained_by),
        unaccounted=_whole(unaccounted),
        unaccounted_children=_whole(unaccounted_children),
    )


def track_from(
    values: Sequence[Value], changes: tuple[StatusChange, ...], reports: tuple[Report, ...]
) -> Track:
    """Return a track from its row (``TRACK_READ``), its changes and its reports in order."""
    (
        uid,
        name,
        craft,
        status,
        beach_uid,
        note,
        created_at_utc,
        created_by,
        uk_reference,
        fr_reference,
        boat_type,
        colour,
        length_m,
        engine,
        same_as_uid,
        contact_interval_min,
    ) = values
    return Track(
        uid=_uid(uid),
        name=_text(name),
        craft=_CRAFTS[craft],
        created_at_utc=_time(created_at_utc),
        status=_STATUSES[status],
        launch_beach_uid=_maybe_uid(beach_uid),
        note=_text(note),
        uk_reference=_text(uk_reference),
        fr_reference=_text(fr_reference),
        boat_type=None if boat_type is None else _BOAT_TYPES[boat_type],
        colour=_text(colour),
        length_m=_real(length_m),
        engine=_text(engine),
        same_as_uid=_maybe_uid(same_as_uid),
        contact_interval_min=_whole(contact_interval_min),
        created_by=_text(created_by),
        status_changes=changes,
        reports=reports,
    )


def people_from(values: Sequence[Value], total: Value, children: Value) -> PeopleCount | None:
    """Return the count of people of a report, None if nothing says a number.

    values: its row in ``people_counts`` (``PEOPLE_READ``), empty if there is none; total
    and children come from the report's own row, which is what a map shows and edits.
    """
    if not values:
        if total is None and children is None:
            return None
        return PeopleCount(total=_whole(total), children=_whole(children))
    basis, men, women, medical, deceased, missing, is_estimate = values
    return PeopleCount(
        basis=_BASES[basis],
        total=_whole(total),
        men=_whole(men),
        women=_whole(women),
        children=_whole(children),
        medical=_whole(medical),
        deceased=_whole(deceased),
        missing=_whole(missing),
        is_estimate=bool(_whole(is_estimate)),
    )


def report_from(
    values: Sequence[Value], track_uid: str | None, people: PeopleCount | None
) -> Report:
    """Return a report from its row (``REPORT_READ``).

    track_uid and people come from the caller: where the report is filed, and its count.
    """
    (
        blob,
        uid,
        kind,
        observed_at_utc,
        received_at_utc,
        logged_at_utc,
        as_received,
        form,
        error_m,
        source,
        source_name,
        grade,
        course_deg,
        speed_kn,
        logged_by,
        boat_type,
        caller,
    ) = values
    return Report(
        uid=_uid(uid),
        kind=_KINDS[kind],
        observed_at_utc=_time(observed_at_utc),
        received_at_utc=_time(received_at_utc),
        logged_at_utc=_time(logged_at_utc),
        track_uid=track_uid,
        position=None if blob is None else _position(blob),
        position_form=None if form is None else _FORMS[form],
        as_received=_text(as_received),
        error_m=_real(error_m),
        source=_SOURCES[source],
        source_name=_text(source_name),
        grade=_text(grade),
        course_deg=_real(course_deg),
        speed_kn=_real(speed_kn),
        people=people,
        boat_type=None if boat_type is None else _BOAT_TYPES[boat_type],
        caller=_text(caller),
        logged_by=_text(logged_by),
    )


def beach_from(values: Sequence[Value]) -> Beach:
    """Return a beach from its row (``BEACH_READ``)."""
    blob, uid, name, commune, department, country, source, error_m, note = values
    return Beach(
        uid=_uid(uid),
        name=_text(name),
        position=_required_position(blob),
        commune=_text(commune),
        department=_text(department),
        country=_text(country),
        source=_text(source),
        error_m=_real(error_m),
        note=_text(note),
    )


def mark_from(values: Sequence[Value]) -> Mark:
    """Return a mark from its row (``MARK_READ``)."""
    blob, uid, code, name, kind, error_m, source = values
    return Mark(
        uid=_uid(uid),
        code=_text(code),
        name=_text(name),
        kind=_text(kind),
        position=_required_position(blob),
        error_m=_real(error_m),
        source=_text(source),
    )


def log_line_from(values: Sequence[Value]) -> LogLine:
    """Return a free line of the watch log from its row (``LOG_LINE_READ``)."""
    uid, at_utc, text, track_uid, operator = values
    return LogLine(
        uid=_uid(uid),
        at_utc=_time(at_utc),
        text=_text(text),
        operator=_text(operator),
        track_uid=_maybe_uid(track_uid),
    )


def acknowledgement_from(values: Sequence[Value]) -> Acknowledgement:
    """Return an acknowledged alert from its row (``ACKNOWLEDGEMENT_READ``)."""
    uid, alert, entity_uid, raised_at_utc, at_utc, by = values
    return Acknowledgement(
        uid=_uid(uid),
        alert=_ALERTS[alert],
        entity_uid=_uid(entity_uid),
        raised_at_utc=_time(raised_at_utc),
        at_utc=_time(at_utc),
        by=_text(by),
    )


@functools.lru_cache(maxsize=4096)
def _time(value: Value) -> datetime:
    """Return a time; the three of a report are often the same."""
    return read_time(value)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value


def _uid(value: Value) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no identifier: {value!r}")
    return value


def _maybe_uid(value: Value) -> str | None:
    # QGIS may leave an empty text where it means none.
    return None if value is None or value == "" else _uid(value)


def _real(value: Value) -> float | None:
    if value is None or isinstance(value, float):
        return value
    raise TypeError(f"no number: {value!r}")


def _whole(value: Value) -> int | None:
    if value is None or isinstance(value, int):
        return value
    raise TypeError(f"no whole number: {value!r}")


def _position(value: Value) -> Position | None:
    if not isinstance(value, bytes):
        raise TypeError(f"no geometry: {value!r}")
    return read_point(value)


def _required_position(value: Value) -> Position:
    position = _position(value)
    if position is None:
        raise ValueError("empty geometry")
    return position
