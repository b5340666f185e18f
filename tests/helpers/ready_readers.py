"""Files of others read by children that need not be started: forked from a process that waits.

That has imported what takes long, but for GDAL. From there on such a child does all that one does
that was started: it bounds itself, copies the file, loads GDAL with one driver, and answers once.
For tests of what is read and shown; those of the child itself start one.
"""

import os
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from channelplot.exchange import reference_layers, vector_worker
from channelplot.exchange.child import ChildEnd, ChildFailed
from channelplot.exchange.vector_file import ENVIRONMENT, WORKER
from helpers.forked import Workers, workers

READY: Final = """
from channelplot.exchange.vector_file import ENVIRONMENT
os.environ.update(ENVIRONMENT)
import channelplot.exchange.reference_child, channelplot.exchange.reference_frame
import channelplot.store.connection, channelplot.store.soundness, channelplot.store.triggers
import pyproj, shapely
from helpers.ready_readers import answer as work
assert "pyogrio" not in sys.modules, "GDAL is loaded by each child, for one kind of file"
"""


def answer(folder: str, request: str) -> None:
    """In the child: do what is asked in an empty folder; the answer is written beside it."""
    own = Path(folder) / "own"
    own.mkdir()
    os.chdir(own)
    out = os.open(own.with_name("answer"), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    os.dup2(out, 1)
    sys.argv = [WORKER, request]
    vector_worker.main(request)
    sys.stdout.flush()


class ReadyReaders:
    """Stands in for ``run_child``."""

    def __init__(self, ready: Workers) -> None:
        """Take over the process that waits, for one child at a time."""
        self._ready = ready
        self._lock = threading.Lock()

    def run(
        self,
        module: str,
        request: str,
        *,
        environment: Mapping[str, str],
        most_bytes: int,
        stop: threading.Event | None = None,
    ) -> bytes:
        """Return what a child wrote; raises ChildFailed as ``run_child`` does."""
        assert (module, dict(environment)) == (WORKER, ENVIRONMENT)
        with TemporaryDirectory() as folder, self._lock:
            if stop is not None and stop.is_set():
                raise ChildFailed(ChildEnd.STOPPED)
            code = self._ready.code_of(folder, request)
            if code != 0:
                raise ChildFailed(ChildEnd.DIED, str(code))
            said = (Path(folder) / "answer").read_bytes()
        if len(said) > most_bytes:
            raise ChildFailed(ChildEnd.TOO_MUCH)
        return said


@pytest.fixture(scope="session")
def _ready_to_read() -> Iterator[ReadyReaders]:
    """The process that has imported what takes long; started by the first test that wants it."""
    with workers(READY) as ready:
        yield ReadyReaders(ready)


@pytest.fixture
def ready_readers(_ready_to_read: ReadyReaders, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reference layers are read by children that are ready."""
    monkeypatch.setattr(reference_layers, "run_child", _ready_to_read.run)
