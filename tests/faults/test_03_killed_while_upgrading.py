"""A desk that is killed while it brings an old plot up to date leaves the old or the new one."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.store.check import check
from channelplot.store.tables import SCHEMA_VERSION, TABLES
from helpers.forked import Workers, workers
from unit.store.files import opened

DATA = Path(__file__).parents[1] / "unit" / "store" / "data"
OPEN = """
from pathlib import Path
from channelplot.store.geopackage import PlotFile

def work(path):
    file = PlotFile.open(Path(path))
    assert not file.is_read_only, file.read_only_reason
    file.close()
"""
CHECKED_WHOLE_EACH = 10


def version_of(path: Path) -> str:
    """Open a plot as any program does, which rolls back what was not finished."""
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        (version,) = conn.execute(
            "SELECT value FROM app_meta WHERE key = 'schema_version'"
        ).fetchone()
        return str(version)


def columns_of(path: Path) -> dict[str, list[str]]:
    """Return the columns of every table of ours in a file."""
    with closing(sqlite3.connect(path)) as conn:
        there = {
            table.name: [row[1] for row in conn.execute(f"PRAGMA table_info({table.name})")]
            for table in TABLES
        }
        return {table: columns for table, columns in there.items() if columns}


def content_of(path: Path, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    """Return what stands in the columns that an old plot had, the marks of its version left out."""
    with closing(sqlite3.connect(path)) as conn:
        return {
            table: conn.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY 1").fetchall()
            for table, names in columns.items()
            if table not in ("app_meta", "layer_styles")
        }


@pytest.fixture(scope="module")
def desks() -> Iterator[Workers]:
    """What opens plots and is killed."""
    with workers(OPEN) as ready:
        yield ready


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_kill_leaves_the_old_plot_or_the_new_one_and_the_copy_that_was_made_first(
    desks: Workers,
    tmp_path: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
    version: str,
) -> None:
    original = DATA / f"version-{version}.gpkg"
    path = tmp_path / "desk" / "night.gpkg"
    kept = path.with_name(f"night.v{version}.gpkg")
    columns = columns_of(original)
    held = content_of(original, columns)
    chance = random.Random(20260915)
    kills = cycles(4, 100)
    found = {version: 0, str(SCHEMA_VERSION): 0}
    half_done = copies = 0

    def old_plot() -> None:
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir()
        shutil.copyfile(original, path)

    old_plot()
    whole_s = desks.seconds_for(str(path))
    number = 0
    while number < kills:
        old_plot()
        if not desks.killed_after(chance.uniform(0.0, 1.2 * whole_s), str(path)):
            continue  # It was faster than that.
        number += 1
        half_done += path.with_name("night.gpkg-journal").exists()
        found[version_of(path)] += 1  # Any third one is a mixture, and a KeyError.
        assert content_of(path, columns) == held
        if version_of(path) != version or kept.exists():
            assert version_of(kept) == version
            assert content_of(kept, columns) == held
            copies += 1
        with opened(path) as file:
            assert not file.is_read_only, (file.read_only_reason, file.locked_by)
            file.load()
        assert version_of(path) == str(SCHEMA_VERSION)
        assert content_of(path, columns) == held
        if number % CHECKED_WHOLE_EACH == 0:
            assert check(path) == ()
            assert check(kept) == ()
    figure(
        f"version {version}: {kills} kills, {found[version]} old, {found[str(SCHEMA_VERSION)]} new,"
        f" 0 mixed, {half_done} rolled back, {copies} with the copy already made"
    )
