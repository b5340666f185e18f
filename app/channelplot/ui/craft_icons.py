"""The chart's symbols of craft as pictures, for lists."""

import functools

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour
from channelplot.chart.renderers.symbols import draw_fix
from channelplot.chart.track_style import track_style
from channelplot.model.codes import Craft
from channelplot.model.track import Track
from channelplot.ui.theme import chart_palette

SIZE_PX = 16
_RATIO = 2


def craft_icon(track: Track) -> QIcon:
    """Return the symbol of a track's craft as the chart has it now, the same in a selected row."""
    palette = chart_palette()
    return _icon(track.craft, track_style(track, palette).colour, palette)


@functools.cache
def _icon(craft: Craft, ink: str, palette: Palette) -> QIcon:
    made = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        made.addPixmap(_drawn(craft, ink, palette), mode)
    return made


def _drawn(craft: Craft, ink: str, palette: Palette) -> QPixmap:
    """Return the picture, sharp on dense screens too."""
    pixmap = QPixmap(QSize(SIZE_PX, SIZE_PX) * _RATIO)
    pixmap.setDevicePixelRatio(float(_RATIO))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(SIZE_PX / 2.0, SIZE_PX / 2.0)
        draw_fix(painter, middle, craft, colour(ink), colour(palette.panel), False)
    return pixmap
