"""Plot files and files of limits with flipped, missing and swapped bytes: opened or refused."""

import json
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import geopandas
from shapely.geometry import LineString

from helpers.full_plot import full_plot
from unit.store.files import closed_file, python

MUTATE = """
import random, sqlite3
from contextlib import closing

PAGE = 4096


def quick_check(path, content):
    '''SQLite's own verdict, of a copy that may be written to: else it passes over constraints.'''
    copy = path.with_name("verdict.db")
    copy.write_bytes(content)
    try:
        with closing(sqlite3.connect(copy)) as conn:
            return conn.execute("PRAGMA quick_check").fetchone()[0]
    except (sqlite3.Error, UnicodeDecodeError):
        return "none"
    finally:
        for each in path.parent.glob("verdict.db*"):
            each.unlink()


def mutated(whole, seed):
    '''The bytes of a file after one kind of accident or another.'''
    chance = random.Random(seed)
    content = bytearray(whole)
    kind = seed % 8
    if kind < 4:  # bits here and there; of the first page only; in one page; one byte
        start, end = [(0, len(content)), (0, PAGE), (0, 0), (0, len(content))][kind]
        if kind == 2:
            start = chance.randrange(len(content) // PAGE) * PAGE
            end = start + PAGE
        for _ in range(1 if kind == 3 else chance.randint(1, 40)):
            content[chance.randrange(start, end)] ^= 1 << chance.randrange(8)
    elif kind == 4:  # cut short
        del content[chance.randrange(1, len(content)):]
    elif kind == 5:  # two pages changed places
        a, b = (chance.randrange(len(content) // PAGE) * PAGE for _ in range(2))
        content[a:a + PAGE], content[b:b + PAGE] = content[b:b + PAGE], content[a:a + PAGE]
    elif kind == 6:  # a stretch was never written
        start = chance.randrange(len(content))
        end = min(len(content), start + chance.randint(1, 2 * PAGE))
        content[start:end] = bytes(end - start)
    else:  # a stretch of something else
        start = chance.randrange(len(content))
        end = min(len(content), start + chance.randint(1, 600))
        content[start:end] = chance.randbytes(end - start)
    return bytes(content)
"""
OPEN_PLOTS = (
    MUTATE
    + """
import json, signal, sys, time
from pathlib import Path
from channelplot.errors import PlotFileError
from channelplot.store.geopackage import PlotFile

path, whole = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes()
for seed in range(int(sys.argv[3]), int(sys.argv[4])):
    content = mutated(whole, seed)
    path.write_bytes(content)
    verdict = quick_check(path, content)
    began_s = time.monotonic()
    signal.alarm(10)
    outcome, is_opened = "none", False
    try:
        with closing(PlotFile.open(path)) as file:
            is_opened = not file.is_read_only
            file.load()
            outcome = "opened" if is_opened else "only read"
    except PlotFileError as error:
        outcome = error.fault.value
    signal.alarm(0)
    # A flipped bit may say that the file has a write-ahead log: opening brings that back.
    is_same = path.read_bytes() == content or (is_opened and content[18:20] != whole[18:20])
    beside = sorted(each.name for each in path.parent.glob(path.name + "?*"))
    told = [seed, outcome, is_opened, verdict, is_same, beside, time.monotonic() - began_s]
    print(json.dumps(told), flush=True)
    path.unlink()
"""
)
READ_LIMITS = (
    MUTATE
    + """
import json, signal, sys
from pathlib import Path
from channelplot.errors import LimitFileError
from channelplot.exchange.confinement import confine
from channelplot.exchange.limit_shapes import LimitBounds
from channelplot.exchange.vector_worker import copy_for_gdal, shapes_in

path, whole = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes()
confine()
bounds = LimitBounds(most_bytes=10**7, most_shapes=100, most_points=1000)
for seed in range(int(sys.argv[3]), int(sys.argv[4])):
    content = mutated(whole, seed)
    path.write_bytes(content)
    verdict = quick_check(path, content)
    copy = path.with_name("copy.gpkg")
    signal.alarm(10)
    outcome = "opened"
    try:
        copy_for_gdal(path, copy, bounds.most_bytes)
        shapes_in(copy, path, bounds)
    except LimitFileError as error:
        outcome = error.fault.value
    signal.alarm(0)
    is_same = path.read_bytes() == content
    beside = sorted(each.name for each in path.parent.glob(path.name + "?*"))
    print(json.dumps([seed, outcome, outcome == "opened", verdict, is_same, beside, 0]), flush=True)
    path.unlink()
    copy.unlink(missing_ok=True)
"""
)
REFUSALS = {"damaged", "not_geopackage", "other_program", "too_new"}
Told = tuple[int, str, bool, str, bool, list[str], float]


def outcomes(code: str, mutated: Path, whole: Path, count: int) -> list[Told]:
    """What became of so many files, all in one process; a crash or a hang of it fails."""
    with python(code, str(mutated), str(whole), "0", str(count)) as process:
        assert process.stdout is not None
        told = [tuple(json.loads(line)) for line in process.stdout]
    assert process.returncode != -signal.SIGALRM, f"file {len(told)} took more than 10 s"
    assert process.returncode == 0, f"file {len(told)} ended the process: {process.returncode}"
    assert len(told) == count
    return told


def test_plot_files_with_flipped_bytes_open_or_are_refused_and_nothing_else(
    tmp_path: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    whole = tmp_path / "whole.gpkg"
    closed_file(whole, full_plot())
    told = outcomes(OPEN_PLOTS, tmp_path / "night.gpkg", whole, cycles(48, 1_000))
    accepted = [each for each in told if each[2]]
    assert [each for each in accepted if each[3] != "ok"] == [], "refused by quick_check, accepted"
    assert [each for each in told if not each[4]] == [], "the file was changed"
    assert [each for each in told if each[5]] == [], "something was left beside the file"
    kinds = Counter(each[1] for each in told)
    assert set(kinds) <= REFUSALS | {"opened", "only read"}
    assert kinds["damaged"] > len(told) / 4, "the test must meet damage"
    assert kinds["opened"] > len(told) / 20, "and files that are none the worse for it"
    longest_s = max(each[6] for each in told)
    figure(
        f"{len(told)} plots: {kinds['opened']} opened, {kinds['only read']} only read,"
        f" {len(told) - kinds['opened'] - kinds['only read']} refused, 0 crashes,"
        f" longest {longest_s:.2f} s"
    )


def test_files_of_limits_with_flipped_bytes_are_read_or_refused_and_nothing_else(
    tmp_path: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    whole = tmp_path / "limits.gpkg"
    lines = [LineString([(1.0 + n / 10, 50.0), (1.5, 50.5 + n / 10)]) for n in range(60)]
    frame = geopandas.GeoDataFrame({"name": [f"L{n}" for n in range(60)]}, geometry=lines, crs=4326)
    frame.to_file(whole)
    told = outcomes(READ_LIMITS, tmp_path / "mutated.gpkg", whole, cycles(24, 1_000))
    assert [each for each in told if each[2] and each[3] != "ok"] == [], "GDAL saw a damaged file"
    assert [each for each in told if not each[4] or each[5]] == [], "the file was changed"
    kinds = Counter(each[1] for each in told)
    assert set(kinds) <= {"opened", "unreadable", "kind", "no_crs", "too_large"}
    assert kinds["unreadable"] > len(told) / 5, "the test must meet damage"
    assert kinds["opened"], "and files that are none the worse for it"
    figure(f"{len(told)} files of limits: {kinds['opened']} read, 0 crashes of the child")
