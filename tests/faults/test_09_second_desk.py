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
    NOBODY,
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
import os, sys
from pathlib import Path
from channelplot.store.geopackage import PlotFile

path, desks = Path(sys.argv[1]), int(sys.argv[2])
for _ in sys.stdin:
    (begun, begin), (ended, end), (told, tell) = os.pipe(), os.pipe(), os.pipe()
    for _ in range(desks):
        if os.fork() == 0:
            os.close(begin), os.close(end)
            os.read(begun, 1)
            file = PlotFile.open(path)
            os.write(tell, b"r" if file.is_read_only else b"w")
            os.read(ended, 1)
            os._exit(0)
    os.close(begin)
    said = b"".join(os.read(told, 1) for _ in range(desks))
    os.close(end)
    codes = [os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(desks)]
    for each in (begun, ended, told, tell):
        os.close(each)
    print("".join(sorted(said.decode())), *codes, flush=True)
"""
"""For each line it reads, desks that open a plot in the same moment and all have it open until each
has said how: to read or to write. None closes it: the next find the lock of the dead."""


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
    kills = cycles(2, 100)
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
    rounds, desks = cycles(3, 50), 3
    with python(OPENS, str(path), str(desks)) as starter:
        told, _ = starter.communicate("\n" * rounds)
    assert starter.returncode == 0
    assert told.splitlines() == ["rrw 0 0 0"] * rounds
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


def test_a_lock_that_is_taken_away_lets_no_second_desk_write_unseen(
    path: Path, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    closed_file(path)
    rounds = cycles(2, 20)
    document = to_read(path)
    with closing(document):
        for number in range(rounds):
            lock_path(path).unlink()
            with another_process(SAVES, str(path)) as desk:
                assert desk.stdin is not None
                assert desk.stdout is not None
                document.apply(add_report(a_report(f"03{number:02d}")))
                failure = document.save_state.failure
                assert isinstance(failure, PlotFileError)
                assert failure.fault is PlotFileFault.TAKEN
                print(file=desk.stdin, flush=True)
                assert desk.stdout.readline(), "the other saves all the same"
                desk.kill()
                desk.wait()
            document.retry()
            document.look()
            assert (document.save_state.pending, document.save_state.trouble) == (0, None)
            assert [act.seq for act in document.acts] == list(range(1, 2 * number + 4))
    assert acts(path) == 1 + 2 * rounds
    figure(f"{rounds} locks taken away, nothing saved by two")


def test_a_plot_with_two_names_is_written_to_under_none(
    path: Path, figure: Callable[[str], None]
) -> None:
    closed_file(path)
    second = path.with_name("second.gpkg")
    os.link(path, second)
    for name in (path, second):
        with opened(name) as file:
            assert file.read_only_reason is ReadOnlyReason.LINKED
    second.unlink()
    with opened(path) as file:
        assert not file.is_read_only
    figure("2 names, no writer")


def test_a_plot_that_is_replaced_by_a_copy_of_itself_is_gone_on_with(
    path: Path, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    closed_file(path)
    rounds = cycles(5, 100)
    document = to_read(path)
    with closing(document):
        for number in range(rounds):
            draft = path.with_name("draft")
            draft.write_bytes(path.read_bytes())
            draft.replace(path)
            if number % 2:
                document.look()
                assert document.save_state.trouble is None
            document.apply(add_report(a_report("0300")))
            assert document.save_state.pending == 0
    assert acts(path) == 1 + rounds
    figure(f"{rounds} times replaced by a copy, {rounds} acts in it")


OF_ANOTHER_ACCOUNT = """
import os, sys
from pathlib import Path
from channelplot.store.geopackage import PlotFile
os.setuid(int(sys.argv[2]))
file = PlotFile.open(Path(sys.argv[1]))
holder = file.locked_by
print(file.read_only_reason, None if holder is None else (holder.pid, holder.hold.value))
file.close()
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another account")
def test_another_account_is_told_who_has_it_and_stopped_by_nobody_dead(
    open_folder: Path, figure: Callable[[str], None]
) -> None:
    path = open_folder / "night.gpkg"
    closed_file(path)
    path.chmod(0o666)

    def tells() -> str:
        with python(OF_ANOTHER_ACCOUNT, str(path), str(NOBODY)) as other:
            return other.communicate()[0].strip()

    with another_process(HOLD_OPEN, str(path)) as desk:
        assert tells() == f"locked ({desk.pid}, 'live')"
        lock_path(path).chmod(0o644)
        assert tells() == f"locked ({desk.pid}, 'live')"
        desk.kill()
        desk.wait()
    assert lock_path(path).exists()
    assert tells() == "None None"
    figure("another account was told who had it, and wrote once they were dead")


def test_a_lock_that_leads_elsewhere_is_not_followed(
    path: Path, figure: Callable[[str], None]
) -> None:
    closed_file(path)
    precious = path.with_name("precious")
    precious.write_text("precious")
    lock_path(path).symlink_to(precious)
    for take_over in (False, True):
        with closing(PlotFile.open(path, take_over=take_over)) as file:
            assert file.read_only_reason is ReadOnlyReason.FOLDER
    assert precious.read_text() == "precious"
    figure("a link in the lock's place: opened to read, nothing written over")
