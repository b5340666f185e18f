"""A plot, and ``channelplot plot`` run in this process."""

from pathlib import Path

import pytest

from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.builders import a_mark, a_plot, a_report, a_track, at, ddm
from helpers.plot_command import Command, in_this_process


@pytest.fixture
def plot_command(capfd: pytest.CaptureFixture[str]) -> Command:
    """``channelplot plot`` with these words, in this process."""

    return in_this_process("plot", capfd)


@pytest.fixture
def plot(tmp_path: Path) -> Path:
    """A plot with boat A at 0245Z and a mark of the desk's own, WRK."""
    track = a_track("A", (a_report("0245", position=ddm(50, 59.5, 1, 37.0), error_m=109.6),))
    path = tmp_path / "desk" / "night.gpkg"
    path.parent.mkdir()
    act = ActRecord("new_plot", "plot", "", "watch", at("0250"))
    mark = a_mark("WRK", ddm(51, 5.0, 1, 40.0), name="Wreck buoy", kind="buoy", error_m=50.0)
    PlotFile.create(path, a_plot(track).with_mark(mark), act).close()
    return path
