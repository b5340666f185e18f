"""What holds for every test: no screen, a home of its own, a fixed clock, nothing left over."""

import gc
import itertools
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_HASH_SEED", "0")  # as cli/main.py: what is ordered by hashes is alike

import hypothesis
import pytest

from helpers.clock import FixedClock
from helpers.homes import move_into

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

hypothesis.settings.register_profile(
    "channelplot", deadline=None, database=None, derandomize=True, max_examples=50
)
hypothesis.settings.load_profile("channelplot")


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes empty folders; counted here, since mktemp looks through all there are for each."""
    within, numbers = tmp_path_factory.mktemp("homes"), itertools.count()

    def make() -> Path:
        folder = within / str(next(numbers))
        folder.mkdir()
        return folder

    return make


@pytest.fixture(autouse=True)
def home(_homes: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder that is new for every test; settings, plots and logs go there."""
    folder = _homes()
    move_into(folder, monkeypatch)
    return folder


@pytest.fixture
def clock() -> FixedClock:
    """The desk's clock, at 0300Z on 15 September 2026 until it is set."""
    return FixedClock()


class _LogWatch(logging.Handler):
    """Keeps what is logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.is_expected = False

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def messages(self) -> list[str]:
        return [f"{r.levelname} {r.name}: {r.getMessage()}" for r in self.records]


@pytest.fixture(autouse=True)
def _log_watch() -> Iterator[_LogWatch]:
    """Fails a test in which Channel Plot logged a warning that nobody expected."""
    watch = _LogWatch()
    logger = logging.getLogger("channelplot")
    logger.addHandler(watch)
    yield watch
    logger.removeHandler(watch)
    if watch.records and not watch.is_expected:
        pytest.fail("logged, and not expected:\n" + "\n".join(watch.messages()), pytrace=False)
    if watch.is_expected and not watch.records:
        pytest.fail("a warning in the log was expected, and none came", pytrace=False)


@pytest.fixture
def expected_warnings(_log_watch: _LogWatch) -> list[logging.LogRecord]:
    """What is logged at WARNING or above; a test that asks for it must cause some."""
    _log_watch.is_expected = True
    return _log_watch.records


@pytest.fixture(autouse=True)
def _window_leak_check(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a window behind."""
    before = _top_level_widgets()
    yield
    left = [w for w in _top_level_widgets() if not any(w is known for known in before)]
    if left:
        gc.collect()  # windows that only a cycle of references kept
        left = [w for w in _top_level_widgets() if not any(w is known for known in before)]
    if left:
        names = [f"{type(w).__name__} {w.objectName()!r}" for w in left]
        _delete(left)
        pytest.fail("windows left behind: " + ", ".join(names), pytrace=False)


def _top_level_widgets() -> "list[QWidget]":
    """The windows there are; Qt is not even imported for a test that does without."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.metaObject().className() != "QTipLabel"  # Qt's own, kept for the next tooltip
    ]


def _delete(windows: "list[QWidget]") -> None:
    import shiboken6

    for window in windows:
        if shiboken6.isValid(window):
            shiboken6.delete(window)
