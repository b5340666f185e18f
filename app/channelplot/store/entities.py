"""Rows of tracks and reports, and of what hangs on them, back to entities.

Reading is strict: a value that is not what its column is for raises ValueError, KeyError
or TypeError, and the caller says which row it was. Nothing is guessed and nothing is
dropped.
"""

from collections.abc import Sequence
from typing import Final

from channelplot.model.codes import (
    BoatType,
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track
from channelplot.store.values import (
    Value,
    flag_of,
    maybe_uid_of,
    position_of,
    real_of,
    text_of,
    time_of,
    uid_of,
    whole_of,
)

TRACK_READ: Final = (
    "uid, name, craft, status, launch_beach_uid, note, created_at_utc, created_by, uk_reference,"
    " fr_reference, boat_type, colour, length_m, engine, same_as_uid, contact_interval_min,"
    " speed_kn"
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

_CRAFTS: Final[dict[Value, Craft]] = {code.value: code for code in Craft}
_STATUSES: Final[dict[Value, TrackStatus]] = {code.value: code for code in TrackStatus}
_KINDS: Final[dict[Value, ReportKind]] = {code.value: code for code in ReportKind}
_FORMS: Final[dict[Value, PositionForm]] = {code.value: code for code in PositionForm}
_SOURCES: Final[dict[Value, SourceKind]] = {code.value: code for code in SourceKind}
_BASES: Final[dict[Value, CountBasis]] = {code.value: code for code in CountBasis}
_BOAT_TYPES: Final[dict[Value, BoatType]] = {code.value: code for code in BoatType}


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
        uid_of(uid),
        _STATUSES[status],
        time_of(at_utc),
        text_of(reason),
        by=text_of(by),
        identified_by=text_of(identified_by),
        identified_how=text_of(identified_how),
        explained_by=text_of(explained_by),
        unaccounted=whole_of(unaccounted),
        unaccounted_children=whole_of(unaccounted_children),
    )


def track_from(
    values: Sequence[Value], changes: tuple[StatusChange, ...], reports: Sequence[Report]
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
        speed_kn,
    ) = values
    return Track(
        uid=uid_of(uid),
        name=text_of(name),
        craft=_CRAFTS[craft],
        created_at_utc=time_of(created_at_utc),
        status=_STATUSES[status],
        launch_beach_uid=maybe_uid_of(beach_uid),
        note=text_of(note),
        uk_reference=text_of(uk_reference),
        fr_reference=text_of(fr_reference),
        boat_type=None if boat_type is None else _BOAT_TYPES[boat_type],
        colour=text_of(colour),
        length_m=real_of(length_m),
        engine=text_of(engine),
        same_as_uid=maybe_uid_of(same_as_uid),
        contact_interval_min=whole_of(contact_interval_min),
        speed_kn=real_of(speed_kn),
        created_by=text_of(created_by),
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
        return PeopleCount(total=whole_of(total), children=whole_of(children))
    basis, men, women, medical, deceased, missing, is_estimate = values
    return PeopleCount(
        basis=_BASES[basis],
        total=whole_of(total),
        men=whole_of(men),
        women=whole_of(women),
        children=whole_of(children),
        medical=whole_of(medical),
        deceased=whole_of(deceased),
        missing=whole_of(missing),
        is_estimate=flag_of(is_estimate),
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
        uid=uid_of(uid),
        kind=_KINDS[kind],
        observed_at_utc=time_of(observed_at_utc),
        received_at_utc=time_of(received_at_utc),
        logged_at_utc=time_of(logged_at_utc),
        track_uid=track_uid,
        position=None if blob is None else position_of(blob),
        position_form=None if form is None else _FORMS[form],
        as_received=text_of(as_received),
        error_m=real_of(error_m),
        source=_SOURCES[source],
        source_name=text_of(source_name),
        grade=text_of(grade),
        course_deg=real_of(course_deg),
        speed_kn=real_of(speed_kn),
        people=people,
        boat_type=None if boat_type is None else _BOAT_TYPES[boat_type],
        caller=text_of(caller),
        logged_by=text_of(logged_by),
    )
