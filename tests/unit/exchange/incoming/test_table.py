"""Tables that come in: every row as it was sent, or refused with its line."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from channelplot.errors import ImportFault
from channelplot.exchange.incoming import table as table_module
from channelplot.exchange.incoming.found import DateOrder, Zone
from channelplot.exchange.incoming.table import read_table
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.model.codes import PositionForm, ReportKind, SourceKind
from channelplot.model.people import PeopleCount
from helpers.tables import IN_UTC, NOWHERE, table_fault, table_taken_in
from helpers.taken_in import OPTIONS, TakenIn, fault_of

R1 = Position(1 + 41 / 60, 50 + 58 / 60)
R1_UTC = datetime(2026, 9, 15, 2, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    "content",
    [
        "time,lat,lon\n2026-09-15T02:28:00Z,50.966666667,1.683333333\n",
        "\ufeffTime,Latitude,Longitude\r\n2026-09-15T02:28:00Z,50.966666667,1.683333333\r\n",
        "lon;lat;DTG\n1,683333333;50,966666667;150228Z SEP 26\n",
        "Date (UTC)\tTime (UTC)\tLatitude\tLongitude\n15/09/2026\t02:28\t50°58.0'N\t001°41.0'E\n",
        "date|heure UTC|position|nom\n2026-09-15|0228|50 58.0N 001 41.0E|\n",
        "epoch;mgrs\n1789439280;31U DS 07542 46946\n",
        "timestamp_ms;lat;lon\n1789439280000;50,966666667;1,683333333\n",
        'time,lat,lon\n2026-09-15T02:28:00Z,"50 58.0N","001 41.0E"\n',
        "sep=;\ntime;lat;lon\n2026-09-15T02:28:00Z;50.966666667;1.683333333\n",
        "time lat lon\n2026-09-15T02:28:00Z 50.966666667 1.683333333\n",
        "# a remark\n\nutc,lat,lon\n2026-09-15 02:28:00,50.966666667,1.683333333\n\n# and the end",
        "time,lat,lat dir,lon,lon dir\n2026-09-15T02:28Z,50.966666667,N,1.683333333,e\n",
        "UTC time,lat,n/s,lon,e/w\n2026-09-15 02:28,50 58.0,N,001 41.0,E\n",
        "observed_at_utc,lon_deg,lat_deg\n2026-09-15T02:28:00.000Z,1.683333333,50.966666667\n",
        "time,lat,lon,,\n2026-09-15T02:28:00Z,50.966666667,1.683333333,,\n",
        "time,lat,lon\n2026-09-15T02:28:00Z,50.966666667,1.683333333,,\n",
        "time,lat,lon\r2026-09-15T02:28:00Z,50.966666667,1.683333333\r",
        "time,lat,lon\n2026-09-15T02:28:00Z,50.966666667,1.683333333".encode("utf-16"),
        ("\ufefftime,lat,lon\n2026-09-15T02:28:00Z,50.966666667,1.683333333").encode("utf-16-be"),
    ],
)
def test_a_time_and_a_position_in_every_form(content: str | bytes) -> None:
    taken = table_taken_in(content)
    (report,) = taken.reports
    assert taken.refusals == []
    assert report.position is not None
    assert distance_m(report.position, R1) < 10.0
    assert report.observed_at_utc == R1_UTC
    assert report.kind is ReportKind.POSITION
    assert report.position_form is PositionForm.IMPORTED
    assert report.track == ""


def test_what_stands_beside_the_position() -> None:
    content = (
        "time,lat,lon,boat name,source,pob,children,speed (kn),COG,remarks\n"
        '2026-09-15T02:28:00Z,50.5,1.5,"Boat  A",radar,40+,6,4.2,308.5,"=1+1, ""two"""\n'
        "2026-09-15T02:29:00Z,50.6,1.6,Boat A,Coast watch,,,n/a,,\n"
        "2026-09-15T02:29:00Z,50.6,1.6,,,,2,0,0,\n"
    )
    taken = table_taken_in(content)
    first, second, third = taken.reports
    assert (first.track, first.source, first.source_name) == ("Boat A", SourceKind.RADAR, "")
    assert first.people == PeopleCount(total=40, children=6, is_estimate=True)
    assert (first.speed_kn, first.course_deg) == (4.2, 308.5)
    assert first.as_received == content.splitlines()[1]
    assert (second.track, second.source, second.source_name) == ("Boat A", None, "Coast watch")
    assert (second.people, second.speed_kn, second.course_deg) == (None, None, None)
    assert (third.track, third.people) == ("", PeopleCount(children=2))
    assert (third.speed_kn, third.course_deg) == (0.0, 0.0)
    assert [(each.line, each.key, each.name) for each in taken.tracks] == [(2, "Boat A", "Boat A")]
    assert [each.line for each in taken.reports] == [2, 3, 4]


@pytest.mark.parametrize(
    ("title", "text", "speed_kn"),
    [
        ("SOG", "18", 18.0),
        ("Speed over ground", "4,5", 4.5),
        ("speed_kn", "18.52", 18.52),
        ("Vitesse (nœuds)", "18", 18.0),
        ("speed km/h", "18,52", 10.0),
        ("Speed (m/s)", "10", 36000 / 1852),
        ("sog [kts]", "7", 7.0),
    ],
)
def test_speeds_are_in_the_unit_of_their_title(title: str, text: str, speed_kn: float) -> None:
    taken = table_taken_in(f"time;lat;lon;{title}\n2026-09-15T02:28Z;50.5;1.5;{text}\n")
    assert taken.reports[0].speed_kn == pytest.approx(speed_kn, abs=1e-12)


@pytest.mark.parametrize(
    "title", ["speed", "Vitesse", "speed (mph)", "speed kn x10", "kn/kmh speed"]
)
def test_a_speed_of_which_nobody_says_the_unit_is_none(title: str) -> None:
    content = f"time,lat,lon,{title}\n2026-09-15T02:28Z,50.5,1.5,18\n"
    (report,) = table_taken_in(content).reports
    assert report.speed_kn is None
    said = replace(OPTIONS, columns={"speed_kmh": title})
    assert table_taken_in(content, said).reports[0].speed_kn == pytest.approx(9.719, abs=1e-3)


def test_rows_that_do_not_come_in_are_told_with_their_lines() -> None:
    taken = table_taken_in(
        "time,lat,lon,course,sog,pob\n"
        "2026-09-15T02:28Z,50.5,1.5,,,\n"
        ",50.5,1.5,,,\n"
        "yesterday,50.5,1.5,,,\n"
        "2026-09-17T02:28Z,50.5,1.5,,,\n"
        "2026-09-15T02:28Z,,,,,\n"
        "2026-09-15T02:28Z,50.5,,,,\n"
        "2026-09-15T02:28Z,north,1.5,,,\n"
        "2026-09-15T02:28Z,NaN,1.5,,,\n"
        "2026-09-15T02:28Z,inf,1.5,,,\n"
        "2026-09-15T02:28Z,91,1.5,,,\n"
        "2026-09-15T02:28Z,50.5,-181,,,\n"
        "2026-09-15T02:28Z,1.5,50.5,,,\n"
        '2026-09-15T02:28Z,"51,5,5",1.5,,,\n'
        "2026-09-15T02:28Z,51,5,1.5,,\n"
        "2026-09-15T02:28Z,51.5,1,5,,\n"
        "2026-09-15T02:28Z,5058.5,1.5,,,\n"
        "2026-09-15T02:28Z,50.5,1.5,361,,\n"
        "2026-09-15T02:28Z,50.5,1.5,-1,,\n"
        "2026-09-15T02:28Z,50.5,1.5,NW,,\n"
        "2026-09-15T02:28Z,50.5,1.5,,-0.1,\n"
        "2026-09-15T02:28Z,50.5,1.5,,999.5,\n"
        "2026-09-15T02:28Z,50.5,1.5,,,many\n"
        "2026-09-15T02:28Z,50.5\n"
        "2026-09-15T02:28Z,50.5,1.5,,,,more\n"
        "2026-09-15T02:28Z,50.5,1.5,360,,\n"
    )
    fault = ImportFault
    assert taken.faults() == [
        (3, fault.TIME_MISSING),
        (4, fault.TIME_NOT_READ),
        (5, fault.TIME_AHEAD),
        (6, fault.POSITION_MISSING),
        (7, fault.POSITION_MISSING),
        (8, fault.POSITION_NOT_READ),
        (9, fault.POSITION_NOT_READ),
        (10, fault.POSITION_NOT_READ),
        (11, fault.LATITUDE_RANGE),
        (12, fault.LONGITUDE_RANGE),
        (13, fault.SWAPPED),
        (14, fault.POSITION_NOT_READ),
        (15, fault.POSITION_DOUBTFUL),
        (16, fault.POSITION_DOUBTFUL),
        (17, fault.POSITION_NOT_READ),
        *((line, fault.NUMBER_NOT_READ) for line in range(18, 24)),
        (24, fault.ROW_LENGTH),
        (25, fault.ROW_LENGTH),
    ]
    assert taken.refusals[1][2] == "yesterday"
    assert taken.refusals[12][2] == "51,5"
    assert [each.line for each in taken.reports] == [2, 26]


@pytest.mark.parametrize(
    ("lat", "lat_side", "lon", "lon_side", "expected"),
    [
        ("50.5", "N", "1.5", "W", (-1.5, 50.5)),
        ("50.5", "s", "1.5", " E ", (1.5, -50.5)),
        ("50.5", "", "1.5", "E", ImportFault.POSITION_DOUBTFUL),
        ("50.5", "N", "1.5", "O", ImportFault.POSITION_DOUBTFUL),
        ("-50.5", "S", "1.5", "E", ImportFault.POSITION_DOUBTFUL),
        ("50.5N", "N", "1.5", "E", ImportFault.POSITION_DOUBTFUL),
        ("50.5", "E", "1.5", "N", ImportFault.POSITION_DOUBTFUL),
        ("", "N", "1.5", "E", ImportFault.POSITION_MISSING),
    ],
)
def test_hemispheres_in_columns_of_their_own(
    lat: str, lat_side: str, lon: str, lon_side: str, expected: object
) -> None:
    taken = table_taken_in(
        f"time,lat,n/s,lon,e/w\n2026-09-15T02:28Z,{lat},{lat_side},{lon},{lon_side}\n"
    )
    assert [*taken.positions_deg(), *(fault for _, fault in taken.faults())] == [expected]


@pytest.mark.parametrize(
    ("lat", "lon", "course", "expected"),
    [
        ("50,97", "1,68", "310,5", (1.68, 50.97, 310.5)),
        ("50.97", "1,68", "7,5", (1.68, 50.97, 7.5)),
        ("50°58,2'N", "001°40,8'W", "310.5", (-1.68, 50.97, 310.5)),
        ("7,5", "-7,5", "0,75", (-7.5, 7.5, 0.75)),
    ],
)
def test_a_decimal_comma_in_quotation_marks_where_commas_part_the_cells(
    lat: str, lon: str, course: str, expected: tuple[float, float, float]
) -> None:
    taken = table_taken_in(
        f'time,lat,lon,name,cog\n2026-09-15T02:28:00Z,"{lat}","{lon}",a,"{course}"\n'
    )
    assert taken.faults() == []
    (report,) = taken.reports
    assert report.position is not None
    found = (report.position.lon_deg, report.position.lat_deg, report.course_deg)
    assert found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("row", "fault", "told"),
    [
        ("7,5,1.5,a", ImportFault.POSITION_DOUBTFUL, "7,5"),
        ('"51,5",1,68,a', ImportFault.POSITION_DOUBTFUL, "1,68"),
        ('"50,58,12",1.5,a,1', ImportFault.POSITION_NOT_READ, "50,58,12 1.5"),
        ('"50,97 1,68",2,a,1', ImportFault.POSITION_NOT_READ, "50,97 1,68 2"),
        ('"1,68","50,97",a,1', ImportFault.SWAPPED, "1,68 50,97"),
        ('"50,97","1,68",a,"1,310,5"', ImportFault.NUMBER_NOT_READ, "1,310,5"),
    ],
)
def test_a_comma_that_may_part_or_stand_for_anything_else_is_refused(
    row: str, fault: ImportFault, told: str
) -> None:
    taken = table_taken_in(f"time,lat,lon,name,cog\n2026-09-15T02:28:00Z,{row}\n")
    assert taken.refusals == [(2, fault, told)]
    assert not taken.reports


def test_french_dates_and_times_of_day_in_columns_of_their_own() -> None:
    content = "date,heure (UTC),lat,lon\n15/09/26,02h38,50.5,1.5\n15/09/26,02 h 39,50.5,1.6\n"
    assert table_fault(content) == (ImportFault.DAY_OR_MONTH_FIRST, 2)
    taken = table_taken_in(content, replace(IN_UTC, date_order=DateOrder.DAY_FIRST))
    assert [f"{each.observed_at_utc:%d%H%MZ %y}" for each in taken.reports] == [
        "150238Z 26",
        "150239Z 26",
    ]
    settled = table_taken_in(content + "28/08/26,23h59,50.5,1.5\n", IN_UTC)
    assert [each.observed_at_utc.day for each in settled.reports] == [15, 15, 28]


def test_figures_below_a_title_that_says_south_need_their_letter() -> None:
    taken = table_taken_in(
        "time;Latitude N;Longitude E/W\n"
        "2026-09-15T02:28Z;50.5;1.5\n"
        "2026-09-15T02:28Z;50 30.0N;001 30.0W\n"
    )
    assert taken.faults() == [(2, ImportFault.POSITION_DOUBTFUL)]
    assert taken.positions_deg() == [(-1.5, 50.5)]


def test_day_or_month_first_as_all_dates_of_the_file_show() -> None:
    rows = ["03/04/2026 02:28"] * 60
    content = "\n".join(("time,lat,lon", *(f"{each},50.5,1.5" for each in rows)))
    day_first, month_first = (
        content + "\n13/04/2026 02:28,50.5,1.5",
        content + "\n04/13/2026 1:00,50,1",
    )
    assert table_taken_in(day_first, IN_UTC).reports[0].observed_at_utc.month == 4
    assert table_taken_in(month_first, IN_UTC).reports[0].observed_at_utc.month == 3
    assert table_fault(content, IN_UTC) == (ImportFault.DAY_OR_MONTH_FIRST, 2)
    said = replace(IN_UTC, date_order=DateOrder.MONTH_FIRST)
    assert table_taken_in(content, said).reports[0].observed_at_utc.month == 3
    # What the file shows counts before what somebody has said.
    assert table_taken_in(day_first, said).reports[0].observed_at_utc.month == 4
    both = day_first + "\n04/13/2026 02:28,50.5,1.5"
    assert table_fault(both, IN_UTC) == (ImportFault.DAY_OR_MONTH_FIRST, 2)
    assert table_taken_in(both, said).faults() == [(62, ImportFault.TIME_NOT_READ)]


def test_times_without_a_zone_need_somebody_to_say_it() -> None:
    content = "time,lat,lon\n2026-09-15T02:28:00Z,50.5,1.5\n2026-09-15 04:28,50.5,1.5\n"
    assert table_fault(content) == (ImportFault.ZONE_NOT_SAID, 3)
    taken = table_taken_in(content, replace(OPTIONS, zone=Zone.FR))
    assert [each.observed_at_utc for each in taken.reports] == [R1_UTC, R1_UTC]


def test_a_table_without_times_is_one_of_places() -> None:
    taken = table_taken_in("nom,lat,lon,note\nOye-Plage,50.98,2.05,dunes\n,51.0,2.1,\n")
    places = [(each.line, each.name, each.note) for each in taken.places]
    assert places == [(2, "Oye-Plage", "dunes"), (3, "", "")]
    assert taken.places[0].position == Position(2.05, 50.98)
    assert taken.reports == []


def test_rows_without_anything_and_remarks_are_passed_over() -> None:
    content = "time,lat,lon\n,,\n# no row\n2026-09-15T02:28Z,50.5,1.5\n,\n#\n   \n"
    taken = table_taken_in(content)
    assert ([each.line for each in taken.reports], taken.refusals) == ([4], [])


def test_a_row_that_begins_like_a_remark_is_not_lost() -> None:
    taken = table_taken_in(
        "name,time,lat,lon\n# two,\n#1 boat,2026-09-15T02:28Z,50.5,1.5\n# 3,a,b,c\n"
    )
    assert [each.track for each in taken.reports] == ["#1 boat"]
    assert taken.faults() == [(4, ImportFault.TIME_NOT_READ)]
    numbers = {"name": "1", "time": "2", "lat_deg": "3", "lon_deg": "4"}
    untitled = table_taken_in(
        "sep=,\n#1,2026-09-15T02:28Z,50.5,1.5\nB,2026-09-15T02:28Z,50.5,1.5\n",
        replace(OPTIONS, columns=numbers),
    )
    assert ([each.track for each in untitled.reports], untitled.refusals) == (["#1", "B"], [])


def test_rows_of_several_lines_count_from_their_first_and_are_kept_whole() -> None:
    taken = table_taken_in(
        'time,lat,lon,name\n2026-09-15T02:28Z,50.5,1.5,"A\nB"\n2026-09-15T02:29Z,50.5,1.5,C\n'
    )
    assert [(each.line, each.track) for each in taken.reports] == [(2, "A B"), (4, "C")]
    assert taken.reports[0].as_received == '2026-09-15T02:28Z,50.5,1.5,"A\nB"'


def test_a_row_that_is_cut_off_before_its_time_is_refused() -> None:
    taken = table_taken_in("lat,lon,time\n50.5,1.5\n50.5,1.5,2026-09-15T02:28Z\n50.5,1.5,2026-09\n")
    assert taken.faults() == [(2, ImportFault.ROW_LENGTH), (4, ImportFault.TIME_NOT_READ)]
    assert len(taken.reports) == 1


def test_a_long_row_is_cut_where_it_is_kept() -> None:
    taken = table_taken_in(f"time,lat,lon,note\n2026-09-15T02:28Z,50.5,1.5,{'x' * 10_000}\n")
    words = taken.reports[0].as_received
    assert len(words) == 500
    assert words.endswith("xx\N{HORIZONTAL ELLIPSIS}")


def test_a_formula_is_a_text() -> None:
    formula = "=cmd|' /C calc'!A0"
    taken = table_taken_in(f"time,lat,lon,name\n2026-09-15T02:28Z,50.5,1.5,{formula}\n")
    assert taken.tracks[0].name == formula
    refused = table_taken_in("time,lat,lon\n2026-09-15T02:28Z,=50+1,1.5\n")
    assert refused.faults() == [(2, ImportFault.POSITION_NOT_READ)]


def test_crafts_are_known_by_their_numbers() -> None:
    taken = table_taken_in(
        "mmsi,imo,vessel name,time,lat,lon,length\n"
        "219000123,,,2026-09-15T02:28Z,50.5,1.5,70\n"
        "219000123,9074729,EVER X,2026-09-15T02:28Z,50.5,1.5,\n"
        "219000123,,EVER X,2026-09-15T02:29Z,50.5,1.5,\n"
        "0,IMO9074729,OTHER,2026-09-15T02:29Z,50.5,1.5,0\n"
        "000000000,0000000,Unknown,2026-09-15T02:29Z,50.5,1.5,\n"
        "12300,,,2026-09-15T02:29Z,50.5,1.5,\n"
        ",,THIRD,2026-09-15T02:29Z,50.5,1.5,\n"
    )
    told = [(each.key, each.name, each.is_craft_id, each.length_m) for each in taken.tracks]
    assert told == [
        ("219000123", "", True, 70.0),
        ("219000123", "EVER X", True, None),
        ("IMO 9074729", "OTHER", True, None),
        ("12300", "", False, None),
        ("THIRD", "THIRD", False, None),
    ]
    keys = [each.track for each in taken.reports]
    assert keys == ["219000123"] * 3 + ["IMO 9074729", "", "12300", "THIRD"]


@pytest.mark.parametrize(
    ("text", "key", "is_craft_id"),
    [
        ("227124000.0", "227124000", True),
        (" 227 124 000 ", "227124000", True),
        ("227\N{NO-BREAK SPACE}124\N{NO-BREAK SPACE}000", "227124000", True),
        ("12300.0", "12300", False),
        ("0.0", "", False),
        ("nan", "", False),
    ],
)
def test_a_number_of_a_craft_in_other_forms(text: str, key: str, is_craft_id: bool) -> None:
    taken = table_taken_in(f"mmsi,time,lat,lon\n{text},2026-09-15T02:28Z,50.5,1.5\n")
    assert [each.track for each in taken.reports] == [key]
    assert [each.is_craft_id for each in taken.tracks] == [is_craft_id] * bool(key)


@pytest.mark.parametrize("text", ["2.27124E+08", "1234567890", "abc", "227124000.5", "-1"])
def test_what_is_no_mmsi_is_no_craft(text: str) -> None:
    row = "2026-09-15T02:28Z,50.5,1.5"
    taken = table_taken_in(
        f"mmsi,imo,name,time,lat,lon\n{text},,,{row}\n{text},,Unknown,{row}\n"
        f"{text},,CUTTER,{row}\n{text},9074729.0,,{row}\n"
    )
    assert taken.refusals == [
        (2, ImportFault.NOT_MMSI, text),
        (3, ImportFault.NOT_MMSI, text),
    ]
    assert [each.track for each in taken.reports] == ["CUTTER", "IMO 9074729"]
    assert [each.key for each in taken.tracks] == ["CUTTER", "IMO 9074729"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("45.0", PeopleCount(total=45)),
        ('"45,0"', PeopleCount(total=45)),
        ("0.0", PeopleCount(total=0)),
        ("45.000000", PeopleCount(total=45)),
        ("45.0+", PeopleCount(total=45, is_estimate=True)),
        ("45.5", None),
        ("45.05", None),
        ("1.000", None),
        ('"1,000"', None),
    ],
)
def test_people_are_a_whole_number_in_whatever_form(text: str, people: PeopleCount | None) -> None:
    taken = table_taken_in(f"time,lat,lon,pob\n2026-09-15T02:28Z,50.5,1.5,{text}\n")
    assert [each.people for each in taken.reports] == ([] if people is None else [people])
    faults = [] if people else [(2, ImportFault.NUMBER_NOT_READ)]
    assert taken.faults() == faults


def test_numbers_that_ais_sends_for_not_available_are_not_said() -> None:
    taken = table_taken_in(
        "MMSI,time,LAT,LON,SOG,COG\n"
        "219000123,2026-09-15T02:28Z,50.5,1.5,102.3,360.0\n"
        "219000123,2026-09-15T02:28Z,50.5,1.5,102.2,409.5\n"
        "219000123,2026-09-15T02:28Z,91,181,0.0,0.0\n"
    )
    assert [(each.speed_kn, each.course_deg) for each in taken.reports] == [
        (None, None),
        (102.2, None),
    ]
    assert taken.faults() == [(4, ImportFault.LATITUDE_RANGE)]
    others = table_taken_in("time,lat,lon,sog,cog\n2026-09-15T02:28Z,50.5,1.5,102.3,360\n")
    assert [(each.speed_kn, each.course_deg) for each in others.reports] == [(102.3, 0.0)]


def test_a_long_table_tells_how_far_it_is_and_can_be_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table_module, "_BETWEEN_STOPS", 10)
    content = "time,lat,lon\n" + "2026-09-15T02:28Z,50.5,1.5\n" * 95
    taken = table_taken_in(content)
    assert (len(taken.reports), len(taken.shares), taken.shares[-1]) == (95, 11, 1.0)
    assert taken.shares == sorted(taken.shares)
    stopped = replace(OPTIONS)
    stopped.stop.set()
    try:
        assert table_fault(content, stopped) == (ImportFault.STOPPED, 0)
        dates = content.replace("2026-09-15", "15/09/2026")
        assert table_fault(dates, stopped) == (ImportFault.STOPPED, 0)
    finally:
        stopped.stop.clear()


def test_a_file_that_is_read_is_left_open() -> None:
    file = io.BytesIO(b"time,lat,lon\n2026-09-15T02:28Z,50.5,1.5\n")
    read_table(file, NOWHERE, OPTIONS, TakenIn())
    assert not file.closed
    assert fault_of(
        lambda sink: read_table(file, NOWHERE, replace(OPTIONS, columns={"x": "1"}), sink)
    )


@pytest.mark.parametrize(
    ("titles", "row", "told"),
    [
        ("lat;lon;cog", "50,5;1,5;361,5", "361,5"),
        ("lat;lon;sog", "50,5;1,5;-0,1", "-0,1"),
        ("lat;lon;sog", "50,5;1,5;999,5 kn", "999,5 kn"),
        ("lat;lon;mmsi;length", "50,5;1,5;227000123;12,5 m", "12,5 m"),
        ("lat;lon", "95,25;1,5", "95,25"),
        ("lat;lon", "50,5;181,25", "181,25"),
        ("lat;lon", "1,5;50,5", "1,5 50,5"),
        ("lat;lon", "50,5x;1,5", "50,5x 1,5"),
        ("lat;lon", "50,5;", "50,5"),
        ("lat;n/s;lon;e/w", "95,25;S;1,5;E", "95,25 S"),
    ],
)
def test_a_refused_number_is_said_back_as_it_stands(titles: str, row: str, told: str) -> None:
    content = f"time;{titles}\n2026-09-15T02:28Z;{row}\n"
    ((line, _, detail),) = table_taken_in(content).refusals
    assert (line, detail) == (2, told)
