"""The backups of a plot: where they are, what they hold, and how one is restored.

``night.gpkg.backups/night 2026-09-15T041200Z.gpkg``, beside the plot and, where a second folder was
chosen, there too. Each is a whole plot of its own, which any program that opens plots can open.
They are made in ``backing_up.py``. Nothing here ever writes over a plot or a backup.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.codes import CLOSED_STATUSES, PEOPLE_CRAFTS
from channelplot.store.closed_file import loaded_from
from channelplot.store.connection import connect_to_read, transaction
from channelplot.store.copies import sync, write_copy
from channelplot.store.faults import faults_of
from channelplot.store.first_look import first_look, real_path
from channelplot.store.load import LoadedPlot, load_plot
from channelplot.store.lock import LockHolder, PlotLock
from channelplot.store.log import LoggedAct
from channelplot.store.tables import REPORTS, TRACKS
from channelplot.store.upgrade import up_to_date
from channelplot.store.whole import can_be_put_right
from channelplot.store.whole_acts import act_count

FOLDER_SUFFIX: Final = ".backups"
SUFFIX: Final = ".gpkg"
_STANDS: Final = "withdrawn_at_utc IS NULL"
_LOST: Final = frozenset(
    {PlotFileFault.NOT_FOUND, PlotFileFault.DAMAGED, PlotFileFault.NOT_GEOPACKAGE}
)
"""Of a plot in whose place a backup is put. With any other fault it may be whole."""
_PARTS: Final = ("-journal", "-wal", "-shm", "")
"""What belongs to a plot file, by what its name has at the end; the plot itself is the last."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that has the name of a backup; what is in it ``contents_of`` tells.

    made_at_utc: to the second, by the clock of the machine that made it.
    """

    path: Path
    made_at_utc: datetime
    size_bytes: int


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a backup holds, as it stands in the file; all 0 where it can't be read.

    log_rows: of the log, which tells a very large act in several. open_boats: those that have
    people and are not closed. problem: what is wrong with it.
    """

    acts: int = 0
    log_rows: int = 0
    last_act: LoggedAct | None = None
    tracks: int = 0
    open_boats: int = 0
    reports: int = 0
    problem: PlotFileError | None = None

    @property
    def is_sound(self) -> bool:
        """Return whether it can be restored."""
        return self.problem is None


def backup_folder(plot_path: Path, within: Path | None = None) -> Path:
    """Return the folder of a plot's backups, beside it or within another; it need not exist."""
    parent = plot_path.parent if within is None else within
    return parent / f"{plot_path.name}{FOLDER_SUFFIX}"


def backups_of(plot_path: Path, second: Path | None = None) -> tuple[Backup, ...]:
    """Return the backups of a plot, the newest first, whether the plot itself is there or not.

    second: the folder that was chosen for a second copy of each. A folder that is not there or
    can't be read holds none.
    """
    plot_path = real_path(plot_path)
    found = list(backups_in(backup_folder(plot_path), plot_path))
    if second is not None:
        found += backups_in(backup_folder(plot_path, second), plot_path)
    # Of the same second the name with the number, which is longer, is the later.
    return tuple(
        sorted(
            found,
            key=lambda one: (one.made_at_utc, len(one.path.name), one.path.name),
            reverse=True,
        )
    )


def contents_of(backup: Backup) -> BackupContents:
    """Return what a backup holds; it is read only and not locked.

    Every row is read, so that what is sound can be opened. Never raises PlotFileError: what is
    wrong is its ``problem``.
    """
    path = backup.path
    try:
        first_look(path)
        with (
            faults_of(path),
            closing(connect_to_read(path)) as reading,
            transaction(reading, is_writing=False),
            up_to_date(reading, path) as conn,
        ):
            return _contents(conn, load_plot(conn, path))
    except PlotFileError as error:
        return BackupContents(problem=error)


def restore(backup: Backup, plot_path: Path, now_utc: datetime) -> Path:
    """Return a plot made from a backup: the one to be opened. The backup stays as it is.

    Where the plot is sound, can't be judged or is open anywhere (here too), that is a new file
    beside it, ``night restored 0412Z.gpkg``. A plot that is damaged is kept, with what belongs to
    it, as ``night.gpkg.corrupt-20260915T041200Z``, and its name goes to the restored one, as it
    does where there is no plot. now_utc: for that name. Raises PlotFileError: of the backup where
    that is not sound, FOLDER_MISSING, FULL and others; the plot is as it was then.
    """
    plot_path = real_path(plot_path)
    problem = contents_of(backup).problem
    if problem is not None:
        raise problem
    restored = _free_beside(plot_path, backup.made_at_utc, now_utc)
    with faults_of(backup.path), closing(connect_to_read(backup.path)) as conn:
        write_copy(conn, backup.path, restored, (), replace=False)
    with faults_of(plot_path):
        lock = PlotLock.take(plot_path)
        if isinstance(lock, LockHolder):
            return restored
        try:
            if not is_lost(plot_path):
                return restored
            set_aside(plot_path, now_utc)
            restored.rename(plot_path)
            sync(plot_path.parent)
        finally:
            lock.release()
    return plot_path


def backups_in(folder: Path, plot_path: Path) -> Iterator[Backup]:
    """Yield the files of one folder that have the name of a backup of a plot, by name."""
    name = re.compile(rf"{re.escape(plot_path.stem)} (\S{{18}})(?:-\d+)?{re.escape(SUFFIX)}")
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for path in entries:
        match = name.fullmatch(path.name)
        if match is None:
            continue
        try:
            made_at = datetime.strptime(match[1], "%Y-%m-%dT%H%M%S%z")
            size_bytes = path.stat().st_size
        except (ValueError, OSError):
            continue
        yield Backup(path, made_at.astimezone(UTC), size_bytes)


def _contents(conn: sqlite3.Connection, loaded: LoadedPlot) -> BackupContents:
    def number(query: str, *values: str) -> int:
        return int(conn.execute(f"SELECT count(*) FROM {query}", values).fetchone()[0])

    def marks(codes: frozenset[str]) -> str:
        return ", ".join("?" for _ in codes)

    boats, closed = frozenset(PEOPLE_CRAFTS), frozenset(CLOSED_STATUSES)
    return BackupContents(
        acts=act_count(loaded.acts),
        log_rows=len(loaded.acts),
        last_act=loaded.acts[-1] if loaded.acts else None,
        tracks=number(f"{TRACKS.name} WHERE {_STANDS}"),
        open_boats=number(
            f"{TRACKS.name} WHERE {_STANDS} AND craft IN ({marks(boats)})"
            f" AND status NOT IN ({marks(closed)})",
            *boats,
            *closed,
        ),
        reports=number(f"{REPORTS.name} WHERE {_STANDS}"),
    )


def _free_beside(plot_path: Path, made_at_utc: datetime, now_utc: datetime) -> Path:
    """Return a name beside a plot that nothing has; with the day, where that is not today."""
    form = "%H%MZ" if made_at_utc.date() == now_utc.astimezone(UTC).date() else "%Y-%m-%d %H%MZ"
    name = f"{plot_path.stem} restored {made_at_utc:{form}}"
    path, number = plot_path.with_name(f"{name}{SUFFIX}"), 1
    while os.path.lexists(path):
        number += 1
        path = plot_path.with_name(f"{name} {number}{SUFFIX}")
    return path


def is_lost(plot_path: Path) -> bool:
    """Return whether a restored backup takes a plot's name: it is gone, or damaged.

    One with rows that opening it puts right is neither.
    """
    try:
        loaded_from(plot_path)
    except PlotFileError as error:
        return error.fault in _LOST and not can_be_put_right(plot_path)
    return False


def set_aside_if_lost(plot_path: Path, now_utc: datetime) -> None:
    """Give a plot that is damaged another name, as ``set_aside`` does; nobody may have it open.

    Raises PlotFileError: LOCKED where somebody has, and others.
    """
    with faults_of(plot_path):
        lock = PlotLock.take(plot_path)
        if isinstance(lock, LockHolder):
            raise PlotFileError(PlotFileFault.LOCKED, plot_path)
        try:
            if is_lost(plot_path):
                set_aside(plot_path, now_utc)
        finally:
            lock.release()


def set_aside(plot_path: Path, now_utc: datetime) -> None:
    """Give a damaged plot another name, which nothing has. Raises OSError.

    Its journal goes first: SQLite would play it back into whatever has the plot's name.
    """
    name = f"{plot_path.name}.corrupt-{now_utc.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    aside, number = plot_path.with_name(name), 1
    while any(os.path.lexists(f"{aside}{part}") for part in _PARTS):
        number += 1
        aside = plot_path.with_name(f"{name}-{number}")
    for part in _PARTS:
        if os.path.lexists(f"{plot_path}{part}"):
            Path(f"{plot_path}{part}").rename(f"{aside}{part}")
    sync(plot_path.parent)
