"""What is written keeps clear of the panels that lie over the chart on the screen."""

from dataclasses import replace

import numpy as np
import pytest

from channelplot.chart.cancel import NEVER
from channelplot.chart.conditions_note import note_of
from channelplot.chart.crowding import Crowding, DensityMode
from channelplot.chart.label_memory import LabelMemory
from channelplot.chart.label_obstacles import Crowd
from channelplot.chart.renderers import credits as credit_line
from channelplot.chart.renderers import density, scale_bar
from channelplot.chart.renderers.labels import labels_of
from channelplot.chart.renderers.panels import panels_px
from channelplot.chart.scene import Scene
from channelplot.chart.unreckoned import UnreckonedNote
from channelplot.model.plot import Plot
from helpers.builders import at
from helpers.charts import CALAIS, CHANNEL, STRAIT, a_scene, view
from helpers.night_chartwork import NIGHT_CONDITIONS

pytestmark = pytest.mark.usefixtures("qtbot")

COUNTED = Crowding(9.0, 400.0, 500, 0)


def on_screen(scene: Scene, margin_px: float = 0.0) -> Scene:
    """Return a scene as it is drawn for the screen, with more around."""
    picture = scene.viewport.widened(margin_px, margin_px)
    return replace(scene, viewport=picture, on_screen=scene.viewport)


def names_under(scene: Scene, panels: np.ndarray) -> int:
    crowd = Crowd(panels)
    return sum(
        bool(crowd.touches(label.candidate.places[place : place + 1])[0])
        for label, place in labels_of(scene, NEVER)
    )


def test_every_panel_is_in_the_way_and_none_of_a_sheet() -> None:
    scene = a_scene(viewport=view(STRAIT, 1000.0, 640.0))
    assert len(panels_px(scene)) == 0
    assert len(panels_px(on_screen(scene))) == 2
    all_of_them = replace(
        on_screen(scene),
        conditions=note_of(NIGHT_CONDITIONS, at("0300")),
        unreckoned=UnreckonedNote(("C",), ("E", "F")),
        crowding=COUNTED,
        density_mode=DensityMode.DENSITY,
    )
    assert len(panels_px(all_of_them)) == 5


def test_panels_lie_where_they_are_drawn_in_a_picture_that_shows_more() -> None:
    scene = a_scene(viewport=view(STRAIT, 1000.0, 640.0))
    bar, credit = scale_bar.panel_px(scene), credit_line.panel_px(scene)
    drawn = panels_px(on_screen(scene, 250.0))
    for box, panel in zip(drawn, (bar, credit), strict=True):
        assert box[0] < panel.left() + 250.0 < box[0] + 10.0
        assert box[1] < panel.top() + 250.0 < box[1] + 10.0
        assert box[2] > panel.right() + 250.0
        assert box[3] > panel.bottom() + 250.0


def test_no_label_stands_under_a_panel() -> None:
    """Wherever the panels come to lie, on land or sea."""
    hidden = 0
    for east_px in range(-300, 300, 40):
        viewport = view(CHANNEL, 1000.0, 640.0).panned(float(east_px), 0.0)
        scene = a_scene(viewport=viewport)
        panels = panels_px(on_screen(scene))
        hidden += names_under(scene, panels)
        assert names_under(on_screen(scene), panels) == 0
    assert hidden > 3, "without panels in the way some would"


def test_labels_that_were_moved_for_a_panel_stay_there() -> None:
    scene = replace(a_scene(viewport=view(CALAIS, 1000.0, 640.0)), label_memory=LabelMemory())
    first = on_screen(scene, 200.0)
    placed = {label.candidate.key: place for label, place in labels_of(first, NEVER)}
    panned = replace(first, on_screen=scene.viewport.panned(40.0, 0.0))
    again = {label.candidate.key: place for label, place in labels_of(panned, NEVER)}
    kept = [key for key in placed if key in again]
    assert len(kept) >= len(placed) - 2
    assert all(placed[key] == again[key] for key in kept)


@pytest.mark.parametrize(("passages", "has_legend"), [(0.0, False), (0.01, True)])
def test_a_legend_of_counts_is_there_only_where_something_is_counted(
    passages: float, has_legend: bool
) -> None:
    scene = a_scene(Plot(), view(STRAIT, 1000.0, 640.0))
    crowds = Crowding(passages, 0.0, 0, 0)
    forced = replace(scene, crowding=crowds, density_mode=DensityMode.DENSITY)
    assert (density.legend_px(forced) is not None) is has_legend
    lines = replace(forced, density_mode=DensityMode.LINES)
    assert density.legend_px(lines) is None
