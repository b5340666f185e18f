"""Having acts read that are further away in a history, without anybody waiting for that."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from channelplot.document.history import History
from channelplot.document.kept import State
from channelplot.document.past import FurtherReading
from channelplot.document.writer import Writer


class FurtherReader:
    """Reads on the writer's thread, bit by bit: what is saved meanwhile goes between.

    has_read: something was read that is to be taken over.
    """

    def __init__(self, writer: Writer, *, ready: Callable[[], None]) -> None:
        """Start without reading. ready: called here once something was read."""
        self.has_read = False
        self._writer = writer
        self._ready = ready
        self._done: Callable[[bool], None] = _tell_nobody
        self._reading: FurtherReading | None = None
        self._is_closed = False

    def read(self, history: History, done: Callable[[bool], None], *, is_back: bool) -> bool:
        """Begin to read; see ``Document.read_further``."""
        begun = history.further_past if is_back else history.further_future
        if begun is None or self._reading is not None:
            return False
        self._done = done
        self._go_on(FurtherReading(begun, is_back=is_back))
        return True

    def close(self) -> None:
        """Read no more; nobody is told."""
        self._is_closed = True

    def taken(self, state: State) -> tuple[State, Callable[[], None]]:
        """Return a state with what was read in its history, and what tells of that once it is so.

        Nothing is taken where another history was found meanwhile, or a new act has ended what
        was undone.
        """
        reading, done = self._reading, self._done
        assert reading is not None, "something was read"
        self._reading, self.has_read = None, False
        history, plot = state.history, state.plot
        further = history.further_past if reading.is_back else history.further_future
        if further is not None and further.acts is reading.begun.acts:
            take = history.with_read_past if reading.is_back else history.with_read_future
            read = take(reading.steps, reading.further)
            state = replace(state, history=read.with_crossings(plot.predicted_crossings))
        return state, lambda: done(bool(reading.steps))

    def _go_on(self, reading: FurtherReading) -> None:
        self._reading = reading
        self._writer.submit(reading.go_on, self._ended)

    def _ended(self, future: Future[None]) -> None:
        """Go on, or have what was read taken over; an error that is ours rises from here."""
        reading = self._reading
        assert reading is not None, "one is under way"
        if future.exception() is not None:
            self._reading = None
            future.result()
        if self._is_closed:
            return
        if reading.is_done:
            self.has_read = True
            self._ready()
        else:
            self._go_on(reading)


def _tell_nobody(_: bool) -> None:
    """Do nothing: nobody has asked."""
