"""Publishing a local copy while it is worked on: nobody at this desk waits for a network."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from channelplot.document.notice import Notice
from channelplot.errors import PlotFileError
from channelplot.store.log import LoggedAct
from channelplot.store.whole_acts import is_of_same_act
from channelplot.store.working_copy import Publication, WorkingCopy

PUBLISH_S: Final = 60.0
"""How long acts wait to be published, at the most; it is tried again after as long."""
PATIENCE_S: Final = 15.0
"""How long closing waits for a network; what was not published then is at the next opening."""


@dataclass(frozen=True, slots=True)
class PublishState:
    """How things stand with the published file.

    unpublished: how many acts it has not. last: the last publication, None for none that is
    known. failure: why the last try came to nothing; None once one did not. kept_apart: the file
    that went on by itself, which is left alone; published_path is beside it then.
    """

    published_path: Path
    unpublished: int
    last: Publication | None
    failure: PlotFileError | None
    kept_apart: Path | None


class Publisher:
    """Publishes the local copy of the open plot: at most once a minute, and when it is closed.

    Everything here is called on one thread; only the publishing itself is done on another. The
    local copy holds every act whatever becomes of it. Announces state_changed.
    """

    def __init__(
        self,
        copy: WorkingCopy,
        *,
        post: Callable[[Callable[[], None]], None],
        clock: Callable[[], datetime],
        steady_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take over a local copy.

        post: as ``ThreadWriter`` has it. clock: returns the time in UTC; steady_s: seconds that
        only ever go on.
        """
        self.state_changed = Notice[PublishState]()
        self._copy = copy
        self._post = post
        self._clock = clock
        self._steady_s = steady_s
        self._seq = copy.last_seq()
        self._last_act: LoggedAct | None = None
        self._further_rows: list[int] = []
        self._record = copy.record
        self._failure: PlotFileError | None = None
        self._tried_s: float | None = None
        self._thread: Thread | None = None
        self._ended: SimpleQueue[PlotFileError | None] = SimpleQueue()
        self._is_closed = False

    @property
    def path(self) -> Path:
        """Return the local copy."""
        return self._copy.path

    @property
    def state(self) -> PublishState:
        """Return how things stand with the published file."""
        last = self._record.publication
        seq = 0 if last is None else last.seq
        return PublishState(
            self._record.published_path,
            self._seq - seq - sum(row > seq for row in self._further_rows),
            last,
            self._failure,
            self._record.kept_apart,
        )

    def note(self, act: LoggedAct) -> None:
        """Know of an act that is saved in the local copy; of one in several rows, of each."""
        if self._last_act is not None and is_of_same_act(self._last_act, act):
            self._further_rows.append(act.seq)
        self._last_act, self._seq = act, act.seq

    def tick(self) -> None:
        """Publish if it is time to; called every second or so."""
        now_s = self._steady_s()
        is_time = self._tried_s is None or now_s - self._tried_s >= PUBLISH_S
        if is_time and self.state.unpublished:
            self.publish()

    def publish(self, *, take_over: bool = False) -> None:
        """Begin to publish now, unless that is going on already.

        take_over: somebody has said that the desk whose lock is beside the file does not have it.
        """
        if self._thread is None and not self._is_closed:
            self._begin(take_over=take_over)

    def finish(self, patience_s: float = PATIENCE_S) -> bool:
        """Wait until what is being published is; False if the network takes longer than that."""
        if self._thread is not None:
            self._thread.join(patience_s)
            self._deliver()
        return self._thread is None

    def close(self, patience_s: float = PATIENCE_S) -> None:
        """Publish what is not yet, and let others have the plot. Closing twice is closing once.

        A network that does not answer keeps nobody here: the lock beside the published file goes
        with this process then, and the acts are published at the next opening.
        """
        if self._is_closed:
            return
        self._is_closed = True
        if not self.finish(patience_s):
            return
        if self.state.unpublished:
            self._begin()
        if self.finish(patience_s):
            self._copy.close()

    def _begin(self, *, take_over: bool = False) -> None:
        self._tried_s = self._steady_s()
        # Not one of a pool: Python would wait for those at the end, however long it takes.
        self._thread = Thread(target=self._run, args=(take_over,), name="publisher", daemon=True)
        self._thread.start()

    def _run(self, take_over: bool) -> None:
        """Publish, on the thread; what is wrong with the program itself goes to its hook."""
        failure = None
        try:
            self._copy.publish(self._clock(), take_over=take_over)
        except PlotFileError as error:
            failure = error
        finally:
            self._ended.put(failure)
            self._post(self._deliver)

    def _deliver(self) -> None:
        try:
            self._failure = self._ended.get_nowait()
        except Empty:
            return
        self._thread = None
        self._record = self._copy.record
        self.state_changed.announce(self.state)
