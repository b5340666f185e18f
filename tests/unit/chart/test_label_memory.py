"""Labels stay: while the chart is moved or zoomed, and when something new is plotted."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelplot.chart.cancel import Cancel
from channelplot.chart.label_memory import LabelMemory
from channelplot.chart.label_placer import Before, Candidate, place_labels
from channelplot.chart.renderers.label import PointLabel
from channelplot.chart.renderers.labels import labels_of
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from helpers.builders import a_plot, a_report, a_track
from helpers.charts import STRAIT, a_scene, night_plot, view

pytestmark = pytest.mark.usefixtures("qapp")

WIDTH_PX, HEIGHT_PX = 900.0, 600.0
WEST = Bounds(-3.4, 48.4, -0.8, 50.0)
"""Names of bays and coasts, many towns, no boats."""
NO_SYMBOLS = np.empty((0, 4))
Standing = dict[tuple[str, ...], np.ndarray]


def standing(scene: Scene) -> Standing:
    """Return the boxes of the labels of a scene by what they name, in chart pixels."""
    viewport = scene.viewport
    shift = viewport.pixels_of_m(np.zeros((1, 2)))[0]
    return {
        label.candidate.key: label.candidate.places[place] - np.tile(shift, 2)
        for label, place in labels_of(scene, Cancel())
    }


def is_inside(boxes: np.ndarray, viewport: Viewport) -> bool:
    shown = boxes + np.tile(viewport.pixels_of_m(np.zeros((1, 2)))[0], 2)
    low, high = shown[:, :2].min(axis=0), shown[:, 2:].max(axis=0)
    return bool((low >= 0.0).all() and (high <= (viewport.width_px, viewport.height_px)).all())


def moved(before: Standing, after: Standing) -> list[tuple[str, ...]]:
    return [
        key
        for key in before.keys() & after.keys()
        if np.abs(before[key][0, :2] - after[key][0, :2]).max() > 0.5
    ]


def crowded_plot(number: int = 40) -> Plot:
    dice = np.random.default_rng(number)
    tracks = []
    for name in range(number):
        lon_deg, lat_deg = dice.uniform(1.2, 2.0), dice.uniform(50.85, 51.2)
        reports = [
            a_report(f"{2 + step:02d}{name:02d}", position=Position(lon_deg + 0.02 * step, lat_deg))
            for step in range(3)
        ]
        tracks.append(a_track(f"N{name}", reports, uid=f"n{name}"))
    return a_plot(*tracks)


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(["crowd", "west"]),
    st.lists(st.tuples(st.floats(-700, 700), st.floats(-500, 500)), min_size=1, max_size=5),
)
def test_a_label_in_both_pictures_stands_where_it_stood(
    where: str, steps: list[tuple[float, float]]
) -> None:
    bounds, plot = (STRAIT, crowded_plot()) if where == "crowd" else (WEST, Plot())
    scene = replace(a_scene(plot, view(bounds, WIDTH_PX, HEIGHT_PX)), label_memory=LabelMemory())
    before = standing(scene)
    for step in steps:
        earlier = scene.viewport
        scene = replace(scene, viewport=earlier.panned(*step))
        after = standing(scene)
        for key in moved(before, after):
            assert not is_inside(before[key], earlier), key
        before = after


def test_a_label_that_was_out_of_view_comes_back_where_it_stood() -> None:
    scene = replace(
        a_scene(crowded_plot(), view(STRAIT, WIDTH_PX, HEIGHT_PX)), label_memory=LabelMemory()
    )
    before = standing(scene)
    standing(replace(scene, viewport=scene.viewport.panned(5_000.0, 0.0)))
    after = standing(scene)
    assert len(before) > 40
    assert before.keys() == after.keys()
    assert moved(before, after) == []


@pytest.mark.parametrize("factor", [1.15, 1.5, 0.8])
def test_most_labels_keep_to_their_side_when_zoomed(factor: float) -> None:
    scene = replace(
        a_scene(crowded_plot(25), view(STRAIT, WIDTH_PX, HEIGHT_PX)), label_memory=LabelMemory()
    )

    def sides(shown: Scene) -> dict[tuple[str, ...], int]:
        return {
            label.candidate.key: place
            for label, place in labels_of(shown, Cancel())
            if isinstance(label, PointLabel)
        }

    before = sides(scene)
    after = sides(replace(scene, viewport=scene.viewport.zoomed(factor, 450.0, 300.0)))
    shared = before.keys() & after.keys()
    assert len(shared) > 20
    assert sum(before[key] == after[key] for key in shared) >= 0.8 * len(shared)


@settings(max_examples=15, deadline=None)
@given(st.floats(1.2, 2.0), st.floats(50.85, 51.2))
def test_a_new_report_moves_only_the_labels_in_its_way(lon_deg: float, lat_deg: float) -> None:
    plot = crowded_plot()
    scene = replace(a_scene(plot, view(STRAIT, WIDTH_PX, HEIGHT_PX)), label_memory=LabelMemory())
    before = standing(scene)
    report = a_report("0959", position=Position(lon_deg, lat_deg), track_uid="n7")
    after = standing(replace(scene, plot=plot.with_report(report)))
    newest = after[("newest", "n7")]
    own = {("newest", "n7"), *(("report", fix.uid) for fix in plot.tracks["n7"].reports)}
    centre_px = scene.viewport.pixels_of(np.array([(lon_deg, lat_deg)]))[0]
    centre_px = centre_px - scene.viewport.pixels_of_m(np.zeros((1, 2)))[0]
    symbol = np.concatenate((centre_px - 6.0, centre_px + 6.0))[np.newaxis]
    fresh = [boxes for key, boxes in after.items() if key not in before or key in own]
    in_the_way = np.concatenate((symbol, newest, *fresh))
    for key in set(moved(before, after)) - own:
        boxes = before[key] + np.array((-2.5, -2.5, 2.5, 2.5))
        touches = (
            (boxes[:, None, :2] < in_the_way[None, :, 2:])
            & (boxes[:, None, 2:] > in_the_way[None, :, :2])
        ).all(axis=2)
        assert touches.any(), key


def test_the_newest_report_is_named_whatever_stood_there() -> None:
    plot = crowded_plot()
    scene = replace(a_scene(plot, view(STRAIT, WIDTH_PX, HEIGHT_PX)), label_memory=LabelMemory())
    standing(scene)
    latest = max(fix.observed_at_utc for t in plot.tracks.values() for fix in t.fixes)
    report = replace(
        a_report(position=Position(1.6, 51.0), track_uid="n3"),
        observed_at_utc=latest + timedelta(minutes=1),
    )
    after = standing(replace(scene, plot=plot.with_report(report)))
    assert ("newest", "n3") in after


def test_a_cancelled_picture_is_not_remembered() -> None:
    scene = replace(a_scene(night_plot(), view(STRAIT, 600, 400)), label_memory=LabelMemory())
    cancel = Cancel()
    cancel.cancel()
    assert labels_of(scene, cancel) == []
    assert scene.label_memory is not None
    assert scene.label_memory.last is None


def candidate(x: float, priority: float, width: float = 40.0) -> Candidate:
    """A label with two places, one above the other."""
    boxes = [(x, 0.0, x + width, 12.0), (x, 20.0, x + width, 32.0)]
    return Candidate((priority,), np.array(boxes)[:, np.newaxis], np.array((0.0, 5.0)))


def test_what_is_held_stays_although_something_more_important_comes() -> None:
    held = Before(held={0: 0})
    assert place_labels([candidate(0.0, 2.0), candidate(10.0, 1.0)], NO_SYMBOLS, before=held) == {
        0: 0,
        1: 1,
    }


def test_what_is_new_pushes_away_only_what_matters_less_and_only_without_another_place() -> None:
    labels = [candidate(0.0, 2.0), candidate(10.0, 3.0), candidate(5.0, 1.0)]
    kept = Before(held={0: 0, 1: 1})
    assert place_labels(labels, NO_SYMBOLS, before=kept) == {0: 0, 1: 1}
    pushing = Before(held={0: 0, 1: 1}, pushing=frozenset({2}))
    found = place_labels(labels, NO_SYMBOLS, before=pushing)
    assert found[2] == 0
    assert found.get(1) == 1
    low = [candidate(0.0, 0.0), candidate(10.0, 0.5), candidate(5.0, 1.0)]
    assert place_labels(low, NO_SYMBOLS, before=pushing) == {0: 0, 1: 1}


def test_what_leans_moves_only_to_a_much_better_place() -> None:
    assert place_labels([candidate(0.0, 1.0)], NO_SYMBOLS, before=Before(leaning={0: 1})) == {0: 1}
    assert place_labels([candidate(0.0, 1.0)], NO_SYMBOLS) == {0: 0}


def test_what_the_last_picture_showed_goes_before_what_one_before_it_did() -> None:
    labels = [candidate(0.0, 1.0), candidate(10.0, 2.0)]
    before = Before(held={1: 0}, remembered={0: 0})
    assert place_labels(labels, NO_SYMBOLS, before=before) == {0: 1, 1: 0}
