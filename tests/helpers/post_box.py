"""A post box in the place of an event loop."""

from collections.abc import Callable
from queue import Empty, SimpleQueue


class PostBox:
    """Takes functions from any thread and runs them when the owner's thread says so."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def post(self, function: Callable[[], None]) -> None:
        """Take a function; safe from any thread."""
        self._waiting.put(function)

    def take(self) -> Callable[[], None]:
        """Wait for one function and return it."""
        return self._waiting.get(timeout=10.0)

    def run_next(self) -> None:
        """Wait for one function and run it."""
        self.take()()

    def run_waiting(self) -> int:
        """Run what is there and return how many that were."""
        count = 0
        while True:
            try:
                function = self._waiting.get_nowait()
            except Empty:
                return count
            function()
            count += 1
