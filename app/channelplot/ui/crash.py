"""The last resort for errors that are ours: a log, a crash file, and a banner.

The desk goes on working: every act marked saved is on disk, and an exception in an event
handler or slot leaves the rest of the program as it was. A crash file holds the kind of
error and where it happened, never positions, names or words of reports.
"""

import contextlib
import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from channelplot.ui.background import GuiPoster
from channelplot.version import __version__

_LOG = logging.getLogger("channelplot.ui")


class CrashReporter:
    """Takes every exception nobody caught. Writes at most one file for each place."""

    def __init__(self, folder: Path, poster: GuiPoster) -> None:
        """Write crash files into the folder; show them through the poster's thread."""
        self._folder = folder
        self._poster = poster
        self._show: Callable[[Path | None], None] = lambda _: None
        self._seen: set[str] = set()
        self._fault_file: IO[str] | None = None

    def install(self) -> None:
        """Catch what reaches the interpreter, a thread, or Qt's own messages."""
        sys.excepthook = self.take
        threading.excepthook = lambda args: self.take(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        qInstallMessageHandler(_log_qt_message)
        with contextlib.suppress(OSError):
            self._fault_file = (self._folder / "fault.log").open("a", encoding="utf-8")
            faulthandler.enable(self._fault_file)

    def show_with(self, show: Callable[[Path | None], None]) -> None:
        """Call this on the GUI thread with the crash file, None if it could not be written."""
        self._show = show

    def take(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Log an exception, write its crash file once, and tell the operator."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        frames = [
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        place = f"{kind.__name__} at {frames[-1] if frames else 'unknown'}"
        _LOG.error("unexpected: %s", place)
        if place in self._seen:
            return
        self._seen.add(place)
        path = self._written(kind, frames)
        self._poster.post(lambda: self._show(path))

    def _written(self, kind: type[BaseException], frames: list[str]) -> Path | None:
        now_utc = datetime.now(UTC)
        path = self._folder / f"crash-{now_utc:%Y%m%dT%H%M%SZ}-{len(self._seen)}.txt"
        lines = [
            f"Channel Plot {__version__}, {now_utc:%Y-%m-%dT%H:%M:%SZ}",
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}",
            kind.__name__,
            *frames,
        ]
        try:
            path.write_text("\n".join(lines) + "\n", "utf-8")
        except OSError:
            return None
        return path


def _log_qt_message(kind: QtMsgType, _: QMessageLogContext, text: str | None) -> None:
    """Log what Qt has to say; its warnings hold no data of the plot."""
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    _LOG.log(level, "Qt: %s", text or "")
