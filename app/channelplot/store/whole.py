"""Whether a plot is all there: its log up to an act that was saved, and every row can be read.

A copy or a backup is called so only then: SQLite finds nothing wrong with another plot, nor with
a value that no column here is for.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileError
from channelplot.store.connection import connect_to_read, decoded, transaction
from channelplot.store.faults import faults_of
from channelplot.store.first_look import first_look, require_ours
from channelplot.store.geometry import register_functions
from channelplot.store.load import require_readable
from channelplot.store.log import LoggedAct
from channelplot.store.outside import log_outside, replayable, require_log_of
from channelplot.store.upgrade import up_to_date

_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


def require_whole(conn: sqlite3.Connection, path: Path, last: LoggedAct | None = None) -> None:
    """Raise PlotFileError about the file at path unless a plot is all there.

    MOVED without an act that must be in its log (last), DAMAGED for a row that can't be read,
    naming it. conn: with no transaction.
    """
    with transaction(conn, is_writing=False), up_to_date(conn, path) as present:
        require_log_of(present, path, last)
        require_readable(present, path)


def can_be_put_right(path: Path) -> bool:
    """Return whether opening a plot puts right what can't be read in it; the file stays as it is.

    path: absolute.
    """
    try:
        if first_look(path):
            return False
        with (
            faults_of(path),
            closing(connect_to_read(path)) as source,
            closing(sqlite3.connect("", isolation_level=None)) as copy,
        ):
            with transaction(source, is_writing=False):
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(copy)
            copy.text_factory = decoded
            register_functions(copy)
            with replayable(path), transaction(copy):
                require_ours(copy, path)
                log_outside(copy, _ANY_TIME)
                require_readable(copy, path)
    except PlotFileError:
        return False
    return True
