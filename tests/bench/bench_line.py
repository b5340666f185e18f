"""Time from a key in the plot line to the read-back on screen, and from Enter to saved and drawn.

The reports of the acceptance night and a long French one, typed key by key with 1,000 and with
10,000 reports in the plot; each window has a process of its own and they take turns. The chart
is redrawn after every Enter, as it is when an operator plots one report after the other.
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

from helpers.figures import median_line, percentile, percentile_line

SIZES: Final = (1_000, 10_000)
ROUNDS: Final = 2
KEY_REST_S: Final = 0.03
"""Between two keys: nobody types faster for long, and 400 characters a minute are 0.15 s."""
REST_S: Final = 0.4
"""After a line."""
PATIENCE_S: Final = 60.0
KEY_AIM_MS: Final = 5.0
ENTER_AIM_MS: Final = 50.0
LINES: Final = (
    "0210Z COASTGUARD AIRCRAFT 50 58.0N 001 41.0E course 310 4 kn inflatable POB 45 est 1A new",
    "0428B 023 CGN 7.2 merchant ship 40+ new",
    "phone call 0345A 50 59 30N 001 37 00E 55 people, 10 children, engine failing, 2C new",
    "0252Z semaphore 31U DS 1855 5491 22 people incl 3 children new",
    "0130Z patrol inflatable launched Sangatte",
    "0258Z ferry AIS 50 58.50N 001 44.50E 292T 18 kn new FERRY-1 merchant_vessel",
    "0240Z aircraft stopped 51 01.9N 001 30.7E new",
    "0246Z 51 06.7N 001 20.6E 22 kn new CUTTER-1 rescue_vessel",
    "0212Z CUTTER-1 on scene 51 02.3N 001 32.2E recovers 47 (31 men, 9 women, 7 children) new",
    "0251Z sémaphore du Gris-Nez : embarcation pneumatique à 7,2 milles dans le 023 du Gris-Nez, "
    "environ 45 personnes dont 8 enfants, sans gilets, cap 310 4 nds, moteur en panne, prend "
    "l'eau, demande assistance immédiate, patrouilleur en route arrivée dans 25 minutes, new",
)
"""Steps 1, 2, 3, 5, 6, 8, 10, 12 and 13 of the night, to new boats, at times before the clock's;
and a long one in French."""


def main() -> None:
    """Print the percentiles."""
    figures: dict[int, list[dict[str, list[float]]]] = {size: [] for size in SIZES}
    for _ in range(ROUNDS):
        for size in SIZES:
            child = subprocess.run(
                [sys.executable, __file__, str(size)], capture_output=True, check=True, text=True
            )
            figures[size].append(json.loads(child.stdout))
    for size in SIZES:
        for name, title, unit in (
            ("read_ms", "reader alone, per key", "ms"),
            ("view_ms", "reader, leg and doubts, per key", "ms"),
            ("key_ms", "key to read-back painted", "ms"),
        ):
            values = [value for each in figures[size] for value in each[name]]
            print(key_line(f"{title}, {size:,} reports", values, unit))
        for name, title in (("saved_ms", "Enter to saved"), ("drawn_ms", "Enter to chart drawn")):
            values = [value for each in figures[size] for value in each[name]]
            print(percentile_line(f"{title}, {size:,} reports", values, "ms", ENTER_AIM_MS))
            print(median_line(f"{title}, {size:,} reports", values, "ms"))


def key_line(name: str, values: list[float], unit: str) -> str:
    """Return a line with the 99th percentile, the median and the most of the values."""
    high, middle = percentile(values, 99.0), percentile(values, 50.0)
    return (
        f"{name:<46} p99 {high:8.2f} {unit}  "
        f"(median {middle:.2f}, most {max(values):.2f}, n={len(values)})  aim {KEY_AIM_MS:g} {unit}"
    )


def time_keys(size: int) -> None:
    """Type and commit the lines in a window on a plot of this size; print the figures as JSON."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication, QLabel

    from channelplot.reading.values import Language
    from channelplot.store.log import SavedMark
    from helpers.made_up_plots import START_UTC, made_up_file

    class Paints(QObject):
        """Counts how often what it watches is painted."""

        count = 0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                self.count += 1
            return False

    def until(is_so: Callable[[], bool]) -> None:
        begun_s = time.monotonic()
        while not is_so():
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
            if time.monotonic() - begun_s > PATIENCE_S:
                raise TimeoutError

    def rest(seconds: float) -> None:
        until_s = time.monotonic() + seconds
        until(lambda: time.monotonic() > until_s)

    def press(key: Qt.Key, text: str = "") -> None:
        none = Qt.KeyboardModifier.NoModifier
        app.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, key, none, text))
        app.sendEvent(edit, QKeyEvent(QEvent.Type.KeyRelease, key, none, text))

    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name)
        from channelplot.cli.gui import build_window
        from channelplot.ui.inside.garbage import collect_on_gui_thread

        app = QApplication([])
        plot = made_up_file(Path(folder), size)
        window = build_window(app, plot, lambda: START_UTC.replace(hour=3))
        collect_on_gui_thread(window)
        window.resize(1280, 800)
        window.show()
        desk = window.desk
        until(lambda: desk.canvas.is_drawn and bool(desk.line_draft.reader.marks))
        desk.line_draft.reader.use_language(Language.ENGLISH)
        edit, document = window.line.edit, desk.session.document
        window.line.take_caret()
        read_back = window.line.strip.read_back
        position = next(
            label for label in read_back.findChildren(QLabel)
            if label.accessibleName() == "Line: Position"
        )  # fmt: skip
        line_paints, cell_paints = Paints(), Paints()
        edit.installEventFilter(line_paints)
        for label in read_back.findChildren(QLabel):
            label.installEventFilter(cell_paints)

        def is_saved_after(mark: SavedMark | None) -> bool:
            return document.save_state.mark != mark

        def is_drawn_after(moment_s: float | None) -> bool:
            return desk.canvas.drawn_at_s != moment_s

        figures: dict[str, list[float]] = {
            name: [] for name in ("read_ms", "view_ms", "key_ms", "saved_ms", "drawn_ms")
        }
        for line in LINES:
            for place, character in enumerate(line):
                before = line_paints.count
                begun_s = time.perf_counter()
                press(Qt.Key.Key_unknown, character)
                while line_paints.count == before:
                    app.processEvents()
                figures["key_ms"].append(1000.0 * (time.perf_counter() - begun_s))
                assert edit.text() == line[: place + 1]
                rest(KEY_REST_S)
            assert cell_paints.count > 0
            assert position.text() or "Sangatte" in line, line
            drawn_before, mark = desk.canvas.drawn_at_s, document.save_state.mark
            begun_s = time.perf_counter()
            press(Qt.Key.Key_Return, "\r")
            until(partial(is_saved_after, mark))
            figures["saved_ms"].append(1000.0 * (time.perf_counter() - begun_s))
            until(partial(is_drawn_after, drawn_before))
            figures["drawn_ms"].append(1000.0 * (time.perf_counter() - begun_s))
            rest(REST_S)
        for line in LINES:
            for end in range(1, len(line) + 1):
                begun_s = time.perf_counter()
                desk.line_draft.reader.line(line[:end])
                figures["read_ms"].append(1000.0 * (time.perf_counter() - begun_s))
        for line in LINES:
            for end in range(1, len(line) + 1):
                desk.line_draft.text = line[:end]
                begun_s = time.perf_counter()
                desk.line_draft.view()
                figures["view_ms"].append(1000.0 * (time.perf_counter() - begun_s))
        desk.line_draft.text = ""
        window.close()
    print(json.dumps(figures))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        time_keys(int(sys.argv[1]))
    else:
        main()
