"""A hundred thousand reports and a line of a million points: opened, shown, and worked with."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.builders import at
from helpers.chartwork_builders import a_limit
from helpers.forked import Workers
from helpers.made_up_plots import made_up_file
from helpers.plot_files import without_screen
from helpers.ready_desks import run

MOST_MB: Final = 300.0
DESK: Final = """
import json, os, sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication
from helpers.clock import FixedClock
from helpers.operator import Operator, wait_until
from channelplot.ui.inside.garbage import collect_on_gui_thread

def resident_mb():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

empty, *plots = map(Path, sys.argv[1:])
operator = Operator(QApplication(sys.argv[:1]), FixedClock())
operator.opens(empty)
operator.waits_for_chart()
window = operator.window
collect_on_gui_thread(window)
before_mb = resident_mb()

def rests(seconds):
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        QCoreApplication.processEvents()
        time.sleep(0.002)

def works_with(large):
    begun_s, begun_cpu_s = time.monotonic(), time.process_time()
    assert window.files.open(large)
    assert window.desk.session.document.path == large
    QCoreApplication.processEvents()
    open_s, open_cpu_s = time.monotonic() - begun_s, time.process_time() - begun_cpu_s
    operator.waits_for_chart()
    drawn_s = time.monotonic() - begun_s

    stalls_ms, busy_ms, last_s, last_cpu_s = [], [], time.monotonic(), time.thread_time()
    def beat():
        nonlocal last_s, last_cpu_s
        now_s, now_cpu_s = time.monotonic(), time.thread_time()
        stalls_ms.append((now_s - last_s) * 1000.0 - 5.0)
        busy_ms.append((now_cpu_s - last_cpu_s) * 1000.0)
        last_s, last_cpu_s = now_s, now_cpu_s

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(5)
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
    document = window.desk.session.document
    acts = len(document.acts)
    line = window.line
    line.take_caret()
    line.edit.selectAll()
    line.edit.insert("0258 50 58.0N 001 41.0E new")
    operator.presses("Return")
    wait_until(lambda: len(document.acts) == acts + 1, f"saved: {operator.line_message()}")
    rests(0.3)
    timer.stop()
    return {
        "open_s": open_s, "open_cpu_s": open_cpu_s, "drawn_s": drawn_s,
        "stall_ms": max(stalls_ms), "busy_ms": max(busy_ms),
        "grown_mb": resident_mb() - before_mb, "reports": document.plot.report_count(),
        "points": sum(len(each.points) for each in document.plot.limits.values()),
    }

told = [works_with(each) for each in plots]
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


def worked_with(ready: Workers, empty: Path, *plots: Path) -> list[dict[str, float]]:
    """Open large plots at a desk of its own, one after the other; what each took."""
    done = run(
        ready,
        empty.parent,
        DESK,
        *map(str, (empty, *plots)),
        env={**without_screen(), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    told: list[dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_large_plots_are_opened_and_worked_with(
    ready_desks: Workers,
    night: Path,
    tmp_path: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    fixes, points = cycles(2_000, 100_000), cycles(20_000, 1_000_000)
    plots = made_up_file(tmp_path, fixes), plot_of_lines(tmp_path / "lines.gpkg", points)
    # In full each at a desk of its own, so that its memory is its own.
    desks = cycles(1, 2)
    told = (
        worked_with(ready_desks, night, *plots)
        if desks == 1
        else [each for plot in plots for each in worked_with(ready_desks, night, plot)]
    )
    assert told[0]["reports"] == fixes + 1, "with the line that was plotted"
    assert told[1]["points"] == points
    for each, what in zip(told, (f"{fixes} fixes", f"{points} points"), strict=True):
        figure(
            f"{what}: open {each['open_s']:.1f} s ({each['open_cpu_s']:.1f} s of processor), "
            f"longest turn {each['busy_ms']:.0f} ms of processor, {each['stall_ms']:.0f} by the "
            f"clock, memory {each['grown_mb']:+.0f} MB"
        )
        assert each["grown_mb"] <= MOST_MB
