"""A hundred thousand reports and a line of a million points: opened, shown, and worked with."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.builders import at
from helpers.chartwork_builders import a_limit
from helpers.made_up_plots import made_up_file
from helpers.plot_files import without_screen

MOST_MB: Final = 300.0
DESK: Final = """
import json, os, sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication
from helpers.clock import FixedClock
from helpers.operator import Operator, wait_until
from channelplot.ui.garbage import collect_on_gui_thread

def resident_mb():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

empty, large = map(Path, sys.argv[1:3])
operator = Operator(QApplication(sys.argv[:1]), FixedClock())
operator.opens(empty)
operator.waits_for_chart()
window = operator.window
collect_on_gui_thread(window)
before_mb = resident_mb()
begun_s, begun_cpu_s = time.monotonic(), time.process_time()
assert window.files.open(large)
assert window.desk.session.document.path == large
QCoreApplication.processEvents()
open_s, open_cpu_s = time.monotonic() - begun_s, time.process_time() - begun_cpu_s
operator.waits_for_chart()
drawn_s = time.monotonic() - begun_s

stalls_ms, busy_ms, last_s, last_cpu_s = [], [], time.monotonic(), time.thread_time()
def beat():
    global last_s, last_cpu_s
    now_s, now_cpu_s = time.monotonic(), time.thread_time()
    stalls_ms.append((now_s - last_s) * 1000.0 - 5.0)
    busy_ms.append((now_cpu_s - last_cpu_s) * 1000.0)
    last_s, last_cpu_s = now_s, now_cpu_s

timer = QTimer()
timer.timeout.connect(beat)
timer.start(5)
def rests(seconds):
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        QCoreApplication.processEvents()
        time.sleep(0.001)

rests(0.5)
stalls_ms.clear(), busy_ms.clear()
canvas = window.desk.canvas
for turn in range(6):
    canvas.zoom_in() if turn % 2 else canvas.zoom_out()
    rests(0.05)
    canvas.set_viewport(canvas.viewport.panned(120.0, 40.0))
    rests(0.05)
operator.waits_for_chart()
tracks = window.desk.session.document.plot.tracks
window.desk.session.selection.set(frozenset(list(tracks)[:1]))
rests(0.2)
acts = len(window.desk.session.document.acts)
line = window.line
line.take_caret()
line.edit.insert("0258 50 58.0N 001 41.0E new")
operator.presses("Return")
wait_until(lambda: len(window.desk.session.document.acts) == acts + 1, "saved")
rests(0.3)
timer.stop()
reports = window.desk.session.document.plot.report_count()
told = {
    "open_s": open_s, "open_cpu_s": open_cpu_s, "drawn_s": drawn_s,
    "stall_ms": max(stalls_ms), "busy_ms": max(busy_ms),
    "grown_mb": resident_mb() - before_mb, "reports": reports,
    "points": sum(len(each.points) for each in window.desk.session.document.plot.limits.values()),
}
operator.closes()
sys.stdout.write(json.dumps(told) + chr(10))
"""


POINTS_A_LIMIT: Final = 100_000
"""As many as the program takes of one line (``exchange/limit_file.py``)."""


def winding_line(point_count: int) -> tuple[Position, ...]:
    """A line that winds to and fro in the Strait."""
    return tuple(
        Position(1.2 + 0.8 * step / point_count, 50.9 + 0.1 * math.sin(step / 50.0))
        for step in range(point_count)
    )


def plot_of_lines(path: Path, point_count: int) -> Path:
    """Write a plot that holds so many points of limits, in lines as long as may be."""
    plot = Plot()
    for number in range(math.ceil(point_count / POINTS_A_LIMIT)):
        points = winding_line(min(point_count, POINTS_A_LIMIT))
        plot = plot.with_limit(replace(a_limit(f"Line {number}"), points=points))
    act = ActRecord("new_plot", "plot", "", "test", at("0100"))
    PlotFile.create(path, plot, act).close()
    return path


def worked_with(empty: Path, large: Path) -> dict[str, float]:
    """Open a large plot at a desk of its own and work with it; what that took."""
    done = subprocess.run(
        [sys.executable, "-c", DESK, str(empty), str(large)],
        env={
            **without_screen(),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.parametrize("what", ["fixes", "points"])
def test_a_large_plot_is_opened_and_worked_with(
    what: str,
    night: Path,
    tmp_path: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    if what == "fixes":
        count = cycles(10_000, 100_000)
        large = made_up_file(tmp_path, count)
    else:
        count = cycles(100_000, 1_000_000)
        large = plot_of_lines(tmp_path / "lines.gpkg", count)
    told = worked_with(night, large)
    if what == "fixes":
        assert told["reports"] == count + 1, "with the line that was plotted"
    else:
        assert told["points"] == count
    figure(
        f"{count} {what}: open {told['open_s']:.1f} s ({told['open_cpu_s']:.1f} s of processor), "
        f"longest turn {told['busy_ms']:.0f} ms of processor, {told['stall_ms']:.0f} by the clock, "
        f"memory {told['grown_mb']:+.0f} MB"
    )
    assert told["grown_mb"] <= MOST_MB
