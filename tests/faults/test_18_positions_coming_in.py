"""Positions that are none stay out, each with its line; those beside them come in as they stand."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

import hypothesis
import pytest
from hypothesis import strategies as st

from channelplot.errors import ImportFault
from channelplot.exchange.found_lines import is_swapped
from channelplot.exchange.incoming.found import ReadOptions, Sink
from channelplot.exchange.incoming.gpx import read_gpx_reports
from channelplot.exchange.incoming.kml import read_kml_reports, read_kmz_reports
from channelplot.geodesy.position import Position
from faults.test_18_positions import LatLon, bad_positions, good_rows
from helpers.taken_in import OPTIONS, TakenIn
from unit.exchange.test_kmz import archive

PATH = Path("file")
Reader = Callable[[BinaryIO, Path, ReadOptions, Sink], None]
TIME = "2026-09-15T02:28:00Z"


@dataclass(frozen=True)
class Format:
    """How a file of a reader is written, one report to a line, and the reader."""

    name: str
    head: str
    row: Callable[[str, str], str]
    foot: str
    reader: Reader
    is_packed: bool = False

    def read(self, rows: list[LatLon]) -> TakenIn:
        text = self.head + "".join(f"{self.row(*each)}\n" for each in rows) + self.foot
        data = archive(("doc.kml", text)) if self.is_packed else text.encode()
        taken = TakenIn()
        self.reader(io.BytesIO(data), PATH, OPTIONS, taken)
        return taken


def _placemark(lat: str, lon: str) -> str:
    where = f"<Point><coordinates>{escape(lon)},{escape(lat)}</coordinates></Point>"
    return f"<Placemark><TimeStamp><when>{TIME}</when></TimeStamp>{where}</Placemark>"


FORMATS = (
    Format(
        "GPX",
        "<gpx><trk><trkseg>\n",
        lambda lat, lon: (
            f"<trkpt lat={quoteattr(lat)} lon={quoteattr(lon)}><time>{TIME}</time></trkpt>"
        ),
        "</trkseg></trk></gpx>",
        read_gpx_reports,
    ),
    Format("KML", "<kml>\n", _placemark, "</kml>", read_kml_reports),
    Format("KMZ", "<kml>\n", _placemark, "</kml>", read_kmz_reports, is_packed=True),
    Format(
        "KML track",
        "<kml><Placemark><Track>\n",
        lambda lat, lon: f"<when>{TIME}</when><coord>{escape(lon)} {escape(lat)} 0</coord>",
        "</Track></Placemark></kml>",
        read_kml_reports,
    ),
)

every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


@every_format
def test_what_is_no_position_stays_out_and_the_others_come_in(
    form: Format, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    count = 0

    @hypothesis.settings(max_examples=cycles(25, 1_000), database=None)
    @hypothesis.given(before=good_rows, bad=bad_positions(), after=good_rows)
    def refused(before: list[LatLon], bad: LatLon, after: list[LatLon]) -> None:
        nonlocal count
        count += 1
        # Of one place alone nobody can tell that a number is missing between two blanks.
        is_alone = not (before or after)
        hypothesis.assume(not (form.name == "KML track" and is_alone and "" in bad))
        found = form.read([*before, bad, *after])
        good = [*before, *after]
        assert found.positions_deg() == [(float(lon), float(lat)) for lat, lon in good]
        assert [line for line, _, _ in found.refusals] == [2 + len(before)]
        lines = [each.line for each in found.reports]
        assert lines == [n + 2 for n in range(len(good) + 1) if n != len(before)]

    refused()
    figure(f"{form.name} coming in {count}")


@every_format
def test_what_is_a_position_comes_in_as_it_stands(
    form: Format, cycles: Callable[[int, int], int]
) -> None:
    @hypothesis.settings(max_examples=cycles(25, 1_000), database=None)
    @hypothesis.given(lat_deg=st.floats(-90, 90), lon_deg=st.floats(-180, 180))
    def read(lat_deg: float, lon_deg: float) -> None:
        found = form.read([("50.5", "1.5"), (repr(lat_deg), repr(lon_deg))])
        if is_swapped(Position(lon_deg, lat_deg)):
            assert found.faults() == [(3, ImportFault.SWAPPED)]
            return
        assert found.positions_deg()[1:] == [(lon_deg, lat_deg)]
        assert found.refusals == []

    read()
