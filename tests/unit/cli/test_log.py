"""``channelplot log``: the watch log as a table, from the command line."""

import csv
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.commands.reports import add_report
from channelplot.store.geopackage import PlotFile
from helpers.builders import a_report
from helpers.clock import FixedClock
from helpers.opened import open_plot
from helpers.plot_files import channelplot, without_screen


@pytest.fixture
def called(plot: Path, clock: FixedClock) -> Path:
    """The plot, and a call from a number in it."""
    file = PlotFile.open(plot)
    opened = open_plot(file.load().plot, clock=clock, store=file)
    call = replace(a_report("0250", as_received="Élodie, 06 12 34 56 78"), caller="0612345678")
    opened.document.apply(add_report(call))
    opened.document.close()
    return plot


def words_in(table: str) -> list[str]:
    return [row["words"] for row in csv.DictReader(io.StringIO(table, newline=""))]


def test_it_prints_the_log(called: Path) -> None:
    before = called.read_bytes()
    done = channelplot("log", str(called))
    assert (done.returncode, done.stderr) == (0, "")
    assert words_in(done.stdout) == [
        "new plot, carried over: A",
        "report 0250Z plotted: “Élodie, …78”",
    ]
    assert called.read_bytes() == before


def test_it_writes_the_log(called: Path, tmp_path: Path) -> None:
    out = tmp_path / "night.csv"
    out.write_text("what was there")
    done = channelplot("log", str(called), str(out))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert words_in(out.read_text("utf-8-sig"))[1] == "report 0250Z plotted: “Élodie, …78”"


def test_numbers_stay_on_request(called: Path) -> None:
    done = channelplot("log", "--unmasked", str(called))
    assert words_in(done.stdout)[1] == "report 0250Z plotted: “Élodie, 06 12 34 56 78”"


def test_a_plot_that_is_open_elsewhere_is_read(called: Path) -> None:
    file = PlotFile.open(called)
    try:
        assert channelplot("log", str(called)).returncode == 0
    finally:
        file.close()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("log", "gone.gpkg"), 1, "no file gone.gpkg"),
        (("log", "text.gpkg", "out.csv"), 1, "not a GeoPackage"),
        (("log", "night.gpkg", "no/out.csv"), 1, "could not be written"),
        (("log", "night.gpkg", "out.txt"), 2, "should end in .csv"),
        (("log", "night.gpkg", "night.gpkg"), 2, "should end in .csv"),
    ],
)
def test_a_failure_is_one_sentence(
    called: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    folder = called.parent
    (folder / "text.gpkg").write_text("no plot " * 200)
    names = sorted(path.name for path in folder.iterdir())

    done = channelplot(*words, cwd=folder)

    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith("channelplot: ")
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == names


def test_it_may_be_read_in_part(called: Path) -> None:
    done = subprocess.run(
        [f"'{sys.executable}' -m channelplot log '{called}' | true"],
        shell=True,
        capture_output=True,
        text=True,
        env=without_screen(),
        check=False,
    )
    assert done.stderr == ""
