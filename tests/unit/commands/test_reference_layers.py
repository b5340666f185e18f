"""Commands on reference layers: what they change and what they refuse."""

from dataclasses import replace

import pytest

from channelplot.commands.reference_layers import (
    add_reference_layer,
    move_reference_file,
    remove_reference_layer,
    restyle_reference_layer,
)
from channelplot.commands.restore import restore, restore_several
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import Dash, ReferenceStyle, is_colour, is_drawable
from channelplot.model.rules import Problem, ProblemCode, problems_of
from helpers.chartwork_builders import a_reference_layer

LAYER = a_reference_layer()
PLOT = Plot().with_reference_layer(LAYER)


def refused(command_edit: object, plot: Plot = PLOT) -> RefusalReason:
    assert callable(command_edit)
    with pytest.raises(CommandRefused) as error:
        command_edit(plot)
    return error.value.reason


def test_several_are_added_as_one_act() -> None:
    two = LAYER, a_reference_layer("Limits", uid="other")
    command = add_reference_layer(*two)
    assert command.edit(Plot()).reference_layers == {layer.uid: layer for layer in two}
    assert command.name_in(Plot()) == "2"


def test_what_is_no_layer_is_refused() -> None:
    assert refused(add_reference_layer().edit) is RefusalReason.NOTHING_CHOSEN
    assert refused(add_reference_layer(LAYER).edit) is RefusalReason.ALREADY_THERE
    nameless = a_reference_layer(" ", uid="n")
    assert refused(add_reference_layer(nameless).edit) is RefusalReason.NAME_EMPTY
    for path in ("", "a\0b"):
        without = a_reference_layer(uid="p", path=path)
        assert refused(add_reference_layer(without).edit) is RefusalReason.NO_FILE_NAMED


@pytest.mark.parametrize(
    "style",
    [
        ReferenceStyle(line="red"),
        ReferenceStyle(fill="#12345"),
        ReferenceStyle(width_px=0.0),
        ReferenceStyle(width_px=float("nan")),
        ReferenceStyle(fill_opacity=1.5),
        ReferenceStyle(point_px=400.0),
        ReferenceStyle(label_size_pt=1.0),
    ],
)
def test_a_style_that_cannot_be_drawn_is_refused(style: ReferenceStyle) -> None:
    assert not is_drawable(style)
    assert refused(restyle_reference_layer("layer", style).edit) is RefusalReason.STYLE_RANGE
    new = replace(LAYER, uid="new", style=style)
    assert refused(add_reference_layer(new).edit) is RefusalReason.STYLE_RANGE
    found = problems_of(Plot().with_reference_layer(new))
    assert found == (Problem(ProblemCode.STYLE_RANGE, "reference_layer", "new"),)


def test_a_style_and_a_name_are_given() -> None:
    style = ReferenceStyle(line="#8c4a9c", dash=Dash.DOTTED)
    (layer,) = restyle_reference_layer("layer", style).edit(PLOT).reference_layers.values()
    assert layer == replace(LAYER, style=style)
    command = restyle_reference_layer("layer", style, " Mine ")
    (layer,) = command.edit(PLOT).reference_layers.values()
    assert layer.name == "Mine"
    assert command.name_in(PLOT) == "Zones"


def test_all_layers_of_a_file_move_with_it() -> None:
    plot = PLOT.with_reference_layer(a_reference_layer("Same", uid="same"))
    plot = plot.with_reference_layer(a_reference_layer("Other", uid="other", path="other.fgb"))
    moved = move_reference_file("layer", "new/zones.gpkg", "EPSG:2154").edit(plot)
    paths = {uid: (layer.path, layer.crs) for uid, layer in moved.reference_layers.items()}
    assert paths == {
        "layer": ("new/zones.gpkg", "EPSG:2154"),
        "same": ("new/zones.gpkg", ""),
        "other": ("other.fgb", ""),
    }
    assert refused(move_reference_file("layer", " ").edit) is RefusalReason.NO_FILE_NAMED


def test_what_is_gone_is_refused() -> None:
    plot = remove_reference_layer("layer").edit(PLOT)
    assert plot.reference_layers == {}
    for command in (
        remove_reference_layer("layer"),
        restyle_reference_layer("layer", ReferenceStyle()),
        move_reference_file("layer", "zones.gpkg"),
    ):
        assert refused(command.edit, plot) is RefusalReason.NO_SUCH_LAYER


def test_what_was_removed_is_put_back_once() -> None:
    gone = remove_reference_layer("layer").edit(PLOT)
    command = restore(LAYER, "wanted")
    assert (command.label, command.name_in(gone), command.reason) == (
        "restore_reference_layer",
        "Zones",
        "wanted",
    )
    assert command.edit(gone) == PLOT
    assert refused(command.edit, PLOT) is RefusalReason.ALREADY_THERE
    assert restore_several([LAYER]).edit(gone) == PLOT


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("reference", True), ("#0a5FB4", True), ("#0a5fb4ff", False), ("", False), ("blue", False)],
)
def test_a_colour_is_the_charts_own_or_six_figures(text: str, is_one: bool) -> None:
    assert is_colour(text) is is_one
