"""The hashes that chain the acts of a plot's log: what an export of the log holds besides."""

from contextlib import closing
from pathlib import Path

from channelplot.store.connection import connect_to_read, transaction
from channelplot.store.faults import faults_of
from channelplot.store.tables import EDIT_LOG


def read_hashes(path: Path) -> dict[int, str]:
    """Return the hash of every act in the log, by its number, as it stands on disk.

    On a connection of its own, and without another look at the file: any thread may ask,
    and the plot may be open for writing in this process. Raises PlotFileError.
    """
    with (
        faults_of(path),
        closing(connect_to_read(path)) as conn,
        transaction(conn, is_writing=False),
    ):
        return dict(conn.execute(f"SELECT seq, hash FROM {EDIT_LOG.name}").fetchall())
