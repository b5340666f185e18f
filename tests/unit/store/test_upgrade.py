"""A plot file of an earlier version is brought up to date, or read without being changed."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.analysis.ledger import is_boat
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import difference
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.rules import problems_of
from channelplot.store import upgrade
from channelplot.store.check import check
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import PlotFile, ReadOnlyReason
from channelplot.store.log import act_hash
from channelplot.store.tables import SCHEMA_VERSION, TABLES
from helpers.builders import a_report
from helpers.chartwork_builders import a_limit, a_search, an_area, some_conditions
from helpers.plot_files import assert_conforms, assert_log_is_whole, channelplot
from unit.store.files import (
    HOLD_OPEN,
    an_act,
    another_process,
    closed_file,
    edit,
    fault_of_saving,
    names,
    no_file_larger_than,
    opened,
    outside,
    rows,
    the_track,
    unprivileged,
)

VERSIONS = {
    number: Path(__file__).parent / "data" / f"version-{number}.gpkg" for number in ("1", "2", "3")
}
VERSION_1 = VERSIONS["1"]
ACTS = 22
OLD_LAYERS = "('tracks', 'reports', 'beaches', 'marks')"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A plot file of version 1, by itself in its folder."""
    return copied(VERSION_1, tmp_path)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A plot file of version 2, by itself in its folder."""
    return copied(VERSIONS["2"], tmp_path)


@pytest.fixture(params=VERSIONS)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A plot file of an earlier version, by itself in its folder."""
    return copied(VERSIONS[request.param], tmp_path)


def copied(original: Path, folder: Path) -> Path:
    path = folder / "desk" / "night.gpkg"
    path.parent.mkdir()
    shutil.copyfile(original, path)
    return path


def state(path: Path) -> tuple[bytes, int]:
    return path.read_bytes(), path.stat().st_mtime_ns


def version(path: Path) -> str:
    ((value,),) = rows(path, "SELECT value FROM app_meta WHERE key = 'schema_version'")
    return str(value)


def content(path: Path, of: str = "1") -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the tables and columns that a version had."""
    with closing(sqlite3.connect(VERSIONS[of])) as conn:
        columns = {
            table.name: [row[1] for row in conn.execute(f"PRAGMA table_info({table.name})")]
            for table in TABLES
        }
    return {
        table: rows(
            path,
            f"SELECT {', '.join(there)} FROM {table}"
            + (f" WHERE f_table_name IN {OLD_LAYERS}" if table == "layer_styles" else "")
            + " ORDER BY 1",
        )
        for table, there in columns.items()
        if there and table != "app_meta"
    }


def schema(path: Path) -> dict[str, object]:
    """Return what a file is made of, apart from its rows: all that other programs see of it."""
    with outside(path) as conn:
        objects = conn.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name != 'sqlite_stat1'"
        ).fetchall()
        return {
            "objects": sorted(objects, key=str),
            "columns": {
                table.name: conn.execute(f"PRAGMA table_info({table.name})").fetchall()
                for table in TABLES
            },
            "foreign keys": {
                table.name: conn.execute(f"PRAGMA foreign_key_list({table.name})").fetchall()
                for table in TABLES
            },
            "application": conn.execute("PRAGMA application_id").fetchall(),
            "user version": conn.execute("PRAGMA user_version").fetchall(),
            **{
                name: sorted(conn.execute(f"SELECT {columns} FROM {name}").fetchall(), key=str)
                for name, columns in (
                    ("gpkg_spatial_ref_sys", "*"),
                    ("gpkg_contents", "table_name, data_type, identifier, description, srs_id"),
                    ("gpkg_geometry_columns", "*"),
                    ("gpkg_extensions", "*"),
                    ("gpkg_data_columns", "*"),
                    ("gpkg_data_column_constraints", "*"),
                )
            },
            # A style that stands in a file stays, although a new file's may be another by now.
            "styles": conn.execute(
                "SELECT f_table_name, styleName, useAsDefault FROM layer_styles"
            ).fetchall(),
        }


def test_the_file_at_hand_is_of_version_1() -> None:
    assert version(VERSION_1) == "1"
    assert "caller" not in {row[1] for row in rows(VERSION_1, "PRAGMA table_info(reports)")}
    assert rows(VERSION_1, "SELECT count(*) FROM edit_log") == [(ACTS,)]


def test_the_file_at_hand_is_of_version_2() -> None:
    assert version(VERSIONS["2"]) == "2"
    columns = {row[1] for row in rows(VERSIONS["2"], "PRAGMA table_info(tracks)")}
    assert "contact_interval_min" in columns
    assert "speed_kn" not in columns
    assert rows(VERSIONS["2"], "PRAGMA table_info(searches)") == []


def test_what_is_worked_with_is_brought_up_to_date(earlier: Path, tmp_path: Path) -> None:
    of = version(earlier)
    before = content(earlier, of)
    plot = loaded_from(earlier).plot
    with opened(earlier) as file:
        assert not file.is_read_only
        assert file.load().plot == plot
    assert version(earlier) == str(SCHEMA_VERSION)
    assert content(earlier, of) == before
    closed_file(tmp_path / "fresh.gpkg", Plot())
    upgraded, fresh = schema(earlier), schema(tmp_path / "fresh.gpkg")
    for part, found in upgraded.items():
        assert found == fresh[part], part
    assert check(earlier) == ()
    kept = earlier.with_name(f"night.v{of}.gpkg")
    assert version(kept) == of
    assert content(kept, of) == before
    assert check(kept) == ()


def test_chartwork_goes_into_a_file_of_an_earlier_version(earlier: Path) -> None:
    with opened(earlier) as file:
        plot = file.load().plot
        new = plot.with_limit(an_area()).with_limit(a_limit())
        new = new.with_search(a_search()).with_conditions(some_conditions())
        new = new.with_track(replace(the_track(plot), speed_kn=4.5))
        file.save(difference(plot, new), an_act("chartwork"))
        assert file.load().plot == new
        file.save(difference(new, plot), an_act("undo.chartwork"))
        assert file.load().plot == plot
    assert_conforms(earlier)
    assert_log_is_whole(earlier)


def test_what_a_file_of_version_2_holds_is_what_it_held(second: Path) -> None:
    with opened(second) as file:
        plot = file.load().plot
        assert [gone.label for gone in file.withdrawn()] == ["undo.add_report", "withdraw_track"]
    assert problems_of(plot) == ()
    assert [track.name for track in plot.tracks.values()] == ["A", "B", "FERRY"]
    boat = the_track(plot)
    assert (boat.colour, boat.length_m, boat.contact_interval_min) == ("grey", 9.5, 20)
    assert {track.speed_kn for track in plot.tracks.values()} == {None}
    assert the_track(plot, "B").status is TrackStatus.RESCUED_ALL
    assert len(plot.log_lines) == len(plot.acknowledgements) == 1
    new = (plot.conditions, plot.approach_watches, plot.predicted_crossings, plot.limits)
    assert [len(held) for held in (*new, plot.searches)] == [0] * 5


def test_a_style_that_a_desk_has_made_stays_as_it_is(second: Path) -> None:
    with outside(second) as qgis:
        qgis.execute("UPDATE layer_styles SET styleQML = 'mine' WHERE f_table_name = 'tracks'")
    with opened(second):
        pass
    found = dict(rows(second, "SELECT f_table_name, styleQML FROM layer_styles"))
    assert found["tracks"] == "mine"
    assert set(found) == {table.name for table in TABLES if table.geometry_type is not None}


def test_a_container_that_contradicts_itself_is_damage_and_left_alone(second: Path) -> None:
    with outside(second) as conn:
        conn.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES ('limits', 'attributes', 'nothing there')"
        )
    before = state(second)
    with pytest.raises(PlotFileError) as caught:
        loaded_from(second)
    assert caught.value.fault is PlotFileFault.DAMAGED
    assert state(second) == before


def test_a_file_without_styles_is_brought_up_to_date_without(second: Path) -> None:
    with outside(second) as conn:
        conn.execute("DROP TABLE layer_styles")
        conn.execute("DELETE FROM gpkg_contents WHERE table_name = 'layer_styles'")
        conn.execute("DELETE FROM gpkg_data_columns WHERE table_name = 'layer_styles'")
    with opened(second) as file:
        assert not file.is_read_only
    assert version(second) == str(SCHEMA_VERSION)
    assert rows(second, "PRAGMA table_info(layer_styles)") == []


def test_it_conforms_and_its_log_goes_on(old: Path) -> None:
    with opened(old) as file:
        plot = file.load().plot
        new = plot.with_report(a_report("0500", caller="+33612345678"))
        assert file.save(difference(plot, new), an_act("add_report")).seq == ACTS + 1
        assert file.load().plot == new
    assert_conforms(old)
    ((name, reason),) = rows(old, f"SELECT name, reason FROM edit_log WHERE seq = {ACTS + 1}")
    assert (name, reason) == ("", "")
    assert rows(old, f"SELECT DISTINCT name, reason FROM edit_log WHERE seq <= {ACTS}") == [
        (None, None)
    ]
    assert_log_is_whole(old)


def test_what_it_holds_is_what_it_held(old: Path) -> None:
    plot = loaded_from(old).plot
    with opened(old) as file:
        assert file.load().plot == plot
    assert problems_of(plot) == ()
    boat = the_track(plot)
    assert (boat.name, boat.note, boat.colour, boat.length_m) == ("A", "grey inflatable", "", None)
    assert [change.status for change in boat.status_changes] == [TrackStatus.ADRIFT]
    assert [report.grade for report in boat.reports] == ["2B", "", ""]
    assert {report.caller for report in plot.reports()} == {""}
    assert len(plot.beaches) == len(plot.marks) == 1
    assert len(plot.unattributed) == 1


def test_a_column_that_came_with_the_upgrade_and_was_filled_outside_is_found(old: Path) -> None:
    with opened(old) as file:
        boat = the_track(file.load().plot)
    assert check(old) == ()
    edit(old, "UPDATE tracks SET colour = 'red', length_m = 9.0 WHERE uid = ?", boat.uid)
    (found,) = check(old)
    assert (found.code, found.uid) == ("log_differs", boat.uid)
    assert found.detail == "colour, length_m"


def log_as_version_1(path: Path, after: dict[str, dict[str, dict[str, object]]]) -> None:
    """Add an act to the log as version 1 wrote it: without name and reason."""
    ((seq, link),) = rows(path, "SELECT seq, hash FROM edit_log ORDER BY seq DESC LIMIT 1")
    text = json.dumps(after, ensure_ascii=False, separators=(",", ":"))
    act = ("2026-09-15T05:30:00.000Z", "watch", "set_status", "track", "", "{}", text)
    entry = [link, seq + 1, *act]
    with outside(path) as conn:
        conn.execute(
            "INSERT INTO edit_log (previous_hash, seq, at_utc, operator, label, entity, entity_uid,"
            " before, after, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*entry, act_hash(entry)),
        )


def test_a_boat_called_the_same_as_another_without_saying_which_is_sound(old: Path) -> None:
    """Version 1 had the status alone: nobody said which boat it was."""
    boat = the_track(loaded_from(old).plot, "B")
    columns = [row[1] for row in rows(old, "PRAGMA table_info(tracks)")][2:]
    edit(old, "UPDATE tracks SET status = 'same_as' WHERE uid = ?", boat.uid)
    change = {
        "uid": "a-change",
        "track_uid": boat.uid,
        "step": len(boat.status_changes),
        "status": "same_as",
        "at_utc": "2026-09-15T05:30:00.000Z",
        "reason": "",
        "withdrawn_at_utc": None,
    }
    edit(
        old,
        f"INSERT INTO status_changes ({', '.join(change)}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        *change.values(),
    )
    (row,) = rows(old, f"SELECT {', '.join(columns)} FROM tracks WHERE uid = ?", boat.uid)
    track = dict(zip(columns, row, strict=True))
    log_as_version_1(old, {"tracks": {boat.uid: track}, "status_changes": {"a-change": change}})
    assert check(old) == ()
    with opened(old) as file:
        plot = file.load().plot
    merged = plot.tracks[boat.uid]
    assert (merged.status, merged.same_as_uid) == (TrackStatus.SAME_AS, None)
    assert problems_of(plot) == ()
    assert is_boat(merged), "its people are still looked for"
    assert check(old) == ()


def test_a_copy_of_it_as_it_was_is_kept_beside_it(old: Path) -> None:
    before = content(old)
    with opened(old):
        pass
    kept = old.with_name("night.v1.gpkg")
    assert names(old.parent) == ["night.gpkg", "night.v1.gpkg"]
    assert version(kept) == "1"
    assert content(kept) == before
    assert check(kept) == ()
    with opened(old):
        pass
    assert names(old.parent) == ["night.gpkg", "night.v1.gpkg"], "once"


def test_the_copy_takes_no_name_that_is_taken(old: Path) -> None:
    taken = old.with_name("night.v1.gpkg")
    taken.write_text("notes", "utf-8")
    old.with_name("night.v1-2.gpkg").symlink_to("nowhere")
    with opened(old) as file:
        assert not file.is_read_only
    assert taken.read_text("utf-8") == "notes"
    assert version(old.with_name("night.v1-3.gpkg")) == "1"


def looked_at(path: Path) -> Plot:
    return loaded_from(path).plot


def checked(path: Path) -> Plot:
    assert check(path) == ()
    return looked_at(path)


@pytest.mark.parametrize("look", [looked_at, checked])
def test_looking_at_it_changes_nothing(old: Path, look: Callable[[Path], Plot]) -> None:
    before = state(old)
    plot = look(old)
    assert sorted(track.name for track in plot.tracks.values()) == ["A", "B"]
    assert state(old) == before
    assert names(old.parent) == ["night.gpkg"]


@pytest.mark.parametrize(
    "words",
    [
        ("check", "night.gpkg"),
        ("snapshot", "night.gpkg", "brief.pdf"),
        ("plot", "--dry-run", "night.gpkg", "50 58.0N 001 41.0E >A"),
    ],
    ids=lambda words: words[0],
)
def test_the_commands_that_look_at_it_change_nothing(old: Path, words: tuple[str, ...]) -> None:
    before = state(old)
    done = channelplot(*words, cwd=old.parent)
    assert done.returncode == 0, done.stderr
    assert state(old) == before
    assert set(names(old.parent)) <= {"night.gpkg", "brief.pdf"}


def test_it_is_read_without_changing_it_while_another_desk_has_it(old: Path) -> None:
    plot = loaded_from(old).plot
    with upgrade_prevented(old), opened(old) as file:
        before = state(old)
        assert file.load().plot == plot
        assert [gone.label for gone in file.withdrawn()] == ["withdraw_track"]
        assert fault_of_saving(file, plot) is PlotFileFault.READ_ONLY
        assert state(old) == before


def upgrade_prevented(path: Path) -> closing[PlotFile]:
    """Have the file open as the program of its time has it: with its lock, and not upgraded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("channelplot.store.writing.upgrade_file", lambda *_: None)
        return closing(PlotFile.open(path))


def test_a_desk_that_reads_it_sees_it_after_another_has_brought_it_up_to_date(old: Path) -> None:
    with upgrade_prevented(old) as first, opened(old) as second:
        assert second.read_only_reason is ReadOnlyReason.LOCKED
        plot = second.load().plot
        first.close()
        with opened(old) as third:
            new = plot.with_report(a_report("0500"))
            third.save(difference(plot, new), an_act("add_report"))
            assert second.load().plot == new


def test_it_can_be_opened_where_it_may_not_be_written_to(open_folder: Path) -> None:
    path = open_folder / "night.gpkg"
    shutil.copyfile(VERSION_1, path)
    path.chmod(0o444)
    open_folder.chmod(0o555)
    before = state(path)
    with unprivileged(), opened(path) as file:
        assert file.is_read_only
        assert len(file.load().plot.tracks) == 2
    open_folder.chmod(0o777)
    assert state(path) == before
    assert names(open_folder) == ["night.gpkg"]


def test_without_room_for_the_copy_it_is_open_to_read_and_stays_as_it_was(old: Path) -> None:
    before = old.read_bytes()
    with no_file_larger_than(100_000), opened(old) as file:
        assert file.read_only_reason is ReadOnlyReason.OLD
        plot = file.load().plot
        assert len(plot.tracks) == 2
    assert old.read_bytes() == before
    assert names(old.parent) == ["night.gpkg"]
    with opened(old) as file:
        assert not file.is_read_only
        assert file.load().plot == plot


def test_an_upgrade_that_fails_halfway_leaves_nothing_of_it(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(old), schema(old)

    def fails(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(upgrade, "describe_columns", fails)
        with opened(old) as file:
            assert file.read_only_reason is ReadOnlyReason.OLD
    assert (content(old), schema(old)) == before
    assert names(old.parent) == ["night.gpkg"], "the copy is not needed"


def test_a_row_that_cannot_be_read_is_named_in_an_old_file_too(old: Path) -> None:
    edit(old, "UPDATE reports SET kind = 'nonsense' WHERE observed_at_utc LIKE '%T02:28%'")
    with pytest.raises(PlotFileError, match=r"reports .*nonsense"):
        loaded_from(old)
    assert ("code", "reports") in {(found.code, found.table) for found in check(old)}
    with opened(old) as file, pytest.raises(PlotFileError, match=r"reports .*nonsense"):
        file.load()


@pytest.mark.parametrize("what", ["DROP TABLE status_changes", "ALTER TABLE tracks DROP note"])
def test_a_part_that_version_1_had_is_missed(old: Path, what: str) -> None:
    edit(old, what)
    with pytest.raises(PlotFileError) as caught:
        PlotFile.open(old)
    assert caught.value.fault is PlotFileFault.DAMAGED
    assert {found.code for found in check(old)} == {"missing"}


def test_a_column_of_another_program_keeps_its_values_under_another_name(old: Path) -> None:
    with outside(old) as qgis:
        qgis.execute("ALTER TABLE tracks ADD COLUMN colour INTEGER")
        qgis.execute("UPDATE tracks SET colour = 7")
        qgis.execute(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name)"
            " VALUES ('tracks', 'colour', 'length_m')"
        )
    assert {track.colour for track in loaded_from(old).plot.tracks.values()} == {""}
    with opened(old) as file:
        assert not file.is_read_only
    assert set(rows(old, "SELECT colour, colour_v1 FROM tracks")) == {("", 7)}
    assert check(old) == ()


def test_a_file_that_says_nothing_of_its_columns_is_brought_up_to_date_too(old: Path) -> None:
    edit(old, "DROP TABLE gpkg_data_columns")
    with opened(old) as file:
        assert not file.is_read_only
    assert version(old) == str(SCHEMA_VERSION)


HOSTILE = (
    "CREATE TRIGGER strange AFTER UPDATE ON app_meta BEGIN DELETE FROM reports; END",
    "CREATE TRIGGER strange AFTER INSERT ON gpkg_contents BEGIN DELETE FROM reports; END",
    "CREATE VIEW strange AS SELECT * FROM nothing_there",
)


@pytest.mark.parametrize("statement", HOSTILE)
def test_what_another_program_put_into_it_is_told_of_and_does_not_run(
    old: Path, statement: str
) -> None:
    with outside(old) as conn:
        conn.execute(statement)
    before = state(old)
    assert loaded_from(old).plot.report_count() == 5
    assert [(found.code, found.detail) for found in check(old)] == [("strange", "strange")]
    with opened(old) as file:
        assert file.read_only_reason is ReadOnlyReason.FOREIGN
        assert file.load().plot.report_count() == 5
    assert state(old) == before


def test_a_version_that_is_none_is_damage(old: Path) -> None:
    edit(old, "UPDATE app_meta SET value = 'one' WHERE key = 'schema_version'")
    with pytest.raises(PlotFileError) as caught:
        loaded_from(old)
    assert caught.value.fault is PlotFileFault.DAMAGED


def test_the_desk_that_comes_second_reads_what_the_first_has_brought_up_to_date(old: Path) -> None:
    with another_process(HOLD_OPEN, str(old)), opened(old) as file:
        assert file.read_only_reason is ReadOnlyReason.LOCKED
        assert len(file.load().plot.tracks) == 2
    assert sorted(name for name in names(old.parent) if not name.endswith(".lock")) == [
        "night.gpkg",
        "night.v1.gpkg",
    ]
