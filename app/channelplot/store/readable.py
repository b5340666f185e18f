"""Whether a row can be loaded: another program may have written what its columns are not for."""

from typing import Final

from channelplot.store.entities import (
    PEOPLE_READ,
    REPORT_READ,
    STATUS_READ,
    TRACK_READ,
    people_from,
    report_from,
    status_from,
    track_from,
)
from channelplot.store.flat import UnknownHere
from channelplot.store.flat_kinds import FLAT_KINDS
from channelplot.store.geometry import EMPTY_POINT
from channelplot.store.tables import (
    GEOMETRY,
    PEOPLE_COUNTS,
    REPORTS,
    STATUS_CHANGES,
    TRACKS,
    WITHDRAWN,
    Table,
)
from channelplot.store.times import read_time
from channelplot.store.values import Row, Value, points_of, position_of

UNREADABLE: Final = (ValueError, KeyError, TypeError)
"""What reading a row raises that can't be read."""
_KINDS: Final = {kind.table.name: kind for kind in FLAT_KINDS}


def is_readable(table: Table, row: Row) -> bool:
    """Return whether loading reads a row, standing or withdrawn. row: values as the file has them.

    The line of a track is left out: it is derived, and never read.
    """
    try:
        if row[WITHDRAWN] is not None:
            read_time(row[WITHDRAWN])
        _read(table, row)
    except UnknownHere:
        return True
    except UNREADABLE:
        return False
    return True


def is_geometry_readable(table: Table, value: Value) -> bool:
    """Return whether a value is a geometry of a table's kind, on Earth; so is none."""
    try:
        if table.geometry_type != "POINT":
            points_of(value)
        elif value is not None:
            position_of(value)
    except UNREADABLE:
        return False
    return True


def no_geometry(table: Table) -> bytes | None:
    """Return what stands in a layer where there is no geometry: null, or else an empty point."""
    (column,) = (column for column in table.columns if column.name == GEOMETRY)
    return EMPTY_POINT if "NOT NULL" in column.sql else None


def _read(table: Table, row: Row) -> None:
    def values(columns: str) -> list[Value]:
        return [row[column] for column in columns.split(", ")]

    if table is TRACKS:
        track_from(values(TRACK_READ), (), ())
    elif table is STATUS_CHANGES:
        status_from(values(STATUS_READ))
    elif table is REPORTS:
        people = people_from((), row["people_total"], row["people_children"])
        report_from(values(REPORT_READ), None, people)
    elif table is PEOPLE_COUNTS:
        people_from(values(PEOPLE_READ), None, None)
    else:
        kind = _KINDS[table.name]
        kind.from_row([row[column] for column in kind.columns])
