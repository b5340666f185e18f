"""A line of text, a heading and a rule, drawn into the rectangles of a layout."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour
from channelplot.snapshot.lettering import Style, elided, line_px, sheet_font
from channelplot.snapshot.paper import Rect, Sheet

LEFT: Final = Qt.AlignmentFlag.AlignLeft
RIGHT: Final = Qt.AlignmentFlag.AlignRight
CENTRE: Final = Qt.AlignmentFlag.AlignHCenter
THIN_MM: Final = 0.15
_SLACK_PX: Final = 1.0
"""A text measured to fit is not cut for a fraction of a pixel."""
_LINE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip


def draw_text(
    painter: QPainter,
    sheet: Sheet,
    box: Rect,
    text: str,
    style: Style,
    ink: QColor,
    align: Qt.AlignmentFlag = LEFT,
    shrunk: float = 1.0,
) -> None:
    """Draw a line of text in the middle of a box's height, cut with an ellipsis if too long."""
    fitted = elided(text, style, sheet, box.width_px + _SLACK_PX, shrunk)
    painter.setFont(sheet_font(style, sheet.px_per_mm, shrunk))
    painter.setPen(ink)
    painter.drawText(
        QRectF(box.x_px, box.y_px, box.width_px, box.height_px),
        align | _LINE,
        fitted,
    )


def draw_heading(
    painter: QPainter, sheet: Sheet, box: Rect, text: str, right_text: str, palette: Palette
) -> None:
    """Draw a block's heading with a thin rule under it."""
    row = Rect(box.x_px, box.y_px, box.width_px, line_px(Style.HEADING, sheet))
    draw_text(painter, sheet, row, text, Style.HEADING, colour(palette.text))
    draw_text(
        painter,
        sheet,
        row,
        right_text,
        Style.CREDIT,
        colour(palette.graticule_text),
        Qt.AlignmentFlag.AlignRight,
    )
    under = Rect(box.x_px, row.bottom_px + sheet.px(0.3), box.width_px, 0.0)
    draw_rule(painter, sheet, under, THIN_MM, colour(palette.graticule))


def draw_rule(painter: QPainter, sheet: Sheet, at: Rect, thick_mm: float, ink: QColor) -> None:
    """Draw a level line along the top of a rectangle, on whole pixels."""
    left_px, right_px = round(at.x_px), round(at.right_px)
    thick_px = max(1, round(sheet.px(thick_mm)))
    painter.fillRect(QRectF(left_px, round(at.y_px), right_px - left_px, thick_px), ink)
