"""Reports are read on two more connections, where these are sure to read the same."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError
from channelplot.store import reading_beside as module
from channelplot.store.connection import connect_to_read, connect_to_write
from channelplot.store.geopackage import PlotFile
from channelplot.store.load import load_plot
from channelplot.store.reading_beside import reading_beside
from helpers.large_plots import make_large_plot
from unit.store.files import edit


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plot that passes for one that is worth it."""
    path = tmp_path / "season.gpkg"
    make_large_plot(path, 7, 10)
    monkeypatch.setattr(module, "WORTH_BYTES", 1_000)
    monkeypatch.setattr("channelplot.store.report_columns.ROWS_AT_ONCE", 6)
    return path


@pytest.fixture
def conn(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that has begun to read."""
    with closing(connect_to_read(path)) as conn:
        conn.execute("BEGIN")
        conn.execute("SELECT count(*) FROM reports").fetchone()
        yield conn


def test_the_same_plot_is_read(path: Path, conn: sqlite3.Connection) -> None:
    alone = load_plot(conn, path)
    with reading_beside(conn, path) as beside:
        assert len(beside) == 2
        together = load_plot(conn, path, beside)
    assert together.plot == alone.plot
    assert list(together.plot.reports()) == list(alone.plot.reports())
    assert together.acts == alone.acts


def test_rows_otherwise_than_ours_are_read_too(path: Path) -> None:
    edit(path, "UPDATE reports SET observed_at_utc = '2026-05-05T12:00:00Z' WHERE fid % 9 = 0")
    with closing(PlotFile.open(path)) as file:
        plot = file.load().plot
    with closing(connect_to_read(path)) as conn:
        assert load_plot(conn, path).plot == plot


def test_what_can_not_be_read_is_told_with_its_row(path: Path) -> None:
    with closing(connect_to_write(path)) as conn:
        conn.execute("PRAGMA ignore_check_constraints = ON")
        conn.execute("UPDATE reports SET kind = 'whale' WHERE fid = 40")
        (uid,) = conn.execute("SELECT uid FROM reports WHERE fid = 40").fetchone()
    with closing(PlotFile.open(path)) as file, pytest.raises(PlotFileError) as error:
        file.load()
    assert error.value.detail.startswith(f"reports {uid}: ")


def test_a_small_file_is_read_alone(
    path: Path, conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WORTH_BYTES", 1 << 40)
    with reading_beside(conn, path) as beside:
        assert beside == ()


def test_a_writer_that_waits_is_not_kept_waiting(path: Path, conn: sqlite3.Connection) -> None:
    with closing(connect_to_write(path)) as writing:
        writing.execute("PRAGMA busy_timeout = 0")
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE tracks SET note = 'seen'")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            writing.execute("COMMIT")
        with reading_beside(conn, path) as beside:
            assert beside == ()
        conn.execute("ROLLBACK")
        writing.execute("COMMIT")


def test_with_a_write_ahead_log_it_can_not_be_told(path: Path) -> None:
    edit(path, "PRAGMA journal_mode = WAL")
    with closing(connect_to_read(path)) as conn:
        conn.execute("BEGIN")
        conn.execute("SELECT count(*) FROM reports").fetchone()
        with reading_beside(conn, path) as beside:
            assert beside == ()


def test_another_file_under_the_name(path: Path, conn: sqlite3.Connection, tmp_path: Path) -> None:
    other = tmp_path / "other.gpkg"
    make_large_plot(other, 2, 10)
    other.replace(path)
    with reading_beside(conn, path) as beside:
        assert beside == ()


def test_a_file_that_is_gone(path: Path, conn: sqlite3.Connection) -> None:
    path.unlink()
    with reading_beside(conn, path) as beside:
        assert beside == ()
