"""What writes on the chart, in three palettes, compared with pictures kept.

Letters are hinted otherwise from one machine to the next; they are compared as grey patches.
`tasks.py golden --update` (CHANNELPLOT_GOLDEN_UPDATE=1) keeps new pictures: look at each.
"""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.conditions_note import note_of
from channelplot.chart.crowding import Crowding
from channelplot.chart.palette import PALETTES
from channelplot.chart.renderers import (
    coastline,
    conditions_note,
    density,
    example,
    labels,
    reference_layers,
    scale_bar,
    tracks,
    unreckoned_note,
)
from channelplot.chart.renderers import credits as credit_line
from channelplot.chart.renderers.table import Renderer
from channelplot.chart.scene import Scene
from channelplot.chart.unreckoned import UnreckonedNote
from channelplot.geodesy.bounds import Bounds
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import ReferenceSchema
from helpers.builders import at
from helpers.charts import STRAIT, a_scene, view
from helpers.golden import assert_matches
from helpers.images import drawn_by
from helpers.made_up_references import a_scheme, scene_with, some_limits
from helpers.night_chartwork import NIGHT_CONDITIONS

pytestmark = pytest.mark.usefixtures("qtbot")


def assert_looks(name: str, palette: str, scene: Scene, *renderers: Renderer) -> None:
    image = drawn_by(replace(scene, palette=PALETTES[palette]), *renderers)
    assert_matches(image, f"words_{name}", palette, letters=True)


def test_scale_bar(palette: str) -> None:
    """Five parts by turns dark and light, 0 and the length centred on its ends."""
    assert_looks("scale_bar", palette, a_scene(Plot()), scale_bar.draw)


def test_credits(palette: str) -> None:
    """Two lines on a panel in the lower right corner."""
    assert_looks("credits", palette, a_scene(Plot(), view(STRAIT, 640.0, 120.0)), credit_line.draw)


def test_notes(palette: str) -> None:
    """Stream and wind above the place of the scale bar, and above them who is not reckoned."""
    scene = replace(
        a_scene(Plot(), view(STRAIT, 480.0, 160.0)),
        conditions=note_of(NIGHT_CONDITIONS, at("0300")),
        unreckoned=UnreckonedNote(("C",), ("E", "F")),
    )
    assert_looks("notes", palette, scene, conditions_note.draw, unreckoned_note.draw)


def test_the_legend_of_density(palette: str) -> None:
    """The ramp from few to many, round counts below it."""
    crowding = Crowding(9.0, 400.0, 500, 0)
    scene = replace(a_scene(Plot(), view(STRAIT, 240.0, 80.0)), crowding=crowding)

    def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        density.draw_legend_at(painter, scene, QRectF(10.0, 10.0, 200.0, 55.0))

    assert_looks("density_legend", palette, scene, draw)


def test_example(palette: str) -> None:
    """EXAMPLE, large, pale and slanting."""
    scene = a_scene(Plot(is_example=True), view(Bounds(0.8, 50.6, 1.9, 51.1), 480.0, 320.0))
    assert_looks("example", palette, scene, example.draw)


def test_names_along_the_coast(palette: str) -> None:
    """Curved names beside the coast on land and sea, level names of places, none on another."""
    scene = a_scene(Plot(), view(Bounds(-0.4, 50.6, 1.1, 51.5), 480.0, 360.0))
    assert_looks(
        "coast_names",
        palette,
        scene,
        coastline.draw_sea,
        coastline.draw_land,
        coastline.draw_coast,
        labels.draw,
    )


def test_what_is_plotted_is_named(palette: str) -> None:
    """The night's reports beside their symbols, each in the colour of its track."""
    scene = a_scene(viewport=view(STRAIT, 480.0, 300.0))
    assert_looks("plotted", palette, scene, tracks.draw_lines, tracks.draw_symbols, labels.draw)


@pytest.mark.parametrize("schema", [ReferenceSchema.ROUTEING, ReferenceSchema.SEA_LIMITS])
def test_reference_layers_are_named(schema: ReferenceSchema, palette: str) -> None:
    """What the lanes and zones are, along them; the kinds of limits along their lines."""
    features = a_scheme() if schema is ReferenceSchema.ROUTEING else some_limits()
    scene = replace(scene_with({schema: features}), viewport=view(STRAIT, 480.0, 312.0))
    layer = reference_layers.renderer_of(f"reference:{schema}")
    assert_looks(str(schema), palette, scene, layer, labels.draw)
