"""Work that is done in a process of its own, because what it works on is not trusted.

The child is this Python with an environment of its own, in an empty folder that is removed
afterwards. It bounds itself (``confinement.py``) before it does anything else, is given one
request, and answers once. Whatever becomes of it, this process goes on.
"""

import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

TIMEOUT_S: Final = 60.0
_CHUNK_BYTES: Final = 1 << 20
_LOOK_S: Final = 0.1
"""So often it is looked whether the child is to be stopped."""
_KEPT: Final = ("PATH", "LD_LIBRARY_PATH")
"""Of our environment; nothing else of it is the child's business."""


class ChildEnd(StrEnum):
    """How a child ended that did not answer."""

    DIED = "died"
    TOO_SLOW = "too_slow"
    TOO_MUCH = "too_much"
    STOPPED = "stopped"


class ChildFailed(Exception):
    """A child died, took too long, said too much, or was stopped."""

    def __init__(self, end: ChildEnd, detail: str = "") -> None:
        """Keep how it ended, and its exit code or signal as a text."""
        super().__init__(f"{end}" + (f" ({detail})" if detail else ""))
        self.end = end
        self.detail = detail


def run_child(
    module: str,
    request: str,
    *,
    environment: Mapping[str, str],
    most_bytes: int,
    timeout_s: float = TIMEOUT_S,
    stop: threading.Event | None = None,
) -> bytes:
    """Return what a module, run by itself with a request as its only word, wrote.

    environment: what it is to have beside the little that every child has. Takes a few tenths of
    a second at least. Raises ChildFailed when it did not end well within timeout_s, or wrote more
    than most_bytes, or stop was set meanwhile.
    """
    with TemporaryDirectory(prefix="channelplot-") as folder:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", module, request],
            cwd=folder,
            env={**_own_environment(Path(folder)), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        with child:
            try:
                return _answer(child, most_bytes, time.monotonic() + timeout_s, stop)
            finally:
                child.kill()


def _answer(
    child: "subprocess.Popen[bytes]",
    most_bytes: int,
    deadline_s: float,
    stop: threading.Event | None,
) -> bytes:
    assert child.stdout is not None
    said = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            left_s = max(0.0, deadline_s - time.monotonic())
            is_ready = selector.select(left_s if stop is None else min(left_s, _LOOK_S))
            if stop is not None and stop.is_set():
                raise ChildFailed(ChildEnd.STOPPED)
            if not is_ready:
                if time.monotonic() >= deadline_s:
                    raise ChildFailed(ChildEnd.TOO_SLOW)
                continue
            chunk = os.read(child.stdout.fileno(), _CHUNK_BYTES)
            if not chunk:
                break
            said += chunk
            if len(said) > most_bytes:
                raise ChildFailed(ChildEnd.TOO_MUCH)
    try:
        code = child.wait(max(0.0, deadline_s - time.monotonic()))
    except subprocess.TimeoutExpired as error:
        raise ChildFailed(ChildEnd.TOO_SLOW) from error
    if code != 0:
        raise ChildFailed(ChildEnd.DIED, str(code))
    return bytes(said)


def _own_environment(folder: Path) -> dict[str, str]:
    """Return the environment of every child: nothing of ours but where programs are."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    here = dict.fromkeys(("HOME", "TMPDIR"), str(folder))
    # It is to find what this process finds, however that was set up.
    modules = os.pathsep.join(path for path in sys.path if path)
    return {**kept, **here, "PYTHONPATH": modules, "LANG": "C.UTF-8"}
