"""One writer for each plot file: the lock file beside it.

``night.gpkg.lock`` says who has the plot open: process, host and name of the operator's
account. The lock itself is the kernel's (``flock`` on that file, which has nothing to do
with the locks that SQLite sets on the plot): it is gone the moment the process is, a kill
or a power cut included, and a process number used again cannot be mistaken for it. What
stands in the file counts where the kernel cannot know: another host. Where nothing stands in it
(the power was cut while it was written, or another host is just writing it), nobody can say.
"""

import contextlib
import errno
import fcntl
import getpass
import json
import os
import secrets
import socket
import stat
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final, Self

_TO_READ: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_TO_WRITE: Final = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
"""How a lock file is opened: no link is followed, and nothing waits for the other end of a pipe."""
_RIGHTS: Final = 0o666
_OWN_RIGHTS: Final = 0o600
_ATTEMPTS: Final = 100
_PAUSE_S: Final = 0.01
_LOOKS: Final = 5
"""How often a lock that is held is tried, a pause apart: ``is_free`` holds it for a moment."""
_YOUNG_S: Final = 0.5
"""A lock file without a word that is younger is one that another process is just writing."""


class LockHold(StrEnum):
    """How sure it is that a plot is open elsewhere."""

    LIVE = "live"
    """A process of this host has it open: the kernel says so."""
    ELSEWHERE = "elsewhere"
    """Another host's name stands in the lock file; whether it still has it open, nobody knows."""
    UNKNOWN = "unknown"
    """The lock file says nothing that can be read, and no process of this host has it."""


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who has a plot open, or had, and since when (the time of the lock file).

    pid 0 and empty texts: the lock file does not say.
    """

    pid: int
    host: str
    user: str
    since_utc: datetime
    hold: LockHold = LockHold.LIVE


class PlotLock:
    """The lock on one plot file, held until it is released.

    left_by: the process of this host that ended without releasing it; None where the last to
    have it did.
    """

    def __init__(
        self, plot_path: Path, descriptor: int, said: LockHolder, left_by: LockHolder | None
    ) -> None:
        """Keep the open lock file and what it says; use ``take``."""
        self.left_by = left_by
        self._plot_path = plot_path
        self._path = lock_path(plot_path)
        self._descriptor = descriptor
        self._said = said

    @classmethod
    def take(cls, plot_path: Path, *, take_over: bool = False) -> Self | LockHolder:
        """Return the lock on a plot file, or who has it.

        take_over: somebody has said that nobody else has it open; a process of this host that
        does keeps it all the same. Raises OSError when no lock file can be made beside the plot,
        and for what is there and is no file.
        """
        looks = 0
        for _ in range(_ATTEMPTS):
            opened = _open_lock_file(plot_path)
            if opened is None:
                continue  # Another process has just removed it.
            descriptor, is_new = opened
            found = None
            try:
                found = cls._claim(plot_path, descriptor, is_new=is_new, take_over=take_over)
            finally:
                if not isinstance(found, PlotLock):
                    os.close(descriptor)
            if isinstance(found, LockHolder) and found.hold is LockHold.LIVE:
                looks += 1
                if looks == _LOOKS:
                    return found
            elif found is not None:
                return found
            time.sleep(_PAUSE_S)
        raise BlockingIOError(
            errno.EAGAIN, "the lock file comes and goes", str(lock_path(plot_path))
        )

    @classmethod
    def _claim(
        cls, plot_path: Path, descriptor: int, *, is_new: bool, take_over: bool
    ) -> Self | LockHolder | None:
        """Return the lock of an open lock file, who has it, or None: it is to be opened again."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _holder(descriptor, LockHold.LIVE)
        if not _is_still_at(descriptor, lock_path(plot_path)):
            return None  # Released and removed by its holder between our two calls.
        left_by = None if is_new else _left(descriptor)
        if left_by is not None and left_by.hold is not LockHold.LIVE:
            if _is_being_written(left_by):
                return None
            if not take_over:
                return left_by
            left_by = None
        if not _can_be_written_to(descriptor) and _is_removed(plot_path):
            return None  # The next one is ours, and says so.
        # On a full disk the lock holds all the same; it only cannot say whose it is.
        with contextlib.suppress(OSError):
            _write_holder(descriptor)
        return cls(plot_path, descriptor, _holder(descriptor, LockHold.LIVE), left_by)

    @staticmethod
    def is_free(plot_path: Path) -> bool:
        """Return whether ``take`` would give the lock without anybody being asked.

        Where it can't be found out, because the lock file can't be opened, it is not free.
        """
        try:
            descriptor = _open_what_is_there(lock_path(plot_path))
        except FileNotFoundError:
            return True
        except OSError:
            return False
        try:
            # Shared, so that two who look do not see each other.
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return False
        else:
            return _left(descriptor).hold is LockHold.LIVE
        finally:
            os.close(descriptor)

    def release(self) -> None:
        """Remove the lock file and let the lock go."""
        # Where the folder is gone or no longer ours, the kernel lets the lock go all the same.
        with contextlib.suppress(OSError):
            if self.is_still_ours():
                self._path.unlink()
        os.close(self._descriptor)

    def is_still_ours(self) -> bool:
        """Return whether the lock file is still there and names nobody else.

        On a network it may have gone and come back, and another host taken the plot over.
        Raises OSError for a network that is away.
        """
        if not _is_still_at(self._descriptor, self._path):
            return False
        holder = _holder(self._descriptor, LockHold.LIVE)
        return (holder.host, holder.pid) in (("", 0), (self._said.host, self._said.pid))

    def kept(self) -> "PlotLock | LockHolder":
        """Return the lock while it is ours, or else who has taken it over meanwhile.

        A lock file that was merely removed is made again, and that lock returned in place of this
        one. Raises OSError where that can't be done.
        """
        if self.is_still_ours():
            return self
        again = PlotLock.take(self._plot_path)
        if isinstance(again, PlotLock):
            os.close(self._descriptor)
        return again


def lock_path(plot_path: Path) -> Path:
    """Return the path of the lock file of a plot file."""
    return plot_path.with_name(plot_path.name + ".lock")


def _open_lock_file(plot_path: Path) -> tuple[int, bool] | None:
    """Return the open lock file, and whether it is one that was not there before.

    None: it was there and is gone again.
    """
    path = lock_path(plot_path)
    is_made = not os.path.lexists(path) and _make_lock_file(path, plot_path)
    try:
        descriptor = os.open(path, _TO_WRITE | os.O_CREAT | os.O_EXCL, _RIGHTS)
    except FileExistsError:
        try:
            return _open_what_is_there(path), is_made
        except FileNotFoundError:
            return None
    _let_in_whom_the_plot_does(descriptor, plot_path)
    return descriptor, True


def _open_what_is_there(path: Path) -> int:
    """Return the open lock file of whoever made it; to read only, where we may do no more.

    Raises OSError, also for a link and whatever else is no file: what it leads to is not ours.
    """
    try:
        descriptor = os.open(path, _TO_WRITE)
    except PermissionError:
        descriptor = os.open(path, _TO_READ)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a file", str(path))
    return descriptor


def _make_lock_file(path: Path, plot_path: Path) -> bool:
    """Make a lock file that names this process from its first moment; False if that can't be.

    A process killed between making and writing it would leave one that says nothing. Where the
    disk is full, knows no links, or another process was first, it is not made here.
    """
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    descriptor = os.open(draft, _TO_WRITE | os.O_CREAT | os.O_EXCL, _RIGHTS)
    try:
        _let_in_whom_the_plot_does(descriptor, plot_path)
        _write_holder(descriptor)
        os.link(draft, path)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)
        draft.unlink(missing_ok=True)


def _let_in_whom_the_plot_does(descriptor: int, plot_path: Path) -> None:
    """Give a lock file the rights and the group of its plot, as far as the disk knows such.

    Whoever may write to the plot sees so who has it, and takes over what a lost process left.
    """
    try:
        plot = plot_path.stat()
    except OSError:
        return  # There is no plot yet.
    for give in (
        partial(os.fchown, descriptor, -1, plot.st_gid),
        partial(os.fchmod, descriptor, plot.st_mode & _RIGHTS | _OWN_RIGHTS),
    ):
        with contextlib.suppress(OSError):
            give()


def _can_be_written_to(descriptor: int) -> bool:
    return fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDWR


def _is_removed(plot_path: Path) -> bool:
    """Return whether a lock file that we hold could be removed; its folder may not let us."""
    try:
        lock_path(plot_path).unlink()
    except OSError:
        return False
    return True


def _left(descriptor: int) -> LockHolder:
    """Return who is named in a lock file that no process of this host holds.

    LIVE: a process of this host, which has ended.
    """
    holder = _holder(descriptor, LockHold.LIVE)
    if holder.host == socket.gethostname():
        return holder
    hold = LockHold.ELSEWHERE if holder.host else LockHold.UNKNOWN
    return replace(holder, hold=hold)


def _is_being_written(holder: LockHolder) -> bool:
    age_s = time.time() - holder.since_utc.timestamp()
    return holder.hold is LockHold.UNKNOWN and 0.0 <= age_s < _YOUNG_S


def _holder(descriptor: int, hold: LockHold) -> LockHolder:
    since_utc = _changed_at(descriptor)
    try:
        entries = json.loads(os.pread(descriptor, 4096, 0).decode("utf-8", "replace"))
        host, user = str(entries["host"]), str(entries["user"])
        for text in (host, user):
            text.encode()
        return LockHolder(int(entries["pid"]), host, user, since_utc, hold)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        # Whatever else stands in it, nobody of ours wrote it.
        return LockHolder(0, "", "", since_utc, hold)


def _changed_at(descriptor: int) -> datetime:
    """Return when a file was last written to; a time beyond what a date can say is 1970."""
    try:
        return datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC)
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def _write_holder(descriptor: int) -> None:
    entries = {"pid": os.getpid(), "host": socket.gethostname(), "user": _user()}
    # In one go, blanks over what stood there: a kill leaves the one text or the other.
    text = json.dumps(entries).encode().ljust(os.fstat(descriptor).st_size)
    os.pwrite(descriptor, text, 0)
    os.fsync(descriptor)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # An account without a name, as in some containers.
        return ""


def _is_still_at(descriptor: int, path: Path) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    ours = os.fstat(descriptor)
    return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)
