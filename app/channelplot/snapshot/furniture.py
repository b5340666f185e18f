"""Title, time, scale, north arrow, credits and stamp, drawn where the layout says.

Pixels are those of the sheet. Legend and list of boats are in ``lists.py``.
"""

import math
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from channelplot.chart.fonts import chart_font
from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour, saved
from channelplot.snapshot.content import Heading
from channelplot.snapshot.layout import RULE_GAP_MM, Layout
from channelplot.snapshot.lettering import Style, line_px, sheet_font
from channelplot.snapshot.measures import SCALE_BAR_MM, SCALE_GAP_MM
from channelplot.snapshot.paper import Rect
from channelplot.snapshot.scale import SheetScale
from channelplot.snapshot.write import CENTRE, LEFT, RIGHT, THIN_MM, draw_rule, draw_text

translate = QCoreApplication.translate
_RULE_MM: Final = 0.25
_STAMP_PT: Final = 60.0
_STAMP_DEG: Final = 30.0
_STAMP_SHARE: Final = 0.78
_STAMP_OPACITY: Final = 0.55


def draw_head(painter: QPainter, layout: Layout, heading: Heading, palette: Palette) -> None:
    """Draw title and summary, the time and what it is the time of, and the rule under them."""
    sheet = layout.sheet
    ink, quiet = colour(palette.text), colour(palette.graticule_text)
    title_shrunk, time_shrunk = layout.title_shrunk, layout.time_shrunk
    time_align = RIGHT if layout.time.x_px > layout.title.x_px else LEFT
    summary_align = RIGHT if layout.summary.x_px > layout.title.x_px else LEFT
    draw_text(painter, sheet, layout.title, heading.title, Style.TITLE, ink, shrunk=title_shrunk)
    draw_text(painter, sheet, layout.time, heading.time, Style.TIME, ink, time_align, time_shrunk)
    draw_text(painter, sheet, layout.summary, heading.summary, Style.NOTE, quiet, summary_align)
    draw_text(painter, sheet, layout.time_note, heading.time_note, Style.NOTE, quiet, time_align)
    y_px = max(layout.summary.bottom_px, layout.time_note.bottom_px) + sheet.px(RULE_GAP_MM)
    margin_px = layout.title.x_px
    under = Rect(margin_px, y_px, sheet.width_px - 2.0 * margin_px, 0.0)
    draw_rule(painter, sheet, under, _RULE_MM, colour(palette.frame_dark))


def draw_foot(painter: QPainter, layout: Layout, warning: str, palette: Palette) -> None:
    """Draw whose data the map shows, and what the sheet is not for."""
    sheet, box = layout.sheet, layout.credits
    height_px = line_px(Style.CREDIT, sheet)
    top_px = box.bottom_px - height_px * len(layout.credit_lines)
    is_strip = layout.warning.x_px == box.x_px
    align = RIGHT if is_strip else LEFT
    for number, line in enumerate(layout.credit_lines):
        row = Rect(box.x_px, top_px + number * height_px, box.width_px, height_px)
        draw_text(painter, sheet, row, line, Style.CREDIT, colour(palette.graticule_text), align)
    draw_text(
        painter,
        sheet,
        layout.warning,
        warning,
        Style.STRONG,
        colour(palette.text),
        RIGHT,
    )


def draw_scale(painter: QPainter, layout: Layout, scale: SheetScale, palette: Palette) -> None:
    """Draw 1:n, what it is true for, and the bar with a figure at each of its parts."""
    sheet, box = layout.sheet, layout.scale
    ink = colour(palette.text)
    row_px, note_px = line_px(Style.SCALE, sheet), line_px(Style.CREDIT, sheet)
    first = Rect(box.x_px, box.y_px, box.width_px, row_px)
    draw_text(painter, sheet, first, scale.text, Style.SCALE, ink)
    note = Rect(box.x_px, box.y_px + row_px, box.width_px, note_px)
    draw_text(painter, sheet, note, scale.note, Style.CREDIT, colour(palette.graticule_text))
    top_px = note.bottom_px + sheet.px(SCALE_GAP_MM)
    height_px = sheet.px(SCALE_BAR_MM)
    part_px = scale.bar_px / scale.bar_parts
    for part in range(scale.bar_parts):
        cell = QRectF(box.x_px + part * part_px, top_px, part_px, height_px)
        painter.fillRect(cell, colour(palette.frame_light if part % 2 else palette.frame_dark))
    painter.setPen(QPen(colour(palette.frame_dark), sheet.px(THIN_MM)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(box.x_px, top_px, scale.bar_px, height_px))
    metrics = QFontMetricsF(sheet_font(Style.CREDIT, sheet.px_per_mm))
    painter.setFont(sheet_font(Style.CREDIT, sheet.px_per_mm))
    painter.setPen(ink)
    baseline_px = top_px + height_px + note_px
    for figure in scale.figures:
        start_px = box.x_px + figure.at_px - metrics.horizontalAdvance(figure.text) / 2.0
        start_px = max(box.x_px, start_px)
        painter.drawText(QPointF(start_px, baseline_px), figure.text + figure.unit)


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


def draw_stamp(painter: QPainter, box: Rect, palette: Palette) -> None:
    """Draw EXAMPLE across the map: as often as it has squares in a row."""
    word = QPainterPath()
    word.addText(
        QPointF(0.0, 0.0), chart_font(_STAMP_PT, is_bold=True), translate("Snapshot", "EXAMPLE")
    )
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
