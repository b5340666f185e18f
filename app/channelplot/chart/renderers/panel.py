"""The quiet ground under the scale bar and the credits."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour

OPACITY: Final = 0.88
_CORNER_PX: Final = 3.0


def draw_panel(painter: QPainter, box: QRectF, palette: Palette) -> None:
    """Fill a box with the panel's colour, its corners slightly rounded."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(palette.panel, OPACITY))
    painter.drawRoundedRect(box, _CORNER_PX, _CORNER_PX)
