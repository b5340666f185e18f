import math
import os
import struct
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from channelplot.store.check import check
from channelplot.store.geometry import point_blob
from helpers.builders import R6, a_report
from unit.store.files import (
    HOLD_OPEN,
    a_plot,
    another_process,
    closed_file,
    edit,
    new_file,
    outside,
    python,
    rows,
    save,
    tamper,
    the_track,
)

KILLED_WITHIN_AN_ACT = """
import os, sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("PRAGMA cache_size = 1")
conn.execute("BEGIN IMMEDIATE")
for number in range(3000):
    conn.execute("INSERT INTO app_meta (key, value) VALUES (?, ?)", (str(number), "x" * 500))
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def codes(path: Path) -> set[tuple[str, str]]:
    return {(finding.code, finding.table) for finding in check(path)}


def test_a_sound_plot_has_nothing_wrong_and_is_not_touched(path: Path) -> None:
    closed_file(path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert check(path) == ()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_plot_that_a_desk_works_with_can_be_checked(path: Path) -> None:
    closed_file(path)
    with another_process(HOLD_OPEN, str(path)):
        assert check(path) == ()


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (None, PlotFileFault.NOT_FOUND),
        ("text", PlotFileFault.NOT_GEOPACKAGE),
        ("UPDATE app_meta SET value = 'Other' WHERE key = 'application'", "other_program"),
        ("UPDATE app_meta SET value = '99' WHERE key = 'schema_version'", "too_new"),
    ],
)
def test_where_there_is_no_plot_there_is_nothing_to_check(
    path: Path, make: str | None, fault: PlotFileFault
) -> None:
    if make == "text":
        path.write_text("notes " * 1000, "utf-8")
    elif make is not None:
        closed_file(path)
        edit(path, make)
    with pytest.raises(PlotFileError) as caught:
        check(path)
    assert caught.value.fault == fault


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("PRAGMA user_version = 10300", ("user_version", "")),
        ("PRAGMA application_id = 0x47503131", ("application_id", "")),
        ("DROP TABLE log_lines", ("missing", "log_lines")),
        ("ALTER TABLE tracks DROP COLUMN note", ("missing", "tracks")),
        ("DROP TRIGGER rtree_reports_geom_update6", ("trigger", "")),
        ("DROP TRIGGER reports_new_uid", ("trigger", "")),
        ("CREATE VIEW strange AS SELECT 1", ("strange", "")),
        (
            "UPDATE people_counts SET report_uid = 'missing' WHERE total = 45",
            ("foreign_key", "people_counts"),
        ),
        ("DELETE FROM rtree_beaches_geom", ("rtree", "beaches")),
        ("UPDATE rtree_marks_geom SET maxx = 0.5, minx = 0", ("rtree", "marks")),
        ("INSERT INTO rtree_tracks_geom VALUES (99, 1, 2, 1, 2)", ("rtree", "tracks")),
        ("DELETE FROM rtree_reports_geom_rowid", ("rtree", "reports")),
        ("UPDATE people_counts SET total = 46 WHERE total = 45", ("people", "people_counts")),
        ("UPDATE reports SET people_children = 8", ("people", "people_counts")),
        (
            "UPDATE tracks SET withdrawn_at_utc = '2026-09-15T05:00:00Z' WHERE name = 'B'",
            ("track", "reports"),
        ),
        ("UPDATE tracks SET geom = NULL", ("line", "tracks")),
        ("UPDATE edit_log SET operator = 'Bob'", ("log", "edit_log")),
        ("UPDATE app_meta SET value = 'x' WHERE key = 'schema_version'", ("unreadable", "")),
        ("UPDATE tracks SET name = ' ' WHERE name = 'B'", ("name_empty", "track")),
        ("UPDATE tracks SET name = 'B'", ("name_twice", "track")),
        ("UPDATE reports SET course_deg = 360.0", ("course_range", "report")),
        ("UPDATE people_counts SET men = 60", ("people_parts", "report")),
        ("UPDATE marks SET error_m = -1.0", ("error_range", "mark")),
        ("UPDATE tracks SET length_m = 0.0", ("length_range", "track")),
        ("UPDATE tracks SET contact_interval_min = -5", ("interval_range", "track")),
        ("UPDATE tracks SET same_as_uid = uid", ("same_as_track", "track")),
        ("UPDATE tracks SET same_as_uid = uid", ("same_as_status", "track")),
        ("UPDATE tracks SET same_as_uid = uid", ("same_as_reports", "track")),
        ("UPDATE status_changes SET unaccounted = -1", ("people_negative", "track")),
        ("UPDATE reports SET caller = 'report:' || uid", ("caller_itself", "report")),
        ("UPDATE log_lines SET text = ' '", ("text_empty", "log_line")),
        ("UPDATE acknowledgements SET acknowledged_by = ''", ("name_empty", "acknowledgement")),
        ("UPDATE acknowledgements SET alert = 'noise'", ("code", "acknowledgements")),
        ("UPDATE tracks SET speed_kn = 0.0", ("speed_range", "track")),
        ("UPDATE conditions SET wind_from_deg = 361.0", ("direction_range", "conditions")),
        ("UPDATE conditions SET wind_from_deg = NULL", ("stream_or_wind", "conditions")),
        ("UPDATE approach_watches SET within_min = 0", ("minutes_range", "approach_watch")),
        ("UPDATE predicted_crossings SET speed_kn = -1.0", ("speed_range", "predicted_crossing")),
        ("UPDATE limits SET name = ''", ("name_empty", "limit")),
        ("UPDATE searches SET geom = NULL", ("points_few", "search")),
        ("UPDATE searches SET kind = 'spiral'", ("unreadable", "")),
        ("DELETE FROM rtree_limits_geom", ("rtree", "limits")),
        ("DELETE FROM rtree_predicted_crossings_geom", ("rtree", "predicted_crossings")),
        ("UPDATE rtree_searches_geom SET maxx = 0.5, minx = 0", ("rtree", "searches")),
        ("DROP TABLE conditions", ("missing", "conditions")),
        ("ALTER TABLE searches DROP COLUMN spacing_m", ("missing", "searches")),
        ("DROP TRIGGER limits_new_uid", ("trigger", "")),
        ("DROP TABLE acknowledgements", ("missing", "acknowledgements")),
        ("ALTER TABLE reports DROP COLUMN caller", ("missing", "reports")),
        ("DROP TRIGGER acknowledgements_new_uid", ("trigger", "")),
    ],
)
def test_what_is_wrong_is_found_and_named(
    path: Path, statement: str, found: tuple[str, str]
) -> None:
    closed_file(path)
    edit(path, statement)
    assert found in codes(path)


@pytest.mark.parametrize(
    ("table", "column", "value", "code"),
    [
        ("reports", "geom", point_blob(R6)[:-1], "geometry"),
        ("reports", "geom", point_blob(R6).replace(b"GP", b"gp"), "geometry"),
        ("reports", "geom", "POINT (1 2)", "geometry"),
        ("marks", "geom", point_blob(R6)[:13] + struct.pack("<dd", 200.0, 51.0), "geometry"),
        ("beaches", "geom", point_blob(R6)[:13] + struct.pack("<dd", math.inf, 51.0), "geometry"),
        ("tracks", "geom", point_blob(R6), "geometry"),
        (
            "tracks",
            "geom",
            struct.pack("<2sBBiBII4d", b"GP", 0, 1, 4326, 1, 2, 2, 1.0, 51.0, math.nan, 51.0),
            "geometry",
        ),
        (
            "tracks",
            "geom",
            struct.pack("<2sBBiBII4d", b"GP", 0, 1, 4326, 1, 2, 2, 1.0, 51.0, 1.0, 91.0),
            "geometry",
        ),
        ("reports", "observed_at_utc", "2026-09-15T02:10:00", "time"),
        ("tracks", "created_at_utc", "15 Sep", "time"),
        ("status_changes", "at_utc", b"now", "text"),
        ("reports", "kind", "nonsense", "code"),
        ("tracks", "status", "sunk", "code"),
        ("people_counts", "basis", "guessed", "code"),
        ("tracks", "boat_type", "canoe", "code"),
        ("reports", "boat_type", "canoe", "code"),
        ("tracks", "length_m", "long", "number"),
        ("status_changes", "unaccounted", "some", "number"),
        ("reports", "caller", b"06", "text"),
        ("log_lines", "at_utc", "soon", "time"),
        ("acknowledgements", "raised_at_utc", "soon", "time"),
        ("people_counts", "total", "many", "number"),
        ("conditions", "valid_from_utc", "now", "time"),
        ("conditions", "leeway_percent", "some", "number"),
        ("approach_watches", "first_track_uid", b"A", "text"),
        ("predicted_crossings", "rule", "guessed", "code"),
        ("limits", "geom", point_blob(R6), "geometry"),
        ("limits", "is_area", "yes", "number"),
        ("searches", "turn", "left", "code"),
        ("reports", "speed_kn", "fast", "number"),
        ("reports", "as_received", b"\x00\x01", "text"),
    ],
)
def test_a_value_that_is_not_what_its_column_is_for_is_found_in_every_row(
    path: Path, table: str, column: str, value: object, code: str
) -> None:
    closed_file(path)
    tamper(path, table, column, value)
    uids = {uid for (uid,) in rows(path, f"SELECT uid FROM {table}")}
    found = {f.uid for f in check(path) if (f.code, f.table) == (code, table)}
    assert found == uids
    details = [f.detail for f in check(path) if f.code == code]
    assert all(detail.startswith(f"{column}: ") for detail in details)


def test_bytes_that_are_no_text_are_found_in_the_row(path: Path) -> None:
    closed_file(path)
    edit(path, "UPDATE tracks SET note = CAST(x'FF41' AS TEXT) WHERE name = 'A'")
    finding, differing = check(path)
    assert (finding.code, finding.table) == ("text", "tracks")
    assert finding.detail == "note: '\\udcffA'"
    assert (differing.code, differing.uid) == ("log_differs", finding.uid)


def test_a_line_that_does_not_follow_its_reports_is_found_until_the_track_is_saved(
    path: Path,
) -> None:
    plot = a_plot()
    track = the_track(plot)
    with new_file(path, plot) as file:
        with outside(path) as qgis:
            moved = point_blob(Position(1.5, 50.9))
            qgis.execute("UPDATE reports SET geom = ? WHERE uid = ?", (moved, track.reports[1].uid))
        changed = ("log_differs", track.reports[1].uid)
        assert {(f.code, f.uid) for f in check(path)} == {("line", track.uid), changed}
        read = file.load().plot
        save(file, read, read.with_report(a_report("0430", track_uid=track.uid, position=R6)))
    assert check(path) == (), "what QGIS did is in the log, before the act"


def test_a_track_of_one_report_has_no_line(path: Path) -> None:
    closed_file(path)
    line = rows(path, "SELECT geom FROM tracks WHERE name = 'A'")[0][0]
    with outside(path) as conn:
        conn.execute("UPDATE tracks SET geom = ? WHERE name = 'B'", (line,))
    assert codes(path) == {("line", "tracks")}


@pytest.mark.parametrize("where", ["index", "cut short", "schema"])
def test_damage_is_told_and_not_raised(path: Path, where: str) -> None:
    closed_file(path)
    if where == "cut short":
        os.truncate(path, 100_000)
    else:
        index = "SELECT 4096 * (rootpage - 1) FROM sqlite_master WHERE tbl_name = 'tracks' AND"
        ((place,),) = rows(path, f"{index} type = 'index'")
        if where == "schema":
            place = path.read_bytes().index(b"TABLE tracks")
        with path.open("r+b") as content:
            content.seek(place)
            content.write(b"\xff" * 12)
    before = path.read_bytes()
    assert codes(path) & {("integrity", ""), ("unreadable", "")}
    assert path.read_bytes() == before


def test_an_act_cut_off_by_a_kill_is_no_damage(path: Path) -> None:
    closed_file(path, Plot())
    with python(KILLED_WITHIN_AN_ACT, str(path)) as process:
        process.wait()
    journal = path.with_name(path.name + "-journal")
    before = path.read_bytes(), journal.read_bytes()
    assert check(path) == ()
    assert (path.read_bytes(), journal.read_bytes()) == before
