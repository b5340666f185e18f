"""A line of text, a heading and a rule, drawn into the rectangles of a layout."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from channelplot.chart.outlines import are_outlines, draw_text_at
from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour
from channelplot.snapshot.head_foot import Lines
from channelplot.snapshot.lettering import Style, elided, line_px, sheet_font, text_px
from channelplot.snapshot.paper import Rect, Sheet

LEFT: Final = Qt.AlignmentFlag.AlignLeft
RIGHT: Final = Qt.AlignmentFlag.AlignRight
CENTRE: Final = Qt.AlignmentFlag.AlignHCenter
THIN_MM: Final = 0.15
_HEADING_GAP_MM: Final = 2.0
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
    painter.setFont(sheet_font(style, sheet.px(1.0), shrunk))
    painter.setPen(ink)
    if are_outlines(painter):
        metrics = QFontMetricsF(painter.font())
        free_px = box.width_px - metrics.horizontalAdvance(fitted)
        share = {RIGHT: 1.0, CENTRE: 0.5}.get(align, 0.0)
        baseline_px = box.y_px + (box.height_px - metrics.height()) / 2.0 + metrics.ascent()
        draw_text_at(painter, QPointF(box.x_px + share * free_px, baseline_px), fitted)
        return
    painter.drawText(
        QRectF(box.x_px, box.y_px, box.width_px, box.height_px),
        align | _LINE,
        fitted,
    )


def draw_lines(
    painter: QPainter,
    sheet: Sheet,
    text: Lines,
    style: Style,
    ink: QColor,
    align: Qt.AlignmentFlag = LEFT,
    *,
    is_at_foot: bool = False,
) -> None:
    """Draw a text in its lines from the top of its box down; is_at_foot: to its bottom."""
    box, height_px = text.box, min(line_px(style, sheet), text.box.height_px / len(text.lines))
    top_px = box.bottom_px - height_px * len(text.lines) if is_at_foot else box.y_px
    for number, line in enumerate(text.lines):
        row = Rect(box.x_px, top_px + number * height_px, box.width_px, height_px)
        draw_text(painter, sheet, row, line, style, ink, align, text.shrunk)


def draw_heading(
    painter: QPainter,
    sheet: Sheet,
    box: Rect,
    text: str,
    palette: Palette,
    right_texts: Iterable[str] = (),
) -> None:
    """Draw a block's heading with a thin rule under it.

    right_texts: at its right stands the first of them that there is room for.
    """
    room_px = box.width_px - text_px(text, Style.HEADING, sheet) - sheet.px(_HEADING_GAP_MM)
    fitting = (each for each in right_texts if text_px(each, Style.CREDIT, sheet) <= room_px)
    right_text = next(fitting, "")
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
