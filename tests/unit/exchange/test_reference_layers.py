"""Files of others for reference layers: read as they are, or refused with one reason."""

import json
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from channelplot.errors import ReferenceFileError, ReferenceFileFault
from channelplot.exchange.child import ChildEnd, ChildFailed, run_child
from channelplot.exchange.reference_layers import list_tables, read_reference
from channelplot.exchange.reference_table import (
    GeometryKind,
    ReferenceBounds,
    shapes_from,
    tables_from,
    taken_apart,
)
from channelplot.model.reference_layer import ReferenceSchema
from helpers.reference_files import (
    REAL,
    ROUTE,
    SPOT,
    ZONE,
    geojson,
    gpx,
    kml,
    two_tables,
    zones,
)

NEAR_DEG = 1e-6
BENT_DEG = 6e-4
"""What is straight in a grid is bent in degrees: 60 m in the middle of a leg of 60 km."""
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the published layers are not here")


def corners_off_deg(shape: shapely.Geometry, expected: shapely.Geometry) -> float:
    """How far the farthest corner that is expected lies from the nearest one there is."""
    there = shapely.MultiPoint(shapely.get_coordinates(shape))
    off_deg = shapely.distance(there, shapely.points(shapely.get_coordinates(expected)))
    return float(np.max(off_deg))


def refused(path: Path, crs: str = "", **bounds: int) -> ReferenceFileFault:
    """Why the shapes of a file's only table are not read."""
    with pytest.raises(ReferenceFileError) as error:
        read_reference(path, crs=crs, bounds=ReferenceBounds(**bounds))
    assert error.value.path == path
    return error.value.fault


@pytest.mark.parametrize(
    ("suffix", "crs"),
    [(".gpkg", 4326), (".gpkg", 2154), (".fgb", 32631), (".geojson", 4326), (".json", 4326)],
)
def test_shapes_of_every_kind_come_out_on_wgs84(tmp_path: Path, suffix: str, crs: int) -> None:
    if suffix == ".json":
        path = zones(tmp_path / "zones.geojson").rename(tmp_path / "zones.json")
    else:
        path = zones(tmp_path / f"zones{suffix}", crs)
    table = read_reference(path, list_tables(path)[0].name)
    rows = dict(zip(table.columns["name"], table.geometries_deg, strict=True))
    for name, expected in (("Zone", ZONE), ("Route", ROUTE), (None, SPOT)):
        assert shapely.hausdorff_distance(rows[name], expected) < BENT_DEG
        assert shapely.get_dimensions(rows[name]) == shapely.get_dimensions(expected)
        assert corners_off_deg(rows[name], expected) < NEAR_DEG
    assert len(shapely.get_parts(rows["Zone"])[0].interiors) == 1
    depths = dict(zip(table.columns["name"], table.columns["depth_m"], strict=True))
    assert depths == {"Zone": 12.5, "Route": None, None: 3.0}
    assert table.left_out == 0


@pytest.mark.parametrize("made", [kml, gpx])
def test_text_is_read_by_readers_of_ours(tmp_path: Path, made: Callable[[Path], Path]) -> None:
    path = made(tmp_path / f"zones.{made.__name__}")
    (table,) = list_tables(path)
    assert (table.name, table.crs, table.geometry) == ("", "WGS 84", GeometryKind.MIXED)
    found = read_reference(path)
    names = dict(zip(found.columns["name"], found.geometries_deg, strict=True))
    assert shapely.equals_exact(names["Route"], ROUTE, NEAR_DEG)
    if made is kml:
        assert shapely.equals_exact(names["Zone"], ZONE, NEAR_DEG)
        assert shapely.equals_exact(names[None], SPOT, NEAR_DEG)
    else:
        assert shapely.equals_exact(names["Spot"], SPOT, NEAR_DEG)


def test_a_kmz_is_read_like_its_kml(tmp_path: Path) -> None:
    packed, plain = read_reference(kml(tmp_path / "a.kmz")), read_reference(kml(tmp_path / "a.kml"))
    assert shapely.equals_exact(packed.geometries_deg, plain.geometries_deg, 0.0).all()
    assert packed.columns == plain.columns


@pytest.mark.usefixtures("ready_readers")
def test_every_table_of_a_geopackage_is_told_with_what_it_is_known_to_be(tmp_path: Path) -> None:
    path = two_tables(tmp_path / "two.gpkg")
    lanes, spots = list_tables(path)
    assert (lanes.name, lanes.geometry, lanes.features) == ("lanes", GeometryKind.AREAS, 2)
    assert lanes.crs == "WGS 84"
    assert lanes.schema is ReferenceSchema.ROUTEING
    assert lanes.credit == "Made up, nobody's"
    assert lanes.columns == ("feature", "orient", "licence")
    assert (spots.name, spots.geometry, spots.schema) == (
        "spots",
        GeometryKind.POINTS,
        ReferenceSchema.PLAIN,
    )
    assert len(read_reference(path, "spots").geometries_deg) == 1
    assert refused(path) is ReferenceFileFault.NO_TABLE
    with pytest.raises(ReferenceFileError) as error:
        read_reference(path, "gone")
    assert (error.value.fault, error.value.detail) == (ReferenceFileFault.NO_TABLE, "gone")


@pytest.mark.usefixtures("ready_readers")
def test_a_file_that_does_not_say_its_reference_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "plan.shp"
    geopandas.GeoDataFrame(
        {"name": ["Zone"]}, geometry=[ZONE], crs=4326
    ).to_crs(2154).to_file(path)  # fmt: skip
    path.with_suffix(".prj").unlink()
    (table,) = list_tables(path)
    assert table.crs == ""
    assert refused(path) is ReferenceFileFault.NO_CRS
    (shape,) = read_reference(path, crs="EPSG:2154").geometries_deg
    assert corners_off_deg(shape, ZONE) < NEAR_DEG
    assert refused(path, crs="EPSG:999999") is ReferenceFileFault.BAD_CRS
    assert refused(path, crs="EPSG:4326") is ReferenceFileFault.NO_PLACE
    assert refused(path, crs="+proj=utm +nadgrids=/etc/passwd") is ReferenceFileFault.BAD_CRS


@pytest.mark.usefixtures("ready_readers")
def test_a_geopackage_that_says_its_reference_is_undefined_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    frame = geopandas.GeoDataFrame({"name": ["Zone"]}, geometry=[ZONE], crs=4326)
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        frame.to_crs(27700).set_crs(None, allow_override=True).to_file(path)
    (table,) = list_tables(path)
    assert table.crs == ""
    assert refused(path) is ReferenceFileFault.NO_CRS
    (shape,) = read_reference(path, crs="EPSG:27700").geometries_deg
    assert corners_off_deg(shape, ZONE) < NEAR_DEG


@pytest.mark.usefixtures("ready_readers")
def test_cells_of_every_kind_are_words_numbers_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cells.geojson"
    rows: list[dict[str, object]] = [
        {"when": "2026-01-02T03:04:05Z", "day": "2026-01-02", "on": True, "list": ["a", 1]},
        {
            "depth": 7,
            "geometry": "in the way",
            "on": False,
            "more": {"é": [1.5]},
            "words": " two  words ",
        },
        {"depth": None, "on": True, "words": ""},
    ]
    shape = {"type": "Point", "coordinates": [1.4, 50.8, -12.0]}
    features = [{"type": "Feature", "properties": row, "geometry": shape} for row in rows]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    (found,) = list_tables(path)
    table = read_reference(path)
    assert set(table.columns) == set(found.columns)
    assert table.columns == {
        "when": ("2026-01-02T03:04:05Z", None, None),
        "day": ("2026-01-02", None, None),
        "on": ("yes", "no", "yes"),
        "list": ('["a", 1]', None, None),
        "depth": (None, 7.0, None),
        "more": (None, '{"é": [1.5]}', None),
        "words": (None, "two words", ""),
    }
    assert not shapely.has_z(table.geometries_deg).any()


def test_tables_are_listed_without_what_takes_long_to_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zones(tmp_path / "zones.gpkg")
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "geopandas.py").write_text("raise SystemExit('imported')", "utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "first"), *sys.path])
    assert [table.features for table in list_tables(path)] == [3]
    assert len(read_reference(kml(tmp_path / "zones.kml")).geometries_deg) == 3
    assert refused(path) is ReferenceFileFault.UNREADABLE


@pytest.mark.usefixtures("ready_readers")
def test_what_the_desk_says_never_stands_in_for_what_the_file_says(tmp_path: Path) -> None:
    path = zones(tmp_path / "zones.gpkg", 2154)
    table = list_tables(path)[0].name
    shape = read_reference(path, table, "EPSG:32631").geometries_deg[2]
    assert shapely.distance(shape, SPOT) < NEAR_DEG


@pytest.mark.usefixtures("ready_readers")
def test_a_long_straight_leg_of_a_grid_is_given_points(tmp_path: Path) -> None:
    path = tmp_path / "grid.gpkg"
    grid = shapely.LineString([(500_000, 6_900_000), (700_000, 6_900_000)])
    geopandas.GeoDataFrame({"a": ["x"]}, geometry=[grid], crs=2154).to_file(path)
    (shape,) = read_reference(path, "grid").geometries_deg
    assert shapely.get_num_coordinates(shape) == 41


@pytest.mark.usefixtures("ready_readers")
def test_places_that_are_none_are_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "some.gpkg"
    nowhere = shapely.Point(1.0, 95.0)
    frame = geopandas.GeoDataFrame({"a": [1.0, 2.0]}, geometry=[SPOT, nowhere], crs=4258)
    frame.to_file(path)
    table = read_reference(path, "some")
    assert table.left_out == 1
    assert table.geometries_deg[1] is None
    assert table.columns["a"] == (1.0, 2.0)


@pytest.mark.usefixtures("ready_readers")
def test_swapped_positions_are_refused(tmp_path: Path) -> None:
    path = geojson(tmp_path / "swapped.geojson", (50.5, 1.0), (50.9, 1.3))
    assert refused(path) is ReferenceFileFault.SWAPPED


@pytest.mark.usefixtures("ready_readers")
@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.gpkg", b"no database", ReferenceFileFault.KIND),
        ("a.gpkg", b"SQLite format 3\0" + b"x" * 5000, ReferenceFileFault.UNREADABLE),
        ("a.shp", b"<VRT>", ReferenceFileFault.KIND),
        ("a.fgb", b"fgb\x03fgb\0" + b"\xff" * 400, ReferenceFileFault.EMPTY),
        ("a.geojson", b"<OGRVRTDataSource/>", ReferenceFileFault.KIND),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', ReferenceFileFault.EMPTY),
        ("a.geojson", b'{"type": "gdal_streamed_alg"}', ReferenceFileFault.KIND),
        ("a.kml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><kml/>", ReferenceFileFault.HARMFUL),
        ("a.kml", b"<kml><Placemark>", ReferenceFileFault.BAD_LINE),
        ("a.gpx", b'<gpx><wpt lat="51,5" lon="1"/></gpx>', ReferenceFileFault.BAD_LINE),
        ("a.gpx", b"<gpx/>", ReferenceFileFault.EMPTY),
        ("a.kml", b"<kml><NetworkLink/></kml>", ReferenceFileFault.LINKS),
        ("a.kmz", b"PK", ReferenceFileFault.UNREADABLE),
        ("a.csv", b"lon,lat\n1,50\n", ReferenceFileFault.KIND),
        ("a.vrt", b"<OGRVRTDataSource/>", ReferenceFileFault.KIND),
    ],
)
def test_what_is_no_layer_gets_its_answer(
    tmp_path: Path, name: str, content: bytes, fault: ReferenceFileFault
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path) is fault
    with pytest.raises(ReferenceFileError) as error:
        list_tables(path)
    assert error.value.fault is fault


def test_what_is_no_file_gets_its_answer(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.gpkg") is ReferenceFileFault.NOT_FOUND
    (tmp_path / "folder.gpkg").mkdir()
    assert refused(tmp_path / "folder.gpkg") is ReferenceFileFault.NOT_FOUND
    (tmp_path / "circle.gpkg").symlink_to("circle.gpkg")
    assert refused(tmp_path / "circle.gpkg") is ReferenceFileFault.UNREADABLE


@pytest.mark.usefixtures("ready_readers")
def test_what_is_too_large_is_refused(tmp_path: Path) -> None:
    path = zones(tmp_path / "zones.geojson")
    assert refused(path, most_bytes=10) is ReferenceFileFault.TOO_LARGE
    assert refused(path, most_features=2) is ReferenceFileFault.TOO_LARGE
    assert refused(path, most_points=5) is ReferenceFileFault.TOO_LARGE
    assert refused(path, most_characters=3) is ReferenceFileFault.TOO_LARGE


@pytest.mark.usefixtures("ready_readers")
def test_columns_beyond_the_bound_are_left_out(tmp_path: Path) -> None:
    path = zones(tmp_path / "zones.geojson")
    found = read_reference(path, "zones", bounds=ReferenceBounds(most_columns=1))
    assert list(found.columns) == ["name"]


def test_triggers_and_views_of_a_geopackage_do_nothing(tmp_path: Path) -> None:
    path = two_tables(tmp_path / "two.gpkg")
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE VIEW endless AS WITH RECURSIVE a(n) AS (VALUES(1) UNION ALL"
                     " SELECT n + 1 FROM a) SELECT n AS fid, n AS geom FROM a")  # fmt: skip
        conn.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
                     " VALUES ('endless', 'features', 'endless', 4326)")  # fmt: skip
        conn.commit()
    before = path.read_bytes()
    assert [table.name for table in list_tables(path)][:2] == ["lanes", "spots"]
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_reading_that_is_given_up_ends_at_once(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(ReferenceFileError) as error:
        read_reference(zones(tmp_path / "zones.geojson"), stop=stop)
    assert error.value.fault is ReferenceFileFault.TOO_SLOW
    with pytest.raises(ChildFailed) as ended:
        run_child("this", "x", environment={}, most_bytes=10**6, stop=stop)
    assert ended.value.end is ChildEnd.STOPPED


@pytest.mark.parametrize(
    ("answer", "rest"),
    [
        ({"count": 1}, (9).to_bytes(8, "little")),
        ({"count": 2}, bytes(8)),
        ({"count": -1}, b""),
        ({"count": 1, "columns": ["a"]}, bytes(8)),
        ({"count": 1, "columns": ["a"], "pieces": [5]}, bytes(8) + b"[[1]]"),
        ({"count": 1, "columns": ["a"], "pieces": [6]}, bytes(8) + b"[1, 2]"),
        ({"count": 1}, bytes(8) + b"more"),
        ({"count": 1, "pieces": None}, bytes(8)),
        ({"count": 1}, (4).to_bytes(8, "little") + b"none"),
    ],
)
def test_an_answer_that_contradicts_itself_is_none(answer: dict[str, object], rest: bytes) -> None:
    told = {"columns": [], "pieces": [], "credit": "", "left_out": 0, **answer}
    with pytest.raises((ValueError, TypeError, shapely.errors.ShapelyError)):
        shapes_from(told, rest)
    with pytest.raises((ValueError, TypeError, KeyError)):
        tables_from(told)


@pytest.mark.parametrize("said", [b"", b"\0" * 8, b"\x02" + b"\0" * 7 + b"[]"])
def test_what_is_no_answer_is_none(said: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        taken_apart(said)


@pytest.mark.usefixtures("ready_readers")
@needs_real
@pytest.mark.parametrize(
    ("name", "table", "count", "geometry", "schema"),
    [
        ("tss.gpkg", "ukho_areas", 94, GeometryKind.AREAS, ReferenceSchema.ROUTEING),
        ("tss.gpkg", "ukho_lines", 10, GeometryKind.LINES, ReferenceSchema.ROUTEING),
        ("tss.gpkg", "ukho_arrows", 11, GeometryKind.POINTS, ReferenceSchema.ROUTEING),
        ("tss.gpkg", "fr_dst_outlines", 3, GeometryKind.AREAS, ReferenceSchema.PLAIN),
        ("tss.gpkg", "osm_tss_lines", 203, GeometryKind.LINES, ReferenceSchema.ROUTEING),
        ("boundaries.gpkg", "lines", 46, GeometryKind.LINES, ReferenceSchema.SEA_LIMITS),
        ("boundaries.gpkg", "areas", 8, GeometryKind.AREAS, ReferenceSchema.SAR_REGIONS),
    ],
)
def test_the_published_layers_are_read_and_known(
    name: str, table: str, count: int, geometry: GeometryKind, schema: ReferenceSchema
) -> None:
    found = next(each for each in list_tables(REAL / name) if each.name == table)
    assert (found.features, found.geometry, found.schema) == (count, geometry, schema)
    assert found.credit
    read = read_reference(REAL / name, table)
    assert len(read.geometries_deg) == count
    assert read.left_out == 0
    west, south, east, north = shapely.total_bounds(read.geometries_deg)
    assert -16 < west < east < 9
    assert 43 < south < north < 63
    assert set(map(len, read.columns.values())) == {count}
    assert np.isin(shapely.get_type_id(read.geometries_deg), (0, 1, 3, 5, 6)).all()
    with closing(sqlite3.connect(f"file:{REAL / name}?mode=ro", uri=True)) as conn:
        columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
    assert set(read.columns) <= set(columns)
    assert json.dumps(read.columns["source"])
