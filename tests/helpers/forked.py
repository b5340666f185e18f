"""Workers that are killed over and over, each ready at once: forked from a process that waits."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from unit.store.files import python

if TYPE_CHECKING:
    import subprocess

_PATIENCE_S = 30.0
_PAUSE_S = 0.002
_SERVE = """
import os, sys
{prepare}
sys.stdout.write("ready\\n")
sys.stdout.flush()
for line in sys.stdin:
    if os.fork() == 0:
        sys.stdout.write(f"{{os.getpid()}}\\n")
        sys.stdout.flush()
        work(*line.rstrip("\\n").split("\\t"))
        os._exit(0)
    sys.stdin.readline()  # its number stays its own until then, ended or not
    _, status = os.wait()
    sys.stdout.write(f"{{os.waitstatus_to_exitcode(status)}}\\n")
    sys.stdout.flush()
"""


class Workers:
    """Starts workers, one at a time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Take over the process that waits; use ``workers``."""
        self._process = process

    def killed_after(
        self, seconds: float, *words: str, once: Callable[[], bool] | None = None
    ) -> bool:
        """Let a worker begin, kill it after some time; whether it was at work still.

        once: the time counts from when this holds.
        """
        pid = self._begin(words)
        end_s = time.monotonic() + _PATIENCE_S
        while once is not None and not once():
            assert time.monotonic() < end_s, "the worker does not get as far"
            time.sleep(_PAUSE_S)
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        return self._ended() == -signal.SIGKILL

    def code_of(self, *words: str) -> int:
        """Let a worker do what it does to the end; the code that it ends with."""
        self._begin(words)
        return self._ended()

    def seconds_for(self, *words: str) -> float:
        """Let a worker do what it does to the end; how long that took."""
        begun_s = time.monotonic()
        self._begin(words)
        assert self._ended() == 0, "the worker must get to its end"
        return time.monotonic() - begun_s

    def _begin(self, words: tuple[str, ...]) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def _ended(self) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def workers(prepare: str) -> Iterator[Workers]:
    """Start a process that runs some code once, which defines ``work(*words)``, and then waits."""
    with python(_SERVE.format(prepare=prepare)) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield Workers(process)
        finally:
            process.kill()
