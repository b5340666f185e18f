"""The plot as it was known, read once for one time and one state of the file."""

from pathlib import Path

import pytest

from channelplot.errors import NoPlotThen, PlotFileError
from channelplot.model.change import difference
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.store.log_hashes import read_hash
from channelplot.ui.sheet_known import KnownPlots
from helpers import charts
from helpers.builders import at


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A plot file of two acts, at 0100 and at 0130."""
    path = tmp_path / "night.gpkg"
    plot = charts.night_plot()
    file = PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "watch", at("0100")))
    fewer = plot.without_track(next(iter(plot.tracks)))
    file.save(difference(plot, fewer), ActRecord("withdraw", "track", "", "watch", at("0130")))
    file.close()
    return path


def test_a_time_is_read_once_while_the_log_is_the_same(path: Path) -> None:
    known = KnownPlots()
    first = known.at(path, 2, at("0110"))
    assert first.state.seq == 1
    assert first.state.hash == read_hash(path, 1)
    assert [act.seq for act in first.acts] == [1]
    path.rename(path.with_name("elsewhere.gpkg"))
    assert known.at(path, 2, at("0110")) is first
    for seq, when in ((3, "0110"), (2, "0140")):
        with pytest.raises(PlotFileError):
            known.at(path, seq, at(when))
    assert known.at(path, 2, at("0110")) is first, "what failed takes nothing away"
    known.forget()
    with pytest.raises(PlotFileError):
        known.at(path, 2, at("0110"))


def test_another_time_is_another_plot(path: Path) -> None:
    known = KnownPlots()
    before, after = (known.at(path, 2, at(when)) for when in ("0110", "0140"))
    assert len(before.plot.tracks) > len(after.plot.tracks)
    assert (before.state.seq, after.state.seq) == (1, 2)
    with pytest.raises(NoPlotThen):
        known.at(path, 2, at("0050"))


def test_nothing_is_kept_where_nobody_knows_the_last_act(path: Path) -> None:
    known = KnownPlots()
    known.at(path, None, at("0110"))
    path.rename(path.with_name("elsewhere.gpkg"))
    with pytest.raises(PlotFileError):
        known.at(path, None, at("0110"))
