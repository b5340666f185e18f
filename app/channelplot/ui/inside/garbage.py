"""Collecting Python's garbage on the GUI thread alone.

Python's collector runs in whichever thread happens to make an object, and deletes there what
it finds. Widgets must not be deleted in the thread that draws the chart. So the automatic
collector is off and timers of the GUI thread do its work: the youngest objects often, all of
them now and then. What a plot is made of holds no cycles and is freed without it.
"""

import ctypes
import gc
import linecache
import sys
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

YOUNG_MS: Final = 1_000
ALL_MS: Final = 300_000
MOST_YOUNG: Final = 20_000
"""Objects that a collection of the youngest ones walks: some milliseconds."""
GIVE_BACK_MS: Final = 1_000
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""As ``mallopt`` of the GNU C library names them (malloc.h)."""
_LEAST_FREE_BYTES: Final = 16_000_000
_LARGE_BYTES: Final = 4_000_000
_HEAPS: Final = 2


def collect_on_gui_thread(owner: QObject) -> None:
    """Collect from timers of the owner, on its thread, from now until it is destroyed."""
    # PySide has the source of every module read that is imported, and Python keeps it, 20 MB.
    linecache.clearcache()
    gc.disable()
    gc.collect()
    gc.freeze()  # what is there now stays: the collector need not walk the plot again
    work: list[tuple[int, Callable[[], object]]] = [
        (YOUNG_MS, collect_young),
        (ALL_MS, partial(gc.collect, 2)),
    ]
    give_back = memory_giver()
    if give_back is not None:
        work.append((GIVE_BACK_MS, give_back))
    for interval_ms, act in work:
        timer = QTimer(owner)
        timer.timeout.connect(act)
        timer.start(interval_ms)
    owner.destroyed.connect(gc.enable)


def collect_young() -> None:
    """Collect the youngest objects, or pass over them where there are very many.

    Those are the reports and rows of a large import, which hold no cycles: to walk them every
    second would stop the window for a tenth of one each time.
    """
    young, _, _ = gc.get_count()
    if young > MOST_YOUNG:
        pass_over_what_is_there()
    else:
        gc.collect(1)


def pass_over_what_is_there() -> None:
    """Let the collector pass over all that there is now: call it once a plot has been opened.

    To walk a large plot for garbage that it never holds would stop the window for a fifth of a
    second every few minutes. What is in a cycle now, a dialog that is open, is never collected.
    """
    gc.freeze()


def keep_little_memory() -> None:
    """Have the C library give large pieces of memory back at once: before other threads start.

    It learns from the first large piece that is freed to keep such pieces, in a heap for each
    thread; between them whatever is small and stays keeps a hundred megabytes of a large plot
    from being given back. Other systems do as we ask here by themselves, or can't be asked.
    """
    set_option = _c_function("mallopt")
    if set_option is not None:
        set_option(_ARENA_MAX, _HEAPS)
        set_option(_MMAP_THRESHOLD, _LARGE_BYTES)
        set_option(_TRIM_THRESHOLD, _LEAST_FREE_BYTES)


def memory_giver() -> Callable[[], object] | None:
    """Return a function that gives freed memory back to the system; None where there is none.

    The C library keeps what reading a large plot took, two hundred megabytes, for later. Giving
    it back takes some milliseconds, and next to nothing where there is nothing to give.
    """
    trim = _c_function("malloc_trim")
    return None if trim is None else partial(trim, 0)


def _c_function(name: str) -> Callable[..., int] | None:
    """Return a function of the C library, None where it has none of this name."""
    if sys.platform != "linux":
        return None
    function: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    return function
