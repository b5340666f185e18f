"""Names along the coast: beside it, readable, and no longer than the stretch they name."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from channelplot.basemap.basemap import Basemap
from channelplot.basemap.coast_names import CoastName, Side
from channelplot.basemap.levels import Levels
from channelplot.chart.cancel import Cancel
from channelplot.chart.label_placer import place_labels
from channelplot.chart.layers import Layer
from channelplot.chart.palette import PALETTES
from channelplot.chart.renderers.coast_labels import coast_labels
from channelplot.chart.renderers.curved_label import CurvedLabel, advances_px
from channelplot.chart.renderers.labels import draw, labels_of
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from helpers.charts import CHANNEL, basemap, levels, view
from helpers.images import drawn_by, pixels, rgb

pytestmark = pytest.mark.usefixtures("qapp")

# A bay that does not exist: a quarter of an ellipse of coast round a sea to its south-east.
_TURN = np.radians(np.linspace(180.0, 90.0, 12))
SHORE_DEG = np.column_stack((0.6 + 0.5 * np.cos(_TURN), 50.0 + 0.35 * np.sin(_TURN)))
LAND = shapely.Polygon([*SHORE_DEG, (0.6, 50.9), (-0.6, 50.9), (-0.6, 50.0)])
MIDDLE = Position(0.35, 50.2)


BAY = CoastName(
    name="Cardamom Bay",
    language="en",
    kind="bay",
    side=Side.SEA,
    closest_denominator=10_000.0,
    farthest_denominator=5_000_000.0,
    line_deg=SHORE_DEG,
    error_m=100.0,
    source="nowhere",
)
"""Its land is on the left from the west to the north."""


def a_map(*names: CoastName) -> Basemap:
    land = np.array([LAND], dtype=np.object_)
    return replace(
        basemap(), land=land, land_states=("GB",), places=(), beaches=(), marks=(),
        coast_names=names,
    )  # fmt: skip


def a_bay(name: CoastName, m_per_px: float = 150.0, size_px: float = 700.0) -> Scene:
    world = a_map(name)
    viewport = Viewport(0.0, 0.0, m_per_px, size_px, size_px).centred_on(MIDDLE)
    return Scene(plot=Plot(), viewport=viewport, basemap=world, levels=Levels(world))


def the_label(scene: Scene) -> tuple[CurvedLabel, np.ndarray]:
    """Return the name's label and where its glyphs stand."""
    ((label, place),) = [
        (label, place)
        for label, place in labels_of(scene, Cancel())
        if isinstance(label, CurvedLabel)
    ]
    return label, label.places[place]


def placed_curved(scene: Scene) -> list[str]:
    found = labels_of(scene, Cancel())
    return [label.line.text for label, _ in found if isinstance(label, CurvedLabel)]


@pytest.mark.parametrize("m_per_px", [110.0, 150.0, 230.0])
def test_the_letters_stand_off_the_coast_along_it(m_per_px: float) -> None:
    scene = a_bay(BAY, m_per_px)
    label, glyphs = the_label(scene)
    shore_px = shapely.linestrings(scene.viewport.pixels_of(SHORE_DEG))
    away_px = shapely.distance(shore_px, shapely.points(glyphs[:, :2]))
    assert np.ptp(away_px) < 6.0, "as far off at its end as at its beginning"
    assert away_px.min() > 5.0
    assert np.abs(glyphs[:, 2]).max() < 85.0
    assert (np.diff(glyphs[:, 2]) > -0.5).all(), "turning with the bay, one way"
    steps_px = np.hypot(*np.diff(glyphs[:, :2], axis=0).T)
    advances = advances_px(label.line)
    spacing_px = steps_px - (advances[:-1] + advances[1:]) / 2.0
    assert np.ptp(spacing_px) < 0.6, "evenly spaced"
    assert spacing_px.min() > 0.8, "letter-spaced"


def test_no_letter_is_on_land_and_one_for_the_land_is_on_it() -> None:
    for side in (Side.SEA, Side.LAND):
        scene = a_bay(replace(BAY, side=side))
        _, glyphs = the_label(scene)
        land_px = shapely.transform(LAND, scene.viewport.pixels_of)
        is_on_land = shapely.contains_xy(land_px, glyphs[:, 0], glyphs[:, 1])
        assert is_on_land.all() if side is Side.LAND else not is_on_land.any()


def test_a_name_is_left_out_where_its_stretch_is_shorter_or_the_scale_is_not_its() -> None:
    assert placed_curved(a_bay(BAY)) == ["Cardamom Bay"]
    assert placed_curved(a_bay(BAY, m_per_px=1_200.0)) == []
    assert placed_curved(a_bay(replace(BAY, closest_denominator=2_000_000.0))) == []
    assert placed_curved(a_bay(replace(BAY, farthest_denominator=50_000.0))) == []
    hidden = a_bay(BAY)
    layering = hidden.layering.with_view(
        replace(hidden.layering.view(Layer.PLACES), is_shown=False)
    )
    assert placed_curved(replace(hidden, layering=layering)) == []


def test_a_name_gives_way_to_what_is_more_important() -> None:
    scene = a_bay(BAY)
    label, _ = the_label(scene)
    everywhere = CurvedLabel(
        label.line, label.places[:1], label.candidate.costs[:1], (0.0, "first")
    )
    taken = [everywhere.candidate, label.candidate]
    found = place_labels(taken, np.empty((0, 4)))
    assert found[0] == 0
    assert found.get(1) != 0


def test_only_names_near_the_picture_cost_anything() -> None:
    scene = a_bay(BAY)
    far = replace(scene, viewport=scene.viewport.panned(9_000.0, 0.0))
    assert list(coast_labels(scene))
    assert list(coast_labels(far)) == []


def test_the_shipped_names_stand_right_on_the_whole_chart() -> None:
    scene = Scene(
        plot=Plot(), viewport=view(CHANNEL, 1600, 1000), basemap=basemap(), levels=levels()
    )
    land = shapely.STRtree(levels().at(scene.viewport.m_per_px).land)
    named = []
    for label, place in labels_of(scene, Cancel()):
        if not isinstance(label, CurvedLabel):
            continue
        named.append(label.line.text)
        glyphs = label.places[place]
        assert np.abs(glyphs[:, 2]).max() < 85.0
        origin_px = scene.viewport.pixels_of_m(np.zeros((1, 2)))[0]
        at_m = (glyphs[:, :2] - origin_px) * (1, -1) * scene.viewport.m_per_px
        on_land = len(np.unique(land.query(shapely.points(at_m), predicate="intersects")[0]))
        is_for_land = label.line.colour == scene.palette.place_text
        assert on_land == (len(glyphs) if is_for_land else 0), label.line.text
    assert {"Lyme Bay", "Baie de Seine", "Côte d'Albâtre"} <= set(named)


@pytest.mark.parametrize("palette", PALETTES)
def test_letters_are_as_large_and_crisper_on_a_denser_screen(palette: str) -> None:
    inks = []
    for ratio in (1.0, 1.5, 2.0):
        scene = replace(
            a_bay(BAY, size_px=500.0), palette=PALETTES[palette], device_pixel_ratio=ratio
        )
        away = np.abs(
            pixels(drawn_by(scene, draw))[..., :3].astype(np.int16) - rgb(scene.palette.water_text)
        ).max(axis=-1)
        rows, columns = np.nonzero(away < 40)
        ends = np.array((rows.min(), rows.max() + 1, columns.min(), columns.max() + 1)) / ratio
        inks.append((ends, len(rows) / ratio**2))
    for ends, ink in inks[1:]:
        assert ends == pytest.approx(inks[0][0], abs=1.5), "as large"
        assert ink > 0.95 * inks[0][1], "no blur: no less of it in full colour"
