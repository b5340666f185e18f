"""Tables that are known by their titles: what their publishers say of them counts.

Sources: the data dictionary of the AIS data of the United States (MarineCadastre: times in UTC,
speeds in knots); the list of columns of the Danish Maritime Authority (the day first; it does not
say the zone); the documentation of MarineTraffic (speeds in tenths of a knot, times in UTC) and
VesselFinder (knots, UTC); Flightradar24 (knots, UTC); of GPSLogger for Android (metres a second)
and of loggers as BT747 and Columbus write them (kilometres an hour; headings are those over the
ground).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from channelplot.exchange.incoming.found import DateOrder, Zone
from channelplot.exchange.incoming.table_fields import TableField, plain_title


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """A layout: its code, the titles that tell it, and what they mean where they do not say it.

    Titles are as ``plain_title`` returns them; of several for a field the first one there counts.
    zone, date_order: of its times, None where its publisher does not say. is_ais: numbers that AIS
    sends for "not available" mean that. has_short_years: dates are YYMMDD. is_one_craft: all rows
    are of the one that carried the receiver.
    """

    code: str
    told_by: frozenset[str]
    columns: Mapping[TableField, Sequence[str]] = field(default_factory=dict)
    zone: Zone | None = None
    date_order: DateOrder | None = None
    is_ais: bool = False
    has_short_years: bool = False
    is_one_craft: bool = False


LAYOUTS: Final = (
    TableLayout(
        code="ais_denmark",
        told_by=frozenset({"timestamp", "typeofmobile", "mmsi", "latitude", "longitude", "sog"}),
        date_order=DateOrder.DAY_FIRST,
        is_ais=True,
    ),
    TableLayout(
        code="ais_usa",
        told_by=frozenset({"mmsi", "basedatetime", "sog", "cog", "vesselname"}),
        zone=Zone.UTC,
        is_ais=True,
    ),
    TableLayout(
        code="marinetraffic",
        told_by=frozenset({"mmsi", "shipid", "lat", "lon", "speed", "course", "timestamp", "dsrc"}),
        columns={TableField.SPEED_TENTHS_KN: ("speed",)},
        zone=Zone.UTC,
        is_ais=True,
    ),
    TableLayout(
        code="vesselfinder",
        told_by=frozenset({"mmsi", "timestamp", "latitude", "longitude", "speed", "navstat"}),
        columns={TableField.SPEED_KN: ("speed",)},
        zone=Zone.UTC,
        is_ais=True,
    ),
    TableLayout(
        code="flightradar24",
        told_by=frozenset({"timestamp", "utc", "callsign", "position", "speed", "direction"}),
        columns={
            TableField.TIME: ("utc",),
            TableField.SPEED_KN: ("speed",),
            TableField.COURSE: ("direction",),
        },
        zone=Zone.UTC,
    ),
    TableLayout(
        code="gpslogger",
        told_by=frozenset({"time", "lat", "lon", "accuracy", "bearing", "speed", "provider"}),
        columns={
            TableField.TIME: ("time",),
            TableField.SPEED_MPS: ("speed",),
            TableField.COURSE: ("bearing",),
        },
        is_one_craft=True,
    ),
    TableLayout(
        code="bt747",
        told_by=frozenset({"rcr", "date", "time", "valid", "latitude", "ns", "longitude", "ew"}),
        columns={TableField.COURSE: ("heading",), TableField.SPEED_KMH: ("speed",)},
        is_one_craft=True,
    ),
    TableLayout(
        code="columbus",
        told_by=frozenset(
            {"index", "tag", "date", "time", "latitudens", "longitudeew", "speed", "heading"}
        ),
        columns={TableField.COURSE: ("heading",), TableField.SPEED_KMH: ("speed",)},
        has_short_years=True,
        is_one_craft=True,
    ),
)


def layout_of(titles: Sequence[str]) -> TableLayout | None:
    """Return the layout that titles tell, None for none."""
    plain = frozenset(plain_title(title) for title in titles)
    return next((layout for layout in LAYOUTS if layout.told_by <= plain), None)


def layout_columns(layout: TableLayout, titles: Sequence[str]) -> dict[TableField, int]:
    """Return where the fields are that the layout itself names, counting from 0."""
    plain = [plain_title(title) for title in titles]
    found = {
        table_field: next((plain.index(name) for name in names if name in plain), None)
        for table_field, names in layout.columns.items()
    }
    return {table_field: at for table_field, at in found.items() if at is not None}
