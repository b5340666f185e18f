"""What stands in the columns of a plot file, in words: values with their units and zones."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication

from channelplot.chart.wording import (
    boat_type_text,
    craft_text,
    kind_text,
    mark_kind_text,
    source_text,
    status_text,
)
from channelplot.errors import InvalidPosition
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import (
    bearing_text,
    date_time_group,
    distance_text,
    latitude_text,
    length_text,
    longitude_text,
    speed_text,
)
from channelplot.geodesy.units import mps_from_kn
from channelplot.model.caller import report_meant
from channelplot.model.codes import (
    AlertCode,
    BoatType,
    CountBasis,
    Craft,
    LimitPurpose,
    PatternKind,
    PositionForm,
    ReckoningRule,
    ReportKind,
    SourceKind,
    TrackStatus,
    Turn,
)
from channelplot.model.reference_layer import USUAL_COLOUR, Dash, ReferenceSchema
from channelplot.store.geometry import read_line, read_point
from channelplot.store.log import geometry_from_text
from channelplot.store.times import read_time
from channelplot.ui.line.cells import error_radius_text, form_text
from channelplot.ui.log.codes import (
    alert_word,
    basis_word,
    purpose_words,
    rule_words,
)
from channelplot.ui.log.facts import Pair, Row, Value
from channelplot.ui.log.titles import field_title
from channelplot.ui.words.reference_text import dash_text, schema_text
from channelplot.ui.words.search_text import pattern_text, turn_text
from channelplot.ui.words.waters_text import limit_text, waters_of_text

translate: Final = QCoreApplication.translate
_C = TypeVar("_C")

_HIDDEN: Final[Mapping[str, frozenset[str]]] = {
    "tracks": frozenset({"uid", "geom", "withdrawn_at_utc"}),
    "reports": frozenset({"uid", "withdrawn_at_utc", "people_total", "people_children"}),
    "people_counts": frozenset({"uid", "withdrawn_at_utc", "track_uid", "report_uid", "at_utc"}),
    "status_changes": frozenset({"uid", "withdrawn_at_utc", "track_uid", "step"}),
    "predicted_crossings": frozenset({"uid", "withdrawn_at_utc", "fix_uid"}),
}
"""What says nothing to a reader, or stands in another row of the same act: a report's people are
told whole in ``people_counts``."""
_USUALLY_HIDDEN: Final = frozenset({"uid", "withdrawn_at_utc"})
_LINES: Final = frozenset({"limits", "searches"})
"""Tables whose geometry is a line: how many points it has is told."""
_DISTANCES: Final = (
    "distance_m",
    "radius_m",
    "drift_m",
    "initial_error_m",
    "searcher_error_m",
    "spacing_m",
    "width_m",
)
_QUOTED: Final = frozenset({"note", "as_received", "text", "reason", "identified_how"})


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
            "from_side": lambda value: waters_of_text(str(value)),
            "to_side": lambda value: waters_of_text(str(value)),
            "status": lambda value: _coded(TrackStatus, status_text, value),
            "boat_type": lambda value: _coded(BoatType, boat_type_text, value),
            "source": lambda value: _coded(SourceKind, source_text, value),
            "position_form": lambda value: _coded(PositionForm, form_text, value),
            "basis": lambda value: _coded(CountBasis, basis_word, value),
            "alert": lambda value: _coded(AlertCode, alert_word, value),
            "rule": lambda value: _coded(ReckoningRule, rule_words, value),
            "purpose": lambda value: _coded(LimitPurpose, purpose_words, value),
            "turn": lambda value: _coded(Turn, turn_text, value),
            "line_dash": lambda value: _coded(Dash, dash_text, value),
            "known_schema": lambda value: _coded(ReferenceSchema, schema_text, value),
            "line_colour": _colour,
            "fill_colour": _colour,
            "fill_opacity": lambda value: _number(_whole_percent, value),
            "line_width_px": _given,
            "point_px": _given,
            "label_size_pt": _given,
            "launch_beach_uid": self._named,
            "same_as_uid": self._named,
            "track_uid": self._named,
            "entity_uid": self._named,
            "first_track_uid": self._named,
            "second_track_uid": self._named,
            "limit_code": self._limit,
            "caller": self._caller,
            "error_m": lambda value: _number(error_radius_text, value),
            "length_m": lambda value: _number(length_text, value),
            "course_deg": lambda value: _number(bearing_text, value),
            "speed_kn": _speed,
            "stream_set_deg": lambda value: _number(bearing_text, value),
            "wind_from_deg": lambda value: _number(bearing_text, value),
            "first_leg_deg": lambda value: _number(bearing_text, value),
            "stream_rate_kn": _speed,
            "wind_speed_kn": _speed,
            "searcher_speed_kn": _speed,
            "leeway_percent": _percent,
            "drift_error_share": lambda value: _number(
                lambda share: _percent(share * 100.0), value
            ),
            "datum_lon_deg": lambda value: _number(longitude_text, value),
            "datum_lat_deg": lambda value: _number(latitude_text, value),
            "contact_interval_min": _minutes,
            "within_min": _minutes,
            "is_estimate": _yes_or_no,
            "is_area": _yes_or_no,
            "is_legal": _yes_or_no,
            **dict.fromkeys(_DISTANCES, lambda value: _number(distance_text, value)),
        }

    def value(self, table: str, column: str, value: Value) -> str:
        """Return what stands in a column, in words with unit and zone; nothing for nothing."""
        if value is None or value == "":
            return ""
        if column.endswith("_utc"):
            return _moment(value)
        if column == "kind":
            return _kind(table, str(value))
        if (table, column) == ("searches", "length_m"):
            return _number(distance_text, value)
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
                is_line = column == "geom" and pair.table in _LINES
                yield FieldChange("points" if is_line else column, before, after)

    def change_words(self, pair: Pair) -> str:
        """Return what was changed of a row that stays: ``people 55 → 54, note: “6 m”``."""
        return ", ".join(map(_change_words, self.changes(pair)))

    def place(self, lon_deg: Value, lat_deg: Value) -> str:
        """Return the position in two columns; nothing where they hold none."""
        if not isinstance(lon_deg, int | float) or not isinstance(lat_deg, int | float):
            return ""
        try:
            return self._position(Position(lon_deg, lat_deg))
        except InvalidPosition:
            return ""

    def _place(self, value: Value) -> str:
        try:
            blob = geometry_from_text(str(value))
        except ValueError:
            return str(value)
        if blob is None:
            return ""
        try:
            position = read_point(blob)
        except ValueError:
            return _points(blob)
        return "" if position is None else self._position(position)

    def _limit(self, value: Value) -> str:
        code = str(value)
        name = self.name_of(code) or translate("WatchLog", "a limit not named in this log")
        return limit_text(code, name)

    def _named(self, value: Value) -> str:
        return self.name_of(str(value)) or translate("WatchLog", "not named in this log")

    def _caller(self, value: Value) -> str:
        caller = str(value)
        if report_meant(caller) is None:
            return caller
        return translate("WatchLog", "the same telephone as another report's")


def quoted(text: str) -> str:
    """Return words as somebody's own, on one line."""
    return translate("WatchLog", "“{words}”").format(words=" ".join(text.split()))


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


def _number(text: Callable[[float], str], value: Value) -> str:
    return text(float(value)) if isinstance(value, int | float) else str(value)


def given_number(value: Value) -> str:
    """Return a number as somebody gave it, without figures that nobody did: ``1.9``, ``14``."""
    return _number(lambda number: f"{number:g}", value)


def _whole_percent(share: float) -> str:
    return _percent(round(share * 100.0))


def _given(value: Value) -> str:
    return _number(lambda number: f"{number:.1f}", value)


def _colour(value: Value) -> str:
    """Return a colour as it is kept, the chart's own in words."""
    if value == USUAL_COLOUR:
        return translate("WatchLog", "the chart's own")
    return str(value)


def given_direction(value: Value) -> str:
    """Return a direction as somebody gave it, three figures and its decimals: ``060°``."""
    return _number(
        lambda degrees: f"{degrees:03.0f}°" if degrees.is_integer() else f"{degrees:05.1f}°", value
    )


def _kind(table: str, kind: str) -> str:
    if table == "marks":
        return mark_kind_text(kind)
    if table == "searches":
        return _coded(PatternKind, pattern_text, kind)
    if table == "reference_layers":
        return kind
    return _coded(ReportKind, kind_text, kind)


def _points(blob: bytes) -> str:
    """Return how many points a line has; nothing of a geometry that is none."""
    try:
        return str(len(read_line(blob)))
    except ValueError:
        return ""


def _speed(value: Value) -> str:
    return _number(lambda speed_kn: speed_text(mps_from_kn(speed_kn)), value)


def _percent(value: Value) -> str:
    return translate("WatchLog", "{number} %").format(number=given_number(value))


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
