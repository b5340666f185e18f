"""The credits on the chart: whole, in lines that fit; where there is no room, how many are left."""

from dataclasses import replace

import numpy as np
import pytest

from channelplot.chart.layers import DEFAULT_LAYERING, reference_id
from channelplot.chart.reference import ReferenceFeatures
from channelplot.chart.renderers.credits import TALLEST_SHARE, _lines, panel_px
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
def test_every_credit_is_on_the_chart_whole(width_px: float, height_px: float) -> None:
    """As much of a window of 1280 and of 1600 pixels as the chart has."""
    scene = a_scene(TOLD, width_px, height_px)
    said = " ".join(" ".join(_lines(scene)).replace(" · ", " ").split())
    assert all(credit in said for credit in TOLD)
    assert "…" not in said
    panel = panel_px(scene)
    assert panel.left() > width_px / 3
    assert panel.height() < height_px * (TALLEST_SHARE + 0.1)


def test_without_room_it_says_how_many_more_there_are() -> None:
    lines = _lines(a_scene(TOLD * 2 + tuple(f"{each} again" for each in TOLD), 890.0, 300.0))
    *_, last, _, _ = lines
    named = sum(credit in " ".join(lines) for credit in TOLD)
    assert 0 < named < len(TOLD)
    assert "more" in last


def test_a_credit_longer_than_the_room_is_cut_at_its_end_alone() -> None:
    lines = _lines(a_scene(("Made up " * 70, "Somebody"), 500.0, 260.0))
    *others, _, _ = lines
    assert others[0].startswith("Made up Made up")
    assert others[-1].endswith("… · and 1 more")


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
