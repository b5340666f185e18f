"""New plot files and copies: complete under their name, or not there at all."""

import errno
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import Change, difference
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.connection import connect_to_write, settle_journal, transaction
from channelplot.store.faults import faults_of, refused_by
from channelplot.store.lock import LockHolder, PlotLock
from channelplot.store.save import write_act
from channelplot.store.schema import create_schema

_NO_HARD_LINKS: Final = frozenset(
    {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS}
)

LONGEST_NAME_BYTES: Final = 245
"""Of a plot's file: disks allow 255, and ``-journal`` and ``.backups`` come behind it."""
PAGES_AT_ONCE: Final = 256
"""Of 4 kB, copied between two looks at whether somebody waits: 1 MB, about a millisecond."""
DRAFT_SUFFIX: Final = ".part"


def write_new(path: Path, plot: Plot, act: ActRecord) -> None:
    """Make a plot file that holds a plot, with the act as the first of its log.

    path: absolute; nothing may stand there (PlotFileError EXISTS).
    """
    with faults_of(path), file_beside(path) as temporary:
        _require_free(path)
        with closing(connect_to_write(temporary)) as conn:
            create_schema(conn, act.at_utc, is_example=plot.is_example)
            with transaction(conn):
                write_act(conn, difference(Plot(), plot), act)
        put_in_place(temporary, path, replace=False)


def write_copy(
    source: sqlite3.Connection,
    source_path: Path,
    path: Path,
    extra: Sequence[tuple[Change, ActRecord]],
    *,
    replace: bool,
    require: Callable[[sqlite3.Connection], object] = lambda _: None,
) -> None:
    """Copy a plot through its own connection, add acts to the copy, and check the copy.

    path: absolute; what stands there stays (EXISTS) unless it may be replaced. A plot
    that is open, here (EXISTS) or elsewhere (LOCKED), is not replaced. require: raises what else
    is wrong with the copy of the file, before acts are added to it. FOREIGN: the file has what
    refuses these.
    """
    with (
        faults_of(path),
        _free_to_write(path, source_path, replace=replace),
        file_beside(path) as temporary,
    ):
        with closing(connect_to_write(temporary)) as conn:
            # A read lock first: the backup call itself would wait for ever to get one.
            with transaction(source, is_writing=False):
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(conn)
            settle_journal(conn)
            require(conn)
            with refused_by(source_path):
                for change, act in extra:
                    with transaction(conn):
                        write_act(conn, change, act)
            verdict = conn.execute("PRAGMA quick_check").fetchone()[0]
        if verdict != "ok":
            raise PlotFileError(PlotFileFault.DAMAGED, source_path, str(verdict))
        put_in_place(temporary, path, replace=replace)


def copy_pages(
    source: sqlite3.Connection,
    draft: Path,
    give_way: Callable[[], bool],
    require: Callable[[], None] = lambda: None,
) -> bool:
    """Copy a plot as it stands into an empty file; return False where it gave way before the end.

    source: the writer's own connection, so that no lock is waited for. give_way: asked every
    few milliseconds. require: raises what is wrong with the plot as it is copied. The copy is
    neither checked nor synced. Raises what SQLite raises.
    """

    def require_time(*_: int) -> None:
        if give_way():
            raise _GaveWay

    with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
        # A draft that is not finished is thrown away: it needs no journal.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute(f"PRAGMA cache_size = {PAGES_AT_ONCE}")
        try:
            with transaction(source, is_writing=False):
                require_time()
                # A read lock first: the backup call itself would wait for ever to get one.
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                require()
                source.backup(copy, pages=PAGES_AT_ONCE, progress=require_time)
        except _GaveWay:
            return False
    return True


def draft_beside(path: Path) -> Path:
    """Return an empty file, new in the same folder, that ``put_in_place`` gives its name."""
    draft = path.with_name(f".{secrets.token_hex(8)}{DRAFT_SUFFIX}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
    return draft


def remove_draft(draft: Path) -> None:
    """Remove what is left of a draft, if anything is."""
    draft.unlink(missing_ok=True)
    draft.with_name(draft.name + "-journal").unlink(missing_ok=True)


@contextmanager
def file_beside(path: Path) -> Iterator[Path]:
    """Give an empty file in the same folder; what is left of it afterwards is removed."""
    draft = draft_beside(path)
    try:
        yield draft
    finally:
        remove_draft(draft)


class _GaveWay(Exception):
    """Raised to end a copy before all of it is there."""


@contextmanager
def _free_to_write(path: Path, source_path: Path, *, replace: bool) -> Iterator[None]:
    if not replace or not os.path.lexists(path):
        _require_free(path)
        yield
        return
    if source_path.exists() and path.samefile(source_path):
        raise PlotFileError(PlotFileFault.EXISTS, path)
    lock = PlotLock.take(path)
    if isinstance(lock, LockHolder):
        raise PlotFileError(PlotFileFault.LOCKED, path)
    try:
        yield
    finally:
        lock.release()


def _require_free(path: Path) -> None:
    if len(os.fsencode(path.name)) > LONGEST_NAME_BYTES:
        raise PlotFileError(PlotFileFault.NAME_TOO_LONG, path)
    if os.path.lexists(path):
        raise PlotFileError(PlotFileFault.EXISTS, path)


def put_in_place(temporary: Path, path: Path, *, replace: bool) -> None:
    """Put a complete file under its name, on disk before this returns."""
    sync(temporary)
    if replace:
        temporary.replace(path)
    else:
        try:
            # Unlike renaming, linking refuses a name that is taken, whoever was first.
            os.link(temporary, path)
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
            _require_free(path)
            temporary.rename(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Let the disk have what was written to a file or folder before this returns."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
