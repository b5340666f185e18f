"""Title, time, scale, north arrow, credits and stamp, drawn where the layout says.

Pixels are those of the sheet. Legend and list of boats are in ``lists.py``.
"""

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from channelplot.chart.fonts import chart_font
from channelplot.chart.language import translate
from channelplot.chart.outlines import draw_text_at, text_outline
from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour, saved
from channelplot.snapshot.head_foot import RULE_GAP_MM, PageFrame
from channelplot.snapshot.layout import Layout
from channelplot.snapshot.lettering import Style, line_px, sheet_font
from channelplot.snapshot.measures import SCALE_BAR_MM, SCALE_GAP_MM, heading_px
from channelplot.snapshot.paper import Rect, Sheet
from channelplot.snapshot.scale import SheetScale
from channelplot.snapshot.write import (
    CENTRE,
    LEFT,
    RIGHT,
    THIN_MM,
    draw_heading,
    draw_lines,
    draw_rule,
    draw_text,
)

_RULE_MM: Final = 0.25
_WRITING_MM: Final = 7.5
_STAMP_PT: Final = 60.0
_STAMP_DEG: Final = 30.0
_STAMP_SHARE: Final = 0.78
_STAMP_OPACITY: Final = 0.55


def draw_head(painter: QPainter, layout: Layout | PageFrame, palette: Palette) -> None:
    """Draw title and summary, the time and what it is the time of, and the rule under them."""
    sheet, head = layout.sheet, layout.head
    ink, quiet = colour(palette.text), colour(palette.graticule_text)
    left_px = head.title.box.x_px
    time_align = RIGHT if head.time.box.x_px > left_px else LEFT
    summary_align = RIGHT if head.summary.box.x_px > left_px else LEFT
    draw_lines(painter, sheet, head.title, Style.TITLE, ink)
    draw_lines(painter, sheet, head.time, Style.TIME, ink, time_align)
    draw_lines(painter, sheet, head.summary, Style.NOTE, quiet, summary_align)
    note_align = RIGHT if head.note.box.x_px > left_px else LEFT
    draw_lines(painter, sheet, head.note, Style.NOTE, quiet, note_align)
    y_px = head.bottom_px + sheet.px(RULE_GAP_MM)
    under = Rect(left_px, y_px, sheet.width_px - 2.0 * left_px, 0.0)
    draw_rule(painter, sheet, under, _RULE_MM, colour(palette.frame_dark))


def draw_markings(painter: QPainter, layout: Layout | PageFrame, palette: Palette) -> None:
    """Draw the marking in the middle of each of its places."""
    for marking in layout.markings:
        draw_lines(painter, layout.sheet, marking, Style.MARKING, colour(palette.text), CENTRE)


def draw_foot(painter: QPainter, layout: Layout | PageFrame, palette: Palette) -> None:
    """Draw whose data the map shows, and what the sheet is not for."""
    sheet, foot = layout.sheet, layout.foot
    is_strip = foot.warning.box.x_px == foot.credits.box.x_px
    align = RIGHT if is_strip else LEFT
    quiet = colour(palette.graticule_text)
    draw_lines(painter, sheet, foot.credits, Style.CREDIT, quiet, align, is_at_foot=True)
    ink = colour(palette.text)
    draw_lines(painter, sheet, foot.warning, Style.STRONG, ink, RIGHT, is_at_foot=True)


def draw_scale(painter: QPainter, layout: Layout, scale: SheetScale, palette: Palette) -> None:
    """Draw 1:n, what it is true for, variation, and the bar with a figure at each of its parts."""
    sheet, box = layout.sheet, layout.scale
    ink = colour(palette.text)
    row_px, note_px = line_px(Style.SCALE, sheet), line_px(Style.CREDIT, sheet)
    first = Rect(box.x_px, box.y_px, box.width_px, row_px)
    draw_text(painter, sheet, first, scale.text, Style.SCALE, ink)
    note = Rect(box.x_px, box.y_px + row_px, box.width_px, note_px)
    draw_text(painter, sheet, note, scale.note, Style.CREDIT, colour(palette.graticule_text))
    variation = Rect(box.x_px, note.bottom_px, box.width_px, note_px)
    quiet = colour(palette.graticule_text)
    draw_text(painter, sheet, variation, scale.variation_text, Style.CREDIT, quiet)
    top_px = variation.bottom_px + sheet.px(SCALE_GAP_MM)
    height_px = sheet.px(SCALE_BAR_MM)
    part_px = scale.bar_px / scale.bar_parts
    for part in range(scale.bar_parts):
        cell = QRectF(box.x_px + part * part_px, top_px, part_px, height_px)
        painter.fillRect(cell, colour(palette.frame_light if part % 2 else palette.frame_dark))
    painter.setPen(QPen(colour(palette.frame_dark), sheet.px(THIN_MM)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(box.x_px, top_px, scale.bar_px, height_px))
    metrics = QFontMetricsF(sheet_font(Style.CREDIT, sheet.px(1.0)))
    painter.setFont(sheet_font(Style.CREDIT, sheet.px(1.0)))
    painter.setPen(ink)
    baseline_px = top_px + height_px + note_px
    for figure in scale.figures:
        start_px = box.x_px + figure.at_px - metrics.horizontalAdvance(figure.text) / 2.0
        start_px = max(box.x_px, start_px)
        draw_text_at(painter, QPointF(start_px, baseline_px), figure.text + figure.unit)


def draw_north(painter: QPainter, layout: Layout, palette: Palette) -> None:
    """Draw the arrow to true north, which is up everywhere on a Mercator chart."""
    sheet, box = layout.sheet, layout.north
    letter_px = line_px(Style.SCALE, sheet)
    middle_px = box.x_px + box.width_px / 2.0
    top_px, bottom_px = box.y_px + letter_px, box.bottom_px
    half_px = min(box.width_px * 0.24, (bottom_px - top_px) * 0.3)
    notch_px = bottom_px - (bottom_px - top_px) * 0.26
    for side in (-1.0, 1.0):
        wing = QPainterPath(QPointF(middle_px, top_px))
        wing.lineTo(middle_px + side * half_px, bottom_px)
        wing.lineTo(middle_px, notch_px)
        wing.closeSubpath()
        painter.fillPath(wing, colour(palette.frame_dark if side < 0 else palette.frame_light))
        painter.strokePath(wing, QPen(colour(palette.frame_dark), sheet.px(THIN_MM)))
    letter = Rect(box.x_px, box.y_px - sheet.px(0.4), box.width_px, letter_px)
    draw_text(
        painter,
        sheet,
        letter,
        translate("Snapshot", "N"),
        Style.SCALE,
        colour(palette.text),
        CENTRE,
    )


def draw_notes(painter: QPainter, sheet: Sheet, box: Rect, palette: Palette) -> None:
    """Draw lines to write on, as far as there is room."""
    draw_heading(painter, sheet, box, translate("Snapshot", "Notes"), palette)
    step_px = sheet.px(_WRITING_MM)
    y_px = box.y_px + heading_px(sheet) + step_px
    while y_px < box.bottom_px:
        under = Rect(box.x_px, y_px, box.width_px, 0.0)
        draw_rule(painter, sheet, under, THIN_MM, colour(palette.graticule))
        y_px += step_px


def draw_stamp(painter: QPainter, box: Rect, palette: Palette) -> None:
    """Draw EXAMPLE across the map: as often as it has squares in a row."""
    font = chart_font(_STAMP_PT, is_bold=True)
    word = text_outline(translate("Snapshot", "EXAMPLE"), font, QPointF(0.0, 0.0))
    letters = word.boundingRect()
    times = max(1, round(box.width_px / box.height_px))
    cell_px = box.width_px / times
    angle_deg = min(_STAMP_DEG, math.degrees(math.atan2(box.height_px, cell_px)))
    cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    size = _STAMP_SHARE * min(
        cell_px / (letters.width() * cos + letters.height() * sin),
        box.height_px / (letters.width() * sin + letters.height() * cos),
    )
    for number in range(times):
        with saved(painter):
            painter.translate(box.x_px + (number + 0.5) * cell_px, box.y_px + box.height_px / 2.0)
            painter.rotate(-angle_deg)
            painter.scale(size, size)
            painter.translate(-letters.center())
            painter.fillPath(word, colour(palette.example_text, _STAMP_OPACITY))
