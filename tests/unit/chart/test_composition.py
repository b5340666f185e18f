"""All pictures as one image, drawn in bands and bit by bit, show what they would show at once."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.crowding import DensityMode
from channelplot.chart.palette import PALETTES
from channelplot.chart.render_image import COMPOSED_ROWS, compose, render_group, render_image
from channelplot.chart.renderers import coastline, density
from channelplot.chart.renderers.lines import path_of, points_of
from channelplot.chart.renderers.table import Group
from channelplot.chart.scene import Scene
from channelplot.chart.shown import crowding_of
from channelplot.geodesy.bounds import Bounds
from helpers.charts import CALAIS, CHANNEL, STRAIT, a_scene, levels, view
from helpers.images import drawn_by, pixels

pytestmark = pytest.mark.usefixtures("qtbot")

RATIOS = (1.0, 1.5, 2.0)


def night(ratio: float = 1.0, palette: str = "day") -> Scene:
    """Return a scene that is higher than the bands it is put together in."""
    scene = a_scene(viewport=view(width_px=361.0, height_px=283.0))
    return replace(scene, device_pixel_ratio=ratio, palette=PALETTES[palette])


def groups_of(scene: Scene) -> list[QImage]:
    return [render_group(scene, group, Cancel()) for group in Group]


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("palette", PALETTES)
def test_one_image_is_the_pictures_painted_one_above_the_other(ratio: float, palette: str) -> None:
    scene = night(ratio, palette)
    images = groups_of(scene)
    whole = compose(scene, images, Cancel())
    assert whole.height() > COMPOSED_ROWS
    expected = QImage(whole.size(), QImage.Format.Format_RGB32)
    expected.fill(QColor(scene.palette.sea))
    expected.setDevicePixelRatio(ratio)
    with QPainter(expected) as painter:
        for image in images:
            if not image.isNull():
                painter.drawImage(QPointF(0.0, 0.0), image)
    assert whole.devicePixelRatio() == ratio
    assert np.array_equal(pixels(whole), pixels(expected))


def test_one_image_is_the_scene_drawn_at_once() -> None:
    scene = night()
    whole = pixels(compose(scene, groups_of(scene), Cancel())).astype(np.int64)
    at_once = pixels(render_image(scene, has_furniture=False)).astype(np.int64)
    # Mixed once more where something half transparent lies on another picture: a rounding.
    assert np.abs(whole[..., :3] - at_once[..., :3]).max() <= 3


def test_a_composition_that_is_not_wanted_any_more_ends_early() -> None:
    scene = night()
    cancel = Cancel()
    cancel.cancel()
    whole = compose(scene, groups_of(scene), cancel)
    assert {whole.pixelColor(x, y).name() for x in (0, 180, 360) for y in (0, 280)} == {
        scene.palette.sea
    }


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("bounds", [CHANNEL, STRAIT, CALAIS])
def test_land_filled_in_bands_has_no_hairlines(ratio: float, bounds: Bounds) -> None:
    viewport = view(bounds, 361.0, 283.0)
    scene = replace(a_scene(viewport=viewport), device_pixel_ratio=ratio)
    in_bands = pixels(drawn_by(scene, coastline.draw_land)).astype(np.int64)
    land = levels().at(viewport.m_per_px).land_in(viewport.bounds_m())

    def at_once(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path_of(*points_of(land, viewport)), QColor(scene.palette.land))

    expected = pixels(drawn_by(scene, at_once)).astype(np.int64)
    assert np.array_equal(in_bands, expected)


@pytest.mark.parametrize("ratio", RATIOS)
def test_counts_put_down_in_bands_have_no_hairlines(ratio: float) -> None:
    scene = replace(night(ratio), density_mode=DensityMode.DENSITY)
    in_bands = drawn_by(scene, density.draw)
    crowds = crowding_of(scene)
    image = density.image_of(scene, density.ramp_of(scene.palette, crowds), Cancel())

    def at_once(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        painter.drawImage(QPointF(0.0, 0.0), image)

    assert np.array_equal(pixels(in_bands), pixels(drawn_by(scene, at_once)))
