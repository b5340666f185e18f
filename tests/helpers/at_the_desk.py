"""Fixtures for tests in which somebody works at the desk; each conftest that wants them says so."""

import functools
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from channelplot.cli import gui
from channelplot.cli.main import main
from channelplot.ui import chart_data
from helpers.clock import FixedClock
from helpers.operator import Operator
from helpers.plot_files import without_screen

NO_BACKUP_MS = 3_600_000
OtherDesk = Callable[[Path], "subprocess.Popen[str]"]
_read = chart_data._read


@functools.cache
def _layers_read_once() -> chart_data.Layers:
    """The chart's own layers: shipped, never changed, and read anew for each window otherwise."""
    return _read()


@pytest.fixture
def operator(
    qapp: QApplication, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Operator]:
    """Somebody on watch; what was left open is closed after the test."""
    monkeypatch.setattr(chart_data, "_read", _layers_read_once)
    # A backup 5 s after opening would come in the middle of the slower tests, or not.
    monkeypatch.setattr(gui, "BACKUP_TICK_MS", NO_BACKUP_MS)
    someone = Operator(qapp, clock)
    yield someone
    someone.goes_home()


@pytest.fixture(scope="session")
def _empty_plot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.gpkg"
    assert main(["new", str(path)]) == 0
    return path


@pytest.fixture
def night(_empty_plot: Path, tmp_path: Path) -> Path:
    """An empty plot, as the command line makes it."""
    return Path(shutil.copy(_empty_plot, tmp_path / "night.gpkg"))


@pytest.fixture
def other_desk() -> Iterator[OtherDesk]:
    """Starts another process that opens a plot and keeps it open until it is ended."""
    started: list[subprocess.Popen[str]] = []

    def start(plot: Path) -> "subprocess.Popen[str]":
        desk = subprocess.Popen(
            [sys.executable, "-m", "helpers.desk_process", str(plot)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={
                **without_screen(),
                "QT_QPA_PLATFORM": "offscreen",
                "PYTHONPATH": str(Path(__file__).parents[1]),
            },
        )
        started.append(desk)
        assert desk.stdout is not None
        assert desk.stdout.readline() == "open\n"
        return desk

    yield start
    for desk in started:
        desk.kill()
        desk.communicate()
