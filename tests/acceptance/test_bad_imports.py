"""Files that are wrong, broken or mean harm, imported: each its sentence, and the plot goes on.

What is wrong as a whole brings nothing; of a line only that line stays out. Nothing is made beside
the plot, and nothing outside the file is read.
"""

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from channelplot.cli import import_
from channelplot.cli.main import main
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import PlotFile
from helpers.builders import at
from helpers.plot_files import labels_in_log

SECRET: Final = "TOPSECRET"
_GPX: Final = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">\n<trk>\n<trkseg>\n'
_TRK_END: Final = "</trkseg></trk></gpx>"
_POINT: Final = '<trkpt lat="50.9" lon="1.5"><time>2026-09-15T02:10:00Z</time></trkpt>\n'
_TABLE: Final = "time,lat,lon,name\n2026-09-15T02:10:00Z,50.9,1.5,A\n"
_KML: Final = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
Content = str | bytes | Callable[[Path], None]


def gpx(point: str) -> str:
    """One good point in line 4, and another line."""
    return f"{_GPX}{_POINT}{point}\n{_TRK_END}"


def position(lat: str, lon: str) -> str:
    return gpx(f'<trkpt lat="{lat}" lon="{lon}"><time>2026-09-15T02:20:00Z</time></trkpt>')


def vrt(path: Path) -> None:
    secret = path.with_name("secret.csv")
    secret.write_text(f"lon,lat,name\n1,50,{SECRET}\n")
    path.write_text(
        "<OGRVRTDataSource><OGRVRTLayer name='secret'><SrcDataSource>"
        f"{secret}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )


def kmz(name: str, content: bytes = b"<kml/>", mode: int = 0o644) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)

    return make


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_ring_of_links(path: Path) -> None:
    path.symlink_to(path)


def feature(*coordinates: object, **properties: object) -> str:
    return json.dumps(
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": coordinates},
            "properties": properties,
        }
    )


_NAME = "{name}"
_LAUGHS: Final = (
    '<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
    "<gpx><wpt><name>&b;</name></wpt></gpx>"
)
_XXE: Final = '<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<gpx>&x;</gpx>'
_ENTITIES: Final = "defines XML entities (line 1), which can do harm, so it is not read."
_ARCHIVE: Final = "is an archive with something in it that can do harm"

WHOLE: list[tuple[str, str, Content, str]] = [
    ("laughs", ".gpx", _LAUGHS, _ENTITIES),
    ("xxe", ".gpx", _XXE, _ENTITIES),
    ("xxe", ".kml", _XXE.replace("gpx", "kml"), _ENTITIES),
    ("deep", ".kml", "<kml>" + "<Folder>" * 20_000, "has parts within parts"),
    ("half", ".gpx", f"{_GPX}{_POINT}<trkpt la", "is damaged in line 5: it is not the XML"),
    ("half", ".geojson", '{"type": "FeatureCollection", "features": [\n{', "is damaged in line 2"),
    ("zero", ".gpx", f"{_GPX}{_POINT}\0{_TRK_END}", "line 5 holds a zero byte."),
    ("zero", ".csv", f"{_TABLE}\0\n", "line 3 holds a zero byte."),
    ("latin", ".csv", _TABLE.replace("A", "é").encode("latin-1"), "not in UTF-8 (line 2: 0xE9)"),
    ("latin", ".gpx", gpx("<name>é</name>").encode("latin-1"), "is in another encoding"),
    ("vrt", ".gpx", vrt, "is not what can be imported"),
    ("vrt", ".kml", vrt, "is not what can be imported"),
    ("vrt", ".gpkg", vrt, "is not what can be imported"),
    ("vrt", ".geojson", vrt, "is not what can be imported"),
    ("text", ".shp", "no shapefile", "is not what can be imported"),
    ("text", ".fgb", "no flatgeobuf", "is not what can be imported"),
    ("json", ".geojson", '{"a": 1}', "is not what can be imported"),
    ("twice", ".geojson", '{"type": "Feature", "type": "Feature"}', "is not the JSON"),
    (
        "crs", ".geojson",
        '{"type": "FeatureCollection", "crs": {"type": "name", "properties":'
        ' {"name": "EPSG:27700"}}, "features": []}',
        "speaks of another datum than WGS 84",
    ),
    ("empty", ".csv", "", "holds no tracks, reports or places."),
    ("empty", ".gpx", "<gpx></gpx>", "holds no tracks, reports or places."),
    ("picture", ".png", b"\x89PNG\r\n\x1a\n", "is not what can be imported"),
    ("up", ".kmz", kmz("../doc.kml"), _ARCHIVE),
    ("root", ".kmz", kmz("/doc.kml"), _ARCHIVE),
    ("link", ".kmz", kmz("doc.kml", b"/etc/passwd", 0o120777), _ARCHIVE),
    ("bomb", ".kmz", kmz("doc.kml", b"\0" * 40_000_000), _ARCHIVE),
    ("torn", ".kmz", b"PK\x03\x04 torn", "can't be read"),
    ("device", ".csv", a_device, "There is no file {name}."),
    ("ring", ".csv", a_ring_of_links, "{name} can't be read"),
    ("folder", ".csv", Path.mkdir, "There is no file {name}."),
    ("pipe", ".gpx", os.mkfifo, "There is no file {name}."),
    (
        "no zone", ".csv", _TABLE.replace("Z,", ","),
        "do not say which clock they are by (line 2: 2026-09-15T02:10:00).",
    ),
    (
        "no zone", ".gpx", gpx("").replace("Z<", "<"),
        "do not say which clock they are by (line 4: 2026-09-15T02:10:00).",
    ),
    (
        "two ways", ".csv", _TABLE.replace("2026-09-15T02:10:00Z", "03/04/2026 02:10Z"),
        "can be read in two ways (line 2: 03/04/2026 02:10Z).",
    ),
    ("columns", ".csv", "a,b\n1,2\n", "Which columns of {name} hold the times and positions"),
]  # fmt: skip

LINES: list[tuple[str, str, str, str]] = [
    ("comma", ".gpx", position("51,5", "1.5"), "Line 5: the position can't be read (51,5)."),
    ("nan", ".gpx", position("NaN", "1.5"), "Line 5: the position can't be read (NaN)."),
    ("infinity", ".gpx", position("Infinity", "1.5"), "Line 5: the position can't be read"),
    ("over 90", ".gpx", position("91", "1.5"), "Line 5: the latitude is over 90 degrees (91)."),
    ("over 180", ".gpx", position("50", "181"), "Line 5: the longitude is over 180 degrees (181)."),
    (
        "swapped", ".gpx", position("1.5", "50.9"),
        "Line 5: latitude and longitude look the wrong way round",
    ),
    (
        "no lat", ".gpx", gpx('<trkpt lon="1.5"><time>2026-09-15T02:20:00Z</time></trkpt>'),
        "Line 5: a latitude or a longitude is missing",
    ),
    (
        "no time", ".gpx", gpx('<trkpt lat="50.9" lon="1.6"></trkpt>'),
        "Line 5: the points of this line have no time (1).",
    ),
    (
        "garbage time", ".gpx",
        gpx('<trkpt lat="50.9" lon="1.6"><time>yesterday</time></trkpt>'),
        "Line 5: the time can't be read (yesterday).",
    ),
    (
        "future", ".gpx",
        gpx('<trkpt lat="50.9" lon="1.6"><time>2026-09-15T09:00:00Z</time></trkpt>'),
        "Line 5: the time is in the future",
    ),
    ("short row", ".csv", f"{_TABLE}2026-09-15T02:20:00Z,50.9\n", "Line 3: the row has another"),
    (
        "thousands", ".csv", f"{_TABLE}2026-09-15T02:20:00Z,1.500.000,1.5,A\n",
        "Line 3: the position can't be read",
    ),
    (
        "speed", ".csv",
        "time,lat,lon,name,sog\n2026-09-15T02:10:00Z,50.9,1.5,A,5\n"
        "2026-09-15T02:20:00Z,50.9,1.5,A,fast\n",
        "Line 3: a number can't be read or can't be right",
    ),
    (
        "nan", ".geojson",
        f'{feature(1.5, 50.9, time="2026-09-15T02:10:00Z")}\n'
        f'{feature(1.5, float("nan"), time="2026-09-15T02:20:00Z")}\n',
        "Line 2: the position can't be read (1.5, NaN).",
    ),
    (
        "area", ".kml",
        f"{_KML}<Placemark><name>P</name><Point><coordinates>1.5,50.9</coordinates></Point>"
        "</Placemark>\n<Placemark><name>Zone</name><Polygon><outerBoundaryIs><LinearRing>"
        "<coordinates>1,50 2,50 2,51 1,50</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        "</Placemark></Document></kml>",
        "Line 3: this shape is neither a place nor a line of timed places",
    ),
    (
        "link", ".kml",
        f"{_KML}<Placemark><name>P</name><Point><coordinates>1.5,50.9</coordinates></Point>"
        "</Placemark>\n<NetworkLink><Link><href>http://127.0.0.1:9/a.kml</href></Link>"
        "</NetworkLink></Document></kml>",
        "Line 3: a link to another file is not followed (http://127.0.0.1:9/a.kml).",
    ),
]  # fmt: skip

CLOCKS: list[tuple[str, str, str]] = [
    ("UK", "2026-10-25 01:30:00", "Line 3: the time happens twice, for the clocks go back"),
    ("FR", "2026-10-25 02:30:00", "Line 3: the time happens twice, for the clocks go back"),
    ("UK", "2026-03-29 01:30:00", "Line 3: the time never happens, for the clocks go forward"),
    ("FR", "2026-03-29 02:30:00", "Line 3: the time never happens, for the clocks go forward"),
]


@pytest.fixture(autouse=True)
def _the_morning_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_, "utc_now", lambda: at("0600"))


@pytest.fixture
def plot(tmp_path: Path) -> Path:
    """A plot with nothing in it."""
    path = tmp_path / "desk" / "night.gpkg"
    path.parent.mkdir()
    PlotFile.create(path, Plot(), ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
    return path


def made(folder: Path, suffix: str, content: Content) -> Path:
    path = folder / f"bad{suffix}"
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        content(path)
    return path


def names(
    items: list[tuple[str, str, Content, str]] | list[tuple[str, str, str, str]],
) -> list[str]:
    return [f"{name}{suffix}" for name, suffix, *_ in items]


@pytest.mark.usefixtures("ready_readers")
@pytest.mark.parametrize(("name", "suffix", "content", "sentence"), WHOLE, ids=names(WHOLE))
def test_a_bad_file_brings_nothing_and_says_why(
    plot: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    suffix: str,
    content: Content,
    sentence: str,
) -> None:
    bad = made(tmp_path, suffix, content)
    beside = sorted(tmp_path.iterdir())
    before = plot.read_bytes()

    code = main(["import", str(plot), str(bad)])

    told = capsys.readouterr()
    assert (code, told.out) == (1, ""), name
    complaint, *more = told.err.splitlines()
    assert sentence.format(name=bad.name) in complaint
    assert complaint.startswith("channelplot: ")
    assert bad.name in complaint
    assert "Nothing was imported." in complaint
    assert not more or more[0].startswith("  say which: ")
    assert SECRET not in told.err
    assert plot.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == beside


@pytest.mark.parametrize(("name", "suffix", "content", "sentence"), LINES, ids=names(LINES))
def test_a_bad_line_stays_out_and_the_others_come_in(
    plot: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    suffix: str,
    content: str,
    sentence: str,
) -> None:
    bad = made(tmp_path, suffix, content)

    code = main(["import", str(plot), str(bad)])

    told = capsys.readouterr()
    assert (code, told.err) == (3, ""), name
    assert sentence in told.out
    assert "Not coming in: 1 refused" in told.out
    found = loaded_from(plot).plot
    assert found.report_count() + len(found.beaches) == 1
    assert labels_in_log(plot) == ["new_plot", "import_file"]


@pytest.mark.parametrize(("zone", "time", "sentence"), CLOCKS)
def test_a_time_that_happens_twice_or_never_is_refused(
    plot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    zone: str, time: str, sentence: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(import_, "utc_now", lambda: at("0600").replace(month=11))
    table = f"time,lat,lon,name\n2026-03-01 12:00:00,50.9,1.5,A\n{time},50.9,1.5,A\n"
    bad = made(tmp_path, ".csv", table)
    assert main(["import", str(plot), str(bad), "--zone", zone]) == 3
    assert f"{sentence} ({time})." in capsys.readouterr().out
    assert loaded_from(plot).plot.report_count() == 1


def test_what_looks_like_a_formula_stays_text(plot: Path, tmp_path: Path) -> None:
    formula = "=HYPERLINK(0)"
    bad = made(tmp_path, ".csv", _TABLE.replace("A\n", f"{formula}\n"))
    assert main(["import", str(plot), str(bad)]) == 0
    (track,) = loaded_from(plot).plot.tracks.values()
    assert track.name == formula


@pytest.mark.parametrize("name", ["/vsicurl/http://127.0.0.1:9/a.gpkg", '{"type": "Feature"}.shp'])
def test_a_name_that_gdal_would_follow_is_no_file(
    plot: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["import", str(plot), name]) == 1
    assert "There is no file" in capsys.readouterr().err
