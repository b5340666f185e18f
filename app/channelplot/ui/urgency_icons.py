"""The shapes of urgency as pictures: the same in panels and in the menu bar as on the chart."""

import functools

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from channelplot.chart.palette import Palette
from channelplot.chart.renderers.urgency import draw_urgency
from channelplot.chart.urgency import Urgency
from channelplot.ui.theme import chart_palette

USUAL_PX = 14
_FILL = 0.39
"""Half the size of the shape, in parts of the picture's: its halo needs the rest."""


def urgency_icon(urgency: Urgency | None) -> QIcon:
    """Return the picture of a shape for a cell of a table, an empty one for None.

    Its colour means something: it stays the same in a selected row.
    """
    return _icon(urgency, chart_palette())


def urgency_pixmap(urgency: Urgency, size_px: int) -> QPixmap:
    """Return the picture of a shape in the colours of the moment, sharp on dense screens too."""
    return _pixmap(urgency, size_px, chart_palette())


@functools.cache
def _icon(urgency: Urgency | None, palette: Palette) -> QIcon:
    made = QIcon()
    if urgency is not None:
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            made.addPixmap(_pixmap(urgency, USUAL_PX, palette), mode)
    return made


@functools.cache
def _pixmap(urgency: Urgency, size_px: int, palette: Palette) -> QPixmap:
    pixmap = QPixmap(QSize(size_px, size_px) * 2)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(size_px / 2.0, size_px / 2.0)
        draw_urgency(painter, middle, urgency, palette, size_px * _FILL)
    return pixmap
