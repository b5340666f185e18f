"""Text with a halo, so that it reads on land, sea and lines."""

import functools
import math
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QTransform

from channelplot.chart.renderers.measures import FontKey
from channelplot.chart.renderers.pens import colour

HALO_PX: Final = 3.0
"""Width of the stroke around the letters: half of it shows."""
HALO_OPACITY: Final = 0.85
_KEPT: Final = 3000
"""Pictures of texts; stroking a halo takes 100 times as long as showing one again."""


def draw_halo_text(
    painter: QPainter,
    x_px: float,
    baseline_px: float,
    text: str,
    font: QFont,
    text_colour: str,
    halo_colour: str,
) -> None:
    """Draw the text from x on a baseline, in the painter's coordinates.

    Level text is put on whole device pixels.
    """
    transform = painter.deviceTransform()
    ratio = transform.m11()
    is_image = isinstance(painter.device(), QImage)
    if not is_image or transform != QTransform(
        ratio, 0.0, 0.0, ratio, transform.dx(), transform.dy()
    ):
        _draw(painter, QPointF(x_px, baseline_px), text, font, text_colour, halo_colour)
        return
    picture, left, top = _picture(text, FontKey(font), text_colour, halo_colour, ratio)
    device_x = round(x_px * ratio + transform.dx()) - left
    device_y = round(baseline_px * ratio + transform.dy()) - top
    painter.drawImage(
        QPointF((device_x - transform.dx()) / ratio, (device_y - transform.dy()) / ratio), picture
    )


def draw_halo_path(painter: QPainter, path: QPainterPath, text_colour: str, halo: str) -> None:
    """Draw letters that are outlines, with a halo, in the painter's coordinates."""
    painter.strokePath(path, _halo_pen(halo))
    painter.fillPath(path, colour(text_colour))


def _draw(
    painter: QPainter, at: QPointF, text: str, font: QFont, text_colour: str, halo_colour: str
) -> None:
    path = QPainterPath()
    path.addText(at, font, text)
    painter.strokePath(path, _halo_pen(halo_colour))
    painter.setFont(font)
    painter.setPen(colour(text_colour))
    painter.drawText(at, text)


def _halo_pen(halo_colour: str) -> QPen:
    return QPen(
        colour(halo_colour, HALO_OPACITY),
        HALO_PX,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )


@functools.lru_cache(maxsize=_KEPT)
def _picture(
    text: str, key: FontKey, text_colour: str, halo_colour: str, ratio: float
) -> tuple[QImage, int, int]:
    """Return a picture of the text, and how many device pixels its origin lies right and down."""
    metrics = QFontMetricsF(key.font)
    box = metrics.boundingRect(text)
    left = math.ceil((HALO_PX - min(box.left(), 0.0)) * ratio)
    top = math.ceil((HALO_PX + metrics.ascent()) * ratio)
    width = left + math.ceil((max(box.right(), metrics.horizontalAdvance(text)) + HALO_PX) * ratio)
    height = top + math.ceil((HALO_PX + metrics.descent()) * ratio)
    picture = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(0)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw(painter, QPointF(left / ratio, top / ratio), text, key.font, text_colour, halo_colour)
    return picture, left, top
