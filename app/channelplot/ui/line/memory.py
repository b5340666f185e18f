"""What the plot line remembers beyond a crash: the half-typed line, and the lines committed."""

import contextlib
import hashlib
import logging
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from channelplot.chart.qt_guard import qt_guarded
from channelplot.settings import JsonFile, JsonValue

KEEP_MS: Final = 25
"""A change is on disk so soon after it, however fast the typing goes on."""
MOST_RECALLED: Final = 50
_LOG = logging.getLogger("channelplot.ui")


def file_of_plot(folder: Path, kind: str, plot: Path) -> Path:
    """Return the file in which something is kept about a plot, in a folder of its kind."""
    code = hashlib.sha256(str(plot.absolute()).encode("utf-8", "surrogateescape")).hexdigest()
    return folder / kind / f"{code[:16]}.json"


class HalfLine(QObject):
    """The half-typed line of one plot and what was entered but is not saved yet.

    In a file of its own; no file where there is neither.

    A desk that has another plot open has another file, so that none is offered two desks'.
    What can't be written is written with the next change; typing goes on.
    """

    def __init__(self, parent: QObject, folder: Path, plot: Path) -> None:
        """Look at what was left for a plot."""
        super().__init__(parent)
        self._path = file_of_plot(folder, "half_lines", plot)
        self._plot = plot
        self._text = ""
        self._entered: tuple[str, ...] = ()
        self._written: tuple[str, tuple[str, ...]] | None = None
        # One after the other, off the GUI thread: a rename can take longer than a keystroke may.
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="half-line")
        self._last: Future[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.write)

    def left(self) -> str:
        """Return the line that was left half typed, "" if none was."""
        text = JsonFile(self._path).get("line")
        return text if isinstance(text, str) else ""

    def left_unsaved(self) -> tuple[str, ...]:
        """Return the lines that were entered and had not been saved, in their order."""
        kept = JsonFile(self._path).get("entered")
        lines = kept if isinstance(kept, list) else []
        return tuple(line for line in lines if isinstance(line, str))

    def entered(self, line: str) -> None:
        """Keep a line that was entered until ``saved`` is called; the next one is empty."""
        self._entered = (*self._entered, line)
        self._text = ""
        self.write()

    def saved(self) -> None:
        """Forget what was entered: all of it is on disk."""
        if self._entered:
            self._entered = ()
            self.write()

    def keep(self, text: str) -> None:
        """Keep what stands in the line now, very soon; at once when it is empty."""
        self._text = text
        if not text:
            self.write()
        elif not self._timer.isActive():
            self._timer.start()

    def write(self) -> None:
        """Begin to write what stands in the line, if that is not on disk."""
        self._timer.stop()
        if self._written != (self._text, self._entered):
            self._written = self._text, self._entered
            self._last = self._writer.submit(
                _write, self._path, str(self._plot), self._text, self._entered
            )

    def flush(self) -> None:
        """Write what is still to be written, and wait until it is."""
        self.write()
        if self._last is not None:
            self._last.result()

    def close(self) -> None:
        """Write what is still to be written; nothing is kept from then on."""
        self.flush()
        self._writer.shutdown(wait=True)


@qt_guarded(None)
def _write(path: Path, plot: str, text: str, entered: tuple[str, ...]) -> None:
    """Write a file of what is kept, or remove it where there is nothing; no loss if that fails."""
    try:
        if text or entered:
            JsonFile(path).put({"plot": plot, "line": text, "entered": [*entered]})
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        _LOG.warning("half-typed line not kept: %s", error.strerror)


class Recall:
    """The last lines that were committed at this desk, the latest last, for Up and Down."""

    def __init__(self, folder: Path) -> None:
        """Read the file, if there is one."""
        self._file = JsonFile(folder / "recall.json")

    def lines(self) -> tuple[str, ...]:
        """Return the lines."""
        kept = self._file.get("lines")
        lines = kept if isinstance(kept, list) else []
        return tuple(line for line in lines if isinstance(line, str))[-MOST_RECALLED:]

    def keep(self, lines: tuple[str, ...]) -> None:
        """Keep the last of these lines; it is no loss to the plot if that fails.

        On any thread, one at a time.
        """
        kept: list[JsonValue] = [*lines[-MOST_RECALLED:]]
        with contextlib.suppress(OSError):
            self._file.put({"lines": kept})
