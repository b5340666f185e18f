"""The open plot file: create, open, load, save, tell of others' changes, copy, close.

One connection, one transaction for each act. What ``save`` returns is on disk: the
transaction is committed, synced, and the file is still where it was.
"""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import Change
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.backing_up import draft_backup
from channelplot.store.connection import (
    connect_to_read,
    connect_to_write,
    settle_journal,
    transaction,
)
from channelplot.store.copies import write_copy, write_new
from channelplot.store.faults import extended_code, faults_of, refused_by
from channelplot.store.first_look import first_look, real_path, require_ours
from channelplot.store.folders import FolderKind, folder_kind
from channelplot.store.load import LoadedPlot, load_plot
from channelplot.store.lock import LockHold, LockHolder, PlotLock
from channelplot.store.log import LoggedAct
from channelplot.store.outside import (
    GaveWay,
    Look,
    giving_way,
    log_outside,
    replayable,
    require_log_of,
    write_lines,
)
from channelplot.store.reading_beside import reading_beside
from channelplot.store.recovery import has_unfinished_act
from channelplot.store.replaced import connection_to_copy, has_other_name
from channelplot.store.save import write_act
from channelplot.store.sharing import sharing
from channelplot.store.soundness import index_damage_of, is_large
from channelplot.store.stamp import stamp_of
from channelplot.store.upgrade import up_to_date
from channelplot.store.whole import require_whole
from channelplot.store.withdrawn import Withdrawn, read_withdrawn
from channelplot.store.writing import ReadOnlyReason as ReadOnlyReason
from channelplot.store.writing import writing_connection

_LOG: Final = logging.getLogger("channelplot.store")


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was found of a writer that did not close the plot.

    left_by: who that was, None where its lock was gone. had_unfinished_act: it ended within an
    act, of which nothing is in the file now.
    """

    left_by: LockHolder | None
    had_unfinished_act: bool


class PlotFile:
    """An open plot file. Create it with ``create`` or ``open``; ``close`` it after use.

    Used by one thread at a time, not always the same. Every method raises PlotFileError
    for what the disk, another program or the file is to blame for; after a failure the
    same call may be tried again, and works once the cause is gone.

    read_only_reason: None while it can be written to; strange: with FOREIGN, the names of
    the triggers and views that kept it from that; locked_by: with LOCKED and LOCK_UNSURE, who
    has it, or may have. recovered: None when the last to write to it closed it properly.
    logged_before: what another program had changed when the last act was saved, logged before it;
    the next look loads that. logged_parts: of the last act that was saved, where it is told in
    several rows of the log, all but the last.
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
        recovered: Recovered | None = None,
    ) -> None:
        """Take over an open connection and a lock; use ``create`` or ``open``."""
        self.path = path
        self.read_only_reason = read_only_reason
        self.locked_by = locked_by
        self.strange = strange
        self.recovered = recovered
        self.logged_before: LoggedAct | None = None
        self.logged_parts: tuple[LoggedAct, ...] = ()
        self._conn = conn
        self._lock = lock
        self._identity = _identity(path)
        self._stamp = stamp_of(path)
        self._unconfirmed: tuple[Change, ActRecord, LoggedAct] | None = None
        self._last_act: LoggedAct | None = None
        self._is_log_checked = False
        self._is_unseen = False
        self._is_constraint_told = False
        self._are_indexes_known = False
        try:
            with faults_of(path):
                self._known_version = self._read_data_version()
                self._known_schema = self._read_schema_version()
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
    def open(cls, path: Path, *, take_over: bool = False, in_any_folder: bool = False) -> Self:
        """Return an open plot file, read-only where it cannot or may not be written to.

        Raises PlotFileError for what is no plot, is damaged or too new; the file is not
        changed then. See ``first_look`` for what is looked at. A file of an earlier version
        that may be written to is brought up to date, and a copy of it as it was kept beside
        it; where that can't be done (a full disk), it is open to read only (OLD). take_over:
        somebody has said that nobody else has it open (LOCK_UNSURE). in_any_folder: it may be
        written to on a network and in a synced folder too: the local copy of a published plot.
        """
        path = real_path(path)
        had_unfinished_act = _was_left_within_an_act(path)
        strange = first_look(path)
        if strange:
            return cls._open_to_read(path, ReadOnlyReason.FOREIGN, strange=strange)
        try:
            lock = PlotLock.take(path, take_over=take_over)
        except OSError:
            return cls._open_to_read(path, ReadOnlyReason.FOLDER)
        if isinstance(lock, LockHolder):
            is_live = lock.hold is LockHold.LIVE
            reason = ReadOnlyReason.LOCKED if is_live else ReadOnlyReason.LOCK_UNSURE
            return cls._open_to_read(path, reason, locked_by=lock)
        elsewhere = None if in_any_folder else _ELSEWHERE.get(folder_kind(path))
        if elsewhere is None and has_other_name(path):
            elsewhere = ReadOnlyReason.LINKED
        if elsewhere is not None:
            lock.release()
            return cls._open_to_read(path, elsewhere)
        try:
            conn = writing_connection(path)
        except BaseException:
            lock.release()
            raise
        if isinstance(conn, ReadOnlyReason):
            lock.release()
            return cls._open_to_read(path, conn)
        recovered = None
        if lock.left_by is not None or had_unfinished_act:
            recovered = Recovered(lock.left_by, had_unfinished_act)
        return cls(path, conn, lock=lock, recovered=recovered)

    @classmethod
    def open_shipped(cls, path: Path) -> Self:
        """Return an open plot file that ships with the program: read-only, with no lock beside it.

        Raises PlotFileError.
        """
        path = real_path(path)
        first_look(path)
        return cls._open_to_read(path, ReadOnlyReason.FILE)

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

    def load(self, at_utc: datetime | None = None) -> LoadedPlot:
        """Return what the file holds: the state between two acts, never half of one.

        at_utc: now, to put a row right that can't be read, as a look does, where the plot may be
        written to and its log knows what stood there; without it such a row is left and told.
        Raises PlotFileError: DAMAGED naming it, MOVED where another plot was written over the
        one that was open.
        """
        try:
            return self._loaded()
        except PlotFileError as error:
            if at_utc is None or self.is_read_only or error.fault is not PlotFileFault.DAMAGED:
                raise
            try:
                look = self._look_to_write(Plot(), at_utc, is_again=True, give_way=lambda: False)
            except PlotFileError:
                raise error from None
            assert look.loaded is not None, "it was asked for"
            self._last_act = look.loaded.acts[-1]
            return look.loaded

    def _loaded(self) -> LoadedPlot:
        self._read_anew()
        with faults_of(self.path), transaction(self._conn, is_writing=False):
            version = self._read_data_version()
            with up_to_date(self._conn, self.path) as conn:
                loaded = self._loaded_from(conn)
        if self.is_read_only:
            self._known_version = version
        return loaded

    def look(
        self,
        known: Plot,
        at_utc: datetime,
        *,
        is_again: bool = False,
        give_way: Callable[[], bool] = lambda: False,
    ) -> Look:
        """Return what others did to the file since the last look, once that is in its log.

        Open for writing: what another program changed is logged as one act; the first look finds
        what was changed while the plot was closed, too. Open to read: what the writer saved, also
        where the file was replaced by a newer one of the same plot. known: the plot that the
        caller has, which shares with the loaded one what is equal. at_utc: now. is_again: the
        answer to the last look was not used. give_way: returns whether an act waits to be saved,
        which goes first. Raises PlotFileError for what is wrong with the file; nothing was logged
        then, and the next look tries again.
        """
        if self.is_read_only:
            return self._look_to_read(known, is_again=is_again)
        self._require_ours()
        try:
            return self._look_to_write(known, at_utc, is_again=is_again, give_way=give_way)
        except GaveWay:
            return Look(gave_way=True)

    def _look_to_write(
        self, known: Plot, at_utc: datetime, *, is_again: bool, give_way: Callable[[], bool]
    ) -> Look:
        def poll() -> None:
            if give_way():
                raise GaveWay

        self._read_anew()
        with faults_of(self.path):
            is_changed = self._read_data_version() != self._known_version
            if is_changed:
                settle_journal(self._conn)
            is_wanted = is_changed or is_again or self._is_unseen
            if self._is_log_checked and not is_wanted:
                return Look()
            with (
                replayable(self.path),
                transaction(self._conn),
                giving_way(self._conn, give_way),
            ):
                version = self._read_data_version()
                self._require_as_built(version)
                self._require_whole_indexes()
                require_log_of(self._conn, self.path, self._last_act)
                logged = log_outside(self._conn, at_utc, poll)
                is_wanted |= logged is not None or version != self._known_version
                loaded = load_plot(self._conn, self.path) if is_wanted else None
                if loaded is not None:
                    write_lines(self._conn, loaded.plot, at_utc)
        self._known_version, self._stamp = version, stamp_of(self.path)
        self._is_log_checked = True
        self._is_unseen = False
        self._last_act = logged or self._last_act
        return Look(None if loaded is None else sharing(known, loaded), logged)

    def _look_to_read(self, known: Plot, *, is_again: bool) -> Look:
        is_locked = self.read_only_reason in (ReadOnlyReason.LOCKED, ReadOnlyReason.LOCK_UNSURE)
        is_free = is_locked and PlotLock.is_free(self.path)
        try:
            with faults_of(self.path):
                self._is_unseen |= self._is_replaced()
                is_new = is_again or self._is_unseen
                if not is_new:
                    is_new = self._read_data_version() != self._known_version
            loaded = sharing(known, self.load()) if is_new else None
        except PlotFileError as error:
            # The writer was killed within an act; whoever opens the plot next takes that back.
            is_trouble = self._is_unseen or _code_of(error) != sqlite3.SQLITE_READONLY_ROLLBACK
            return Look(is_free=is_free, trouble=error if is_trouble else None)
        self._is_unseen = False
        return Look(loaded, is_free=is_free)

    def _is_replaced(self) -> bool:
        """Return whether another file has the plot's name now, and connect to that."""
        identity = _identity(self.path)
        if identity == self._identity:
            return False
        first_look(self.path)
        conn = connect_to_read(self.path)
        self._conn.close()
        self._conn, self._identity = conn, identity
        return True

    def _loaded_from(self, conn: sqlite3.Connection) -> LoadedPlot:
        require_log_of(conn, self.path, self._last_act)
        with ExitStack() as stack:
            beside: tuple[sqlite3.Connection, ...] = ()
            if conn is self._conn:
                beside = stack.enter_context(reading_beside(conn, self.path))
            is_same = _identity(self.path) == self._identity
            loaded = load_plot(conn, self.path, beside if is_same else ())
        # The pages that were read last, up to 16 MB: an act needs a dozen.
        conn.execute("PRAGMA shrink_memory")
        self._last_act = loaded.acts[-1] if loaded.acts else None
        return loaded

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
        self._require_ours()
        logged = self._already_saved(change, act)
        if logged is None:
            try:
                self._read_anew()
                with refused_by(self.path), faults_of(self.path), transaction(self._conn):
                    self._require_whole_indexes()
                    version, before = self._outside_logged(act.at_utc)
                    *parts, logged = write_act(self._conn, change, act)
            except PlotFileError as error:
                self._tell_of_constraint(error)
                self._require_same_file(error.detail)
                raise
            self._is_unseen |= version != self._known_version
            self._known_version, self._stamp = version, stamp_of(self.path)
            self._last_act = logged
            self.logged_before, self.logged_parts = before, tuple(parts)
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
        is left alone (EXISTS) unless it may be replaced; a plot that is open never is. Raises
        PlotFileError, too, where the file has no longer what was saved to it (MOVED), can't be
        read, or holds rules of another program (FOREIGN).
        """
        self._read_anew()
        missing = [(c, a) for c, a in extra if self._already_saved(c, a) is None]
        write_copy(
            self._conn,
            self.path,
            path.absolute(),
            missing,
            replace=replace,
            require=self._require_copy,
        )

    def back_up(self, give_way: Callable[[], bool]) -> Path | None:
        """Return a draft of a backup, for ``finish_backup``; None where it gave way to an act.

        give_way: asked every few milliseconds whether somebody waits. Raises PlotFileError, MOVED
        where the file has no longer what was saved to it.
        """
        self._read_anew()
        return draft_backup(self._conn, self.path, give_way, self._last_act)

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

    def _require_ours(self) -> None:
        """Raise PlotFileError unless we write to what has the plot's name, and nobody else does.

        A copy that has taken its place, with nothing of ours missing, is gone on with; a lock file
        that was removed is made again. MOVED for another file or none, TAKEN for another's lock.
        """
        identity = _identity(self.path)
        if identity not in (None, self._identity) and self._last_act is not None:
            conn = connection_to_copy(self.path, self._last_act)
            if conn is not None:
                self._conn.close()
                self._conn, self._identity, self._stamp = conn, identity, stamp_of(self.path)
                self._known_version = self._known_schema = _NO_VERSION
                self._is_log_checked, self._is_unseen = False, True
        self._require_same_file()
        assert self._lock is not None, "who may write has the lock"
        with faults_of(self.path):
            lock = self._lock.kept()
        if isinstance(lock, LockHolder):
            raise PlotFileError(PlotFileFault.TAKEN, self.path, f"{lock.user}@{lock.host}")
        self._lock = lock

    def _require_same_file(self, detail: str = "") -> None:
        """Raise PlotFileError (MOVED) unless what we write to still has the plot's name."""
        if _identity(self.path) != self._identity:
            raise PlotFileError(PlotFileFault.MOVED, self.path, detail)

    def _require_whole_indexes(self) -> None:
        """Raise PlotFileError (DAMAGED) unless the indexes are whole; a look at them is enough.

        Of a large plot they were not looked at when it was opened.
        """
        if self._are_indexes_known:
            return
        damage = index_damage_of(self._conn) if is_large(self._conn) else None
        if damage is not None:
            raise PlotFileError(PlotFileFault.DAMAGED, self.path, damage)
        self._are_indexes_known = True

    def _outside_logged(self, at_utc: datetime) -> tuple[int, LoggedAct | None]:
        """Log what another program changed before an act of ours.

        So each act is logged upon the rows it was done to. Return the version of the file that
        was seen and the act it became. What can't be logged keeps no act of ours from being saved:
        the next look tells of it.
        """
        version = self._read_data_version()
        self._require_as_built(version)
        if version == self._known_version:
            return version, None
        require_log_of(self._conn, self.path, self._last_act)
        self._conn.execute("SAVEPOINT outside")
        try:
            logged = log_outside(self._conn, at_utc)
        except (ValueError, TypeError, sqlite3.IntegrityError):
            self._conn.execute("ROLLBACK TO outside")
            version, logged = self._known_version, None
        self._conn.execute("RELEASE outside")
        return version, logged

    def _tell_of_constraint(self, error: PlotFileError) -> None:
        """Log, once, that an act breaks a constraint: it may be a mistake of ours.

        By SQLite's code alone, for the words are those of the file.
        """
        cause = error.__cause__
        if isinstance(cause, sqlite3.IntegrityError) and not self._is_constraint_told:
            self._is_constraint_told = True
            _LOG.error("an act breaks a constraint of its plot (%s)", cause.sqlite_errorname)

    def _read_anew(self) -> None:
        """Connect again where the file was written to otherwise than by us, its place kept.

        SQLite may not know of it, and would mix what it remembers with what is there now.
        """
        stamp = stamp_of(self.path)
        if self.is_read_only or stamp == self._stamp or _identity(self.path) != self._identity:
            return
        with faults_of(self.path):
            conn = connect_to_write(self.path)
        self._conn.close()
        self._conn, self._stamp = conn, stamp
        self._known_version = self._known_schema = _NO_VERSION

    def _require_as_built(self, version: int) -> None:
        """Raise PlotFileError where another program changed how the plot is built, at any time.

        A trigger could change what is saved behind our back. version: of the data, as it is read.
        """
        schema = self._read_schema_version()
        if schema != self._known_schema or version != self._known_version:
            require_ours(self._conn, self.path)
            self._known_schema = schema

    def _require_copy(self, conn: sqlite3.Connection) -> None:
        """Raise PlotFileError where a copy has not what was saved, or what would spoil it."""
        if not self.is_read_only:
            require_ours(conn, self.path)
        require_whole(conn, self.path, self._last_act)

    def _read_data_version(self) -> int:
        (version,) = self._conn.execute("PRAGMA data_version").fetchone()
        return int(version)

    def _read_schema_version(self) -> int:
        (version,) = self._conn.execute("PRAGMA schema_version").fetchone()
        return int(version)


_NO_VERSION: Final = -1
"""Of a file that has just been connected to: what it holds may be anything."""
_ELSEWHERE: Final = {
    FolderKind.NETWORK: ReadOnlyReason.NETWORK,
    FolderKind.SYNCED: ReadOnlyReason.SYNCED,
}


def _identity(path: Path) -> tuple[int, int] | None:
    """Return device and inode of what stands under the name, None for nothing."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _was_left_within_an_act(path: Path) -> bool:
    """Return whether a writer ended within an act, which the next to open takes back."""
    try:
        return path.with_name(f"{path.name}-journal").exists() and has_unfinished_act(path)
    except (sqlite3.Error, OSError):
        return False  # The first look tells of it.


def _code_of(error: PlotFileError) -> int:
    """Return the code of SQLite's error that a fault stands for, 0 for another's."""
    return extended_code(error.__cause__) if isinstance(error.__cause__, sqlite3.Error) else 0
