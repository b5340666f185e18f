"""The chart's symbols of craft as pictures, for lists."""

import functools

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from channelplot.chart.palette import DAY
from channelplot.chart.renderers.pens import colour
from channelplot.chart.renderers.symbols import draw_fix
from channelplot.model.codes import Craft

SIZE_PX = 16
_RATIO = 2


@functools.cache
def craft_icon(craft: Craft, ink: str) -> QIcon:
    """Return the symbol of a craft in a colour, the same in a selected row."""
    made = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        made.addPixmap(_drawn(craft, ink), mode)
    return made


def _drawn(craft: Craft, ink: str) -> QPixmap:
    """Return the picture, sharp on dense screens too."""
    pixmap = QPixmap(QSize(SIZE_PX, SIZE_PX) * _RATIO)
    pixmap.setDevicePixelRatio(float(_RATIO))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(SIZE_PX / 2.0, SIZE_PX / 2.0)
        draw_fix(painter, middle, craft, colour(ink), colour(DAY.panel), False)
    return pixmap
