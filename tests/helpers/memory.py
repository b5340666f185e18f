"""Memory of this process: windows come and go by the hundred here, and it keeps what they had."""

import ctypes
import gc
from pathlib import Path
from typing import Final

_STATM: Final = Path("/proc/self/statm")
_PAGE_BYTES: Final = 4096
MUCH_BYTES: Final = 500_000_000
_after_last = [MUCH_BYTES]


def give_back_memory() -> None:
    """Have the C library return what is free, where the process has grown much since it did."""
    if not _STATM.exists() or _resident_bytes() < _after_last[-1] + MUCH_BYTES:
        return
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
    _after_last[:] = [_resident_bytes()]


def _resident_bytes() -> int:
    return int(_STATM.read_text("ascii").split()[1]) * _PAGE_BYTES
