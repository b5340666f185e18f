"""Letters as outlines, the same whatever was drawn before.

Qt fits a face's outlines to pixels with what the last use of that face left behind, so that the
same text has outlines a thousandth of a pixel apart. Two sheets would differ in their bytes by
that. So outlines are taken from faces that nothing else is drawn with.
"""

import functools
import math
import threading
from typing import Final

from PySide6.QtCore import QByteArray, QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QImage,
    QPainter,
    QPainterPath,
    QRawFont,
    QTextLayout,
    QTransform,
)

from channelplot.chart.fonts import FACES, FAMILY, Face
from channelplot.resources import read_bytes

_SIZE_PX: Final = 1000.0
"""The size that outlines are kept in."""
_LARGE_PX: Final = 60.0


def text_outline(text: str, font: QFont, at: QPointF) -> QPainterPath:
    """Return a line of text as outlines, from a place on its baseline.

    Letters that the bundled face lacks are those of the system. Any thread.
    """
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for run in line.glyphRuns():
        raw = run.rawFont()
        own = _Outlines.of(font) if raw.familyName() == FAMILY else None
        scale = raw.pixelSize() / _SIZE_PX
        for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            x_px, y_px = at.x() + place.x(), at.y() + place.y() - line.ascent()
            if own is None:
                path.addPath(raw.pathForGlyph(glyph).translated(x_px, y_px))
            else:
                path.addPath(QTransform(scale, 0.0, 0.0, scale, x_px, y_px).map(own.glyph(glyph)))
    return path


def draw_text_at(painter: QPainter, at: QPointF, text: str) -> None:
    """Draw a line of text with the painter's font and pen, from a place on its baseline."""
    if are_outlines(painter):
        painter.fillPath(text_outline(text, painter.font(), at), painter.pen().color())
    else:
        painter.drawText(at, text)


def are_outlines(painter: QPainter) -> bool:
    """Return whether Qt would draw letters of the painter's font as outlines: large, on a picture.

    It does above 64 pixels; its outlines depend on what was drawn before.
    """
    if not isinstance(painter.device(), QImage):
        return False
    scale = math.sqrt(abs(painter.deviceTransform().determinant()))
    return painter.font().pixelSize() * scale > _LARGE_PX


class _Outlines:
    """The outlines of a face, for the one thread that made it."""

    _kept = threading.local()

    def __init__(self, face: Face) -> None:
        data = QByteArray(read_bytes(face.file))
        self._font = QRawFont(data, _SIZE_PX, QFont.HintingPreference.PreferNoHinting)
        self.glyph = functools.cache(self._font.pathForGlyph)

    @classmethod
    def of(cls, font: QFont) -> "_Outlines":
        """Return those of the bundled face that a font is drawn with."""
        wanted = font.weight() >= QFont.Weight.DemiBold, font.italic()
        face = next((each for each in FACES if (each.is_bold, each.is_italic) == wanted), FACES[0])
        kept: dict[str, _Outlines] = cls._kept.__dict__
        if face.file not in kept:
            kept[face.file] = cls(face)
        return kept[face.file]
