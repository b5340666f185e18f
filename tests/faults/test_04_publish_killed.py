"""A desk that is killed while it publishes leaves the last publication or the new one, whole."""

import random
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.model.plot import Plot
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile
from channelplot.store.published import log_of
from channelplot.store.working_copy import WorkingCopy
from helpers.builders import at
from helpers.networks import a_network
from unit.store.files import closed_file, python

DESK = """
import sys
from datetime import timedelta
from pathlib import Path
from threading import Thread
from channelplot.model.change import difference
from channelplot.store import folders
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.store.working_copy import WorkingCopy
from helpers.builders import R1, a_report, at

folders.MOUNT_TABLE = Path(sys.argv[1])
plot_path, working = Path(sys.argv[2]), Path(sys.argv[3])
assert PlotFile.open(plot_path).is_read_only
copy = WorkingCopy.find(plot_path, working)
if copy is None:
    copy = WorkingCopy.make(plot_path, working, at("0500"), take_over=False)
assert copy.hold() is None
file = PlotFile.open(copy.path, in_any_folder=True)
assert not file.is_read_only, file.read_only_reason


def publish():
    while True:
        publication = copy.publish(at("0500"))
        sys.stdout.write(f"published {publication.seq}\\n")
        sys.stdout.flush()


everything = file.load()
plot, seq = everything.plot, everything.acts[-1].seq
started = False
while True:
    report = a_report(at("0200") + timedelta(milliseconds=seq), position=R1)
    new = plot.with_report(report)
    act = ActRecord("add_report", "report", report.uid, "desk", at("0500"))
    seq = file.save(difference(plot, new), act).seq
    plot = new
    sys.stdout.write(f"saved {seq}\\n")
    sys.stdout.flush()
    if not started:
        started = True
        Thread(target=publish, daemon=True).start()
"""


def killed_desk(plot: Path, working: Path, table: Path, after_s: float) -> dict[str, int]:
    """Let a desk plot and publish for a while, kill it, and return how far it said it was."""
    with python(DESK, str(table), str(plot), str(working)) as desk:
        assert desk.stdout is not None
        first = desk.stdout.readline()
        time.sleep(after_s)
        desk.kill()
        said = (first + desk.stdout.read()).splitlines(keepends=True)
    assert desk.returncode == -signal.SIGKILL, "it must be killed, not stop by itself"
    whole = [line.split() for line in said if line.endswith("\n")]
    return {what: int(seq) for what, seq in whole}


def local_copy(plot: Path, working: Path) -> WorkingCopy:
    copy = WorkingCopy.find(plot, working)
    assert copy is not None
    return copy


def test_a_desk_killed_while_it_publishes(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    kills = cycles(2, 100)
    plot = a_network(tmp_path, monkeypatch) / "night.gpkg"
    working = tmp_path / "working"
    closed_file(plot, Plot())
    chance = random.Random(20260915)
    publications = halves = 0
    for number in range(kills):
        before = log_of(plot)
        said = killed_desk(plot, working, tmp_path / "mounts", chance.uniform(0.0, 0.4))
        copy = local_copy(plot, working)
        halves += any(plot.parent.glob(".*.part"))
        with closing(PlotFile.open(copy.path, in_any_folder=True)) as file:
            assert not file.is_read_only
        published, local = log_of(plot), log_of(copy.path)
        assert local[-1][0] >= said["saved"], "an act that was called saved is lost"
        assert published[: len(before)] == before, "it never goes back"
        assert local[: len(published)] == published, "what is published is a whole state of ours"
        assert published[-1][0] >= said.get("published", 0), "it said so"
        assert plot.with_name("night.gpkg-journal").exists() is False
        publications += len(published) > len(before)
        if number % 10 == 0:
            assert check(plot) == ()
    with closing(local_copy(plot, working)) as copy:
        copy.publish(at("0501"))
        assert log_of(plot) == log_of(copy.path)
        assert copy.record.kept_apart is None, "it always knew its own"
    assert sorted(path.name for path in plot.parent.iterdir()) == ["night.gpkg"]
    assert check(plot) == ()
    figure(
        f"publishing: {kills} kills, {log_of(plot)[-1][0]} acts, 0 lost,"
        f" {publications} published by then, {halves} half-sent removed"
    )
