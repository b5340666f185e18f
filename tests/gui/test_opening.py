"""Opening a plot beside the window, which lives meanwhile and says so if it takes a while."""

import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.ui.banner import Severity
from channelplot.ui.files.plot_files import open_document
from channelplot.ui.inside.garbage import memory_giver
from channelplot.ui.opening import SAID_AFTER_MS, beside_nothing
from helpers.answers_command import plot_file
from helpers.builders import night_plot
from helpers.operator import Operator

LONGER_S = SAID_AFTER_MS / 1000 * 3


class _Slow:
    """Opens as always, on whatever thread, once it has taken long."""

    def __init__(self, duration_s: float) -> None:
        self.threads: list[threading.Thread] = []
        self._open = open_document
        self._duration_s = duration_s

    def __call__(self, *args: object, **named: object) -> object:
        self.threads.append(threading.current_thread())
        time.sleep(self._duration_s)
        return self._open(*args, **named)  # type: ignore[arg-type]  # handed on as they came


def test_a_plot_that_opens_slowly_is_spoken_of_while_the_window_lives(
    operator: Operator, night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = plot_file(tmp_path, night_plot(), "other.gpkg")
    operator.opens(night)
    slow = _Slow(LONGER_S)
    monkeypatch.setattr("channelplot.ui.menus.file_menu.open_document", slow)
    window, seen = operator.window, list[tuple[str, bool, bool]]()

    def look() -> None:
        files = window.files
        seen.append((window.banner.text, files.may_leave(), files.open_in_place(night)))

    QTimer.singleShot(int(LONGER_S * 800), window, look)
    assert window.files.open(other)
    (thread,) = slow.threads
    assert thread is not threading.main_thread()
    assert seen == [("Opening other.gpkg ...", False, False)], "said, and not left meanwhile"
    assert operator.plot_path == other
    assert "Opening" not in window.banner.text
    assert window.files.may_leave()


def test_a_plot_that_opens_at_once_is_not_spoken_of(
    operator: Operator, night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = plot_file(tmp_path, night_plot(), "other.gpkg")
    operator.opens(night)
    monkeypatch.setattr("channelplot.ui.opening.SAID_AFTER_MS", 60_000)  # however slow it is here
    said = list[str]()
    show = operator.window.banner.show_message

    def listen(text: str, severity: Severity, **how: object) -> None:
        said.append(text)
        show(text, severity, **how)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(operator.window.banner, "show_message", listen)
    assert operator.window.files.open(other)
    assert not [text for text in said if "Opening" in text]


def test_why_a_plot_does_not_open_is_told_as_always(
    operator: Operator, night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator.opens(night)
    monkeypatch.setattr("channelplot.ui.menus.file_menu.open_document", _Slow(LONGER_S))
    assert not operator.window.files.open(tmp_path / "not there.gpkg")
    assert operator.plot_path == night
    assert operator.window.banner.text
    assert "Opening" not in operator.window.banner.text


def test_at_the_start_a_small_window_says_what_is_opened(operator: Operator, night: Path) -> None:
    operator.opens(night)
    poster, seen = operator.window.desk.poster, list[str]()

    def work() -> int:
        time.sleep(LONGER_S)
        return 7

    def look() -> None:
        seen.extend(
            each.text()
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QLabel) and each.isVisible()
        )

    QTimer.singleShot(int(LONGER_S * 800), operator.window, look)
    assert beside_nothing(poster, work, Path("night.gpkg")) == 7
    assert seen == ["Opening night.gpkg ..."]

    def refuse() -> int:
        raise PlotFileError(PlotFileFault.NOT_FOUND, night)

    with pytest.raises(PlotFileError):
        beside_nothing(poster, refuse, night)


def test_memory_is_given_back_where_the_system_knows_how() -> None:
    give_back = memory_giver()
    assert give_back is None or give_back() in (0, 1)
