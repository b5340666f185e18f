"""Layerings: order, visibility, opacity, scale ranges, and what is read of a spoilt one."""

import pytest

from channelplot.chart.layers import (
    ALWAYS_ON_TOP,
    DEFAULT_LAYERING,
    DESK_LAYERING,
    ON_REQUEST,
    Layer,
    Layering,
    LayerView,
    layering_of,
    reference_id,
    reference_uid,
)

CHARTED, LANES = reference_id("charted"), reference_id("lanes")


def test_everything_shows_unless_it_waits_to_be_asked_for() -> None:
    assert DEFAULT_LAYERING.ids == tuple(each.value for each in Layer)
    assert DEFAULT_LAYERING.hidden == frozenset()
    assert DESK_LAYERING.hidden == ON_REQUEST


@pytest.mark.parametrize(
    "wrong",
    [
        {"opacity": 0.0},
        {"opacity": 1.01},
        {"opacity": float("nan")},
        {"closest_denominator": 0},
        {"closest_denominator": 50_000, "farthest_denominator": 25_000},
    ],
)
def test_a_way_to_show_a_layer_that_is_none_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="not a way"):
        LayerView("coast", **wrong)  # type: ignore[arg-type]


def test_a_range_holds_both_its_ends_as_scales_are_told() -> None:
    view = LayerView("marks", closest_denominator=25_000, farthest_denominator=250_000)
    shown = {n: view.shows_at(n) for n in (24_900, 24_960, 25_000, 250_000, 250_490, 251_000)}
    assert list(shown.values()) == [False, True, True, True, True, False]
    assert view.is_too_close(24_900)
    assert view.is_too_far(251_000)
    assert not LayerView("marks", is_shown=False).shows_at(100_000)


def test_a_layer_that_is_in_no_layering_does_not_show() -> None:
    assert not DEFAULT_LAYERING.shows(LANES, 100_000)
    assert DEFAULT_LAYERING.opacity(LANES) == 1.0
    with pytest.raises(KeyError):
        DEFAULT_LAYERING.view(LANES)


def test_layers_are_moved_and_what_is_on_top_stays_there() -> None:
    up = DEFAULT_LAYERING.moved(Layer.GRATICULE, 99)
    assert up.ids.index(Layer.GRATICULE) == len(Layer) - len(ALWAYS_ON_TOP) - 1
    assert up.ids[-3:] == DEFAULT_LAYERING.ids[-3:]
    assert up.in_usual_order() == DEFAULT_LAYERING
    down = DEFAULT_LAYERING.moved(Layer.TRACKS, -1)
    assert down.ids[0] == Layer.TRACKS
    for fixed in (Layer.LABELS, LANES):
        assert DEFAULT_LAYERING.moved(fixed, 0) is DEFAULT_LAYERING
    back = down.moved(Layer.TRACKS, down.ids.index(Layer.REPORTS) - 1)
    assert back == DEFAULT_LAYERING


def test_reference_layers_come_above_the_coast_and_go() -> None:
    both = DEFAULT_LAYERING.with_layers([CHARTED, LANES])
    assert both.ids[:4] == (Layer.COAST, CHARTED, LANES, Layer.GRATICULE)
    assert both.with_layers([LANES, CHARTED]) == both, "those that are there stay where they are"
    high = both.moved(LANES, 99)
    assert high.with_layers([LANES]).ids == tuple(i for i in high.ids if i != CHARTED)
    assert high.in_usual_order() == both
    assert high.with_layers([]) == DEFAULT_LAYERING
    assert reference_uid(LANES) == "lanes"
    assert reference_uid(Layer.COAST) is None


def test_a_new_reference_layer_comes_above_a_coast_that_was_moved_up() -> None:
    moved = DEFAULT_LAYERING.moved(Layer.COAST, 3)
    ids = moved.with_layers([LANES]).ids
    assert ids[ids.index(Layer.COAST) + 1] == LANES


def test_the_scales_can_be_left_out_of_account() -> None:
    kept = DEFAULT_LAYERING.with_view(LayerView("marks", closest_denominator=25_000, opacity=0.5))
    assert not kept.shows(Layer.MARKS, 10_000)
    assert kept.at_every_scale().shows(Layer.MARKS, 10_000)
    assert kept.at_every_scale().opacity(Layer.MARKS) == 0.5


def test_a_layering_is_made_of_whatever_views_there_are() -> None:
    assert layering_of(DEFAULT_LAYERING.views) == DEFAULT_LAYERING
    assert layering_of([]) == DESK_LAYERING
    hidden = LayerView("labels", is_shown=False)
    wild = [
        hidden,
        LayerView("sea monsters"),
        LayerView("tracks", opacity=0.5),
        LayerView("tracks"),
        LayerView("coast"),
        LayerView(LANES),
    ]
    made = layering_of(wild)
    assert sorted(made.ids) == sorted((*DEFAULT_LAYERING.ids, LANES))
    assert made.view("labels") == hidden
    assert made.opacity("tracks") == 0.5
    assert made.ids.index("tracks") < made.ids.index("coast"), "an order of one's own is kept"
    assert made.ids[-3:] == DEFAULT_LAYERING.ids[-3:]


def test_a_layer_of_a_newer_version_comes_where_it_usually_is() -> None:
    old = Layering(tuple(v for v in DEFAULT_LAYERING.views if v.layer != Layer.REPORTS))
    assert layering_of(old.views) == DEFAULT_LAYERING
