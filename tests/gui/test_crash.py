"""What is reported of an error inside the program, how often, and how it goes on."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication

from channelplot.settings import log_folder
from channelplot.ui.inside import crash_file
from channelplot.ui.inside.background import GuiPoster
from channelplot.ui.inside.crash import FAULT_LOG, QUIET_S, Crash, CrashReporter
from channelplot.ui.inside.crash_notice import RESTART_CODE, start_command
from channelplot.ui.inside.qt_log import is_worth_telling, without_quotes
from helpers.operator import Operator, wait_until
from helpers.plot_files import without_screen

ENDS_AT_ONCE = """
import faulthandler, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from channelplot.ui.inside.background import GuiPoster
from channelplot.ui.inside.crash import CrashReporter
app = QCoreApplication([])
CrashReporter(Path(sys.argv[1]), GuiPoster()).install()
faulthandler._sigsegv()
"""


class Steady:
    """A clock in seconds that stands still until it is set."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class Desk:
    """A reporter, what it told, and its clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Steady()
        self.poster = GuiPoster()
        self.told: list[Crash] = []
        self.reporter = CrashReporter(folder, self.poster, self.clock)
        self.reporter.show_with(self.told.append)

    def files(self) -> list[Path]:
        """The crash files there are."""
        return sorted(self.folder.glob("crash-*.txt"))

    def fails(self, error: Exception) -> None:
        """Let the reporter take an error as it is raised; what is posted is done."""
        try:
            raise error
        except type(error) as raised:
            self.reporter.take(type(raised), raised, raised.__traceback__)
        QCoreApplication.processEvents()


@pytest.fixture
def desk(
    qapp: QApplication, tmp_path: Path, expected_warnings: list[logging.LogRecord]
) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.poster.deleteLater()


def test_an_error_that_comes_again_is_counted_and_told_once(desk: Desk) -> None:
    for _ in range(2):
        desk.fails(ValueError("Amina is at 50 58.371N"))
        desk.clock.now_s += 60.0
    (path,) = desk.files()
    assert desk.told == [Crash(path, is_often=False)]
    for _ in range(98):
        desk.fails(ValueError("Amina is at 50 58.371N"))
        desk.clock.now_s += 60.0
    (path,) = desk.files()
    text = path.read_text("utf-8")
    assert "this error: 100 times; all since the start: 100 in 1 places" in text
    assert "ValueError\n" in text
    assert "test_crash.py" in text
    assert "Amina" not in text
    assert "50 58" not in text
    assert str(Path(__file__).parent) not in text, "no folder either"


def test_three_in_ten_seconds_offer_a_restart_and_then_it_is_quiet(desk: Desk) -> None:
    errors = (ValueError, KeyError, TypeError, OSError, LookupError)
    for error in errors[:3]:
        desk.fails(error("x"))
        desk.clock.now_s += 4.9
    assert [crash.is_often for crash in desk.told] == [False, False, True]
    for error in errors[:3]:
        desk.fails(error("x"))
    assert len(desk.told) == 3, "known ones, and a restart was just offered"
    desk.clock.now_s += QUIET_S
    for error in errors[:3]:
        desk.fails(error("x"))
    assert [crash.is_often for crash in desk.told[3:]] == [True]


def test_three_in_more_than_ten_seconds_do_not(desk: Desk) -> None:
    for error in (ValueError, KeyError, TypeError, IndexError):
        desk.fails(error("x"))
        desk.clock.now_s += 5.1
    assert [crash.is_often for crash in desk.told] == [False] * 4


def test_what_led_to_an_error_is_told_without_its_words(desk: Desk) -> None:
    try:
        try:
            raise FileNotFoundError(2, "gone", "/home/amina/Amina's night.gpkg")
        except OSError as cause:
            raise ExceptionGroup("Amina", [ValueError("Amina"), KeyError("Amina")]) from cause
    except ExceptionGroup as error:
        desk.reporter.take(type(error), error, error.__traceback__)
    text = desk.files()[0].read_text("utf-8")
    for kind in ("ExceptionGroup", "from FileNotFoundError ENOENT", "from ValueError", "KeyError"):
        assert kind in text
    assert "mina" not in text


def test_a_crash_file_that_cannot_be_written_is_no_second_error(desk: Desk, tmp_path: Path) -> None:
    desk.reporter._folder = tmp_path / "not there"
    desk.fails(ValueError("x"))
    assert desk.told == [Crash(None, is_often=False)]


def test_old_crash_files_go(desk: Desk, tmp_path: Path) -> None:
    for number in range(crash_file.MOST_FILES + 5):
        (tmp_path / f"crash-20200101T0000{number:02d}Z-1.txt").write_text("old", "utf-8")
    desk.fails(ValueError("x"))
    assert len(desk.files()) == crash_file.MOST_FILES
    assert "ValueError" in desk.files()[-1].read_text("utf-8"), "the newest stays"


def test_a_deep_recursion_is_cut_in_the_middle(desk: Desk) -> None:
    def deeper(depth: int) -> int:
        return deeper(depth + 1)

    try:
        deeper(0)
    except RecursionError as error:
        desk.reporter.take(type(error), error, error.__traceback__)
    text = desk.files()[0].read_text("utf-8")
    assert " more)" in text
    assert len(text.splitlines()) < crash_file.MOST_FRAMES + 10


def test_an_order_to_end_is_no_error(qapp: QApplication, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.reporter.take(SystemExit, SystemExit(), None)
    assert desk.files() == []
    desk.poster.deleteLater()


def test_the_hooks_are_left_as_they_were(qapp: QApplication, tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    desk = Desk(tmp_path)
    desk.reporter.install()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) != before
    desk.reporter.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    desk.poster.deleteLater()


@pytest.mark.parametrize(
    ("text", "logged"),
    [
        ("This plugin does not support raise()", "This plugin does not support"),
        ("QLayout: Attempting to add Amina to QWidget", "QLayout, QWidget (43 characters)"),
        ("QFile::open: Amina.gpkg", "QFile::open (23 characters)"),
        ("Amina is at 50 58.371N", "a message (22 characters)"),
        ("Queen Amina", "a message (11 characters)"),
    ],
)
def test_of_qts_messages_only_its_own_names_are_kept(text: str, logged: str) -> None:
    assert without_quotes(text) == logged


def test_what_is_worth_telling() -> None:
    told = [count for count in range(1, 2_000) if is_worth_telling(count)]
    assert told == [1, 10, 100, 1_000]


def test_a_program_that_ended_at_once_is_told_of_at_the_next_start(
    operator: Operator, night: Path
) -> None:
    log_folder().mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", ENDS_AT_ONCE, str(log_folder())],
        env={**without_screen(), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGSEGV
    assert (log_folder() / FAULT_LOG).stat().st_size > 0
    operator.opens(night)
    assert "ended unexpectedly the last time" in operator.sees_banner()
    (path,) = log_folder().glob("crash-*-ended.txt")
    assert str(path) in operator.sees_banner()
    text = path.read_text("utf-8")
    assert "Segmentation fault" in text
    assert "/" not in text.replace("line/", ""), "files without their folders"
    operator.closes()
    operator.opens(night)
    assert "ended unexpectedly" not in operator.sees_banner(), "once is enough"


def test_a_restart_opens_the_same_plot(
    operator: Operator, night: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    operator.opens(night)
    operator.enters_line("0258 50 58.0N 001 41.0E new")
    operator.types_line("0259 50 59")
    window = operator.window
    window.crashes.show_crash(Crash(None, is_often=True))
    assert "again and again" in operator.sees_banner()
    window.crashes.show_crash(Crash(None, is_often=False))
    assert "again and again" in operator.sees_banner(), "the offer stands"
    window.banner.action_wanted.emit(RESTART_CODE)
    assert not window.isVisible()
    lock = night.with_name(f"{night.name}.lock")
    with _ended_at_last(lock):
        wait_until(lambda: _holder(lock) not in (None, os.getpid()), "another has it open")
        assert str(night) in Path(f"/proc/{_holder(lock)}/cmdline").read_text("utf-8")


def test_starting_again_is_not_offered_while_an_act_waits(operator: Operator, night: Path) -> None:
    operator.opens(night)
    banner = operator.window.banner

    def offers() -> bool:
        return banner.action_button.isVisible() and banner.action_button.text() == "Start again"

    operator.window.crashes.show_crash(Crash(None, is_often=True))
    assert offers()
    night.rename(night.with_suffix(".away"))
    operator.types_line("0258 50 58.0N 001 41.0E new")
    operator.presses("Return")
    assert not offers()
    operator.window.crashes.show_crash(Crash(None, is_often=True))
    assert not offers()
    wait_until(lambda: operator.window.desk.session.document.save_state.failure, "it fails")
    assert not offers()
    banner.action_wanted.emit(RESTART_CODE)
    assert operator.window.isVisible()
    night.with_suffix(".away").rename(night)
    operator.waits_until_saved()
    wait_until(offers, "it is offered again")


def test_what_starts_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    night = Path("night.gpkg")
    assert start_command(night) == (sys.executable, ["-m", "channelplot", "night.gpkg"])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert start_command(night) == (sys.executable, ["night.gpkg"])


def test_a_poster_that_is_gone_is_no_second_error(desk: Desk) -> None:
    other = QObject()
    poster = GuiPoster(other)
    reporter = CrashReporter(desk.folder, poster)
    shiboken6.delete(other)
    reporter.take(ValueError, ValueError("x"), None)
    assert len(desk.files()) == 1


@contextlib.contextmanager
def _ended_at_last(lock: Path) -> Iterator[None]:
    try:
        yield
    finally:
        holder = _holder(lock)
        if holder is not None and holder != os.getpid():
            os.kill(holder, signal.SIGKILL)
            lock.unlink(missing_ok=True)


def _holder(lock: Path) -> int | None:
    """Who stands in a lock file, by process id."""
    text = lock.read_text("utf-8") if lock.is_file() else ""
    return int(json.loads(text)["pid"]) if text else None
