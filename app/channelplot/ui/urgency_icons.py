"""The shapes of urgency as pictures: the same in panels and in the menu bar as on the chart."""

import functools

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from channelplot.chart.palette import DAY
from channelplot.chart.renderers.urgency import draw_urgency
from channelplot.chart.urgency import Urgency

USUAL_PX = 14
_FILL = 0.39
"""Half the size of the shape, in parts of the picture's: its halo needs the rest."""


@functools.cache
def urgency_icon(urgency: Urgency | None) -> QIcon:
    """Return the picture of a shape for a cell of a table, an empty one for None.

    Its colour means something: it stays the same in a selected row.
    """
    made = QIcon()
    if urgency is not None:
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            made.addPixmap(urgency_pixmap(urgency, USUAL_PX), mode)
    return made


@functools.cache
def urgency_pixmap(urgency: Urgency, size_px: int) -> QPixmap:
    """Return the picture of a shape, sharp on dense screens too."""
    pixmap = QPixmap(QSize(size_px, size_px) * 2)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(size_px / 2.0, size_px / 2.0)
        draw_urgency(painter, middle, urgency, DAY, size_px * _FILL)
    return pixmap
