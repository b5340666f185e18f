"""A desk in a process of its own, in which everything goes wrong that can go wrong inside.

Run with the plot's path. Every kind of error is caused in turn, then every override and filter
of Qt's at once; after each the window must work. Writes one line of JSON: what was reported.
"""

import contextlib
import gc
import importlib
import inspect
import json
import logging
import pkgutil
import sys
import threading
import types
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QRunnable,
    Qt,
    QThread,
    QThreadPool,
    QTimer,
    qWarning,
)
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from shiboken6 import isValid

import channelplot
from channelplot.chart.qt_guard import qt_guarded
from channelplot.errors import PlotFileError
from channelplot.settings import log_folder
from channelplot.ui.inside.crash import CrashReporter
from helpers.clock import FixedClock
from helpers.operator import Operator, wait_until

SECRETS: Final = ("50 58.371N", "Amina", "hunderttausend")
"""A position, a name and a word: what no crash file and no log may hold."""
SAID: Final = f"{SECRETS[0]} 001 41.0E, {SECRETS[1]}, {SECRETS[2]} aboard"
TIMES: Final = 5
"""So often every override fails."""
PACKAGES: Final = ("chart", "ui", "snapshot")


def fail() -> None:
    """Go wrong with everything that must not be told in what is said, and in what led to it."""
    try:
        int(SAID)
    except ValueError as error:
        raise LookupError(SAID) from error


@dataclass(frozen=True)
class Guarded:
    """A guarded function of the program, which can be made to fail and put right again."""

    name: str
    owner: type | None
    function: types.FunctionType

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def cell(self) -> types.CellType:
        """Where the guard keeps what it calls."""
        assert self.function.__closure__ is not None
        return self.function.__closure__[self.function.__code__.co_freevars.index("override")]


def everything_guarded() -> list[Guarded]:
    """Every function in chart, ui and snapshot that has the guard around it."""
    found: dict[int, Guarded] = {}
    for package in PACKAGES:
        path = Path(channelplot.__file__).parent / package
        for module_info in pkgutil.walk_packages([str(path)], f"channelplot.{package}."):
            module = importlib.import_module(module_info.name)
            for owner in [None, *_classes_of(module)]:
                for name, value in vars(module if owner is None else owner).items():
                    if isinstance(value, types.FunctionType) and _is_guarded(value):
                        full = f"{owner.__name__}.{name}" if owner is not None else name
                        found[id(value)] = Guarded(full, owner, value)
    return list(found.values())


def _classes_of(module: types.ModuleType) -> list[type]:
    return [
        each
        for _, each in inspect.getmembers(module, inspect.isclass)
        if each.__module__ == module.__name__
    ]


def _is_guarded(function: types.FunctionType) -> bool:
    return function.__code__.co_name == "guarded" and hasattr(function, "__wrapped__")


@contextlib.contextmanager
def all_failing(guarded: list[Guarded]) -> Iterator[set[str]]:
    """Let every guarded function fail the first times; gives the names of those called."""
    called: set[str] = set()
    kept = [(each, each.cell.cell_contents) for each in guarded]
    for number, (each, function) in enumerate(kept):
        each.cell.cell_contents = _failing(each.name, function, called, is_odd=bool(number % 2))
    try:
        yield called
    finally:
        for each, function in kept:
            each.cell.cell_contents = function


def _failing(
    name: str, function: Callable[..., object], called: set[str], *, is_odd: bool
) -> Callable[..., object]:
    """A function that fails in C: that is what ends Python 3.11 where no guard is.

    Later calls go through: a window in which no event at all arrives has no end of painting.
    """
    times = 0

    def failing(*args: object, **kwargs: object) -> object:
        nonlocal times
        times += 1
        called.add(name)
        if times > TIMES:
            return function(*args, **kwargs)
        return "%d" % (1, 2) if is_odd else 1 // 0  # type: ignore[str-format]  # noqa: UP031, F507

    assert isinstance(failing, types.FunctionType)
    failing.__code__ = failing.__code__.replace(co_name=name.replace(".", "_"))
    return failing


class Desk:
    """The desk, and what was reported at it."""

    def __init__(self, plot: Path) -> None:
        self.operator = Operator(QApplication(sys.argv[:1]), FixedClock())
        self.operator.opens(plot)
        self.operator.waits_for_chart()
        reporter = getattr(sys.excepthook, "__self__", None)
        assert isinstance(reporter, CrashReporter)
        self.reporter = reporter
        self.lines = 0
        self.told: dict[str, int] = {}

    @property
    def places(self) -> int:
        """How many places have been reported."""
        return len(self.reporter._counts)

    def causes(self, kind: str, act: Callable[[], object]) -> None:
        """Cause an error and wait for its report; then the window must work."""
        before, said = self.places, self.operator.window.banner
        act()
        wait_until(lambda: self.places > before, f"{kind} is reported")
        wait_until(lambda: "Something went wrong" in said.text or "again" in said.text, kind)
        self.told[kind] = self.places - before
        self.plots()

    def plots(self) -> None:
        """Plot a line, and see that it is saved."""
        self.lines += 1
        self.operator.clock.advance(seconds=1)
        line = self.operator.window.line
        line.take_caret()
        line.edit.selectAll()
        line.edit.insert(f"0258 50 58.{self.lines:03d}N 001 41.0E new")
        before = len(self.operator.window.desk.session.document.acts)
        self.operator.presses("Return")
        document = self.operator.window.desk.session.document
        wait_until(lambda: len(document.acts) == before + 1, "the line is saved")

    def goes_through_everything(self) -> None:
        """Let Qt call what it calls: paint, keys, mouse, sizes, menus, dialogs, tables."""
        window = self.operator.window
        for action_id in ("tracks", "reports", "watch_log", "alerts", "chartwork", "withdrawn"):
            window.actions_by_id[action_id].trigger()
            QCoreApplication.processEvents()
        for action_id in ("report", "beach", "mark", "boat", "log_line", "conditions", "search",
                          "help", "settings", "load_limits", "add_reference_layer",
                          "export_file", "about"):  # fmt: skip
            window.actions_by_id[action_id].trigger()
            QCoreApplication.processEvents()
        window.resize(window.width() + 20, window.height() + 10)
        closer = QTimer(window)  # a menu that a widget opens waits to be answered
        closer.timeout.connect(_close_what_waits)
        closer.start(10)
        touched: set[type] = set()
        for widget in [window, *window.findChildren(QWidget)]:
            if isValid(widget) and widget.isVisible() and type(widget) not in touched:
                touched.add(type(widget))
                _touch(widget)
        closer.stop()
        window.hide()
        window.show()
        QCoreApplication.processEvents()
        for dialog in window.findChildren(QDialog):
            dialog.close()
        QCoreApplication.processEvents()


def _touch(widget: QWidget) -> None:
    """Send a widget what a person's hand and a screen would send it."""
    widget.grab()
    place = QPoint(3, 3)
    QTest.mouseMove(widget, place)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Shift, Qt.Key.Key_Space):
        QTest.keyClick(widget, key)
    if not isinstance(widget, QPushButton):
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=place)
    none = Qt.KeyboardModifier.NoModifier
    at = QPointF(place)
    wheel = QWheelEvent(
        at, at, QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, wheel)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, QPoint(50, 50))
    QApplication.sendEvent(widget, menu)
    for kind in (QEvent.Type.Leave, QEvent.Type.LanguageChange, QEvent.Type.FontChange):
        QApplication.sendEvent(widget, QEvent(kind))
    QCoreApplication.processEvents()


def _close_what_waits() -> None:
    for waiting in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
        if waiting is not None:
            waiting.close()


class _Filter(QObject):
    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            fail()
        return False


class _Dying:
    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        fail()


class _Runnable(QRunnable):
    def run(self) -> None:
        fail()


class _Thread(QThread):
    def run(self) -> None:
        fail()


def one_after_the_other(desk: Desk) -> None:
    """Cause each kind of error once."""
    window = desk.operator.window
    parts = window.desk
    button = QPushButton(window)
    button.clicked.connect(lambda: fail())
    desk.causes("slot", button.click)
    desk.causes("timer", lambda: QTimer.singleShot(0, lambda: fail()))
    desk.causes("posted", lambda: parts.poster.post(lambda: fail()))
    desk.causes("thread", threading.Thread(target=lambda: fail()).start)
    runnable = _Runnable()
    desk.causes("runnable", lambda: QThreadPool.globalInstance().start(runnable))
    thread = _Thread()
    desk.causes("Qt thread", thread.start)
    thread.wait()

    def read(ended: Future[None]) -> None:
        ended.result()

    desk.causes("background", lambda: parts.background.run(lambda: fail(), read))
    with ThreadPoolExecutor(1) as executor:

        def submit() -> None:
            executor.submit(int).add_done_callback(lambda _: fail())

        desk.causes("callback of a future", submit)

    def drop() -> None:
        _Dying()
        gc.collect()

    desk.causes("destructor", drop)

    seen = _Filter(window)
    window.installEventFilter(seen)
    desk.causes("event filter", lambda: QApplication.sendEvent(window, QEvent(QEvent.Type.User)))
    window.removeEventFilter(seen)

    def deaf(_: object) -> None:
        fail()

    parts.session.plot_changed.connect(deaf)
    desk.causes("listener", desk.plots)
    parts.session.plot_changed.disconnect(deaf)


def while_saving(desk: Desk) -> None:
    """Let saving go wrong in a way that is a mistake of ours; the act is kept, and saved after."""
    document = desk.operator.window.desk.session.document
    store = document._store
    save = store.save

    def failing(*_: object) -> object:
        fail()
        raise AssertionError

    store.save = failing  # type: ignore[method-assign, assignment]
    before, acts = desk.places, len(document.acts)
    line = desk.operator.window.line
    line.take_caret()
    line.edit.insert("0258 50 59.9N 001 41.0E new")
    desk.operator.presses("Return")
    wait_until(lambda: desk.places > before, "saving that fails is reported")
    assert document.save_state.pending == 1
    assert not isinstance(document.save_state.failure, PlotFileError)
    assert "All saved" not in desk.operator.sees_saved_mark()
    store.save = save  # type: ignore[method-assign]
    wait_until(lambda: len(document.acts) == acts + 1, "it is saved by itself afterwards")
    desk.lines += 1
    desk.told["saving"] = desk.places - before


def all_at_once(desk: Desk) -> dict[str, int]:
    """Let every override and filter fail, whatever Qt calls; returns how many there are."""
    guarded = everything_guarded()
    window = desk.operator.window
    places = desk.places
    logging.getLogger("channelplot.ui").disabled = False
    with all_failing(guarded) as called:
        desk.goes_through_everything()
        by_qt = set(called)
        for each in guarded:
            if each.name in by_qt:
                continue
            owner = each.owner
            each.function(*([None] if owner is not None else []))  # at least the guard holds
        QCoreApplication.processEvents()
    reported = desk.places - places
    window.update()
    for widget in window.findChildren(QWidget):
        widget.update()
    desk.plots()
    return {"guarded": len(guarded), "by_qt": len(by_qt), "reported": reported}


def found_secrets() -> list[str]:
    """The secrets that stand in the log or a crash file."""
    texts = [path.read_text("utf-8", "replace") for path in log_folder().iterdir()]
    return [secret for secret in SECRETS if any(secret in text for text in texts)]


def main() -> None:
    """Go through it all."""
    desk = Desk(Path(sys.argv[1]))
    one_after_the_other(desk)
    while_saving(desk)
    qWarning(SAID)
    qWarning(f'QLayout: Attempting to add "{SAID}"')
    overrides = all_at_once(desk)
    banner = desk.operator.window.banner.text
    document = desk.operator.window.desk.session.document
    reports, acts = document.plot.report_count(), len(document.acts)
    secrets = found_secrets()
    desk.operator.closes()
    told = {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "told": desk.told,
        "overrides": overrides,
        "banner": banner,
        "offers_restart": desk.reporter._offered_s is not None,
        "lines": desk.lines,
        "reports": reports,
        "acts": acts,
        "secrets": secrets,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
