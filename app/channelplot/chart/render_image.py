"""A scene to an image, at once: for tests and for snapshots."""

import math
from dataclasses import replace
from typing import Final

from PySide6.QtGui import QImage, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.renderers import coastline
from channelplot.chart.renderers.table import Group, draw_chart, draw_furniture, draw_group
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import CENTRE_AREA, Viewport, viewport_of

OVERVIEW_WIDTH_PX: Final = 1600.0
OVERVIEW_HEIGHT_PX: Final = 1000.0


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
    """Return one group of the scene on a transparent image; incomplete if cancelled."""
    image = blank_image(scene)
    with QPainter(image) as painter:
        draw_group(painter, group, scene, cancel)
    return image


def render_overview(scene: Scene, cancel: Cancel) -> tuple[QImage, Viewport]:
    """Return the coast of the whole chart area on a small image, and the view it shows.

    It is shown, enlarged, where nothing better is there yet.
    """
    viewport = viewport_of(CENTRE_AREA, OVERVIEW_WIDTH_PX, OVERVIEW_HEIGHT_PX, 0.0)
    overview = replace(scene, viewport=viewport, device_pixel_ratio=1.0)
    image = blank_image(overview)
    with QPainter(image) as painter:
        coastline.draw_ground(painter, overview, cancel)
        coastline.draw_coast(painter, overview, cancel)
    return image, viewport


def blank_image(scene: Scene) -> QImage:
    """Return a transparent image of the viewport's size at the scene's pixel ratio."""
    ratio = scene.device_pixel_ratio
    image = QImage(
        max(1, math.ceil(scene.viewport.width_px * ratio)),
        max(1, math.ceil(scene.viewport.height_px * ratio)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    return image
