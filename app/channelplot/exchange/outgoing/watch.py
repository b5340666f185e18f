"""How far an export is, and whether it is to go on."""

from collections.abc import Callable, Iterable, Iterator
from threading import Event
from typing import TypeVar

from channelplot.errors import ExportStopped

T = TypeVar("T")
_AT_ONCE = 1000


class Watch:
    """Counts what is written; every thousand it tells how far that is and looks at ``stop``."""

    def __init__(self, total: int, progress: Callable[[float], None], stop: Event) -> None:
        """Take how much there is to write, whom to tell the share of it, and what stops it."""
        self._total = max(1, total)
        self._progress = progress
        self._stop = stop
        self._done = 0

    def over(self, things: Iterable[T]) -> Iterator[T]:
        """Yield things, counting them. Raises ExportStopped."""
        for thing in things:
            if self._done % _AT_ONCE == 0:
                self.look()
            self._done += 1
            yield thing

    def look(self) -> None:
        """Tell how far it is. Raises ExportStopped where it is not to go on."""
        if self._stop.is_set():
            raise ExportStopped
        self._progress(min(1.0, self._done / self._total))
