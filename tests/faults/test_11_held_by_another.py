"""Another program holds the plot's write lock: the desk goes on, and saves when it lets go."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.check import check
from helpers.operator import Operator, wait_until
from helpers.plot_files import labels_in_log
from helpers.trouble import says_saved
from unit.store.files import (
    HOLD_LOCKED,
    a_plot,
    acts,
    adding_a_report,
    another_process,
    fault_of_saving,
    new_file,
    save,
)

LINE = "0250Z 50 58.0N 001 41.0E {people}pob"
TICK_MS = 5


class StallWatch:
    """Measures how long the window's thread at most does nothing else, from a timer of its own."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self._last_s = time.monotonic()
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now_s = time.monotonic()
        self.longest_ms = max(self.longest_ms, (now_s - self._last_s) * 1000.0 - TICK_MS)
        self._last_s = now_s

    def stop(self) -> None:
        self._timer.stop()


def test_a_plot_that_another_program_holds_is_saved_to_when_it_lets_go(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    path = tmp_path / "night.gpkg"
    plot = a_plot()
    with new_file(path, plot) as file:
        file._conn.execute("PRAGMA busy_timeout = 50")
        with another_process(HOLD_LOCKED, str(path)):
            assert fault_of_saving(file, plot) is PlotFileFault.LOCKED
            with pytest.raises(PlotFileError) as caught:
                file.load()
            assert caught.value.fault is PlotFileFault.LOCKED
        save(file, plot, adding_a_report(plot)[0])
    assert acts(path) == 2
    figure("store: told after its timeout, saved then")


def test_the_window_does_not_wait_for_the_lock(
    operator: Operator,
    night: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    held_s = cycles(1, 10)
    operator.opens(night)
    operator.enters_line(LINE.format(people=45))
    operator.waits_for_chart()
    operator.types_line(LINE.format(people=40) + " >A")

    with another_process(HOLD_LOCKED, str(night)):
        watch = StallWatch()
        end_s = time.monotonic() + held_s
        operator.presses("Return")
        assert operator.sees_saved_mark() == "1 not saved"
        wait_until(lambda: time.monotonic() > end_s, "the lock is held that long")
        assert len(operator.reads_panel("Reports")) == 2, "at the desk, not on the disk"
        assert operator.sees_saved_mark() == "1 not saved"
        assert not says_saved(operator)
        watch.stop()
    operator.waits_until_saved()
    people = operator.file_rows("SELECT people_total FROM reports ORDER BY fid")
    operator.closes()

    assert people == [(45,), (40,)]
    assert labels_in_log(night) == ["new_plot", "start_track", "add_report"]
    assert check(night) == ()
    assert watch.longest_ms < held_s * 1000.0, "nobody may wait for the lock itself"
    figure(f"held {held_s} s: window stalled {watch.longest_ms:.0f} ms at most, saved afterwards")
