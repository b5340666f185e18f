"""Text with a halo, so that it reads on land, sea and lines."""

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from channelplot.chart.renderers.pens import colour

HALO_PX: Final = 3.0
"""Width of the stroke around the letters: half of it shows."""


def draw_halo_text(
    painter: QPainter,
    x_px: float,
    baseline_px: float,
    text: str,
    font: QFont,
    text_colour: str,
    halo_colour: str,
) -> None:
    """Draw the text from x on a baseline, in the painter's coordinates."""
    at = QPointF(x_px, baseline_px)
    path = QPainterPath()
    path.addText(at, font, text)
    painter.strokePath(
        path,
        QPen(
            colour(halo_colour, 0.85),
            HALO_PX,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        ),
    )
    painter.setFont(font)
    painter.setPen(colour(text_colour))
    painter.drawText(at, text)
