"""The file on a network that a local copy publishes itself to: how it stands, and writing it.

Whoever reads it there finds the last publication whole: it is replaced, never written to. What
others have put into it since is never replaced.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.connection import (
    connect_to_read,
    connect_to_write,
    settle_journal,
    transaction,
)
from channelplot.store.copies import sync
from channelplot.store.faults import faults_of
from channelplot.store.first_look import first_look
from channelplot.store.log import broken_links
from channelplot.store.replay import log_differences
from channelplot.store.tables import EDIT_LOG
from channelplot.store.upgrade import up_to_date

_NO_PLOT: Final = frozenset(
    {
        PlotFileFault.NOT_A_FILE,
        PlotFileFault.NOT_GEOPACKAGE,
        PlotFileFault.OTHER_PROGRAM,
        PlotFileFault.DAMAGED,
        PlotFileFault.TOO_NEW,
    }
)
"""What somebody else must have put there: left alone."""

Stamp = tuple[int, int, int]
"""Number, size and time of change of a file."""

Log = tuple[tuple[int, str], ...]
"""Number and hash of every act of a log, the oldest first."""


class Standing(StrEnum):
    """How a published file stands to the local copy.

    ABSENT: nothing is there. BEHIND: all of it is in the local copy. AHEAD: it has all of the
    local copy, and more. APART: each has something that the other has not, or it is no plot.
    """

    ABSENT = "absent"
    BEHIND = "behind"
    AHEAD = "ahead"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Print:
    """What a file is known by: its size, the time of its last change, and its SHA-256."""

    size_bytes: int
    changed_at_ns: int
    sha256: str


def print_of(path: Path) -> Print:
    """Return what a file is known by. It must not be a live plot of ours. Raises OSError."""
    status = path.stat()
    return Print(status.st_size, status.st_mtime_ns, _sha256(path))


def standing(published: Path, local: Path, known: Print | None) -> Standing:
    """Return how a published file stands to the local copy.

    known: of what the local copy itself left there last. A journal that a writer left beside the
    file is settled first: it would be played into whatever comes to stand under the name.
    Raises PlotFileError where that can't be said: FOLDER_MISSING for a network that is away,
    LOCKED for somebody who writes to it just now, and others.
    """
    with faults_of(published):
        if not published.parent.is_dir():
            raise PlotFileError(PlotFileFault.FOLDER_MISSING, published)
        if not os.path.lexists(published):
            return Standing.ABSENT
        if known is not None and not _has_journal(published) and _is(published, known):
            return Standing.BEHIND
    try:
        first_look(published)
        if _has_journal(published):
            _settle(published)
        theirs, ours = log_of(published), log_of(local)
        if theirs == ours[: len(theirs)] and _is_as_logged(published):
            return Standing.BEHIND
        if ours == theirs[: len(ours)] and _has_whole_log(published) and _is_as_logged(local):
            return Standing.AHEAD
    except PlotFileError as error:
        if error.fault not in _NO_PLOT or error.path != published:
            raise
    return Standing.APART


def log_of(path: Path) -> Log:
    """Return numbers and hashes of the acts of a plot file. Raises PlotFileError."""
    with faults_of(path), closing(connect_to_read(path)) as conn:
        rows = conn.execute(f"SELECT seq, hash FROM {EDIT_LOG.name} ORDER BY seq").fetchall()
    return tuple((int(seq), str(act_hash)) for seq, act_hash in rows)


def stamp_of(path: Path) -> Stamp | None:
    """Return what tells that nobody has changed a file in between, None for no file."""
    with faults_of(path):
        try:
            status = path.stat()
        except FileNotFoundError:
            return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def put(source: Path, published: Path, key: str, before: Stamp | None) -> Print:
    """Put a plot under a published name, whole or not at all, and return what it is known by.

    source: a closed plot file. key: of the local copy; what a publication that was killed left
    beside the file is replaced by the next. before: the stamp of the file when its standing was
    found out; one that has changed since is not replaced (LOCKED). What is written is read again
    before it takes the name. Raises PlotFileError; what was there is there as it was then.
    """
    with faults_of(published), _beside(published, key) as temporary:
        shutil.copyfile(source, temporary)
        with contextlib.suppress(OSError):  # whoever could write to it shall still be able to
            shutil.copymode(published, temporary)
        sync(temporary)
        known = print_of(temporary)
        if known.sha256 != _sha256(source):
            raise PlotFileError(PlotFileFault.INPUT_OUTPUT, published, "it was not what was sent")
        if _has_journal(published) or stamp_of(published) != before:
            raise PlotFileError(PlotFileFault.LOCKED, published)
        temporary.replace(published)
        with contextlib.suppress(OSError):  # many network file systems can't sync a folder
            sync(published.parent)
    return known


def _is(path: Path, known: Print) -> bool:
    """Return whether a file is the known one; its bytes are asked where its time is another."""
    status = path.stat()
    if status.st_size != known.size_bytes:
        return False
    return status.st_mtime_ns == known.changed_at_ns or _sha256(path) == known.sha256


def _has_whole_log(path: Path) -> bool:
    with faults_of(path), closing(connect_to_read(path)) as conn:
        return not any(broken_links(conn))


def _is_as_logged(path: Path) -> bool:
    """Return whether everything in a plot file is told by its log, and the log is whole."""
    with (
        faults_of(path),
        closing(connect_to_read(path)) as reading,
        transaction(reading, is_writing=False),
        up_to_date(reading, path) as conn,
    ):
        try:
            return not any(log_differences(conn)) and not any(broken_links(conn))
        except (ValueError, TypeError):
            return False


def _settle(path: Path) -> None:
    """Finish what a writer that is gone left in a journal. Raises PlotFileError LOCKED if not."""
    with faults_of(path), closing(connect_to_write(path)) as conn:
        settle_journal(conn)
    if _has_journal(path):
        raise PlotFileError(PlotFileFault.LOCKED, path)


def _has_journal(path: Path) -> bool:
    return any(os.path.lexists(f"{path}{ending}") for ending in ("-journal", "-wal"))


@contextmanager
def _beside(published: Path, key: str) -> Iterator[Path]:
    temporary = published.with_name(f".{published.name}.{key}.part")
    try:
        yield temporary
    finally:
        with contextlib.suppress(OSError):  # the network may be gone; the next one replaces it
            temporary.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
