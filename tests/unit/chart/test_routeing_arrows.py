"""Arrows of several layers of routeing measures: none pile up, and each way is still told."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import shapely

from channelplot.chart.layers import LayerView, reference_id
from channelplot.chart.renderers.routeing_arrows import (
    ALONE_PX,
    CROSSING_PX,
    Arrow,
    shown_arrows,
)
from channelplot.chart.scene import Scene
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import ReferenceLayer, ReferenceSchema
from helpers.charts import CHANNEL, STRAIT, a_scene, view
from helpers.made_up_references import LANE_DEG, a_scheme, features

pytestmark = pytest.mark.usefixtures("qapp")

LANES, POINTS = "lanes", "points"


def spots(bearing_deg: float, count: int = 12) -> list[shapely.Point]:
    lon_deg = np.linspace(1.2, 1.9, count)
    return [shapely.Point(lon, 50.9 + (lon - 1.2) * 0.4) for lon in lon_deg.tolist()]


def a_chart(*, with_lanes: bool = True, wide: bool = False) -> Scene:
    """Return a scheme of lanes, and the same ways as points of another file."""
    points = spots(LANE_DEG)
    loaded = {
        POINTS: features(
            points,
            feature=["Traffic Separation Scheme Arrow"] * len(points),
            orient=[LANE_DEG] * len(points),
        )
    }
    if with_lanes:
        loaded[LANES] = a_scheme()
    plot = Plot()
    for uid in loaded:
        layer = ReferenceLayer(uid=uid, name=uid, path="x", schema=ReferenceSchema.ROUTEING)
        plot = plot.with_reference_layer(layer)
    scene = a_scene(plot, view(CHANNEL if wide else STRAIT, 1200.0, 760.0))
    layering = scene.layering.with_layers(map(reference_id, loaded))
    return replace(scene, references=loaded, layering=layering)


def apart_px(one: Arrow, other: Arrow) -> float:
    return float(np.hypot(one.x_px - other.x_px, one.y_px - other.y_px))


def turn_deg(one: Arrow, other: Arrow) -> float:
    return abs((one.bearing_deg - other.bearing_deg + 180.0) % 360.0 - 180.0)


@pytest.mark.parametrize("wide", [False, True])
def test_no_arrow_says_again_what_one_of_another_layer_says_beside_it(wide: bool) -> None:
    scene = a_chart(wide=wide)
    lanes, points = shown_arrows(scene, LANES), shown_arrows(scene, POINTS)
    assert lanes
    for lane in lanes:
        for point in points:
            assert apart_px(lane, point) >= (ALONE_PX if turn_deg(lane, point) < 60.0 else 15.0)
    for one, other in combinations([*lanes, *points], 2):
        assert apart_px(one, other) >= CROSSING_PX


def test_both_ways_of_a_scheme_are_still_told() -> None:
    bearings = {round(arrow.bearing_deg) for arrow in shown_arrows(a_chart(), LANES)}
    assert len(bearings) > 1


def test_points_of_one_file_are_thinned_at_a_small_scale_alone() -> None:
    near, far = (
        shown_arrows(a_chart(with_lanes=False, wide=wide), POINTS) for wide in (False, True)
    )
    assert len(near) == 12
    assert 0 < len(far) < 6
    assert near[0].size == 1.0
    assert far[0].size < 1.0


def test_where_the_lanes_are_hidden_the_points_take_their_place() -> None:
    scene = a_chart()
    hidden = scene.layering.with_view(LayerView(reference_id(LANES), is_shown=False))
    alone = replace(scene, layering=hidden)
    assert shown_arrows(alone, LANES) == []
    assert len(shown_arrows(alone, POINTS)) > len(shown_arrows(scene, POINTS))


def test_the_same_arrows_are_left_wherever_the_chart_is_panned() -> None:
    scene = a_chart()
    moved = replace(scene, viewport=scene.viewport.panned(90.0, -60.0))
    for uid in (LANES, POINTS):
        before = {(round(a.x_px + 90.0), round(a.y_px - 60.0)) for a in shown_arrows(scene, uid)}
        after = {(round(a.x_px), round(a.y_px)) for a in shown_arrows(moved, uid)}
        inner = [(x, y) for x, y in before | after if 250 < x < 950 and 250 < y < 550]
        assert inner
        assert all((x, y) in before and (x, y) in after for x, y in inner)
