"""Time of the watch log with 50,000 acts: each filter, a new act, and wording all of them.

Through the panel, shown, so that the table is laid out and painted too.
"""

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "default.warning=false"  # without a screen no size is passed on

from PySide6.QtWidgets import QApplication

from channelplot.commands.log_lines import add_log_line
from channelplot.document.document import Document
from channelplot.document.session import Session
from channelplot.document.writer import InlineWriter
from channelplot.geodesy.text import Notation
from channelplot.model.log_line import LogLine
from channelplot.model.plot import Plot
from channelplot.settings import POSITION_NOTATION, Settings
from channelplot.store.act import ActRecord
from channelplot.store.log import LoggedAct, logged_act
from channelplot.store.values import Row
from channelplot.ui.log.facts import LogKind
from channelplot.ui.look import apply_look
from channelplot.ui.panels.watch_log import WatchLogPanel
from channelplot.ui.preference import Preference
from channelplot.ui.theme import Look
from helpers.builders import at
from helpers.clock import FixedClock
from helpers.figures import median_line, percentile_line
from helpers.made_up_plots import made_up_plot
from helpers.memory_store import MemoryStore

ACTS = 50_000
BUDGET_MS = 100.0
TIMES = 20


def logged_acts() -> tuple[Document, list[LoggedAct]]:
    """Return a document with a log of 50,000 reports, and that log."""
    plot = made_up_plot(ACTS)
    acts: list[LoggedAct] = []
    for track in plot.tracks.values():
        bare = {"uid": track.uid, "name": track.name, "craft": track.craft.value}
        for number, report in enumerate(track.reports):
            label = "add_report" if number else "start_track"
            after: dict[str, dict[str, Row]] = {
                **({} if number else {"tracks": {track.uid: bare}}),
                "reports": {report.uid: report_columns(report_of=track.uid, number=len(acts))},
            }
            record = ActRecord(label, "report", report.uid, "watch", report.logged_at_utc)
            acts.append(logged_act(len(acts) + 1, record, {}, after))
    acts.sort(key=lambda act: act.at_utc)
    # One boat is enough of a plot: the log does not look at the others, and the store would.
    seen = Plot().with_track(next(iter(plot.tracks.values())))
    document = Document(
        MemoryStore(seen),
        seen,
        writer=InlineWriter(),
        clock=FixedClock(),
        operator="watch",
        acts=acts,
    )
    return document, acts


def report_columns(report_of: str, number: int) -> Row:
    """Return the row of a report, with words that a filter finds in some."""
    hulls = ("grey hull", "white hull, engine failing", "no lights", "black inflatable, 40 aboard")
    return {
        "uid": f"{number:032x}",
        "track_uid": report_of,
        "kind": "position",
        "observed_at_utc": "2026-09-15T02:10:00.000Z",
        "received_at_utc": "2026-09-15T02:11:00.000Z",
        "logged_at_utc": "2026-09-15T02:12:00.000Z",
        "as_received": f"0210 50 58.0N 001 41.0E {hulls[number % len(hulls)]}",
        "position_form": "ddm",
        "error_m": 185.0,
        "source": "aircraft",
        "source_name": "",
        "grade": "1A",
        "caller": "",
        "withdrawn_at_utc": None,
    }


def timed_ms(app: QApplication, act: Callable[[], object]) -> float:
    """Return how long something takes, painting included."""
    begun_s = time.perf_counter()
    act()
    app.processEvents()
    return 1000.0 * (time.perf_counter() - begun_s)


def main() -> None:
    """Print how long everything took."""
    app = QApplication([])
    apply_look(app, Look.DAY)
    document, acts = logged_acts()
    session = Session(document, FixedClock())
    with tempfile.TemporaryDirectory() as folder:
        notation = Preference(Settings(Path(folder)), POSITION_NOTATION, Notation)
        begun_s = time.perf_counter()
        panel = WatchLogPanel(session, notation)
        print(median_line("watch log, shown", [1000.0 * (time.perf_counter() - begun_s)], "ms"))
        panel.resize(540, 420)
        panel.show()
        begun_s, slices = time.perf_counter(), []
        while panel.model.book.unread:
            slices.append(timed_ms(app, lambda: panel.model.read_some(0.006)))
        print(median_line("watch log, all worded", [time.perf_counter() - begun_s], "s"))
        print(percentile_line("watch log, wording, a slice", slices, "ms", 16.0))
        bar = panel.filter
        middle = acts[ACTS // 2].at_utc
        kinds = list(LogKind)
        track = next(iter(document.plot.tracks.values()))
        session.selection.set(frozenset({track.uid}))
        filters: dict[str, Callable[[int], object]] = {
            "a word": lambda n: bar.words.setText("engine" if n % 2 else "hull"),
            "two words": lambda n: bar.words.setText(f"engine {n}"),
            "no word": lambda n: bar.words.setText("" if n % 2 else "x"),
            "a kind": lambda n: bar.kind.setCurrentIndex(1 + n % len(kinds)),
            "every kind": lambda n: bar.kind.setCurrentIndex(n % 2),
            "the time": lambda n: bar.interval.setText(f"{middle:%d%H%M}-" if n % 2 else ""),
            "the selected boat": lambda n: bar.of_boat.click(),
        }
        for name, act in filters.items():
            durations = [timed_ms(app, partial(act, n)) for n in range(TIMES)]
            print(percentile_line(f"watch log, filtered by {name}", durations, "ms", BUDGET_MS))
            bar.clear()
        lines = [LogLine(uid=f"l{n}", at_utc=at("0300"), text=f"line {n}") for n in range(TIMES)]
        durations = [timed_ms(app, partial(document.apply, add_log_line(line))) for line in lines]
        print(percentile_line("watch log, a new act", durations, "ms", BUDGET_MS))
        panel.close()


if __name__ == "__main__":
    main()
