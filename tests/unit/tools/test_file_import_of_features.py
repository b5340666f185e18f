"""A file of features whose properties nobody knows: asked about as a table's columns are."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.errors import ImportFault
from channelplot.exchange.incoming.found import ReadOptions, SaidOfLayout
from channelplot.exchange.incoming.mapped_columns import Need
from channelplot.exchange.incoming.plan import ImportChoices
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.tools.file_import import Destination, Looked, looked_into
from helpers.taken_in import NOW_UTC, OPTIONS


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A point whose time stands under a name that says nothing."""
    path = tmp_path / "odd.geojson"
    told = {"boat": "PAPA", "sampled": "2026-09-15 03:00Z"}
    shape = {"type": "Point", "coordinates": [1.5, 50.9]}
    path.write_text(json.dumps({"type": "Feature", "properties": told, "geometry": shape}), "utf-8")
    return path


def looked(
    path: Path, options: ReadOptions = OPTIONS, remembered: Mapping[str, str] | None = None
) -> Looked:
    """What is known of a file."""
    ours = path.with_name("ours.gpkg")
    destination = Destination(plot=Plot(), plot_path=ours, operator="watch", withdrawn=lambda: ())
    known = SaidOfLayout(columns=remembered or {})
    return looked_into(path, options, destination, ImportChoices(), lambda _: known, lambda _: None)


def test_it_is_shown_and_read_once_somebody_has_said(odd: Path) -> None:
    first = looked(odd)
    assert first.needs == {Need.COLUMNS}
    assert first.look is not None
    assert first.look.titles == ("boat", "sampled")
    second = looked(odd, replace(OPTIONS, columns={"time": "2", "name": "1"}))
    assert second.plan is not None
    assert second.plan.summary.new_reports == 1
    assert second.options.columns == {"time": "sampled", "name": "boat"}
    assert second.look is not None
    assert second.look.is_timed
    assert looked(odd, remembered=second.options.columns).plan is not None


def test_what_was_remembered_and_is_not_there_is_said(odd: Path) -> None:
    found = looked(odd, remembered={"time": "gone"})
    assert found.needs == {Need.COLUMNS}
    assert found.look is not None
    assert found.error is not None


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpx", ".gpkg"])
def test_the_plot_that_is_open_is_not_opened_under_any_name(tmp_path: Path, suffix: str) -> None:
    ours = tmp_path / "ours.gpkg"
    PlotFile.create(ours, Plot(), ActRecord("new_plot", "plot", "", "watch", NOW_UTC)).close()
    path = tmp_path / f"other{suffix}"
    path.hardlink_to(ours)
    found = looked(path)
    assert found.error is not None
    assert found.error.fault is ImportFault.SAME_PLOT
