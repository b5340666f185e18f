"""The last resort for errors that are ours: one hook, a log, a crash file, and a banner.

The desk goes on working: every act marked saved is on disk, and an exception in an event
handler or slot leaves the rest of the program as it was. Whatever nobody caught comes here:
from the interpreter, a slot, an override or filter (``chart/qt_guard.py``), a thread, a
callback of a future, a destructor. An error that comes again and again is counted, not
written each time.
"""

import contextlib
import faulthandler
import logging
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from PySide6.QtCore import qInstallMessageHandler

from channelplot.ui.inside import crash_file
from channelplot.ui.inside.background import GuiPoster
from channelplot.ui.inside.qt_log import QtLog, is_worth_telling

OFTEN: Final = 3
OFTEN_WITHIN_S: Final = 10.0
QUIET_S: Final = 60.0
"""How long nothing more is said after a restart was offered."""
FAULT_LOG: Final = "fault.log"
_INNERMOST: Final = 4
"""An error is the same again where its kind and its innermost three places are the same."""

_LOG = logging.getLogger("channelplot.ui")


@dataclass(frozen=True, slots=True)
class Crash:
    """What the operator is told. path: the crash file, None if it could not be written.

    is_often: so many errors in so short a time that starting again is the way out.
    """

    path: Path | None
    is_often: bool


class CrashReporter:
    """Takes every exception nobody caught. Writes at most one file for each place."""

    def __init__(
        self, folder: Path, poster: GuiPoster, steady_s: Callable[[], float] = time.monotonic
    ) -> None:
        """Write crash files into the folder; show them through the poster's thread.

        steady_s: seconds that only ever go on.
        """
        self._folder = folder
        self._poster = poster
        self._steady_s = steady_s
        self._begun_s = steady_s()
        self._show: Callable[[Crash], None] = lambda _: None
        self._lock = threading.RLock()  # a destructor may fail while one is being taken
        self._counts: dict[str, int] = {}
        self._paths: dict[str, Path] = {}
        self._times_s: deque[float] = deque(maxlen=OFTEN)
        self._offered_s: float | None = None
        self._fault_file: IO[str] | None = None
        self._callbacks = _ErrorsOfCallbacks(self.take)
        self._undo: Callable[[], None] = lambda: None
        self.ended_at_once: Path | None = None
        """The crash file of an earlier run that ended without a word, None if none did."""

    def install(self) -> None:
        """Catch what reaches the interpreter, a thread, a destructor, or Qt's own messages."""
        hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self.take
        threading.excepthook = lambda args: self.take(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        sys.unraisablehook = lambda args: self.take(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        before = qInstallMessageHandler(QtLog().take)
        callbacks = logging.getLogger("concurrent.futures")
        callbacks.addHandler(self._callbacks)

        def undo() -> None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
            qInstallMessageHandler(before)
            callbacks.removeHandler(self._callbacks)

        self._undo = undo
        with contextlib.suppress(OSError):
            self.ended_at_once = crash_file.taken_from(self._folder / FAULT_LOG)
        with contextlib.suppress(OSError):
            self._fault_file = (self._folder / FAULT_LOG).open("a", encoding="utf-8")
            faulthandler.enable(self._fault_file)

    def uninstall(self) -> None:
        """Leave everything to those who had it before ``install``."""
        self._undo()
        self._undo = lambda: None
        # Threads that go on keep the hooks they began with, and with them whoever is told.
        self._show = lambda _: None
        if self._fault_file is not None:
            faulthandler.disable()
            self._fault_file.close()
            self._fault_file = None

    def show_with(self, show: Callable[[Crash], None]) -> None:
        """Call this on the GUI thread with what the operator is to be told."""
        self._show = show

    def take(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Count an exception, write its crash file, and tell the operator. On any thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        if issubclass(kind, SystemExit):
            return  # a thread that ends itself
        places = crash_file.places_of(trace)
        name = crash_file.kind_of(error, kind)
        place = f"{name} at {' < '.join(places[:-_INNERMOST:-1]) or 'unknown'}"
        with self._lock:
            count = self._counts[place] = self._counts.get(place, 0) + 1
            offers_restart = self._is_too_often()
            if is_worth_telling(count):
                said = f"unexpected: {place}" + (f", {count} times" if count > 1 else "")
                _LOG.error("%s", said)
                if sys.stderr is not None:  # a program without a console has none
                    sys.stderr.write(f"channelplot: {said}\n")
                self._write(place, [name, *places, *crash_file.causes_of(error)])
            path = self._paths.get(place)
        if count == 1 or offers_restart:
            self._tell(Crash(path, offers_restart))

    def _is_too_often(self) -> bool:
        """Note an error; return whether a restart should be offered now."""
        now_s = self._steady_s()
        self._times_s.append(now_s)
        is_often = len(self._times_s) == OFTEN and now_s - self._times_s[0] <= OFTEN_WITHIN_S
        if not is_often or (self._offered_s is not None and now_s - self._offered_s < QUIET_S):
            return False
        self._offered_s = now_s
        return True

    def _write(self, place: str, told: list[str]) -> None:
        """Write the crash file of a place, or write it again with how often it came."""
        now_utc = datetime.now(UTC)
        number = list(self._counts).index(place) + 1
        path = self._paths.get(place) or (
            self._folder / f"crash-{now_utc:%Y%m%dT%H%M%SZ}-{number}.txt"
        )
        head = crash_file.head_of(now_utc, self._steady_s() - self._begun_s)
        times = (
            f"this error: {self._counts[place]} times; "
            f"all since the start: {sum(self._counts.values())} in {len(self._counts)} places"
        )
        if crash_file.write(path, [*head, times, *told]):
            self._paths[place] = path

    def _tell(self, crash: Crash) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone, and the poster with it
            self._poster.post(lambda: self._show(crash))


class _ErrorsOfCallbacks(logging.Handler):
    """Hands on what a callback of a future raised: Python logs it and goes on."""

    def __init__(
        self,
        take: Callable[[type[BaseException], BaseException | None, TracebackType | None], None],
    ) -> None:
        super().__init__(logging.ERROR)
        self._take = take

    def emit(self, record: logging.LogRecord) -> None:
        """Hand on the exception that a record tells of."""
        if record.exc_info and record.exc_info[0] is not None:
            self._take(*record.exc_info)
