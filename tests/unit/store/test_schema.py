import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from channelplot.model.codes import TrackStatus
from channelplot.model.ids import is_uid
from channelplot.model.plot import Plot
from channelplot.store.tables import TABLES
from channelplot.version import __version__
from unit.store.files import closed_file, new_file, outside, rows

PUBLIC_FORMAT = {
    "tracks": "uid name craft status launch_beach_uid note created_at_utc created_by speed_kn"
    " withdrawn_at_utc geom",
    "reports": "uid track_uid kind observed_at_utc received_at_utc logged_at_utc as_received"
    " position_form error_m source source_name grade course_deg speed_kn people_total"
    " people_children logged_by withdrawn_at_utc geom",
    "beaches": "uid name commune department country source error_m note withdrawn_at_utc geom",
    "edit_log": "seq at_utc operator label entity entity_uid before after previous_hash hash",
    "marks": "uid code name kind error_m source withdrawn_at_utc geom",
    "people_counts": "uid track_uid report_uid basis at_utc total men women children medical"
    " deceased missing is_estimate",
    "status_changes": "uid track_uid status at_utc reason",
    "log_lines": "uid at_utc text track_uid operator",
    "app_meta": "key value",
    "acknowledgements": "uid alert entity_uid raised_at_utc at_utc acknowledged_by"
    " withdrawn_at_utc",
    "conditions": "uid valid_from_utc valid_until_utc stream_set_deg stream_rate_kn wind_from_deg"
    " wind_speed_kn leeway_percent track_uid source logged_at_utc logged_by withdrawn_at_utc",
    "approach_watches": "uid first_track_uid second_track_uid distance_m within_min"
    " created_at_utc created_by withdrawn_at_utc",
    "predicted_crossings": "uid track_uid limit_code from_side to_side is_legal crosses_at_utc"
    " fix_uid rule course_deg speed_kn logged_at_utc withdrawn_at_utc geom",
    "limits": "uid purpose name is_area left_side right_side is_legal source loaded_at_utc"
    " loaded_by withdrawn_at_utc geom",
    "searches": "uid name kind track_uid searcher datum_lon_deg datum_lat_deg datum_at_utc"
    " radius_m drift_m initial_error_m searcher_error_m drift_error_share safety_factor"
    " first_leg_deg spacing_m turn length_m width_m created_at_utc created_by withdrawn_at_utc"
    " geom",
    "reference_layers": "uid name path source_table crs kind known_schema line_colour line_width_px"
    " line_dash fill_colour fill_opacity point_px label_column label_size_pt credit"
    " withdrawn_at_utc",
}
"""What other programs rely on; it may grow and nothing else."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


@pytest.fixture
def plot_path(path: Path) -> Path:
    closed_file(path)
    return path


def columns(path: Path, table: str) -> set[object]:
    return {row[1] for row in rows(path, f"PRAGMA table_info({table})")}


@pytest.mark.parametrize("table", PUBLIC_FORMAT)
def test_the_columns_that_others_rely_on_are_there(plot_path: Path, table: str) -> None:
    assert columns(plot_path, table) >= set(PUBLIC_FORMAT[table].split())


def test_the_file_is_a_geopackage_1_4(plot_path: Path) -> None:
    assert rows(plot_path, "PRAGMA application_id") == [(0x47504B47,)]
    assert rows(plot_path, "PRAGMA user_version") == [(10400,)]
    assert rows(plot_path, "PRAGMA journal_mode") == [("delete",)]
    assert {row[0] for row in rows(plot_path, "SELECT srs_id FROM gpkg_spatial_ref_sys")} >= {
        4326,
        -1,
        0,
    }


def test_every_column_is_described(plot_path: Path) -> None:
    described = rows(
        plot_path,
        "SELECT table_name, column_name FROM gpkg_data_columns"
        " WHERE length(title) > 1 AND length(description) > 5",
    )
    there = {(t.name, name) for t in TABLES for name in columns(plot_path, t.name)}
    assert set(described) == there


def test_a_code_list_is_told_as_a_constraint_of_its_column(plot_path: Path) -> None:
    values = rows(
        plot_path,
        "SELECT value FROM gpkg_data_columns JOIN gpkg_data_column_constraints"
        " USING (constraint_name)"
        " WHERE table_name = 'tracks' AND column_name = 'status' AND constraint_type = 'enum'",
    )
    assert {value for (value,) in values} == {status.value for status in TrackStatus}


def test_the_file_tells_who_made_it_and_when(plot_path: Path) -> None:
    entries = dict(rows(plot_path, "SELECT key, value FROM app_meta"))
    assert entries == {
        "schema_version": "4",
        "created_at_utc": "2026-09-15T05:00:00.000Z",
        "application": f"Channel Plot {__version__}",
    }


def test_an_example_says_so_and_stays_one(path: Path) -> None:
    with new_file(path, Plot(is_example=True)) as file:
        assert file.load().plot.is_example
    assert rows(path, "SELECT value FROM app_meta WHERE key = 'is_example'") == [("1",)]


@pytest.mark.parametrize("content", ["empty", "full"])
def test_gdals_validator_finds_nothing(path: Path, content: str) -> None:
    closed_file(path, Plot() if content == "empty" else None)
    validator = Path(sys.prefix) / "validator"
    assert validator.is_dir(), "tasks.py test installs it"
    strictly = ("-k", "--extra", "--warning-as-error")
    done = subprocess.run(
        [sys.executable, "-m", "osgeo_utils.samples.validate_gpkg", *strictly, str(path)],
        env={"PYTHONPATH": str(validator)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edit_log SET operator = 'somebody else'",
        "DELETE FROM edit_log",
        "REPLACE INTO edit_log (seq, at_utc, operator, label, entity, entity_uid, before, after,"
        " previous_hash, hash) SELECT seq, at_utc, 'else', label, entity, entity_uid, before,"
        " after, previous_hash, hash FROM edit_log",
    ],
)
def test_the_log_only_grows(plot_path: Path, statement: str) -> None:
    with (
        outside(plot_path) as conn,
        pytest.raises(sqlite3.IntegrityError, match="edit_log only grows"),
    ):
        conn.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports SET kind = 'nonsense'",
        "UPDATE reports SET observed_at_utc = '2026-09-15T02:31:00.000'",
        "UPDATE reports SET observed_at_utc = '2026-09-15T02:31:00+02:00'",
        "UPDATE reports SET observed_at_utc = NULL",
        "UPDATE tracks SET status = 'sunk'",
        "UPDATE tracks SET geom = 'LINESTRING (1 2, 3 4)'",
        "UPDATE beaches SET geom = NULL",
        "UPDATE predicted_crossings SET geom = NULL",
        "UPDATE predicted_crossings SET rule = 'guessed'",
        "UPDATE limits SET purpose = 'fishing'",
        "UPDATE searches SET turn = 'left'",
        "UPDATE searches SET datum_lat_deg = NULL",
        "UPDATE conditions SET valid_until_utc = 'soon'",
        "UPDATE approach_watches SET second_track_uid = NULL",
        "DELETE FROM tracks",
    ],
)
def test_what_cannot_be_read_back_is_refused(plot_path: Path, statement: str) -> None:
    with outside(plot_path) as conn:
        conn.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            conn.execute(statement)


@pytest.mark.parametrize("text", ["2026-09-15T02:31:00Z", "2026-09-15T02:31:00.123Z"])
def test_both_forms_of_a_time_that_gis_write_pass(plot_path: Path, text: str) -> None:
    with outside(plot_path) as conn:
        conn.execute("UPDATE reports SET observed_at_utc = ?", (text,))
    assert set(rows(plot_path, "SELECT observed_at_utc FROM reports")) == {(text,)}


@pytest.mark.parametrize("given", [None, "", "my own"])
def test_a_row_that_comes_without_an_identifier_is_given_one(
    plot_path: Path, given: str | None
) -> None:
    with outside(plot_path) as conn:
        row = conn.execute("INSERT INTO reports (uid) VALUES (?)", (given,)).lastrowid
    ((uid, kind, observed),) = rows(
        plot_path, "SELECT uid, kind, observed_at_utc FROM reports WHERE fid = ?", row
    )
    assert uid == "my own" if given == "my own" else is_uid(str(uid))
    assert kind == "position"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", str(observed))


def test_every_layer_opens_with_a_style_that_leaves_out_what_was_withdrawn(
    plot_path: Path,
) -> None:
    styles = rows(plot_path, "SELECT f_table_name, styleQML, useAsDefault FROM layer_styles")
    assert {table for table, _, _ in styles} == {
        table.name for table in TABLES if table.geometry_type is not None
    }
    for table, qml, is_default in styles:
        assert is_default == 1
        root = ET.fromstring(str(qml))
        rules = root.findall("renderer-v2/rules/rule")
        assert rules
        for rule in rules:
            assert rule.get("filter", "").startswith('"withdrawn_at_utc" IS NULL')
            symbol = f"renderer-v2/symbols/symbol[@name='{rule.get('symbol')}']"
            assert len(root.findall(f"{symbol}/layer")) > 0
        label = root.find("labeling/settings/text-style")
        assert label is not None
        expressions = [rule.get("filter", "") for rule in rules] + [label.get("fieldName", "")]
        used = {name for text in expressions for name in re.findall(r'"(\w+)"', text)}
        assert used <= columns(plot_path, str(table))
