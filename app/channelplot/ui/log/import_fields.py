"""What columns of a table may hold, and how a file and the plot differ, in words."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.commands.command import Entity
from channelplot.errors import InvalidPosition
from channelplot.exchange.incoming.conflict import Conflict
from channelplot.exchange.incoming.table_fields import TableField
from channelplot.geodesy.position import Position
from channelplot.ui.log.conflict_text import import_field_title
from channelplot.ui.log.fields import FieldTexts
from channelplot.ui.log.titles import field_title

translate: Final = QCoreApplication.translate

_FIELDS: Final[Mapping[TableField, object]] = {
    TableField.TIME: QT_TRANSLATE_NOOP("ImportFields", "date and time"),
    TableField.DATE: QT_TRANSLATE_NOOP("ImportFields", "date"),
    TableField.TIME_OF_DAY: QT_TRANSLATE_NOOP("ImportFields", "time of day"),
    TableField.EPOCH_S: QT_TRANSLATE_NOOP("ImportFields", "seconds since 1970"),
    TableField.EPOCH_MS: QT_TRANSLATE_NOOP("ImportFields", "milliseconds since 1970"),
    TableField.POSITION: QT_TRANSLATE_NOOP("ImportFields", "position, both angles"),
    TableField.LAT: QT_TRANSLATE_NOOP("ImportFields", "latitude"),
    TableField.LAT_SIDE: QT_TRANSLATE_NOOP("ImportFields", "N or S of the latitude"),
    TableField.LON: QT_TRANSLATE_NOOP("ImportFields", "longitude"),
    TableField.LON_SIDE: QT_TRANSLATE_NOOP("ImportFields", "E or W of the longitude"),
    TableField.NAME: QT_TRANSLATE_NOOP("ImportFields", "name of the craft"),
    TableField.MMSI: QT_TRANSLATE_NOOP("ImportFields", "MMSI"),
    TableField.IMO: QT_TRANSLATE_NOOP("ImportFields", "IMO number"),
    TableField.COURSE: QT_TRANSLATE_NOOP("ImportFields", "course"),
    TableField.SPEED_KN: QT_TRANSLATE_NOOP("ImportFields", "speed in knots"),
    TableField.SPEED_TENTHS_KN: QT_TRANSLATE_NOOP("ImportFields", "speed in tenths of a knot"),
    TableField.SPEED_MPS: QT_TRANSLATE_NOOP("ImportFields", "speed in m/s"),
    TableField.SPEED_KMH: QT_TRANSLATE_NOOP("ImportFields", "speed in km/h"),
    TableField.PEOPLE: QT_TRANSLATE_NOOP("ImportFields", "people"),
    TableField.CHILDREN: QT_TRANSLATE_NOOP("ImportFields", "children"),
    TableField.SOURCE: QT_TRANSLATE_NOOP("ImportFields", "name of the source"),
    TableField.NOTE: QT_TRANSLATE_NOOP("ImportFields", "words"),
    TableField.LENGTH: QT_TRANSLATE_NOOP("ImportFields", "length in metres"),
}
_TABLES: Final = {
    Entity.REPORT: "reports",
    Entity.TRACK: "tracks",
    Entity.BEACH: "beaches",
    Entity.MARK: "marks",
}
_PEOPLE: Final = "people_"
_NUMBERS: Final = ("_m", "_deg", "_kn", "_min")
_ANGLES: Final = frozenset({"lon_deg", "lat_deg"})


def table_field_text(field: TableField) -> str:
    """Return what a column holds."""
    return translate("ImportFields", str(_FIELDS[field]))


def differing_rows(
    conflict: Conflict, name_of: Callable[[str], str], position: Callable[[Position], str]
) -> list[tuple[str, str, str]]:
    """Return what differs: what each field is called, here and in the file; "" for not said.

    name_of: returns what a track or beach is called here. position: writes a position.
    """
    texts = FieldTexts(name_of, position)
    names = dict.fromkeys((*conflict.ours, *conflict.theirs))
    rows = []
    if _ANGLES & names.keys():
        both = (conflict.ours, conflict.theirs)
        here, there = (_place(fields, texts) for fields in both)
        rows.append((field_title("geom"), here, there))
    table = _TABLES[conflict.entity]
    for name in names:
        if name not in _ANGLES:
            here, there = (
                _value(texts, table, name, fields.get(name, ""))
                for fields in (conflict.ours, conflict.theirs)
            )
            rows.append((import_field_title(name), here, there))
    return rows


def _value(texts: FieldTexts, table: str, name: str, text: str) -> str:
    if name.endswith(_NUMBERS) and text:
        return texts.value(table, name, float(text))
    return texts.value(table, name.removeprefix(_PEOPLE), text)


def _place(fields: Mapping[str, str], texts: FieldTexts) -> str:
    try:
        return texts.place(float(fields["lon_deg"]), float(fields["lat_deg"]))
    except (KeyError, ValueError, InvalidPosition):
        return ""
