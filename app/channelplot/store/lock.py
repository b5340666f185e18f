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
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

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

    def __init__(self, path: Path, descriptor: int, left_by: LockHolder | None = None) -> None:
        """Keep the open lock file; use ``take``."""
        self.left_by = left_by
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, plot_path: Path, *, take_over: bool = False) -> Self | LockHolder:
        """Return the lock on a plot file, or who has it.

        take_over: somebody has said that nobody else has it open; a process of this host that
        does keeps it all the same. Raises OSError when no lock file can be made beside the plot.
        """
        path = lock_path(plot_path)
        looks = 0
        for _ in range(_ATTEMPTS):
            descriptor, is_new = _open_lock_file(path)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                looks += 1
                holder = _holder(descriptor, LockHold.LIVE)
                os.close(descriptor)
                if looks < _LOOKS:
                    time.sleep(_PAUSE_S)
                    continue
                return holder
            except OSError:
                os.close(descriptor)
                raise
            if not _is_still_at(descriptor, path):
                # Released and removed by its holder between our two calls.
                os.close(descriptor)
                continue
            left_by = None if is_new else _left(descriptor)
            if left_by is not None and left_by.hold is not LockHold.LIVE:
                if _is_being_written(left_by):
                    os.close(descriptor)
                    time.sleep(_PAUSE_S)
                    continue
                if not take_over:
                    os.close(descriptor)
                    return left_by
                left_by = None
            # On a full disk the lock holds all the same; it only cannot say whose it is.
            with contextlib.suppress(OSError):
                _write_holder(descriptor)
            return cls(path, descriptor, left_by)
        raise BlockingIOError(errno.EAGAIN, "the lock file comes and goes", str(path))

    @staticmethod
    def is_free(plot_path: Path) -> bool:
        """Return whether ``take`` would give the lock without anybody being asked.

        Where it can't be found out, because the lock file can't be opened, it is not free.
        """
        try:
            descriptor = os.open(lock_path(plot_path), os.O_RDWR | os.O_CLOEXEC)
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
        return holder.host in ("", socket.gethostname()) and holder.pid in (0, os.getpid())


def lock_path(plot_path: Path) -> Path:
    """Return the path of the lock file of a plot file."""
    return plot_path.with_name(plot_path.name + ".lock")


def _open_lock_file(path: Path) -> tuple[int, bool]:
    """Return the open lock file, and whether it is one that was not there before."""
    flags = os.O_RDWR | os.O_CLOEXEC
    is_made = not os.path.lexists(path) and _make_lock_file(path)
    try:
        return os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o666), True
    except FileExistsError:
        # Removed in between, it is made after all, and then says nothing although it is new:
        # it is young, and tried again.
        return os.open(path, flags | os.O_CREAT, 0o666), is_made


def _make_lock_file(path: Path) -> bool:
    """Make a lock file that names this process from its first moment; False if that can't be.

    A process killed between making and writing it would leave one that says nothing. Where the
    disk is full, knows no links, or another process was first, it is not made here.
    """
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        _write_holder(descriptor)
        os.link(draft, path)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)
        draft.unlink(missing_ok=True)


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
    text = os.pread(descriptor, 4096, 0).decode("utf-8", "replace")
    since_utc = datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC)
    try:
        entries = json.loads(text)
        return LockHolder(
            int(entries["pid"]), str(entries["host"]), str(entries["user"]), since_utc, hold
        )
    except (ValueError, KeyError, TypeError):
        return LockHolder(0, "", "", since_utc, hold)


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
