"""Reference layers on a fixed scene, without text, in three palettes, compared with pictures kept.

`tasks.py golden --update` (CHANNELPLOT_GOLDEN_UPDATE=1) keeps new pictures: look at each.
"""

from dataclasses import replace

import pytest

from channelplot.chart.palette import PALETTES
from channelplot.chart.renderers import coastline, reference_layers
from channelplot.chart.scene import Scene
from channelplot.model.reference_layer import Dash, ReferenceSchema, ReferenceStyle
from helpers.charts import STRAIT, view
from helpers.golden import assert_matches
from helpers.images import drawn_by
from helpers.made_up_references import (
    a_scheme,
    plain_shapes,
    scene_with,
    some_limits,
    two_regions,
)

pytestmark = pytest.mark.usefixtures("qtbot")

CHOSEN = ReferenceStyle(
    line="#c02020", width_px=2.0, dash=Dash.DASHED, fill="#ffd000", fill_opacity=0.4, point_px=9.0
)


def assert_looks(scene: Scene, schema: ReferenceSchema, palette: str, name: str) -> None:
    scene = replace(scene, palette=PALETTES[palette], viewport=view(STRAIT, 400.0, 260.0))
    layer = reference_layers.renderer_of(f"reference:{schema}")
    image = drawn_by(scene, coastline.draw_sea, coastline.draw_land, coastline.draw_coast, layer)
    assert_matches(image, f"reference_{name}", palette)


def test_a_routeing_measure(palette: str) -> None:
    """Tinted zone, dashed limits but not beside the zone or across the bend, arrows both ways."""
    scene = scene_with({ReferenceSchema.ROUTEING: a_scheme()})
    assert_looks(scene, ReferenceSchema.ROUTEING, palette, "routeing")


def test_limits_of_waters(palette: str) -> None:
    """Eight lines, each broken in another way."""
    scene = scene_with({ReferenceSchema.SEA_LIMITS: some_limits()})
    assert_looks(scene, ReferenceSchema.SEA_LIMITS, palette, "limits")


def test_search_and_rescue_regions(palette: str) -> None:
    """Long dashes, single between the two regions; short ones around the service in the east."""
    scene = scene_with({ReferenceSchema.SAR_REGIONS: two_regions()})
    assert_looks(scene, ReferenceSchema.SAR_REGIONS, palette, "regions")


def test_plain_shapes_in_chosen_colours(palette: str) -> None:
    """A hole in the area; red and yellow by day, the same hues at dusk and at night."""
    scene = scene_with({ReferenceSchema.PLAIN: plain_shapes()}, style=CHOSEN)
    assert_looks(scene, ReferenceSchema.PLAIN, palette, "plain")
