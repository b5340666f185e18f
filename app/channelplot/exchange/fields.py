"""Every field of a report, a track, a beach and a mark as text, and back: the same in all formats.

What this program writes into another format's file stands there under these names, and is read
again as it was: numbers in as many figures as they have, times in UTC to the millisecond, codes as
they are. An empty text is what was not said.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NoReturn, TypeVar

from channelplot.errors import ImportFault, InvalidPosition
from channelplot.geodesy.position import Position
from channelplot.model.beach import Beach, Mark
from channelplot.model.codes import (
    BoatType,
    CountBasis,
    Craft,
    TrackStatus,
)
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track
from channelplot.store.times import read_time, time_text

Texts = Mapping[str, str]
Code = TypeVar("Code", bound=StrEnum)

REPORT_FIELDS: Final = (
    "uid", "track_uid", "kind", "observed_at_utc", "received_at_utc", "logged_at_utc",
    "lon_deg", "lat_deg", "position_form", "as_received", "error_m", "source", "source_name",
    "grade", "course_deg", "speed_kn", "people_basis", "people_total", "people_men",
    "people_women", "people_children", "people_medical", "people_deceased", "people_missing",
    "people_is_estimate", "boat_type", "caller", "logged_by",
)  # fmt: skip
TRACK_FIELDS: Final = (
    "uid", "name", "craft", "status", "created_at_utc", "created_by", "launch_beach_uid", "note",
    "uk_reference", "fr_reference", "boat_type", "colour", "length_m", "engine", "same_as_uid",
    "contact_interval_min", "speed_kn", "status_changes",
)  # fmt: skip
BEACH_FIELDS: Final = (
    "uid", "name", "lon_deg", "lat_deg", "commune", "department", "country", "source", "error_m",
    "note",
)  # fmt: skip
MARK_FIELDS: Final = ("uid", "code", "name", "kind", "lon_deg", "lat_deg", "error_m", "source")
_PEOPLE: Final = ("total", "men", "women", "children", "medical", "deceased", "missing")
_CHANGE_TEXTS: Final = (
    "reason", "by", "identified_by", "identified_how", "explained_by",
)  # fmt: skip
_CHANGE_COUNTS: Final = ("unaccounted", "unaccounted_children")
_UID: Final = re.compile(r"[!-~]{1,64}")
_MOST_PEOPLE: Final = 100_000
_COUNT: Final = re.compile(r"([0-9]{1,6})(?:\.0)?", re.ASCII)
"""As this program writes it, or as others do again that keep whole numbers as floats."""


class FieldRefused(Exception):
    """A field holds what it can't hold. detail: its name and what it holds."""

    def __init__(self, fault: ImportFault, detail: str) -> None:
        """Keep the fault's code and the piece."""
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail


def report_texts(report: Report) -> dict[str, str]:
    """Return the fields of a report (``REPORT_FIELDS``) that say anything."""
    people = report.people
    counts = {} if people is None else {f"people_{n}": getattr(people, n) for n in _PEOPLE}
    return _said(
        {
            "uid": report.uid,
            "track_uid": report.track_uid,
            "kind": report.kind,
            "observed_at_utc": report.observed_at_utc,
            "received_at_utc": report.received_at_utc,
            "logged_at_utc": report.logged_at_utc,
            **_place(report.position),
            "position_form": report.position_form,
            "as_received": report.as_received,
            "error_m": report.error_m,
            "source": report.source,
            "source_name": report.source_name,
            "grade": report.grade,
            "course_deg": report.course_deg,
            "speed_kn": report.speed_kn,
            "people_basis": None if people is None else people.basis,
            **counts,
            "people_is_estimate": None if people is None or not people.is_estimate else 1,
            "boat_type": report.boat_type,
            "caller": report.caller,
            "logged_by": report.logged_by,
        }
    )


def track_texts(track: Track) -> dict[str, str]:
    """Return the fields of a track (``TRACK_FIELDS``) that say anything; none of its reports."""
    fields: dict[str, object] = {
        name: getattr(track, name) for name in TRACK_FIELDS if name != "status_changes"
    }
    changes = [_change_texts(change) for change in track.status_changes]
    told = json.dumps(changes, ensure_ascii=False, separators=(",", ":")) if changes else None
    return _said({**fields, "status_changes": told})


def track_from(texts: Texts) -> Track:
    """Return the track of fields (``TRACK_FIELDS``), without reports. Raises FieldRefused."""
    read = FieldReader(texts)
    return Track(
        uid=read.required_uid("uid"),
        name=read.required_text("name"),
        craft=read.code("craft", Craft) or Craft.OTHER,
        status=read.code("status", TrackStatus) or TrackStatus.REPORTED,
        created_at_utc=read.required_time("created_at_utc"),
        created_by=read.text("created_by"),
        launch_beach_uid=read.uid("launch_beach_uid") or None,
        note=read.text("note"),
        uk_reference=read.text("uk_reference"),
        fr_reference=read.text("fr_reference"),
        boat_type=read.code("boat_type", BoatType),
        colour=read.text("colour"),
        length_m=read.number("length_m"),
        engine=read.text("engine"),
        same_as_uid=read.uid("same_as_uid") or None,
        contact_interval_min=read.count("contact_interval_min"),
        speed_kn=read.number("speed_kn"),
        status_changes=read.status_changes(),
    )


def beach_texts(beach: Beach) -> dict[str, str]:
    """Return the fields of a beach (``BEACH_FIELDS``) that say anything."""
    return _said(_fields_of(beach, BEACH_FIELDS))


def beach_from(texts: Texts) -> Beach:
    """Return the beach of fields (``BEACH_FIELDS``). Raises FieldRefused."""
    read = FieldReader(texts)
    words = {name: read.text(name) for name in ("commune", "department", "country", "source")}
    return Beach(
        uid=read.required_uid("uid"),
        name=read.required_text("name"),
        position=read.required_position(),
        error_m=read.number("error_m"),
        note=read.text("note"),
        **words,
    )


def mark_texts(mark: Mark) -> dict[str, str]:
    """Return the fields of a mark (``MARK_FIELDS``) that say anything."""
    return _said(_fields_of(mark, MARK_FIELDS))


def mark_from(texts: Texts) -> Mark:
    """Return the mark of fields (``MARK_FIELDS``). Raises FieldRefused."""
    read = FieldReader(texts)
    return Mark(
        uid=read.required_uid("uid"),
        code=read.required_text("code"),
        name=read.text("name"),
        kind=read.text("kind"),
        position=read.required_position(),
        error_m=read.number("error_m"),
        source=read.text("source"),
    )


def _fields_of(entity: Beach | Mark, names: tuple[str, ...]) -> dict[str, object]:
    own = {name: getattr(entity, name) for name in names if hasattr(entity, name)}
    return {**own, **_place(entity.position)}


def _place(position: Position | None) -> dict[str, object]:
    if position is None:
        return {}
    return {"lon_deg": position.lon_deg, "lat_deg": position.lat_deg}


def _said(fields: Mapping[str, object]) -> dict[str, str]:
    """Return as texts what says anything, in its order."""
    return {name: _text(value) for name, value in fields.items() if value not in (None, "")}


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return time_text(value)
    return repr(value) if isinstance(value, float) else str(value)


def _change_texts(change: StatusChange) -> dict[str, object]:
    fields: dict[str, object] = {
        "uid": change.uid,
        "status": change.status.value,
        "at_utc": time_text(change.at_utc),
        **{name: getattr(change, name) for name in (*_CHANGE_TEXTS, *_CHANGE_COUNTS)},
    }
    return {name: value for name, value in fields.items() if value not in (None, "")}


class FieldReader:
    """Reads fields; each is there or not said. All raise FieldRefused."""

    def __init__(self, texts: Texts) -> None:
        """Read these."""
        self._texts = texts

    def text(self, name: str) -> str:
        """Return a text, "" where it is not said."""
        return self._texts.get(name, "")

    def required_text(self, name: str) -> str:
        """Return a text that must be there."""
        text = self.text(name)
        if not text.strip():
            self._refuse(ImportFault.NO_NAME, name)
        return text

    def uid(self, name: str) -> str:
        """Return an identifier, "" where it is not said."""
        text = self.text(name)
        if text and _UID.fullmatch(text) is None:
            self._refuse(ImportFault.CODE_NOT_KNOWN, name)
        return text

    def required_uid(self, name: str) -> str:
        """Return an identifier that must be there."""
        return self.uid(name) or self._refuse(ImportFault.CODE_NOT_KNOWN, name)

    def code(self, name: str, codes: type[Code]) -> Code | None:
        """Return a code of a list, None where it is not said."""
        text = self.text(name)
        try:
            return codes(text) if text else None
        except ValueError:
            self._refuse(ImportFault.CODE_NOT_KNOWN, name)

    def number(self, name: str, most: float = math.inf) -> float | None:
        """Return a finite number, no greater than the most, None where it is not said."""
        text = self.text(name)
        try:
            number = float(text) if text else None
        except ValueError:
            self._refuse(ImportFault.NUMBER_NOT_READ, name)
        if number is not None and not (math.isfinite(number) and number <= most):
            self._refuse(ImportFault.NUMBER_NOT_READ, name)
        return number

    def count(self, name: str) -> int | None:
        """Return a whole number from nought on, None where it is not said."""
        text = self.text(name)
        if not text:
            return None
        match = _COUNT.fullmatch(text)
        if match is None or int(match[1]) > _MOST_PEOPLE:
            self._refuse(ImportFault.NUMBER_NOT_READ, name)
        return int(match[1])

    def time(self, name: str) -> datetime | None:
        """Return a time in UTC, None where it is not said."""
        text = self.text(name)
        try:
            return read_time(text) if text else None
        except ValueError:
            self._refuse(ImportFault.TIME_NOT_READ, name)

    def required_time(self, name: str) -> datetime:
        """Return a time that must be there."""
        return self.time(name) or self._refuse(ImportFault.TIME_MISSING, name)

    def position(self) -> Position | None:
        """Return the position, None where neither of its numbers is said."""
        lon_deg, lat_deg = self.number("lon_deg"), self.number("lat_deg")
        if lon_deg is None or lat_deg is None:
            if lon_deg is not None or lat_deg is not None:
                self._refuse(ImportFault.POSITION_MISSING, "lon_deg, lat_deg")
            return None
        try:
            return Position(lon_deg, lat_deg)
        except InvalidPosition:
            is_lat = abs(lat_deg) > 90.0
            fault = ImportFault.LATITUDE_RANGE if is_lat else ImportFault.LONGITUDE_RANGE
            self._refuse(fault, "lat_deg" if is_lat else "lon_deg")

    def required_position(self) -> Position:
        """Return the position, which must be there."""
        return self.position() or self._refuse(ImportFault.POSITION_MISSING, "lon_deg, lat_deg")

    def people(self) -> PeopleCount | None:
        """Return the count of people, None where none is said."""
        counts = {name: self.count(f"people_{name}") for name in _PEOPLE}
        basis = self.code("people_basis", CountBasis)
        is_estimate = self.text("people_is_estimate") in {"1", "1.0"}
        if basis is None and not any(count is not None for count in counts.values()):
            return None
        return PeopleCount(basis or CountBasis.REPORTED, is_estimate=is_estimate, **counts)

    def status_changes(self) -> tuple[StatusChange, ...]:
        """Return the changes of status of a track."""
        text = self.text("status_changes")
        if not text:
            return ()
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            self._refuse(ImportFault.CODE_NOT_KNOWN, "status_changes")
        if not isinstance(told, list):
            self._refuse(ImportFault.CODE_NOT_KNOWN, "status_changes")
        return tuple(self._status_change(each) for each in told)

    def _status_change(self, told: Any) -> StatusChange:
        if not isinstance(told, dict):
            self._refuse(ImportFault.CODE_NOT_KNOWN, "status_changes")
        read = FieldReader({str(name): str(value) for name, value in told.items()})
        return StatusChange(
            uid=read.required_uid("uid"),
            status=read.code("status", TrackStatus)
            or self._refuse(ImportFault.CODE_NOT_KNOWN, "status_changes"),
            at_utc=read.required_time("at_utc"),
            unaccounted=read.count("unaccounted"),
            unaccounted_children=read.count("unaccounted_children"),
            **{name: read.text(name) for name in _CHANGE_TEXTS},
        )

    def _refuse(self, fault: ImportFault, name: str) -> NoReturn:
        text = self._texts.get(name, "")
        raise FieldRefused(fault, f"{name} {text[:60]}".strip())


FROM_TEXTS: Final[Mapping[str, Callable[[Texts], Track | Beach | Mark]]] = {
    "track": track_from,
    "beach": beach_from,
    "mark": mark_from,
}
"""What reads the fields of each kind of thing that is no report."""
