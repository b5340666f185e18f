"""Who is named for reference layers: of those that are loaded and show, each once."""

from dataclasses import replace

import numpy as np
import pytest

from channelplot.chart.layers import DEFAULT_LAYERING, LayerView, reference_id
from channelplot.chart.reference import ReferenceFeatures
from channelplot.chart.reference_credits import BRIEF, LONGEST, brief_credits, reference_credits
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.model.plot import Plot
from helpers.chartwork_builders import a_reference_layer

NOTHING = ReferenceFeatures(np.empty(0, dtype=np.object_), {})


def a_scene(**told: str) -> Scene:
    plot = Plot()
    for uid, credit in told.items():
        plot = plot.with_reference_layer(replace(a_reference_layer(uid=uid), credit=credit))
    return Scene(
        plot=plot,
        viewport=Viewport(0.0, 0.0, 100.0, 800.0, 600.0),
        layering=DEFAULT_LAYERING.with_layers(map(reference_id, told)),
        references=dict.fromkeys(told, NOTHING),
    )


def test_each_credit_is_named_once() -> None:
    scene = a_scene(one="Somebody", two="Nobody", three="Somebody", four=" ")
    assert reference_credits(scene) == ("Somebody", "Nobody")


def test_a_layer_that_is_not_loaded_or_does_not_show_is_not_named() -> None:
    scene = a_scene(one="Somebody", two="Nobody")
    assert reference_credits(replace(scene, references={"two": NOTHING})) == ("Nobody",)
    hidden = scene.layering.with_view(LayerView(reference_id("two"), is_shown=False))
    assert reference_credits(replace(scene, layering=hidden)) == ("Somebody",)
    far = scene.layering.with_view(LayerView(reference_id("one"), farthest_denominator=1_000))
    assert reference_credits(replace(scene, layering=far)) == ("Nobody",)


def test_a_long_credit_is_cut_and_put_on_one_line() -> None:
    (credit,) = reference_credits(a_scene(one="Made\nup " * 100))
    assert len(credit) <= LONGEST
    assert credit.startswith("Made up Made up")
    assert credit.endswith("…")


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("UKHO open data (OGL v3 expected; not restated)", "UKHO open data"),
        ("IMO measures from somebody/tiles@4bef89c", "IMO measures"),
        ("OSM from somebody, ODbL", "OSM"),
        ("Etalab Licence Ouverte 2.0; public text", "Etalab Licence Ouverte 2.0"),
        ("A.B.C. Ltd - Paris", "A.B.C. Ltd"),
        ("Shom", "Shom"),
    ],
)
def test_on_the_screen_a_credit_is_a_name_without_remarks(told: str, named: str) -> None:
    assert brief_credits(a_scene(one=told)) == (named,)


def test_a_long_name_ends_with_a_whole_word_and_the_same_name_is_told_once() -> None:
    long, same = "Made up " * 20, "Made up " * 30
    (name,) = brief_credits(a_scene(one=long, two=same))
    assert len(name) <= BRIEF
    assert name.endswith(("Made…", "up…"))
    (cut,) = brief_credits(a_scene(one="x" * 90))
    assert len(cut) == BRIEF
