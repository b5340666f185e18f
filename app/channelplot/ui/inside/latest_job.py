"""Long work beside the window: one job at a time, the latest, with progress."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import Event
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from channelplot.chart.cancel import RightOfWay
from channelplot.ui.inside.background import Background

T = TypeVar("T")

_LOOK_MS: Final = 80


class LatestJob(QObject):
    """Runs one job at a time; a job that is asked for later takes the place of the one before.

    Signal: progressed(float), 0 to 1, while a job tells. While the chart is being painted a job
    that tells its progress waits.
    """

    progressed = Signal(float)

    def __init__(self, parent: QObject, right_of_way: RightOfWay) -> None:
        """Start without a job; the thread starts with the first."""
        super().__init__(parent)
        self._right_of_way = right_of_way
        self._background = Background(self)
        self._stop = Event()
        self._number = 0
        self._is_running = False
        self._share = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(lambda: self.progressed.emit(self._share))

    @property
    def is_running(self) -> bool:
        """Return whether a job is not done yet."""
        return self._is_running

    def run(
        self,
        job: Callable[[Event, Callable[[float], None]], T],
        done: Callable[[Future[T]], None],
    ) -> None:
        """Run a job off the GUI thread; call done with its outcome on it, unless it is dropped.

        job: is given what is set when nobody wants it any more, and whom to tell how far it is.
        """
        self.drop()
        self._stop = Event()
        self._number += 1
        self._share, self._is_running = 0.0, True
        self._timer.start()
        self._background.run(
            partial(job, self._stop, self._take_share), partial(self._ended, self._number, done)
        )

    def drop(self) -> None:
        """Stop the job that runs; nobody is told of it any more."""
        self._stop.set()
        self._number += 1
        self._is_running = False
        self._timer.stop()

    def close(self) -> None:
        """Stop, and wait for that."""
        self.drop()
        self._background.close()

    def _take_share(self, share: float) -> None:
        """Note how far the job is, on its own thread."""
        self._share = share
        self._right_of_way.wait()

    def _ended(self, number: int, done: Callable[[Future[T]], None], ended: Future[T]) -> None:
        if number == self._number:
            self._is_running = False
            self._timer.stop()
            done(ended)
