"""A desk that is killed while it exports leaves the old file or the new one, whole."""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from channelplot.exchange.gpx_route import route_gpx
from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from channelplot.model.plot import Plot
from channelplot.snapshot.png import png_bytes
from channelplot.store.check import check
from channelplot.store.closed_file import loaded_from
from channelplot.store.log_hashes import read_hashes
from channelplot.ui.log.log_csv import log_csv
from helpers.builders import at
from helpers.chartwork_builders import a_search
from helpers.forked import Workers, workers
from helpers.made_up_plots import made_up_plot
from unit.store.files import a_plot, adding_a_report, closed_file, new_file, save

WORK = """
from pathlib import Path
from channelplot.exchange.outgoing.export import export as to_others
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from channelplot.snapshot.export import write_files
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import PlotFile
from channelplot.ui.files.written_file import write_file
from helpers.builders import at

def write_sheet(content, path):
    write_files({path: content})

def export(kind, target, *sources):
    write = write_sheet if kind == "png" else write_file
    contents = [Path(source).read_bytes() for source in sources]
    while True:
        for content in contents:
            write(content, Path(target))

def outgoing(kind, target, *sources):
    plots = [loaded_from(Path(source)).plot for source in sources]
    while True:
        for plot in plots:
            to_others(Selection(plot=plot), Path(target), Format(kind), at("0500"))

def copy(target, rounds, *sources):
    files = [PlotFile.open(Path(source)) for source in sources]
    for _ in range(int(rounds)):
        for file in files:
            file.copy_to(Path(target), replace=True)
    for file in files:
        file.close()

def work(what, *words):
    {"export": export, "outgoing": outgoing, "copy": copy}[what](*words)
"""
LONGEST_S = 0.04
ENDLESS = "1000000"
CHECKED_WHOLE_EACH = 10


@pytest.fixture(scope="module")
def desks() -> Iterator[Workers]:
    """What exports and copies, and is killed."""
    with workers(WORK) as ready:
        yield ready


def picture(seed: int) -> bytes:
    """Return a PNG that takes a while to write: noise, which can't be made small."""
    noise = random.Random(seed).randbytes(800 * 600 * 4)
    image = QImage(noise, 800, 600, QImage.Format.Format_RGB32)
    return png_bytes(image)


def log_table(path: Path) -> bytes:
    acts = loaded_from(path).acts
    return log_csv(acts, read_hashes(path), is_masked=True).encode("utf-8-sig")


def two_contents(kind: str, folder: Path) -> Sequence[bytes]:
    """Return two files of a kind, as the program makes them."""
    if kind == "png":
        return picture(1), picture(2)
    if kind == "gpx":
        return route_gpx(a_search("S1")), route_gpx(a_search("S2"))
    plots = folder / "one.gpkg", folder / "two.gpkg"
    closed_file(plots[0], Plot())
    closed_file(plots[1])
    return [log_table(path) for path in plots]


@pytest.mark.parametrize("kind", ["png", "csv", "gpx"])
def test_a_kill_within_an_export_leaves_a_whole_file(
    desks: Workers,
    tmp_path: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
    kind: str,
) -> None:
    contents = two_contents(kind, tmp_path)
    assert contents[0] != contents[1]
    sources = [tmp_path / f"source{number}" for number in range(2)]
    for source, content in zip(sources, contents, strict=True):
        source.write_bytes(content)
    target = tmp_path / "out" / f"sheet.{kind}"
    target.parent.mkdir()
    target.write_bytes(b"the one of an hour ago")
    chance = random.Random(20260915)
    kills = cycles(5, 100)
    replaced = 0
    for _ in range(kills):
        before = target.read_bytes()
        seconds = chance.uniform(0.0, LONGEST_S)
        assert desks.killed_after(seconds, "export", kind, str(target), *map(str, sources))
        after = target.read_bytes()
        assert after in (before, *contents), "neither the old file nor a new one"
        replaced += after != before
    drafts = [each for each in target.parent.iterdir() if each != target]
    assert all(each.name.startswith(".") and each.suffix == ".part" for each in drafts)
    figure(f"{kind}: {kills} kills, {replaced} new, 0 torn, {len(drafts)} within a write")


@pytest.mark.parametrize("kind", Format)
def test_a_kill_within_an_export_of_a_plot_leaves_a_whole_file(
    desks: Workers,
    tmp_path: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
    kind: Format,
) -> None:
    sources = tmp_path / "one.gpkg", tmp_path / "two.gpkg"
    for source, count in zip(sources, (300, 600), strict=True):
        closed_file(source, made_up_plot(count))
    target = tmp_path / "out" / f"plot{kind}"
    target.parent.mkdir()
    contents = []
    for source in sources:
        export(Selection(plot=loaded_from(source).plot), target, kind, at("0500"))
        contents.append(target.read_bytes())
    chance = random.Random(20260915)
    kills = cycles(2, 100)
    found = Counter[int]()
    for _ in range(kills):
        seconds = chance.uniform(0.05, 0.4)
        assert desks.killed_after(seconds, "outgoing", kind, str(target), *map(str, sources))
        found[contents.index(target.read_bytes())] += 1
    drafts = [each for each in target.parent.iterdir() if each != target]
    assert all(each.name.startswith(".") and each.suffix == ".part" for each in drafts)
    figure(f"{kind}: {kills} kills, {found[0]} and {found[1]} whole, 0 torn, {len(drafts)} drafts")


def test_a_kill_within_a_copy_leaves_a_whole_plot(
    desks: Workers,
    tmp_path: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    sources = tmp_path / "one.gpkg", tmp_path / "two.gpkg"
    plot = a_plot()
    closed_file(sources[0], plot)
    with new_file(sources[1], plot) as file:
        save(file, plot, adding_a_report(plot)[0])
    target = tmp_path / "out" / "copy.gpkg"
    target.parent.mkdir()
    closed_file(target, Plot())
    chance = random.Random(20260915)
    kills = cycles(3, 100)
    found = {(5, 1): 0, (6, 2): 0}
    one_round_s = desks.seconds_for("copy", str(target), "1", *map(str, sources))
    for number in range(kills):
        seconds = chance.uniform(0.3, 1.5) * one_round_s
        assert desks.killed_after(seconds, "copy", str(target), ENDLESS, *map(str, sources))
        found[counts_in(target)] += 1
        if number % CHECKED_WHOLE_EACH == 0:
            assert check(target) == ()
    left = [each.name for each in target.parent.iterdir()]
    drafts = [name for name in left if name.startswith(".") and ".part" in name]
    assert set(left) - set(drafts) <= {"copy.gpkg", "copy.gpkg.lock"}
    figure(
        f"copy: {kills} kills, {found[5, 1]} of the one, {found[6, 2]} of the other, 0 torn,"
        f" {len(drafts)} drafts left"
    )


def counts_in(path: Path) -> tuple[int, int]:
    """Return how many reports and acts a sound plot holds."""
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tracked, acts = conn.execute(
            "SELECT (SELECT count(*) FROM reports WHERE track_uid NOTNULL),"
            " (SELECT count(*) FROM edit_log)"
        ).fetchone()
        return int(tracked), int(acts)
