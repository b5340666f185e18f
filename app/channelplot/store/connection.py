"""Connections to a plot file: the settings, and what must hold for each of them.

Python's ``sqlite3`` is the only library that touches a live plot. A second SQLite in the
same process (GDAL's, Qt's), or so much as ``open()`` and ``close()`` on the file, would
silently drop the locks that the first one holds.
"""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Final

from channelplot.store.geometry import register_functions

BUSY_TIMEOUT_S: Final = 5.0
LONGEST_VALUE_BYTES: Final = 50_000_000
"""Of a text or blob that a file makes us read, unless the file itself is larger."""
_LARGEST_LIMIT: Final = 2**31 - 1
"""Limits are told to SQLite in 32 bits; its own, a thousand million bytes, is smaller."""
PATIENCE_S: Final = 1.0
PATIENCE_S_PER_MB: Final = 0.5
"""So long, of this thread's own working time, reading a file may take; see ``patiently``. A plot of
50,000 reports takes a tenth of it."""
_STEPS_BETWEEN_LOOKS: Final = 100
"""Steps of SQLite's machine from one look at the clock to the next: a few rows, since what a file
has us work out for one row can be long."""
STEPS_OVER_PLAIN_ROWS: Final = 20_000
"""The same, some hundred rows, for statements of ours that only read what stands in a table: what
they do for one row takes no longer than reading it. A look waits for the interpreter, which
another thread may have."""
_ALLOWED_TO_READ: Final = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
    }
)
_CHANGES_OF_ROWS: Final = frozenset(
    {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}
)
_TOUCHED_BY_AN_INDEX: Final = ("_node", "_parent", "_rowid", "sqlite_master")
_PRAGMAS_THAT_TELL: Final = frozenset(
    {
        "application_id",
        "data_version",
        "encoding",
        "foreign_key_check",
        "freelist_count",
        "integrity_check",
        "journal_mode",
        "page_count",
        "page_size",
        "quick_check",
        "schema_version",
        "table_info",
        "table_xinfo",
        "user_version",
    }
)
_TAKE_A_NAME: Final = frozenset(
    {"foreign_key_check", "integrity_check", "quick_check", "table_info", "table_xinfo"}
)
_PRAGMAS_OF_A_CONNECTION: Final = frozenset({"busy_timeout", "cache_size", "shrink_memory"})
_NEVER_CALLED: Final = frozenset({"load_extension", "fts3_tokenizer"})


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write and runs nothing that the file brings along.

    No value in it is longer than ``LONGEST_VALUE_BYTES`` or the file, and nothing but reading is
    allowed, whoever asks for it. path: absolute.
    """
    conn = _connect(path.as_uri() + "?mode=ro")
    conn.execute("PRAGMA query_only = ON")
    conn.execute("PRAGMA trusted_schema = OFF")
    longest = min(max(LONGEST_VALUE_BYTES, _file_bytes(path)), _LARGEST_LIMIT)
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
    conn.set_authorizer(_only_reading)
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
    program has it. What only reads is stopped when it takes too long, as by ``patiently``.
    """
    conn.execute("BEGIN IMMEDIATE" if is_writing else "BEGIN")
    try:
        with nullcontext() if is_writing else patiently(conn):
            yield
        conn.execute("COMMIT")
    except BaseException:
        # On a full disk, for one, SQLite has done so itself; twice would be an error.
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


@contextmanager
def patiently(
    conn: sqlite3.Connection, steps_between_looks: int = _STEPS_BETWEEN_LOOKS
) -> Iterator[None]:
    """Stop reading (SQLITE_INTERRUPT) that takes far longer than a file of its size can.

    Only this thread's own working time counts: a view or a CHECK without end takes nothing else,
    while a slow disk, or a machine that is busy, is no reason not to open a plot. One step of
    SQLite's, such as a single call of a function, is not interrupted.
    """
    patience_s = PATIENCE_S + PATIENCE_S_PER_MB * size_bytes(conn) / 1e6
    end_s, soonest_s = time.thread_time() + patience_s, time.monotonic() + patience_s

    def is_too_long() -> bool:
        # A thread works no longer than time goes by, and that is much quicker to ask.
        return time.monotonic() > soonest_s and time.thread_time() > end_s

    conn.set_progress_handler(is_too_long, steps_between_looks)
    try:
        yield
    finally:
        conn.set_progress_handler(None, 0)


def size_bytes(conn: sqlite3.Connection) -> int:
    """Return how large the database is, as it is read."""
    (pages,) = conn.execute("PRAGMA page_count").fetchone()
    (page_bytes,) = conn.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(page_bytes)


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


def _file_bytes(path: Path) -> int:
    """Return the size of a file and of what a write-ahead log adds to it, 0 for none."""
    size = 0
    for each in (path, path.with_name(path.name + "-wal")):
        with suppress(OSError):
            size += each.stat().st_size
    return size


def _only_reading(
    action: int, first: str | None, second: str | None, database: str | None, inner: str | None
) -> int:
    """Return whether a statement may be prepared on a connection that only reads."""
    if action in _ALLOWED_TO_READ:
        is_allowed = True
    elif action == sqlite3.SQLITE_FUNCTION:
        is_allowed = second not in _NEVER_CALLED
    elif action == sqlite3.SQLITE_PRAGMA:
        is_allowed = first in _PRAGMAS_OF_A_CONNECTION or (
            first in _PRAGMAS_THAT_TELL and (second is None or first in _TAKE_A_NAME)
        )
    else:
        # A spatial index prepares changes when it is first read; nobody can carry them out here.
        is_allowed = action in _CHANGES_OF_ROWS and str(first).endswith(_TOUCHED_BY_AN_INDEX)
    return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY


def decoded(text: bytes) -> str:
    """Return a text of the file; bytes that are no UTF-8 become replacement characters."""
    return text.decode("utf-8", "replace")
