"""Title, legend, list of boats, scale, north arrow and credits, drawn where the layout says.

Pixels are those of the sheet. Symbols are the chart's own, in the size they have on the map.
"""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from channelplot.chart.fonts import chart_font
from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour
from channelplot.chart.viewport import Viewport
from channelplot.snapshot.content import BoatRow, Heading, more_text
from channelplot.snapshot.layout import (
    BOAT_COMPACT_ROW_MM,
    BOAT_ROW_MM,
    LEGEND_ROW_MM,
    LEGEND_SYMBOL_MM,
    RULE_GAP_MM,
    SCALE_BAR_MM,
    SCALE_GAP_MM,
    Layout,
    heading_px,
)
from channelplot.snapshot.legend import LegendEntry
from channelplot.snapshot.lettering import Style, elided, line_px, sheet_font, text_px
from channelplot.snapshot.paper import Rect, Sheet
from channelplot.snapshot.scale import SheetScale
from channelplot.snapshot.swatches import draw_legend_symbol, draw_track_sample

translate = QCoreApplication.translate
_RULE_MM: Final = 0.25
_THIN_MM: Final = 0.15
_STAMP_PT: Final = 60.0
_STAMP_DEG: Final = 30.0
_STAMP_SHARE: Final = 0.86
_STAMP_OPACITY: Final = 0.55
_ORIGIN: Final = QPointF(0.0, 0.0)


def draw_head(painter: QPainter, layout: Layout, heading: Heading, palette: Palette) -> None:
    """Draw title and summary, the time and what it is the time of, and the rule under them."""
    sheet = layout.sheet
    right = Qt.AlignmentFlag.AlignRight if layout.time.x_px > layout.title.x_px else _LEFT
    summary_right = (
        Qt.AlignmentFlag.AlignRight if layout.summary.x_px > layout.title.x_px else _LEFT
    )
    ink, quiet = colour(palette.text), colour(palette.graticule_text)
    _text(painter, sheet, layout.title, heading.title, Style.TITLE, ink, shrunk=layout.title_shrunk)
    _text(painter, sheet, layout.time, heading.time, Style.TIME, ink, right, layout.time_shrunk)
    _text(painter, sheet, layout.summary, heading.summary, Style.NOTE, quiet, summary_right)
    _text(painter, sheet, layout.time_note, heading.time_note, Style.NOTE, quiet, right)
    y_px = max(layout.summary.bottom_px, layout.time_note.bottom_px) + sheet.px(RULE_GAP_MM)
    margin_px = layout.title.x_px
    painter.setPen(QPen(colour(palette.frame_dark), sheet.px(_RULE_MM)))
    painter.drawLine(QLineF(margin_px, y_px, sheet.width_px - margin_px, y_px))


def draw_foot(painter: QPainter, layout: Layout, warning: str, palette: Palette) -> None:
    """Draw whose data the map shows, and what the sheet is not for."""
    sheet, box = layout.sheet, layout.credits
    height_px = line_px(Style.CREDIT, sheet)
    top_px = box.bottom_px - height_px * len(layout.credit_lines)
    is_strip = layout.warning.x_px == box.x_px
    align = Qt.AlignmentFlag.AlignRight if is_strip else _LEFT
    for number, line in enumerate(layout.credit_lines):
        row = Rect(box.x_px, top_px + number * height_px, box.width_px, height_px)
        _text(painter, sheet, row, line, Style.CREDIT, colour(palette.graticule_text), align)
    _text(
        painter, sheet, layout.warning, warning, Style.STRONG, colour(palette.text),
        Qt.AlignmentFlag.AlignRight,
    )  # fmt: skip


def draw_scale(painter: QPainter, layout: Layout, scale: SheetScale, palette: Palette) -> None:
    """Draw 1:n, what it is true for, and the bar with a figure at each of its parts."""
    sheet, box = layout.sheet, layout.scale
    ink = colour(palette.text)
    row_px, note_px = line_px(Style.SCALE, sheet), line_px(Style.CREDIT, sheet)
    _text(painter, sheet, Rect(box.x_px, box.y_px, box.width_px, row_px), scale.text,
          Style.SCALE, ink)  # fmt: skip
    note = Rect(box.x_px, box.y_px + row_px, box.width_px, note_px)
    _text(painter, sheet, note, scale.note, Style.CREDIT, colour(palette.graticule_text))
    top_px = note.bottom_px + sheet.px(SCALE_GAP_MM)
    height_px = sheet.px(SCALE_BAR_MM)
    part_px = scale.bar_px / scale.bar_parts
    for part in range(scale.bar_parts):
        cell = QRectF(box.x_px + part * part_px, top_px, part_px, height_px)
        painter.fillRect(cell, colour(palette.frame_light if part % 2 else palette.frame_dark))
    painter.setPen(QPen(colour(palette.frame_dark), sheet.px(_THIN_MM)))
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
        painter.strokePath(wing, QPen(colour(palette.frame_dark), sheet.px(_THIN_MM)))
    letter = Rect(box.x_px, box.y_px - sheet.px(0.4), box.width_px, letter_px)
    _text(
        painter, sheet, letter, translate("Snapshot", "N"), Style.SCALE, colour(palette.text),
        Qt.AlignmentFlag.AlignHCenter,
    )  # fmt: skip


def draw_stamp(painter: QPainter, inside: Viewport, palette: Palette) -> None:
    """Draw EXAMPLE across the map, in the map's pixels: as often as it has squares in a row."""
    word = QPainterPath()
    word.addText(_ORIGIN, chart_font(_STAMP_PT, is_bold=True), translate("Snapshot", "EXAMPLE"))
    box = word.boundingRect()
    times = max(1, round(inside.width_px / inside.height_px))
    cell_px = inside.width_px / times
    angle_deg = min(_STAMP_DEG, math.degrees(math.atan2(inside.height_px, cell_px)))
    turned = math.radians(angle_deg)
    across_px = box.width() * math.cos(turned) + box.height() * math.sin(turned)
    down_px = box.width() * math.sin(turned) + box.height() * math.cos(turned)
    size = _STAMP_SHARE * min(cell_px / across_px, inside.height_px / down_px)
    for number in range(times):
        painter.save()
        painter.translate((number + 0.5) * cell_px, inside.height_px / 2.0)
        painter.rotate(-angle_deg)
        painter.scale(size, size)
        painter.translate(-box.center())
        painter.fillPath(word, colour(palette.example_text, _STAMP_OPACITY))
        painter.restore()


def draw_legend(
    painter: QPainter, layout: Layout, entries: Sequence[LegendEntry], palette: Palette
) -> None:
    """Draw the legend, if the layout has one."""
    box, sheet = layout.legend, layout.sheet
    if box is None or not entries:
        return
    _block_heading(painter, sheet, box, translate("Snapshot", "Legend"), "", palette)
    row_px, symbol_px = sheet.px(LEGEND_ROW_MM), sheet.px(LEGEND_SYMBOL_MM)
    top_px = box.y_px + heading_px(sheet)
    for number, entry in enumerate(entries):
        y_px = top_px + number * row_px
        middle = QPointF(box.x_px + symbol_px / 2.0, y_px + row_px / 2.0)
        draw_legend_symbol(painter, sheet, middle, symbol_px * 0.8, entry, palette)
        left_px = box.x_px + symbol_px + sheet.px(1.5)
        text = Rect(left_px, y_px, box.right_px - left_px, row_px)
        _text(painter, sheet, text, entry.text, Style.BODY, colour(palette.text))


def draw_boats(
    painter: QPainter, layout: Layout, rows: Sequence[BoatRow], palette: Palette
) -> None:
    """Draw the list of boats, as many as the layout has room for, and how many more there are."""
    box, sheet = layout.boats, layout.sheet
    if box is None:
        return
    _block_heading(
        painter, sheet, box, translate("Snapshot", "Boats"),
        translate("Snapshot", "last report"), palette,
    )  # fmt: skip
    row_px = sheet.px(BOAT_COMPACT_ROW_MM if layout.is_compact else BOAT_ROW_MM)
    top_px = box.y_px + heading_px(sheet)
    is_cut = len(rows) > layout.boat_rows
    shown = rows[: layout.boat_rows - 1] if is_cut else rows
    for number, row in enumerate(shown):
        cell = Rect(box.x_px, top_px + number * row_px, box.width_px, row_px)
        _boat(painter, sheet, cell, row, layout.is_compact, palette)
    if is_cut:
        y_px = top_px + len(shown) * row_px
        rest = more_text(rows[len(shown) :])
        cell = Rect(box.x_px, y_px, box.width_px, row_px)
        _text(painter, sheet, cell, rest, Style.NOTE, colour(palette.graticule_text))


def _boat(
    painter: QPainter, sheet: Sheet, cell: Rect, row: BoatRow, is_compact: bool, palette: Palette
) -> None:
    """Draw a boat: sample of its line, name and time; people and status after or under them."""
    symbol_px, gap_px = sheet.px(LEGEND_SYMBOL_MM), sheet.px(1.5)
    line = cell if is_compact else Rect(
        cell.x_px, cell.y_px, cell.width_px, line_px(Style.STRONG, sheet)
    )  # fmt: skip
    middle = QPointF(cell.x_px + symbol_px / 2.0, line.y_px + line.height_px / 2.0)
    draw_track_sample(painter, sheet, middle, symbol_px * 0.8, row.track, palette)
    ink = colour(palette.closed_text if row.track.is_closed else palette.text)
    left_px = cell.x_px + symbol_px + gap_px
    time_px = text_px("000000Z", Style.BODY, sheet)
    time = Rect(cell.right_px - time_px, line.y_px, time_px, line.height_px)
    _text(painter, sheet, time, row.last_text, Style.BODY, ink, Qt.AlignmentFlag.AlignRight)
    room_px = time.x_px - gap_px - left_px
    if not is_compact:
        name = Rect(left_px, line.y_px, room_px, line.height_px)
        _text(painter, sheet, name, row.track.name, Style.STRONG, ink)
        under = Rect(left_px, line.bottom_px, cell.right_px - left_px, line_px(Style.BODY, sheet))
        words = _people_and_status(row, sheet, under.width_px)
        _text(painter, sheet, under, words, Style.BODY, ink)
        return
    name_text = elided(row.track.name, Style.STRONG, sheet, room_px * 0.3)
    _text(painter, sheet, Rect(left_px, line.y_px, room_px * 0.3, line.height_px), name_text,
          Style.STRONG, ink)  # fmt: skip
    people = Rect(left_px + room_px * 0.3, line.y_px, room_px * 0.22, line.height_px)
    _text(painter, sheet, people, row.people_text, Style.BODY, ink)
    status = Rect(people.right_px, line.y_px, room_px * 0.48, line.height_px)
    _text(painter, sheet, status, row.status_text, Style.BODY, ink)


def _people_and_status(row: BoatRow, sheet: Sheet, width_px: float) -> str:
    """Return people and status; the number of people alone where the width asks for it."""
    long, short = (
        " · ".join(text for text in (people, row.status_text) if text)
        for people in (row.people_long_text, row.people_text)
    )
    return long if text_px(long, Style.BODY, sheet) <= width_px else short


def _block_heading(
    painter: QPainter, sheet: Sheet, box: Rect, text: str, right_text: str, palette: Palette
) -> None:
    """Draw a block's heading with a thin rule under it."""
    row = Rect(box.x_px, box.y_px, box.width_px, line_px(Style.HEADING, sheet))
    _text(painter, sheet, row, text, Style.HEADING, colour(palette.text))
    _text(
        painter, sheet, row, right_text, Style.CREDIT, colour(palette.graticule_text),
        Qt.AlignmentFlag.AlignRight,
    )  # fmt: skip
    painter.setPen(QPen(colour(palette.graticule), sheet.px(_THIN_MM)))
    y_px = row.bottom_px + sheet.px(0.3)
    painter.drawLine(QLineF(box.x_px, y_px, box.right_px, y_px))


_LEFT: Final = Qt.AlignmentFlag.AlignLeft


def _text(
    painter: QPainter,
    sheet: Sheet,
    box: Rect,
    text: str,
    style: Style,
    ink: QColor,
    align: Qt.AlignmentFlag = _LEFT,
    shrunk: float = 1.0,
) -> None:
    """Draw a line of text in the middle of a box's height, cut with an ellipsis if too long."""
    fitted = elided(text, style, sheet, box.width_px + 1.0, shrunk)
    painter.setFont(sheet_font(style, sheet.px_per_mm, shrunk))
    painter.setPen(ink)
    painter.drawText(
        QRectF(box.x_px, box.y_px, box.width_px + 1.0, box.height_px),
        align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
        fitted,
    )
