"""A night's work in a process of its own that tells of everything that touched the live plot file.

Python tells of what it opens itself through audit events; the kernel tells of every opening, by
whatever library. An opening that no connection of Python's ``sqlite3`` accounts for would drop the
locks that one holds. Run with the plot's path and a folder for exports; prints JSON.
"""

import ctypes
import json
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from PySide6.QtWidgets import QApplication

from helpers.clock import FixedClock
from helpers.operator import Operator, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

_IN_OPEN = 0x20
_EVENT_BYTES = 16
_BY_PATH = ("open", "shutil.", "os.rename", "os.remove", "os.truncate", "os.link", "os.utime")


class LiveFileWatch:
    """Notes what touches a file, from when it is made; it can't be ended before the process is.

    touched: audit events about it other than connections. connected: connections of ``sqlite3``.
    opened_otherwise: openings that the kernel saw and no connection accounts for.
    """

    def __init__(self, path: Path) -> None:
        """Watch a file that is there."""
        self.touched: list[str] = []
        self.connected = 0
        self.opened_otherwise = 0
        self._path = str(path.resolve())
        self._one_at_a_time = threading.RLock()
        libc = ctypes.CDLL(None, use_errno=True)
        self._queue = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        assert self._queue >= 0
        assert libc.inotify_add_watch(self._queue, self._path.encode(), _IN_OPEN) >= 0
        sys.addaudithook(self._note)

    def look(self) -> None:
        """Count what was opened since a connection was last made."""
        self.opened_otherwise += self._openings()

    def _note(self, event: str, args: tuple[object, ...]) -> None:
        if event == "sqlite3.connect" and self._is_it(args[0]):
            # Held until the connection is there, so that its opening is told from others.
            self._one_at_a_time.acquire(timeout=5)
            self.look()
            self.connected += 1
        elif event == "sqlite3.connect/handle" and self.connected:
            self._end_of_connecting()
        elif event.startswith(_BY_PATH) and any(self._is_it(each) for each in args[:2]):
            self.touched.append(f"{event} {args[1:]}")

    def _end_of_connecting(self) -> None:
        try:
            self._one_at_a_time.release()
        except RuntimeError:
            return  # A connection to another file, outside of ours.
        self._openings()

    def _openings(self) -> int:
        try:
            return len(os.read(self._queue, 65536)) // _EVENT_BYTES
        except BlockingIOError:
            return 0

    def _is_it(self, name: object) -> bool:
        if not isinstance(name, str | bytes | os.PathLike):
            return False
        text = os.fsdecode(name)
        if text.startswith("file:"):
            text = unquote(urlsplit(text).path)
        return os.path.realpath(text) == self._path


def work(operator: Operator, folder: Path) -> None:
    """Do what a desk does with a plot in a night."""
    operator.enters_line("0210Z 50 58.0N 001 41.0E 310/4 45pob tel +33612345678 new")
    operator.enters_line("0228Z 50 58.2N 001 40.5E >A")
    operator.enters_line("log >A families told")
    operator.adds_beach("Sangatte", "50 57.0N 001 45.0E")
    operator.adds_mark("WRK", "51 05.0N 001 40.0E", name="Wreck buoy")
    operator.undoes(2)
    operator.redoes(1)
    operator.selects("Reports", 0)
    operator.withdraws("told twice")
    operator.finds("A")
    operator.presses("Esc")
    operator.waits_for_chart()
    operator.exports_snapshot(folder / "sheet.png")
    table = folder / "log.csv"
    operator.chooses_file(table, lambda: operator.takes_from_menu("File", "Export the watch log"))
    wait_until(lambda: str(table) in operator.sees_banner(), "the log is exported")
    operator.saves_copy(folder / "copy.gpkg")
    operator.presses("Ctrl+S")
    document = operator.window.desk.session.document
    assert document.withdrawn()
    operator.opens_by_menu(folder / "copy.gpkg")
    operator.enters_line("0245Z 50 59.5N 001 37.0E >A")


def _opened_by_c(path: Path) -> int:
    descriptor: int = ctypes.CDLL(None)["open"](str(path).encode(), os.O_RDONLY)
    return descriptor


def main() -> None:
    """Work, look, and then touch the file in the two ways that must be seen."""
    path, folder = Path(sys.argv[1]), Path(sys.argv[2])
    watch = LiveFileWatch(path)
    operator = Operator(QApplication(sys.argv[:1]), FixedClock())
    operator.opens(path)
    work(operator, folder)
    operator.opens_by_menu(path)
    operator.closes()
    watch.look()
    told = {
        "touched": watch.touched[:],
        "connected": watch.connected,
        "opened_otherwise": watch.opened_otherwise,
        "libraries": [name for name in ("PySide6.QtSql",) if name in sys.modules],
    }
    seen: dict[str, int] = {}
    ways: dict[str, Callable[[], object]] = {
        "python": path.read_bytes,
        "another library": lambda: os.close(_opened_by_c(path)),
    }
    for name, touch in ways.items():
        before = len(watch.touched) + watch.opened_otherwise
        touch()
        watch.look()
        seen[name] = len(watch.touched) + watch.opened_otherwise - before
    sys.stdout.write(json.dumps(told | {"control": seen}) + "\n")


if __name__ == "__main__":
    main()
