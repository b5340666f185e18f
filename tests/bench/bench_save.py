"""Time from Enter in the report form to "saved", with 1,000 and 100,000 reports in the plot.

Each window has a process of its own and they take turns, so that both meet the same machine.
The chart is being redrawn all the while, as it is when an operator plots one report after
the other.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from channelplot.ui.entry.report_form import ReportForm
from helpers.figures import median_line, percentile, percentile_line

if TYPE_CHECKING:
    from channelplot.document.document import Document
    from channelplot.store.log import SavedMark

SIZES = (1_000, 100_000)
ROUNDS = 2
ACTS = 40
REST_S = 0.3
"""Between two acts: no one types faster."""
PATIENCE_S = 60.0


def main() -> None:
    """Print the 95th percentiles and their ratio."""
    durations: dict[int, list[float]] = {size: [] for size in SIZES}
    openings: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(ROUNDS):
        for size in SIZES:
            child = subprocess.run(
                [sys.executable, __file__, str(size)], capture_output=True, check=True, text=True
            )
            figures = json.loads(child.stdout)
            openings[size].append(figures["opening_s"])
            durations[size] += figures["durations_ms"]
    for size in SIZES:
        print(median_line(f"opening and drawing, {size:,} reports", openings[size], "s"))
        print(percentile_line(f"Enter to saved, {size:,} reports", durations[size], "ms", 50.0))
    few, many = (durations[size] for size in SIZES)
    high = percentile(many, 95.0) / percentile(few, 95.0)
    middle = statistics.median(many) / statistics.median(few)
    print(f"ratio 100,000 to 1,000: p95 {high:.2f}, median {middle:.2f}  aim under 1.5")


def _is_saved_after(document: "Document", mark: "SavedMark | None") -> bool:
    return document.save_state.mark != mark


def _is_past(moment_s: float) -> bool:
    return time.monotonic() > moment_s


def time_acts(size: int) -> None:
    """Plot reports in a window on a plot of this size; print the figures as JSON."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEvent, QEventLoop, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    from helpers.made_up_plots import made_up_file

    def until(is_so: Callable[[], bool]) -> None:
        begun_s = time.monotonic()
        while not is_so():
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
            if time.monotonic() - begun_s > PATIENCE_S:
                raise TimeoutError

    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name)
        from channelplot.cli.gui import build_window
        from channelplot.ui.inside.garbage import collect_on_gui_thread

        app = QApplication([])
        path = made_up_file(Path(folder), size)
        begun_s = time.perf_counter()
        window = build_window(app, path)
        collect_on_gui_thread(window)
        window.resize(1280, 800)
        window.show()
        until(lambda: window.desk.canvas.is_drawn)
        opening_s = time.perf_counter() - begun_s
        window.actions_by_id["report"].trigger()
        form, document = window.findChild(ReportForm), window.desk.session.document
        assert form is not None, "it was made when the tool was taken up"
        track = next(iter(document.plot.tracks))
        durations_ms = []
        for number in range(ACTS):
            form.position.setText(f"50 58.{number:03d}N 001 30.0E")
            form.people.setText("40")
            window.desk.report_draft.edit(track=track)
            mark = document.save_state.mark
            begun_s = time.perf_counter()
            press = QKeyEvent(
                QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier
            )
            app.sendEvent(form.position, press)
            until(partial(_is_saved_after, document, mark))
            durations_ms.append(1000.0 * (time.perf_counter() - begun_s))
            rest_until_s = time.monotonic() + REST_S
            until(partial(_is_past, rest_until_s))
        window.close()
    print(json.dumps({"opening_s": opening_s, "durations_ms": durations_ms}))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        time_acts(int(sys.argv[1]))
    else:
        main()
