"""What went out and comes in again is what it was, field by field.

Twenty plots a format, two where GDAL reads in a child process; CHANNELPLOT_PLOTS=1000 in the
environment makes it a thousand, and a hundred.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from channelplot.exchange.incoming.found import ReadOptions
from channelplot.exchange.incoming.incoming import Incoming
from channelplot.exchange.incoming.read import read_incoming
from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from channelplot.model.plot import Plot
from helpers.any_plot import PLOTS
from helpers.builders import at
from helpers.full_plot import full_plot

CASES = int(os.environ.get("CHANNELPLOT_PLOTS", "20"))
OF_THINGS = [Format.GPX, Format.KML, Format.GEOJSON]
BY_GDAL = [Format.GEOPACKAGE, Format.FLATGEOBUF]
LATER = at("2359", day=17)
BY_LOT = settings(
    max_examples=CASES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def read_again(plot: Plot, path: Path, kind: Format) -> Incoming:
    export(Selection(plot=plot), path, kind, LATER)
    return read_incoming(path, ReadOptions(now_utc=LATER))


def assert_reports_are(incoming: Incoming, plot: Plot) -> None:
    assert incoming.refusals == ()
    assert incoming.said_twice == 0
    expected = {uid: tuple(track.reports) for uid, track in plot.tracks.items() if track.reports}
    found = {uid: tuple(reports) for uid, reports in incoming.reports.items()}
    assert found.pop(None, ()) == tuple(plot.unattributed)
    assert found == expected


def assert_same(incoming: Incoming, plot: Plot) -> None:
    """Every track, report, beach and mark, whole."""
    assert_reports_are(incoming, plot)
    assert {uid: each.track for uid, each in incoming.tracks.items()} == {
        uid: replace(track, reports=()) for uid, track in plot.tracks.items()
    }
    places = {each.place.uid: each.place for each in incoming.places}
    assert places == {**plot.beaches, **plot.marks}


@pytest.mark.parametrize("kind", OF_THINGS)
@BY_LOT
@given(plot=PLOTS)
def test_any_plot_comes_back(kind: Format, plot: Plot, tmp_path: Path) -> None:
    if plot.tracks or plot.unattributed or plot.beaches or plot.marks:
        assert_same(read_again(plot, tmp_path / f"any{kind}", kind), plot)


@BY_LOT
@given(plot=PLOTS)
def test_the_reports_of_any_plot_come_back_from_a_table(plot: Plot, tmp_path: Path) -> None:
    with_reports = {uid: track for uid, track in plot.tracks.items() if track.reports}
    if not (with_reports or plot.unattributed):
        return
    incoming = read_again(plot, tmp_path / "any.csv", Format.CSV)
    assert_reports_are(incoming, plot)
    for uid, track in with_reports.items():
        found = incoming.tracks[uid].track
        assert (found.name, found.craft) == (track.name, track.craft)


@pytest.mark.usefixtures("ready_readers")
@pytest.mark.parametrize("kind", BY_GDAL)
@settings(BY_LOT, max_examples=CASES // 10)
@given(plot=PLOTS)
def test_any_plot_comes_back_through_gdal(kind: Format, plot: Plot, tmp_path: Path) -> None:
    if plot.tracks or plot.unattributed or plot.beaches or plot.marks:
        assert_same(read_again(plot, tmp_path / f"any{kind}", kind), plot)


@pytest.mark.usefixtures("ready_readers")
@pytest.mark.parametrize("kind", [*OF_THINGS, *BY_GDAL])
def test_a_night_comes_back(kind: Format, tmp_path: Path) -> None:
    plot = full_plot()
    assert_same(read_again(plot, tmp_path / f"night{kind}", kind), plot)
