"""The columns of a plot file in words, and their values with units and zones."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.chart.wording import (
    boat_type_text,
    craft_text,
    kind_text,
    mark_kind_text,
    source_text,
    status_text,
)
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import (
    bearing_text,
    date_time_group,
    length_text,
    speed_text,
)
from channelplot.geodesy.units import mps_from_kn
from channelplot.model.caller import report_meant
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
from channelplot.store.geometry import read_point
from channelplot.store.log import geometry_from_text
from channelplot.store.times import read_time
from channelplot.ui.line.cells import error_radius_text, form_text
from channelplot.ui.log.facts import Pair, Row, Value

translate: Final = QCoreApplication.translate
_C = TypeVar("_C")

_HIDDEN: Final[Mapping[str, frozenset[str]]] = {
    "tracks": frozenset({"uid", "geom", "withdrawn_at_utc"}),
    "reports": frozenset({"uid", "withdrawn_at_utc", "people_total", "people_children"}),
    "people_counts": frozenset({"uid", "withdrawn_at_utc", "track_uid", "report_uid", "at_utc"}),
    "status_changes": frozenset({"uid", "withdrawn_at_utc", "track_uid", "step"}),
}
"""What says nothing to a reader, or stands in another row of the same act: a report's people are
told whole in ``people_counts``."""
_USUALLY_HIDDEN: Final = frozenset({"uid", "withdrawn_at_utc"})
_TITLES: Final[Mapping[str, object]] = {
    "geom": QT_TRANSLATE_NOOP("WatchLog", "position"),
    "name": QT_TRANSLATE_NOOP("WatchLog", "name"),
    "craft": QT_TRANSLATE_NOOP("WatchLog", "craft"),
    "status": QT_TRANSLATE_NOOP("WatchLog", "status"),
    "launch_beach_uid": QT_TRANSLATE_NOOP("WatchLog", "launch beach"),
    "note": QT_TRANSLATE_NOOP("WatchLog", "note"),
    "created_at_utc": QT_TRANSLATE_NOOP("WatchLog", "started"),
    "created_by": QT_TRANSLATE_NOOP("WatchLog", "started by"),
    "uk_reference": QT_TRANSLATE_NOOP("WatchLog", "UK reference"),
    "fr_reference": QT_TRANSLATE_NOOP("WatchLog", "French reference"),
    "boat_type": QT_TRANSLATE_NOOP("WatchLog", "type of boat"),
    "colour": QT_TRANSLATE_NOOP("WatchLog", "colour"),
    "length_m": QT_TRANSLATE_NOOP("WatchLog", "length"),
    "engine": QT_TRANSLATE_NOOP("WatchLog", "engine"),
    "same_as_uid": QT_TRANSLATE_NOOP("WatchLog", "same boat as"),
    "contact_interval_min": QT_TRANSLATE_NOOP("WatchLog", "contact every"),
    "track_uid": QT_TRANSLATE_NOOP("WatchLog", "boat"),
    "kind": QT_TRANSLATE_NOOP("WatchLog", "kind"),
    "observed_at_utc": QT_TRANSLATE_NOOP("WatchLog", "observed"),
    "received_at_utc": QT_TRANSLATE_NOOP("WatchLog", "received"),
    "logged_at_utc": QT_TRANSLATE_NOOP("WatchLog", "logged"),
    "as_received": QT_TRANSLATE_NOOP("WatchLog", "as received"),
    "position_form": QT_TRANSLATE_NOOP("WatchLog", "position given as"),
    "error_m": QT_TRANSLATE_NOOP("WatchLog", "error"),
    "source": QT_TRANSLATE_NOOP("WatchLog", "source"),
    "source_name": QT_TRANSLATE_NOOP("WatchLog", "name of the source"),
    "grade": QT_TRANSLATE_NOOP("WatchLog", "grade"),
    "course_deg": QT_TRANSLATE_NOOP("WatchLog", "course"),
    "speed_kn": QT_TRANSLATE_NOOP("WatchLog", "speed"),
    "logged_by": QT_TRANSLATE_NOOP("WatchLog", "logged by"),
    "caller": QT_TRANSLATE_NOOP("WatchLog", "caller"),
    "basis": QT_TRANSLATE_NOOP("WatchLog", "people are"),
    "total": QT_TRANSLATE_NOOP("WatchLog", "people"),
    "men": QT_TRANSLATE_NOOP("WatchLog", "men"),
    "women": QT_TRANSLATE_NOOP("WatchLog", "women"),
    "children": QT_TRANSLATE_NOOP("WatchLog", "children"),
    "medical": QT_TRANSLATE_NOOP("WatchLog", "medical cases"),
    "deceased": QT_TRANSLATE_NOOP("WatchLog", "deceased"),
    "missing": QT_TRANSLATE_NOOP("WatchLog", "missing"),
    "is_estimate": QT_TRANSLATE_NOOP("WatchLog", "estimate"),
    "at_utc": QT_TRANSLATE_NOOP("WatchLog", "at"),
    "reason": QT_TRANSLATE_NOOP("WatchLog", "reason"),
    "given_by": QT_TRANSLATE_NOOP("WatchLog", "given by"),
    "identified_by": QT_TRANSLATE_NOOP("WatchLog", "identified by"),
    "identified_how": QT_TRANSLATE_NOOP("WatchLog", "identified how"),
    "explained_by": QT_TRANSLATE_NOOP("WatchLog", "explained by"),
    "unaccounted": QT_TRANSLATE_NOOP("WatchLog", "unaccounted for"),
    "unaccounted_children": QT_TRANSLATE_NOOP("WatchLog", "children among them"),
    "commune": QT_TRANSLATE_NOOP("WatchLog", "commune"),
    "department": QT_TRANSLATE_NOOP("WatchLog", "department"),
    "country": QT_TRANSLATE_NOOP("WatchLog", "country"),
    "code": QT_TRANSLATE_NOOP("WatchLog", "code"),
    "text": QT_TRANSLATE_NOOP("WatchLog", "words"),
    "operator": QT_TRANSLATE_NOOP("WatchLog", "written by"),
    "alert": QT_TRANSLATE_NOOP("WatchLog", "alert"),
    "entity_uid": QT_TRANSLATE_NOOP("WatchLog", "about"),
    "raised_at_utc": QT_TRANSLATE_NOOP("WatchLog", "raised"),
    "acknowledged_by": QT_TRANSLATE_NOOP("WatchLog", "acknowledged by"),
}
_QUOTED: Final = frozenset({"note", "as_received", "text", "reason", "identified_how"})
_BASES: Final[Mapping[CountBasis, object]] = {
    CountBasis.REPORTED: QT_TRANSLATE_NOOP("WatchLog", "reported"),
    CountBasis.COUNTED: QT_TRANSLATE_NOOP("WatchLog", "counted"),
}
_ALERTS: Final[Mapping[AlertCode, object]] = {
    AlertCode.OVERDUE: QT_TRANSLATE_NOOP("WatchLog", "overdue"),
    AlertCode.CLOSED_UNACCOUNTED: QT_TRANSLATE_NOOP(
        "WatchLog", "closed with people unaccounted for"
    ),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of a row that an act changed, and what stood and stands there in words.

    An empty text: nothing stood there.
    """

    column: str
    before: str
    after: str

    @property
    def title(self) -> str:
        """Return what the column is called in a sentence."""
        return field_title(self.column)


class FieldTexts:
    """Writes what stands in columns, as of one act.

    name_of: returns what a track or beach was called then, nothing if nobody knows.
    position: writes a position.
    """

    def __init__(self, name_of: Callable[[str], str], position: Callable[[Position], str]) -> None:
        """Take what the words depend on."""
        self.name_of = name_of
        self._position = position
        self._writers: Mapping[str, Callable[[Value], str]] = {
            "geom": self._place,
            "craft": lambda value: _coded(Craft, craft_text, value),
            "status": lambda value: _coded(TrackStatus, status_text, value),
            "boat_type": lambda value: _coded(BoatType, boat_type_text, value),
            "source": lambda value: _coded(SourceKind, source_text, value),
            "position_form": lambda value: _coded(PositionForm, form_text, value),
            "basis": lambda value: _coded(CountBasis, _basis_text, value),
            "alert": lambda value: _coded(AlertCode, alert_word, value),
            "launch_beach_uid": self._named,
            "same_as_uid": self._named,
            "track_uid": self._named,
            "entity_uid": self._named,
            "caller": self._caller,
            "error_m": lambda value: _number(error_radius_text, value),
            "length_m": lambda value: _number(length_text, value),
            "course_deg": lambda value: _number(bearing_text, value),
            "speed_kn": lambda value: _number(lambda kn: speed_text(mps_from_kn(kn)), value),
            "contact_interval_min": _minutes,
            "is_estimate": _yes_or_no,
        }

    def value(self, table: str, column: str, value: Value) -> str:
        """Return what stands in a column, in words with unit and zone; nothing for nothing."""
        if value is None or value == "":
            return ""
        if column.endswith("_at_utc") or column == "at_utc":
            return _moment(value)
        if column == "kind":
            kind = str(value)
            return mark_kind_text(kind) if table == "marks" else _coded(ReportKind, kind_text, kind)
        writer = self._writers.get(column)
        return str(value) if writer is None else writer(value)

    def changes(self, pair: Pair) -> Iterator[FieldChange]:
        """Yield the columns of a row that differ as they are written, in the order of the file."""
        hidden = _HIDDEN.get(pair.table, _USUALLY_HIDDEN)
        for column in {**(pair.before or {}), **(pair.after or {})}:
            old, new = _in(pair.before, column), _in(pair.after, column)
            if column in hidden or old == new:
                continue
            before = self.value(pair.table, column, old)
            after = self.value(pair.table, column, new)
            if before != after:
                yield FieldChange(column, before, after)

    def change_words(self, pair: Pair) -> str:
        """Return what was changed of a row that stays: ``people 55 → 54, note: “6 m”``."""
        return ", ".join(map(_change_words, self.changes(pair)))

    def _place(self, value: Value) -> str:
        try:
            blob = geometry_from_text(str(value))
            position = None if blob is None else read_point(blob)
        except ValueError:
            return str(value)
        return "" if position is None else self._position(position)

    def _named(self, value: Value) -> str:
        return self.name_of(str(value)) or translate("WatchLog", "not named in this log")

    def _caller(self, value: Value) -> str:
        caller = str(value)
        if report_meant(caller) is None:
            return caller
        return translate("WatchLog", "the same telephone as another report's")


def field_title(column: str) -> str:
    """Return what a column is called in a sentence; its own name for one of a newer file."""
    marked = _TITLES.get(column)
    return column if marked is None else translate("WatchLog", str(marked))


def quoted(text: str) -> str:
    """Return words as somebody's own, on one line."""
    return translate("WatchLog", "“{words}”").format(words=" ".join(text.split()))


def alert_word(alert: AlertCode) -> str:
    """Return the word for what an alert is about: ``overdue``."""
    return translate("WatchLog", str(_ALERTS[alert]))


def moment_of(row: Row, column: str) -> datetime | None:
    """Return the time in a column, None where there is none or it can't be read."""
    value = row.get(column)
    try:
        return read_time(value)
    except (TypeError, ValueError):
        return None


def _in(row: Row | None, column: str) -> Value:
    return None if row is None else row.get(column)


def _change_words(change: FieldChange) -> str:
    is_said = change.column in _QUOTED
    before = quoted(change.before) if change.before and is_said else change.before
    after = quoted(change.after) if change.after and is_said else change.after
    if not before:
        return translate("WatchLog", "{field}: {after}").format(field=change.title, after=after)
    if not after:
        after = translate("WatchLog", "nothing")
    return f"{change.title} {before} → {after}"


def _coded(codes: Callable[[str], _C], text_of_code: Callable[[_C], str], value: Value) -> str:
    """Return the words for a code; one of a newer file as it is."""
    try:
        return text_of_code(codes(str(value)))
    except (ValueError, KeyError):
        return str(value)


def _basis_text(basis: CountBasis) -> str:
    return translate("WatchLog", str(_BASES[basis]))


def _number(text: Callable[[float], str], value: Value) -> str:
    return text(float(value)) if isinstance(value, int | float) else str(value)


def _minutes(value: Value) -> str:
    return translate("WatchLog", "{number} min").format(number=value)


def _yes_or_no(value: Value) -> str:
    return translate("WatchLog", "yes") if value else translate("WatchLog", "no")


def _moment(value: Value) -> str:
    """Return a date-time group, with its seconds where it has any: two may differ in them."""
    try:
        moment_utc = read_time(value)
    except (TypeError, ValueError):
        return str(value)
    group = date_time_group(moment_utc)
    if not moment_utc.second:
        return group
    head, _, rest = group.partition("Z")
    return f"{head}:{moment_utc:%S}Z{rest}"
