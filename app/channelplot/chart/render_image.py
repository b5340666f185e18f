"""A scene to an image, at once: for tests and for snapshots."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from channelplot.chart.blank_image import blank_image
from channelplot.chart.cancel import Cancel
from channelplot.chart.renderers import coastline
from channelplot.chart.renderers.pens import colour
from channelplot.chart.renderers.table import (
    Group,
    draw_chart,
    draw_furniture,
    draw_group,
    is_empty,
)
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import CENTRE_AREA, Viewport, viewport_of

OVERVIEW_WIDTH_PX: Final = 1600.0
OVERVIEW_HEIGHT_PX: Final = 1000.0
COMPOSED_ROWS: Final = 200
"""Rows that are put together at a time: under a millisecond for each image."""


def render_image(scene: Scene, *, has_furniture: bool = True) -> QImage:
    """Return the whole scene as an image of the viewport's size.

    has_furniture: with frame, scale bar and credits. Runs in any thread.
    """
    image = blank_image(scene)
    with QPainter(image) as painter:
        draw_chart(painter, scene, Cancel())
        if has_furniture:
            draw_furniture(painter, scene, Cancel())
    return image


def render_group(scene: Scene, group: Group, cancel: Cancel) -> QImage:
    """Return one group of the scene on a transparent image; incomplete if cancelled.

    A group that no layer is in is no image at all (``isNull``).
    """
    if is_empty(group, scene.layering):
        return QImage()
    image = blank_image(scene)
    with QPainter(image) as painter:
        draw_group(painter, group, scene, cancel)
    return image


def compose(scene: Scene, images: Iterable[QImage], cancel: Cancel) -> QImage:
    """Return images of a scene, one above the other, as one opaque image; unfinished if cancelled.

    Put on screen it is one copy, where the images would each have to be mixed with what is below.
    """
    layers = [image for image in images if not image.isNull()]
    whole = QImage(layers[0].size(), QImage.Format.Format_RGB32)
    whole.fill(colour(scene.palette.sea))
    with QPainter(whole) as painter:
        for top in range(0, whole.height(), COMPOSED_ROWS):
            for image in layers:
                if cancel.is_cancelled:
                    return whole
                band = QRectF(0.0, top, whole.width(), min(COMPOSED_ROWS, whole.height() - top))
                painter.drawImage(band, image, band)
    whole.setDevicePixelRatio(scene.device_pixel_ratio)
    return whole


def render_overview(scene: Scene, cancel: Cancel) -> tuple[QImage, Viewport]:
    """Return land and sea of the whole chart area on a small image, and the view it shows.

    It is shown, enlarged, where nothing better is there yet; a line would be a broad band there.
    """
    viewport = viewport_of(CENTRE_AREA, OVERVIEW_WIDTH_PX, OVERVIEW_HEIGHT_PX, 0.0)
    overview = replace(scene, viewport=viewport, device_pixel_ratio=1.0)
    image = blank_image(overview)
    with QPainter(image) as painter:
        coastline.draw_sea(painter, overview, cancel)
        coastline.draw_land(painter, overview, cancel)
    return image, viewport
