"""The connection of a plot's one writer, or why there can be none."""

import sqlite3
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.connection import connect_to_write, settle_journal, transaction
from channelplot.store.faults import extended_code, faults_of, sqlite_fault
from channelplot.store.upgrade import upgrade_file


class ReadOnlyReason(StrEnum):
    """Why a plot is open without writing to it."""

    FILE = "file"
    FOLDER = "folder"
    LOCKED = "locked"
    LOCK_UNSURE = "lock_unsure"
    """Somebody may have it open: ``locked_by`` says who, and ``take_over`` takes it."""
    FOREIGN = "foreign"
    OLD = "old"
    NETWORK = "network"
    """It lies on another machine's disk."""
    SYNCED = "synced"
    """It lies in a folder that a program copies to and from elsewhere."""
    LINKED = "linked"
    """It has a second name (a hard link), under which another could write to it unseen."""


def writing_connection(path: Path) -> sqlite3.Connection | ReadOnlyReason:
    """Return the connection of the writer, or why the file cannot be written to."""
    with faults_of(path):
        conn = connect_to_write(path)
        try:
            obstacle = _write_obstacle(conn)
            if obstacle is None:
                settle_journal(conn)
                upgrade_file(conn, path)
                return conn
        except PlotFileError:
            obstacle = ReadOnlyReason.OLD
        except BaseException:
            conn.close()
            raise
        conn.close()
        return obstacle


def _write_obstacle(conn: sqlite3.Connection) -> ReadOnlyReason | None:
    """Return why the file cannot be written to, found out by writing and taking it back.

    A disk that is full, or another program that writes just now, is no such reason: that
    passes.
    """
    try:
        with suppress(_TakenBack), transaction(conn):
            # It must differ: SQLite does not write what stands there already.
            conn.execute("UPDATE app_meta SET value = value || '?'")
            raise _TakenBack
    except sqlite3.OperationalError as error:
        if sqlite_fault(error) is not PlotFileFault.READ_ONLY:
            return None
        if extended_code(error) == sqlite3.SQLITE_READONLY:
            return ReadOnlyReason.FILE
        return ReadOnlyReason.FOLDER
    return None


class _TakenBack(Exception):
    """Raised to end a transaction without its changes."""
