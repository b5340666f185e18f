"""What is written of an error: its kind, where it happened, versions and counts.

Never what it said: the text of an exception may hold positions, names, words of reports. So
do the arguments of a call and the folders of a home; neither is written.
"""

import errno
import platform
import re
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6 import __version__ as binding_version
from PySide6.QtCore import qVersion

from channelplot.version import __version__

MOST_FILES: Final = 50
MOST_FRAMES: Final = 60
"""Of one error: the first third and the rest from the end."""
MOST_CAUSES: Final = 8
_FOLDER: Final = re.compile(r'File "[^"]*[/\\]')
_SAFE_CODE: Final = re.compile(r"[A-Z0-9_]{1,40}")


def kind_of(error: BaseException | None, kind: type[BaseException]) -> str:
    """Return the name of an error's class, and the system's or SQLite's code where it has one."""
    code = ""
    if isinstance(error, OSError) and error.errno is not None:
        code = errno.errorcode.get(error.errno, str(error.errno))
    said = getattr(error, "sqlite_errorname", "")
    if isinstance(said, str) and _SAFE_CODE.fullmatch(said):
        code = said
    return f"{kind.__name__} {code}".rstrip()


def places_of(trace: TracebackType | None) -> list[str]:
    """Return where a trace went, the outermost first: file without its folder, line, function."""
    places = [
        f"{Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(trace)
    ]
    if len(places) <= MOST_FRAMES:
        return places
    first = MOST_FRAMES // 3
    left_out = len(places) - MOST_FRAMES
    return [*places[:first], f"({left_out} more)", *places[-(MOST_FRAMES - first) :]]


def causes_of(error: BaseException | None) -> Iterator[str]:
    """Yield kind and places of what led to an error, and of what a group of errors holds."""
    told: list[BaseException] = [] if error is None else [error]
    for each in told:
        found = [each.__cause__, None if each.__suppress_context__ else each.__context__]
        if isinstance(each, BaseExceptionGroup):
            found += each.exceptions
        for other in found:
            if other is not None and other not in told and len(told) <= MOST_CAUSES:
                told.append(other)
                yield f"from {kind_of(other, type(other))}"
                yield from places_of(other.__traceback__)


def head_of(now_utc: datetime, up_s: float) -> list[str]:
    """Return the lines about program and machine that every crash file begins with."""
    return [
        f"Channel Plot {__version__}, {now_utc:%Y-%m-%dT%H:%M:%SZ}",
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {binding_version}, "
        f"{platform.system()} {platform.machine()}",
        f"running for {up_s / 3600.0:.1f} h, {threading.active_count()} threads",
    ]


def write(path: Path, lines: list[str]) -> bool:
    """Write a crash file; return whether that went. The oldest go when there are too many."""
    try:
        path.write_text("\n".join(lines) + "\n", "utf-8")
        files = sorted(path.parent.glob("crash-*.txt"), key=lambda each: each.name)
        for old in files[:-MOST_FILES]:
            old.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def taken_from(fault_log: Path) -> Path | None:
    """Make a crash file of what an earlier run left in its fault log when it ended at once.

    Returns the crash file, None if there was nothing. The log is emptied, not replaced: another
    window may be about to write into it. Raises OSError.
    """
    if not fault_log.is_file() or not fault_log.stat().st_size:
        return None
    ended_utc = datetime.fromtimestamp(fault_log.stat().st_mtime, UTC)
    text = fault_log.read_text("utf-8", errors="replace")
    path = fault_log.with_name(f"crash-{ended_utc:%Y%m%dT%H%M%SZ}-ended.txt")
    path.write_text(_FOLDER.sub('File "', text), "utf-8")
    with fault_log.open("r+", encoding="utf-8") as emptied:
        emptied.truncate(0)
    return path
