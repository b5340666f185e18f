"""One desk writes to a plot; another gets it to read, and is never stopped by a desk that died."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.commands.reports import add_report
from channelplot.document.document import Document
from channelplot.document.opening import document_of
from channelplot.document.writer import InlineWriter
from channelplot.errors import CommandRefused, PlotFileError, PlotFileFault
from channelplot.store.geopackage import PlotFile, ReadOnlyReason
from channelplot.store.lock import LockHold, lock_path
from helpers.builders import a_report
from helpers.clock import FixedClock
from unit.store.files import (
    HOLD_OPEN,
    acts,
    adding_a_report,
    an_act,
    another_process,
    closed_file,
    opened,
    python,
    save,
)

SAVES = """
import sys, time
from pathlib import Path
from channelplot.store.geopackage import PlotFile
from unit.store.files import adding_a_report, save
file = PlotFile.open(Path(sys.argv[1]))
assert not file.is_read_only, file.read_only_reason
plot = file.load().plot
print("ready", flush=True)
for minutes, _ in enumerate(sys.stdin, 1):
    new = adding_a_report(plot, minutes)[0]
    save(file, plot, new)
    plot = new
    print(time.time(), flush=True)
"""
"""A desk that saves a report for each line it reads, and says when it had."""

OPENS = """
import sys
from pathlib import Path
from channelplot.store.geopackage import PlotFile
sys.stdout.write("ready\\n")
sys.stdout.flush()
sys.stdin.readline()
file = PlotFile.open(Path(sys.argv[1]))
print("reads" if file.is_read_only else "writes", flush=True)
sys.stdin.readline()
"""
"""A desk that opens a plot when it is told to, says how, and has it open until told again."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def to_read(path: Path) -> Document:
    clock = FixedClock()
    return document_of(PlotFile.open(path), writer=InlineWriter(), clock=clock, operator="Bob")


def test_the_second_desk_never_writes_and_sees_what_the_first_saves(
    path: Path, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    closed_file(path)
    number, longest_s = cycles(10, 200), 0.0
    with another_process(SAVES, str(path)) as desk, closing(to_read(path)) as second:
        assert desk.stdin is not None
        assert desk.stdout is not None
        assert second.read_only_reason is ReadOnlyReason.LOCKED
        assert second.locked_by is not None
        assert second.locked_by.pid == desk.pid
        for count in range(1, number + 1):
            desk.stdin.write("\n")
            desk.stdin.flush()
            saved_s = float(desk.stdout.readline())
            second.look()
            longest_s = max(longest_s, time.time() - saved_s)
            assert len(second.acts) == 1 + count
        with opened(path) as third:
            with pytest.raises(PlotFileError) as caught:
                third.save(adding_a_report(second.plot)[1], an_act())
            assert caught.value.fault is PlotFileFault.READ_ONLY
        with pytest.raises(CommandRefused):
            second.apply(add_report(a_report("0300")))
        assert not second.is_free
    assert acts(path) == 1 + number
    assert longest_s < 5.0
    figure(f"{number} acts seen by the second desk, at most {longest_s * 1000:.0f} ms after a look")


def test_a_desk_that_was_killed_stops_nobody(
    path: Path, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    plot = closed_file(path)
    kills = cycles(3, 100)
    told = list[bool]()
    for _ in range(kills):
        with another_process(HOLD_OPEN, str(path)) as desk, closing(to_read(path)) as second:
            second.look()
            told.append(second.is_free)
            desk.kill()
            desk.wait()
            assert desk.returncode == -signal.SIGKILL
            assert lock_path(path).exists()
            second.look()
            told.append(second.is_free)
        with opened(path) as file:
            assert not file.is_read_only
            assert file.recovered is not None
            assert file.recovered.left_by is not None
            assert file.recovered.left_by.pid == desk.pid
            new = adding_a_report(plot)[0]
            save(file, plot, new)
            plot = new
    assert not lock_path(path).exists()
    assert told == [False, True] * kills, "it is told at the next look"
    figure(f"{kills} desks killed, the lock free each time")


def test_of_desks_that_start_together_one_writes(
    path: Path, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    closed_file(path)
    rounds, desks = cycles(1, 50), 3
    for _ in range(rounds):
        started = [python(OPENS, str(path)) for _ in range(desks)]
        told = []
        try:
            for desk in started:
                assert desk.stdout is not None
                assert desk.stdout.readline() == "ready\n"
            for desk in started:
                assert desk.stdin is not None
                desk.stdin.write("\n")
                desk.stdin.flush()
            told = [desk.stdout.readline().strip() for desk in started if desk.stdout]
        finally:
            for desk in started:
                desk.communicate("\n")
        assert sorted(told) == ["reads"] * (desks - 1) + ["writes"]
    figure(f"{rounds} x {desks} desks at once, one writer each time")


@pytest.mark.parametrize(
    ("left", "hold"),
    [("", LockHold.UNKNOWN), ('{"pid": 7, "host": "bridge", "user": "Ann"}', LockHold.ELSEWHERE)],
)
def test_a_lock_of_another_host_and_an_empty_one_ask(
    path: Path, left: str, hold: LockHold, figure: Callable[[str], None]
) -> None:
    plot = closed_file(path)
    lock_path(path).write_text(left, "utf-8")
    os.utime(lock_path(path), (1.0, 1.0))
    before = path.read_bytes()
    with opened(path) as file:
        assert file.read_only_reason is ReadOnlyReason.LOCK_UNSURE
        assert file.locked_by is not None
        assert file.locked_by.hold is hold
        with pytest.raises(PlotFileError):
            save(file, plot, adding_a_report(plot)[0])
    assert path.read_bytes() == before
    with closing(PlotFile.open(path, take_over=True)) as file:
        save(file, plot, adding_a_report(plot)[0])
    assert not lock_path(path).exists()
    figure(f"{hold} lock asked about")
