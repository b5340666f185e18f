"""The one thread that writes to the plot file, so that no one waits for the disk."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from queue import Empty, SimpleQueue
from typing import Protocol, TypeVar

T = TypeVar("T")


class Writer(Protocol):
    """Runs jobs that need the plot file one after the other and tells how each ended."""

    def submit(self, job: Callable[[], T], done: Callable[[Future[T]], None]) -> None:
        """Run the job off the owner's thread; then call done on the owner's thread."""

    def wait(self) -> None:
        """Return when every job has run and its done was called; on the owner's thread."""

    def close(self) -> None:
        """Wait until every job has run, and take no more."""


class ThreadWriter:
    """A writer with a thread of its own.

    post: runs a function on the thread that owns the document, soon; it must be safe to
    call from any thread.
    """

    def __init__(self, post: Callable[[Callable[[], None]], None]) -> None:
        """Start the thread."""
        self._post = post
        self._ended: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="plot-writer")

    def submit(self, job: Callable[[], T], done: Callable[[Future[T]], None]) -> None:
        """Queue the job; done is posted to the owner's thread."""
        future = self._executor.submit(job)
        future.add_done_callback(lambda ended: self._tell(lambda: done(ended)))

    def wait(self) -> None:
        """Let the thread finish what is queued, then call here what was not called yet."""
        self._executor.submit(lambda: None).result()
        self._deliver()

    def close(self) -> None:
        """Wait until every queued job has run and the thread has ended."""
        self._executor.shutdown(wait=True)

    def _tell(self, done: Callable[[], None]) -> None:
        self._ended.put(done)
        self._post(self._deliver)

    def _deliver(self) -> None:
        while True:
            try:
                done = self._ended.get_nowait()
            except Empty:
                return
            done()


class InlineWriter:
    """A writer that waits for each job; for programs without a window."""

    def __init__(self) -> None:
        """Start the thread."""
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="plot-writer")

    def submit(self, job: Callable[[], T], done: Callable[[Future[T]], None]) -> None:
        """Run the job and call done before returning."""
        future = self._executor.submit(job)
        wait([future])
        done(future)

    def wait(self) -> None:
        """Return at once: ``submit`` has waited already."""

    def close(self) -> None:
        """End the thread."""
        self._executor.shutdown(wait=True)
