"""Looking at the file for what others do to it, without anybody waiting for that."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

from channelplot.document.history import History
from channelplot.document.kept import Store
from channelplot.document.past import history_of
from channelplot.document.writer import Writer
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.plot import Plot
from channelplot.store.load import LoadedPlot
from channelplot.store.outside import Look


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found: what the file holds now, and the history that its log tells."""

    loaded: LoadedPlot
    history: History


class Follower:
    """Looks at the file on the writer's thread, one look at a time, and never while acts wait.

    trouble: what the last look found wrong with the file, None if nothing. is_free: the file is
    open to read because another had it, who has it no longer.
    """

    def __init__(
        self,
        store: Store,
        writer: Writer,
        *,
        clock: Callable[[], datetime],
        known: Callable[[], Plot],
        has_pending: Callable[[], bool],
        adopt: Callable[[Found], None],
        tell: Callable[[], None],
    ) -> None:
        """Start without looking.

        known: returns the plot that is on disk as far as is known; has_pending: whether acts wait
        to be saved, asked from the writer's thread too; adopt: takes over what was found; tell:
        announces that trouble or is_free is another.
        """
        self.trouble: BaseException | None = None
        self.is_free = False
        self.is_looking = False
        self._store = store
        self._writer = writer
        self._clock = clock
        self._known = known
        self._has_pending = has_pending
        self._adopt = adopt
        self._tell = tell
        self._is_wanted = False
        self._is_unused = False
        self._is_closed = False
        self._rest: Callable[[], None] = _go_on

    def look(self, rest: Callable[[], None] | None = None) -> None:
        """Look now, or once what is under way is done.

        rest: called again and again meanwhile, on the writer's thread; lets others go first.
        """
        self._rest = rest or _go_on
        self._is_wanted = True
        self.go_on()

    def go_on(self) -> None:
        """Look if that was put off and nothing is in its way any more."""
        if self._is_wanted and not (self._is_closed or self.is_looking or self._has_pending()):
            self._is_wanted = False
            self.is_looking = True
            known, at_utc, is_again = self._known(), self._clock(), self._is_unused
            self._writer.submit(lambda: self._seen(known, at_utc, is_again=is_again), self._looked)

    def close(self) -> None:
        """Look no more; what a look finds that is under way is not taken over."""
        self._is_closed = True

    def _seen(self, known: Plot, at_utc: datetime, *, is_again: bool) -> tuple[Found | None, Look]:
        """Return what the store holds, None for what is known, and what a look told besides.

        Runs on the writer's thread, the history included: a long log takes a while to go back.
        """
        look = self._store.look(known, at_utc, is_again=is_again, give_way=self._gives_way)
        if look.loaded is None:
            return None, look
        loaded = look.loaded
        # Nothing can be undone where nothing can be written.
        is_read_only = self._store.is_read_only
        history = History() if is_read_only else history_of(loaded.plot, loaded.acts)
        return Found(loaded, history), look

    def _gives_way(self) -> bool:
        if not self._has_pending():
            self._rest()
        return self._has_pending()

    def _looked(self, future: Future[tuple[Found | None, Look]]) -> None:
        """Take over what was found; an error that is ours rises from here."""
        self.is_looking = False
        if self._is_closed:
            return
        failure = future.exception()
        if isinstance(failure, PlotFileError):
            found, look = None, Look(is_free=self.is_free, trouble=failure)
        else:
            found, look = future.result()
        self._is_wanted |= look.gave_way
        if not look.gave_way:
            self._take(found)
            trouble = look.trouble
            # Another program that is just writing is no trouble: the next look will do.
            is_passing = trouble is not None and trouble.fault is PlotFileFault.LOCKED
            self._note(self.trouble if is_passing else trouble, is_free=look.is_free)
        self.go_on()

    def _take(self, found: Found | None) -> None:
        """Take over what was found, unless acts were made meanwhile: look again after them."""
        if found is None:
            return
        self._is_unused = self._has_pending()
        if self._is_unused:
            self._is_wanted = True
        else:
            self._adopt(found)

    def _note(self, trouble: BaseException | None, *, is_free: bool) -> None:
        was = self.trouble, self.is_free
        self.trouble, self.is_free = trouble, is_free
        if (_words(was[0]), was[1]) != (_words(trouble), is_free):
            self._tell()


def _words(trouble: BaseException | None) -> str:
    return "" if trouble is None else str(trouble)


def _go_on() -> None:
    """Let nobody go first."""
