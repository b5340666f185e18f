"""A plot on a network or in a synced folder, worked on in a local copy that publishes itself.

The local copy is a plot like any other and holds everything; each act is saved there. Beside it
stands ``working.json``: which file it is published to, and what was last put there. The lock
beside the published file says to other desks who has the plot.
"""

import contextlib
import hashlib
import json
import os
import re
import socket
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, Self

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.connection import connect_to_read
from channelplot.store.copies import sync, write_copy
from channelplot.store.faults import faults_of
from channelplot.store.first_look import first_look, real_path
from channelplot.store.folders import FolderKind, folder_kind
from channelplot.store.lock import LockHolder, PlotLock
from channelplot.store.published import (
    Print,
    Standing,
    log_of,
    print_of,
    put,
    stamp_of,
    standing,
)
from channelplot.store.times import read_time, time_text
from channelplot.store.whole import require_whole

RECORD: Final = "working.json"
_OUTGOING: Final = "outgoing"
_NOT_IN_A_NAME: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Publication:
    """What was last put under the published name: acts up to a number, when, and its print."""

    seq: int
    at_utc: datetime
    known: Print


@dataclass(frozen=True, slots=True)
class WorkingRecord:
    """What is remembered of a local copy.

    published_path: the file it is published to. name: of the local copy, which keeps it.
    publication: the last one, None for none that is known. kept_apart: the file that went on by
    itself, which this one is no longer published to; None if none did. is_on_network: where
    published_path is; a folder of this machine in its place waits for a network to be mounted.
    """

    published_path: Path
    name: str
    publication: Publication | None = None
    kept_apart: Path | None = None
    is_on_network: bool = False


class WorkingCopy:
    """The local copy of one published plot.

    Used by one thread at a time. Every method raises PlotFileError: about ``published_path``
    for what the network is to blame for, about ``path`` for this machine's disk.
    """

    def __init__(self, folder: Path, record: WorkingRecord, lock: PlotLock | None = None) -> None:
        """Take over a folder and what stands in its record; use ``make`` or ``find``."""
        self._folder = folder
        self._lock = lock
        self.record = record

    @property
    def published_path(self) -> Path:
        """Return the file that others see."""
        return self.record.published_path

    @property
    def path(self) -> Path:
        """Return the local copy."""
        return self._folder / self.record.name

    @classmethod
    def make(
        cls, published_path: Path, working_folder: Path, now_utc: datetime, *, take_over: bool
    ) -> Self:
        """Return a new local copy of a plot, whose lock it has taken.

        take_over: as ``PlotLock.take`` has it. Raises PlotFileError: LOCKED, with the host, for
        a plot that somebody else has; READ_ONLY where no lock can be made beside it, since
        nothing could be published there; FULL and others about the local disk. Nothing is left
        on disk then that ``find`` would find.
        """
        published_path = real_path(published_path)
        first_look(published_path)
        with faults_of(published_path):
            lock = PlotLock.take(published_path, take_over=take_over)
        if isinstance(lock, LockHolder):
            raise PlotFileError(PlotFileFault.LOCKED, published_path, lock.host)
        try:
            folder = _free_folder(published_path, working_folder)
            copy = cls(folder, _new_record(published_path), lock)
            copy.fetch(now_utc)
        except BaseException:
            lock.release()
            raise
        return copy

    @classmethod
    def find(cls, path: Path, working_folder: Path) -> Self | None:
        """Return the local copy of a published plot, or that a path is the plot of; else None.

        path: where the plot is published, or the local copy itself.
        """
        path = real_path(path)
        for folder in sorted(working_folder.glob("*")):
            record = _read_record(folder)
            if record is None and folder.name == _key(path):
                # The record was lost; the folder's name says which plot it is of.
                record = _new_record(path)
            if record is None or not (folder / record.name).is_file():
                continue
            if path in (record.published_path, real_path(folder / record.name)):
                return cls(folder, record)
        return None

    def hold(self, *, take_over: bool = False) -> LockHolder | None:
        """Take the lock beside the published file; return who has it, if that is not us."""
        record = self.record
        if record.is_on_network and folder_kind(record.published_path) is not FolderKind.NETWORK:
            raise PlotFileError(PlotFileFault.FOLDER_MISSING, record.published_path, "not mounted")
        with faults_of(self.published_path):
            if self._lock is not None:
                with contextlib.suppress(OSError):  # what was held before a network came back
                    if self._lock.is_still_ours():
                        return None
                self.close()
            lock = PlotLock.take(self.published_path, take_over=take_over)
        if isinstance(lock, LockHolder):
            return lock
        self._lock = lock
        return None

    def last_seq(self) -> int:
        """Return the number of the local copy's last act, 0 for none."""
        return max((seq for seq, _ in log_of(self.path)), default=0)

    def is_published(self) -> bool:
        """Return whether every act of the local copy is known to be published."""
        publication = self.record.publication
        return publication is not None and publication.seq == self.last_seq()

    def standing(self) -> Standing:
        """Return how the published file stands to the local copy."""
        publication = self.record.publication
        known = None if publication is None else publication.known
        return standing(self.published_path, self.path, known)

    def publish(self, now_utc: datetime, *, take_over: bool = False) -> Publication:
        """Put the local copy as it stands under the published name, and return that publication.

        A file that went on by itself is left alone: the local copy is published under a name of
        its own beside it from then on, and ``record.kept_apart`` says what it keeps away from.
        Raises PlotFileError; LOCKED for a plot that another desk has. The local copy is as it
        was then, and trying again is safe at any time.
        """
        holder = self.hold(take_over=take_over)
        before = stamp_of(self.published_path)
        found = self.standing()
        if found in (Standing.AHEAD, Standing.APART):
            self._part()
            before = None
        elif holder is not None:
            raise PlotFileError(PlotFileFault.LOCKED, self.published_path, holder.host)
        outgoing = self._outgoing()
        try:
            seq = max((seq for seq, _ in log_of(outgoing)), default=0)
            known = put(outgoing, self.published_path, self._folder.name, before)
        finally:
            with contextlib.suppress(OSError):
                outgoing.unlink()
        publication = Publication(seq, now_utc, known)
        self.record = replace(self.record, publication=publication)
        # Without it the logs of both files are compared the next time: they say the same.
        with contextlib.suppress(PlotFileError):
            _write_record(self._folder, self.record)
        return publication

    def close(self) -> None:
        """Let others have the published file. Closing twice is closing once."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def fetch(self, now_utc: datetime) -> None:
        """Make what is published the local copy, checked; in place of one it has all of (AHEAD).

        Not while the local copy is open.
        """
        source = self.published_path
        with faults_of(source):
            known = print_of(source)
        target = self.path
        with faults_of(target):
            self._folder.mkdir(parents=True, exist_ok=True)
        with faults_of(source):
            reading = connect_to_read(source)
        with closing(reading):
            write_copy(reading, source, target, (), replace=target.exists())
        seq = max((seq for seq, _ in log_of(target)), default=0)
        self.record = replace(self.record, publication=Publication(seq, now_utc, known))
        _write_record(self._folder, self.record)

    def _part(self) -> None:
        """Leave the published file to whoever went on in it; take a free name beside it."""
        theirs = self.published_path
        host = _NOT_IN_A_NAME.sub("_", socket.gethostname()) or "desk"
        stem, number = f"{Path(self.record.name).stem} from {host}", 1
        path = theirs.with_name(f"{stem}.gpkg")
        while os.path.lexists(path):
            number += 1
            path = theirs.with_name(f"{stem} {number}.gpkg")
        with faults_of(path):
            lock = PlotLock.take(path)
        if isinstance(lock, LockHolder):
            raise PlotFileError(PlotFileFault.LOCKED, path, lock.host)
        record = replace(self.record, published_path=path, publication=None, kept_apart=theirs)
        try:
            # On disk before anything is under the new name: it must not be taken for theirs.
            _write_record(self._folder, record)
        except BaseException:
            lock.release()
            raise
        self.close()
        self._lock, self.record = lock, record

    def _outgoing(self) -> Path:
        """Return a checked copy of the local copy, made beside it: the network may be slow."""
        folder = self._folder / _OUTGOING
        outgoing = folder / self.record.name
        with faults_of(self.path):
            folder.mkdir(exist_ok=True)
            outgoing.unlink(missing_ok=True)
            with closing(connect_to_read(self.path)) as reading:
                whole = partial(require_whole, path=self.path)
                write_copy(reading, self.path, outgoing, (), replace=False, require=whole)
        return outgoing


def _new_record(published_path: Path) -> WorkingRecord:
    is_on_network = folder_kind(published_path) is FolderKind.NETWORK
    return WorkingRecord(published_path, published_path.name, is_on_network=is_on_network)


def _key(published_path: Path) -> str:
    return hashlib.sha256(os.fsencode(published_path)).hexdigest()[:16]


def _free_folder(published_path: Path, working_folder: Path) -> Path:
    """Return the folder for a new local copy: one that is not another's."""
    key = _key(published_path)
    folder, number = working_folder / key, 1
    while any(folder.glob("*.gpkg")):
        number += 1
        folder = working_folder / f"{key}-{number}"
    return folder


def _read_record(folder: Path) -> WorkingRecord | None:
    """Return what is remembered of a local copy, None for what can't be read."""
    try:
        entries = json.loads((folder / RECORD).read_text("utf-8"))
        path, apart, last = entries["published_path"], entries["kept_apart"], entries["publication"]
        publication = None
        if last is not None:
            publication = Publication(
                int(last["seq"]), read_time(last["at_utc"]), Print(**last["known"])
            )
        apart = None if apart is None else Path(apart)
        name, is_on_network = Path(entries["name"]).name, bool(entries["is_on_network"])
        return WorkingRecord(Path(path), name, publication, apart, is_on_network)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write_record(folder: Path, record: WorkingRecord) -> None:
    """Remember, all or nothing. Raises PlotFileError."""
    last = record.publication
    entries = {
        "published_path": str(record.published_path),
        "name": record.name,
        "is_on_network": record.is_on_network,
        "kept_apart": None if record.kept_apart is None else str(record.kept_apart),
        "publication": last
        and {"seq": last.seq, "at_utc": time_text(last.at_utc), "known": asdict(last.known)},
    }
    draft = folder / f"{RECORD}.part"
    with faults_of(folder / RECORD):
        draft.write_text(json.dumps(entries, indent=1), "utf-8")
        sync(draft)
        draft.replace(folder / RECORD)
        sync(folder)
