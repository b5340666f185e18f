import fcntl
import getpass
import json
import os
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from channelplot.store.lock import LockHold, LockHolder, PlotLock, lock_path
from unit.store.files import another_process

TAKE_AND_WAIT = """
import sys, time
from pathlib import Path
from channelplot.store.lock import PlotLock
lock = PlotLock.take(Path(sys.argv[1]))
assert isinstance(lock, PlotLock), lock
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def plot(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def leave(plot: Path, text: str) -> None:
    """Leave a lock file as somebody wrote it a while ago."""
    lock_path(plot).write_text(text, "latin-1")
    os.utime(lock_path(plot), (1.0, 1.0))


def taken(plot: Path) -> PlotLock:
    held = PlotLock.take(plot)
    assert isinstance(held, PlotLock)
    return held


def test_a_lock_stands_beside_the_plot_until_it_is_released(plot: Path) -> None:
    held = taken(plot)
    assert lock_path(plot) == plot.parent / "night.gpkg.lock"
    assert lock_path(plot).exists()
    held.release()
    assert not lock_path(plot).exists()


def test_the_second_to_ask_is_told_who_has_it_and_since_when(plot: Path) -> None:
    held = taken(plot)
    holder = PlotLock.take(plot)
    assert isinstance(holder, LockHolder)
    assert (holder.pid, holder.host, holder.user) == (
        os.getpid(),
        socket.gethostname(),
        getpass.getuser(),
    )
    assert abs(datetime.now(UTC) - holder.since_utc) < timedelta(minutes=1)
    held.release()
    taken(plot).release()


def test_another_process_has_it_until_it_is_killed(plot: Path) -> None:
    with another_process(TAKE_AND_WAIT, str(plot)) as process:
        holder = PlotLock.take(plot)
        assert isinstance(holder, LockHolder)
        assert holder.pid == process.pid
        process.kill()
        process.wait()
        assert lock_path(plot).exists(), "a killed process removes nothing"
        taken(plot).release()


def test_what_a_lost_process_left_is_taken_over_though_its_number_is_alive(plot: Path) -> None:
    lock_path(plot).write_text(
        json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "user": "earlier"}), "utf-8"
    )
    held = taken(plot)
    assert json.loads(lock_path(plot).read_text("utf-8"))["user"] == getpass.getuser()
    held.release()


@pytest.mark.parametrize("left", ["", "{", "[]", '{"pid": "x"}', "\xff\x00"])
def test_a_lock_file_that_says_nothing_is_taken_over_when_somebody_says_so(
    plot: Path, left: str
) -> None:
    leave(plot, left)
    holder = PlotLock.take(plot)
    assert isinstance(holder, LockHolder)
    assert (holder.pid, holder.host, holder.hold) == (0, "", LockHold.UNKNOWN)
    assert lock_path(plot).read_text("latin-1") == left
    assert not PlotLock.is_free(plot)
    held = PlotLock.take(plot, take_over=True)
    assert isinstance(held, PlotLock)
    assert held.left_by is None, "nobody of this host"
    held.release()
    assert PlotLock.is_free(plot)


def test_a_lock_of_another_host_stands_until_somebody_says_otherwise(plot: Path) -> None:
    left = json.dumps({"pid": 1, "host": "other-desk", "user": "watch"})
    leave(plot, left)
    holder = PlotLock.take(plot)
    assert isinstance(holder, LockHolder)
    assert (holder.pid, holder.host, holder.user) == (1, "other-desk", "watch")
    assert holder.hold is LockHold.ELSEWHERE
    assert lock_path(plot).read_text("utf-8") == left
    assert not PlotLock.is_free(plot)
    held = PlotLock.take(plot, take_over=True)
    assert isinstance(held, PlotLock)
    assert json.loads(lock_path(plot).read_text("utf-8"))["host"] == socket.gethostname()
    held.release()


def test_a_lock_that_a_live_process_holds_is_never_taken_over(plot: Path) -> None:
    with another_process(TAKE_AND_WAIT, str(plot)) as process:
        holder = PlotLock.take(plot, take_over=True)
        assert isinstance(holder, LockHolder)
        assert (holder.pid, holder.hold) == (process.pid, LockHold.LIVE)
        assert not PlotLock.is_free(plot)
        process.kill()
        process.wait()
        assert PlotLock.is_free(plot)
        assert lock_path(plot).exists(), "looking changes nothing"


def test_who_left_a_lock_is_known(plot: Path) -> None:
    with another_process(TAKE_AND_WAIT, str(plot)) as process:
        process.kill()
        process.wait()
        held = taken(plot)
        assert held.left_by is not None
        assert (held.left_by.pid, held.left_by.hold) == (process.pid, LockHold.LIVE)
        held.release()
    again = taken(plot)
    assert again.left_by is None, "the last one released it"
    again.release()


def test_a_lock_file_that_is_just_being_written_is_waited_for(
    plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_path(plot).touch()
    waited: list[float] = []

    def write_meanwhile(pause_s: float) -> None:
        waited.append(pause_s)
        lock_path(plot).write_text(
            json.dumps({"pid": 1, "host": "other-desk", "user": "watch"}), "utf-8"
        )

    monkeypatch.setattr(time, "sleep", write_meanwhile)
    holder = PlotLock.take(plot)
    assert isinstance(holder, LockHolder)
    assert (holder.host, len(waited)) == ("other-desk", 1)


def test_a_look_at_a_lock_keeps_nobody_from_taking_it(
    plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(plot, json.dumps({"pid": 1, "host": socket.gethostname(), "user": "earlier"}))
    looking = os.open(lock_path(plot), os.O_RDWR)
    fcntl.flock(looking, fcntl.LOCK_SH)
    assert PlotLock.is_free(plot), "nor another look"
    pauses: list[float] = []

    def end_meanwhile(pause_s: float) -> None:
        pauses.append(pause_s)
        if len(pauses) == 2:
            os.close(looking)

    monkeypatch.setattr(time, "sleep", end_meanwhile)
    taken(plot).release()
    assert len(pauses) == 2


def test_a_lock_file_that_can_not_be_looked_at_is_not_free(plot: Path) -> None:
    lock_path(plot).mkdir()
    assert not PlotLock.is_free(plot)


def test_a_holder_that_wrote_nothing_yet_holds_all_the_same(plot: Path) -> None:
    descriptor = os.open(lock_path(plot), os.O_RDWR | os.O_CREAT)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    holder = PlotLock.take(plot)
    os.close(descriptor)
    assert isinstance(holder, LockHolder)
    assert (holder.pid, holder.host, holder.user) == (0, "", "")


def test_a_lock_file_that_was_removed_by_hand_is_left_alone_by_its_former_owner(
    plot: Path,
) -> None:
    first = taken(plot)
    lock_path(plot).unlink()
    second = taken(plot)
    first.release()
    assert lock_path(plot).exists()
    assert isinstance(PlotLock.take(plot), LockHolder)
    second.release()


def test_a_folder_that_is_gone_does_not_keep_a_lock_from_its_release(tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    held = taken(folder / "night.gpkg")
    lock_path(folder / "night.gpkg").unlink()
    folder.rmdir()
    held.release()
    assert not folder.exists()


def test_no_lock_can_be_had_where_no_file_can_be_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        PlotLock.take(tmp_path / "missing" / "night.gpkg")


def test_a_lock_file_released_between_opening_and_locking_it_is_tried_again(
    plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock
    others = [taken(plot)]

    def released_just_before(descriptor: int, operation: int) -> None:
        while others:
            others.pop().release()
        real(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", released_just_before)
    held = taken(plot)
    assert lock_path(plot).exists()
    held.release()


def test_a_lock_file_that_never_stays_is_given_up(
    plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock

    def removed_just_before(descriptor: int, operation: int) -> None:
        lock_path(plot).unlink()
        real(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", removed_just_before)
    with pytest.raises(BlockingIOError):
        PlotLock.take(plot)


def test_a_file_system_without_locks_is_told_of(
    plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_here(descriptor: int, operation: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", none_here)
    with pytest.raises(OSError, match="not supported"):
        PlotLock.take(plot)


def test_an_account_without_a_name_holds_a_lock_too(
    plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nameless)
    held = taken(plot)
    holder = PlotLock.take(plot)
    held.release()
    assert isinstance(holder, LockHolder)
    assert (holder.pid, holder.user) == (os.getpid(), "")
