"""The finished pictures on screen while the chart is moved and zoomed."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.label_memory import LabelMemory
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.chart.pictures import Order, Pictures
from channelplot.chart.render_image import compose, render_group
from channelplot.chart.render_job import Picture
from channelplot.chart.renderers.table import Group
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from helpers.builders import R1, a_plot, a_report, a_track
from helpers.charts import a_scene, view_around
from helpers.images import pixels, rgb

pytestmark = pytest.mark.usefixtures("qtbot")

OTHERS = set(Layer) - {Layer.LABELS, Layer.REPORTS}


def a_name_alone(ratio: float) -> Scene:
    """Return a boat and its name on an empty sea."""
    plot = a_plot(a_track("A", [a_report("0210", position=R1)]))
    layering = DEFAULT_LAYERING.hiding(OTHERS)
    return replace(
        a_scene(plot, view_around(R1)),
        layering=layering,
        label_memory=LabelMemory(),
        device_pixel_ratio=ratio,
    )


def pictures_of(scene: Scene) -> Pictures:
    """Return the pictures of a scene as they are once all are drawn; symbols are left out."""
    pictures = Pictures()
    order = Order(tuple(Group), scene.viewport, dict.fromkeys(Group, 0))
    nothing = replace(scene, layering=scene.layering.hiding(set(Layer)))
    images = []
    for group in Group:
        image = render_group(scene if group is Group.LABELS else nothing, group, Cancel())
        labels = scene.label_memory.drawn if scene.label_memory is not None else None
        picture = Picture(1, group, image, scene.viewport, 0.0, None, labels)
        pictures.accept(picture, group, order)
        images.append(image)
    whole = compose(scene, images[:-1], Cancel())
    pictures.accept_whole(Picture(1, None, whole, scene.viewport, 0.0))
    return pictures


def on_screen(pictures: Pictures, scene: Scene, view: Viewport) -> QImage:
    ratio = scene.device_pixel_ratio
    image = QImage(
        round(view.width_px * ratio), round(view.height_px * ratio), QImage.Format.Format_RGB32
    )
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("black"))
    with QPainter(image) as painter:
        pictures.draw(painter, view, scene.palette, ratio)
    return image


def ink(image: QImage, scene: Scene) -> QRect:
    """Return the box around all that is not sea."""
    is_ink = (pixels(image)[..., :3] != rgb(scene.palette.sea)).any(axis=-1)
    rows, columns = np.flatnonzero(is_ink.any(axis=1)), np.flatnonzero(is_ink.any(axis=0))
    return QRect(int(columns[0]), int(rows[0]), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("factor", [0.6, 1.3, 3.0])
def test_a_label_keeps_its_size_while_the_chart_is_zoomed(factor: float, ratio: float) -> None:
    scene = a_name_alone(ratio)
    pictures = pictures_of(scene)
    still = on_screen(pictures, scene, scene.viewport)
    zoomed = on_screen(pictures, scene, scene.viewport.zoomed(factor, 200.0, 200.0))
    before, after = ink(still, scene), ink(zoomed, scene)
    assert before.width() > 20 * ratio
    assert np.array_equal(pixels(still.copy(before)), pixels(zoomed.copy(after)))


def test_a_label_goes_with_what_it_names() -> None:
    scene = a_name_alone(1.0)
    pictures = pictures_of(scene)
    before = ink(on_screen(pictures, scene, scene.viewport), scene)
    after = ink(on_screen(pictures, scene, scene.viewport.zoomed(2.0, 100.0, 120.0)), scene)
    # The boat is in the middle, (200, 200): twice as far from the pointer now.
    assert abs(after.left() - before.left() - 100) <= 1
    assert abs(after.top() - before.top() - 80) <= 1


def test_what_lies_below_is_not_put_together_again_for_labels_alone() -> None:
    scene = a_name_alone(1.0)
    pictures = pictures_of(scene)
    pictures.outdate((Group.LABELS,))
    inner = scene.viewport.widened(-60.0, -60.0)
    order = pictures.order(inner)
    assert order is not None
    assert order.groups == (Group.LABELS,)
    assert pictures.kept(order) == {}
    pictures.outdate((Group.TRACKS,))
    order = pictures.order(inner)
    assert order is not None
    assert set(pictures.kept(order)) == set(Group) - {Group.TRACKS, Group.LABELS}
