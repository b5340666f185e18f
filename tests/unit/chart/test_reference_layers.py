"""Reference layers as they are drawn: plain shapes, limits of waters, search and rescue regions."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from channelplot.chart.blank_image import blank_image
from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import LayerView
from channelplot.chart.palette import DAY, DUSK, NIGHT, Palette
from channelplot.chart.reference import Cell, ReferenceFeatures
from channelplot.chart.renderers import reference, reference_layers, sar_regions, sea_limits
from channelplot.chart.renderers.area_fill import BAND_VERTICES, fill_areas
from channelplot.chart.renderers.curved_label import CurvedLabel
from channelplot.chart.renderers.label import LineLabel, PointLabel
from channelplot.chart.renderers.labels import labels_of
from channelplot.chart.renderers.sea_limits import LINE_TYPES, LimitKind, kind_of, kind_words
from channelplot.chart.renderers.table import draw_chart
from channelplot.chart.scene import Scene
from channelplot.chart.shown_colour import luminance, shown_colour
from channelplot.geodesy.position import Position
from channelplot.model.reference_layer import Dash, ReferenceSchema, ReferenceStyle
from helpers.charts import STRAIT, a_scene, view
from helpers.images import pixels, rgb
from helpers.made_up_references import (
    a_scheme,
    features,
    plain_shapes,
    scene_with,
    some_limits,
    two_regions,
)

pytestmark = pytest.mark.usefixtures("qtbot")

Drawn = npt.NDArray[np.uint8]


def drawn(scene: Scene, schema: ReferenceSchema = ReferenceSchema.PLAIN) -> Drawn:
    """Return what is drawn of one layer alone, (height, width, 4)."""
    image = blank_image(scene)
    with QPainter(image) as painter:
        reference_layers.renderer_of(f"reference:{schema}")(painter, scene, Cancel())
    return pixels(image)


def plain(style: ReferenceStyle, file: ReferenceFeatures | None = None) -> Scene:
    return scene_with({ReferenceSchema.PLAIN: file or plain_shapes()}, style=style)


def at(found: Drawn, scene: Scene, lon_deg: float, lat_deg: float) -> list[int]:
    x_px, y_px = scene.viewport.pixel_of(Position(lon_deg, lat_deg))
    return [int(part) for part in found[int(y_px), int(x_px)]]


def test_an_area_is_filled_but_for_its_holes() -> None:
    scene = plain(ReferenceStyle(fill="#ff0000", fill_opacity=1.0, width_px=0.0))
    found = drawn(scene)
    assert at(found, scene, 1.2, 51.1) == [255, 0, 0, 255]
    assert at(found, scene, 1.4, 51.1) == [0, 0, 0, 0]
    assert at(found, scene, 1.8, 51.2) == [0, 0, 0, 0]


def test_how_strongly_an_area_is_filled_is_chosen() -> None:
    scene = plain(ReferenceStyle(fill="#ff0000", fill_opacity=0.2, width_px=0.0))
    assert at(drawn(scene), scene, 1.2, 51.1)[3] == pytest.approx(51, abs=1)
    nothing = plain(ReferenceStyle(fill="#ff0000", fill_opacity=0.0, width_px=0.0))
    assert at(drawn(nothing), nothing, 1.2, 51.1)[3] == 0


def test_points_are_discs_of_a_size() -> None:
    one = features([shapely.Point(1.6, 51.0)])
    sizes = [
        int((drawn(plain(ReferenceStyle(line="#0000ff", point_px=px), one))[..., 3] > 128).sum())
        for px in (6.0, 12.0)
    ]
    assert sizes[0] == pytest.approx(np.pi * 3.6**2, abs=8)
    assert sizes[1] == pytest.approx(np.pi * 6.6**2, abs=14)


@pytest.mark.parametrize("dash", list(Dash))
def test_a_line_is_broken_as_chosen(dash: Dash) -> None:
    line = features([shapely.LineString([(1.0, 51.0), (2.2, 51.0)])])
    scene = plain(ReferenceStyle(line="#0000ff", width_px=2.0, dash=dash), line)
    row = round(scene.viewport.pixel_of(Position(1.6, 51.0))[1])
    inked = drawn(scene)[row - 1 : row + 1, 5:-5, 3].max(axis=0) > 128
    breaks = int(np.count_nonzero(np.diff(inked.astype(int)) == -1))
    pattern_px = sum(reference.dash_px(ReferenceStyle(width_px=2.0, dash=dash)))
    if dash is Dash.SOLID:
        assert breaks == 0
    else:
        gaps = len(reference.dash_px(ReferenceStyle(dash=dash))) / 2
        assert breaks == pytest.approx(gaps * len(inked) / pattern_px, rel=0.1, abs=2)


def test_a_colour_of_the_palette_follows_the_palette() -> None:
    scene = plain(ReferenceStyle(fill_opacity=1.0, width_px=0.0))
    for palette in (DAY, DUSK, NIGHT):
        found = drawn(replace(scene, palette=palette))
        assert at(found, scene, 1.2, 51.1)[:3] == list(rgb(palette.reference))


@pytest.mark.parametrize("colour", ["#ffffff", "#ffff00", "#00ffff"])
def test_at_night_no_pixel_of_any_style_is_too_bright(colour: str) -> None:
    """No pixel above a relative luminance of 0.13 (WCAG 2.2), whatever the desk chose."""
    style = ReferenceStyle(
        line=colour, fill=colour, fill_opacity=1.0, width_px=4.0, point_px=20.0, label_column="what"
    )
    scene = replace(plain(style), palette=NIGHT)
    image = blank_image(scene)
    with QPainter(image) as painter:
        draw_chart(painter, scene, Cancel())
    parts = pixels(image)[..., :3] / 255.0
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    assert (linear @ np.array((0.2126, 0.7152, 0.0722))).max() <= 0.13


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""), ("", ""), ("  two\n words ", "two words"), (12.0, "12"), (0.125, "0.125"),
        ("x" * 60, "x" * 47 + "…"),
    ],
)  # fmt: skip
def test_a_label_is_one_short_line(cell: Cell, text: str) -> None:
    assert reference.label_text(cell) == text


def test_labels_stand_beside_points_along_lines_and_in_areas() -> None:
    style = ReferenceStyle(label_column="what", label_size_pt=11.0)
    scene = plain(style)
    scene = replace(scene, viewport=view(STRAIT, 1200.0, 800.0))
    found = list(reference_layers.labels(scene))
    texts = {
        label.lines[0].text if isinstance(label, PointLabel) else label.line.text: type(label)
        for label in found
        if isinstance(label, PointLabel | LineLabel)
    }
    assert texts == {
        "an area": LineLabel, "a line": LineLabel, "points": PointLabel, "a point": PointLabel
    }  # fmt: skip
    placed = [label for label, _ in labels_of(scene, Cancel())]
    assert any(
        isinstance(label, PointLabel) and label.lines[0].text == "a point" for label in placed
    )


def test_without_a_label_column_or_when_hidden_there_are_no_labels() -> None:
    assert list(reference_layers.labels(plain(ReferenceStyle()))) == []
    scene = plain(ReferenceStyle(label_column="what"))
    assert list(reference_layers.labels(scene))
    hidden = scene.layering.with_view(LayerView("reference:plain", is_shown=False))
    assert list(reference_layers.labels(replace(scene, layering=hidden))) == []


def test_a_name_that_does_not_fit_into_its_area_is_left_out() -> None:
    small = features([shapely.box(1.5, 51.0, 1.52, 51.02)], what=["a very long name of an area"])
    assert list(reference_layers.labels(plain(ReferenceStyle(label_column="what"), small))) == []


def test_an_area_of_many_vertices_is_filled_whole_and_without_seams() -> None:
    lon_deg = np.linspace(1.1, 2.1, 3 * BAND_VERTICES)
    lat_deg = 51.1 + 0.02 * np.sin(300.0 * lon_deg)
    shape = shapely.Polygon([*zip(lon_deg, lat_deg, strict=True), (2.1, 50.85), (1.1, 50.85)])
    scene = plain(ReferenceStyle(), features([shape]))
    file = scene.references["plain"]
    assert isinstance(file, ReferenceFeatures)
    scene = replace(scene, device_pixel_ratio=1.5)
    image = blank_image(scene)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_areas(painter, scene, file.geometries_m, "#ff0000", Cancel(), 0.5)
    left, top = scene.viewport.pixel_of(Position(1.15, 51.06))
    right, bottom = scene.viewport.pixel_of(Position(2.05, 50.87))
    inside = QRectF(left * 1.5, top * 1.5, (right - left) * 1.5, (bottom - top) * 1.5).toRect()
    opacity = pixels(image.copy(inside))[..., 3].astype(int)
    assert opacity.min() >= 126
    assert opacity.max() <= 129


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("territorial_sea_12M_FR", ""), LimitKind.TERRITORIAL),
        (("territorial_sea_limit_OSM", "GBR maritime limit"), LimitKind.TERRITORIAL),
        (("contiguous_24M_FR", ""), LimitKind.CONTIGUOUS),
        (("straight_baseline_FR", ""), LimitKind.BASELINE),
        (("agreed_boundary", "Délimitation de la zone économique"), LimitKind.AGREED),
        (("indicative_equidistance", "Equidistance indicative"), LimitKind.INDICATIVE),
        (("", "Limite extérieure de la mer territoriale"), LimitKind.TERRITORIAL),
        (("", "Limite extérieure de la zone contiguë au large"), LimitKind.CONTIGUOUS),
        (("", "Délimitation du plateau continental entre"), LimitKind.AGREED),
        (("", "Limite extérieure de la zone économique exclusive"), LimitKind.ECONOMIC),
        (("", "Limite extérieure du plateau continental"), LimitKind.SHELF),
        (("EEZ", ""), LimitKind.ECONOMIC),
        (("fence", "of my garden"), LimitKind.OTHER),
        (("", ""), LimitKind.OTHER),
    ],
)
def test_limits_are_known_by_what_their_columns_say(
    texts: tuple[str, str], kind: LimitKind
) -> None:
    assert kind_of(texts) is kind


def test_kinds_of_limits_differ_by_their_dashes_and_by_what_is_written() -> None:
    """Colour alone tells nothing: all have the same."""
    assert set(LINE_TYPES) == set(LimitKind)
    assert len({line_type.dash_px for line_type in LINE_TYPES.values()}) == len(LimitKind)
    words = kind_words()
    assert len(set(words.values())) == len(words) == len(LimitKind) - 1


def test_a_limit_that_is_published_twice_is_drawn_once() -> None:
    edges = sea_limits._edges(some_limits())
    kinds = sea_limits.kinds_of(edges)
    lengths_m = shapely.length(edges.geometries_m)
    assert len(kinds) == 9
    assert kinds[0] is LimitKind.AGREED
    assert lengths_m[0] > 100_000.0
    assert lengths_m[kinds.index(LimitKind.TERRITORIAL) + 1] == 0.0


def test_what_a_limit_is_stands_along_it() -> None:
    scene = scene_with({ReferenceSchema.SEA_LIMITS: some_limits()}, view(STRAIT, 1200.0, 800.0))
    layer = scene.plot.reference_layers["sea_limits"]
    found = list(sea_limits.labels(scene, layer, some_limits()))
    texts = {label.line.text for label in found}
    assert texts == {*kind_words().values(), "Made-up limit"}
    assert len(found) > len(texts), "again and again along a long line"


def middles(labels: list[LineLabel | CurvedLabel]) -> dict[str, list[tuple[float, float]]]:
    """Return where each name stands, by its text."""
    found: dict[str, list[tuple[float, float]]] = {}
    for label in labels:
        boxes = label.candidate.places[0]
        middle = ((boxes[:, 0] + boxes[:, 2]).mean() / 2, (boxes[:, 1] + boxes[:, 3]).mean() / 2)
        found.setdefault(label.line.text, []).append((float(middle[0]), float(middle[1])))
    return found


def test_names_of_regions_stand_on_their_own_side_of_the_limit_between_them() -> None:
    scene = scene_with({ReferenceSchema.SAR_REGIONS: two_regions()}, view(STRAIT, 1200.0, 800.0))
    layer = scene.plot.reference_layers["sar_regions"]
    labels = list(sar_regions.labels(scene, layer, two_regions()))
    names = middles(labels)
    assert set(names) == {"RCC Nowhere", "RCC Elsewhere", "VTS Somewhere"}
    for name, (west, east) in {"RCC Nowhere": (1.0, 1.6), "RCC Elsewhere": (1.6, 2.2)}.items():
        left_px = scene.viewport.pixel_of(Position(west, 51.0))[0]
        right_px = scene.viewport.pixel_of(Position(east, 51.0))[0]
        assert all(left_px < x_px < right_px for x_px, _ in names[name])
    limit_px = scene.viewport.pixel_of(Position(1.6, 51.0))[0]
    for name in ("RCC Nowhere", "RCC Elsewhere"):
        assert any(abs(x_px - limit_px) < 15.0 for x_px, _ in names[name]), "at the limit itself"


def test_the_limit_between_two_regions_is_drawn_once() -> None:
    edges = sar_regions._edges(two_regions())
    first, second, _ = edges.geometries_m
    assert shapely.length(shapely.intersection(first, shapely.buffer(second, 1.0))) < 200.0
    assert shapely.length(second) > 2.0 * 60_000.0


@pytest.mark.parametrize("palette", [DAY, DUSK, NIGHT])
def test_every_kind_of_layer_is_drawn_in_every_palette(palette: Palette) -> None:
    loaded = {
        ReferenceSchema.PLAIN: plain_shapes(),
        ReferenceSchema.ROUTEING: a_scheme(),
        ReferenceSchema.SEA_LIMITS: some_limits(),
        ReferenceSchema.SAR_REGIONS: two_regions(),
    }
    scene = replace(scene_with(loaded), palette=palette)
    inks = {
        ReferenceSchema.PLAIN: palette.reference,
        ReferenceSchema.ROUTEING: palette.routeing,
        ReferenceSchema.SEA_LIMITS: palette.sea_limit,
        ReferenceSchema.SAR_REGIONS: palette.sar_region,
    }
    for schema, ink in inks.items():
        found = drawn(scene, schema)
        full = found[found[..., 3] > 250][:, :3].astype(int)
        away = np.abs(full - np.array(rgb(ink))).max(axis=1)
        assert (away <= 6).sum() > 20, f"{schema} in its own colour"


def test_reference_layers_are_drawn_with_the_chart_in_their_order() -> None:
    scene = plain(ReferenceStyle(fill="#ff0000", fill_opacity=1.0))
    with_layer, without = blank_image(scene), blank_image(scene)
    with QPainter(with_layer) as painter:
        draw_chart(painter, scene, Cancel())
    hidden = replace(
        scene, layering=scene.layering.with_view(LayerView("reference:plain", is_shown=False))
    )
    with QPainter(without) as painter:
        draw_chart(painter, hidden, Cancel())
    x_px, y_px = scene.viewport.pixel_of(Position(1.2, 51.17))
    assert with_layer.pixelColor(int(x_px), int(y_px)).name() == "#ff0000"
    assert without.pixelColor(int(x_px), int(y_px)).name() != "#ff0000"


def test_a_layer_with_no_file_loaded_draws_nothing() -> None:
    scene = replace(a_scene(), references={})
    image = blank_image(scene)
    with QPainter(image) as painter:
        reference_layers.renderer_of("reference:nobody")(painter, scene, Cancel())
    assert not pixels(image).any()


def test_a_chosen_colour_is_as_dark_as_the_rule_says() -> None:
    assert luminance(shown_colour("#ffffff", NIGHT)) <= 0.13 < luminance("#ffffff")


def test_names_follow_the_bends_of_a_crooked_line() -> None:
    """A name on a circle: every letter as far from it, upright, and about evenly apart."""
    circle = features([shapely.Point(1.6, 51.0).buffer(0.25, quad_segs=200).exterior], kind=["EEZ"])
    scene = scene_with({ReferenceSchema.SEA_LIMITS: circle}, view(STRAIT, 1200.0, 800.0))
    found = list(sea_limits.labels(scene, scene.plot.reference_layers["sea_limits"], circle))
    assert found
    outline = shapely.LineString(
        scene.viewport.pixels_of_m(shapely.get_coordinates(circle.geometries_m[0]))
    )
    curved = [label for label in found if isinstance(label, CurvedLabel)]
    assert len(curved) == len(found)
    for label in curved:
        letters = label.places[0]
        away_px = shapely.distance(outline, shapely.points(letters[:, :2]))
        assert away_px.max() - away_px.min() < 1.5
        assert np.abs(letters[:, 2]).max() < 90.0
    middles_px = np.array([label.places[0][:, :2].mean(axis=0) for label in curved])
    for number, middle in enumerate(middles_px):
        others = np.delete(middles_px, number, axis=0)
        assert np.hypot(*(others - middle).T).min(initial=np.inf) > 150.0


def test_no_name_stands_across_a_corner() -> None:
    corners = [(1.5, 50.95), (1.53, 51.0), (1.56, 50.95), (1.59, 51.0), (1.62, 50.95)]
    zigzag = features([shapely.LineString(corners)], kind=["EEZ"])
    scene = scene_with({ReferenceSchema.SEA_LIMITS: zigzag}, view(STRAIT, 1200.0, 800.0))
    layer = scene.plot.reference_layers["sea_limits"]
    assert list(sea_limits.labels(scene, layer, zigzag)) == []
