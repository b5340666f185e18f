"""The files of each format as GDAL opens them: how many things, where, when, and their fields."""

import sqlite3
import struct
import warnings
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyogrio
import pytest

from channelplot.exchange.outgoing.flatgeobuf import COLUMNS
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from channelplot.model.plot import Plot
from helpers.full_plot import full_plot
from helpers.left_behind import gdal_complaints
from unit.exchange.outgoing.written import WORDS, a_varied_plot, written

VARIED = a_varied_plot()
REPORTS = list(VARIED.reports())
IN_ONE_LAYER = [Format.GEOJSON, Format.FLATGEOBUF]
WITH_FIELDS = [*IN_ONE_LAYER, Format.GEOPACKAGE]


def frame_of(path: Path, layer: str | None = None) -> "pyogrio.geopandas.GeoDataFrame":
    frame = pyogrio.read_dataframe(path, layer=layer)
    assert frame.crs.to_epsg() == 4326
    return frame


def reports_in(path: Path, kind: Format) -> "pyogrio.geopandas.GeoDataFrame":
    frame = frame_of(path, "reports" if kind is Format.GEOPACKAGE else None)
    return frame[frame["record"] == "report"].set_index("uid")


@pytest.mark.parametrize("kind", WITH_FIELDS)
def test_every_report_has_its_place_time_and_fields(kind: Format, tmp_path: Path) -> None:
    frame = reports_in(written(Selection(plot=VARIED), tmp_path, kind), kind)
    assert list(frame.index) == [report.uid for report in REPORTS]
    for report in REPORTS:
        row = frame.loc[report.uid]
        if report.position is None:
            assert row.geometry is None
        else:
            place = (report.position.lon_deg, report.position.lat_deg)
            assert (row.geometry.x, row.geometry.y) == place
        assert row["observed_at_utc"].tz_convert(UTC).to_pydatetime() == report.observed_at_utc
        assert row["kind"] == report.kind
    first = frame.loc["report-1"]
    assert first["as_received"] == WORDS
    assert (first["people_total"], first["speed_kn"], first["error_m"]) == (45, 4.25, 0.00001)
    assert first["track_name"] == "A <1>"


@pytest.mark.parametrize("kind", IN_ONE_LAYER)
def test_tracks_are_lines_and_places_are_points(kind: Format, tmp_path: Path) -> None:
    frame = frame_of(written(Selection(plot=VARIED), tmp_path, kind)).set_index("uid")
    assert list(frame.loc["track-1"].geometry.coords) == [
        tuple(pair) for pair in VARIED.tracks["track-1"].line_deg.tolist()
    ]
    assert frame.loc["beach-1"].geometry.geom_type == "Point"
    assert sorted(frame["record"]) == ["beach", "mark", *["report"] * 6, *["track"] * 3]


def test_a_geopackage_has_a_layer_for_each_kind_of_thing(tmp_path: Path) -> None:
    path = written(Selection(plot=VARIED), tmp_path, Format.GEOPACKAGE)
    layers = {str(name): str(kind) for name, kind in pyogrio.list_layers(path)}
    assert layers == {
        "reports": "Point",
        "tracks": "LineString",
        "beaches": "Point",
        "marks": "Point",
    }
    assert [len(frame_of(path, layer)) for layer in layers] == [6, 3, 1, 1]
    near = pyogrio.read_dataframe(path, layer="reports", bbox=(1.65, 50.9, 1.66, 51.1))
    assert list(near["uid"]) == ["report-3"], "found by the spatial index"


@pytest.mark.parametrize("plot", [Plot(), VARIED, full_plot()], ids=["empty", "varied", "full"])
def test_a_geopackage_conforms_and_is_no_plot(plot: Plot, tmp_path: Path) -> None:
    path = written(Selection(plot=plot), tmp_path, Format.GEOPACKAGE)
    assert gdal_complaints(path) == []
    with closing(sqlite3.connect(path)) as conn:
        tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
        assert "app_meta" not in tables
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for layer in ("reports", "tracks", "beaches", "marks"):
            (said,) = conn.execute(f"SELECT rtreecheck('rtree_{layer}_geom')").fetchone()
            assert said == "ok"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_gpx_is_tracks_and_waypoints_to_gdal(tmp_path: Path) -> None:
    path = written(Selection(plot=VARIED), tmp_path, Format.GPX)
    with warnings.catch_warnings():
        # It guesses that elements of others are numbers until it finds that they are not.
        warnings.filterwarnings("ignore", "Value .* parsed incompletely", RuntimeWarning)
        points = pyogrio.read_dataframe(path, layer="track_points", columns=["time"])
    times = [time.tz_convert(UTC).to_pydatetime() for time in points["time"]]
    a = VARIED.tracks["track-1"].reports
    assert times == [a[0].observed_at_utc, a[2].observed_at_utc]
    tracks = pyogrio.read_dataframe(path, layer="tracks", columns=["name"])
    assert list(tracks["name"]) == ["A <1>", "B", "C"]
    waypoints = pyogrio.read_dataframe(path, layer="waypoints", columns=["name"])
    names = ["Plage d'Écault", "Cap Gris-Nez", "B 0252Z", "0105Z"]
    assert list(waypoints["name"]) == names


def test_kml_has_a_layer_for_each_track(tmp_path: Path) -> None:
    path = written(Selection(plot=VARIED), tmp_path, Format.KML)
    layers = [str(name) for name, _ in pyogrio.list_layers(path)]
    assert layers == ["Channel Plot", "A <1>", "B", "C"]
    frame = frame_of(path, "A <1>")
    assert list(frame["record"]) == ["track", "report", "report", "report"]
    assert frame["timestamp"][1].tz_convert(UTC).to_pydatetime() == datetime(
        2026, 9, 15, 2, 10, tzinfo=UTC
    )


@pytest.mark.parametrize("plot", [Plot(), VARIED, full_plot()], ids=["empty", "varied", "full"])
def test_a_flatgeobuf_is_a_header_and_as_many_features_as_it_says(
    plot: Plot, tmp_path: Path
) -> None:
    path = written(Selection(plot=plot), tmp_path, Format.FLATGEOBUF)
    data = path.read_bytes()
    count = Selection(plot=plot).counts().things
    at, sizes = 8, []
    while at < len(data):
        (size,) = struct.unpack_from("<I", data, at)
        assert (4 + size) % 8 == 0
        sizes.append(size)
        at += 4 + size
    assert at == len(data)
    assert len(sizes) == 1 + count
    assert tuple(pyogrio.read_info(path)["fields"]) == COLUMNS
    assert len(frame_of(path)) == count
