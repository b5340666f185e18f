"""A disk that loses its power: what SQLite asks of it is kept, and what may be left is made.

``Disk`` is a VFS for apsw's SQLite over ordinary files. It notes every write, truncation, sync,
making and removing, and ``left_after`` builds what a cut at any moment may leave of that: what
was synced is there; of what was not, each write is there, missing or torn by sectors, the file
longer than what reached it, a removed file back again.

``Recorder`` notes what a connection of our own store is told, to tell it to a ``Disk`` again.
"""

import os
import random
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import apsw

from channelplot.store.geometry import envelope

SECTOR_BYTES: Final = 512
JOURNAL: Final = "-journal"
_KEPT_BY_SQLITE: Final = re.compile(r"'rtree_\w+_(node|rowid|parent)'")
"""The tables in which a spatial index keeps its tree: SQLite writes them by itself."""


# What is asked of a disk. A node is a file whatever its name; 0 is the plot.


@dataclass(frozen=True, slots=True)
class Wrote:
    """Bytes of a file; they may be in the disk's cache still."""

    node: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class CutTo:
    """A file was made shorter."""

    node: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """What was done to a file is on the disk."""

    node: int


@dataclass(frozen=True, slots=True)
class Named:
    """A name leads to a file, to none (None) where it was removed."""

    name: str
    node: int | None


@dataclass(frozen=True, slots=True)
class FolderSynced:
    """Which names there are is on the disk."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An act was called saved: its number in the log."""

    seq: int


Event = Wrote | CutTo | Synced | Named | FolderSynced | Acknowledged


class Disk(apsw.VFS):
    """Ordinary files in a folder, and a record of all that was asked for them."""

    def __init__(self, name: str) -> None:
        """Make a disk that SQLite knows by a name; nothing is recorded of temporary files."""
        super().__init__(name, "")
        self.name = name
        self.events: list[Event] = []
        self._nodes = 0

    def xOpen(self, name: "str | apsw.URIFilename | None", flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        is_plot = flags[0] & apsw.SQLITE_OPEN_MAIN_DB
        if path is None or not (is_plot or flags[0] & apsw.SQLITE_OPEN_MAIN_JOURNAL):
            return apsw.VFSFile("", name, flags)
        if is_plot:
            return _File(self, name, flags, 0, is_new=False)
        is_new = not os.path.lexists(path)
        if is_new:
            self._nodes += 1
            self.events.append(Named(Path(path).name, self._nodes))
        return _File(self, name, flags, self._nodes, is_new=is_new)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, False)
        self.events.append(Named(Path(filename).name, None))
        if syncdir:
            self.events.append(FolderSynced())


class _File(apsw.VFSFile):
    """A file of such a disk. is_new: its name is not on the disk before its first sync."""

    def __init__(
        self,
        disk: Disk,
        name: "str | apsw.URIFilename | None",
        flags: list[int],
        node: int,
        *,
        is_new: bool,
    ) -> None:
        super().__init__("", name, flags)
        self._disk = disk
        self._node = node
        self._is_new = is_new

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self._disk.events.append(Wrote(self._node, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        self._disk.events.append(CutTo(self._node, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        # Noted, not done: this disk loses its power on paper only.
        self._disk.events.append(Synced(self._node))
        if self._is_new:  # as SQLite does on a Unix
            self._is_new = False
            self._disk.events.append(FolderSynced())


# What is left


@dataclass
class _Node:
    """A file: what is on the disk of it, and what is not for certain."""

    safe: bytearray = field(default_factory=bytearray)
    unsafe: list[Wrote | CutTo] = field(default_factory=list)


def left_after(
    events: Sequence[Event], start: bytes, plot_name: str, dice: random.Random
) -> dict[str, bytes]:
    """Return files that a power cut after these events may leave, by their names.

    start: what the plot's file held before the first event, all of it on the disk.
    """
    nodes = {0: _Node(bytearray(start))}
    names: dict[str, int | None] = {plot_name: 0}
    unsafe_names: list[Named] = []
    for event in events:
        match event:
            case Wrote() | CutTo():
                nodes[event.node].unsafe.append(event)
            case Synced(node):
                for change in nodes[node].unsafe:
                    _apply(nodes[node].safe, change)
                nodes[node].unsafe.clear()
            case Named():
                unsafe_names.append(event)
                if event.node is not None:
                    nodes[event.node] = _Node()
            case FolderSynced():
                names |= {each.name: each.node for each in unsafe_names}
                unsafe_names.clear()
            case Acknowledged():
                pass
    kept = dice.randint(0, len(unsafe_names))
    names |= {each.name: each.node for each in unsafe_names[:kept]}
    return {name: _remains(nodes[node], dice) for name, node in names.items() if node is not None}


def _remains(node: _Node, dice: random.Random) -> bytes:
    """Return a file of which only some of what was not synced has reached the disk."""
    content = bytearray(node.safe)
    longest = bytearray(node.safe)
    for change in node.unsafe:
        _apply(longest, change)
    # The length may be there before the bytes are; what stands there then is anybody's.
    if len(longest) > len(content) and dice.random() < 0.5:
        missing = len(longest) - len(content)
        content += dice.randbytes(missing) if dice.random() < 0.5 else bytes(missing)
    share = dice.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    for change in node.unsafe:
        if dice.random() >= share:
            continue
        if isinstance(change, Wrote) and dice.random() < 0.2:
            _apply(content, _torn(change, dice))
        else:
            _apply(content, change)
    return bytes(content)


def _torn(change: Wrote, dice: random.Random) -> Wrote:
    """Return some whole sectors of what was written, one beside the other."""
    first = change.offset // SECTOR_BYTES
    last = (change.offset + len(change.data)) // SECTOR_BYTES + 1
    begin, end = sorted((dice.randint(first, last), dice.randint(first, last)))
    start = max(begin * SECTOR_BYTES, change.offset)
    stop = min(end * SECTOR_BYTES, change.offset + len(change.data))
    data = change.data[start - change.offset : max(stop, start) - change.offset]
    return Wrote(change.node, start, data)


def _apply(content: bytearray, change: Wrote | CutTo) -> None:
    if isinstance(change, CutTo):
        del content[change.size :]
        return
    if not change.data:
        return
    if len(content) < change.offset:
        content += bytes(change.offset - len(content))
    content[change.offset : change.offset + len(change.data)] = change.data


# What our own store asks


Statement = tuple[str, tuple[object, ...]]


class Recorder:
    """A connection of our own store, and every statement that it is told, with its values.

    traced: the same as SQLite itself tells it, in texts that round numbers; only for comparing.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        """Stand between the store and its connection."""
        self.told: list[Statement] = []
        self.traced: list[str] = []
        self._conn = conn
        conn.set_trace_callback(self._note)

    def execute(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Pass a statement on."""
        if self.told[-1:] != [(sql, tuple(values))]:
            self.told.append((sql, tuple(values)))
        return self._conn.execute(sql, values)

    def executemany(self, sql: str, lots: Iterable[Sequence[object]]) -> None:
        """Pass a statement on, once for each of its values."""
        for values in lots:
            self.execute(sql, values)

    def __getattr__(self, name: str) -> object:
        return getattr(self._conn, name)

    def _note(self, statement: str) -> None:
        # A trigger makes SQLite tell the statement that set it off once more, and a spatial index
        # what it writes for itself: neither was told by anybody.
        if not _KEPT_BY_SQLITE.search(statement) and self.traced[-1:] != [statement]:
            self.traced.append(statement)


def told_to(
    disk: Disk, path: Path, statements: Sequence[Statement], *, journal_mode: str, synchronous: str
) -> list[Event]:
    """Tell SQLite on a disk what a store's connection was told; return all that the disk was asked.

    What the log holds when a COMMIT has returned counts as called saved from then on.
    """
    conn = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=disk.name)
    try:
        conn.pragma("journal_mode", journal_mode)
        conn.pragma("synchronous", synchronous)
        conn.pragma("cache_size", -16000)
        _add_functions(conn)
        saved = _last_seq(conn)
        disk.events.clear()
        for sql, values in statements:
            conn.execute(sql, values).fetchall()
            if sql == "COMMIT" and (seq := _last_seq(conn)) > saved:
                saved = seq
                disk.events.append(Acknowledged(seq))
    finally:
        conn.close()
    return list(disk.events)


def _last_seq(conn: apsw.Connection) -> int:
    return int(conn.execute("SELECT coalesce(max(seq), 0) FROM edit_log").get)


def _add_functions(conn: apsw.Connection) -> None:
    """Give apsw what a spatial index's triggers call."""

    def is_empty(*blobs: "apsw.SQLiteValue") -> "apsw.SQLiteValue":
        (blob,) = blobs
        return int(envelope(blob) is None) if isinstance(blob, bytes) else None

    def side(index: int) -> "Callable[..., apsw.SQLiteValue]":
        def value(*blobs: "apsw.SQLiteValue") -> "apsw.SQLiteValue":
            (blob,) = blobs
            box = envelope(blob) if isinstance(blob, bytes) else None
            return None if box is None else box[index]

        return value

    conn.create_scalar_function("ST_IsEmpty", is_empty, 1, deterministic=True)
    for index, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        conn.create_scalar_function(name, side(index), 1, deterministic=True)
