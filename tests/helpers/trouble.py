"""What an operator sees when a plot can't be saved; full disks, and rights that are missing."""

import ctypes
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.operator import Operator, wait_until

_HOLDS = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
    "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
)
_CAPABILITIES_VERSION = 0x20080522
_CAP_DAC_OVERRIDE = 1 << 1


def trouble_shows_after_ms(operator: Operator) -> float:
    """Wait until the banner is red; return how long that took."""
    begun_s = time.monotonic()
    banner = operator.window.banner
    wait_until(lambda: banner.isVisible() and banner.property("banner") == "bad", "a red banner")
    return (time.monotonic() - begun_s) * 1000.0


def says_saved(operator: Operator) -> bool:
    """Whether anything in sight says that everything is saved."""
    told = operator.sees_banner() + operator.sees_saved_mark()
    return "All saved" in told or "is saved" in told


@contextmanager
def filled_up(disk: Path, *, but_for: int = 0) -> Iterator[None]:
    """Let a disk be full but for some bytes."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    if but_for:
        with filler.open("r+b") as file:
            file.truncate(max(0, filler.stat().st_size - but_for))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def ruled_by_permissions() -> Iterator[None]:
    """Let permissions hold for root too, in this thread and those that it starts meanwhile.

    Unlike another account, root without this one right still reads its own Python.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0)
    words = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, words) == 0
    before = words[0]
    words[0] = before & ~_CAP_DAC_OVERRIDE
    assert libc.capset(header, words) == 0
    try:
        yield
    finally:
        words[0] = before
        assert libc.capset(header, words) == 0


@contextmanager
def somebody_writing(path: Path) -> Iterator[None]:
    """Let another process hold the write lock of a plot."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        try:
            yield
        finally:
            other.communicate("")
