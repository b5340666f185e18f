"""Noticing that the computer's clock was changed, or that the computer slept.

Every time of a plot comes from the operator or from this clock. A clock that jumps makes the
next reports wrong by as much, and nobody sees it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

INTERVAL_MS: Final = 5_000
JUMP_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks show at one moment, in seconds.

    wall_s: since 1970, by the clock that can be set. steady_s: since some moment, never set,
    and not counting sleep. awake_or_asleep_s: likewise, counting sleep where the system tells.
    """

    wall_s: float
    steady_s: float
    awake_or_asleep_s: float


@dataclass(frozen=True, slots=True)
class ClockJump:
    """How far the clock jumped, in seconds; later is positive. slept_s: how long it slept."""

    set_by_s: float
    slept_s: float


def read_clocks() -> Clocks:
    """Return what the computer's clocks show now."""
    steady_s = time.monotonic()
    boot = getattr(time, "CLOCK_BOOTTIME", None)  # Linux has it
    both_s = steady_s if boot is None else time.clock_gettime(boot)
    return Clocks(time.time(), steady_s, both_s)


def jump_between(before: Clocks, after: Clocks) -> ClockJump | None:
    """Return how the clock jumped from one reading to the next, None if it just went on."""
    gained_s = (after.wall_s - before.wall_s) - (after.steady_s - before.steady_s)
    slept_s = (after.awake_or_asleep_s - before.awake_or_asleep_s) - (
        after.steady_s - before.steady_s
    )
    set_by_s = gained_s - slept_s
    if abs(gained_s) <= JUMP_S and abs(set_by_s) <= JUMP_S:
        return None
    return ClockJump(set_by_s, slept_s)


class ClockWatch(QObject):
    """Looks at the clocks every five seconds. Emits jumped(ClockJump)."""

    jumped = Signal(object)  # ClockJump

    def __init__(self, parent: QObject, clocks: Callable[[], Clocks] = read_clocks) -> None:
        """Start looking. clocks: returns what they show."""
        super().__init__(parent)
        self._clocks = clocks
        self._last = clocks()
        timer = QTimer(self)
        timer.setInterval(INTERVAL_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Compare the clocks with what they showed the last time."""
        self.take(self._clocks())

    def take(self, now: Clocks) -> None:
        """Compare a reading with the last one."""
        before, self._last = self._last, now
        jump = jump_between(before, now)
        if jump is not None:
            self.jumped.emit(jump)
