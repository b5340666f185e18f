"""What a writer that was killed within an act leaves: the file and its hot journal."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from channelplot.store.connection import connect_to_read, connect_to_write
from channelplot.store.faults import extended_code

_MAGIC: Final = b"SQLite format 3\0"
_HEADER_BYTES: Final = 100
_APPLICATION_ID: Final = slice(68, 72)


def has_unfinished_act(path: Path) -> bool:
    """Return whether the file waits for a writer to roll back what another began.

    Nothing can be read from it until then. False also where it is too damaged to say so. path:
    absolute.
    """
    with closing(connect_to_read(path)) as conn:
        try:
            conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except UnicodeDecodeError:
            return False  # SQLite's error quotes a damaged name; the first look tells of it.
        except sqlite3.OperationalError as error:
            if extended_code(error) == sqlite3.SQLITE_READONLY_ROLLBACK:
                return True
            raise
    return False


class CannotCopy(OSError):
    """There is no room for a copy: the only disk is full."""


@contextmanager
def rolled_back_copy(path: Path) -> Iterator[Path]:
    """Give a copy of such a file in which the unfinished act is rolled back.

    No program has the file in use, or it would have rolled it back: so it may be copied as
    it is, with its journal. The file itself stays as it was. Raises CannotCopy.
    """
    with ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            for name in (path.name, path.name + "-journal"):
                shutil.copyfile(path.with_name(name), folder / name)
        except OSError as error:
            raise CannotCopy(errno.ENOSPC, f"no copy can be made: {error}") from error
        copy = folder / path.name
        roll_back(copy)
        yield copy


def application_id_on_first_page(path: Path) -> int | None:
    """Return what a file calls itself, without SQLite; None for what is no SQLite file.

    For a file that no program has in use alone: closing it drops every lock on it.
    """
    with path.open("rb") as file:
        page = file.read(_HEADER_BYTES)
    if len(page) < _HEADER_BYTES or not page.startswith(_MAGIC):
        return None
    return int.from_bytes(page[_APPLICATION_ID], "big")


def roll_back(path: Path) -> None:
    """Let SQLite roll back what a killed writer began. path: absolute."""
    with closing(connect_to_write(path)) as conn:
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
