"""Whether a database is whole, as far as SQLite can tell: its pages and its spatial indexes.

Bits that flipped within the payload of a row can't be seen so: backups and the log answer that.
"""

import sqlite3
from contextlib import closing
from typing import Final

from channelplot.store.connection import patiently, size_bytes

MOST_COPIED_BYTES: Final = 256_000_000
"""A larger file is not copied into memory to look at the constraints of its rows."""

_VERDICT_OK: Final = "ok"
_RTREE: Final = "create virtual table %using rtree(%"


def damage_of(conn: sqlite3.Connection) -> str | None:
    """Return the first thing that is wrong in SQLite's words, None for a sound database.

    ``quick_check``, then ``rtreecheck`` of every spatial index in the file, of whatever layer.
    """
    return page_damage_of(conn) or index_damage_of(conn)


def is_large(conn: sqlite3.Connection) -> bool:
    """Return whether a file is so large that looking at its indexes is put off.

    A million positions take some seconds, and nothing that reads the file needs an index.
    """
    return size_bytes(conn) > MOST_COPIED_BYTES


def page_damage_of(conn: sqlite3.Connection) -> str | None:
    """Return the first thing that is wrong with the pages of a database, None for nothing."""
    verdict = str(conn.execute("PRAGMA quick_check(1)").fetchone()[0])
    return None if verdict == _VERDICT_OK else verdict


def index_damage_of(conn: sqlite3.Connection) -> str | None:
    """Return the first thing that is wrong with a spatial index, None for nothing."""
    indexes = conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE ?", (_RTREE,)
    )
    for (name,) in indexes.fetchall():
        verdict = str(conn.execute("SELECT rtreecheck(?)", (name,)).fetchone()[0])
        if verdict != _VERDICT_OK:
            return f"{name}: {verdict}"
    return None


def broken_constraint(conn: sqlite3.Connection) -> str | None:
    """Return the first row constraint that does not hold in SQLite's words, None for none.

    SQLite does not even read the constraints of a file that may not be written to: so they are
    looked at in a copy in memory, which costs three times as much. One that takes for ever is
    stopped (SQLITE_INTERRUPT), so that nothing that looks at the file later stands still over it.
    """
    if is_large(conn):
        return None
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        conn.backup(copy)
        copy.execute("PRAGMA trusted_schema = OFF")
        with patiently(copy):
            verdict = str(copy.execute("PRAGMA quick_check(1)").fetchone()[0])
    return None if verdict == _VERDICT_OK else verdict
