"""What other programs see in a plot file that is closed, or in a copy of an open one."""

from datetime import UTC
from pathlib import Path

import geopandas
import pyogrio
import pytest

from channelplot.model.plot import Plot
from channelplot.store.tables import TABLES
from helpers.builders import R1
from unit.store.files import a_plot, adding_a_report, new_file, opened, save, the_track


@pytest.fixture
def plot() -> Plot:
    return a_plot()


@pytest.fixture
def copy(tmp_path: Path, plot: Plot) -> Path:
    with new_file(tmp_path / "night.gpkg", plot) as file:
        file.copy_to(tmp_path / "copy.gpkg")
    return tmp_path / "copy.gpkg"


def test_gdal_lists_every_table_and_the_layers_with_their_geometry(copy: Path) -> None:
    layers = {str(name): kind for name, kind in pyogrio.list_layers(copy)}
    geometry_types = {"LINESTRING": "LineString", "POINT": "Point", None: None}
    assert layers == {table.name: geometry_types[table.geometry_type] for table in TABLES}


@pytest.mark.parametrize(
    "layer", [table.name for table in TABLES if table.geometry_type is not None]
)
def test_geopandas_reads_every_layer_in_wgs_84(copy: Path, layer: str) -> None:
    frame = geopandas.read_file(copy, layer=layer)
    assert frame.crs.to_epsg() == 4326
    assert len(frame) > 0
    box = frame.total_bounds
    assert 1.0 < box[0] <= box[2] < 2.0
    assert 50.0 < box[1] <= box[3] < 52.0


def test_geopandas_reads_times_in_utc_and_positions_to_the_last_digit(
    copy: Path, plot: Plot
) -> None:
    frame = geopandas.read_file(copy, layer="reports").set_index("uid")
    report = the_track(plot).reports[0]
    row = frame.loc[report.uid]
    assert row["observed_at_utc"] == report.observed_at_utc
    assert str(frame["observed_at_utc"].dt.tz) in {"UTC", str(UTC)}
    assert (row.geometry.x, row.geometry.y) == (R1.lon_deg, R1.lat_deg)
    assert (row["kind"], row["source"], row["people_total"]) == ("position", "aircraft", 45)


def test_the_line_of_a_track_is_read_as_it_is_plotted(copy: Path, plot: Plot) -> None:
    frame = geopandas.read_file(copy, layer="tracks").set_index("name")
    expected = the_track(plot).line_deg.tolist()
    assert [list(pair) for pair in frame.loc["A"].geometry.coords] == expected
    assert frame.loc["B"].geometry is None


def test_limits_and_searches_are_lines_through_their_points(copy: Path, plot: Plot) -> None:
    limits = geopandas.read_file(copy, layer="limits").set_index("uid")
    for limit in plot.limits.values():
        row = limits.loc[limit.uid]
        expected = [(point.lon_deg, point.lat_deg) for point in limit.points]
        assert list(row.geometry.coords) == expected
        assert row.geometry.is_closed is limit.is_area
        assert (row["is_area"], row["is_legal"]) == (limit.is_area, limit.is_legal)
    (search,) = plot.searches.values()
    (row,) = geopandas.read_file(copy, layer="searches").itertuples()
    assert list(row.geometry.coords) == [(p.lon_deg, p.lat_deg) for p in search.waypoints]
    assert (row.datum_lon_deg, row.datum_lat_deg) == (search.datum.lon_deg, search.datum.lat_deg)


def test_a_search_by_box_uses_an_index_that_is_right(copy: Path, plot: Plot) -> None:
    report = the_track(plot, "B").reports[0]
    assert report.position is not None
    x, y = report.position.lon_deg, report.position.lat_deg
    frame = geopandas.read_file(
        copy, layer="reports", bbox=(x - 0.01, y - 0.01, x + 0.01, y + 0.01)
    )
    assert list(frame["uid"]) == [report.uid]


def test_a_layer_that_gdal_adds_and_a_row_that_it_appends_keep_the_plot_open_to_us(
    copy: Path, plot: Plot
) -> None:
    frame = geopandas.read_file(copy, layer="beaches").drop(columns="uid")
    frame["name"] = "Wissant"
    frame.to_file(copy, layer="beaches", driver="GPKG", mode="a")
    frame.to_file(copy, layer="my own", driver="GPKG", mode="a")
    with opened(copy) as file:
        assert not file.is_read_only
        read = file.load().plot
        assert sorted(beach.name for beach in read.beaches.values()) == ["Sangatte", "Wissant"]
        new, _ = adding_a_report(read)
        save(file, read, new)
        assert file.load().plot == new
    assert the_track(new).reports[:-1] == the_track(plot).reports
