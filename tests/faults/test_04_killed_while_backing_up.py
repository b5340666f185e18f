"""A desk that is killed while it backs up or restores leaves what was there, or all that is new."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from channelplot.store.backing_up import finish_backup
from channelplot.store.backups import backup_folder, backups_of, contents_of, is_lost, restore
from channelplot.store.check import check
from helpers.builders import at
from unit.store.files import acts, closed_file, opened, python

NURSERY = """
import os, signal, sys
from datetime import timedelta
from pathlib import Path
from channelplot.model.change import difference
from channelplot.store.act import ActRecord
from channelplot.store.backing_up import finish_backup
from channelplot.store.backups import backups_of, restore
from channelplot.store.geopackage import PlotFile
from helpers.builders import R1, a_report, at

path = Path(sys.argv[1])
second = Path(sys.argv[2])

def back_up(number, times=1_000):
    file = PlotFile.open(path)
    loaded = file.load()
    plot, made_at = loaded.plot, at("0412") + timedelta(minutes=20 * number)
    for _ in range(times):
        report = a_report("0300", position=R1)
        new = plot.with_report(report)
        act = ActRecord("add_report", "report", report.uid, "desk", made_at)
        file.save(difference(plot, new), act)
        plot, made_at = new, made_at + timedelta(minutes=7)
        finish_backup(file.back_up(lambda: False), path, made_at, second)

def back_up_twice(number):
    back_up(number, 2)

def bring_back(number):
    restore(backups_of(path)[0], path, at("0500") + timedelta(seconds=number))

WORK = {"back_up": back_up, "back_up_twice": back_up_twice, "bring_back": bring_back}
for line in sys.stdin:
    word, number = line.split()
    child = os.fork()
    if child == 0:
        WORK[word](int(number))
        if number != "0":
            signal.pause()
        os._exit(0)
    sys.stdout.write(f"{child}\\n")
    sys.stdout.flush()
    os.waitpid(child, 0)
    sys.stdout.write("ended\\n")
    sys.stdout.flush()
"""
"""A process that starts others which have everything imported already; each is killed by itself."""


class Nursery:
    """Starts processes that back up or restore a plot, and kills each."""

    def __init__(self, path: Path, second: Path) -> None:
        self.process = python(NURSERY, str(path), str(second))

    def begin(self, word: str, number: int) -> int:
        """Let a process begin, and return its number."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word} {number}\n")
        self.process.stdin.flush()
        return int(self._says())

    def wait(self) -> None:
        """Return when the process has ended."""
        assert self._says() == "ended\n"

    def kill_at(self, word: str, number: int, after_s: float) -> None:
        """Let a process begin, and kill it."""
        child = self.begin(word, number)
        time.sleep(after_s)
        os.kill(child, signal.SIGKILL)
        self.wait()

    def seconds(self, word: str) -> float:
        """How long a process takes that is not killed."""
        started_s = time.monotonic()
        self.begin(word, 0)
        self.wait()
        return time.monotonic() - started_s

    def close(self) -> None:
        """Start no more."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def _says(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@pytest.fixture
def second(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def test_backups_are_whole_or_not_there(
    tmp_path: Path,
    second: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    chance, kills = random.Random(20260915), cycles(2, 100)
    nursery = Nursery(path, second)
    seen = most = 0
    with nursery.process:
        twice_s = nursery.seconds("back_up_twice")
        for number in range(1, kills + 1):
            before = {one.path: one.path.read_bytes() for one in backups_of(path, second)}
            nursery.kill_at("back_up", number, chance.uniform(0.3, 1.2) * twice_s)
            after = backups_of(path, second)
            assert all(before.get(one.path) in (None, one.path.read_bytes()) for one in after)
            for backup in after:
                if backup.path not in before:
                    seen += 1
                    contents = contents_of(backup)
                    assert contents.is_sound, contents.problem
                    assert contents.last_act is not None
                    assert contents.last_act.seq == contents.acts <= acts(path)
            newest = max(contents_of(one).acts for one in after)
            assert newest >= most, "what holds the most is never removed"
            most = newest
        nursery.close()
    assert check(path) == ()
    folders = (backup_folder(path), backup_folder(path, second))
    drafts = sum(one.suffix == ".part" for folder in folders for one in folder.iterdir())
    assert seen > kills / 4, "backups must have been made"
    figure(f"backup: {kills} kills, {seen} backups all whole, {drafts} drafts")


def test_a_restored_plot_is_whole_and_the_damaged_one_is_kept(
    tmp_path: Path,
    second: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    with opened(path) as file:
        draft = file.back_up(lambda: False)
        assert draft is not None
        backup = finish_backup(draft, path, at("0412"), None).backup
    chance, kills = random.Random(20260915), cycles(2, 100)
    nursery = Nursery(path, second)
    taken = 0
    with nursery.process:
        path.write_bytes(b"damaged")
        once_s = nursery.seconds("bring_back")
        for number in range(1, kills + 1):
            damaged = f"damaged {number}".encode() * 300
            path.write_bytes(damaged)
            nursery.kill_at("bring_back", number, chance.uniform(0.0, 1.1) * once_s)
            files = [one for one in tmp_path.iterdir() if one.is_file()]
            assert any(one.read_bytes() == damaged for one in files), "the damaged plot is lost"
            if path.exists() and path.read_bytes() != damaged:
                taken += 1
                assert not is_lost(path)
                assert contents_of(backup).acts == acts(path)
            for restored in tmp_path.glob("night restored*.gpkg"):
                assert check(restored) == ()
                restored.unlink()
        nursery.close()
    if is_lost(path):
        assert restore(backup, path, at("0600")) == path
    assert check(path) == ()
    assert taken > 0, "some must have been restored"
    figure(f"restore: {kills} kills, {taken} restored, {kills} damaged files kept")
