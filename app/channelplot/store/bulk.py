"""Very many new rows at once: the spatial index of a layer is filled once they are all there.

Its trigger calls five functions of ours for each row, which takes longer than the row itself.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from channelplot.store.geometry import envelope
from channelplot.store.tables import FID, GEOMETRY, Table
from channelplot.store.triggers import rtree_name, rtree_triggers

MANY: Final = 5_000
"""From so many new rows on it is worth it."""
_CACHE: Final = -64_000
"""In KiB: their identifiers come in no order, and the index of a million of them is this large."""


@contextmanager
def index_filled_afterwards(conn: sqlite3.Connection, table: Table) -> Iterator[None]:
    """Let rows be added to a layer without its index, which has them when the context ends.

    Inside one transaction, so that nobody ever sees one without the other.
    """
    (cache,) = conn.execute("PRAGMA cache_size").fetchone()
    conn.execute(f"PRAGMA cache_size = {_CACHE}")
    index = rtree_name(table.name)
    name = f"{index}_insert"
    (last,) = conn.execute(f"SELECT coalesce(max({FID}), 0) FROM {table.name}").fetchone()
    conn.execute(f"DROP TRIGGER {name}")
    yield
    new = conn.execute(
        f"SELECT {FID}, {GEOMETRY} FROM {table.name} WHERE {FID} > ? AND {GEOMETRY} NOT NULL",
        (last,),
    )
    boxes = ((fid, box) for fid, blob in new for box in (envelope(blob),) if box is not None)
    conn.executemany(
        f"INSERT INTO {index} VALUES (?, ?, ?, ?, ?)", ((fid, *box) for fid, box in boxes)
    )
    conn.execute(rtree_triggers(table.name)[name])
    # After an error it stays larger: to ask anything more of the file then may be another.
    conn.execute(f"PRAGMA cache_size = {cache}")
