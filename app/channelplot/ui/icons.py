"""An icon by the id of its action, in a colour of the palette."""

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from channelplot.resources import read_text

SIZES_PX = (16, 20, 24, 32, 48)
"""Device-independent sizes an icon is drawn in, each at one and two pixels a unit."""


@functools.cache
def icon(action_id: str, colour: str, disabled_colour: str) -> QIcon:
    """Return the icon of an action. Raises BasemapError if the program ships none such.

    Qt draws an SVG's currentColor black, so the colour is put in its place first.
    """
    svg = read_text(f"icons/{action_id}.svg")
    made = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled_colour)):
        renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", ink).encode()))
        for size_px in SIZES_PX:
            for ratio in (1, 2):
                made.addPixmap(_drawn(renderer, size_px, ratio), mode)
    return made


def app_icon() -> QIcon:
    """Return the program's own icon."""
    made = QIcon()
    renderer = QSvgRenderer(QByteArray(read_text("icons/channelplot.svg").encode()))
    for size_px in (16, 32, 48, 64, 128, 256):
        made.addPixmap(_drawn(renderer, size_px, 1))
    return made


def swatch(colour: str, size_px: int = 12) -> QPixmap:
    """Return a round patch of colour, as it stands beside a track's name."""
    pixmap = QPixmap(QSize(size_px, size_px) * 2)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(1.5, 1.5, size_px - 3.0, size_px - 3.0))
    return pixmap


def _drawn(renderer: QSvgRenderer, size_px: int, ratio: int) -> QPixmap:
    pixmap = QPixmap(QSize(size_px, size_px) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter)
    pixmap.setDevicePixelRatio(float(ratio))
    return pixmap
