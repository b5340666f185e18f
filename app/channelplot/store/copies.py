"""New plot files and copies: complete under their name, or not there at all."""

import errno
import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import Change, difference
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.connection import connect_to_write, settle_journal, transaction
from channelplot.store.faults import faults_of
from channelplot.store.lock import LockHolder, PlotLock
from channelplot.store.save import write_act
from channelplot.store.schema import create_schema

_NO_HARD_LINKS: Final = frozenset(
    {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS}
)


def write_new(path: Path, plot: Plot, act: ActRecord) -> None:
    """Make a plot file that holds a plot, with the act as the first of its log.

    path: absolute; nothing may stand there (PlotFileError EXISTS).
    """
    with faults_of(path), _file_beside(path) as temporary:
        _require_free(path)
        with closing(connect_to_write(temporary)) as conn:
            create_schema(conn, act.at_utc, is_example=plot.is_example)
            with transaction(conn):
                write_act(conn, difference(Plot(), plot), act)
        _move(temporary, path, replace=False)


def write_copy(
    source: sqlite3.Connection,
    source_path: Path,
    path: Path,
    extra: Sequence[tuple[Change, ActRecord]],
    *,
    replace: bool,
) -> None:
    """Copy a plot through its own connection, add acts to the copy, and check the copy.

    path: absolute; what stands there stays (EXISTS) unless it may be replaced. A plot
    that is open, here (EXISTS) or elsewhere (LOCKED), is not replaced.
    """
    with (
        faults_of(path),
        _free_to_write(path, source_path, replace=replace),
        _file_beside(path) as temporary,
    ):
        with closing(connect_to_write(temporary)) as conn:
            # A read lock first: the backup call itself would wait for ever to get one.
            with transaction(source, is_writing=False):
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(conn)
            settle_journal(conn)
            for change, act in extra:
                with transaction(conn):
                    write_act(conn, change, act)
            verdict = conn.execute("PRAGMA quick_check").fetchone()[0]
        if verdict != "ok":
            raise PlotFileError(PlotFileFault.DAMAGED, source_path, str(verdict))
        _move(temporary, path, replace=replace)


@contextmanager
def _file_beside(path: Path) -> Iterator[Path]:
    """Give an empty file in the same folder; what is left of it afterwards is removed."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
        temporary.with_name(temporary.name + "-journal").unlink(missing_ok=True)


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
    if os.path.lexists(path):
        raise PlotFileError(PlotFileFault.EXISTS, path)


def _move(temporary: Path, path: Path, *, replace: bool) -> None:
    """Put a complete file under its name, on disk before this returns."""
    _sync(temporary)
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
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
