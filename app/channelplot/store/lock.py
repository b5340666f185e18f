"""One writer for each plot file: the lock file beside it.

``night.gpkg.lock`` says who has the plot open: process, host and name of the operator's
account. The lock itself is the kernel's (``flock`` on that file, which has nothing to do
with the locks that SQLite sets on the plot): it is gone the moment the process is, a kill
or a power cut included, and a process number used again cannot be mistaken for it. What
stands in the file counts where the kernel cannot know: another host.
"""

import contextlib
import errno
import fcntl
import getpass
import json
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

_ATTEMPTS: Final = 100


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who has a plot open, and since when (the time of the lock file).

    pid 0 and empty texts: the lock file does not say.
    """

    pid: int
    host: str
    user: str
    since_utc: datetime


class PlotLock:
    """The lock on one plot file, held until it is released."""

    def __init__(self, path: Path, descriptor: int) -> None:
        """Keep the open lock file; use ``take``."""
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, plot_path: Path) -> Self | LockHolder:
        """Return the lock on a plot file, or who has it.

        Raises OSError when no lock file can be made beside the plot.
        """
        path = lock_path(plot_path)
        for _ in range(_ATTEMPTS):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = _holder(descriptor)
                os.close(descriptor)
                return holder
            except OSError:
                os.close(descriptor)
                raise
            if not _is_still_at(descriptor, path):
                # Released and removed by its holder between our two calls.
                os.close(descriptor)
                continue
            holder = _holder(descriptor)
            if holder.host not in ("", socket.gethostname()):
                os.close(descriptor)
                return holder
            # On a full disk the lock holds all the same; it only cannot say whose it is.
            with contextlib.suppress(OSError):
                _write_holder(descriptor)
            return cls(path, descriptor)
        raise BlockingIOError(errno.EAGAIN, "the lock file comes and goes", str(path))

    def release(self) -> None:
        """Remove the lock file and let the lock go."""
        # Where the folder is gone or no longer ours, the kernel lets the lock go all the same.
        with contextlib.suppress(OSError):
            if _is_still_at(self._descriptor, self._path):
                self._path.unlink()
        os.close(self._descriptor)


def lock_path(plot_path: Path) -> Path:
    """Return the path of the lock file of a plot file."""
    return plot_path.with_name(plot_path.name + ".lock")


def _holder(descriptor: int) -> LockHolder:
    text = os.pread(descriptor, 4096, 0).decode("utf-8", "replace")
    since_utc = datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC)
    try:
        entries = json.loads(text)
        return LockHolder(
            int(entries["pid"]), str(entries["host"]), str(entries["user"]), since_utc
        )
    except (ValueError, KeyError, TypeError):
        return LockHolder(0, "", "", since_utc)


def _write_holder(descriptor: int) -> None:
    entries = {"pid": os.getpid(), "host": socket.gethostname(), "user": _user()}
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(entries).encode(), 0)
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
