"""Files that are written whole or not at all.

A library may report success on a full disk and leave a truncated file behind. So a file is written
under another name beside its own, read back, brought to the disk, and only then moved in place.
"""

import hashlib
import os
import sqlite3
import stat
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from channelplot.errors import ExportError

Make: TypeAlias = Callable[[Path], None]
"""Writes a file under a name where an empty one is, or raises OSError or sqlite3.Error."""
_CHUNK_BYTES: Final = 1 << 20


def write_whole(files: Mapping[Path, Make]) -> None:
    """Write files, in place of those that are there.

    What is there stays byte for byte as it is until all the new files are on disk, complete.
    Raises ExportError; nothing new is left behind then, unless it came while they were moved in
    place one by one: each is whole, but some may be the older ones. Knows no Qt, so any thread may.
    """
    staged: list[_Staged] = []
    try:
        for path, make in files.items():
            with _told_as_export_error(path):
                staged.append(_stage(path, make))
        for each in staged:
            with _told_as_export_error(each.path):
                each.beside.replace(each.target)
        for folder in {each.target.parent for each in staged}:
            _sync_folder(folder)
    finally:
        for each in staged:
            with suppress(OSError):
                each.beside.unlink(missing_ok=True)


def of_pieces(pieces: Iterable[bytes]) -> Make:
    """Return what writes these pieces, one after the other, and reads back what is there then.

    It can be used once.
    """

    def make(path: Path) -> None:
        written = hashlib.sha256()
        with path.open("wb") as file:
            for piece in pieces:
                file.write(piece)
                written.update(piece)
        read = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                read.update(chunk)
        if read.digest() != written.digest():
            raise OSError("not what was written")

    return make


@dataclass(frozen=True, slots=True)
class _Staged:
    """A file that is on disk beside where it is to go."""

    path: Path
    target: Path
    beside: Path


@contextmanager
def _told_as_export_error(path: Path) -> Iterator[None]:
    try:
        yield
    # RuntimeError: a loop of links (Python 3.11, 3.12).
    except (OSError, sqlite3.Error, RuntimeError) as error:
        detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ExportError(path, detail) from error


def _is_something_else(target: Path) -> bool:
    """Return whether a folder, a device or the like stands under the name."""
    try:
        return not stat.S_ISREG(target.stat().st_mode)
    except FileNotFoundError:
        return False


def _stage(path: Path, make: Make) -> _Staged:
    """Have a file made beside where it is to go, on the disk before this returns."""
    target = path.resolve()
    if _is_something_else(target):
        raise OSError("not an ordinary file")
    beside = target.parent / f".{uuid.uuid4().hex}.part"
    try:
        beside.touch(exist_ok=False)
        make(beside)
        _sync(beside)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    return _Staged(path, target, beside)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can open a folder."""
    with suppress(OSError):
        _sync(folder)
