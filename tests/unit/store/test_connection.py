import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.store import connection
from channelplot.store.connection import connect_to_read, connect_to_write, patiently, transaction
from unit.store.files import closed_file

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    return path


@pytest.fixture
def conn(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect_to_read(path)) as conn:
        yield conn


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM reports",
        "SELECT count(*) FROM rtree_reports_geom WHERE minx > 0",
        "SELECT rtreecheck('rtree_reports_geom')",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n",
        "PRAGMA quick_check",
        "PRAGMA table_info(reports)",
        "PRAGMA journal_mode",
        "PRAGMA busy_timeout = 100",
    ],
)
def test_reading_is_allowed(conn: sqlite3.Connection, statement: str) -> None:
    assert conn.execute(statement).fetchall()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM reports",
        "INSERT INTO app_meta VALUES ('a', 'b')",
        "CREATE TABLE x (a)",
        "CREATE TEMP VIEW x AS SELECT 1",
        "DROP TABLE reports",
        "ATTACH ':memory:' AS other",
        "VACUUM INTO '/tmp/other.gpkg'",
        "PRAGMA writable_schema = ON",
        "PRAGMA query_only = OFF",
        "PRAGMA trusted_schema = ON",
        "PRAGMA journal_mode = WAL",
        "SELECT load_extension('evil')",
    ],
)
def test_nothing_else_is(conn: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.DatabaseError, match="authoriz"):
        conn.execute(statement)


def test_the_parts_of_an_index_are_not_changed_either(conn: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        conn.execute("DELETE FROM rtree_reports_geom_node")
    with pytest.raises(sqlite3.OperationalError, match="may not be modified"):
        conn.execute("UPDATE sqlite_master SET sql = ''")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python has it since 3.12")
def test_who_writes_changes_an_index_by_its_layer_alone_and_never_the_schema(path: Path) -> None:
    with closing(connect_to_write(path)) as conn:
        conn.execute("PRAGMA writable_schema = ON")
        for statement in ("DELETE FROM rtree_reports_geom_node", "DELETE FROM sqlite_master"):
            with pytest.raises(sqlite3.OperationalError, match="may not be modified"):
                conn.execute(statement)
        conn.execute("UPDATE reports SET geom = NULL")
        assert conn.execute("SELECT count(*) FROM rtree_reports_geom").fetchone() == (0,)


def test_no_value_is_longer_than_a_bound_or_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = path.stat().st_size
    for bound, longest in ((10, size), (2 * size, 2 * size)):
        monkeypatch.setattr(connection, "LONGEST_VALUE_BYTES", bound)
        with closing(connect_to_read(path)) as conn:
            assert conn.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == longest
            with pytest.raises(sqlite3.DataError, match="too big"):
                conn.execute(f"SELECT hex(zeroblob({longest}))").fetchone()


def test_reading_without_end_is_stopped(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE_S", 0.05)
    monkeypatch.setattr(connection, "PATIENCE_S_PER_MB", 0.0)
    for bounded in (patiently(conn), transaction(conn, is_writing=False)):
        with pytest.raises(sqlite3.OperationalError, match="interrupted"), bounded:
            conn.execute(ENDLESS).fetchone()
    assert not conn.in_transaction
    with transaction(conn, is_writing=False):
        assert conn.execute("SELECT count(*) FROM reports").fetchone()


def test_a_file_of_more_than_two_gigabytes_can_be_connected_to(path: Path) -> None:
    os.truncate(path, 3 << 30)
    with closing(connect_to_read(path)) as conn:
        assert conn.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) >= connection.LONGEST_VALUE_BYTES
