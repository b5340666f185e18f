"""Somebody at the desk, and a plot to begin with."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from channelplot.cli.main import main
from helpers.clock import FixedClock
from helpers.operator import Operator
from helpers.plot_files import without_screen


@pytest.fixture
def operator(qapp: QApplication, clock: FixedClock) -> Iterator[Operator]:
    """Somebody on watch; what was left open is closed after the test."""
    someone = Operator(qapp, clock)
    yield someone
    someone.goes_home()


@pytest.fixture
def night(tmp_path: Path) -> Path:
    """An empty plot, made by the command line."""
    path = tmp_path / "night.gpkg"
    assert main(["new", str(path)]) == 0
    return path


@pytest.fixture
def other_desk() -> Iterator[Callable[[Path], "subprocess.Popen[str]"]]:
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
