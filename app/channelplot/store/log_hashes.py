"""The hashes that chain the acts of a plot's log: what an export of the log holds besides."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from channelplot.store.connection import connect_to_read, transaction
from channelplot.store.faults import faults_of
from channelplot.store.tables import EDIT_LOG


def read_hashes(path: Path) -> dict[int, str]:
    """Return the hash of every act in the log, by its number, as it stands on disk.

    On a connection of its own, and without another look at the file: any thread may ask,
    and the plot may be open for writing in this process. Raises PlotFileError.
    """
    with _reading(path) as conn:
        return dict(conn.execute(f"SELECT seq, hash FROM {EDIT_LOG.name}").fetchall())


def read_hash(path: Path, seq: int) -> str | None:
    """Return the hash of one act, None where the log has none of that number, as the others."""
    with _reading(path) as conn:
        row = conn.execute(f"SELECT hash FROM {EDIT_LOG.name} WHERE seq = ?", (seq,)).fetchone()
    return None if row is None else str(row[0])


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with (
        faults_of(path),
        closing(connect_to_read(path)) as conn,
        transaction(conn, is_writing=False),
    ):
        yield conn
