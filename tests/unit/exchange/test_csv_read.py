"""Tables of positions: every form, every separator, and what can't be told."""

import pytest

from channelplot.errors import LimitFileFault
from channelplot.exchange import csv_read
from channelplot.exchange.csv_read import read_table
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from unit.exchange.readers import only_line, places, read, refused

R1 = Position(1 + 41 / 60, 50 + 58 / 60)


@pytest.mark.parametrize(
    "content",
    [
        "lat,lon\n50.966666667,1.683333333\n",
        "\ufefflat,lon\r\n50.966666667,1.683333333\r\n",
        "name;time;lon;lat\nA;0228Z;1,683333333;50,966666667\n",
        "Latitude (WGS 84)\tLongitude (WGS 84)\n50.966666667\t1.683333333\n",
        "Latitude|Longitude\n50°58'00\"N|001°41'00\"E\n",
        "latitude,longitude,remark\n50 58.0N,001 41.0E,Nord\n",
        "50.966666667,1.683333333\n",
        "50,966666667 1,683333333\n",
        "A;50.966666667;1.683333333\n",
        "50°58.0'N 001°41.0'E\n",
        "50 58 00 N, 001 41 00 E\n",
        "1. 50°58.0'N 001°41.0'E\n",
        "(a) 50 58.0N 001 41.0E\n",
        "Point B: N50 58.0 E001 41.0\n",
        "5058.0N 00141.0E\n",
        "50.966666667,N,1.683333333,E\n",
        "31U DS 07542 46946\n",
        "mgrs,name\n31U DS 07542 46946,A\n",
        "position;name\n50 58.0N 001 41.0E;A\n",
        "lat/lon\n50 58.0N 001 41.0E\n",
        "Latitude N;Longitude E/W\n50 58.0N;001 41.0E\n",
        '"lat","lon"\n"50.966666667","1.683333333"\n',
        "# from a notice\nlat,lon\n# and more\n50.966666667,1.683333333\n",
    ],
)
def test_a_position_in_every_form(content: str) -> None:
    (point,) = only_line(read(read_table, content)).points
    assert distance_m(point.position, R1) < 10.0
    assert point.line == len(content.splitlines())


def test_names_and_times_stand_beside_the_positions() -> None:
    found = read(read_table, "nom;date;heure;lat;lon\nBouée  A;2026-09-15;02:28;50.5;1.5\n")
    (point,) = only_line(found).points
    assert (point.name, point.time_text) == ("Bouée A", "2026-09-15 02:28")
    assert not found.is_datum_given
    assert read(read_table, "# WGS84\nlat,lon\n50.5,1.5\n").is_datum_given


def test_several_lines_parted_by_empty_rows_or_by_a_column() -> None:
    first, second = read(read_table, "lat;lon\n50.1;1.1\n50.2;1.2\n;\n\n50.3;1.3\n").lines
    assert places(first.points) == [(1.1, 50.1, 2), (1.2, 50.2, 3)]
    assert places(second.points) == [(1.3, 50.3, 6)]
    text = "limit,lat,lon\nA,50.1,1.1\nA,50.2,1.2\nB,50.3,1.3\nA,50.4,1.4\n"
    lines = read(read_table, text).lines
    assert [(each.name, each.feature, len(each.points)) for each in lines] == [
        ("A", 0, 2),
        ("B", 1, 1),
        ("A", 0, 1),
    ]


def test_rows_of_several_lines_of_the_file_count_from_their_first() -> None:
    text = 'name,lat,lon\n"A\nB",50.1,1.1\nC,50.2,1.2\n'
    line = only_line(read(read_table, text))
    assert [(each.name, each.line) for each in line.points] == [("A B", 2), ("C", 4)]


def test_an_empty_table_has_no_lines() -> None:
    assert read(read_table, "").lines == ()
    assert read(read_table, "lat,lon\n").lines == ()


NOT_READ = LimitFileFault.POSITION_NOT_READ
DOUBTFUL = LimitFileFault.POSITION_DOUBTFUL
COLUMNS = LimitFileFault.COLUMNS


@pytest.mark.parametrize(
    ("content", "fault", "line"),
    [
        ("51,5\n", NOT_READ, 1),
        ("lat,lon\n51,5\n", DOUBTFUL, 2),
        ("lat,lon\n51,5,1,5\n", LimitFileFault.NOT_A_TABLE, 2),
        ("lat,lon\n50.5\n", LimitFileFault.NOT_A_TABLE, 2),
        ("lat,lon\n50.5,\n", LimitFileFault.POSITION_MISSING, 2),
        ("position,a\n,b\n", LimitFileFault.POSITION_MISSING, 2),
        ("lat,lon\n50.5,1.5\n50.5,x\n", NOT_READ, 3),
        ("lat,lon\n50.5,1_5\n", NOT_READ, 2),
        ("lat,lon\n\u0665\u0660.1,1.2\n", NOT_READ, 2),
        ("lat,lon\n=50.5,1.5\n", NOT_READ, 2),
        ("lat;lon\nnan;1.5\n", NOT_READ, 2),
        ("lat;lon\n1e400;1.5\n", LimitFileFault.LATITUDE_RANGE, 2),
        ("lat;lon\n90.5;1.5\n", LimitFileFault.LATITUDE_RANGE, 2),
        ("lat;lon\n50.5;181\n", LimitFileFault.LONGITUDE_RANGE, 2),
        ("lat;lon\n91 00.0N;001 00.0E\n", LimitFileFault.LATITUDE_RANGE, 2),
        ("lat;lon\n50 61.0N;001 00.0E\n", NOT_READ, 2),
        ("lat;lon\n1.5;51\n", LimitFileFault.SWAPPED, 2),
        ("1.5;51.5\n", LimitFileFault.SWAPPED, 1),
        ("lat;lon\n50 58.0 ;001 41.0\n", DOUBTFUL, 2),
        ("lat;lon\n5058.0;00141.0\n", DOUBTFUL, 2),
        ("50°58.0'N 001°41.0'O\n", DOUBTFUL, 1),
        ("50.5;30.2\n", DOUBTFUL, 1),
        ("Latitude N;Longitude W\n50.1;5.1\n", DOUBTFUL, 2),
        ("lat;dir;lon;dir\n50.1;N;1.2;W\n", COLUMNS, 1),
        ("lat min;lat deg;lon\n1;2;3\n", COLUMNS, 1),
        ("lat (rad);lon (rad)\n0.9;0.1\n", COLUMNS, 1),
        ("lat;lat;lon\n1;2;3\n", COLUMNS, 1),
        ("lat;name\n1;2\n", COLUMNS, 1),
        ("lat;lon;x\n50.1;1.2;W\n", COLUMNS, 2),
        ("N;50.1;1.2\n", NOT_READ, 1),
        ("50.5;1.2;50.6;1.3\n", NOT_READ, 1),
        ("hello\nworld\n", NOT_READ, 1),
        ('lat,lon\n"50.1,1.2\n', LimitFileFault.NOT_A_TABLE, 2),
        ("lat,lon\n50.1,1.2\n# ED50\n", LimitFileFault.DATUM, 3),
        (b"lat,lon\n50.1\x00,1\n", LimitFileFault.ZERO_BYTE, 2),
        ("lat,lon\n50.1,1.2\n".encode("utf-16"), LimitFileFault.ENCODING, 1),
        ("lat,lon,nom\n50.1,1.2,é\n".encode("latin-1"), LimitFileFault.ENCODING, 2),
    ],
)
def test_what_is_refused(content: str | bytes, fault: LimitFileFault, line: int) -> None:
    assert refused(read_table, content) == (fault, line)


def test_a_table_that_two_separators_read_differently_is_doubtful() -> None:
    """Parted by semicolons it is 50.5 north, by a comma 5 north."""
    content = "position,lat;lon\n50,5N;1E\n"
    assert refused(read_table, content) == (DOUBTFUL, 2)


def test_everything_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_read, "MOST_WRITTEN", 1)
    twice = "position\n50 58.0N 001 41.0E\n50 59.0N 001 41.0E\n"
    assert refused(read_table, twice) == (LimitFileFault.TOO_LARGE, 3)
    monkeypatch.setattr(csv_read, "MOST_ROWS", 2)
    assert refused(read_table, twice) == (LimitFileFault.TOO_LARGE, 0)
    monkeypatch.setattr(csv_read, "MOST_BYTES", 10)
    assert refused(read_table, twice) == (LimitFileFault.TOO_LARGE, 0)
