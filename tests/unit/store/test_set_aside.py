"""What another program gave a name that a later version uses keeps what it holds."""

import shutil
from pathlib import Path

import geopandas
import pytest
import shapely

from channelplot.store.check import check
from channelplot.store.closed_file import loaded_from
from channelplot.store.set_aside import set_aside
from helpers.chartwork_builders import a_search, an_area
from unit.store.files import opened, outside, rows, save

VERSION_2 = Path(__file__).parent / "data" / "version-2.gpkg"


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A plot file of version 2."""
    return Path(shutil.copyfile(VERSION_2, tmp_path / "night.gpkg"))


def test_a_layer_of_another_program_that_has_a_name_of_ours_keeps_what_it_holds(
    second: Path,
) -> None:
    mine = geopandas.GeoDataFrame(
        {"name": ["range", "wreck"]}, geometry=[shapely.box(1, 50, 2, 51)] * 2, crs=4326
    )
    mine.to_file(second, layer="limits", driver="GPKG", mode="a")
    with outside(second) as qgis:
        qgis.execute("CREATE TABLE Searches (id INTEGER PRIMARY KEY, words TEXT)")
        qgis.execute("INSERT INTO Searches (words) VALUES ('ours')")
        qgis.execute("CREATE TABLE searches_v2 (id INTEGER PRIMARY KEY)")
        qgis.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES ('Searches', 'attributes', 'our own')"
        )
        qgis.execute("CREATE TABLE gpkg_ogr_contents (table_name TEXT, feature_count INTEGER)")
        qgis.execute("INSERT INTO gpkg_ogr_contents VALUES ('limits', 2)")
    plot = loaded_from(second).plot
    assert check(second) == ()
    with opened(second) as file:
        assert not file.is_read_only
        assert file.load().plot == plot
        save(file, plot, plot.with_limit(an_area()).with_search(a_search()))
    assert check(second) == ()
    assert rows(second, "SELECT words FROM searches_v2_2") == [("ours",)]
    assert rows(second, "SELECT identifier FROM gpkg_contents WHERE table_name LIKE '%v2%'") == [
        ("limits_v2",),
        ("our own",),
    ]
    assert rows(second, "SELECT * FROM gpkg_ogr_contents") == []
    read = geopandas.read_file(second, layer="limits_v2")
    assert list(read["name"]) == ["range", "wreck"]
    assert list(read.geometry) == list(mine.geometry)
    assert len(geopandas.read_file(second, layer="limits")) == 1


def test_a_bare_table_in_the_way_is_set_aside_where_there_are_no_extensions(second: Path) -> None:
    with outside(second) as conn:
        conn.execute("CREATE TABLE conditions (words TEXT)")
        conn.execute("DROP TABLE gpkg_extensions")
        conn.execute("DROP TABLE layer_styles")
        conn.execute("DELETE FROM gpkg_contents WHERE table_name = 'layer_styles'")
        set_aside(conn, "conditions", 2)
    assert rows(second, "SELECT * FROM conditions_v2") == []
    assert rows(second, "PRAGMA table_info(conditions)") == []


def test_a_layer_that_only_calls_itself_as_ours_is_called_is_called_otherwise(second: Path) -> None:
    with outside(second) as qgis:
        qgis.execute("CREATE TABLE fishing (id INTEGER PRIMARY KEY)")
        qgis.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES ('fishing', 'attributes', 'limits')"
        )
    with opened(second) as file:
        assert not file.is_read_only
    found = rows(
        second, "SELECT table_name, identifier FROM gpkg_contents WHERE identifier LIKE 'lim%'"
    )
    assert set(found) == {("fishing", "limits_v2"), ("limits", "limits")}
    assert check(second) == ()
