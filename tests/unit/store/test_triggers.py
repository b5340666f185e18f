import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import geopandas
import pytest
import shapely

from channelplot.store.triggers import missing_triggers, plot_triggers, unexpected_objects
from unit.store.files import closed_file

# GeoPackage 1.2.0 and 1.3.1, annex F.3: what update5, update6 and update7 replaced.
OLD_UPDATE1 = """
CREATE TRIGGER rtree_beaches_geom_update1 AFTER UPDATE OF geom ON beaches
  WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO rtree_beaches_geom VALUES (
    NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
  );
END
"""
OLD_UPDATE3 = """
CREATE TRIGGER rtree_beaches_geom_update3 AFTER UPDATE {of} ON beaches
  WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_beaches_geom WHERE id = OLD.fid;
  INSERT OR REPLACE INTO rtree_beaches_geom VALUES (
    NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
  );
END
"""


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    closed_file(tmp_path / "night.gpkg")
    with closing(sqlite3.connect(tmp_path / "night.gpkg", isolation_level=None)) as conn:
        yield conn


def test_a_new_plot_has_its_triggers_and_no_others(conn: sqlite3.Connection) -> None:
    assert missing_triggers(conn) == ()
    assert unexpected_objects(conn) == ()
    (count,) = conn.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
    # Seven layers with seven each, thirteen tables with a uid, and three for the log.
    assert count == len(plot_triggers()) == 7 * 7 + 14 + 3


@pytest.mark.parametrize(
    "statement", [OLD_UPDATE1, OLD_UPDATE3.format(of=""), OLD_UPDATE3.format(of="OF geom")]
)
def test_the_index_triggers_of_older_geopackages_are_known(
    conn: sqlite3.Connection, statement: str
) -> None:
    conn.execute(statement)
    assert unexpected_objects(conn) == ()


def test_a_layer_that_gdal_adds_is_known_with_its_index_and_its_row_count(
    tmp_path: Path,
) -> None:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    layer = geopandas.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(1, 51)], crs=4326)
    layer.to_file(path, layer="my 'own' layer", driver="GPKG", mode="a")
    with closing(sqlite3.connect(path)) as conn:
        names = {row[0] for row in conn.execute("SELECT name FROM sqlite_master")}
        assert "rtree_my 'own' layer_geom_insert" in names
        assert unexpected_objects(conn) == ()


def test_the_standards_own_triggers_on_tables_that_are_never_written_are_let_be(
    conn: sqlite3.Connection,
) -> None:
    conn.execute("CREATE TABLE gpkg_tile_matrix (zoom_level INTEGER)")
    conn.execute(
        "CREATE TRIGGER gpkg_tile_matrix_zoom_level_insert BEFORE INSERT ON gpkg_tile_matrix"
        " BEGIN SELECT RAISE(ABORT, 'less than 0') WHERE NEW.zoom_level < 0; END"
    )
    assert unexpected_objects(conn) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER strange AFTER INSERT ON reports BEGIN DELETE FROM tracks; END",
        "CREATE TRIGGER strange AFTER UPDATE ON gpkg_contents BEGIN DELETE FROM tracks; END",
        # A known name with other contents.
        "DROP TRIGGER rtree_reports_geom_insert; CREATE TRIGGER strange AFTER INSERT ON reports"
        " WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN DELETE FROM tracks; END",
        "CREATE VIEW strange AS SELECT 1",
    ],
)
def test_anything_else_is_found(conn: sqlite3.Connection, statement: str) -> None:
    conn.executescript(statement)
    assert unexpected_objects(conn) == ("strange",)


def test_a_trigger_of_ours_that_was_changed_is_both_missing_and_strange(
    conn: sqlite3.Connection,
) -> None:
    conn.executescript(
        "DROP TRIGGER edit_log_no_delete;"
        "CREATE TRIGGER edit_log_no_delete BEFORE DELETE ON edit_log BEGIN SELECT 1; END"
    )
    assert missing_triggers(conn) == ("edit_log_no_delete",)
    assert unexpected_objects(conn) == ("edit_log_no_delete",)
