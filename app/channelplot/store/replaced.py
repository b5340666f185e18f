"""What stands under a plot's name: another file in its place, or one that has other names too."""

import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileError
from channelplot.store.connection import connect_to_read, transaction
from channelplot.store.copies import DRAFT_SUFFIX
from channelplot.store.faults import faults_of
from channelplot.store.first_look import first_look
from channelplot.store.log import LoggedAct, read_acts
from channelplot.store.writing import writing_connection

_DRAFT: Final = re.compile(rf"\.[0-9a-f]{{16}}{re.escape(DRAFT_SUFFIX)}")


def connection_to_copy(path: Path, last: LoggedAct) -> sqlite3.Connection | None:
    """Return the writer's connection to a copy of its plot that has taken the plot's place.

    None unless that is a sound plot that may be written to and whose log ends in the writer's last
    act: a program that copies files to and from elsewhere puts such a one there, and nothing of
    ours is missing in it. The writer holds the plot's lock, which goes by the name.
    """
    try:
        if not _ends_in(path, last) or first_look(path) or has_other_name(path):
            return None
        conn = writing_connection(path)
    except (PlotFileError, ValueError, TypeError):
        return None  # What can't be read is no copy of ours.
    return conn if isinstance(conn, sqlite3.Connection) else None


def has_other_name(path: Path) -> bool:
    """Return whether a file stands under two names (hard links): two locks and two journals.

    A name that a plot was being made under when its maker was killed is taken away first.
    """
    if _number_of_names(path) < 2:
        return False
    with suppress(OSError):
        for other in path.parent.iterdir():
            if _DRAFT.fullmatch(other.name) and other.samefile(path):
                other.unlink()
    return _number_of_names(path) > 1


def _number_of_names(path: Path) -> int:
    try:
        return path.stat().st_nlink
    except OSError:
        return 0  # Whoever opens it tells.


def _ends_in(path: Path, last: LoggedAct) -> bool:
    with (
        faults_of(path),
        closing(connect_to_read(path)) as conn,
        transaction(conn, is_writing=False),
    ):
        return next(read_acts(conn, last=1), None) == last
