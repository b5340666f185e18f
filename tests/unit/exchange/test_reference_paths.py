"""A plot that moves together with its layers still finds them."""

from pathlib import Path

import pytest

from channelplot.commands.tracks import carried_over
from channelplot.exchange.other_geopackage import is_of_another_program
from channelplot.exchange.reference_paths import found_path, stored_path, with_paths_from
from channelplot.model.plot import Plot
from helpers.chartwork_builders import a_reference_layer
from helpers.full_plot import full_plot
from helpers.reference_files import two_tables
from unit.store.files import closed_file

PLOT = Path("/desk/plots/night.gpkg")


@pytest.mark.parametrize(
    ("file", "stored"),
    [
        ("/desk/plots/tss.gpkg", "tss.gpkg"),
        ("/desk/plots/layers/uk/tss.gpkg", "layers/uk/tss.gpkg"),
        ("/desk/charts/tss.gpkg", "../charts/tss.gpkg"),
        ("/desk/tss.gpkg", "../tss.gpkg"),
        ("/elsewhere/tss.gpkg", "/elsewhere/tss.gpkg"),
    ],
)
def test_a_path_is_kept_from_the_plot_on_where_both_may_move_together(
    file: str, stored: str
) -> None:
    assert stored_path(Path(file), PLOT) == stored
    assert found_path(stored, PLOT) == Path(file)


def test_both_moved_together_the_file_is_found() -> None:
    stored = stored_path(Path("/desk/charts/tss.gpkg"), PLOT)
    moved = Path("/media/stick/desk/plots/night.gpkg")
    assert found_path(stored, moved) == Path("/media/stick/desk/charts/tss.gpkg")


def test_next_to_a_folder_of_the_root_nothing_is_kept_relative() -> None:
    assert stored_path(Path("/charts/tss.gpkg"), Path("/plots/night.gpkg")) == "/charts/tss.gpkg"


def test_a_plot_that_begins_from_another_finds_its_layers() -> None:
    near = a_reference_layer(uid="near", path="../charts/tss.gpkg")
    far = a_reference_layer(uid="far", path="/elsewhere/tss.gpkg")
    plot = carried_over(Plot().with_reference_layer(near).with_reference_layer(far))
    moved = with_paths_from(plot, PLOT, Path("/other/watch/next.gpkg"))
    paths = {uid: layer.path for uid, layer in moved.reference_layers.items()}
    assert paths == {"near": "/desk/charts/tss.gpkg", "far": "/elsewhere/tss.gpkg"}
    same = with_paths_from(plot, PLOT, PLOT.with_name("next.gpkg"))
    assert same.reference_layers == plot.reference_layers


def test_a_plot_is_told_from_a_geopackage_of_others(tmp_path: Path) -> None:
    closed_file(tmp_path / "night.gpkg", full_plot())
    (tmp_path / "text.gpkg").write_text("no database")
    assert is_of_another_program(two_tables(tmp_path / "two.gpkg"))
    assert not is_of_another_program(tmp_path / "night.gpkg")
    assert not is_of_another_program(tmp_path / "text.gpkg")
    assert not is_of_another_program(tmp_path / "gone.gpkg")
