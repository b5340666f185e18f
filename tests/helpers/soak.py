"""Weeks at the desk in a short time: the same work again and again, and what grows meanwhile.

Every cycle plots a line, takes it back, pans, zooms and selects, and does one thing of a list of
rarer ones. Every so often another plot is opened, a fresh one, so that what grows is no data.
"""

import gc
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu, QWidget

from channelplot.ui.dialogs.new_plot import NewPlotDialog
from helpers.builders import at
from helpers.operator import Operator, wait_until

LINE: Final = "0258 50 58.{:03d}N 001 41.0E 310/4 45pob new"
FORMS: Final = (
    "boat", "close_boat", "move_to_boat", "split_track", "merge_tracks", "amend_report",
    "conditions", "approach_watch", "bearings_fix", "search", "log_line", "withdraw",
    "explain_people", "report", "beach", "mark", "measure", "bearing_line", "rings",
)  # fmt: skip
START_UTC: Final = at("0300")
WORDS: Final = ("track", "0300", "nothing of the kind", "radar")


@dataclass(frozen=True)
class Figures:
    """What there is of everything that must not grow."""

    resident_kb: int
    wrappers: int
    top_levels: int
    qt_objects: int
    threads: int
    descriptors: int
    python_objects: int

    def counts(self) -> dict[str, int]:
        """Everything but the memory."""
        return {name: value for name, value in vars(self).items() if name != "resident_kb"}


def figures_of(window: QWidget) -> Figures:
    """What there is now, once all that is to be deleted is."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    qt_objects = len(window.findChildren(QObject))  # first: each found gets a wrapper
    resident_pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return Figures(
        resident_kb=resident_pages * os.sysconf("SC_PAGE_SIZE") // 1024,
        wrappers=len(shiboken6.getAllValidWrappers()),
        top_levels=len(QApplication.topLevelWidgets()),
        qt_objects=qt_objects,
        threads=threading.active_count(),
        descriptors=len(list(Path("/proc/self/fd").iterdir())),
        python_objects=len(gc.get_objects()),
    )


def slope_kb(samples: Sequence[tuple[int, int]]) -> float:
    """The growth of memory per cycle, by least squares, of pairs of cycle and kB."""
    count = len(samples)
    mean_x = sum(x for x, _ in samples) / count
    mean_y = sum(y for _, y in samples) / count
    spread = sum((x - mean_x) ** 2 for x, _ in samples)
    return sum((x - mean_x) * (y - mean_y) for x, y in samples) / spread


class Soak:
    """Somebody who works on and on."""

    def __init__(self, operator: Operator, folder: Path, start: Path, rests: int = 1) -> None:
        """Begin on a copy of a plot. folder: where plots and exports go.

        rests: every so-manieth cycle does one of the rarer things.
        """
        self.operator = operator
        self.folder = folder
        self._start = start
        self._rests = rests
        self._plots = 0
        self.saved_acts = 0
        operator.opens(self._fresh_plot())
        operator.waits_for_chart()
        desk, window = operator.window.desk, operator.window
        self._desk, self._window = desk, window
        take = window.actions_by_id
        self.rarer: Sequence[Callable[[], object]] = (
            partial(self._shows_dialog, "help"),
            partial(self._shows_dialog, "settings"),
            partial(self._shows_dialog, "load_limits"),
            partial(self._shows_dialog, "add_reference_layer"),
            partial(self._shows_dialog, "export_file"),
            self._exports_snapshot,
            self._filters_log,
            self._asks_file,
            partial(self._shows_dialog, "about"),
            self._exports_log,
            self._asks_new_plot,
            self._opens_menus,
            self._shows_context_menus,
            self._finds,
            partial(self._twice, take["dead_reckoning"].trigger),
            partial(self._twice, take["error_circles"].trigger),
            self._turns_panels,
            self._tells_of_errors,
            *(partial(self._shows_form, name) for name in FORMS),
        )

    def works(self, number: int) -> None:
        """One cycle; number: which."""
        canvas, document = self._desk.canvas, self._desk.session.document
        before = len(document.history.past)
        self.operator.clock.advance(seconds=1)
        self._types(LINE.format(number % 1000))
        assert len(document.history.past) == before + 1, self.operator.line_message()
        self.operator.waits_until_saved()
        canvas.set_viewport(canvas.viewport.panned(40.0 if number % 2 else -40.0, 10.0))
        canvas.zoom_in() if number % 2 else canvas.zoom_out()
        tracks = list(document.plot.tracks.values())
        self._desk.session.selection.set(frozenset({tracks[number % len(tracks)].uid}))
        QCoreApplication.processEvents()
        turn, rest = divmod(number, self._rests)
        if rest == 0:
            self.rarer[turn % len(self.rarer)]()
        document.undo()
        self.operator.waits_until_saved()
        self.saved_acts += 2
        self._window.show_clocks()
        QCoreApplication.processEvents()

    def opens_fresh_plot(self) -> None:
        """Open another plot, as it was at the beginning; the one that is left is removed."""
        left = self.operator.plot_path
        self.operator.clock.set(START_UTC)
        assert self._window.files.open(self._fresh_plot())
        self.operator.waits_for_chart()
        for path in list(left.parent.iterdir()):  # patterns would be kept: each has another name
            if path.name.startswith(left.stem):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def figures(self) -> Figures:
        """What there is now."""
        self.operator.waits_for_chart()
        return figures_of(self._window)

    def _fresh_plot(self) -> Path:
        self._plots += 1
        return Path(shutil.copy(self._start, self.folder / f"plot-{self._plots:06d}.gpkg"))

    def _types(self, text: str) -> None:
        """Put a line into the plot line as pasting does, and press Enter."""
        line = self._window.line
        line.take_caret()
        line.edit.selectAll()
        line.edit.insert(text)
        self.operator.presses("Return")

    def _shows_dialog(self, action_id: str) -> None:
        self._window.actions_by_id[action_id].trigger()
        QCoreApplication.processEvents()
        dialogs = [each for each in self._window.findChildren(QDialog) if each.isVisible()]
        assert len(dialogs) == 1, f"{action_id} shows {dialogs}"
        dialogs[0].close()
        self._window.activateWindow()

    def _shows_form(self, action_id: str) -> None:
        self._window.actions_by_id[action_id].trigger()
        QCoreApplication.processEvents()
        self._window.actions_by_id["select"].trigger()
        self._window.line.take_caret()

    def _exports_snapshot(self) -> None:
        path = self.folder / "sheet.png"
        self._window.snapshots.export(path)
        wait_until(lambda: str(path) in self._window.banner.text, "the snapshot is written")

    def _exports_log(self) -> None:
        path = self.folder / "log.csv"
        self._window.logs.export.export(path)
        wait_until(lambda: str(path) in self._window.banner.text, "the log is written")

    def _filters_log(self) -> None:
        panel = self._window.panels.watch_log
        words = next(
            field for field in panel.findChildren(QLineEdit) if field.accessibleName() == "Filter"
        )
        for text in (*WORDS, ""):
            words.setText(text)
            QCoreApplication.processEvents()

    def _asks_file(self) -> None:
        self.operator.answers(
            QFileDialog, lambda dialog: dialog.reject(), self._window.files.choose_plot
        )

    def _asks_new_plot(self) -> None:
        self.operator.answers(
            NewPlotDialog, lambda dialog: dialog.reject(), self._window.files.new_plot
        )

    def _opens_menus(self) -> None:
        for action in self._window.menuBar().actions():
            menu = action.menu()
            assert isinstance(menu, QMenu)
            menu.popup(QPoint(100, 100))
            QCoreApplication.processEvents()
            menu.hide()
        self._window.files.recent_menu.aboutToShow.emit()

    def _shows_context_menus(self) -> None:
        for widget in (self._window.panels.chartwork.list, self._window.line.edit):
            place = QPoint(5, 5)
            event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, QPoint(200, 200))
            QApplication.sendEvent(widget, event)
            QCoreApplication.processEvents()
            popup = QApplication.activePopupWidget()
            if popup is not None:
                popup.close()

    def _finds(self) -> None:
        finding = self._window.finding
        finding.take_caret()
        for text in ("T0", "0300", ""):
            finding.box.setText(text)
            QCoreApplication.processEvents()
        finding.bar.hide()
        self._window.line.take_caret()

    def _twice(self, act: Callable[[], object]) -> None:
        for _ in range(2):
            act()
            QCoreApplication.processEvents()

    def _turns_panels(self) -> None:
        for action_id in ("tracks", "reports", "watch_log", "alerts", "chartwork", "plot_line"):
            self._window.actions_by_id[action_id].trigger()
            QCoreApplication.processEvents()

    def _tells_of_errors(self) -> None:
        assert not self._window.files.open(self.folder / "not there.gpkg")
        QCoreApplication.processEvents()
