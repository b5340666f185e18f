"""Work that waits while the chart is being drawn."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QTimer

from channelplot.chart.canvas import ChartCanvas
from channelplot.ui.inside.background import Background

T = TypeVar("T")

LONGEST_MS: Final = 10_000
"""A chart that takes longer, or that nobody sees, is not waited for."""


class AfterChart(QObject):
    """Runs functions in the background once the chart that shows has been drawn.

    Both want the interpreter, and somebody waits for the chart.
    """

    def __init__(self, canvas: ChartCanvas, background: Background) -> None:
        """Hold what comes from now on until the first full chart."""
        super().__init__(canvas)
        self._canvas = canvas
        self._background = background
        self._waiting: list[Callable[[], None]] = []
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(LONGEST_MS)
        self._patience.timeout.connect(self._let_go)
        self._is_first = True
        canvas.chart_drawn.connect(self._let_go)

    def run(self, function: Callable[[], T], done: Callable[[Future[T]], None]) -> None:
        """Run the function; then call done with its outcome on the GUI thread."""
        begin = partial(self._background.run, function, done)
        if self._is_first or (self._canvas.isVisible() and not self._canvas.is_drawn):
            self._waiting.append(begin)
            if not self._patience.isActive():
                self._patience.start()
        else:
            begin()

    def _let_go(self) -> None:
        self._is_first = False
        self._patience.stop()
        waiting, self._waiting = self._waiting, []
        for begin in waiting:
            begin()
