"""Reading the GeoPackage without GDAL: the same as GDAL reads, and clear about damage."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyogrio
import pytest
import shapely

from channelplot.basemap.basemap import Basemap, load_basemap
from channelplot.basemap.catalogue import GEOPACKAGE_FILE
from channelplot.basemap.read import _wkb, read_features
from channelplot.errors import BasemapError
from channelplot.resources import resource_path

Copy = Callable[[str], Path]


def test_any_gis_reads_what_we_read(basemap: Basemap) -> None:
    path = resource_path(GEOPACKAGE_FILE)
    layers = dict(pyogrio.list_layers(path).tolist())
    assert layers == {
        "land": "Polygon",
        "coastline": "LineString",
        "places": "Point",
        "states": "MultiPolygon",
    }
    for name, ours, states in (
        ("land", basemap.land, basemap.land_states),
        ("coastline", basemap.coastline, basemap.coastline_states),
    ):
        assert pyogrio.read_info(path, layer=name)["crs"] == "EPSG:4326"
        _, _, wkb, fields = pyogrio.raw.read(path, layer=name, columns=["state"])
        assert shapely.equals_exact(shapely.from_wkb(wkb), ours).all()
        assert tuple(fields[0]) == states


def test_reading_leaves_no_side_file_and_takes_no_lock(copied_resources: Copy) -> None:
    path = copied_resources(GEOPACKAGE_FILE)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert len(read_features(GEOPACKAGE_FILE, "places", ("name",)).rows) == 2_194
        other.execute("ROLLBACK")
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_missing_basemap_is_a_basemap_error(copied_resources: Copy) -> None:
    copied_resources("basemap/marks.csv")
    with pytest.raises(BasemapError) as raised:
        load_basemap()
    assert raised.value.name == GEOPACKAGE_FILE


def test_a_file_that_is_no_database_is_a_basemap_error(copied_resources: Copy) -> None:
    copied_resources(GEOPACKAGE_FILE).write_bytes(b"not a database" * 1000)
    with pytest.raises(BasemapError, match="not a database"):
        load_basemap()


def test_a_cut_off_file_is_a_basemap_error(copied_resources: Copy) -> None:
    path = copied_resources(GEOPACKAGE_FILE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(BasemapError):
        load_basemap()


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE land",
        "UPDATE land SET geom = x'00' WHERE fid = 5",
        "UPDATE land SET geom = NULL WHERE fid = 5",
        "UPDATE land SET geom = 'text' WHERE fid = 5",
        # Envelope code 5 does not exist.
        "UPDATE land SET geom = x'4750000BE6100000' WHERE fid = 5",
        # A header alone, and one with a byte of geometry behind it.
        "UPDATE land SET geom = x'47500001E6100000' WHERE fid = 5",
        "UPDATE land SET geom = x'47500001E610000001' WHERE fid = 5",
        "UPDATE land SET geom = x'4750' WHERE fid = 5",
    ],
)
def test_damage_inside_is_a_basemap_error_that_names_the_layer(
    copied_resources: Copy, damage: str
) -> None:
    path = copied_resources(GEOPACKAGE_FILE)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(damage)
    with pytest.raises(BasemapError, match="land"):
        load_basemap()


@pytest.mark.parametrize(
    ("flags", "envelope_bytes"), [(0x01, 0), (0x03, 32), (0x05, 48), (0x09, 64)]
)
def test_the_geometry_stands_behind_an_envelope_of_any_size(
    flags: int, envelope_bytes: int
) -> None:
    wkb = shapely.to_wkb(shapely.Point(1.5, 51.0))
    blob = b"GP\x00" + bytes([flags]) + bytes(4) + bytes(envelope_bytes) + wkb
    assert _wkb(blob) == wkb


def test_the_start_of_the_program_loads_neither_gdal_nor_qt_nor_proj() -> None:
    program = (
        "import sys\n"
        "from channelplot.basemap.basemap import load_basemap\n"
        "from channelplot.basemap.land import Land\n"
        "from channelplot.basemap.levels import Levels\n"
        "from channelplot.geodesy.position import Position\n"
        "basemap = load_basemap()\n"
        "Levels(basemap).at(64.0)\n"
        "Land(basemap).inland_distance_m(Position(1.08, 51.28))\n"
        "slow = ('geopandas', 'pyogrio', 'pandas', 'pyproj', 'PySide6')\n"
        "sys.exit(' '.join(name for name in slow if name in sys.modules) or None)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
