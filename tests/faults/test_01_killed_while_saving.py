"""A desk that is killed in the middle of its work loses nothing that it called saved."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from channelplot.model.plot import Plot
from channelplot.store.check import check
from helpers.forked import Workers, workers
from unit.store.files import closed_file, opened, rows

DESK = """
import os
from datetime import timedelta
from pathlib import Path
from channelplot.model.change import difference
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.builders import R1, a_report, a_track, at

def work(path, said):
    file = PlotFile.open(Path(path))
    assert not file.is_read_only, file.read_only_reason
    everything = file.load()
    plot, seq = everything.plot, len(everything.acts)
    name = f"T{seq}"
    started = plot.with_track(a_track(name))
    track_uid = next(uid for uid in started.tracks if uid not in plot.tracks)
    act = ActRecord("start_track", "track", track_uid, "desk", at("0200"))
    file.save(difference(plot, started), act)
    plot = started
    told = os.open(said, os.O_WRONLY | os.O_APPEND)
    while True:
        observed = at("0200") + timedelta(milliseconds=seq)
        seq += 1
        report = a_report(observed, track_uid=track_uid, position=R1)
        new = plot.with_report(report)
        act = ActRecord("add_report", "report", report.uid, "desk", observed)
        mark = file.save(difference(plot, new), act)
        plot = new
        # What is written here was called saved.
        os.write(told, f"{mark.seq} {report.uid}\\n".encode())
"""


def kill_while_it_saves(desks: Workers, path: Path, said: Path, after_s: float) -> dict[str, int]:
    """Let a desk save for a while, kill it, and return what it called saved: uid to number."""
    said.write_text("")
    was_at_work = desks.killed_after(
        after_s, str(path), str(said), once=lambda: said.stat().st_size > 0
    )
    assert was_at_work, "it must be killed, not stop by itself"
    whole = [
        line.split() for line in said.read_text().splitlines(keepends=True) if line[-1] == "\n"
    ]
    return {uid: int(seq) for seq, uid in whole}


def test_a_desk_killed_while_it_saves_loses_nothing_it_called_saved(
    tmp_path: Path, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    kills = cycles(8, 1_000)
    path = tmp_path / "night.gpkg"
    closed_file(path, Plot())
    chance = random.Random(20260915)
    saved: dict[str, int] = {}
    recovered = 0
    with workers(DESK) as desks:
        for number in range(kills):
            count_before = rows(path, "SELECT count(*) FROM reports")[0][0]
            said = kill_while_it_saves(desks, path, tmp_path / "said", chance.uniform(0.0, 0.1))
            assert said, "the desk must have saved something"
            saved |= said
            recovered += path.with_name("night.gpkg-journal").exists()
            # Recovery is part of opening: the lock of the dead is taken over, its act rolled back.
            with opened(path) as file:
                assert not file.is_read_only
                plot = file.load().plot
            found = {str(uid) for (uid,) in rows(path, "SELECT uid FROM reports")}
            assert found >= set(saved), "an acknowledged report is lost"
            assert {report.uid for report in plot.reports()} == found
            assert len(found) - count_before - len(said) in (0, 1), "one act at most was on its way"
            if number % 50 == 0:
                assert check(path) == ()
    assert check(path) == ()
    with closing(sqlite3.connect(path)) as conn:
        logged = dict(conn.execute("SELECT entity_uid, seq FROM edit_log WHERE entity = 'report'"))
    assert {uid: logged.get(uid) for uid in saved} == saved
    figure(f"{kills} kills, {len(saved)} acts called saved, 0 lost, {recovered} rolled back")
