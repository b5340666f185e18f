"""Lock files that others made, removed, or put something else in the place of."""

import errno
import fcntl
import json
import os
import socket
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channelplot.store import lock as lock_module
from channelplot.store.lock import LockHold, LockHolder, PlotLock, lock_path
from unit.store.files import NOBODY, unprivileged

LONG_AGO = (1.0, 1.0)


@pytest.fixture
def plot(open_folder: Path) -> Path:
    path = open_folder / "night.gpkg"
    path.touch()
    path.chmod(0o666)
    return path


def taken(plot: Path) -> PlotLock:
    held = PlotLock.take(plot)
    assert isinstance(held, PlotLock)
    return held


def left(plot: Path, text: str) -> None:
    lock_path(plot).write_text(text, "utf-8")
    os.utime(lock_path(plot), LONG_AGO)


def said(**entries: object) -> str:
    return json.dumps({"pid": 7, "host": socket.gethostname(), "user": "Ann", **entries})


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


# ------------------------------------------------------------------- what stands in a lock file


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"pid": 1e999, "host": "x", "user": "x"}',
        '{"pid": 3, "host": "x", "user": "\\ud800"}',
        "7",
    ],
)
def test_whatever_stands_in_a_lock_file_is_asked_about_and_leaves_no_file_open(
    plot: Path, text: str
) -> None:
    left(plot, text)
    before = open_files()
    holder = PlotLock.take(plot)
    assert isinstance(holder, LockHolder)
    assert (holder.pid, holder.host, holder.hold) == (0, "", LockHold.UNKNOWN)
    assert not PlotLock.is_free(plot)
    assert open_files() == before
    held = PlotLock.take(plot, take_over=True)
    assert isinstance(held, PlotLock)
    held.release()
    assert open_files() == before


def test_a_lock_file_from_a_time_that_no_date_can_say_is_of_1970(
    plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(plot, said(host="bridge"))
    real = os.fstat

    class Late:
        def __init__(self, descriptor: int) -> None:
            self._real = real(descriptor)
            self.st_mode = self._real.st_mode
            self.st_dev, self.st_ino = self._real.st_dev, self._real.st_ino
            self.st_mtime = 1e15

    with monkeypatch.context() as patched:
        patched.setattr(os, "fstat", Late)
        holder = PlotLock.take(plot)
    assert isinstance(holder, LockHolder)
    assert holder.since_utc == datetime(1970, 1, 1, tzinfo=UTC)


def test_an_error_while_a_lock_is_taken_leaves_no_file_open(
    plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(plot, said())
    before = open_files()

    def fails(*_: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(os, "pread", fails)
        with pytest.raises(OSError, match="Input/output"):
            PlotLock.take(plot)
    assert open_files() == before


# --------------------------------------------------------------------- what is no lock file at all


def a_link(lock: Path, target: Path) -> None:
    lock.symlink_to(target)


def a_pipe(lock: Path, _: Path) -> None:
    os.mkfifo(lock)


def a_folder(lock: Path, _: Path) -> None:
    lock.mkdir()


@pytest.mark.parametrize("make", [a_link, a_pipe, a_folder])
def test_what_is_no_file_is_never_followed_written_to_or_waited_for(
    plot: Path, make: Callable[[Path, Path], None]
) -> None:
    precious = plot.with_name("precious")
    precious.write_text("precious")
    make(lock_path(plot), precious)
    before = open_files()
    for take_over in (False, True):
        with pytest.raises(OSError, match=r"night\.gpkg\.lock"):
            PlotLock.take(plot, take_over=take_over)
    assert not PlotLock.is_free(plot)
    assert precious.read_text() == "precious"
    assert os.path.lexists(lock_path(plot))
    assert open_files() == before


def test_a_link_to_nothing_is_not_made_into_a_file(plot: Path) -> None:
    lock_path(plot).symlink_to(plot.with_name("nowhere"))
    with pytest.raises(OSError, match="symbolic links"):
        PlotLock.take(plot)
    assert not plot.with_name("nowhere").exists()


# ------------------------------------------------------------------------------- other accounts


@pytest.mark.parametrize("knows_links", [True, False])
def test_a_lock_file_has_the_rights_and_the_group_of_its_plot(
    plot: Path, monkeypatch: pytest.MonkeyPatch, knows_links: bool
) -> None:
    plot.chmod(0o664)
    if os.geteuid() == 0:
        os.chown(plot, -1, NOBODY)

    def no_link(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if not knows_links:
        monkeypatch.setattr(os, "link", no_link)
    held = taken(plot)
    made = lock_path(plot).stat()
    assert stat.S_IMODE(made.st_mode) == 0o664
    assert made.st_gid == plot.stat().st_gid
    held.release()


def test_the_lock_of_a_plot_that_is_not_there_yet_has_the_usual_rights(plot: Path) -> None:
    plot.unlink()
    held = taken(plot)
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(lock_path(plot).stat().st_mode) == 0o666 & ~mask
    held.release()


def test_whoever_may_not_write_to_a_lock_is_told_who_has_it(plot: Path) -> None:
    held = taken(plot)
    lock_path(plot).chmod(0o644)
    with unprivileged():
        holder = PlotLock.take(plot)
        assert isinstance(holder, LockHolder)
        assert (holder.pid, holder.hold) == (os.getpid(), LockHold.LIVE)
        assert not PlotLock.is_free(plot)
    held.release()


def test_a_lost_lock_of_another_account_is_made_anew(plot: Path) -> None:
    left(plot, said())
    lock_path(plot).chmod(0o444)
    with unprivileged():
        assert PlotLock.is_free(plot)
        held = taken(plot)
        assert json.loads(lock_path(plot).read_text())["pid"] == os.getpid()
        assert held.is_still_ours()
        held.release()
    assert not lock_path(plot).exists()


def test_a_lost_lock_that_can_not_even_be_removed_is_held_as_it_is(plot: Path) -> None:
    left(plot, said())
    lock_path(plot).chmod(0o444)
    if os.geteuid() == 0:
        os.chown(plot.parent, 0, -1)
    plot.parent.chmod(0o555)
    try:
        with unprivileged():
            held = taken(plot)
            assert held.is_still_ours(), "although another's name stands in it"
            assert held.left_by is not None
            second = PlotLock.take(plot)
            assert isinstance(second, LockHolder)
            assert second.hold is LockHold.LIVE
            held.release()
    finally:
        plot.parent.chmod(0o777)
    assert json.loads(lock_path(plot).read_text())["pid"] == 7


def test_a_lock_file_that_goes_between_two_calls_is_made(
    plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(plot, said())
    real = lock_module._open_what_is_there
    gone: list[Path] = []

    def removed_just_before(path: Path) -> int:
        if not gone:
            path.unlink()
            gone.append(path)
        return real(path)

    monkeypatch.setattr(lock_module, "_open_what_is_there", removed_just_before)
    held = taken(plot)
    assert held.left_by is None
    assert gone == [lock_path(plot)]
    held.release()


# ------------------------------------------------------------------------------- while it is held


def test_a_lock_that_is_ours_is_kept(plot: Path) -> None:
    held = taken(plot)
    assert held.kept() is held
    held.release()


def test_a_lock_file_that_was_merely_removed_is_made_again(plot: Path) -> None:
    before = open_files()
    held = taken(plot)
    lock_path(plot).unlink()
    again = held.kept()
    assert isinstance(again, PlotLock)
    assert again is not held
    assert isinstance(PlotLock.take(plot), LockHolder)
    again.release()
    assert not lock_path(plot).exists()
    assert open_files() == before


def test_who_took_a_lock_that_was_removed_has_it(plot: Path) -> None:
    held = taken(plot)
    lock_path(plot).unlink()
    other = taken(plot)
    holder = held.kept()
    assert isinstance(holder, LockHolder)
    assert (holder.pid, holder.hold) == (os.getpid(), LockHold.LIVE)
    other.release()
    again = held.kept()
    assert isinstance(again, PlotLock)
    again.release()


def test_who_writes_his_name_over_ours_on_a_network_has_it(plot: Path) -> None:
    held = taken(plot)
    lock_path(plot).write_text(said(host="bridge"))
    holder = held.kept()
    assert isinstance(holder, LockHolder)
    assert holder.host == "bridge"
    held.release()
    assert lock_path(plot).exists(), "it is the other's"


def test_a_lock_that_could_not_say_whose_it_is_stays_ours(
    plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(plot, said())

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        held = taken(plot)
    assert held.is_still_ours()
    assert held.kept() is held
    held.release()
    assert not lock_path(plot).exists()


def test_a_lock_that_was_emptied_is_ours_while_the_kernel_says_so(plot: Path) -> None:
    held = taken(plot)
    os.truncate(lock_path(plot), 0)
    assert held.is_still_ours()
    descriptor = os.open(lock_path(plot), os.O_RDWR)
    with pytest.raises(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(descriptor)
    held.release()
