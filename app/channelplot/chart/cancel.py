"""The flag a renderer polls."""


class Cancel:
    """Says that a picture is not wanted any more; set on one thread, read on another."""

    __slots__ = ("_is_cancelled",)

    def __init__(self) -> None:
        self._is_cancelled = False

    @property
    def is_cancelled(self) -> bool:
        """Return whether the work should stop; once true it stays true."""
        return self._is_cancelled

    def cancel(self) -> None:
        """Ask the work to stop at the next poll."""
        self._is_cancelled = True
