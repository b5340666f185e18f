"""Beaches, marks, lines of the watch log and acknowledgements: each to its row and back.

Of each kind: the columns that are read, the uid first; the row of an entity, by column; and the
entity of a row.
"""

from typing import Final

from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.beach import Beach, Mark
from channelplot.model.codes import AlertCode
from channelplot.model.log_line import LogLine
from channelplot.store.columns import GEOMETRY, WITHDRAWN
from channelplot.store.flat import UnknownHere, Values
from channelplot.store.geometry import point_blob
from channelplot.store.times import time_text
from channelplot.store.values import (
    Row,
    maybe_uid_of,
    real_of,
    real_value,
    required_position_of,
    text_of,
    text_value,
    time_of,
    uid_of,
)

_ALERTS: Final[dict[str, AlertCode]] = {code.value: code for code in AlertCode}


BEACH_READ: Final = (
    "uid",
    "geom",
    "name",
    "commune",
    "department",
    "country",
    "source",
    "error_m",
    "note",
)


def beach_row(beach: Beach) -> Row:
    """Return the row of a beach."""
    return {
        GEOMETRY: point_blob(beach.position),
        "uid": beach.uid,
        "name": text_value(beach.name),
        "commune": text_value(beach.commune),
        "department": text_value(beach.department),
        "country": text_value(beach.country),
        "source": text_value(beach.source),
        "error_m": real_value(beach.error_m),
        "note": text_value(beach.note),
        WITHDRAWN: None,
    }


def beach_from(values: Values) -> Beach:
    """Return a beach from its row (``BEACH_READ``)."""
    uid, blob, name, commune, department, country, source, error_m, note = values
    return Beach(
        uid=uid_of(uid),
        name=text_of(name),
        position=required_position_of(blob),
        commune=text_of(commune),
        department=text_of(department),
        country=text_of(country),
        source=text_of(source),
        error_m=real_of(error_m),
        note=text_of(note),
    )


MARK_READ: Final = ("uid", "geom", "code", "name", "kind", "error_m", "source")


def mark_row(mark: Mark) -> Row:
    """Return the row of a mark."""
    return {
        GEOMETRY: point_blob(mark.position),
        "uid": mark.uid,
        "code": text_value(mark.code),
        "name": text_value(mark.name),
        "kind": text_value(mark.kind),
        "error_m": real_value(mark.error_m),
        "source": text_value(mark.source),
        WITHDRAWN: None,
    }


def mark_from(values: Values) -> Mark:
    """Return a mark from its row (``MARK_READ``)."""
    uid, blob, code, name, kind, error_m, source = values
    return Mark(
        uid=uid_of(uid),
        code=text_of(code),
        name=text_of(name),
        kind=text_of(kind),
        position=required_position_of(blob),
        error_m=real_of(error_m),
        source=text_of(source),
    )


LOG_LINE_READ: Final = ("uid", "at_utc", "text", "track_uid", "operator")


def log_line_row(line: LogLine) -> Row:
    """Return the row of a free line of the watch log."""
    return {
        "uid": line.uid,
        "at_utc": time_text(line.at_utc),
        "text": text_value(line.text),
        "track_uid": line.track_uid,
        "operator": text_value(line.operator),
        WITHDRAWN: None,
    }


def log_line_from(values: Values) -> LogLine:
    """Return a free line of the watch log from its row (``LOG_LINE_READ``)."""
    uid, at_utc, text, track_uid, operator = values
    return LogLine(
        uid=uid_of(uid),
        at_utc=time_of(at_utc),
        text=text_of(text),
        operator=text_of(operator),
        track_uid=maybe_uid_of(track_uid),
    )


ACKNOWLEDGEMENT_READ: Final = (
    "uid",
    "alert",
    "entity_uid",
    "raised_at_utc",
    "at_utc",
    "acknowledged_by",
)


def acknowledgement_row(acknowledgement: Acknowledgement) -> Row:
    """Return the row of an acknowledged alert."""
    return {
        "uid": acknowledgement.uid,
        "alert": acknowledgement.alert.value,
        "entity_uid": acknowledgement.entity_uid,
        "raised_at_utc": time_text(acknowledgement.raised_at_utc),
        "at_utc": time_text(acknowledgement.at_utc),
        "acknowledged_by": text_value(acknowledgement.by),
        WITHDRAWN: None,
    }


def acknowledgement_from(values: Values) -> Acknowledgement:
    """Return an acknowledged alert from its row (``ACKNOWLEDGEMENT_READ``).

    Raises UnknownHere for the code of an alert that this version never raises.
    """
    uid, alert, entity_uid, raised_at_utc, at_utc, by = values
    code = _ALERTS.get(text_of(alert))
    if code is None:
        raise UnknownHere
    return Acknowledgement(
        uid=uid_of(uid),
        alert=code,
        entity_uid=uid_of(entity_uid),
        raised_at_utc=time_of(raised_at_utc),
        at_utc=time_of(at_utc),
        by=text_of(by),
    )
