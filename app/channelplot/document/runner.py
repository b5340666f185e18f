"""What runs slow functions off the owner's thread, as the document's neighbours see it."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

T = TypeVar("T")


class Runner(Protocol):
    """Runs a function somewhere else and hands over its outcome here, as ``Background.run``."""

    def __call__(self, function: Callable[[], T], done: Callable[[Future[T]], None]) -> None:
        """Run the function; call done, on this thread, once it has ended."""


def run_here(function: Callable[[], T], done: Callable[[Future[T]], None]) -> None:
    """Run the function here and now, then call done."""
    ended: Future[T] = Future()
    ended.set_result(function())
    done(ended)
