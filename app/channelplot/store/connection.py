"""Connections to a plot file: the settings, and what must hold for each of them.

Python's ``sqlite3`` is the only library that touches a live plot. A second SQLite in the
same process (GDAL's, Qt's), or so much as ``open()`` and ``close()`` on the file, would
silently drop the locks that the first one holds.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from channelplot.store.geometry import register_functions

BUSY_TIMEOUT_S: Final = 5.0


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write and runs nothing that the file brings along.

    path: absolute.
    """
    conn = _connect(path.as_uri() + "?mode=ro")
    conn.execute("PRAGMA query_only = ON")
    conn.execute("PRAGMA trusted_schema = OFF")
    return conn


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Return a connection for the one writer; the file must exist. path: absolute."""
    conn = _connect(path.as_uri() + "?mode=rw")
    try:
        _prepare_to_write(conn)
    except BaseException:
        conn.close()
        raise
    return conn


def _prepare_to_write(conn: sqlite3.Connection) -> None:
    # EXTRA also syncs the folder after the journal is gone: without it a power cut may
    # bring the journal back, and with it the state before the last act.
    conn.execute("PRAGMA synchronous = EXTRA")
    # 16 MB: an act touches a dozen pages, anywhere in the file.
    conn.execute("PRAGMA cache_size = -16000")
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA fullfsync = ON")
    if sys.version_info >= (3, 12):
        conn.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    register_functions(conn)


@contextmanager
def transaction(conn: sqlite3.Connection, *, is_writing: bool = True) -> Iterator[None]:
    """Do what stands inside in one transaction: all of it, or, on any error, nothing.

    is_writing: take the write lock at once rather than find out halfway that another
    program has it.
    """
    conn.execute("BEGIN IMMEDIATE" if is_writing else "BEGIN")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        # On a full disk, for one, SQLite has done so itself; twice would be an error.
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


def settle_journal(conn: sqlite3.Connection) -> None:
    """Bring the file back to a rollback journal, unless another program is in the way.

    QGIS switches a file it edits to a write-ahead log; while it has the file open, that
    stays so, and is as durable. Waits for nobody.
    """
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        conn.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
    finally:
        conn.execute(f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT_S * 1000)}")


def _connect(uri: str) -> sqlite3.Connection:
    conn = sqlite3.connect(
        uri,
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        # The writer's thread takes over after loading; there is never more than one at a time.
        check_same_thread=False,
    )
    # A damaged text is for check to tell; it must not keep the rest from being read.
    conn.text_factory = decoded
    conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    conn.execute("PRAGMA mmap_size = 0")
    conn.execute("PRAGMA cell_size_check = ON")
    return conn


def decoded(text: bytes) -> str:
    """Return a text of the file; bytes that are no UTF-8 become replacement characters."""
    return text.decode("utf-8", "replace")
