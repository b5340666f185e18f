"""Whether a file is the one that a layer wants, and which others lie beside it."""

from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.errors import ReferenceFileError, ReferenceFileFault
from channelplot.model.reference_layer import ReferenceKind, ReferenceLayer
from channelplot.tools.reference_finding import found_again
from helpers.chartwork_builders import a_reference_layer
from helpers.made_up_tiles import plain_tile, tiles_over, write_tiles
from helpers.reference_files import geojson, kml, two_tables, zones

PLOT = Path("/made-up/night.gpkg")


def a_layer(table: str, **fields: object) -> ReferenceLayer:
    layer = replace(a_reference_layer(), table=table, crs="", kind=ReferenceKind.VECTOR)
    return replace(layer, **fields)  # type: ignore[arg-type]


def refused(layer: ReferenceLayer, path: Path) -> ReferenceFileFault:
    with pytest.raises(ReferenceFileError) as caught:
        found_again(layer, path, PLOT)
    return caught.value.fault


def test_a_file_is_taken_if_it_holds_the_table(tmp_path: Path) -> None:
    two, zone = two_tables(tmp_path / "two.gpkg"), kml(tmp_path / "zones.kml")
    lanes, only = a_layer("lanes"), a_layer("")
    assert found_again(lanes, two, PLOT) == ((lanes, two),)
    assert found_again(only, zone, PLOT) == ((only, zone),)
    assert refused(a_layer("depths"), two) is ReferenceFileFault.NO_TABLE
    assert refused(lanes, zone) is ReferenceFileFault.NO_TABLE
    assert refused(only, two) is ReferenceFileFault.NO_TABLE


def test_tiles_are_wanted_where_there_were_tiles(tmp_path: Path) -> None:
    over = tiles_over(1.0, 50.5, 2.0, 51.5, 8)
    tiles = write_tiles(tmp_path / "sea.mbtiles", over, lambda _: plain_tile("#00c040"), {})
    sea = a_layer("", kind=ReferenceKind.RASTER)
    assert found_again(sea, tiles, PLOT) == ((sea, tiles),)
    assert refused(sea, kml(tmp_path / "zones.kml")) is ReferenceFileFault.NO_TABLE
    assert refused(a_layer(""), tiles) is ReferenceFileFault.NO_TABLE


def test_the_open_plot_is_never_opened_as_tiles(tmp_path: Path) -> None:
    over = tiles_over(1.0, 50.5, 2.0, 51.5, 8)
    plot = write_tiles(tmp_path / "night.gpkg", over, lambda _: plain_tile("#00c040"), {})
    other_name = tmp_path / "night.mbtiles"
    other_name.symlink_to(plot)
    for path in (other_name, tmp_path / "gone.mbtiles"):
        with pytest.raises(ReferenceFileError) as caught:
            found_again(a_layer("", kind=ReferenceKind.RASTER), path, plot)
        is_there = path is other_name
        fault = ReferenceFileFault.KIND if is_there else ReferenceFileFault.NOT_FOUND
        assert caught.value.fault is fault


def test_somebody_must_have_said_what_positions_are_in(tmp_path: Path) -> None:
    path = zones(tmp_path / "plan.shp", crs=None)
    assert refused(a_layer(""), path) is ReferenceFileFault.NO_CRS
    said = a_layer("", crs="EPSG:4326")
    assert found_again(said, path, PLOT) == ((said, path),)


def test_others_are_found_beside_it_by_their_names_if_they_hold_their_layers(
    tmp_path: Path,
) -> None:
    two, zone = two_tables(tmp_path / "two.gpkg"), kml(tmp_path / "zones.kml")
    line = geojson(tmp_path / "line.geojson")
    lanes, only, other = a_layer("lanes"), a_layer("", uid="only"), a_layer("tracks", uid="other")
    others = (
        (only, Path("/gone/zones.kml")),
        (other, Path("/gone") / line.name),
        (a_layer("", uid="away"), Path("/gone/away.kml")),
    )
    assert found_again(lanes, two, PLOT, others) == ((lanes, two), (only, zone))
