"""Text with a halo, so that it reads on land, sea and lines."""

import functools
import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from channelplot.chart.outlines import draw_text_at, text_outline
from channelplot.chart.renderers.measures import FontKey
from channelplot.chart.renderers.pens import colour

HALO_PX: Final = 3.0
"""Width of the stroke around the letters: half of it shows."""
HALO_OPACITY: Final = 0.85
STRONG_HALO_PX: Final = 5.0
STRONG_HALO_OPACITY: Final = 0.95
"""On a ground as dark, or at night as light, as the letters are."""
_KEPT: Final = 3000
"""Pictures of texts; stroking a halo takes 100 times as long as showing one again."""


@dataclass(frozen=True, slots=True)
class Halo:
    """What is around letters: its colour ``#rrggbb``, whether it stands against a busy ground."""

    colour: str
    is_strong: bool = False

    @property
    def width_px(self) -> float:
        """Return the width of the stroke, of which half shows."""
        return STRONG_HALO_PX if self.is_strong else HALO_PX

    def pen_for(self, painter: QPainter) -> QPen:
        """Return a pen that goes round the letters.

        On pages it hides what is under it: they would hold the outline of one that shines through,
        ten times as long, in place of the stroke.
        """
        opacity = STRONG_HALO_OPACITY if self.is_strong else HALO_OPACITY
        is_page = isinstance(painter.device(), QPagedPaintDevice)
        return QPen(
            colour(self.colour, 1.0 if is_page else opacity),
            self.width_px,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )


def draw_halo_text(
    painter: QPainter,
    x_px: float,
    baseline_px: float,
    text: str,
    font: QFont,
    text_colour: str,
    halo: Halo,
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
        _draw(painter, QPointF(x_px, baseline_px), text, font, text_colour, halo)
        return
    picture, left, top = _picture(text, FontKey(font), text_colour, halo, ratio)
    device_x = round(x_px * ratio + transform.dx()) - left
    device_y = round(baseline_px * ratio + transform.dy()) - top
    painter.drawImage(
        QPointF((device_x - transform.dx()) / ratio, (device_y - transform.dy()) / ratio), picture
    )


def draw_halo_path(painter: QPainter, path: QPainterPath, text_colour: str, halo: Halo) -> None:
    """Draw letters that are outlines, with a halo, in the painter's coordinates."""
    painter.strokePath(path, halo.pen_for(painter))
    painter.fillPath(path, colour(text_colour))


def _draw(
    painter: QPainter, at: QPointF, text: str, font: QFont, text_colour: str, halo: Halo
) -> None:
    painter.strokePath(text_outline(text, font, at), halo.pen_for(painter))
    painter.setFont(font)
    painter.setPen(colour(text_colour))
    draw_text_at(painter, at, text)


@functools.lru_cache(maxsize=_KEPT)
def _picture(
    text: str, key: FontKey, text_colour: str, halo: Halo, ratio: float
) -> tuple[QImage, int, int]:
    """Return a picture of the text, and how many device pixels its origin lies right and down."""
    metrics = QFontMetricsF(key.font)
    box = metrics.boundingRect(text)
    left = math.ceil((halo.width_px - min(box.left(), 0.0)) * ratio)
    top = math.ceil((halo.width_px + metrics.ascent()) * ratio)
    width = left + math.ceil(
        (max(box.right(), metrics.horizontalAdvance(text)) + halo.width_px) * ratio
    )
    height = top + math.ceil((halo.width_px + metrics.descent()) * ratio)
    picture = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(0)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw(painter, QPointF(left / ratio, top / ratio), text, key.font, text_colour, halo)
    # An image keeps what it was painted with, a hundred thousand bytes; a copy of it does not.
    return picture.copy(), left, top
