"""Twenty lines of observer, without Qt."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Notice(Generic[T]):
    """Tells everyone who asked, in the order they asked, that something has happened."""

    def __init__(self) -> None:
        """Start with nobody to tell."""
        self._listeners: list[Callable[[T], None]] = []

    def connect(self, listener: Callable[[T], None]) -> None:
        """Call the listener at every announcement from now on."""
        self._listeners.append(listener)

    def disconnect(self, listener: Callable[[T], None]) -> None:
        """Stop calling the listener. Raises ValueError if it was not connected."""
        self._listeners.remove(listener)

    def announce(self, fact: T) -> None:
        """Call every listener with what has happened."""
        for listener in tuple(self._listeners):
            listener(fact)
