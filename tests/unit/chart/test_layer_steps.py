"""Which pictures layers are drawn on, in which order, and what a change of them touches."""

from dataclasses import replace

import numpy as np
import pytest

from channelplot.chart.layers import DEFAULT_LAYERING, Layer, Layering, LayerView
from channelplot.chart.palette import DAY
from channelplot.chart.render_image import render_image
from channelplot.chart.renderers.table import (
    Group,
    actual_groups,
    differing_groups,
    is_empty,
    steps_of,
)
from channelplot.geodesy.bounds import Bounds
from channelplot.model.plot import Plot
from helpers.charts import CALAIS, STRAIT, a_scene, night_plot, view
from helpers.images import count_of, pixels

pytestmark = pytest.mark.usefixtures("qtbot")


def drawn(layering: Layering) -> dict[Group, list[str]]:
    """What each picture draws, by the ids of the layers."""
    return {
        group: [str(step.view.layer) for step in steps]
        for group, steps in steps_of(layering).items()
    }


def showing(layer: str, **how: object) -> Layering:
    return DEFAULT_LAYERING.with_view(LayerView(layer, **how))  # type: ignore[arg-type]


def test_what_seldom_changes_is_at_the_bottom_and_nothing_is_over_the_tracks() -> None:
    assert drawn(DEFAULT_LAYERING) == {
        Group.BASE: ["sea", "coast", "example", "graticule"],
        Group.SHORE: ["boundary", "marks", "beaches", "error_circles", "searches", "reckoning"],
        Group.TRACKS: ["tracks", "reports"],
        Group.OVER: [],
        Group.LABELS: ["labels"],
    }
    assert is_empty(Group.OVER, DEFAULT_LAYERING)


def test_a_layer_that_is_moved_up_is_on_the_picture_of_those_around_it() -> None:
    moved = DEFAULT_LAYERING.moved(Layer.GRATICULE, DEFAULT_LAYERING.ids.index(Layer.MARKS))
    assert drawn(moved)[Group.SHORE][:3] == ["boundary", "marks", "graticule"]
    assert actual_groups(moved, {Group.BASE}) == {Group.BASE, Group.SHORE}


def test_what_is_above_the_tracks_has_a_picture_of_its_own() -> None:
    over = DEFAULT_LAYERING.moved(Layer.BEACHES, 99)
    assert drawn(over)[Group.TRACKS] == ["tracks", "reports"]
    assert drawn(over)[Group.OVER] == ["beaches"]
    assert actual_groups(over, {Group.SHORE}) == {Group.SHORE, Group.OVER}
    between = DEFAULT_LAYERING.moved(Layer.BEACHES, DEFAULT_LAYERING.ids.index(Layer.TRACKS))
    assert drawn(between)[Group.OVER] == ["beaches", "reports"]
    assert actual_groups(between, {Group.TRACKS}) == {Group.TRACKS, Group.OVER}


@pytest.mark.parametrize(
    ("layer", "groups"),
    [
        (Layer.GRATICULE, {Group.BASE}),
        (Layer.COAST, {Group.BASE, Group.LABELS}),
        (Layer.BOUNDARY, {Group.SHORE, Group.LABELS}),
        (Layer.BEACHES, {Group.SHORE, Group.LABELS}),
        (Layer.REPORTS, {Group.TRACKS, Group.LABELS}),
        (Layer.PLACES, {Group.LABELS}),
        (Layer.LABELS, {Group.LABELS}),
        (Layer.LINES, set()),
    ],
)
def test_hiding_a_layer_touches_its_picture_and_that_of_the_labels(
    layer: Layer, groups: set[Group]
) -> None:
    hidden = showing(layer, is_shown=False)
    assert differing_groups(DEFAULT_LAYERING, hidden) == groups
    assert differing_groups(hidden, showing(layer, is_shown=False, opacity=0.5)) == set()


def test_opacity_and_order_leave_the_labels_as_they_are() -> None:
    assert differing_groups(DEFAULT_LAYERING, showing(Layer.BEACHES, opacity=0.5)) == {Group.SHORE}
    swapped = DEFAULT_LAYERING.moved(Layer.BEACHES, DEFAULT_LAYERING.ids.index(Layer.MARKS))
    assert differing_groups(DEFAULT_LAYERING, swapped) == {Group.SHORE}


def test_equal_layerings_are_worked_out_once() -> None:
    again = Layering(tuple(replace(view) for view in DEFAULT_LAYERING.views))
    assert again is not DEFAULT_LAYERING
    assert steps_of(again) is steps_of(DEFAULT_LAYERING)


def test_a_layer_shows_at_its_scales_alone() -> None:
    scene = a_scene(Plot(), view(STRAIT))
    denominator = round(scene.viewport.scale_denominator())
    for bounds, is_shown in (
        ({"closest_denominator": denominator * 2}, False),
        ({"farthest_denominator": denominator // 2}, False),
        ({"closest_denominator": denominator // 2, "farthest_denominator": denominator * 2}, True),
    ):
        image = render_image(replace(scene, layering=showing(Layer.COAST, **bounds)))
        assert (count_of(image, DAY.land) > 1000) is is_shown


def test_a_fainter_layer_shines_through_and_does_not_show_what_overlaps_in_it() -> None:
    """Land under its coast: half of both, as if they were one picture put down at half."""
    scene = a_scene(Plot(), view(CALAIS))
    hidden = DEFAULT_LAYERING.hiding([each for each in Layer if each is not Layer.COAST])
    full, half, none = (
        pixels(render_image(replace(scene, layering=layering), has_furniture=False)).astype(int)
        for layering in (
            hidden,
            hidden.with_view(LayerView(Layer.COAST, opacity=0.5)),
            DEFAULT_LAYERING.hiding(list(Layer)),
        )
    )
    sea = pixels(render_image(replace(scene, levels=None, layering=hidden), has_furniture=False))
    land = (full != sea).any(axis=-1)
    assert land.any()
    mean = (full[land] + sea[land].astype(int)) / 2
    assert np.abs(half[land] - mean).max() <= 2
    assert (half[~land] == full[~land]).all()
    assert (none == sea).all()


def test_land_above_the_tracks_hides_them() -> None:
    plot = night_plot()
    scene = a_scene(plot, view(Bounds(1.2, 50.8, 2.0, 51.2)))
    over = DEFAULT_LAYERING.moved(Layer.COAST, 99)
    under, above = (
        pixels(render_image(replace(scene, layering=layering), has_furniture=False))
        for layering in (DEFAULT_LAYERING, over)
    )
    assert (under != above).any()


def test_example_stands_above_whatever_may_cover_the_sea() -> None:
    over = DEFAULT_LAYERING.moved(Layer.COAST, 99)
    assert drawn(over)[Group.OVER] == ["coast", "example"]
    assert drawn(DEFAULT_LAYERING.hiding({Layer.COAST}))[Group.BASE][:2] == ["sea", "example"]
