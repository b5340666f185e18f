"""Somebody at the desk, and a plot to begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from channelplot.cli.main import main
from helpers.clock import FixedClock
from helpers.operator import Operator


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
