"""Running functions on the GUI thread from elsewhere, and slow ones off it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


class GuiPoster(QObject):
    """Runs functions on the thread it was made on; ``post`` may be called from any."""

    _posted = Signal(object)  # Callable[[], None]

    def __init__(self, parent: QObject | None = None) -> None:
        """Start on the current thread."""
        super().__init__(parent)
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, function: Callable[[], None]) -> None:
        """Run the function soon on the poster's own thread."""
        self._posted.emit(function)

    @Slot(object)
    def _run(self, function: Callable[[], None]) -> None:
        function()


class Background(QObject):
    """Runs slow functions one at a time off the GUI thread.

    closing: set as soon as it is closed, for those that can end early.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Start the thread with the first function."""
        super().__init__(parent)
        self.closing = Event()
        self._poster = GuiPoster(self)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")

    def run(self, function: Callable[[], T], done: Callable[[Future[T]], None]) -> None:
        """Run the function; then call done with its outcome on the GUI thread."""

        def deliver(ended: Future[T]) -> None:
            if not self.closing.is_set():  # whoever wanted it is gone with the window
                done(ended)

        future = self._executor.submit(function)
        future.add_done_callback(lambda ended: self._poster.post(lambda: deliver(ended)))

    def close(self) -> None:
        """Wait for what is running; nothing is delivered from now on."""
        self.closing.set()
        self._executor.shutdown(wait=True)
