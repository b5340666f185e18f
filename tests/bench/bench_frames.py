"""Frames, stalls, jumps, a new report and memory, with up to a million positions in the window.

Each size runs in a process of its own: the program's window on a made-up plot, 1600 x 1000,
offscreen, in Qt's own event loop. Input is posted as the window system does: the middle button
drags, the wheel turns, the palette is switched. A frame lasts from its input to the end of the
painting that answers it; a stall is how late a timer of 2 ms comes. The first picture with the
tracks is the first painting after their picture was taken up: the labels may still be missing.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from helpers.figures import median_line, percentile
from helpers.large_plots import LAST_UTC, make_large_plot

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
REPORTS_A_TRACK: Final = 100
WIDTH_PX, HEIGHT_PX = 1600, 1000
DRAG_FRAMES, WHEEL_STEPS, SWITCHES, JUMPS, REPORTS = 300, 60, 6, 9, 10
WHEEL_RUN: Final = 6
FRAME_S, WHEEL_S = 0.016, 0.05
HEARTBEAT_MS: Final = 2
PATIENCE_S: Final = 120.0
FRAME_AIM_MS, STALL_AIM_MS, JUMP_AIM_MS, REPORT_AIM_MS = 16.0, 50.0, 500.0, 50.0
OPEN_AIM_S, MEMORY_AIM_MB = 5.0, 600.0


def main() -> None:
    """Print the figures of every size, or of one."""
    if len(sys.argv) > 1:
        print(json.dumps(measured(Path(sys.argv[1]))))
        return
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "made up.gpkg"
            make_large_plot(path, size // REPORTS_A_TRACK, REPORTS_A_TRACK)
            done = subprocess.run(
                [sys.executable, __file__, str(path), str(time.time())],
                env={
                    **os.environ,
                    "QT_QPA_PLATFORM": "offscreen",
                    "HOME": folder,
                    **{
                        f"XDG_{name}_HOME": f"{folder}/{name.lower()}"
                        for name in ("CONFIG", "DATA", "STATE")
                    },
                },
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
        _print(size, json.loads(done.stdout.splitlines()[-1]))


def _print(size: int, found: dict[str, list[float]]) -> None:
    print(f"{size:,} positions", flush=True)
    for kind in ("drag", "wheel", "switch"):
        frames, stalls = found[f"{kind} frames ms"], found[f"{kind} stalls ms"]
        print(
            f"  {kind:<8} frames p99 {percentile(frames, 99.0):7.1f} ms (median "
            f"{percentile(frames, 50.0):.1f}, most {max(frames):.1f}, n={len(frames)})  aim "
            f"{FRAME_AIM_MS:g} ms; longest stall {max(stalls):.0f} ms  aim {STALL_AIM_MS:g} ms"
        )
    print("  " + median_line("full picture after a jump", found["jumps ms"], "ms", JUMP_AIM_MS))
    print("  " + median_line("full redraw, as drawn", found["redraws ms"], "ms"))
    print("  " + median_line("a new report: saved", found["reports ms"], "ms", REPORT_AIM_MS))
    print("  " + median_line("a new report: on the chart", found["reports drawn ms"], "ms"))
    print("  " + median_line("a new report: longest stall", found["report stalls ms"], "ms"))
    print(
        "  "
        + median_line(
            "process start to first picture with the tracks", found["open s"], "s", OPEN_AIM_S
        )
    )
    print("  " + median_line("process start to full chart", found["whole s"], "s"))
    print("  " + median_line("memory, at most so far", found["memory MB"], "MB", MEMORY_AIM_MB))


def measured(path: Path) -> dict[str, list[float]]:
    """Return the figures of one plot, measured in this process."""
    begun_s = float(sys.argv[2]) if len(sys.argv) > 2 else time.time()
    import resource

    from PySide6.QtCore import (
        QCoreApplication,
        QEvent,
        QEventLoop,
        QObject,
        QPoint,
        QPointF,
        Qt,
        QTimer,
    )
    from PySide6.QtGui import QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QApplication

    from channelplot.chart.qt_guard import qt_guarded
    from channelplot.cli.gui import build_window
    from channelplot.commands.reports import add_report
    from channelplot.geodesy.bounds import Bounds
    from channelplot.geodesy.position import Position
    from channelplot.ui.inside.garbage import collect_on_gui_thread, pass_over_what_is_there
    from helpers.builders import a_report

    app = QApplication([])
    window = build_window(app, path, lambda: LAST_UTC)
    collect_on_gui_thread(window)  # as ``run`` does
    window.desk.session.document_changed.connect(lambda _: pass_over_what_is_there())
    desk = window.desk
    canvas = desk.canvas

    class Watch(QObject):
        """Notes when the canvas was painted, and how late the heartbeat comes."""

        def __init__(self) -> None:
            super().__init__()
            self.sent_s: float | None = None
            self.painted_s = 0.0
            self.first_s: float | None = None
            self.tracks_s: float | None = None
            self._has_tracks = False
            self.frames_ms: list[float] = []
            self.stalls_ms: list[float] = [0.0]
            self._beaten_s = time.perf_counter()
            self._beat = QTimer(self)
            self._beat.setTimerType(Qt.TimerType.PreciseTimer)
            self._beat.timeout.connect(self._note_beat)
            self._beat.start(HEARTBEAT_MS)
            canvas.installEventFilter(self)
            canvas.tracks_drawn.connect(self._note_tracks)

        def _note_tracks(self) -> None:
            self._has_tracks = bool(desk.session.document.plot.tracks)

        @qt_guarded(False)
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and watched is canvas:
                QTimer.singleShot(0, self, self._note_painted)
            return False

        def _note_painted(self) -> None:
            self.painted_s = time.perf_counter()
            if self.first_s is None:
                self.first_s = self.painted_s
            if self.tracks_s is None and self._has_tracks:
                self.tracks_s = time.time()
            if self.sent_s is not None:
                self.frames_ms.append(1000.0 * (self.painted_s - self.sent_s))
                self.sent_s = None

        def _note_beat(self) -> None:
            now_s = time.perf_counter()
            self.stalls_ms.append(1000.0 * (now_s - self._beaten_s) - HEARTBEAT_MS)
            self._beaten_s = now_s

        def forget(self) -> None:
            self.frames_ms, self.stalls_ms, self.sent_s = [], [0.0], None
            self._beaten_s = time.perf_counter()

    watch = Watch()

    def until(is_so: Callable[[], bool]) -> None:
        until_s = time.perf_counter() + PATIENCE_S
        while not is_so():
            if time.perf_counter() > until_s:
                raise TimeoutError
            # With a time as well Qt would not wait but spin, and keep the interpreter busy.
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def rest(seconds: float) -> None:
        until_s = time.perf_counter() + seconds
        until(lambda: time.perf_counter() >= until_s)

    def is_at_rest() -> bool:
        return canvas.is_drawn and desk.session.document.save_state.pending == 0

    def drag(x: float, y: float, kind: QEvent.Type) -> None:
        is_move = kind == QEvent.Type.MouseMove
        button = Qt.MouseButton.NoButton if is_move else Qt.MouseButton.MiddleButton
        held = (
            Qt.MouseButton.NoButton
            if kind == QEvent.Type.MouseButtonRelease
            else Qt.MouseButton.MiddleButton
        )
        at = QPointF(x, y)
        event = QMouseEvent(
            kind, at, canvas.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier
        )
        QCoreApplication.postEvent(canvas, event)

    def wheel(turned: int) -> None:
        at = QPointF(canvas.width() / 2.0, canvas.height() / 2.0)
        event = QWheelEvent(
            at, canvas.mapToGlobal(at), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QCoreApplication.postEvent(canvas, event)

    def each(seconds: float, inputs: list[Callable[[], None]]) -> tuple[list[float], list[float]]:
        watch.forget()
        for send in inputs:
            if watch.sent_s is None:  # else the frame before is late: its time goes on
                watch.sent_s = time.perf_counter()
            send()
            rest(seconds)
        until(lambda: watch.sent_s is None)
        until(canvas_is_drawn)
        return watch.frames_ms, watch.stalls_ms

    def canvas_is_drawn() -> bool:
        return canvas.is_drawn

    found: dict[str, list[float]] = {}
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    until(lambda: watch.first_s is not None and bool(desk.session.document.plot.tracks))
    until(canvas_is_drawn)
    assert watch.first_s is not None
    assert watch.tracks_s is not None
    found["open s"] = [watch.tracks_s - begun_s]
    until(is_at_rest)
    rest(1.0)
    found["whole s"] = [time.time() - begun_s - 1.0]

    strait, channel = Bounds(1.05, 50.80, 2.14, 51.235), Bounds(-7.0, 48.0, 4.5, 52.2)
    harbour = Bounds(1.80, 50.94, 1.92, 50.99)
    canvas.zoom_to(strait)
    until(canvas_is_drawn)
    x_px, y_px = canvas.width() / 2.0, canvas.height() / 2.0
    drag(x_px, y_px, QEvent.Type.MouseButtonPress)
    rest(FRAME_S)
    moves = list[Callable[[], None]]()
    for number in range(DRAG_FRAMES):
        way_px = 9.0 * (number if number < DRAG_FRAMES / 2 else DRAG_FRAMES - number)
        moves.append(partial(drag, x_px - way_px, y_px - way_px / 3.0, QEvent.Type.MouseMove))
    found["drag frames ms"], found["drag stalls ms"] = each(FRAME_S, moves)
    drag(x_px, y_px, QEvent.Type.MouseButtonRelease)
    rest(FRAME_S)

    canvas.zoom_to(Bounds(-2.0, 49.5, 3.0, 51.5))
    until(canvas_is_drawn)
    # To and fro inside the limits of scale, where every step paints.
    turns = ([120] * WHEEL_RUN + [-120] * WHEEL_RUN) * (WHEEL_STEPS // (2 * WHEEL_RUN))
    found["wheel frames ms"], found["wheel stalls ms"] = each(
        WHEEL_S, [partial(wheel, turned) for turned in turns]
    )

    canvas.zoom_to(strait)
    until(canvas_is_drawn)
    found["switch frames ms"], found["switch stalls ms"] = each(
        1.0, [window.actions_by_id["next_look"].trigger] * SWITCHES
    )

    found["jumps ms"], found["redraws ms"] = [], []
    for number in range(JUMPS):
        sent_s = time.perf_counter()
        canvas.zoom_to((harbour, strait, channel)[number % 3])
        until(canvas_is_drawn)
        found["jumps ms"].append(1000.0 * (time.perf_counter() - sent_s))
        sent_s = time.perf_counter()
        canvas.set_text_factor(1.0 + 0.001 * (number % 2 + 1))  # everything is drawn anew
        until(canvas_is_drawn)
        found["redraws ms"].append(1000.0 * (time.perf_counter() - sent_s))

    for kind in ("reports ms", "reports drawn ms", "report stalls ms"):
        found[kind] = []
    document = desk.session.document
    for number in range(REPORTS):
        track = list(document.plot.tracks.values())[-1 - number]
        report = a_report(
            "0100", position=Position(1.5 + 0.01 * number, 50.95), track_uid=track.uid
        )
        watch.forget()
        sent_s = time.perf_counter()
        document.apply(add_report(report))
        until(lambda: document.save_state.pending == 0)
        found["reports ms"].append(1000.0 * (time.perf_counter() - sent_s))
        until(canvas_is_drawn)
        found["reports drawn ms"].append(1000.0 * (time.perf_counter() - sent_s))
        rest(0.5)
        found["report stalls ms"].append(max(watch.stalls_ms))
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found["memory MB"] = [peak_kb * 1024 / 1e6]
    window.close()
    return found


if __name__ == "__main__":
    main()
