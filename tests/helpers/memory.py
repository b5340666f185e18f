"""Memory of this process: windows come and go by the hundred here, and it keeps what they had."""

import ctypes
import gc
from pathlib import Path
from typing import Final

_STATM: Final = Path("/proc/self/statm")
_PAGE_BYTES: Final = 4096
MUCH_BYTES: Final = 1_500_000_000


def give_back_memory() -> None:
    """Have the C library return what is free to the system, where the process has grown large."""
    if _STATM.exists() and int(_STATM.read_text("ascii").split()[1]) * _PAGE_BYTES > MUCH_BYTES:
        gc.collect()
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
