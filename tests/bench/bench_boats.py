"""Time the same-boat test and the panels with 500 open boats of 100 reports each.

Each figure holds what the operator waits for: the work and the painting after it, until the window
has nothing more to do.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from helpers.figures import percentile_line

REPORTS = 50_000
TIMES = 12
TEST_AIM_MS = 50.0
PANEL_AIM_MS = 100.0
PATIENCE_S = 60.0


def main() -> None:
    """Print the figures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEventLoop, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from channelplot.analysis.error_circle import error_model
    from channelplot.analysis.same_boat import compare, sighting_of
    from channelplot.cli.gui import build_window
    from channelplot.commands.claims import give_reports
    from channelplot.model.codes import Craft
    from channelplot.ui.inside.garbage import collect_on_gui_thread
    from helpers.made_up_plots import START_UTC, made_up_file, made_up_plot

    def milliseconds(work: Callable[[], object]) -> float:
        begun_s = time.perf_counter()
        work()
        return 1000.0 * (time.perf_counter() - begun_s)

    plot = made_up_plot(REPORTS)
    model = error_model(lambda setting: setting.default)
    tracks = list(plot.tracks.values())
    now_utc = START_UTC.replace(hour=8)

    def sighting_tested(number: int) -> None:
        report = tracks[number].reports[50]
        sighting = sighting_of(replace(report, uid="new", track_uid=None), Craft.SMALL_BOAT, ())
        assert sighting is not None
        assert len(compare(sighting, tracks, model)) == len(tracks)

    first_ms = milliseconds(lambda: sighting_tested(0))
    print(f"same-boat test, 500 boats, the first of a run   {first_ms:8.2f} ms")
    tests_ms = [milliseconds(partial(sighting_tested, n)) for n in range(1, TIMES + 1)]
    print(percentile_line("same-boat test, 500 boats, later ones", tests_ms, "ms", TEST_AIM_MS))

    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name)
        app = QApplication([])
        window = build_window(app, made_up_file(Path(folder), REPORTS), lambda: now_utc)
        collect_on_gui_thread(window)
        window.resize(1280, 800)
        window.show()
        desk, panels = window.desk, window.panels
        document = desk.session.document

        def settled_after(work: Callable[[], object]) -> None:
            """Do the work and let everything be painted that waits for it."""
            work()
            for _ in range(3):
                app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

        def idle(seconds: float) -> None:
            until_s = time.monotonic() + seconds
            while time.monotonic() < until_s:
                app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)

        begun_s = time.monotonic()
        while not desk.canvas.is_drawn and time.monotonic() - begun_s < PATIENCE_S:
            idle(0.1)
        idle(3.0)

        def done(work: Callable[[], object]) -> float:
            idle(0.6)
            return milliseconds(lambda: settled_after(work))

        uids = list(document.plot.tracks)
        reports = [document.plot.tracks[uid].reports[-1].uid for uid in uids]

        def find(text: str) -> None:
            window.finding.box.setText(text)

        window.finding.take_caret()
        idle(3.0)
        for title, work in (
            ("a boat selected", lambda n: desk.session.selection.set(frozenset({uids[n]}))),
            ("a report selected", lambda n: desk.session.selection.set(frozenset({reports[n]}))),
            ("a report moved to another boat, shown",
             lambda n: document.apply(give_reports([reports[n]], uids[n + 20]))),
            ("found by words and people", lambda n: find(("people>30", "T0001", "radar")[n % 3])),
            ("alerts looked at", lambda _: desk.lookout.look()),
            ("tracks sorted", lambda n: panels.tracks.table.sortByColumn(
                n % 2, panels.tracks.table.horizontalHeader().sortIndicatorOrder())),
        ):  # fmt: skip
            values = [done(partial(work, n)) for n in range(TIMES)]
            print(percentile_line(f"{title}, 50,000 reports", values, "ms", PANEL_AIM_MS))
        window.finding.close()

        def move_form(number: int) -> None:
            desk.session.selection.set(frozenset({reports[number]}))
            idle(0.1)

        values = []
        for number in range(TIMES):
            move_form(30 + number)
            values.append(
                done(
                    lambda: QTest.keyClick(
                        window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier
                    )
                )
            )
            window.entry.escape()
            window.entry.escape()
        print(percentile_line("boats ranked for a report (Ctrl+M)", values, "ms", PANEL_AIM_MS))
        document.finish_saving()
        window.close()


if __name__ == "__main__":
    main()
    sys.exit(0)
