"""The credits on the chart: names, in a line or two; where there is no room, how many are left."""

from dataclasses import replace

import numpy as np
import pytest

from channelplot.chart.layers import DEFAULT_LAYERING, reference_id
from channelplot.chart.reference import ReferenceFeatures
from channelplot.chart.renderers.credits import MOST_LINES, WIDEST_SHARE, _lines, panel_px
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.chart.wrapped import wrapped
from channelplot.model.plot import Plot
from helpers.chartwork_builders import a_reference_layer

pytestmark = pytest.mark.usefixtures("qtbot")

NOTHING = ReferenceFeatures(np.empty(0, dtype=np.object_), {})
TOLD = (
    "Etalab Licence Ouverte 2.0 per the catalogue of somebody; no licence file of its own",
    "Open data of a hydrographic office (OGL v3 expected; not restated by who gave it)",
    "A French ministry, analyses of traffic before rescue, for everybody to use again",
    "Etalab Licence Ouverte 2.0; public legal text; ODbL 1.0 © OpenStreetMap contributors",
    "Measures of the IMO from somebody's tiles of OpenStreetMap, August 2025, ODbL",
)


def a_scene(told: tuple[str, ...], width_px: float, height_px: float) -> Scene:
    plot = Plot()
    for number, credit in enumerate(told):
        plot = plot.with_reference_layer(
            replace(a_reference_layer(uid=f"layer{number}"), credit=credit)
        )
    return Scene(
        plot=plot,
        viewport=Viewport(0.0, 0.0, 100.0, width_px, height_px),
        layering=DEFAULT_LAYERING.with_layers(map(reference_id, plot.reference_layers)),
        references=dict.fromkeys(plot.reference_layers, NOTHING),
    )


@pytest.mark.parametrize(("width_px", "height_px"), [(890.0, 550.0), (1210.0, 640.0)])
def test_who_is_credited_is_named_in_a_compact_panel(width_px: float, height_px: float) -> None:
    """As much of a window of 1280 and of 1600 pixels as the chart has."""
    scene = a_scene(TOLD, width_px, height_px)
    *others, _, _ = _lines(scene)
    assert 0 < len(others) <= MOST_LINES
    assert others[0].startswith("Etalab Licence Ouverte 2.0 per the catalogue…")
    assert "Open data of a hydrographic office" in " ".join(others)
    assert "OGL" not in " ".join(others), "remarks stand in the Layers panel"
    panel = panel_px(scene)
    assert panel.width() < width_px * (WIDEST_SHARE + 0.05)


def test_without_room_it_says_how_many_more_there_are() -> None:
    many = tuple(f"Somebody with data of number {number}" for number in range(30))
    *others, _, _ = _lines(a_scene(many, 890.0, 300.0))
    named = sum(credit in " ".join(others) for credit in many)
    assert 0 < named < len(many)
    assert others[-1].endswith(f"and {len(many) - named} more")


def test_where_the_chart_is_very_narrow_the_first_is_cut_and_the_others_are_counted() -> None:
    *others, _, _ = _lines(a_scene(("Made up " * 5, "Somebody", "Nobody"), 180.0, 260.0))
    assert others[0].startswith("Made")
    assert others[0].endswith("…")
    assert others[-1] == "and 2 more"


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        ((), ()),
        (("one", "two"), ("one+two",)),
        (("one two three", "four"), ("one two", "three+four")),
        (("incomprehensible", "a"), ("incomprehensible", "a")),
        (("", "a"), ("+a",)),
    ],
)
def test_lines_are_no_wider_than_they_may_be(
    pieces: tuple[str, ...], lines: tuple[str, ...]
) -> None:
    assert wrapped(pieces, lambda text: float(len(text)), 10.0, "+") == lines
