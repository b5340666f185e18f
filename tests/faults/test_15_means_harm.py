"""Plot files with triggers, views, tables and names that mean harm: read at most, and in time."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store import connection
from channelplot.store.geopackage import PlotFile, ReadOnlyReason
from unit.store.files import closed_file, edit, opened, outside

Figure = Callable[[str], None]
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS uid FROM n"
ONLY_READ = {
    "a trigger that deletes": (
        "CREATE TRIGGER thief AFTER INSERT ON reports BEGIN DELETE FROM tracks; END",
    ),
    "a trigger on the log": (
        "CREATE TRIGGER forger AFTER INSERT ON edit_log BEGIN UPDATE app_meta SET value = 'x'; END",
    ),
    "a trigger of ours that does more": (
        "DROP TRIGGER reports_new_uid",
        "CREATE TRIGGER reports_new_uid AFTER INSERT ON reports BEGIN DELETE FROM reports; END",
    ),
    "an endless view": (f"CREATE VIEW endless AS {ENDLESS}",),
    "a view that is a layer": (
        f"CREATE VIEW endless AS {ENDLESS}",
        "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('endless', 'attributes')",
    ),
    "a view that loads code": ("CREATE VIEW loader AS SELECT load_extension('/tmp/evil.so')",),
    "a name that is SQL": ('CREATE VIEW "x""; DROP TABLE tracks; --" AS SELECT 1',),
}
REFUSED = {
    "a view in place of a table": (
        "DROP TABLE log_lines",
        f"CREATE VIEW log_lines AS {ENDLESS}",
    ),
    "a virtual table in place of a table": (
        "DROP TABLE log_lines",
        "CREATE VIRTUAL TABLE log_lines USING rtree(uid, at_utc, text)",
    ),
    "a column that is worked out": (
        "ALTER TABLE tracks DROP COLUMN note",
        "ALTER TABLE tracks ADD COLUMN note AS (hex(zeroblob(40000000)))",
    ),
    "a table that is no SQL": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE evil(' WHERE name = 'log_lines'",
    ),
}
WITHOUT_END = {
    "a CHECK that takes for ever": (
        "CREATE TABLE bomb (x CHECK (length(hex(zeroblob(x)))))",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        " INSERT INTO bomb SELECT i + 20000000 FROM n",
    ),
}


def harmful(path: Path, statements: tuple[str, ...]) -> bytes:
    """Make a plot, do what is to be done to it, and return its bytes."""
    closed_file(path)
    with outside(path, ignoring_checks=True) as conn:
        for statement in statements:
            conn.execute(statement)
    return path.read_bytes()


def test_what_is_only_read(tmp_path: Path, figure: Figure) -> None:
    longest_s = 0.0
    for number, statements in enumerate(ONLY_READ.values()):
        path = tmp_path / f"night{number}.gpkg"
        content = harmful(path, statements)
        began_s = time.monotonic()
        with opened(path) as file:
            assert file.read_only_reason is ReadOnlyReason.FOREIGN
            assert len(file.strange) == 1
            assert len(file.load().plot.tracks) == 2
            copy = tmp_path / "copy.gpkg"
            file.copy_to(copy, replace=True)
        longest_s = max(longest_s, time.monotonic() - began_s)
        assert path.read_bytes() == content
        path.unlink()
        copy.unlink()
    figure(f"{len(ONLY_READ)} only read, longest {longest_s:.2f} s")


def test_what_is_refused(tmp_path: Path, figure: Figure) -> None:
    for number, (harm, statements) in enumerate(REFUSED.items()):
        path = tmp_path / f"night{number}.gpkg"
        content = harmful(path, statements)
        with pytest.raises(PlotFileError) as refused:
            PlotFile.open(path)
        assert refused.value.fault is PlotFileFault.DAMAGED, harm
        assert path.read_bytes() == content
        path.unlink()
    figure(f"{len(REFUSED)} refused")


@pytest.mark.parametrize("harm", WITHOUT_END)
def test_what_has_no_end_is_stopped(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    harm: str,
    cycles: Callable[[int, int], int],
    figure: Figure,
) -> None:
    monkeypatch.setattr(connection, "PATIENCE_S", cycles(20, 100) / 100.0 * connection.PATIENCE_S)
    path = tmp_path / "night.gpkg"
    content = harmful(path, WITHOUT_END[harm])
    began_s, began_working_s = time.monotonic(), time.thread_time()
    with pytest.raises(PlotFileError) as refused:
        PlotFile.open(path)
    took_s, worked_s = time.monotonic() - began_s, time.thread_time() - began_working_s
    assert refused.value.fault is PlotFileFault.TOO_SLOW
    assert path.read_bytes() == content
    path.unlink()
    figure(f"{harm}: stopped after {worked_s:.1f} s of work ({took_s:.1f} s by the clock)")


def test_a_name_that_is_sql_is_a_name(tmp_path: Path, figure: Figure) -> None:
    path = tmp_path / "night.gpkg"
    plot = closed_file(path)
    edit(path, 'CREATE TABLE "x""; DROP TABLE tracks; --" (fid INTEGER PRIMARY KEY)')
    with opened(path) as file:
        assert file.load().plot == plot
        assert not file.is_read_only
    edit(path, 'DROP TABLE "x""; DROP TABLE tracks; --"')
    figure("a name that is SQL is a name")
