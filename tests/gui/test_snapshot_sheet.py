"""A whole sheet as a picture: what must be on it is on it, where the layout says."""

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.chart.palette import DAY
from channelplot.chart.renderers import example, graticule
from channelplot.chart.renderers.table import steps_of
from channelplot.chart.scene import Scene
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from channelplot.snapshot.compose import Composition, composition_of
from channelplot.snapshot.content import Told
from channelplot.snapshot.pages import Source
from channelplot.snapshot.paper import Rect, Sheet
from channelplot.snapshot.png import drawn
from channelplot.snapshot.settings import Extent, SheetSettings
from channelplot.snapshot.sheet import Format, sheet_files
from channelplot.snapshot.view import all_bounds, usual_bounds
from helpers import charts
from helpers.builders import R1, R2, R3, R5, a_plot, a_report, a_track, at, ddm
from helpers.images import count_of, pixels, rgb

SIZES = [(600, 400), (800, 566), (1131, 1600), (1600, 1131), (400, 600), (1500, 400)]


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Sheets draw letters."""


def composed(
    plot: Plot, size_px: tuple[int, int] = (800, 566), bounds: Bounds | None = None
) -> Composition:
    scene = replace(charts.a_scene(plot), palette=DAY)
    sheet = Sheet.of_pixels(*size_px)
    return composition_of(sheet, scene, bounds or all_bounds(plot), Told("Night"))


def part(image: QImage, rect: Rect) -> QImage:
    """Return what is drawn inside a rectangle, cut to whole pixels inside it."""
    left, top = int(np.ceil(rect.x_px)), int(np.ceil(rect.y_px))
    return image.copy(left, top, int(rect.right_px) - left, int(rect.bottom_px) - top)


def inked(image: QImage) -> int:
    """Return how many pixels are not white paper."""
    return int((pixels(image)[..., :3] < 250).any(axis=-1).sum())


@pytest.mark.parametrize("size_px", SIZES)
def test_every_part_has_ink_and_nothing_is_drawn_between_the_parts(
    size_px: tuple[int, int],
) -> None:
    composition = composed(charts.night_plot(), size_px)
    image = drawn(composition)
    layout = composition.layout

    assert (image.width(), image.height()) == size_px
    covered = np.zeros((size_px[1], size_px[0]), dtype=np.bool_)
    for name, rect in layout.rectangles().items():
        assert inked(part(image, rect)) > 20, name
        top, bottom = int(rect.y_px) - 1, int(rect.bottom_px) + 2
        covered[max(top, 0) : bottom, max(int(rect.x_px) - 1, 0) : int(rect.right_px) + 2] = True
    # The rule under the head stands between head and map.
    head_bottom = int(layout.head.bottom_px)
    covered[head_bottom : int(layout.frame.y_px) + 1] = True
    outside = (pixels(image)[..., :3] < 250).any(axis=-1) & ~covered
    assert not outside.any()


@settings(max_examples=12)
@given(st.integers(400, 1800), st.integers(400, 1800))
def test_the_margin_stays_white_at_any_size(width_px: int, height_px: int) -> None:
    composition = composed(charts.night_plot(), (width_px, height_px))
    image = drawn(composition)

    margin_px = int(composition.layout.head.title.box.x_px) - 2
    for edge in (
        image.copy(0, 0, width_px, margin_px - 2),
        image.copy(0, height_px - margin_px + 2, width_px, margin_px - 2),
        image.copy(0, 0, margin_px - 2, height_px),
        image.copy(width_px - margin_px + 2, 0, margin_px - 2, height_px),
    ):
        assert inked(edge) == 0


def test_the_bar_is_as_long_as_the_layout_says_and_as_the_ground_is() -> None:
    composition = composed(charts.night_plot(), (1600, 1131))
    image, box, scale = drawn(composition), composition.layout.scale, composition.scale
    picture = pixels(part(image, box))[..., :3].astype(np.int16)

    dark = (np.abs(picture - rgb(DAY.frame_dark)) < 40).all(axis=-1)
    longest = max(range(len(dark)), key=lambda row: int(dark[row].sum()))
    columns = np.flatnonzero(dark[longest])
    drawn_px = int(columns[-1] - columns[0] + 1)
    assert drawn_px == pytest.approx(scale.bar_px, abs=2.0)

    viewport = composition.scene.viewport
    ratio = composition.scene.device_pixel_ratio
    middle_y_px = viewport.height_px / 2.0
    start = viewport.position_at(100.0, middle_y_px)
    end = viewport.position_at(100.0 + drawn_px / ratio, middle_y_px)
    assert start is not None
    assert end is not None
    length_m = Geod(ellps="WGS84").inv(start.lon_deg, start.lat_deg, end.lon_deg, end.lat_deg)[2]
    assert length_m / 1852.0 == pytest.approx(scale.bar_nm, rel=0.01)  # two pixels of 220


@pytest.mark.parametrize("position", [R1, R2, R5], ids=["R1", "R2", "R5"])
def test_what_is_plotted_stands_where_it_belongs(position: Position) -> None:
    composition = composed(charts.night_plot(), (1600, 1131))
    image, box = drawn(composition), composition.layout.map
    x_px, y_px = composition.scene.viewport.pixel_of(position)
    ratio = composition.scene.device_pixel_ratio
    x, y = round(box.x_px + x_px * ratio), round(box.y_px + y_px * ratio)

    # The dot in the circle, and the paper around it.
    assert count_of(image.copy(x - 1, y - 1, 2, 2), DAY.tracks[0], tolerance=60) >= 2
    assert count_of(image.copy(x - 6, y - 6, 12, 12), DAY.halo, tolerance=12) > 10


def test_the_picture_knows_how_large_it_is_on_paper() -> None:
    image = drawn(composed(Plot(), (1600, 1131)))

    width_mm = image.width() / image.dotsPerMeterX() * 1000.0
    assert width_mm == pytest.approx(297.0, rel=0.001)
    assert image.dotsPerMeterX() == image.dotsPerMeterY()


def test_colours_are_those_of_the_day_whatever_the_screen_shows() -> None:
    night = replace(DAY, sea="#07090b", land="#14110a", text="#6b5d4f")
    plot = charts.night_plot()
    scene = replace(charts.a_scene(plot), palette=night)
    sheet = Sheet.of_pixels(800, 566)
    composition = composition_of(sheet, scene, all_bounds(plot), Told("Night"))

    image = drawn(composition)

    assert count_of(image, DAY.sea) > 20_000
    assert count_of(image, "#07090b") == 0


def test_only_an_example_is_stamped() -> None:
    plot = charts.night_plot()
    bounds = all_bounds(plot)
    plain = composed(plot, bounds=bounds)
    stamped = composed(replace(plot, is_example=True), bounds=bounds)
    assert plain.layout.map == stamped.layout.map

    before, after = (part(drawn(each), plain.layout.map) for each in (plain, stamped))

    differing = (pixels(before) != pixels(after)).any(axis=-1)
    assert differing.mean() > 0.04
    assert count_of(after, DAY.sea) > 0.4 * count_of(before, DAY.sea)


def test_the_graticule_can_be_hidden() -> None:
    scene = charts.a_scene(Plot())
    sheet = Sheet.of_pixels(800, 566)
    hidden = replace(scene, layering=DEFAULT_LAYERING.hiding({Layer.GRATICULE}))
    with_lines, without = (
        drawn(composition_of(sheet, each, charts.STRAIT, Told(""))) for each in (scene, hidden)
    )

    assert count_of(with_lines, DAY.graticule) > count_of(without, DAY.graticule) + 1_000


def test_what_a_sheet_draws_its_own_way_is_among_the_charts_renderers() -> None:
    steps = [step for group in steps_of(DEFAULT_LAYERING).values() for step in group]
    renderers = [renderer for step in steps for renderer in step.renderers]

    assert graticule.draw in renderers
    assert example.draw in renderers


def test_labels_are_not_cut_off_at_the_edge_of_the_map() -> None:
    # A boat so close to the map's eastern edge that its name stands on its western side.
    edge = ddm(51, 0.0, 1, 59.5)
    plot = a_plot(a_track("A", (a_report("0210", position=edge),)))
    bounds = Bounds(1.2, 50.85, edge.lon_deg, 51.1)
    composition = composed(plot, (800, 566), bounds)
    image, box = drawn(composition), composition.layout.map
    x_px, y_px = composition.scene.viewport.pixel_of(edge)
    ratio = composition.scene.device_pixel_ratio
    x, y = round(box.x_px + x_px * ratio), round(box.y_px + y_px * ratio)

    assert box.right_px - x < 30.0
    beside = image.copy(x - 40, y - 20, 32, 40)
    assert count_of(beside, DAY.track_texts[0], tolerance=60) > 10


def test_a_sheet_shows_the_open_boats_unless_told() -> None:
    plot = charts.night_plot()
    usual = usual_bounds(plot, charts.basemap().beaches)

    assert usual.contains(R3)
    assert not usual.contains(ddm(51, 30.0, 1, 30.0))
    assert usual_bounds(Plot()).contains(ddm(51, 0.0, 1, 30.0))
    assert all_bounds(Plot()).contains(ddm(51, 0.0, 1, 30.0))


def test_the_window_may_draw_a_sheet_in_a_thread() -> None:
    plot = charts.night_plot()
    settings = SheetSettings(extent=Extent.ALL, title="Night", cut_off_utc=at("0515"), dpi=72)
    source = Source(plot, charts.basemap(), charts.levels())
    done: list[bytes] = []

    def draw() -> None:
        done.append(sheet_files(settings, source, Format.PNG)[0].data)

    worker = threading.Thread(target=draw)
    worker.start()
    worker.join(30.0)

    again = sheet_files(settings, source, Format.PNG)[0].data
    assert done == [again]  # and equal input gives an equal picture


def test_a_cancelled_sheet_stops_early() -> None:
    cancel = Cancel()
    cancel.cancel()
    composition = composed(charts.night_plot())

    image = drawn(composition, cancel)

    assert count_of(image, DAY.sea) < 100
    assert count_of(image, DAY.land) < 100


@pytest.mark.parametrize(
    "wrong", [{"dpi": 71}, {"dpi": 601}, {"scale": 999}, {"shape": 5.0}, {"title": "a\nb"}]
)
def test_settings_out_of_range_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not the settings of a sheet"):
        SheetSettings(**wrong)


def test_without_a_basemap_there_is_a_sheet_all_the_same() -> None:
    plot = charts.night_plot()
    scene = Scene(plot=plot, viewport=charts.view())

    composition = composition_of(Sheet.of_pixels(800, 566), scene, all_bounds(plot), Told(""))

    assert count_of(drawn(composition), DAY.sea) > 20_000
