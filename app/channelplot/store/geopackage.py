"""The open plot file: create, open, load, save, tell of others' changes, copy, close.

One connection, one transaction for each act. What ``save`` returns is on disk: the
transaction is committed, synced, and the file is still where it was.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from enum import StrEnum
from pathlib import Path
from typing import Self

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import Change
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.connection import (
    connect_to_read,
    connect_to_write,
    settle_journal,
    transaction,
)
from channelplot.store.copies import write_copy, write_new
from channelplot.store.faults import extended_code, faults_of, sqlite_fault
from channelplot.store.first_look import first_look, real_path
from channelplot.store.load import LoadedPlot, load_plot
from channelplot.store.lock import LockHolder, PlotLock
from channelplot.store.log import LoggedAct
from channelplot.store.save import write_act
from channelplot.store.upgrade import up_to_date, upgrade_file
from channelplot.store.withdrawn import Withdrawn, read_withdrawn


class ReadOnlyReason(StrEnum):
    """Why a plot is open without writing to it."""

    FILE = "file"
    FOLDER = "folder"
    LOCKED = "locked"
    FOREIGN = "foreign"
    OLD = "old"


class PlotFile:
    """An open plot file. Create it with ``create`` or ``open``; ``close`` it after use.

    Used by one thread at a time, not always the same. Every method raises PlotFileError
    for what the disk, another program or the file is to blame for; after a failure the
    same call may be tried again, and works once the cause is gone.

    read_only_reason: None while it can be written to; strange: with FOREIGN, the names of
    the triggers and views that kept it from that; locked_by: with LOCKED, who has it.
    """

    def __init__(
        self,
        path: Path,
        conn: sqlite3.Connection,
        *,
        lock: PlotLock | None = None,
        read_only_reason: ReadOnlyReason | None = None,
        locked_by: LockHolder | None = None,
        strange: tuple[str, ...] = (),
    ) -> None:
        """Take over an open connection and a lock; use ``create`` or ``open``."""
        self.path = path
        self.read_only_reason = read_only_reason
        self.locked_by = locked_by
        self.strange = strange
        self._conn = conn
        self._lock = lock
        self._identity = _identity(path)
        self._unconfirmed: tuple[Change, ActRecord, LoggedAct] | None = None
        try:
            with faults_of(path):
                self._data_version = self._read_data_version()
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, path: Path, plot: Plot, act: ActRecord) -> Self:
        """Return a new plot file that holds a plot, with the act as its first.

        Written under another name and then moved in place, so that a creation that is
        killed leaves no half plot. Raises PlotFileError: EXISTS when something is there
        already (it is left alone), FOLDER_MISSING, READ_ONLY, FULL and others.
        """
        write_new(path.absolute(), plot, act)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return an open plot file, read-only where it cannot or may not be written to.

        Raises PlotFileError for what is no plot, is damaged or too new; the file is not
        changed then. See ``first_look`` for what is looked at. A file of an earlier version
        that may be written to is brought up to date, and a copy of it as it was kept beside
        it; where that can't be done (a full disk), it is open to read only (OLD).
        """
        path = real_path(path)
        strange = first_look(path)
        if strange:
            return cls._open_to_read(path, ReadOnlyReason.FOREIGN, strange=strange)
        try:
            lock = PlotLock.take(path)
        except OSError:
            return cls._open_to_read(path, ReadOnlyReason.FOLDER)
        if isinstance(lock, LockHolder):
            return cls._open_to_read(path, ReadOnlyReason.LOCKED, locked_by=lock)
        try:
            conn = _writing_connection(path)
        except BaseException:
            lock.release()
            raise
        if isinstance(conn, ReadOnlyReason):
            lock.release()
            return cls._open_to_read(path, conn)
        return cls(path, conn, lock=lock)

    @classmethod
    def _open_to_read(
        cls,
        path: Path,
        reason: ReadOnlyReason,
        *,
        locked_by: LockHolder | None = None,
        strange: tuple[str, ...] = (),
    ) -> Self:
        with faults_of(path):
            conn = connect_to_read(path)
        return cls(path, conn, read_only_reason=reason, locked_by=locked_by, strange=strange)

    @property
    def is_read_only(self) -> bool:
        """Return whether the plot is open without writing to it."""
        return self.read_only_reason is not None

    def load(self) -> LoadedPlot:
        """Return what the file holds: the state between two acts, never half of one."""
        with faults_of(self.path), transaction(self._conn, is_writing=False):
            self._data_version = self._read_data_version()
            with up_to_date(self._conn, self.path) as conn:
                return load_plot(conn, self.path)

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Return what was withdrawn, the latest first, as it stands on disk.

        On a connection of its own: any thread may ask, whatever another is saving.
        """
        with (
            faults_of(self.path),
            closing(connect_to_read(self.path)) as reading,
            transaction(reading, is_writing=False),
            up_to_date(reading, self.path) as conn,
        ):
            return read_withdrawn(conn, self.path)

    def save(self, change: Change, act: ActRecord) -> LoggedAct:
        """Return an act as the log has it, once its rows and its log entry are on disk.

        Raises PlotFileError when they are not: nothing of the act is in the file then,
        except with MOVED, when it may be in a file that is no longer under the name.
        Trying again with the same change and act does not write it twice.
        """
        if self.is_read_only:
            raise PlotFileError(PlotFileFault.READ_ONLY, self.path)
        logged = self._already_saved(change, act)
        if logged is None:
            try:
                with faults_of(self.path), transaction(self._conn):
                    logged = write_act(self._conn, change, act)
            except PlotFileError as error:
                self._require_same_file(error.detail)
                raise
            self._unconfirmed = (change, act, logged)
        self._require_same_file()
        self._unconfirmed = None
        return logged

    def copy_to(
        self,
        path: Path,
        extra: Sequence[tuple[Change, ActRecord]] = (),
        *,
        replace: bool = False,
    ) -> None:
        """Write a checked copy of the plot, with acts that are not saved yet added to it.

        Works while the file itself is read-only, full, moved or deleted. An existing file
        is left alone (EXISTS) unless it may be replaced; a plot that is open never is.
        """
        missing = [(c, a) for c, a in extra if self._already_saved(c, a) is None]
        write_copy(self._conn, self.path, path.absolute(), missing, replace=replace)

    def changes_by_others(self) -> bool:
        """Return whether another program has written to the file.

        Since it was opened, last loaded, or this was last asked; our own acts do not count.
        """
        with faults_of(self.path):
            before, self._data_version = self._data_version, self._read_data_version()
            has_changed = before != self._data_version
            if has_changed and not self.is_read_only:
                settle_journal(self._conn)
        return has_changed

    def close(self) -> None:
        """Close the file and let others write to it. Closing twice is closing once."""
        if self._lock is not None:
            # A journal that stays as it is harms nobody; the next to open settles it.
            with suppress(sqlite3.Error):
                settle_journal(self._conn)
        self._conn.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _already_saved(self, change: Change, act: ActRecord) -> LoggedAct | None:
        """Return an act that was committed but could not be vouched for."""
        if self._unconfirmed is not None:
            known_change, known_act, logged = self._unconfirmed
            if known_change is change and known_act is act:
                return logged
        return None

    def _require_same_file(self, detail: str = "") -> None:
        """Raise PlotFileError (MOVED) unless what we write to still has the plot's name."""
        if _identity(self.path) != self._identity:
            raise PlotFileError(PlotFileFault.MOVED, self.path, detail)

    def _read_data_version(self) -> int:
        (version,) = self._conn.execute("PRAGMA data_version").fetchone()
        return int(version)


def _identity(path: Path) -> tuple[int, int] | None:
    """Return device and inode of what stands under the name, None for nothing."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _writing_connection(path: Path) -> sqlite3.Connection | ReadOnlyReason:
    """Return the connection of the writer, or why the file cannot be written to."""
    with faults_of(path):
        conn = connect_to_write(path)
        try:
            obstacle = _write_obstacle(conn)
            if obstacle is None:
                settle_journal(conn)
                upgrade_file(conn, path)
                return conn
        except PlotFileError:
            obstacle = ReadOnlyReason.OLD
        except BaseException:
            conn.close()
            raise
        conn.close()
        return obstacle


def _write_obstacle(conn: sqlite3.Connection) -> ReadOnlyReason | None:
    """Return why the file cannot be written to, found out by writing and taking it back.

    A disk that is full, or another program that writes just now, is no such reason: that
    passes.
    """
    try:
        with suppress(_TakenBack), transaction(conn):
            # It must differ: SQLite does not write what stands there already.
            conn.execute("UPDATE app_meta SET value = value || '?'")
            raise _TakenBack
    except sqlite3.OperationalError as error:
        if sqlite_fault(error) is not PlotFileFault.READ_ONLY:
            return None
        if extended_code(error) == sqlite3.SQLITE_READONLY:
            return ReadOnlyReason.FILE
        return ReadOnlyReason.FOLDER
    return None


class _TakenBack(Exception):
    """Raised to end a transaction without its changes."""
