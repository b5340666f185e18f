"""The flag a renderer polls, at which it also lets the window go first."""

import time
from typing import Final

LONGEST_S: Final = 0.03
"""The window goes first for no longer than this at a time: drawing must go on as well."""
_NAP_S: Final = 0.0004
REST_S: Final = 0.3
"""So long nobody has moved the chart once it rests."""
_LONG_NAP_S: Final = 0.005


class RightOfWay:
    """Says that the window is about to paint, and that whoever else draws should wait.

    A frame is a few milliseconds of work; another thread that asks for the interpreter in between
    makes it several times as long. Taken and given back on the GUI thread, waited for on others.
    """

    __slots__ = ("_taken_s", "_until_s")

    def __init__(self) -> None:
        self._until_s = 0.0
        self._taken_s = 0.0

    def take(self) -> None:
        """Go first, until it is given back or the longest time is over."""
        self._taken_s = time.monotonic()
        self._until_s = self._taken_s + LONGEST_S

    def give_back(self) -> None:
        """Let the others go on."""
        self._until_s = 0.0

    def wait(self) -> None:
        """Return once nobody has it."""
        while time.monotonic() < self._until_s:
            time.sleep(_NAP_S)

    @property
    def is_at_rest(self) -> bool:
        """Return whether nobody has taken it for a while."""
        return time.monotonic() >= self._taken_s + REST_S


class Cancel:
    """Says that a picture is not wanted any more; set on one thread, read on another.

    right_of_way: whoever asks waits first while that is taken.
    """

    __slots__ = ("_is_cancelled", "_right_of_way")

    def __init__(self, right_of_way: RightOfWay | None = None) -> None:
        self._is_cancelled = False
        self._right_of_way = right_of_way

    @property
    def is_cancelled(self) -> bool:
        """Return whether the work should stop; once true it stays true."""
        if self._right_of_way is not None and not self._is_cancelled:
            self._right_of_way.wait()
        return self._is_cancelled

    def is_cancelled_at_rest(self) -> bool:
        """Return the same once the window has painted nothing for a while, or at once if so.

        For what can wait, and does long work between two polls.
        """
        way = self._right_of_way
        while way is not None and not self._is_cancelled and not way.is_at_rest:
            time.sleep(_LONG_NAP_S)
        return self.is_cancelled

    def cancel(self) -> None:
        """Ask the work to stop at the next poll."""
        self._is_cancelled = True


NEVER: Final = Cancel()
"""For work that is always wanted to its end."""
