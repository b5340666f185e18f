"""Making a backup: a copy of all pages, checked, dated, in two places, and the old ones thinned.

It begins on the thread of the writer, with the writer's own connection (``draft_backup``); the rest
is done elsewhere (``finish_backup``), so that acts go on. A backup that is killed at any moment
leaves the others as they were, and a draft at most, which a later backup removes.
"""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.backups import SUFFIX, Backup, backup_folder, backups_in
from channelplot.store.connection import connect_to_read, connect_to_write, settle_journal
from channelplot.store.copies import (
    DRAFT_SUFFIX,
    copy_pages,
    draft_beside,
    file_beside,
    put_in_place,
    remove_draft,
)
from channelplot.store.faults import faults_of
from channelplot.store.first_look import require_plot
from channelplot.store.log import LoggedAct
from channelplot.store.outside import require_log_of
from channelplot.store.tables import EDIT_LOG
from channelplot.store.thinning import times_kept
from channelplot.store.whole import require_whole

_DRAFT: Final = re.compile(rf"\.[0-9a-f]{{16}}{re.escape(DRAFT_SUFFIX)}(-journal)?")
_DRAFT_LASTS_S: Final = 600.0
"""A draft that nobody has written to for so long is nobody's any more."""


@dataclass(frozen=True, slots=True)
class FinishedBackup:
    """A backup that was made; second_failure: why the second folder has none of it, if so."""

    backup: Backup
    second_failure: PlotFileError | None = None


def draft_backup(
    source: sqlite3.Connection,
    plot_path: Path,
    give_way: Callable[[], bool],
    last: LoggedAct | None = None,
) -> Path | None:
    """Return a draft with all pages of a plot in the folder of its backups, to be finished.

    None where it gave way to somebody who waits. source: the writer's connection, on its thread.
    last: the last act that was saved. Raises PlotFileError: FULL while there is still room for
    acts, which need it more, MOVED where the log has not that act.
    """
    folder = backup_folder(plot_path)
    with faults_of(folder):
        folder.mkdir(exist_ok=True)
        draft = draft_beside(folder / plot_path.name)
    is_whole = False
    try:
        with faults_of(folder):
            _sweep(folder, draft)
        with faults_of(plot_path):
            _require_room(source, folder)
            is_whole = copy_pages(
                source, draft, give_way, lambda: require_log_of(source, plot_path, last)
            )
    finally:
        if not is_whole:
            remove_draft(draft)
    return draft if is_whole else None


def finish_backup(
    draft: Path, plot_path: Path, made_at_utc: datetime, second: Path | None
) -> FinishedBackup:
    """Check a draft, give it its name, copy it to the second folder, and thin out both.

    second: where ``backup_folder`` within it is made; None for nowhere. A backup that can't be put
    there is a backup all the same. Raises PlotFileError: DAMAGED, about the plot, where its
    pages are; the draft is gone then, and no backup was removed.
    """
    folder = draft.parent
    try:
        with faults_of(plot_path):
            _require_sound(draft, plot_path)
        with faults_of(folder):
            second_failure = _put_second(draft, plot_path, made_at_utc, second)
            backup = _named(draft, folder, plot_path, made_at_utc)
            _thin(folder, plot_path, backup)
    finally:
        remove_draft(draft)
    return FinishedBackup(backup, second_failure)


def _require_room(source: sqlite3.Connection, folder: Path) -> None:
    """Raise PlotFileError (FULL) unless a backup leaves as much room again as it takes."""
    (pages,) = source.execute("PRAGMA page_count").fetchone()
    (page_size,) = source.execute("PRAGMA page_size").fetchone()
    if shutil.disk_usage(folder).free < 2 * int(pages) * int(page_size):
        raise PlotFileError(PlotFileFault.FULL, folder)


def _require_sound(draft: Path, plot_path: Path) -> None:
    """Raise PlotFileError (DAMAGED) about the plot unless its copy is sound, indexes included.

    So is only one of which every row can be read: it could not be opened when it is needed.
    """
    with closing(connect_to_write(draft)) as conn:
        settle_journal(conn)
        require_plot(conn, plot_path)
        (verdict,) = conn.execute("PRAGMA quick_check").fetchone()
        for index in () if verdict != "ok" else _spatial_indexes(conn):
            (verdict,) = conn.execute("SELECT rtreecheck(?)", (index,)).fetchone()
            if verdict != "ok":
                break
        if verdict != "ok":
            raise PlotFileError(PlotFileFault.DAMAGED, plot_path, str(verdict))
        require_whole(conn, plot_path)


def _spatial_indexes(conn: sqlite3.Connection) -> list[str]:
    rows = conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        " AND sql LIKE 'CREATE VIRTUAL TABLE%USING rtree%'"
    )
    return [str(name) for (name,) in rows]


def _put_second(
    draft: Path, plot_path: Path, made_at_utc: datetime, second: Path | None
) -> PlotFileError | None:
    """Put a copy of a checked draft into the second folder; return why that failed, if it did."""
    if second is None:
        return None
    folder = backup_folder(plot_path, second)
    try:
        with faults_of(folder):
            folder.mkdir(exist_ok=True)
            with file_beside(folder / plot_path.name) as copy:
                _sweep(folder, copy)
                shutil.copyfile(draft, copy)
                backup = _named(copy, folder, plot_path, made_at_utc)
            _thin(folder, plot_path, backup)
    except PlotFileError as error:
        return error
    return None


def _named(draft: Path, folder: Path, plot_path: Path, made_at_utc: datetime) -> Backup:
    """Give a draft the name of its time; another backup of the same second keeps its own."""
    made_at_utc = made_at_utc.astimezone(UTC).replace(microsecond=0)
    name = f"{plot_path.stem} {made_at_utc:%Y-%m-%dT%H%M%SZ}"
    path, number = folder / f"{name}{SUFFIX}", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{SUFFIX}"
    put_in_place(draft, path, replace=False)
    return Backup(path, made_at_utc, path.stat().st_size)


def _sweep(folder: Path, draft: Path) -> None:
    """Remove the drafts of programs that were killed. draft: one that was only just made."""
    now_s = draft.stat().st_mtime  # by the clock of the disk, which may be another machine's
    for path in folder.iterdir():
        if _DRAFT.fullmatch(path.name) and path.stat().st_mtime < now_s - _DRAFT_LASTS_S:
            path.unlink(missing_ok=True)


def _thin(folder: Path, plot_path: Path, newest: Backup) -> None:
    """Remove backups of times that are not kept, unless they hold an act that the newest has not.

    Files that can't be read, or hold another plot or another course of this one, all stay.
    """
    backups = [one for one in backups_in(folder, plot_path) if one.path != newest.path]
    kept = times_kept([newest.made_at_utc, *(one.made_at_utc for one in backups)])
    for backup in backups:
        if backup.made_at_utc not in kept and _holds_all_of(newest.path, backup.path):
            backup.path.unlink(missing_ok=True)


def _holds_all_of(path: Path, earlier: Path) -> bool:
    """Return whether the log of one plot begins with all of another's.

    A row's hash covers those of all rows before it.
    """
    try:
        with closing(connect_to_read(earlier)) as conn:
            require_plot(conn, earlier)
            last = conn.execute(
                f"SELECT seq, hash FROM {EDIT_LOG.name} ORDER BY seq DESC LIMIT 1"
            ).fetchone()
        if last is None:
            return False
        with closing(connect_to_read(path)) as conn:
            query = f"SELECT count(*) FROM {EDIT_LOG.name} WHERE seq = ? AND hash = ?"
            (number,) = conn.execute(query, last).fetchone()
    except (sqlite3.Error, PlotFileError):
        return False
    return bool(number)
