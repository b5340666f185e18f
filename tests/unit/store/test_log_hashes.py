"""The hashes of a log, read beside whoever writes to the plot."""

from pathlib import Path

import pytest

from channelplot.commands.beaches import add_beach
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.plot import Plot
from channelplot.store.log_hashes import read_hashes
from helpers.builders import a_beach
from helpers.clock import FixedClock
from helpers.opened import open_plot
from helpers.plot_files import file_rows


def test_they_are_read_while_the_plot_is_open(tmp_path: Path, clock: FixedClock) -> None:
    opened = open_plot(Plot(), clock=clock, folder=tmp_path)
    path = opened.store.path
    opened.document.apply(add_beach(a_beach("Oye")))

    hashes = read_hashes(path)

    assert sorted(hashes.items()) == file_rows(path, "SELECT seq, hash FROM edit_log ORDER BY seq")
    assert len(hashes) == 2
    assert opened.document.apply(add_beach(a_beach("Wissant"))), "the plot is still ours to write"
    opened.document.close()


def test_a_file_that_has_gone_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(PlotFileError) as failed:
        read_hashes(tmp_path / "gone.gpkg")
    assert failed.value.fault is PlotFileFault.NOT_FOUND
    assert list(tmp_path.iterdir()) == []
