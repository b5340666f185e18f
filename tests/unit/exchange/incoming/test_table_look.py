"""What a table is before it is read: separator, titles, columns, and what must still be said."""

from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming.found import DateOrder, Zone
from channelplot.exchange.incoming.mapped_columns import How, Need
from channelplot.exchange.incoming.table_fields import TableField, guessed_fields, plain_title
from channelplot.exchange.incoming.table_look import table_columns_of
from helpers.tables import IN_UTC, look, table_fault, table_taken_in
from helpers.taken_in import OPTIONS

ROW = "2026-09-15T02:28Z,50.5,1.5"


def fields(content: str, **columns: str) -> dict[str, int]:
    """Which column, from 1, each field is in, once somebody has said that of some."""
    found = look(content, replace(OPTIONS, columns=columns))
    return {column.field.value: column.number for column in found.columns}


def test_a_look_tells_all_that_window_and_command_line_show() -> None:
    found = look("Time;Lat;Lon;Boat name;Weather\n2026-09-15 02:28;50,5;1,5;A;fair\n")
    assert (found.separator, found.encoding) == (";", "utf-8")
    assert (found.titles, found.titles_line) == (("Time", "Lat", "Lon", "Boat name", "Weather"), 1)
    assert found.rows == ((2, ("2026-09-15 02:28", "50,5", "1,5", "A", "fair")),)
    assert [(each.field.value, each.number, each.title, each.how) for each in found.columns] == [
        ("time", 1, "Time", How.TITLE),
        ("lat_deg", 2, "Lat", How.TITLE),
        ("lon_deg", 3, "Lon", How.TITLE),
        ("name", 4, "Boat name", How.TITLE),
    ]
    assert found.needs == {Need.ZONE}
    assert (found.layout, found.zone, found.date_order) == ("", None, None)
    assert found.is_timed


def test_a_layout_is_remembered_by_its_titles_and_separator() -> None:
    first = look(f"time,lat,lon\n{ROW}\n")
    assert first.layout_key == look("time,lat,lon\n2026-09-16,1,2\n1,2,3\n").layout_key
    others = ("time,lat,lng\n", "lat,lon,time\n", "time;lat;lon\n")
    assert len({first.layout_key, *(look(other).layout_key for other in others)}) == 4


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        (f"time,lat,lon,note\n{ROW},a;b;c\n", ","),
        ("time;lat;lon\n2026-09-15T02:28Z;50,5;1,5\n", ";"),
        ("time\tlat\tlon\n2026-09-15 02:28Z\t50,5\t1,5\n", "\t"),
        ("time|position\n2026-09-15T02:28Z|50 30.0N, 001 30.0E\n", "|"),
        ("time lat lon\n2026-09-15T02:28Z 50.5 1.5\n", " "),
        ("sep=:\ntime:lat:lon\n20260915T0228Z:50.5:1.5\n", ":"),
        ('"time";"lat";"lon"\n"2026-09-15T02:28Z";"50,5";"1,5"\n', ";"),
    ],
)
def test_separators(content: str, separator: str) -> None:
    found = look(content)
    assert (found.separator, found.needs) == (separator, frozenset())
    assert table_taken_in(content).positions_deg() == [(1.5, 50.5)]


@pytest.mark.parametrize(
    ("titles", "row", "needs"),
    [
        ("time,lat,lon", "2026-09-15T02:28Z,50.5,1.5", set()),
        ("time,lat,lon", "2026-09-15 02:28,50.5,1.5", {Need.ZONE}),
        ("time UTC,lat,lon", "2026-09-15 02:28,50.5,1.5", set()),
        ("time (UTC),lat,lon", "03/04/2026 02:28,50.5,1.5", {Need.DATE_ORDER}),
        ("time,lat,lon", "03/04/2026 02:28,50.5,1.5", {Need.ZONE, Need.DATE_ORDER}),
        ("local time,lat,lon", "15/04/2026 02:28,50.5,1.5", {Need.ZONE}),
        ("heure (UTC),lat,lon", "15/09/26 02h28,50.5,1.5", {Need.DATE_ORDER}),
        ("heure,lat,lon", "28/08/26 02 h 28,50.5,1.5", {Need.ZONE}),
        ("epoch,lat,lon", "1789439280,50.5,1.5", set()),
        ("timestamp,lat,lon", "1789439280,50.5,1.5", {Need.COLUMNS}),
        ("time,lat,lon", "45917.1,50.5,1.5", {Need.COLUMNS}),
        ("time,a,b", "2026-09-15T02:28Z,50.5,1.5", {Need.COLUMNS}),
        ("when,lat,lon", "2026-09-15T02:28Z,50.5,1.5", {Need.COLUMNS}),
        ("when,lat,lon", "02:28,50.5,1.5", {Need.COLUMNS}),
        ("serial,lat,lon", "45917.1,50.5,1.5", {Need.COLUMNS}),
        ("time,timestamp,lat,lon", "2026-09-15T02:28Z,2026-09-15T02:29Z,50.5,1.5", {Need.COLUMNS}),
        ("time,lat,lon,lat 2", "2026-09-15T02:28Z,50.5,1.5,51", {Need.COLUMNS}),
        ("time,lat deg,lat min,lon", "2026-09-15T02:28Z,50,30,1.5", {Need.COLUMNS}),
        ("time,lat (rad),lon (rad)", "2026-09-15T02:28Z,0.5,0.5", {Need.COLUMNS}),
        ("time,x,y", "2026-09-15T02:28Z,500000,5600000", {Need.COLUMNS}),
        ("time,lat,lon,q", "2026-09-15T02:28Z,50.5,1.5,W", {Need.COLUMNS}),
        ("time,lat,n/s,lon", "2026-09-15T02:28Z,50.5,N,1.5", {Need.COLUMNS}),
        ("position", "50 58.0N 001 41.0E", {Need.COLUMNS}),
        ("name,lat,lon", "Oye,50.5,1.5", set()),
        ("name,lat,lon,commune", "Oye,50.5,1.5,Oye-Plage", set()),
    ],
)
def test_what_must_be_said_first(titles: str, row: str, needs: set[Need]) -> None:
    assert look(f"{titles}\n{row}\n").needs == needs


def test_without_the_columns_nothing_comes_in() -> None:
    assert table_fault("when,a,b\n2026-09-15T02:28Z,50.5,1.5\n") == (ImportFault.COLUMNS, 1)
    assert table_fault("\n50 58.0N,001 41.0E\n") == (ImportFault.COLUMNS, 2)


def test_what_somebody_says_of_columns_counts_before_their_titles() -> None:
    content = "when,time,y,x,lat,lon,ship\n2026-09-15T02:28Z,5,50.5,1.5,9,9,A\n"
    said = {"time": "when", "lat_deg": "Y", "lon_deg": "4", "note": "ship"}
    assert fields(content, **said) == {"time": 1, "lat_deg": 3, "lon_deg": 4, "note": 7}
    taken = table_taken_in(content, replace(OPTIONS, columns=said))
    assert taken.positions_deg() == [(1.5, 50.5)]
    assert look(content, replace(OPTIONS, columns=said)).columns[0].how is How.SAID


def test_a_table_without_titles_is_read_by_the_numbers_of_its_columns() -> None:
    content = f"{ROW},A\n{ROW},B\n"
    assert look(content).titles == ()
    assert table_fault(content) == (ImportFault.COLUMNS, 1)
    said = replace(OPTIONS, columns={"time": "1", "lat_deg": "2", "lon_deg": "3", "name": "4"})
    taken = table_taken_in(content, said)
    assert [(each.line, each.track) for each in taken.reports] == [(1, "A"), (2, "B")]


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("time", "when"), ("lat_deg", "0"), ("lat_deg", "4"), ("lat_deg", "-1"), ("speed", "lat"),
        ("lat_deg", "twice"), ("lon_deg", "\N{ARABIC-INDIC DIGIT TWO}"), ("lat_deg", "99999999999"),
    ],
)  # fmt: skip
def test_a_column_that_is_not_there_is_told(field: str, column: str) -> None:
    content = "time,twice,twice\n2026-09-15T02:28Z,50.5,1.5\n"
    options = replace(OPTIONS, columns={field: column})
    assert table_fault(content, options)[0] is ImportFault.COLUMNS


@pytest.mark.parametrize("columns", [("b", "b"), ("b", "2")])
def test_one_column_is_not_both_latitude_and_longitude(columns: tuple[str, str]) -> None:
    options = replace(OPTIONS, columns=dict(zip(("lat_deg", "lon_deg"), columns, strict=True)))
    content = "time,b,c\n2026-09-15T02:28Z,50.5,1.5\n"
    assert table_fault(content, options) == (ImportFault.COLUMN_TWICE, 1)


def test_a_field_may_be_said_to_be_nowhere() -> None:
    content = "name,lat,lon,seen\nOye,50.5,1.5,02:28\n"
    assert look(content).needs == {Need.COLUMNS}
    said = replace(OPTIONS, columns={"time": ""})
    assert [place.name for place in table_taken_in(content, said).places] == ["Oye"]
    timed = f"time,lat,lon,name\n{ROW},A\n"
    assert fields(timed, name="") == {"time": 1, "lat_deg": 2, "lon_deg": 3}


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ("Date;Heure;Vitesse (noeuds)", {"date": 0, "time_of_day": 1, "speed_kn": 2}),
        ("date_utc,time_utc", {"date": 0, "time_of_day": 1}),
        ("Date", {"time": 0}),
        ("timestamp_ms", {"epoch_ms": 0}),
        ("time (s)", {"epoch_s": 0}),
        ("unix time", {"epoch_s": 0}),
        ("epoch_ms;time", {"time": 1}),
        ("time;date;timestamp", {"time": 2}),
        ("date;date;time", {}),
        ("Observed at (UTC)", {"time": 0}),
        ("Callsign;Vessel Name", {"name": 1}),
        ("COG (mag);Length (ft)", {}),
        (
            "Longueur;Enfants;Nombre de personnes",
            {"length_m": 0, "people_children": 1, "people_total": 2},
        ),
        ("speed_kn;speed_kmh;SOG", {"speed_kn": 0, "speed_kmh": 1}),
        ("timezone;uptime;candidate;", {}),
    ],
)
def test_what_titles_say(titles: str, expected: dict[str, int]) -> None:
    separator = ";" if ";" in titles else ","
    assert guessed_fields(titles.split(separator)).at == expected


@pytest.mark.parametrize(
    "above",
    [
        "Track log\n",
        "Track log of the Cutter,,\nLength,12 m,\n\n",
        "# Cutter\nExported,2026-09-16\n",
        "Position of the Cutter\n",
        "# lat, lat and lon\n",
    ],
)
def test_what_stands_above_the_titles_is_a_remark(above: str) -> None:
    content = f"{above}time,lat,lon\n{ROW}\n"
    found = look(content)
    assert (found.titles, len(found.rows)) == (("time", "lat", "lon"), 1)
    assert found.titles_line == content.count("\n") - 1
    assert table_taken_in(content).positions_deg() == [(1.5, 50.5)]


def test_a_row_as_wide_as_the_table_is_never_above_it() -> None:
    content = f"{ROW}\ntime,lat,lon\n{ROW}\n"
    assert look(content).titles == ()
    assert table_fault(content) == (ImportFault.COLUMNS, 1)


def test_titles_are_known_without_accents_brackets_and_capitals() -> None:
    assert plain_title(" Libellé_N° 2 [m] (x) ") == "libellen2"


@pytest.mark.parametrize(
    ("titles", "code", "zone", "expected"),
    [
        (
            "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,"
            "Heading,IMO,Callsign,Name,Ship type,Cargo type,Width,Length,"
            "Type of position fixing device,Draught,Destination,ETA,Data source type",
            "ais_denmark", None,
            {"time": 1, "mmsi": 3, "lat_deg": 4, "lon_deg": 5, "speed_kn": 8, "course_deg": 9,
             "imo": 11, "name": 13, "length_m": 17},
        ),
        (
            "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,"
            "Length,Width,Draft,Cargo,TransceiverClass",
            "ais_usa", Zone.UTC,
            {"mmsi": 1, "time": 2, "lat_deg": 3, "lon_deg": 4, "speed_kn": 5, "course_deg": 6,
             "name": 8, "imo": 9, "length_m": 13},
        ),
        (
            "mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign",
            "ais_usa", Zone.UTC,
            {"mmsi": 1, "time": 2, "lon_deg": 3, "lat_deg": 4, "speed_kn": 5, "course_deg": 6,
             "name": 8, "imo": 9},
        ),
        (
            "MMSI,IMO,SHIP_ID,LAT,LON,SPEED,HEADING,COURSE,STATUS,TIMESTAMP,DSRC",
            "marinetraffic", Zone.UTC,
            {"mmsi": 1, "imo": 2, "lat_deg": 4, "lon_deg": 5, "speed_tenths_kn": 6,
             "course_deg": 8, "time": 10},
        ),
        (
            "MMSI,TIMESTAMP,LATITUDE,LONGITUDE,COURSE,SPEED,HEADING,NAVSTAT,IMO,NAME,CALLSIGN",
            "vesselfinder", Zone.UTC,
            {"mmsi": 1, "time": 2, "lat_deg": 3, "lon_deg": 4, "course_deg": 5, "speed_kn": 6,
             "imo": 9, "name": 10},
        ),
        (
            "Timestamp,UTC,Callsign,Position,Altitude,Speed,Direction",
            "flightradar24", Zone.UTC,
            {"time": 2, "name": 3, "position": 4, "speed_kn": 6, "course_deg": 7},
        ),
        (
            "time,lat,lon,elevation,accuracy,bearing,speed,satellites,provider,hdop,timestamp_ms",
            "gpslogger", None,
            {"time": 1, "lat_deg": 2, "lon_deg": 3, "course_deg": 6, "speed_mps": 7},
        ),
        (
            "INDEX,RCR,DATE,TIME,VALID,LATITUDE,N/S,LONGITUDE,E/W,HEIGHT(m),SPEED(km/h),HEADING",
            "bt747", None,
            {"date": 3, "time_of_day": 4, "lat_deg": 6, "lat_side": 7, "lon_deg": 8, "lon_side": 9,
             "speed_kmh": 11, "course_deg": 12},
        ),
        (
            "INDEX,TAG,DATE,TIME,LATITUDE N/S,LONGITUDE E/W,HEIGHT,SPEED,HEADING,VOX",
            "columbus", None,
            {"date": 3, "time_of_day": 4, "lat_deg": 5, "lon_deg": 6, "speed_kmh": 8,
             "course_deg": 9},
        ),
        (
            "mmsi;lon;lat;date_time_utc;sog;cog;true_heading;nav_status;rot;message_nr;source",
            "", Zone.UTC,
            {"mmsi": 1, "lon_deg": 2, "lat_deg": 3, "time": 4, "speed_kn": 5, "course_deg": 6,
             "source_name": 11},
        ),
    ],
)  # fmt: skip
def test_known_layouts(titles: str, code: str, zone: Zone | None, expected: dict[str, int]) -> None:
    found = look(f"{titles}\n")
    assert (found.layout, found.zone) == (code, zone)
    assert fields(f"{titles}\n") == expected
    assert Need.COLUMNS not in found.needs
    assert found.is_ais == ("mmsi" in expected)


def test_rows_of_known_layouts() -> None:
    denmark = table_taken_in(
        "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,"
        "Heading,IMO,Callsign,Name,Ship type,Cargo type,Width,Length\n"
        "03/04/2026 00:00:01,Class A,219000123,55.5,10.25,Under way,0.0,12.3,360.0,511,Unknown,"
        "Unknown,,Cargo,,20,120\n",
        IN_UTC,
    )
    (report,) = denmark.reports
    assert report.observed_at_utc.isoformat() == "2026-04-03T00:00:01+00:00"
    assert (report.track, report.speed_kn, report.course_deg) == ("219000123", 12.3, None)
    assert (denmark.tracks[0].name, denmark.tracks[0].length_m) == ("", 120.0)
    (report,) = table_taken_in(
        "MMSI,IMO,SHIP_ID,LAT,LON,SPEED,HEADING,COURSE,STATUS,TIMESTAMP,DSRC\n"
        "227000123,0,1,50.5,1.5,74,90,95,0,2026-09-15T02:28:00,TER\n"
    ).reports
    assert (report.speed_kn, report.course_deg) == (7.4, 95.0)
    (report,) = table_taken_in(
        "Timestamp,UTC,Callsign,Position,Altitude,Speed,Direction\n"
        '1789439280,2026-09-15T02:28:00Z,RESCUE1,"50.966667,1.683333",900,120,90\n'
    ).reports
    assert report.position is not None
    assert (report.position.lon_deg, report.position.lat_deg) == (1.683333, 50.966667)
    assert (report.track, report.speed_kn, report.course_deg) == ("RESCUE1", 120.0, 90.0)


@pytest.mark.parametrize(
    "content",
    [
        "INDEX,RCR,DATE,TIME,VALID,LATITUDE,N/S,LONGITUDE,E/W,HEIGHT,SPEED,HEADING,DISTANCE,\n"
        "1,T,2026/09/15,02:28:00,SPS,50.500000,N,1.500000,W,1.5 m,18.52 km/h,90.0,0.00 m,\n",
        "INDEX,TAG,DATE,TIME,LATITUDE N/S,LONGITUDE E/W,HEIGHT,SPEED,HEADING,VOX\n"
        "1     ,T,260915,022800,50.500000N,001.500000W,1    ,18.52,90 ,\n",
        "time,lat,lon,elevation,accuracy,bearing,speed,satellites,provider,\n"
        "2026-09-15T02:28:00.000Z,50.5,-1.5,1.5,3.0,90.0,5.1444444,9,gps\n",
    ],
)
def test_the_log_of_a_receiver_is_of_one_craft(content: str) -> None:
    taken = table_taken_in(content, IN_UTC)
    (report,), (track,) = taken.reports, taken.tracks
    assert taken.refusals == []
    assert report.observed_at_utc.isoformat() == "2026-09-15T02:28:00+00:00"
    assert taken.positions_deg() == [(-1.5, 50.5)]
    assert report.speed_kn == pytest.approx(10.0, abs=1e-6)
    assert report.course_deg == 90.0
    assert (track.key, track.name, track.is_craft_id) == (report.track, "", False)
    assert track.key != ""


def test_another_datum_is_refused() -> None:
    for title in ("lat (ED50)", "Latitude NAD83", "lat_ntf"):
        content = f"time,{title},lon\n{ROW}\n"
        assert table_fault(content) == (ImportFault.DATUM, 1)


def test_the_order_of_dates_as_published_as_shown_or_as_said() -> None:
    content = "time,lat,lon\n03/04/2026 02:28Z,50.5,1.5\n"
    assert look(content).date_order is None
    assert look(content + "14/04/2026 02:28Z,50.5,1.5\n").date_order is DateOrder.DAY_FIRST
    said = replace(OPTIONS, date_order=DateOrder.MONTH_FIRST)
    assert look(content, said).date_order is DateOrder.MONTH_FIRST


def test_a_file_is_looked_at_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "night.csv"
    path.write_text(f"time,lat,lon\n{ROW}\n")
    assert [each.field for each in table_columns_of(path, OPTIONS).columns] == [
        TableField.TIME,
        TableField.LAT,
        TableField.LON,
    ]
    with pytest.raises(ImportFileError) as error:
        table_columns_of(tmp_path / "none.csv", OPTIONS)
    assert error.value.fault is ImportFault.UNREADABLE
