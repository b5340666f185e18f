"""Pictures as arrays, and what renderers draw."""

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.renderers.table import Renderer
from channelplot.chart.scene import Scene


def pixels(image: QImage) -> npt.NDArray[np.uint8]:
    """Return the picture as (height, width, 4): red, green, blue, alpha."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(plain.constBits(), dtype=np.uint8).reshape(
        plain.height(), plain.bytesPerLine()
    )
    return rows[:, : plain.width() * 4].reshape(plain.height(), plain.width(), 4).copy()


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of a palette entry."""
    parsed = QColor(colour)
    return parsed.red(), parsed.green(), parsed.blue()


def count_of(image: QImage, colour: str, tolerance: int = 2) -> int:
    """Return how many pixels have a colour, within a tolerance in each channel."""
    away = np.abs(pixels(image)[..., :3].astype(np.int16) - rgb(colour))
    return int((away <= tolerance).all(axis=-1).sum())


def drawn_by(scene: Scene, *renderers: Renderer) -> QImage:
    """Return what these renderers alone draw of a scene, on a ground of sea."""
    ratio = scene.device_pixel_ratio
    image = QImage(
        round(scene.viewport.width_px * ratio),
        round(scene.viewport.height_px * ratio),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(scene.palette.sea))
    with QPainter(image) as painter:
        for renderer in renderers:
            painter.save()
            renderer(painter, scene, Cancel())
            painter.restore()
    return image
