"""SQLite's and the system's errors as faults of a plot file, translated in one place."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileError, PlotFileFault

_MISTAKES_OF_OURS: Final = (
    sqlite3.IntegrityError,
    sqlite3.ProgrammingError,
    sqlite3.InterfaceError,
    sqlite3.NotSupportedError,
)

_BY_SQLITE_CODE: Final = {
    sqlite3.SQLITE_ERROR: PlotFileFault.DAMAGED,
    sqlite3.SQLITE_PERM: PlotFileFault.READ_ONLY,
    sqlite3.SQLITE_BUSY: PlotFileFault.LOCKED,
    sqlite3.SQLITE_LOCKED: PlotFileFault.LOCKED,
    sqlite3.SQLITE_READONLY: PlotFileFault.READ_ONLY,
    sqlite3.SQLITE_IOERR: PlotFileFault.INPUT_OUTPUT,
    sqlite3.SQLITE_CORRUPT: PlotFileFault.DAMAGED,
    sqlite3.SQLITE_FULL: PlotFileFault.FULL,
    sqlite3.SQLITE_CANTOPEN: PlotFileFault.READ_ONLY,
    sqlite3.SQLITE_TOOBIG: PlotFileFault.DAMAGED,
    sqlite3.SQLITE_NOTADB: PlotFileFault.NOT_GEOPACKAGE,
    sqlite3.SQLITE_INTERRUPT: PlotFileFault.TOO_SLOW,
    sqlite3.SQLITE_AUTH: PlotFileFault.READ_ONLY,
}
"""By primary result code; SQLITE_ERROR is a table or column that is not as it should be."""

_BY_ERRNO: Final = {
    errno.ENOENT: PlotFileFault.FOLDER_MISSING,
    errno.ENOTDIR: PlotFileFault.FOLDER_MISSING,
    errno.EEXIST: PlotFileFault.EXISTS,
    errno.EISDIR: PlotFileFault.NOT_A_FILE,
    errno.ENAMETOOLONG: PlotFileFault.NAME_TOO_LONG,
    errno.EACCES: PlotFileFault.READ_ONLY,
    errno.EPERM: PlotFileFault.READ_ONLY,
    errno.EROFS: PlotFileFault.READ_ONLY,
    errno.ENOSPC: PlotFileFault.FULL,
    errno.EDQUOT: PlotFileFault.FULL,
}


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Raise what SQLite or the system says inside the block as PlotFileError about a file.

    Errors that only a mistake in this program causes rise as they are.
    """
    try:
        yield
    except _MISTAKES_OF_OURS:
        raise
    except sqlite3.Error as error:
        fault = sqlite_fault(error)
        if extended_code(error) & 0xFF == sqlite3.SQLITE_CANTOPEN and not path.exists():
            fault = PlotFileFault.NOT_FOUND
        raise PlotFileError(fault, path, str(error)) from error
    except UnicodeDecodeError as error:
        # How Python tells of an error of SQLite's that quotes a damaged name.
        raise PlotFileError(PlotFileFault.DAMAGED, path, str(error)) from error
    except OSError as error:
        fault = _BY_ERRNO.get(error.errno or 0, PlotFileFault.INPUT_OUTPUT)
        raise PlotFileError(fault, path, error.strerror or str(error)) from error


@contextmanager
def refused_by(path: Path) -> Iterator[None]:
    """Raise a constraint that an act breaks as PlotFileError (FOREIGN).

    Nothing that this program writes breaks those that a plot is made with; other programs add some.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise PlotFileError(PlotFileFault.FOREIGN, path, str(error)) from error


def sqlite_fault(error: sqlite3.Error) -> PlotFileFault:
    """Return the fault that an error of SQLite stands for."""
    code = extended_code(error)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return PlotFileFault.MOVED
    return _BY_SQLITE_CODE.get(code & 0xFF, PlotFileFault.INPUT_OUTPUT)


def extended_code(error: sqlite3.Error) -> int:
    """Return SQLite's extended result code, 0 where the library gives none."""
    code = getattr(error, "sqlite_errorcode", 0)
    return int(code)
