import errno
import sqlite3
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.faults import faults_of

PLOT = Path("night.gpkg")


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("in SQLite's words")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (sqlite3.SQLITE_FULL, PlotFileFault.FULL),
        (sqlite3.SQLITE_IOERR_WRITE, PlotFileFault.INPUT_OUTPUT),
        (sqlite3.SQLITE_READONLY, PlotFileFault.READ_ONLY),
        (sqlite3.SQLITE_READONLY_DIRECTORY, PlotFileFault.READ_ONLY),
        (sqlite3.SQLITE_READONLY_DBMOVED, PlotFileFault.MOVED),
        (sqlite3.SQLITE_BUSY, PlotFileFault.LOCKED),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, PlotFileFault.LOCKED),
        (sqlite3.SQLITE_CORRUPT_INDEX, PlotFileFault.DAMAGED),
        (sqlite3.SQLITE_NOTADB, PlotFileFault.NOT_GEOPACKAGE),
        (sqlite3.SQLITE_PROTOCOL, PlotFileFault.INPUT_OUTPUT),
        (sqlite3.SQLITE_INTERRUPT, PlotFileFault.TOO_SLOW),
    ],
)
def test_what_sqlite_says_is_told_as_a_fault_of_the_file(code: int, fault: PlotFileFault) -> None:
    with pytest.raises(PlotFileError, match="in SQLite's words") as caught, faults_of(PLOT):
        raise sqlite_error(code)
    assert (caught.value.fault, caught.value.path) == (fault, PLOT)


@pytest.mark.parametrize(
    ("is_there", "fault"), [(True, PlotFileFault.READ_ONLY), (False, PlotFileFault.NOT_FOUND)]
)
def test_a_file_that_cannot_be_opened_is_read_only_if_it_is_there(
    tmp_path: Path, is_there: bool, fault: PlotFileFault
) -> None:
    path = tmp_path / "night.gpkg"
    if is_there:
        path.touch()
    with pytest.raises(PlotFileError) as caught, faults_of(path):
        raise sqlite_error(sqlite3.SQLITE_CANTOPEN_ISDIR)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENOSPC, PlotFileFault.FULL),
        (errno.EDQUOT, PlotFileFault.FULL),
        (errno.EROFS, PlotFileFault.READ_ONLY),
        (errno.EACCES, PlotFileFault.READ_ONLY),
        (errno.ENOENT, PlotFileFault.FOLDER_MISSING),
        (errno.ENOTDIR, PlotFileFault.FOLDER_MISSING),
        (errno.EEXIST, PlotFileFault.EXISTS),
        (errno.ENAMETOOLONG, PlotFileFault.NAME_TOO_LONG),
        (errno.EIO, PlotFileFault.INPUT_OUTPUT),
    ],
)
def test_what_the_system_says_is_told_as_a_fault_of_the_file(
    number: int, fault: PlotFileFault
) -> None:
    with pytest.raises(PlotFileError, match="in the system's words") as caught, faults_of(PLOT):
        raise OSError(number, "in the system's words")
    assert (caught.value.fault, caught.value.path) == (fault, PLOT)


def test_an_error_of_the_system_without_a_number_is_told_too() -> None:
    with pytest.raises(PlotFileError, match="odd") as caught, faults_of(PLOT):
        raise OSError("odd")
    assert caught.value.fault is PlotFileFault.INPUT_OUTPUT


@pytest.mark.parametrize("mistake", [sqlite3.IntegrityError, sqlite3.ProgrammingError, KeyError])
def test_a_mistake_of_ours_rises_as_it_is(mistake: type[Exception]) -> None:
    with pytest.raises(mistake), faults_of(PLOT):
        raise mistake("ours")
