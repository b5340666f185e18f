"""Positions that are none are refused with their line; those that are come out as they stand."""

import csv
import functools
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

import hypothesis
import pytest
from hypothesis import strategies as st

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange.csv_read import read_table
from channelplot.exchange.found_lines import FoundFile, is_swapped
from channelplot.exchange.gpx_read import read_gpx
from channelplot.exchange.kml_read import read_kml
from channelplot.exchange.kmz import read_kmz
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.model.codes import PositionForm
from channelplot.reading.values import Language
from helpers.line_writer import a_position
from unit.exchange.test_kmz import archive

PATH = Path("limits")
LatLon = tuple[str, str]


@dataclass(frozen=True)
class Format:
    """How a file of a parser is written, one position to a line, and the parser."""

    name: str
    head: str
    row: Callable[[LatLon], str]
    foot: str
    parse: Callable[[bytes], FoundFile]

    def read(self, rows: list[LatLon]) -> FoundFile:
        text = self.head + "".join(f"{self.row(each)}\n" for each in rows) + self.foot
        return self.parse(text.encode())

    @property
    def first_line(self) -> int:
        return self.head.count("\n") + 1


def _table_row(each: LatLon, delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(["A", *each])
    return out.getvalue()


_KML_HEAD = "<kml><Placemark><LineString><coordinates>\n"
_KML_FOOT = "</coordinates></LineString></Placemark></kml>"
_GPX_ROW = "<rtept lat={} lon={}/>"
FORMATS = (
    Format(
        "GPX",
        "<gpx><rte>\n",
        lambda each: _GPX_ROW.format(*map(quoteattr, each)),
        "</rte></gpx>",
        lambda data: read_gpx(io.BytesIO(data), PATH),
    ),
    Format(
        "KML",
        _KML_HEAD,
        lambda each: f"{each[1]},{each[0]},0",
        _KML_FOOT,
        lambda data: read_kml(io.BytesIO(data), PATH),
    ),
    Format(
        "KMZ",
        _KML_HEAD,
        lambda each: f"{each[1]},{each[0]},12.5",
        _KML_FOOT,
        lambda data: read_kmz(io.BytesIO(archive(("doc.kml", data.decode()))), PATH),
    ),
    Format(
        "CSV",
        "name,latitude,longitude\n",
        lambda each: _table_row(each, ","),
        "",
        lambda data: read_table(io.BytesIO(data), PATH),
    ),
    Format(
        "table with semicolons",
        "name;latitude;longitude\n",
        lambda each: _table_row(each, ";"),
        "",
        lambda data: read_table(io.BytesIO(data), PATH),
    ),
)

every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
numbers = st.floats(allow_nan=False, allow_infinity=False)
no_numbers = st.sampled_from(
    [
        "nan", "NaN", "-nan", "inf", "Infinity", "-Infinity", "1e400", "-1e999", "0x33", "5_1",
        "51..5", "51.5.1", "--51", "+-51", "51-", "five", "\u0665\u0661", "\uff15\uff11", "1e",
        "51.5abc", "=51.5", "'51.5", "51;5", "51.5\u00a00", "*", "-", ".", "None", "NULL", "#N/A",
        "51 30", "1.5e1e1",
    ]
)  # fmt: skip
too_far_lat = numbers.filter(lambda value: abs(value) > 90.0)
too_far_lon = numbers.filter(lambda value: abs(value) > 180.0)


@st.composite
def bad_positions(draw: st.DrawFn) -> LatLon:
    """A latitude and a longitude of which at least one is none."""
    good_lat, good_lon = repr(draw(st.floats(48.1, 52.1))), repr(draw(st.floats(-6.9, 4.4)))
    kind = draw(st.sampled_from(["none", "empty", "far", "swapped", "comma"]))
    if kind == "swapped":
        return good_lon, good_lat
    is_lat = draw(st.booleans())
    if kind == "far":
        bad = repr(draw(too_far_lat if is_lat else too_far_lon))
    elif kind == "comma":
        bad = "51,5" if is_lat else "1,5,5"
    else:
        bad = "" if kind == "empty" else draw(no_numbers)
    return (bad, good_lon) if is_lat else (good_lat, bad)


good_rows = st.lists(
    st.tuples(
        st.floats(48.1, 52.1).map(lambda v: f"{v:.6f}"),
        st.floats(-6.9, 4.4).map(lambda v: f"{v:.6f}"),
    ),
    max_size=6,
)


@every_format
def test_what_is_no_position_is_refused_with_its_line(
    form: Format, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    count = 0

    @hypothesis.settings(max_examples=cycles(25, 1_000), database=None)
    @hypothesis.given(before=good_rows, bad=bad_positions(), after=good_rows)
    def refused(before: list[LatLon], bad: LatLon, after: list[LatLon]) -> None:
        nonlocal count
        count += 1
        # A blank parts positions in KML: 51 30 is the end of one and the beginning of another.
        hypothesis.assume(not (form.head == _KML_HEAD and "51 30" in bad))
        if "name" in form.head and bad[0] == "51,5":
            # In a cell of its own it is 51.5.
            found = form.read([*before, bad, *after])
            assert found.lines[0].points[len(before)].position.lat_deg == 51.5
            return
        with pytest.raises(LimitFileError) as error:
            form.read([*before, bad, *after])
        assert error.value.line == form.first_line + len(before)

    refused()
    figure(f"{form.name} {count}")


@every_format
def test_what_is_a_position_comes_out_as_it_stands(
    form: Format, cycles: Callable[[int, int], int]
) -> None:
    @hypothesis.settings(max_examples=cycles(25, 1_000), database=None)
    @hypothesis.given(lat_deg=st.floats(-90, 90), lon_deg=st.floats(-180, 180))
    def read(lat_deg: float, lon_deg: float) -> None:
        truth = Position(lon_deg, lat_deg)
        rows = [("50.5", "1.5"), (repr(lat_deg), repr(lon_deg))]
        if is_swapped(truth):
            with pytest.raises(LimitFileError) as error:
                form.read(rows)
            assert error.value.fault is LimitFileFault.SWAPPED
            return
        (line,) = form.read(rows).lines
        assert line.points[1].position == truth
        assert line.points[1].line == form.first_line + 1

    read()


def read_or_line(parse: Callable[[], FoundFile]) -> tuple[tuple[Position, ...], int]:
    """The positions of a file; or none, and the line for which it was refused."""
    try:
        found = parse()
    except LimitFileError as error:
        return (), error.line
    return tuple(point.position for line in found.lines for point in line.points), 0


def test_no_comma_ever_becomes_a_point_by_itself(figure: Callable[[str], None]) -> None:
    """51,5 is half a degree more than 51, or refused; it is never 51."""
    seen = 0
    for pair in (("51,5", "1.5"), ("51.5", "1,5"), ("51,5", "1,5")):
        for form in FORMATS:
            outcome = read_or_line(functools.partial(form.read, [pair]))
            assert outcome in (((Position(1.5, 51.5),), 0), ((), form.first_line)), form.name
            seen += 1
    for text in ("51,5", "51,5,1,5", "lat,lon\n51,5", "lat,lon\n51,5,1,5", "lat lon\n51,5 1"):
        with pytest.raises(LimitFileError):
            read_table(io.BytesIO(f"{text}\n".encode()), PATH)
        seen += 1
    slip = f"{_KML_HEAD}1.5,50.5\n1.5,51,5\n{_KML_FOOT}".encode()
    assert read_or_line(lambda: read_kml(io.BytesIO(slip), PATH)) == ((), 3)
    figure(f"51,5 never 51 ({seen + 1} ways)")


IN_FIGURES = frozenset(
    {
        PositionForm.DDM,
        PositionForm.DMS,
        PositionForm.DECIMAL_DEGREES,
        PositionForm.MGRS,
        PositionForm.UTM,
    }
)


def test_tables_in_every_form_of_the_plot_line_are_read_right_or_refused(
    cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    dice = random.Random(1818)
    read = refused = 0
    count = cycles(150, 1_000)
    while read + refused < count:
        written = a_position(dice)
        data = f"position\tname\n{written.text}\tA\n".encode()
        places, line = read_or_line(functools.partial(read_table, io.BytesIO(data), PATH))
        if places:
            off_m = distance_m(places[0], written.truth)
            assert written.form in IN_FIGURES, "a table has no marks to measure from"
            assert off_m <= 1.005 * written.precision_m, written
            read += 1
        elif written.form in IN_FIGURES:
            assert line == 2
            assert written.is_asked or written.is_bare or written.language is Language.FRENCH
            refused += 1
    figure(f"every form: {read} read, {refused} refused")
