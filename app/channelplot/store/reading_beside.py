"""More connections to the state of a plot file that one is reading: two threads read at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from channelplot.store.connection import (
    STEPS_OVER_PLAIN_ROWS,
    connect_to_read,
    patiently,
    size_bytes,
)

WORTH_BYTES: Final = 16_000_000
"""A smaller file is read before another connection would be of use."""
_CONNECTIONS: Final = 2
_KEEP_READERS_OUT_OF_WRITING: Final = frozenset({"delete", "truncate", "persist"})
"""Journals with which nobody changes a file while one reads it."""


@contextmanager
def reading_beside(
    conn: sqlite3.Connection, path: Path
) -> Iterator[tuple[sqlite3.Connection, ...]]:
    """Give connections that only read the state that a transaction of conn has begun to read.

    None for a small file, and where it can't be told that the state is the same: with a
    write-ahead log, or when somebody waits to write, for whom a new reader would have to wait.
    They are stopped, like ``patiently``, when reading takes too long, but looked at seldom: they
    are for statements that work out nothing that the file brings along.
    """
    with ExitStack() as stack:
        beside: tuple[sqlite3.Connection, ...] = ()
        if size_bytes(conn) >= WORTH_BYTES and _journal(conn) in _KEEP_READERS_OUT_OF_WRITING:
            try:
                beside = tuple(
                    stack.enter_context(_same_state(conn, path)) for _ in range(_CONNECTIONS)
                )
            except _CannotTell:
                stack.close()
        yield beside


class _CannotTell(Exception):
    """Another connection can't be had now, or does not read the same."""


@contextmanager
def _same_state(conn: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    with ExitStack() as stack:
        try:
            beside = stack.enter_context(closing(connect_to_read(path)))
            beside.execute("PRAGMA busy_timeout = 0")
            beside.execute("BEGIN")
            if _state(beside) != _state(conn):
                raise _CannotTell
        except sqlite3.Error as error:
            raise _CannotTell from error
        stack.enter_context(patiently(beside, STEPS_OVER_PLAIN_ROWS))
        yield beside


def _state(conn: sqlite3.Connection) -> tuple[object, ...]:
    """Return what is another in another file, or in another state of this one."""
    (log,) = conn.execute(
        "SELECT group_concat(seq || hash) FROM (SELECT seq, hash FROM edit_log"
        " ORDER BY seq DESC LIMIT 1)"
    ).fetchone()
    return (_journal(conn), size_bytes(conn), log)


def _journal(conn: sqlite3.Connection) -> str:
    return str(conn.execute("PRAGMA journal_mode").fetchone()[0])
