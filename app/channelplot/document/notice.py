"""Twenty lines of observer, without Qt."""

from collections.abc import Callable
from typing import Generic, TypeVar

from channelplot.handed_on import HANDED_ON

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
        """Call every listener with what has happened.

        What one of them raises goes to ``sys.excepthook``: neither the others nor whoever
        announces has anything to do with it. An act is not half done because a panel failed.
        """
        for listener in tuple(self._listeners):
            with HANDED_ON:
                listener(fact)
