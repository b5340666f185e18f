"""A lock file says whose it is from its first moment, whenever its maker is killed."""

import errno
import json
import os
from pathlib import Path

import pytest

from channelplot.store.lock import LockHolder, PlotLock, lock_path
from helpers.forked import workers

TAKE = """
from pathlib import Path
from channelplot.store.lock import PlotLock

def work(path):
    while True:
        PlotLock.take(Path(path)).release()
"""


def test_a_kill_at_any_moment_leaves_none_that_asks(tmp_path: Path) -> None:
    plot = tmp_path / "night.gpkg"
    with workers(TAKE) as desks:
        for number in range(20):
            assert desks.killed_after(0.001 * number, str(plot))
            lock = PlotLock.take(plot)
            assert not isinstance(lock, LockHolder)
            lock.release()


def test_one_who_names_himself_over_another_leaves_nothing_of_him(tmp_path: Path) -> None:
    plot = tmp_path / "night.gpkg"
    lock_path(plot).write_text("?" * 500)
    lock = PlotLock.take(plot, take_over=True)
    assert not isinstance(lock, LockHolder)
    assert json.loads(lock_path(plot).read_text())["pid"] == os.getpid()
    lock.release()


def test_where_no_links_are_known_the_lock_is_made_as_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_link)
    plot = tmp_path / "night.gpkg"
    lock = PlotLock.take(plot)
    assert not isinstance(lock, LockHolder)
    assert lock.left_by is None
    assert json.loads(lock_path(plot).read_text())["pid"] == os.getpid()
    assert [each.name for each in tmp_path.iterdir()] == ["night.gpkg.lock"]
    lock.release()
