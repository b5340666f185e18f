import hashlib
import os
import random
from collections.abc import Callable
from pathlib import Path

import geopandas
import pytest
import shapely

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.geopackage import PlotFile, ReadOnlyReason
from channelplot.store.tables import SCHEMA_VERSION
from unit.store.files import (
    closed_file,
    edit,
    let_everybody_in,
    opened,
    outside,
    python,
    unprivileged,
)

Fault = PlotFileFault


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def state(path: Path) -> tuple[object, ...]:
    """Return what must not change: bytes, time of change, and what lies beside the file."""
    content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return content, path.stat().st_mtime_ns, sorted(path.parent.iterdir())


def refused(path: Path) -> tuple[PlotFileFault, str]:
    """Return the fault that opening a file ends with; the file is as it was."""
    before = state(path)
    with pytest.raises(PlotFileError) as caught:
        PlotFile.open(path)
    assert state(path) == before
    assert caught.value.path == path
    return caught.value.fault, caught.value.detail


def test_a_file_that_is_not_there_is_not_found(path: Path) -> None:
    with pytest.raises(PlotFileError) as caught:
        PlotFile.open(path)
    assert caught.value.fault is Fault.NOT_FOUND
    assert not path.exists()


def test_a_folder_that_is_not_there_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(PlotFileError) as caught:
        PlotFile.open(tmp_path / "missing" / "night.gpkg")
    assert caught.value.fault is Fault.FOLDER_MISSING
    assert not list(tmp_path.iterdir())


def test_a_name_in_a_circle_of_links_is_told_of(path: Path) -> None:
    path.symlink_to(path.name)
    with pytest.raises(PlotFileError) as caught:
        PlotFile.open(path)
    assert caught.value.fault is Fault.INPUT_OUTPUT


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("make", [Path.mkdir, a_pipe])
def test_a_folder_or_a_pipe_is_no_file(path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    assert refused(path)[0] is Fault.NOT_A_FILE


def an_empty_file(path: Path) -> None:
    path.touch()


def a_text(path: Path) -> None:
    path.write_text("R1 0210Z 50 58.0N 001 41.0E\n" * 100, "utf-8")


def a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))


def a_database(path: Path) -> None:
    with outside(path) as conn:
        conn.execute("CREATE TABLE tracks (uid)")


def a_database_that_calls_itself_one(path: Path) -> None:
    with outside(path) as conn:
        conn.execute("PRAGMA application_id = 0x47504B47")
        conn.execute("CREATE TABLE app_meta (key, value)")


@pytest.mark.parametrize(
    "make", [an_empty_file, a_text, a_picture, a_database, a_database_that_calls_itself_one]
)
def test_what_is_no_geopackage_is_refused(path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    assert refused(path)[0] is Fault.NOT_GEOPACKAGE


def test_a_geopackage_of_another_program_is_refused(path: Path) -> None:
    layer = geopandas.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(1, 51)], crs=4326)
    layer.to_file(path, layer="tracks", driver="GPKG")
    assert refused(path)[0] is Fault.OTHER_PROGRAM


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE app_meta SET value = 'Other 2' WHERE key = 'application'",
        "DELETE FROM app_meta",
        "ALTER TABLE app_meta RENAME COLUMN value TO content",
        "PRAGMA application_id = 0x47503130",  # GeoPackage 1.0, which no version of ours wrote
    ],
)
def test_a_plot_like_file_of_another_program_is_refused(path: Path, statement: str) -> None:
    closed_file(path)
    edit(path, statement)
    if "application_id" in statement:
        edit(path, "DROP TABLE app_meta")
    assert refused(path)[0] is Fault.OTHER_PROGRAM


def test_a_newer_schema_is_refused_with_its_number(path: Path) -> None:
    closed_file(path)
    newer = str(SCHEMA_VERSION + 1)
    edit(path, "UPDATE app_meta SET value = ? WHERE key = 'schema_version'", newer)
    edit(path, "DROP TABLE status_changes")
    assert refused(path) == (Fault.TOO_NEW, newer)


@pytest.mark.parametrize("version", ["", "0", "one", "-1", "²"])
def test_a_schema_version_that_is_no_number_is_damage(path: Path, version: str) -> None:
    closed_file(path)
    edit(path, "UPDATE app_meta SET value = ? WHERE key = 'schema_version'", version)
    assert refused(path)[0] is Fault.DAMAGED


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DROP TABLE log_lines", "log_lines"),
        ("ALTER TABLE tracks DROP COLUMN note", "tracks.note"),
    ],
)
def test_a_plot_that_lacks_a_part_is_damaged(path: Path, statement: str, named: str) -> None:
    closed_file(path)
    edit(path, statement)
    fault, detail = refused(path)
    assert fault is Fault.DAMAGED
    assert named in detail


@pytest.mark.parametrize("kept", [20_000, 100_000, 200_001])
def test_a_file_cut_short_is_damaged(path: Path, kept: int) -> None:
    closed_file(path)
    os.truncate(path, kept)
    assert refused(path)[0] is Fault.DAMAGED


def test_a_file_with_a_few_wrong_bits_opens_or_is_refused_and_nothing_else(path: Path) -> None:
    closed_file(path)
    whole = path.read_bytes()
    chance = random.Random(20260915)
    refusals = []
    for _ in range(150):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            # Mostly within the pages that hold something.
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        try:
            with opened(path) as file:
                file.load()
        except PlotFileError as error:
            refusals.append((error.fault, path.read_bytes() == content))
    assert len(refusals) > 10, "the test must meet damage"
    told = {Fault.DAMAGED, Fault.NOT_GEOPACKAGE, Fault.OTHER_PROGRAM}
    assert set(refusals) <= {(fault, True) for fault in told}


def test_a_file_without_the_right_to_read_it_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    let_everybody_in(tmp_path)
    path.chmod(0)
    with unprivileged(), pytest.raises(PlotFileError) as caught:
        PlotFile.open(path)
    assert caught.value.fault is Fault.INPUT_OUTPUT


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER thief AFTER INSERT ON reports BEGIN DELETE FROM tracks; END",
        "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT i FROM n",
        "CREATE VIEW loader AS SELECT load_extension('evil')",
    ],
)
def test_a_plot_with_a_strange_trigger_or_view_is_read_and_never_written(
    path: Path, statement: str
) -> None:
    plot = closed_file(path)
    edit(path, statement)
    before = state(path)
    with opened(path) as file:
        assert file.is_read_only
        assert file.read_only_reason is ReadOnlyReason.FOREIGN
        assert file.strange == (statement.split()[2],)
        assert file.load().plot == plot
    assert state(path) == before


def test_names_that_look_like_sql_do_no_harm(path: Path) -> None:
    plot = closed_file(path)
    with outside(path) as conn:
        name = 'x"; DROP TABLE tracks; --'
        conn.execute(f'CREATE TABLE "{name.replace(chr(34), chr(34) * 2)}" (fid INTEGER)')
        conn.execute(
            "INSERT INTO gpkg_contents (table_name, data_type) VALUES (?, 'attributes')", (name,)
        )
    with opened(path) as file:
        assert file.load().plot == plot


def test_a_file_that_its_last_user_left_in_write_ahead_mode_is_brought_back(path: Path) -> None:
    plot = closed_file(path)
    with outside(path) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
    with opened(path) as file:
        assert file.load().plot == plot
        assert sorted(p.name for p in path.parent.iterdir()) == ["night.gpkg", "night.gpkg.lock"]
    with outside(path) as conn:
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_opening_works_with_a_name_full_of_special_characters(tmp_path: Path) -> None:
    path = tmp_path / "nuit 15% #1 ? é & 'été'.gpkg"
    plot = closed_file(path)
    with opened(path) as file:
        assert file.load().plot == plot
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_link_leads_to_the_plot_and_shares_its_lock(path: Path, tmp_path: Path) -> None:
    closed_file(path)
    link = tmp_path / "tonight.gpkg"
    link.symlink_to(path)
    with opened(link) as file, opened(path) as second:
        assert file.path == path
        assert second.read_only_reason is ReadOnlyReason.LOCKED


KILLED_WITHIN_AN_ACT = """
import os, sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("PRAGMA cache_size = 1")
conn.execute("BEGIN IMMEDIATE")
conn.execute("CREATE TABLE IF NOT EXISTS filler (value)")
for number in range(3000):
    conn.execute("INSERT INTO filler VALUES (?)", ("x" * 500,))
os.kill(os.getpid(), 9)
"""


def kill_a_writer(path: Path) -> Path:
    """Kill a process within a transaction; return the journal that is left."""
    with python(KILLED_WITHIN_AN_ACT, str(path)) as process:
        process.wait()
    return path.with_name(path.name + "-journal")


def test_an_act_that_a_kill_cut_off_is_rolled_back_at_the_next_opening(path: Path) -> None:
    plot = closed_file(path)
    whole = path.read_bytes()
    assert kill_a_writer(path).exists()
    assert path.read_bytes() != whole
    with opened(path) as file:
        assert file.load().plot == plot
        assert not file.is_read_only
    assert path.read_bytes() == whole


@pytest.mark.parametrize("is_plot_like", [False, True])
def test_what_a_kill_left_of_another_programs_file_is_left_alone(
    path: Path, is_plot_like: bool
) -> None:
    if is_plot_like:
        closed_file(path)
        edit(path, "UPDATE app_meta SET value = 'Other' WHERE key = 'application'")
    else:
        a_database(path)
    journal = kill_a_writer(path)
    before = journal.read_bytes()
    expected = Fault.OTHER_PROGRAM if is_plot_like else Fault.NOT_GEOPACKAGE
    assert refused(path)[0] is expected
    assert journal.read_bytes() == before


def test_an_act_that_was_cut_off_where_nothing_can_be_written_is_told_of(
    tmp_path: Path,
) -> None:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    journal = kill_a_writer(path)
    let_everybody_in(tmp_path)
    with unprivileged(), pytest.raises(PlotFileError) as caught:
        PlotFile.open(path)
    assert caught.value.fault is Fault.READ_ONLY
    assert journal.exists()
