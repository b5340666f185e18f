"""An empty image of a scene's size."""

import math

from PySide6.QtGui import QImage

from channelplot.chart.scene import Scene


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
