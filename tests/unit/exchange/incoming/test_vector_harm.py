"""Layers that are wrong, broken or mean harm: refused, or the rest of them comes in."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming.vector import read_vector
from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import format_of
from channelplot.exchange.outgoing.selection import Selection
from channelplot.store.geometry import register_functions
from helpers.full_plot import full_plot
from helpers.layers_of_others import PLACES, frame, refused, taken
from helpers.taken_in import NOW_UTC, OPTIONS, TakenIn


def hostile_geopackage(path: Path) -> None:
    """A GeoPackage with a trigger that deletes, a view without end, and a name that is SQL."""
    frame().to_file(path, layer="tracks")
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(
            "CREATE TRIGGER gone AFTER INSERT ON tracks BEGIN DELETE FROM tracks; END;"
            "CREATE VIEW endless AS WITH RECURSIVE a(n) AS (VALUES(1) UNION ALL"
            " SELECT n + 1 FROM a) SELECT n AS fid, n AS geom FROM a;"
            "CREATE VIEW loaded AS SELECT 1 AS fid, load_extension('/tmp/x') AS geom;"
            'CREATE TABLE "x""; DROP TABLE tracks; --" (fid INTEGER PRIMARY KEY, a TEXT);'
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES"
            " ('endless', 'features', 'endless', 4326), ('loaded', 'features', 'loaded', 4326);"
        )


def test_triggers_and_views_of_a_geopackage_do_nothing(tmp_path: Path) -> None:
    path = tmp_path / "hostile.gpkg"
    hostile_geopackage(path)
    before = path.read_bytes()
    found = taken(path)
    assert found.positions_deg() == PLACES
    assert found.refusals == [
        (0, ImportFault.UNREADABLE, "endless"),
        (0, ImportFault.UNREADABLE, "loaded"),
    ]
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path]


VRT = b"""<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/hostname</SrcDataSource>
</OGRVRTLayer></OGRVRTDataSource>"""


@pytest.mark.usefixtures("ready_readers")
@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.gpkg", VRT, ImportFault.KIND),
        ("a.shp", VRT, ImportFault.KIND),
        ("a.fgb", VRT, ImportFault.KIND),
        ("a.fgb", b'{"type": "gdal_streamed_alg"}', ImportFault.KIND),
        ("a.gpkg", b"SQLite format 3\0" + b"x" * 5000, ImportFault.UNREADABLE),
        ("a.fgb", b"fgb\x03fgb\0" + b"\xff" * 400, ImportFault.EMPTY),
        ("a.shp", struct.pack(">i", 9994) + b"\0" * 40, ImportFault.UNREADABLE),
        ("a.gpkg", b"", ImportFault.KIND),
    ],
)
def test_what_is_no_layer_is_refused(
    tmp_path: Path, name: str, content: bytes, fault: ImportFault
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path) is fault


@pytest.mark.parametrize(
    "name",
    [
        "/vsicurl/http://127.0.0.1:9/a.fgb",
        "/vsizip/a.zip/a.gpkg",
        '{"type": "FeatureCollection", "features": []}.fgb',
        "gone.gpkg",
        "nul\0.gpkg",
    ],
)
def test_a_name_is_only_ever_that_of_a_file(name: str) -> None:
    assert refused(Path(name)) in (ImportFault.NOT_FOUND, ImportFault.UNREADABLE)


@pytest.mark.usefixtures("ready_readers")
def test_a_shapefile_that_is_cut_off_is_refused_or_read_to_where_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "cut.shp"
    frame(time=["2026-09-15T03:00Z"] * 3).to_file(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert refused(path) is ImportFault.UNREADABLE
    path.write_bytes(whole)
    table = path.with_suffix(".dbf").read_bytes()
    path.with_suffix(".dbf").write_bytes(table[: len(table) // 2])
    assert refused(path) is ImportFault.UNREADABLE


@pytest.mark.usefixtures("ready_readers")
def test_a_part_of_a_shapefile_that_is_missing_is_named_as_people_know_it(tmp_path: Path) -> None:
    path = tmp_path / "patrol.shp"
    frame(time=["2026-09-15T03:00Z"] * 3).to_file(path)
    path.with_suffix(".shx").unlink()
    with pytest.raises(ImportFileError) as caught:
        taken(path)
    assert "patrol.shx" in caught.value.detail
    assert "copied_to_read" not in caught.value.detail
    assert "/" not in caught.value.detail.partition("patrol.shx")[0]


@pytest.mark.usefixtures("ready_readers")
def test_a_line_of_a_million_positions_is_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "long.fgb"
    turns = np.linspace(0.0, 1000.0, 1_000_000)
    line = shapely.LineString(np.column_stack([1.5 + np.sin(turns), 50.9 + np.cos(turns) / 2]))
    rows = frame()
    rows.geometry = [line, shapely.Point(1.5, 50.9), shapely.Point(1.6, 50.9)]
    rows.to_file(path, SPATIAL_INDEX="NO")
    found = taken(path)
    assert len(found.reports) == 2
    assert [fault for _, fault in found.faults()] == [ImportFault.NOT_A_POINT]


@pytest.mark.usefixtures("ready_readers")
def test_codes_that_nobody_knows_are_refused_and_the_others_come_in(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    plot = full_plot()
    kind = format_of(path)
    assert kind is not None
    export(Selection(plot=plot), path, kind, NOW_UTC)
    with closing(sqlite3.connect(path)) as conn:
        register_functions(conn)
        conn.execute("UPDATE reports SET kind = 'rumour' WHERE fid = 1")
        conn.execute("UPDATE reports SET people_total = -4 WHERE fid = 2")
        conn.execute("UPDATE reports SET observed_at_utc = '2026-09-15T03:00:00' WHERE fid = 3")
        conn.execute("UPDATE tracks SET status = 'lost' WHERE fid = 1")
        conn.commit()
    found = taken(path)
    assert found.faults() == [
        (1, ImportFault.CODE_NOT_KNOWN),
        (2, ImportFault.NUMBER_NOT_READ),
        (3, ImportFault.TIME_NOT_READ),
        (1, ImportFault.CODE_NOT_KNOWN),
    ]
    assert len(found.reports) == plot.report_count() - 3


@pytest.mark.usefixtures("ready_readers")
@pytest.mark.parametrize(
    ("column", "value", "fault", "told"),
    [
        ("sog", "fast", ImportFault.NUMBER_NOT_READ, "fast"),
        ("time", "soon", ImportFault.TIME_NOT_READ, "soon"),
        ("time", 1789441200, ImportFault.TIME_NOT_READ, "1789441200"),
        ("time", b"2026", ImportFault.TIME_NOT_READ, "b'2026'"),
        ("time", None, ImportFault.TIME_MISSING, ""),
    ],
)
def test_a_value_that_gdal_would_make_another_of_is_read_as_it_stands(
    tmp_path: Path, column: str, value: object, fault: ImportFault, told: str
) -> None:
    path = tmp_path / "tracks.gpkg"
    frame().to_file(path)
    with_value(path, column, value)
    found = taken(path)
    assert found.refusals == [(2, fault, told)]
    assert len(found.reports) == 2


@pytest.mark.usefixtures("ready_readers")
def test_bytes_that_are_no_text_refuse_the_file(tmp_path: Path) -> None:
    path = tmp_path / "tracks.gpkg"
    frame().to_file(path)
    with closing(sqlite3.connect(path)) as conn:
        register_functions(conn)
        conn.execute("UPDATE tracks SET name = CAST(x'ff41' AS TEXT) WHERE fid = 2")
        conn.commit()
    assert refused(path) is ImportFault.UNREADABLE


@pytest.mark.usefixtures("ready_readers")
def test_a_decimal_comma_among_numbers_is_one(tmp_path: Path) -> None:
    path = tmp_path / "tracks.gpkg"
    frame().to_file(path)
    with_value(path, "sog", "7,5")
    assert [each.speed_kn for each in taken(path).reports] == [7.25, 7.5, 0.1]


def with_value(path: Path, column: str, value: object) -> None:
    """Put any value into the second row of a GeoPackage, as SQLite lets anybody."""
    with closing(sqlite3.connect(path)) as conn:
        register_functions(conn)
        conn.execute(f"UPDATE tracks SET {column} = ? WHERE fid = 2", (value,))
        conn.commit()


@pytest.mark.usefixtures("ready_readers")
def test_a_number_that_gdal_would_cut_refuses_a_shapefile(tmp_path: Path) -> None:
    path = tmp_path / "tracks.shp"
    frame(time=["2026-09-15T03:00Z"] * 3, sog=[7.25, 8.25, 9.25]).to_file(path)
    table = path.with_suffix(".dbf").read_bytes()
    path.with_suffix(".dbf").write_bytes(table.replace(b"8.25", b"8,25"))
    with pytest.raises(ImportFileError) as error:
        read_vector(path, OPTIONS, TakenIn())
    assert (error.value.fault, error.value.line) == (ImportFault.NUMBER_NOT_READ, 2)
    assert error.value.detail.startswith("Value '8,25")
    assert "copied" not in error.value.detail
