"""Asking for all answers of one craft without holding up whoever types."""

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from channelplot.analysis.answers import Answers, answers_of
from channelplot.analysis.dead_reckoning import Supposition
from channelplot.analysis.error_model import ErrorModel
from channelplot.analysis.whose_waters import WatersChart
from channelplot.model.beach import Beach
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.ui.inside.background import Background

_PAUSE_MS: Final = 40
"""Acts, selections and typed times that follow faster are asked about once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, all of it immutable values: any thread may answer it.

    is_now: at_utc is the time it is, not one that was chosen.
    """

    plot: Plot
    track: Track
    at_utc: datetime
    is_now: bool
    waters: WatersChart
    model: ErrorModel
    beaches: tuple[Beach, ...]
    supposition: Supposition

    def answers(self) -> Answers:
        """Return the answers."""
        return answers_of(
            self.plot,
            self.track,
            self.at_utc,
            waters=self.waters,
            model=self.model,
            beaches=self.beaches,
            supposition=self.supposition,
        )


class Asker(QObject):
    """Has questions answered off the GUI thread, one at a time.

    Emits answered(Asked, Answers) for the newest question only: what was asked before it is worth
    nothing any more.
    """

    answered = Signal(object, object)  # Asked, Answers

    def __init__(self, background: Background, parent: QObject) -> None:
        """Start with nothing asked."""
        super().__init__(parent)
        self._background = background
        self._newest: Asked | None = None
        self._is_waiting = False
        self._is_busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._start)

    def ask(self, asked: Asked) -> None:
        """Ask; whatever was asked before is dropped."""
        self._newest, self._is_waiting = asked, True
        if not self._timer.isActive():
            self._timer.start()

    def forget(self) -> None:
        """Want no answer to anything that was asked."""
        self._newest, self._is_waiting = None, False

    def _start(self) -> None:
        """Have the newest question answered, once the one before it has been."""
        if self._is_busy or not self._is_waiting or self._newest is None:
            return
        asked = self._newest
        self._is_waiting, self._is_busy = False, True
        self._background.run(asked.answers, lambda ended: self._ended(asked, ended))

    def _ended(self, asked: Asked, ended: Future[Answers]) -> None:
        self._is_busy = False
        answers = ended.result()
        if asked is self._newest:
            self.answered.emit(asked, answers)
        self._start()
